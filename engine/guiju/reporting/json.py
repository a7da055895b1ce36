"""The assessment itself, as JSON: one object, or an array when there are several.

The schema of an object is what `guiju schema assessment` prints. Both languages are in
it, so the language asked for makes no difference.
"""

from __future__ import annotations

from collections.abc import Sequence

from guiju.messages import Lang
from guiju.verdicts import Assessment


def write(assessments: Sequence[Assessment], lang: Lang) -> str:
    """One assessment as an object; none or several as an array of such objects."""
    from guiju.assessment.record import to_json

    records = [_text(to_json(assessment)).strip() for assessment in assessments]
    if len(records) == 1:
        return records[0] + "\n"
    return "[\n" + ",\n".join(records) + "\n]\n"


def _text(record: str | bytes) -> str:
    return record if isinstance(record, str) else record.decode("utf-8")
