"""The passes in their order: read, parse, check."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.checking.expressions import Checker
from guiju.checking.manifest import read_manifest
from guiju.checking.pack import check
from guiju.checking.symbols import Scope, Symbols
from guiju.compiler.files import PackFiles, folder_files
from guiju.diagnostics import Diagnostic, Diagnostics
from guiju.packs import find_pack
from guiju.plan.nodes import Expr, FieldPlan, GroupPlan, PackPlan
from guiju.plan.types import Type
from guiju.source import Source
from guiju.syntax import File, decode_source, parse, parse_expression

_DEEPEST_USE = 8


class PackHasErrors(Exception):
    """A pack that cannot be used; `diagnostics` say why."""

    def __init__(self, name: str, diagnostics: list[Diagnostic]) -> None:
        super().__init__(name)
        self.name = name
        self.diagnostics = diagnostics


def build(files: PackFiles, diagnostics: Diagnostics, depth: int = 0) -> PackPlan | None:
    """Compiles a pack's files. None when not even the manifest could be read."""
    manifest_source = decode_source(files.content.get("pack.toml", b""), "pack.toml", diagnostics)
    manifest = read_manifest(manifest_source, diagnostics) if manifest_source else None
    trees: list[File] = []
    for name in sorted(n for n in files.content if n.endswith(".gj")):
        source = decode_source(files.content[name], name, diagnostics)
        if source is not None:
            trees.append(parse(source, diagnostics))
    if manifest is None:
        return None
    used: dict[str, PackPlan] = {}
    for prefix, pack_id in manifest.uses.items():
        used_files = _used_files(pack_id, files)
        if used_files is None or depth >= _DEEPEST_USE:
            from guiju.checking import problems
            from guiju.messages import bilingual
            from guiju.source import Span

            assert manifest_source is not None
            at = max(manifest_source.text.find(pack_id), 0)
            diagnostics.add(
                problems.ManifestProblem(
                    Span(manifest_source, at, at + len(pack_id)),
                    bilingual("diagnostics.toml-uses-missing", pack=pack_id),
                )
            )
            continue
        inner = Diagnostics()
        pack = build(used_files, inner, depth + 1)
        for problem in inner.errors:
            diagnostics.add(problem)
        if pack is not None:
            used[prefix] = pack
    return check(manifest, trees, used, files.read, files.digest, diagnostics)


def _used_files(pack_id: str, files: PackFiles) -> PackFiles | None:
    """The files of a used pack: a neighbour of this one, or an installed pack."""
    from guiju.packs import PackNotFound

    neighbour = files.neighbour(pack_id)
    if neighbour is not None:
        return neighbour
    try:
        return folder_files(find_pack(pack_id))
    except PackNotFound:
        return None


def check_pack(folder: str) -> Diagnostics:
    """Every diagnostic of the pack in a folder."""
    diagnostics = Diagnostics()
    build(folder_files(folder), diagnostics)
    return diagnostics


def compile_folder(folder: str) -> PackPlan:
    """The plan of the pack in a folder. Raises PackHasErrors."""
    return _finished(folder_files(folder))


def compile_texts(texts: Mapping[str, str], manifest: str | None = None) -> PackPlan:
    """The plan of a pack given as texts by file name. Raises PackHasErrors."""
    content = {name: text.encode() for name, text in texts.items()}
    content.setdefault("pack.toml", (manifest or _SMALL_MANIFEST).encode())
    return _finished(PackFiles(content, None))


_SMALL_MANIFEST = """
id = "inline"
edition = "1"
language = "en"
title = { en = "Inline pack", zh = "内联包" }
authority = { en = "none", zh = "无" }
default_unknown = "CL"
[findings]
CAR = { en = "Corrective action request", zh = "不符合", weight = 3 }
CL = { en = "Clarification request", zh = "澄清要求", weight = 2 }
FAR = { en = "Forward action request", zh = "进一步行动要求", weight = 1 }
"""


def _finished(files: PackFiles) -> PackPlan:
    diagnostics = Diagnostics()
    pack = build(files, diagnostics)
    if pack is None or diagnostics.errors:
        raise PackHasErrors(files.name, list(diagnostics))
    return pack


def compile_expression(
    text: str, inputs: Mapping[str, Type], diagnostics: Diagnostics
) -> Expr | None:
    """One expression over named inputs, which become the facts of a group `input`."""
    tree = parse_expression(Source("expression", text), diagnostics)
    if tree is None or diagnostics.errors:
        return None
    symbols = Symbols()
    fields = {n: FieldPlan(n, None, {"en": n}, t, True) for n, t in inputs.items()}
    symbols.add_group(GroupPlan("input", None, {"en": "Input", "zh": "输入"}, fields))
    return Checker(symbols, Scope(), diagnostics).expression(tree)


def expression_frame(expr: Expr) -> int:
    """How many slots an expression compiled alone needs."""
    from guiju.plan.walk import inside

    return max((getattr(part, "slot", -1) for part in inside(expr)), default=-1) + 1
