"""What a finding points to: its row, or the places its values come from."""

from __future__ import annotations

import pytest

from guiju.testing.outcome import points_to
from guiju.verdicts import Finding, Origin, Value


def finding(origin: Origin) -> Finding:
    value = Value("area", {}, "1", None, origin)
    return Finding("R-1", "CAR", "nonconforming", {}, "P-07", "", values=[value])


@pytest.mark.parametrize(
    ("origin", "place"),
    [
        (Origin("小班.csv", "7:3"), "小班.csv:7"),
        (Origin("小班.csv", "7:3"), "小班.csv:7:3"),
        (Origin("附件/小班.csv", "7:3"), "小班.csv:7"),
        (Origin("附件/小班.csv", "7:3"), "附件/小班.csv:7"),
        (Origin("样地.xlsx", "C3", "样地"), "样地.xlsx!C3"),
        (Origin("样地.xlsx", "C3", "样地"), "样地.xlsx!样地!C3"),
        (Origin("样地.xlsx", "C3", "样地"), "[样地.xlsx]样地!C3"),
        (Origin("项目.json", "/rows/0/area"), "项目.json#/rows/0/area"),
        (Origin("小班.csv", "7:3"), "P-07"),
    ],
)
def test_a_place_is_written_in_any_of_its_forms(origin: Origin, place: str) -> None:
    assert points_to(finding(origin), place)


@pytest.mark.parametrize(
    "place", ["小班.csv:70", "小班.csv", "7", "班.csv:7", "P-0", "样地.xlsx!C3", ""]
)
def test_part_of_a_place_is_no_place(place: str) -> None:
    assert not points_to(finding(Origin("小班.csv", "7:3")), place)
