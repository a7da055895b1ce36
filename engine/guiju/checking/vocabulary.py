"""Declarations: facts, tables and their fields, as the plan's vocabulary."""

from __future__ import annotations

from dataclasses import fields
from decimal import Context, Decimal
from typing import Any

from guiju.checking import problems
from guiju.checking.boundaries import BOUNDARY, BOUNDARY_ZH, boundary_field
from guiju.checking.expressions import Checker
from guiju.checking.kinds import (
    BROKEN,
    DATE,
    NUMBER,
    ORDERED,
    TEXT,
    WHOLE,
    YES_NO,
    type_words,
)
from guiju.checking.symbols import Scope, Symbols, field_names, suggest_among
from guiju.checking.words import said, word
from guiju.diagnostics import Diagnostics
from guiju.messages import bilingual
from guiju.plan import nodes as plan
from guiju.plan.types import (
    DocumentType,
    DurationType,
    GeometryType,
    Label,
    ListType,
    NumberType,
    OneOfType,
    PeriodType,
    Type,
)
from guiju.quantities import CONSTANTS
from guiju.source import Span
from guiju.syntax import nodes as syntax

_NAMED: dict[str, Type] = {
    "text": TEXT,
    "yes/no": YES_NO,
    "integer": WHOLE,
    "number": NUMBER,
    "date": DATE,
    "period": PeriodType(),
    "duration": DurationType(),
    "document": DocumentType(),
    "polygon": GeometryType("polygon"),
    "point": GeometryType("point"),
    "line": GeometryType("line"),
}


