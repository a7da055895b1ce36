"""A tree in a few words, for tests to compare."""

from __future__ import annotations

from guiju.diagnostics import Diagnostic, Diagnostics
from guiju.source import Source
from guiju.syntax import nodes as n
from guiju.syntax import parse, parse_expression


def problems(text: str) -> list[Diagnostic]:
    """Everything wrong with a rule file."""
    diagnostics = Diagnostics()
    parse(Source("a.gj", text), diagnostics)
    return list(diagnostics)


def underlined(text: str) -> list[tuple[str, str]]:
    """The codes of a file's problems and the text each underlines."""
    return [(problem.code, problem.span.text) for problem in problems(text)]


def read(text: str) -> n.File:
    """The tree of a file without mistakes."""
    diagnostics = Diagnostics()
    tree = parse(Source("a.gj", text), diagnostics)
    assert [d.message("en") for d in diagnostics] == []
    return tree


def expression(text: str) -> n.Expr:
    """The tree of an expression without mistakes."""
    diagnostics = Diagnostics()
    tree = parse_expression(Source("a.gj", text), diagnostics)
    assert [d.message("en") for d in diagnostics] == []
    assert tree is not None
    return tree


def shown(node: object) -> str:
    """An expression with all its parentheses."""
    match node:
        case None:
            return "-"
        case n.Number(value=value, unit=unit):
            return f"{value}{unit or ''}"
        case n.DateLiteral(value=value):
            return value.isoformat()
        case n.DurationLiteral(count=count, unit=unit):
            return f"{count} {unit}"
        case n.TextLiteral(parts=parts):
            return repr("".join(map(str, parts)))
        case n.YesNo(value=value):
            return "yes" if value else "no"
        case n.Ref(name=name):
            return name.text
        case n.Field(target=target, name=name):
            return f"{shown(target)}.{name.text}"
        case n.Index(target=target, keys=keys, on=on):
            dated = f" on {shown(on)}" if on else ""
            return f"{shown(target)}[{', '.join(map(shown, keys))}{dated}]"
        case n.Call(function=function, arguments=arguments):
            return f"{function.text}({', '.join(map(shown, arguments))})"
        case n.Unary(operator=operator, operand=operand):
            return f"({operator} {shown(operand)})"
        case n.Binary(operator=operator, left=left, right=right):
            return f"({shown(left)} {operator} {shown(right)})"
        case n.MonthEnd(value=value, direction=direction):
            return f"({shown(value)} month end {direction})"
        case n.Within(left=left, tolerance=tolerance, right=right):
            return f"({shown(left)} within {shown(tolerance)} of {shown(right)})"
        case n.Between(value=value, low=low, high=high):
            return f"({shown(value)} between {shown(low)} and {shown(high)})"
        case n.IsKnown(value=value, negated=negated):
            return f"({shown(value)} is {'not ' * negated}known)"
        case n.IsOption(value=value, option=option, negated=negated):
            return f"({shown(value)} is {'not ' * negated}{option.text})"
        case n.IsIn(value=value, members=members, negated=negated):
            return f"({shown(value)} is {'not ' * negated}in {shown(members)})"
        case n.ListLiteral(items=items):
            return "{" + ", ".join(map(shown, items)) + "}"
        case n.If(condition=condition, then=then, otherwise=otherwise):
            return f"(if {shown(condition)} then {shown(then)} else {shown(otherwise)})"
        case n.Quantified():
            count = f" {shown(node.count)}" if node.count else ""
            head = f"{node.quantifier}{count} {node.variable.text} in {shown(node.rows)}"
            return f"({head} where {shown(node.where)} satisfies {shown(node.satisfies)})"
        case n.Aggregate():
            parts = f"{node.function} of {shown(node.value)} by {shown(node.weight)}"
            rows = f"{node.variable.text} in {shown(node.rows)} where {shown(node.where)}"
            return f"({parts} for {rows} order {shown(node.order)})"
        case n.InUnit(value=value, unit=unit):
            return f"({shown(value)} in {unit})"
        case n.AsUnit(value=value, unit=unit):
            return f"({shown(value)} as {unit})"
        case n.Rounded(value=value, direction=direction, step=step):
            return f"({shown(value)} rounded {direction} to {shown(step)})"
    raise TypeError(node)
