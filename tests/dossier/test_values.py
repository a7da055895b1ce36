"""Texts to typed values, exactly."""

from __future__ import annotations

import contextlib
import struct
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import codes, dossier, told
from vocabulary import PROJECT

from guiju.dossier.numbers import as_read, float32, number_in, shortest, split
from guiju.dossier.problems import Rejected
from guiju.dossier.values import reader_for
from guiju.quantities import ONE, parse_unit


def read(field: str, raw: object) -> object:
    return reader_for(PROJECT.fields[field])(raw)


def rejected(field: str, raw: object) -> str:
    with pytest.raises(Rejected) as caught:
        read(field, raw)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.5", "12.5"),
        ("012", "12"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("+3", "3"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("１２．５", "12.5"),
        ("１，２３４", "1234"),
        (".5", "0.5"),
        ("2.5e-3", "0.0025"),
        ("12345678901234567890.123456789012345678901234567890", None),
    ],
)
def test_numbers_are_read_as_written(text: str, value: str | None) -> None:
    assert read("rate", text) == Decimal(value or text)


@pytest.mark.parametrize(
    "text",
    [
        "1,23", "1,2345", "12,34.5", "1.2.3", "1_000", "1.234,5", "NaN", "inf", "٣", "½", "12 345",
        "5-10", "--3", "1e", "x", "0x10", "1,,000", "3 4", "12 -",
    ],
)  # fmt: skip
def test_what_is_no_number_is_never_guessed(text: str) -> None:
    assert rejected("rate", text) in ("not-a-number", "unknown-unit")


def test_a_superscript_is_no_digit() -> None:
    assert rejected("rate", "12²") == "unknown-unit"


def test_a_number_beyond_calculating_is_refused() -> None:
    assert rejected("rate", "1" * 2000) == "number-too-long"
    assert rejected("rate", "1e999999999") == "number-too-long"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("15 亩", "1"),
        ("15亩", "1"),
        ("１５亩", "1"),
        ("3 hm²", "3"),
        ("10000 m2", "1"),
        ("0.5 km2", "50"),
        ("2", "2"),
    ],
)
def test_a_unit_beside_the_number_is_converted_exactly(text: str, value: str) -> None:
    assert read("area", text) == Decimal(value)


def test_percent_and_bare_numbers_convert_into_each_other() -> None:
    assert read("share", "12.5%") == Decimal("12.5")
    assert read("share", "12.5％") == Decimal("12.5")
    assert read("rate", "12.5 %") == Decimal("0.125")


def test_a_conversion_without_end_keeps_34_digits_and_says_so(tmp_path: Path) -> None:
    found = dossier(tmp_path, "facts: { project: { area: 12.5 亩 } }\n").facts["project", "area"]
    assert str(found.value) == "0.8333333333333333333333333333333333"
    assert found.origin.raw == "12.5 亩 ≈ 0.8333333333333333333333333333333333 ha"


def test_an_unknown_unit_suggests_one(tmp_path: Path) -> None:
    problem = told(dossier(tmp_path, "facts: { project: { area: 3 hb } }\n"), "unknown-unit")
    assert "`hb`" in problem.message["en"]
    assert "ha" in problem.mend["zh"]


def test_a_unit_of_another_dimension_is_an_error(tmp_path: Path) -> None:
    found = dossier(tmp_path, "facts: { project: { claimed: 5 tC, area: 3 m3 } }\n")
    assert codes(found) == ["wrong-unit", "wrong-unit"]
    assert "`tC`" in found.problems[0].message["en"]
    assert found.facts["project", "claimed"].value is None


def test_a_value_outside_its_range_is_an_error_and_not_used(tmp_path: Path) -> None:
    found = dossier(
        tmp_path, "facts: { project: { share: 120, area: -1 ha, since: 2012-11-07 } }\n"
    )
    assert codes(found) == ["out-of-range"] * 3
    assert "0 … 100 %" in found.problems[0].message["en"]
    assert found.facts["project", "share"].value is None
    assert found.facts["project", "share"].origin.raw == "120"


def test_a_whole_number_must_be_whole() -> None:
    assert read("trees", "1200.0") == 1200
    assert rejected("trees", "1200.5") == "not-whole"


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-01",
        "2025/3/1",
        "2025.3.1",
        "2025年3月1日",
        "2025 年 3 月 1 日",
        "２０２５－０３－０１",
    ],
)
def test_dates_in_the_ways_people_write_them(text: str) -> None:
    assert read("start_date", text) == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2023-02-30", "impossible-date"),
        ("2023年13月1日", "impossible-date"),
        ("0000-01-01", "impossible-date"),
        ("01/03/2025", "not-a-date"),
        ("25-3-1", "not-a-date"),
        ("20250301", "not-a-date"),
        ("2025-W01-1", "not-a-date"),
        ("2025-03-01T00:00:00Z", "not-a-date"),
        ("2025-03/01", "not-a-date"),
        ("March 2025", "not-a-date"),
    ],
)
def test_what_is_no_date_is_never_guessed(text: str, code: str) -> None:
    assert rejected("start_date", text) == code


