"""The names of a pack, the local names of a rule, and suggestions for unknown ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from guiju.messages import bilingual
from guiju.plan.functions import CHINESE_NAMES, FUNCTIONS
from guiju.plan.nodes import (
    FieldPlan,
    FormulaPlan,
    GroupPlan,
    LookupPlan,
    PackPlan,
    TablePlan,
)
from guiju.plan.types import DateType, OneOfType, OtherRowType, RowType, Type
from guiju.source import Span


class FormulaHead(NamedTuple):
    """What others must know of a formula before its body is checked."""

    name: str
    type: Type
    table: str | None


class LookupHead(NamedTuple):
    """What others must know of a lookup before its rows are checked."""

    name: str
    by: tuple[tuple[str, Type], ...]
    gives: tuple[tuple[str, Type], ...]


@dataclass(slots=True)
class Symbols:
    """Everything the files of a pack declare, and what the packs it uses declare.

    Names and aliases lead to the same thing; the dictionaries `groups`, `tables`,
    `formulas` and `lookups` are keyed by either. `used` collects what expressions refer
    to, so that the rest can be reported as unused.
    """

    groups: dict[str, GroupPlan] = field(default_factory=dict)
    tables: dict[str, TablePlan] = field(default_factory=dict)
    formulas: dict[str, FormulaHead] = field(default_factory=dict)
    lookups: dict[str, LookupHead] = field(default_factory=dict)
    documents: dict[str, tuple[str, FieldPlan]] = field(default_factory=dict)
    packs: dict[str, PackPlan] = field(default_factory=dict)
    declared: dict[str, Span] = field(default_factory=dict)
    used: set[tuple[str, ...]] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    """Words of lines that could not be read: one of them may be what declares a name, so
    they are not reported as unknown. The mistake in the line is."""
    mistakes: list[Span] = field(default_factory=list)
    """Where the lines are that could not be read."""
    lenient: bool = False
    """A used pack has mistakes: names that may be its own are not reported as unknown."""

    def facts_named(self, name: str) -> list[tuple[GroupPlan, FieldPlan]]:
        """The facts of that name or alias, of every group that has one."""
        found = {
            (group.name, fact.name): (group, fact)
            for group in self.groups.values()
            if (fact := find_field(group.fields, name)) is not None
        }
        return list(found.values())

    def bare_fact(self, name: str) -> tuple[GroupPlan, FieldPlan] | None:
        """The fact of that name or alias when exactly one group has it."""
        found = self.facts_named(name)
        return found[0] if len(found) == 1 else None

    def misread(self, span: Span) -> bool:
        """Whether a line inside a span could not be read."""
        return any(
            mistake.source is span.source and span.start <= mistake.start <= span.end
            for mistake in self.mistakes
        )

    def unread(self, name: str) -> bool:
        """Whether a mistake that is reported already may be why the name is unknown."""
        return self.lenient or name in self.lost

    def words(self) -> set[str]:
        """Every name an author could have meant, for suggestions."""
        names = {*self.groups, *self.tables, *self.formulas, *self.lookups, *self.packs}
        for group in self.groups.values():
            names.update(field_names(group.fields))
        for table in self.tables.values():
            names.update(field_names(table.fields))
        return names

    def add_used_pack(self, prefix: str, pack: PackPlan) -> None:
        """Makes the names of a used pack known, under its prefix and bare."""
        self.packs[prefix] = pack
        for group in pack.groups.values():
            earlier = self.groups.get(group.name)
            self.add_group(group if earlier is None else with_facts_of(earlier, group))
        for table in pack.tables.values():
            self.add_table(table)
        for formula in pack.formulas.values():
            self.formulas[formula.name] = head_of_formula(formula)
            if formula.alias:
                self.formulas[formula.alias] = head_of_formula(formula)
        for lookup in pack.lookups.values():
            self.lookups[lookup.name] = head_of_lookup(lookup)
            if lookup.alias:
                self.lookups[lookup.alias] = head_of_lookup(lookup)

    def add_group(self, group: GroupPlan) -> None:
        self.groups[group.name] = group
        if group.alias:
            self.groups[group.alias] = group
        for fact in group.fields.values():
            if fact.type.kind == "document":
                self.documents[fact.name] = (group.name, fact)
                if fact.alias:
                    self.documents[fact.alias] = (group.name, fact)

    def add_table(self, table: TablePlan) -> None:
        self.tables[table.name] = table
        if table.alias:
            self.tables[table.alias] = table


def with_facts_of(group: GroupPlan, other: GroupPlan) -> GroupPlan:
    """A group with its facts and those of another of its name, as two packs declare them."""
    return GroupPlan(group.name, group.alias, group.label, group.fields | other.fields)


def head_of_formula(formula: FormulaPlan) -> FormulaHead:
    return FormulaHead(formula.name, formula.type, formula.table)


def head_of_lookup(lookup: LookupPlan) -> LookupHead:
    return LookupHead(lookup.name, lookup.by, lookup.gives)


def find_field(fields: dict[str, FieldPlan], name: str) -> FieldPlan | None:
    """The field of that name or alias."""
    found = fields.get(name)
    if found is None:
        found = next((f for f in fields.values() if f.alias == name), None)
    return found


def field_names(fields: dict[str, FieldPlan]) -> set[str]:
    return {*fields, *(f.alias for f in fields.values() if f.alias)}


def builtin_group() -> GroupPlan:
    """The group `dossier`: what dossier.yaml itself says of the dossier."""
    stage = OneOfType(
        ("validation", "verification"),
        {
            "validation": {"en": "Validation", "zh": "审定"},
            "verification": {"en": "Verification", "zh": "核查"},
        },
    )
    return GroupPlan(
        "dossier",
        "项目档案",
        {"en": "Dossier", "zh": "项目档案"},
        {
            "stage": FieldPlan("stage", "阶段", {"en": "Stage", "zh": "阶段"}, stage, False),
            "submitted": FieldPlan(
                "submitted",
                "提交日期",
                {"en": "Submission date", "zh": "提交日期"},
                DateType(),
                False,
            ),
        },
    )


class Local(NamedTuple):
    """A let, or a variable that stands for a row or a list member."""

    name: str
    slot: int
    type: Type


class Scope:
    """The local names of one rule or formula, innermost last, with their slots."""

    def __init__(self, locals_: tuple[Local, ...] = (), frame: int = 0) -> None:
        self._locals = list(locals_)
        self.frame = frame
        self.used: set[str] = set()
        self.broken: set[str] = set()
        """Names whose value has a mistake, reported where they are declared."""

    def bind(self, name: str, type_: Type) -> Local:
        """Gives a name the next slot; `unbind` ends its reach, never its slot."""
        local = Local(name, self.frame, type_)
        self.frame += 1
        self._locals.append(local)
        return local

    def unbind(self, local: Local) -> None:
        self._locals.remove(local)

    def find(self, name: str) -> Local | None:
        for local in reversed(self._locals):
            if local.name == name:
                self.used.add(name)
                return local
        return None

    def holds(self, name: str) -> bool:
        """Whether a local of that name is there; this does not count as using it."""
        return any(local.name == name for local in self._locals)

    def row_of(self, table: str) -> Local | None:
        """The innermost variable that stands for a row of a table, in whichever dossier."""
        for local in reversed(self._locals):
            if isinstance(local.type, (RowType, OtherRowType)) and local.type.table == table:
                self.used.add(local.name)
                return local
        return None

    def names(self) -> set[str]:
        return {local.name for local in self._locals}

    def row_names(self, table: str) -> list[str]:
        """The variables that stand for a row of a table, innermost first."""
        return [
            local.name
            for local in reversed(self._locals)
            if isinstance(local.type, (RowType, OtherRowType)) and local.type.table == table
        ]


def suggestion(name: str, known: set[str]) -> dict[str, str]:
    """What to do about an unknown name: the nearest name, or the split of two names."""
    from difflib import get_close_matches

    if parts := _split(name, known):
        return bilingual("diagnostics.did-you-mean-split", parts=" ".join(parts))
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    if near:
        return bilingual("diagnostics.did-you-mean", name=near[0])
    inside = sorted((k for k in known if len(k) > 1 and k in name), key=len, reverse=True)
    if inside:
        return bilingual("diagnostics.did-you-mean", name=inside[0])
    return bilingual("diagnostics.declare-it")


def _split(name: str, known: set[str]) -> list[str]:
    """The two known names a word is made of, with the operator between them if any."""
    from guiju.syntax.keywords import keywords

    joints = {
        spelling
        for token in ("AND", "OR", "IS", "NOT")
        for spelling in (*keywords()[token].en, *keywords()[token].zh)
    }
    for cut in range(1, len(name)):
        first, rest = name[:cut], name[cut:]
        if first.rstrip("_") not in known:
            continue
        if rest.lstrip("_") in known:
            return [first.rstrip("_"), rest.lstrip("_")]
        for joint in joints:
            if rest.startswith(joint) and rest[len(joint) :] in known:
                return [first, joint, rest[len(joint) :]]
    return []


def suggest_place(name: str, symbols: Symbols, scope: Scope) -> dict[str, str] | None:
    """What to write before a name that exists but cannot stand alone: a column, a fact of
    several groups, a group."""
    if name in symbols.groups:
        return bilingual("diagnostics.hint-group", name=name)
    facts = symbols.facts_named(name)
    if facts:
        shown = ", ".join(f"`{group.name}.{fact.name}`" for group, fact in facts)
        return bilingual("diagnostics.hint-several", names=shown)
    for table in symbols.tables.values():
        if find_field(table.fields, name) is not None:
            rows = scope.row_names(table.name)
            return bilingual(
                "diagnostics.hint-column",
                table=table.name,
                example=f"{rows[0] if rows else 'x'}.{name}",
            )
    return None


def suggest_among(name: str, known: set[str]) -> dict[str, str]:
    """The nearest of a few names, or the list of them."""
    from difflib import get_close_matches

    if not known:
        return bilingual("diagnostics.declare-it")
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    if near:
        return bilingual("diagnostics.did-you-mean", name=near[0])
    shown = sorted(known)
    more = ", …" if len(shown) > 12 else ""
    return bilingual("diagnostics.these-exist", names=", ".join(shown[:12]) + more)


def function_named(name: str) -> str | None:
    """The function of an English or Chinese name."""
    if name in FUNCTIONS:
        return name
    return CHINESE_NAMES.get(name)
