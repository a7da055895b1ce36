"""`guiju completion`: the script that lets a shell complete commands, options and packs."""

from __future__ import annotations

from guiju.cli.exits import OK
from guiju.cli.options import COMMON, Argument, Command, Values
from guiju.cli.usage import reader_language


def run(values: Values) -> int:
    """Print the completion script of a shell."""
    from click.shell_completion import get_completion_class

    from guiju.cli.program import Commands

    kind = get_completion_class(values["shell"])
    assert kind is not None
    script = kind(Commands(reader_language(values["lang"])), {}, "guiju", "_GUIJU_COMPLETE")
    # Not `source()`: it starts bash to ask its version, and fails where there is none.
    print(script.source_template % script.source_vars())
    return OK


COMMAND = Command(
    "completion",
    Argument("shell", choices=("bash", "zsh", "fish"), suggests=""),
    tuple(o for o in COMMON if o.name != "--packs-dir"),
    run,
)
