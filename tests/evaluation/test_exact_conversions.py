"""亩 is a fifteenth of a hectare exactly, on every road from a file to a verdict."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.assessment import assess
from guiju.compiler import compile_texts
from guiju.dossier import open_dossier, read
from guiju.quantities import Quantity, Ratio, decimal, exact

RULES = """
facts site "Site" zh "地块"
  area (面积) "Area" zh "面积" : ha

rule AREA-1 "As large" zh "一样大"
  cite "1"
  basis verified
  must site.area {operator} {limit}
  else CAR "{{site.area}}" zh "{{site.area}}"
"""


def verdict(folder: Path, area: str, operator: str, limit: str) -> str:
    (folder / "dossier.yaml").write_text(
        "guiju: 1\nid: d\ntitle: d\npack: inline\nedition: '1'\nsubmitted: 2024-01-01\n"
        f"facts:\n  site:\n    area: {area}\n",
        encoding="utf-8",
    )
    pack = compile_texts({"a.gj": RULES.format(operator=operator, limit=limit)})
    dossier = read(open_dossier(folder), pack)
    return assess(dossier, pack, as_of=date(2024, 1, 1)).requirements[0].verdict


@pytest.mark.parametrize(
    ("area", "operator", "limit", "expected"),
    [
        ("2 亩", "=", "2 亩", "conforms"),
        ("1 亩", ">=", "1 亩", "conforms"),
        ("0.7 亩", "<=", "0.7 亩", "conforms"),
        ("0.7 亩", "<", "0.7 亩", "nonconforming"),
        ("1 亩", ">=", "0.066667 ha", "nonconforming"),
        ("15 亩", "=", "1 ha", "conforms"),
        ("2 亩", "is in", "{2 亩}", "conforms"),
    ],
)
def test_a_number_of_mu_meets_a_threshold_in_mu(
    tmp_path: Path, area: str, operator: str, limit: str, expected: str
) -> None:
    assert verdict(tmp_path, area, operator, limit) == expected


@given(st.decimals(min_value=0, max_value=10**6, places=4, allow_nan=False))
def test_hectares_and_back_is_where_it_started(mu: Decimal) -> None:
    there = Quantity(mu, "亩").to("ha")
    assert there.to("亩").value == mu
    assert there == Quantity(mu, "亩")


@given(st.fractions(), st.fractions())
def test_a_ratio_compares_as_the_number_it_stands_for(a: Fraction, b: Fraction) -> None:
    left, right = decimal(a), decimal(b)
    assert (left < right, left == right, left >= right) == (a < b, a == b, a >= b)
    if a == b:
        assert hash(left) == hash(right)


def test_a_ratio_survives_a_pickle() -> None:
    third = decimal(Fraction(1, 3))
    again = pickle.loads(pickle.dumps(third))
    assert isinstance(again, Ratio)
    assert exact(again) == Fraction(1, 3)
