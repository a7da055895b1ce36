"""What a name means where it stands."""

from __future__ import annotations

import pytest
from inline_packs import compiled, must, pack, plan, problems, row_must, rule, rule_plan

from guiju.plan import nodes


@pytest.mark.parametrize(
    "name",
    ["project.area", "project.面积", "项目.area", "项目.面积", "area", "面积"],
)
def test_a_fact_goes_by_its_name_or_alias_with_or_without_its_group(name: str) -> None:
    must_be = rule_plan(rule(f"must {name} >= 1 ha")).must
    assert isinstance(must_be, nodes.Compare)
    assert must_be.left == nodes.FactRef("project", "area", must_be.left.type)


@pytest.mark.parametrize("column", ["p.size", "p.小班面积"])
def test_a_column_goes_by_its_name_or_alias(column: str) -> None:
    must_be = rule_plan(rule("for each p in 地块", f"must {column} >= 1 ha")).must
    assert isinstance(must_be, nodes.Compare)
    assert must_be.left == nodes.ColumnRef(0, "p", "parcels", "size", must_be.left.type)


def test_a_let_stands_before_a_formula_and_a_formula_before_a_fact() -> None:
    text = "formula share : ha\n  = 2 ha\n"
    compared = rule_plan(text + rule("must share >= 1 ha")).must
    assert isinstance(compared, nodes.Compare)
    assert isinstance(compared.left, nodes.FormulaRef)
    compared = rule_plan(text + rule("let share = 3 ha", "must share >= 1 ha")).must
    assert isinstance(compared, nodes.Compare)
    assert isinstance(compared.left, nodes.LocalRef)


def test_a_name_of_two_groups_needs_its_group() -> None:
    text = "facts other\n  area : ha\n"
    found = problems(text + rule("must area >= other.area"))
    assert ("unknown-name", "area") in found


def test_two_names_run_together_are_taken_apart_in_the_help() -> None:
    _, found = compiled(pack(rule("must 面积且郁闭度")))
    assert [d.span.text for d in found] == ["面积且郁闭度"]
    assert "`面积 且 郁闭度`" in found[0].help("zh")


def test_a_name_that_is_a_keyword_in_backticks_is_a_name() -> None:
    text = "facts more\n  `must` : ha\n"
    assert problems(text + rule("must `must` >= 1 ha and more.must <= 2 ha")) == []


def test_a_column_alone_is_told_which_row_it_wants() -> None:
    _, found = compiled(pack(rule("for each p in parcels", "must size > p.size")))
    assert [d.help("en") for d in found] == [
        "it is a column of `parcels`; name the row it is of, as in `p.size`"
    ]


def test_an_option_goes_by_its_name_or_a_label() -> None:
    for option in ("tree", '"Trees"', '"乔木"', "乔木"):
        member = rule_plan(rule(f"must project.stand = {option}")).must
        assert isinstance(member, nodes.Compare)
        assert isinstance(member.right, nodes.Constant)
        assert member.right.value == "tree"
    assert must("project.stand is shrub or project.stand in {乔木}") == []


def test_a_local_name_stands_before_an_option() -> None:
    found = rule_plan(rule('let tree = "shrub"', "must project.stand = tree")).must
    assert isinstance(found, nodes.Compare)
    assert isinstance(found.right, nodes.LocalRef)


def test_the_as_of_date_has_a_name_in_both_languages() -> None:
    assert must("as_of > project.start and 评估日期 > project.start") == []


def test_the_dossiers_own_stage_and_date_can_be_asked() -> None:
    assert must("dossier.stage is verification and 项目档案.提交日期 > project.start") == []


def test_the_parts_of_a_period_and_of_a_document_have_chinese_names() -> None:
    assert must("project.crediting.start < 项目.计入期.截止日 and survey.签发日期 > start") == []
    assert must("计入期.起始日 < survey.issued and project.survey.文件名 != survey.file") == []


def test_a_formula_goes_by_its_alias_everywhere() -> None:
    text = "formula hectares (公顷数) for each p in parcels : ha\n  = p.size\n"
    rules = rule("for each p in parcels", "must p.公顷数 > 1 ha and 公顷数 < p.hectares")
    found = plan(text + rules)
    assert found.formulas["hectares"].alias == "公顷数"


def test_a_formula_per_row_means_the_innermost_row_of_its_table() -> None:
    text = "formula hectares for each p in parcels : ha\n  = p.size\n"
    body = rule_plan(
        text + rule("for each p in parcels", "must no q in parcels satisfies hectares > p.size * 2")
    ).must
    assert isinstance(body, nodes.Quantified)
    compared = body.satisfies
    assert isinstance(compared, nodes.Compare)
    assert isinstance(compared.left, nodes.FormulaRef)
    assert isinstance(compared.left.row, nodes.LocalRef)
    assert compared.left.row.name == "q"


def test_each_mistake_is_reported_once_however_often_the_name_is_used() -> None:
    text = rule("let least = nosuch", "must area > least and area < least * 2")
    assert problems(text) == [("unknown-name", "nosuch")]
    text = rule("for each p in parcelz", "must p.size > p.nothing")
    assert problems(text) == [("unknown-name", "parcelz")]
    assert must("every p in parcelz satisfies p.size > p.nothing") == [("unknown-name", "parcelz")]


def test_mistakes_beside_one_another_are_all_reported() -> None:
    found = must("every p in parcelz satisfies p.size > nothing")
    assert found == [("unknown-name", "parcelz"), ("unknown-name", "nothing")]
    assert must("sqr(nothing) > 1") == [("unknown-function", "sqr"), ("unknown-name", "nothing")]
    assert must("nothing in {nobody}") == [("unknown-name", "nothing"), ("unknown-name", "nobody")]


