"""The quantities of a formula with their meaning, unit and source: the "where" list (式中) that
stands under an equation of a methodology."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.messages import Lang
from guiju.plan import nodes
from guiju.plan.describe_values import (
    field_label,
    formula_label,
    group_label,
    label_words,
    phrase,
    unit_words,
)
from guiju.plan.nodes import Expr, FormulaPlan, PackPlan
from guiju.plan.types import DateType, NumberType, PeriodType, Type
from guiju.plan.walk import inside
from guiju.record import Record

_QUANTITIES = (NumberType, DateType, PeriodType)


class Symbol(Record):
    """A quantity of a formula as a reader sees it. `unit` is empty for a bare number; a date
    or a period has the word for it."""

    name: str
    meaning: str
    unit: str
    source: str


def formula_symbols(formula: FormulaPlan, lang: Lang, pack: PackPlan) -> list[Symbol]:
    """What a formula gives and then what it is made of, each once, in reading order.

    Constants stand last. Quantities only: what merely picks rows, such as a kind or the number
    of a meter, is said in the words of the formula.
    """
    found = [_result(formula, lang)]
    names = {found[0].name}
    for node in _nodes(formula):
        symbol = _symbol(node, lang, pack)
        if symbol is not None and symbol.name not in names:
            names.add(symbol.name)
            found.append(symbol)
    constant = phrase("symbol.constant", lang)
    return sorted(found, key=lambda symbol: symbol.source == constant)


def _nodes(formula: FormulaPlan) -> Iterator[Expr]:
    yield from inside(formula.body)
    for let in formula.lets:
        yield from inside(let.value)


def _result(formula: FormulaPlan, lang: Lang) -> Symbol:
    source = phrase("symbol.result", lang)
    return Symbol(formula.name, formula_label(formula, lang), _unit(formula.type, lang), source)


def _symbol(node: Expr, lang: Lang, pack: PackPlan) -> Symbol | None:
    match node:
        case nodes.FactRef(group=group, field=field, type=type) if _quantity(type):
            plan = pack.groups[group]
            source = phrase("symbol.fact", lang, group=group_label(plan, lang))
            return Symbol(field, field_label(plan.fields[field], lang), _unit(type, lang), source)
        case (
            nodes.ColumnRef(table=table, field=field, type=type)
            | nodes.CellRef(table=table, field=field, type=type)
            | nodes.OtherCell(table=table, field=field, type=type)
        ) if _quantity(type):
            rows = pack.tables[table]
            source = phrase("symbol.table", lang, table=group_label(rows, lang))
            return Symbol(field, field_label(rows.fields[field], lang), _unit(type, lang), source)
        case nodes.FormulaRef(formula=name, type=type) if _quantity(type):
            used = pack.formulas[name]
            source = phrase("symbol.formula", lang) + _cited(used.cite, lang)
            return Symbol(name, formula_label(used, lang), _unit(type, lang), source)
        case nodes.LookupRef(lookup=name, gives=gives, type=type):
            lookup = pack.lookups[name]
            meaning = label_words(lookup.label, name, lookup.alias, lang)
            source = phrase("symbol.lookup", lang) + _cited(lookup.cite, lang)
            return Symbol(gives or name, meaning, _unit(type, lang), source)
        case nodes.Scale(numerator=11, denominator=3, operand=operand, type=type) if unit_words(
            type
        ) != unit_words(operand.type):
            meaning = phrase("symbol.molar_ratio", lang)
            return Symbol("44/12", meaning, "tCO2/tC", phrase("symbol.constant", lang))
    return None


def _unit(type: Type, lang: Lang) -> str:
    if isinstance(type, DateType | PeriodType):
        return phrase(f"symbol.{type.kind}", lang)
    return unit_words(type)


def _quantity(type: Type) -> bool:
    return isinstance(type, _QUANTITIES)


def _cited(cite: nodes.Clause | None, lang: Lang) -> str:
    return phrase("symbol.cited", lang, clause=cite.text) if cite else ""
