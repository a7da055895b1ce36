"""Help pages, from the catalogue and the options of a command, at most 80 columns wide."""

from __future__ import annotations

import os
from collections.abc import Iterable

from guiju.cli.options import COMMANDS, Argument, Command, Option
from guiju.messages import Lang, has_message, message
from guiju.reporting.columns import folded, padded
from guiju.reporting.columns import width as columns

WIDTH = 80
LEFT = 26
"""The widest first column; a longer entry has a line of its own."""


def group_help(lang: Lang) -> str:
    """The page of `guiju` itself."""
    page = [_usage("guiju", message("command.usage.command", lang), lang)]
    page += _about("guiju", lang)
    page += _section("commands", ((n, message(f"command.about.{n}", lang)) for n in COMMANDS), lang)
    options = (("-V, --version", "version"), ("--help", "help"))
    page += _section(
        "options", ((n, message(f"command.option.{key}", lang)) for n, key in options), lang
    )
    page += _examples("guiju", lang)
    page += _literal("exit-codes", message("command.exit-codes.text", lang), lang)
    return "\n".join(page)


def command_help(command: Command, lang: Lang) -> str:
    """The page of a command."""
    argument = command.argument
    takes = message("command.usage.options", lang)
    if argument is not None:
        takes += f" {argument.name.upper()}{'…' if argument.many else ''}"
    page = [_usage(f"guiju {command.name}", takes, lang)]
    page += _about(command.name, lang)
    if argument is not None:
        text = message(f"command.argument.{command.name}.{argument.name}", lang)
        page += _section(
            "arguments", [(argument.name.upper(), text + _choices(argument, lang))], lang
        )
    rows = [(_left(option), _text(command, option, lang)) for option in command.options]
    rows.append(("--help", message("command.option.help", lang)))
    page += _section("options", rows, lang)
    page += _examples(command.name, lang)
    if command.name in ("check", "batch"):
        page += _literal("exit-codes", message("command.exit-codes.text", lang), lang)
    return "\n".join(page)


def _usage(name: str, takes: str, lang: Lang) -> str:
    return f"{message('command.usage', lang)}{_gap(lang)}{name} {takes}"


def _about(name: str, lang: Lang) -> list[str]:
    lines: list[str] = []
    for key in (f"command.about.{name}", f"command.about.{name}.long"):
        if has_message(key):
            lines += ["", *(f"  {line}" for line in folded(message(key, lang), width() - 2))]
    return lines


def _section(title: str, rows: Iterable[tuple[str, str]], lang: Lang) -> list[str]:
    rows = list(rows)
    column = max(columns(left) for left, _ in rows if columns(left) <= LEFT) + 4
    lines = ["", message(f"command.{title}", lang)]
    for left, text in rows:
        body = folded(text, width() - column)
        if columns(left) > LEFT:
            lines.append(f"  {left}")
        else:
            lines.append("  " + padded(left, column - 2) + body.pop(0))
        lines += [" " * column + line for line in body]
    return lines


def _examples(name: str, lang: Lang) -> list[str]:
    return _literal("examples", message(f"command.about.{name}.examples", lang), lang)


def _literal(title: str, text: str, lang: Lang) -> list[str]:
    return ["", message(f"command.{title}", lang), *(f"  {line}" for line in text.splitlines())]


def _left(option: Option) -> str:
    name = f"{option.short}, {option.name}" if option.short else option.name
    return f"{name} {option.metavar}" if option.metavar else name


def _text(command: Command, option: Option, lang: Lang) -> str:
    key = f"command.option.{command.name}.{option.key.replace('_', '-')}"
    if not has_message(key):
        key = f"command.option.{option.key.replace('_', '-')}"
    values: dict[str, object] = {}
    if (command.name, option.name) in (("check", "--format"), ("batch", "--reports")):
        from guiju.reporting import FORMATS

        values["formats"] = ("、" if lang == "zh" else ", ").join(FORMATS)
    text = message(key, lang, **values) + _choices(option, lang)
    if option.many:
        text += _gap(lang) + message("command.repeatable", lang)
    return text


def _choices(of: Option | Argument, lang: Lang) -> str:
    if not of.choices:
        return ""
    choices = ("、" if lang == "zh" else ", ").join(of.choices)
    return _gap(lang) + message("command.one-of", lang, choices=choices)


def _gap(lang: Lang) -> str:
    return "" if lang == "zh" else " "


def width() -> int:
    """The width of a page: the terminal's, at most 80 columns."""
    try:
        return min(WIDTH, int(os.environ.get("COLUMNS", WIDTH)) or WIDTH)
    except ValueError:
        return WIDTH
