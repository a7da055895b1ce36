"""A whole pack: its files' items declared, checked and put in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar
from unicodedata import normalize

from guiju.checking import problems
from guiju.checking.amendments import Amendments
from guiju.checking.directions import Directions
from guiju.checking.kinds import BROKEN, type_words, unit_hint
from guiju.checking.lookups import Lookups, ReadFile
from guiju.checking.manifest import ClaimEntry, Manifest
from guiju.checking.rules import Rules
from guiju.checking.symbols import (
    FormulaHead,
    LookupHead,
    Symbols,
    builtin_group,
    find_field,
    suggest_among,
    with_facts_of,
)
from guiju.checking.vocabulary import Vocabulary
from guiju.diagnostics import Diagnostics
from guiju.messages import bilingual
from guiju.plan import nodes as plan
from guiju.plan.across import marked
from guiju.plan.types import NumberType, Type
from guiju.plan.walk import inside
from guiju.source import Span
from guiju.syntax import nodes as syntax

_WORD = r"[^\W\d]\w*"


def check(
    manifest: Manifest,
    files: Sequence[syntax.File],
    used: dict[str, plan.PackPlan],
    read_file: ReadFile,
    digest: str,
    diagnostics: Diagnostics,
) -> plan.PackPlan:
    """The plan of a pack. With errors in `diagnostics` the plan is incomplete and must not
    be used; `used` are the plans of the packs it uses, by prefix."""
    symbols = Symbols()
    _note_mistakes(symbols, files, diagnostics)
    symbols.add_group(builtin_group())
    for prefix, pack in used.items():
        symbols.add_used_pack(prefix, pack)
    _clashes(manifest, used, diagnostics)
    vocabulary = Vocabulary(symbols, manifest.language, diagnostics)
    lookups = Lookups(vocabulary, read_file)
    grades = {grade.name: grade for grade in manifest.grades}
    for pack in used.values():
        grades |= {grade.name: grade for grade in pack.grades if grade.name not in grades}
    rules = Rules(vocabulary, manifest.id, grades, manifest.languages)
    items = [item for file in files for item in file.items]

    # Vocabulary first, then the heads of lookups and formulas, so that the order of items
    # and files never matters.
    groups = {
        g.name: g for i in items if isinstance(i, syntax.Facts) and (g := vocabulary.facts(i))
    }
    tables = {
        t.name: t for i in items if isinstance(i, syntax.Table) and (t := vocabulary.table(i))
    }
    heads: list[tuple[syntax.Lookup, LookupHead]] = []
    for item in items:
        if isinstance(item, syntax.Lookup) and (head := lookups.head(item)):
            heads.append((item, head))
    formulas_written = [i for i in items if isinstance(i, syntax.Formula)]
    declared = [node for node in formulas_written if _declare_formula(vocabulary, node)]

    own_lookups = {head.name: lookups.body(node, head) for node, head in heads}
    own_formulas = {f.name: f for node in declared if (f := rules.formula(node))}
    all_formulas = {n: f for pack in used.values() for n, f in pack.formulas.items()}
    all_formulas |= own_formulas
    spans = {node.name.text: node.name.span for node in declared}
    ordered = _ordered(all_formulas, spans, diagnostics)
    directions: Directions | None = None
    for node in declared:
        formula = own_formulas.get(node.name.text)
        if formula is not None and formula.conservative:
            directions = directions or Directions(ordered, rules.range_of)
            directions.prove(formula, node.name.span, rules.spans, diagnostics)

    by_id = _used_rules(used)
    seen: dict[str, Span] = {}
    for item in items:
        if isinstance(item, (syntax.Rule, syntax.Judge, syntax.Amend)):
            if item.id in seen or (item.id in by_id and not isinstance(item, syntax.Amend)):
                diagnostics.add(problems.NameTaken(item.span, item.id, seen.get(item.id)))
                continue
            seen[item.id] = Span(item.span.source, item.span.start, item.title.span.end)
            if not isinstance(item, syntax.Amend):
                by_id[item.id] = rules.rule(item)
    amendments = Amendments(rules)
    for item in items:
        if isinstance(item, syntax.Amend):
            amendments.amend(item, by_id)
    rules.report_untranslated()

    ordered, every_rule = marked(ordered, by_id.values())
    claims = _claims(manifest, symbols, by_id, diagnostics)
    _unused(vocabulary, files, diagnostics)
    merged = list(used.values())
    return plan.PackPlan(
        manifest.id,
        manifest.edition,
        manifest.title,
        manifest.authority,
        manifest.language,
        manifest.in_force,
        manifest.until,
        digest,
        _once(manifest.sources, (s for pack in merged for s in pack.sources)),
        tuple(grades.values()),
        manifest.default_unknown,
        _once(manifest.not_encoded, (n for pack in merged for n in pack.not_encoded)),
        {"dossier": symbols.groups["dossier"]} | _groups(merged) | groups,
        {n: t for pack in merged for n, t in pack.tables.items()} | tables,
        {n: field for n, (_, field) in symbols.documents.items() if n == field.name},
        {n: look for pack in merged for n, look in pack.lookups.items()} | own_lookups,
        ordered,
        every_rule,
        _once(claims, (claim for pack in merged for claim in pack.claims)),
        manifest.materiality,
    )


def _declare_formula(vocabulary: Vocabulary, node: syntax.Formula) -> bool:
    """Makes a formula's name, type and table known."""
    if not vocabulary.declare(node.name.text, node.name.span):
        return False
    table: str | None = None
    if node.for_each is not None:
        match node.for_each.rows:
            # `parcels`, or `prefix.parcels` of a used pack.
            case syntax.Ref(name=rows) | syntax.Field(name=rows):
                found = vocabulary.symbols.tables.get(rows.text)
                table = found.name if found is not None else None
                for name in (node.name, node.alias):
                    if found is not None and name is not None:
                        _not_a_column(vocabulary, found, name)
    # What a value belongs to can be unknown; the formula itself reports that.
    known = node.for_each is None or table is not None
    type_ = vocabulary.type(node.type)
    head = FormulaHead(node.name.text, type_ if known else BROKEN, table)
    vocabulary.symbols.formulas[head.name] = head
    vocabulary.spans["formula", head.name] = node.name.span
    if node.alias is not None and vocabulary.declare(node.alias.text, node.alias.span):
        vocabulary.symbols.formulas[node.alias.text] = head
    return True


