"""Packs made in a few lines, and the packs of the corpus."""

from __future__ import annotations

from pathlib import Path

from guiju.compiler.build import build
from guiju.compiler.files import PackFiles, folder_files
from guiju.diagnostics import Diagnostic, Diagnostics
from guiju.plan.nodes import PackPlan, RulePlan

CORPUS = Path(__file__).parent.parent / "corpus" / "checking"
VOCABULARY = "0-vocabulary.gj"


def shared() -> dict[str, bytes]:
    """What every pack of the corpus has: a manifest and a vocabulary."""
    return {name: (CORPUS / name).read_bytes() for name in ("pack.toml", VOCABULARY)}


def corpus_pack(folder: Path) -> tuple[PackPlan | None, list[Diagnostic]]:
    """A pack of the corpus, compiled with the shared vocabulary; what is unused in that is
    left out."""
    return compiled(PackFiles(shared() | folder_files(str(folder)).content, str(folder)))


def compiled(files: PackFiles) -> tuple[PackPlan | None, list[Diagnostic]]:
    diagnostics = Diagnostics()
    plan = build(files, diagnostics)
    return plan, [d for d in diagnostics if d.span.source.name != VOCABULARY]


def pack(rules: str, manifest: str | None = None, **files: str) -> PackFiles:
    """The files of a pack of one rule file beside the shared vocabulary."""
    content = shared() | {"rules.gj": rules.encode()}
    if manifest is not None:
        content["pack.toml"] = manifest.encode()
    return PackFiles(content | {name: text.encode() for name, text in files.items()}, None)


def rule(*lines: str, id: str = "A-1", otherwise: str = 'CAR "No." zh "否。"') -> str:
    """A rule of these lines, complete but for them."""
    body = "".join(f"\n  {line}" for line in ('cite "1"', *lines, f"else {otherwise}"))
    return f'rule {id} "T" zh "题"{body}\n'


def amendment(*lines: str, id: str = "A-2", of: str = "A-1") -> str:
    body = "".join(f"\n  {line}" for line in ('cite "2"', *lines))
    return f'amend {id} of {of} "T" zh "题"{body}\n'


def problems(rules: str, manifest: str | None = None, **files: str) -> list[tuple[str, str]]:
    """Each diagnostic as its code and the text it underlines."""
    return [(d.code, d.span.text) for d in compiled(pack(rules, manifest, **files))[1]]


def plan(rules: str, manifest: str | None = None, **files: str) -> PackPlan:
    """The plan of a pack without mistakes; warnings are let through."""
    made, found = compiled(pack(rules, manifest, **files))
    assert [d.message("en") for d in found if d.severity == "error"] == []
    assert made is not None
    return made


def rule_plan(rules: str, id: str = "A-1") -> RulePlan:
    return next(r for r in plan(rules).rules if r.id == id)


def must(condition: str) -> list[tuple[str, str]]:
    """What is wrong with one condition."""
    return problems(rule(f"must {condition}"))


def row_must(condition: str) -> list[tuple[str, str]]:
    """What is wrong with a condition on a row `p` of the parcels."""
    return problems(rule("for each p in parcels", f"must p.size > 0 ha and ({condition})"))
