"""Where the running step of a scenario stands, and how it fails."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NoReturn

import pytest

from guiju.messages import Lang, has_message, message
from guiju.verdicts import Origin


class Where:
    """The place of the running step, and the language its feature is written in.

    `file` is the feature as messages name it, `folder` where it stands; `places` are the
    folders in which a path of a step is looked for, the nearest first.
    """

    def __init__(self, path: str, root: str, lang: Lang) -> None:
        self.folder = os.path.dirname(path)
        self.file = os.path.relpath(path, root).replace(os.sep, "/")
        if self.file.startswith("../"):
            self.file = path
        self.places = list(dict.fromkeys((self.folder, root)))
        self.lang = lang
        self.feature = ""
        self.scenario = ""
        self.step = ""
        self.line = 0
        self.rows: list[int] = []

    def at(self, step: str, line: int, rows: list[int]) -> None:
        """Moves on to a step; `rows` are the lines of its table, the headings first."""
        self.step, self.line, self.rows = step, line, rows

    def origin(self) -> Origin:
        return Origin(self.file, f"{self.line}:1")

    def say(self, key: str, /, **values: object) -> str:
        """A sentence of the catalogue in the feature's language."""
        return message(f"steps.{key}", self.lang, **values)

    def fail(self, key: str, /, **values: object) -> NoReturn:
        """Fails the scenario with what is wrong and where."""
        self.fail_with(self.say(key, **values))

    def fail_with(self, said: str) -> NoReturn:
        text = self.say(
            "at",
            file=self.file,
            line=self.line,
            feature=self.feature,
            scenario=self.scenario,
            step=self.step,
            message=said,
        )
        pytest.fail(text, pytrace=False)

    def unknown(self, key: str, name: str, known: Iterable[str], **values: object) -> NoReturn:
        """Fails at a name nothing answers to, with the nearest one that does."""
        from guiju.dossier.naming import nearest

        names = list(dict.fromkeys(known))
        near = nearest(name, names)
        if near is not None:
            self.fail(f"{key}.nearest", name=name, nearest=near, **values)
        if has_message(f"steps.{key}.known") and names:
            listed = self.say("list").join(names[:12]) + (" …" if len(names) > 12 else "")
            self.fail(f"{key}.known", name=name, known=listed, **values)
        self.fail(key, name=name, **values)
