"""Objects as columns: mappings from the names of facts to their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guiju.columns.arrays import Cells, Values
from guiju.columns.reading import ROWS_AT_ONCE
from guiju.compiled import CompiledPack
from guiju.hints import Any

Objects = Sequence[Mapping[str, Any]]

_TOGETHER = 256
"""Objects that are turned into columns together: they stay in the processor's cache."""


def batches(
    pack: CompiledPack, facts: Sequence[str], objects: Objects, *, typed: bool
) -> Iterator[tuple[int, dict[str, Cells]]]:
    """The objects in order, some at a time: how many, and the cells of facts that any of them
    has."""
    for at in range(0, len(objects), ROWS_AT_ONCE):
        part = objects[at : at + ROWS_AT_ONCE]
        yield len(part), _cells(pack, facts, part, typed)


def _cells(
    pack: CompiledPack, facts: Sequence[str], objects: Objects, typed: bool
) -> dict[str, Cells]:
    layout = [*objects[0]]
    places = _places(pack, facts, layout)
    columns: list[list[Any]] = [[] for _ in layout]
    for at in range(0, len(objects), _TOGETHER):
        part = objects[at : at + _TOGETHER]
        if places is None or any([*d] != layout for d in part):
            return _fetched(pack, facts, objects, typed)
        for column, values in zip(
            columns, zip(*[d.values() for d in part], strict=True), strict=True
        ):
            column.extend(values)
    return {fact: Values(columns[place], typed=typed) for fact, place in (places or {}).items()}


def _places(pack: CompiledPack, facts: Sequence[str], layout: list[str]) -> dict[str, int] | None:
    """Where facts stand in objects whose keys are these, in this order; None where one stands
    under two keys."""
    found: dict[str, int] = {}
    for fact in facts:
        keys = [key for key in pack.keys_of(fact) if key in layout]
        if len(keys) > 1:
            return None
        if keys:
            found[fact] = layout.index(keys[0])
    return found


def _fetched(
    pack: CompiledPack, facts: Sequence[str], objects: Objects, typed: bool
) -> dict[str, Cells]:
    """Facts of objects whose keys differ, or stand in another order."""
    rows = map(pack.fetch(facts), objects)
    found = zip(facts, map(list, zip(*rows, strict=True)), strict=True)
    return {
        fact: Values(values, typed=typed)
        for fact, values in found
        if any(value is not None for value in values)
    }
