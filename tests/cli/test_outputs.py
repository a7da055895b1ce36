"""Where reports go: one on the terminal, the rest in files that are never overwritten unasked."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from guiju.cli import outputs
from guiju.cli.outputs import Output, read_outputs, write_reports
from guiju.cli.usage import WrongUsage


def assessment(dossier: str, as_of: str = "2026-05-12") -> SimpleNamespace:
    return SimpleNamespace(dossier=SimpleNamespace(id=dossier), as_of=as_of)


@pytest.fixture(autouse=True)
def plain_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        outputs, "write", lambda group, name, lang: f"{name} {[a.dossier.id for a in group]}\n"
    )


def test_text_goes_to_the_terminal_when_nothing_is_asked_for() -> None:
    assert read_outputs((), "en") == [Output("text", "-")]


def test_a_format_may_name_a_file_with_colons_in_it() -> None:
    assert read_outputs(("html:C:\\r.html",), "en") == [Output("html", "C:\\r.html")]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("pdf",), "unknown-format"),
        (("text", "json"), "two-on-stdout"),
        (("text", "json:-"), "two-on-stdout"),
        (("html:a", "json:a"), "same-file"),
        (("html:{name}.html",), "bad-placeholder"),
    ],
)
def test_a_wrong_format_is_refused(words: tuple[str, ...], key: str) -> None:
    with pytest.raises(WrongUsage) as problem:
        read_outputs(words, "en")
    assert problem.value.key == key
    assert problem.value.message("zh")
    assert problem.value.help("zh") is not None


def test_a_placeholder_gives_each_dossier_a_file(tmp_path: Path) -> None:
    wanted = [Output("json", str(tmp_path / "out" / "{dossier}-{date}.json"))]
    write_reports([assessment("A"), assessment("B")], wanted, "en", force=False)
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["A-2026-05-12.json", "B-2026-05-12.json"]


def test_without_a_placeholder_all_dossiers_are_in_one_file(tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    write_reports(
        [assessment("A"), assessment("B")], [Output("json", str(file))], "en", force=False
    )
    assert file.read_text() == "json ['A', 'B']\n"


def test_an_id_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    wanted = [Output("json", str(tmp_path / "in" / "{dossier}.json"))]
    write_reports([assessment("../../etc/x"), assessment("。。/项目")], wanted, "en", force=False)
    assert len(list((tmp_path / "in").iterdir())) == 2
    assert list(tmp_path.iterdir()) == [tmp_path / "in"]


def test_nothing_is_written_when_one_file_exists(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text("mine")
    wanted = [Output("html", str(tmp_path / "a.html")), Output("json", str(tmp_path / "b.json"))]
    with pytest.raises(WrongUsage, match="file-exists"):
        write_reports([assessment("A")], wanted, "en", force=False)
    assert (tmp_path / "b.json").read_text() == "mine"
    assert not (tmp_path / "a.html").exists()
    write_reports([assessment("A")], wanted, "en", force=True)
    assert (tmp_path / "b.json").read_text() == "json ['A']\n"


def test_a_file_that_cannot_be_written_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WrongUsage, match="cannot-write"):
        write_reports(
            [assessment("A")], [Output("json", str(tmp_path / "file" / "r"))], "en", force=False
        )
