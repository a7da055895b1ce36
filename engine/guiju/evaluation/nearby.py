"""Which rows a quantifier or an aggregate over boundaries has to go over.

`no other in parcels satisfies overlap_area(parcel.boundary, other.boundary) > 1 m2` asks of
every two parcels, and of nearly all of them the answer is plain from their places. Here the
condition is worked out for a row that lies *far*: its overlap is nought, it is not within,
its distance is more than what it is compared with. Where that row neither decides anything
nor is missed by a sum, only the rows that are not far need be gone over: those the index of
the column names, and all whose boundary is missing, has a fault or lies on another datum.
The result, and what an unknown one lacks, are those of going over all rows.

Where the whole layer of a long table is missing, every row comes to the same unknown, and the
first one selected stands for all: the layer is asked for, and nothing else on its account.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from guiju.evaluation.logic import OPERATORS
from guiju.evaluation.references import layer_lacks
from guiju.evaluation.run import Fn, Frame, Run
from guiju.evaluation.unknown import Unknown
from guiju.evaluation.walk import slots_read
from guiju.geometry import Shape
from guiju.hints import TYPE_CHECKING, Any
from guiju.plan import nodes
from guiju.plan.nodes import Expr
from guiju.plan.types import GeometryType
from guiju.plan.walk import KINDS, inside
from guiju.quantities import exact

if TYPE_CHECKING:
    from guiju.geometry.index import Index

Members = Callable[[Frame, Iterable[Any]], Iterable[Any]]
Inner = nodes.ColumnRef | nodes.OtherCell
"""A boundary of the row that is gone over."""
_OPEN = object()
"""What is not known of a far row."""
_NOUGHT = Decimal(0)


class _Atom:
    """A measure of a row's boundary against a shape that is the same for all rows.

    `reach` gives the metres beyond which a row is far, None where touching is enough;
    `elsewhere` is a row in another dossier.
    """

    __slots__ = ("elsewhere", "field", "outer", "overlaps", "reach", "shape", "table")

    def __init__(
        self, outer: Fn, shape: Expr, inner: Inner, reach: Fn | None, overlaps: bool
    ) -> None:
        self.outer, self.shape, self.reach, self.overlaps = outer, shape, reach, overlaps
        self.table, self.field = inner.table, inner.field
        self.elsewhere = isinstance(inner, nodes.OtherCell)


def nearby(run: Run, node: nodes.Quantified | nodes.Aggregate) -> Members | None:
    """The members that matter, of those a node goes over; None where nothing is gained."""
    if not isinstance(node.rows, (nodes.TableRows, nodes.OtherRows)) or not _measures(node):
        return None
    elsewhere = isinstance(node.rows, nodes.OtherRows)
    if not elsewhere and node.rows.table not in run.dossier.tables:
        return None
    if not elsewhere and _alike(run, node):
        return _one_for_all(run, node)
    far = _Far(run, node.slot)
    conditions: list[tuple[Fn, Callable[[Any], bool]]] = []
    if node.where is not None and (where := far.value(node.where)) is not None:
        conditions.append((where, _is_false))
    if isinstance(node, nodes.Quantified):
        satisfies = far.value(node.satisfies)
        if satisfies is not None and not node.share:
            idle = _is_true if node.quantifier == "every" else _is_false
            conditions.append((satisfies, idle))
    elif node.function == "sum" and node.value is not None:
        value = far.value(node.value)
        if value is not None:
            conditions.append((value, _is_nought))
    elif node.function == "min" and node.value is not None:
        search = _nearest(run, node, far)
        if search is not None and not (conditions and far.atoms):
            return search
    if not conditions or not far.atoms:
        return None
    finders = [_Overlapping.of(run, atom) or _touching(run, atom) for atom in far.atoms]
    return Restricted(finders, conditions, far.reads)


def _alike(run: Run, node: nodes.Quantified | nodes.Aggregate) -> bool:
    """Whether a layer of boundaries is missing, so that every row comes to the same unknown."""
    if isinstance(node, nodes.Quantified):
        asked = None if node.quantifier == "at least" else node.satisfies
    else:
        asked = node.value if node.order is None and node.weight is None else None
    if asked is None:
        return False
    blank = 0
    covered: set[int] = set()
    for part in inside(asked):
        match part:
            case nodes.LocalRef(slot=node.slot):
                return False
            case nodes.ColumnRef(slot=node.slot):
                if not _without_layer(run, part) and id(part) not in covered:
                    return False
                blank += 1
            case nodes.Call(function="overlap_area" | "within" | "distance"):
                if any(_without_layer(run, side) for side in part.arguments):
                    covered.update(map(id, part.arguments))
    return blank > 0


def _without_layer(run: Run, node: Expr) -> bool:
    if not isinstance(node, nodes.ColumnRef) or not isinstance(node.type, GeometryType):
        return False
    data = run.dossier.tables.get(node.table)
    return data is not None and layer_lacks(data.columns[node.field])


def _one_for_all(run: Run, node: nodes.Quantified | nodes.Aggregate) -> Members:
    """The first row that is selected stands for all of them."""
    where = None if node.where is None else run.compile(node.where)

    def members(frame: Frame, every: Iterable[Any]) -> Iterable[Any]:
        for frame[node.slot] in every:
            if where is None or where(frame) is True:
                return [frame[node.slot]]
        return every

    return members


def _measures(node: Expr) -> bool:
    return any(
        isinstance(part, nodes.Call) and part.function in ("overlap_area", "within", "distance")
        for part in inside(node)
    )


def _is_false(value: Any) -> bool:
    return value is False


def _is_true(value: Any) -> bool:
    return value is True


def _is_nought(value: Any) -> bool:
    return isinstance(value, Decimal) and not value


class Restricted:
    """The members that matter, of those a node goes over: called with a frame and all of them.
    `reads` are the slots that what is known of far rows depends on."""

    __slots__ = ("conditions", "finders", "reads")

    def __init__(
        self,
        finders: list[_Finder],
        conditions: list[tuple[Fn, Callable[[Any], bool]]],
        reads: set[int],
    ) -> None:
        self.finders, self.conditions, self.reads = finders, conditions, reads

    def __call__(self, frame: Frame, every: Iterable[Any]) -> Iterable[Any]:
        if not self._idle(frame):
            return every
        near: list[list[int]] = []
        for finder in self.finders:
            found = finder(frame)
            if found is None:
                return every
            near.append(found)
        return near[0] if len(near) == 1 else sorted(set().union(*near))

    def _idle(self, frame: Frame) -> bool:
        """Whether rows that lie far decide nothing and are missed by no sum."""
        return any(idle(value(frame)) for value, idle in self.conditions)

    def busy(self, frame: Frame, slot: int) -> set[int] | None:
        """The rows for the slot that have members, or may have; None where that has to be asked
        of each."""
        if slot in self.reads or not self._idle(frame):
            return None
        found: set[int] = set()
        for finder in self.finders:
            rows = finder.busy(slot) if isinstance(finder, _Overlapping) else None
            if rows is None:
                return None
            found |= rows
        return found


def _touching(run: Run, atom: _Atom) -> Fn:
    """The rows that are not far from the atom's shape; None where that cannot be said."""

    def touching(frame: Frame) -> list[int] | None:
        shape = atom.outer(frame)
        if shape.__class__ is not Shape:
            return None
        one = run.boundaries.of(shape)
        if one.fault is not None:
            return None
        metres = 0.0
        if atom.reach is not None:
            reach = atom.reach(frame)
            if reach.__class__ is Unknown:
                return None
            metres = max(0.0, float(reach))
        return _apart(run, atom, _index(run, atom).near(one, metres))

    return touching