def _not_a_column(vocabulary: Vocabulary, table: plan.TablePlan, name: syntax.Name) -> None:
    """A formula per row must not be named like a column: `parcel.area` would be either."""
    if find_field(table.fields, name.text) is not None:
        earlier = next(
            (
                span
                for (kind, *rest), span in vocabulary.spans.items()
                if kind == "column" and rest == [table.name, name.text]
            ),
            None,
        )
        vocabulary.diagnostics.add(problems.NameTaken(name.span, name.text, earlier))


def _note_mistakes(
    symbols: Symbols, files: Sequence[syntax.File], diagnostics: Diagnostics
) -> None:
    """Remembers what could not be read, so that no mistake is reported twice."""
    own = {id(file.source): file for file in files}
    for mistake in diagnostics.errors:
        span = mistake.span
        if id(span.source) in own:
            text = normalize("NFKC", _unread_text(span, own[id(span.source)]))
            symbols.lost.update(re.findall(_WORD, text))
            symbols.mistakes.append(span)
        elif not span.source.name.endswith("pack.toml"):
            symbols.lenient = True


def _unread_text(mistake: Span, file: syntax.File) -> str:
    """The line of a mistake; around one in no item, all up to the items before and after:
    the item it is in was left out as a whole."""
    before, after = 0, len(file.source.text)
    for item in file.items:
        if item.span.start <= mistake.start <= item.span.end:
            return file.source.line(mistake.line)
        if item.span.end < mistake.start:
            before = max(before, item.span.end)
        else:
            after = min(after, item.span.start)
    return file.source.text[before:after]


