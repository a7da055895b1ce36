"""`guiju explain`: the page of a diagnostic or of a reading problem, a rule in words, or how a
verdict came about."""

from __future__ import annotations

from guiju.cli.exits import OK
from guiju.cli.options import COMMON, Argument, Command, Option, Values
from guiju.cli.usage import WrongUsage, listed, reader_language, search_in
from guiju.messages import Lang, has_message, message
from guiju.packs import installed_packs
from guiju.reporting.columns import folded

COLUMNS = 80


def run(values: Values) -> int:
    """Explain the code of a diagnostic or of a reading problem, or a rule."""
    lang = reader_language(values["lang"])
    search_in(values["packs_dir"])
    subject: str = values["subject"]
    pack, slash, rule = subject.rpartition("/")
    if not slash:
        _explain_code(subject, lang)
        return OK
    from guiju.cli.rule_page import explain_rule

    explain_rule(pack, rule, values, lang)
    return OK


def _explain_code(code: str, lang: Lang) -> None:
    """Print the page of a code; one that rule files and dossiers share has both.

    Raises WrongUsage for a code there is not.
    """
    from guiju.cli.problem_page import problem_page

    page = f"diagnostics.{code}.page"
    of_rules = message(page, lang).splitlines() if has_message(page) else []
    of_dossiers = problem_page(code, lang)
    if not of_rules and not of_dossiers:
        raise _unknown(code, lang)
    print(code)
    if of_rules:
        print()
    for line in of_rules:
        # What is indented is an example, and stays as it is.
        print("\n".join([line] if line.startswith(" ") else folded(line, COLUMNS)))
    for line in of_dossiers:
        print(line)


def _unknown(subject: str, lang: Lang) -> WrongUsage:
    """What may have been meant, or all there is."""
    from difflib import get_close_matches

    from guiju.cli.problem_page import problem_codes
    from guiju.messages.diagnostics import MESSAGES

    if subject in {pack.id for pack in installed_packs()}:
        return WrongUsage("subject-is-pack", name=subject)
    meant = _in_packs(subject)
    if meant:
        return WrongUsage("no-such-subject", name=subject, near=listed(meant, lang))
    codes = sorted(key.removesuffix(".page") for key in MESSAGES if key.endswith(".page"))
    near = get_close_matches(subject, sorted({*codes, *problem_codes()}))
    if near:
        return WrongUsage("no-such-subject", name=subject, near=listed(near, lang))
    return WrongUsage("no-such-code", name=subject, known=listed(codes, lang))


def _in_packs(subject: str) -> list[str]:
    """The rules and formulas of installed packs with an id, as they are asked for."""
    from guiju.compiler import PackHasErrors, load_pack

    if not any(letter.isupper() or letter == "_" for letter in subject):
        return []  # the codes are in small letters, and to read every pack takes a while
    found = []
    for pack in installed_packs():
        try:
            plan = load_pack(pack.folder)
        except PackHasErrors:
            continue
        ids = (*(rule.id for rule in plan.rules if rule.pack == pack.id), *plan.formulas)
        found += [f"{pack.id}/{id_}" for id_ in ids if id_ == subject]
    return found


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
