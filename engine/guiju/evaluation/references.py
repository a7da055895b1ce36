"""Facts, columns, locals, formulas and the parts of periods and documents."""

from __future__ import annotations

from datetime import date

from guiju.evaluation.run import Fn, Frame, Run, compiles, constant
from guiju.evaluation.unknown import Lacking, Unknown, lacking, missing
from guiju.hints import Any
from guiju.plan import nodes
from guiju.plan.types import DocumentType, GeometryType
from guiju.verdicts import Document


@compiles(nodes.Constant)
def _constant(run: Run, node: nodes.Constant) -> Fn:
    return constant(node.value)


@compiles(nodes.FactRef)
def _fact(run: Run, node: nodes.FactRef) -> Fn:
    if isinstance(node.type, DocumentType):
        return _document(run, node)
    given = run.dossier.facts.get((node.group, node.field))
    if given is not None and given.value is not None:
        return constant(given.value)
    lack = Lacking("fact", node.group, field=node.field)
    unknown, free = missing(lack), run.free

    def fact(frame: Frame) -> Any:
        return free.get(lack, unknown) if free else unknown

    return fact


def documents_of(run: Run, kind: str) -> list[Document]:
    """The documents of a kind that are there; named by the field's name or alias."""
    found = list(run.dossier.documents.get(kind, ()))
    field = run.pack.documents.get(kind)
    if field is not None and field.alias:
        found += run.dossier.documents.get(field.alias, ())
    return [document for document in found if document.status in ("held", "listed")]


def _document(run: Run, node: nodes.FactRef) -> Fn:
    found = documents_of(run, node.field)
    return constant(tuple(found) if found else lacking("document", node.field))


@compiles(nodes.ColumnRef)
def _column(run: Run, node: nodes.ColumnRef) -> Fn:
    data = run.dossier.tables.get(node.table)
    slot, table, field, free = node.slot, node.table, node.field, run.free
    if data is None:
        return constant(lacking("table", table))
    column = data.columns[field]
    if isinstance(node.type, GeometryType) and layer_lacks(column):
        return _without_layer(run, node)

    def cell(frame: Frame) -> Any:
        row = frame[slot]
        try:
            value = column[row]
        except TypeError:
            return run.merge(row)
        if value is not None:
            return value
        lack = Lacking("cell", table, row, field)
        if free and lack in free:
            return free[lack]
        return missing(lack)

    return cell


A_LONG_TABLE = 50


def layer_lacks(column: list[Any]) -> bool:
    """Whether no row of a long table has a boundary: then its layer is what is missing, and
    one request says so instead of one for each row."""
    return len(column) > A_LONG_TABLE and not any(value is not None for value in column)


def _without_layer(run: Run, node: nodes.ColumnRef) -> Fn:
    slot, layer = node.slot, lacking("layer", node.table, field=node.field)

    def cell(frame: Frame) -> Any:
        row = frame[slot]
        return run.merge(row) if row.__class__ is Unknown else layer

    return cell


@compiles(nodes.CellRef)
def _cell(run: Run, node: nodes.CellRef) -> Fn:
    data = run.dossier.tables.get(node.table)
    table, field, free = node.table, node.field, run.free
    if data is None:
        return constant(lacking("table", table))
    row, column = run.compile(node.row), data.columns[field]

    def cell(frame: Frame) -> Any:
        index = row(frame)
        if index.__class__ is Unknown:
            return run.merge(index)
        value = column[index]
        if value is not None:
            return value
        lack = Lacking("cell", table, index, field)
        return free[lack] if free and lack in free else missing(lack)

    return cell


@compiles(nodes.LocalRef)
def _local(run: Run, node: nodes.LocalRef) -> Fn:
    slot = node.slot

    def local(frame: Frame) -> Any:
        return frame[slot]

    return local


@compiles(nodes.FormulaRef)
def _formula(run: Run, node: nodes.FormulaRef) -> Fn:
    formula = run.formula(node.formula)
    value = run.formula_value
    if node.row is None:

        def scalar(frame: Frame) -> Any:
            return value(formula, None)

        return scalar
    row = run.compile(node.row)

    def per_row(frame: Frame) -> Any:
        index = row(frame)
        if index.__class__ is Unknown:
            return run.merge(index)
        return value(formula, index)

    return per_row


@compiles(nodes.AsOf)
def _as_of(run: Run, node: nodes.AsOf) -> Fn:
    return constant(lacking("as-of", "") if run.as_of is None else run.as_of)


@compiles(nodes.TableRows)
def _rows(run: Run, node: nodes.TableRows) -> Fn:
    data = run.dossier.tables.get(node.table)
    if data is None:
        return constant(lacking("table", node.table))
    return constant(range(len(data)))


@compiles(nodes.OtherRows)
def _other_rows(run: Run, node: nodes.OtherRows) -> Fn:
    # Few packs ask about other dossiers; all others start without this.
    from guiju.evaluation.across import other_rows

    return other_rows(run, node)


@compiles(nodes.OtherCell)
def _other_cell(run: Run, node: nodes.OtherCell) -> Fn:
    from guiju.evaluation.across import other_cell

    return other_cell(run, node)


@compiles(nodes.PartRef)
def _part(run: Run, node: nodes.PartRef) -> Fn:
    value, part = run.compile(node.value), node.part
    if part in ("start", "end"):
        end = 0 if part == "start" else 1

        def of_period(frame: Frame) -> Any:
            period = value(frame)
            return run.merge(period) if period.__class__ is Unknown else period[end]

        return of_period
    site = run.site(node)

    def of_document(frame: Frame) -> Any:
        documents = value(frame)
        if documents.__class__ is Unknown:
            return run.merge(documents)
        found = sorted({text for d in documents if (text := getattr(d, part)) is not None})
        if not found:
            return lacking("document", documents[0].kind, field=part)
        if len(found) > 1:
            # Which of several documents is meant is not ours to guess.
            return lacking("undefined", "several-documents", site)
        return date.fromisoformat(found[0]) if part == "issued" else found[0]

    return of_document


@compiles(nodes.InUnit)
def _in_unit(run: Run, node: nodes.InUnit) -> Fn:
    return run.compile(node.operand)


@compiles(nodes.ListOf)
def _list(run: Run, node: nodes.ListOf) -> Fn:
    items = [run.compile(item) for item in node.items]

    def list_of(frame: Frame) -> Any:
        return tuple([item(frame) for item in items])

    return list_of


@compiles(nodes.Template)
def _template(run: Run, node: nodes.Template) -> Fn:
    from guiju.evaluation.texts import value_text

    parts = [part if isinstance(part, str) else (run.compile(part), part) for part in node.parts]

    def template(frame: Frame) -> Any:
        texts, unknowns = [], []
        for part in parts:
            if isinstance(part, str):
                texts.append(part)
                continue
            value = part[0](frame)
            if value.__class__ is Unknown:
                unknowns.append(value)
            else:
                texts.append(value_text(value, part[1].type, run) or "")
        return run.merge(*unknowns) if unknowns else "".join(texts)

    return template
