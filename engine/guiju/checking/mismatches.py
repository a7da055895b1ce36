"""What every part of the expression checker can do: fit values to types, and say when they
do not fit."""

from __future__ import annotations

from guiju.checking import problems
from guiju.checking.kinds import YES_NO, comparable, is_zero, to_unit, type_words, unit_hint
from guiju.checking.symbols import Scope, Symbols
from guiju.diagnostics import Diagnostics
from guiju.messages import bilingual
from guiju.plan import nodes as plan
from guiju.plan.types import NumberType, OneOfType, Type
from guiju.quantities import Unit, UnknownUnit, parse_unit
from guiju.source import Span
from guiju.syntax import nodes as syntax


class Mismatches:
    """The scope of an expression, and the problems of its types and units.

    What reports a problem gives None, which every check passes on in silence.
    """

    def __init__(self, symbols: Symbols, scope: Scope, diagnostics: Diagnostics) -> None:
        self.symbols = symbols
        self.scope = scope
        self.diagnostics = diagnostics

    def expression(self, node: syntax.Expr, expected: Type | None = None) -> plan.Expr | None:
        """The typed form of an expression. `expected` lets a bare name be an option."""
        raise NotImplementedError

    def condition(self, node: syntax.Expr) -> plan.Expr | None:
        """An expression that must be yes or no."""
        typed = self.expression(node, YES_NO)
        if typed is None:
            return None
        if typed.type.kind != "yes/no":
            return self.mismatch(node, typed, bilingual("diagnostics.type-condition"))
        return typed

    def of_type(self, node: syntax.Expr, wanted: Type) -> plan.Expr | None:
        """An expression of a declared type, its number brought to the declared unit."""
        typed = self.expression(node, wanted)
        if typed is None:
            return None
        return self.fit(node, typed, wanted)

    def fit(self, node: syntax.Node, typed: plan.Expr, wanted: Type) -> plan.Expr | None:
        """Brings a typed expression to a declared type, or reports why it does not fit."""
        have = typed.type
        if wanted.kind == "broken":
            return None
        if isinstance(wanted, NumberType) and isinstance(have, NumberType):
            if not have.unit.same_dimension(wanted.unit) and not is_zero(typed):
                return self.units_differ(node.span, have.unit, wanted.unit)
            if wanted.integer and not have.integer and not is_zero(typed):
                return self.mismatch(node, typed, bilingual("diagnostics.type-whole"))
            return to_unit(typed, wanted.unit)
        if isinstance(wanted, OneOfType) and isinstance(typed, plan.Constant):
            return self.option(node.span, str(typed.value), wanted)
        if isinstance(wanted, NumberType) or not comparable(have, wanted):
            return self.mismatch(node, typed, type_words(wanted))
        return typed

    def option(self, span: Span, name: str, type_: OneOfType) -> plan.Expr | None:
        """The option of a name or label."""
        if name in type_.options:
            return plan.Constant(name, type_)
        for option, label in type_.labels.items():
            if name in label.values():
                return plan.Constant(option, type_)
        shown = ", ".join(type_.options)
        self.diagnostics.add(problems.UnknownOption(span, name, shown))
        return None

    def unit(self, text: str, span: Span) -> Unit | None:
        """The unit of a spelling, or a problem with the nearest spelling."""
        try:
            return parse_unit(text)
        except UnknownUnit as unknown:
            near = "`, `".join(unknown.suggestions)
            hint = (
                bilingual("diagnostics.did-you-mean", name=near)
                if near
                else bilingual(
                    "diagnostics.these-exist", names="ha, m2, 亩, m3, t, tdm, tC, tCO2e, %"
                )
            )
            self.diagnostics.add(problems.UnknownUnitName(span, text, hint))
            return None

    # The result is always None; its type is the narrowest expression, so that any caller can
    # report and return in one line.

    def mismatch(
        self, node: syntax.Node, typed: plan.Expr, expected: dict[str, str]
    ) -> plan.Compare | None:
        return self.mismatch_words(node.span, type_words(typed.type), expected)

    def mismatch_words(
        self, span: Span, found: dict[str, str], expected: dict[str, str]
    ) -> plan.Compare | None:
        self.diagnostics.add(problems.TypeMismatch(span, found, expected))
        return None

    def not_a_number(self, node: syntax.Node, typed: plan.Expr) -> plan.Compare | None:
        return self.mismatch(node, typed, bilingual("diagnostics.type-any-number"))

    def units_differ(self, span: Span, left: Unit, right: Unit) -> plan.Compare | None:
        self.diagnostics.add(
            problems.UnitMismatch(
                span, left.symbol or "1", right.symbol or "1", unit_hint(left, right)
            )
        )
        return None
