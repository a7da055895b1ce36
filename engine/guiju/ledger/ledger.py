"""The ledger of a pack, from its files."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import guiju
from guiju.checking.clauses import ClauseLine, clause_key, read_clause_lists
from guiju.checking.manifest import Manifest, read_manifest
from guiju.compiler import load_pack
from guiju.compiler.files import folder_files, used_folder
from guiju.diagnostics import Diagnostics
from guiju.ledger.deciding import verdicts_wanted
from guiju.ledger.matching import CitedSource, Named, named_by, near
from guiju.ledger.record import (
    COVERAGES,
    FORMAT,
    ClauseEntry,
    Coverage,
    Item,
    Ledger,
    PackLedger,
    Quotation,
    Reference,
    SourceLedger,
    StrayCite,
    What,
)
from guiju.packs import find_pack
from guiju.plan.nodes import Clause, PackPlan
from guiju.plan.types import Label
from guiju.record import Record
from guiju.source import Source

_MOST_TEXT = 16 * 1024 * 1024
_CITED_AS: dict[What, Coverage] = {
    "rule": "rule",
    "amendment": "rule",
    "judgement": "judgement",
    "formula": "formula",
    "lookup": "lookup",
}
_BY_STATUS: dict[str, Coverage] = {
    "fact": "fact",
    "not encoded": "not encoded",
    "registry": "registry",
    "other party": "other party",
}

Exercised = Mapping[str, Mapping[str, int]]
"""How many scenarios show each verdict, by the id of a rule."""


class _Pack(Record):
    """A pack with what it uses, compiled. `uses` are the ids of the packs it uses itself."""

    folder: str
    manifest: Manifest
    plan: PackPlan
    lists: dict[str, tuple[ClauseLine, ...]]
    uses: tuple[str, ...]


def make_ledger(name: str, exercised: Exercised | None = None) -> Ledger:
    """The ledger of a pack by id or folder, the packs it uses included.

    Raises PackNotFound, and PackHasErrors.
    """
    packs = list(_packs(find_pack(name), {}))
    by_id = {pack.manifest.id: pack for pack in packs}
    books: list[PackLedger] = []
    sources: dict[str, list[CitedSource]] = {}
    entries: dict[int, dict[str, ClauseEntry]] = {}
    opened: list[SourceLedger] = []
    for pack in packs:
        book, cited = _opened(pack, len(opened))
        books.append(book)
        sources[pack.manifest.id] = cited
        for source in book.sources:
            entries[len(opened)] = {clause_key(c.clause): c for c in source.clauses}
            opened.append(source)
    made = Ledger(FORMAT, guiju.__version__, books, {}, {}, [], [], [], [], [])
    for pack in packs:
        known = [s for one in _with_used(pack, by_id) for s in sources[one.manifest.id]]
        texts = {s.place: _text_of(by_id[s.pack], s.document.id) for s in known}
        for item in _items(pack, by_id, exercised):
            made.items.append(item)
            reference = Reference(item.what, item.id, item.pack, item.basis)
            if item.cite is None:
                made.uncited.append(reference)
                continue
            found = named_by(item.cite, known)
            for one in found:
                _book(one, item, reference, opened, entries, made)
            if item.quoting:
                made.quotations.append(_quotation(item, reference, found, texts))
    for source in opened:
        for entry in source.clauses:
            entry.coverage = _coverage(entry)
        source.counts = _counted(source.clauses)
    made.counts = _counted([entry for source in opened for entry in source.clauses])
    made.basis = _basis(made.items)
    return made


def _packs(folder: str, seen: dict[str, str]) -> Iterator[_Pack]:
    """A pack and those it uses, each once, the user before what it uses."""
    files = folder_files(folder)
    plan = load_pack(folder if os.path.isabs(folder) else os.path.abspath(folder))
    text = files.content["pack.toml"].decode("utf-8-sig")
    # The pack has been compiled, so that nothing is wrong with these.
    diagnostics = Diagnostics()
    manifest = read_manifest(Source("pack.toml", text), diagnostics)
    assert manifest is not None
    if manifest.id in seen:
        return
    seen[manifest.id] = folder
    lists = read_clause_lists(manifest, files.content, diagnostics)
    uses = tuple(dict.fromkeys(manifest.uses.values()))
    yield _Pack(folder, manifest, plan, lists, uses)
    for used in uses:
        place = used_folder(folder, used)
        if place is not None:
            yield from _packs(place, seen)


def _with_used(pack: _Pack, by_id: Mapping[str, _Pack]) -> list[_Pack]:
    """A pack and all it uses, near ones first."""
    found = [pack]
    for one in found:
        found += [by_id[name] for name in one.uses if name in by_id and by_id[name] not in found]
    return found


def _opened(pack: _Pack, first: int) -> tuple[PackLedger, list[CitedSource]]:
    """The book of a pack with nothing cited yet, and its sources to find clauses in."""
    manifest = pack.manifest
    book = PackLedger(manifest.id, manifest.edition, manifest.title)
    cited: list[CitedSource] = []
    for at, document in enumerate(manifest.sources):
        lines = pack.lists.get(document.id)
        source = SourceLedger(
            document.id, document.title, document.note or None, document.cites, lines is not None
        )
        source.clauses = [
            ClauseEntry(c.clause, c.kind, c.sense, c.status, c.reason, c.place, "open")
            for c in lines or ()
        ]
        book.sources.append(source)
        keys = None if lines is None else {clause_key(c.clause): c for c in lines}
        cited.append(CitedSource(manifest.id, document, keys, first + at))
    return book, cited


def _book(
    named: Named,
    item: Item,
    reference: Reference,
    opened: Sequence[SourceLedger],
    entries: Mapping[int, Mapping[str, ClauseEntry]],
    made: Ledger,
) -> None:
    """Enters one clause of a cite: beside the clause, or among those nothing is known of."""
    source = named.source
    if source is not None:
        opened[source.place].cited += 1
    if source is not None and named.clause is not None:
        entry = entries[source.place][clause_key(named.clause.clause)]
        if all((r.what, r.id) != (reference.what, reference.id) for r in entry.cited_by):
            entry.cited_by.append(Reference(item.what, item.id, item.pack, item.basis, named.exact))
        return
    name = source.document.id if source is not None else None
    stray = StrayCite(reference, named.written, name, item.place)
    if source is not None and source.clauses is None:
        made.uncompared.append(stray)
        return
    stray.near = near(named.text, source) if source is not None else []
    made.stray.append(stray)


def _items(pack: _Pack, by_id: Mapping[str, _Pack], exercised: Exercised | None) -> Iterator[Item]:
    """What a pack itself declares that can cite a clause, in the order of its plan."""
    plan, own = pack.plan, pack.manifest.id
    used = [one.plan for one in _with_used(pack, by_id)[1:]]

    def item(
        what: What, name: str, title: Label, cite: Clause | None, basis: str | None, place: str
    ) -> Item:
        text, quoting = (cite.text, cite.quoting) if cite is not None else (None, None)
        return Item(what, name, own, title, text, quoting, basis, place)

    for rule in plan.rules:
        if rule.pack == own:
            what: What = "judgement" if rule.ask is not None else "rule"
            made = item(what, rule.id, rule.title, rule.cite, rule.basis, rule.place)
            made.wanted = verdicts_wanted(rule)
            if exercised is not None:
                made.scenarios = dict(exercised.get(rule.id, {}))
            yield made
    seen: set[str] = set()
    for rule in plan.rules:
        for amendment in rule.amendments:
            if amendment.pack == own and amendment.id not in seen:
                seen.add(amendment.id)
                title, cite = amendment.title, amendment.cite
                yield item("amendment", amendment.id, title, cite, amendment.basis, amendment.place)
    for formula in plan.formulas.values():
        if not any(formula.name in one.formulas for one in used):
            label, cite = formula.label, formula.cite
            yield item("formula", formula.name, label, cite, formula.basis, formula.place)
    for lookup in plan.lookups.values():
        if not any(lookup.name in one.lookups for one in used):
            label, cite = lookup.label, lookup.cite
            yield item("lookup", lookup.name, label, cite, lookup.basis, lookup.place)


def _coverage(entry: ClauseEntry) -> Coverage:
    """How a clause is covered: best by what cites it, else by the status it is listed with."""
    cited = {_CITED_AS[reference.what] for reference in entry.cited_by}
    for coverage in COVERAGES:
        if coverage in cited:
            return coverage
    return _BY_STATUS.get(entry.status, "open")


def _counted(entries: Sequence[ClauseEntry]) -> dict[str, int]:
    counts = Counter(entry.coverage for entry in entries)
    return {coverage: counts[coverage] for coverage in COVERAGES if counts[coverage]}


def _basis(items: Sequence[Item]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for item in items:
        counts = found.setdefault(item.what, {})
        level = item.basis or "none"
        counts[level] = counts.get(level, 0) + 1
    return found


# --- quotations --------------------------------------------------------------------------


def _text_of(pack: _Pack, source: str) -> str | None:
    """The text of a source that the pack holds in `sources/<id>.txt`, None when it does not."""
    if os.path.basename(source) != source:
        return None
    path = os.path.join(pack.folder, "sources", f"{source}.txt")
    if not os.path.isfile(path) or os.path.getsize(path) > _MOST_TEXT:
        return None
    with open(path, encoding="utf-8", errors="replace") as stream:
        return clause_key(stream.read())


def _quotation(
    item: Item, reference: Reference, found: Sequence[Named], texts: Mapping[int, str | None]
) -> Quotation:
    """A quotation, looked for in the sources its cite names."""
    cited = [named.source for named in found if named.source is not None]
    held = [text for source in cited if (text := texts.get(source.place)) is not None]
    quoted = item.quoting or ""
    occurs = any(clause_key(quoted) in text for text in held) if held else None
    name = cited[0].document.id if cited else None
    return Quotation(reference, name, quoted, occurs, item.place)
