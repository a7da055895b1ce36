"""Patterns of texts: the whole text must match.

A pattern without groups, alternatives and look-arounds, of few repetitions, takes time that
grows slowly and goes to the standard library's matcher. Any other goes to `regex`, with a
time limit, so that no pattern can hold up a run.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

TIME_LIMIT = 1.0
_LONGEST_PLAIN = 1_000
# Literals, classes and escapes, each with at most a fixed or an open repetition.
_ATOM = r"(?:\[\^?[^\]\[\\]+\]|\\[dwsDWS.\-/]|[^\\\[\](){}|?*+^$])"
_PLAIN = re.compile(rf"(?:{_ATOM}(?:\{{\d+(?:,\d+)?\}}|[?*+])?)*")
_OPEN = re.compile(r"(?<!\\)[*+]")


class BadPattern(ValueError):
    """The text is not a well-formed pattern."""


def matches(text: str, pattern: str) -> bool:
    """Whether all of a text fits a pattern. Raises BadPattern and TimeoutError.

    >>> matches("CCER-2024", "CCER-[0-9]{4}"), matches("CCER-20245", "CCER-[0-9]{4}")
    (True, False)
    """
    compiled, plain = _compiled(pattern)
    if plain and len(text) <= _LONGEST_PLAIN:
        return compiled.fullmatch(text) is not None
    return _with_limit(pattern).fullmatch(text, timeout=TIME_LIMIT) is not None


@cache
def _compiled(pattern: str) -> tuple[Any, bool]:
    plain = _PLAIN.fullmatch(pattern) is not None and len(_OPEN.findall(pattern)) <= 2
    if not plain:
        _with_limit(pattern)
        return None, False
    try:
        return re.compile(pattern), True
    except re.error as error:
        raise BadPattern(str(error)) from None


@cache
def _with_limit(pattern: str) -> Any:
    import regex

    try:
        return regex.compile(pattern)
    except regex.error as error:
        raise BadPattern(str(error)) from None
