"""What is measured on boundaries, each shape made ready once in a run.

A missing boundary makes a measure unknown, and so does one with a fault, which is named
with its place; nothing is mended. Only `valid`, `fault`, `vertices` and `decimals` speak of a shape
whatever is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from guiju.evaluation.references import layer_lacks
from guiju.evaluation.run import Fn, Frame, Run
from guiju.evaluation.unknown import Lacking, Unknown, lacking
from guiju.geometry import Shape
from guiju.hints import TYPE_CHECKING, Any
from guiju.messages import LANGUAGES, bilingual, message
from guiju.plan import nodes
from guiju.plan.describe_values import Told
from guiju.verdicts import Text

if TYPE_CHECKING:
    from guiju.dossier.others import PooledTable
    from guiju.geometry.gaps import Gaps
    from guiju.geometry.index import Index
    from guiju.geometry.prepared import Fault, Prepared


class Boundaries:
    """The shapes of a run, made ready."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._prepared: dict[int, Prepared] = {}
        self._indexes: dict[tuple[str, str], Index] = {}
        self._pooled: dict[tuple[str, str], tuple[Index, dict[int, int]]] = {}
        self._rows: dict[tuple[str, str], dict[int, int]] = {}
        self._overlaps: dict[tuple[int, int], Decimal] = {}
        self._overlapping: dict[tuple[int, int], dict[int, list[int]]] = {}
        self._gaps: dict[tuple[str, Decimal], Any] = {}
        self._places: dict[int, tuple[str, int, str]] | None = None

    def of(self, shape: Shape) -> Prepared:
        """A shape made ready."""
        found = self._prepared.get(id(shape))
        if found is None:
            from guiju.geometry.prepared import prepare

            found = self._indexed(shape) or prepare(shape)
            self._prepared[id(shape)] = found
        return found

    def index(self, table: str, field: str) -> Index:
        """The shapes of a column by place."""
        found = self._indexes.get((table, field))
        if found is None:
            from guiju.geometry.index import Index
            from guiju.geometry.prepared import Layer

            column = self.run.dossier.tables[table].columns[field]
            found = self._indexes[table, field] = Index(Layer(column))
        return found

    def index_of_others(self, pool: PooledTable, field: str) -> Index:
        """The shapes of a column in all dossiers of the run by place, made ready once for all
        of them."""
        found = self._pooled.get((pool.name, field))
        if found is None:
            found = pool.kept.get(("shapes", field))
            if found is None:
                from guiju.geometry.index import Index
                from guiju.geometry.prepared import Layer

                column = pool.columns[field]
                rows = {id(shape): row for row, shape in enumerate(column) if shape is not None}
                found = pool.kept["shapes", field] = Index(Layer(column)), rows
            self._pooled[pool.name, field] = found
        return found[0]

    def _indexed(self, shape: Shape) -> Prepared | None:
        """A shape out of a column that was made ready as a whole."""
        for place, index in self._indexes.items():
            rows = self._rows.get(place)
            if rows is None:
                column = index.layer.shapes
                rows = self._rows[place] = dict(
                    zip(map(id, column), range(len(column)), strict=True)
                )
            row = rows.get(id(shape))
            if row is not None:
                return index.layer.one(row)
        for index, pooled in self._pooled.values():
            row = pooled.get(id(shape))
            if row is not None:
                return index.layer.one(row)
        return None

    def overlap(self, one: Prepared, other: Prepared) -> Decimal:
        """The area that two shapes without faults share, worked out once."""
        a, b = id(one.shape), id(other.shape)
        pair = (a, b) if a < b else (b, a)
        found = self._overlaps.get(pair)
        if found is None:
            from guiju.geometry.measures import overlap

            found = self._overlaps[pair] = overlap(one, other)
        return found

    def overlapping(self, index: Index, asking: Index, own: range | None) -> dict[int, list[int]]:
        """For each row of one index the rows of another that overlap it. `own` are the dossier's
        own rows where the other holds those of all dossiers; they are left out."""
        known = self._overlapping.get((id(index), id(asking)))
        if known is None:
            known = self._overlapping[id(index), id(asking)] = {}
            ours, theirs = index.layer.shapes, asking.layer.shapes
            # What is asked of one dossier is not kept with what is there for all of them.
            found = index.overlapping(asking) if own is None else index.met(asking, own)
            prepared = self._prepared
            for row, met in found.items():
                known[row] = [here for here, _ in met]
                a = id(theirs[row])
                if a not in prepared:
                    prepared[a] = asking.layer.one(row)
                for here, area in met:
                    b = id(ours[here])
                    if b not in prepared:
                        prepared[b] = index.layer.one(here)
                    self._overlaps[(a, b) if a < b else (b, a)] = area
        return known

    def gaps(self, table: str, width: Decimal, site: int) -> Gaps | Unknown:
        """The gaps between the boundaries of a table; unknown where one cannot be told."""
        found = self._gaps.get((table, width))
        if found is None:
            from guiju.geometry.gaps import Gaps

            index = self.index(table, "boundary")
            shapes = index.layer.shapes
            whole = layer_lacks(shapes)
            lacks = (
                {Lacking("layer", table, field="boundary")}
                if whole
                else {
                    Lacking("cell" if shapes[row] is None else "boundary", table, row, "boundary")
                    for row in index.odd
                }
            )
            if len(index.datums) > 1:
                lacks.add(Lacking("undefined", "datums", site, " / ".join(index.datums)))
            found = Unknown(frozenset(lacks)) if lacks else Gaps(index, float(width))
            self._gaps[table, width] = found
        return found

    def faulty(self, one: Prepared) -> Unknown:
        """The unknown of a shape with a fault, named by where the dossier gives it."""
        if self._places is None:
            self._places = {}
            for group_field, given in self.run.dossier.facts.items():
                if isinstance(given.value, Shape):
                    self._places[id(given.value)] = (group_field[0], -1, group_field[1])
            for name, data in self.run.dossier.tables.items():
                for field, column in data.columns.items():
                    for row, value in enumerate(column):
                        if isinstance(value, Shape):
                            self._places[id(value)] = (name, row, field)
        place = self._places.get(id(one.shape))
        if place is None:
            return self._faulty_elsewhere(one.shape)
        name, row, field = place
        return lacking("boundary", name, row, field)

    def _faulty_elsewhere(self, shape: Shape) -> Unknown:
        """The unknown of a shape with a fault in another dossier."""
        assert self.run.others is not None
        for name, pool in self.run.others.tables.items():
            for field in sorted(self.run.others.shaped[name]):
                self.index_of_others(pool, field)
                row = self._pooled[name, field][1].get(id(shape))
                if row is not None:
                    return lacking("other boundary", name, row, field)
        raise KeyError("a shape of no dossier")

    def fault(self, lack: Lacking) -> Any:
        """The fault of the shape that a lacking names."""
        dossier, others = self.run.dossier, self.run.others
        if lack.kind == "other boundary" and others is not None:
            return self.of(others.tables[lack.name].columns[lack.field][lack.row]).fault
        if lack.row < 0:
            return self.of(dossier.facts[lack.name, lack.field].value).fault
        return self.of(dossier.tables[lack.name].columns[lack.field][lack.row]).fault


