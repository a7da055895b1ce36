"""The page of a rule: its clause, its meaning in words, the formulas it uses, and, with a
dossier, how its verdict came about."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from guiju.cli.loading import load
from guiju.cli.options import Values
from guiju.cli.usage import WrongUsage, listed
from guiju.messages import Lang, message
from guiju.reporting.columns import folded
from guiju.reporting.wording import Wording, visible
from guiju.verdicts import Derivation, Finding, Requirement

if TYPE_CHECKING:
    from guiju.plan.nodes import Clause, FormulaPlan, PackPlan, RulePlan

COLUMNS = 80


def explain_rule(pack: str, rule_id: str, values: Values, lang: Lang) -> None:
    """Print the page of a rule of a pack, or of the formula or amendment of that name.

    Raises Unusable for a pack that cannot be used, and WrongUsage for a rule it lacks.
    """
    from guiju.cli.formula_page import explain_formula, formula_named

    plan = load(pack, lang)
    formula = formula_named(plan, rule_id)
    if formula is not None:
        explain_formula(formula, plan, values, lang)
        return
    from guiju.cli.amendment_page import amendment_named, explain_amendment

    changes = amendment_named(plan, rule_id)
    if changes:
        explain_amendment(changes, plan, lang)
        return
    rule = _rule(plan, rule_id, lang)
    wording = Wording(lang)
    for line in _page(rule, plan, wording):
        print(line)
    if values["dossier"] is not None:
        from guiju.assessment import assess
        from guiju.cli.check import a_date, the_dossier

        dossier = the_dossier(plan, values, lang)
        assessment = assess(dossier, plan, as_of=a_date(values["as_of"]), select=(rule.id,))
        requirement = next(r for r in assessment.requirements if r.id == rule.id)
        print()
        for line in _verdict(requirement, wording):
            print(line)
        used = {formula.name for formula in _formulas(rule, plan)}
        for value in assessment.values:
            if value.name in used and value.derivation is not None:
                for line in derivation_tree(
                    value.derivation, wording, "  ", "  ", f"{value.name}: "
                ):
                    print(line)
                print()


def _rule(plan: PackPlan, rule_id: str, lang: Lang) -> RulePlan:
    for rule in plan.rules:
        if rule.id == rule_id:
            return rule
    ids = [rule.id for rule in plan.rules]
    ids += dict.fromkeys(name for rule in plan.rules for name in rule.amended_by)
    names = get_close_matches(rule_id, plan.formulas, n=2)
    near = names + get_close_matches(rule_id.upper(), ids, cutoff=0.4) or ids
    raise WrongUsage("no-such-rule", pack=plan.id, rule=rule_id, near=listed(near, lang))


def _page(rule: RulePlan, plan: PackPlan, wording: Wording) -> Iterator[str]:
    from guiju.plan.words import formula_words, rule_words

    lang = wording.lang
    title = wording.text(rule.title)
    yield from _folded(f"{rule.id}  {title}" if title else rule.id, 0)
    yield from _folded(f"{plan.id} {plan.edition}  {wording.text(plan.title)}", 2)
    yield ""
    yield from _clause(rule.cite, wording)
    yield from _entry("rule.basis", wording.say(f"basis.{rule.basis}"), lang)
    if rule.amended_by:
        yield from _entry("rule.amended", listed(rule.amended_by, lang), lang)
    yield from _entry("rule.place", rule.place, lang)
    yield ""
    yield message("command.rule.words", lang)
    for paragraph in rule_words(rule, lang, plan).splitlines():
        yield from _folded(paragraph, 2)
    formulas = _formulas(rule, plan)
    if formulas:
        yield ""
        yield message("command.rule.formulas", lang)
    for formula in formulas:
        cited = f" ({visible(formula.cite.text)})" if formula.cite else ""
        yield from _folded(f"{formula.name}{cited}  {formula.place}", 2)
        for paragraph in formula_words(formula, lang, plan).splitlines():
            yield from _folded(paragraph, 4)


def _clause(cite: Clause | None, wording: Wording) -> Iterator[str]:
    if cite is None:
        return
    yield from _entry("rule.clause", visible(cite.text), wording.lang)
    if cite.quoting:
        yield from _entry("rule.quoting", visible(cite.quoting), wording.lang)


def _formulas(rule: RulePlan, plan: PackPlan) -> list[FormulaPlan]:
    """The formulas a rule uses, directly or through another, in the order of the pack."""
    from guiju.plan.nodes import FormulaRef
    from guiju.plan.walk import KINDS, children

    used: set[str] = set()

    def visit(node: object) -> None:
        if isinstance(node, FormulaRef) and node.formula not in used:
            used.add(node.formula)
            visit(plan.formulas[node.formula])
        if node.__class__ in KINDS:
            for child in children(node):  # type: ignore[arg-type]
                visit(child)
        elif isinstance(node, tuple):
            for part in node:
                visit(part)
        elif isinstance(node, dict):
            for part in node.values():
                visit(part)

    visit(rule)
    return [formula for name, formula in plan.formulas.items() if name in used]


def _verdict(requirement: Requirement, wording: Wording) -> Iterator[str]:
    lang = wording.lang
    yield from _entry("rule.verdict", wording.verdict(requirement.verdict), lang)
    counts = wording.counts(requirement.counts)
    if counts:
        yield from _folded(counts, 2)
    if requirement.reason:
        yield from _folded(wording.text(requirement.reason), 2)
    trees: list[tuple[Finding | None, Derivation]] = [
        (finding, finding.derivation) for finding in requirement.findings if finding.derivation
    ]
    if requirement.derivation and not trees:
        trees.append((None, requirement.derivation))
    for finding in requirement.findings:
        if finding.derivation is None:
            yield from _folded(wording.text(finding.message), 2)
    if trees:
        yield ""
        yield message("command.rule.derivation", lang)
    for one, derivation in trees:
        if one is not None:
            subject = f"{visible(one.subject)}  " if one.subject is not None else ""
            yield from _folded(subject + wording.text(one.message), 2)
        yield from derivation_tree(derivation, wording, "  ", "  ")
        yield ""


def derivation_tree(
    derivation: Derivation, wording: Wording, first: str, rest: str, name: str = ""
) -> Iterator[str]:
    """An expression with its value and origin, and its parts below it as branches."""
    lines = folded(name + _step(derivation, wording), COLUMNS - len(rest) - 3)
    yield first + lines[0]
    stem = "│ " if derivation.parts else "  "
    for line in lines[1:]:
        yield rest + stem + line
    for number, part in enumerate(derivation.parts):
        last = number == len(derivation.parts) - 1
        yield from derivation_tree(
            part, wording, rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  ")
        )


def _step(derivation: Derivation, wording: Wording) -> str:
    value = (
        message("command.unknown", wording.lang)
        if derivation.value is None
        else wording.figure(derivation)
    )
    parts = [f"{wording.text(derivation.words)} = {value}"]
    if derivation.rows is not None:
        parts.append(message("command.rows", wording.lang, count=derivation.rows))
    parts.append(wording.place(derivation.origin))
    parts.append(wording.raw(derivation.origin, derivation.value))
    if not derivation.parts:
        names = "、" if wording.lang == "zh" else ", "
        lacking = names.join(visible(missing.name) for missing in derivation.missing)
        if lacking:
            parts.append(wording.say("derivation.lacks", names=lacking))
    return "  ".join(part for part in parts if part)


def _entry(key: str, text: str, lang: Lang) -> Iterator[str]:
    colon = "：" if lang == "zh" else ": "
    yield from _folded(f"{message(f'command.{key}', lang)}{colon}{text}", 2)


def _folded(text: str, indent: int) -> Iterator[str]:
    for line in folded(text, COLUMNS - indent):
        yield " " * indent + line
