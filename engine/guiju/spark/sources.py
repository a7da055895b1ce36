"""Parquet files as Spark reads them, with the columns and values `guiju.tables.parquet` reads.

The number of a row is the one Parquet gives it within its file (`_metadata.row_index`), which no
plan of Spark changes. A table may stand in a folder of files, as Spark writes them: then rows go
on counting from file to file, in the order of the files' names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

from guiju.dossier.model import Given, TableData
from guiju.dossier.naming import Names
from guiju.hints import TYPE_CHECKING, Any
from guiju.plan.nodes import FieldPlan, GroupPlan, TablePlan
from guiju.plan.types import OneOfType
from guiju.sieve.lower import Column
from guiju.spark.engine import Spark, asked
from guiju.spark.sql import literal, name, text_literal
from guiju.tables.parquet import UnfitColumn
from guiju.tables.query import Relation
from guiju.tables.sources import KINDS, FactsSource, Source, ranged, table_data, value_of
from guiju.verdicts import Origin

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# A number of 32 bits is refused: it stands for the shortest decimal that names it, and the text
# Java gives of one is not always that.
_EXACT = ("double", "tinyint", "smallint", "int")


class Cells:
    """Some columns of the rows of a view, by the numbers of the rows. Each look for rows goes
    through the whole view, so those that will be wanted can be fetched ahead."""

    def __init__(self, spark: Spark, relation: Relation) -> None:
        self.spark, self.relation = spark, relation
        self._held: dict[int, tuple[Any, ...]] = {}

    def fetch(self, rows: Sequence[int]) -> None:
        """Holds these rows, and no others."""
        self._held = self._found(rows)

    def of(self, rows: Sequence[int]) -> list[tuple[Any, ...]]:
        """The cells of some rows, in the order of the rows."""
        found = self._found([row for row in rows if row not in self._held])
        return [self._held[row] if row in self._held else found[row] for row in rows]

    def _found(self, rows: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        if not rows:
            return {}
        among = ""
        if len(rows) < self.relation.rows:
            self.spark.listed("wanted", rows)
            among = " WHERE rid IN (SELECT rid FROM wanted)"
        listed = ", ".join(["rid", *self.relation.columns.values()])
        found = self.spark.rows(f"SELECT {listed} FROM {self.relation.source}{among}")
        return {row[0]: row[1:] for row in found}


def spark_source(
    spark: Spark, plan: TablePlan, path: str, view: str, *, joined: bool = True
) -> tuple[Source, Cells]:
    """A table that stands in a Parquet file or a folder of them, as the temporary view `view`.
    `joined`: other rows find its rows by their key. Raises UnfitColumn and SparkProblem."""
    columns, names, rows = _viewed(spark, plan.fields, path, view)
    unique = joined and _unique(spark, [names[part] for part in plan.key], view)
    relation = Relation(view, names, rows, plan.key, unique)
    file, cells = Path(path).name, Cells(spark, relation)

    def some(wanted: list[int], fields: Collection[str] | None) -> TableData:
        return table_data(plan, list(names), cells.of(wanted), wanted, file)

    return Source(relation, columns, some), cells


def spark_facts(spark: Spark, plan: GroupPlan, path: str, view: str) -> tuple[FactsSource, Cells]:
    """The facts of many dossiers in Parquet, a row for each. Raises UnfitColumn and
    SparkProblem."""
    columns, names, rows = _viewed(spark, plan.fields, path, view)
    relation = Relation(
        view, {f"{plan.name}.{field}": column for field, column in names.items()}, rows
    )
    file, cells = Path(path).name, Cells(spark, relation)

    def facts(wanted: list[int]) -> list[dict[tuple[str, str], Given]]:
        return [
            {
                (plan.name, field): Given(value_of(cell), Origin(file, str(number + 1)))
                for field, cell in zip(names, row, strict=True)
                if cell is not None
            }
            for number, row in zip(wanted, cells.of(wanted), strict=True)
        ]

    return FactsSource(relation, columns, facts), cells


def viewed(
    spark: Spark,
    path: str,
    view: str,
    wanted: Callable[[Mapping[str, str]], Iterable[tuple[str, str, str]]],
) -> int:
    """Makes a view of columns of a file, and says how many rows it has. `wanted` is told the
    types of the columns by their names, and gives of each one it wants the name, the expression
    that reads it, with `{}` for the column, and the name it takes."""
    with asked():
        read = spark.session.read.option("datetimeRebaseMode", "CORRECTED").parquet(path)
    # Names of columns are those of a file of others: they are taken by their number.
    plain = read.toDF(*(f"p{number}" for number in range(len(read.columns))))
    types = {column: field.dataType.simpleString() for column, field in _fields(read)}
    order = {column: f"p{number}" for number, column in enumerate(read.columns)}
    listed = [
        f"{expression.replace('{}', order[column])} AS {alias}"
        for column, expression, alias in wanted(types)
    ]
    with asked():
        numbered, rows = _numbered(spark.session, read, plain)
    numbered.selectExpr("rid", *listed).createOrReplaceTempView(view)
    return rows


def _fields(read: DataFrame) -> list[tuple[str, Any]]:
    return [(field.name, field) for field in read.schema.fields]


def _numbered(session: SparkSession, read: DataFrame, plain: DataFrame) -> tuple[DataFrame, int]:
    """The rows with their numbers, and how many they are."""
    from pyspark.sql import functions as f

    counted = read.groupBy(f.col("_metadata.file_path").alias("path")).count().collect()
    sizes = sorted((row["path"], row["count"]) for row in counted)
    place = f.col("_metadata.row_index")
    if len(sizes) <= 1:
        return plain.withColumn("rid", place), sum(size for _, size in sizes)
    starts, at = [], 0
    for path, size in sizes:
        starts.append((path, at))
        at += size
    # As one text, since a list from Python would need Python where the executors are.
    told = "\n".join(f"{start}\t{path}" for path, start in starts)
    known = session.sql(
        "SELECT CAST(split(one, '\\t')[0] AS BIGINT) AS start, split(one, '\\t')[1] AS of_file"
        f" FROM (SELECT explode(split({text_literal(told)}, '\\n')) AS one)"
    )
    numbered = plain.withColumn("file_of", f.col("_metadata.file_path")).withColumn("place", place)
    joined = numbered.join(f.broadcast(known), f.col("file_of") == f.col("of_file"))
    return joined.withColumn("rid", f.col("place") + f.col("start")), at


def _viewed(
    spark: Spark, plans: Mapping[str, FieldPlan], path: str, view: str
) -> tuple[dict[str, Column], dict[str, str], int]:
    fields: Names[FieldPlan] = Names(dict(plans))
    columns: dict[str, Column] = {}
    names: dict[str, str] = {}
    file = Path(path)

    def wanted(types: Mapping[str, str]) -> list[tuple[str, str, str]]:
        found = []
        for column, type_ in types.items():
            field = fields.find(column)
            kind = None if field is None else KINDS.get(field.type.__class__)
            if field is None or kind is None or field.name in names:
                continue
            expression, exactly = _typed(column, type_, field, kind, file)
            names[field.name] = column_of(field.name)
            columns[field.name] = Column(kind[0], exactly)
            found.append((column, expression, names[field.name]))
        return found

    rows = viewed(spark, path, view, wanted)
    for field in plans.values():
        if field.name not in names and field.type.__class__ in KINDS:
            raise UnfitColumn(file, field.name, "–", field.name)
    return columns, names, rows


def column_of(field: str) -> str:
    """The column of a view that a field stands in: none of the names that queries make."""
    return name(f"cell_{field}")


def _typed(
    column: str, found: str, field: FieldPlan, kind: tuple[str, str], file: Path
) -> tuple[str, bool]:
    """A column as the sieve reads it, and whether equal numbers mean equal decimals."""
    wanted, sql_type = kind
    exactly = True
    fits = {"text": "string", "date": "date", "truth": "boolean"}
    match wanted:
        case "number" if found in _EXACT:
            sql = "CAST({} AS DOUBLE)"
            if found == "double":
                sql = f"CASE WHEN abs({{}}) <= 1.7976931348623157E308D THEN {sql} END"
        case "number" if found == "bigint" or found.startswith("decimal"):
            exactly = False
            sql = "CAST({} AS DOUBLE)"
        case "text" if found == "string":
            sql = "nullif(trim({}), '')"
            if isinstance(field.type, OneOfType):
                listed = ", ".join(map(text_literal, field.type.options))
                sql = f"CASE WHEN {sql} IN ({listed}) THEN {sql} END"
        case _ if fits.get(wanted) == found:
            sql = "{}"
        case _:
            raise UnfitColumn(file, column, found, sql_type)
    return ranged(sql, field, literal), exactly


def _unique(spark: Spark, key: list[str], view: str) -> bool:
    """Whether no two rows of a table have the same key."""
    if not key:
        return False
    keys = ", ".join(key)
    whole = " AND ".join(f"{part} IS NOT NULL" for part in key)
    return not spark.rows(
        f"SELECT 1 FROM {view} WHERE {whole} GROUP BY {keys} HAVING count(*) > 1 LIMIT 1"
    )
