"""Rows and areas by outcome, by group, by reason and by what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.dossier.model import TableData
from guiju.evaluation.texts import Wording
from guiju.hints import TYPE_CHECKING, Any
from guiju.messages import LANGUAGES, bilingual
from guiju.plan.types import OneOfType, YesNoType
from guiju.screening.areas import Areas
from guiju.screening.files import Column
from guiju.screening.record import (
    Amount,
    Example,
    Gap,
    Group,
    Grouping,
    Outcomes,
    Reason,
    Text,
    Together,
)
from guiju.screening.verdicts import Lack, Told, Verdicts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

EXAMPLES = 3
"""Rows that are shown of each reason."""

QUALIFIES, FAILS, UNKNOWN = 0, 1, 2


class Counts:
    """The rows of a screening with their areas and groups, in the table `places`: `rid`, the
    parts of its area `a0`, …, and the values `b0`, … it is grouped by."""

    def __init__(
        self,
        connection: DuckDBPyConnection,
        rows: int,
        areas: Areas | None,
        groups: Sequence[tuple[Column, list[str | None]]],
    ) -> None:
        self.connection, self.rows, self.areas = connection, rows, areas
        self.columns = [column for column, _ in groups]
        selected = ["unnest(range($rows)) AS rid"]
        values: dict[str, Any] = {"rows": rows}
        for at, limb in enumerate(areas.limbs if areas is not None else ()):
            selected.append(f"unnest($a{at}::BIGINT[]) AS a{at}")
            values[f"a{at}"] = limb
        for at, (_, texts) in enumerate(groups):
            selected.append(f"unnest($b{at}::VARCHAR[]) AS b{at}")
            values[f"b{at}"] = texts
        connection.execute(f"CREATE TEMP TABLE places AS SELECT {', '.join(selected)}", values)

    # --- amounts ---------------------------------------------------------------------------

    @property
    def _sums(self) -> str:
        """What a query asks for an amount of the rows `p` of `places`."""
        if self.areas is None:
            return "count(*)"
        sums = [f"sum(p.a{at})" for at in range(len(self.areas.limbs))]
        return ", ".join(["count(*)", "count(*) FILTER (WHERE p.a0 IS NULL)", *sums])

    def _amount(self, found: Sequence[Any]) -> Amount:
        if self.areas is None:
            return Amount(found[0])
        return Amount(found[0], f"{self.areas.total(found[2:]):f}", found[1])

    def _none(self) -> Amount:
        return Amount(0) if self.areas is None else Amount(0, "0")

    def all_rows(self) -> Amount:
        """All rows of the table."""
        found = self.connection.execute(f"SELECT {self._sums} FROM places p").fetchone()
        assert found is not None
        return self._amount(found)

    # --- outcomes --------------------------------------------------------------------------

    def add(self, told: Told, name: str) -> str:
        """Makes the table `name (rid, state)` of the rows that do not qualify."""
        self.connection.execute(
            f"CREATE TEMP TABLE {name} AS SELECT rid,"
            f" CASE WHEN bool_or(fails) THEN {FAILS} ELSE {UNKNOWN} END AS state"
            f" FROM {told.name} GROUP BY rid"
        )
        return name

    def _states(self, outcome: str) -> str:
        return f"places p LEFT JOIN {outcome} o ON o.rid = p.rid"

    def _outcomes(self, found: dict[int, Amount]) -> Outcomes:
        return Outcomes(*(found.get(state) or self._none() for state in (0, 1, 2)))

    def outcomes(self, outcome: str) -> Outcomes:
        """What rows come to under a pack."""
        found = self.connection.execute(
            f"SELECT coalesce(o.state, {QUALIFIES}), {self._sums} FROM {self._states(outcome)}"
            " GROUP BY 1"
        ).fetchall()
        return self._outcomes({state: self._amount(rest) for state, *rest in found})

    def groupings(self, outcome: str) -> list[Grouping]:
        """What rows come to under a pack, by the values of each column asked for."""
        groupings = []
        for at, column in enumerate(self.columns):
            found = self.connection.execute(
                f"SELECT p.b{at}, coalesce(o.state, {QUALIFIES}), {self._sums}"
                f" FROM {self._states(outcome)} GROUP BY 1, 2"
            ).fetchall()
            by_value: dict[str | None, dict[int, Amount]] = {}
            for value, state, *rest in found:
                by_value.setdefault(value, {})[state] = self._amount(rest)
            ordered = sorted(
                by_value.items(),
                key=lambda one: (-sum(a.rows for a in one[1].values()), one[0] or ""),
            )
            groups = [Group(v, _label(column, v), self._outcomes(found)) for v, found in ordered]
            groupings.append(Grouping(column.heading, groups))
        return groupings

    def together(self, packs: list[str], outcomes: list[str]) -> list[Together]:
        """Rows by the packs they qualify under, those under most packs first."""
        marks = [
            f"CASE WHEN {name}.state IS NULL THEN {1 << at} ELSE 0 END"
            for at, name in enumerate(outcomes)
        ]
        joins = " ".join(f"LEFT JOIN {name} ON {name}.rid = p.rid" for name in outcomes)
        found = self.connection.execute(
            f"SELECT {' + '.join(marks)}, {self._sums} FROM places p {joins} GROUP BY 1"
        ).fetchall()
        sets = [
            Together([p for at, p in enumerate(packs) if mask >> at & 1], self._amount(rest))
            for mask, *rest in sorted(found)
        ]
        return sorted(sets, key=lambda one: -len(one.packs))

    # --- reasons ---------------------------------------------------------------------------

    def reasons(
        self, told: Told, outcome: str, wording: Wording, verdicts: Verdicts, data: TableData
    ) -> list[Reason]:
        """The rules that rows do not meet, those of most rows first."""
        each = self._by_key(f"SELECT rid, rule AS key FROM {told.name} WHERE fails")
        alone = self._by_key(
            f"SELECT rid, min(rule) AS key FROM {told.name} WHERE fails"
            " GROUP BY rid HAVING count(*) = 1"
        )
        firsts = self._firsts(f"SELECT rid, rule AS key FROM {told.name} WHERE fails")
        found = []
        for number, rule in enumerate(told.rules):
            if number not in each:
                continue
            rows = firsts[number]
            examples = [
                Example(row + 1, finding.subject or data.keys[row], finding.message)
                for row, finding in zip(rows, verdicts.findings(rule, rows), strict=True)
            ]
            found.append(
                Reason(
                    rule.id,
                    wording.in_both(rule.title),
                    rule.cite.text if rule.cite is not None else None,
                    rule.basis,
                    each[number],
                    alone.get(number) or self._none(),
                    examples,
                )
            )
        return sorted(found, key=lambda one: -one.amount.rows)

    def gaps(self, told: Told, outcome: str, wording: Wording, data: TableData) -> list[Gap]:
        """What is missing of rows of which it is unknown, that of most rows first."""
        pairs = [(at, lack) for at, lacks in enumerate(told.lacks) for lack in lacks]
        if not pairs:
            return []
        known = list(dict.fromkeys(lack for _, lack in pairs))
        self.connection.execute(
            "CREATE OR REPLACE TEMP TABLE named AS SELECT unnest($at::INTEGER[]) AS lacks,"
            " unnest($key::INTEGER[]) AS key",
            {"at": [at for at, _ in pairs], "key": [known.index(lack) for _, lack in pairs]},
        )
        open_ = (
            f"FROM {told.name} t JOIN named n ON n.lacks = t.lacks"
            f" JOIN {outcome} o ON o.rid = t.rid AND o.state = {UNKNOWN}"
        )
        each = self._by_key(f"SELECT DISTINCT t.rid, n.key AS key {open_}")
        firsts = self._firsts(f"SELECT DISTINCT t.rid, n.key AS key {open_}")
        rules: dict[int, list[str]] = {}
        for key, rule in self.connection.execute(
            f"SELECT DISTINCT n.key, t.rule {open_} ORDER BY 1, 2"
        ).fetchall():
            rules.setdefault(key, []).append(told.rules[rule].id)
        found = [
            Gap(
                lack.kind,
                lack.called,
                lack_label(wording, lack),
                rules[key],
                each[key],
                [data.keys[row] for row in firsts[key]],
            )
            for key, lack in enumerate(known)
            if key in each
        ]
        return sorted(found, key=lambda one: -one.amount.rows)

    def _by_key(self, rows: str) -> dict[int, Amount]:
        found = self.connection.execute(
            f"SELECT r.key, {self._sums} FROM ({rows}) r JOIN places p ON p.rid = r.rid"
            " GROUP BY 1 ORDER BY 1"
        ).fetchall()
        return {key: self._amount(rest) for key, *rest in found}

    def _firsts(self, rows: str) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for key, rid in self.connection.execute(
            f"SELECT key, rid FROM ({rows})"
            f" QUALIFY row_number() OVER (PARTITION BY key ORDER BY rid) <= {EXAMPLES}"
            " ORDER BY key, rid"
        ).fetchall():
            found.setdefault(key, []).append(rid)
        return found


def _label(column: Column, value: str | None) -> Text | None:
    """A value as a reader calls it, where that is not the value itself."""
    type_ = column.field.type
    if value is None:
        return None
    if isinstance(type_, OneOfType):
        label = type_.labels.get(value)
        return None if label is None else {lang: label.get(lang, value) for lang in LANGUAGES}
    if isinstance(type_, YesNoType):
        return bilingual(f"screening.{value}")
    return None


def lack_label(wording: Wording, lack: Lack) -> Text:
    """What is missing, as a reader calls it."""
    pack = wording.run.pack
    match lack.kind:
        case "fact" | "cell" | "boundary" | "layer":
            return wording.field_label(lack.name, lack.field)
        case "table":
            table = pack.tables.get(lack.name)
            if table is not None:
                return wording.label(table.label, lack.name, table.alias)
        case "row":
            table = pack.tables[lack.name]
            return wording.label(table.label, lack.name, table.alias)
        case "document":
            document = pack.documents.get(lack.name)
            if document is not None:
                return wording.label(document.label, lack.name, document.alias)
        case "lookup" | "not acceptable":
            lookup = pack.lookups.get(lack.name)
            if lookup is not None:
                return wording.label(lookup.label, lack.name, lookup.alias)
        case "as-of":
            return bilingual("evaluation.missing.as-of")
        case "calendar":
            return bilingual("evaluation.missing.calendar", year=lack.name)
        case "undefined":
            return bilingual("screening.undefined")
    return wording.label({}, lack.name)
