"""JSON with its numbers as the text they were written with, and JSON pointers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from guiju.dossier.problems import Rejected, shown
from guiju.hints import Any


class NumberText(str):
    """A number of a JSON file, as written there."""

    __slots__ = ()


class Twice(dict[str, Any]):
    """An object in which a key stands more than once; the first value is kept."""

    keys_twice: list[str]


def parse(text: str) -> tuple[Any, list[tuple[str, str]]]:
    """The values of a JSON text, and each key that stands twice as (pointer, key).

    Raises `Rejected`: `json-broken` with line and column, `json-too-deep`.
    """
    import json

    twice = False

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal twice
        found = dict(items)
        if len(found) == len(items):
            return found
        twice = True
        first = Twice()
        first.keys_twice = []
        for key, value in items:
            if key in first:
                first.keys_twice.append(key)
            else:
                first[key] = value
        return first

    try:
        tree = json.loads(
            text,
            parse_float=NumberText,
            parse_int=NumberText,
            parse_constant=_constant,
            object_pairs_hook=pairs,
        )
    except json.JSONDecodeError as wrong:
        raise Rejected(
            "json-broken", detail=wrong.msg, line=wrong.lineno, column=wrong.colno
        ) from None
    except RecursionError:
        raise Rejected("json-too-deep") from None
    if "\\ud" in text or "\\uD" in text:
        _whole_characters(tree)
    return tree, list(_twice(tree)) if twice else []


def _whole_characters(tree: Any) -> None:
    """Refuses half a character (a lone surrogate), which can be written nowhere."""
    waiting = [tree]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend((*value, *value.values()))
        elif isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, str) and not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise Rejected("json-broken", detail=shown(value), line=1, column=1) from None


def _constant(name: str) -> Rejected:
    # NaN and Infinity are no JSON, but some programs write them.
    return Rejected("not-a-number", text=name)


def _twice(tree: Any) -> Iterator[tuple[str, str]]:
    waiting: list[tuple[str, Any]] = [("", tree)]
    while waiting:
        pointer, value = waiting.pop()
        if isinstance(value, Twice):
            for key in value.keys_twice:
                yield pointer, key
        if isinstance(value, dict):
            waiting.extend((f"{pointer}/{escaped(k)}", v) for k, v in value.items())
        elif isinstance(value, list):
            waiting.extend((f"{pointer}/{i}", v) for i, v in enumerate(value))


def escaped(key: str) -> str:
    """A key as a part of a JSON pointer."""
    return key.replace("~", "~0").replace("/", "~1")


@lru_cache(maxsize=4096)
def parts(pointer: str) -> tuple[str, ...]:
    """The keys of a JSON pointer. Raises `Rejected` `bad-pointer`."""
    if not pointer:
        return ()
    if not pointer.startswith("/"):
        raise Rejected("bad-pointer", pointer=shown(pointer))
    return tuple(p.replace("~1", "/").replace("~0", "~") for p in pointer[1:].split("/"))


ABSENT: Any = object()
"""What is found where a pointer leads nowhere."""


def follow(tree: Any, keys: Sequence[str]) -> Any:
    """The value at the end of a pointer's keys, `ABSENT` if it leads nowhere."""
    for key in keys:
        if isinstance(tree, dict):
            tree = tree.get(key, ABSENT)
        elif isinstance(tree, list):
            index = int(key) if key.isascii() and key.isdigit() and len(key) < 10 else -1
            tree = tree[index] if 0 <= index < len(tree) else ABSENT
        else:
            return ABSENT
        if tree is ABSENT:
            return ABSENT
    return tree
