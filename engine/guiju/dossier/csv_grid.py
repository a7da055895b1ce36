"""CSV text to a grid, strictly: nothing is guessed, and every wrong row is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guiju.dossier import limits
from guiju.dossier.grid import At, Even, Grid, numbered
from guiju.dossier.problems import Rejected, problem, shown
from guiju.hints import Any
from guiju.verdicts import Origin, Problem

_OTHER_SIGNS = {";": ";", "\t": "\\t", "；": "；", "，": "，", "|": "|"}


def read_csv(
    text: str, file: str, problems: list[Problem], delimiter: str = ",", header: int = 1
) -> Grid:
    """The grid of a CSV text whose headings stand in row `header`, counted from 1.

    Raises `Rejected` `csv-broken` (a quote that does not close, …), `field-too-large`,
    `no-rows`, `title-row`, `wrong-delimiter`. Rows with a wrong number of fields are kept empty and
    reported; rows without any text are left out and noted.
    """
    even = _even(text, delimiter, header)
    if even is not None:
        headings, rows = even
        places = range(header, header + len(rows))
        return Grid(file, headings, rows, _places(lambda record: record + 1, places, header))
    records = _records(text, delimiter)
    if len(records) > limits.MAX_ROWS:
        raise Rejected("too-many-rows", name=shown(file), most=limits.MAX_ROWS)
    if len(records) < header or not any(records[header - 1]):
        raise Rejected("no-rows", name=shown(file), row=header)
    headings = [heading.strip() for heading in records[header - 1]]
    if len(headings) > limits.MAX_COLUMNS:
        raise Rejected("too-many-columns", name=shown(file), most=limits.MAX_COLUMNS)
    if len(headings) == 1:
        for sign, name in _OTHER_SIGNS.items():
            if sign in headings[0] and sign != delimiter:
                raise Rejected("wrong-delimiter", found=name, heading=shown(headings[0]))
        if len(records) > header and len(records[header]) > 1:
            raise Rejected("title-row", text=shown(headings[0]), row=header, next=header + 1)
    return _grid(records, headings, file, problems, _lines(text, delimiter, len(records)), header)


def _grid(
    records: list[list[str]],
    headings: list[str],
    file: str,
    problems: list[Problem],
    line_of: Callable[[int], int],
    header: int,
) -> Grid:
    width = len(headings)
    body = records[header:]
    places: Sequence[int] = range(header, header + len(body))
    rows: list[Sequence[Any]] = body  # type: ignore[assignment]
    broken: set[int] = set()
    if set(map(len, body)) - {width} or not all(map(any, body)):
        rows = []
        kept: list[int] = []
        empty: list[int] = []
        for place, record in zip(places, body, strict=True):
            if not any(field.strip() for field in record):
                empty.append(line_of(place))
                continue
            if len(record) == width:
                rows.append(record)
            else:
                where = Origin(file, f"{line_of(place)}:{min(len(record), width) + 1}")
                problems.append(
                    problem("wrong-fields", "error", where, found=len(record), expected=width)
                )
                broken.add(len(rows))
                rows.append([None] * width)
            kept.append(place)
        places = kept
        if empty:
            where = Origin(file, f"{empty[0]}:1")
            problems.append(
                problem("empty-rows", "note", where, rows=numbered(empty), count=len(empty))
            )

    at = _places(line_of, places, header)
    return Grid(file, headings, rows, at, None, frozenset(broken))


def _places(line_of: Callable[[int], int], places: Sequence[int], header: int) -> At:
    def at(row: int, column: int) -> str:
        return f"{line_of(header - 1 if row < 0 else places[row])}:{column + 1}"

    return at


def _even(text: str, delimiter: str, header: int) -> tuple[list[str], Even] | None:
    """The headings and rows of a text without quotes all of whose rows are of one width and none
    is empty: one cut parts all cells, with no list for each row. None for any other text, and
    for one there is something to say about."""
    if '"' in text or "\r" in (text := text.replace("\r\n", "\n")):
        return None
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    if len(lines) <= header or len(lines) > limits.MAX_ROWS:
        return None
    if max(map(len, lines)) > limits.MAX_FIELD:
        return None
    headings = [heading.strip() for heading in lines[header - 1].split(delimiter)]
    between = len(headings) - 1
    del lines[:header]
    if not 1 <= between < limits.MAX_COLUMNS or not any(headings):
        return None
    if {line.count(delimiter) for line in lines} != {between} or delimiter * between in lines:
        return None
    cells = delimiter.join(lines).split(delimiter)
    return headings, Even(cells, len(headings), len(lines))


def _records(text: str, delimiter: str) -> list[list[str]]:
    if '"' not in text and "\r" not in text.replace("\r\n", "\n"):
        lines = text.replace("\r\n", "\n").split("\n")
        if not lines[-1]:
            lines.pop()
        if max(map(len, lines), default=0) <= limits.MAX_FIELD:
            # Nothing is quoted: splitting gives what csv does, without loading it.
            return [line.split(delimiter) if line else [] for line in lines]
    import csv
    from io import StringIO

    # The limit is one for the whole process: it is put back as it was.
    before = csv.field_size_limit(limits.MAX_FIELD)
    try:
        try:
            return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
        except csv.Error as wrong:
            line = 1
            reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
            try:
                for _ in reader:
                    line = reader.line_num + 1
            except csv.Error:
                pass
            detail = str(wrong)
            if "field larger" in detail:
                raise Rejected("field-too-large", line=line, most=limits.MAX_FIELD) from None
            if "unexpected end" in detail:
                raise Rejected("quote-not-closed", line=line) from None
            raise Rejected("csv-broken", line=line, detail=shown(detail)) from None
    finally:
        csv.field_size_limit(before)


def _lines(text: str, delimiter: str, count: int) -> Callable[[int], int]:
    """The line on which a record begins. Without a quote no record spans two lines."""
    if '"' not in text:
        return lambda record: record + 1
    known: list[int] = []

    def line_of(record: int) -> int:
        if not known:
            import csv
            from io import StringIO

            before = csv.field_size_limit(limits.MAX_FIELD)
            try:
                reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
                line = 1
                for _ in reader:
                    known.append(line)
                    line = reader.line_num + 1
            finally:
                csv.field_size_limit(before)
        return known[record]

    return line_of
