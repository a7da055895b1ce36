"""Numbers in binary64, with how far each can be from the exact decimal.

A number carries a bound of its error that is proven once for the expression, not measured in
each row: the error is at most `ulps` times 2^-53 times the magnitude. The magnitude of a
product, a quotient or a power is its own size; that of a sum is the sum of the magnitudes of
its members, so that a difference of two near numbers knows how large they were. The rules are
those of a running error analysis (N. J. Higham, Accuracy and Stability of Numerical Algorithms,
2nd ed., 2002, sections 2.2 and 3.3), with room left for terms of second order.

The reference evaluator rounds as well, to 34 digits. That is 2^-60 of what binary64 rounds, and
lies within the room.

Products of many factors could leave the range of binary64 on the way. A number of more than two
multiplications is only used where all cells in it are of moderate size (`guards`).
"""

from __future__ import annotations

from fractions import Fraction
from math import inf, isfinite, nextafter

from guiju.hints import Any
from guiju.plan.nodes import TURNED
from guiju.quantities import exact
from guiju.record import Record
from guiju.sieve.nodes import (
    Among,
    Apply,
    Both,
    Cell,
    Choice,
    Cut,
    Gap,
    Held,
    Literal,
    Node,
    Test,
    inside,
)

U = 2.0**-53
"""The unit roundoff of binary64."""

LARGEST = 1e30
"""What the size of a cell may be where more than two multiplications follow."""

_LARGEST_DIVISOR = 1e300
_SLACK, _SLACK_GUARDED = 1e-300, 1e-80
"""More than all that underflow can have taken away: without amplification, and where at most
`_MOST_WEIGHT` factors of LARGEST follow."""
_MOST_WEIGHT = 8
_MOST_ULPS = 2.0**40


class Number(Record):
    """A value with its bound of error.

    `magnitude` None: the size of the value itself. `ratio`: the number is exactly the decimal
    of a cell, or of a literal, times it; None for what was calculated. `depth` counts
    multiplications one after the other, `weight` the factors of LARGEST it can reach. `whole`:
    it is a whole number, calculated of whole numbers only.
    """

    value: Node
    ulps: float
    magnitude: Node | None = None
    ratio: Fraction | None = None
    nonnegative: bool = False
    depth: int = 0
    weight: int = 1
    whole: bool = False


class Undecidable(Exception):
    """A number, or a test, that cannot be had in binary64 with a bound of its error."""


def of_cell(
    cell: Cell, ratio: Fraction, *, exactly: bool, nonnegative: bool, whole: bool = False
) -> Number:
    """A cell that is the decimal written in the file, times a ratio between units.

    `exactly`: equal binary64 numbers mean equal decimals, which holds where these have at most
    15 digits, or are the shortest that name their binary64 number.
    """
    if exactly:
        whole = whole and ratio == 1
        return Number(cell, 1.0, ratio=ratio, nonnegative=nonnegative, whole=whole)
    plain = Number(cell, 1.0, nonnegative=nonnegative)
    return plain if ratio == 1 else scaled(plain, ratio)


def of_decimal(value: Any) -> Number:
    """A literal number."""
    fraction = exact(value)
    number = _float(fraction)
    held = Fraction(number) == fraction
    weight = 0
    while weight <= _MOST_WEIGHT and abs(number) > LARGEST**weight:
        weight += 1
    return Number(
        Literal(number),
        0.0 if held else 1.0,
        ratio=fraction,
        nonnegative=number >= 0,
        weight=max(weight - (abs(number) <= 1e10), 0),
        whole=held and fraction.denominator == 1,
    )


def _float(fraction: Fraction) -> float:
    try:
        number = float(fraction)
    except OverflowError:
        raise Undecidable from None
    if number == 0 and fraction != 0:
        raise Undecidable
    return number


def is_literal(number: Number) -> bool:
    """Whether a number is the same in every row."""
    return number.value.__class__ is Literal


def constant(number: Number) -> float | None:
    """The binary64 number of a literal, None for any other."""
    value = number.value
    return value.value if isinstance(value, Literal) else None


