"""What keeps a run over many dossiers from going on."""

from __future__ import annotations

import errno
import os
import re

from guiju.messages import Lang, has_message, message


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


_ERRNO = re.compile(r'"errno"\s*:\s*"?(\d+)')


def as_os_error(problem: Exception) -> OSError:
    """What the system said when DuckDB could not read or write a file: it passes the number on
    inside its own message, and the words where it knows no number."""
    text = str(problem)
    found = _ERRNO.search(text)
    if found is not None:
        number = int(found[1])
        return OSError(number, os.strerror(number))
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EROFS, errno.EIO):
        if os.strerror(number) in text:
            return OSError(number, os.strerror(number))
    return OSError(0, text.splitlines()[0] if text else type(problem).__name__)
