"""Layers of boundaries, as `dossier.yaml` names them: `layers:`, by what they belong to.

A layer gives a table its boundaries (`parcels`), a column of shapes (`plots.location`) or a
fact (`project.county`). Its features are joined to the rows of the table by their key. A
table whose rows stand nowhere else has those of the layer's own attributes.
"""

from __future__ import annotations

from guiju.dossier.facts import Facts, other_forms
from guiju.dossier.files import Files
from guiju.dossier.layers.checks import Checked
from guiju.dossier.layers.files import Ask, read_layer
from guiju.dossier.layers.join import Part, boundaries, rows_from
from guiju.dossier.layers.swapped import told_swapped
from guiju.dossier.model import Given, TableData
from guiju.dossier.naming import Names, nearest
from guiju.dossier.problems import Rejected, listed, shown
from guiju.dossier.values import as_text, yes_no
from guiju.dossier.written import Written
from guiju.dossier.yaml_tree import Items, Node, Pairs, Scalar
from guiju.plan.nodes import FieldPlan, GroupPlan, PackPlan, TablePlan
from guiju.plan.types import GeometryType
from guiju.record import Record
from guiju.verdicts import Origin

KEYS = ("file", "layer", "key", "crs", "x", "y", "feature", "all")
BOUNDARY = "boundary"
EXTRA = "guiju[geo]"
_NEEDED = ("numpy", "shapely", "pyproj", "pyogrio")


class Target(Record):
    """What a layer's shapes belong to: a column of a table, or a fact of a group."""

    kind: str
    name: str
    table: TablePlan | None = None
    group: GroupPlan | None = None


def read_layers(
    node: Node,
    written: Written,
    files: Files,
    pack: PackPlan,
    facts: Facts,
    tables: dict[str, TableData],
    elsewhere: frozenset[str],
) -> None:
    """Adds to facts and tables the shapes of the layers named at a node. `elsewhere` are
    the tables whose rows the dossier gives, readable or not."""
    pairs = written.pairs(node, "layers")
    if pairs is None or not pairs.pairs:
        return
    if not _installed():
        written.say("geo-not-installed", node, extra=EXTRA)
        return
    taken: set[tuple[str, str]] = set()
    for key, value in pairs.pairs.items():
        target = _target(key, pairs, written, pack)
        if target is None:
            continue
        holder = target.table or target.group
        assert holder is not None
        given_before = _given(target, facts, tables)
        if (holder.name, target.name) in taken or given_before is not None:
            line = given_before.at.partition(":")[0] if given_before else pairs.line
            written.say(
                "fact-twice", pairs.keys[key], name=f"{holder.name}.{target.name}", first=line
            )
            continue
        taken.add((holder.name, target.name))
        where = f"layers.{key}"
        specs = [value] if not isinstance(value, Items) else value.items
        if target.table is not None:
            parts = [part for spec in specs if (part := _part(spec, written, files, where))]
            _add_to_table(target, target.table, parts, written, tables, elsewhere)
        elif target.group is not None:
            if len(specs) != 1:
                written.say("layer-one-file", value, where=where)
                continue
            given = _fact(target, specs[0], written, files, where)
            if given is not None:
                facts[target.group.name, target.name] = given
    told_swapped(pack, facts, tables, taken, written.problems)


def _given(target: Target, facts: Facts, tables: dict[str, TableData]) -> Origin | None:
    """Where a mapping or another part of the dossier has given these shapes already."""
    if target.group is not None:
        fact = facts.get((target.group.name, target.name))
        return None if fact is None else fact.origin
    table = tables.get(target.table.name) if target.table is not None else None
    for row, shape in enumerate(table.columns.get(target.name, ()) if table else ()):
        if shape is not None and table is not None:
            return table.place(row, target.name)
    return None


def _installed() -> bool:
    from importlib.util import find_spec

    return all(find_spec(name) is not None for name in _NEEDED)


def _target(key: str, pairs: Pairs, written: Written, pack: PackPlan) -> Target | None:
    first, _, second = (part.strip() for part in key.partition("."))
    table = Names(pack.tables).find(first)
    if table is not None:
        if second in ("", BOUNDARY, "边界") and table.boundary is not None:
            return Target(table.boundary, BOUNDARY, table)
        field = Names(table.fields).find(second) if second else None
        if field is not None and isinstance(field.type, GeometryType):
            return Target(field.type.shape, field.name, table)
    group = Names(pack.groups).find(first)
    if group is not None and second:
        field = Names(group.fields).find(second)
        if field is not None and isinstance(field.type, GeometryType):
            return Target(field.type.shape, field.name, None, group)
    known = [table.name for table in pack.tables.values() if table.boundary is not None]
    forms = other_forms({name: pack.tables[name] for name in known})
    holders: tuple[tuple[str, dict[str, FieldPlan]], ...] = (
        *((table.name, table.fields) for table in pack.tables.values()),
        *((group.name, group.fields) for group in pack.groups.values()),
    )
    known += [
        f"{holder}.{field.name}"
        for holder, fields in holders
        for field in fields.values()
        if isinstance(field.type, GeometryType) and field.name != BOUNDARY
    ]
    written.say(
        "layer-target",
        pairs.keys[key],
        name=shown(key),
        nearest=nearest(key, (*known, *forms)) or "",
        known=listed([f"`{name}`" for name in known]),
    )
    return None


