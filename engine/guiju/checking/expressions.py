"""Expressions: names resolved, types and dimensions settled.

`Checker.expression` returns the typed node, or None once a problem has been reported;
None spreads silently, so one mistake gives one diagnostic.
"""

from __future__ import annotations

from decimal import Decimal

from guiju.checking import problems
from guiju.checking.arithmetic import Arithmetics
from guiju.checking.calls import check_call
from guiju.checking.kinds import (
    DATE,
    NUMBER,
    TEXT,
    WHOLE,
    YES_NO,
    comparable,
    is_zero,
    to_unit,
    type_words,
)
from guiju.checking.symbols import (
    FormulaHead,
    Scope,
    Symbols,
    field_names,
    find_field,
    function_named,
    suggest_among,
    suggestion,
)
from guiju.diagnostics import Diagnostics
from guiju.messages import bilingual
from guiju.plan import nodes as plan
from guiju.plan.functions import FUNCTIONS
from guiju.plan.types import (
    DateType,
    DocumentType,
    DurationType,
    ListType,
    NumberType,
    OneOfType,
    PeriodType,
    RowType,
    Type,
)
from guiju.quantities import CONSTANTS, ONE, PERCENT, Unit, UnknownUnit, parse_unit
from guiju.source import Span
from guiju.syntax import nodes as syntax

AS_OF = frozenset({"as_of", "评估日期"})