def _clashes(manifest: Manifest, used: dict[str, plan.PackPlan], diagnostics: Diagnostics) -> None:
    """Reports what two used packs declare differently: neither could be meant. A rule may
    come by two ways when one of them only adds amendments to the other."""
    things: dict[str, tuple[str, object]] = {}
    rules: dict[str, tuple[str, plan.RulePlan]] = {}

    def clash(name: str, *packs: str) -> None:
        if manifest.uses_span is not None:
            reason = bilingual("diagnostics.toml-uses-clash", packs=", ".join(packs), name=name)
            diagnostics.add(problems.ManifestProblem(manifest.uses_span, reason))

    for prefix, pack in used.items():
        # Packs that use the same pack may each add facts to a group of it.
        facts = {f"{g.name}.{f.name}": f for g in pack.groups.values() for f in g.fields.values()}
        heads = {g.name: (g.alias, g.label) for g in pack.groups.values()}
        parts: tuple[Mapping[str, object], ...] = (
            facts,
            heads,
            pack.tables,
            pack.formulas,
            pack.lookups,
        )
        for part in parts:
            for name, thing in part.items():
                other, same = things.setdefault(name, (prefix, thing))
                if same != thing:
                    clash(name, other, prefix)
        for rule in pack.rules:
            other, first = rules.setdefault(rule.id, (prefix, rule))
            common = min(len(rule.amendments), len(first.amendments))
            if rule.pack != first.pack or rule.amendments[:common] != first.amendments[:common]:
                clash(rule.id, other, prefix)


def _used_rules(used: dict[str, plan.PackPlan]) -> dict[str, plan.RulePlan]:
    """The rules of the used packs; of a rule that comes by two ways, the most amended."""
    found: dict[str, plan.RulePlan] = {}
    for pack in used.values():
        for rule in pack.rules:
            if rule.id not in found or len(rule.amendments) > len(found[rule.id].amendments):
                found[rule.id] = rule
    return found


def _groups(used: Iterable[plan.PackPlan]) -> dict[str, plan.GroupPlan]:
    """The groups of the used packs; of one that comes by two ways, the facts of both."""
    found: dict[str, plan.GroupPlan] = {}
    for pack in used:
        for name, group in pack.groups.items():
            found[name] = with_facts_of(found[name], group) if name in found else group
    return found


_T = TypeVar("_T")


def _once(own: Iterable[_T], used: Iterable[_T]) -> tuple[_T, ...]:
    """Each thing once, in order: a pack can be used by two ways."""
    found: list[_T] = []
    for thing in (*own, *used):
        if thing not in found:
            found.append(thing)
    return tuple(found)


def _ordered(
    formulas: dict[str, plan.FormulaPlan], spans: dict[str, Span], diagnostics: Diagnostics
) -> dict[str, plan.FormulaPlan]:
    """Formulas in dependency order; a ring of them is reported once."""
    needs = {
        name: [
            ref.formula
            for part in (formula.body, formula.where, *(let.value for let in formula.lets))
            if part is not None
            for ref in inside(part)
            if isinstance(ref, plan.FormulaRef)
        ]
        for name, formula in formulas.items()
    }
    ordered: dict[str, plan.FormulaPlan] = {}
    reported: set[str] = set()
    for root in formulas:
        path: list[str] = []
        todo: list[tuple[str, int]] = [(root, 0)]
        while todo:
            name, step = todo.pop()
            if name in ordered or name not in formulas:
                continue
            if step == 0:
                if name in path:
                    ring = path[path.index(name) :]
                    if not reported & set(ring):
                        reported |= set(ring)
                        span = next((spans[n] for n in ring if n in spans), None)
                        if span is not None:
                            shown = " → ".join([*ring, name])
                            diagnostics.add(problems.Cycle(span, shown))
                    continue
                path.append(name)
            if step < len(needs[name]):
                todo += [(name, step + 1), (needs[name][step], 0)]
            else:
                ordered[name] = formulas[name]
                path.remove(name)
    return ordered


