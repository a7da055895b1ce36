"""What keeps a run over many dossiers from going on."""

from __future__ import annotations

import errno

from guiju.messages import Lang, has_message, message
from guiju.messages.system import as_os_error as as_os_error


class BatchProblem(Exception):
    """Ends a run; what was finished stays. `key` is a message of the `batch` chapter, which has
    a `.help`. A value may be a dictionary of texts by language."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return self.message("en")

    def message(self, lang: Lang) -> str:
        return message(f"batch.{self.key}", lang, **self._said(lang))

    def help(self, lang: Lang) -> str:
        key = f"batch.{self.key}.help"
        return message(key, lang, **self._said(lang)) if has_message(key) else ""

    def _said(self, lang: Lang) -> dict[str, object]:
        return {
            name: value[lang] if isinstance(value, dict) else value
            for name, value in self.values.items()
        }


def unwritable(file: str, problem: OSError) -> BatchProblem:
    """A file of the run's folder that the system would not write."""
    from guiju.messages.system import reason

    full = problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    key = "disk-full" if full else "cannot-write"
    return BatchProblem(key, file=file, reason=reason(problem))
