"""W1: twenty thousand dossiers against forty rules, beside the peers.

The same dictionaries go to everyone. What a peer wants different in them is done before the
clock starts. Guiju is timed on the dictionaries with nothing known of what is in them; with the
caller's word taken that values are of the classes of their facts, as those are that peers are
given; and on the same values as rows, as a query gives them. Outcomes come as tuples of Python's
values, as from the peers, or as an array of codes. From Parquet it is timed twice, from the file
on: the outcome of every rule for every dossier, and all failing rows written, with what they lack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

import reference
from bars import Bar, Found, Listing, in_turns, milliseconds
from peers import SQL, Answers, peers, requirements, spell

import data
import roads
from guiju.plan.nodes import PackPlan

AT_LEAST_ZEN, AT_LEAST_CEL, AT_LEAST_ZEN_FROM_PARQUET = 5, 15, 25
ZEN, CEL = "zen-engine, the pack as one list expression", "cel-rust (common-expression-language)"
OBJECTS, PARQUET = "**Guiju, objects**", "**Guiju, Parquet, failing rows written**"
KNOWN, ROWS = "**Guiju, objects, classes known**", "**Guiju, rows, classes known**"
ARRAY = "**Guiju, objects, outcomes as an array**"
KNOWN_ARRAY = "**Guiju, objects, classes known, outcomes as an array**"
COLUMNS = "**Guiju, Parquet, outcomes as an array**"
REFERENCE_DOSSIERS = 500


class Case(NamedTuple):
    """`dossiers` are timed, and the time is scaled to all. `agreement` is the share of answers
    that are the reference evaluator's, None where only counts were compared and are equal."""

    name: str
    work: Callable[[], object]
    dossiers: int
    agreement: float | None


