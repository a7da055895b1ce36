"""Units: the algebra, the carbon dimensions, and the ways people write them."""

from __future__ import annotations

import pickle
import re
from fractions import Fraction

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from guiju.quantities import (
    CONSTANTS,
    ONE,
    PERCENT,
    DimensionMismatch,
    Unit,
    UnknownUnit,
    is_unit,
    parse_unit,
    unit_pattern,
    unit_words,
)
from guiju.quantities.build import table_source
from guiju.quantities.constants import CHINESE_NAMES
from guiju.quantities.table import TABLE
from guiju.quantities.unit import Terms

SYMBOLS = sorted({parse_unit(word).symbol for word in TABLE.words} | set(TABLE.units))

atoms = st.sampled_from(SYMBOLS).map(parse_unit)
powers = st.integers(-3, 3).filter(bool)
units = st.lists(st.tuples(atoms, powers), min_size=1, max_size=4).map(
    lambda factors: _product([unit**power for unit, power in factors])
)


def _product(factors: list[Unit]) -> Unit:
    product = ONE
    for factor in factors:
        product = product * factor
    return product


# --- algebra ---------------------------------------------------------------------------


@given(units, units)
def test_a_product_does_not_depend_on_the_order(a: Unit, b: Unit) -> None:
    assert a * b == b * a
    assert hash(a * b) == hash(b * a)


@given(units, units, units)
def test_a_product_does_not_depend_on_the_grouping(a: Unit, b: Unit, c: Unit) -> None:
    assert (a * b) * c == a * (b * c)
    assert ((a * b) * c).symbol == (a * (b * c)).symbol


@given(units)
def test_one_changes_nothing_and_a_unit_over_itself_is_one(a: Unit) -> None:
    assert a * ONE == ONE * a == a / ONE == a
    assert a / a == ONE
    assert (a / a).symbol == ""
    assert (a * ONE).symbol == a.symbol


@given(units, units)
def test_division_undoes_multiplication(a: Unit, b: Unit) -> None:
    assert a * b / b == a
    assert ONE / (ONE / a) == a
    assert a / b == a * b**-1


@given(units, st.integers(-3, 3), st.integers(-3, 3))
def test_powers_add_up(a: Unit, m: int, n: int) -> None:
    assert a**m * a**n == a ** (m + n)
    assert (a**m) ** n == a ** (m * n)


@given(units)
def test_a_symbol_reads_back_as_the_same_unit(a: Unit) -> None:
    again = parse_unit(a.symbol or "1")
    assert again == a
    assert again.symbol == a.symbol


@given(units, units)
def test_ratios_are_exact_and_inverse(a: Unit, b: Unit) -> None:
    if a.same_dimension(b):
        assert a.ratio_to(b) * b.ratio_to(a) == 1
    else:
        with pytest.raises(DimensionMismatch):
            a.ratio_to(b)


@given(units)
def test_a_unit_survives_pickling(a: Unit) -> None:
    again = pickle.loads(pickle.dumps(a))
    assert again == a
    assert again.terms == a.terms
    assert hash(again) == hash(a)


def test_a_unit_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        ONE.factor = Fraction(2)
    with pytest.raises(AttributeError):
        del ONE.factor


def test_dimensions_are_sorted() -> None:
    for unit in map(parse_unit, ("tCO2e/ha/yr", "yr/tC/m2", "m·元/株")):
        assert list(unit.dimensions) == sorted(unit.dimensions)


# --- exact sizes and carbon dimensions ----------------------------------------------------


def ratio(one: str, other: str) -> Fraction:
    return parse_unit(one).ratio_to(parse_unit(other))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("亩", "ha", Fraction(1, 15)),
        ("亩", "m2", Fraction(2000, 3)),
        ("万亩", "ha", Fraction(10000, 15)),
        ("hm2", "ha", Fraction(1)),
        ("km2", "ha", Fraction(100)),
        ("公亩", "m2", Fraction(100)),
        ("acre", "m2", Fraction("4046.8564224")),
        ("[acr_us]", "acre", Fraction(1000000) ** 2 / Fraction(999998) ** 2),
        ("ft3", "m3", Fraction("0.028316846592")),
        ("L", "m3", Fraction(1, 1000)),
        ("lb", "kg", Fraction("0.45359237")),
        ("Mg", "t", Fraction(1)),
        ("kgCO2e", "tCO2e", Fraction(1, 1000)),
        ("万tCO2e", "tCO2e", Fraction(10000)),
        ("MtCO2e", "ktCO2e", Fraction(1000)),
        ("gdm", "tdm", Fraction(1, 10**6)),
        ("MWh", "GJ", Fraction("3.6")),
        ("tce", "GJ", Fraction("29.3076")),
        ("kW·h", "kWh", Fraction(1)),
        ("株/亩", "株/ha", Fraction(15)),
        ("h", "d", Fraction(1, 24)),
        ("‰", "%", Fraction(1, 10)),
        ("ppm", "%", Fraction(1, 10000)),
        ("%", "1", Fraction(1, 100)),
        ("万元", "CNY", Fraction(10000)),
    ],
)
def test_sizes_are_exact(one: str, other: str, expected: Fraction) -> None:
    assert ratio(one, other) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tC", "tCO2"),
        ("tC", "tCO2e"),
        ("tCO2", "tCO2e"),
        ("t", "tC"),
        ("t", "tdm"),
        ("t", "tCO2e"),
        ("tCO2e", "tCO2e{AR5}"),
        ("tCO2e{AR4}", "tCO2e{AR5}"),
        ("tCO2e{AR5}", "tCO2e{AR6}"),
        ("tCO2e/yr", "tCO2e"),
        ("t/yr", "t/d"),
        ("yr", "d"),
        ("株", "1"),
        ("元", "1"),
        ("m3", "t"),
    ],
)
def test_different_things_are_never_converted(one: str, other: str) -> None:
    with pytest.raises(DimensionMismatch) as caught:
        ratio(one, other)
    assert caught.value.left == parse_unit(one)
    assert caught.value.right == parse_unit(other)


