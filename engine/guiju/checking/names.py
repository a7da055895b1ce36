"""Names at checking: facts, columns, formulas, lookups, and what they may be followed by."""

from __future__ import annotations

from decimal import Decimal

from guiju.checking import problems
from guiju.checking.kinds import DATE, TEXT, type_words
from guiju.checking.mismatches import Mismatches
from guiju.checking.symbols import (
    FormulaHead,
    LookupHead,
    field_names,
    find_field,
    suggest_among,
    suggest_place,
    suggestion,
)
from guiju.messages import bilingual
from guiju.plan import nodes as plan
from guiju.plan.types import (
    DateType,
    DocumentType,
    ListType,
    NumberType,
    OneOfType,
    OtherRowType,
    PeriodType,
    RowType,
    Type,
)
from guiju.quantities import CONSTANTS
from guiju.source import Span
from guiju.syntax import nodes as syntax

AS_OF = frozenset({"as_of", "评估日期"})
PERIOD_PARTS: dict[str, tuple[str, Type]] = {
    "start": ("start", DATE),
    "end": ("end", DATE),
    "起始日": ("start", DATE),
    "截止日": ("end", DATE),
}
DOCUMENT_PARTS: dict[str, tuple[str, Type]] = {
    "issued": ("issued", DATE),
    "file": ("file", TEXT),
    "签发日期": ("issued", DATE),
    "文件名": ("file", TEXT),
}
"""The parts of a period and of a document, by their English and Chinese names."""
DOSSIER = frozenset({"dossier", "项目档案"})
"""The id of the dossier that a row of another dossier stands in."""
KIND = frozenset({"kind", "种类"})
"""What a document is, by the name of the fact its kind of evidence has."""


