"""Bindings: where in a file a fact or a column stands, and how it is written there.

A binding is one of: `at` (a JSON pointer), `column` (a heading of the sheet or CSV file
that holds one project a row), `cell` or `name` (in a workbook), `value` (said here).
"""

from __future__ import annotations

from guiju.dossier.lens import Lens, missing_values, reading
from guiju.dossier.numbers import unit_named
from guiju.dossier.problems import Rejected
from guiju.dossier.written import Written
from guiju.dossier.yaml_tree import Node, Pairs, Scalar
from guiju.hints import Any
from guiju.record import Record
from guiju.verdicts import Origin

LENS_KEYS = ("unit", "missing", "read", "values")
PLACE_KEYS = ("at", "column", "cell", "name", "value")
KEYS = (*PLACE_KEYS, "file", "sheet", *LENS_KEYS)


class Binding(Record):
    """`kind` is a place key, `@` for a word about the row (`@key`, `@number`, `@index`),
    or `period` for two `parts`. `text` is the pointer, heading, cell, name or value."""

    kind: str
    text: str
    lens: Lens
    place: Origin
    file: str | None = None
    sheet: str | None = None
    parts: tuple[Binding, ...] = ()


def lens_of(pairs: Pairs, written: Written, where: str, base: Lens) -> Lens:
    """The lens the keys of a binding describe. `missing` adds to that of `base`."""
    missing, numbers = base.missing, base.missing_numbers
    if "missing" in pairs.pairs:
        node = pairs.pairs["missing"]
        nodes = [node] if isinstance(node, Scalar) else written.items(node, f"{where}.missing")
        more, more_numbers = missing_values(
            [item.text for item in nodes if isinstance(item, Scalar)]
        )
        missing, numbers = missing | more, numbers + more_numbers
    lens = base._replace(missing=missing, missing_numbers=numbers)
    unit = written.text(pairs, "unit", where)
    read = written.text(pairs, "read", where)
    try:
        if unit is not None:
            lens = lens._replace(unit=unit_named(unit))
        if read is not None:
            lens = lens._replace(read=reading(read))
    except Rejected as rejected:
        key = "unit" if rejected.code == "unknown-unit" else "read"
        label = {"en": where, "zh": where}
        values_said: dict[str, Any] = {
            "name": f"{where}.{key}",
            "label": label,
            **rejected.values,
        }
        written.say(rejected.code, pairs.pairs[key], **values_said)
    values = written.pairs(pairs.pairs.get("values"), f"{where}.values")
    if values is not None:
        texts = {key: written.text(values, key, f"{where}.values") for key in values.pairs}
        # A raw value that stands for nothing is a missing one.
        gone = frozenset(key for key, text in texts.items() if text is None)
        lens = lens._replace(
            missing=lens.missing | gone,
            values={key: text for key, text in texts.items() if text is not None},
        )
    return lens


def binding_of(node: Node, written: Written, where: str, base: Lens) -> Binding | None:
    """The binding written at a node of a mapping, None (and reported) when it is none.

    A text alone is a pointer when it begins with `/` or `^/`, a word when it begins with
    `@`, else the heading of a column.
    """
    place = written.origin(node)
    if isinstance(node, Scalar):
        if node.text is None:
            written.say("empty-binding", node, where=where)
            return None
        return _short(node.text.strip(), base, place)
    pairs = written.pairs(node, where)
    if pairs is None:
        return None
    if set(pairs.pairs) == {"start", "end"}:
        parts = [
            binding_of(pairs.pairs[k], written, f"{where}.{k}", base) for k in ("start", "end")
        ]
        found = tuple(part for part in parts if part is not None)
        return Binding("period", "", base, place, parts=found) if len(found) == 2 else None
    written.only(pairs, KEYS, where)
    lens = lens_of(pairs, written, where, base)
    kinds = [key for key in PLACE_KEYS if key in pairs.pairs]
    if len(kinds) != 1:
        written.say("binding-places", node, where=where, known=", ".join(PLACE_KEYS))
        return None
    kind = kinds[0]
    text = written.text(pairs, kind, where)
    file = written.text(pairs, "file", where)
    sheet = written.text(pairs, "sheet", where)
    if text is None:
        if kind != "at" or not isinstance(pairs.pairs[kind], Scalar):
            written.say("empty-binding", pairs.pairs[kind], where=where)
            return None
        text = ""
    if kind == "at":
        return _short(text, lens, place, at=True)._replace(file=file, sheet=sheet)
    return Binding(kind, text, lens, place, file, sheet)


def _short(text: str, lens: Lens, place: Origin, at: bool = False) -> Binding:
    if text.startswith("@"):
        return Binding("@", text, lens, place)
    kind = "at" if at or text.startswith(("/", "^/")) else "column"
    return Binding(kind, text, lens, place)
