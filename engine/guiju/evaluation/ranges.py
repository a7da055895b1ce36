"""Rows found by two bounds at once: `other.first <= unit.last and other.last >= unit.first`.

Within the rows that are alike in some columns, those with the upper-bounded column up to a value
are the first ones in its order; among them a tree of greatest values finds those whose
lower-bounded column is high enough, without going over the rest. It makes no difference whether
the two columns are the ends of a range, or one and the same column.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from guiju.hints import Any


class Ranges:
    """The rows of a table by equal columns and two bounded ones. Rows that lack one of these
    are `missing`: of them nothing is said."""

    def __init__(
        self, equal: Sequence[list[Any]], bounded_above: list[Any], bounded_below: list[Any]
    ) -> None:
        self.missing: list[int] = []
        groups: dict[tuple[Any, ...], list[int]] = {}
        for row in range(len(bounded_above)):
            key = tuple(column[row] for column in equal)
            if None in key or bounded_above[row] is None or bounded_below[row] is None:
                self.missing.append(row)
            else:
                groups.setdefault(key, []).append(row)
        self._groups = {
            key: _Group(rows, bounded_above, bounded_below) for key, rows in groups.items()
        }

    def rows(self, key: tuple[Any, ...], most: Any, least: Any) -> list[int]:
        """The rows of a group with one column at most and the other at least so much, and all
        that may be among them, in order."""
        group = self._groups.get(key)
        found = [] if group is None else group.rows(most, least)
        return sorted(found + self.missing)


class _Group:
    """Rows in the order of one column, under a tree of the greatest values of another: the
    values of node `n` are those of `2n` and `2n + 1`."""

    __slots__ = ("_above", "_first_leaf", "_greatest", "_rows")

    def __init__(self, rows: list[int], above: list[Any], below: list[Any]) -> None:
        self._rows = sorted(rows, key=lambda row: (above[row], row))
        self._above = [above[row] for row in self._rows]
        leaves = 1
        while leaves < len(rows):
            leaves *= 2
        self._first_leaf = leaves
        greatest: list[Any] = [None] * leaves + [below[row] for row in self._rows]
        greatest += [None] * (2 * leaves - len(greatest))
        for node in range(leaves - 1, 0, -1):
            left, right = greatest[2 * node], greatest[2 * node + 1]
            # Leaves are filled from the left: nothing on the right, or on both sides.
            greatest[node] = left if right is None else max(left, right)
        self._greatest = greatest

    def rows(self, most: Any, least: Any) -> list[int]:
        count = bisect_right(self._above, most)
        found: list[int] = []
        todo = [(1, 0, self._first_leaf)]
        while todo:
            node, start, width = todo.pop()
            greatest = self._greatest[node]
            if start >= count or greatest is None or greatest < least:
                continue
            if width == 1:
                found.append(self._rows[start])
            else:
                half = width // 2
                todo += [(2 * node, start, half), (2 * node + 1, start + half, half)]
        return found
