"""Other rule engines over the dossiers of W1, their text made from our plan.

Every peer gets the forty rules in its own language, in the fastest form we know of, and its
input made ready outside the clock: numbers of the kind it wants, missing facts left out where
it wants them left out. A peer answers true, false, or that it does not know, as `None`.

Where a peer has no unknown, each rule has a guard: it is null where one of its facts is. This
loses what strong Kleene logic still knows, such as `false and unknown`; how often is in the
share of answers that agree with the reference evaluator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from guiju.plan import nodes
from guiju.plan.nodes import Expr, PackPlan
from guiju.plan.walk import inside

Facts = dict[str, Any]
Answers = list[list[bool | None]]
Answer = Callable[[Sequence[Any]], Answers]


class Peer(NamedTuple):
    """`ready` makes the input of a dossier; `answer` answers for all of them. `most` dossiers
    are timed at most, of one that takes long."""

    name: str
    ready: Callable[[Facts], Any]
    answer: Answer
    most: int


# --- languages -------------------------------------------------------------------------


class Language(NamedTuple):
    """How an infix language writes what the forty rules are made of."""

    both: str
    either: str
    opposite: str
    equal: str
    unequal: str
    absolute: str
    among: str = "({} in [{}])"
    quote: str = '"'
    floats: bool = False
    """Whether every number is written with a point, for a language that has whole numbers and
    others and does not compare them."""


ZEN = Language(" and ", " or ", "not ({})", "==", "!=", "abs({})")
CEL = Language(" && ", " || ", "!({})", "==", "!=", "({0} < 0.0 ? -({0}) : {0})", floats=True)
SQL = Language(" AND ", " OR ", "(NOT {})", "=", "<>", "abs({})", among="({} IN ({}))", quote="'")
SQL = Language(" AND ", " OR ", "(NOT {})", "=", "<>", "abs({})", among="({} IN ({}))", quote="'")
RULE_ENGINE = Language(" and ", " or ", "(not {})", "==", "!=", "$abs({})")


def spell(node: Expr, language: Language) -> str:
    """An expression of the plan in an infix language."""

    def inner(part: Expr) -> str:
        return spell(part, language)

    match node:
        case nodes.FactRef(field=field):
            return field
        case nodes.Constant(value=Decimal() as number):
            return repr(float(number)) if language.floats else str(number)
        case nodes.Constant(value=str() as text):
            assert text.isascii() and text.replace("-", "").replace("_", "").isalnum(), text
            return f"{language.quote}{text}{language.quote}"
        case nodes.Arithmetic(operator, left, right) if operator in "+-*/":
            return f"({inner(left)} {operator} {inner(right)})"
        case nodes.Compare(operator, left, right, left_scale=1, right_scale=1):
            sign = {"=": language.equal, "!=": language.unequal}.get(operator, operator)
            return f"({inner(left)} {sign} {inner(right)})"
        case nodes.Between(low, high):
            return f"({language.both.join((inner(low), inner(high)))})"
        case nodes.And(operands):
            return f"({language.both.join(map(inner, operands))})"
        case nodes.Or(operands):
            return f"({language.either.join(map(inner, operands))})"
        case nodes.Not(operand):
            return language.opposite.format(inner(operand))
        case nodes.Membership(value, nodes.ListOf(items), negated=False):
            return language.among.format(inner(value), ", ".join(map(inner, items)))
        case nodes.Call("abs", (argument,)):
            return language.absolute.format(inner(argument))
    raise TypeError(f"no peer was given a {type(node).__name__} yet")


def json_logic(node: Expr) -> Any:
    """An expression of the plan as JsonLogic."""
    match node:
        case nodes.FactRef(field=field):
            return {"var": field}
        case nodes.Constant(value=Decimal() as number):
            return float(number)
        case nodes.Constant(value=str() as text):
            return text
        case nodes.Compare(operator, left, right, left_scale=1, right_scale=1):
            sign = "==" if operator == "=" else operator
            return {sign: [json_logic(left), json_logic(right)]}
        case nodes.Arithmetic(operator, left, right) if operator in "+-*/":
            return {operator: [json_logic(left), json_logic(right)]}
        case nodes.Between(low, high):
            return {"and": [json_logic(low), json_logic(high)]}
        case nodes.And(operands):
            return {"and": [*map(json_logic, operands)]}
        case nodes.Or(operands):
            return {"or": [*map(json_logic, operands)]}
        case nodes.Not(operand):
            return {"!": [json_logic(operand)]}
        case nodes.Membership(value, nodes.ListOf(items), negated=False):
            return {"in": [json_logic(value), [*map(json_logic, items)]]}
        case nodes.Call("abs", (argument,)):
            number = json_logic(argument)
            return {"max": [number, {"-": [0, number]}]}
    raise TypeError(f"no peer was given a {type(node).__name__} yet")


def requirements(plan: PackPlan) -> list[Expr]:
    """What each rule asks for. The rules of W1 have nothing else."""
    for rule in plan.rules:
        assert rule.must is not None and not (rule.when or rule.unless or rule.lets or rule.table)
    return [rule.must for rule in plan.rules if rule.must is not None]


def facts_of(node: Expr) -> list[str]:
    """The facts an expression speaks of, each once, in reading order."""
    return list(dict.fromkeys(p.field for p in inside(node) if isinstance(p, nodes.FactRef)))


def zen_expression(plan: PackPlan) -> str:
    """The whole pack as one list expression of zen, its fastest form: twenty-five times as
    fast as forty expressions."""

    def guarded(must: Expr) -> str:
        missing = " or ".join(f"{name} == null" for name in facts_of(must))
        return f"({missing}) ? null : {spell(must, ZEN)}"

    return f"[{', '.join(map(guarded, requirements(plan)))}]"


# --- peers -----------------------------------------------------------------------------


def peers(plan: PackPlan) -> Iterator[Peer]:
    """The peers that are installed, the fastest first."""
    for make in (_zen, _cel_rust, _cel_cpp, _zen_one_by_one, _rule_engine, _json_logic):
        try:
            yield make(plan)
        except ImportError as missing:
            print(f"left out: {make.__name__.strip('_')} ({missing})")


def _zen(plan: PackPlan) -> Peer:
    import zen

    whole = zen.compile_expression(zen_expression(plan))
    return Peer(
        "zen-engine, the pack as one list expression",
        _present,
        lambda dossiers: [whole.evaluate(facts) for facts in dossiers],
        20_000,
    )


def _zen_one_by_one(plan: PackPlan) -> Peer:
    import zen

    each = [zen.compile_expression(spell(must, ZEN)) for must in requirements(plan)]
    answer = _rule_by_rule(each, lambda rule, facts: _truth(rule.evaluate(facts)))
    return Peer("zen-engine, forty expressions", _as_it_is, answer, 500)


def _cel_rust(plan: PackPlan) -> Peer:
    import cel

    each = [cel.compile(spell(must, CEL)) for must in requirements(plan)]

    def answer(dossiers: Sequence[Facts]) -> Answers:
        found: Answers = []
        for facts in dossiers:
            context = cel.Context(variables=facts)
            row: list[bool | None] = []
            for rule in each:
                try:
                    row.append(rule.execute(context))
                except Exception:  # a fact that is missing, and nothing else decides it
                    row.append(None)
            found.append(row)
        return found

    return Peer("cel-rust (common-expression-language)", floats, answer, 4_000)


def _cel_cpp(plan: PackPlan) -> Peer:
    from cel_expr_python import cel

    kinds = {
        "number": cel.Type.DOUBLE,
        "text": cel.Type.STRING,
        "yes/no": cel.Type.BOOL,
    }
    variables = {
        name: kinds[field.type.kind]
        for group in plan.groups.values()
        for name, field in group.fields.items()
        if field.type.kind in kinds
    }
    environment = cel.NewEnv(variables=variables)
    each = [environment.compile(spell(must, CEL)) for must in requirements(plan)]
    inner = _rule_by_rule(each, lambda rule, facts: _truth(rule.eval(facts).plain_value()))

    def answer(dossiers: Sequence[Facts]) -> Answers:
        return inner([environment.Activation(facts) for facts in dossiers])

    return Peer("cel-expr-python (cel-cpp)", floats, answer, 4_000)


def _rule_engine(plan: PackPlan) -> Peer:
    import rule_engine

    context = rule_engine.Context(default_value=None)
    each = [
        rule_engine.Rule(spell(must, RULE_ENGINE), context=context) for must in requirements(plan)
    ]
    answer = _rule_by_rule(each, lambda rule, facts: _truth(rule.evaluate(facts)))
    return Peer("rule-engine", _as_it_is, answer, 500)


def _json_logic(plan: PackPlan) -> Peer:
    import json_logic as qubit

    each = [json_logic(must) for must in requirements(plan)]
    answer = _rule_by_rule(each, lambda rule, facts: _truth(qubit.jsonLogic(rule, facts)))
    return Peer("json-logic-qubit", _as_it_is, answer, 500)


def _rule_by_rule(rules: Sequence[Any], evaluate: Callable[[Any, Any], bool | None]) -> Answer:
    """Answers by asking every rule of every dossier; what fails is not known."""

    def ask(rule: Any, facts: Any) -> bool | None:
        try:
            return evaluate(rule, facts)
        except Exception:
            return None

    return lambda dossiers: [[ask(rule, facts) for rule in rules] for facts in dossiers]


def _truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _as_it_is(facts: Facts) -> Facts:
    return facts


def _present(facts: Facts) -> Facts:
    """Only the facts that are there: to zen the others are null all the same, and it is faster."""
    return {name: value for name, value in facts.items() if value is not None}


def floats(facts: Facts) -> Facts:
    """Only the facts that are there, all numbers as floats."""
    return {
        name: float(value) if type(value) in (int, float) else value
        for name, value in facts.items()
        if value is not None
    }
