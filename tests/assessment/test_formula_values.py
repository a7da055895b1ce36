"""The values of one formula: of the whole dossier, or of each row it speaks of."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.assessment import formula_values
from guiju.compiler import load_pack
from guiju.dossier import Dossier, open_dossier, read
from guiju.plan.nodes import PackPlan

EXAMPLE = Path(__file__).parents[2] / "rules/guiju_rules/ccer-01-002/dossiers/offshore-example"


@pytest.fixture(scope="module")
def pack() -> PackPlan:
    return load_pack("ccer-01-002")


@pytest.fixture(scope="module")
def dossier(pack: PackPlan) -> Dossier:
    return read(open_dossier(EXAMPLE), pack)


def test_a_formula_of_the_dossier_has_one_value(pack: PackPlan, dossier: Dossier) -> None:
    (value,) = formula_values(dossier, pack, pack.formulas["far_or_deep"])
    assert (value.name, value.value) == ("far_or_deep", "yes")
    assert value.derivation is not None


def test_a_formula_of_rows_has_one_value_for_each_row_it_speaks_of(
    pack: PackPlan, dossier: Dossier
) -> None:
    values = formula_values(dossier, pack, pack.formulas["imported"])
    assert [value.name for value in values] == [f"imported[R{n:02}-I]" for n in range(1, 13)]
    # May has ten days without calibration: 428.6 MWh and 0.2 % of 10/31 of it.
    assert values[3].value == "410.4000"
    assert values[4].value is not None
    assert values[4].value.startswith("428.87651")
    assert {value.unit for value in values} == {"MWh"}


def test_a_formula_of_a_table_that_is_not_there_has_none(pack: PackPlan, tmp_path: Path) -> None:
    head = "guiju: 1\nid: bare\nstage: verification\nsubmitted: 2026-01-01\n"
    (tmp_path / "dossier.yaml").write_text(head, encoding="utf-8")
    bare = read(open_dossier(tmp_path), pack)
    assert formula_values(bare, pack, pack.formulas["imported"]) == []
    (whole,) = formula_values(bare, pack, pack.formulas["ER"])
    assert whole.value is None
