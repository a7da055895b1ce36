"""The function that goes over objects.

It takes the facts of each, sees that they are of the classes it calculates with, and puts
together the tuple of outcomes. An object for which anything raises is left to `carefully`, rule
by rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from guiju.compiled.constants import Constants, Unprintable
from guiju.compiled.values import LARGEST, LARGEST_WHOLE, float_ends
from guiju.hints import Literal
from guiju.plan.nodes import FieldPlan
from guiju.plan.types import DateType, NumberType, OneOfType, TextType, YesNoType

Way = Literal["laid", "fetched", "rows"]
"""How the values of an object are come by. `laid`: the order of its keys is looked at first.
`fetched`: each by its name. `rows`: it is a row."""
_TOGETHER, _MOST_PARTS = 30, 4


def check_of(
    name: str,
    field: FieldPlan,
    constants: Constants,
    *,
    small: bool = False,
    typed: bool = False,
    bound: float | None = None,
) -> str:
    """The statement that sees that a fact is of the class and in the range that generated code
    calculates with, or missing; empty where there is nothing to see."""
    take = "n" if bound is None else "w"
    other = f"{name} = None if {name} is None else {take}{name[1:]}({name}, d)"
    odd: list[str] = []
    match field.type:
        case NumberType(integer=True):
            odd = [f"type({name}) is not int", *_whole_range(name, field, small)]
        case NumberType():
            ends = float_ends(field, LARGEST if bound is None else bound)
            within = " and ".join(f"{name} {sign} {end!r}" for sign, end in ends)
            odd = [f"type({name}) is not float", f"not ({within})"]
        case TextType():
            odd = [f"type({name}) is not str", f"not {name}"]
        case OneOfType(options=options):
            # What is in the set is of its class.
            odd = ["", f"{name} not in {constants.name(frozenset(options))}"]
        case YesNoType():
            odd = [f"{name} is not True and {name} is not False"]
        case DateType():
            odd = [f"type({name}) is not date"] + [
                f"{name} {sign} {constants.name(end)}"
                for sign, end in (("<", field.low), (">", field.high))
                if end is not None
            ]
        case _:
            raise Unprintable
    if not typed:
        return f"if {' or '.join(part for part in odd if part)}: {other}"
    if isinstance(field.type, TextType):
        return f"if not {name}: {other}"
    rest = " or ".join(odd[1:])
    return f"if {name} is not None and ({rest}): {other}" if rest else ""


def _whole_range(name: str, field: FieldPlan, small: bool) -> list[str]:
    low = None if field.low is None else ceil(field.low)
    high = None if field.high is None else floor(field.high)
    if small:
        low = -LARGEST_WHOLE if low is None else max(low, -LARGEST_WHOLE)
        high = LARGEST_WHOLE if high is None else min(high, LARGEST_WHOLE)
    if low is not None and high is not None:
        return [f"not {low!r} <= {name} <= {high!r}"]
    if low is not None:
        return [f"{name} < {low!r}"]
    return [] if high is None else [f"{name} > {high!r}"]


def run_source(
    variables: Sequence[str], way: Way, checks: Sequence[str], outcomes: Sequence[str]
) -> str:
    """The function that goes over objects. `variables` are those of the facts in the order of
    the object's values, `_` for one that is not asked for."""
    used = [name for name in variables if name != "_"]
    targets = ", ".join(used) + ","
    lines = ["def run(objects, add):", " for d in objects:", "  try:"]
    if not used:
        pass
    elif way == "laid":
        lines += [
            "   if [*d] == layout: " + ", ".join(variables) + ", = d.values()",
            f"   else: {targets} = fetch(d)",
        ]
    elif way == "rows":
        lines.append("   " + ", ".join(variables) + ", = d")
    else:
        lines.append(f"   {targets} = fetch(d)")
    lines += [f"   {check}" for check in checks if check]
    lines.append(f"   add({_row(outcomes)})")
    lines.append("  except failures: add(carefully(d))")
    return "\n".join(lines) + "\n"


def _row(outcomes: Sequence[str]) -> str:
    """The outcomes of an object as a tuple. Python makes one of more than thirty members by way
    of a list, which takes longer than to join two."""
    parts = [outcomes[at : at + _TOGETHER] for at in range(0, len(outcomes), _TOGETHER)]
    if len(parts) > _MOST_PARTS or not parts:
        parts = [outcomes]
    return " + ".join("(" + "".join(f"{one}, " for one in part) + ")" for part in parts)
