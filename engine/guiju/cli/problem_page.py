"""The page of a problem a dossier's files can have, made from the catalogue of messages."""

from __future__ import annotations

import re

from guiju.messages import Lang, has_message, message
from guiju.reporting.columns import folded

COLUMNS = 80
_CHAPTERS = ("reading", "evaluation.problem")
_VALUE = re.compile(r"\{[^{}]*\}")


def problem_page(code: str, lang: Lang) -> list[str]:
    """The lines of the page: what is said, how severe it is, and what to do; none for a code
    that is no reading problem's. A value of the sentence is shown as `…`."""
    lines: list[str] = []
    for chapter in _CHAPTERS:
        key = f"{chapter}.{code}"
        if not (has_message(key) and has_message(f"{key}.mend")):
            continue
        kind = _severity(code)
        lines += ["", *folded(message(f"command.explain.problem.{kind}", lang), COLUMNS)]
        lines += ["", message("command.explain.problem.said", lang)]
        lines += _indented(message(key, lang))
        lines += ["", message("command.explain.problem.mend", lang)]
        if has_message(f"{key}.near"):
            lines += _indented(message(f"{key}.near", lang))
        lines += _indented(message(f"{key}.mend", lang))
    return lines


def problem_codes() -> list[str]:
    """All codes that have such a page."""
    from guiju.messages.evaluation import MESSAGES as EVALUATION
    from guiju.messages.reading import MESSAGES as READING

    applied = [key.removeprefix("problem.") for key in EVALUATION if key.startswith("problem.")]
    mends = [key for key in (*READING, *applied) if key.endswith(".mend")]
    return sorted(key.removesuffix(".mend") for key in mends)


def _severity(code: str) -> str:
    from guiju.messages.reading import NOTES, WARNINGS

    if code in WARNINGS or code.startswith("waiver-"):
        return "warning"
    return "note" if code in NOTES else "error"


def _indented(text: str) -> list[str]:
    return [f"  {line}" for line in folded(_VALUE.sub("…", text), COLUMNS - 2)]
