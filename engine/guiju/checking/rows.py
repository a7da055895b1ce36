"""Rows at checking: `every … in … satisfies …` and `sum of … for … in …`."""

from __future__ import annotations

from guiju.checking import problems
from guiju.checking.kinds import BROKEN, ORDERED, ROWS, WHOLE, YES_NO, to_unit, type_words
from guiju.checking.mismatches import Mismatches
from guiju.checking.words import word
from guiju.messages import bilingual
from guiju.plan import nodes as plan
from guiju.plan.types import ListType, NumberType, OtherRowType, Type
from guiju.quantities import ONE, PERCENT
from guiju.syntax import nodes as syntax


class RowChecks(Mismatches):
    """Quantifiers and aggregates over the rows of a table or the members of a list."""

    def rows(self, node: syntax.Expr) -> tuple[plan.Expr, Type] | None:
        """What a variable ranges over, and the type of one of it."""
        if isinstance(node, syntax.Across):
            return self._across(node)
        typed = self.expression(node)
        if typed is None:
            return None
        if not isinstance(typed.type, ListType):
            self.mismatch(node, typed, bilingual("diagnostics.type-table"))
            return None
        return typed, typed.type.of

    def _across(self, node: syntax.Across) -> tuple[plan.Expr, Type] | None:
        """The rows of a table in other dossiers."""
        typed = self.expression(node.rows)
        if typed is None:
            return None
        if not isinstance(typed, plan.TableRows):
            self.diagnostics.add(problems.MisplacedAcross(node.span, type_words(typed.type)))
            return None
        row = OtherRowType(typed.table)
        return plan.OtherRows(typed.table, ListType(row)), row

    def _quantified(self, node: syntax.Quantified) -> plan.Expr | None:
        over = self.rows(node.rows)
        count = self.expression(node.count) if node.count is not None else None
        # With a mistake in the rows the variable has no type; the rest is checked all the same.
        local = self.scope.bind(node.variable.text, over[1] if over is not None else BROKEN)
        where = self.condition(node.where) if node.where is not None else None
        satisfies = self.condition(node.satisfies)
        self.scope.unbind(local)
        if over is None or satisfies is None or (node.where is not None and where is None):
            return None
        share = False
        if node.count is not None:
            if count is None:
                return None
            if not isinstance(count.type, NumberType) or count.type.unit.dimensions:
                return self.mismatch(node.count, count, bilingual("diagnostics.type-number"))
            share = count.type.unit == PERCENT
            count = to_unit(count, ONE)
        return plan.Quantified(
            node.quantifier, count, share, local.slot, local.name, over[0], where, satisfies, YES_NO
        )

    def _aggregate(self, node: syntax.Aggregate) -> plan.Expr | None:
        over = self.rows(node.rows)
        local = self.scope.bind(node.variable.text, over[1] if over is not None else BROKEN)
        where = self.condition(node.where) if node.where is not None else None
        counted = node.function == "count"
        value = self.expression(node.value) if node.value is not None else None
        weight = self.expression(node.weight) if node.weight is not None else None
        order = self.expression(node.order) if node.order is not None else None
        self.scope.unbind(local)
        for part, typed in (
            (node.where, where),
            (node.value, value),
            (node.weight, weight),
            (node.order, order),
        ):
            if part is not None and typed is None:
                return None
        if over is None:
            return None
        if counted:
            counts = value if value is not None and value.type.kind not in ROWS else None
            return plan.Aggregate(
                "count", counts, None, local.slot, local.name, over[0], where, None, WHOLE
            )
        if value is None:
            self.diagnostics.add(problems.MissingClause(node.span, word("OF"), node.function))
            return None
        orderable = node.function in ("min", "max") and value.type.kind == "date"
        numeric = node.function not in ("first", "last") and not orderable
        if numeric and not isinstance(value.type, NumberType):
            assert node.value is not None
            return self.not_a_number(node.value, value)
        if weight is not None and not isinstance(weight.type, NumberType):
            assert node.weight is not None
            return self.not_a_number(node.weight, weight)
        if order is not None and order.type.kind not in ORDERED:
            assert node.order is not None
            return self.mismatch(node.order, order, bilingual("diagnostics.type-ordered"))
        type_ = value.type
        if isinstance(type_, NumberType) and node.function in ("mean", "stdev", "weighted mean"):
            type_ = NumberType(type_.unit)
        return plan.Aggregate(
            node.function, value, weight, local.slot, local.name, over[0], where, order, type_
        )
