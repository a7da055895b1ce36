"""What a command takes: arguments and options as data.

The click program, the help pages and the straight road of `guiju check` are all made from
these, so that they cannot disagree. Help texts stand in `guiju.messages.command` under
`option.<name>`, or `option.<command>.<name>` where a command means something of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from guiju.hints import Any
from guiju.record import Record

COMMANDS = (
    "check",
    "batch",
    "screen",
    "tables",
    "explain",
    "lint",
    "fmt",
    "packs",
    "ledger",
    "schema",
    "completion",
)
"""The commands; each is the `COMMAND` of the module of its name."""

Values = dict[str, Any]
"""What was given, by `key`: str or None, bool for a flag, a tuple where many may be given."""


class Option(Record):
    """`--name VALUE`. A flag has no `metavar`; `many` may be given again and again.

    `suggests` tells shell completion what the value is: file, folder, or pack.
    """

    name: str
    metavar: str = ""
    short: str = ""
    many: bool = False
    choices: tuple[str, ...] = ()
    suggests: str = ""

    @property
    def key(self) -> str:
        return self.name.removeprefix("--").replace("-", "_")

    @property
    def default(self) -> Any:
        return () if self.many else None if self.metavar else False


class Argument(Record):
    """A word without a dash. `many` takes one or more."""

    name: str
    many: bool = False
    choices: tuple[str, ...] = ()
    suggests: str = "file"

    @property
    def key(self) -> str:
        return self.name


class Command(Record):
    """A command; `run` gets the values and returns the exit code."""

    name: str
    argument: Argument | None
    options: tuple[Option, ...]
    run: Callable[[Values], int]


LANG = Option("--lang", "LANG", choices=("zh", "en"))
PACKS_DIR = Option("--packs-dir", "FOLDER", suggests="folder")
DEBUG = Option("--debug")
COMMON = (LANG, PACKS_DIR, DEBUG)


def straight(command: Command, words: list[str]) -> Values | None:
    """The values of a command line with nothing wrong and nothing to look up in it.

    None for every other one: `--help`, a mistake, a short cut this does not know. click then
    reads it and explains what is wrong. Loading click takes longer than checking a small
    dossier, and a platform that checks thousands pays it each time; that is the only reason
    for this second road. `tests/cli/test_options.py` holds both to the same values.
    """
    by_name = {o.name: o for o in command.options}
    by_name.update({o.short: o for o in command.options if o.short})
    values: Values = {o.key: o.default for o in command.options}
    free: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            free.extend(rest)
        elif word.startswith("-") and word != "-":
            name, equals, value = word.partition("=")
            option = by_name.get(name)
            if option is None:
                return None
            if not option.metavar:
                if equals:
                    return None
                values[option.key] = True
                continue
            if not equals:
                value = next(rest, "-")
                if value.startswith("-"):
                    return None
            elif name == option.short:
                return None
            if option.choices and value not in option.choices:
                return None
            values[option.key] = (*values[option.key], value) if option.many else value
        else:
            free.append(word)
    argument = command.argument
    if argument is None:
        return None if free else values
    if not free or (len(free) > 1 and not argument.many):
        return None
    if argument.choices and not set(free) <= set(argument.choices):
        return None
    values[argument.key] = tuple(free) if argument.many else free[0]
    return values
