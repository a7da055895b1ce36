"""Strong Kleene logic: a known value that settles the matter absorbs an unknown."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .making import DATE, NUMBER, TEXT, UNKNOWN, YES_NO, D, calculate, list_of, one_of, value, why

TRUTHS = (True, False, None)
TYPES = {"a": YES_NO, "b": YES_NO, "c": YES_NO}


def of(text: str, a: Any = None, b: Any = None, c: Any = None) -> Any:
    facts = {n: v for n, v in (("a", a), ("b", b), ("c", c)) if v is not None}
    return value(text, TYPES, **facts)


def known(truth: Any) -> Any:
    return UNKNOWN if truth is None else truth


@pytest.mark.parametrize("a", TRUTHS)
@pytest.mark.parametrize("b", TRUTHS)
def test_the_tables_of_and_and_or(a, b):
    least = False if False in (a, b) else known(None if None in (a, b) else True)
    most = True if True in (a, b) else known(None if None in (a, b) else False)
    assert of("a and b", a, b) is least
    assert of("a or b", a, b) is most


def test_the_table_of_not():
    assert [of("not a", a) for a in TRUTHS] == [False, True, UNKNOWN]


truths = st.sampled_from(TRUTHS)


@given(truths, truths)
def test_de_morgan(a, b):
    assert of("not (a and b)", a, b) is of("not a or not b", a, b)
    assert of("not (a or b)", a, b) is of("not a and not b", a, b)


@given(truths, truths, truths)
def test_kleene_laws(a, b, c):
    assert of("a and b", a, b) is of("b and a", a, b)
    assert of("(a and b) and c", a, b, c) is of("a and (b and c)", a, b, c)
    assert of("a and (b or c)", a, b, c) is of("a and b or a and c", a, b, c)
    assert of("a or (a and b)", a, b) is known(a)
    assert of("not not a", a) is known(a)


@given(truths, truths, st.booleans(), st.booleans())
def test_knowing_more_never_changes_what_is_known(a, b, x, y):
    """Monotony: whatever the missing facts turn out to be, a known answer stays."""
    for text in ("a and b", "a or b", "not a", "if a then b else not b"):
        before = of(text, a, b)
        if before is not UNKNOWN:
            assert of(text, x if a is None else a, y if b is None else b) is before


def test_an_unknown_names_all_it_lacks_and_nothing_absorbed():
    assert why("a and b and c", TYPES, c=True) == {("fact", "a"), ("fact", "b")}
    assert why("(a or c) and b", TYPES, c=True) == {("fact", "b")}
    assert of("a and false") is False
    assert of("a or true") is True


def test_if_with_an_unknown_condition_gives_what_both_branches_give():
    assert of("(if a then 1 else 1) = 1") is True
    assert of("(if a then 1 else 2) = 1") is UNKNOWN
    assert why("(if a then n else 1) > 0", TYPES | {"n": NUMBER}) == {
        ("fact", "a"),
        ("fact", "n"),
    }
    # The branch not taken may be unknown.
    assert of("if a then b else c", True, False) is False


def test_is_known_is_never_unknown():
    assert value("x is known", {"x": NUMBER}) is False
    assert value("x is not known", {"x": NUMBER}) is True
    assert value("x is known", x=D(1)) is True
    assert value("x / y is known", x=D(1), y=D(0)) is False


def test_membership_finds_and_otherwise_depends_on_unknown_members():
    texts = {"t": TEXT, "u": TEXT}
    assert value('t is in {"a", "b"}', t="b") is True
    assert value('t is in {"a", "b"}', t="c") is False
    assert value('t is not in {"a", "b"}', t="c") is True
    assert value('t is in {"a", u}', texts, t="a") is True
    assert value('t is in {"a", u}', texts, t="c") is UNKNOWN
    assert value('t is in {"a", "b"}', texts) is UNKNOWN
    stand = one_of("tree", "bamboo", "shrub")
    assert value("stand is bamboo", {"stand": stand}, stand="bamboo") is True
    assert value("stand is in {tree, shrub}", {"stand": stand}, stand="bamboo") is False
    assert value("stand is not bamboo", {"stand": stand}) is UNKNOWN


def test_lists_are_equal_member_by_member():
    lists = {"x": list_of(TEXT), "y": list_of(TEXT)}
    assert value("x = y", lists, x=("a", "b"), y=("a", "b")) is True
    assert value("x = y", lists, x=("a",), y=("a", "b")) is False
    assert value("x != y", lists, x=("a",), y=("b",)) is True
    assert value("x = y", lists, x=("a",)) is UNKNOWN


def test_between_takes_both_ends_and_stops_at_a_false_one():
    types = {"d": DATE, "n": NUMBER}
    assert value("n between 1 and 3", n=D(1)) is True
    assert value("n between 1 and 3", n=D("3.0000000000000000000000000000000000000001")) is False
    assert value("5 between 9 and n", types) is False
    assert value("5 between 1 and n", types) is UNKNOWN


def test_an_unknown_has_no_truth_of_its_own():
    with pytest.raises(TypeError):
        bool(calculate("a", TYPES))
