"""A whole pack: its files' items declared, checked and put in order."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.checking import problems
from guiju.checking.lookups import Lookups, ReadFile
from guiju.checking.manifest import Manifest
from guiju.checking.proofs import prove_direction
from guiju.checking.rules import CheckedAmendment, Rules
from guiju.checking.symbols import FormulaHead, LookupHead, Symbols, builtin_group, suggest_among
from guiju.checking.vocabulary import Vocabulary
from guiju.diagnostics import Diagnostics
from guiju.messages import bilingual
from guiju.plan import nodes as plan
from guiju.plan.walk import inside
from guiju.source import Span
from guiju.syntax import nodes as syntax


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
    symbols.add_group(builtin_group())
    for prefix, pack in used.items():
        symbols.add_used_pack(prefix, pack)
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
    for node in declared:
        formula = own_formulas.get(node.name.text)
        if formula is not None and formula.conservative:
            prove_direction(formula.body, own_formulas, rules.range_of, node.name.span, diagnostics)

    by_id = {rule.id: rule for pack in used.values() for rule in pack.rules}
    seen: dict[str, Span] = {}
    for item in items:
        if isinstance(item, (syntax.Rule, syntax.Judge, syntax.Amend)):
            if item.id in seen or (item.id in by_id and not isinstance(item, syntax.Amend)):
                diagnostics.add(problems.NameTaken(item.span, item.id, seen.get(item.id)))
                continue
            seen[item.id] = Span(item.span.source, item.span.start, item.title.span.end)
            if not isinstance(item, syntax.Amend):
                by_id[item.id] = rules.rule(item)
    woven: list[CheckedAmendment] = []
    for item in items:
        if isinstance(item, syntax.Amend):
            rules.amend(item, by_id, woven)

    claims = _claims(manifest, symbols, by_id, diagnostics)
    _unused(vocabulary, diagnostics)
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
        (*manifest.sources, *(s for pack in merged for s in pack.sources)),
        tuple(grades.values()),
        manifest.default_unknown,
        (*manifest.not_encoded, *(n for pack in merged for n in pack.not_encoded)),
        {"dossier": symbols.groups["dossier"]}
        | {n: g for pack in merged for n, g in pack.groups.items()}
        | groups,
        {n: t for pack in merged for n, t in pack.tables.items()} | tables,
        {n: field for n, (_, field) in symbols.documents.items() if n == field.name},
        {n: look for pack in merged for n, look in pack.lookups.items()} | own_lookups,
        ordered,
        tuple(by_id.values()),
        (*claims, *(claim for pack in merged for claim in pack.claims)),
        manifest.materiality,
    )


def _declare_formula(vocabulary: Vocabulary, node: syntax.Formula) -> bool:
    """Makes a formula's name, type and table known."""
    if not vocabulary.declare(node.name.text, node.name.span):
        return False
    table: str | None = None
    if node.for_each is not None and isinstance(node.for_each.rows, syntax.Ref):
        found = vocabulary.symbols.tables.get(node.for_each.rows.name.text)
        table = found.name if found is not None else None
    head = FormulaHead(node.name.text, vocabulary.type(node.type), table)
    vocabulary.symbols.formulas[head.name] = head
    vocabulary.spans["formula", head.name] = node.name.span
    if node.alias is not None and vocabulary.declare(node.alias.text, node.alias.span):
        vocabulary.symbols.formulas[node.alias.text] = head
    return True


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
) -> list[tuple[str, str, str]]:
    """The claims of pack.toml with their names resolved."""
    claims: list[tuple[str, str, str]] = []
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
            if not known:
                hint = suggest_among(name, among)
                diagnostics.add(problems.UnknownName(claim.span, name, hint))
        if group is not None and fact is not None and head is not None:
            symbols.used.add(("fact", group.name, fact.name))
            symbols.used.add(("formula", head.name))
            if head.table is not None:
                found = bilingual("diagnostics.type-row", table=head.table)
                expected = bilingual("diagnostics.type-any-number")
                diagnostics.add(problems.TypeMismatch(claim.span, found, expected))
            claims.append((f"{group.name}.{fact.name}", head.name, claim.rule))
    return claims


def _unused(vocabulary: Vocabulary, diagnostics: Diagnostics) -> None:
    used = vocabulary.symbols.used
    for name, span in vocabulary.spans.items():
        if name not in used:
            diagnostics.add(problems.UnusedName(span, name[-1]))
