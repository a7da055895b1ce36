"""The passes in their order: read, parse, check."""

from __future__ import annotations

import os
from collections.abc import Mapping

from guiju.checking.clauses import read_clause_lists
from guiju.checking.expressions import Checker
from guiju.checking.manifest import read_manifest
from guiju.checking.pack import check
from guiju.checking.problems import ManifestProblem
from guiju.checking.symbols import Scope, Symbols
from guiju.compiler.files import PackFiles, folder_files, used_folder
from guiju.diagnostics import Diagnostic, Diagnostics
from guiju.messages import bilingual
from guiju.plan.nodes import Expr, FieldPlan, GroupPlan, PackPlan, ReplacedFile
from guiju.plan.types import Type
from guiju.source import Source, Span
from guiju.syntax import File, decode_source, parse, parse_expression


class PackHasErrors(Exception):
    """A pack that cannot be used; `diagnostics` say why."""

    def __init__(self, name: str, diagnostics: list[Diagnostic]) -> None:
        super().__init__(name)
        self.name = name
        self.diagnostics = diagnostics


def build(files: PackFiles, diagnostics: Diagnostics) -> PackPlan | None:
    """Compiles a pack's files. None when not even the manifest could be read."""
    return _Build().pack(files, diagnostics, ())


class _Build:
    """One compilation, in which each pack is compiled once however many packs use it."""

    def __init__(self) -> None:
        self._done: dict[str, tuple[PackPlan | None, list[Diagnostic]]] = {}

    def pack(
        self, files: PackFiles, diagnostics: Diagnostics, users: tuple[str, ...]
    ) -> PackPlan | None:
        """The plan of a pack that `users` use, the outermost first."""
        source = decode_source(files.content.get("pack.toml", b""), "pack.toml", diagnostics)
        manifest = read_manifest(source, diagnostics) if source else None
        trees: list[File] = []
        for name in sorted(n for n in files.content if n.endswith(".gj")):
            text = decode_source(files.content[name], name, diagnostics)
            if text is not None:
                trees.append(parse(text, diagnostics))
        if manifest is None or source is None:
            return None
        read_clause_lists(manifest, files.content, diagnostics)
        used: dict[str, PackPlan] = {}
        for prefix, pack_id in manifest.uses.items():
            pack = self._used(files, pack_id, source, diagnostics, (*users, manifest.id))
            if pack is not None:
                used[prefix] = pack
        plan = check(manifest, trees, used, files.read, files.digest, diagnostics)
        return _with_swaps(plan, used, files)

    def _used(
        self,
        files: PackFiles,
        pack_id: str,
        source: Source,
        diagnostics: Diagnostics,
        users: tuple[str, ...],
    ) -> PackPlan | None:
        at = max(source.text.find(f'"{pack_id}"') + 1, 0)
        span = Span(source, at, at + len(pack_id))
        if pack_id in users:
            ring = " → ".join((*users[users.index(pack_id) :], pack_id))
            reason = bilingual("diagnostics.toml-uses-ring", ring=ring)
            diagnostics.add(ManifestProblem(span, reason))
            return None
        folder = used_folder(files.folder, pack_id)
        if folder is None:
            reason = bilingual("diagnostics.toml-uses-missing", pack=pack_id)
            diagnostics.add(ManifestProblem(span, reason))
            return None
        if folder not in self._done:
            inner = Diagnostics()
            plan = self.pack(folder_files(folder, files.swaps), inner, users)
            self._done[folder] = (plan, inner.errors)
        plan, errors = self._done[folder]
        if errors:
            reason = bilingual("diagnostics.toml-uses-broken", pack=pack_id)
            diagnostics.add(ManifestProblem(span, reason))
        for problem in errors:
            diagnostics.add(problem)
        return plan


def _with_swaps(plan: PackPlan, used: Mapping[str, PackPlan], files: PackFiles) -> PackPlan:
    """A plan with what it says of parameter files in place of the pack's own. One that does
    not say how well its figures are founded is unverified: the basis of the pack's own file
    is not that of another."""
    replaced = {one.file: one for pack in used.values() for one in pack.replaced}
    lookups = dict(plan.lookups)
    for lookup in plan.lookups.values():
        path = os.path.normpath((lookup.source or "").replace("\\", "/")).replace(os.sep, "/")
        if path not in files.replaced or any(lookup.name in one.lookups for one in used.values()):
            continue
        stated = any(row.basis is not None for row in lookup.rows)
        basis = lookup.basis if stated else "unverified"
        lookups[lookup.name] = lookup._replace(basis=basis)
        name = f"{plan.id}/{path.rpartition('/')[2]}"
        names = (*replaced[name].lookups, lookup.name) if name in replaced else (lookup.name,)
        replaced[name] = ReplacedFile(
            name, lookup.digest or "", files.replaced[path], names, basis or "unverified"
        )
    if not replaced:
        return plan
    return plan._replace(lookups=lookups, replaced=tuple(replaced.values()))


def check_pack(folder: str) -> Diagnostics:
    """Every diagnostic of the pack in a folder."""
    diagnostics = Diagnostics()
    build(folder_files(folder), diagnostics)
    return diagnostics


def compile_folder(folder: str) -> PackPlan:
    """The plan of the pack in a folder. Raises PackHasErrors."""
    return compile_files(folder_files(folder))


def compile_texts(texts: Mapping[str, str], manifest: str | None = None) -> PackPlan:
    """The plan of a pack given as texts by file name. Raises PackHasErrors."""
    content = {name: text.encode() for name, text in texts.items()}
    content.setdefault("pack.toml", (manifest or _SMALL_MANIFEST).encode())
    return compile_files(PackFiles(content, None))


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


def compile_files(files: PackFiles) -> PackPlan:
    """The plan of a pack's files. Raises PackHasErrors."""
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