def calculated(number: Number) -> Number:
    """The number as something to calculate with."""
    if number.ratio is None or is_literal(number):
        return number._replace(ratio=None)
    ratio = number.ratio
    plain = number._replace(ratio=None)
    return plain if ratio == 1 else scaled(plain, ratio)


def scaled(number: Number, ratio: Fraction) -> Number:
    """A number times a constant, as between units."""
    if number.ratio is not None and not is_literal(number) and _short(ratio):
        return number._replace(
            ratio=number.ratio * ratio, nonnegative=number.nonnegative and ratio > 0
        )
    return product(calculated(number), of_decimal(ratio))


def _short(ratio: Fraction) -> bool:
    """Whether the reference evaluator keeps 17 digits times a ratio as they are: it has at most
    16 digits itself, or no end and is kept as a ratio."""
    rest = ratio.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return True
    places = 0
    while (ratio * 10**places).denominator != 1:
        places += 1
    return len(str(abs((ratio * 10**places).numerator))) <= 16


def _size(number: Number) -> Node:
    if number.magnitude is not None:
        return number.magnitude
    return number.value if number.nonnegative else Apply("abs", (number.value,))


def reach_of(number: Number) -> Node:
    """How far the exact decimal can be from the value, as a node."""
    slack = _SLACK if number.depth <= 2 else _SLACK_GUARDED
    reach = Apply("*", (Literal((number.ulps + 1.01) * U * 1.01), _size(number)))
    return Apply("+", (reach, Literal(slack)))


def checked(number: Number) -> Number:
    """A number whose bound still says something. Raises Undecidable for any other."""
    if number.weight > _MOST_WEIGHT or number.ulps > _MOST_ULPS:
        raise Undecidable
    return number


def total(left: Number, right: Number, operation: str = "+") -> Number:
    """A sum, or a difference (`-`)."""
    a, b = calculated(left), calculated(right)
    plus = operation == "+"
    value = Apply(operation, (a.value, b.value))
    ulps = max(a.ulps, b.ulps) + 1.01
    nonnegative = plus and a.nonnegative and b.nonnegative
    own = nonnegative and a.magnitude is None and b.magnitude is None
    magnitude = None if own else Apply("+", (_size(a), _size(b)))
    return checked(
        Number(
            value,
            ulps,
            magnitude,
            nonnegative=nonnegative,
            depth=max(a.depth, b.depth),
            weight=max(a.weight, b.weight),
            whole=a.whole and b.whole,
        )
    )


def product(left: Number, right: Number) -> Number:
    a, b = calculated(left), calculated(right)
    for one, other in ((a, b), (b, a)):
        if constant(one) == 1:
            return other
    own = a.magnitude is None and b.magnitude is None
    light = (is_literal(a) and a.weight == 0) or (is_literal(b) and b.weight == 0)
    return checked(
        Number(
            Apply("*", (a.value, b.value)),
            (a.ulps + b.ulps + 1.01) * 1.001,
            None if own else Apply("*", (_size(a), _size(b))),
            nonnegative=a.nonnegative and b.nonnegative,
            depth=max(a.depth, b.depth) + (0 if light else 1),
            weight=a.weight + b.weight,
            whole=a.whole and b.whole,
        )
    )


