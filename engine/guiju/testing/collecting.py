"""A feature as a module of tests, one for each scenario."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from pytest_bdd import scenario
from pytest_bdd.exceptions import GherkinParseError
from pytest_bdd.feature import features
from pytest_bdd.parser import FeatureParser

from guiju.messages import Lang, message
from guiju.testing.phrases import is_chinese

if TYPE_CHECKING:
    from pytest_bdd.parser import Feature, ScenarioTemplate


class FeatureFile(pytest.Module):
    """A `.feature` file without Python. Its steps are those of the phrase book, and any
    that a `conftest.py` above it defines."""

    def _getobj(self) -> ModuleType:
        feature = self._feature()
        # pytest-bdd looks here before it parses a file itself.
        features[str(self.path)] = feature
        _register_tags(self.config, feature)
        module = ModuleType(self.path.stem)
        module.__file__ = str(self.path)
        for name, template in feature.scenarios.items():
            defect = _defect(template, self._name(), _language(feature))
            test = _test(self.path, name, template.line_number, defect)
            setattr(module, _test_name(name, template), test)
        return module

    def _name(self) -> str:
        return os.path.relpath(self.path, self.config.rootpath).replace(os.sep, "/")

    def _feature(self) -> Feature:
        file = self._name()
        try:
            feature = read_feature(self.path)
        except UnicodeDecodeError:
            raise self.CollectError(_in_both("not-utf8", file=file)) from None
        except GherkinParseError as wrong:
            text = (wrong.line_content or "").strip()
            values = {"file": file, "line": wrong.line, "reason": wrong.message, "text": text}
            raise self.CollectError(_in_both("broken-feature", **values)) from None
        if feature is None or not feature.scenarios:
            raise self.CollectError(_in_both("no-scenarios", file=file))
        return feature

    def funcnamefilter(self, name: str) -> bool:
        # Whatever a project calls its Python tests, the scenarios of a feature are tests.
        return name.startswith("test_")

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        with _readable_ids(self.config):
            return list(super().collect())


def read_feature(path: Path) -> Feature | None:
    """A feature with all its scenarios; None for a file with nothing in it.

    Scenarios of different rules may be called alike, and pytest-bdd would keep only the
    last of them: the later ones are told apart by their rule.
    """
    # The feature may begin with a byte order mark, as Windows writes it.
    text = path.read_text(encoding="utf-8-sig")
    if not any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
        return None
    parsed: Feature = _Parser(str(path.parent), path.name, "utf-8-sig").parse()
    return parsed


class _Parser(FeatureParser):  # type: ignore[misc,unused-ignore]
    def parse_scenario(self, *parts: Any, **named: Any) -> Any:
        template = super().parse_scenario(*parts, **named)
        plain, number = template.name, 1
        taken = template.feature.scenarios
        if plain in taken and (word := _rule_word(template)):
            template.name = f"{plain} ({word})"
        while template.name in taken:
            number += 1
            template.name = f"{plain} ({number})"
        return template


def _rule_word(template: ScenarioTemplate) -> str:
    """The first word of the Gherkin rule a scenario is under, such as the id of our rule."""
    rule = getattr(template, "rule", None)
    words = re.split(r"[\s,，:：]+", rule.name.strip()) if rule is not None else [""]
    return words[0]


def _language(feature: Feature) -> Lang:
    return "zh" if feature.language.startswith("zh") or is_chinese(feature.name) else "en"


def _in_both(key: str, **values: object) -> str:
    """A sentence in both languages: of a feature that cannot be read the language is not
    known."""
    said = (message(f"steps.{key}", lang, **values) for lang in ("en", "zh"))
    return "\n".join(dict.fromkeys(said))


# --- a scenario as a test ------------------------------------------------------------------


def _test(path: Path, name: str, line: int, defect: str | None) -> Any:
    def body() -> None:
        if defect is not None:
            pytest.fail(defect, pytrace=False)

    test: Any = scenario(path.name, name, features_base_dir=str(path.parent))(body)
    # Where pytest says the test stands: in the feature.
    test.place_as = FunctionType(_code(str(path), line), {})
    return test


def _code(file: str, line: int) -> CodeType:
    code: CodeType = (lambda: None).__code__
    return code.replace(co_filename=file, co_firstlineno=line)


def _defect(template: ScenarioTemplate, file: str, lang: Lang) -> str | None:
    """Why a scenario checks nothing, or not what it seems to; None when it does."""
    values = {"file": file, "line": template.line_number, "scenario": template.name}
    if not any(step.type == "then" for step in template.steps):
        return message("steps.nothing-checked", lang, **values)
    if not template.examples:
        return None
    if not any(examples.examples for examples in template.examples):
        return message("steps.no-examples", lang, **values)
    for examples in template.examples:
        for name in _placeholders(template):
            if examples.examples and name not in examples.example_params:
                return message("steps.no-such-column", lang, name=name, **values)
    return None


def _placeholders(template: ScenarioTemplate) -> Iterator[str]:
    for step in template.steps:
        texts = [step.name, step.docstring or ""]
        if step.datatable is not None:
            texts += [cell.value for row in step.datatable.rows for cell in row.cells]
        for text in texts:
            yield from re.findall(r"<([^<>\s]+)>", text)


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
    rule = _rule_word(template)
    plain = name.replace(f" ({rule})", "") if rule else name
    if rule and rule not in plain:
        plain = f"{rule} {plain}"
    # `::` and brackets have a meaning in test ids, and a space needs quotes in a shell.
    for sign, other in (("::", "："), ("[", "("), ("]", ")"), (" ", "_")):
        plain = plain.replace(sign, other)
    return f"test_{plain}"


_UNESCAPED = "disable_test_id_escaping_and_forfeit_all_rights_to_community_support"


@contextmanager
def _readable_ids(config: pytest.Config) -> Iterator[None]:
    r"""A time in which examples stay Chinese in test ids, where pytest writes `\u7b26…`.

    Its setting for that is for all the tests of a project; ours are to be readable without
    it. A pytest that keeps its settings elsewhere writes `\u7b26…`, and nothing worse.
    """
    settings = getattr(config, "_inicache", None)
    if not isinstance(settings, dict):
        yield
        return
    before = config.getini(_UNESCAPED)
    settings[_UNESCAPED] = True
    try:
        yield
    finally:
        settings[_UNESCAPED] = before
