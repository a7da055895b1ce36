"""The pytest plugin: collects `.feature` files with no Python beside them.

A feature of a rule pack needs no code: its steps are those of `guiju.testing.steps`. A
feature with a Python test beside it, or one that speaks of no methodology and no dossier,
belongs to someone else and is left alone. Without pytest-bdd the plugin does nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pytest_bdd.parser import Feature, Scenario, ScenarioTemplate, Step

_OURS = ("methodology", "the dossier", "方法学", "项目档案")


def pytest_configure(config: pytest.Config) -> None:
    if find_spec("pytest_bdd") is not None and config.pluginmanager.has_plugin("pytest-bdd"):
        config.pluginmanager.import_plugin("guiju.testing.steps")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix != ".feature" or not parent.config.pluginmanager.has_plugin(
        "guiju.testing.steps"
    ):
        return None
    named = any(
        Path(str(argument).partition("::")[0]).resolve() == file_path
        for argument in parent.config.args
    )
    if not named and not _ours(file_path):
        return None
    return FeatureFile.from_parent(parent, path=file_path)


def _ours(file: Path) -> bool:
    beside = (*file.parent.glob("test_*.py"), *file.parent.glob("*_test.py"))
    if beside:
        return False
    text = file.read_text(encoding="utf-8", errors="replace")
    return any(word in text for word in _OURS)


class FeatureFile(pytest.Module):
    """A feature as a module of tests, one for each scenario."""

    def _getobj(self) -> ModuleType:
        from pytest_bdd import scenario
        from pytest_bdd.feature import features

        feature = features[str(self.path)] = read_feature(self.path)
        _register_tags(self.config, feature)
        module = ModuleType(self.path.stem)
        module.__file__ = str(self.path)
        for name, template in feature.scenarios.items():

            @scenario(self.path.name, name, features_base_dir=str(self.path.parent))
            def run() -> None:
                """All is said by the steps."""

            setattr(module, _test_name(name, template), run)
        return module

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        for item in super().collect():
            if isinstance(item, pytest.Function):
                _make_readable(item)
            yield item


def _register_tags(config: pytest.Config, feature: Feature) -> None:
    """Makes the tags of a feature marks that pytest knows, for `-m` and `--strict-markers`."""
    tags = set(feature.tags)
    for template in feature.scenarios.values():
        rule = getattr(template, "rule", None)
        tags |= template.tags | (rule.tags if rule is not None else set())
        for examples in template.examples:
            tags |= set(examples.tags or ())
    known = {re.split("[:(]", line)[0].strip() for line in config.getini("markers")}
    for tag in sorted(tags - known):
        config.addinivalue_line("markers", f"{tag}: a tag of a feature")


def _test_name(name: str, template: ScenarioTemplate) -> str:
    rule = _first_word(template)
    # `::` and brackets have a meaning in test ids.
    plain = name if not rule or rule in name else f"{rule} {name}"
    for sign, other in (("::", "："), ("[", "("), ("]", ")"), (" ", "_")):
        plain = plain.replace(sign, other)
    return f"test_{plain}"


def _first_word(template: ScenarioTemplate) -> str:
    rule = getattr(template, "rule", None)
    words = rule.name.replace(",", " ").replace("，", " ").split() if rule is not None else ()
    return words[0] if words else ""


def _make_readable(item: pytest.Function) -> None:
    r"""Chinese examples stay Chinese in test ids, where pytest would write `\u7b26…`."""
    if "\\u" in item.name or "\\x" in item.name:
        name = item.name.encode("ascii", "backslashreplace").decode("unicode_escape")
        # The plain id was already put together from the escaped name.
        item._nodeid = item.nodeid.removesuffix(item.name) + name  # type: ignore[attr-defined]
        item.name = name


def read_feature(path: Path) -> Feature:
    """A feature, all its scenarios under names of their own: scenarios of different rules
    may be called alike, and pytest-bdd keeps only the last of them."""
    from pytest_bdd.parser import FeatureParser

    class Parser(FeatureParser):  # type: ignore[misc,unused-ignore]
        def parse_scenario(self, data: Any, feature: Feature, rule: Any = None) -> Any:
            template = super().parse_scenario(data, feature, rule)
            plain, number = template.name, 1
            if plain in feature.scenarios and (word := _first_word(template)):
                template.name = f"{plain} ({word})"
            while template.name in feature.scenarios:
                number += 1
                template.name = f"{plain} ({number})"
            return template

    feature: Feature = Parser(str(path.parent), path.name).parse()
    return feature


# --- where a scenario stands, for what it says when it fails -------------------------------


@pytest.hookimpl(optionalhook=True)
def pytest_bdd_before_scenario(
    request: pytest.FixtureRequest, feature: Feature, scenario: Scenario
) -> None:
    from guiju.testing.world import Where

    request.node.guiju_where = Where(feature.filename, scenario.name)


@pytest.hookimpl(optionalhook=True)
def pytest_bdd_before_step(request: pytest.FixtureRequest, feature: Feature, step: Step) -> None:
    request.node.guiju_where.at(f"{step.keyword} {step.name}", step.line_number, feature.language)


@pytest.hookimpl(optionalhook=True)
def pytest_bdd_step_func_lookup_error(
    request: pytest.FixtureRequest, feature: Feature, step: Step
) -> None:
    """A step nobody knows: where it stands, and the nearest one there is."""
    from guiju.messages import message
    from guiju.testing.phrases import nearest_phrase

    where = request.node.guiju_where
    where.at(f"{step.keyword} {step.name}", step.line_number, feature.language)
    near = nearest_phrase(step.name)
    key = "steps.unknown-step.nearest" if near else "steps.unknown-step"
    where.fail(message(key, where.lang, **({"phrase": near} if near else {})))
