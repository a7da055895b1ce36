"""One project in the files of a folder: a mapping that says `each: folder`.

National inventories and research data come as a few files side by side, one table each. Such a
mapping is to the folder what `dossier.yaml` is to a dossier: tables name their `file:` as they
do there, facts are bound, and the folder may be given by itself or by one of its files.
"""

from __future__ import annotations

from pathlib import Path

from guiju.dossier.container import Folder
from guiju.dossier.dates import date_of
from guiju.dossier.evidence import cite
from guiju.dossier.facts import Facts
from guiju.dossier.files import Files
from guiju.dossier.mapping import (
    COLLECTION,
    HEAD,
    Mapping,
    bound_fact,
    head,
    mapped_facts,
    named_tables,
)
from guiju.dossier.model import Dossier, Given, TableData
from guiju.dossier.naming import folded
from guiju.dossier.problems import Rejected, UnreadableDossier, problem, shown
from guiju.dossier.reader import STAGES
from guiju.dossier.sources import read_table
from guiju.dossier.written import Written
from guiju.dossier.yaml_tree import Node, Pairs, Scalar
from guiju.plan.nodes import PackPlan
from guiju.verdicts import Origin, Problem

FOLDER = "folder"


def is_folder_mapping(mapping: Mapping) -> bool:
    """Whether a mapping is for a folder of files, not for a collection in one file."""
    each = mapping.tree.pairs.get("each")
    return isinstance(each, Scalar) and each.text == FOLDER


def read_folder(path: Path, mapping: Mapping, pack: PackPlan) -> Dossier:
    """The project in a folder, or in the folder of the file named.

    A table that names no `file:` is in the file named, or in the only file of the folder. A
    table marked `optional: yes` may lack its file; the problem is then a note. The project is
    called like the folder, or like the file where no table has a name of its own for it. Raises
    UnreadableDossier when there is no such path, or no table of the mapping has its file.
    """
    problems: list[Problem] = list(mapping.problems)
    written = Written(mapping.file, problems)
    tree = mapping.tree
    base = head(tree, written, pack, (*HEAD, *COLLECTION, "file"))
    folder, named = _place(path)
    files = Files(Folder(folder), problems)
    files.records[mapping.file] = mapping.files.records[mapping.file]
    default = named or written.text(tree, "file", "mapping") or _only_file(files)
    facts: Facts = {}
    for group, plan, binding in mapped_facts(tree, written, pack, base):
        bound = binding._replace(file=binding.file or default)
        found = bound_fact(group, plan, bound, files)
        if found is not None:
            facts[group.name, plan.name] = found
    tables: dict[str, TableData] = {}
    there = frozenset(files.container.names())
    bound_tables = named_tables(tree, written, pack)
    for table_plan, node in bound_tables:
        file = _file_of(node) or default
        table_node, optional = _without_mark(node, written)
        if optional and (file is None or file not in there):
            place = written.origin(node)
            name = shown(file or table_plan.name)
            problems.append(problem("optional-file-absent", "note", place, name=name))
            continue
        table = read_table(table_plan, table_node, written, files, base, default)
        if table is not None:
            tables[table_plan.name] = table
    if bound_tables and not tables:
        worst = [p for p in problems if p.severity == "error"] or problems
        raise UnreadableDossier(worst[-1])
    cite(tables, pack.tables, {}, problems)
    own = {_file_of(node) for _, node in bound_tables}
    name = Path(named).stem if named is not None and named not in own else folder.resolve().name
    return _dossier(path, name, mapping, written, files, facts, tables)


def _dossier(
    path: Path,
    name: str,
    mapping: Mapping,
    written: Written,
    files: Files,
    facts: Facts,
    tables: dict[str, TableData],
) -> Dossier:
    tree = mapping.tree
    id_ = _said(tree, "id") or name
    dossier = Dossier(
        id=id_,
        title=_said(tree, "title") or id_,
        path=str(path),
        digest=files.digest(),
        stage=None,
        submitted=None,
        pack=mapping.pack,
        edition=mapping.edition,
        facts=facts,
        tables=tables,
        files=[files.records[name] for name in sorted(files.records)],
        problems=files.problems,
    )
    stage = _said(tree, "stage")
    if stage is not None:
        dossier.stage = STAGES.get(folded(stage))
        if dossier.stage is None:
            written.say("unknown-stage", tree.pairs["stage"], text=shown(stage))
        facts["dossier", "stage"] = Given(dossier.stage, written.origin(tree.pairs["stage"]))
    submitted = _said(tree, "submitted")
    if submitted is not None:
        place = written.origin(tree.pairs["submitted"])
        try:
            dossier.submitted = date_of(submitted)
        except Rejected as rejected:
            label = {"en": "date of submission", "zh": "提交日期"}
            values = {"name": "submitted", "label": label, **rejected.values}
            files.problems.append(problem(rejected.code, "error", place, **values))
        facts["dossier", "submitted"] = Given(dossier.submitted, place)
    return dossier


def _place(path: Path) -> tuple[Path, str | None]:
    """The folder, and the file in it that was named."""
    if path.is_dir():
        return path, None
    if path.is_file():
        return path.parent, path.name
    place = Origin(path.name, "")
    raise UnreadableDossier(problem("no-such-file", "error", place, name=shown(path)))


def _only_file(files: Files) -> str | None:
    names = files.container.names()
    names = [name for name in names if "/" not in name and name.lower().endswith((".csv", ".json"))]
    return names[0] if len(names) == 1 else None


def _file_of(node: Node) -> str | None:
    if isinstance(node, Scalar):
        return node.text
    file = node.pairs.get("file") if isinstance(node, Pairs) else None
    return file.text if isinstance(file, Scalar) else None


def _without_mark(node: Node, written: Written) -> tuple[Node, bool]:
    """A table's node without `optional:`, which is none of the table's own keys, and whether
    it may be absent."""
    if not isinstance(node, Pairs) or "optional" not in node.pairs:
        return node, False
    mark = node.pairs["optional"]
    text = mark.text if isinstance(mark, Scalar) else None
    if text not in ("yes", "no"):
        written.say("unknown-answer", node.keys["optional"], text=shown(text or ""))
    pairs = {key: value for key, value in node.pairs.items() if key != "optional"}
    keys = {key: value for key, value in node.keys.items() if key != "optional"}
    return Pairs(pairs, keys, node.line, node.column), text == "yes"


def _said(tree: Pairs, key: str) -> str | None:
    """A text about the project: said itself, or as `{ value: … }`."""
    node = tree.pairs.get(key)
    if isinstance(node, Pairs):
        node = node.pairs.get("value")
    return (node.text or "").strip() or None if isinstance(node, Scalar) else None
