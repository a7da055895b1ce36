"""Comparisons at checking: which values can be compared, and with what ratio between them."""

from __future__ import annotations

from guiju.checking import problems
from guiju.checking.kinds import (
    ORDERED,
    TEXT,
    YES_NO,
    any_number,
    comparable,
    is_zero,
    to_unit,
    type_words,
)
from guiju.checking.mismatches import Mismatches
from guiju.messages import bilingual
from guiju.plan import nodes as plan
from guiju.plan.types import DurationType, ListType, NumberType, OneOfType, Type
from guiju.quantities import ONE, PERCENT
from guiju.syntax import nodes as syntax
from guiju.syntax.problems import TooDeep

_Side = tuple[syntax.Expr, plan.Expr]
"""A side of a comparison as it is written, and typed."""


_MOST_BETWEENS = 8


class Comparisons(Mismatches):
    """Comparisons, memberships and lists."""

    _betweens = 0
    """How many `between` this one stands in the value of."""

    def _pair(self, left: syntax.Expr, right: syntax.Expr) -> tuple[plan.Expr, plan.Expr] | None:
        """Two sides typed; a bare option name takes its type from the other side."""
        if isinstance(left, (syntax.Ref, syntax.TextLiteral)) and not isinstance(
            right, (syntax.Ref, syntax.TextLiteral)
        ):
            second = self.expression(right)
            first = self.expression(left, second.type if second is not None else None)
        else:
            first = self.expression(left)
            second = self.expression(right, first.type if first is not None else None)
        if first is None or second is None:
            return None
        if isinstance(second.type, OneOfType) and isinstance(first, plan.Constant):
            again = self.fit(left, first, second.type)
            if again is None:
                return None
            first = again
        return first, second

    def _compare(self, node: syntax.Binary) -> plan.Expr | None:
        pair = self._pair(node.left, node.right)
        if pair is None:
            return None
        return self._ordered(node, node.operator, (node.left, pair[0]), (node.right, pair[1]))

    def _between(self, node: syntax.Between) -> plan.Expr | None:
        # The plan holds the value twice, so each one inside another doubles the work.
        self._betweens += 1
        value = self.expression(node.value) if self._betweens <= _MOST_BETWEENS else None
        if self._betweens == _MOST_BETWEENS + 1:
            self.diagnostics.add(TooDeep(node.span, _MOST_BETWEENS))
        self._betweens -= 1
        kind = value.type if value is not None else None
        low, high = self.expression(node.low, kind), self.expression(node.high, kind)
        if value is None or low is None or high is None:
            return None
        above = self._ordered(node, "<=", (node.low, low), (node.value, value))
        below = self._ordered(node, "<=", (node.value, value), (node.high, high))
        if above is None or below is None:
            return None
        return plan.Between(above, below, YES_NO)

    def _ordered(
        self, node: syntax.Expr, operator: str, left: _Side, right: _Side
    ) -> plan.Compare | None:
        """Two typed sides compared."""
        first, second = left[1], right[1]
        a, b = first.type, second.type
        if isinstance(a, NumberType) and isinstance(b, NumberType):
            if is_zero(first):
                first, a = to_unit(first, b.unit), b
            if is_zero(second):
                second, b = to_unit(second, a.unit), a
            if not a.unit.same_dimension(b.unit):
                return self.units_differ(node.span, a.unit, b.unit)
            ratio = a.unit.ratio_to(b.unit)
            return plan.Compare(operator, first, second, ratio.numerator, ratio.denominator, YES_NO)
        if isinstance(a, DurationType) and isinstance(b, DurationType):
            if a.unit and b.unit and a.unit != b.unit and {a.unit, b.unit} != {"years", "months"}:
                self.diagnostics.add(problems.DurationsDiffer(node.span, a.unit, b.unit))
                return None
            return plan.Compare(operator, first, second, 1, 1, YES_NO)
        if not comparable(a, b):
            return self.mismatch(right[0], second, type_words(a))
        if a.kind == "geometry":
            # Boundaries with other vertices may be the same: `=` has no meaning for them.
            return self.mismatch(left[0], first, bilingual("diagnostics.type-comparable"))
        if operator not in ("=", "!=") and a.kind not in ORDERED:
            return self.mismatch(left[0], first, bilingual("diagnostics.type-ordered"))
        return plan.Compare(operator, first, second, 1, 1, YES_NO)

    def _within(self, node: syntax.Within) -> plan.Expr | None:
        left, right = self.expression(node.left), self.expression(node.right)
        tolerance = self.expression(node.tolerance)
        if left is None or right is None or tolerance is None:
            return None
        a, b, t = left.type, right.type, tolerance.type
        for side, typed in ((node.left, left), (node.right, right), (node.tolerance, tolerance)):
            if not isinstance(typed.type, NumberType):
                return self.not_a_number(side, typed)
        assert isinstance(a, NumberType)
        assert isinstance(b, NumberType)
        assert isinstance(t, NumberType)
        if is_zero(right):
            right, b = to_unit(right, a.unit), a
        if is_zero(tolerance) and t.unit == ONE:
            tolerance, t = to_unit(tolerance, a.unit), a
        if not a.unit.same_dimension(b.unit):
            return self.units_differ(node.span, a.unit, b.unit)
        right = to_unit(right, a.unit)
        # A percentage is a share of the right side; any other tolerance is a quantity.
        if t.unit == PERCENT or (not t.unit.dimensions and a.unit.dimensions):
            return plan.Within(left, to_unit(tolerance, ONE), right, True, YES_NO)
        if not t.unit.same_dimension(a.unit):
            return self.units_differ(node.tolerance.span, t.unit, a.unit)
        return plan.Within(left, to_unit(tolerance, a.unit), right, False, YES_NO)

    def _is_option(self, node: syntax.IsOption) -> plan.Expr | None:
        value = self.expression(node.value)
        if value is None:
            return None
        if isinstance(value.type, OneOfType):
            member = self.option(node.option.span, node.option.text, value.type)
        else:
            member = self.expression(syntax.Ref(node.option, span=node.option.span), value.type)
            if member is not None and not comparable(value.type, member.type):
                return self.mismatch(node, member, type_words(value.type))
        if member is None:
            return None
        members = plan.ListOf((member,), ListType(value.type))
        return plan.Membership(value, members, node.negated, YES_NO)

    def _is_in(self, node: syntax.IsIn) -> plan.Expr | None:
        value = self.expression(node.value)
        expected = ListType(value.type) if value is not None else None
        members = self.expression(node.members, expected)
        if value is None or members is None:
            return None
        if not isinstance(members.type, ListType):
            return self.mismatch(node.members, members, bilingual("diagnostics.type-list"))
        of = members.type.of
        if isinstance(of, NumberType) and isinstance(value.type, NumberType):
            if not of.unit.same_dimension(value.type.unit):
                return self.units_differ(node.span, value.type.unit, of.unit)
            value = to_unit(value, of.unit)
        elif not comparable(value.type, of):
            return self.mismatch(node.members, members, type_words(ListType(value.type)))
        return plan.Membership(value, members, node.negated, YES_NO)

    def _list(self, node: syntax.ListLiteral, expected: Type | None) -> plan.Expr | None:
        of = any_number(expected.of) if isinstance(expected, ListType) else None
        items: list[plan.Expr | None] = []
        for item in node.items:
            typed = self.expression(item, of)
            if of is None and typed is not None:
                of = any_number(typed.type)
            items.append(self.fit(item, typed, of) if typed is not None and of else None)
        members = tuple(item for item in items if item is not None)
        return plan.ListOf(members, ListType(of or TEXT)) if len(members) == len(items) else None
