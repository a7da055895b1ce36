"""Facts as `dossier.yaml` writes them, and the vocabulary's groups and fields by name."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.dossier import yaml_tree
from guiju.dossier.lens import Lens
from guiju.dossier.model import Given
from guiju.dossier.naming import Names
from guiju.dossier.problems import Rejected, problem, shown
from guiju.dossier.values import as_read, reader_for
from guiju.dossier.written import Written
from guiju.dossier.yaml_tree import Node, Pairs
from guiju.hints import Any
from guiju.plan.nodes import FieldPlan, GroupPlan, PackPlan, TablePlan
from guiju.plan.types import DocumentType, NumberType, PeriodType
from guiju.verdicts import Origin, Problem

Facts = dict[tuple[str, str], Given]
_PERIOD_KEYS = frozenset(("start", "end", "开始", "结束", "起", "止"))


def named_facts(
    node: Node | None, written: Written, pack: PackPlan
) -> Iterator[tuple[GroupPlan, FieldPlan, Node]]:
    """Each fact under `facts:` with its group and field; what the pack does not have is
    reported."""
    groups = written.pairs(node, "facts")
    if groups is None:
        return
    # The group `dossier` is what the head of dossier.yaml says; it is not written here.
    known = {name: group for name, group in pack.groups.items() if name != "dossier"}
    names: Names[GroupPlan] = Names(known)
    for key, value in groups.pairs.items():
        group = names.find(key)
        if group is None:
            _unknown_group(key, groups, written, known, pack)
            continue
        fields = written.pairs(value, f"facts.{key}")
        if fields is None:
            continue
        field_names: Names[FieldPlan] = Names(group.fields)
        taken: dict[str, int] = {}
        for name, fact in fields.pairs.items():
            field = field_names.find(name)
            if field is None:
                written.unknown(
                    fields.keys[name],
                    group.fields,
                    f"facts.{key}",
                    "unknown-name",
                    other_forms(group.fields),
                )
            elif isinstance(field.type, DocumentType):
                written.say("document-as-fact", fields.keys[name], name=shown(name))
            elif field.name in taken:
                written.say(
                    "fact-twice",
                    fields.keys[name],
                    name=f"{group.name}.{field.name}",
                    first=taken[field.name],
                )
            else:
                taken[field.name] = fields.keys[name].line
                yield group, field, fact


def _unknown_group(
    key: str, groups: Pairs, written: Written, known: dict[str, GroupPlan], pack: PackPlan
) -> None:
    for group in known.values():
        if Names(group.fields).find(key) is not None:
            written.say("fact-without-group", groups.keys[key], name=shown(key), group=group.name)
            return
    tables: Names[TablePlan] = Names(pack.tables)
    if tables.find(key) is not None:
        written.say("table-as-facts", groups.keys[key], name=shown(key))
        return
    written.unknown(groups.keys[key], known, "facts", "unknown-name", other_forms(known))


def other_forms(things: dict[str, Any]) -> list[str]:
    """The aliases and labels of groups, tables or fields."""
    return [
        form for thing in things.values() for form in (thing.alias, *thing.label.values()) if form
    ]


def is_binding(node: Node, field: FieldPlan) -> bool:
    """Whether a fact says where its value stands rather than the value."""
    if not isinstance(node, Pairs):
        return False
    return not (isinstance(field.type, PeriodType) and _PERIOD_KEYS.issuperset(node.pairs))


def literal(group: GroupPlan, field: FieldPlan, node: Node, written: Written) -> Given:
    """A fact whose value is written in the dossier."""
    return given(group, field, yaml_tree.raw(node), Lens(), written.origin(node), written.problems)


def given(
    group: GroupPlan,
    field: FieldPlan,
    raw: Any,
    lens: Lens,
    origin: Origin,
    problems: list[Problem],
) -> Given:
    """A fact from its raw value; None with its origin when it is missing or unreadable."""
    try:
        value = reader_for(field, lens.unit)(raw if lens.clear else lens.see(raw))
    except Rejected as rejected:
        origin.raw = None if isinstance(raw, Rejected) else _raw_text(raw)
        name = f"{group.name}.{field.name}"
        place = Origin(origin.file, origin.at, origin.sheet, origin.raw)
        problems.append(
            problem(rejected.code, "error", place, name=name, label=field.label, **rejected.values)
        )
        return Given(None, origin)
    if origin.raw is None:
        unit = lens.unit if isinstance(field.type, NumberType) else None
        origin.raw = as_read(raw, value, field.type, unit)
    return Given(value, origin)


def _raw_text(raw: Any) -> str | None:
    return str(raw) if isinstance(raw, str) else None
