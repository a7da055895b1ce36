"""Whatever a clause list holds, reading it ends in clauses and diagnostics, never in a crash."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guiju.checking.clauses import KINDS, STATUSES, clause_key, read_clause_lists
from guiju.checking.manifest import Manifest
from guiju.diagnostics import Diagnostics, render
from guiju.ledger.matching import is_part, parts
from guiju.plan.nodes import SourceDocument

HEAD = "clause,kind,zh,en,status,reason_zh,reason_en\n"
CELLS = st.sampled_from(
    ["", "2 (a)", "第十条", '"', '""', "a\nb", "\ufeff", "\x00", *KINDS, *STATUSES]
) | st.text(max_size=8)


def problems(content: bytes) -> list[str]:
    """What is said of a list, in full."""
    manifest = Manifest("p", "1", "zh", {"zh": "题"}, {"zh": "甲"})
    manifest.sources = (SourceDocument("s", {"zh": "来源"}, None),)
    diagnostics = Diagnostics()
    lists = read_clause_lists(manifest, {"clauses/s.csv": content}, diagnostics)
    for line in lists.get("s", ()):
        assert line.clause and line.kind in KINDS and line.status in STATUSES
        assert line.place.startswith("clauses/s.csv:")
    keys = [clause_key(line.clause) for line in lists.get("s", ())]
    assert len(keys) == len(set(keys))
    return [render(one, lang) for one in diagnostics for lang in ("en", "zh")]


@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    problems(content)
    problems(HEAD.encode() + content)


@given(st.lists(st.lists(CELLS, max_size=9).map(",".join), max_size=8).map("\n".join))
def test_any_rows(rows: str) -> None:
    text = HEAD + rows
    problems(text.encode("utf-8", "surrogatepass"))
    problems(rows.encode("utf-8", "surrogatepass"))


@given(st.text(max_size=20), st.text(min_size=1, max_size=10))
def test_any_cite(cite: str, other: str) -> None:
    assert all(part == part.strip() for part in parts(cite))
    assert not is_part(clause_key(cite), clause_key(cite))
    if clause_key(other):
        is_part(clause_key(cite), clause_key(other))


def test_a_list_in_gbk_is_told_as_such() -> None:
    told = problems((HEAD + "第十条,requirement,含义,Sense,,,\n").encode("gb18030"))
    assert any("GB18030" in one for one in told)
