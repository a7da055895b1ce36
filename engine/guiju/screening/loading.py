"""The columns that rules read, put into DuckDB.

A table of a region has many rows and many columns that no rule asks about, so only those that
rules read are loaded. Where numpy is installed a column goes over as one array, each text once;
without it, cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterable

from guiju.dossier.model import TableData
from guiju.hints import TYPE_CHECKING, Any
from guiju.plan import nodes, walk
from guiju.plan.nodes import Expr, PackPlan, RulePlan, TablePlan
from guiju.plan.types import NumberType
from guiju.quantities import Ratio
from guiju.sieve.lower import Column
from guiju.tables.query import Relation
from guiju.tables.sources import KINDS, Source, loaded, taken
from guiju.tables.sql import name

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MOST_TEXTS = 50_000
"""Different texts of a column up to which each goes over once."""


def screened_source(
    connection: DuckDBPyConnection,
    pack: PackPlan,
    plan: TablePlan,
    rules: Iterable[RulePlan],
    data: TableData,
    table: str,
) -> Source:
    """The table of a screening as the temporary table `table`."""
    read = _read(pack, plan, rules)
    fewer = plan._replace(fields={n: f for n, f in plan.fields.items() if n in read})
    try:
        import numpy
    except ImportError:
        return loaded(connection, fewer, data, table)
    columns: dict[str, Column] = {}
    names: dict[str, str] = {}
    arrays: dict[str, Any] = {"rid": numpy.arange(len(data), dtype="int64")}
    selected = ["rid"]
    values: dict[str, Any] = {}
    beside: list[str] = []
    for number, field in enumerate(fewer.fields.values()):
        kind = KINDS.get(field.type.__class__)
        cells = data.columns[field.name]
        if kind is None:
            continue
        exactly = True
        known = set(cells)
        if isinstance(field.type, NumberType):
            exactly = all(_exact(one) for one in known)
            floats = {one: float(one) for one in known if one is not None}
            floats[None] = float("nan")
            missing = [cell is None for cell in cells]
            array = numpy.array([floats[cell] for cell in cells], dtype=float)
            arrays[f"c{number}"] = numpy.ma.masked_array(array, missing)
            sql = f"c{number}"
        elif len(known) > _MOST_TEXTS:
            values[f"v{number}"] = cells
            beside.append(f"unnest($v{number}::{kind[1]}[]) AS c{number}")
            sql = f"c{number}"
        else:
            codes = {one: at for at, one in enumerate(known)}
            values[f"v{number}"] = list(codes)
            arrays[f"c{number}"] = numpy.array([codes[cell] for cell in cells], dtype="int32")
            sql = f"($v{number}::{kind[1]}[])[c{number} + 1]"
        names[field.name] = name(field.name)
        selected.append(f"{sql} AS {name(field.name)}")
        columns[field.name] = Column(kind[0], exactly)
    connection.register("arrays", arrays)
    whole = "arrays"
    if beside and len(data):
        whole += f" POSITIONAL JOIN (SELECT {', '.join(beside)})"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {', '.join(selected)} FROM {whole}", values
    )
    connection.unregister("arrays")
    parts = [data.columns[part] for part in plan.key]
    keys = parts[0] if len(parts) == 1 else list(zip(*parts, strict=True))
    relation = Relation(table, names, len(data), plan.key, len(set(keys)) == len(keys))
    return Source(relation, columns, lambda wanted, fields: taken(data, wanted, fields))


def _exact(cell: Any) -> bool:
    """Whether a decimal has at most 15 digits, and lies where binary64 has all of its own."""
    if cell is None:
        return True
    if cell.__class__ is Ratio or len(cell.as_tuple().digits) > 15:
        return False
    return not cell or -290 < cell.adjusted() < 290


def _read(pack: PackPlan, plan: TablePlan, rules: Iterable[RulePlan]) -> set[str]:
    """The columns that rules read, in their conditions and their messages; those of the key."""
    found = set(plan.key)
    seen: set[str] = set()
    todo = [part for rule in rules for part in _parts(rule)]
    while todo:
        for node in walk.inside(todo.pop()):
            match node:
                case nodes.ColumnRef(field=field) | nodes.CellRef(field=field):
                    found.add(field)
                case nodes.RowByKey(table=table):
                    found |= set(pack.tables[table].key)
                case nodes.FormulaRef(formula=formula) if formula not in seen:
                    seen.add(formula)
                    read = pack.formulas[formula]
                    todo += [read.body, *(let.value for let in read.lets)]
                    todo += [read.where] if read.where is not None else []
    return found


_OTHERS = (
    nodes.CellRef,
    nodes.RowByKey,
    nodes.TableRows,
    nodes.FormulaRef,
    nodes.Quantified,
    nodes.Aggregate,
)


def own_cells(pack: PackPlan, rule: RulePlan) -> set[str] | None:
    """The columns of its row that decide a rule; None where other rows may as well, or shapes,
    which are not compared."""
    found: set[str] = set()
    for part in _conditions(rule):
        for node in walk.inside(part):
            if isinstance(node, _OTHERS):
                return None
            if isinstance(node, nodes.ColumnRef):
                if node.table != rule.table or node.slot != rule.slot:
                    return None
                if pack.tables[node.table].fields[node.field].type.__class__ not in KINDS:
                    return None
                found.add(node.field)
    return found


def _conditions(rule: RulePlan) -> list[Expr]:
    parts: list[Expr] = [let.value for let in rule.lets]
    parts += [part for part in (rule.where, rule.must, *rule.when) if part is not None]
    return parts + [unless.condition for unless in rule.unless]


def _parts(rule: RulePlan) -> list[Expr]:
    parts = _conditions(rule)
    texts = [one.message for one in (rule.otherwise, rule.unknown, rule.defer) if one is not None]
    texts += [unless.because for unless in rule.unless]
    texts += [rule.remedy] if rule.remedy is not None else []
    return parts + [template for text in texts for template in text.values()]
