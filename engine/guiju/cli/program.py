"""The click program: finds a command, reads its options, completes them in a shell."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from guiju.cli.exits import OK, UNUSABLE
from guiju.cli.help import command_help, group_help
from guiju.cli.options import COMMANDS, Command, Option
from guiju.cli.usage import listed, say_error
from guiju.messages import Lang, message

PROGRAM = "guiju"


class Help(click.Command):
    """A click command whose help page is ours, in the reader's language."""

    spec: Command
    lang: Lang

    def get_help(self, ctx: click.Context) -> str:
        return command_help(self.spec, self.lang)


class Commands(click.Group):
    """The commands by name; a command's module is imported when the command is called."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(
            PROGRAM,
            params=[_version(), _lang_option()],
            invoke_without_command=True,
            callback=self.show_help_alone,
        )
        self.lang = lang

    def show_help_alone(self) -> None:
        """`guiju` without a command shows its help."""
        ctx = click.get_current_context()
        if ctx.invoked_subcommand is None:
            print(self.get_help(ctx))

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        return _command(import_module(f"guiju.cli.{name}").COMMAND, self.lang)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        command = self.get_command(ctx, name)
        if command is None and not ctx.resilient_parsing:
            from difflib import get_close_matches

            raise _Mistake(
                message("command.no-such-command", self.lang, name=name),
                tuple(get_close_matches(name, COMMANDS)),
            )
        return name, command, args[1:]

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        # click would import every command to ask for its help; the catalogue has it.
        found = [
            CompletionItem(name, help=message(f"command.about.{name}", self.lang))
            for name in COMMANDS
            if name.startswith(incomplete)
        ]
        return found or click.Command.shell_complete(self, ctx, incomplete)

    def get_help(self, ctx: click.Context) -> str:
        return group_help(self.lang)


class _Mistake(Exception):
    def __init__(self, text: str, near: Sequence[str] = ()) -> None:
        super().__init__(text)
        self.text = text
        self.near = near


def run(words: list[str], lang: Lang) -> int:
    """Run a command line and give its exit code; explain one that is wrong."""
    try:
        code = Commands(lang).main(
            words, PROGRAM, complete_var="_GUIJU_COMPLETE", standalone_mode=False
        )
    except _Mistake as mistake:
        return _explain(mistake.text, mistake.near, PROGRAM, lang)
    except click.UsageError as mistake:
        path = mistake.ctx.command_path if mistake.ctx else PROGRAM
        text, near = _in_our_words(mistake, lang)
        return _explain(text, near, path, lang)
    return code if isinstance(code, int) else OK


def _explain(text: str, near: Sequence[str], path: str, lang: Lang) -> int:
    help_text = (
        message("command.did-you-mean", lang, near=listed(tuple(near), lang))
        if near
        else message("command.see-help", lang, command=path)
    )
    say_error(text, lang, help_text)
    return UNUSABLE


def _in_our_words(mistake: click.UsageError, lang: Lang) -> tuple[str, Sequence[str]]:
    """What is wrong, and what may have been meant."""
    match mistake:
        case click.NoSuchOption():
            near = mistake.possibilities or ()
            return message("command.no-such-option", lang, name=mistake.option_name), near
        case click.MissingParameter(param=click.Parameter() as param):
            return message("command.missing-argument", lang, name=_name(param)), ()
        case click.BadParameter(param=click.Parameter() as param):
            if isinstance(param.type, click.Choice):
                value = mistake.message.partition("'")[2].partition("'")[0]
                choices = listed(tuple(param.type.choices), lang)
                text = message(
                    "command.bad-choice", lang, name=_name(param), value=value, choices=choices
                )
                return text, ()
        case click.BadOptionUsage():
            wanted = "missing-value" if "requires an argument" in mistake.message else ""
            wanted = wanted or ("no-value-wanted" if "not take a value" in mistake.message else "")
            if wanted:
                return message(f"command.{wanted}", lang, name=mistake.option_name), ()
        case click.UsageError() if "extra argument" in mistake.message:
            value = mistake.message.partition("(")[2].rstrip(")")
            return message("command.extra-argument", lang, value=value), ()
        case _:
            pass
    return mistake.format_message(), ()


def _name(param: click.Parameter) -> str:
    return param.opts[0] if isinstance(param, click.Option) else (param.name or "").upper()


def _command(spec: Command, lang: Lang) -> Help:
    def callback(**values: Any) -> int:
        return spec.run(values)

    params: list[click.Parameter] = []
    if spec.argument is not None:
        argument = spec.argument
        params.append(
            click.Argument(
                [argument.name],
                nargs=-1 if argument.many else 1,
                required=True,
                type=_type(argument.choices, argument.suggests),
                shell_complete=_packs if argument.suggests == "pack" else None,
            )
        )
    params += [_option(option) for option in spec.options]
    command = Help(spec.name, params=params, callback=callback)
    command.spec, command.lang = spec, lang
    return command


def _option(option: Option) -> click.Option:
    names = [option.name, option.key, *([option.short] if option.short else [])]
    if not option.metavar:
        return click.Option(names, is_flag=True)
    return click.Option(
        names,
        multiple=option.many,
        type=_type(option.choices, option.suggests),
        shell_complete=_packs if option.suggests == "pack" else None,
    )


def _type(choices: tuple[str, ...], suggests: str) -> click.ParamType[Any]:
    if choices:
        return click.Choice(choices)
    if suggests in ("file", "folder"):
        return _Path(file_okay=suggests == "file", dir_okay=True)
    return click.STRING


class _Path(click.Path):
    """A file or folder, for completion alone: what is there is looked at where it is read, and
    the sentence there says more, in the reader's language."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return value


def _packs(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from guiju.packs import installed_packs

    return [CompletionItem(p.id) for p in installed_packs() if p.id.startswith(incomplete)]


def _lang_option() -> click.Option:
    return click.Option(["--lang"], type=click.Choice(("zh", "en")), expose_value=False)


def _version() -> click.Option:
    def show(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            from guiju import __version__

            print(f"{PROGRAM} {__version__}")
            ctx.exit(OK)

    return click.Option(
        ["--version", "-V"], is_flag=True, expose_value=False, is_eager=True, callback=show
    )
