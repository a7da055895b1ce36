"""pack.toml: every key is read or reported."""

from __future__ import annotations

from decimal import Decimal

import pytest
from inline_packs import CORPUS, compiled, pack, plan, rule

MANIFEST = (CORPUS / "pack.toml").read_text(encoding="utf-8")
RULE = rule("must welfare")


def said(manifest: str, rules: str = RULE) -> list[tuple[str, str]]:
    """What is said of a manifest, with the text that is underlined."""
    _, found = compiled(pack(rules, manifest))
    return [(d.message("en").removeprefix("pack.toml: "), d.span.text) for d in found]


def with_lines(*lines: str) -> str:
    head, _, grades = MANIFEST.partition("[findings]")
    return head + "\n".join(lines) + "\n[findings]" + grades


def test_a_manifest_as_it_should_be() -> None:
    found = plan(RULE, with_lines("in_force = 2024-01-01", 'materiality = "5%"'))
    assert found.materiality == Decimal("0.05")
    assert found.default_unknown == "CL"
    assert [(grade.name, grade.weight) for grade in found.grades] == [
        ("CAR", 3),
        ("CL", 2),
        ("FAR", 1),
    ]


@pytest.mark.parametrize(
    "key", ["id", "edition", "language", "title", "authority", "default_unknown"]
)
def test_a_key_that_must_be_there(key: str) -> None:
    lines = [line for line in MANIFEST.splitlines() if not line.startswith(f"{key} =")]
    assert (f"`{key}` is missing", lines[0]) in said("\n".join(lines))


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('in_force = "2024-01-01"', "in_force"),
        ("until = 2024", "until"),
        ("until = 2024-01-01T00:00:00", "until"),
        ('materiality = "lots"', "materiality"),
        ('materiality = "NaN"', "materiality"),
        ('materiality = "-5%"', "materiality"),
        ("uses = { a = 1 }", "uses"),
        ('languages = ["fr"]', "languages"),
        ("claims = 3", "claims"),
    ],
)
def test_a_value_of_the_wrong_kind_is_underlined_by_its_key(line: str, key: str) -> None:
    found = said(with_lines(line))
    assert [text for sentence, text in found if "should look like" in sentence] == [key]


def test_an_unknown_key_is_reported_and_not_passed_over() -> None:
    assert said(with_lines('titel = "x"')) == [("unknown key `titel`", "titel")]
    extra = '\n[[sources]]\nid = "s"\ntitle = { en = "S", zh = "S" }\nurl = "x"\n'
    assert said(MANIFEST + extra) == [("unknown key `sources[0].url`", "url")]


def test_a_label_has_the_packs_own_language() -> None:
    manifest = MANIFEST.replace('{ en = "Corpus", zh = "语料" }', '{ zh = "语料" }')
    assert said(manifest) == [("`title.en` is missing", "title")]


def test_a_language_there_is_none_of() -> None:
    manifest = MANIFEST.replace('language = "en"', 'language = "fr"')
    assert said(manifest)[0] == ('`language` should look like this: "en" | "zh"', "language")


def test_a_pack_may_speak_one_language_only() -> None:
    manifest = with_lines('languages = ["en"]')
    assert said(manifest, RULE.replace(' zh "题"', "").replace(' zh "否。"', "")) == []


def test_a_grade_has_a_weight_and_its_rules_are_not_blamed() -> None:
    manifest = MANIFEST.replace("weight = 3", "weight = 7")
    found = said(manifest)
    assert [text for _, text in found] == ["CAR"]


def test_the_grade_of_what_is_unknown_is_one_of_the_grades() -> None:
    manifest = MANIFEST.replace('default_unknown = "CL"', 'default_unknown = "CAX"')
    assert said(manifest) == [
        ("`default_unknown` should look like this: CAR | CL | FAR", "default_unknown")
    ]


def test_a_manifest_that_is_no_toml_is_told_with_its_place() -> None:
    _, found = compiled(pack(RULE, 'id = "x"\ntitle = = 3\n'))
    assert [(d.code, d.span.line) for d in found] == [("pack-toml", 2)]


def test_a_pack_without_a_manifest_or_an_id_is_none() -> None:
    for manifest in ("", "# nothing\n", 'edition = "1"\n'):
        made, found = compiled(pack(RULE, manifest))
        assert made is None
        assert found


