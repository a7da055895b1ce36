"""Tokens into the tree, and on after every mistake.

The table is lark's; the loop is our own, because it keeps the exact place of every part,
passes over the chain of precedence levels in one step, and can mend the stack. After an
error the stack is taken back to the last place where a line could begin, what stands up
to the next word that begins one becomes a `BAD_LINE` (or `BAD_ITEM`), and reading goes on:
each mistake is reported once and the clauses around it stay in the tree.
"""

from __future__ import annotations

import gc
from bisect import bisect_left
from dataclasses import fields
from typing import Any

from guiju.diagnostics import Diagnostics
from guiju.source import Source, Span
from guiju.syntax import nodes as n
from guiju.syntax.characters import MAX_ERRORS, Characters
from guiju.syntax.expectations import expected, found, hint
from guiju.syntax.items import Bad, Builder
from guiju.syntax.lexer import CLAUSES, END, ITEMS, Lexer, Tokens
from guiju.syntax.problems import (
    EmptyFile,
    MissingPart,
    TooDeep,
    TooLarge,
    TooManyErrors,
    UnexpectedWord,
)
from guiju.syntax.table import Reduction, table
from guiju.syntax.texts import TextReader

MAX_CHARACTERS = 4_000_000
"""A rule file of this size is a mistake: the longest methodology has a tenth of it."""
MAX_DEPTH = 100
"""Levels of nesting in one expression; people lose track far earlier."""
_MAX_STACK = 5 * MAX_DEPTH

_memo: dict[tuple[int, str, str], int] = {}


def parse(source: Source, diagnostics: Diagnostics) -> n.File:
    """The tree of a rule file; everything wrong with it goes to `diagnostics`.

    What could be read is in the tree whatever is wrong elsewhere. Never raises for a text.
    """
    if len(source.text) > MAX_CHARACTERS:
        size = f"{len(source.text) / 1e6:.1f}"
        limit = f"{MAX_CHARACTERS // 1_000_000}"
        diagnostics.add(TooLarge(Span(source, 0, 0), size, limit))
        return n.File(source, ())
    reading = _Reading(source, diagnostics)
    reading.characters.scan()
    parser = _Parser(reading, reading.characters.first, len(source.text))
    # The tree is all new and all alive: looking for garbage in it doubles the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        tree = parser.run("file")
    finally:
        if collecting:
            gc.enable()
    assert isinstance(tree, n.File)
    if parser.empty and not diagnostics.errors:
        diagnostics.add(EmptyFile(Span(source, 0, min(1, len(source.text)))))
    return tree


def parse_expression(source: Source, diagnostics: Diagnostics) -> n.Expr | None:
    """The tree of a text that is one expression, or None when it could not be read."""
    reading = _Reading(source, diagnostics)
    reading.characters.scan()
    return reading.expression(0, len(source.text))


def tokenize(source: Source, diagnostics: Diagnostics) -> Tokens:
    """The tokens of a rule file, for printing and colouring."""
    characters = Characters(source, diagnostics)
    characters.scan()
    return Lexer(source, characters).read(characters.first, len(source.text))


class _Reading:
    """What the texts inside a text share with it."""

    def __init__(self, source: Source, diagnostics: Diagnostics) -> None:
        self.source = source
        self.diagnostics = diagnostics
        self.characters = Characters(source, diagnostics)
        self.texts = TextReader(source, diagnostics, self.expression)

    def expression(self, start: int, end: int) -> n.Expr | None:
        before = len(self.diagnostics.errors)
        tree = _Parser(self, start, end).run("expression")
        if len(self.diagnostics.errors) > before or not isinstance(tree, n.Expr):
            return None
        return tree


