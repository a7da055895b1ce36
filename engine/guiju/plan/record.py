"""The base of every class of the plan: an immutable record.

At run time a record is a NamedTuple: its class costs a tenth of a dataclass to make, which
counts because a check with a cached pack makes all of them, and it pickles as a plain
tuple. Type checkers see a frozen dataclass instead: mypy compares NamedTuples field by field, and never
comes to an end on unions as recursive as expressions are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self, dataclass_transform

    @dataclass_transform(frozen_default=True)
    class Record:
        def __iter__(self) -> Iterator[Any]: ...
        def __getitem__(self, index: Any) -> Any: ...
        def _replace(self, **fields: Any) -> Self: ...

else:
    from typing import NamedTuple as Record

__all__ = ["Record"]
