"""The names annotations are written with, for modules that every check loads.

Annotations are never evaluated at run time, yet importing `typing` for them takes 3 ms, a
twentieth of a check. Type checkers see the names of `typing` itself; at run time they are
stand-ins. `guiju.published`, which needs the annotations of the record, puts the
real ones back.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import IO as IO
    from typing import Any as Any
    from typing import ClassVar as ClassVar
    from typing import Literal as Literal
    from typing import NoReturn as NoReturn
    from typing import Protocol as Protocol
    from typing import Self as Self
    from typing import TextIO as TextIO
    from typing import TypeVar as TypeVar
    from typing import cast as cast
    from typing import get_args as get_args
else:
    IO = Any = ClassVar = NoReturn = Self = TextIO = object

    class Protocol:
        pass

    class Options:
        """What stands for `Literal[…]`."""

        def __init__(self, values):
            self.__args__ = values

    class _Literal:
        def __getitem__(self, values):
            return Options(values if isinstance(values, tuple) else (values,))

    Literal = _Literal()

    def TypeVar(name, **bounds):  # noqa: N802
        return object

    def cast(kind, value):
        return value

    def get_args(kind):
        return kind.__args__


def real(names: dict[str, object]) -> None:
    """Puts the real `Literal` types into a module's names, for who reads its annotations."""
    import typing

    for name, value in list(names.items()):
        if value is Literal:
            names[name] = typing.Literal
        elif not TYPE_CHECKING and isinstance(value, Options):
            names[name] = typing.Literal[value.__args__]
