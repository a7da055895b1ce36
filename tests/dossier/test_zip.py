"""Zips and links that lead out, unpack to too much, or carry GBK names."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest
from making import HEAD, codes, dossier, zipped
from vocabulary import pack

from guiju.dossier import Dossier, UnreadableDossier, limits, open_dossier, read
from guiju.dossier.container import inside
from guiju.dossier.problems import Rejected


def opened(path: Path, content: bytes) -> Dossier:
    file = path / "d.zip"
    file.write_bytes(content)
    return read(open_dossier(file), pack())


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "a/../../evil", "/etc/passwd", "C:\\evil", "c:/evil", "..\\evil", "", "a//b"],
)
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Rejected) as caught:
        inside(name)
    assert caught.value.code == "unsafe-name"
    if name:
        found = opened(tmp_path, zipped({"dossier.yaml": HEAD, name: "x"}))
        assert codes(found) == ["unsafe-name"]
        assert found.problems[0].severity == "error"
        assert not (tmp_path.parent / "evil.txt").exists()


@pytest.mark.parametrize("name", ["../../secret.csv", "/etc/passwd", "C:\\secret.csv"])
def test_a_dossier_cannot_name_files_outside_it(tmp_path: Path, name: str) -> None:
    yaml = (
        f"tables: {{ parcels: '{name}' }}\nevidence: [{{ id: E, kind: minutes, file: '{name}' }}]\n"
    )
    found = dossier(tmp_path, yaml)
    assert codes(found) == ["unsafe-name", "unsafe-name"]
    assert found.documents["minutes"][0].status == "missing"


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO(zipped({"dossier.yaml": HEAD}))
    with zipfile.ZipFile(stream, "a") as archive:
        info = zipfile.ZipInfo("link.csv")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert codes(opened(tmp_path, stream.getvalue())) == ["unsafe-link"]


def test_a_link_in_a_folder_may_not_lead_out(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("id,area\nP,1\n")
    inner = tmp_path / "d"
    inner.mkdir()
    os.symlink(tmp_path / "secret.csv", inner / "p.csv")
    (inner / "real.csv").write_text("number\n1\n")
    os.symlink("real.csv", inner / "q.csv")
    found = dossier(inner, "tables: { parcels: p.csv, periods: q.csv }\n")
    assert "unsafe-link" in codes(found)
    assert "parcels" not in found.tables
    assert found.tables["periods"].keys == ["1"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_no_file_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.csv")
    assert codes(dossier(tmp_path, "tables: { parcels: p.csv }\n")) == ["not-a-file"]


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDossier) as caught:
        opened(tmp_path, zipped({"dossier.yaml": HEAD, "zeros": bytes(64 * limits.MIB)}))
    assert caught.value.problem.code == "zip-bomb"


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MEMBERS", 3)
    with pytest.raises(UnreadableDossier) as caught:
        opened(tmp_path, zipped({f"{n}": "" for n in range(4)}))
    assert caught.value.problem.code == "zip-too-many"


def test_a_member_that_declares_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED", 1000)
    with pytest.raises(UnreadableDossier) as caught:
        opened(tmp_path, zipped({"dossier.yaml": HEAD, "big": "x" * 2000}))
    assert caught.value.problem.code == "zip-bomb"


def test_gbk_names_are_read(tmp_path: Path) -> None:
    name = "证据/勘界报告.txt"
    yaml = HEAD + f"evidence: [{{ id: E, kind: 勘界报告, file: {name} }}]\n"
    stand_in = "e/" + "x" * (len(name.encode("gb18030")) - 2)
    content = zipped({"dossier.yaml": yaml, stand_in: "survey"})
    found = opened(tmp_path, content.replace(stand_in.encode(), name.encode("gb18030")))
    assert codes(found) == ["zip-names-recoded"]
    assert found.documents["boundary_survey"][0].status == "held"


def test_a_member_that_stands_twice_is_told(tmp_path: Path) -> None:
    stream = io.BytesIO(zipped({"dossier.yaml": HEAD, "a.txt": "1"}))
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.txt", "2")
    assert codes(opened(tmp_path, stream.getvalue()))[0] == "zip-twice"


def test_a_damaged_member_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    content = bytearray(
        zipped(
            {"dossier.yaml": HEAD + "tables: { parcels: p.csv }\n", "p.csv": "id\n" + "abc" * 99}
        )
    )
    at = content.index(b"p.csv") + len("p.csv") + 2
    content[at : at + 3] = b"\xff" * 3
    assert "file-unreadable" in codes(opened(tmp_path, bytes(content)))


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    content = bytearray(zipped({"dossier.yaml": HEAD, "p.csv": "id\n1\n"}))
    central = content.rindex(b"PK\x01\x02")
    content[central + 8] |= 1
    assert codes(opened(tmp_path, bytes(content))) == ["zip-encrypted"]


def test_names_differ_only_by_backslash_or_composition(tmp_path: Path) -> None:
    found = dossier(
        tmp_path,
        "evidence: [{ id: E, kind: minutes, file: '证据\\é.txt' }]\n",
        {"证据/e\u0301.txt": "x"},
    )
    assert found.documents["minutes"][0].status == "held"
