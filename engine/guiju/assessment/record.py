"""The record of an assessment as JSON: written, read back strictly, and described by a JSON
Schema.

The classes are those of `guiju.verdicts`. JSON is written in the order their fields are
declared, in UTF-8, so that the same assessment gives the same bytes; reading refuses
unknown fields and other types. Digests are of the canonical form of RFC 8785.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from guiju import verdicts
from guiju.hints import real
from guiju.record import Mutable, make_dataclass
from guiju.verdicts import FORMAT, Assessment

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class NotAnAssessment(ValueError):
    """A text that is no assessment of this format."""


def to_json(assessment: Assessment) -> bytes:
    """An assessment as JSON text in UTF-8; `from_json` reads it back."""
    import json

    return (json.dumps(_plain(assessment), ensure_ascii=False, indent=1) + "\n").encode()


def from_json(text: bytes | str) -> Assessment:
    """The assessment in a JSON text. Raises NotAnAssessment."""
    from pydantic import ValidationError

    try:
        assessment = _adapter().validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = "/".join(str(part) for part in first["loc"])
        raise NotAnAssessment(f"{place}: {first['msg']}" if place else first["msg"]) from None
    if assessment.format != FORMAT:
        raise NotAnAssessment(f"format: {assessment.format}")
    return assessment


def digest(assessment: Assessment) -> str:
    """The SHA-256 of an assessment's canonical JSON (RFC 8785)."""
    import rfc8785

    return sha256(rfc8785.dumps(_plain(assessment))).hexdigest()


def json_schema() -> dict[str, Any]:
    """The JSON Schema of an assessment, with the meaning of each part."""
    name, _, version = FORMAT.partition("/")
    schema = _adapter().json_schema()
    schema["properties"]["format"]["const"] = FORMAT
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{name.replace('-', ':')}:{version}",
        **schema,
        "title": f"Guiju assessment, format {version}",
    }


def _plain(value: Any) -> Any:
    """The objects of an assessment as dictionaries."""
    # `isinstance`, because a text from a JSON file is a subclass of str.
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return {name: _plain(getattr(value, name)) for name in value._fields}


@cache
def _adapter() -> TypeAdapter[Assessment]:
    from pydantic import ConfigDict, TypeAdapter

    real(vars(verdicts))
    for kind in vars(verdicts).values():
        if isinstance(kind, type) and issubclass(kind, Mutable) and kind is not Mutable:
            make_dataclass(kind)
            # Read by pydantic alone: an unknown key is an error, not something to lose.
            setattr(kind, "__pydantic_config__", ConfigDict(extra="forbid"))  # noqa: B010
    return TypeAdapter(Assessment)
