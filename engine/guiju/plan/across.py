"""What a pack asks about other dossiers: `parcels across dossiers`.

A rule that does is answered only where dossiers are assessed together. The checker marks such
rules and formulas once, so that a check of one dossier need not look for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from guiju.plan import nodes
from guiju.plan.nodes import Expr, FormulaPlan, PackPlan, RulePlan, Template
from guiju.plan.walk import inside

_OF_OTHERS = (nodes.OtherRows, nodes.OtherCell)


def expressions_of(plan: RulePlan | FormulaPlan) -> Iterator[Expr]:
    """The expressions of a rule or formula, those of its texts included."""
    if plan.where is not None:
        yield plan.where
    for let in plan.lets:
        yield let.value
    if isinstance(plan, FormulaPlan):
        yield plan.body
        return
    yield from plan.when
    for amendment in plan.amendments:
        yield amendment.holds
    if plan.must is not None:
        yield plan.must
    texts: list[Mapping[str, Template] | None] = [plan.remedy, plan.ask]
    for unless in plan.unless:
        yield unless.condition
        texts.append(unless.because)
    for finding in (plan.otherwise, plan.unknown, plan.defer):
        texts.append(None if finding is None else finding.message)
    for text in texts:
        yield from (text or {}).values()


def marked(
    formulas: Mapping[str, FormulaPlan], rules: Iterable[RulePlan]
) -> tuple[dict[str, FormulaPlan], tuple[RulePlan, ...]]:
    """Formulas in dependency order, and rules, with `across` as it is."""
    asking: set[str] = set()
    found: dict[str, FormulaPlan] = {}
    for name, formula in formulas.items():
        across = _asks(formula, asking)
        if across:
            asking.add(name)
        found[name] = formula if formula.across is across else formula._replace(across=across)
    return found, tuple(
        rule if rule.across is (across := _asks(rule, asking)) else rule._replace(across=across)
        for rule in rules
    )


def _asks(plan: RulePlan | FormulaPlan, asking: set[str]) -> bool:
    return any(
        isinstance(part, _OF_OTHERS)
        or (isinstance(part, nodes.FormulaRef) and part.formula in asking)
        for expression in expressions_of(plan)
        for part in inside(expression)
    )


def nodes_reached(pack: PackPlan, rules: Iterable[RulePlan]) -> list[Expr]:
    """All expressions of rules, and of the formulas they use."""
    found: list[Expr] = []
    todo: list[RulePlan | FormulaPlan] = list(rules)
    seen: set[str] = set()
    while todo:
        for expression in expressions_of(todo.pop()):
            for part in inside(expression):
                found.append(part)
                if isinstance(part, nodes.FormulaRef) and part.formula not in seen:
                    seen.add(part.formula)
                    todo.append(pack.formulas[part.formula])
    return found


def asked_across(pack: PackPlan) -> dict[str, tuple[str, ...]]:
    """The tables a pack asks about in other dossiers, each with the columns it asks for, in the
    order they are declared in. Empty for a pack that asks nothing of the kind."""
    asked: dict[str, set[str]] = {}
    plans: list[RulePlan | FormulaPlan] = [*pack.formulas.values(), *pack.rules]
    for plan in plans:
        if not plan.across:
            continue
        for expression in expressions_of(plan):
            for part in inside(expression):
                if isinstance(part, nodes.OtherRows):
                    asked.setdefault(part.table, set())
                elif isinstance(part, nodes.OtherCell) and part.field:
                    asked.setdefault(part.table, set()).add(part.field)
    return {
        name: tuple(field for field in table.fields if field in asked[name])
        for name, table in pack.tables.items()
        if name in asked
    }
