"""The facts of objects: under which keys they stand, and which of their values are none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from guiju.compiled.outlook import Fields
from guiju.compiled.values import Aside, Refused, exact, held, taken
from guiju.evaluation.facts_run import Facts
from guiju.hints import Any

Object = Any
"""A mapping from keys to values, or a row: the values of columns in their order."""


class ObjectFacts:
    """Reads facts, named `group.field`, from objects. `problems` counts by fact the values that
    are none and so are missing. `columns` are the keys of the values of a row, None where
    objects are mappings."""

    def __init__(
        self, fields: Fields, names: Mapping[tuple[str, str], str], problems: dict[str, int]
    ) -> None:
        self.fields, self.problems = fields, problems
        self.keys = _keys(fields, names)
        self.columns: tuple[str, ...] | None = None
        self._refused: list[str] = []
        self._refused_of: Any = None

    def raw(self, d: Object, name: str) -> Any:
        """The value of a fact as it stands in an object. Raises ValueError for a row that is
        shorter or longer than the columns."""
        if self.columns is not None:
            d = dict(zip(self.columns, d, strict=True))
        for key in self.keys[name]:
            value = d.get(key)
            if value is not None:
                return value
        return None

    def fetch(self, order: Sequence[str]) -> Callable[[Object], Iterable[Any]]:
        """What gives the values of these facts as they stand in an object."""
        first = [self.keys[name][0] for name in order]
        others = frozenset(key for name in order for key in self.keys[name][1:])

        def fetched(d: Object) -> Iterable[Any]:
            if self.columns is None and others.isdisjoint(d):
                return map(d.get, first)
            return [self.raw(d, name) for name in order]

        return fetched

    def exactly(self, names: Iterable[str], d: Object) -> Facts:
        """Facts of an object as the reference evaluator has them."""
        facts: Facts = {}
        for name in names:
            try:
                value = exact(self.fields[name], self.raw(d, name))
            except Refused:
                continue
            if value is not None:
                group, _, fact = name.partition(".")
                facts[group, fact] = value
        return facts

    def held(self, names: Iterable[str], d: Object) -> dict[str, Any]:
        """Facts of an object as generated code holds them, `Aside` for what it cannot hold."""
        if self._refused_of is d:
            # Its problems were told as far as generated code came.
            self._refused.clear()
        found: dict[str, Any] = {}
        for name in names:
            try:
                found[name] = held_or_aside(self.fields[name], self.raw(d, name))
            except Refused:
                self.refuse(name, d)
                found[name] = None
        return found

    # --- problems --------------------------------------------------------------------------

    def taking(self, name: str) -> Callable[[Any, Object], Any]:
        """What takes a value of a fact that is not of the class that is looked for."""
        of: Any = None

        def refused() -> None:
            self.refuse(name, of)

        take = taken(self.fields[name], refused)

        def take_of(value: Any, d: Object) -> Any:
            nonlocal of
            of = d
            return take(value)

        return take_of

    def within(self, name: str, bound: float) -> Callable[[Any, Object], Any]:
        """The same for generated code that rests on a bound. Raises Aside beyond it."""
        take = self.taking(name)

        def take_of(value: Any, d: Object) -> Any:
            found = take(value, d)
            if found is not None and abs(found) > bound:
                raise Aside
            return found

        return take_of

    def refuse(self, name: str, d: Any) -> None:
        """Notes that a value of an object is none."""
        if self._refused_of is not d:
            self.tell()
            self._refused_of = d
        self._refused.append(name)

    def tell(self) -> None:
        """Counts what was noted."""
        for name in self._refused:
            self.problems[name] = self.problems.get(name, 0) + 1
        self._refused.clear()
        self._refused_of = None


def held_or_aside(field: Any, value: Any) -> Any:
    """A value as generated code holds it, or `Aside`. Raises Refused."""
    try:
        return held(field, exact(field, value))
    except Aside:
        return Aside


def _keys(fields: Fields, names: Mapping[tuple[str, str], str]) -> dict[str, tuple[str, ...]]:
    """The keys a fact may have in an object, the first one first."""
    count: dict[str, int] = {}
    for name in fields:
        fact = name.partition(".")[2]
        count[fact] = count.get(fact, 0) + 1
    found: dict[str, tuple[str, ...]] = {}
    for name in fields:
        group, _, fact = name.partition(".")
        if (group, fact) in names:
            found[name] = (names[group, fact],)
        else:
            found[name] = (fact, name) if count[fact] == 1 else (name,)
    return found
