"""Every rule of a shipped pack has its scenarios, in a feature beside its rule file."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.compiler import load_pack

ROOT = Path(__file__).parents[2]
PACKS = sorted(file.parent.name for file in (ROOT / "rules/guiju_rules").glob("*/pack.toml"))


@pytest.mark.parametrize("pack", PACKS)
def test_a_rule_file_has_a_feature_of_its_name(pack: str) -> None:
    rules = {file.stem for file in (ROOT / "rules/guiju_rules" / pack).glob("*.gj")}
    features = {file.stem for file in (ROOT / "features" / pack).glob("*.feature")}
    assert {stem for stem in rules if "vocabulary" not in stem} == features


@pytest.mark.parametrize("pack", PACKS)
def test_every_rule_is_named_in_the_feature_of_its_file(pack: str) -> None:
    for rule in load_pack(str(ROOT / "rules/guiju_rules" / pack)).rules:
        if rule.pack != pack:
            continue
        stem = Path(rule.place.rpartition(":")[0]).stem
        feature = (ROOT / "features" / pack / f"{stem}.feature").read_text(encoding="utf-8")
        assert rule.id in feature, rule.id
