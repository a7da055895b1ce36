"""The command line: thin, one file per command."""

from guiju.cli.entry import main

__all__ = ["main"]
