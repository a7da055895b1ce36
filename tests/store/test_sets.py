"""Tables of Python and of Arrow in a store, and many dossiers as one set."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from keeping import both, parquet, same
from making import dossier, folder
from tree_tables import pack
from vocabulary import pack as small_pack

from guiju.dossier import DossierTwice, UnreadableDossier, open_dossier, read
from guiju.store import Store, StoredSet, StoredTable, from_arrow, stored
from guiju.store.facts_file import FactsFile
from guiju.verdicts import Problem

TEXT = "plot,tree,dbh,area,planted,alive,note\nA,1,12.50,2 亩,2024-03-01,是,x\nA,2,,1,,否,\nB,1,12345678901234567.25,,2025-01-01,,y\n"


def test_a_table_of_python_lists_is_loaded_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    made = folder(tmp_path, "tables: { trees: t.csv }\n", {"t.csv": TEXT.replace("12345678901234567.25", "12.25")})  # fmt: skip
    data = read(open_dossier(made), pack()).tables["trees"]
    with Store() as store:
        table = stored(store, pack().tables["trees"], data)
        assert table.unique and table.rows([2]).keys == ["B/1"]
        assert table.description["dbh"].exact15 and not table.description["area"].exact15
        same(store, table, data, pack())


def test_an_arrow_table_is_the_same_as_the_parquet_file_of_it(tmp_path: Path) -> None:
    table = pa.table(
        {
            "plot": pa.array(["A", "B", " C", None]).dictionary_encode(),
            "tree": pa.array([1, 2, 3, 4]),
            "面积(亩)": pa.array([15.0, float("nan"), 0.1, -1.0]),
            "alive": pa.array([True, None, False, True]),
            "span": pa.array([b"x", b"y", None, b"z"]),
        }
    )
    made = folder(tmp_path / "d", "tables: { trees: t.parquet }\n")
    pq.write_table(table, made / "t.parquet")
    plain = read(open_dossier(made), pack())
    with Store() as store:
        for given in (table, ds.dataset(table), table.to_reader(max_chunksize=2)):
            told: list[Problem] = []
            found = from_arrow(store, pack().tables["trees"], given, told, name="t.parquet")
            assert [(p.code, p.origin) for p in told] == [
                (p.code, p.origin) for p in plain.problems
            ]
            same(store, found, plain.tables["trees"], pack())


FACTS = "facts: {{ project: {{ name: N{0}, area: {0} 亩, start_date: 2024-01-0{0}, burnt: 是, rate: {1} }} }}\n"


def test_many_dossiers_are_one_set_of_tables(tmp_path: Path) -> None:
    made = []
    for number in (1, 2, 3):
        rows = "".join(f"P-{row},{number}.5,tree\n" for row in range(number))
        yaml = FACTS.format(number, "0.1") + "tables: { parcels: p.csv }\n"
        path = folder(tmp_path / str(number), yaml, {"p.csv": "id,area,stand\n" + rows})
        text = (path / "dossier.yaml").read_text().replace("id: D-1", f"id: D-{number}")
        (path / "dossier.yaml").write_text(text)
        made.append(read(open_dossier(path), small_pack()))
    with Store() as store:
        kept = StoredSet(store, small_pack())
        kept.add(made[:2])
        kept.add(iter(made[2:]))
        assert kept.dossiers == 3
        facts = kept.sql_names[""]
        assert store.rows(
            f'SELECT dossier, rid, "project.name", "project.start_date", "project.burnt",'
            f' "project.rate", "project.trees" FROM {facts} ORDER BY rid'
        ) == [(f"D-{n}", n - 1, f"N{n}", dt.date(2024, 1, n), True, 0.1, None) for n in (1, 2, 3)]
        assert store.rows(f'SELECT "project.area" FROM {facts} ORDER BY rid') == [
            (float(Fraction(n, 15)),) for n in (1, 2, 3)
        ]
        about = kept.description[""]
        assert not about["project.area"].exact15 and about["project.rate"].exact15
        assert about["project.trees"].nulls == 3 and about["project.rate"].largest == 0.1
        assert "project.crediting" not in about
        parcels = kept.sql_names["parcels"]
        assert store.rows(
            f"SELECT dossier, list(rid ORDER BY rid), max(area) FROM {parcels} GROUP BY 1 ORDER BY 1"
        ) == [("D-1", [0], 1.5), ("D-2", [0, 1], 2.5), ("D-3", [0, 1, 2], 3.5)]
        assert kept.rows == {"": 3, "parcels": 6, "periods": 0}
        given = store.rows(f"SELECT dossier, name FROM {kept.given} ORDER BY 1")
        assert given == [("D-1", "parcels"), ("D-2", "parcels"), ("D-3", "parcels")]
        with pytest.raises(DossierTwice, match="D-2"):
            kept.add([made[1]])


def test_a_kept_table_goes_into_a_set_without_being_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import guiju.store.folders as module

    monkeypatch.setattr(module, "_BATCH", 2)
    made = folder(tmp_path, "tables: { parcels: p.csv }\n", {"p.csv": "id,面积(亩)\nA,15\nB,7.5\nC,1\nD,\nE,3\n"})  # fmt: skip
    with Store(large_bytes=0) as store:
        found = read(open_dossier(made), small_pack(), store)
        table = found.tables["parcels"]
        assert isinstance(table, StoredTable)
        kept = StoredSet(store, small_pack())
        kept.add([found])
        assert not table.columns.loaded("area")  # type: ignore[attr-defined]
        rows = store.rows(f"SELECT rid, id, area FROM {kept.sql_names['parcels']} ORDER BY rid")
        assert rows == [
            (0, "A", 1.0),
            (1, "B", 0.5),
            (2, "C", 1 / 15),
            (3, "D", None),
            (4, "E", 0.2),
        ]


def test_facts_of_many_dossiers_in_one_parquet_file(tmp_path: Path) -> None:
    content = parquet(
        tmp_path,
        {
            "dossier": pa.array(["D-1", "D-2", "D-3"]),
            "project.name": pa.array(["a", "b", None]),
            "面积(亩)": pa.array([15.0, -1.0, 3.0]),
            "项目.开工日期": pa.array([dt.date(2024, 1, 1), None, dt.date(2025, 1, 1)]),
            "林分": pa.array(["乔木", "tree", "x"]),
            "crediting": pa.array(["2024-01-01/2024-12-31", None, "never"]),
            "colour": pa.array(["red", "red", "red"]),
        },
    )
    (tmp_path / "facts.parquet").write_bytes(content)
    with Store() as store:
        kept = StoredSet.from_facts(store, small_pack(), tmp_path / "facts.parquet")
        assert isinstance(kept, FactsFile) and kept.dossiers == 3
        assert [(p.code, p.origin.at) for p in kept.problems if p.origin] == [
            ("unused-column", ""),
            ("out-of-range", "2:3"),
            ("unknown-option", "3:5"),
            ("not-a-period", "3:6"),
        ]
        facts = kept.sql_names[""]
        assert store.rows(f'SELECT dossier, "project.area", "project.stand" FROM {facts} ORDER BY rid') == [
            ("D-1", 15.0, "tree"),
            ("D-2", None, "tree"),
            ("D-3", 3.0, None),
        ]  # fmt: skip
        area = kept.description[""]["project.area"]
        assert (area.numerator, area.denominator, area.nulls) == (1, 15, 1)
        third, first = kept.at([2, 0])
        assert (third.id, first.id) == ("D-3", "D-1")
        assert first.facts["project", "area"].value == Decimal(1)
        assert first.facts["project", "area"].origin.at == "1:3"
        assert first.facts["project", "crediting"].value == (
            dt.date(2024, 1, 1),
            dt.date(2024, 12, 31),
        )
        assert ("project", "name") not in third.facts
    (tmp_path / "no.parquet").write_bytes(b"no")
    with Store() as store, pytest.raises(UnreadableDossier):
        StoredSet.from_facts(store, small_pack(), tmp_path / "no.parquet")


def test_a_dossier_with_a_small_table_is_read_the_ordinary_way(tmp_path: Path) -> None:
    found = dossier(tmp_path, "tables: { parcels: p.csv }\n", {"p.csv": "id\nA\n"})
    with Store() as store:
        again = read(open_dossier(tmp_path), small_pack(), store)
        assert type(again.tables["parcels"]) is type(found.tables["parcels"])
    both(tmp_path / "b", pack(), "t.csv", {"t.csv": TEXT}, "trees")