def test_what_stands_in_a_line_that_was_not_read_is_not_unknown() -> None:
    text = "facts more\n  height (高度 : m\n" + rule("must more.height > 3 m and area > 1 ha")
    assert {code for code, _ in problems(text)} <= {"unexpected-word", "missing-part"}


def test_a_clause_in_a_line_that_was_not_read_is_not_missed() -> None:
    assert [code for code, _ in must("area >= >= 3 ha")] == ["unexpected-word"]


def test_look_alike_letters_are_one_mistake_and_named() -> None:
    assert must("project.аrea >= 1 ha") == [("lookalike-character", "аrea")]


def test_unused_locals_are_found() -> None:
    assert problems(rule("for each p in parcels", "let x = 1", "must welfare")) == [
        ("unused-name", "p"),
        ("unused-name", "x"),
    ]


def test_names_used_in_messages_are_used() -> None:
    text = rule("let least = 1 ha", "must welfare", otherwise='CAR "{least}" zh "{least}"')
    assert problems(text) == []


def test_a_row_in_a_message_is_its_key_but_a_whole_table_is_refused() -> None:
    assert (
        problems(
            rule("for each p in parcels", "must p.size > 1 ha", otherwise='CAR "{p}" zh "{p}"')
        )
        == []
    )
    found = problems(rule("must welfare", otherwise='CAR "{parcels}" zh "无"'))
    assert found == [("type-mismatch", "parcels")]


def test_a_local_hides_a_group_of_its_name() -> None:
    # The nearest declaration is the one a reader sees.
    assert row_must("project.area > p.size") == []
    found = problems(rule("let project = survey.issued", "must project.area > 1 ha"))
    assert found == [("unknown-field", "area")]


KEYED = """
table trees (样木) "Trees" zh "样木"
  key parcel, number
  parcel (所在小班) "Parcel" zh "小班" : text
  number "Number" zh "编号" : integer
  height "Height" zh "高" : m
  kind "Kind" zh "类" : one of pine, oak
table tariffs (费率) "Tariffs" zh "费率"
  key kind
  kind "Kind" zh "类" : one of pine, oak
  limit "Limit" zh "限值" : ha >= 0 ha
formula stock (蓄积) "Stock" zh "蓄积" for each tree in trees : m
  cite "1"
  = tree.height
"""


@pytest.mark.parametrize(
    "must_be",
    [
        "parcels[project.province].size > 1 ha",
        "地块[项目.省份].小班面积 > 1 ha",
        'trees["a", 1].height in m > 1',
        'trees["a", 1].stock in m > 样木["a", 1].蓄积 in m',
        "tariffs[oak].limit > 1 ha",
        "tariffs[trees[province, 1].kind].limit > 1 ha",
        'parcels["a"] is known and parcels["a"] = parcels["b"]',
    ],
)
def test_a_row_of_a_table_is_found_by_its_key(must_be: str) -> None:
    assert [p for p in problems(KEYED + rule(f"must {must_be}")) if p[0] != "unused-name"] == []


def test_a_row_by_its_key_is_a_node_with_its_keys_in_the_unit_of_the_columns() -> None:
    must_be = rule_plan(rule("must parcels[province].size > 1 ha")).must
    assert isinstance(must_be, nodes.Compare)
    left = must_be.left
    assert isinstance(left, nodes.CellRef)
    assert (left.table, left.field) == ("parcels", "size")
    assert isinstance(left.row, nodes.RowByKey)
    assert [type(key) for key in left.row.keys] == [nodes.FactRef]


@pytest.mark.parametrize(
    ("must_be", "problem"),
    [
        ("parcels[1].size > 1 ha", ("type-mismatch", "1")),
        ('trees["a"].height > 1 m', ("wrong-argument-count", 'trees["a"]')),
        ('trees["a", 1 ha].height > 1 m', ("unit-mismatch", "1 ha")),
        ("tariffs[elm].limit > 1 ha", ("unknown-option", "elm")),
        ('parcels["a" on as_of].size > 1 ha', ("type-mismatch", "as_of")),
        ('parcels["a"].sice > 1 ha', ("unknown-field", "sice")),
        ('parcelz["a"].size > 1 ha', ("unknown-name", "parcelz")),
        ('parcels["a"] > 1 ha', ("type-mismatch", "1 ha")),
        ('parcels["a"].stock > 1 m', ("unknown-field", "stock")),
    ],
)
def test_a_key_that_does_not_fit_its_table_is_told(must_be: str, problem: tuple[str, str]) -> None:
    found = [p for p in problems(KEYED + rule(f"must {must_be}")) if p[0] != "unused-name"]
    assert found == [problem]


def test_a_table_is_suggested_where_its_name_is_misspelt() -> None:
    _, found = compiled(pack(rule('must parcelz["a"].size > 1 ha')))
    assert [d.help("en") for d in found if d.code == "unknown-name"] == ["did you mean `parcels`?"]


def test_formulas_that_ask_each_other_for_rows_by_key_are_a_ring() -> None:
    text = """
formula a for each p in parcels : ha
  cite "1"
  = parcels["x"].b
formula b for each p in parcels : ha
  cite "1"
  = parcels["y"].a
"""
    found = problems(text + rule('must parcels["x"].a > 1 ha'))
    assert [code for code, _ in found if code != "unused-name"] == ["cycle"]


def test_the_range_of_a_column_holds_for_the_cell_of_a_row_by_key() -> None:
    found = problems(rule('must parcels["x"].size >= 0 ha'))
    assert [code for code, _ in found] == ["always-true"]
