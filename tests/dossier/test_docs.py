"""The examples of the documentation are read as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guiju.dossier import limits, yaml_tree
from guiju.dossier.bindings import KEYS as BINDING_KEYS
from guiju.dossier.layers import KEYS as LAYER_KEYS
from guiju.dossier.lens import READINGS
from guiju.dossier.mapping import COLLECTION, HEAD
from guiju.dossier.reader import KEYS
from guiju.dossier.sources import KEYS as TABLE_KEYS

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(params=["dossier.md", "dossier.zh-CN.md"])
def page(request: pytest.FixtureRequest) -> str:
    return (DOCS / request.param).read_text(encoding="utf-8")


def test_every_example_is_yaml_without_problems(page: str) -> None:
    examples = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 6
    for example in examples:
        problems: list[object] = []
        tree = yaml_tree.parse(example, "docs", problems)  # type: ignore[arg-type]
        assert isinstance(tree, yaml_tree.Pairs)
        assert problems == []
        known = {*KEYS, *HEAD, *COLLECTION}
        assert set(tree.pairs) <= known


def test_every_key_is_described(page: str) -> None:
    for key in (*KEYS, *TABLE_KEYS, *LAYER_KEYS, *BINDING_KEYS, *READINGS, *COLLECTION):
        assert re.search(rf"`[^`\n]*\b{key}\b", page), key


def test_the_limits_are_those_of_the_code(page: str) -> None:
    for number in (limits.MAX_NODES, limits.MAX_ROWS, limits.MAX_COLUMNS, limits.MAX_MEMBERS):
        assert f"{number:,}" in page
    assert f"{limits.MAX_WRITTEN // limits.MIB} MiB" in page
    assert f"{limits.MAX_TABLE // limits.MIB} MiB" in page
    assert f"{limits.MAX_LAYER_TEXT // limits.MIB} MiB" in page
    assert f"{limits.MAX_FEATURES:,}" in page
    assert str(limits.MAX_RATIO) in page
