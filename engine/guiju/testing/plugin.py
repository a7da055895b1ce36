"""The pytest plugin: runs `.feature` files of rule packs, with no Python beside them.

Which features are collected is said by the setting `guiju_features`:

- not set: those that speak of a methodology, a project dossier or a rule that is evaluated,
  unless a Python test beside them uses pytest-bdd; and any feature named on the command
  line;
- patterns such as `features/**/*.feature`, from the project's root: those, and no others;
- `false`: none.

Nothing but pytest is imported until there is such a feature, so that a project which only
has Guiju installed is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatch
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import pytest

SETTING = "guiju_features"
STEPS = "guiju.testing.steps"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        SETTING,
        "patterns of the .feature files that Guiju runs; `false` for none"
        " (by default those that speak of a methodology)",
        type="linelist",
        default=None,
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix != ".feature" or not _collects(file_path, parent):
        return None
    manager = parent.config.pluginmanager
    if find_spec("pytest_bdd") is None:
        return CannotRun.from_parent(parent, path=file_path, key="no-pytest-bdd")
    if not manager.has_plugin("pytest-bdd"):
        return CannotRun.from_parent(parent, path=file_path, key="pytest-bdd-off")
    from guiju.testing import steps
    from guiju.testing.collecting import FeatureFile

    if not manager.has_plugin(STEPS):
        manager.register(steps, STEPS)

    return FeatureFile.from_parent(parent, path=file_path)


def _collects(file: Path, parent: pytest.Collector) -> bool:
    patterns = parent.config.getini(SETTING)
    if not patterns:
        return parent.session.isinitpath(file) or _ours(file, parent.config)
    if [pattern.casefold() for pattern in patterns] in (["false"], ["no"]):
        return False
    try:
        name = file.relative_to(parent.config.rootpath).as_posix()
    except ValueError:
        name = file.as_posix()
    # As in other settings, `**/` stands for any folders, or none.
    return any(fnmatch(name, form) for one in patterns for form in (one, one.replace("**/", "")))


def _ours(file: Path, config: pytest.Config) -> bool:
    from guiju.testing.phrases import speaks_guiju

    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return False
    return speaks_guiju(text) and not _is_bound(file, config.getini("python_files"))


def _is_bound(file: Path, python_files: list[str]) -> bool:
    """Whether a Python test beside a feature uses pytest-bdd, and so may run it."""
    for beside in sorted(file.parent.glob("*.py")):
        if any(fnmatch(beside.name, pattern) for pattern in python_files):
            try:
                text = beside.read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            if "pytest_bdd" in text:
                return True
    return False


class CannotRun(pytest.File):
    """A feature that pytest-bdd should run and cannot."""

    def __init__(self, *, key: str, **named: object) -> None:
        super().__init__(**named)  # type: ignore[arg-type]
        self.key = key

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        self._refuse()

    def _refuse(self) -> NoReturn:
        from guiju.messages import message

        said = (message(f"steps.{self.key}", lang, file=self.path.name) for lang in ("en", "zh"))
        raise self.CollectError("\n".join(said))