def quotient(left: Number, right: Number) -> Number:
    """None where the divisor is so small that it may be nought."""
    a, b = calculated(left), calculated(right)
    divisor = constant(b)
    if divisor is not None:
        if abs(divisor) < 1 / LARGEST:
            raise Undecidable
        guards: list[Node] = []
    else:
        guards = [Test(">=", Apply("abs", (b.value,)), Literal(1 / LARGEST))]
    magnitude: Node | None = None
    if b.magnitude is None:
        ulps = (a.ulps + b.ulps + 1.01) * 1.001
        if a.magnitude is not None:
            magnitude = Apply("/", (a.magnitude, Apply("abs", (b.value,))))
        if guards and not isinstance(b.value, Cell):
            # By what overflowed to infinity, a quotient would be nought.
            guards.append(Test("<=", Apply("abs", (b.value,)), Literal(_LARGEST_DIVISOR)))
    else:
        # The divisor may be small against what it was calculated from, or as infinite.
        enough = Apply("*", (Literal(2.02 * (b.ulps + 1) * U), b.magnitude))
        guards.append(Test(">", Apply("abs", (b.value,)), enough))
        ulps = 2.02 * (a.ulps + b.ulps + 1.01)
        size = Apply("abs", (b.value,))
        magnitude = Apply("*", (Apply("/", (_size(a), size)), Apply("/", (b.magnitude, size))))
    guard = Both(tuple(guards)) if len(guards) > 1 else guards[0] if guards else None
    value: Node = Apply("/", (a.value, b.value))
    return checked(
        Number(
            value if guard is None else Held(guard, value),
            ulps,
            magnitude,
            nonnegative=a.nonnegative and b.nonnegative,
            depth=max(a.depth, b.depth) + (0 if is_literal(b) else 1),
            weight=a.weight + 1 + (b.weight if b.magnitude is not None else 0),
        )
    )


_MOST_EXPONENT = 64.0
_LN_LARGEST = 70.0  # more than ln(1e30)


def power(left: Number, right: Number) -> Number:
    """A positive base of moderate size to an exponent of at most 64; None elsewhere."""
    a, b = calculated(left), calculated(right)
    if a.magnitude is not None or b.magnitude is not None:
        raise Undecidable
    guards: list[Node] = [
        Test(">=", a.value, Literal(1 / LARGEST)),
        Test("<=", a.value, Literal(LARGEST)),
    ]
    exponent = constant(b)
    if exponent is not None:
        most = abs(exponent)
        if most > _MOST_EXPONENT:
            raise Undecidable
    else:
        most = _MOST_EXPONENT
        guards.append(Test("<=", Apply("abs", (b.value,)), Literal(most)))
    value = Apply("power", (a.value, b.value))
    # The result itself has to be of moderate size for what follows.
    guards += [
        Test(">=", value, Literal(LARGEST**-2)),
        Test("<=", value, Literal(LARGEST**2)),
    ]
    # d(a^b)/a^b = b da/a + ln(a) db, and 4 ulps for the library's own error.
    ulps = (most * (a.ulps + _LN_LARGEST * b.ulps) + 4) * 1.01
    return checked(
        Number(
            Held(Both(tuple(guards)), value),
            ulps,
            nonnegative=True,
            depth=max(a.depth, b.depth) + 1,
            weight=2,
        )
    )


def function(name: str, arguments: list[Number]) -> Number:
    """A mathematical function of the language. Raises Undecidable for those not said here."""
    match name, [calculated(argument) for argument in arguments]:
        case "abs", [one]:
            if one.nonnegative:
                return one
            value = Apply("abs", (one.value,))
            return one._replace(value=value, nonnegative=True)
        case "sqrt", [one] if one.magnitude is None:
            guard = Test(">=", one.value, Literal(0.0))
            held = Held(guard, Apply("sqrt", (one.value,)))
            return one._replace(value=held, ulps=one.ulps + 1.01, nonnegative=True, whole=False)
        case "exp", [one]:
            # The relative error of the result is the absolute one of the argument.
            value = Apply("exp", (one.value,))
            guard = Test("<=", Apply("abs", (one.value,)), Literal(138.0))
            magnitude = Apply("*", (value, Apply("+", (Literal(1.0), _size(one)))))
            ulps = one.ulps * 1.01 + 4
            return checked(
                Number(Held(guard, value), ulps, magnitude, nonnegative=True, depth=1, weight=4)
            )
        case "ln", [one] if one.magnitude is None:
            value = Apply("ln", (one.value,))
            bounds = (
                Test(">=", one.value, Literal(1 / LARGEST)),
                Test("<=", one.value, Literal(LARGEST)),
            )
            magnitude = Apply("+", (Literal(1.0), Apply("abs", (value,))))
            return Number(
                Held(Both(bounds), value), one.ulps * 1.01 + 4, magnitude, depth=one.depth
            )
        case (("min" | "max"), several) if several:
            values = tuple(one.value for one in several)
            sizes = tuple(_size(one) for one in several)
            own = all(one.magnitude is None for one in several)
            nonnegative = all(one.nonnegative for one in several)
            return Number(
                Apply("least" if name == "min" else "greatest", values),
                max(one.ulps for one in several),
                None if own and nonnegative else Apply("greatest", sizes),
                nonnegative=nonnegative,
                depth=max(one.depth for one in several),
                weight=max(one.weight for one in several),
                whole=all(one.whole for one in several),
            )
    raise Undecidable


