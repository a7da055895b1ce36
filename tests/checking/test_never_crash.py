"""Whatever a rule file holds, checking says what is wrong and never raises."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inline_packs import CORPUS, compiled, must, pack, problems, rule

from guiju.diagnostics import render
from guiju.messages import LANGUAGES

sys.path.insert(0, str(Path(__file__).parent.parent / "syntax"))

from strategies import clauses, expressions, sources

EASY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
BASE = CORPUS / "good" / "base"


def say_all(text: str) -> None:
    _, found = compiled(pack(text))
    for diagnostic in found:
        for lang in LANGUAGES:
            assert render(diagnostic, lang)


@EASY
@given(sources())
def test_a_file_of_random_items(text: str) -> None:
    say_all(text)


@EASY
@given(st.lists(clauses(), max_size=8))
def test_a_rule_of_random_lines(lines: list[str]) -> None:
    say_all(rule(*lines))


@EASY
@given(expressions())
def test_a_random_expression(text: str) -> None:
    say_all(rule(f"must {text}"))


WORDS = [
    "project.area", "area", "p.size", "p", "parcels", "project", "3", "0", "2 ha", "5%", "1 tCO2e",
    "project.start", "as_of", "3 years", "2024-01-01", "stand", "tree", "project.stand", '"x"', "yes",
    "project.welfare", "{1, 2}", "{tree}", "+", "-", "*", "/", "^", "=", "<", ">=", "and", "or", "not",
    "is", "is not", "is in", "is known", "between", "within", "of", "if", "then", "else", "every q in",
    "sum of", "mean of", "first of", "for q in", "where", "satisfies", "by", "(", ")", "[", "]", ",",
    "table", "sqrt(", "max(", "in ha", "as kgdm", "rounded to", "month end down", "at least 2 of q in",
    "project.term", "project.crediting", ".start", "project.survey", "q.size", "least", "factor", "net",
]  # fmt: skip
ITEMS = """lookup factor by x : text
  gives a : number, b : ha
  | "a" | 1 | 2 ha |
formula net for each p in parcels : ha
  = p.size
"""


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
def test_known_words_in_any_order(words: list[str]) -> None:
    say_all(ITEMS + rule("for each p in parcels", "let least = 1 ha", f"must {' '.join(words)}"))


@pytest.mark.parametrize("seed", range(40))
def test_a_good_pack_with_words_struck_out_or_moved(seed: int) -> None:
    random = Random(seed)
    files = pack("")
    del files.content["rules.gj"]
    for path in sorted(BASE.rglob("*")):
        if path.is_file():
            files.content[str(path.relative_to(BASE))] = path.read_bytes()
    for name in [n for n in files.content if n.endswith((".gj", ".csv", ".toml"))]:
        parts = re.findall(r"\s+|\w+|.", files.content[name].decode()) or [" "]
        for _ in range(random.randrange(4)):
            if not parts:
                break
            at = random.randrange(len(parts))
            match random.randrange(4):
                case 0:
                    del parts[at]
                case 1:
                    parts.insert(at, random.choice(parts))
                case 2:
                    parts[at] = random.choice(parts)
                case 3:
                    other = random.randrange(len(parts))
                    parts[at], parts[other] = parts[other], parts[at]
        files.content[name] = "".join(parts).encode()
    for diagnostic in compiled(files)[1]:
        assert render(diagnostic, "zh")


def test_numbers_of_thousands_of_digits() -> None:
    digits = "9" * 5000
    say_all(rule(f"must area > {digits} ha and area * (1.{digits} / 3) > 1 ha"))
    say_all(rule(f"must project.area ^ {digits} > 1 ha and {digits} / 7 > 1"))


def test_a_long_chain_of_lets() -> None:
    lets = ["let x0 = project.area > 1 ha"]
    lets += [f"let x{n} = x{n - 1} and project.area > {n} ha" for n in range(1, 400)]
    assert {code for code, _ in problems(rule(*lets, "must x399"))} <= {
        "always-true",
        "always-false",
    }


def test_deep_betweens_take_no_longer_than_others() -> None:
    text = "1"
    for _ in range(30):
        text = f"(if {text} between 0 and 2 then 1 else 2)"
    assert "too-deep" in [code for code, _ in must(f"{text} = 3")]
