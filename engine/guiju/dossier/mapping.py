"""Mappings: the vocabulary bound to places in files that were not made for us."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from guiju.dossier import limits, yaml_tree
from guiju.dossier.bindings import Binding, binding_of, lens_of
from guiju.dossier.container import Folder, read_all
from guiju.dossier.facts import Facts, named_facts, other_forms
from guiju.dossier.files import Files
from guiju.dossier.lens import Lens
from guiju.dossier.model import Given, TableData
from guiju.dossier.naming import Names
from guiju.dossier.problems import Rejected, UnreadableDossier, problem, shown
from guiju.dossier.scopes import Place, Scope, resolve
from guiju.dossier.sources import read_table
from guiju.dossier.written import Written
from guiju.dossier.yaml_tree import Node, Pairs, Scalar
from guiju.plan.nodes import FieldPlan, GroupPlan, PackPlan, TablePlan
from guiju.record import Mutable, Record, field
from guiju.verdicts import Origin, Problem

FORMAT = "1"
HEAD = ("guiju-mapping", "pack", "edition", "missing", "facts", "tables", "note")
COLLECTION = ("each", "id", "title", "stage", "submitted")
MAX_NUMBERS = 10_000


class Numbering(Record):
    """Rows that stand at numbered places: `{n}` runs from first to last, and a row is
    where `mark` leads to something."""

    variable: str
    first: int
    last: int
    mark: Binding


class MappedTable(Record):
    """A table of a project: its rows are at a pointer, or numbered; its columns bound."""

    plan: TablePlan
    rows: Binding | Numbering
    columns: dict[str, Binding]


class MappedFact(Record):
    group: GroupPlan
    field: FieldPlan
    binding: Binding


class Mapping(Mutable):
    """A mapping whose file has been read; what it binds is found when a pack is there."""

    path: Path
    file: str
    pack: str | None
    edition: str | None
    tree: Pairs
    files: Files
    problems: list[Problem] = field(default_factory=list)


def open_mapping(path: str | PathLike[str]) -> Mapping:
    """Reads a mapping's file; `pack` is the one it names. Raises UnreadableDossier."""
    path = Path(path)
    problems: list[Problem] = []
    place = Origin(path.name, "")
    try:
        if not path.is_file():
            code = "not-a-file" if path.exists() else "no-such-file"
            raise Rejected(code, name=shown(path))
        container = Folder(path.resolve().parent)
        content = read_all(container, path.name, limits.MAX_WRITTEN)
    except Rejected as rejected:
        raise _unreadable(rejected, place) from None
    files = Files(container, problems)
    files.record(path.name, content)
    text = files.decoded(path.name, content)
    if text is None:
        raise UnreadableDossier(problems[-1])
    tree = _tree(text, path.name, problems)
    written = Written(path.name, [])
    pack, edition = (written.text(tree, key, "mapping") for key in ("pack", "edition"))
    return Mapping(path, path.name, pack, edition, tree, files, problems)


def _tree(text: str, file: str, problems: list[Problem]) -> Pairs:
    try:
        tree = yaml_tree.parse(text, file, problems)
        if not isinstance(tree, Pairs) or "guiju-mapping" not in tree.pairs:
            raise Rejected("not-a-mapping-file", name=shown(file))
    except Rejected as rejected:
        values = rejected.values
        where = Origin(file, f"{values.get('line', 1)}:{values.get('column', 1)}")
        raise _unreadable(rejected, where) from None
    return tree


def _unreadable(rejected: Rejected, place: Origin) -> UnreadableDossier:
    return UnreadableDossier(problem(rejected.code, "error", place, **rejected.values))