def test_carbon_becomes_co2_only_by_44_over_12() -> None:
    number, unit = CONSTANTS["CO2_per_C"]
    assert number == Fraction(44, 12)
    assert parse_unit("tC/ha") * unit == parse_unit("tCO2/ha")
    assert (parse_unit("tC") * unit).symbol == "tCO2"


def test_constants_have_a_chinese_name_and_units_that_read() -> None:
    assert {CONSTANTS[zh] == CONSTANTS[en] for zh, en in CHINESE_NAMES.items()} == {True}
    for _, unit in CONSTANTS.values():
        assert parse_unit(unit.symbol) == unit


def test_the_constants_of_unit_agree_with_the_table() -> None:
    assert parse_unit("%") == PERCENT
    assert parse_unit("%").symbol == PERCENT.symbol
    assert parse_unit("1") == ONE


def test_same_symbols_cancel() -> None:
    assert (parse_unit("tdm/ha") * parse_unit("tC/tdm") * parse_unit("ha")).symbol == "tC"
    assert (parse_unit("t/m3") * parse_unit("m3")).symbol == "t"
    assert (parse_unit("m") * parse_unit("m")).symbol == "m2"


# --- spellings -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("t.har-1.a-1", "t/ha/yr"),
        ("t/har/a", "t/ha/yr"),
        ("t·hm⁻²·a⁻¹", "t/ha/yr"),
        ("t/(ha·yr)", "t/ha/yr"),
        ("t ha-1 yr-1", "t/ha/yr"),
        ("tonnes per hectare per year", "t/ha/yr"),
        ("t{CO2e}/har", "tCO2e/ha"),
        ("t{C}", "tC"),
        ("t{dm}", "tdm"),
        ("t{d.m.}", "tdm"),
        ("t d.m.", "tdm"),
        ("t d.m./ha", "tdm/ha"),
        ("t CO₂-e", "tCO2e"),
        ("tCO₂e", "tCO2e"),
        ("tCO2eq", "tCO2e"),
        ("t（CO2e）", "tCO2e"),
        ("t{CO2e}{AR5}/a", "tCO2e{AR5}/yr"),
        ("吨二氧化碳当量", "tCO2e"),
        ("万吨二氧化碳当量/年", "万tCO2e/yr"),
        ("吨碳/公顷", "tC/ha"),
        ("吨干物质", "tdm"),
        ("公斤", "kg"),
        ("千瓦时", "kWh"),
        ("兆瓦时", "MWh"),
        ("㎡", "m2"),
        ("m²", "m2"),
        ("m^2", "m2"),
        ("立方米", "m3"),
        ("cubic feet", "ft3"),
        ("[acr_us]", "acre{us}"),
        ("ha^-1", "1/ha"),
        ("1/ha", "1/ha"),
        ("/ha", "1/ha"),
        ("％", "%"),
        ("a", "yr"),
        ("  t / ha ", "t/ha"),
    ],
)
def test_spellings(text: str, symbol: str) -> None:
    assert parse_unit(text).symbol == symbol


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("tco2e", "tCO2e"),
        ("hectars", "ha"),
        ("KWH/yr", "kWh/yr"),
        ("tC/Ha", "tC/ha"),
        ("公倾", "公顷"),
        ("MG", "Mg"),
    ],
)
def test_an_unknown_unit_suggests_a_near_one(text: str, suggestion: str) -> None:
    with pytest.raises(UnknownUnit) as caught:
        parse_unit(text)
    assert parse_unit(suggestion).symbol in caught.value.suggestions
    assert caught.value.text == text
    assert not caught.value.ambiguous