class Checker(Arithmetics):
    """Checks expressions in one scope and reports what is wrong."""

    def __init__(self, symbols: Symbols, scope: Scope, diagnostics: Diagnostics) -> None:
        super().__init__(diagnostics)
        self.symbols = symbols
        self.scope = scope
        self.spans: dict[int, Span] = {}
        """Where each condition node came from, by identity, for the proofs."""
        self.kept: list[plan.Expr] = []

    # --- entry points -----------------------------------------------------------------

    def expression(self, node: syntax.Expr, expected: Type | None = None) -> plan.Expr | None:
        """The typed form of an expression. `expected` lets a bare name be an option."""
        typed = self._expression(node, expected)
        if typed is not None:
            self.kept.append(typed)
            self.spans[id(typed)] = node.span
        return typed

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
        if isinstance(wanted, NumberType) and isinstance(have, NumberType):
            if not have.unit.same_dimension(wanted.unit) and not is_zero(typed):
                return self.units_differ(node.span, have.unit, wanted.unit)
            return to_unit(typed, wanted.unit)
        if isinstance(wanted, OneOfType) and isinstance(typed, plan.Constant):
            return self.option(node.span, str(typed.value), wanted)
        if isinstance(wanted, NumberType) or not comparable(have, wanted):
            return self.mismatch(node, typed, type_words(wanted))
        return typed

    # --- dispatch ---------------------------------------------------------------------

    def _expression(self, node: syntax.Expr, expected: Type | None) -> plan.Expr | None:
        match node:
            case syntax.Number():
                return self._number(node)
            case syntax.DateLiteral():
                return plan.Constant(node.value, DATE)
            case syntax.DurationLiteral():
                return plan.Constant((node.count, node.unit), DurationType(node.unit))
            case syntax.YesNo():
                return plan.Constant(node.value, YES_NO)
            case syntax.TextLiteral():
                return self._text(node, expected)
            case syntax.Ref():
                return self._ref(node, expected)
            case syntax.Field():
                return self._field(node)
            case syntax.Index():
                return self._lookup(node, None)
            case syntax.Call():
                return self._call(node)
            case syntax.Unary("-"):
                return self.negate(node, self.expression(node.operand))
            case syntax.Unary():
                inner = self.condition(node.operand)
                return plan.Not(inner, YES_NO) if inner is not None else None
            case syntax.Binary("and" | "or"):
                return self._logic(node)
            case syntax.Binary("=" | "!=" | "<" | "<=" | ">" | ">="):
                return self._compare(node)
            case syntax.Binary():
                left, right = self.expression(node.left), self.expression(node.right)
                if left is None or right is None:
                    return None
                return self.arithmetic(node, left, right, None)
            case syntax.MonthEnd():
                return self._month_end(node)
            case syntax.Within():
                return self._within(node)
            case syntax.Between():
                low = self._ordered(node, "<=", node.low, node.value)
                high = self._ordered(node, "<=", node.value, node.high)
                if low is None or high is None:
                    return None
                return plan.Between(low, high, YES_NO)
            case syntax.IsKnown():
                value = self.expression(node.value)
                return plan.IsKnown(value, node.negated, YES_NO) if value is not None else None
            case syntax.IsOption():
                return self._is_option(node)
            case syntax.IsIn():
                return self._is_in(node)
            case syntax.ListLiteral():
                return self._list(node, expected)
            case syntax.If():
                return self._if(node, expected)
            case syntax.Quantified():
                return self._quantified(node)
            case syntax.Aggregate():
                return self._aggregate(node)
            case syntax.InUnit():
                return self._in_unit(node)
            case syntax.AsUnit():
                return self._as_unit(node)
            case syntax.Rounded():
                return self._rounded(node, expected)
        raise TypeError(f"no such expression: {node!r}")

    # --- literals and names -----------------------------------------------------------

    def _number(self, node: syntax.Number) -> plan.Expr | None:
        if node.unit is None:
            whole = node.value == node.value.to_integral_value()
            return plan.Constant(node.value, WHOLE if whole else NUMBER)
        unit = self.unit(node.unit, node.span)
        return plan.Constant(node.value, NumberType(unit)) if unit is not None else None

    def unit(self, text: str, span: Span) -> Unit | None:
        """The unit of a spelling, or a problem with the nearest spelling."""
        try:
            return parse_unit(text)
        except UnknownUnit as unknown:
            near = ", ".join(unknown.suggestions)
            hint = (
                bilingual("diagnostics.did-you-mean", name=near)
                if near
                else bilingual(
                    "diagnostics.these-exist", names="ha, m2, 亩, m3, t, tdm, tC, tCO2e, %"
                )
            )
            self.diagnostics.add(problems.UnknownUnitName(span, text, hint))
            return None

    def _text(self, node: syntax.TextLiteral, expected: Type | None) -> plan.Expr | None:
        parts = self.template_parts(node.parts)
        if parts is None:
            return None
        if all(isinstance(part, str) for part in parts):
            value = "".join(str(part) for part in parts)
            if isinstance(expected, OneOfType):
                return self.option(node.span, value, expected)
            return plan.Constant(value, TEXT)
        return plan.Template(parts, TEXT)

    def template_parts(
        self, parts: tuple[str | syntax.Expr, ...]
    ) -> tuple[str | plan.Expr, ...] | None:
        """The parts of a text, its interpolated expressions typed."""
        typed: list[str | plan.Expr] = []
        for part in parts:
            if isinstance(part, str):
                typed.append(part)
            else:
                value = self.expression(part)
                if value is None:
                    return None
                typed.append(value)
        return tuple(typed)

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

    def _ref(self, node: syntax.Ref, expected: Type | None) -> plan.Expr | None:
        name = node.name.text
        if local := self.scope.find(name):
            return plan.LocalRef(local.slot, local.name, local.type)
        if isinstance(expected, OneOfType) and self._is_option_name(name, expected):
            return self.option(node.span, name, expected)
        if name in self.symbols.formulas:
            return self._formula(node.span, self.symbols.formulas[name], None)
        if name in self.symbols.lookups:
            return self.mismatch_words(
                node.span,
                bilingual("diagnostics.type-lookup"),
                bilingual("diagnostics.type-same", other="a[b]"),
            )
        if table := self.symbols.tables.get(name):
            self.symbols.used.add(("table", table.name))
            return plan.TableRows(table.name, ListType(RowType(table.name)))
        if found := self.symbols.bare_fact(name):
            group, fact = found
            self.symbols.used.add(("fact", group.name, fact.name))
            return plan.FactRef(group.name, fact.name, fact.type)
        if name in AS_OF:
            return plan.AsOf(DATE)
        if name in CONSTANTS:
            ratio, unit = CONSTANTS[name]
            one = plan.Constant(Decimal(1), NumberType(unit))
            return plan.Scale(one, ratio.numerator, ratio.denominator, NumberType(unit))
        if isinstance(expected, OneOfType):
            return self.option(node.span, name, expected)
        known = self.symbols.words() | self.scope.names() | AS_OF | set(CONSTANTS)
        self.diagnostics.add(problems.UnknownName(node.span, name, suggestion(name, known)))
        return None

    @staticmethod
    def _is_option_name(name: str, type_: OneOfType) -> bool:
        return name in type_.options or any(name in la.values() for la in type_.labels.values())

    def _formula(self, span: Span, head: FormulaHead, row: plan.Expr | None) -> plan.Expr | None:
        self.symbols.used.add(("formula", head.name))
        if head.table is None:
            return plan.FormulaRef(head.name, None, head.type)
        if row is None:
            local = self.scope.row_of(head.table)
            if local is None:
                self.diagnostics.add(problems.NoRowInScope(span, head.name, head.table))
                return None
            row = plan.LocalRef(local.slot, local.name, local.type)
        return plan.FormulaRef(head.name, row, head.type)

    def _field(self, node: syntax.Field) -> plan.Expr | None:
        name = node.name.text
        match node.target:
            case syntax.Index():
                return self._lookup(node.target, node)
            case syntax.Ref(name=owner) if self.scope.find(owner.text) is None:
                if group := self.symbols.groups.get(owner.text):
                    fact = find_field(group.fields, name)
                    if fact is None:
                        return self._no_field(node, owner.text, field_names(group.fields))
                    self.symbols.used.add(("fact", group.name, fact.name))
                    return plan.FactRef(group.name, fact.name, fact.type)
                if owner.text in self.symbols.packs:
                    pack = self.symbols.packs[owner.text]
                    reached = {*pack.groups, *pack.tables, *pack.formulas, *pack.lookups}
                    if name in reached or name in {g.alias for g in pack.groups.values()}:
                        return self._ref(syntax.Ref(node.name, span=node.span), None)
                    return self._no_field(node, owner.text, reached)
            case syntax.Field(target=syntax.Ref(name=prefix), name=owner) if (
                prefix.text in self.symbols.packs and self.scope.find(prefix.text) is None
            ):
                inner = syntax.Ref(owner, span=node.target.span)
                return self._field(syntax.Field(inner, node.name, span=node.span))
        target = self.expression(node.target)
        if target is None:
            return None
        return self._field_of(node, target)

    def _field_of(self, node: syntax.Field, target: plan.Expr) -> plan.Expr | None:
        name = node.name.text
        owner = node.target.span.text
        match target.type:
            case RowType(table=table_name):
                table = self.symbols.tables[table_name]
                column = find_field(table.fields, name)
                if column is not None:
                    self.symbols.used.add(("column", table.name, column.name))
                    if isinstance(target, plan.LocalRef):
                        return plan.ColumnRef(
                            target.slot, target.name, table.name, column.name, column.type
                        )
                    return plan.PartRef(target, column.name, column.type)
                head = self.symbols.formulas.get(name)
                if head is not None and head.table == table.name:
                    return self._formula(node.span, head, target)
                names = field_names(table.fields)
                return self._no_field(node, owner, names)
            case PeriodType():
                if name in ("start", "end"):
                    return plan.PartRef(target, name, DATE)
                return self._no_field(node, owner, {"start", "end"})
            case DocumentType():
                if name == "issued":
                    return plan.PartRef(target, name, DATE)
                if name == "file":
                    return plan.PartRef(target, name, TEXT)
                return self._no_field(node, owner, {"issued", "file"})
        return self._no_field(node, owner, set())

    def _no_field(self, node: syntax.Field, owner: str, known: set[str]) -> plan.Compare | None:
        hint = (
            suggest_among(node.name.text, known) if known else bilingual("diagnostics.declare-it")
        )
        self.diagnostics.add(problems.UnknownField(node.name.span, node.name.text, owner, hint))
        return None

    def _lookup(self, node: syntax.Index, field: syntax.Field | None) -> plan.Expr | None:
        name = None
        match node.target:
            case syntax.Ref(name=ref):
                name = ref
            case syntax.Field(target=syntax.Ref(name=prefix), name=ref) if (
                prefix.text in self.symbols.packs
            ):
                name = ref
        if name is None or name.text not in self.symbols.lookups:
            shown = name.text if name else node.target.span.text
            known = set(self.symbols.lookups)
            self.diagnostics.add(
                problems.UnknownName(node.target.span, shown, suggest_among(shown, known))
            )
            return None
        head = self.symbols.lookups[name.text]
        self.symbols.used.add(("lookup", head.name))
        if len(node.keys) != len(head.by):
            self.diagnostics.add(
                problems.WrongArgumentCount(node.span, head.name, len(node.keys), str(len(head.by)))
            )
            return None
        keys = [
            self.of_type(key, type_) for key, (_, type_) in zip(node.keys, head.by, strict=True)
        ]
        on = self.of_type(node.on, DateType()) if node.on is not None else None
        if any(key is None for key in keys) or (node.on is not None and on is None):
            return None
        gives = dict(head.gives)
        if "" in gives:
            whole = plan.LookupRef(head.name, tuple(k for k in keys if k), None, on, gives[""])
            return whole if field is None else self._field_of(field, whole)
        if field is None:
            self.diagnostics.add(
                problems.TypeMismatch(
                    node.span,
                    bilingual("diagnostics.type-lookup"),
                    bilingual("diagnostics.type-same", other=f"{head.name}[…].{next(iter(gives))}"),
                )
            )
            return None
        if field.name.text not in gives:
            return self._no_field(field, head.name, set(gives))
        return plan.LookupRef(
            head.name, tuple(k for k in keys if k), field.name.text, on, gives[field.name.text]
        )

    def _call(self, node: syntax.Call) -> plan.Expr | None:
        name = function_named(node.function.text)
        if name is None:
            known = {*FUNCTIONS, *(f.zh for f in FUNCTIONS.values())}
            hint = suggest_among(node.function.text, known)
            self.diagnostics.add(
                problems.UnknownFunction(node.function.span, node.function.text, hint)
            )
            return None
        arguments = [self.expression(argument) for argument in node.arguments]
        if any(argument is None for argument in arguments):
            return None
        return check_call(self, node, FUNCTIONS[name], [a for a in arguments if a is not None])

    # --- logic and comparison ---------------------------------------------------------

    def _logic(self, node: syntax.Binary) -> plan.Expr | None:
        operands: list[plan.Expr | None] = []
        todo: list[syntax.Expr] = [node]
        while todo:  # a chain of one operator becomes one node with many operands
            part = todo.pop()
            if isinstance(part, syntax.Binary) and part.operator == node.operator:
                todo += [part.right, part.left]
            else:
                operands.append(self.condition(part))
        if any(operand is None for operand in operands):
            return None
        typed = tuple(operand for operand in operands if operand is not None)
        return plan.And(typed, YES_NO) if node.operator == "and" else plan.Or(typed, YES_NO)

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
        return self._ordered(node, node.operator, node.left, node.right)

    def _ordered(
        self, node: syntax.Expr, operator: str, left: syntax.Expr, right: syntax.Expr
    ) -> plan.Compare | None:
        pair = self._pair(left, right)
        if pair is None:
            return None
        first, second = pair
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
            return self.mismatch(right, second, type_words(a))
        if operator not in ("=", "!=") and a.kind not in ("date",):
            return self.mismatch(left, first, bilingual("diagnostics.type-any-number"))
        return plan.Compare(operator, first, second, 1, 1, YES_NO)

    def _within(self, node: syntax.Within) -> plan.Expr | None:
        left, right = self.expression(node.left), self.expression(node.right)
        tolerance = self.expression(node.tolerance)
        if left is None or right is None or tolerance is None:
            return None
        a, b, t = left.type, right.type, tolerance.type
        for side, typed in ((node.left, left), (node.right, right), (node.tolerance, tolerance)):
            if not isinstance(typed.type, NumberType):
                return self.mismatch(side, typed, bilingual("diagnostics.type-any-number"))
        assert isinstance(a, NumberType) and isinstance(b, NumberType) and isinstance(t, NumberType)
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
            pair = self._pair(node.value, syntax.Ref(node.option, span=node.option.span))
            if pair is None:
                return None
            member = pair[1]
            if not comparable(value.type, member.type):
                return self.mismatch(node, member, type_words(value.type))
        if member is None:
            return None
        members = plan.ListOf((member,), ListType(value.type))
        return plan.Membership(value, members, node.negated, YES_NO)

    def _is_in(self, node: syntax.IsIn) -> plan.Expr | None:
        value = self.expression(node.value)
        if value is None:
            return None
        members = self.expression(node.members, ListType(value.type))
        if members is None:
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
        of = expected.of if isinstance(expected, ListType) else None
        items: list[plan.Expr] = []
        for item in node.items:
            typed = self.expression(item, of)
            if typed is None:
                return None
            of = of or typed.type
            fitted = self.fit(item, typed, of)
            if fitted is None:
                return None
            items.append(fitted)
        return plan.ListOf(tuple(items), ListType(of or TEXT))

    def _if(self, node: syntax.If, expected: Type | None) -> plan.Expr | None:
        condition = self.condition(node.condition)
        then = self.expression(node.then, expected)
        otherwise = self.expression(
            node.otherwise, expected or (then.type if then is not None else None)
        )
        if condition is None or then is None or otherwise is None:
            return None
        if is_zero(then) and isinstance(otherwise.type, NumberType):
            then = to_unit(then, otherwise.type.unit)
        fitted = self.fit(node.otherwise, otherwise, then.type)
        if fitted is None:
            return None
        return plan.If(condition, then, fitted, then.type)

    # --- rows and lists ---------------------------------------------------------------

    def rows(self, node: syntax.Expr) -> tuple[plan.Expr, Type] | None:
        """What a variable ranges over, and the type of one of it."""
        typed = self.expression(node)
        if typed is None:
            return None
        if not isinstance(typed.type, ListType):
            self.mismatch(node, typed, bilingual("diagnostics.type-table"))
            return None
        return typed, typed.type.of

    def _quantified(self, node: syntax.Quantified) -> plan.Expr | None:
        over = self.rows(node.rows)
        count: plan.Expr | None = None
        share = False
        if node.count is not None:
            count = self.expression(node.count)
            if count is None:
                return None
            if not isinstance(count.type, NumberType) or count.type.unit.dimensions:
                return self.mismatch(node.count, count, bilingual("diagnostics.type-number"))
            share = count.type.unit == PERCENT
            count = to_unit(count, ONE)
        if over is None:
            return None
        local = self.scope.bind(node.variable.text, over[1])
        where = self.condition(node.where) if node.where is not None else None
        satisfies = self.condition(node.satisfies)
        self.scope.unbind(local)
        if satisfies is None or (node.where is not None and where is None):
            return None
        return plan.Quantified(
            node.quantifier, count, share, local.slot, local.name, over[0], where, satisfies, YES_NO
        )

    def _aggregate(self, node: syntax.Aggregate) -> plan.Expr | None:
        over = self.rows(node.rows)
        if over is None:
            return None
        local = self.scope.bind(node.variable.text, over[1])
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
        if counted:
            counts = value if value is not None and value.type.kind != "row" else None
            return plan.Aggregate(
                "count", counts, None, local.slot, local.name, over[0], where, None, WHOLE
            )
        if value is None:
            self.diagnostics.add(problems.MissingClause(node.span, "of", node.function))
            return None
        orderable = node.function in ("min", "max") and value.type.kind == "date"
        if node.function not in ("first", "last") and not orderable:
            if not isinstance(value.type, NumberType):
                assert node.value is not None
                return self.mismatch(node.value, value, bilingual("diagnostics.type-any-number"))
        if weight is not None and not isinstance(weight.type, NumberType):
            assert node.weight is not None
            return self.mismatch(node.weight, weight, bilingual("diagnostics.type-any-number"))
        type_ = value.type
        if isinstance(type_, NumberType) and node.function in ("mean", "stdev", "weighted mean"):
            type_ = NumberType(type_.unit)
        return plan.Aggregate(
            node.function, value, weight, local.slot, local.name, over[0], where, order, type_
        )

    # --- units and roundings ----------------------------------------------------------

    def _in_unit(self, node: syntax.InUnit) -> plan.Expr | None:
        value, unit = self.expression(node.value), self.unit(node.unit, node.span)
        if value is None or unit is None:
            return None
        if not isinstance(value.type, NumberType):
            return self.mismatch(node.value, value, bilingual("diagnostics.type-any-number"))
        if not value.type.unit.same_dimension(unit):
            return self.units_differ(node.span, value.type.unit, unit)
        return plan.InUnit(to_unit(value, unit), node.unit, True, NUMBER)

    def _as_unit(self, node: syntax.AsUnit) -> plan.Expr | None:
        value, unit = self.expression(node.value), self.unit(node.unit, node.span)
        if value is None or unit is None:
            return None
        if not isinstance(value.type, NumberType):
            return self.mismatch(node.value, value, bilingual("diagnostics.type-any-number"))
        if value.type.unit.dimensions:
            return self.units_differ(node.span, value.type.unit, ONE)
        return plan.InUnit(to_unit(value, ONE), node.unit, False, NumberType(unit))

    def _rounded(self, node: syntax.Rounded, expected: Type | None) -> plan.Expr | None:
        value, step = self.expression(node.value, expected), self.expression(node.step)
        if value is None or step is None:
            return None
        for part, typed in ((node.value, value), (node.step, step)):
            if not isinstance(typed.type, NumberType):
                return self.mismatch(part, typed, bilingual("diagnostics.type-any-number"))
        assert isinstance(value.type, NumberType) and isinstance(step.type, NumberType)
        if not value.type.unit.same_dimension(step.type.unit):
            return self.units_differ(node.span, value.type.unit, step.type.unit)
        # The value is brought to the unit of the step, so that a step of 1 t stays exact.
        value = to_unit(value, step.type.unit)
        return plan.Rounded(value, node.direction, step, NumberType(step.type.unit))

    def _month_end(self, node: syntax.MonthEnd) -> plan.Expr | None:
        inner = node.value
        if not isinstance(inner, syntax.Binary) or inner.operator not in ("+", "-"):
            typed = self.expression(inner)
            if typed is None:
                return None
            return self.mismatch(inner, typed, bilingual("diagnostics.type-date"))
        left, right = self.expression(inner.left), self.expression(inner.right)
        if left is None or right is None:
            return None
        return self.arithmetic(inner, left, right, node.direction)
