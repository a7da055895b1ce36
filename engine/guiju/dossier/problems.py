"""Reading problems: what is wrong with a dossier's files, for the person who made them."""

from __future__ import annotations

from guiju.hints import TYPE_CHECKING, Literal
from guiju.verdicts import Origin, Problem

if TYPE_CHECKING:
    from guiju.plan.nodes import TablePlan

Severity = Literal["error", "warning", "note"]

MAX_SHOWN = 80
"""Characters of a text from a file that a message shows."""


class UnreadableDossier(Exception):
    """Nothing of a dossier can be read. `problem` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message["en"])
        self.problem = problem


class Rejected(Exception):
    """A value or a file that cannot be taken, before its place is known.

    It becomes a `Problem` where the place is known. As a cell of a grid it stands for a
    cell that holds something but no value, such as `#DIV/0!`.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        return (_rejected, (self.code, self.values))


def _rejected(code: str, values: dict[str, object]) -> Rejected:
    return Rejected(code, **values)


def shown(text: object) -> str:
    """A text from a file as a message shows it: on one line, cut short, nothing hidden.

    Control and direction characters are written as `\\u…` so that they cannot disturb the
    reader's terminal or reorder the sentence.
    """
    whole = str(text)
    cut = whole[:MAX_SHOWN]
    if not cut.isprintable():
        cut = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)
    return cut + "…" if len(whole) > MAX_SHOWN else cut


def listed(texts: list[str], most: int = 12) -> str:
    """Texts in one line, the first `most` of them."""
    head = ", ".join(shown(t) for t in texts[:most])
    return f"{head}, … ({len(texts)})" if len(texts) > most else head


def called(plan: TablePlan) -> dict[str, str]:
    """A table by the name a dossier of each language gives it."""
    return {"en": plan.name, "zh": plan.alias or plan.name}


def problem(code: str, severity: Severity, origin: Origin | None, /, **values: object) -> Problem:
    """A reading problem with its sentences from the catalogue `guiju.messages.reading`.

    A value may be a dictionary of texts by language; others are shown as they are. With a
    value `nearest`, the mend is the one that asks whether that was meant.
    """
    from guiju.messages import LANGUAGES, Lang, has_message, message

    def say(key: str, lang: Lang) -> str:
        mine = {
            name: shown(value.get(lang) or next(iter(value.values()), ""))
            if isinstance(value, dict)
            else value
            if isinstance(value, int)
            else str(value)
            for name, value in values.items()
        }
        return message(f"reading.{key}", lang, **mine)

    near = f"{code}.near"
    mend = near if values.get("nearest") and has_message(f"reading.{near}") else f"{code}.mend"
    return Problem(
        code,
        severity,
        {lang: say(code, lang) for lang in LANGUAGES},
        {lang: say(mend, lang) for lang in LANGUAGES},
        origin,
    )
