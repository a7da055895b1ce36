"""Help for mistakes that are easily made."""

from __future__ import annotations

import pytest

from guiju.diagnostics import Diagnostics
from guiju.source import Source
from guiju.syntax import parse


def found(text: str) -> list[tuple[str, str]]:
    diagnostics = Diagnostics()
    parse(Source("a.gj", text), diagnostics)
    return [(problem.code, problem.help("en")) for problem in diagnostics]


def rule(must: str) -> str:
    return f'rule R "r"\n  cite "1"\n  must {must}\n  else CAR "n"\n'


@pytest.mark.parametrize(
    "must",
    [
        "sum of t.size for t in trees >= 3",
        "sum of t.size for t in trees + 3 > 4",
        "count for t in trees where t.size > 2 >= 1",
    ],
)
def test_an_aggregate_that_goes_on_is_to_stand_in_parentheses(must: str) -> None:
    ((code, help_text),) = found(rule(must))
    assert code == "unexpected-word"
    assert help_text.startswith("put the aggregate in parentheses to go on")


def test_an_aggregate_in_parentheses_goes_on() -> None:
    assert found(rule("(sum of t.size for t in trees) >= 3")) == []
    ((_, help_text),) = found(rule("(sum of t.size for t in trees) >= 3 >= 2"))
    assert "join two comparisons" in help_text


def test_a_unit_that_is_misspelt_is_guessed() -> None:
    ((_, help_text),) = found(rule("project.area > 5 haa"))
    assert "`ha`" in help_text


def test_a_formula_that_breaks_off_is_one_mistake() -> None:
    broken = 'formula f "f" : number\n  cite "1"\n  = project.n *\n'
    assert [code for code, _ in found(broken + rule("f > 1"))] == ["missing-part"]
    empty = 'formula f "f" : number\n  cite "1"\n'
    assert [code for code, _ in found(empty + rule("f >"))] == ["missing-part"] * 2
