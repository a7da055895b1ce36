"""The clause words of rules as messages name them: in the reader's own keywords."""

from __future__ import annotations

from guiju.syntax import nodes as syntax

_TOKENS: dict[type[syntax.Clause], str] = {
    syntax.Cite: "CITE",
    syntax.Basis: "BASIS",
    syntax.ForEach: "FOR_EACH",
    syntax.When: "WHEN",
    syntax.Unless: "UNLESS",
    syntax.Let: "LET",
    syntax.Must: "MUST",
    syntax.Else: "ELSE",
    syntax.Unknown: "UNKNOWN",
    syntax.Defer: "DEFER",
    syntax.Needs: "NEEDS",
    syntax.Remedy: "REMEDY",
    syntax.Ask: "ASK",
    syntax.Effective: "EFFECTIVE",
    syntax.Set: "SET",
    syntax.Grace: "GRACE",
}


def clause_word(kind: type[syntax.Clause]) -> dict[str, str]:
    """The keyword a clause starts with."""
    return word(_TOKENS[kind])


def word(token: str) -> dict[str, str]:
    """A keyword in every language."""
    from guiju.syntax.keywords import keywords

    entry = keywords()[token]
    return {"en": entry.en[0], "zh": entry.zh[0]}


def said(text: str) -> dict[str, str]:
    """What is the same in every language, as a message's value."""
    return {"en": text, "zh": text}