def _index(run: Run, atom: _Atom) -> Index:
    """The boundaries that an atom's row may have, by place."""
    if not atom.elsewhere:
        return run.boundaries.index(atom.table, atom.field)
    table = run.other_table(atom.table)
    assert table is not None
    return run.boundaries.index_of_others(table.pool, atom.field)


def _apart(run: Run, atom: _Atom, rows: list[int]) -> list[int]:
    """Rows without the dossier's own, where rows of other dossiers are asked for."""
    if not atom.elsewhere:
        return rows
    table = run.other_table(atom.table)
    assert table is not None
    return list(table.apart(rows))


_NONE: list[int] = []


class _Overlapping:
    """The rows that overlap a boundary of another row, which are worked out for all rows at
    once: touching is as good as far for an overlap."""

    def __init__(self, run: Run, atom: _Atom, ref: nodes.ColumnRef) -> None:
        self.run, self.atom, self.ref = run, atom, ref
        self.slot = ref.slot
        self.column = run.dossier.tables[ref.table].columns[ref.field]
        self.met: dict[int, list[int]] = {}
        self.odd: set[int] = set()
        self.unplaced: dict[str, list[int]] = {}
        self.ready = False

    @classmethod
    def of(cls, run: Run, atom: _Atom) -> _Overlapping | None:
        """None for an atom that is no overlap with the boundary of a row."""
        ref = atom.shape
        if not atom.overlaps or not isinstance(ref, nodes.ColumnRef):
            return None
        return None if ref.table not in run.dossier.tables else cls(run, atom, ref)

    def _make_ready(self) -> None:
        run, atom, ref = self.run, self.atom, self.ref
        asking = run.boundaries.index(ref.table, ref.field)
        index = _index(run, atom)
        table = run.other_table(atom.table) if atom.elsewhere else None
        own = None if table is None else range(table.start, table.end)
        self.met = run.boundaries.overlapping(index, asking, own)
        self.odd, self.ready = set(asking.odd), True
        for datum in asking.datums:
            self.unplaced[datum] = _apart(run, atom, sorted(index.elsewhere(datum)))

    def __call__(self, frame: Frame) -> list[int] | None:
        from guiju.geometry.prepared import datum_of

        row = frame[self.slot]
        if row.__class__ is not int:
            return None
        if not self.ready:
            self._make_ready()
        if row in self.odd:
            return None
        found = self.met.get(row, _NONE)
        more = self.unplaced[datum_of(self.column[row].crs)]
        return sorted({*found, *more}) if more else found

    def busy(self, slot: int) -> set[int] | None:
        """The rows for a slot that something overlaps, or may; None where that has to be asked
        of each."""
        if slot != self.slot:
            return None
        if not self.ready:
            self._make_ready()
        return None if any(self.unplaced.values()) else self.odd.union(self.met)