def head(tree: Pairs, written: Written, pack: PackPlan, known: tuple[str, ...]) -> Lens:
    """Checks the keys of a mapping; the lens all its bindings begin with."""
    written.only(tree, known, "mapping")
    form = written.text(tree, "guiju-mapping", "mapping")
    if form != FORMAT:
        written.say("other-mapping-format", tree, found=shown(form or ""), expected=FORMAT)
    for key, wanted in (("pack", pack.id), ("edition", pack.edition)):
        text = written.text(tree, key, "mapping")
        if text is not None and text != wanted:
            node = tree.pairs[key]
            written.say(f"other-{key}", node, "warning", found=shown(text), used=wanted)
    if "missing" not in tree.pairs:
        return Lens()
    only = Pairs({"missing": tree.pairs["missing"]}, {}, tree.line, tree.column)
    return lens_of(only, written, "mapping", Lens())


def mapped_facts(tree: Pairs, written: Written, pack: PackPlan, base: Lens) -> list[MappedFact]:
    """The facts a mapping binds."""
    found: list[MappedFact] = []
    for group, plan, node in named_facts(tree.pairs.get("facts"), written, pack):
        binding = binding_of(node, written, f"facts.{group.name}.{plan.name}", base)
        if binding is not None:
            found.append(MappedFact(group, plan, binding))
    return found


def named_tables(tree: Pairs, written: Written, pack: PackPlan) -> list[tuple[TablePlan, Node]]:
    """The tables under `tables:` by their plan; unknown ones are reported."""
    pairs = written.pairs(tree.pairs.get("tables"), "tables")
    found: list[tuple[TablePlan, Node]] = []
    if pairs is None:
        return found
    names: Names[TablePlan] = Names(pack.tables)
    for key, node in pairs.pairs.items():
        plan = names.find(key)
        if plan is None:
            forms = other_forms(pack.tables)
            written.unknown(pairs.keys[key], pack.tables, "tables", "unknown-name", forms)
        else:
            found.append((plan, node))
    return found


def mapped_table(plan: TablePlan, node: Node, written: Written, base: Lens) -> MappedTable | None:
    """A table bound by `rows:` and `columns:`."""
    where = f"tables.{plan.name}"
    pairs = written.pairs(node, where)
    if pairs is None:
        return None
    written.only(pairs, ("rows", "columns", "missing"), where)
    base = lens_of(pairs, written, where, base) if "missing" in pairs.pairs else base
    rows = _rows(pairs, written, where, base)
    columns: dict[str, Binding] = {}
    names: Names[FieldPlan] = Names(plan.fields)
    bound = written.pairs(pairs.pairs.get("columns"), f"{where}.columns")
    for key, column in (bound.pairs if bound is not None else {}).items():
        plan_field = names.find(key)
        if plan_field is None:
            assert bound is not None
            forms = other_forms(plan.fields)
            place = f"{where}.columns"
            written.unknown(bound.keys[key], plan.fields, place, "unknown-name", forms)
            continue
        binding = binding_of(column, written, f"{where}.columns.{key}", base)
        if binding is not None:
            columns[plan_field.name] = binding
    return None if rows is None else MappedTable(plan, rows, columns)


def _rows(pairs: Pairs, written: Written, where: str, base: Lens) -> Binding | Numbering | None:
    node = pairs.pairs.get("rows")
    if node is None:
        written.say("rows-binding", pairs, where=where)
        return None
    if isinstance(node, Scalar):
        return binding_of(node, written, f"{where}.rows", base)
    rows = written.pairs(node, f"{where}.rows")
    if rows is None:
        return None
    written.only(rows, ("at", "over", "when"), f"{where}.rows")
    if "over" not in rows.pairs:
        text = written.text(rows, "at", f"{where}.rows")
        if text is None and "at" not in rows.pairs:
            written.say("rows-binding", node, where=where)
            return None
        return Binding("at", text or "", base, written.origin(node))
    over = written.pairs(rows.pairs["over"], f"{where}.rows.over")
    mark = rows.pairs.get("when")
    if over is None or len(over.pairs) != 1 or mark is None:
        written.say("rows-binding", node, where=where)
        return None
    variable, span = next(iter(over.pairs.items()))
    text = span.text if isinstance(span, Scalar) else None
    low, _, high = (text or "").partition("..")
    numbers = low.isascii() and low.isdigit() and high.isascii() and high.isdigit()
    if not numbers or len(low + high) > 18 or int(high) - int(low) not in range(MAX_NUMBERS):
        written.say("bad-numbering", span, text=shown(text or ""), where=f"{where}.rows.over")
        return None
    binding = binding_of(mark, written, f"{where}.rows.when", base)
    return None if binding is None else Numbering(variable, int(low), int(high), binding)


