"""The evidence a dossier lists: whether each file is there and unchanged."""

from __future__ import annotations

from collections.abc import Iterable
from re import fullmatch

from guiju.dossier import limits
from guiju.dossier.dates import date_of
from guiju.dossier.files import Files
from guiju.dossier.model import TableData
from guiju.dossier.naming import Names, nearest
from guiju.dossier.problems import Rejected, problem, shown
from guiju.dossier.written import Written
from guiju.dossier.yaml_tree import Node, Pairs
from guiju.hints import Any, Literal
from guiju.plan.nodes import FieldPlan, TablePlan
from guiju.plan.types import DocumentType
from guiju.verdicts import Document, Origin, Problem

KEYS = ("id", "kind", "file", "issued", "sha256", "title", "note")
Status = Literal["held", "listed", "missing", "altered"]


def documents(
    node: Node | None, written: Written, files: Files, known: dict[str, FieldPlan]
) -> dict[str, list[Document]]:
    """The documents by kind: the name the pack has for it, else the kind as written."""
    names: Names[FieldPlan] = Names(known)
    found: dict[str, list[Document]] = {}
    ids: dict[str, int] = {}
    for item in written.items(node, "evidence"):
        pairs = written.pairs(item, "evidence")
        if pairs is None:
            continue
        document = _document(pairs, written, files, names)
        first = ids.setdefault(document.id, item.line)
        if document.id and first != item.line:
            written.say("evidence-twice", item, id=shown(document.id), first=first)
        found.setdefault(document.kind, []).append(document)
    return found


def _document(pairs: Pairs, written: Written, files: Files, names: Names[FieldPlan]) -> Document:
    written.only(pairs, KEYS, "evidence")
    id_ = written.text(pairs, "id", "evidence")
    kind = written.text(pairs, "kind", "evidence")
    file = written.text(pairs, "file", "evidence")
    for key, value in (("id", id_), ("kind", kind)):
        if value is None:
            written.say("key-absent", pairs, key=key, where="evidence")
    if kind is not None:
        plan = names.find(kind)
        if plan is None:
            written.say(
                "unknown-evidence",
                pairs.pairs["kind"],
                "warning",
                kind=shown(kind),
                nearest=names.nearest(kind),
            )
        else:
            kind = plan.name
    issued = written.text(pairs, "issued", "evidence")
    if issued is not None:
        try:
            issued = date_of(issued).isoformat()
        except Rejected as rejected:
            place = written.origin(pairs.pairs["issued"])
            label = {"en": "date of issue", "zh": "签发日期"}
            name = f"evidence.{id_ or '?'}.issued"
            written.problems.append(
                problem(rejected.code, "error", place, name=name, label=label, **rejected.values)
            )
            issued = None
    status, digest = _status(pairs, file, written, files)
    return Document(id_ or "", kind or "", file, issued, digest, status)


def by_id(documents: Iterable[list[Document]]) -> dict[str, list[Document]]:
    """The documents of all kinds by their ids; an id given twice has several."""
    found: dict[str, list[Document]] = {}
    for kind in documents:
        for document in kind:
            found.setdefault(document.id, []).append(document)
    return found


def cite(
    tables: dict[str, TableData],
    plans: dict[str, TablePlan],
    known: dict[str, list[Document]],
    problems: list[Problem],
) -> None:
    """Puts the evidence, `known` by its ids, in their place in the columns of type `document`.

    As where a rule needs a kind of evidence, only what is held or listed counts: a cell that
    names any other, or an id the dossier does not list, is missing and reported.
    """
    for name, table in tables.items():
        for field in plans[name].fields.values():
            if isinstance(field.type, DocumentType):
                column = table.columns[field.name]
                _cite_column(plans[name], field, column, table, known, problems)


def _cite_column(
    plan: TablePlan,
    field: FieldPlan,
    column: list[Any],
    table: TableData,
    known: dict[str, list[Document]],
    problems: list[Problem],
) -> None:
    name, told = f"{plan.name}.{field.name}", 0
    for row, cell in enumerate(column):
        if cell is None:
            continue
        found: list[Document] = []
        for one in cell:
            id_ = one.id if isinstance(one, Document) else one
            documents = known.get(id_, [])
            lacking = next((d for d in documents if d.status not in ("held", "listed")), None)
            found += documents
            if documents and lacking is None:
                continue
            column[row] = None
            told += 1
            if told <= limits.MAX_ALIKE:
                place, values = table.place(row, field.name), {"name": name, "label": field.label}
                code = "evidence-not-listed" if lacking is None else "evidence-not-there"
                near = nearest(id_, list(known)) or "" if lacking is None else ""
                problems.append(
                    problem(code, "error", place, id=shown(id_), nearest=near, **values)
                )
        if column[row] is not None:
            column[row] = tuple(found)
    if told > limits.MAX_ALIKE:
        place = Origin(table.place(0, field.name).file, name)
        more = told - limits.MAX_ALIKE
        kind = "evidence-not-listed"
        problems.append(
            problem("more-alike", "error", place, count=more, kind=kind, label=field.label)
        )


def _status(
    pairs: Pairs, file: str | None, written: Written, files: Files
) -> tuple[Status, str | None]:
    expected = written.text(pairs, "sha256", "evidence")
    if expected is not None and not fullmatch("[0-9a-fA-F]{64}", expected):
        written.say("bad-sha256", pairs.pairs["sha256"], text=shown(expected))
        expected = None
    if file is None:
        return "listed", expected
    place = written.origin(pairs.pairs["file"])
    name = files.name(file, place)
    if name is None:
        return "missing", expected
    try:
        record = files.hashed(name)
    except Rejected as rejected:
        files.say(rejected, place)
        return "missing", expected
    if record.bytes == 0:
        written.say("empty-evidence", pairs.pairs["file"], name=shown(name))
    if expected is not None and expected.lower() != record.sha256:
        written.say(
            "wrong-hash",
            pairs.pairs["sha256"],
            name=shown(name),
            expected=expected.lower(),
            found=record.sha256,
        )
        return "altered", record.sha256
    return "held", record.sha256
