"""Parquet files through DuckDB (`guiju[tables]`): what their columns hold, and each cell as the
raw value our readers take.

A number of a binary column is the shortest decimal that names it, as a spreadsheet or Python
would write it; every other cell is the text of what is stored. So a cell of a Parquet file is
read by the same reader as the cell of a CSV file, whatever its type.
"""

from __future__ import annotations

from re import fullmatch

from guiju.dossier.problems import Rejected, shown
from guiju.hints import TYPE_CHECKING, Any
from guiju.record import Record

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SUFFIXES = (".parquet", ".pq")
_MAGIC = b"PAR1"
_WHOLE = 9007199254740992
"""2^53: up to it every whole number is a binary64 of its own."""
_WHOLES = frozenset(
    f"{sign}{size}INT" for sign in ("", "U") for size in ("TINY", "SMALL", "BIG", "HUGE")
) | {"INTEGER", "UINTEGER"}
_MOMENTS = ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS")
_ZONED = "TIMESTAMP WITH TIME ZONE"


class NeedsTablesError(ImportError):
    """A table needs DuckDB and the extra `guiju[tables]` is not installed."""

    def __init__(self) -> None:
        super().__init__("pip install 'guiju[tables]'")


class Physical(Record):
    """What a column stores. `kind` is `text`, `whole`, `decimal`, `float32`, `float64`, `day`,
    `moment`, `zoned moment`, `truth`, `uuid`, `list` or, of a type that holds no value of the
    vocabulary, `other`. `type` is what DuckDB calls it, `digits` all digits of a decimal."""

    kind: str
    type: str
    digits: int = 0
    of: Physical | None = None


def physical(type_: str) -> Physical:
    """What a column of a type of DuckDB stores.

    >>> physical("DECIMAL(18,3)").kind, physical("DOUBLE[]").of.kind, physical("BLOB").kind
    ('decimal', 'float64', 'other')
    """
    if type_.endswith("[]"):
        inner = physical(type_[:-2])
        return Physical("other" if inner.kind in ("other", "list") else "list", type_, 0, inner)
    decimal = fullmatch(r"DECIMAL\(([0-9]+),\s*([0-9]+)\)", type_)
    if decimal is not None:
        return Physical("decimal", type_, int(decimal[1]))
    if type_ in _WHOLES:
        return Physical("whole", type_)
    if type_ in ("VARCHAR", "JSON") or type_.startswith("ENUM("):
        return Physical("text", type_)
    if type_ in _MOMENTS:
        return Physical("moment", type_)
    known = {
        "FLOAT": "float32",
        "DOUBLE": "float64",
        "DATE": "day",
        "BOOLEAN": "truth",
        "UUID": "uuid",
        _ZONED: "zoned moment",
    }
    return Physical(known.get(type_, "other"), type_)


def raw(column: Physical, x: str) -> str:
    """The raw value of a cell in SQL: a text, except for truth values and lists."""
    match column.kind:
        case "truth":
            return x
        case "float64" | "float32":
            # A whole number keeps all its digits and no `.0`; a NaN is called as people do.
            return (
                f"(CASE WHEN isnan({x}) THEN 'NaN'"
                f" WHEN {x} = trunc({x}) AND abs({x}) < {_WHOLE}"
                f" THEN CAST(TRY_CAST({x} AS BIGINT) AS VARCHAR) ELSE CAST({x} AS VARCHAR) END)"
            )
        case "moment" | "zoned moment":
            at = f"make_timestamp(epoch_us({x}))" if column.kind == "zoned moment" else x
            text = f"CAST({at} AS VARCHAR)"
            return (
                f"(CASE WHEN suffix({text}, ' 00:00:00') THEN left({text}, -9)"
                f" ELSE replace({text}, ' ', 'T') END)"
            )
        case "list":
            assert column.of is not None
            return f"list_transform({x}, lambda e: {raw(column.of, 'e')})"
        case "other":
            return f"(CASE WHEN {x} IS NULL THEN NULL ELSE '' END)"
    return x if column.type == "VARCHAR" else f"CAST({x} AS VARCHAR)"


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def scan(path: str, options: str = "") -> str:
    """A file as a relation: nothing is read into its name, and no column is added to it."""
    return f"read_parquet({literal(path)}, hive_partitioning=false, filename=false{options})"