def fault_words(fault: Fault | None) -> Text:
    """What is wrong with a boundary, and where."""
    kind, place = ("none", "") if fault is None else (fault.kind, fault.place)
    at = bilingual("evaluation.fault.at", place=place) if place else dict.fromkeys(LANGUAGES, "")
    return {lang: message(f"evaluation.fault.{kind}", lang, at=at[lang]) for lang in LANGUAGES}


def compile_measure(run: Run, node: nodes.Call) -> Fn:
    """The function of a call on boundaries."""
    arguments = [run.compile(argument) for argument in node.arguments]
    site = run.site(node)
    match node.function:
        case "gap_area":
            return _gap_area(run, node, arguments, site)
        case "valid" | "fault" | "vertices" | "decimals":
            return _of_one(run, node.function, arguments[0], site)
        case "geodesic_area":
            return _area(run, arguments[0])
        case "overlap_area":
            return _of_two(run, run.boundaries.overlap, arguments, site)
        case name:
            return _of_two(run, _OF_TWO[name], arguments, site)


def _of_one(run: Run, name: str, argument: Fn, site: int) -> Fn:
    boundaries = run.boundaries

    def of_one(frame: Frame) -> Any:
        shape = argument(frame)
        if shape.__class__ is Unknown:
            return run.merge(shape)
        if name == "valid":
            return boundaries.of(shape).fault is None
        if name == "fault":
            return Told(fault_words(boundaries.of(shape).fault))
        if name == "vertices":
            return Decimal(shape.vertices)
        if shape.decimals is None:
            return lacking("undefined", "no-decimals", site)
        return Decimal(shape.decimals)

    return of_one