_Finder = Fn | _Overlapping


def _nearest(run: Run, node: nodes.Aggregate, far: _Far) -> Members | None:
    """For the least distance: ever wider rings, until one holds a row that surely counts."""
    value = node.value
    assert value is not None
    if not isinstance(value, nodes.Call) or value.function != "distance":
        return None
    sides = far.sides(value)
    if sides is None:
        return None
    outer, inner = sides
    atom = _Atom(run.compile(outer), outer, inner, None, False)
    shape_of, measure = run.compile(outer), run.compile(value)
    where = None if node.where is None else run.compile(node.where)
    slot = node.slot

    def members(frame: Frame, every: Iterable[Any]) -> Iterable[Any]:
        shape = shape_of(frame)
        if shape.__class__ is not Shape:
            return every
        one = run.boundaries.of(shape)
        if one.fault is not None:
            return every
        index = _index(run, atom)
        reach, seen, least = 50.0, -1, None
        while reach < 5_000_000:
            near = _apart(run, atom, index.near(one, reach))
            if len(near) > seen:
                least = None
                for frame[slot] in near:
                    found = measure(frame)
                    if found.__class__ is Unknown or (least is not None and found >= least):
                        continue
                    if where is None or where(frame) is True:
                        least = found
                seen = len(near)
            if least is not None and least <= reach:
                return near
            reach *= 4
        return every

    return members


