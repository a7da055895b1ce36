"""A dossier read against a pack's vocabulary: everything typed, every problem kept."""

from __future__ import annotations

from datetime import date

from guiju.dossier.bindings import binding_of
from guiju.dossier.dates import date_of
from guiju.dossier.evidence import by_id, cite, documents
from guiju.dossier.facts import Facts, is_binding, literal, named_facts, other_forms
from guiju.dossier.files import Files
from guiju.dossier.judgements import judgements
from guiju.dossier.keeping import Keeper
from guiju.dossier.lens import Lens
from guiju.dossier.manifest import FORMAT, Manifest
from guiju.dossier.model import Dossier, Given, TableData
from guiju.dossier.naming import Names, folded
from guiju.dossier.problems import Rejected, Severity, listed, problem, shown
from guiju.dossier.sources import read_table
from guiju.dossier.written import Written
from guiju.dossier.yaml_tree import Node, Pairs
from guiju.plan.nodes import PackPlan, TablePlan
from guiju.plan.types import DocumentType, GeometryType
from guiju.verdicts import Origin, Problem

KEYS = (
    "guiju",
    "id",
    "title",
    "pack",
    "edition",
    "stage",
    "submitted",
    "facts",
    "tables",
    "layers",
    "evidence",
    "judgements",
    "mapping",
    "note",
)
STAGES = {
    "validation": "validation",
    "审定": "validation",
    "verification": "verification",
    "核查": "verification",
}


def read(manifest: Manifest, pack: PackPlan, store: Keeper | None = None) -> Dossier:
    """The dossier, typed against the pack's vocabulary.

    All problems are collected in `problems`; none stops the reading. What could not be
    read is missing, never replaced. Large tables stay in `store`, where one is given.
    """
    problems: list[Problem] = list(manifest.problems)
    files = Files(manifest.files.container, problems)
    files.records[manifest.file] = manifest.files.records[manifest.file]
    written = Written(manifest.file, problems)
    tree = manifest.tree
    _head(manifest, pack, written)
    stage, submitted = _when(tree, written)
    facts: Facts = {}
    for group, field, node in named_facts(tree.pairs.get("facts"), written, pack):
        if is_binding(node, field):
            from guiju.dossier.mapping import bound_fact

            binding = binding_of(node, written, f"facts.{group.name}.{field.name}", Lens())
            if binding is not None:
                found = bound_fact(group, field, binding, files)
                if found is not None:
                    facts[group.name, field.name] = found
        else:
            facts[group.name, field.name] = literal(group, field, node, written)
    # The group `dossier` of every vocabulary is what the dossier says of itself.
    for name, value in (("stage", stage), ("submitted", submitted)):
        if name in tree.pairs:
            facts["dossier", name] = Given(value, written.origin(tree.pairs[name]))
    tables = _tables(tree.pairs.get("tables"), written, files, pack, store)
    if "mapping" in tree.pairs:
        from guiju.dossier.mapping import add_mapped

        file = written.text(tree, "mapping", "dossier")
        if file is not None:
            place = written.origin(tree.pairs["mapping"])
            add_mapped(file, place, files, pack, facts, tables)
    if "layers" in tree.pairs:
        from guiju.dossier.layers import read_layers

        elsewhere = _named_tables(tree.pairs.get("tables"), pack)
        read_layers(tree.pairs["layers"], written, files, pack, facts, tables, elsewhere)
    found_documents = documents(tree.pairs.get("evidence"), written, files, pack.documents)
    cite(tables, pack.tables, by_id(found_documents.values()), problems)
    given = judgements(tree.pairs.get("judgements"), written, pack, tables)
    _left_over(manifest, files, problems)
    return Dossier(
        id=manifest.id,
        title=manifest.title,
        path=manifest.path,
        digest=files.digest(),
        stage=stage,
        submitted=submitted,
        pack=manifest.pack,
        edition=manifest.edition,
        facts=facts,
        tables=tables,
        documents=found_documents,
        judgements=given,
        files=[files.records[name] for name in sorted(files.records)],
        problems=problems,
    )


def _head(manifest: Manifest, pack: PackPlan, written: Written) -> None:
    tree = manifest.tree
    written.only(tree, KEYS, "dossier")
    for key in ("guiju", "id", "title"):
        if written.text(tree, key, "dossier") is None:
            severity: Severity = "warning" if key == "title" else "error"
            written.say("key-absent", tree, severity, key=key, where="dossier")
    form = written.text(tree, "guiju", "dossier")
    if form is not None and form != FORMAT:
        written.say("other-format", tree.pairs["guiju"], found=shown(form), expected=FORMAT)
    for key, wanted in (("pack", pack.id), ("edition", pack.edition)):
        text = written.text(tree, key, "dossier")
        if text is not None and text != wanted:
            written.say(f"other-{key}", tree.pairs[key], "warning", found=shown(text), used=wanted)


def _when(tree: Pairs, written: Written) -> tuple[str | None, date | None]:
    stage = written.text(tree, "stage", "dossier")
    if stage is not None:
        found = STAGES.get(folded(stage))
        if found is None:
            written.say("unknown-stage", tree.pairs["stage"], text=shown(stage))
        stage = found
    submitted: date | None = None
    text = written.text(tree, "submitted", "dossier")
    if text is not None:
        try:
            submitted = date_of(text)
        except Rejected as rejected:
            place = written.origin(tree.pairs["submitted"])
            label = {"en": "date of submission", "zh": "提交日期"}
            written.problems.append(
                problem(
                    rejected.code, "error", place, name="submitted", label=label, **rejected.values
                )
            )
    return stage, submitted


def _tables(
    node: Node | None, written: Written, files: Files, pack: PackPlan, store: Keeper | None
) -> dict[str, TableData]:
    tables: dict[str, TableData] = {}
    pairs = written.pairs(node, "tables")
    if pairs is None:
        return tables
    names: Names[TablePlan] = Names(pack.tables)
    for key, value in pairs.pairs.items():
        plan = names.find(key)
        if plan is None:
            forms = other_forms(pack.tables)
            written.unknown(pairs.keys[key], pack.tables, "tables", "unknown-name", forms)
            continue
        if plan.name in tables:
            written.say("fact-twice", pairs.keys[key], name=plan.name, first=pairs.line)
            continue
        # Boundaries are joined to rows, and documents to cells, in Python: their tables are
        # read the ordinary way.
        joined = any(isinstance(f.type, (GeometryType, DocumentType)) for f in plan.fields.values())
        keeper = None if joined else store
        table = read_table(plan, value, written, files, keeper=keeper)
        if table is not None:
            tables[plan.name] = table
    return tables


def _named_tables(node: Node | None, pack: PackPlan) -> frozenset[str]:
    """The tables `tables:` names, whether they could be read or not."""
    if not isinstance(node, Pairs):
        return frozenset()
    names: Names[TablePlan] = Names(pack.tables)
    return frozenset(plan.name for key in node.pairs if (plan := names.find(key)) is not None)


def _left_over(manifest: Manifest, files: Files, problems: list[Problem]) -> None:
    """Files of the folder nothing refers to: nobody has looked at them."""
    if manifest.path.lower().endswith((".yaml", ".yml")):
        return
    unused = [n for n in files.container.names() if n not in files.records]
    failed = {p.message["en"] for p in problems if p.severity == "error"}
    unused = [n for n in unused if not any(f"`{shown(n)}`" in m for m in failed)]
    if unused:
        place = Origin(manifest.file, "1:1")
        problems.append(
            problem("unused-files", "note", place, count=len(unused), files=listed(unused))
        )
