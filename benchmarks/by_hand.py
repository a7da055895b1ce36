"""The twelve rules of W2 as a person who knows DuckDB would write them by hand.

This is the reference of the bars of W2, so it is as fast as we could make it, and it knows
what no engine is told: that plots, trees and years are never missing, and that a key fits into
64 bits. Its answers are ours: a row fails, or it cannot be decided because something is missing.
Where SQL skips a NULL, in the sum of a plot, it says that the plot cannot be decided.

There are two forms. `AS_TIMED_FIRST` has the queries that were the best when peers were first
timed: a bit mask of the row rules for every row, a GROUP BY of the key, an aggregate per plot.
`STRONGEST` masks only the rows that do not pass, and groups the key only for rows out of order.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from data import TreeFiles

BIOMASS = "s.a * pow(s.wd * t.dbh * t.dbh * t.height, s.b)"
ROW_RULES = {
    "T01": "t.dbh >= 1 AND t.dbh <= 250",
    "T02": "t.height >= 1.3 AND t.height <= 60",
    "T03": "CASE WHEN t.species IS NOT NULL THEN s.code IS NOT NULL END",
    "T04": "t.year >= 2015 AND t.year <= 2026",
    "T05": "t.status IN ('alive', 'dead', 'harvested')",
    "T06": "t.height * 100 / nullif(t.dbh, 0) BETWEEN 10 AND 300",
    "T07": f"t.status <> 'alive' OR abs(t.claimed - {BIOMASS}) <= 0.05 * {BIOMASS}",
    "T08": "t.status <> 'dead' OR t.claimed = 0",
    "T10": "p.plot IS NOT NULL",
}
"""What a tree has to meet; NULL where it cannot be decided."""

FAILS = (1 << len(ROW_RULES)) - 1
"""The bits of a mask that say a rule fails; those sixteen higher say it is undecided."""
FIRST = 100
KEY = "plot::BIGINT * 4294967296 + tree"


class Form(NamedTuple):
    """Three queries that answer the twelve rules. Each has `{trees}`, `{species}` and `{plots}`
    for the relations, which have their row as `file_row_number`.

    `masks` gives a row and its mask for all trees that do not pass, or for all; `twice` the
    rows of trees that are there twice; `plots` a row and its mask, as of two rules.
    """

    name: str
    masks: str
    twice: str
    plots: str


def _masked(where: str = "") -> str:
    bits = " + ".join(
        f"CASE WHEN {test} THEN 0 ELSE CASE WHEN ({test}) IS NULL"
        f" THEN {1 << (bit + 16)} ELSE {1 << bit} END END"
        for bit, test in enumerate(ROW_RULES.values())
    )
    return (
        f"SELECT t.file_row_number AS rid, {bits} AS m FROM {{trees}} t"
        " LEFT JOIN {species} s ON t.species = s.code"
        f" LEFT JOIN {{plots}} p ON t.plot = p.plot{where}"
    )


PLOTS = """
WITH g AS (
  SELECT plot, count(*) AS n, sum(claimed) AS s, count(*) > count(claimed) AS lacks
  FROM {trees} GROUP BY plot
), r AS (
  SELECT p.file_row_number AS rid, coalesce(g.n, 0) = p.n_trees AS T11,
    CASE WHEN NOT coalesce(g.lacks, false)
      THEN abs(coalesce(g.s, 0) - p.biomass_kg) <= 0.01 * p.biomass_kg END AS T12
  FROM {plots} p LEFT JOIN g ON p.plot = g.plot
)
SELECT rid, CASE WHEN T11 THEN 0 ELSE 1 END
  + CASE WHEN T12 THEN 0 WHEN T12 IS NULL THEN 131072 ELSE 2 END AS m
