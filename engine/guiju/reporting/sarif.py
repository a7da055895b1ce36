"""SARIF 2.1.0, for code hosts and viewers of findings.

A run for each rule pack, with every requirement declared as a rule, so that "checked and
nothing found" is told from "not checked". A finding is a result of the kind `fail`; a
requirement without one still has a result that says how it stands. Reading problems are
notifications of the tool.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from guiju.messages import LANGUAGES, Lang
from guiju.reporting.contents import waiver_of
from guiju.reporting.wording import Wording, is_line, visible
from guiju.verdicts import (
    ELSEWHERE,
    Assessment,
    Finding,
    Missing,
    Origin,
    Requirement,
    Text,
    Verdict,
)

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_LEVELS: dict[Verdict, str] = {
    "nonconforming": "error",
    "undetermined": "warning",
    "deferred": "note",
    "broken": "error",
}
_KINDS: dict[Verdict, str] = {
    "conforms": "pass",
    "not applicable": "notApplicable",
    "awaiting judgement": "review",
    "deferred": "open",
    "undetermined": "open",
    "broken": "open",
    "waived": "informational",
    "nonconforming": "fail",
}

Json = dict[str, Any]


def write(assessments: Sequence[Assessment], lang: Lang) -> str:
    """All the assessments as one log, a run for each edition of a rule pack."""
    wording = Wording(lang)
    groups: dict[tuple[str, str, str], list[Assessment]] = {}
    for assessment in assessments:
        pack = assessment.pack
        groups.setdefault((pack.id, pack.edition, pack.digest), []).append(assessment)
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [_run(group, wording) for group in groups.values()],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _run(assessments: Sequence[Assessment], wording: Wording) -> Json:
    first = assessments[0]
    pack = first.pack
    rules: dict[str, int] = {}
    declared: list[Json] = []
    for assessment in assessments:
        for requirement in assessment.requirements:
            if requirement.id not in rules:
                rules[requirement.id] = len(declared)
                declared.append(_rule(requirement, wording))
    results = [
        result
        for assessment in assessments
        for requirement in assessment.requirements
        for result in _results(requirement, assessment, rules[requirement.id], wording)
    ]
    artifacts = [
        {
            "location": {"uri": _uri(assessment, file.name)},
            "length": file.bytes,
            "hashes": {"sha-256": visible(file.sha256)},
            **({"encoding": visible(file.encoding)} if file.encoding else {}),
        }
        for assessment in assessments
        for file in assessment.dossier.files
    ]
    subject = visible(first.dossier.id) if len(assessments) == 1 else "collection"
    return {
        "tool": {
            "driver": {
                "name": "guiju",
                "version": visible(first.engine),
                "language": "zh-CN" if wording.lang == "zh" else "en",
                "rules": declared,
                "properties": {
                    "pack": visible(pack.id),
                    "edition": visible(pack.edition),
                    "packDigest": visible(pack.digest),
                },
            }
        },
        "automationDetails": {
            "id": f"guiju/{visible(pack.id)}/{visible(pack.edition)}/{subject}",
            "description": {"text": wording.text(pack.title) or visible(pack.id)},
        },
        "invocations": [_invocation(assessment, wording) for assessment in assessments],
        "artifacts": artifacts,
        "columnKind": "unicodeCodePoints",
        "results": results,
    }


def _rule(requirement: Requirement, wording: Wording) -> Json:
    words = wording.text(requirement.words)
    help_lines = [
        words,
        _labelled("clause", requirement.clause, wording),
        _labelled("quotation", requirement.quoting, wording),
        _labelled("basis", wording.say(f"basis.{requirement.basis}"), wording),
    ]
    text = "\n".join(line for line in help_lines if line)
    title = wording.text(requirement.title) or visible(requirement.id)
    return {
        "id": visible(requirement.id),
        "shortDescription": {"text": title},
        "fullDescription": {"text": words or title},
        "help": {"text": text},
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "kind": requirement.kind,
            "basis": requirement.basis,
            "clause": visible(requirement.clause or ""),
            "place": visible(requirement.place),
            "title": _both(requirement.title),
            "tags": [visible(requirement.pack), requirement.kind],
        },
    }


def _labelled(key: str, content: str | None, wording: Wording) -> str:
    if not content:
        return ""
    return wording.say("label", label=wording.say(key), content=visible(content))


def _both(text: Text) -> dict[str, str]:
    return {lang: visible(text[lang]) for lang in LANGUAGES if lang in text}


def _results(
    requirement: Requirement, assessment: Assessment, index: int, wording: Wording
) -> list[Json]:
    if requirement.findings:
        return [
            _finding(finding, requirement, assessment, index, wording)
            for finding in requirement.findings
        ]
    kind = _KINDS[requirement.verdict]
    reason = wording.text(requirement.reason) or wording.text(requirement.question)
    said = wording.verdict(requirement.verdict)
    result: Json = {
        "ruleId": visible(requirement.id),
        "ruleIndex": index,
        "kind": kind,
        "level": "error" if kind == "fail" else "none",
        "message": {"text": wording.say("label", label=said, content=reason) if reason else said},
        "locations": _locations(None, None, assessment),
        "properties": _properties(requirement, assessment),
    }
    if requirement.missing:
        result["relatedLocations"] = _lacking(requirement.missing, assessment, wording)
    if requirement.verdict == "waived":
        result["suppressions"] = [_suppression(requirement, assessment, None)]
    return [result]


def _finding(
    finding: Finding,
    requirement: Requirement,
    assessment: Assessment,
    index: int,
    wording: Wording,
) -> Json:
    message = wording.text(finding.message) or wording.verdict(finding.verdict)
    origin = finding.origin or next((v.origin for v in finding.values if v.origin), None)
    result: Json = {
        "ruleId": visible(requirement.id),
        "ruleIndex": index,
        "kind": "fail",
        "level": _LEVELS.get(finding.verdict, "error"),
        "message": {"text": message},
        "locations": _locations(origin, finding.subject, assessment),
        "partialFingerprints": {
            "guijuFinding/v1": visible(finding.fingerprint),
            "guijuDossier/v1": visible(assessment.dossier.id),
        },
        "properties": {
            **_properties(requirement, assessment),
            "grade": visible(finding.grade),
            "subject": visible(finding.subject) if finding.subject is not None else None,
            "message": _both(finding.message),
            "values": [
                {
                    "name": visible(value.name),
                    "value": visible(value.value) if value.value is not None else None,
                    "unit": visible(value.unit) if value.unit is not None else None,
                    "at": wording.place(value.origin),
                }
                for value in finding.values
            ],
        },
    }
    related = _lacking(finding.missing, assessment, wording)
    for value in finding.values:
        if value.origin and value.origin != origin:
            said = f"{wording.label(value)} = {wording.figure(value)}"
            related.append(_related(value.origin, said, len(related), assessment))
    if related:
        result["relatedLocations"] = related
    if finding.baseline:
        result["baselineState"] = finding.baseline
    if requirement.verdict == "waived" or waiver_of(assessment, requirement, finding):
        result["suppressions"] = [_suppression(requirement, assessment, finding)]
    if finding.remedy:
        result["properties"]["remedy"] = _both(finding.remedy)
    return result


def _properties(requirement: Requirement, assessment: Assessment) -> Json:
    return {
        "verdict": requirement.verdict,
        "dossier": visible(assessment.dossier.id),
        "dossierDigest": visible(assessment.dossier.digest),
    }


def _suppression(requirement: Requirement, assessment: Assessment, finding: Finding | None) -> Json:
    waiver = requirement.waiver
    if finding is not None:
        waiver = waiver_of(assessment, requirement, finding) or waiver
    suppression: Json = {"kind": "external", "status": "accepted"}
    if waiver:
        suppression["justification"] = visible(waiver.why)
        suppression["properties"] = {
            "who": visible(waiver.who),
            "from": visible(waiver.start),
            "until": visible(waiver.until),
        }
    return suppression


def _lacking(missing: Sequence[Missing], assessment: Assessment, wording: Wording) -> list[Json]:
    related: list[Json] = []
    for each in missing:
        label = wording.text(each.label) or visible(each.name)
        said = wording.say("derivation.lacks", names=label)
        related.append(_related(each.origin, said, len(related), assessment, each.name))
    return related


def _related(
    origin: Origin | None,
    text: str,
    number: int,
    assessment: Assessment,
    name: str | None = None,
) -> Json:
    location = _locations(origin, name, assessment)[0]
    return {"id": number, **location, "message": {"text": text}}


def _locations(origin: Origin | None, subject: str | None, assessment: Assessment) -> list[Json]:
    """The place in the files, where one is known, with its cell or pointer and its row."""
    file = origin.file if origin else _main_file(assessment)
    physical: Json = {"artifactLocation": {"uri": _uri(assessment, file)}}
    logical: list[Json] = []
    if origin and origin.at:
        if origin.sheet is None and is_line(origin.at):
            line, _, column = origin.at.partition(":")
            physical["region"] = {
                "startLine": max(1, int(line)),
                "startColumn": max(1, int(column)),
            }
        else:
            sheet = f"{visible(origin.sheet)}!" if origin.sheet is not None else ""
            kinds = {"/": "value", "#": "feature"}
            kind = kinds.get(origin.at[0], "cell")
            name = visible(origin.at)
            logical.append({"name": name, "fullyQualifiedName": sheet + name, "kind": kind})
    if subject is not None:
        logical.append({"name": visible(subject), "kind": "row"})
    location: Json = {"physicalLocation": physical}
    if logical:
        location["logicalLocations"] = logical
    return [location]


def _main_file(assessment: Assessment) -> str:
    """The file that stands for the dossier where a result is about the whole of it."""
    names = [file.name for file in assessment.dossier.files]
    if "dossier.yaml" in names or not names:
        return "dossier.yaml"
    return names[0]


def _uri(assessment: Assessment, file: str) -> str:
    """The path of a file of a dossier as a URI, relative where the dossier's path is. A file of
    another dossier has that dossier's id for a path."""
    if file.startswith(ELSEWHERE):
        return ELSEWHERE + quote(visible(file.removeprefix(ELSEWHERE)), safe="/-._~")
    folder = assessment.dossier.path.replace("\\", "/").rstrip("/")
    name = file.replace("\\", "/").lstrip("/")
    if folder == name or folder.endswith("/" + name):
        path = folder
    else:
        path = f"{folder}/{name}" if folder not in ("", ".") else name
    while path.startswith("./"):
        path = path[2:]
    encoded = quote(visible(path), safe="/-._~")
    if path.startswith("/"):
        return "file://" + encoded
    if path[1:3] == ":/" and path[:1].isalpha():
        return "file:///" + path[:2] + quote(visible(path[2:]), safe="/-._~")
    return encoded or "dossier.yaml"


