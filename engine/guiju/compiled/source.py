"""The source of the functions generated for the rules of a pack.

A rule whose facts are all there is asked in two-valued logic, in the function that goes over
objects. With one missing, it is undetermined, or asked in Kleene logic on the spot, or by a
function of its own (`s7`), as the rule allows.

`k7` asks one rule in Kleene logic: it gives whether the rule applies, whether it is met, and the
outcome of each of its atoms.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence

from guiju.compiled.bounds import Bounds
from guiju.compiled.conditions import atoms_of, cells_of, strict
from guiju.compiled.constants import Constants
from guiju.compiled.outlook import Turns, always_open, turns_of
from guiju.compiled.printer import Printer
from guiju.compiled.whole import is_exact
from guiju.hints import Any
from guiju.plan.nodes import FieldPlan
from guiju.record import Record
from guiju.sieve.nodes import (
    FALSE,
    TRUE,
    Both,
    Either,
    Given,
    Literal,
    Opposite,
)

APART = "-"
"""The outcome of a rule that does not apply."""

_WORDS = re.compile(r"[a-z]+[0-9]*|_")
_ATTRIBUTES = frozenset(("days", "year", "month", "day", "values", "get"))
_ATTRIBUTES |= {"startswith", "endswith"}


class Asked(Record):
    """A rule in the form it is asked in. `cells` are the facts it reads, `needed` those without
    which it has no two-valued answer. `open`, `turns`: see `outlook`."""

    applies: Any
    met: Any
    atoms: tuple[Any, ...]
    cells: tuple[str, ...]
    needed: tuple[str, ...]
    open: bool
    turns: dict[str, Turns]


def asked(applies: Any, met: Any, fields: dict[str, FieldPlan]) -> Asked:
    """A rule from its tidy conditions."""
    if applies == FALSE:
        met = FALSE
    atoms = (*atoms_of(applies), *atoms_of(met))
    cells: dict[str, None] = {}
    needed: dict[str, None] = {}
    for atom in atoms:
        for cell in cells_of(atom):
            cells[cell.name] = None
            if not isinstance(atom, Given):
                needed[cell.name] = None
    opened = all(map(strict, atoms)) and always_open((applies, met), fields)
    turns = turns_of((applies, met), fields)
    return Asked(applies, met, atoms, tuple(cells), tuple(needed), opened, turns)


# --- three-valued logic --------------------------------------------------------------------


def kleene(node: Any, said: Callable[[Any], str], new: Callable[[], str]) -> str:
    """A condition in strong Kleene logic; `said` says an atom, True, False or None."""
    match node:
        case Both(operands=operands):
            return _kleene(operands, "False", "True", said, new)
        case Either(operands=operands):
            return _kleene(operands, "True", "False", said, new)
        case Opposite(operand):
            name = new()
            inner = kleene(operand, said, new)
            return f"(None if ({name} := {inner}) is None else not {name})"
        case Literal(bool() as value):
            return repr(value)
    return said(node)


def _kleene(
    operands: Sequence[Any],
    stop: str,
    otherwise: str,
    said: Callable[[Any], str],
    new: Callable[[], str],
) -> str:
    names = [new() for _ in operands]
    parts = [
        f"({name} := {kleene(one, said, new)}) is {stop}"
        for name, one in zip(names, operands, strict=True)
    ]
    unknown = " or ".join(f"{name} is None" for name in names)
    return f"({stop} if {' or '.join(parts)} else None if {unknown} else {otherwise})"


def _numbered(prefix: str) -> Callable[[], str]:
    count = 0

    def new() -> str:
        nonlocal count
        count += 1
        return f"{prefix}{count}"

    return new


# --- one rule ------------------------------------------------------------------------------


class RuleCode(Record):
    """`fast`: whether its outcome can be had as an expression, not by its own function alone.
    `slow` is the text of its functions. `small`: see `Printer`. `exact`: with its cells there,
    binary64 can always say."""

    fast: bool
    slow: str
    small: frozenset[str]
    exact: bool


class Outcome(Record):
    """The outcome of a rule as an expression of the variables of its cells. It holds where the
    whole numbers of `small` are not large."""

    text: str
    small: set[str]


def rule_code(
    number: int,
    rule: Asked,
    names: dict[str, str],
    fields: dict[str, FieldPlan],
    constants: Constants,
) -> RuleCode:
    """The code of a rule. Raises Unprintable."""
    slow, small = _slow(number, rule, names, fields, constants)
    said = not any(isinstance(atom, Literal) for atom in rule.atoms)
    exact = said and all(is_exact(atom, fields) for atom in rule.atoms)
    if said:
        # In two-valued logic, what cannot be said would raise for every object.
        small |= fast_code(number, rule, names, fields, constants).small
    return RuleCode(said, slow, small, exact)


def fast_code(
    number: int,
    rule: Asked,
    names: dict[str, str],
    fields: dict[str, FieldPlan],
    constants: Constants,
    bounds: Bounds | None = None,
) -> Outcome:
    """The outcome of a rule. Raises Unprintable."""
    roots = (rule.applies, rule.met)
    printer = Printer(names, fields, constants, roots, bounds=bounds)
    if rule.applies == TRUE and len(rule.atoms) == 1:
        decided = printer.decided(rule.met, f"z{number}(d)")
    elif rule.applies == TRUE:
        decided = printer.chosen(rule.met)
    else:
        applies = printer.test(rule.applies)
        decided = f"({APART!r} if not {applies} else {printer.chosen(rule.met)})"
    missing = " or ".join(f"{names[name]} is None" for name in rule.needed)
    if missing:
        decided = f"({_with_missing(number, rule, names, printer)} if {missing} else {decided})"
    return Outcome(decided, printer.small)


def _with_missing(number: int, rule: Asked, names: dict[str, str], printer: Printer) -> str:
    if rule.open and len(rule.atoms) == 1 and rule.applies == TRUE:
        return "None"
    if rule.open and all(is_exact(atom, printer.fields) for atom in rule.atoms):

        def said(atom: Any) -> str:
            if isinstance(atom, Given):
                return printer.test(atom)
            lacking = " or ".join(f"{names[cell.name]} is None" for cell in cells_of(atom))
            said_alone = printer.alone(atom)
            return f"(None if {lacking} else {said_alone})" if lacking else said_alone

        new = _numbered("u")
        met = kleene(rule.met, said, new)
        if rule.applies == TRUE:
            return met
        applies, name = kleene(rule.applies, said, new), new()
        tested = f"({name} := {applies}) is False"
        return f"({APART!r} if {tested} else None if {name} is None else {met})"
    return f"s{number}(d, {', '.join(names[name] for name in rule.cells)})"


def _slow(
    number: int,
    rule: Asked,
    names: dict[str, str],
    fields: dict[str, FieldPlan],
    constants: Constants,
) -> tuple[str, frozenset[str]]:
    """The functions that ask a rule in Kleene logic, atom by atom: `k…` says all of it, `s…` the
    outcome, where need be by what is kept of objects that are alike, or by `o…`."""
    small: set[str] = set()
    lines: list[str] = []
    said: dict[int, str] = {}
    for at, atom in enumerate(rule.atoms):
        printer = Printer(names, fields, constants, (atom,))
        its = [names[cell.name] for cell in cells_of(atom)]
        exactly = isinstance(atom, Literal) or is_exact(atom, fields)
        if isinstance(atom, Literal):
            text = "None"
        elif strict(atom):
            text = printer.test(atom)
            if its and not isinstance(atom, Given):
                lacking = " or ".join(f"{name} is None" for name in its)
                text = f"None if {lacking} else {text}"
        else:
            printer.guarded = True
            text = printer.test(atom)
        small |= printer.small
        if exactly:
            lines.append(f" a{at} = {text}")
        else:
            lines += [f" try: a{at} = {text}", f" except failures: a{at} = None"]
        said.setdefault(id(atom), f"a{at}")
    new = _numbered("u")
    logic = [
        f" {name} = {kleene(root, lambda atom: said[id(atom)], new)}"
        for name, root in (("p", rule.applies), ("q", rule.met))
    ]
    cells = [names[name] for name in rule.cells]
    outcomes = "".join(f"a{at}, " for at in range(len(rule.atoms)))
    key = "".join(f"{name} is None, " for name in cells) + outcomes
    ordering = [" g = 0"]
    for name, turns in rule.turns.items():
        order = turns.order(names) if turns.few else None
        if order is not None:
            there = " and ".join(f"{names[other]} is not None" for other in turns.others)
            ordering.append(f" if {names[name]} is None and {there}: g = {order}")
    text = "\n".join(
        [
            f"def k{number}({', '.join(cells)}):",
            *lines,
            *logic,
            f" return p, q, ({outcomes})",
            f"def s{number}({', '.join(('d', *cells))}):",
            *lines,
            *ordering,
            f" key = ({key}g)",
            f" found = m{number}.get(key, d)",
            " if found is not d: return found",
            *logic,
            f" return o{number}(d, ({''.join(cell + ', ' for cell in cells)}),"
            f" p, q, ({outcomes}), key)",
        ]
    )
    return text + "\n", frozenset(small)


def compiled(text: str, space: dict[str, Any]) -> dict[str, Any]:
    """Runs generated source, once it is seen that it consists of nothing but numbers and of
    words that this package makes."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=word) | ast.arg(arg=word) | ast.FunctionDef(name=word):
                fits = _WORDS.fullmatch(word) is not None
            case ast.Attribute(attr=word):
                fits = word in _ATTRIBUTES
            case ast.Constant(value=value):
                fits = value in (None, True, False, APART) or value.__class__ in (int, float)
            case ast.Import() | ast.ImportFrom() | ast.JoinedStr() | ast.Lambda():
                fits = False
            case _:
                fits = True
        if not fits:
            raise AssertionError(ast.dump(node))
    exec(compile(tree, "<generated>", "exec"), space)
    return space