FROM r WHERE T12 IS NOT TRUE OR NOT T11
"""

AS_TIMED_FIRST = Form(
    "bit mask, GROUP BY of the key",
    _masked(),
    """
    WITH d AS (SELECT plot, tree FROM {trees} GROUP BY plot, tree HAVING count(*) > 1)
    SELECT t.file_row_number AS rid FROM {trees} t SEMI JOIN d
      ON t.plot = d.plot AND t.tree = d.tree
    """,
    PLOTS,
)

_PASSES = " AND ".join(f"({test})" for test in ROW_RULES.values())

# Rows whose key is not above the one before and below the one after are taken out. If what is
# left is in order, no two of it are the same, and a key that is there twice is among the keys
# that were taken out. What is left is in order if it is so across every gap: `h` counts the
# rows left before each, and the gaps are few.
STRONGEST = Form(
    "bit mask of what does not pass, check of the order",
    _masked(f" WHERE ({_PASSES}) IS NOT TRUE"),
    f"""
    WITH k AS (SELECT file_row_number AS r, {KEY} AS k FROM {{trees}}),
    o AS MATERIALIZED (
      SELECT r, k FROM (SELECT r, k, lag(k) OVER () AS before, lead(k) OVER () AS after FROM k)
      WHERE k <= before OR k >= after
    ),
    e AS (SELECT r - 1 AS r FROM o UNION SELECT r + 1 FROM o),
    n AS MATERIALIZED (SELECT r, k FROM k WHERE r IN (SELECT r FROM e) OR k IN (SELECT k FROM o)),
    b AS (
      SELECT k, lag(k) OVER (ORDER BY r) AS before FROM n
      WHERE r IN (SELECT r FROM e) AND r NOT IN (SELECT r FROM o)
    ),
    c AS (SELECT r, k FROM n WHERE k IN (SELECT k FROM o))
    SELECT r AS rid FROM c WHERE k IN (SELECT k FROM c GROUP BY k HAVING count(*) > 1)
    UNION ALL
    SELECT error('the trees are not in order: group them by their key') FROM b WHERE k <= before
    """,
    PLOTS,
)
FORMS = (AS_TIMED_FIRST, STRONGEST)


class Answer(NamedTuple):
    """How many rows fail a rule and how many cannot be decided."""

    nonconforming: int
    undetermined: int


class ByHand:
    """A connection to DuckDB with two threads, over the files of W2."""

    def __init__(self, files: TreeFiles, threads: int = 2) -> None:
        import duckdb

        self.connection = duckdb.connect(
            config={
                "threads": threads,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        self.relations = {name: f"read_parquet('{path}')" for name, path in files.relations.items()}

    def counts(self, form: Form) -> dict[str, Answer]:
        """The twelve answers as counts, with the first hundred failing rows of each rule: what
        was timed first. The rows are fetched and left."""
        masks = self._fetch(
            f"SELECT m, count(*), min(rid, {FIRST}) FILTER (WHERE m & {FAILS} <> 0)"
            f" FROM ({form.masks}) GROUP BY m"
        )
        twice = self._fetch(f"SELECT count(*), min(rid, {FIRST}) FROM ({form.twice})")
        plots = self._fetch(
            f"SELECT m, count(*), min(rid, {FIRST}) FILTER (WHERE m & 3 <> 0)"
            f" FROM ({form.plots}) GROUP BY m"
        )
        return _answers([row[:2] for row in masks], twice[0][0], [row[:2] for row in plots])

    def complete(self, form: Form, folder: Path) -> dict[str, Answer]:
        """The twelve answers, with every failing row written to Parquet files."""
        folder.mkdir(parents=True, exist_ok=True)
        run, relations = self.connection.execute, self.relations
        for name, query, which in (
            ("trees", form.masks, f"m & {FAILS} <> 0"),
            ("plots", form.plots, "m & 3 <> 0"),
        ):
            # The rows that are undecided are counted from the same pass as the others.
            run(f"CREATE OR REPLACE TEMP TABLE w_{name} AS {query}".format(**relations))
            run(
                f"COPY (SELECT rid, m FROM w_{name} WHERE {which})"
                f" TO '{folder / name}.parquet' (FORMAT parquet)"
            )
        run("CREATE OR REPLACE TEMP TABLE w_twice AS " + form.twice.format(**relations))
        run(f"COPY w_twice TO '{folder}/twice.parquet' (FORMAT parquet)")
        masks = run("SELECT m, count(*) FROM w_trees GROUP BY m").fetchall()
        plots = run("SELECT m, count(*) FROM w_plots GROUP BY m").fetchall()
        twice = run("SELECT count(*) FROM w_twice").fetchall()
        return _answers(masks, twice[0][0], plots)

    def rows(self, form: Form) -> dict[str, tuple[list[int], list[int]]]:
        """The rows that fail each rule and those that cannot be decided, in order."""
        found: dict[str, tuple[list[int], list[int]]] = {}
        for query, rules in ((form.masks, tuple(ROW_RULES)), (form.plots, ("T11", "T12"))):
            masks = sorted(self._fetch(query))
            for bit, rule in enumerate(rules):
                found[rule] = (
                    [row for row, mask in masks if mask >> bit & 1],
                    [row for row, mask in masks if mask >> (bit + 16) & 1],
                )
        found["T09"] = (sorted(row for (row,) in self._fetch(form.twice)), [])
        return dict(sorted(found.items()))

    def _fetch(self, query: str) -> list[Any]:
        return self.connection.execute(query.format(**self.relations)).fetchall()


def _answers(
    masks: list[tuple[int, int]], twice: int, plots: list[tuple[int, int]]
) -> dict[str, Answer]:
    found = {"T09": Answer(twice, 0)}
    for rules, counted in ((tuple(ROW_RULES), masks), (("T11", "T12"), plots)):
        for bit, rule in enumerate(rules):
            found[rule] = Answer(
                sum(count for mask, count in counted if mask >> bit & 1),
                sum(count for mask, count in counted if mask >> (bit + 16) & 1),
            )
    return dict(sorted(found.items()))
