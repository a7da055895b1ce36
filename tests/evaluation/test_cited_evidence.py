"""A column of type `document`: its cells name evidence by id."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from guiju.assessment import assess
from guiju.dossier import open_dossier, read
from guiju.reporting import write
from guiju.verdicts import Assessment

from .making import pack

TEXT = """
facts papers (材料) "Papers" zh "材料"
  source (来源文献) "Source" zh "来源文献" : document
  survey (勘界文件) "Survey" zh "勘界文件" : document
table equations (方程) "Equations" zh "方程"
  key species
  species (树种) "Species" zh "树种" : text
  paper (出处) "Paper" zh "出处" : document
"""
RULE = """rule R "r"
  for each e in equations
  must {must}
  else CAR "{{e.paper}} of {{e.species}}."
"""
HEAD = "guiju: 1\nid: D-1\ntitle: D\npack: test\nedition: '1'\nsubmitted: 2026-05-12\n"
DIGEST = sha256(b"paper").hexdigest()


def checked(folder: Path, must: str, cells: list[str], evidence: str) -> Assessment:
    rows = "".join(f"S{number},{cell}\n" for number, cell in enumerate(cells, 1))
    (folder / "e.csv").write_text("树种,出处\n" + rows, encoding="utf-8")
    (folder / "a.txt").write_bytes(b"paper")
    yaml = HEAD + f"tables: {{ equations: {{ file: e.csv }} }}\nevidence:\n{evidence}"
    (folder / "dossier.yaml").write_text(yaml, encoding="utf-8")
    plan = pack(TEXT + RULE.format(must=must))
    return assess(read(open_dossier(folder), plan), plan)


def verdicts(assessment: Assessment) -> dict[str | None, str]:
    return {f.subject: f.verdict for f in assessment.requirements[0].findings}


EVIDENCE = f"""  - {{ id: E-1, kind: source, file: a.txt, issued: 2021-06-30, sha256: {DIGEST} }}
  - {{ id: E-2, kind: 勘界文件, issued: 2022-01-01 }}
  - {{ id: E-3, kind: source, file: a.txt, sha256: {"0" * 64} }}
"""


def test_a_cell_is_the_evidence_with_its_id(tmp_path: Path) -> None:
    found = checked(tmp_path, "e.paper.issued < 2021-12-31", ["E-1", "E-2", ""], EVIDENCE)
    assert verdicts(found) == {"S2": "nonconforming", "S3": "undetermined"}
    assert [p.code for p in found.problems] == ["wrong-hash"]
    failing, missing = found.requirements[0].findings
    assert failing.message["en"] == "E-2 of S2."
    (value, *_) = failing.values
    assert (value.name, value.value) == ("equations[S2].paper", "E-2")
    assert value.origin is not None
    assert (value.origin.file, value.origin.at) == ("e.csv", "3:2")
    assert [m.name for m in missing.missing] == ["equations[S3].paper"]
    files = checked(tmp_path, 'e.paper.file = "a.txt"', ["E-1", "E-2"], EVIDENCE)
    # Evidence without a file has no such part.
    assert verdicts(files) == {"S2": "undetermined"}


def test_its_kind_is_one_of_those_the_pack_asks_for(tmp_path: Path) -> None:
    found = checked(tmp_path, "e.paper.kind is source", ["E-1", "E-2"], EVIDENCE)
    assert verdicts(found) == {"S2": "nonconforming"}
    aliased = checked(tmp_path, "e.paper.种类 为 来源文献", ["E-1", "E-2"], EVIDENCE)
    assert verdicts(aliased) == {"S2": "nonconforming"}
    assert "种类" in found.requirements[0].words["zh"]


def test_what_is_not_listed_or_not_there_is_missing_and_reported(tmp_path: Path) -> None:
    found = checked(tmp_path, "e.paper is known", ["E-1", "E-9", "E-3"], EVIDENCE)
    assert verdicts(found) == {"S2": "nonconforming", "S3": "nonconforming"}
    told = {p.code: p for p in found.problems}
    assert set(told) == {"wrong-hash", "evidence-not-listed", "evidence-not-there"}
    unlisted = told["evidence-not-listed"]
    assert unlisted.severity == "error"
    assert "`E-9`" in unlisted.message["zh"]
    assert unlisted.origin is not None
    assert (unlisted.origin.file, unlisted.origin.at) == ("e.csv", "3:2")
    assert told["evidence-not-there"].origin is not None
    assert told["evidence-not-there"].origin.at == "4:2"


def test_a_cell_may_name_several_all_of_which_must_be_there(tmp_path: Path) -> None:
    known = "e.paper is known"
    assert verdicts(checked(tmp_path, known, ["E-1；E-2", "E-1、E-9"], EVIDENCE)) == {
        "S2": "nonconforming"
    }
    # Which of two dates is meant is not ours to guess.
    dated = checked(tmp_path, "e.paper.issued < 2030-01-01", ["E-1;E-2"], EVIDENCE)
    assert verdicts(dated) == {"S1": "undetermined"}


def test_many_ids_that_are_not_listed_are_counted(tmp_path: Path) -> None:
    found = checked(tmp_path, "e.paper is known", ["E-9"] * 80, EVIDENCE)
    codes = [p.code for p in found.problems]
    assert codes.count("evidence-not-listed") == 50
    assert codes.count("more-alike") == 1


def test_evidence_looked_at_through_a_cell_is_not_told_as_unchecked(tmp_path: Path) -> None:
    found = checked(tmp_path, "e.paper.kind is source", ["E-1", "E-1"], EVIDENCE)
    assert [one.subject for one in found.not_checked] == ["survey"]
    failing = checked(tmp_path, "e.paper.kind is survey", ["E-1"], EVIDENCE)
    for format_name in ("text", "html", "markdown", "json"):
        assert "E-1 of S1." in write([failing], format_name, "en")
