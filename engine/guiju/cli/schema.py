"""`guiju schema`: the JSON Schema of a kind of file."""

from __future__ import annotations

from guiju.cli.exits import OK
from guiju.cli.options import COMMON, Argument, Command, Values

SUBJECTS = ("assessment", "ledger", "screening")


def run(values: Values) -> int:
    """Print a JSON Schema."""
    import json

    if values["subject"] == "ledger":
        from guiju.ledger.record import json_schema
    elif values["subject"] == "screening":
        from guiju.screening.record import json_schema
    else:
        from guiju.assessment.record import json_schema

    print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return OK


COMMAND = Command(
    "schema",
    Argument("subject", choices=SUBJECTS, suggests=""),
    tuple(o for o in COMMON if o.name != "--packs-dir"),
    run,
)