def _invocation(assessment: Assessment, wording: Wording) -> Json:
    notifications: list[Json] = []
    for problem in assessment.problems:
        mend = wording.text(problem.mend)
        notification: Json = {
            "descriptor": {"id": visible(problem.code) or "problem"},
            "level": problem.severity,
            "message": {"text": f"{wording.text(problem.message)}\n{mend}".strip() or "-"},
        }
        if problem.origin:
            notification["locations"] = _locations(problem.origin, None, assessment)
        notifications.append(notification)
    for requirement in assessment.requirements:
        if requirement.verdict == "broken":
            reason = wording.text(requirement.reason) or wording.verdict("broken")
            notifications.append(
                {
                    "associatedRule": {"id": visible(requirement.id)},
                    "level": "error",
                    "message": {"text": reason},
                }
            )
        if requirement.untold:
            notifications.append(
                {
                    "associatedRule": {"id": visible(requirement.id)},
                    "level": "warning",
                    "message": {"text": wording.untold(requirement, assessment)},
                }
            )
    return {
        "executionSuccessful": not any(each["level"] == "error" for each in notifications),
        "toolExecutionNotifications": notifications,
        "properties": {
            "dossier": visible(assessment.dossier.id),
            "dossierDigest": visible(assessment.dossier.digest),
            "opinion": assessment.opinion,
            "asOf": visible(assessment.as_of),
        },
    }