def negative(number: Number) -> Number:
    if number.ratio is not None and not is_literal(number):
        return number._replace(ratio=-number.ratio, nonnegative=False)
    value = number.value
    if isinstance(value, Literal):
        return of_decimal(-(number.ratio if number.ratio is not None else Fraction(value.value)))
    return number._replace(value=Apply("negate", (value,)), ratio=None, nonnegative=False)


def chosen(condition: Node, then: Number, otherwise: Number) -> Number:
    """`then` where a condition is true, `otherwise` where it is false."""
    a, b = calculated(then), calculated(otherwise)
    decimals = not is_literal(then) and not is_literal(otherwise) and then.ratio == otherwise.ratio
    own = a.magnitude is None and b.magnitude is None
    return Number(
        Choice(condition, a.value, b.value),
        max(a.ulps, b.ulps),
        None if own else Choice(condition, _size(a), _size(b)),
        ratio=Fraction(1) if decimals and then.ratio == 1 else None,
        nonnegative=a.nonnegative and b.nonnegative,
        depth=max(a.depth, b.depth),
        weight=max(a.weight, b.weight),
        whole=a.whole and b.whole,
    )


def rounded(number: Number, step: Fraction, direction: str) -> Number:
    """To a multiple of a step, none where the error could lead to another multiple."""
    if step <= 0:
        raise Undecidable
    steps = quotient(number, of_decimal(step)) if step != 1 else calculated(number)
    reach = Apply("*", (Literal((steps.ulps + 2.02) * U), _size(steps)))
    near = Apply("nearest", (steps.value,))
    if direction == "nearest":
        # Safe away from the middle between two multiples.
        apart = Apply("abs", (Apply("-", (steps.value, near)),))
        guard: Node = Test("<", Apply("+", (apart, reach)), Literal(0.4999))
        whole: Node = near
    else:
        apart = Apply("abs", (Apply("-", (steps.value, near)),))
        guard = Test(">", apart, Apply("+", (reach, Literal(1e-9))))
        floor = Apply("floor", (steps.value,))
        whole = floor if direction == "down" else Apply("+", (floor, Literal(1.0)))
    moderate = Test("<", Apply("abs", (steps.value,)), Literal(2.0**40))
    result = Number(Held(Both((moderate, guard)), whole), 0.0, nonnegative=False, depth=steps.depth)
    return scaled(result, step) if step != 1 else result


# --- comparisons -------------------------------------------------------------------------


def compared(
    operator: str, left: Number, right: Number, left_scale: int = 1, right_scale: int = 1
) -> Node:
    """The test `left * left_scale operator right * right_scale`."""
    if _is_exact(left) and not _is_exact(right):
        return compared(TURNED[operator], right, left, right_scale, left_scale)
    if _is_exact(right):
        threshold = _fraction(right) * right_scale / left_scale
        if _is_exact(left):
            return Literal(_OPERATORS[operator](_fraction(left), threshold))
        if left.ratio is not None:
            return _with_threshold(operator, left.value, left.ratio, threshold)
        return _cut(operator, left, threshold)
    own, its = left.ratio, right.ratio
    if own is not None and its is not None and own * left_scale == its * right_scale > 0:
        return Test(operator, left.value, right.value)
    a = _times(calculated(left), left_scale)
    b = _times(calculated(right), right_scale)
    return _guarded(_gap(operator, a, b), a, b)


