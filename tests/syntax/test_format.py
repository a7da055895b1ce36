"""`guiju fmt`: the same tree, the same comments, one layout."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import sources

from guiju.diagnostics import Diagnostics
from guiju.source import Source
from guiju.syntax import NotFormatted, format_source, parse, tokenize
from guiju.syntax.layout import WIDTH, width
from guiju.syntax.nodes import Item
from guiju.syntax.printer import Keywords


def items(text: str) -> tuple[Item, ...]:
    diagnostics = Diagnostics()
    tree = parse(Source("a.gj", text), diagnostics)
    assert [d.message("en") for d in diagnostics] == []
    return tree.items


def formatted(text: str, keywords: Keywords = "keep") -> str:
    return format_source(Source("a.gj", text), keywords)


def comments(text: str) -> list[str]:
    without_texts = re.sub(r'"[^"\n]*"|「[^」\n]*」|“[^”\n]*”|`[^`\n]*`', "", text)
    return re.findall(r"#[^\n]*", without_texts)


@pytest.mark.parametrize("keywords", ["keep", "en", "zh"])
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=sources())
def test_formatting_keeps_the_tree_and_the_comments_and_is_idempotent(
    keywords: Keywords, text: str
) -> None:
    once = formatted(text, keywords)
    assert items(once) == items(text)
    assert [c.rstrip() for c in comments(once)] == [c.rstrip() for c in comments(text)]
    assert formatted(once, keywords) == once


def laid_out(text: str, between: str) -> str:
    """The words of a text with other blanks between them, and no comments."""
    tokens = tokenize(Source("a.gj", text), Diagnostics())
    written = before = ""
    for kind, start, end in zip(tokens.kinds, tokens.starts, tokens.ends, strict=True):
        # What depends on its line: `=` behind a `let` of a formula, and the name of the next
        # field behind a number, which on the same line could be its unit (`0 t`).
        apart = kind == "BODY" or (before == "NUMBER" and kind == "NAME")
        blank = "\n" if apart else " " if kind == "EQ" else between
        written += blank + text[start:end]
        before = kind
    return written


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=sources())
def test_layout_does_not_depend_on_the_layout_before(text: str) -> None:
    once = formatted(laid_out(text, " "))
    assert formatted(laid_out(text, "\n")) == once
    assert items(once) == items(text)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=sources(), there=st.sampled_from(["en", "zh"]), back=st.sampled_from(["en", "zh"]))
def test_a_file_may_be_translated_there_and_back(
    text: str, there: Keywords, back: Keywords
) -> None:
    assert items(formatted(formatted(text, there), back)) == items(text)


MESSY = """facts project "The project" # group
    start_date(开工日期):date
    stand :one of tree "Trees",bamboo
rule AFF-1   "Large enough" zh "足够大"
# the clause
must parcel.area>=minimum   # hectares
  and parcel.x is in {a,b}
else CAR "No {parcel.area}."
"""


def test_clause_bodies_stand_under_each_other() -> None:
    assert formatted(MESSY) == (
        'facts project "The project"  # group\n'
        "  start_date (开工日期) : date\n"
        '  stand                 : one of tree "Trees", bamboo\n'
        "\n"
        'rule AFF-1 "Large enough" zh "足够大"\n'
        "  # the clause\n"
        "  must    parcel.area >= minimum  # hectares\n"
        "          and parcel.x is in {a, b}\n"
        '  else    CAR "No {parcel.area}."\n'
    )


def test_keywords_are_rendered_in_chinese() -> None:
    chinese = formatted(MESSY, "zh")
    assert '规则 AFF-1 "Large enough" zh "足够大"' in chinese
    assert "  应当   parcel.area >= minimum  # hectares\n" in chinese
    assert "且 parcel.x 属于 {a, b}" in chinese


def test_chinese_keywords_are_rendered_in_english() -> None:
    text = (
        "规则 A-1 「面积」\n应当 小班.面积 不低于 1 亩 且 小班.林种 为 乔木\n否则 整改要求 「小」\n"
    )
    assert formatted(text, "en") == (
        "rule A-1 「面积」\n"
        "  must    小班.面积 >= 1 亩 and 小班.林种 is 乔木\n"
        "  else    整改要求 「小」\n"
    )


def test_names_numbers_and_texts_stay_as_written() -> None:
    text = "rule A-1 “标题”\n  must    `must`.面积 ≥ 0.50 m² and x = １２ and 「{y}」 = “ a ”\n"
    assert formatted(text) == text


def test_a_long_condition_breaks_before_and() -> None:
    condition = " and ".join(f"parcel.a_rather_long_name_{i} >= {i}" for i in range(6))
    lines = formatted(f'rule A-1 "x"\n  must {condition}\n').splitlines()
    assert all(width(line) <= WIDTH for line in lines)
    assert all(line.startswith("          and ") for line in lines[2:])
    assert len(lines) == 7


def test_bands_are_set_as_a_table() -> None:
    text = "lookup d by w : %\n|<=10%|0%|\n|>30%|not acceptable|\n"
    assert formatted(text) == (
        "lookup d by w : %\n  | <= 10% | 0%             |\n  | > 30%  | not acceptable |\n"
    )


def test_an_indented_comment_at_the_end_belongs_to_the_rule_above() -> None:
    text = 'rule A-1 "x"\n  must    a\n  # of A-1\n\n# of A-2\nrule A-2 "y"\n  must    b\n'
    assert formatted(text) == text


def test_a_file_with_mistakes_is_left_alone() -> None:
    with pytest.raises(NotFormatted) as caught:
        formatted('rule A-1 "x"\n  must\n')
    assert [d.code for d in caught.value.diagnostics] == ["missing-part"]


def test_an_empty_file_stays_empty() -> None:
    assert formatted("\n\n") == ""
    assert formatted("# only a comment\n\n\n# two\n") == "# only a comment\n\n# two\n"
