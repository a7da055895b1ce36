"""What goes wrong with large tables is told, and nothing is read that is not the dossier's."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from keeping import both, parquet
from making import codes, dossier, folder, zipped
from tree_tables import pack

from guiju.dossier import Dossier, limits, open_dossier, read
from guiju.store import Store, StoredTable, StoreFull, TooManyRows

COLUMNS = ("missing-column", "unused-column", "unused-files")
SMALL = {"plot": pa.array(["a", "b"]), "tree": pa.array([1, 2])}


def ordinary(path: Path, content: bytes, name: str = "t.parquet") -> Dossier:
    made = folder(path / "o", f"tables: {{ trees: '{name}' }}\n", {name: content})
    return read(open_dossier(made), pack())


def test_a_file_that_is_no_parquet_file(tmp_path: Path) -> None:
    assert codes(ordinary(tmp_path, b"plot,tree\n1,2\n"), *COLUMNS) == ["not-parquet"]
    assert codes(ordinary(tmp_path, b""), *COLUMNS) == ["not-parquet"]


def test_a_parquet_file_that_is_cut_short(tmp_path: Path) -> None:
    content = parquet(tmp_path, SMALL)
    assert codes(ordinary(tmp_path, content[:-20]), *COLUMNS) == ["parquet-cut-short"]
    assert codes(ordinary(tmp_path, content[:6]), *COLUMNS) == ["parquet-cut-short"]


@pytest.mark.parametrize("part", ["data", "footer"])
def test_a_damaged_parquet_file_names_no_path_of_this_machine(tmp_path: Path, part: str) -> None:
    content = bytearray(parquet(tmp_path, SMALL))
    for at in range(4, 40) if part == "data" else range(len(content) - 120, len(content) - 8):
        content[at] = 0xFF
    for found in (ordinary(tmp_path, bytes(content)), _kept(tmp_path, bytes(content))):
        assert codes(found, *COLUMNS) == ["parquet-damaged"]
        assert str(tmp_path) not in found.problems[-1].message["en"]
        assert "guiju-" not in found.problems[-1].message["en"]


def _kept(path: Path, content: bytes) -> Dossier:
    made = folder(path / "k", "tables: { trees: t.parquet }\n", {"t.parquet": content})
    with Store(large_rows=-1, folders=[path]) as store:
        return read(open_dossier(made), pack(), store)


def test_a_column_that_is_gone_and_one_of_another_type(tmp_path: Path) -> None:
    changed = {
        "plot": pa.array(["a", "b"]),
        "tree": pa.array([1, 2]),
        "dbh": pa.array(["12.5", "thick"]),
        "alive": pa.array([1.0, 0.0]),
        "planted": pa.array([b"\1", b"\2"]),
    }

    def look(found: Dossier, _: Dossier, __: Store) -> None:
        told = codes(found)
        assert told.count("missing-column") == 3  # area, price and stand are gone
        assert "parquet-type" in told and told.count("not-yes-no") == 2
        assert "not-a-number" in told

    content = parquet(tmp_path, changed)
    both(tmp_path / "d", pack(), "t.parquet", {"t.parquet": content}, "trees", look)


@pytest.mark.parametrize("name", ["*.parquet", "t[1-9]?.parquet", "a'b; DROP TABLE x.parquet", "年=2024.parquet", "${HOME}.parquet"])  # fmt: skip
def test_a_file_name_is_a_name_and_never_a_pattern(tmp_path: Path, name: str) -> None:
    wrong = parquet(tmp_path, {"plot": pa.array(["x"]), "tree": pa.array([9])})
    right = parquet(tmp_path, SMALL)
    spec = '"' + name + '"'
    files: dict[str, str | bytes] = {name: right, "other.parquet": wrong, "t2x.parquet": wrong}
    both(tmp_path / "d=1", pack(), spec, files, "trees")
    found = ordinary(tmp_path, right, name) if "'" not in name else None
    assert found is None or found.tables["trees"].keys == ["a/1", "b/2"]


@pytest.mark.parametrize("name", ["../t.parquet", "/etc/t.parquet", "s3://bucket/t.parquet", "http://127.0.0.1:1/t.parquet"])  # fmt: skip
def test_a_name_that_leads_out_of_the_dossier_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "t.parquet").write_bytes(parquet(tmp_path, SMALL))
    found = dossier(tmp_path / "d", f"tables: {{ parcels: '{name}' }}\n")
    assert codes(found) == ["unsafe-name"]


def test_a_link_that_leads_out_of_the_dossier_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out.parquet").write_bytes(parquet(tmp_path, SMALL))
    made = folder(tmp_path / "d", "tables: { trees: t.parquet }\n")
    os.symlink(tmp_path / "out.parquet", made / "t.parquet")
    assert "unsafe-link" in codes(read(open_dossier(made), pack()))


def test_a_store_reaches_nothing_but_its_folders(tmp_path: Path) -> None:
    (tmp_path / "other.parquet").write_bytes(parquet(tmp_path, SMALL))
    with Store(folders=[tmp_path / "d"]) as store:
        with pytest.raises(duckdb.Error, match="disabled"):
            store.rows(f"SELECT * FROM '{tmp_path}/other.parquet'")
        with pytest.raises(duckdb.Error):
            store.execute("SET enable_external_access = true")
        with pytest.raises(duckdb.Error):
            store.execute("INSTALL httpfs")


def test_a_table_in_a_zip_is_unpacked_within_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = "guiju: 1\nid: D\ntitle: T\npack: test\nedition: V01\ntables: { trees: t.parquet }\n"
    content = parquet(tmp_path, SMALL)
    (tmp_path / "d.zip").write_bytes(zipped({"dossier.yaml": head, "t.parquet": content}))
    found = read(open_dossier(tmp_path / "d.zip"), pack())
    assert found.tables["trees"].keys == ["a/1", "b/2"]
    with Store(large_rows=-1) as store:
        kept = read(open_dossier(tmp_path / "d.zip"), pack(), store)
        assert isinstance(kept.tables["trees"], StoredTable)
        assert list(kept.tables["trees"].keys) == ["a/1", "b/2"]
    monkeypatch.setattr(limits, "MAX_EVIDENCE", len(content) - 1)
    assert "file-too-large" in codes(read(open_dossier(tmp_path / "d.zip"), pack()))


def test_a_parquet_file_that_unpacks_to_far_more_than_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_TABLE", 1_000_000)
    rows = 20_000
    content = parquet(
        tmp_path, {"plot": pa.array(["x" * 900] * rows), "tree": pa.array(range(rows))}
    )
    assert len(content) < 300_000
    assert codes(ordinary(tmp_path, content), *COLUMNS) == ["file-too-large"]
    monkeypatch.setattr(limits, "MAX_FIELD", 100)
    assert codes(ordinary(tmp_path, content), *COLUMNS) == ["parquet-field-too-large"]
    assert codes(_kept(tmp_path, content), *COLUMNS) == ["parquet-field-too-large"]
    monkeypatch.setattr(limits, "MAX_ROWS", 100)
    assert codes(ordinary(tmp_path, content), *COLUMNS) == ["too-many-rows"]


def test_a_file_that_says_of_its_cells_what_they_are_not_is_judged_by_its_cells(
    tmp_path: Path,
) -> None:
    content = bytearray(
        parquet(
            tmp_path,
            {**SMALL, "dbh": pa.array([1.5, 200.25]), "note": pa.array(["aa", "zz"])},
        )
    )
    for true, said in ((struct.pack("<d", 200.25), struct.pack("<d", 2.0)), (b"zz", b"bb")):
        first = content.index(true)  # the cell itself
        while (at := content.find(true, first + 1)) >= 0:
            content[at : at + len(true)] = said
    path = tmp_path / "lies.parquet"
    path.write_bytes(bytes(content))
    asked = "SELECT count(*) FROM {} WHERE dbh > 150 AND note = 'zz'"
    assert duckdb.sql(asked.format(f"'{path}'")).fetchall() == [(0,)]  # DuckDB believes it

    def look(found: Dossier, _: Dossier, store: Store) -> None:
        table = found.tables["trees"]
        assert isinstance(table, StoredTable)
        assert store.rows(asked.format(table.sql_name)) == [(1,)]

    both(tmp_path / "d", pack(), "t.parquet", {"t.parquet": bytes(content)}, "trees", look)


def test_not_a_number_is_a_problem_and_never_a_value(tmp_path: Path) -> None:
    cells = [float("nan"), float("inf"), 2.0, None, -float("inf")]
    content = parquet(
        tmp_path,
        {"plot": pa.array(list("abcde")), "tree": pa.array([1] * 5), "price": pa.array(cells)},
    )

    def look(found: Dossier, _: Dossier, store: Store) -> None:
        assert codes(found, *COLUMNS) == ["not-a-number"] * 3
        table = found.tables["trees"]
        assert isinstance(table, StoredTable)
        assert store.rows(f"SELECT rid FROM {table.sql_name} WHERE price IS NOT NULL") == [(2,)]
        assert store.rows(f"SELECT count(*) FROM {table.sql_name} WHERE price > 1") == [(1,)]

    both(tmp_path / "a", pack(), "t.parquet", {"t.parquet": content}, "trees", look)
    spec = "{ file: t.parquet, missing: [NaN, inf, -inf] }"
    said = folder(tmp_path / "b", f"tables: {{ trees: {spec} }}\n", {"t.parquet": content})
    assert codes(read(open_dossier(said), pack()), *COLUMNS) == []


def test_twenty_digits_are_kept_and_said_not_to_be_exact_in_a_query(tmp_path: Path) -> None:
    text = "plot,tree,price\na,1,12345678901234567890\nb,1,12345678901234567891\n"

    def look(found: Dossier, _: Dossier, store: Store) -> None:
        table = found.tables["trees"]
        assert isinstance(table, StoredTable)
        assert not table.description["price"].exact15
        assert table.description["dbh"].exact15
        assert [str(cell) for cell in table.columns["price"]] == [
            "12345678901234567890",
            "12345678901234567891",
        ]

    both(tmp_path, pack(), "t.csv", {"t.csv": text}, "trees", look)


@pytest.mark.parametrize(
    "text",
    [
        "plot,tree\na,1\nb\n",  # ragged
        "plot,tree\na,1\n\nb,2\n",  # an empty row
        "plot,tree\na,1\n,\nb,2\n",  # a row without text
        'plot,tree\n"a\nb",1\n',  # a field of two lines
        'plot,tree\na"b,1\n',  # a quote within a field
        "plot,tree\ra,1\rb,2\r",  # another line end
        "plot,tree\r\na,1\nb,2\n",  # two line ends
        "plot,tree\na,1\n合计,2\n注：样地,\n",  # what stands below
        "title\nplot,tree\na,1\n",
        "plot,tree,\na,1,x\n",  # a column without a heading
        '"plot","tree"\n"a, b",1\n"c ""d""",2\n',  # quotes where they belong
        "plot,tree\n",
        "plot;tree\na;1\n",
    ],
)
def test_a_csv_file_with_anything_odd_is_read_as_our_reader_reads_it(
    tmp_path: Path, text: str
) -> None:
    both(tmp_path / "a", pack(), "t.csv", {"t.csv": text}, "trees")
    both(tmp_path / "b", pack(), "{ file: t.csv, header: 2 }", {"t.csv": text}, "trees")