def bound_fact(group: GroupPlan, plan: FieldPlan, binding: Binding, files: Files) -> Given | None:
    """A fact that a dossier says stands in one of its files; None when it is nowhere."""
    place = resolve(binding, Scope(files), f"{group.name}.{plan.name}", files.problems)
    if place is None:
        return None
    if not place.there:
        name = f"{group.name}.{plan.name}"
        say_absent(binding, name, place, files.problems)
        return None
    return typed(group, plan, binding, place, files.problems)


def say_absent(binding: Binding, name: str, place: Place, problems: list[Problem]) -> None:
    """Reports a binding whose place does not exist."""
    problems.append(
        problem(
            "mapped-place-absent",
            "warning",
            binding.place,
            name=name,
            place=shown(place.origin.at),
            file=shown(place.origin.file),
        )
    )


def typed(
    group: GroupPlan, plan: FieldPlan, binding: Binding, place: Place, problems: list[Problem]
) -> Given:
    """The fact a place holds."""
    from guiju.dossier.facts import given

    lens = Lens(unit=binding.lens.unit) if binding.kind == "period" else binding.lens
    return given(group, plan, place.raw, lens, place.origin, problems)


def add_mapped(
    file: str,
    place: Origin,
    files: Files,
    pack: PackPlan,
    facts: Facts,
    tables: dict[str, TableData],
) -> None:
    """Adds what a mapping inside a dossier binds to the dossier's own files."""
    name = files.name(file, place)
    text = None if name is None else files.text(name, place)
    if name is None or text is None:
        return
    problems = files.problems
    try:
        tree = _tree(text, name, problems)
    except UnreadableDossier as unreadable:
        problems.append(unreadable.problem)
        return
    written = Written(name, problems)
    base = head(tree, written, pack, (*HEAD, *COLLECTION, "file", "layers"))
    for key in COLLECTION:
        if key in tree.pairs:
            written.say("collection-mapping", tree.keys[key], "warning", key=key)
    default = written.text(tree, "file", "mapping")
    for group, plan, binding in mapped_facts(tree, written, pack, base):
        fact = (group.name, plan.name)
        if fact in facts:
            say_twice(written, binding, f"{group.name}.{plan.name}", facts[fact].origin)
            continue
        bound = binding._replace(file=binding.file or default)
        found = bound_fact(group, plan, bound, files)
        if found is not None:
            facts[fact] = found
    for table_plan, node in named_tables(tree, written, pack):
        if table_plan.name in tables:
            written.say("fact-twice", node, name=table_plan.name, first=1)
            continue
        table = read_table(table_plan, node, written, files, base, default)
        if table is not None:
            tables[table_plan.name] = table
    if "layers" in tree.pairs:
        from guiju.dossier.layers import read_layers

        named = {plan.name for plan, _ in named_tables(tree, Written(name, []), pack)}
        elsewhere = frozenset((*tables, *named))
        read_layers(tree.pairs["layers"], written, files, pack, facts, tables, elsewhere)


def say_twice(written: Written, binding: Binding, name: str, origin: Origin) -> None:
    """Reports a fact that the dossier gives itself and its mapping binds as well."""
    line = origin.at.partition(":")[0]
    written.problems.append(problem("fact-twice", "error", binding.place, name=name, first=line))
