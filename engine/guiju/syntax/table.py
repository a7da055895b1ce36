"""The parse table: what lark makes of `grammar.lark`, kept beside it as data.

Lark needs a third of a second to work out the LALR(1) table, which is more than a
whole check may cost. `python -m guiju.syntax.table` therefore writes it to
`grammar.json`, with the digest of the grammar it was made from. A table whose digest does
not match is never used: it is then built again in memory.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, NamedTuple

STARTS = ("file", "expression")

KEPT = frozenset(
    ("NAME", "ID", "STRING", "LANG", "NUMBER", "QUANTITY", "DATE", "DURATION", "UNIT", "TYPE")
) | {"BASIS_LEVEL", "OPTIONAL", "CONSERVATIVE"}
"""The tokens a tree builder sees; of the others only the place matters."""


class Reduction(NamedTuple):
    """One production of the grammar: what to take off the stack and what to call."""

    symbol: str
    size: int
    builder: str | None
    """The method that makes the node; None for a list that its parent takes apart."""
    kept: tuple[int, ...]
    """Places among the `size` that are handed on."""
    spliced: frozenset[int]
    """Those of them that hold lists."""
    passing: bool
    """One part goes in and comes out unchanged."""


class Table(NamedTuple):
    """States are numbers. An action is the state to go to, or the production to reduce."""

    terminals: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...]
    actions: tuple[dict[str, int | Reduction], ...]
    gotos: tuple[dict[str, int], ...]
    starts: dict[str, tuple[int, int]]


def grammar_text() -> str:
    return (files("guiju.syntax") / "grammar.lark").read_text(encoding="utf-8")


def build(grammar: str) -> dict[str, Any]:
    """The table of a grammar, as plain data. Raises lark's errors for a faulty grammar."""
    from lark import Lark
    from lark.parsers.lalr_analysis import Shift

    parser = Lark(
        grammar, parser="lalr", lexer="basic", start=list(STARTS), maybe_placeholders=False
    )
    confs = [parser.parse_interactive("", start=s).parser_state.parse_conf for s in STARTS]
    states = confs[0].states
    # Lark numbers states and productions anew in each run; here they get an order of their
    # own, so that the stored table only changes when the grammar does.
    order = [conf.start_state for conf in confs]
    for state in order:
        targets = (states[state][name] for name in sorted(states[state]))
        for action, target in targets:
            if action is Shift and target not in order:
                order.append(target)
    numbers = {state: i for i, state in enumerate(order)}
    reduced = {rule for row in states.values() for act, rule in row.values() if act is not Shift}
    productions = sorted(_production(rule) for rule in reduced)
    rows: list[list[dict[str, int]]] = []
    for state in order:
        shifts, reduces, gotos = {}, {}, {}
        for name, (action, argument) in sorted(states[state].items()):
            if action is not Shift:
                reduces[name] = productions.index(_production(argument))
            elif name.isupper() or name == "$END":
                shifts[name] = numbers[argument]
            else:
                gotos[name] = numbers[argument]
        rows.append([shifts, reduces, gotos])
    starts = {conf.start: (numbers[conf.start_state], numbers[conf.end_state]) for conf in confs}
    ignored = set(parser.ignore_tokens)
    ordered = sorted(parser.terminals, key=lambda t: (-t.priority, -t.pattern.max_width, t.name))
    return {
        "digest": sha256(grammar.encode()).hexdigest(),
        "terminals": [[t.name, t.pattern.to_regexp()] for t in ordered if t.name not in ignored],
        "ignored": [t.pattern.to_regexp() for t in ordered if t.name in ignored],
        "productions": productions,
        "states": rows,
        "starts": starts,
    }


def _production(rule: Any) -> list[Any]:
    expansion = rule.expansion
    kept = [i for i, s in enumerate(expansion) if not s.is_term or s.name in KEPT]
    spliced = [i for i in kept if expansion[i].name.startswith("_")]
    helper = rule.origin.name.startswith("_")
    passing = bool(rule.options.expand1) and len(kept) == 1 and not rule.alias and not spliced
    builder = "" if helper or passing else rule.alias or str(rule.origin.name)
    return [str(rule.origin.name), len(expansion), builder, kept, spliced, passing]


@cache
def table() -> Table:
    """The table of the grammar beside this module."""
    grammar = grammar_text()
    stored = files("guiju.syntax") / "grammar.json"
    data: dict[str, Any] = {}
    if stored.is_file():
        data = json.loads(stored.read_text(encoding="utf-8"))
    if data.get("digest") != sha256(grammar.encode()).hexdigest():
        data = build(grammar)
    productions = [
        Reduction(symbol, size, builder or None, tuple(kept), frozenset(spliced), passing)
        for symbol, size, builder, kept, spliced, passing in data["productions"]
    ]
    actions: list[dict[str, int | Reduction]] = []
    for shifts, reduces, _ in data["states"]:
        row: dict[str, int | Reduction] = dict(shifts)
        for name, number in reduces.items():
            row[name] = productions[number]
        actions.append(row)
    return Table(
        terminals=tuple((name, pattern) for name, pattern in data["terminals"]),
        ignored=tuple(data["ignored"]),
        actions=tuple(actions),
        gotos=tuple(gotos for _, _, gotos in data["states"]),
        starts={name: (first, last) for name, (first, last) in data["starts"].items()},
    )


def main() -> None:
    from pathlib import Path

    text = json.dumps(build(grammar_text()), separators=(",", ":"), ensure_ascii=False)
    Path(__file__).with_name("grammar.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
