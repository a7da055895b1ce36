"""Which clause of which source a cite names.

A cite is `2 (c)`, a clause of the pack's main source, or `31号令 第十条第三项`, the short name
of another source before it. Several are joined by `、`; one without a short name belongs to
the source named before it, as in `31号令 第十五条、第二十二条`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.checking.clauses import ClauseLine, clause_key
from guiju.plan.nodes import SourceDocument
from guiju.record import Record

_OPENING, _CLOSING = "（(〔［[【“", "）)〕］]】”"


class CitedSource(Record):
    """A source of a pack with its clauses by key; `clauses` None when they are not listed.
    `place` numbers the source among those of all packs."""

    pack: str
    document: SourceDocument
    clauses: dict[str, ClauseLine] | None
    place: int


class Named(Record):
    """One clause that a cite names. `written` is it with the short name of its source, `text`
    without. `source` None: no such source; `clause` None: it is not among those listed;
    `exact` false: only a clause it is part of is listed."""

    written: str
    text: str
    source: CitedSource | None
    clause: ClauseLine | None
    exact: bool


def parts(cite: str) -> Iterator[str]:
    """The clauses of a cite: apart at each `、` outside brackets.

    >>> list(parts("2 (a、b)、3"))
    ['2 (a、b)', '3']
    """
    depth, start = 0, 0
    for at, character in enumerate(cite):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth -= 1
        elif character == "、" and depth <= 0:
            yield cite[start:at].strip()
            start = at + 1
    yield cite[start:].strip()


def named_by(cite: str, sources: Sequence[CitedSource]) -> list[Named]:
    """The clauses a cite names, among the sources its pack knows: its own first."""
    main = main_source(sources)
    before: CitedSource | None = None
    found: list[Named] = []
    for text in parts(cite):
        if not text:
            continue
        source, clause_text = _source_of(text, sources)
        if source is None:
            source = before or main
            named = _named(text, text, source)
            if named.clause is None and before is not None and main is not None:
                in_main = _named(text, text, main)
                named = in_main if in_main.clause is not None else named
        else:
            before = source
            named = _named(text, clause_text, source)
        found.append(named)
    return found


def main_source(sources: Sequence[CitedSource]) -> CitedSource | None:
    """The source that a cite without a short name is of: the pack's own one without such a
    name, and of several the one whose clauses are listed."""
    own = [s for s in sources if s.pack == sources[0].pack and not s.document.cites]
    return next((s for s in own if s.clauses is not None), own[0] if own else None)


def near(text: str, source: CitedSource) -> list[str]:
    """The listed clauses most like one that is not: its own parts, then similar ones."""
    from difflib import get_close_matches

    clauses = source.clauses or {}
    key = clause_key(text)
    own = [line.clause for at, line in clauses.items() if key and is_part(at, key)]
    similar = [clauses[at].clause for at in get_close_matches(key, clauses, n=3, cutoff=0.6)]
    return list(dict.fromkeys((*own[:3], *similar)))[:3]


def is_part(key: str, whole: str) -> bool:
    """Whether a clause is a part of another, by their keys.

    >>> is_part("第十条第三项", "第十条"), is_part("7.3.4", "7.3"), is_part("7.31", "7.3")
    (True, True, False)
    >>> is_part("第十条之一", "第十条"), is_part("表1-2", "表1")
    (False, False)
    """
    if not key.startswith(whole) or key == whole:
        return False
    last, following = whole[-1], key[len(whole)]
    if following in "之-":
        return False
    digits = last.isdigit() and following.isdigit()
    letters = last.isascii() and last.isalpha() and following.isascii() and following.isalnum()
    return not digits and not letters


def _source_of(text: str, sources: Sequence[CitedSource]) -> tuple[CitedSource | None, str]:
    """The source whose short name a text begins with, and the rest; the longest short name,
    and of several sources with it one whose clauses are listed."""
    best: CitedSource | None = None
    for source in sources:
        short = clause_key(source.document.cites)
        if not short or not clause_key(text).startswith(short):
            continue
        length = len(clause_key(best.document.cites)) if best is not None else 0
        listed = source.clauses is not None and best is not None and best.clauses is None
        if len(short) > length or (len(short) == length and listed):
            best = source
    if best is None:
        return None, text
    short = clause_key(best.document.cites)
    cut = next(at for at in range(1, len(text) + 1) if clause_key(text[:at]) == short)
    return best, text[cut:].strip()


def _named(written: str, text: str, source: CitedSource | None) -> Named:
    if source is None or source.clauses is None:
        return Named(written, text, source, None, False)
    key = clause_key(text)
    if key in source.clauses:
        return Named(written, text, source, source.clauses[key], True)
    wholes = [whole for whole in source.clauses if is_part(key, whole)]
    if wholes:
        return Named(written, text, source, source.clauses[max(wholes, key=len)], False)
    return Named(written, text, source, None, False)