@pytest.mark.parametrize(
    "raw",
    [
        "2024-01-01/2024-12-31",
        "2024/1/1/2024/12/31",
        "2024年1月1日至2024年12月31日",
        "2024-01-01～2024-12-31",
        {"start": "2024-01-01", "end": "2024-12-31"},
    ],
)
def test_periods(raw: object) -> None:
    assert read("crediting", raw) == (date(2024, 1, 1), date(2024, 12, 31))


def test_a_period_must_run_forwards() -> None:
    assert rejected("crediting", "2024-12-31/2024-01-01") == "period-backwards"
    assert rejected("crediting", "2024-12-31") == "not-a-period"
    assert rejected("crediting", {"start": "2024-12-31"}) == "not-a-period"


@pytest.mark.parametrize(
    ("text", "value"),
    [("3 years", (3, "years")), ("20个工作日", (20, "working days")), ("6个月", (6, "months"))],
)
def test_durations(text: str, value: tuple[int, str]) -> None:
    assert read("rotation", text) == value
    assert rejected("rotation", "3 fortnights") == "not-a-duration"


@pytest.mark.parametrize("text", ["bamboo", "Bamboo", "BAMBOO", "竹子", " 竹子 "])
def test_options_by_name_or_label(text: str) -> None:
    assert read("stand", text) == "bamboo"


def test_an_unknown_option_suggests_one(tmp_path: Path) -> None:
    problem = told(dossier(tmp_path, "facts: { project: { stand: 竹 } }\n"), "unknown-option")
    assert "`tree`" in problem.mend["en"]
    assert (
        "`bambo`"
        in told(
            dossier(tmp_path, "facts: { project: { stand: bambo } }\n"), "unknown-option"
        ).message["en"]
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [("yes", True), ("no", False), ("True", True), ("是", True), ("否", False), (False, False)],
)
def test_yes_and_no(text: object, value: bool) -> None:
    assert read("burnt", text) is value
    assert rejected("burnt", "1") == "not-yes-no"


def test_lists(tmp_path: Path) -> None:
    assert read("species", "小叶杨、樟子松；油松") == ("小叶杨", "樟子松", "油松")
    found = dossier(tmp_path, "facts: { project: { species: [小叶杨, 012] } }\n")
    assert found.facts["project", "species"].value == ("小叶杨", "012")


def test_a_list_where_one_value_belongs(tmp_path: Path) -> None:
    assert codes(dossier(tmp_path, "facts: { project: { area: [1, 2] } }\n")) == ["not-a-value"]


def test_a_document_is_not_given_as_a_fact(tmp_path: Path) -> None:
    found = dossier(tmp_path, "facts: { papers: { boundary_survey: E-01 } }\n")
    assert codes(found) == ["document-as-fact"]


# --- properties -----------------------------------------------------------------------------

decimals = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=Decimal(-(10**30)), max_value=Decimal(10**30)
)


@given(decimals)
def test_the_text_of_a_decimal_survives(value: Decimal) -> None:
    text = f"{value:f}"
    found = number_in(text, ONE, ONE)
    assert found == value
    assert f"{found:f}" == text
    assert as_read(text, found, ONE, ONE) in (None, text)


@given(decimals, st.sampled_from(["亩", "m2", "hm2", "km2"]))
def test_converting_is_exact_or_said_to_be_cut(value: Decimal, unit: str) -> None:
    ha = parse_unit("ha")
    text = f"{value:f} {unit}"
    found = number_in(text, ha, ha)
    said = as_read(text, found, ha, ha)
    back = number_in(f"{found:f} ha", parse_unit(unit), ha)
    assert back == value or (said is not None and "≈" in said)


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_float32_gives_the_same_float_with_no_more_digits(value: float) -> None:
    for text in (f"{value:.10g}", f"{Decimal(value):f}"):
        if struct.pack("<f", float(text)) != struct.pack("<f", value):
            continue
        found = float32(text)
        assert struct.pack("<f", float(found)) == struct.pack("<f", value)
        whole = Decimal(value).adjusted() + 1 if value else 1
        assert len(found.normalize().as_tuple().digits) <= max(9, whole)


def test_float32_examples() -> None:
    assert str(float32("50.2299995422")) == "50.23"
    assert str(float32("0.1923999935")) == "0.1924"
    assert str(float32("123456792.0")) == "123456792"
    for lossy in ("123456789.123", "50.2299995999", "1e39"):
        with pytest.raises(Rejected):
            float32(lossy)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_a_stored_float_gives_its_shortest_digits(value: float) -> None:
    assert float(shortest(f"{value:.17g}")) == value
    assert Decimal(shortest(f"{value:.17g}")) == Decimal(repr(value))


def test_more_digits_than_a_float_has_are_kept() -> None:
    assert shortest("0.12345678901234567890") == "0.12345678901234567890"


@given(st.dates(min_value=date(1, 1, 1)))
def test_dates_survive(value: date) -> None:
    text = value.isoformat()
    assert reader_for(PROJECT.fields["start_date"])(text) == value
    chinese = f"{value.year:04}年{value.month}月{value.day}日"
    assert reader_for(PROJECT.fields["start_date"])(chinese) == value


@given(st.text(max_size=40))
def test_no_text_breaks_a_reader(text: str) -> None:
    for name in PROJECT.fields:
        with contextlib.suppress(Rejected):
            reader_for(PROJECT.fields[name])(text)
    with contextlib.suppress(Rejected):
        split(text)
