"""The sign analysis of conservative formulas."""

from __future__ import annotations

import pytest
from inline_packs import problems, rule

FACTS = """facts f
  gain : tCO2e >= 0 tCO2e
  loss : tCO2e >= 0 tCO2e
  any : tCO2e
  share : % between 0% and 100%
  years : number >= 1
"""
DOWN, UP = "rounded down to 1 tCO2e", "rounded up to 1 tCO2e"


def unsafe(body: str, before: str = "", let: str = "") -> list[str]:
    """The roundings that are underlined in a conservative formula."""
    lines = f"  let {let}\n" if let else ""
    text = f"{FACTS}{before}formula net : tCO2e\n{lines}  = {body}\n  conservative\n"
    found = problems(text + rule("must net > 1 tCO2e"))
    return [text for code, text in found if code == "unsafe-direction"]


@pytest.mark.parametrize(
    "body",
    [
        f"f.gain {DOWN}",
        f"(f.gain {DOWN}) - (f.loss {UP})",
        f"(f.gain {DOWN}) * (1 - f.share)",
        f"f.gain - (f.loss {UP}) * f.share",
        f"f.gain - (f.gain - (f.loss {DOWN}))",
        f"(f.gain {DOWN}) / f.years",
        f"f.gain * (f.years / (f.years + (f.loss {UP}) / 1 tCO2e))",
        f"-(f.loss {UP})",
        f"if f.share > 50% then f.gain {DOWN} else f.gain".replace(
            "then f.gain rounded down to 1 tCO2e", "then (f.gain rounded down to 1 tCO2e)"
        ),
        f"min((f.gain {DOWN}), f.loss)",
        f"max((f.gain {DOWN}) - (f.loss {UP}), 0)",
        "floor(f.gain / 1 tCO2e) * 1 tCO2e",
        "f.gain - ceiling(f.loss / 1 tCO2e) * 1 tCO2e",
        f"((f.gain {DOWN}) / 1 tCO2e) ^ 2 * 1 tCO2e",
        f"sqrt((f.gain {DOWN}) / 1 tCO2e) * 1 tCO2e",
        f"(f.gain - f.loss) * f.share {DOWN}",
    ],
)
def test_a_rounding_that_can_only_lower_the_result_is_passed(body: str) -> None:
    assert unsafe(body) == []


@pytest.mark.parametrize(
    ("body", "underlined"),
    [
        (f"f.gain {UP}", f"f.gain {UP}"),
        ("f.gain rounded to 1 tCO2e", "f.gain rounded to 1 tCO2e"),
        (f"f.gain - (f.loss {DOWN})", f"f.loss {DOWN}"),
        (f"f.gain - (f.gain - (f.loss {UP}))", f"f.loss {UP}"),
        (f"-(f.loss {DOWN})", f"f.loss {DOWN}"),
        (f"1 tCO2e * (f.gain / (f.loss {DOWN}))", f"f.loss {DOWN}"),
        ("ceiling(f.gain / 1 tCO2e) * 1 tCO2e", "ceiling(f.gain / 1 tCO2e)"),
        ("round(f.gain)", "round(f.gain)"),
        (f"max((f.gain {UP}), 0)", f"f.gain {UP}"),
        # A factor that may be negative turns the direction round.
        (f"(f.gain {DOWN}) * (f.any / 1 tCO2e)", f"f.gain {DOWN}"),
        (f"((f.any {DOWN}) / 1 tCO2e) ^ 2 * 1 tCO2e", f"f.any {DOWN}"),
        (f"abs((f.any {DOWN}))", f"f.any {DOWN}"),
        (f"(f.gain {DOWN}) * (f.years - 2)", f"f.gain {DOWN}"),
    ],
)
def test_a_rounding_that_may_raise_the_result_is_underlined(body: str, underlined: str) -> None:
    assert unsafe(body) == [underlined]


def test_a_rounding_in_a_let_counts() -> None:
    assert unsafe("f.gain - kept", let=f"kept = f.loss {DOWN}") == [f"f.loss {DOWN}"]
    assert unsafe("f.gain - kept", let=f"kept = f.loss {UP}") == []


def test_a_rounding_in_a_formula_that_is_used_counts_the_way_it_is_used() -> None:
    kept = f"formula kept : tCO2e\n  = f.loss {UP}\n"
    assert unsafe("f.gain - kept", kept) == []
    assert unsafe("f.gain + kept", kept) == [f"f.loss {UP}"]
    assert unsafe("kept - kept", kept) == [f"f.loss {UP}"]


def test_a_formula_of_rows_counts_through_its_aggregate() -> None:
    size = "formula rounded_size for each p in parcels : ha\n  = p.size {}\n"
    total = "(sum of rounded_size for p in parcels) / 1 ha * 1 tCO2e"
    assert unsafe(total, size.format("rounded down to 1 ha")) == []
    assert unsafe(total, size.format("rounded up to 1 ha")) == ["p.size rounded up to 1 ha"]
    assert unsafe(f"0 - {total}", size.format("rounded up to 1 ha")) == []


def test_a_long_chain_of_formulas_is_no_burden() -> None:
    chain = "formula f0 : tCO2e\n  = f.gain rounded down to 1 tCO2e\n" + "".join(
        f"formula f{n} : tCO2e\n  = f{n - 1} + f{n - 1} / 2\n" for n in range(1, 400)
    )
    assert unsafe("f399", chain) == []


def test_a_ring_of_formulas_is_one_problem() -> None:
    text = FACTS + "formula a : tCO2e\n  = b + f.gain\n  conservative\nformula b : tCO2e\n  = a\n"
    found = [code for code, _ in problems(text + rule("must a > b"))]
    assert [code for code in found if code != "unused-name"] == ["cycle"]


def test_a_formula_that_is_not_conservative_may_round_as_it_likes() -> None:
    text = FACTS + "formula net : tCO2e\n  = f.gain rounded up to 1 tCO2e\n"
    found = {code for code, _ in problems(text + rule("must net > f.loss"))}
    assert found <= {"unused-name"}
