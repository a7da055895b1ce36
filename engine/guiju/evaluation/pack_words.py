"""The words of a pack and what its expressions consist of, made once however many dossiers
are assessed against it."""

from __future__ import annotations

from guiju.evaluation.walk import Parts
from guiju.hints import Any
from guiju.messages import LANGUAGES
from guiju.plan.nodes import Expr, PackPlan, RulePlan
from guiju.record import Record
from guiju.verdicts import Text

_MOST_PACKS = 4


class Step(Record):
    """What a derivation says of an expression whatever its value: its words, its unit, and the
    parts it lists; whether it looks into the calendar of working days."""

    node: Expr
    kind: str
    words: Text
    unit: str | None
    parts: list[Any]
    dated: bool


class PackWords:
    """The words of a pack's expressions, rules and fields in every language."""

    def __init__(self, pack: PackPlan) -> None:
        self.pack = pack
        # Nodes are found by identity; holding them keeps it theirs.
        self._expressions: dict[int, tuple[Expr, Text]] = {}
        self._rules: dict[int, tuple[RulePlan, Text]] = {}
        self.parts = Parts()
        self.labels: dict[tuple[str, str], Text] = {}
        """Of facts and columns, by group or table and name."""
        self.steps: dict[int, Step] = {}
        """The steps of derivations, by the identity of their expressions."""
        self.leaves: dict[int, tuple[RulePlan, list[Any]]] = {}
        """The named values a rule rests on, by its identity."""
        self.named: dict[int, tuple[Expr, tuple[str, Text]]] = {}
        """The name and label of such a value."""

    def expression(self, node: Expr) -> Text:
        """An expression in words."""
        found = self._expressions.get(id(node))
        if found is None:
            from guiju.plan.words import words

            text: Text = {lang: words(node, lang, self.pack) for lang in LANGUAGES}
            found = self._expressions[id(node)] = node, text
        return found[1]

    def rule(self, plan: RulePlan) -> Text:
        """A whole rule in sentences."""
        found = self._rules.get(id(plan))
        if found is None:
            from guiju.plan.words import rule_words

            text: Text = {lang: rule_words(plan, lang, self.pack) for lang in LANGUAGES}
            found = self._rules[id(plan)] = plan, text
        return found[1]


_recent: list[PackWords] = []


def words_of(pack: PackPlan) -> PackWords:
    """The words of a pack; those of the last few packs are remembered."""
    for words in _recent:
        if words.pack is pack:
            return words
    words = PackWords(pack)
    _recent.insert(0, words)
    del _recent[_MOST_PACKS:]
    return words