class Vocabulary:
    """Turns declarations into plans and makes their names known."""

    def __init__(self, symbols: Symbols, language: str, diagnostics: Diagnostics) -> None:
        self.symbols = symbols
        self.language = language
        self.diagnostics = diagnostics
        self.spans: dict[tuple[str, ...], Span] = {}
        """Where each fact, column, lookup and formula is declared, for unused names."""

    def declare(self, name: str, span: Span) -> bool:
        """Takes a name of the pack; False when it is taken already."""
        earlier = self.symbols.declared.get(name)
        if earlier is not None:
            self.diagnostics.add(problems.NameTaken(span, name, earlier))
            return False
        taken = name in self.symbols.groups or name in self.symbols.tables
        if taken or name in self.symbols.formulas or name in self.symbols.lookups:
            self.diagnostics.add(problems.NameTaken(span, name, None))
            return False
        self.symbols.declared[name] = span
        return True

    def label(self, texts: syntax.Texts | None, name: str) -> Label:
        """The texts of a label by language; the name itself where there is none.

        A label belongs to no dossier, so nothing can be filled in.
        """
        if texts is None:
            return {self.language: name}
        label: Label = {}
        for text in texts.texts:
            language = text.lang or self.language
            if language in label:
                self.diagnostics.add(problems.RepeatedClause(text.span, said(language)))
            label.setdefault(language, text.plain)
            for part in text.parts:
                if not isinstance(part, str):
                    self.diagnostics.add(problems.MustBeConstant(part.span))
        return label

    def type(self, node: syntax.TypeExpr) -> Type:
        """The type of a declaration, BROKEN after a problem, so that checking goes on."""
        match node:
            case syntax.NamedType():
                return _NAMED[node.name]
            case syntax.UnitType():
                checker = Checker(self.symbols, Scope(), self.diagnostics)
                unit = checker.unit(node.unit, node.span)
                if unit is not None:
                    return NumberType(unit)
            case syntax.OneOfType():
                names = tuple(option.name.text for option in node.options)
                for at, option in enumerate(node.options):
                    if option.name.text in names[:at]:
                        earlier = node.options[names.index(option.name.text)].name.span
                        self.diagnostics.add(
                            problems.NameTaken(option.name.span, option.name.text, earlier)
                        )
                labels = {o.name.text: self.label(o.label, o.name.text) for o in node.options}
                return OneOfType(names, labels)
            case syntax.ListType():
                of = self.type(node.of)
                return ListType(of) if of.kind != "broken" else BROKEN
        return BROKEN

    def fields(self, nodes: tuple[syntax.FieldDecl, ...]) -> dict[str, plan.FieldPlan]:
        """The fields of a group or table, in order."""
        found: dict[str, plan.FieldPlan] = {}
        taken: dict[str, Span] = {}
        for node in nodes:
            type_ = self.type(node.type)
            low, high = self._range(node, type_)
            for name in (node.name, node.alias):
                if name is not None:
                    if name.text in taken:
                        self.diagnostics.add(
                            problems.NameTaken(name.span, name.text, taken[name.text])
                        )
                    taken[name.text] = name.span
            found[node.name.text] = plan.FieldPlan(
                node.name.text,
                node.alias.text if node.alias else None,
                self._field_label(node),
                type_,
                node.optional,
                low,
                high,
            )
        return found

    def _range(self, node: syntax.FieldDecl, type_: Type) -> tuple[Any, Any]:
        """The declared range of a fact or column, both ends None without one."""
        written = node.low or node.high
        if written is None or type_.kind == "broken":
            return None, None
        if type_.kind not in ORDERED:
            self.diagnostics.add(
                problems.TypeMismatch(
                    node.type.span, type_words(type_), bilingual("diagnostics.type-ordered")
                )
            )
            return None, None
        for end in (node.low, node.high):
            # Whether the name is declared, or not yet, makes no difference here.
            name = _name_in(end) if end is not None else None
            if name is not None:
                self.diagnostics.add(problems.MustBeConstant(name.span))
                return None, None
        low, high = self.constant(node.low, type_), self.constant(node.high, type_)
        if low is not None and high is not None and low > high:
            assert node.low is not None
            assert node.high is not None
            span = node.low.span.to(node.high.span)
            self.diagnostics.add(problems.EmptyRange(span, node.low.span.text, node.high.span.text))
            return None, None
        return low, high

    def days(self, node: syntax.Effective | None) -> bool:
        """Whether the days of an `effective` are any; else that is reported."""
        if node is not None and node.until is not None and node.until < node.start:
            self.diagnostics.add(problems.EmptyRange(node.span, str(node.start), str(node.until)))
            return False
        return True

    def _field_label(self, node: syntax.FieldDecl) -> Label:
        """The label; an alias serves as the label of the other language when it is Chinese."""
        if node.label is not None:
            return self.label(node.label, node.name.text)
        label = {self.language: node.name.text}
        if node.alias is not None:
            for name in (node.name.text, node.alias.text):
                label["en" if name.isascii() else "zh"] = name
        return label

    def constant(self, node: syntax.Expr | None, type_: Type) -> Any:
        """A fixed value in a declared type's own unit, None after a problem or without one."""
        if node is None:
            return None
        checker = Checker(self.symbols, Scope(), self.diagnostics)
        typed = checker.of_type(node, type_)
        if typed is None:
            return None
        value = fold(typed)
        if value is None:
            self.diagnostics.add(problems.MustBeConstant(node.span))
        return value

    def facts(self, node: syntax.Facts) -> plan.GroupPlan | None:
        """The group; one of a used pack gets the facts of this pack added."""
        used = self._group_of_used_pack(node.name.text)
        if used is not None:
            return self._more_facts(node, used)
        if not self.declare(node.name.text, node.name.span):
            return None
        alias = node.alias.text if node.alias else None
        if node.alias is not None and not self.declare(node.alias.text, node.alias.span):
            alias = None
        group = plan.GroupPlan(
            node.name.text,
            alias,
            self.label(node.label, alias or node.name.text),
            self.fields(node.fields),
        )
        return self._declared(node, group)

    def _group_of_used_pack(self, name: str) -> plan.GroupPlan | None:
        group = self.symbols.groups.get(name)
        if group is None or group.name == "dossier" or name in self.symbols.declared:
            return None
        return group

    def _more_facts(self, node: syntax.Facts, used: plan.GroupPlan) -> plan.GroupPlan:
        """A group of a used pack with facts of this pack; its own are never replaced."""
        self.symbols.declared[used.name] = node.name.span
        if used.alias is not None:
            self.symbols.declared[used.alias] = node.name.span
        if node.alias is not None and node.alias.text not in (used.name, used.alias):
            self.diagnostics.add(problems.NameTaken(node.alias.span, used.name, None))
        taken = field_names(used.fields)
        for field in node.fields:
            for name in (field.name, field.alias):
                if name is not None and name.text in taken:
                    self.diagnostics.add(problems.NameTaken(name.span, name.text, None))
        more = self.fields(node.fields)
        group = plan.GroupPlan(used.name, used.alias, used.label, used.fields | more)
        return self._declared(node, group)

    def _declared(self, node: syntax.Facts, group: plan.GroupPlan) -> plan.GroupPlan:
        for field in node.fields:
            self.spans["fact", group.name, field.name.text] = field.name.span
        self.symbols.add_group(group)
        return group

    def table(self, node: syntax.Table) -> plan.TablePlan | None:
        if not self.declare(node.name.text, node.name.span):
            return None
        alias = node.alias.text if node.alias else None
        if node.alias is not None and not self.declare(node.alias.text, node.alias.span):
            alias = None
        fields = self.fields(node.fields)
        self._add_boundary(node, fields)
        keys: list[str] = []
        for key in node.key:
            field = fields.get(key.text) or next(
                (f for f in fields.values() if f.alias == key.text), None
            )
            if field is None:
                if not self.symbols.unread(key.text):
                    hint = suggest_among(key.text, field_names(fields))
                    self.diagnostics.add(
                        problems.UnknownField(key.span, key.text, node.name.text, hint)
                    )
            else:
                keys.append(field.name)
        if not node.key:
            self.diagnostics.add(
                problems.MissingClause(node.name.span, word("KEY"), node.name.text)
            )
        table = plan.TablePlan(
            node.name.text,
            alias,
            self.label(node.label, alias or node.name.text),
            tuple(keys),
            node.boundary,
            fields,
        )
        for declared in node.fields:
            if declared.name.text not in keys:
                self.spans["column", table.name, declared.name.text] = declared.name.span
        self.symbols.add_table(table)
        return table

    def _add_boundary(self, node: syntax.Table, fields: dict[str, plan.FieldPlan]) -> None:
        """The column of the boundary, whose name no other column may have."""
        if node.boundary is None:
            return
        for field in node.fields:
            for name in (field.name, field.alias):
                if name is not None and name.text in (BOUNDARY, BOUNDARY_ZH):
                    self.diagnostics.add(problems.NameTaken(name.span, name.text, None))
                    return
        fields[BOUNDARY] = boundary_field(node.boundary)