def _many(path: Path) -> Path:
    rows = 400_000
    content = parquet(
        path,
        {
            "plot": pa.array([f"plot number {row % 4001} {row}" for row in range(rows)]),
            "tree": pa.array(range(rows)),
            "note": pa.array([f" note {row}" for row in range(rows)]),
        },
    )
    return folder(path / "d", "tables: { trees: t.parquet }\n", {"t.parquet": content})


def test_a_memory_limit_that_is_reached_names_the_limit_and_what_to_do(tmp_path: Path) -> None:
    made = _many(tmp_path)
    with (
        Store(memory_limit="6MB", temp_limit="0KB", threads=1, folders=[made]) as store,
        pytest.raises(StoreFull) as full,
    ):
        read(open_dossier(made), pack(), store)
    assert full.value.limit in full.value.problem.message["en"]
    mend = full.value.problem.mend
    assert full.value.kind == "memory"
    # `guiju check` has no option for it.
    assert "in parts" in mend["en"] and "`guiju tables --memory-limit`" in mend["en"]
    assert "分开核对" in mend["zh"] and "`guiju tables --memory-limit`" in mend["zh"]


def test_a_table_larger_than_the_memory_spills_to_the_folder_of_the_store(tmp_path: Path) -> None:
    made = _many(tmp_path)
    with Store(memory_limit="40MB", threads=1, folders=[made]) as store:
        found = read(open_dossier(made), pack(), store)
        assert len(found.tables["trees"]) == 400_000
        spilled = os.path.join(store.folder, "spill")
        assert not os.path.exists(spilled) or os.path.isdir(spilled)
        kept = store.folder
    assert not os.path.exists(kept)


