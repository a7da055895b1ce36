"""The ledger of a small pack, and of one that uses it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guiju.compiler import PackHasErrors
from guiju.ledger import Ledger, make_ledger
from guiju.ledger.record import ClauseEntry

PACKS = Path(__file__).parent / "packs"


def entries(ledger: Ledger) -> dict[tuple[str, str], ClauseEntry]:
    """The clauses by source and name."""
    return {
        (source.id, entry.clause): entry
        for pack in ledger.packs
        for source in pack.sources
        for entry in source.clauses
    }


@pytest.fixture(scope="module")
def demo() -> Ledger:
    return make_ledger(str(PACKS / "demo"))


def test_each_clause_is_covered_by_what_cites_it(demo: Ledger) -> None:
    coverage = {clause: entry.coverage for (_, clause), entry in entries(demo).items()}
    assert coverage == {
        "1": "fact",
        "2 (a)": "rule",
        "2（b）": "judgement",
        "2 (c)": "open",
        "3 (1)": "formula",
        "附录A": "lookup",
        "第十条": "rule",
        "第十一条": "rule",
        "第十二条": "rule",
        "第十三条第一款": "registry",
    }
    assert demo.counts == {
        "open": 1,
        "rule": 4,
        "judgement": 1,
        "formula": 1,
        "lookup": 1,
        "fact": 1,
        "registry": 1,
    }
    assert (demo.covered, demo.total) == (9, 10)


def test_a_clause_says_what_cites_it_and_how_well_that_is_founded(demo: Ledger) -> None:
    (amendment,) = entries(demo)["order", "第十二条"].cited_by
    assert (amendment.what, amendment.id, amendment.basis) == ("amendment", "D-5", "secondary")
    (lookup,) = entries(demo)["methodology", "附录A"].cited_by
    assert (lookup.what, lookup.id, lookup.basis) == ("lookup", "least", "unverified")
    (part,) = entries(demo)["order", "第十条"].cited_by
    assert not part.exact


def test_a_clause_left_out_keeps_its_reason_beside_what_cites_it(demo: Ledger) -> None:
    entry = entries(demo)["order", "第十一条"]
    assert (entry.status, entry.coverage) == ("not encoded", "rule")
    assert entry.reason == {
        "zh": "审定时尚未发生，\n须待期满",
        "en": "It lies after the validation",
    }


def test_a_cite_of_no_listed_clause_is_told_with_its_place(demo: Ledger) -> None:
    (stray,) = demo.stray
    assert (stray.item.id, stray.cite, stray.source) == ("D-2", "第九十九条", "order")
    assert stray.place.startswith("rules.gj:")
    assert "第十条" in stray.near
    (uncompared,) = demo.uncompared
    assert (uncompared.cite, uncompared.source) == ("综述 第2节", "summary")


def test_quotations_are_looked_for_in_the_text_the_pack_holds(demo: Ledger, tmp_path: Path) -> None:
    assert [(one.text, one.found) for one in demo.quotations] == [
        ("面积不得小于规定值", True),
        ("权属应当清晰", None),
    ]
    shutil.copytree(PACKS / "demo", tmp_path / "demo")
    text = tmp_path / "demo/sources/methodology.txt"
    text.write_text("第二条（a）面积不得低于规定值。", encoding="utf-8")
    (gone,) = make_ledger(f"{tmp_path}/demo").gone
    assert gone.item.id == "D-1"


def test_basis_is_counted_for_each_kind_of_item(demo: Ledger) -> None:
    assert demo.basis == {
        "rule": {"verified": 1, "secondary": 1, "unverified": 1},
        "judgement": {"verified": 1},
        "amendment": {"secondary": 1},
        "formula": {"verified": 1},
        "lookup": {"unverified": 1},
    }


def test_what_a_used_pack_declares_stands_under_its_own_name() -> None:
    ledger = make_ledger("demo-user")
    assert [pack.id for pack in ledger.packs] == ["demo-user", "demo"]
    assert {item.id: item.pack for item in ledger.items if item.what == "rule"} == {
        "U-1": "demo-user",
        "D-1": "demo",
        "D-2": "demo",
        "D-3": "demo",
    }
    own = {source.id: source for source in ledger.packs[0].sources}
    assert own["own"].counts == {"rule": 1}


def test_a_rule_can_cite_the_source_of_a_used_pack() -> None:
    ledger = make_ledger("demo-user")
    used = {source.id: source for source in ledger.packs[1].sources}
    clause = next(c for c in used["order"].clauses if c.clause == "第十条")
    assert [(r.pack, r.id) for r in clause.cited_by] == [("demo-user", "U-1"), ("demo", "D-2")]
    assert "31号令" not in {stray.cite for stray in (*ledger.stray, *ledger.uncompared)}


def test_a_formula_without_a_cite_is_told(tmp_path: Path) -> None:
    shutil.copytree(PACKS / "demo", tmp_path / "demo")
    rules = tmp_path / "demo/rules.gj"
    rules.write_text(
        rules.read_text(encoding="utf-8").replace('  cite "3 (1)"\n', ""), encoding="utf-8"
    )
    ledger = make_ledger(f"{tmp_path}/demo")
    assert [(one.what, one.id) for one in ledger.uncited] == [("formula", "net")]
    assert entries(ledger)["methodology", "3 (1)"].coverage == "open"


def test_a_broken_clause_list_is_an_error_of_the_pack(tmp_path: Path) -> None:
    shutil.copytree(PACKS / "demo", tmp_path / "demo")
    (tmp_path / "demo/clauses/order.csv").write_text("clause\n", encoding="utf-8")
    with pytest.raises(PackHasErrors):
        make_ledger(f"{tmp_path}/demo")


def test_a_ledger_counts_the_scenarios_it_is_given() -> None:
    ledger = make_ledger("demo", {"D-1": {"conforms": 2, "undetermined": 1}})
    shown = {item.id: item.scenarios for item in ledger.items if item.what == "rule"}
    assert shown == {"D-1": {"conforms": 2, "undetermined": 1}, "D-2": {}, "D-3": {}}


@pytest.mark.parametrize(
    ("lines", "decided"),
    [
        ("when project.area is known\n  must project.area > 1 ha", True),
        (
            "when project.area is known and project.started is known\n  must project.area > 1 ha",
            True,
        ),
        ("when project.started is known\n  must project.area > 1 ha", False),
        (
            "when project.area is known or project.started is known\n  must project.area > 1 ha",
            False,
        ),
        ("when project.area is known\n  must net > 1 ha", False),
        ("must project.area > 1 ha", False),
        ("must project.area is known", True),
        ("must project.area is known\n  needs permit", False),
    ],
)
def test_a_rule_that_asks_for_all_it_reads_is_never_unknown(
    tmp_path: Path, lines: str, decided: bool
) -> None:
    shutil.copytree(PACKS / "demo", tmp_path / "demo")
    rules = tmp_path / "demo/rules.gj"
    more = f'\nrule D-9 "题" en "T"\n  cite "2 (c)"\n  {lines}\n  else CAR "否。" en "No."\n'
    rules.write_text(rules.read_text(encoding="utf-8") + more, encoding="utf-8")
    items = {item.id: item for item in make_ledger(f"{tmp_path}/demo", {}).items}
    assert ("unknown" not in items["D-9"].wanted) is decided


def test_a_rule_that_only_defers_can_do_no_more_than_wait(tmp_path: Path) -> None:
    shutil.copytree(PACKS / "demo", tmp_path / "demo")
    rules = tmp_path / "demo/rules.gj"
    more = (
        '\nrule D-9 "题" en "T"\n  cite "2 (c)"\n  when project.area > 1 ha\n'
        '  defer CL "待定。" en "Later."\n'
    )
    rules.write_text(rules.read_text(encoding="utf-8") + more, encoding="utf-8")
    items = {item.id: item for item in make_ledger(f"{tmp_path}/demo", {}).items}
    assert items["D-9"].wanted == ["unknown"]
    assert items["D-4"].wanted == ["conforms", "nonconforming", "unknown"]