def _name_in(node: syntax.Expr) -> syntax.Expr | None:
    """The first name in an expression that is not one of the constants."""
    todo: list[object] = [node]
    while todo:
        part = todo.pop()
        if isinstance(part, (syntax.Ref, syntax.Field)):
            if not (isinstance(part, syntax.Ref) and part.name.text in CONSTANTS):
                return part
        elif isinstance(part, syntax.Expr):
            todo += [getattr(part, field.name) for field in reversed(fields(part))]
        elif isinstance(part, tuple):
            todo += reversed(part)
    return None


_WIDE = Context(prec=1000)


def fold(expr: plan.Expr) -> Any:
    """The value of an expression without names, or None when it has some."""
    from guiju.quantities import CONTEXT

    match expr:
        case plan.Constant():
            return expr.value
        case plan.Negate():
            inner = fold(expr.operand)
            return None if inner is None else inner.copy_negate() if inner else inner
        case plan.Scale():
            inner = fold(expr.operand)
            if inner is None:
                return None
            # Rounded once, as at run time.
            product = _WIDE.multiply(inner, Decimal(expr.numerator))
            return CONTEXT.divide(product, Decimal(expr.denominator))
        case plan.Arithmetic(operator="+" | "-" | "*" | "/"):
            left, right = fold(expr.left), fold(expr.right)
            if left is None or right is None or (expr.operator == "/" and right == 0):
                return None
            match expr.operator:
                case "+":
                    return CONTEXT.add(left, right)
                case "-":
                    return CONTEXT.subtract(left, right)
                case "*":
                    return CONTEXT.multiply(left, right)
            return CONTEXT.divide(left, right)
    return None