def test_a_full_disk_is_said_to_be_full(tmp_path: Path) -> None:
    made = _many(tmp_path)
    with (
        Store(memory_limit="30MB", temp_limit="1MB", threads=1, folders=[made]) as store,
        pytest.raises(StoreFull) as full,
    ):
        read(open_dossier(made), pack(), store)
    assert full.value.kind == "disk"
    assert "TMPDIR" in full.value.problem.mend["zh"]


def test_a_table_too_large_for_python_is_not_read_into_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = folder(
        tmp_path, "tables: { trees: t.parquet }\n", {"t.parquet": parquet(tmp_path, SMALL)}
    )
    with Store(large_rows=-1) as store:
        table = read(open_dossier(made), pack(), store).tables["trees"]
        monkeypatch.setattr(limits, "MAX_ROWS", 1)
        with pytest.raises(TooManyRows, match="trees: 2 > 1") as large:
            table.columns["plot"]
    told = large.value.problem
    assert told.message["en"].startswith("the table `trees` has 2 rows, ")
    assert told.message["zh"] == "表 `trees` 有 2 行，须通览全表的规则至多处理 1 行"
    assert all("--ignore" in told.mend[lang] for lang in ("en", "zh"))


def test_where_no_folder_takes_temporary_files_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import tempfile

    def unusable() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr(tempfile, "gettempdir", unusable)
    with pytest.raises(StoreFull) as full:
        Store()
    assert "TMPDIR" in full.value.problem.mend["en"]
    assert "文件大小" in full.value.problem.message["zh"]


def test_without_duckdb_a_parquet_table_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    found = ordinary(tmp_path, b"PAR1")
    assert codes(found, *COLUMNS) == ["tables-not-installed"]
    assert "guiju[tables]" in found.problems[0].mend["en"]
