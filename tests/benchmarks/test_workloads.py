"""The packs, the reference answers and the hand-written queries of the benchmarks."""

from __future__ import annotations

import json
import random
from pathlib import Path

import kleene
import pytest

from guiju.compiler import check_pack, load_pack

numpy = pytest.importorskip("numpy")

import reference  # noqa: E402

import data  # noqa: E402

BENCHMARKS = Path(reference.__file__).parent
STATES = {True: reference.CONFORMS, False: reference.NONCONFORMING, None: reference.UNDETERMINED}


@pytest.mark.parametrize(("name", "rules"), [("w1", 40), ("w2", 12)])
def test_a_pack_has_its_rules_and_no_diagnostics(name: str, rules: int) -> None:
    folder = f"{BENCHMARKS / name}/"
    assert [str(one) for one in check_pack(folder)] == []
    assert len(load_pack(folder).rules) == rules


def test_every_fact_of_the_data_is_one_of_the_pack_and_the_other_way_round() -> None:
    assert set(reference.pack("w1").groups["project"].fields) == set(data.FACTS)


def test_dossiers_have_the_states_of_a_plain_kleene_evaluation() -> None:
    dossiers = data.dossiers(200, seed=11)
    found = reference.states_of_dossiers(reference.pack("w1"), dossiers)
    settled = 0
    for facts, states in zip(dossiers, found, strict=True):
        plain = [STATES[truth] for truth in kleene.rules(facts)]
        for rule, (ours, theirs) in enumerate(zip(states, plain, strict=True)):
            if ours != theirs:
                # The reference also sees that no value of what is missing would change it.
                assert theirs == reference.UNDETERMINED
                assert _filled(facts, rule, dossiers) == {ours}
                settled += 1
    assert settled <= 2
    assert {state for states in found for state in states} == {0, 1, 2}


def test_a_fact_that_changes_nothing_is_not_asked_for() -> None:
    facts = dict(data.dossiers(1, seed=11)[0], submission_date=None)
    plan = reference.pack("w1")
    at = [rule.id for rule in plan.rules].index("R05")
    for valid_to, state in ((100, reference.NONCONFORMING), (200, reference.UNDETERMINED)):
        facts |= {"valid_from": 150, "valid_to": valid_to}
        assert reference.states_of_dossiers(plan, [facts])[0][at] == state
        assert kleene.rules(facts)[at] is None


def _filled(facts: dict[str, object], rule: int, others: list[dict[str, object]]) -> set[int]:
    """What a rule comes to when the missing facts are those of other dossiers."""
    chance = random.Random(3)
    found = set()
    for _ in range(300):
        other = chance.choice(others)
        whole = {name: other[name] if value is None else value for name, value in facts.items()}
        found.add(STATES[kleene.rules(whole)[rule]])
    return found - {reference.UNDETERMINED}


