"""Rules, judgements and formulas clause by clause."""

from __future__ import annotations

import pytest
from inline_packs import compiled, pack, plan, problems, rule, rule_plan


def test_five_mistakes_in_four_rules_are_five_diagnostics() -> None:
    text = "".join(
        (
            rule("must project.aera >= 1 ha"),
            rule("must project.carbon > project.co2 and project.stand is oak", id="A-2"),
            rule("for each p in parcels", "must p.size > 1 t", id="A-3"),
            rule("must welfare", id="A-4", otherwise='CAX "No." zh "否。"'),
        )
    )
    assert problems(text) == [
        ("unknown-field", "aera"),
        ("unit-mismatch", "project.carbon > project.co2"),
        ("unknown-option", "oak"),
        ("unit-mismatch", "p.size > 1 t"),
        ("unknown-grade", "CAX"),
    ]


def test_a_rule_without_a_basis_is_unverified() -> None:
    assert rule_plan(rule("must welfare")).basis == "unverified"
    assert rule_plan(rule("basis verified", "must welfare")).basis == "verified"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ('rule A-1 "T" zh "题"\n  must welfare\n  else CAR "N" zh "否"\n', ["cite"]),
        ('rule A-1 "T" zh "题"\n  cite "1"\n  must welfare\n', ["else"]),
        ('rule A-1 "T" zh "题"\n  cite "1"\n  else CAR "N" zh "否"\n', ["must"]),
        ('judge A-1 "T" zh "题"\n  cite "1"\n', ["ask", "else"]),
        ('rule A-1 "T" zh "题"\n  cite "1"\n  let x = 1 ha\n  must area > x\n  else CAR "N" zh "否"\n'
         'amend A-2 of A-1 "T" zh "题"\n', ["cite", "effective", "set"]),
    ],
)  # fmt: skip
def test_what_an_item_cannot_do_without(text: str, missing: list[str]) -> None:
    _, found = compiled(pack(text))
    assert [d.message("en") for d in found] == [
        f"`{'A-2' if 'amend' in text else 'A-1'}` has no `{clause}`" for clause in missing
    ]
    assert {d.code for d in found} == {"missing-clause"}


def test_a_rule_may_defer_with_and_without_a_must() -> None:
    alone = 'rule A-1 "T" zh "题"\n  cite "1"\n  when welfare\n  defer FAR "Later." zh "以后。"\n'
    assert problems(alone) == []
    assert plan(alone).rules[0].defer is not None
    assert problems(alone.replace('"Later." zh "以后。"', "")) == []
    assert problems(rule("must area > 1 ha", 'defer FAR "Later." zh "以后。"')) == []


def test_a_judgement_has_rows_conditions_and_documents_but_no_must() -> None:
    text = (
        'judge A-1 "T" zh "题"\n  cite "1"\n  for each p in parcels where p.size > 1 ha\n'
        '  when p.closure > 5%\n  ask "Is {p.id} seen?" zh "见 {p.id}？"\n  needs survey\n'
        '  else CAR "No." zh "否。"\n  unknown CL "Say." zh "请说明。"\n'
    )
    assert problems(text) == []
    judged = plan(text).rules[0]
    assert judged.must is None
    assert judged.ask is not None
    assert judged.needs == ("survey",)
    assert problems(text + "  must welfare\n") == [("misplaced-clause", "must welfare")]


def test_a_document_is_needed_by_its_name_or_alias() -> None:
    assert rule_plan(rule("must welfare", "needs survey")).needs == ("survey",)
    assert rule_plan(rule("must welfare", "needs 勘界文件")).needs == ("survey",)
    assert problems(rule("must welfare", "needs area")) == [("unknown-document", "area")]


def test_a_clause_that_stands_once_is_not_written_twice() -> None:
    assert problems(rule("must welfare", "must area > 1 ha")) == [
        ("repeated-clause", "must area > 1 ha")
    ]
    assert problems(rule("when welfare", "when area > 1 ha", "must area < 9 ha")) == []


def test_a_local_name_is_given_once() -> None:
    assert problems(rule("let x = 1 ha", "let x = 2 ha", "must area > x")) == [("name-taken", "x")]
    found = problems(rule("for each p in parcels", "let p = 2 ha", "must p.size > 1 ha"))
    assert found == [("name-taken", "p")]


def test_a_text_in_one_language_is_a_warning() -> None:
    text = rule("must welfare", otherwise='CAR "No."')
    assert problems(text) == [("missing-translation", '"No."')]
    text = rule("must welfare", otherwise='CAR "No." zh "否。" zh "又。"')
    assert problems(text) == [("repeated-clause", 'zh "又。"')]


def test_texts_in_one_language_are_one_warning_a_file_that_counts_them() -> None:
    one, two = (rule("must welfare", id=id, otherwise='CAR "No."') for id in ("A-1", "A-2"))
    _, found = compiled(pack(one + "\n" + two))
    assert [(d.code, d.span.text, d.span.start) for d in found] == [
        ("missing-translation", '"No."', one.index('"No."'))
    ]
    assert found[0].message("en").startswith("2 texts of this file are not given in Chinese")


def test_a_title_has_nothing_to_fill_in() -> None:
    text = rule("must welfare").replace('"T"', '"Area {area}"')
    assert ("must-be-constant", "area") in problems(text)


def test_rows_come_from_a_table() -> None:
    assert problems(rule("for each p in area", "must p.size > 1 ha")) == [("type-mismatch", "area")]
    formula = "formula f for each p in area : ha\n  = p.size\n"
    assert problems(formula + rule("must f > 1 ha")) == [("type-mismatch", "area")]


def test_a_formula_is_dated_nowhere() -> None:
    text = "formula f : ha\n  effective 2024-01-01\n  = area\n"
    assert problems(text + rule("must f > 1 ha")) == [("misplaced-clause", "effective 2024-01-01")]


def test_formulas_come_in_the_order_of_their_needs() -> None:
    text = "formula a : ha\n  = b * 2\nformula b : ha\n  = c\nformula c : ha\n  = area\n"
    assert list(plan(text + rule("must a > 1 ha")).formulas) == ["c", "b", "a"]


def test_a_table_has_a_key_among_its_columns() -> None:
    assert ("missing-clause", "trees") in problems(
        "table trees\n  dbh : cm\n" + rule("must welfare")
    )
    text = "table trees\n  key nr\n  dbh : cm\n" + rule("must welfare")
    assert ("unknown-field", "nr") in problems(text)


def test_ids_and_names_are_never_used_twice() -> None:
    assert problems(rule("must welfare") + rule("must welfare"))[0][0] == "name-taken"
    text = "table project\n  key x\n  x : ha\n" + rule("must welfare")
    assert ("name-taken", "project") in problems(text)
    text = "facts more (面积库)\n  x (x) : ha\n" + rule("must more.x > 1 ha")
    assert problems(text) == [("name-taken", "x")]
