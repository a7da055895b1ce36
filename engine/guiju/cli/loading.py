"""Packs and dossiers named on the command line, and what is said when they cannot be read."""

from __future__ import annotations

from guiju.cli.usage import Unusable, WrongUsage, listed, say, say_error, unreadable_file
from guiju.hints import TYPE_CHECKING
from guiju.messages import Lang, message
from guiju.packs import PackNotFound

if TYPE_CHECKING:
    from guiju.compiler.files import Swaps
    from guiju.dossier import UnreadableDossier
    from guiju.plan.nodes import PackPlan


def load(name: str, lang: Lang, swaps: Swaps | None = None) -> PackPlan:
    """The plan of a pack by id or path, with other parameter files if some are given.

    Raises Unusable after saying what is wrong: there is no such pack, or it has errors; and
    WrongUsage for a parameter file that takes the place of none.
    """
    from guiju.compiler import load_pack

    try:
        return load_pack(name, swaps)
    except PackNotFound as problem:
        say_error(problem.message(lang), lang, problem.help(lang))
    except OSError as problem:
        raise unreadable_file(name, problem) from None
    except Exception as problem:
        # `PackHasErrors` is looked for by what it carries: importing it would load the parser
        # for every check, and it can only be raised when the parser is loaded anyway.
        diagnostics = getattr(problem, "diagnostics", None)
        if diagnostics is None:
            if swaps is not None:
                raise_swap_problem(problem, lang)
            raise
        from guiju.diagnostics import render

        errors = [one for one in diagnostics if one.severity == "error"]
        for one in errors:
            say(_by_place(render(one, lang), swaps))
            say("")
        key = "pack-has-errors" if swaps is None else "pack-has-errors-with"
        say_error(message(f"command.{key}", lang, pack=name, count=len(errors)), lang)
    raise Unusable


def _by_place(text: str, swaps: Swaps | None) -> str:
    """A diagnostic with the parameter files it names by where they stand, not by those of
    the pack that they replace."""
    from re import escape, sub

    if swaps is None:
        return text
    for name in swaps.content:
        base = escape(name.rpartition("/")[2])
        place = f"`{swaps.folder.rstrip('/')}/{name}`".replace("\\", r"\\")
        text = sub(rf"`(?:[^`\n]*/)?{base}`", place, text)
    return text


def lookups_in(folder: str | None, lang: Lang) -> Swaps | None:
    """The parameter files of a folder, to stand in place of the packs' own. Raises
    WrongUsage."""
    if folder is None:
        return None
    from guiju.compiler.swaps import SwapProblem, read_swaps

    try:
        return read_swaps(folder)
    except SwapProblem as problem:
        raise_swap_problem(problem, lang)
        raise
    except OSError as problem:
        raise unreadable_file(folder, problem) from None


def raise_swap_problem(problem: Exception, lang: Lang) -> None:
    """Raises WrongUsage for a SwapProblem; does nothing for another exception."""
    from guiju.compiler.swaps import SwapProblem

    if isinstance(problem, SwapProblem):
        values = dict(problem.values)
        if "near" in values:
            values["near"] = listed(values["near"], lang)
        raise WrongUsage(problem.key, **values) from None


def say_unreadable(problem: UnreadableDossier, path: str, lang: Lang) -> None:
    """Why nothing of a dossier could be read, and the mend."""
    from guiju.reporting.wording import Wording

    wording = Wording(lang)
    found = problem.problem
    text = wording.text(found.message)
    if f"`{path}`" in text:
        # It is about the path itself, which has no place in it.
        say_error(text, lang, wording.text(found.mend))
        return
    colon, before, after = ("：", "（", "）") if lang == "zh" else (": ", " (", ")")
    place = wording.place(found.origin)
    said = f"{path}{colon}{text}"
    say_error(f"{said}{before}{place}{after}" if place else said, lang, wording.text(found.mend))