CLAIM = '\n[[claims]]\nclaimed = "{}"\nformula = "{}"\n'
NET = "formula net (净量) : tCO2e\n  = project.claimed / 2\n" + RULE


@pytest.mark.parametrize(
    ("claimed", "formula", "sentence", "underlined"),
    [
        ("project.claimd", "net", "unknown name `project.claimd`", "formula"),
        ("project.claimed", "nett", "unknown name `nett`", "formula"),
        ("project.co2", "net", "`tCO2` and `tCO2e` are different kinds of quantity", "formula"),
        ("project.province", "net", "this is a text, but a number is needed", "formula"),
    ],
)
def test_a_claim_is_a_fact_beside_a_formula_of_its_kind(
    claimed: str, formula: str, sentence: str, underlined: str
) -> None:
    found = said(MANIFEST + CLAIM.format(claimed, formula), NET)
    assert (sentence, underlined) in found


def test_a_claim_may_name_aliases() -> None:
    made = plan(NET, MANIFEST + CLAIM.format("项目.申报量", "净量"))
    assert [tuple(claim)[:3] for claim in made.claims] == [("project.claimed", "net", "")]


TWO_SOURCES = """
[[sources]]
id = "main"
title = { en = "M", zh = "甲" }
note = { en = "Read in full.", zh = "全文已读。" }
[[sources]]
id = "order"
cites = "31号令"
title = { en = "O", zh = "乙" }
"""


def test_a_source_says_how_it_is_cited_and_how_far_it_was_read() -> None:
    main, order = plan(RULE, MANIFEST + TWO_SOURCES).sources
    assert (main.cites, order.cites) == ("", "31号令")
    assert main.note == {"en": "Read in full.", "zh": "全文已读。"}
    assert not order.note


def test_two_sources_are_not_cited_alike() -> None:
    third = '[[sources]]\nid = "main"\ncites = "31号令"\ntitle = { en = "T", zh = "丙" }\n'
    assert said(MANIFEST + TWO_SOURCES + third) == [
        ("`sources[2].id` is that of another source already: `main`", "id"),
        ("`sources[2].cites` is that of another source already: `31号令`", "cites"),
    ]


def test_a_claim_has_a_label_of_its_own() -> None:
    label = 'label = { en = "Net removals", zh = "净清除量" }\n'
    rules = RULE + 'formula net "Net" zh "净" : tCO2e\n  cite "2"\n  = project.claimed\n'
    claim = f'\n[[claims]]\n{label}claimed = "project.claimed"\nformula = "net"\n'
    (made,) = plan(rules, MANIFEST + claim).claims
    assert made.label == {"en": "Net removals", "zh": "净清除量"}


BROKEN = [
    ("title = ", "there is no value here", 2),
    ('title = "x" y', "something stands after the value", 2),
    ("title", "`=` is missing", 2),
    ("标题 = 1", "a line starts with a key", 2),
    ('title = "x', "must not stand here", 2),
    ("[findings", "`]` is missing", 2),
    ("[[claims]", "`]]` is missing", 2),
    ("a. = 1", "a key is made of", 2),
    ('title = "\\q"', "backslash", 2),
    ('title = "\\ud800"', "is not one", 2),
    ('id = "y"', "the key stands twice", 2),
    ("[a]\n[a]", "the table `a` stands twice", 3),
    ("in_force = 2024-02-30", "no such date", 2),
    ("until = [1", "the list is not closed", 2),
    ("until = { a = 1", "is not closed", 2),
    ("title = '''x", "not closed with its quotes", 2),
    ("a = { b = 1 }\na.c = 2", "complete already", 3),
    ("a = " + "9" * 5000, "digits", 2),
]


@pytest.mark.parametrize(("line", "what", "at"), BROKEN)
def test_a_fault_of_toml_is_told_at_its_line_in_both_languages(
    line: str, what: str, at: int
) -> None:
    _, found = compiled(pack(RULE, f'id = "x"\n{line}\n'))
    (fault,) = [d for d in found if d.code == "pack-toml"]
    assert what in fault.message("en")
    assert "(at " not in fault.message("en")
    if what != "digits":
        assert not any(word in fault.message("zh") for word in ("nvalid", "xpected", "annot"))
    assert fault.span.line in (at, 1 if what == "digits" else at)
