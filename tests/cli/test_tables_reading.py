"""Cells of a table without a dossier that cannot be read are told, and make the exit code 2."""

from __future__ import annotations

import duckdb
import pytest
from tests.cli.pack_of_parcels import write_pack

from guiju.reporting.columns import width


@pytest.mark.parametrize(("lang", "said"), [("en", "Reading problems"), ("zh", "资料读取问题")])
def test_what_cannot_be_read_of_a_column_of_texts_is_told(
    guiju, tmp_path, monkeypatch, lang, said
) -> None:
    monkeypatch.setenv("GUIJU_PACKS", str(write_pack(tmp_path)))
    file = tmp_path / "parcels.parquet"
    duckdb.sql(
        "COPY (FROM (VALUES ('K1', '12.5'), ('K2', 'wide')) AS rows(id, area))"
        f" TO '{file}' (FORMAT parquet)"
    )
    done = guiju("tables", str(file), "--pack", "parcels", "--lang", lang)
    assert done.returncode == 2
    assert all(width(line) <= 80 for line in done.stdout.splitlines())
    told = done.stdout.partition(said)[2]
    assert "parcels.parquet" in told and "wide" in told
