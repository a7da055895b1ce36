"""Wrong usage: a problem of the command line or of a file named there, not of a dossier."""

from __future__ import annotations

import os
import sys

from guiju.messages import Lang, has_message, message


class WrongUsage(Exception):
    """Ends the command with exit code 2. `key` is a message of the `command` chapter, which
    may have a `.help`. A value may be a dictionary of texts by language."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def message(self, lang: Lang) -> str:
        return message(f"command.{self.key}", lang, **self._said(lang))

    def help(self, lang: Lang) -> str:
        key = f"command.{self.key}.help"
        return message(key, lang, **self._said(lang)) if has_message(key) else ""

    def _said(self, lang: Lang) -> dict[str, object]:
        return {
            name: value[lang] if isinstance(value, dict) else value
            for name, value in self.values.items()
        }


def unreadable_file(file: str, problem: OSError) -> WrongUsage:
    """A file of the command line that the system would not read."""
    from guiju.messages.system import reason

    return WrongUsage("cannot-read", file=file, reason=reason(problem))


def unwritable_file(file: str, problem: OSError) -> WrongUsage:
    """A file of the command line that the system would not write."""
    from guiju.messages.system import reason

    return WrongUsage("cannot-write", file=file, reason=reason(problem))


class Unusable(Exception):
    """Ends the command with exit code 2; what is wrong has been said already."""


def say(text: str) -> None:
    """A line for a person, on standard error."""
    print(text, file=sys.stderr)


def say_error(text: str, lang: Lang, help_text: str = "") -> None:
    """An error and what to do about it, on standard error."""
    from guiju.reporting.columns import folded

    colon = "：" if lang == "zh" else ": "
    lines = folded(f"guiju: {message('command.error', lang)}{colon}{text}", 80, whole=True)
    if help_text:
        lines += folded(f"{message('command.help', lang)}{colon}{help_text}", 78, whole=True)
    say("\n  ".join(lines))


def reader_language(chosen: str | None = None) -> Lang:
    """The language to speak: as chosen, else GUIJU_LANG, else the system's, else English.

    Raises WrongUsage for a GUIJU_LANG that is no language of ours: it was set on purpose. The
    system's language is only a guess at the reader's, and any may stand there.
    """
    if chosen is not None:
        return "zh" if chosen == "zh" else "en"
    ours = os.environ.get("GUIJU_LANG", "")
    if ours:
        short = ours.lower()[:2]
        if short not in ("zh", "en"):
            raise WrongUsage("bad-language", value=ours)
        return "zh" if short == "zh" else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        system = os.environ.get(name, "")
        if system:
            return "zh" if system.lower().startswith("zh") else "en"
    return "en"


def listed(items: object, lang: Lang) -> str:
    """`a`, `b`, `c`."""
    assert isinstance(items, (list, tuple))
    return ("、" if lang == "zh" else ", ").join(f"`{item}`" for item in items)


def search_in(folder: str | None) -> None:
    """Have packs looked for in a folder first, those that packs use as well."""
    if folder is not None:
        from guiju.packs import SEARCH_PATH, search_path

        if not os.path.isdir(folder):
            raise WrongUsage("no-such-packs-dir", folder=folder)
        os.environ[SEARCH_PATH] = os.pathsep.join([os.path.abspath(folder), *search_path()])


_MOST_DIGITS = 9


def is_whole(text: str) -> bool:
    """Whether a text is a whole number, not negative and not too long to be meant."""
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS


def whole_number(option: str, text: str, *, least: int = 1) -> int:
    """The whole number given to an option, such as `--jobs`. Raises WrongUsage."""
    if not (is_whole(text) and int(text) >= least):
        raise WrongUsage("bad-whole", option=option, value=text, least=least)
    return int(text)