def w1(rounds: int) -> Found:
    """The bars of W1 and the table of all cases."""
    plan = reference.pack("w1")
    dossiers = data.dossiers()
    right = reference.states_of_dossiers(plan, dossiers)
    cases = [
        *_objects(plan, dossiers, right),
        *_columns(plan, dossiers, right),
        *_parquet(plan, right),
        *_peers(plan, dossiers, right),
        _duckdb(plan, right),
        Case(
            "Guiju, reference evaluator",
            partial(reference.states_of_dossiers, plan, dossiers[:REFERENCE_DOSSIERS]),
            REFERENCE_DOSSIERS,
            1.0,
        ),
    ]
    taken = in_turns(max(rounds // 3, 3), *(case.work for case in cases))
    seconds = {
        case.name: time * len(dossiers) / case.dossiers
        for case, time in zip(cases, taken, strict=True)
    }
    return [*_bars(cases, seconds), _listing(cases, seconds)]


def _objects(plan: PackPlan, dossiers: list[data.Facts], right: list[bytes]) -> list[Case]:
    try:
        works = {
            OBJECTS: partial(roads.objects(plan, typed=False), dossiers),
            KNOWN: partial(roads.objects(plan, typed=True), dossiers),
            ROWS: partial(roads.rows(plan, data.FACTS), [(*facts.values(),) for facts in dossiers]),
        }
    except ImportError as missing:
        print(f"left out: {OBJECTS} ({missing})")
        return []
    return [
        Case(name, work, len(dossiers), _agreement(_states(work()), right))
        for name, work in works.items()
    ]


def _columns(plan: PackPlan, dossiers: list[data.Facts], right: list[bytes]) -> list[Case]:
    file = data.write_dossiers(data.FOLDER).parquet
    try:
        works = {
            ARRAY: partial(roads.columns(plan), dossiers),
            KNOWN_ARRAY: partial(roads.columns(plan, typed=True), dossiers),
            COLUMNS: partial(roads.columns(plan), file),
        }
    except ImportError as missing:
        print(f"left out: {COLUMNS} ({missing})")
        return []
    states = bytes((reference.UNDETERMINED, reference.CONFORMS, reference.NONCONFORMING))
    return [
        Case(
            name,
            work,
            len(right),
            _agreement([bytes(row).translate(states.ljust(256)) for row in work().T], right),
        )
        for name, work in works.items()
    ]


def _parquet(plan: PackPlan, right: list[bytes]) -> list[Case]:
    if not roads.has_tables():
        print(f"left out: {PARQUET}")
        return []
    files = data.write_dossiers(data.FOLDER)
    out = data.FOLDER.parent / "w1-rows"
    work = partial(roads.tables, plan, {"project": files.parquet}, out)
    assert work() == _counts(plan, right)
    return [Case(PARQUET, work, len(right), None)]


def _peers(plan: PackPlan, dossiers: list[data.Facts], right: list[bytes]) -> list[Case]:
    cases = []
    for peer in peers(plan):
        inputs = [peer.ready(facts) for facts in dossiers[: peer.most]]
        same = _agreement(_states(peer.answer(inputs)), right)
        cases.append(Case(peer.name, partial(peer.answer, inputs), len(inputs), same))
    return cases


def _duckdb(plan: PackPlan, right: list[bytes]) -> Case:
    """The forty expressions in one query over Parquet: no engine, but what a table costs."""
    import duckdb

    columns = ", ".join(
        f"{spell(must, SQL)} AS r{number}" for number, must in enumerate(requirements(plan))
    )
    files = data.write_dossiers(data.FOLDER)
    connection = duckdb.connect(config={"threads": 2})
    query = f"SELECT {columns} FROM read_parquet('{files.parquet}')"

    def work() -> Iterable[Any]:
        return connection.execute(query).fetchnumpy().values()

    answers = [list(row) for row in zip(*(column.tolist() for column in work()), strict=True)]
    same = _agreement(_states(answers), right)
    return Case("DuckDB by hand, from Parquet", work, len(right), same)


def _states(answers: Answers | roads.States) -> list[bytes]:
    """Answers as states."""
    states = {
        True: reference.CONFORMS,
        False: reference.NONCONFORMING,
        None: reference.UNDETERMINED,
    }
    return [bytes(map(states.__getitem__, row)) for row in answers]


def _agreement(found: Sequence[bytes], right: Sequence[bytes]) -> float:
    """The share of states that are right, of the dossiers that were asked."""
    pairs = zip(b"".join(found), b"".join(right[: len(found)]), strict=True)
    same = [one == other for one, other in pairs]
    return sum(same) / len(same)


def _counts(plan: PackPlan, right: Sequence[bytes]) -> dict[str, roads.Answer]:
    columns = zip(*right, strict=True)
    return {
        rule.id: roads.Answer(
            column.count(reference.NONCONFORMING), column.count(reference.UNDETERMINED)
        )
        for rule, column in zip(plan.rules, columns, strict=True)
    }


def _bars(cases: Sequence[Case], seconds: dict[str, float]) -> list[Bar]:
    what = f"{data.DOSSIERS:,} dossiers × 40 rules"
    bars = [
        Bar(
            f"{what}, {ours.strip('*')}, beside {peer}",
            milliseconds(seconds[ours]),
            milliseconds(seconds[peer]),
            seconds[peer] / seconds[ours],
            limit,
            at_least=True,
        )
        for ours, peer, limit in (
            (KNOWN, ZEN, AT_LEAST_ZEN),
            (KNOWN, CEL, AT_LEAST_CEL),
            (ROWS, ZEN, AT_LEAST_ZEN),
            (ROWS, CEL, AT_LEAST_CEL),
            (ARRAY, ZEN, AT_LEAST_ZEN),
            (ARRAY, CEL, AT_LEAST_CEL),
            (KNOWN_ARRAY, ZEN, AT_LEAST_ZEN),
            (KNOWN_ARRAY, CEL, AT_LEAST_CEL),
            (COLUMNS, ZEN, AT_LEAST_ZEN_FROM_PARQUET),
        )
        if ours in seconds and peer in seconds
    ]
    bars += [
        Bar(f"{what}, {name.strip('*')}: as the reference", _share(same), "100%", same, 1, True)
        for name, _, _, same in cases
        if name in (OBJECTS, KNOWN, ROWS, ARRAY, KNOWN_ARRAY, COLUMNS) and same is not None
    ]
    return bars


def _listing(cases: Sequence[Case], seconds: dict[str, float]) -> Listing:
    first = seconds.get(ZEN, min(seconds.values()))
    rows = [
        (
            case.name,
            f"{seconds[case.name] / data.DOSSIERS * 1e6:,.1f}",
            _times(seconds[case.name], first),
            _share(case.agreement),
            f"{case.dossiers:,}",
        )
        for case in sorted(cases, key=lambda case: seconds[case.name])
    ]
    return Listing(
        f"W1: {data.DOSSIERS:,} dossiers × 40 rules",
        "Agreement is the share of verdicts that are those of the reference evaluator.",
        ("case", "µs a dossier", "beside zen", "agreement", "timed on"),
        rows,
    )


def _share(agreement: float | None) -> str:
    if agreement is None:
        return "counts equal"
    return "100%" if agreement == 1 else f"{agreement:.4%}"


def _times(taken: float, other: float) -> str:
    if taken == other:
        return "1"
    return f"{other / taken:.1f} × faster" if taken < other else f"{taken / other:.1f} × slower"