QUIET = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
}
"""Settings under which DuckDB loads nothing that is not in it."""


HONEST = "statistics_propagation,filter_pushdown"
"""Optimizers that believe what a Parquet file says of its cells, such as that none is NaN. They
are left out where the cells themselves are looked at."""


def connect(path: str) -> DuckDBPyConnection:
    """A DuckDB that can reach this file and nothing else. Raises NeedsTablesError."""
    try:
        import duckdb
    except ImportError:
        raise NeedsTablesError from None
    connection = duckdb.connect(":memory:", config={**QUIET, "memory_limit": "2GB"})
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET temp_directory = ''")
    connection.execute(f"SET disabled_optimizers = '{HONEST}'")
    connection.execute("SET allowed_paths = ?", [[path]])
    connection.execute("SET enable_external_access = false")
    return connection


class Shape(Record):
    """What a file says of itself: the headings of its columns, the names DuckDB has for them,
    what they store, the number of the first of the stored columns each is made of, and how many
    rows there are."""

    headings: list[str]
    names: list[str]
    columns: list[Physical]
    leaves: list[int]
    rows: int


def refuse_other(path: str, name: str) -> None:
    """Raises `Rejected` for a file that does not begin and end as Parquet does: `not-parquet`,
    `parquet-cut-short`."""
    with open(path, "rb") as stream:
        head = stream.read(4)
        size = stream.seek(0, 2)
        stream.seek(max(0, size - 4))
        end = stream.read(4)
    if head != _MAGIC:
        raise Rejected("not-parquet", name=shown(name))
    if end != _MAGIC or size < 12:
        raise Rejected("parquet-cut-short", name=shown(name))


def shape(connection: DuckDBPyConnection, path: str, name: str) -> Shape:
    """What a file is. Raises `Rejected`: `not-parquet`, `parquet-cut-short`,
    `parquet-damaged`."""
    refuse_other(path, name)
    described = ask(connection, f"DESCRIBE SELECT * FROM {scan(path)}", path, name)
    written = ask(
        connection, f"SELECT name, num_children FROM parquet_schema({literal(path)})", path, name
    )
    headings: list[str] = []
    leaves: list[int] = []
    at, leaf = 1, 0
    while at < len(written):
        headings.append(written[at][0])
        leaves.append(leaf)
        after = _after(written, at)
        leaf += sum(not children for _, children in written[at:after])
        at = after
    names = [row[0] for row in described]
    # DuckDB renames columns of the same name; the file's own names are told.
    if len(headings) != len(names):
        headings, leaves = names, [-1] * len(names)
    (rows,), *_ = ask(
        connection,
        f"SELECT num_rows FROM parquet_file_metadata({literal(path)})",
        path,
        name,
    )
    stripped = [heading.strip() for heading in headings]
    columns = [physical(row[1]) for row in described]
    return Shape(stripped, names, columns, leaves, rows)


def _after(nodes: list[tuple[str, int | None]], at: int) -> int:
    """The place in a schema after a column and all that is in it."""
    left = 1
    while left and at < len(nodes):
        left += (nodes[at][1] or 0) - 1
        at += 1
    return at


def ask(connection: DuckDBPyConnection, query: str, path: str, name: str) -> list[tuple[Any, ...]]:
    """The rows of a query over a file. Raises `Rejected` `parquet-damaged`."""
    import duckdb

    try:
        return connection.execute(query).fetchall()
    except (duckdb.Error, UnicodeDecodeError) as wrong:
        raise damaged(wrong, path, name) from None


def damaged(wrong: Exception, path: str, name: str) -> Rejected:
    """What is told of a file that a library could not read: its words, without the machine's."""
    words = str(wrong).strip().split("\n")[0].replace(path, name)
    return Rejected("parquet-damaged", name=shown(name), detail=shown(words))
