"""`guiju explain`: the page of a diagnostic, a rule in words, or how a verdict came about."""

from __future__ import annotations

from guiju.cli.exits import OK
from guiju.cli.options import COMMON, Argument, Command, Option, Values
from guiju.cli.usage import WrongUsage, listed, reader_language, search_in
from guiju.messages import Lang, has_message, message
from guiju.reporting.columns import folded

COLUMNS = 80


def run(values: Values) -> int:
    """Explain a diagnostic's code or a rule."""
    lang = reader_language(values["lang"])
    search_in(values["packs_dir"])
    subject: str = values["subject"]
    page = f"diagnostics.{subject}.page"
    if has_message(page):
        print(f"{subject}\n")
        for line in message(page, lang).splitlines():
            # What is indented is an example, and stays as it is.
            print("\n".join([line] if line.startswith(" ") else folded(line, COLUMNS)))
        return OK
    pack, slash, rule = subject.rpartition("/")
    if not slash:
        raise _unknown(subject, lang)
    from guiju.cli.rule_page import explain_rule

    explain_rule(pack, rule, values, lang)
    return OK


def _unknown(subject: str, lang: Lang) -> WrongUsage:
    """What may have been meant, or all there is."""
    from difflib import get_close_matches

    from guiju.messages.diagnostics import MESSAGES

    codes = sorted(key.removesuffix(".page") for key in MESSAGES if key.endswith(".page"))
    near = get_close_matches(subject, codes)
    if near:
        return WrongUsage("no-such-subject", name=subject, near=listed(near, lang))
    return WrongUsage("no-such-code", name=subject, known=listed(codes, lang))


COMMAND = Command(
    "explain",
    Argument("subject", suggests=""),
    (
        Option("--dossier", "PATH", suggests="file"),
        Option("--project", "ID"),
        Option("--mapping", "FILE", suggests="file"),
        Option("--as-of", "DATE"),
        *COMMON,
    ),
    run,
)
