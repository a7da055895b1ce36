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
from guiju.published import adapter, json_text, plain, schema
from guiju.verdicts import FORMAT, Assessment

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class NotAnAssessment(ValueError):
    """A text that is no assessment of this format."""


def to_json(assessment: Assessment) -> bytes:
    """An assessment as JSON text in UTF-8; `from_json` reads it back."""
    return json_text(assessment).encode()


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

    return sha256(rfc8785.dumps(plain(assessment))).hexdigest()


def json_schema() -> dict[str, Any]:
    """The JSON Schema of an assessment, with the meaning of each part."""
    return schema(_adapter(), FORMAT, "Guiju assessment")


@cache
def _adapter() -> TypeAdapter[Assessment]:
    return adapter(vars(verdicts), Assessment)
