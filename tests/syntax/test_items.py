"""Declarations and clauses: what the parser makes of each."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from trees import problems, read, shown, underlined

from guiju.syntax import nodes as n


def item(text: str) -> n.Item:
    (only,) = read(text).items
    return only


def test_facts_have_names_aliases_labels_types_and_ranges() -> None:
    facts = item(
        'facts project (项目) "The project" zh "项目"\n'
        '  start_date (开工日期) "Start" zh "开工" : date\n'
        '  stand : one of tree "Trees" zh "乔木", bamboo optional\n'
        "  share : % between 0% and 100%\n"
        "  area：亩 ≥ 0 亩 可缺\n"
        "  agreed : yes/no\n"
        "  codes : list of text\n"
    )
    assert isinstance(facts, n.Facts)
    assert facts.alias is not None
    assert facts.alias.text == "项目"
    start, stand, share, area, agreed, codes = facts.fields
    assert start.alias is not None
    assert start.label is not None
    assert [(t.lang, t.plain) for t in start.label.texts] == [(None, "Start"), ("zh", "开工")]
    assert isinstance(stand.type, n.OneOfType)
    assert [option.name.text for option in stand.type.options] == ["tree", "bamboo"]
    assert stand.optional
    assert (shown(share.low), shown(share.high)) == ("0%", "100%")
    assert (shown(area.low), area.high, area.optional) == ("0亩", None, True)
    assert agreed.type == n.NamedType("yes/no", span=agreed.span)
    assert codes.type == n.ListType(n.NamedType("text", span=codes.span), span=codes.span)


def test_a_table_has_a_key_a_boundary_and_columns_of_any_name() -> None:
    table = item(
        "表 小班\n  主键 id, 年\n  边界 面\n  id : 文本\n  `key` : text\n  boundary : ha\n  t : t\n"
    )
    assert isinstance(table, n.Table)
    assert [name.text for name in table.key] == ["id", "年"]
    assert table.boundary == "polygon"
    assert [f.name.text for f in table.fields] == ["id", "key", "boundary", "t"]
    assert table.fields[1].name.quoted


def test_a_lookup_reads_bands_with_several_keys_and_dates() -> None:
    lookup = item(
        "lookup d by kind : text, width : % : tC\n"
        '  cite "A"\n'
        '  | "a" | <= 10% | 1 tC | effective 2024-01-01 until 2024-12-31\n'
        '  | "a" | > 10%  | not acceptable |\n'
    )
    assert isinstance(lookup, n.Lookup)
    assert lookup.type == n.UnitType("tC", span=lookup.span)
    first, second = lookup.bands
    assert [(op, shown(key)) for op, key in first.keys] == [("=", "'a'"), ("<=", "10%")]
    assert first.effective is not None
    assert first.effective.until == date(2024, 12, 31)
    assert second.values is None


def test_a_lookup_gives_named_values_or_one_unnamed() -> None:
    named = item('lookup a by s : text\n gives x : number, y : tC/tdm\n from "lookups/a.csv"\n')
    assert isinstance(named, n.Lookup)
    assert [p.name.text for p in named.gives] == ["x", "y"]
    assert named.source == "lookups/a.csv"
    unnamed = item('lookup a by s : text gives : number from "a.csv"')
    assert isinstance(unnamed, n.Lookup)
    assert unnamed.gives == ()
    assert unnamed.type == n.NamedType("number", span=unnamed.span)


def test_a_formula_may_have_one_value_per_row_and_values_of_its_own() -> None:
    formula = item(
        'formula c (碳) "Carbon" for each t in trees where t.alive : tC\n'
        "  let same = t.a = t.b\n"
        "  let twice = 2 * t.c\n"
        "  = if same then twice else t.c rounded down to 1 tC\n"
        "  conservative\n"
    )
    assert isinstance(formula, n.Formula)
    assert formula.for_each is not None
    assert formula.for_each.variable.text == "t"
    assert formula.conservative
    assert [shown(c.value) for c in formula.clauses if isinstance(c, n.Let)] == [
        "(t.a = t.b)",
        "(2 * t.c)",
    ]
    assert shown(formula.body) == "((if same then twice else t.c) rounded down to 1tC)"


def test_a_formula_fits_on_one_line() -> None:
    formula = item("formula f : ha = a = b")
    assert isinstance(formula, n.Formula)
    assert shown(formula.body) == "(a = b)"


def test_every_clause_word_is_read() -> None:
    rule = item(
        'rule AFF-2C "T {x}" zh "标题"\n'
        '  cite "2(c)" quoting "a {b}"\n'
        "  basis 二手\n"
        "  for each p in ps where p.a is known\n"
        '  when a unless b because "c" zh "丙"\n'
        "  let m = 1 ha rounded to 1 ha\n"
        "  must p.area >= m\n"
        '  else CAR "Parcel {p.id} has {p.area}." zh "地块 {p.id}。"\n'
        '  unknown 整改要求 "x"\n'
        "  defer FAR\n"
        "  needs survey, map\n"
        '  remedy "r"\n'
        "  effective 2024-01-01\n"
    )
    assert isinstance(rule, n.Rule)
    assert rule.id == "AFF-2C"
    assert " ".join(type(clause).__name__ for clause in rule.clauses) == (
        "Cite Basis ForEach When Unless Let Must Else Unknown Defer Needs Remedy Effective"
    )
    cite, basis, *_ = rule.clauses
    assert isinstance(cite, n.Cite)
    assert (cite.clause, cite.quoting) == ("2(c)", "a {b}")
    assert isinstance(basis, n.Basis)
    assert basis.level == "secondary"
    otherwise = rule.clauses[7]
    assert isinstance(otherwise, n.Else)
    first, second = otherwise.message.texts
    assert [p if isinstance(p, str) else shown(p) for p in first.parts] == [
        "Parcel ",
        "p.id",
        " has ",
        "p.area",
        ".",
    ]
    assert second.lang == "zh"
    assert isinstance(second.parts[1], n.Expr)
    assert second.parts[1].span.text == "p.id"


def test_an_amendment_names_its_pack_or_not() -> None:
    amend = item(
        'amend AFF-2C-NM of ccer.AFF-2C "NM"\n  set m = 1 ha\n  grace a until 2025-12-31\n'
    )
    assert isinstance(amend, n.Amend)
    assert amend.prefix is not None
    assert (amend.id, amend.prefix.text, amend.target) == ("AFF-2C-NM", "ccer", "AFF-2C")
    own = item("修订 A-1 之 草原-3 「x」\n  改为 x = 1\n")
    assert isinstance(own, n.Amend)
    assert (own.prefix, own.target) == (None, "草原-3")


def test_layout_means_nothing() -> None:
    text = 'rule A-1 "x"\n  for each t in trees\n  must t.a = 1\n  else CAR "y"\n'
    assert read(text).items == read(text.replace("\n", " ")).items
    assert read(text).items == read(text.replace(" ", "\n")).items


def test_braces_of_a_message_are_written_twice() -> None:
    rule = item('rule A-1 "x"\n  else CAR "{{a}} {x is in {p, q}}"\n')
    assert isinstance(rule, n.Rule)
    (otherwise,) = rule.clauses
    assert isinstance(otherwise, n.Else)
    text, value = otherwise.message.texts[0].parts
    assert text == "{a} "
    assert shown(value) == "(x is in {p, q})"


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    assert len(read("\ufefffacts a\r\n  b : text\r\n").items) == 1


DESIGN = Path(__file__).parent.parent / "corpus" / "syntax" / "good" / "tour.gj"


def test_the_tour_of_the_language_has_every_kind_of_item() -> None:
    kinds = {type(node).__name__ for node in read(DESIGN.read_text(encoding="utf-8")).items}
    assert kinds == {"Facts", "Table", "Lookup", "Formula", "Rule", "Judge", "Amend"}


@pytest.mark.parametrize("size", [10_000])
@pytest.mark.parametrize(
    ("opening", "inner", "closing"),
    [("(", "1", ")"), ("-", "1", ""), ("not ", "a", ""), ("a + ", "a", ""), ("f(", "1", ")")],
)
def test_a_tower_of_expressions_is_refused(
    size: int, opening: str, inner: str, closing: str
) -> None:
    text = f'rule A-1 "x"\n  must {opening * size}{inner}{closing * size}\nrule B-1 "y" must z'
    assert [code for code, _ in underlined(text)] == ["too-deep"]


def test_a_file_of_many_mistakes_ends_soon() -> None:
    found = problems("rule \n" * 20_000)
    assert len(found) < 110
    assert any(problem.code == "too-many-errors" for problem in found)


def test_a_file_beyond_all_measure_is_not_read() -> None:
    assert [problem.code for problem in problems("x" * 4_000_001)] == ["too-large"]


def test_every_name_of_a_keyword_is_read_after_a_dot() -> None:
    from guiju.syntax.keywords import keywords

    for keyword in keywords().values():
        for spelled in keyword.en + keyword.zh:
            if re.fullmatch(r"[^\W\d]\w*", spelled):
                rule = item(f'rule A-1 "x" must a.{spelled} = 1')
                assert isinstance(rule, n.Rule)