_OPERATORS: dict[str, Any] = {
    "=": Fraction.__eq__,
    "!=": lambda a, b: a != b,
    "<": Fraction.__lt__,
    "<=": Fraction.__le__,
    ">": Fraction.__gt__,
    ">=": Fraction.__ge__,
}


def _is_exact(number: Number) -> bool:
    """Whether a number is a literal that is known exactly: not one calculated with others."""
    return is_literal(number) and (number.ratio is not None or number.ulps == 0)


def _fraction(number: Number) -> Fraction:
    assert isinstance(number.value, Literal)
    return number.ratio if number.ratio is not None else Fraction(number.value.value)


def _times(number: Number, scale: int) -> Number:
    return number if scale == 1 else product(number, of_decimal(scale))


def _with_threshold(operator: str, cell: Node, ratio: Fraction, threshold: Fraction) -> Node:
    """A cell's decimal times a ratio against a constant, decided exactly: a number of binary64
    stands for one decimal, and larger ones for larger decimals."""
    if not ratio:
        raise Undecidable
    if ratio < 0:
        operator = TURNED[operator]
    sought = threshold / ratio
    try:
        nearest = float(sought)
    except OverflowError:
        raise Undecidable from None
    if not isfinite(nearest) or (nearest == 0 and sought):
        raise Undecidable
    stands_for = Fraction(repr(nearest))
    if stands_for == sought:
        return Test(operator, cell, Literal(nearest))
    if operator in ("=", "!="):
        return Among(cell, (), operator == "!=")
    greater = operator in (">", ">=")
    if sought > stands_for:
        # The cell of this very number is below the threshold.
        return Test(">" if greater else "<=", cell, Literal(nearest))
    return Test(">=" if greater else "<", cell, Literal(nearest))


def _cut(operator: str, number: Number, threshold: Fraction) -> Node:
    at = _float(threshold) if threshold else 0.0
    spread = abs(at) * (number.ulps + 4.04) * U * 1.01
    if number.magnitude is not None:
        return _guarded(_gap(operator, number, of_decimal(threshold)), number)
    slack = _SLACK if number.depth <= 2 else _SLACK_GUARDED
    low = nextafter(at - spread - slack, -inf)
    high = nextafter(at + spread + slack, inf)
    above, apart = _outcome(operator)
    exactly = (operator, threshold) if number.whole else ("", None)
    return _guarded(Cut(number.value, low, high, above, apart, *exactly), number)


def _gap(operator: str, left: Number, right: Number) -> Node:
    ulps = (max(left.ulps, right.ulps) + 3.03) * 1.01
    slack = _SLACK if max(left.depth, right.depth) <= 2 else _SLACK_GUARDED
    size = Apply("+", (_size(left), _size(right)))
    tolerance = Apply("+", (Apply("*", (Literal(ulps * U), size)), Literal(slack)))
    above, apart = _outcome(operator)
    exactly = operator if left.whole and right.whole else ""
    return Gap(left.value, right.value, tolerance, above, apart, exactly)


def _outcome(operator: str) -> tuple[bool | None, bool]:
    match operator:
        case ">" | ">=":
            return True, False
        case "<" | "<=":
            return False, False
        case "=":
            return None, False
    return None, True


def _guarded(test: Node, *numbers: Number) -> Node:
    """A test whose cells must be of moderate size, where underflow on the way could have been
    made large again."""
    if all(number.depth <= 2 for number in numbers):
        return test
    cells: dict[tuple[str, str], Node] = {}
    for number in numbers:
        for node in inside(number.value):
            if isinstance(node, Cell) and node.kind == "number":
                cells.setdefault((repr(node.place), node.name), node)
    guards = tuple(Test("<=", Apply("abs", (cell,)), Literal(LARGEST)) for cell in cells.values())
    return Held(Both(guards), test) if guards else test