def test_what_people_read_in_two_ways_is_refused_with_both_readings() -> None:
    with pytest.raises(UnknownUnit) as caught:
        parse_unit("t/ha·yr")
    assert caught.value.ambiguous
    assert caught.value.suggestions == ("t/ha/yr", "t·yr/ha")
    assert parse_unit("t/ha·yr-1") == parse_unit("t/ha/yr")


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "t/", "/", "t//ha", "(t", "t)", "()", "t^0", "t^", "m99999", "t{foo}"),
        *("tC{AR5}", "tCO2e{AR9}", "5 t", "²", "t·", "·t", "x" * 500, "\x00", "t\n/", "𬭊"),
    ],
)
def test_what_is_no_unit_is_refused(text: str) -> None:
    assert not is_unit(text)


@given(st.text(alphabet="tCO2e{}AR5hamyr/·.^-1( )²%万亩吨", max_size=16))
def test_any_text_is_a_unit_or_refused(text: str) -> None:
    try:
        unit = parse_unit(text)
    except UnknownUnit:
        return
    assert parse_unit(unit.symbol or "1") == unit


# --- words of the rule language ----------------------------------------------------------

PATTERNS = (re.compile(unit_pattern()), regex.compile(unit_pattern()))


def matched(text: str) -> set[str | None]:
    found = (pattern.match(text) for pattern in PATTERNS)
    return {match.group() if match else None for match in found}


@pytest.mark.parametrize("word", sorted(unit_words()))
def test_every_word_is_a_unit_the_pattern_takes_whole(word: str) -> None:
    assert is_unit(word)
    assert matched(word) == {word}


@pytest.mark.parametrize(
    "text",
    [
        *("tCO2e/ha/yr", "t/m3", "tC/tdm", "%", "tCO2e{AR5}/yr", "m²", "tCO₂e/hm²", "kWh/d"),
        *("t·m", "吨二氧化碳当量/公顷/年", "㎡", "mm/yr", "株/亩", "ha⁻¹", "万tCO2e"),
    ],
)
def test_units_of_rule_text_are_taken_whole(text: str) -> None:
    assert matched(text) == {text}
    assert is_unit(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("m2/hello", "m2"),
        ("t / ha", "t"),
        ("%且", "%"),
        ("ha-1", "ha"),
        ("m^2", "m"),
        ("tCO2e{x}", None),
        ("亩且", None),
        ("tree", None),
        ("t2", None),
        ("min", None),
        ("in", None),
        ("a", None),
        ("且末", None),
    ],
)
def test_a_unit_ends_where_a_word_ends(text: str, expected: str | None) -> None:
    assert matched(text) == {expected}


def test_words_an_author_needs_for_other_things_are_left_free() -> None:
    taken = {*"ahdsLJW日度月", "in", "min", "tree", "trees", "of", "to", "is", "are"}
    assert not unit_words() & taken
    assert {"t", "m", "g", "ha", "亩", "公顷", "m2", "tC", "tCO2e", "%", "年"} <= unit_words()
    assert {word for word in unit_words() if len(word) == 1 and word.isascii()} == {*"tmg%"}


def test_the_generated_table_is_that_of_the_data() -> None:
    from guiju.quantities import table

    assert table.__file__ is not None
    with open(table.__file__, encoding="utf-8") as file:
        written = file.read()
    assert _literals(written) == _literals(table_source())


def _literals(source: str) -> dict[str, object]:
    """What a table's source means, however it is laid out."""
    values: dict[str, object] = {}
    exec(source, values)  # the project's own generated module
    return {name: values[name] for name in ("TABLE", "PATTERN")}


def test_every_unit_has_known_dimensions() -> None:
    terms: Terms = tuple(t for _, _, dimensions in TABLE.units.values() for t in dimensions)
    known = {"length", "mass", "time", "year", "dry_matter", "money", "trees", "energy", "angle"}
    assert {name for name, _ in terms} <= known | {"carbon", "co2", "co2e", "normal_gas"}


@pytest.mark.parametrize("text", ["万Nm3", "万Nm³", "10⁴ Nm³", "10^4 Nm3", "万标准立方米"])
def test_gas_at_standard_conditions_is_written_in_ten_thousands(text: str) -> None:
    assert parse_unit(text) == parse_unit("Nm3") * Unit(Fraction(10000), (), ())
    assert parse_unit(f"GJ/{text}") * parse_unit(text) == parse_unit("GJ")


def test_gas_at_standard_conditions_is_no_volume_as_metered() -> None:
    with pytest.raises(DimensionMismatch):
        parse_unit("Nm3").ratio_to(parse_unit("m3"))


def test_trees_are_a_unit_of_rule_text_only_before_a_slash_and_a_unit() -> None:
    import re

    from guiju.quantities import unit_pattern

    unit = re.compile(unit_pattern())
    for text in ("trees/ha", "tree/ha", "株/ha"):
        found = unit.match(text)
        assert found is not None
        assert found[0] == text
    for text in ("trees", "tree", "trees.height", "trees/parcel", "treesap/ha"):
        assert unit.match(text) is None
