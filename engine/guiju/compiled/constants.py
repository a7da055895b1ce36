"""What generated code refers to by number."""

from __future__ import annotations

from guiju.hints import Any
from guiju.sieve.nodes import Looked


class Unprintable(Exception):
    """A node that generated code does not say."""


class Constants:
    """Texts, dates, sets, tables and functions, by their names in generated code."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self._names: dict[Any, str] = {}
        self._tables: dict[int, tuple[Looked, str]] = {}

    def name(self, value: Any) -> str:
        """The name of a constant; one name for equal ones of a class."""
        key = value.__class__, value
        found = self._names.get(key)
        if found is None:
            found = self._names[key] = f"c{len(self.values)}"
            self.values[found] = value
        return found

    def table(self, node: Looked) -> str:
        """The name of the table of a lookup: its values by key."""
        held = self._tables.get(id(node))
        if held is None:
            single = len(node.keys) == 1
            name = f"c{len(self.values)}"
            self.values[name] = {key[0] if single else key: value for key, value in node.rows}
            # It holds the node, so that the identity stays the node's.
            held = self._tables[id(node)] = node, name
        return held[1]
