"""Quantifiers and aggregates over rows and lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from guiju.evaluation.arithmetic import NO_RESULT, reason_of
from guiju.evaluation.run import WIDE, Fn, Frame, Run, compiles, constant
from guiju.evaluation.unknown import Unknown, lacking
from guiju.hints import Any
from guiju.plan import nodes
from guiju.quantities import CONTEXT
from guiju.record import Record

ZERO, ONE = Decimal(0), Decimal(1)


@compiles(nodes.Quantified)
def _quantified(run: Run, node: nodes.Quantified) -> Fn:
    if node.quantifier == "at least":
        return _at_least(run, node)
    rows, satisfies = run.compile(node.rows), run.compile(node.satisfies)
    where = None if node.where is None else run.compile(node.where)
    slot = node.slot
    # `every x where w satisfies s` fails at a row with w and not s; `no` and `some` are
    # decided by a row with w and s.
    breaking = node.quantifier != "every"
    decided = node.quantifier == "some"
    near = _near(run, node)
    unread = _unread(run, node)

    def quantified(frame: Frame) -> Any:
        members = rows(frame)
        if members.__class__ is Unknown:
            return run.merge(members)
        if near is not None:
            members = near(frame, members)
        unknowns: list[Unknown] = [] if unread is None else [unread]
        for frame[slot] in members:
            value = satisfies(frame)
            if value is not breaking and value.__class__ is not Unknown:
                continue
            selected = True if where is None else where(frame)
            if selected is False:
                continue
            if selected is True and value is breaking:
                return decided
            if selected.__class__ is Unknown:
                unknowns.append(selected)
            if value.__class__ is Unknown:
                unknowns.append(value)
        return run.merge(*unknowns) if unknowns else not decided

    return quantified


def _at_least(run: Run, node: nodes.Quantified) -> Fn:
    assert node.count is not None
    rows, satisfies = run.compile(node.rows), run.compile(node.satisfies)
    where = None if node.where is None else run.compile(node.where)
    count, slot, share = run.compile(node.count), node.slot, node.share
    near = _near(run, node)
    unread = _unread(run, node)

    def at_least(frame: Frame) -> Any:
        wanted, members = count(frame), rows(frame)
        if wanted.__class__ is Unknown or members.__class__ is Unknown:
            return run.merge(wanted, members)
        # What each row adds to the rows that pass, less what it adds to the rows wanted,
        # at least and at most.
        least = most = ZERO
        unknowns: list[Any] = []
        each = wanted if share else ZERO
        if near is not None:
            members = near(frame, members)
        for frame[slot] in members:
            selected = True if where is None else where(frame)
            if selected is False:
                continue
            value = satisfies(frame)
            if value is False and not share:
                continue
            high = ZERO if value is False else ONE
            low = ONE if value is True else ZERO
            low, high = WIDE.subtract(low, each), WIDE.subtract(high, each)
            if selected.__class__ is Unknown:
                low, high = min(low, ZERO), max(high, ZERO)
                unknowns.append(selected)
            if value.__class__ is Unknown:
                unknowns.append(value)
            least, most = WIDE.add(least, low), WIDE.add(most, high)
        threshold = ZERO if share else wanted
        if unread is not None and (share or least < threshold):
            return run.merge(unread, *unknowns)
        if least >= threshold:
            return True
        return False if most < threshold else run.merge(*unknowns)

    return at_least


# --- aggregates ------------------------------------------------------------------------


class Members(Record):
    """What an aggregate goes over: the value (and weight, and order) of each row that is
    surely in it, and of each that may be."""

    sure: list[tuple[Any, Any, Any]]
    perhaps: list[tuple[Any, Any, Any]]
    selecting: list[Unknown]


@compiles(nodes.Aggregate)
def _aggregate(run: Run, node: nodes.Aggregate) -> Fn:
    rows = run.compile(node.rows)
    value, weight, order, where = (
        None if part is None else run.compile(part)
        for part in (node.value, node.weight, node.order, node.where)
    )
    slot, function, site = node.slot, node.function, run.site(node)

    near = _near(run, node)
    unread = _unread(run, node)
    if unread is not None:
        # Whatever the rows that are known come to, there may be others.
        return constant(unread)

    def gather(frame: Frame, indexes: Iterable[Any]) -> Members:
        members = Members([], [], [])
        if near is not None:
            indexes = near(frame, indexes)
        for frame[slot] in indexes:
            selected = True if where is None else where(frame)
            if selected is False:
                continue
            member = (
                ONE if value is None else value(frame),
                None if weight is None else weight(frame),
                None if order is None else order(frame),
            )
            if selected is True:
                members.sure.append(member)
            elif function == "sum" and member[0].__class__ is not Unknown and not member[0]:
                continue  # it adds nothing, in or out
            else:
                members.perhaps.append(member)
                members.selecting.append(selected)
        return members

    def values_of(frame: Frame, indexes: Iterable[Any]) -> Iterator[Any]:
        for frame[slot] in indexes:
            yield value(frame)  # type: ignore[misc]

    def simple_sum(frame: Frame) -> Any:
        """The common case: no `where`."""
        indexes = rows(frame)
        if indexes.__class__ is Unknown:
            return run.merge(indexes)
        if near is not None:
            indexes = list(near(frame, indexes))
        total = ZERO
        unknowns: list[Unknown] = []
        try:
            for frame[slot] in indexes:
                number = value(frame)  # type: ignore[misc]
                if number.__class__ is Unknown:
                    unknowns.append(number)
                else:
                    total += number
        except NO_RESULT as error:
            return lacking("undefined", reason_of(error, "+"), site)
        if not unknowns:
            return total
        if run.probe is None:
            return run.merge(*unknowns)
        return _open_sum(run, unknowns, values_of(frame, indexes))

    def aggregate(frame: Frame) -> Any:
        indexes = rows(frame)
        if indexes.__class__ is Unknown:
            return run.merge(indexes)
        members = gather(frame, indexes)
        unknowns = [part for group in members[:2] for m in group for part in m]
        unknowns = [part for part in unknowns if part.__class__ is Unknown]
        if unknowns:
            if run.probe is not None and function == "sum" and not members.perhaps:
                return _open_sum(run, unknowns, (member[0] for member in members.sure))
            return run.merge(*unknowns, *members.selecting)
        try:
            result = AGGREGATES[function](members.sure)
            if members.perhaps and not _settled(function, members, result):
                return run.merge(*_deciding(function, members, result))
        except NO_RESULT as error:
            return lacking("undefined", reason_of(error, "+"), site)
        return lacking("undefined", f"empty-{function}", site) if result is None else result

    return simple_sum if function == "sum" and where is None and value is not None else aggregate


def _open_sum(run: Run, unknowns: list[Unknown], values: Iterable[Any]) -> Unknown:
    """A sum that lacks members, with what can be said of its size."""
    from guiju.evaluation import intervals

    merged = run.merge(*unknowns)
    try:
        return intervals.bounded(merged, intervals.total(run, values))
    except NO_RESULT:
        return merged


def _near(run: Run, node: nodes.Quantified | nodes.Aggregate) -> Any:
    """Which members a node has to go over; None for all."""
    if isinstance(node.rows, nodes.OtherRows):
        from guiju.evaluation.other_rows import others_near

        elsewhere = others_near(run, node)
        if elsewhere is not None:
            run.nearby[id(node)] = elsewhere
        return elsewhere
    # Many packs ask of no other rows; they start without these.
    from guiju.evaluation.indexes import indexed
    from guiju.evaluation.nearby import nearby

    asked_first = isinstance(node, nodes.Aggregate) or node.quantifier == "at least"
    found = nearby(run, node) or indexed(run, node, node.where, first=asked_first)
    if found is not None:
        run.nearby[id(node)] = found
    elif isinstance(node, nodes.Quantified) and node.quantifier in ("no", "some"):
        # A row that does not satisfy decides nothing; a derivation still counts it.
        found = indexed(run, node, node.satisfies, first=True)
    return found


def _unread(run: Run, node: nodes.Quantified | nodes.Aggregate) -> Unknown | None:
    """The unknown of the other dossiers whose rows are not known; None where all are, and for
    rows of the dossier itself."""
    if not isinstance(node.rows, nodes.OtherRows):
        return None
    table = run.other_table(node.rows.table)
    return None if table is None else table.unread


def _deciding(function: str, members: Members, result: Any) -> list[Unknown]:
    """What rows that may be selected lack, of those that would change the result."""
    pairs = zip(members.perhaps, members.selecting, strict=True)
    match function:
        case "min" if result is not None:
            return [lack for (value, _, _), lack in pairs if value < result]
        case "max" if result is not None:
            return [lack for (value, _, _), lack in pairs if value > result]
        case _:
            return members.selecting


def _settled(function: str, members: Members, result: Any) -> bool:
    """Whether the rows that may or may not be selected change nothing."""
    sure, perhaps = members.sure, members.perhaps
    match function:
        case "sum":
            return all(not value for value, _, _ in perhaps)
        case "min":
            return result is not None and all(value >= result for value, _, _ in perhaps)
        case "max":
            return result is not None and all(value <= result for value, _, _ in perhaps)
        case "mean" | "weighted mean":
            return result is not None and all(value == result for value, _, _ in sure + perhaps)
        case "first":
            return bool(sure) and all(m[2] > min(s[2] for s in sure) for m in perhaps)
        case "last":
            return bool(sure) and all(m[2] < max(s[2] for s in sure) for m in perhaps)
        case _:
            return False


def _sum(values: Iterable[Decimal]) -> Decimal:
    total = ZERO
    for value in values:
        total += value
    return total


def _mean(members: list[Any]) -> Decimal | None:
    if not members:
        return None
    return CONTEXT.divide(_sum(value for value, _, _ in members), Decimal(len(members)))


def _weighted_mean(members: list[Any]) -> Decimal | None:
    total = _sum(weight for _, weight, _ in members)
    if not members or not total:
        return None
    return CONTEXT.divide(_sum(value * weight for value, weight, _ in members), total)


def _stdev(members: list[Any]) -> Decimal | None:
    """The sample standard deviation, from exact sums: rounded once before the root."""
    if len(members) < 2:
        return None
    total = squares = ZERO
    for value, _, _ in members:
        total = WIDE.add(total, value)
        squares = WIDE.add(squares, WIDE.multiply(value, value))
    count = Decimal(len(members))
    spread = WIDE.subtract(WIDE.multiply(count, squares), WIDE.multiply(total, total))
    return CONTEXT.sqrt(_WORKING.divide(spread, count * (count - 1)))


_WORKING = CONTEXT.copy()
_WORKING.prec = 50


def _first(members: list[Any]) -> Any:
    return min(members, key=lambda member: member[2])[0] if members else None


def _last(members: list[Any]) -> Any:
    # Of rows with the same order the later one in the file is the last.
    return max(enumerate(members), key=lambda m: (m[1][2], m[0]))[1][0] if members else None


AGGREGATES = {
    "sum": lambda members: _sum(value for value, _, _ in members),
    "count": lambda members: Decimal(len(members)),
    "min": lambda members: min((value for value, _, _ in members), default=None),
    "max": lambda members: max((value for value, _, _ in members), default=None),
    "mean": _mean,
    "weighted mean": _weighted_mean,
    "stdev": _stdev,
    "first": _first,
    "last": _last,
}
