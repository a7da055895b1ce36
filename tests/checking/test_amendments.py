"""Amendments: woven into lets, never two in force together."""

from __future__ import annotations

from datetime import date

from inline_packs import amendment, compiled, pack, plan, problems, rule, rule_plan

from guiju.plan import nodes
from guiju.plan.walk import inside

BASE = rule("let least = 400 m2", "let most = least * 100", "must area >= least and area <= most")
ROWS = rule("for each p in parcels", "let least = 400 m2", "must p.size >= least")


def test_an_amendment_becomes_a_condition_inside_the_let_it_sets() -> None:
    text = BASE + amendment("effective 2025-01-01 until 2025-12-31", "set least = 1 亩")
    amended = rule_plan(text)
    least, most = amended.lets
    assert isinstance(least.value, nodes.If)
    assert isinstance(least.value.otherwise, nodes.Constant)
    days = [
        part.value for part in inside(least.value.condition) if isinstance(part, nodes.Constant)
    ]
    assert days == [date(2025, 1, 1), date(2025, 12, 31)]
    assert not isinstance(most.value, nodes.If)
    assert amended.amended_by == ("A-2",)
    assert [(a.id, a.what) for a in amended.amendments] == [("A-2", "least")]


def test_an_amended_value_is_brought_to_the_unit_of_the_old_one() -> None:
    text = BASE + amendment("effective 2025-01-01", "set least = 1 ha")
    value = rule_plan(text).lets[0].value
    assert isinstance(value, nodes.If)
    assert value.then == nodes.Constant(10_000, value.type)
    assert problems(BASE + amendment("effective 2025-01-01", "set least = 1 t")) == [
        ("unit-mismatch", "1 t")
    ]


def test_an_amendment_sees_the_row_and_the_lets_before_it() -> None:
    text = ROWS + amendment("effective 2025-01-01", "when p.closure > 5%", "set least = p.size / 2")
    assert problems(text) == []
    text = BASE + amendment("effective 2025-01-01", "set most = least * 2")
    assert problems(text) == []
    text = BASE + amendment("effective 2025-01-01", "set least = most")
    assert [code for code, _ in problems(text)] == ["unknown-name"]


def test_grace_holds_an_amendment_back_for_some_and_for_a_time() -> None:
    text = BASE + amendment(
        "effective 2025-07-01",
        "set least = 1 亩",
        "grace project.start < 2025-07-01 until 2025-12-31",
    )
    value = rule_plan(text).lets[0].value
    assert isinstance(value, nodes.If)
    assert isinstance(value.condition, nodes.And)
    assert isinstance(value.condition.operands[-1], nodes.Not)


def test_an_amended_must_brings_its_own_words() -> None:
    text = BASE + amendment(
        "effective 2025-01-01", "must area > 3 ha", 'else CAR "Three." zh "三。"'
    )
    found = rule_plan(text)
    assert isinstance(found.must, nodes.If)
    assert found.otherwise is not None
    assert isinstance(found.otherwise.message["zh"].parts[0], nodes.If)


def two(first: str, second: str, base: str = BASE, **sets: str) -> list[tuple[str, str]]:
    one = sets.get("one", "least = 1 亩")
    other = sets.get("other", "least = 2 亩")
    text = base + amendment(*first.split("; "), f"set {one}")
    return problems(text + amendment(*second.split("; "), f"set {other}", id="A-3"))


def test_two_amendments_of_one_value_on_one_day_clash() -> None:
    clash = [("amendments-clash", "set least = 2 亩")]
    assert two("effective 2025-01-01", "effective 2026-01-01") == clash
    assert two("effective 2025-01-01 until 2025-12-31", "effective 2025-12-31") == clash
    assert (
        two("effective 2025-01-01; when welfare", "effective 2025-01-01; when area > 1 ha") == clash
    )


def test_amendments_of_different_days_options_or_values_do_not_clash() -> None:
    assert two("effective 2025-01-01 until 2025-12-31", "effective 2026-01-01") == []
    tree, bamboo = "when project.stand is tree", "when project.stand is bamboo"
    assert two(f"effective 2025-01-01; {tree}", f"effective 2025-01-01; {bamboo}") == []
    assert two("effective 2025-01-01; when welfare", "effective 2025-01-01; when not welfare") == []
    assert (
        two("effective 2025-01-01; when area < 1 ha", "effective 2025-01-01; when area >= 1 ha")
        == []
    )
    assert two("effective 2025-01-01", "effective 2025-01-01", other="most = 9 ha") == []


def test_what_an_amendment_names_must_be_there() -> None:
    assert problems(BASE + amendment("effective 2025-01-01", "set leest = 1 亩")) == [
        ("unknown-name", "leest")
    ]
    found = problems(BASE + amendment("effective 2025-01-01", "set least = 1 亩", of="A-9"))
    assert [code for code, _ in found] == ["unknown-rule"]
    found = problems(BASE + amendment("effective 2025-01-01", "set least = 1 亩", of="nat.A-1"))
    assert found == [("unknown-prefix", "nat")]


def test_an_amendment_sets_a_value_once() -> None:
    text = amendment("effective 2025-01-01", "set least = 1 亩", "set least = 2 亩")
    assert problems(BASE + text) == [("repeated-clause", "set least = 2 亩")]


def test_an_amendment_keeps_the_grade_of_its_rule() -> None:
    text = amendment("effective 2025-01-01", "must area > 3 ha", 'else FAR "3" zh "3"')
    _, found = compiled(pack(BASE + text))
    assert [(d.code, d.span.text, d.help("en")) for d in found] == [
        ("amended-grade", "FAR", "write `CAR`")
    ]


def test_words_without_a_must_belong_nowhere() -> None:
    text = amendment("effective 2025-01-01", "set least = 1 亩", 'else CAR "3" zh "3"')
    assert problems(BASE + text) == [("misplaced-clause", 'else CAR "3" zh "3"')]


def test_a_mistake_in_the_rule_is_not_blamed_on_its_amendment() -> None:
    text = rule("let least = nosuch", "must area >= least")
    text += amendment("effective 2025-01-01", "set least = 1 亩")
    assert problems(text) == [("unknown-name", "nosuch")]


def test_days_that_are_none_are_refused() -> None:
    text = amendment("effective 2025-12-31 until 2025-01-01", "set least = 1 亩")
    assert problems(BASE + text) == [("empty-range", "effective 2025-12-31 until 2025-01-01")]


def test_a_condition_of_an_amendment_that_never_holds_is_told() -> None:
    text = amendment("effective 2025-01-01", "when area < 0 ha", "set least = 1 亩")
    assert problems(BASE + text) == [("always-false", "area < 0 ha")]


def test_two_amendments_leave_the_slots_of_the_rule_apart() -> None:
    text = ROWS + amendment(
        "effective 2025-01-01 until 2025-12-31",
        "when every q in parcels satisfies q.size > 1 ha",
        "set least = 1 亩",
    )
    text += amendment(
        "effective 2026-01-01",
        "when some q in parcels satisfies q.size > 1 ha",
        "set least = 2 亩",
        id="A-3",
    )
    found = rule_plan(text)
    slots = [
        part.slot for part in inside(found.lets[0].value) if isinstance(part, nodes.Quantified)
    ]
    assert len(set(slots)) == 2
    assert found.frame > max(slots)


def test_the_plan_of_a_pack_carries_its_amended_rules_once() -> None:
    text = BASE + amendment("effective 2025-01-01", "set least = 1 亩")
    assert [r.id for r in plan(text).rules] == ["A-1"]