def _area(run: Run, argument: Fn) -> Fn:
    boundaries = run.boundaries

    def geodesic_area(frame: Frame) -> Any:
        from guiju.geometry.measures import area

        shape = argument(frame)
        if shape.__class__ is Unknown:
            return run.merge(shape)
        one = boundaries.of(shape)
        return area(one) if one.fault is None else boundaries.faulty(one)

    return geodesic_area


def _within(one: Prepared, other: Prepared) -> bool:
    from guiju.geometry.measures import within

    return within(one, other)


def _distance(one: Prepared, other: Prepared) -> Decimal:
    from guiju.geometry.measures import distance

    return distance(one, other)


_OF_TWO: dict[str, Callable[[Prepared, Prepared], Any]] = {
    "within": _within,
    "distance": _distance,
}


def _of_two(
    run: Run, measure: Callable[[Prepared, Prepared], Any], arguments: list[Fn], site: int
) -> Fn:
    first, second = arguments
    boundaries = run.boundaries
    prepared, of = boundaries._prepared, boundaries.of

    def of_two(frame: Frame) -> Any:
        a, b = first(frame), second(frame)
        if a.__class__ is not Unknown and b.__class__ is not Unknown:
            one = prepared.get(id(a)) or of(a)
            other = prepared.get(id(b)) or of(b)
            if one.fault is None and other.fault is None:
                if a.crs != b.crs and one.datum != other.datum:
                    return lacking("undefined", "datums", site, f"{one.datum} / {other.datum}")
                return measure(one, other)
        unknowns = []
        for shape in (a, b):
            if shape.__class__ is Unknown:
                unknowns.append(shape)
            elif of(shape).fault is not None:
                unknowns.append(boundaries.faulty(of(shape)))
        return run.merge(*unknowns)

    return of_two


def _gap_area(run: Run, node: nodes.Call, arguments: list[Fn], site: int) -> Fn:
    rows = node.arguments[-2]
    assert isinstance(rows, nodes.TableRows)
    table, boundaries = rows.table, run.boundaries
    own = arguments[0] if len(arguments) == 3 else None
    every, width = arguments[-2:]

    def gap_area(frame: Frame) -> Any:
        shape = None if own is None else own(frame)
        metres, members = width(frame), every(frame)
        if any(value.__class__ is Unknown for value in (shape, metres, members)):
            return run.merge(shape, metres, members)
        if metres <= 0:
            return lacking("undefined", "no-width", site)
        gaps = boundaries.gaps(table, metres, site)
        if gaps.__class__ is Unknown:
            return gaps
        assert not isinstance(gaps, Unknown)
        if shape is None:
            return gaps.area()
        one = boundaries.of(shape)
        return gaps.beside(one) if one.fault is None else boundaries.faulty(one)

    return gap_area