def _claims(
    manifest: Manifest,
    symbols: Symbols,
    rules: dict[str, plan.RulePlan],
    diagnostics: Diagnostics,
) -> list[plan.ClaimPlan]:
    """The claims of pack.toml with their names resolved."""
    claims: list[plan.ClaimPlan] = []
    for claim in manifest.claims:
        group_name, _, field_name = claim.claimed.partition(".")
        group = symbols.groups.get(group_name)
        fact = group.fields.get(field_name) if group is not None else None
        if fact is None and group is not None:
            fact = next((f for f in group.fields.values() if f.alias == field_name), None)
        head = symbols.formulas.get(claim.formula)
        for known, name, among in (
            (group is not None and fact is not None, claim.claimed, set(symbols.groups)),
            (head is not None, claim.formula, set(symbols.formulas)),
            (not claim.rule or claim.rule in rules, claim.rule, set(rules)),
        ):
            if not known and name and not symbols.lenient and name not in symbols.lost:
                hint = suggest_among(name, among)
                diagnostics.add(problems.UnknownName(claim.span, name, hint))
        if group is not None and fact is not None and head is not None:
            symbols.used.add(("fact", group.name, fact.name))
            symbols.used.add(("formula", head.name))
            if head.table is not None:
                found = bilingual("diagnostics.type-row", table=head.table)
                expected = bilingual("diagnostics.type-any-number")
                diagnostics.add(problems.TypeMismatch(claim.span, found, expected))
            elif head.type.kind != "broken" and fact.type.kind != "broken":
                _comparable_claim(claim, fact.type, head.type, diagnostics)
            name = f"{group.name}.{fact.name}"
            claims.append(plan.ClaimPlan(name, head.name, claim.rule, claim.label or None))
    return claims


def _comparable_claim(
    claim: ClaimEntry, fact: Type, formula: Type, diagnostics: Diagnostics
) -> None:
    """Reports a claim and a formula that are not one kind of quantity."""
    for type_ in (fact, formula):
        if not isinstance(type_, NumberType):
            expected = bilingual("diagnostics.type-any-number")
            diagnostics.add(problems.TypeMismatch(claim.span, type_words(type_), expected))
            return
    assert isinstance(fact, NumberType)
    assert isinstance(formula, NumberType)
    left, right = fact.unit, formula.unit
    if not left.same_dimension(right):
        hint = unit_hint(left, right)
        diagnostics.add(
            problems.UnitMismatch(claim.span, left.symbol or "1", right.symbol or "1", hint)
        )


def _unused(vocabulary: Vocabulary, files: Sequence[syntax.File], diagnostics: Diagnostics) -> None:
    """Reports declarations nothing refers to.

    Next to a mistake a name may be used in what was not understood; then it is enough that
    it stands anywhere else in the pack.
    """
    symbols = vocabulary.symbols
    written: dict[str, int] = {}
    if diagnostics.errors:
        for file in files:
            for word in re.findall(_WORD, normalize("NFKC", file.source.text)):
                written[word] = written.get(word, 0) + 1
    for name, span in vocabulary.spans.items():
        if name in symbols.used:
            continue
        words = {name[-1]}
        if name[0] in ("fact", "column"):
            owner = symbols.groups.get(name[1]) or symbols.tables.get(name[1])
            field = owner.fields.get(name[2]) if owner is not None else None
            if field is not None and field.alias:
                words.add(field.alias)
        if all(written.get(word, 0) <= 1 for word in words):
            diagnostics.add(problems.UnusedName(span, name[-1]))
