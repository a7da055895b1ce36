"""A case of a suite, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .terms import Term


class _Error:
    def __repr__(self) -> str:
        return "ERROR"


ERROR = _Error()
"""The suite expects an error, or a null that stands for one."""


@dataclass
class Case:
    """`read` parses the expression with the suite's parser; `expected` gives the value as
    one of ours: Decimal, str, bool, date, Span, tuple, None for null, ERROR."""

    suite: str
    name: str
    expression: str
    read: Callable[[], Term]
    expected: Callable[[], Any]
    inputs: dict[str, Term] = field(default_factory=dict)
    precision: str = "decimal"


@dataclass
class Result:
    """`verdict`: agree, refuse (both call it an error: ours before it runs), disagree, or
    not ours with its `reason`."""

    case: Case
    verdict: str
    reason: str = ""
    ours: str = ""
    got: Any = None
    wanted: Any = None
    tree: Term | None = None
