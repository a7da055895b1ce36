"""The page of a formula: its clause, the equation in words, the list of its quantities, and,
with a dossier, how each of its values came about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from guiju.cli.options import Values
from guiju.messages import Lang, message
from guiju.reporting.columns import folded, padded, width
from guiju.reporting.wording import Wording, visible

if TYPE_CHECKING:
    from guiju.plan.nodes import FormulaPlan, PackPlan
    from guiju.plan.symbols import Symbol

COLUMNS = 80
NAMES = 18
"""What the names of quantities take at most before their meaning starts on a line of its own."""


def formula_named(plan: PackPlan, name: str) -> FormulaPlan | None:
    """The formula of a pack by its name or its alias, or None."""
    for formula in plan.formulas.values():
        if name in (formula.name, formula.alias):
            return formula
    return None


def explain_formula(formula: FormulaPlan, plan: PackPlan, values: Values, lang: Lang) -> None:
    """Print the page of a formula of a pack, and with a dossier its values.

    Raises Unusable for a dossier that cannot be used.
    """
    wording = Wording(lang)
    for line in _page(formula, plan, wording):
        print(line)
    if values["dossier"] is None:
        return
    from guiju.assessment import formula_values
    from guiju.cli.check import a_date, the_dossier
    from guiju.cli.rule_page import derivation_tree

    dossier = the_dossier(plan, values, lang)
    for value in formula_values(dossier, plan, formula, as_of=a_date(values["as_of"])):
        if value.derivation is not None:
            print()
            for line in derivation_tree(value.derivation, wording, "  ", "  ", f"{value.name}: "):
                print(line)


def _page(formula: FormulaPlan, plan: PackPlan, wording: Wording) -> Iterator[str]:
    from guiju.plan.symbols import formula_symbols
    from guiju.plan.words import formula_words

    lang = wording.lang
    yield from _folded(f"{formula.name}  {wording.text(formula.label)}", 0)
    yield from _folded(f"{plan.id} {plan.edition}  {wording.text(plan.title)}", 2)
    yield ""
    if formula.cite is not None:
        yield from _entry("rule.clause", visible(formula.cite.text), lang)
    yield from _entry("rule.basis", wording.say(f"basis.{formula.basis or 'unverified'}"), lang)
    yield from _entry("rule.place", formula.place, lang)
    yield ""
    yield message("command.rule.words", lang)
    for paragraph in formula_words(formula, lang, plan).splitlines():
        yield from _folded(paragraph, 2)
    yield ""
    yield message("command.formula.where", lang)
    yield from _where(formula_symbols(formula, lang, plan), lang)


def _where(symbols: list[Symbol], lang: Lang) -> Iterator[str]:
    """One quantity a line or two: its name, what it means, its unit and where it comes from."""
    longest = min(NAMES, max(width(symbol.name) for symbol in symbols))
    for symbol in symbols:
        unit = symbol.unit or message("command.formula.no-unit", lang)
        said = message(
            "command.formula.symbol", lang, meaning=symbol.meaning, unit=unit, source=symbol.source
        )
        lines = folded(said, COLUMNS - longest - 4)
        if width(symbol.name) > longest:
            yield f"  {symbol.name}"
            yield " " * (longest + 4) + lines[0]
        else:
            yield f"  {padded(symbol.name, longest)}  {lines[0]}"
        for line in lines[1:]:
            yield " " * (longest + 4) + line


def _entry(key: str, text: str, lang: Lang) -> Iterator[str]:
    colon = "：" if lang == "zh" else ": "
    yield from _folded(f"{message(f'command.{key}', lang)}{colon}{text}", 2)


def _folded(text: str, indent: int) -> Iterator[str]:
    for line in folded(text, COLUMNS - indent):
        yield " " * indent + line