def _ask(node: Node, written: Written, where: str) -> tuple[Ask, Pairs] | None:
    if isinstance(node, Scalar) and node.text:
        file = Scalar(node.text, node.line, node.column)
        node = Pairs({"file": file}, {"file": file}, node.line, node.column)
    pairs = written.pairs(node, where)
    if pairs is None:
        return None
    written.only(pairs, KEYS, where)
    file_ = written.text(pairs, "file", where)
    if file_ is None:
        written.say("layer-without-file", node, where=where)
        return None
    place = written.origin(pairs.pairs["file"])
    texts = [written.text(pairs, key, where) for key in ("layer", "x", "y")]
    return Ask(file_, place, *texts), pairs


def _keys(pairs: Pairs, written: Written, where: str) -> list[str]:
    """The attributes that `key:` names, one or a list."""
    node = pairs.pairs.get("key")
    if node is None:
        return []
    if isinstance(node, Scalar):
        return [node.text.strip()] if node.text and node.text.strip() else []
    items = written.items(node, f"{where}.key")
    return [item.text.strip() for item in items if isinstance(item, Scalar) and item.text]


def _part(node: Node, written: Written, files: Files, where: str) -> Part | None:
    found = _ask(node, written, where)
    if found is None:
        return None
    ask, pairs = found
    for key in ("feature", "all"):
        if key in pairs.pairs:
            written.say("key-for-facts", pairs.keys[key], key=key, where=where)
    layer = read_layer(ask, files)
    if layer is None:
        return None
    return Part(layer, _keys(pairs, written, where), written.text(pairs, "crs", where), ask.place)


def _add_to_table(
    target: Target,
    plan: TablePlan,
    parts: list[Part],
    written: Written,
    tables: dict[str, TableData],
    elsewhere: frozenset[str],
) -> None:
    if not parts:
        return
    table = tables.get(plan.name)
    if table is None:
        if plan.name in elsewhere:
            return
        table = rows_from(plan, parts, written.problems)
        if table is None:
            return
        tables[plan.name] = table
    boundaries(table, plan, target.name, target.kind, parts, written.problems)


def _fact(target: Target, node: Node, written: Written, files: Files, where: str) -> Given | None:
    """A fact that is a shape: one feature of a layer, or with `all` all of them together."""
    found = _ask(node, written, where)
    if found is None:
        return None
    ask, pairs = found
    layer = read_layer(ask, files)
    if layer is None or not len(layer):
        return None
    keys = _keys(pairs, written, where)
    wanted = written.text(pairs, "feature", where)
    whole = written.text(pairs, "all", where)
    chosen = list(range(len(layer)))
    named = ""
    try:
        if wanted is not None:
            if len(keys) != 1:
                raise Rejected("layer-key-absent", known=listed(list(layer.columns)), key=where)
            if keys[0] not in layer.columns:
                raise Rejected(
                    "layer-key-unknown",
                    key=shown(keys[0]),
                    nearest=nearest(keys[0], layer.columns) or "",
                    known=listed(list(layer.columns)),
                )
            values = [as_text(value) for value in layer.columns[keys[0]]]
            chosen = [index for index, value in enumerate(values) if value == wanted]
            named = f"{keys[0]}={wanted}"
            if not chosen:
                some = list(dict.fromkeys(value for value in values if value))
                raise Rejected(
                    "feature-not-found",
                    feature=shown(named),
                    nearest=nearest(wanted, some) or "",
                    known=listed(some),
                )
        together = whole is not None and yes_no(whole)
        if len(chosen) != 1 and not together:
            raise Rejected("which-feature", where=where, count=len(chosen))
    except Rejected as rejected:
        if rejected.code == "not-yes-no":
            rejected.values.update(name=f"{where}.all", label={"en": "all", "zh": "all"})
        files.say(rejected, layer.origin())
        return None
    part = layer.only(chosen)
    crs = written.text(pairs, "crs", where)
    checked = Checked(part, crs, target.kind, written.problems)
    if len(chosen) == 1:
        return Given(checked.shapes[0], part.origin(0, named))
    from guiju.dossier.layers.join import united

    shape = united(checked.shapes, part, written.problems)
    origin = part.origin()
    origin.at = named
    return Given(shape, origin)