@pytest.mark.parametrize("rows", [2_000, 4_013])
def test_trees_have_the_states_of_the_queries_written_by_hand(rows: int, tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    import by_hand

    tables = _damaged(rows)
    right = reference.states_of_tables(reference.pack("w2"), dict(data.tree_rows(tables)))
    hand = by_hand.ByHand(data.write_trees(tmp_path, rows, tables))
    for form in by_hand.FORMS:
        found = hand.rows(form)
        assert {
            rule: (sorted(states.nonconforming), sorted(states.undetermined))
            for rule, states in right.items()
        } == found
        counts = {rule: (len(fails), len(open_)) for rule, (fails, open_) in found.items()}
        assert hand.counts(form) == counts
        assert hand.complete(form, tmp_path / "rows") == counts
    assert all(states.nonconforming for states in right.values())
    decided = {"T04", "T09", "T10", "T11"}  # what these ask for is missing nowhere
    assert {rule for rule, states in right.items() if not states.undetermined} == decided


def _damaged(rows: int) -> data.TreeTables:
    """The tables with more mistakes than so few rows have by chance."""
    tables = data.tree_tables(rows)
    trees = tables.trees
    known = numpy.flatnonzero(trees["status"] >= 0)
    for at, (field, value) in enumerate(
        (
            *(("dbh", 900.0), ("height", 0.4), ("species", len(data.SPECIES)), ("species", -1)),
            *(("year", 1999), ("status", 3), ("status", -1), ("claimed", 1e6)),
        )
    ):
        trees[field][known[7 * at]] = value
    dead = numpy.flatnonzero(trees["status"] == 1)
    trees["claimed"][dead[:2]] = 12.0, numpy.nan
    return tables


def test_the_check_of_the_order_finds_duplicates_that_lie_apart_and_refuses_disorder(
    tmp_path: Path,
) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    import by_hand

    files = data.write_trees(tmp_path, 400)
    hand = by_hand.ByHand(files)

    def trees(*keys: tuple[int, int]) -> list[int]:
        values = ", ".join(map(str, keys))
        duckdb.sql(
            "SELECT t.plot::INT AS plot, t.tree::INT AS tree, NULL::TEXT AS species,"
            " 1.0 AS dbh, 1.0 AS height, 2020 AS year, 'dead' AS status, 0.0 AS claimed"
            f" FROM (VALUES {values}) t(plot, tree)"
        ).write_parquet(str(files.trees))
        return hand.rows(by_hand.STRONGEST)["T09"][0]

    assert trees((1, 1), (1, 2), (9, 9), (1, 3), (1, 2), (1, 4), (9, 9)) == [1, 2, 4, 6]
    assert trees((1, 1), (1, 1), (1, 1)) == [0, 1, 2]
    assert trees((1, 1), (1, 2), (2, 1)) == []
    with pytest.raises(duckdb.Error, match="not in order"):
        trees((5, 1), (5, 2), (5, 3), (5, 4), (1, 1), (1, 2), (1, 3), (1, 4), (5, 2), (5, 9))


def test_peers_are_given_the_rules_of_the_plan() -> None:
    import peers

    plan = reference.pack("w1")
    musts = peers.requirements(plan)
    spelled = {rule.id: must for rule, must in zip(plan.rules, musts, strict=True)}
    assert (
        peers.spell(spelled["R12"], peers.ZEN) == "(not ((risk_score > 30)) or (buffer_pct >= 20))"
    )
    assert peers.spell(spelled["R31"], peers.CEL) == "((gwp_ch4 == 28.0) || (gwp_ch4 == 27.9))"
    assert (
        peers.spell(spelled["R28"], peers.SQL)
        == "((status = 'submitted') OR (status = 'registered'))"
    )
    assert json.dumps(peers.json_logic(spelled["R38"])).startswith(
        '{"or": [{"!": [{"var": "has_title"}]}'
    )
    assert peers.facts_of(spelled["R13"])[0] == "claimed_er"
    assert peers.zen_expression(plan).count("? null :") == 40


def test_a_pack_of_many_rules_compiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import growth

    monkeypatch.setattr(growth, "OUT", tmp_path)
    plan = growth.tree_pack(20)
    assert len(plan.rules) == 20
    tables = dict(data.tree_rows(_damaged(2_000)))
    states = reference.states_of_tables(plan, tables)
    assert 0 < sum(len(one.nonconforming) for one in states.values()) < 40


def test_rows_of_a_registry_stand_in_other_dossiers_now_and_then(tmp_path: Path) -> None:
    from registry import write_registry

    from guiju.assessment import assess
    from guiju.dossier import Others, open_dossier, read

    plan = reference.pack("across")
    folder = write_registry(tmp_path, 2_000)
    dossiers = [read(open_dossier(str(one)), plan) for one in sorted(folder.iterdir())]
    others = Others(plan)
    for dossier in dossiers:
        others.add(dossier)
    found = [assess(one, plan, others=others, brief=True) for one in dossiers]
    failing = [sum(len(rule.findings) for rule in one.requirements) for one in found]
    assert len(dossiers) == 20
    assert 0 < sum(failing) < 40