class _Parser:
    """One run over the tokens of a text."""

    def __init__(self, reading: _Reading, start: int, end: int) -> None:
        self.source = reading.source
        self.diagnostics = reading.diagnostics
        lexer = Lexer(reading.source, reading.characters)
        self.tokens = lexer.read(start, end)
        self.builder = Builder(reading.source, self.tokens, reading.diagnostics, reading.texts)
        self.table = table()
        self.states: list[int] = []
        self.values: list[Any] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.errors = 0
        self.empty = len(self.tokens.kinds) == 1

    def run(self, start: str) -> Any:
        """The value of the whole text; None when an expression could not be read."""
        actions, gotos = self.table.actions, self.table.gotos
        first_state, end_state = self.table.starts[start]
        kinds, token_starts, token_ends, _, _ = self.tokens
        states, values, starts, ends = self.states, self.values, self.starts, self.ends
        states.append(first_state)
        build = _Builders(self.builder)
        i = 0
        kind = kinds[0]
        while True:
            action = actions[states[-1]].get(kind)
            if action.__class__ is int:
                states.append(action)
                values.append(i)
                starts.append(token_starts[i])
                ends.append(token_ends[i])
                i += 1
                kind = kinds[i]
                if len(states) > _MAX_STACK:
                    self._too_deep(token_starts[i - 1], token_ends[i - 1])
                    if start == "expression":
                        return None
                    self._recover(i, silent=True)
                    kind = kinds[i]
                continue
            if action is None:
                if start == "expression":
                    self._report(i, self._accepted(i, [first_state], 0))
                    return None
                self._recover(i)
                kind = kinds[i]
                continue
            symbol, size, builder, kept, spliced, passing = action  # type: ignore[misc]
            if passing and size == 1:
                states.pop()
            else:
                if size:
                    begin, end = starts[-size], ends[-1]
                    parts: Any
                    if spliced:
                        parts = _spliced(values[-size:], kept, spliced)
                    else:
                        taken = values[-size:]
                        parts = [taken[place] for place in kept]
                    del states[-size:], values[-size:], starts[-size:], ends[-size:]
                else:
                    begin = end = token_starts[i]
                    parts = []
                if passing:
                    parts = parts[0]
                elif builder is not None:
                    parts = build[builder](parts, begin, end)
                values.append(parts)
                starts.append(begin)
                ends.append(end)
            key = (states[-1], symbol, kind)
            state = _memo.get(key)
            if state is None:
                state = gotos[states[-1]][symbol]
                while True:
                    ahead = actions[state].get(kind)
                    if not isinstance(ahead, Reduction) or not ahead.passing or ahead.size != 1:
                        break
                    state = gotos[states[-1]][ahead.symbol]
                _memo[key] = state
            states.append(state)
            if state == end_state and kind == END:
                tree = values[-1]
                self._check_depth(tree)
                return tree

    # --- recovery ----------------------------------------------------------------------

    def _recover(self, i: int, silent: bool = False) -> None:
        """Takes the stack back and puts a bad line in the place of what cannot be read."""
        kinds, token_starts, token_ends, _, mended = self.tokens
        accepted = self._accepted(i, *self._line_start(i))
        self.errors += 1
        whole_item = self._at_margin(i) and kinds[i] not in CLAUSES and not self._flat(i)
        hopeless = self.errors > MAX_ERRORS
        marker = "BAD_ITEM" if whole_item or hopeless else "BAD_LINE"
        complete = marker == "BAD_ITEM" or self._first_on_line(i)
        size = self._fitting(marker, complete)
        if not size:
            marker = "BAD_ITEM"
            size = self._fitting(marker, complete=True)
        dropped = self.starts[size - 1] if size <= len(self.starts) else token_starts[i]
        del self.states[size:]
        for stack in (self.values, self.starts, self.ends):
            del stack[size - 1 :]
        if not silent and not any(dropped <= place < token_ends[i] for place in mended):
            self._report(i, accepted)
        last = i
        if hopeless:
            span = Span(self.source, token_starts[i], token_ends[i])
            self.diagnostics.add(TooManyErrors(span, MAX_ERRORS))
            last = len(kinds) - 1
        after = self._fed(list(self.states), marker)
        assert after is not None
        column = self._column(min(dropped, token_starts[i]))
        while not (self._begins(last, marker) and self._fed(list(after), kinds[last])):
            last += 1
            if marker == "BAD_LINE" and self._misspelt(last, column):
                break
        self._cut(i, last)
        self._insert(i, marker)

    def _cut(self, first: int, last: int) -> None:
        for column in self.tokens[:4]:
            del column[first:last]

    def _insert(self, i: int, marker: str) -> None:
        place = self.tokens.starts[i]
        columns: tuple[list[Any], ...] = self.tokens[:4]
        for column, value in zip(columns, (marker, place, place, None), strict=True):
            column.insert(i, value)

    def _fitting(self, marker: str, complete: bool) -> int:
        """How many states stay when the marker is to follow; 0 when it fits nowhere.

        With `complete`, a clause that is whole stays: the marker may finish it.
        """
        actions = self.table.actions
        if complete and self._fed(list(self.states), marker):
            return len(self.states)
        for size in range(len(self.states), 0, -1):
            row = actions[self.states[size - 1]]
            if isinstance(row.get(marker), int):
                return size
            between_lines = marker == "BAD_ITEM" and isinstance(row.get("BAD_LINE"), int)
            if between_lines and self._fed(self.states[:size], marker):
                return size
        return 0

    def _fed(self, states: list[int], kind: str) -> list[int] | None:
        """The states after a token, or None when it does not fit."""
        actions, gotos = self.table.actions, self.table.gotos
        end = self.table.starts["file"][1]
        while True:
            action = actions[states[-1]].get(kind)
            if action is None:
                return states if kind == END and states[-1] == end else None
            if isinstance(action, int):
                states.append(action)
                return states
            if action.size:
                del states[-action.size :]
            states.append(gotos[states[-1]][action.symbol])
            if kind == END and states[-1] == end:
                return states

    def _line_start(self, i: int) -> tuple[list[int], int]:
        """The states before the line that holds token `i`, and the line's first token."""
        size = self._fitting("BAD_LINE", complete=False) or self._fitting("BAD_ITEM", False) or 1
        if size > len(self.starts):
            return list(self.states), i
        return self.states[:size], bisect_left(self.tokens.starts, self.starts[size - 1])

    def _accepted(self, i: int, states: list[int], first: int) -> frozenset[str]:
        """The tokens that could stand at `i`.

        The stack itself no longer says so: with the offending token ahead, what came
        before was already taken together as far as possible. So the line is read again.
        """
        for place in range(first, i):
            again = self._fed(states, self.tokens.kinds[place])
            if again is None:
                break
            states = again
        row = self.table.actions[states[-1]]
        return frozenset(kind for kind in row if self._fed(list(states), kind))

    def _begins(self, i: int, marker: str) -> bool:
        """Whether a line that can be read begins at a token."""
        kinds = self.tokens.kinds
        kind = kinds[i]
        if kind == END or kind in ITEMS:
            return True
        if marker == "BAD_ITEM":
            return False
        following = kinds[i + 1 : i + 3]
        if kind in ("ELSE", "UNKNOWN", "DEFER"):
            graded = following[:1] == ["NAME"]
            said = kind == "DEFER" or following[1:] == ["STRING"] or self._first_on_line(i)
            return graded and said
        if kind == "FROM":
            return following[:1] == ["STRING"]
        if kind in CLAUSES or kind in ("GIVES", "KEY", "BOUNDARY", "BODY"):
            return True
        if kind in ("BAR", "EQ"):
            return self._first_on_line(i)
        return (
            kind == "NAME"
            and self._first_on_line(i)
            and following[:1] in (["COLON"], ["LPAR"], ["STRING"])
        )

    def _misspelt(self, i: int, column: int) -> bool:
        """Whether a token looks like a misspelt first word of a line: a mistake of its own."""
        return (
            self.tokens.kinds[i] == "NAME"
            and self.tokens.kinds[i + 1] in ("NAME", "STRING", "ID", "NUMBER", "QUANTITY")
            and self._first_on_line(i)
            and self._column(self.tokens.starts[i]) <= column
        )

    def _column(self, offset: int) -> int:
        return offset - self.source.text.rfind("\n", 0, offset)

    def _first_on_line(self, i: int) -> bool:
        if i == 0:
            return True
        return "\n" in self.source.text[self.tokens.ends[i - 1] : self.tokens.starts[i]]

    def _at_margin(self, i: int) -> bool:
        start = self.tokens.starts[i]
        return start == 0 or self.source.text[start - 1] == "\n"

    def _flat(self, i: int) -> bool:
        """Whether the clauses before a token stand at the margin like declarations do."""
        kinds = self.tokens.kinds
        for before in range(i - 1, -1, -1):
            if kinds[before] in ITEMS:
                return False
            if kinds[before] in CLAUSES and self._at_margin(before):
                return True
        return False

    # --- reports -----------------------------------------------------------------------

    def _report(self, i: int, accepted: frozenset[str]) -> None:
        tokens, text = self.tokens, self.source.text
        kinds = tokens.kinds
        previous = kinds[i - 1] if i else ""
        shown = expected(accepted, previous)
        here = Span(self.source, tokens.starts[i], tokens.ends[i])
        complete = END in accepted or len(accepted & CLAUSES) > 1
        cut_off = kinds[i] == END or (kinds[i] in ITEMS | CLAUSES) or self._first_on_line(i)
        advice = hint(tokens, i, text, accepted, shown)
        if i and cut_off and not complete and previous != "BAD_LINE":
            before = Span(self.source, tokens.starts[i - 1], tokens.ends[i - 1])
            word = text[before.start : before.end]
            self.diagnostics.add(MissingPart(before, shown, word, found(tokens, i, text), advice))
            return
        if kinds[i] == END:
            here = Span(self.source, max(here.start - 1, 0), here.end)
        after = {"en": "", "zh": ""}
        if i and previous not in ("BAD_LINE", "BAD_ITEM"):
            word = text[tokens.starts[i - 1] : tokens.ends[i - 1]]
            word = word if len(word) <= 40 else word[:39] + "…"
            after = {"en": f" after `{word}`", "zh": f"`{word}` 之后"}
        self.diagnostics.add(UnexpectedWord(here, found(tokens, i, text), shown, after, advice))

    def _too_deep(self, start: int, end: int) -> None:
        self.diagnostics.add(TooDeep(Span(self.source, start, end), MAX_DEPTH))

    def _check_depth(self, tree: Any) -> None:
        """Refuses chains such as a sum of a thousand terms, which nest to the left."""
        pending: list[tuple[Any, int]]
        pending = [(item, 0) for item in (tree.items if isinstance(tree, n.File) else (tree,))]
        while pending:
            node, depth = pending.pop()
            # Every level takes a character at least: what is short cannot be deep.
            if isinstance(node, Bad) or node.span.end - node.span.start < MAX_DEPTH - depth:
                continue
            if depth > MAX_DEPTH:
                self._too_deep(node.span.start, node.span.end)
                return
            for field in fields(node):
                value = getattr(node, field.name)
                for part in value if isinstance(value, tuple) else (value,):
                    if isinstance(part, n.Node):
                        pending.append((part, depth + 1))
                    elif isinstance(part, tuple):
                        # The keys of a band: an operator and an expression.
                        pending += [(p, depth + 1) for p in part if isinstance(p, n.Node)]


class _Builders(dict[str, Any]):
    """The methods of a builder by name, bound when first needed."""

    def __init__(self, builder: Builder) -> None:
        super().__init__()
        self._builder = builder

    def __missing__(self, name: str) -> Any:
        method = getattr(self._builder, name)
        self[name] = method
        return method


def _spliced(taken: list[Any], kept: tuple[int, ...], spliced: frozenset[int]) -> list[Any]:
    """The parts of a production, with lists of parts taken apart."""
    first = kept[0]
    if first in spliced:
        # A list is used once, so it may grow in place: a file of many items stays linear.
        parts: list[Any] = taken[first]
        rest = kept[1:]
    else:
        parts = []
        rest = kept
    for place in rest:
        if place in spliced:
            parts.extend(taken[place])
        else:
            parts.append(taken[place])
    return parts