class _Far:
    """What expressions come to for a row whose boundary is far from all shapes it is
    measured against; the measures found on the way are in `atoms`."""

    def __init__(self, run: Run, slot: int) -> None:
        self.run, self.slot = run, slot
        self.atoms: list[_Atom] = []
        self.reads: set[int] = set()
        """The slots that what is known of such a row depends on."""

    def sides(self, node: nodes.Call) -> tuple[Expr, Inner] | None:
        """The shape outside and the row's own column, where a measure is of these two."""
        first, second = node.arguments
        for outer, inner in ((first, second), (second, first)):
            match inner:
                case nodes.ColumnRef(slot=slot) | nodes.OtherCell(row=nodes.LocalRef(slot=slot)):
                    apart = slot == self.slot and self.slot not in slots_read(outer)
                    if apart and isinstance(outer.type, GeometryType):
                        return outer, inner
        return None

    def value(self, node: Expr) -> Fn | None:
        """The value for a far row as a function of the frame, `_OPEN` where it is not
        known; None where it never is."""
        before = len(self.atoms)
        found = self._value(node)
        if found is None:
            del self.atoms[before:]
        return found

    def _value(self, node: Expr) -> Fn | None:
        match node:
            case nodes.And(operands=operands) | nodes.Or(operands=operands):
                return self._junction(operands, isinstance(node, nodes.Or))
            case nodes.Between(low=low, high=high):
                return self._junction((low, high), False)
            case nodes.Not(operand=operand):
                inner = self.value(operand)
                return None if inner is None else _negation(inner)
            case nodes.Compare() if (found := self._distance(node)) is not None:
                return found
        plain = self._replaced(node)
        if plain is None or self.slot in slots_read(plain):
            return None
        function = self.run.compile(plain)
        self.reads |= slots_read(plain)

        def value(frame: Frame) -> Any:
            found = function(frame)
            return _OPEN if found.__class__ is Unknown else found

        return value

    def _junction(self, operands: tuple[Expr, ...], decides: bool) -> Fn | None:
        """`or` (decided by True) or `and` (by False)."""
        found = [self.value(operand) for operand in operands]
        known = [one for one in found if one is not None]
        if not known:
            return None
        whole = len(known) == len(found)

        def junction(frame: Frame) -> Any:
            values = [one(frame) for one in known]
            if any(value is decides for value in values):
                return decides
            return not decides if whole and _OPEN not in values else _OPEN

        return junction

    def _distance(self, node: nodes.Compare) -> Fn | None:
        """`distance(…) < 100 m`: for a row further away than that."""
        for call, other, scales, operator in (
            (node.left, node.right, (node.left_scale, node.right_scale), node.operator),
            (
                node.right,
                node.left,
                (node.right_scale, node.left_scale),
                nodes.TURNED[node.operator],
            ),
        ):
            if not isinstance(call, nodes.Call) or call.function != "distance":
                continue
            sides = self.sides(call)
            if sides is None or self.slot in slots_read(other):
                continue
            own, its = scales
            limit = self.run.compile(other)
            self.reads |= slots_read(other)

            def reach(frame: Frame, limit: Fn = limit, own: int = own, its: int = its) -> Any:
                metres = limit(frame)
                return metres if metres.__class__ is Unknown else exact(metres) * its / own

            outer, inner = sides
            self.atoms.append(_Atom(self.run.compile(outer), outer, inner, reach, False))
            answer = OPERATORS[operator](1, 0)  # more than the limit
            return _answer(reach, answer)
        return None

    def _replaced(self, node: Expr) -> Expr | None:
        """An expression with nought for overlaps and no for `within`; itself where it has
        none of the row."""
        if self.slot not in slots_read(node):
            return node
        if isinstance(node, nodes.Call) and node.function in ("overlap_area", "within"):
            sides = self.sides(node)
            if sides is None:
                return None
            outer, inner = sides
            overlaps = node.function == "overlap_area"
            self.atoms.append(_Atom(self.run.compile(outer), outer, inner, None, overlaps))
            return nodes.Constant(_NOUGHT if overlaps else False, node.type)
        if isinstance(node, (nodes.Quantified, nodes.Aggregate, nodes.IsKnown)):
            return None
        parts: list[Any] = []
        for part in node:
            if _is_expression(part):
                part = self._replaced(part)
                if part is None:
                    return None
            elif part.__class__ is tuple and any(map(_is_expression, part)):
                items = [self._replaced(i) if _is_expression(i) else i for i in part]
                if None in items:
                    return None
                part = tuple(items)
            parts.append(part)
        return node.__class__(*parts)


def _is_expression(part: Any) -> bool:
    return part.__class__ in KINDS


def _answer(reach: Fn, answer: bool) -> Fn:
    def value(frame: Frame) -> Any:
        return _OPEN if reach(frame).__class__ is Unknown else answer

    return value


def _negation(inner: Fn) -> Fn:
    def negation(frame: Frame) -> Any:
        value = inner(frame)
        return _OPEN if value is _OPEN else not value

    return negation
