"""Evidence, and the judgements a dossier brings."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from making import codes, dossier, told


def test_evidence_is_matched_to_what_the_pack_asks_for(tmp_path: Path) -> None:
    digest = sha256(b"survey").hexdigest()
    yaml = (
        "evidence:\n"
        f"  - {{ id: E-1, kind: 勘界报告, file: a.txt, issued: 2024年3月1日, sha256: {digest} }}\n"
        "  - { id: E-2, kind: Boundary survey, file: a.txt }\n"
        "  - { id: E-3, kind: minutes }\n"
    )
    found = dossier(tmp_path, yaml, {"a.txt": "survey"})
    assert codes(found) == []
    first, second = found.documents["boundary_survey"]
    assert (first.id, first.issued, first.status, first.sha256) == (
        "E-1", "2024-03-01", "held", digest,
    )  # fmt: skip
    assert second.sha256 == digest
    assert found.documents["minutes"][0].status == "listed"
    assert [f.name for f in found.files] == ["a.txt", "dossier.yaml"]


def test_a_missing_file_suggests_the_one_meant(tmp_path: Path) -> None:
    yaml = "evidence: [{ id: E, kind: minutes, file: 证据/纪要.PDF }]\n"
    found = dossier(tmp_path, yaml, {"附件/纪要.pdf": "x"})
    problem = told(found, "file-missing")
    assert problem.severity == "error"
    assert "`附件/纪要.pdf`" in problem.mend["zh"]
    assert problem.origin.at == "6:42"
    assert found.documents["minutes"][0].status == "missing"


def test_a_wrong_hash_gives_both_and_marks_the_document(tmp_path: Path) -> None:
    yaml = f"evidence: [{{ id: E, kind: minutes, file: a.txt, sha256: {'0' * 64} }}]\n"
    found = dossier(tmp_path, yaml, {"a.txt": "survey"})
    problem = told(found, "wrong-hash")
    assert problem.severity == "error"
    assert "0" * 64 in problem.message["en"]
    assert sha256(b"survey").hexdigest() in problem.message["en"]
    assert found.documents["minutes"][0].status == "altered"


def test_hashes_are_compared_without_case_and_must_be_hashes(tmp_path: Path) -> None:
    digest = sha256(b"survey").hexdigest().upper()
    yaml = f"evidence: [{{ id: E, kind: minutes, file: a.txt, sha256: {digest} }}]\n"
    assert codes(dossier(tmp_path, yaml, {"a.txt": "survey"})) == []
    wrong = "evidence: [{ id: E, kind: minutes, file: a.txt, sha256: abc }]\n"
    assert codes(dossier(tmp_path, wrong)) == ["bad-sha256"]


def test_unknown_kinds_are_warned_of_and_kept(tmp_path: Path) -> None:
    found = dossier(tmp_path, "evidence: [{ id: E, kind: 勘界图 }]\n")
    problem = told(found, "unknown-evidence")
    assert problem.severity == "warning"
    assert "`勘界报告`" in problem.mend["zh"]
    assert found.documents["勘界图"][0].id == "E"


def test_evidence_that_is_incomplete(tmp_path: Path) -> None:
    yaml = (
        "evidence:\n  - { kind: minutes, hash: x }\n"
        "  - { id: E, kind: minutes, issued: 2023-02-30 }\n"
        "  - { id: E, kind: minutes, file: empty.pdf }\n  - text\n"
    )
    found = dossier(tmp_path, yaml, {"empty.pdf": b""})
    assert codes(found) == [
        "unknown-key", "key-absent", "impossible-date", "empty-evidence", "evidence-twice",
        "not-a-mapping",
    ]  # fmt: skip
    assert codes(dossier(tmp_path, "evidence: { E: x }\n"))[0] == "not-a-list"


JUDGED = "{ answer: 是, by: 审核员甲, on: 2026/6/1, because: 有会议纪要 }"


def test_a_judgement_is_kept_with_who_when_and_why(tmp_path: Path) -> None:
    found = dossier(tmp_path, f"judgements: {{ AFF-STAKE: {JUDGED} }}\n")
    assert codes(found) == []
    given = found.judgements["AFF-STAKE", None]
    assert (given.answer, given.by, given.on, given.because) == (
        "yes", "审核员甲", "2026-06-01", "有会议纪要",
    )  # fmt: skip
    assert given.origin is not None
    assert given.origin.at == "6:26"


def test_yes_stays_an_answer_in_yaml(tmp_path: Path) -> None:
    for text, answer in (
        ("yes", "yes"),
        ("No", "no"),
        ("unclear", "unclear"),
        ("不明确", "unclear"),
    ):
        rest = "by: a, on: 2026-06-01, because: b"
        yaml = f"judgements: {{ AFF-STAKE: {{ answer: {text}, {rest} }} }}\n"
        assert dossier(tmp_path, yaml).judgements["AFF-STAKE", None].answer == answer


def test_a_judgement_that_is_incomplete_is_none(tmp_path: Path) -> None:
    found = dossier(tmp_path, "judgements: { AFF-STAKE: { answer: maybe, on: 2023-02-30 } }\n")
    assert codes(found) == ["key-absent", "key-absent", "unknown-answer", "impossible-date"]
    assert found.judgements == {}


def test_judgements_over_rows(tmp_path: Path) -> None:
    yaml = (
        "tables: { parcels: [{ id: P-1 }, { id: P-2 }] }\n"
        "judgements:\n"
        "  AFF-PARCEL:\n"
        "    by: 审核员甲\n    on: 2026-06-01\n"
        "    rows:\n"
        "      P-1: { answer: yes, because: 现场查看 }\n"
        "      P-3: { answer: no, by: 审核员乙, because: 缺界桩 }\n"
    )
    found = dossier(tmp_path, yaml)
    assert codes(found, "missing-column") == ["unknown-row"]
    assert (
        "`P-1`" in told(found, "unknown-row").mend["en"]
        or "P-2" in (told(found, "unknown-row").mend["en"])
    )
    assert found.judgements["AFF-PARCEL", "P-1"].by == "审核员甲"
    assert found.judgements["AFF-PARCEL", "P-3"].by == "审核员乙"


def test_judgements_that_fit_no_rule(tmp_path: Path) -> None:
    yaml = (
        f"judgements: {{ AFF-STEAK: {JUDGED}, AFF-AREA: {JUDGED}, AFF-PARCEL: {JUDGED}, "
        f"AFF-STAKE: {{ rows: {{ P: {JUDGED} }} }} }}\n"
    )
    found = dossier(tmp_path, yaml)
    assert codes(found) == [
        "unknown-rule", "not-a-judgement", "judgement-needs-rows", "judgement-without-rows",
    ]  # fmt: skip
    assert "`AFF-STAKE`" in found.problems[0].mend["en"]
    assert {p.severity for p in found.problems} == {"warning"}
