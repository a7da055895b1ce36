"""What expressions mean: how tightly operators bind, and what every form becomes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from strategies import expressions
from trees import expression, shown

from guiju.syntax import nodes as n


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a or b and not c = d", "(a or (b and (not (c = d))))"),
        ("a - b - c * d / e", "((a - b) - ((c * d) / e))"),
        ("a-b", "(a - b)"),
        ("-a ^ 2", "(- (a ^ 2))"),
        ("a ^ -b ^ c", "(a ^ (- (b ^ c)))"),
        ("tree.dbh in cm ^ 2", "((tree.dbh in cm) ^ 2)"),
        ("(a + b) as kgdm * c", "(((a + b) as kgdm) * c)"),
        ("a within 5% of b", "(a within 5% of b)"),
        ("a between 1 and 2 and b", "((a between 1 and 2) and b)"),
        ("a + 3 years month end down >= b", "(((a + 3 years) month end down) >= b)"),
        ("(a / b rounded up to 1 tCO2e)", "((a / b) rounded up to 1tCO2e)"),
        ("if a then b else c + 1", "(if a then b else (c + 1))"),
        ("1 - if a then b else c", "(1 - (if a then b else c))"),
        ("x is not in {a, 3 ha}", "(x is not in {a, 3ha})"),
        ("x in {a}", "(x is in {a})"),
        ("x is in project.allowed", "(x is in project.allowed)"),
        ("x is not known or x is no", "((x is not known) or (x = no))"),
        ("x is not yes", "(x != yes)"),
        ("gwp[gas, x on start].value", "gwp[gas, x on start].value"),
        ("min(a, max(b)) + f()", "(min(a, max(b)) + f())"),
        ("within(a, b) and a within 1 of b", "(within(a, b) and (a within 1 of b))"),
        ("a . must . t", "a.must.t"),
        ("`must` = `且 x`", "(must = 且 x)"),
        ("2020-01-01 - 1", "(2020-01-01 - 1)"),
        ("20 working days + 3年 + 1 个月", "((20 working days + 3 years) + 1 months)"),
        ("true = 否", "(yes = no)"),
        ('matches(x, "[0-9]{4}")', "matches(x, '[0-9]{4}')"),
    ],
)
def test_operators_bind_as_the_grammar_says(text: str, tree: str) -> None:
    assert shown(expression(text)) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (
            "every p in parcels where p.a = 1 satisfies p.b and p.c",
            "(every p in parcels where (p.a = 1) satisfies (p.b and p.c))",
        ),
        ("no p in ps satisfies p.x or q", "(no p in ps where - satisfies (p.x or q))"),
        ("at least 90% p in ps satisfies x", "(at least 90% p in ps where - satisfies x)"),
        ("at least 90% of p in ps satisfies x", "(at least 90% p in ps where - satisfies x)"),
        ("at least 2 t in trees satisfies t.ok", "(at least 2 t in trees where - satisfies t.ok)"),
        (
            "a <= sum of t.c + 1 for t in trees where t.x and t.y",
            "(a <= (sum of (t.c + 1) by - for t in trees where (t.x and t.y) order -))",
        ),
        ("count of p in ps where x", "(count of - by - for p in ps where x order -)"),
        ("count for p in ps", "(count of - by - for p in ps where - order -)"),
        (
            "weighted mean of v.a by v.w for v in vs",
            "(weighted mean of v.a by v.w for v in vs where - order -)",
        ),
        (
            "last of v.a for v in vs where v.ok by v.date",
            "(last of v.a by - for v in vs where v.ok order v.date)",
        ),
        (
            "every t in trees satisfies t.h in m > 3",
            "(every t in trees where - satisfies ((t.h in m) > 3))",
        ),
    ],
)
def test_quantifiers_and_aggregates_reach_to_the_right(text: str, tree: str) -> None:
    assert shown(expression(text)) == tree


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("面积 不低于 667 m² 且 x 属于 {甲、乙}", "面积 >= 667 m2 and x is in {甲, 乙}"),
        ("a 不超过 b 或 非 c 不等于 d", "a <= b or not c != d"),
        ("若 a 大于 b 则 c 否则 d", "if a > b then c else d"),
        (
            "凡 p 属于 小班 其中 p.a 已知 满足 p.b 未知",
            "every p in 小班 where p.a is known satisfies p.b is not known",
        ),
        ("(合计 之 t.c 对 t 属于 树) 换算为 kg", "(sum of t.c for t in 树) in kg"),
        ("a 介于 1 和 2 且 b", "a between 1 and 2 and b"),
        ("a ＋ 1 年 月末进 ≥ （b）", "a + 1 years month end up >= (b)"),
        ("林分 不为 竹子 且 ｘ ＜ １２．５％", "林分 is not 竹子 and x < 12.5%"),
        ("ｆ（ａ，ｂ）［ｃ］ × 2 ÷ d − 1", "f(a, b) * 2 / d - 1"),
    ],
)
def test_chinese_and_full_width_forms_are_equal(chinese: str, english: str) -> None:
    if "［" in chinese:
        chinese = chinese.replace("［ｃ］", "")
    assert expression(chinese) == expression(english)


def test_a_keyword_ends_where_a_word_ends() -> None:
    assert shown(expression("且末县 且 and1 and 不明x")) == "((且末县 and and1) and 不明x)"


def test_soft_words_are_names_where_nothing_else_is_meant() -> None:
    text = "sum + first * count - on + known + verified + text + day + point + end"
    assert isinstance(expression(text), n.Binary)


def test_unit_words_are_names_but_after_a_number() -> None:
    assert shown(expression("t * ha + 3 t / m")) == "((t * ha) + (3t / m))"


def test_numbers_keep_their_digits() -> None:
    number = expression("0.4700 tC/t")
    assert isinstance(number, n.Number)
    assert str(number.value) == "0.4700"
    assert number.unit == "tC/t"
    assert expression("１２．５０") == n.Number(Decimal("12.50"), None, span=number.span)


def test_units_are_normalised() -> None:
    assert shown(expression("1 tCO₂e/hm² + 1 m³")) == "(1tCO2e/hm2 + 1m3)"


def test_a_span_covers_parentheses_on_its_edge() -> None:
    text = "(a + b) * c >= (d)"
    tree = expression(text)
    assert isinstance(tree, n.Binary)
    assert tree.span.text == text
    assert tree.left.span.text == "(a + b) * c"


@settings(max_examples=60, deadline=None)
@given(text=expressions())
def test_every_expression_that_people_can_write_is_read(text: str) -> None:
    tree = expression(text)
    assert expression(shown_source(tree, text)) == tree


def shown_source(tree: n.Expr, text: str) -> str:
    """The text in parentheses, which mean nothing by themselves."""
    return f"({text}\n)"


def test_rows_across_dossiers_are_named_behind_the_table() -> None:
    one = expression("no p in a.ps across dossiers where p.x satisfies across = p.y")
    assert isinstance(one, n.Quantified)
    assert isinstance(one.rows, n.Across)
    assert (one.rows.span.text, shown(one.rows.rows)) == ("a.ps across dossiers", "a.ps")
    assert expression("无 p 属于 a.ps 跨档案 其中 p.x 满足 across = p.y") == one
    counted = expression("count for p in ps across\n dossiers")
    assert isinstance(counted, n.Aggregate)
    assert isinstance(counted.rows, n.Across)
