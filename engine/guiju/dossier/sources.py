"""Tables as dossiers name them: a CSV or Parquet file, a sheet or table of a workbook, JSON
rows, or rows written in the dossier itself. Each becomes a grid."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.dossier import json_tree, limits, yaml_tree
from guiju.dossier.bindings import LENS_KEYS, lens_of
from guiju.dossier.facts import other_forms
from guiju.dossier.files import Files
from guiju.dossier.grid import Grid
from guiju.dossier.headings import Asked, rows_of
from guiju.dossier.json_tree import ABSENT
from guiju.dossier.keeping import Keeper, Unkept
from guiju.dossier.lens import Lens
from guiju.dossier.model import TableData
from guiju.dossier.naming import Names
from guiju.dossier.problems import Rejected, called, shown
from guiju.dossier.tables import build
from guiju.dossier.written import Written
from guiju.dossier.yaml_tree import Items, Node, Pairs, Scalar
from guiju.hints import Any
from guiju.plan.nodes import FieldPlan, TablePlan
from guiju.verdicts import Origin

KEYS = ("file", "sheet", "table", "at", "columns", "delimiter", "header", "missing", "crosswalk")
DELIMITERS = {",": ",", ";": ";", "\t": "\t", "tab": "\t", "\\t": "\t", "|": "|"}
PARQUET = (".parquet", ".pq")
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".ett")


def read_table(
    plan: TablePlan,
    node: Node,
    written: Written,
    files: Files,
    base: Lens | None = None,
    default_file: str | None = None,
    keeper: Keeper | None = None,
) -> TableData | None:
    """The table a node of `dossier.yaml` or of a mapping describes, None when its rows
    cannot be reached at all. A large one is given to `keeper`."""
    if keeper is None:
        return _read_table(plan, node, written, files, base, default_file, None)
    told = len(written.problems)
    try:
        return _read_table(plan, node, written, files, base, default_file, keeper)
    except Unkept:
        del written.problems[told:]
    data = _read_table(plan, node, written, files, base, default_file, None)
    return None if data is None else keeper.loaded(plan, data)


def _read_table(
    plan: TablePlan,
    node: Node,
    written: Written,
    files: Files,
    base: Lens | None,
    default_file: str | None,
    keeper: Keeper | None,
) -> TableData | None:
    where = f"tables.{plan.name}"
    base = base or Lens()
    if isinstance(node, Items):
        grid: Grid | None = _inline(node, written, where)
        asked: dict[str, Asked] = {}
    else:
        if isinstance(node, Scalar):
            if node.text is None:
                written.say("table-without-file", node, table=called(plan))
                return None
            file = Scalar(node.text, node.line, node.column)
            pairs = Pairs({"file": file}, {"file": file}, node.line, node.column)
        else:
            pairs = node
        written.only(pairs, KEYS, where)
        base = lens_of(pairs, written, where, base) if "missing" in pairs.pairs else base
        asked = _asked(plan, pairs, written, where, base)
        grid = _grid(plan, pairs, written, files, where, asked, default_file, keeper)
    if grid is None:
        return None
    if not base.clear:
        for name in plan.fields:
            asked.setdefault(name, Asked(None, base, written.origin(node)))
    try:
        if keeper is not None and keeper.keeps(grid):
            return keeper.table(plan, grid, asked, written.problems)
        return build(plan, rows_of(grid, plan, asked, written.problems), written.problems)
    except Rejected as rejected:
        files.say(rejected, Origin(grid.file, ""))
        return None
    finally:
        grid.close()


def _asked(
    plan: TablePlan, pairs: Pairs, written: Written, where: str, base: Lens
) -> dict[str, Asked]:
    columns = written.pairs(pairs.pairs.get("columns"), f"{where}.columns")
    asked: dict[str, Asked] = {}
    if columns is None:
        return asked
    names: Names[FieldPlan] = Names(plan.fields)
    for key, node in columns.pairs.items():
        field = names.find(key)
        if field is None:
            forms = other_forms(plan.fields)
            written.unknown(
                columns.keys[key], plan.fields, f"{where}.columns", "unknown-name", forms
            )
            continue
        if isinstance(node, Scalar):
            if node.text is None:
                written.say("empty-binding", node, where=f"{where}.columns.{key}")
                continue
            asked[field.name] = Asked(node.text.strip(), base, written.origin(node))
            continue
        spec = written.pairs(node, f"{where}.columns.{key}")
        if spec is None:
            continue
        written.only(spec, ("column", "at", "optional", *LENS_KEYS), f"{where}.columns.{key}")
        text = written.text(spec, "column", where) or written.text(spec, "at", where)
        lens = lens_of(spec, written, f"{where}.columns.{key}", base)
        optional = written.text(spec, "optional", where) == "yes"
        asked[field.name] = Asked(text, lens, written.origin(node), optional)
    return asked


def _grid(
    plan: TablePlan,
    pairs: Pairs,
    written: Written,
    files: Files,
    where: str,
    asked: dict[str, Asked],
    default_file: str | None,
    keeper: Keeper | None,
) -> Grid | None:
    file = written.text(pairs, "file", where) or default_file
    if file is None:
        written.say("table-without-file", pairs, table=called(plan))
        return None
    place = written.origin(pairs.pairs.get("file", pairs))
    name = files.name(file, place)
    if name is None:
        return None
    header = written.whole(pairs, "header", where)
    try:
        if name.lower().endswith(WORKBOOKS):
            _refuse(pairs, ("at", "delimiter", "crosswalk"), written, where, name)
            return _sheet(pairs, written, files, where, name, place)
        if name.lower().endswith(".json"):
            _refuse(
                pairs, ("sheet", "table", "delimiter", "header", "crosswalk"), written, where, name
            )
            return _json(pairs, written, files, where, name, place, asked)
        if name.lower().endswith(PARQUET):
            keys = ("sheet", "table", "at", "delimiter", "header")
            _refuse(pairs, keys, written, where, name)
            return _parquet(pairs, written, files, where, name, place, keeper)
        _refuse(pairs, ("sheet", "table", "at"), written, where, name)
        return _csv(pairs, written, files, where, name, place, header, keeper)
    except Rejected as rejected:
        at = Origin(name, f"{rejected.values.get('line', 1)}:1")
        if name.lower().endswith(PARQUET):
            at = Origin(name, "")
        if name.lower().endswith(WORKBOOKS):
            row = rejected.values.get("row", 1)
            at = Origin(name, f"A{row}", written.text(pairs, "sheet", where))
        files.say(rejected, at)
        return None


def _refuse(pairs: Pairs, keys: Sequence[str], written: Written, where: str, name: str) -> None:
    """Keys that mean nothing for this kind of file are not passed over in silence."""
    for key in keys:
        if key in pairs.pairs:
            written.say(
                "key-for-other-file", pairs.keys[key], key=key, name=shown(name), where=where
            )


def _csv(
    pairs: Pairs,
    written: Written,
    files: Files,
    where: str,
    name: str,
    place: Origin,
    header: int | None,
    keeper: Keeper | None,
) -> Grid | None:
    from guiju.dossier.csv_grid import read_csv

    delimiter = ","
    if "delimiter" in pairs.pairs:
        node = pairs.pairs["delimiter"]
        text = node.text if isinstance(node, Scalar) else None
        if text not in DELIMITERS:
            written.say("unknown-delimiter", node, text=shown(text or ""))
            return None
        delimiter = DELIMITERS[text]
    elif name.lower().endswith(".tsv"):
        delimiter = "\t"
    kept = None if keeper is None else keeper.csv(files, name, delimiter)
    text = files.text(name, place) if kept is None else kept.head
    if text is None:
        return None
    if "crosswalk" in pairs.pairs:
        from guiju.dossier.crosswalk import crosswalk_of, header_row, renamed

        crosswalk = crosswalk_of(pairs.pairs["crosswalk"], written, files, where)
        if crosswalk is not None:
            header = header or header_row(text, delimiter, crosswalk)
            if kept is not None:
                return renamed(kept.grid(header), crosswalk, files.problems)
            grid = read_csv(text, name, files.problems, delimiter, header)
            return renamed(grid, crosswalk, files.problems)
    if kept is not None:
        return kept.grid(header or 1)
    return read_csv(text, name, files.problems, delimiter, header or 1)


def _parquet(
    pairs: Pairs,
    written: Written,
    files: Files,
    where: str,
    name: str,
    place: Origin,
    keeper: Keeper | None,
) -> Grid | None:
    from guiju.dossier.on_disk import on_disk
    from guiju.dossier.parquet import NeedsTablesError
    from guiju.dossier.parquet_grid import open_parquet

    try:
        disk = on_disk(files.container, name, limits.MAX_EVIDENCE)
    except Rejected as rejected:
        files.say(rejected, place)
        return None
    try:
        grid = open_parquet(name, disk)
    except NeedsTablesError as needs:
        disk.close()
        written.say("tables-not-installed", pairs, name=shown(name), extra=str(needs))
        return None
    except BaseException:
        disk.close()
        raise
    try:
        size = files.hashed(name).bytes
        if size > limits.MAX_TABLE and (keeper is None or not keeper.keeps(grid)):
            raise Rejected("file-too-large", name=shown(name), size=size, most=limits.MAX_TABLE)
    except BaseException:
        grid.close()
        raise
    if "crosswalk" in pairs.pairs:
        from guiju.dossier.crosswalk import crosswalk_of, renamed

        crosswalk = crosswalk_of(pairs.pairs["crosswalk"], written, files, where)
        if crosswalk is not None:
            return renamed(grid, crosswalk, files.problems)
    return grid


def _sheet(
    pairs: Pairs, written: Written, files: Files, where: str, name: str, place: Origin
) -> Grid | None:
    book = files.workbook(name, place)
    if book is None:
        return None
    from guiju.dossier.sheet_grid import sheet_grid

    sheet = written.text(pairs, "sheet", where)
    table = written.text(pairs, "table", where)
    header = written.whole(pairs, "header", where)
    return sheet_grid(book, sheet, table, header, files.problems)


def _json(
    pairs: Pairs,
    written: Written,
    files: Files,
    where: str,
    name: str,
    place: Origin,
    asked: dict[str, Asked],
) -> Grid | None:
    tree = files.json(name, place)
    if tree is ABSENT:
        return None
    at = pairs.pairs.get("at")
    pointer = (written.text(pairs, "at", where) or "") if at is not None else ""
    rows = json_tree.follow(tree, json_tree.parts(pointer))
    extra = [ask.text for ask in asked.values() if ask.text and ask.text.startswith("/")]
    return json_grid(rows, name, pointer, extra)


def json_grid(rows: Any, file: str, pointer: str, extra: Sequence[str] = ()) -> Grid:
    """The grid of a list of objects, or of an object of objects with its keys under the
    heading `@key`. `extra` are pointers within a row that become headings of their own.

    Raises `Rejected`: `no-rows-there`, `row-not-an-object`, `bad-pointer`.
    """
    if isinstance(rows, list):
        items = [(str(index), row) for index, row in enumerate(rows)]
    elif isinstance(rows, dict):
        items = list(rows.items())
    else:
        raise Rejected("no-rows-there", pointer=shown(pointer or "/"))
    keys: dict[str, None] = {"@key": None} if isinstance(rows, dict) else {}
    for key, row in items:
        if not isinstance(row, dict):
            raise Rejected("row-not-an-object", pointer=shown(f"{pointer}/{key}"))
        keys.update(dict.fromkeys(row))
    header = [*keys, *(text for text in extra if text not in keys)]
    ways = {text: json_tree.parts(text) for text in extra}
    body: list[Sequence[Any]] = []
    for key, row in items:
        cells: list[Any] = []
        for heading in header:
            if heading in ways:
                value = json_tree.follow(row, ways[heading])
            else:
                value = key if heading == "@key" else row.get(heading)
            cells.append(None if value is ABSENT else value)
        body.append(cells)

    def at(row: int, column: int) -> str:
        if row < 0:
            return pointer or "/"
        base = f"{pointer}/{json_tree.escaped(items[row][0])}"
        heading = header[column] if column < len(header) else "@key"
        if heading in ways:
            return base + heading
        return base if heading == "@key" else f"{base}/{json_tree.escaped(heading)}"

    return Grid(file, header, body, at)


def _inline(node: Items, written: Written, where: str) -> Grid:
    """Rows written in the dossier itself, as a list of mappings."""
    rows: list[Pairs] = []
    keys: dict[str, None] = {}
    for item in node.items:
        pairs = written.pairs(item, where)
        if pairs is not None:
            rows.append(pairs)
            keys.update(dict.fromkeys(pairs.pairs))
    header = list(keys)
    body: list[Sequence[Any]] = [
        [yaml_tree.raw(row.pairs[key]) if key in row.pairs else None for key in header]
        for row in rows
    ]

    def at(row: int, column: int) -> str:
        if row < 0 or column >= len(header):
            return f"{node.line}:{node.column}"
        found = rows[row].pairs.get(header[column], rows[row])
        return f"{found.line}:{found.column}"

    return Grid(written.file, header, body, at)
