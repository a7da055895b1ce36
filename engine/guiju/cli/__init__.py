"""The command line: thin, one file per command."""


def main() -> None:
    """Run `guiju`."""
    raise SystemExit(2)
