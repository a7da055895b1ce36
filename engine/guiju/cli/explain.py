"""`guiju explain`: the page of a diagnostic, a rule in words, or how a verdict came about."""

from __future__ import annotations

from guiju.cli.options import COMMON, Argument, Command, Option, Values
from guiju.cli.usage import OK, WrongUsage, reader_language, search_in
from guiju.messages import Lang, has_message, message


def run(values: Values) -> int:
    """Explain a diagnostic's code or a rule."""
    lang = reader_language(values["lang"])
    search_in(values["packs_dir"])
    subject: str = values["subject"]
    for chapter in ("diagnostics", "reading"):
        key = f"{chapter}.{subject}.page"
        if has_message(key):
            print(message(key, lang))
            return OK
    pack, slash, rule = subject.rpartition("/")
    if not slash:
        raise WrongUsage("no-such-subject", name=subject, near=_near_codes(subject, lang))
    from guiju.cli.rule_page import explain_rule

    explain_rule(pack, rule, values, lang)
    return OK


def _near_codes(subject: str, lang: Lang) -> str:
    """A sentence with the codes that look like it."""
    from difflib import get_close_matches
    from importlib import import_module

    from guiju.cli.usage import listed

    codes = [
        key.removesuffix(".page")
        for chapter in ("diagnostics", "reading")
        for key in import_module(f"guiju.messages.{chapter}").MESSAGES
        if key.endswith(".page")
    ]
    near = get_close_matches(subject, codes) or sorted(codes)
    return listed(tuple(near), lang)


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