class Names(Mismatches):
    """What a name means where it stands."""

    def _ref(self, node: syntax.Ref, expected: Type | None) -> plan.Expr | None:
        name = node.name.text
        if local := self.scope.find(name):
            return plan.LocalRef(local.slot, local.name, local.type)
        if name in self.scope.broken:
            return None
        if isinstance(expected, OneOfType) and self._is_option_name(name, expected):
            return self.option(node.span, name, expected)
        return self._of_pack(node, expected)

    def _of_pack(self, node: syntax.Ref, expected: Type | None) -> plan.Expr | None:
        """What a name means outside the rule it stands in."""
        name = node.name.text
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
        if not self.symbols.unread(name):
            known = self.symbols.words() | self.scope.names() | AS_OF | set(CONSTANTS)
            hint = suggest_place(name, self.symbols, self.scope) or suggestion(name, known)
            self.diagnostics.add(problems.UnknownName(node.span, name, hint))
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
            if isinstance(local.type, OtherRowType):
                return self._not_across(span, head.name, head.table, "formula")
            row = plan.LocalRef(local.slot, local.name, local.type)
        return plan.FormulaRef(head.name, row, head.type)

    def _field(self, node: syntax.Field) -> plan.Expr | None:
        name = node.name.text
        match node.target:
            case syntax.Index():
                return self._index(node.target, node)
            case syntax.Ref(name=owner) if not self._is_local(owner.text):
                if group := self.symbols.groups.get(owner.text):
                    return self._fact(node, group, owner.text)
                if owner.text in self.symbols.packs:
                    pack = self.symbols.packs[owner.text]
                    reached = {
                        *(n for k in pack.lookups.values() for n in (k.name, k.alias) if n),
                        *(n for t in pack.tables.values() for n in (t.name, t.alias) if n),
                        *(n for f in pack.formulas.values() for n in (f.name, f.alias) if n),
                    }
                    if name in reached:
                        return self._of_pack(syntax.Ref(node.name, span=node.span), None)
                    return self._no_field(node, owner.text, {*reached, *pack.groups})
            case syntax.Field(target=syntax.Ref(name=prefix), name=owner) if (
                prefix.text in self.symbols.packs and not self._is_local(prefix.text)
            ):
                groups = self.symbols.packs[prefix.text].groups
                if any(owner.text in (g.name, g.alias) for g in groups.values()):
                    return self._fact(node, self.symbols.groups[owner.text], owner.text)
        target = self.expression(node.target)
        if target is None:
            return None
        return self._field_of(node, target)

    def _is_local(self, name: str) -> bool:
        return self.scope.holds(name) or name in self.scope.broken

    def _fact(self, node: syntax.Field, group: plan.GroupPlan, owner: str) -> plan.Expr | None:
        fact = find_field(group.fields, node.name.text)
        if fact is None:
            return self._no_field(node, owner, field_names(group.fields))
        self.symbols.used.add(("fact", group.name, fact.name))
        return plan.FactRef(group.name, fact.name, fact.type)

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
                    return plan.CellRef(target, table.name, column.name, column.type)
                head = self.symbols.formulas.get(name)
                if head is not None and head.table == table.name:
                    return self._formula(node.span, head, target)
                names = field_names(table.fields)
                return self._no_field(node, owner, names)
            case OtherRowType(table=table_name):
                return self._field_of_other(node, target, self.symbols.tables[table_name])
            case PeriodType():
                parts = PERIOD_PARTS
            case DocumentType():
                parts = DOCUMENT_PARTS | dict.fromkeys(KIND, ("kind", self._kinds()))
            case _:
                parts = {}
        if name in parts:
            part, type_ = parts[name]
            return plan.PartRef(target, part, type_)
        if parts:
            return self._no_field(node, owner, set(parts))
        return self._no_field(node, owner, set())

    def _field_of_other(
        self, node: syntax.Field, target: plan.Expr, table: plan.TablePlan
    ) -> plan.Expr | None:
        """A column of a row in another dossier, or the dossier's id. A column of that very name
        wins: what stands after a dot is a column wherever there is one."""
        name = node.name.text
        column = find_field(table.fields, name)
        if column is not None:
            self.symbols.used.add(("column", table.name, column.name))
            of = column.type.of if isinstance(column.type, ListType) else column.type
            if isinstance(of, DocumentType):
                return self._not_across(node.span, name, table.name, "document")
            return plan.OtherCell(target, table.name, column.name, column.type)
        if name in DOSSIER:
            return plan.OtherCell(target, table.name, "", TEXT)
        head = self.symbols.formulas.get(name)
        if head is not None and head.table == table.name:
            self.symbols.used.add(("formula", head.name))
            return self._not_across(node.span, name, table.name, "formula")
        names = field_names(table.fields) | {"dossier"}
        return self._no_field(node, node.target.span.text, names)

    def _not_across(self, span: Span, name: str, table: str, what: str) -> plan.Compare | None:
        found = bilingual(f"diagnostics.not-across-{what}")
        self.diagnostics.add(problems.NotAcross(span, name, table, found))
        return None

    def _kinds(self) -> OneOfType:
        """The kinds of evidence as options, each also by its alias."""
        known = {field.name: field for _, field in self.symbols.documents.values()}
        labels = {
            name: field.label | ({"zh": field.alias} if field.alias else {})
            for name, field in known.items()
        }
        return OneOfType(tuple(known), labels)

    def _no_field(self, node: syntax.Field, owner: str, known: set[str]) -> plan.Compare | None:
        if not self.symbols.unread(node.name.text):
            hint = suggest_among(node.name.text, known)
            self.diagnostics.add(problems.UnknownField(node.name.span, node.name.text, owner, hint))
        return None

    def _index(self, node: syntax.Index, field: syntax.Field | None) -> plan.Expr | None:
        """`lookup[key].value`, or the row of a table by its key."""
        name = None
        match node.target:
            case syntax.Ref(name=ref):
                name = ref
            case syntax.Field(target=syntax.Ref(name=prefix), name=ref) if (
                prefix.text in self.symbols.packs
            ):
                name = ref
        if name is not None and name.text in self.symbols.lookups:
            return self._lookup(node, self.symbols.lookups[name.text], field)
        if name is None or name.text not in self.symbols.tables:
            shown = name.text if name else node.target.span.text
            if not self.symbols.unread(shown):
                hint = suggest_among(shown, {*self.symbols.lookups, *self.symbols.tables})
                self.diagnostics.add(problems.UnknownName(node.target.span, shown, hint))
            return None
        row = self._row_by_key(node, self.symbols.tables[name.text])
        return row if row is None or field is None else self._field_of(field, row)

    def _row_by_key(self, node: syntax.Index, table: plan.TablePlan) -> plan.Expr | None:
        self.symbols.used.add(("table", table.name))
        columns = [table.fields[part] for part in table.key if part in table.fields]
        if not table.key or len(columns) != len(table.key):
            return None  # reported where the table is declared
        self.symbols.used.update(("column", table.name, column.name) for column in columns)
        if node.on is not None:
            expected = bilingual("diagnostics.type-undated", table=table.name)
            return self.mismatch_words(node.on.span, type_words(DATE), expected)
        if len(node.keys) != len(columns):
            wanted = str(len(columns))
            self.diagnostics.add(
                problems.WrongArgumentCount(node.span, table.name, len(node.keys), wanted)
            )
            return None
        keys = [
            self.of_type(key, column.type) for key, column in zip(node.keys, columns, strict=True)
        ]
        whole = tuple(key for key in keys if key is not None)
        if len(whole) != len(keys):
            return None
        return plan.RowByKey(table.name, whole, RowType(table.name))

    def _lookup(
        self, node: syntax.Index, head: LookupHead, field: syntax.Field | None
    ) -> plan.Expr | None:
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
