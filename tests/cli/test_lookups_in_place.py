"""`guiju check --lookups`: dated parameter files in place of a pack's own."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

PACKS = Path(__file__).parents[1] / "ledger/packs"
OWN = PACKS / "demo/lookups/least.csv"
HEAD = "kind,area,effective,until,basis,note\n"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A project of 3 ha, 2.7 ha net, where the pack's own file asks for 2 ha."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "dossier.yaml").write_text(
        "guiju: 1\nid: p-1\ntitle: P\npack: demo\nsubmitted: 2024-06-01\n"
        "facts:\n  project:\n    area: 3 ha\n    kind: 乔木\n    started: 2024-01-01\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def lookups(tmp_path: Path) -> Path:
    folder = tmp_path / "official"
    folder.mkdir()
    return folder


@pytest.fixture
def check(guiju, dossier: Path, lookups: Path):
    """Checks the project by rule D-1, as JSON, with the files of the folder."""

    def run(*words: str | Path, pack: str = "demo"):
        given = ("--packs-dir", PACKS, "--pack", pack, "--select", "D-1", "--lang", "en")
        return guiju("check", dossier, *given, "--lookups", lookups, *words)

    return run


def assessed(done) -> tuple[str, dict]:
    """The verdict on D-1, and what is said of the pack."""
    found = json.loads(done.stdout)
    return found["requirements"][0]["verdict"], found["pack"]


def test_a_file_takes_the_place_of_the_packs_own(check, guiju, dossier, lookups: Path) -> None:
    plain = guiju("check", dossier, "--packs-dir", PACKS, "--select", "D-1", "--format", "json")
    verdict, pack = assessed(plain)
    assert (verdict, pack["replaced"]) == ("conforms", [])
    text = HEAD + "乔木,2.8,,,已核对,官方公布\n灌木,4,,,verified,\n"
    (lookups / "least.csv").write_text(text, encoding="utf-8")
    (lookups / "README.md").write_text("where they are from")
    verdict, changed = assessed(check("--format", "json"))
    assert verdict == "nonconforming"
    assert changed["digest"] != pack["digest"]
    assert changed["replaced"] == [
        {
            "file": "demo/least.csv",
            "sha256": sha256(text.encode()).hexdigest(),
            "original": sha256(OWN.read_bytes()).hexdigest(),
            "lookups": ["least"],
            "basis": "verified",
        }
    ]


def test_its_dates_count(check, lookups: Path) -> None:
    file = lookups / "least.csv"
    file.write_text(HEAD + "乔木,2,,2024-06-30,,\n乔木,2.8,2024-07-01,,,\n", encoding="utf-8")
    assert assessed(check("--format", "json"))[0] == "conforms"
    assert assessed(check("--format", "json", "--as-of", "2024-07-01"))[0] == "nonconforming"


def test_a_change_of_the_file_is_seen_at_once(check, lookups: Path) -> None:
    for least, verdict in (("2", "conforms"), ("2.8", "nonconforming"), ("2", "conforms")):
        (lookups / "least.csv").write_text(f"kind,area\n乔木,{least}\n", encoding="utf-8")
        assert assessed(check("--format", "json"))[0] == verdict


def test_a_file_that_says_nothing_of_its_basis_is_unverified(check, lookups: Path) -> None:
    (lookups / "least.csv").write_text("kind,area\n乔木,2\n", encoding="utf-8")
    assert assessed(check("--format", "json"))[1]["replaced"][0]["basis"] == "unverified"
    (lookups / "least.csv").write_text(
        HEAD + "乔木,2,,,verified,\n灌木,2,,,secondary,\n", encoding="utf-8"
    )
    assert assessed(check("--format", "json"))[1]["replaced"][0]["basis"] == "secondary"


@pytest.mark.parametrize("format_name", ["text", "markdown", "html"])
def test_a_report_names_the_file(check, lookups: Path, format_name: str) -> None:
    (lookups / "least.csv").write_text("kind,area\n乔木,2\n", encoding="utf-8")
    done = check("--format", format_name)
    assert done.returncode == 0, done.stderr
    digest = sha256((lookups / "least.csv").read_bytes()).hexdigest()
    assert "demo/least.csv" in done.stdout
    assert digest in done.stdout.replace("\n", "").replace(" ", "")


def test_the_file_of_a_used_pack_is_replaced_too(check, lookups: Path) -> None:
    (lookups / "least.csv").write_text("kind,area\n乔木,2.8\n", encoding="utf-8")
    verdict, pack = assessed(check("--format", "json", pack="demo-user"))
    assert verdict == "nonconforming"
    assert [one["file"] for one in pack["replaced"]] == ["demo/least.csv"]
    (lookups / "least.csv").write_text("kind,area\n乔木,2\n", encoding="utf-8")
    assert assessed(check("--format", "json", pack="demo-user"))[0] == "conforms"


def test_a_subfolder_names_the_pack(check, lookups: Path) -> None:
    (lookups / "demo").mkdir()
    (lookups / "demo/least.csv").write_text("kind,area\n乔木,2.8\n", encoding="utf-8")
    assert assessed(check("--format", "json"))[0] == "nonconforming"
    (lookups / "demo").rename(lookups / "other")
    assert check().returncode == 2


def test_a_name_of_two_packs_must_say_which(
    guiju, dossier: Path, lookups: Path, tmp_path: Path
) -> None:
    packs = tmp_path / "packs"
    shutil.copytree(PACKS, packs)
    shutil.copytree(PACKS / "demo/lookups", packs / "demo-user/lookups")
    (lookups / "least.csv").write_text("kind,area\n乔木,2\n", encoding="utf-8")
    words = ("check", dossier, "--packs-dir", packs, "--pack", "demo-user", "--lookups", lookups)
    done = guiju(*words)
    assert done.returncode == 2
    assert "demo/least.csv" in done.stderr and "demo-user/least.csv" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("leest.csv", "kind,area\n乔木,2\n", "`least.csv`"),
        ("least.csv", "kind\n乔木\n", "lookup-column-missing"),
        ("least.csv", "kind,area\n乔木,much\n", "lookup-cell-unreadable"),
        ("least.csv", "kind,area\n乔木,2\n乔木,3\n", "lookup-key-repeated"),
        ("least.csv", HEAD + "乔木,2,,,sure,\n", "lookup-cell-unreadable"),
        ("least.txt", "kind,area\n", "no CSV files"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(
    check, lookups: Path, name: str, content: str, said: str
) -> None:
    (lookups / name).write_text(content, encoding="utf-8")
    done = check()
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr


def test_an_error_names_the_file_given_and_not_the_one_it_replaces(check, lookups: Path) -> None:
    (lookups / "least.csv").write_text("kind,area\n乔木,lots\n", encoding="utf-8")
    done = check()
    assert done.returncode == 2
    assert f"`{lookups}/least.csv`" in done.stderr and "`lookups/least.csv`" not in done.stderr


def test_a_folder_that_is_not_there(check, lookups: Path) -> None:
    lookups.rmdir()
    done = check()
    assert done.returncode == 2
    assert "official" in done.stderr


def test_a_derivation_says_on_what_a_figure_rests(guiju, check, lookups: Path) -> None:
    (lookups / "least.csv").write_text(HEAD + "乔木,2.8,,,verified,notice 7\n", encoding="utf-8")
    done = check("--format", "json")
    said = json.dumps(json.loads(done.stdout)["requirements"][0], ensure_ascii=False)
    assert "lookups/least.csv:2; verified; notice 7" in said
    assert "lookups/least.csv:2；原文核对；notice 7" in said
