"""Names of the vocabulary as dossiers write them: name, alias or any label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guiju.hints import Protocol, TypeVar
from guiju.plan.types import Label


class Named(Protocol):
    """A group, table or field of the plan."""

    @property
    def name(self) -> str: ...
    @property
    def alias(self) -> str | None: ...
    @property
    def label(self) -> Label: ...


N = TypeVar("N", bound=Named)


def folded(text: str) -> str:
    """A name for comparison: NFKC, without white space and case.

    >>> folded("面积 （亩）") == folded("面积(亩)")
    True
    """
    if text.isascii():
        return "".join(text.split()).lower()
    from unicodedata import normalize

    return "".join(normalize("NFKC", text).split()).casefold()


class Names(dict[str, N]):
    """What each written form stands for. Names win over aliases, aliases over labels; a
    label two things share stands for neither."""

    def __init__(self, things: Mapping[str, N]) -> None:
        super().__init__()
        for name, thing in things.items():
            self.setdefault(folded(name), thing)
        for thing in things.values():
            if thing.alias:
                self.setdefault(folded(thing.alias), thing)
        labels: dict[str, N | None] = {}
        for thing in things.values():
            for form in {folded(label) for label in thing.label.values()}:
                labels[form] = None if form in labels else thing
        for form, found in labels.items():
            if found is not None:
                self.setdefault(form, found)
        self._written = [
            form
            for thing in things.values()
            for form in (thing.name, thing.alias, *thing.label.values())
            if form
        ]

    def find(self, written: str) -> N | None:
        """The thing written so, or None."""
        return self.get(folded(written))

    def nearest(self, written: str) -> str:
        """The form most like a text, or an empty text."""
        return nearest(written, self._written) or ""


def nearest(written: str, known: Iterable[str]) -> str | None:
    """The known name a person most likely meant, None when nothing is close.

    >>> nearest("aera", ["area", "planted"])
    'area'
    """
    from difflib import get_close_matches

    forms: dict[str, str] = {}
    for name in known:
        forms.setdefault(folded(name), name)
    wanted = folded(written)
    # A Chinese word has few characters, so half of them in common is already near.
    found = get_close_matches(wanted, forms, n=1, cutoff=0.6 if wanted.isascii() else 0.5)
    if found:
        return forms[found[0]]
    if len(wanted) >= 2:
        for form, name in forms.items():
            shorter, longer = sorted((wanted, form), key=len)
            if shorter in longer and len(shorter) >= max(2, 0.4 * len(longer)):
                return name
    return None
