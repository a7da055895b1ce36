"""Records as JSON: what is published of an assessment or a ledger, and its JSON Schema.

JSON is written in the order the fields of a class are declared. pydantic reads the classes of a
module as dataclasses that refuse unknown fields; it is imported where it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from guiju.hints import real
from guiju.record import Mutable, make_dataclass

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")


def plain(value: Any) -> Any:
    """The objects of a record as dictionaries, lists, texts and numbers."""
    # `isinstance`, because a text from a JSON file is a subclass of str.
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return {name: plain(getattr(value, name)) for name in value._fields}


def json_text(value: Any) -> str:
    """A record as JSON text, one part to a line."""
    import json

    return json.dumps(plain(value), ensure_ascii=False, indent=1) + "\n"


def adapter(names: dict[str, Any], kind: type[T]) -> TypeAdapter[T]:
    """What reads and describes a record; `names` are those of the module it is declared in."""
    from pydantic import ConfigDict, TypeAdapter

    real(names)
    for declared in list(names.values()):
        if isinstance(declared, type) and issubclass(declared, Mutable) and declared is not Mutable:
            make_dataclass(declared)
            # Read by pydantic alone: an unknown key is an error, not something to lose.
            setattr(declared, "__pydantic_config__", ConfigDict(extra="forbid"))  # noqa: B010
    return TypeAdapter(kind)


def schema(adapter: TypeAdapter[Any], format: str, title: str) -> dict[str, Any]:
    """The JSON Schema of a record of a format such as `guiju-ledger/1`."""
    name, _, version = format.partition("/")
    described = adapter.json_schema()
    described["properties"]["format"]["const"] = format
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{name.replace('-', ':')}:{version}",
        **described,
        "title": f"{title}, format {version}",
    }
