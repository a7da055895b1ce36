"""The store says of a table what the ordinary reader says, whatever stands in it."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keeping import both, parquet
from tree_tables import TREES, pack

ODD = [
    "", " ", "　", "-", "NA", "-999", "-999.0", "1,234.5", "12.5 亩", "0.5 公顷", "3 kg", "１２", "abc",
    "NaN", "inf", "-0", "007", "0.1", "1.50", "250.5", "250.50000000000000000001", "250.6", "0.99999",
    "1e3", "1e400", "1e-400", "12345678901234567890", "0.12345678901234567890", "3.0", "3.5",
    "2025-03-01", "2025/3/1", "2025年3月1日", "1999-12-31", "2025-02-30", "0000-01-01", "2025-03-01T00:00:00",
    "乔木", "tree", "Tree", " tree ", "bamboo", "是", "否", "yes", "No", "TRUE", "1", "a/b", "a; b",
    "3 years", "2024-01-01/2024-12-31", "合计", "合 计:", "total", "P-1\u00a0", "x" * 90, "it's", "\\", "µ",
]  # fmt: skip
texts = st.one_of(
    st.sampled_from(ODD),
    st.integers(-10, 400).map(str),
    st.decimals(-5, 300, places=2, allow_nan=False, allow_infinity=False).map(str),
    st.dates(dt.date(1999, 1, 1), dt.date(2030, 1, 1)).map(dt.date.isoformat),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6),
)
plain = st.sampled_from(
    ["P-1", "P-2", "a", "a/b", "1", "2", "12.5", "tree", "是", "2024-01-01", ""]
)
specs = st.sampled_from(
    [
        "{file}",
        "{ file: {file}, missing: [NA, -999, NaN, P-2] }",
        "{ file: {file}, columns: { 面积: { column: area, unit: 亩 }, stand: { column: stand, values: { 1: tree, abc: bamboo } } } }",
        "{ file: {file}, columns: { price: { column: price, read: float32 }, planted: { column: planted, read: timestamp } } }",
        "{ file: {file}, columns: { note: '@number' } }",
    ]
)
HEADINGS = {"area": st.sampled_from(["area", "面积(亩)", "面积(m2)", "面积(x)", "area (kg)"])}


def said(spec: str, file: str) -> str:
    return spec.replace("{file}", file)


@st.composite
def csv_tables(draw: Any) -> tuple[str, str]:
    names = draw(st.lists(st.sampled_from(list(TREES.fields)), min_size=1, unique=True))
    headings = [draw(HEADINGS[name]) if name in HEADINGS else name for name in names]
    size = draw(st.integers(0, 12))
    odd = draw(st.booleans())
    rows = [[draw(texts if odd else plain) for _ in names] for _ in range(size)]
    quote = draw(st.booleans())
    lines = [",".join(headings)]
    for row in rows:
        cells = []
        for cell in row:
            if quote and (any(sign in cell for sign in ',"\r\n') or draw(st.booleans())):
                cells.append('"' + cell.replace('"', '""') + '"')
            else:
                cells.append("".join(sign for sign in cell if sign not in ',"\r\n'))
        lines.append(",".join(cells))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return end.join(lines) + draw(st.sampled_from(["", end])), draw(specs)


def typed(size: int) -> st.SearchStrategy[pa.Array]:
    """A column of one of the types a Parquet file may have."""

    def column(type_: Any, cells: st.SearchStrategy[Any]) -> st.SearchStrategy[pa.Array]:
        maybe = st.one_of(st.none(), cells, cells)
        return st.lists(maybe, min_size=size, max_size=size).map(
            lambda values: pa.array(values, type_)
        )

    numbers = st.one_of(
        st.sampled_from(
            [0.0, -0.0, 1.0, 250.5, 0.1 + 0.2, 1e22, 1e300, 5e-324, float("nan"), float("inf")]
        ),
        st.floats(-10, 400),
        st.floats(),
        st.integers(-5, 300).map(float),
    )
    moments = st.one_of(
        st.datetimes(dt.datetime(1999, 1, 1), dt.datetime(2100, 1, 1)),
        st.dates(dt.date(1999, 1, 1), dt.date(2100, 1, 1)).map(
            lambda day: dt.datetime(day.year, day.month, day.day)
        ),
    )
    return st.one_of(
        column(pa.string(), texts),
        column(pa.string(), plain),
        column(pa.large_string(), plain),
        column(pa.float64(), numbers),
        column(pa.float32(), st.one_of(st.floats(width=32), st.sampled_from([0.10000000149011612, 50.22999954223633, 2.5, 1e30]))),
        column(pa.int32(), st.integers(-5, 300)),
        column(pa.int64(), st.integers(-(2**63), 2**63 - 1)),
        column(pa.int64(), st.integers(-5, 300)),
        column(pa.uint64(), st.integers(0, 2**64 - 1)),
        column(pa.decimal128(9, 2), st.decimals(-5, 300, places=2)),
        column(pa.decimal128(38, 10), st.decimals(-(10**20), 10**20, places=10)),
        column(pa.bool_(), st.booleans()),
        column(pa.date32(), st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))),
        column(pa.date32(), st.dates(dt.date(1999, 12, 1), dt.date(2000, 2, 1))),
        column(pa.timestamp("us"), moments),
        column(pa.timestamp("ms", "UTC"), moments.map(lambda at: at.replace(microsecond=0))),
        column(pa.list_(pa.string()), st.lists(plain, max_size=3)),
        column(pa.list_(pa.float64()), st.lists(st.floats(), max_size=3)),
        column(pa.binary(), st.binary(max_size=3)),
        column(pa.struct([("a", pa.int32())]), st.just({"a": 1})),
    )  # fmt: skip


@st.composite
def parquet_tables(draw: Any) -> tuple[dict[str, pa.Array], str, int]:
    names = draw(st.lists(st.sampled_from(list(TREES.fields)), min_size=1, unique=True))
    size = draw(st.integers(0, 9))
    columns = {}
    for name in names:
        heading = draw(HEADINGS[name]) if name in HEADINGS else name
        columns[heading] = draw(typed(size))
    return columns, draw(specs), draw(st.integers(1, 5))


SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)  # fmt: skip


@SLOW
@given(csv_tables())
def test_a_csv_file_is_read_as_our_reader_reads_it(made: tuple[str, str]) -> None:
    text, spec = made
    with tempfile.TemporaryDirectory() as path:
        both(Path(path) / "d", pack(), said(spec, "t.csv"), {"t.csv": text}, "trees")


@SLOW
@given(parquet_tables())
def test_a_parquet_file_is_read_as_our_reader_reads_it(
    made: tuple[dict[str, pa.Array], str, int],
) -> None:
    columns, spec, group = made
    with tempfile.TemporaryDirectory() as path:
        content = parquet(Path(path), columns, row_group_size=group)
        both(Path(path) / "d", pack(), said(spec, "t.parquet"), {"t.parquet": content}, "trees")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_we_read_is_read_in_the_store(tmp_path: Path, encoding: str) -> None:
    text = "样地,树号,面积(亩),备注\nＡ,1,15,好\nＢ,2,12.5 公顷,㐀\n"
    both(tmp_path, pack(), "t.csv", {"t.csv": text.encode(encoding)}, "trees")
