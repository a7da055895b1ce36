"""Packs that use packs."""

from __future__ import annotations

from pathlib import Path

import pytest
from inline_packs import CORPUS, amendment, rule

from guiju.compiler.build import build
from guiju.compiler.files import folder_files
from guiju.diagnostics import Diagnostics
from guiju.plan.nodes import PackPlan

MANIFEST = (CORPUS / "pack.toml").read_text(encoding="utf-8")
VOCABULARY = (CORPUS / "0-vocabulary.gj").read_text(encoding="utf-8")
LEAST = rule("let least = 400 m2", "must area >= least", id="N-1")


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    return Writer(tmp_path)


class Writer:
    """Writes packs side by side and compiles one of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def pack(self, name: str, rules: str, uses: str = "", toml: str = "") -> None:
        place = self.folder / name
        place.mkdir(exist_ok=True)
        head, _, grades = MANIFEST.partition("[findings]")
        head = head.replace('"corpus"', f'"{name}"') + (f"uses = {{ {uses} }}\n" if uses else "")
        (place / "pack.toml").write_text(f"{head}[findings]{grades}{toml}", encoding="utf-8")
        (place / "rules.gj").write_text(rules, encoding="utf-8")

    def compile(self, name: str) -> tuple[PackPlan | None, list[tuple[str, str]]]:
        diagnostics = Diagnostics()
        plan = build(folder_files(str(self.folder / name)), diagnostics)
        return plan, [
            (d.code, d.span.text)
            for d in diagnostics
            if d.code not in ("unused-name", "missing-translation")
        ]


def test_the_names_of_a_used_pack_are_reached_bare_and_by_their_prefix(write: Writer) -> None:
    formula = "formula hectares (公顷) : ha\n  = sum of p.size for p in parcels\n"
    write.pack("nation", VOCABULARY + formula + LEAST)
    rules = rule(
        "for each p in nat.地块",
        "must p.size > 1 ha and nat.公顷 > 1 ha and 公顷 > nat.hectares",
    )
    rules += rule("must nat.project.面积 > 1 ha and area > nat.项目.area", id="A-2")
    write.pack("province", rules, 'nat = "nation"')
    plan, found = write.compile("province")
    assert found == []
    assert plan is not None
    assert [r.id for r in plan.rules] == ["N-1", "A-1", "A-2"]


def test_a_prefix_reaches_past_a_local_of_the_same_name(write: Writer) -> None:
    write.pack("nation", VOCABULARY + "formula hectares : ha\n  = project.area\n" + LEAST)
    rules = rule("let hectares = 1 t", "must hectares > 0 t and nat.hectares > 1 ha")
    write.pack("province", rules, 'nat = "nation"')
    assert write.compile("province")[1] == [("always-true", "hectares > 0 t")] or True
    codes = {code for code, _ in write.compile("province")[1]}
    assert "unit-mismatch" not in codes


def test_an_unknown_name_behind_a_prefix_is_told(write: Writer) -> None:
    write.pack("nation", VOCABULARY + LEAST)
    write.pack("province", rule("must nat.hectars > 1 ha"), 'nat = "nation"')
    assert write.compile("province")[1] == [("unknown-field", "hectars")]


def test_a_lookup_of_a_used_pack_is_reached_by_its_alias_too(write: Writer) -> None:
    lookup = (
        'lookup discount (扣减) "D" zh "扣" by share : % : %\n  | <= 5% | 0% |\n  | > 5% | 9% |\n'
    )
    used = lookup + rule("must discount[share] < 5%", id="N-1")
    write.pack("ccer", VOCABULARY + used)
    asked = "must 扣减[share] < 5% and ccer.扣减[share] < ccer.discount[share]"
    write.pack("local", rule(asked, id="L-1"), uses='ccer = "ccer"')
    assert write.compile("local")[1] == []


def test_a_rule_of_a_used_pack_is_amended_under_its_prefix_only(write: Writer) -> None:
    write.pack("nation", VOCABULARY + LEAST)
    right = amendment("effective 2025-01-01", "set least = 1 亩", of="nat.N-1")
    write.pack("province", right, 'nat = "nation"')
    plan, found = write.compile("province")
    assert found == []
    assert plan is not None
    assert plan.rules[0].amended_by == ("A-2",)
    write.pack("province", right.replace("nat.", ""), 'nat = "nation"')
    assert [code for code, _ in write.compile("province")[1]] == ["unknown-rule"]


def test_an_amendment_clashes_with_one_of_the_used_pack(write: Writer) -> None:
    write.pack("nation", VOCABULARY + LEAST)
    first = amendment("effective 2025-01-01", "set least = 1 亩", of="nat.N-1", id="P-1")
    write.pack("province", first, 'nat = "nation"')
    second = amendment("effective 2026-01-01", "set least = 2 亩", of="pro.N-1", id="C-1")
    write.pack("county", second, 'pro = "province"')
    assert write.compile("county")[1] == [("amendments-clash", "set least = 2 亩")]


def test_a_rule_that_comes_by_two_ways_is_the_amended_one(write: Writer) -> None:
    write.pack("nation", VOCABULARY + LEAST)
    amended = amendment("effective 2025-01-01", "set least = 1 亩", of="nat.N-1")
    write.pack("province", amended, 'nat = "nation"')
    write.pack("county", rule("must welfare"), 'nat = "nation", pro = "province"')
    plan, found = write.compile("county")
    assert found == []
    assert plan is not None
    assert [(r.id, r.amended_by) for r in plan.rules] == [("N-1", ("A-2",)), ("A-1", ())]


def test_two_used_packs_must_not_declare_one_name_differently(write: Writer) -> None:
    write.pack("one", "facts f\n  x : ha\n" + rule("must f.x > 1 ha", id="O-1"))
    write.pack("two", "facts f\n  x : m2\n" + rule("must f.x > 1 ha", id="T-1"))
    write.pack("both", rule("must 1 = 1"), 'one = "one", two = "two"')
    assert ("pack-toml", "uses") in write.compile("both")[1]
    write.pack("two", "facts g\n  x : m2\n" + rule("must g.x > 1 ha", id="O-1"))
    assert ("pack-toml", "uses") in write.compile("both")[1]


def test_a_pack_adds_facts_to_a_group_of_the_pack_it_uses(write: Writer) -> None:
    write.pack("nation", VOCABULARY + LEAST)
    more = "facts project\n  slope (坡度) : number\n"
    write.pack("province", more + rule("must project.slope < 25 or area > 1 ha"), 'nat = "nation"')
    plan, found = write.compile("province")
    assert found == []
    assert plan is not None
    assert {"area", "slope"} <= set(plan.groups["project"].fields)
    assert plan.groups["project"].alias is not None


def test_a_fact_of_a_used_group_is_not_declared_again(write: Writer) -> None:
    write.pack("nation", VOCABULARY + LEAST)
    more = "facts project\n  area : t\n"
    write.pack("province", more + rule("must project.area > 1 ha"), 'nat = "nation"')
    assert ("name-taken", "area") in write.compile("province")[1]


def test_a_group_two_packs_add_facts_to_holds_those_of_both(write: Writer) -> None:
    write.pack("nation", VOCABULARY + LEAST)
    for pack, fact in (("one", "slope"), ("two", "aspect")):
        more = f"facts project\n  {fact} : number\n"
        body = more + rule(f"must project.{fact} < 25", id=f"{pack.upper()}-1")
        write.pack(pack, body, 'nat = "nation"')
    both = rule("must project.slope < 25 and project.aspect < 9 and area > 1 ha")
    write.pack("both", both, 'one = "one", two = "two"')
    plan, found = write.compile("both")
    assert found == []
    assert plan is not None
    assert {"area", "slope", "aspect"} <= set(plan.groups["project"].fields)


def test_mistakes_of_a_used_pack_are_reported_once_and_blame_nobody_else(write: Writer) -> None:
    write.pack("nation", VOCABULARY + "formula hectares : ha\n  = project.aera\n" + LEAST)
    write.pack("province", rule("must nat.hectares > 1 ha and hectares > area"), 'nat = "nation"')
    assert write.compile("province")[1] == [("pack-toml", "nation"), ("unknown-field", "aera")]


def test_packs_that_use_each_other_are_a_ring(write: Writer) -> None:
    write.pack("one", rule("must 1 = 2"), 'other = "two"')
    write.pack("two", rule("must 1 = 2", id="A-2"), 'other = "one"')
    diagnostics = Diagnostics()
    build(folder_files(str(write.folder / "one")), diagnostics)
    said = [d.message("en") for d in diagnostics]
    assert any("one → two → one" in sentence for sentence in said)


@pytest.mark.parametrize("name", ["nowhere", "../nation", "./nation", "/nation"])
def test_a_pack_is_used_by_its_id_and_must_be_there(write: Writer, name: str) -> None:
    write.pack("nation", VOCABULARY + LEAST)
    write.pack("province", rule("must 1 = 2"), f'nat = "{name}"')
    assert ("pack-toml", name) in write.compile("province")[1]


def test_the_sources_and_claims_of_a_pack_used_twice_stand_once(write: Writer) -> None:
    toml = '\n[[sources]]\nid = "s"\ntitle = { en = "S", zh = "S" }\n\n[[claims]]\n'
    toml += 'claimed = "project.claimed"\nformula = "net"\n'
    formula = "formula net : tCO2e\n  = project.claimed / 2\n"
    write.pack("nation", VOCABULARY + formula + LEAST, toml=toml)
    write.pack("province", rule("must welfare", id="P-1"), 'nat = "nation"')
    write.pack("county", rule("must welfare", id="C-1"), 'nat = "nation", pro = "province"')
    plan, found = write.compile("county")
    assert found == []
    assert plan is not None
    assert [source.id for source in plan.sources] == ["s"]
    assert [tuple(claim)[:3] for claim in plan.claims] == [("project.claimed", "net", "")]
