"""What the grammar expected, said in the author's words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches

from guiju.messages import LANGUAGES, Lang, message
from guiju.syntax.keywords import keywords, spelling, words
from guiju.syntax.lexer import CLAUSES, END, ITEMS, Tokens
from guiju.syntax.problems import Bilingual

_VALUES = frozenset(("NAME", "NUMBER", "DATE", "LPAR", "STRING", "QUANTITY"))
_OPERATORS = frozenset(("PLUS", "TIMES"))
_CONDITION_AFTER = frozenset(
    ["MUST", "WHEN", "UNLESS", "WHERE", "SATISFIES", "IF", "AND", "OR", "NOT", "GRACE"]
)
_TERMS = ("ID", "NAME", "STRING", "DATE", "TYPE", "UNIT", "BASIS_LEVEL", "NUMBER")
_SIGNS = {
    "EQ": "=",
    "BODY": "=",
    "LE": "<=",
    "GE": ">=",
    "COLON": ":",
    "COMMA": ",",
    "DOT": ".",
    "LPAR": "(",
    "RPAR": ")",
    "RBRACKET": "]",
    "RBRACE": "}",
    "BAR": "|",
}
_AFTER_VALUES = ("THEN", "ELSE", "SATISFIES", "FOR", "BECAUSE", "UNTIL", "BETWEEN_AND", "OF")
_INSIDE = ("WHERE", "BY", "IN", "COMMA")
_CLOSING = ("RPAR", "RBRACKET", "RBRACE", "BAR")
_SHOWN = 5


def joined(words: Sequence[str], lang: Lang) -> str:
    """`a, b or c` in a language."""
    if len(words) < 2:
        return "".join(words)
    separator, last = (", ", " or ") if lang == "en" else ("、", " 或 ")
    return separator.join(words[:-1]) + last + words[-1]


def _term(name: str, lang: Lang) -> str:
    return message(f"diagnostics.term.{name}", lang)


def _completing(accepted: frozenset[str]) -> list[str]:
    """What must follow a value before the clause it stands in is whole."""
    within = len(CLAUSES & accepted) < 2
    tokens = _AFTER_VALUES + _INSIDE if within else _AFTER_VALUES
    return [t for t in tokens if t in accepted and not (t == "ELSE" and "MUST" in accepted)]


def _terms(accepted: frozenset[str], previous: str, lang: Lang) -> list[str]:
    """Everything that could stand here, the most telling first."""
    terms: list[str] = []
    rest = set(accepted)
    if accepted >= _VALUES:
        terms.append(_term("condition" if previous in _CONDITION_AFTER else "value", lang))
        if "RBRACE" in accepted:
            terms.append("`}`")
        return terms
    terms += [f"`{_SIGNS[sign]}`" for sign in _CLOSING if sign in rest]
    if accepted >= _OPERATORS:
        # After a whole value: what completes the form, then any operator.
        terms += [f"`{_SIGNS.get(t) or spelling(t, lang)}`" for t in _completing(accepted)]
        terms.append(_term("operator" if "AND" in rest else "arithmetic", lang))
    else:
        terms += [_term(name, lang) for name in _TERMS if name in rest]
        for token in sorted(rest):
            if token in _SIGNS and token not in _CLOSING:
                terms.append(f"`{_SIGNS[token]}`")
        for token in keywords():
            if token in rest and token not in CLAUSES | ITEMS:
                shown = f"`{spelling(token, lang)}`"
                if shown not in terms:
                    terms.append(shown)
    if len(CLAUSES & rest) > 1:
        terms.append(_term("clause", lang))
    elif rest >= ITEMS:
        terms.append(_term("item", lang))
    return terms


def expected(accepted: frozenset[str], previous: str) -> Bilingual:
    """What could have stood where something else stood."""
    return {
        lang: joined(_terms(accepted, previous, lang)[:_SHOWN] or [_term("end", lang)], lang)
        for lang in LANGUAGES
    }


def found(tokens: Tokens, i: int, text: str) -> Bilingual:
    """The token that stands there."""
    if tokens.kinds[i] == END:
        return {lang: _term("file-end", lang) for lang in LANGUAGES}
    written = text[tokens.starts[i] : tokens.ends[i]]
    if len(written) > 40:
        written = written[:39] + "…"
    return dict.fromkeys(LANGUAGES, f"`{written}`")


def hint(
    tokens: Tokens, i: int, text: str, accepted: frozenset[str], shown: Bilingual
) -> Bilingual:
    """What the author can do about an unexpected token."""
    kind, previous = tokens.kinds[i], tokens.kinds[i - 1] if i else ""
    written = text[tokens.starts[i] : tokens.ends[i]]

    def say(key: str, value: Callable[[Lang], str] = lambda lang: "") -> Bilingual:
        return {
            lang: message(f"diagnostics.hint.{key}", lang, word=written, value=value(lang))
            for lang in LANGUAGES
        }

    if kind in ("NAME", "ID") and tokens.values[i] is not None:
        meant = _meant(str(tokens.values[i]), accepted)
        if meant:
            return say("meant", lambda lang: meant)
    if kind == "NAME" and previous == "NUMBER":
        # What is written after a number and is no unit was probably meant to be one.
        meant = _meant(str(tokens.values[i]), frozenset(("UNIT",)))
        if meant:
            return say("meant", lambda lang: meant)
    comparing = ("EQ", "NE", "LT", "LE", "GT", "GE")
    if kind in comparing and previous in comparing:
        return say("double-sign")
    operators = (*comparing, "PLUS", "MINUS", "STAR", "SLASH", "CARET", "BETWEEN")
    if kind in operators and _in_aggregate(tokens, i):
        return say("aggregate")
    if kind in comparing and "AND" in accepted:
        return say("chain")
    if "NAME" in accepted and kind in keywords() and not accepted >= _VALUES:
        return say("reserved")
    if kind == END and "RPAR" in accepted:
        return say("close")
    values = ("NAME", "NUMBER", "QUANTITY", "STRING", "DATE")
    if kind in values and accepted >= _OPERATORS and len(CLAUSES & accepted) > 1:
        return say("operator")
    if accepted >= CLAUSES and not accepted >= _OPERATORS:
        order = [token for token in keywords() if token in CLAUSES]
        return say("role", lambda lang: " ".join(spelling(token, lang) for token in order))
    return say("write", lambda lang: shown[lang])


def _in_aggregate(tokens: Tokens, i: int) -> bool:
    """Whether a token stands behind the `for … in …` of an aggregate that is not closed."""
    depth = 0
    for kind in reversed(tokens.kinds[:i]):
        if kind in CLAUSES and kind != "FOR":
            return False
        depth += (kind == "RPAR") - (kind == "LPAR")
        if depth < 0:
            return False
        if kind == "FOR" and depth == 0:
            return True
    return False


def _meant(word: str, accepted: frozenset[str]) -> str:
    """The keyword that an unknown word was probably meant to be."""
    options = [
        spelled
        for keyword in keywords().values()
        if keyword.token in accepted
        for spelled in keyword.en + keyword.zh
        if spelled[0].isalpha()
    ]
    if "TYPE" in accepted:
        options += words().types
    if "UNIT" in accepted:
        from guiju.quantities import unit_words

        options += unit_words()
    if "BASIS_LEVEL" in accepted:
        options += words().levels
    lowered = word.lower()
    if lowered != word and lowered in options:
        return lowered
    cutoff = 0.7 if len(word) > 3 else 0.6 if word.isascii() else 0.5
    close = get_close_matches(lowered, options, n=1, cutoff=cutoff)
    return close[0] if close else ""
