"""The two bases of data classes that every check makes: records that change and that do not.

Type checkers see dataclasses. At run time the standard ones are too dear for a start-up that
is counted in milliseconds: `dataclasses` takes 8 ms to import, each dataclass 0.4 ms to make
and each NamedTuple 0.1 ms, and a check makes a hundred of them. A class of this module takes
0.02 ms. Its constructor is written out, as a dataclass's is, when the first object is made;
of most classes a check makes none.
"""

from __future__ import annotations

from operator import itemgetter

from guiju.hints import TYPE_CHECKING, Any, ClassVar

__all__ = ["Mutable", "Record", "field", "make_dataclass", "restored"]


class Default:
    """The marker for a default that is made anew for each object."""

    __slots__ = ("factory",)

    def __init__(self, factory: Any) -> None:
        self.factory = factory


def field(*, default_factory: Any) -> Any:
    """A field whose default is made anew for each object, as in a dataclass."""
    return Default(default_factory)


_OFTEN = 64
_made: dict[Any, int] = {}


def _values(kind: Any, given: tuple[Any, ...], named: dict[str, Any]) -> dict[str, Any] | None:
    """The fields of one of the first objects of a class. None for arguments that are wrong
    and for a class many objects are made of: both are for a constructor written out."""
    count = _made[kind] = _made.get(kind, 0) + 1
    fields = kind._fields
    values = dict(zip(fields, given, strict=False))
    if count > _OFTEN or len(given) > len(fields) or not named.keys().isdisjoint(values):
        return None
    values.update(named)
    for name, value in kind._defaults.items():
        if name not in values:
            values[name] = value.factory() if isinstance(value, Default) else value
    return values if values.keys() == set(fields) else None


def _written_out(kind: Any, head: str, body: list[str]) -> Any:
    """A constructor of a class: a function of its fields, with their defaults."""
    signature = [
        f"{name}=defaults[{name!r}]" if name in kind._defaults else name for name in kind._fields
    ]
    defaults: dict[str, Any] = {}
    for name, value in kind._defaults.items():
        fresh = isinstance(value, Default)
        defaults[name] = None if fresh else value
        if fresh:
            body.insert(0, f" if {name} is None: {name} = factories[{name!r}]()")
    space: dict[str, Any] = {
        "defaults": defaults,
        "factories": {
            name: value.factory
            for name, value in kind._defaults.items()
            if isinstance(value, Default)
        },
        "new": tuple.__new__,
    }
    exec("\n".join([f"def made({head}, {', '.join(signature)}):", *body]), space)
    made = space["made"]
    made.__qualname__ = f"{kind.__qualname__}({', '.join(kind._fields)})"
    return made


if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self, dataclass_transform

    @dataclass_transform(field_specifiers=(field,))
    class Mutable:
        _fields: ClassVar[tuple[str, ...]]
        _defaults: ClassVar[dict[str, Any]]

    # mypy compares NamedTuples field by field, and never comes to an end on unions as
    # recursive as expressions are; so it is shown a frozen dataclass.
    @dataclass_transform(frozen_default=True)
    class Record:
        _fields: ClassVar[tuple[str, ...]]

        def __iter__(self) -> Iterator[Any]: ...
        def __getitem__(self, index: Any) -> Any: ...
        def __len__(self) -> int: ...
        def __lt__(self, other: Self) -> bool: ...
        def _replace(self, **fields: Any) -> Self: ...

    def restored(kind: type[Record], values: tuple[Any, ...]) -> Record: ...

else:

    class Mutable:
        """An object with fields that may change; two are equal when all their fields are."""

        _fields = ()
        _defaults = {}

        def __init_subclass__(cls):
            cls._fields = (*cls._fields, *cls.__annotations__)
            cls._defaults = {n: getattr(cls, n) for n in cls._fields if hasattr(cls, n)}
            cls.__match_args__ = cls._fields

        def __init__(self, *values, **named):
            kind = self.__class__
            state = _values(kind, values, named)
            if state is not None:
                self.__dict__.update(state)
                return
            body = [f" self.{name} = {name}" for name in kind._fields]
            kind.__init__ = _written_out(kind, "self", body)
            kind.__init__(self, *values, **named)

        def __eq__(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return self.__dict__ == other.__dict__

        __hash__ = None

        def __repr__(self):
            fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._fields)
            return f"{self.__class__.__qualname__}({fields})"

    try:
        # What NamedTuple itself uses: three times as fast as a property.
        from _collections import _tuplegetter as _getter
    except ImportError:  # another Python than CPython

        def _getter(index, doc):
            return property(itemgetter(index), doc=doc)

    class _RecordType(type):
        def __new__(meta, name, bases, space):
            fields = tuple(space.get("__annotations__", ())) if bases != (tuple,) else ()
            space["__slots__"] = ()
            space["__match_args__"] = space["_fields"] = fields
            space["_defaults"] = {n: space.pop(n) for n in fields if n in space}
            for index, field_name in enumerate(fields):
                space[field_name] = _getter(index, None)
            return type.__new__(meta, name, bases, space)

    class Record(tuple, metaclass=_RecordType):
        """A tuple with names for its places."""

        def __new__(cls, *values, **named):
            state = _values(cls, values, named)
            if state is not None:
                return tuple.__new__(cls, map(state.__getitem__, cls._fields))
            names = ", ".join(cls._fields)
            comma = "," if len(cls._fields) == 1 else ""
            cls.__new__ = _written_out(cls, "cls", [f" return new(cls, ({names}{comma}))"])
            return cls.__new__(cls, *values, **named)

        def _replace(self, **fields):
            values = dict(zip(self._fields, self, strict=True))
            unknown = fields.keys() - values.keys()
            if unknown:
                raise TypeError(f"{self.__class__.__name__} has no field {sorted(unknown)}")
            return tuple.__new__(self.__class__, {**values, **fields}.values())

        def __repr__(self):
            pairs = zip(self._fields, self, strict=True)
            fields = ", ".join(f"{name}={value!r}" for name, value in pairs)
            return f"{self.__class__.__qualname__}({fields})"

        def __reduce__(self):
            return restored, (self.__class__, tuple(self))

    def restored(kind, values):
        """A record as it was pickled. The cache of packs reads it with `tuple.__new__` in
        this function's place."""
        return tuple.__new__(kind, values)


def make_dataclass(kind: type[Mutable]) -> None:
    """Makes a class the dataclass it says it is, for pydantic, which reads those."""
    import dataclasses

    for name, value in kind._defaults.items():
        if isinstance(value, Default):
            setattr(kind, name, dataclasses.field(default_factory=value.factory))
    dataclasses.dataclass(kind)
