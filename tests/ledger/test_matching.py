"""Which clause a cite names."""

from __future__ import annotations

import pytest

from guiju.checking.clauses import ClauseLine, clause_key
from guiju.ledger.matching import CitedSource, named_by, near, parts
from guiju.plan.nodes import SourceDocument


def source(id_: str, cites: str, *clauses: str, pack: str = "p") -> CitedSource:
    lines = [ClauseLine(c, "requirement", {"zh": "义"}, "", None, f"{id_}:1") for c in clauses]
    listed = {clause_key(c.clause): c for c in lines} if clauses else None
    return CitedSource(pack, SourceDocument(id_, {"zh": id_}, None, None, cites), listed, 0)


MAIN = source("main", "", "2 (c)", "7.3", "第十条", "表1", "8")
ORDER = source("order", "31号令", "第十条第三项", "第十五条", "第二十二条")
LONGER = source("longer", "31号令细则", "第一条")
SILENT = source("silent", "综述")
ALL = [MAIN, ORDER, LONGER, SILENT]


def found(cite: str) -> list[tuple[str | None, str | None, bool]]:
    """For each clause of a cite: the source, the listed clause, and whether exactly that."""
    return [
        (
            one.source.document.id if one.source else None,
            one.clause.clause if one.clause else None,
            one.exact,
        )
        for one in named_by(cite, ALL)
    ]


@pytest.mark.parametrize("cite", ["2 (c)", "2(c)", "２（ｃ）", " 2 （c） ", "2 (C)"])
def test_spaces_width_and_brackets_make_no_difference(cite: str) -> None:
    assert found(cite) == [("main", "2 (c)", True)]


def test_a_part_of_a_listed_clause_counts_for_it() -> None:
    assert found("第十条第三项") == [("main", "第十条", False)]
    assert found("7.3.4 (a)") == [("main", "7.3", False)]


@pytest.mark.parametrize("cite", ["第十条之一", "表1-2", "7", "7.31", "81", "2"])
def test_what_only_begins_alike_is_another_clause(cite: str) -> None:
    assert found(cite) == [("main", None, False)]


def test_the_whole_of_a_listed_part_does_not_count_for_the_part() -> None:
    assert found("31号令 第十条") == [("order", None, False)]
    assert near("第十条", ORDER)[0] == "第十条第三项"


def test_a_short_name_says_the_source_and_the_longest_one_wins() -> None:
    assert found("31号令 第十五条") == [("order", "第十五条", True)]
    assert found("31号令第十五条") == [("order", "第十五条", True)]
    assert found("31号令细则 第一条") == [("longer", "第一条", True)]


def test_a_clause_without_a_name_is_of_the_source_before_it_else_of_the_main_one() -> None:
    assert found("31号令 第十五条、第二十二条") == [
        ("order", "第十五条", True),
        ("order", "第二十二条", True),
    ]
    assert found("31号令 第十五条、8") == [("order", "第十五条", True), ("main", "8", True)]
    assert found("31号令 第十五条、无此条") == [("order", "第十五条", True), ("order", None, False)]


def test_a_source_without_a_list_is_named_without_a_clause() -> None:
    assert found("综述 第2节") == [("silent", None, False)]


def test_without_a_main_source_a_cite_without_a_name_is_of_none() -> None:
    (one,) = named_by("第一条", [ORDER])
    assert one.source is None


def test_of_two_sources_with_a_name_the_one_with_a_list_is_meant() -> None:
    own = source("order", "31号令")
    used = source("order", "31号令", "第十条", pack="used")
    (one,) = named_by("31号令 第十条", [own, used])
    assert one.source is used and one.clause is not None


def test_a_mark_inside_brackets_does_not_part_a_cite() -> None:
    assert list(parts("2 (a、b)、31号令 第一条（一、二）")) == [
        "2 (a、b)",
        "31号令 第一条（一、二）",
    ]
