"""Mistakes: each is reported once, where it is, and the rest of the file is read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import sources
from trees import problems, underlined

from guiju.diagnostics import Diagnostics, render
from guiju.messages import LANGUAGES, has_message
from guiju.source import Source
from guiju.syntax import decode_source, parse
from guiju.syntax import nodes as n
from guiju.syntax import problems as classes

FIVE = """rule AFF-1 "One"
  cite "2(c)"
  must parcel.area >= minimum parcel.share
  else CAR "no"

rule AFF-2 "Two"
  when
  must parcel.area >= (3 + 4
  else CAR "no"

rule AFF-3 "Three"
  must x
  else CAR "unclosed
  unknown CL "give"

rule AFF-4 "Four"
  must x
  neds survey
  remedy "y"
"""


def test_five_mistakes_in_four_rules_give_five_diagnostics() -> None:
    assert underlined(FIVE) == [
        ("unexpected-word", "parcel"),
        ("missing-part", "when"),
        ("missing-part", "4"),
        ("unclosed-string", '"unclosed'),
        ("unexpected-word", "neds"),
    ]


def test_healthy_clauses_and_rules_stay_in_the_tree() -> None:
    tree = parse(Source("a.gj", FIVE), Diagnostics())
    clauses = {
        rule.id: [type(clause).__name__ for clause in rule.clauses]
        for rule in tree.items
        if isinstance(rule, n.Rule)
    }
    assert clauses == {
        "AFF-1": ["Cite", "Else"],
        "AFF-2": ["Else"],
        "AFF-3": ["Must", "Else", "Unknown"],
        "AFF-4": ["Must", "Remedy"],
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("must", [("missing-part", "must")]),
        ("must a and", [("missing-part", "and")]),
        ("must a < b < c", [("unexpected-word", "<")]),
        ("must a == b", [("unexpected-word", "=")]),
        ("must a @ b", [("stray-character", "@")]),
        ("must a && b", [("stray-character", "&&")]),
        ("must 'x' = y", [("stray-character", "'x'")]),
        ("must a[b = c", [("missing-part", "c")]),
        ("must x in hectares > 3", [("unexpected-word", "hectares")]),
        ("must start >= 2023-02-30", [("impossible-date", "2023-02-30")]),
        ("must start >= 2023-13-01", [("impossible-date", "2023-13-01")]),
        ("must if a then b", [("missing-part", "b")]),
        ("must every p parcels satisfies x", [("unexpected-word", "parcels")]),
        ("must every p in parcels where x", [("missing-part", "x")]),
        ("must pаrcel.area > 3", [("lookalike-character", "pаrcel")]),
        ("must a\u200bb", [("invisible-character", "\u200b")]),
        ("must a # \u202e b", [("bidi-character", "\u202e")]),
        ("unless a", [("missing-part", "a")]),
        ("else CAR", [("missing-part", "CAR")]),
        ('else "x"', [("unexpected-word", '"x"')]),
        ("for p in parcels", [("unexpected-word", "for")]),
        ("let = 3", [("unexpected-word", "=")]),
        ("let by = 3", [("unexpected-word", "by")]),
        ("basis good", [("unexpected-word", "good")]),
        ("effective 2024", [("unexpected-word", "2024")]),
        ('remedy "a {b +} c"', [("missing-part", "+")]),
        ('remedy "a {b c} {d"', [("unexpected-word", "c"), ("unclosed-brace", "{")]),
        ("Must x", [("unexpected-word", "Must")]),
    ],
)
def test_a_mistake_in_a_clause_is_one_diagnostic(
    line: str, expected: list[tuple[str, str]]
) -> None:
    text = f'rule A-1 "x"\n  cite "1"\n  {line}\n  needs y\nrule A-2 "y"\n  must z\n'
    assert underlined(text) == expected
    tree = parse(Source("a.gj", text), Diagnostics())
    first, second = tree.items
    assert isinstance(first, n.Rule)
    assert isinstance(first.clauses[0], n.Cite)
    assert isinstance(first.clauses[-1], n.Needs)
    assert isinstance(second, n.Rule)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("facts p\n  a :\n  b : text\n", [("missing-part", ":")]),
        ("facts p\n  a : hectare\n  b : text\n", [("unexpected-word", "hectare")]),
        ("facts p\n  a (x : text\n  b : text\n", [("unexpected-word", ":")]),
        ("facts p\n", [("missing-part", "facts p")]),
        ("table t\n  boundary text\n  a : text\n", [("missing-part", "text")]),
        ("lookup l by w : %\n  | 1% | 2% |\n  | 3% 4% |\n", [("unexpected-word", "4%")]),
        ("lookup l by w : %\n  | 1% | 2% | 3% |\n", [("band-cells", "| 1% | 2% | 3% |")]),
        ('formula f : ha\n  cite "x"\n', [("missing-part", "formula f : ha")]),
        ("formula f : ha\n  let x = 1 +\n  = x\n", [("missing-part", "+")]),
        ('rule "x"\n  must y\n', [("unexpected-word", '"x"')]),
        ("rule A-1\n  must y\n", [("missing-part", "A-1")]),
        ('rul A-1 "x"\n  must y\n', [("unexpected-word", "rul")]),
        ("must y\n", [("unexpected-word", "must")]),
        ('amend A-1 "x"\n  set y = 1\n', [("unexpected-word", '"x"')]),
        ("", [("empty-file", "")]),
        ("# nothing\n", [("empty-file", "#")]),
    ],
)
def test_a_mistake_in_a_declaration_is_one_diagnostic(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert underlined(text) == expected
    if not text or text.startswith("#"):
        return
    after = text + 'rule Z-1 "z"\n  must x y\n'
    assert underlined(after) == [*expected, ("unexpected-word", "y")]


@pytest.mark.parametrize(
    ("text", "help_text"),
    [
        ('rule A-1 "x"\n  neds y\n', "did you mean `needs`?"),
        ("规则 A-1 「x」\n  应該 y\n", "did you mean `应当`?"),
        ("facts p\n  a : hectar\n", "did you mean `hectare`?"),
        ('rule A-1 "x"\n  must a < b < c\n', "join two comparisons"),
        ('rule A-1 "x"\n  must a == c\n', "write one comparison sign"),
        ('rule A-1 "x"\n  let by = 3\n', "write it in backticks"),
        ('rule A-1 "x"\n  MUST y\n', "did you mean `must`?"),
    ],
)
def test_help_says_what_to_do(text: str, help_text: str) -> None:
    (problem,) = problems(text)
    english = problem.help("en")
    if "hectare" in help_text:
        assert english  # Whatever unit is nearest.
    else:
        assert help_text in english


def test_what_was_expected_is_said_in_the_words_of_the_author() -> None:
    (problem,) = problems('rule A-1 "x"\n  must\n  else CAR "y"\n')
    assert problem.message("en") == "expected a condition after `must`, found `else`"
    assert "`must`" in problem.message("zh")
    assert "条件" in problem.message("zh")


def test_the_underline_is_as_wide_as_the_text_is_shown() -> None:
    (problem,) = problems("规则 A-1 「面积」\n  应当 小班.面积 小班.郁闭度\n")
    lines = render(problem, "zh").splitlines()
    assert lines[0].startswith("a.gj:2:12: ")
    assert lines[1] == "   2 |   应当 小班.面积 小班.郁闭度"
    assert lines[2] == "     |                  ^^^^"


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("gb18030", "GBK or GB18030"), ("gbk", "GBK or GB18030"), ("utf-16", "UTF-16")],
)
def test_a_file_in_another_encoding_is_refused_with_the_mend(encoding: str, named: str) -> None:
    diagnostics = Diagnostics()
    text = 'rule A-1 "x"\n# 单个地块连续面积\n'
    assert decode_source(text.encode(encoding), "a.gj", diagnostics) is None
    (problem,) = diagnostics
    assert problem.code == "not-utf8"
    assert named in problem.message("en")
    assert "UTF-8" in problem.help("en")
    if encoding != "utf-16":
        assert (problem.span.line, problem.span.text) == (2, "单")


def test_every_problem_has_its_sentences_in_both_languages() -> None:
    kinds = [
        kind for kind in vars(classes).values() if isinstance(kind, type) and "code" in vars(kind)
    ]
    assert len(kinds) > 10
    for kind in kinds:
        for key in (kind.code, f"{kind.code}.help", f"{kind.code}.page"):  # type: ignore[attr-defined]
            assert has_message(f"diagnostics.{key}")


def test_names_of_another_script_are_fine_when_they_are_words_of_it() -> None:
    assert problems('rule A-1 "x"\n  must талбай > 3 and 面积area > 2 and Δh > 1\n') == []


@settings(max_examples=80, deadline=None)
@given(text=sources(), data=st.data())
def test_a_damaged_file_never_raises(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 12)))
    patch = data.draw(st.text(st.sampled_from('(){}[]"「`|=#@ \nelse mustrule.1-'), max_size=6))
    damaged = text[:start] + patch + text[end:]
    for problem in problems(damaged):
        for lang in LANGUAGES:
            assert problem.message(lang)
            assert render(problem, lang)
    assert len(problems(damaged)) <= 25


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=200))
def test_no_text_makes_the_parser_raise(text: str) -> None:
    for problem in problems(text):
        assert render(problem, "zh")
