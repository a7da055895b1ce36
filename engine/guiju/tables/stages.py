"""A query in stages, so that what several conditions share is worked out once a row.

The inmost stage reads the table with all that is joined to it. Each further one adds the columns
that can be worked out from those before. An expression that is used once stays where it is used.
What is enough for a row to pass comes first, and the stages after it are for the other rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guiju.sieve.nodes import (
    Absent,
    Cell,
    Literal,
    Looked,
    Node,
    Total,
    inside,
    parts_of,
)
from guiju.tables.query import Query


class Stages:
    """The columns of a query over one table, from its cells up."""

    def __init__(self, query: Query, passing: Node, roots: Iterable[Node]) -> None:
        """`roots` are the tests that will be asked of every row of which `passing` is not true."""
        self.query = query
        self.read: dict[str, str] = {}
        """The names of what the inmost stage reads, by its expression."""
        self._named: dict[int, str] = {}
        self.dialect = query.dialect.__class__(self._found, self._named)
        self._before = self._levels([passing], "g")
        self._passes = self.dialect.sql(passing)
        self._after = self._levels(list(roots), "h")

    def sql(self, node: Node) -> str:
        """A node as an expression over the outmost stage."""
        return self.dialect.sql(node)

    def column(self, expression: str) -> str:
        """The name, in every stage, of an expression over the joined tables."""
        return self.read.setdefault(expression, f"c{len(self.read)}")

    def source(self, own: Sequence[str]) -> str:
        """What stands after FROM. `own` are further columns of the inmost stage, each with its
        name. To be asked for last."""
        read = [*own, *(f"{sql} AS {name}" for sql, name in self.read.items())]
        text = f"(SELECT {', '.join(read)} FROM {self.query.source()})"
        for level in self._before:
            text = f"(SELECT *, {', '.join(level)} FROM {text})"
        # The fence keeps the engine from working out all stages once more for the condition.
        asked = f"{self._passes} AS passes, {self.dialect.fence} AS fence"
        text = (
            f"(SELECT * FROM (SELECT *, {asked} FROM {text}) WHERE passes IS NOT TRUE OR fence < 0)"
        )
        for level in self._after:
            text = f"(SELECT *, {', '.join(level)} FROM {text})"
        return text

    def _found(self, node: Node) -> str:
        return self.column(self.query.sql(node))

    def _levels(self, roots: list[Node], letter: str) -> list[list[str]]:
        """The columns of each stage for some tests, over those before."""
        uses: dict[int, int] = {}
        every: dict[int, Node] = {}
        for root in roots:
            uses[id(root)] = uses.get(id(root), 0) + 1
            for node in inside(root):
                if id(node) in every:
                    continue
                every[id(node)] = node
                for part in parts_of(node):
                    uses[id(part)] = uses.get(id(part), 0) + 1
        heights: dict[int, int] = {}
        shared: list[list[Node]] = []

        def height(node: Node) -> int:
            """The stage in which a node can be worked out."""
            found = heights.get(id(node))
            if found is None:
                found = max((height(part) for part in parts_of(node)), default=0)
                if uses[id(node)] > 1 and not isinstance(node, _READ):
                    while len(shared) <= found:
                        shared.append([])
                    shared[found].append(node)
                    found += 1
                heights[id(node)] = found
            return found

        for root in roots:
            height(root)
        levels: list[list[str]] = []
        for number, nodes in enumerate(shared):
            level: list[str] = []
            for node in nodes:
                name = f"{letter}{number}_{len(level)}"
                level.append(f"{self.dialect.sql(node)} AS {name}")
                self._named[id(node)] = name
            levels.append(level)
        return levels


_READ = (Cell, Looked, Total, Literal, Absent)
