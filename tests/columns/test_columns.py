"""Where columns come from, which facts they are of, and what counts as missing in them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from math import inf, nan, nextafter
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from guiju.columns import CODES, ColumnStates, compile_columns, reading
from guiju.dossier.problems import UnreadableDossier

from ..compiled.making import pack
from ..roads.values import AS_OF

AREA = '  area "Area" zh "面积" : ha >= 0 ha'


def words(found: ColumnStates, rule: int = 0) -> list[str]:
    return [CODES[code] for code in found.codes[rule].tolist()]


def outcome(facts: str, rule: str, **columns: Any) -> list[str]:
    table = pa.table({name: pa.array(values) for name, values in columns.items()})
    return words(compile_columns(pack(facts, rule), as_of=AS_OF).states(table))


YES, NO, OPEN, APART = "conforms", "nonconforming", "undetermined", "not applicable"


# --- sources -------------------------------------------------------------------------------


def test_a_file_a_table_a_batch_and_a_stream_come_to_the_same(tmp_path: Path) -> None:
    made = compile_columns(pack(AREA, "must area >= 1 ha"))
    table = pa.table({"area": [2.0, 0.5, None]})
    pq.write_table(table, tmp_path / "a.parquet")

    class Frame:
        def __arrow_c_stream__(self, requested: Any = None) -> Any:
            return table.__arrow_c_stream__(requested)

    (batch,) = table.to_batches()
    relation = duckdb.from_arrow(table)
    for source in (tmp_path / "a.parquet", table, batch, Frame(), table.to_reader(), relation):
        assert words(made.states(source)) == [YES, NO, OPEN]


def test_rows_stand_in_the_order_of_the_file_whatever_its_row_groups(tmp_path: Path) -> None:
    areas = [number % 7 - 0.5 if number % 11 else None for number in range(1_000)]
    names = [f"n{number % 3}" for number in range(1_000)]
    table = pa.table({"area": areas, "name": names})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=64)
    plan = pack("  area : ha\n  name : text", 'must area >= 1 ha or name = "n1"')
    found = compile_columns(plan).states(tmp_path / "a.parquet")
    wanted = [
        YES if name == "n1" or (area is not None and area >= 1) else OPEN if area is None else NO
        for area, name in zip(areas, names, strict=True)
    ]
    assert words(found) == wanted
    assert words(compile_columns(plan).states(table)) == wanted


def test_a_source_without_rows_has_outcomes_without_rows(tmp_path: Path) -> None:
    empty = pa.table({"area": pa.array([], pa.float64())})
    pq.write_table(empty, tmp_path / "a.parquet")
    made = compile_columns(pack(AREA, "must area >= 1 ha"))
    for source in (empty, tmp_path / "a.parquet"):
        found = made.states(source)
        assert found.codes.shape == (1, 0)
        assert found.counts() == {"R-1": {}}
        assert found.table().num_rows == 0


def test_chunks_of_a_column_are_one_column() -> None:
    made = compile_columns(pack("  name : text", 'must name = "b"'))
    chunks = pa.chunked_array([["a", "b"], ["b", None], []])
    assert words(made.states(pa.table({"name": chunks}))) == [NO, YES, YES, OPEN]


def test_many_small_batches_are_gone_over_in_their_order() -> None:
    made = compile_columns(pack("  a : number", "must a > 1"))
    values = [float(n % 3) for n in range(70_000)]
    batches = [
        pa.record_batch({"a": values[at : at + size]})
        for at, size in zip(range(0, 70_000, 700), [700] * 100, strict=True)
    ]
    wanted = [YES if value > 1 else NO for value in values]
    table = pa.Table.from_batches(batches)
    assert words(made.states(table)) == wanted
    assert words(made.states(table.to_reader())) == wanted
    coded = table.set_column(0, "a", table.column("a").cast(pa.string()).dictionary_encode())
    assert set(words(made.states(coded))) == {OPEN}


def test_a_file_that_is_no_parquet_is_told_with_its_name(tmp_path: Path) -> None:
    made = compile_columns(pack(AREA, "must area >= 1 ha"))
    (tmp_path / "a.parquet").write_text("area\n1\n")
    with pytest.raises(UnreadableDossier, match=r"a\.parquet") as raised:
        made.states(tmp_path / "a.parquet")
    assert "a.parquet" in raised.value.problem.message["zh"]
    with pytest.raises(UnreadableDossier):
        made.states(tmp_path / "none.parquet")


def test_a_file_that_is_cut_short_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"area": [float(n) for n in range(10_000)]}), path)
    whole = path.read_bytes()
    path.write_bytes(whole[:2_000] + bytes(2_000) + whole[4_000:])
    with pytest.raises(UnreadableDossier):
        compile_columns(pack(AREA, "must area >= 1 ha")).states(path)
    path.write_bytes(whole[:-100])
    with pytest.raises(UnreadableDossier):
        compile_columns(pack(AREA, "must area >= 1 ha")).states(path)


def test_a_file_of_too_many_rows_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    made = compile_columns(pack(AREA, "must area >= 1 ha"))
    pq.write_table(pa.table({"area": [2.0, 0.5, None]}), tmp_path / "a.parquet")
    with pytest.raises(UnreadableDossier, match="more than 2 rows"):
        made.states(tmp_path / "a.parquet")


def test_what_offers_no_columns_is_refused() -> None:
    with pytest.raises(TypeError):
        compile_columns(pack(AREA, "must area >= 1 ha")).states({"area": 1.0})


# --- objects -------------------------------------------------------------------------------


def test_objects_may_have_their_facts_in_any_order_and_other_keys_as_well() -> None:
    made = compile_columns(pack("  a : number\n  b : number", "must a < b"))
    objects: list[dict[str, Any]] = [
        {"a": 1.0, "b": 2.0},
        {"b": 2.0, "a": 1.0},
        {"a": 2.0, "note": "x", "b": 1.0},
        {"b": 1.0},
        {},
        {"a": 1.0, "project.b": 2.0},
        {"a": None, "b": 1.0, "project.a": 0.5},
    ]
    assert words(made.states(objects)) == [YES, YES, NO, OPEN, OPEN, YES, YES]
    for one, wanted in zip(objects, [YES, YES, NO, OPEN, OPEN, YES, YES], strict=True):
        assert words(made.states([one] * 3)) == [wanted] * 3


def test_more_objects_than_are_gone_over_at_once() -> None:
    made = compile_columns(pack("  a : number", "must a > 1"))
    objects: list[dict[str, Any]] = [{"a": float(n % 3)} for n in range(70_000)]
    objects[69_000] = {"a": 2.0, "b": 1}
    found = words(made.states(objects))
    assert found == [YES if n % 3 == 2 else NO for n in range(69_000)] + [
        YES if n % 3 == 2 or n == 69_000 else NO for n in range(69_000, 70_000)
    ]
    assert made.states([]).codes.shape == (1, 0)


def test_values_of_objects_are_of_their_classes() -> None:
    made = compile_columns(pack("  a : number\n  n : integer", "must a > 0", "must n > 0"))
    values: list[Any] = [1.0, 1, Decimal(1), True, "1", nan, None, 10**400]
    found = made.states([{"a": value, "n": value} for value in values])
    wanted = [YES, YES, YES, OPEN, OPEN, OPEN, OPEN, YES]
    assert words(found, 0) == wanted
    assert words(found, 1) == wanted
    assert made.pack.statistics.problems == {"project.a": 3, "project.n": 3}


def test_a_moment_is_no_day_and_bytes_are_no_text() -> None:
    made = compile_columns(pack("  d : date\n  t : text", "must d > 2000-01-01", 'must t = "x"'))
    objects = [{"d": datetime(2024, 1, 1), "t": b"x"}, {"d": date(2024, 1, 1), "t": "x"}]
    found = made.states(objects)
    assert (words(found, 0), words(found, 1)) == ([OPEN, YES], [OPEN, YES])


def test_texts_of_objects_keep_the_blanks_at_their_ends() -> None:
    made = compile_columns(pack("  name : text", 'must name = "a"'))
    assert words(made.states([{"name": "a"}, {"name": " a"}, {"name": ""}])) == [YES, NO, OPEN]


# --- columns -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["area", "project.area", "面积", "Area", "ＡＲＥＡ"])
def test_a_column_is_found_by_name_or_label(name: str) -> None:
    found = compile_columns(pack(AREA, "must area >= 1 ha")).states(pa.table({name: [2.0]}))
    assert (words(found), found.lacking) == ([YES], ())


def test_a_name_of_two_groups_is_none_of_either() -> None:
    plan = pack(AREA, "must project.area >= 1 ha", more='facts site "S"\n' + AREA)
    made = compile_columns(plan)
    assert words(made.states(pa.table({"area": [2.0]}))) == [OPEN]
    assert words(made.states(pa.table({"project.area": [2.0], "site.area": [0.1]}))) == [YES]


def test_a_column_that_stands_twice_is_not_taken() -> None:
    table = pa.table([pa.array([2.0]), pa.array([3.0])], names=["area", "area"])
    found = compile_columns(pack(AREA, "must area >= 1 ha")).states(table)
    assert (words(found), found.lacking) == ([OPEN], ("project.area",))


def test_facts_without_a_column_are_missing_and_named() -> None:
    made = compile_columns(pack(f"{AREA}\n  n : number", "must area >= 1 ha and n > 0"))
    found = made.states(pa.table({"area": [2.0, 0.5], "other": ["x", "y"]}))
    assert (words(found), found.lacking) == ([OPEN, NO], ("project.n",))


# --- cells ---------------------------------------------------------------------------------


def test_what_is_no_number_of_the_fact_is_missing_and_counted() -> None:
    made = compile_columns(pack("  a : number between 0 and 10", "must a >= 1"))
    found = made.states(pa.table({"a": [1.0, nan, inf, -inf, -1.0, 10.5, None, 0.0]}))
    assert words(found) == [YES, *[OPEN] * 6, NO]
    assert made.pack.statistics.problems == {"project.a": 5}


def test_the_ends_of_a_range_are_decimals() -> None:
    low = "0.1000000000000000055511151231257827"  # what 0.1 is in binary64, and more than 0.1
    assert outcome(f"  a : number >= {low}", "must a >= 0.2", a=[0.1, 0.2]) == [OPEN, YES]
    assert outcome(f"  a : number <= {low}", "must a <= 0", a=[0.1, 0.2]) == [NO, OPEN]


@pytest.mark.parametrize("type_", [pa.int8(), pa.int32(), pa.int64(), pa.uint64(), pa.float64()])
@pytest.mark.parametrize("field", ["number", "integer"])
def test_whole_numbers_may_stand_in_columns_of_any_width(field: str, type_: Any) -> None:
    table = pa.table({"n": pa.array([3, 4, None], type_)})
    found = compile_columns(pack(f"  n : {field}", "must n > 3")).states(table)
    assert words(found) == [NO, YES, OPEN]


def test_a_fraction_is_no_whole_number() -> None:
    made = compile_columns(pack("  n : integer", "must n > 3"))
    assert words(made.states(pa.table({"n": [4.5, 4.0]}))) == [OPEN, YES]
    assert made.pack.statistics.problems == {"project.n": 1}


LARGE = 2**53


@pytest.mark.parametrize("type_", [pa.int64(), pa.decimal128(30, 0)])
def test_whole_numbers_that_binary64_does_not_hold_are_compared_exactly(type_: Any) -> None:
    values = [LARGE, LARGE + 1, LARGE + 2, -LARGE - 1, None]
    table = pa.table({"n": pa.array([None if v is None else Decimal(v) for v in values], type_)})
    plan = pack("  n : integer", f"must n > {LARGE}")
    assert words(compile_columns(plan).states(table)) == [NO, YES, YES, NO, OPEN]
    plan = pack("  n : number", f"must n = {LARGE + 1}")
    assert words(compile_columns(plan).states(table)) == [NO, YES, NO, NO, OPEN]


def test_decimals_of_many_digits_are_compared_exactly() -> None:
    near = Decimal("0.30000000000000000000000001")
    table = pa.table({"a": pa.array([Decimal("0.3"), near], pa.decimal128(38, 26))})
    assert words(compile_columns(pack("  a : number", "must a <= 0.3")).states(table)) == [YES, NO]


def test_a_number_of_32_bits_is_the_shortest_decimal_that_names_it() -> None:
    table = pa.table({"a": pa.array([0.1, 0.2], pa.float32())})
    assert words(compile_columns(pack("  a : number", "must a = 0.1")).states(table)) == [YES, NO]


def test_neighbours_of_a_sum_are_told_apart() -> None:
    # 0.1 + 0.2 is 0.30000000000000004 in binary64.
    rule = "must a + b = c"
    facts = "  a : number\n  b : number\n  c : number"
    c = [0.3, nextafter(0.3, 1), 0.30000000000000004]
    assert outcome(facts, rule, a=[0.1] * 3, b=[0.2] * 3, c=c) == [YES, NO, NO]


def test_texts_lose_the_blanks_at_their_ends_and_empty_ones_are_missing() -> None:
    names = ["a", " a ", "", "  ", None, "b"]
    wanted = [YES, YES, OPEN, OPEN, OPEN, NO]
    assert outcome("  name : text", 'must name = "a"', name=names) == wanted
    coded = pa.array(names).dictionary_encode()
    made = compile_columns(pack("  name : text", 'must name = "a"'))
    assert words(made.states(pa.table({"name": coded}))) == wanted
    assert made.pack.statistics.problems == {}


def test_what_is_no_option_is_missing_and_counted() -> None:
    made = compile_columns(pack("  kind : one of tree, shrub", "must kind is tree"))
    assert words(made.states(pa.table({"kind": ["tree", "shrub", "herb", "", None]}))) == [
        YES,
        NO,
        *[OPEN] * 3,
    ]
    assert made.pack.statistics.problems == {"project.kind": 1}


def test_texts_are_held_against_texts_by_what_they_say() -> None:
    facts, rule = "  a : text\n  b : text", "must a = b"
    a, b = ["x", "y", "z", None], ["y", "y", " z", "x"]
    assert outcome(facts, rule, a=a, b=b) == [NO, YES, YES, OPEN]


def test_days_and_what_is_no_day() -> None:
    days = [date(2024, 2, 29), date(2024, 3, 1), None]
    facts = "  d : date"
    assert outcome(facts, "must d < 2024-03-01", d=days) == [YES, NO, OPEN]
    assert outcome(facts, "must year(d) = 2024 and month(d) = 2 and day(d) = 29", d=days) == [
        YES,
        NO,
        OPEN,
    ]
    moments = [datetime(2024, 2, 29), None]
    made = compile_columns(pack(facts, "must d < 2024-03-01"))
    assert words(made.states(pa.table({"d": moments}))) == [OPEN, OPEN]
    assert made.pack.statistics.problems == {"project.d": 1}
    beyond = pa.array([10_000_000, -10_000_000, 0], pa.int32()).cast(pa.date32())
    assert words(made.states(pa.table({"d": beyond}))) == [OPEN, OPEN, YES]


def test_moments_outside_the_calendar_are_no_days() -> None:
    beyond = pa.array([10**15, 0, None], pa.int64()).cast(pa.timestamp("s"))
    made = compile_columns(pack("  d : date", "must d < 2024-03-01"))
    assert words(made.states(pa.table({"d": beyond}))) == [OPEN] * 3
    days = pa.array([10**15, 0], pa.int64()).cast(pa.date64())
    assert words(made.states(pa.table({"d": days}))) == [OPEN, YES]


@pytest.mark.parametrize("type_", [pa.string(), pa.large_string(), pa.string_view()])
def test_texts_may_stand_in_columns_of_any_text(type_: Any) -> None:
    table = pa.table({"name": pa.array(["a", " b ", "", None], type_)})
    made = compile_columns(pack("  name : text", 'must name = "b"'))
    assert words(made.states(table)) == [NO, YES, OPEN, OPEN]


def test_truths_and_what_is_none() -> None:
    assert outcome("  ok : yes/no", "must ok", ok=[True, False, None]) == [YES, NO, OPEN]
    assert outcome("  ok : yes/no", "must ok", ok=["yes", "no", None]) == [OPEN] * 3


# --- outcomes ------------------------------------------------------------------------------


def test_a_rule_that_does_not_apply() -> None:
    facts = f"{AREA}\n  ok : yes/no"
    rule = "when ok\n  must area >= 1 ha"
    table = {"ok": [True, False, None, True], "area": [2.0, 0.5, 2.0, None]}
    assert outcome(facts, rule, **table) == [YES, APART, OPEN, OPEN]


def test_a_rule_that_needs_documents_is_not_met_by_columns() -> None:
    plan = pack(f"{AREA}\n  survey : document", "must area >= 1 ha\n  needs survey")
    table = pa.table({"area": [2.0, 0.5]})
    assert words(compile_columns(plan).states(table)) == [OPEN, NO]


def test_outcomes_as_a_table_in_words(tmp_path: Path) -> None:
    plan = pack(AREA, "must area >= 1 ha", "must area < 2 ha")
    found = compile_columns(plan).states(pa.table({"area": [2.0, 0.5, None]}))
    assert found.table().to_pydict() == {"R-1": [YES, NO, OPEN], "R-2": [NO, YES, OPEN]}
    assert found.counts() == {
        "R-1": {YES: 1, NO: 1, OPEN: 1},
        "R-2": {YES: 1, NO: 1, OPEN: 1},
    }
    pq.write_table(found.table(), tmp_path / "verdicts.parquet")
    assert pq.read_table(tmp_path / "verdicts.parquet").column_names == ["R-1", "R-2"]


def test_rules_over_tables_are_left() -> None:
    more = 'table parcels "Parcels"\n  key id\n  id "Id" : text\n  area "A" : ha'
    plan = pack(
        AREA,
        "must area >= 1 ha",
        "must (sum of parcel.area for parcel in parcels) <= area",
        more=more,
    )
    made = compile_columns(plan)
    assert [rule.id for rule in made.rules] == ["R-1"]
    assert [rule.id for rule in made.left] == ["R-2"]
