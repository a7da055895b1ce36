"""Quantiles of Student's t distribution, in decimals.

The two-sided quantile t of `P(|T| <= t) = confidence` is found by Newton's method on the
regularised incomplete beta function, which is worked out by its continued fraction
(NIST Digital Library of Mathematical Functions, 8.17.22) with 60 digits. Degrees of
freedom need not be whole.
"""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from functools import cache

from guiju.quantities import CONTEXT

_WORKING = Context(prec=60, Emin=-999_999, Emax=999_999)
_CLOSE = Decimal(10) ** -52
_ONE, _TWO, _HALF = Decimal(1), Decimal(2), Decimal("0.5")
_PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640629")
# Bernoulli numbers B(2k) / (2k (2k - 1)) of Stirling's series.
_STIRLING = (
    (1, 12),
    (-1, 360),
    (1, 1260),
    (-1, 1680),
    (1, 1188),
    (-691, 360360),
    (1, 156),
    (-3617, 122400),
    (43867, 244188),
    (-174611, 125400),
    (77683, 5796),
    (-236364091, 1506960),
    (657931, 300),
    (-3392780147, 93960),
    (1723168255201, 2492028),
)


@cache
def student_t(df: Decimal, confidence: Decimal) -> Decimal:
    """The t with `P(|T| <= t) = confidence` for `df` degrees of freedom, to 34 digits.

    >>> round(student_t(Decimal(10), Decimal("0.95")), 12)
    Decimal('2.228138851986')
    """
    with localcontext(_WORKING):
        tail = _ONE - confidence
        density_scale = (-_ln_beta(df / 2) - df.ln() / 2).exp()
        # Bracket the root, then take Newton steps that stay within the bracket.
        low, high = Decimal(0), _ONE
        while _tail(high, df) > tail:
            low, high = high, high * 2
        t = (low + high) / 2
        for _ in range(400):
            excess = _tail(t, df) - tail
            if excess > 0:
                low = t
            else:
                high = t
            slope = 2 * density_scale * (-(df + 1) / 2 * (1 + t * t / df).ln()).exp()
            step = t + excess / slope
            if not low < step < high:
                step = (low + high) / 2
            if abs(step - t) <= _CLOSE * t:
                t = step
                break
            t = step
    return CONTEXT.plus(t)


def _tail(t: Decimal, df: Decimal) -> Decimal:
    """`P(|T| > t)`."""
    if not t:
        return _ONE
    squared = t * t
    return _incomplete_beta(df / (df + squared), squared / (df + squared), df / 2, _HALF)


def _incomplete_beta(x: Decimal, rest: Decimal, a: Decimal, b: Decimal) -> Decimal:
    """The regularised incomplete beta function; `rest` is 1 - x, exact where x is near 1."""
    if x > (a + 1) / (a + b + 2):
        return _ONE - _incomplete_beta(rest, x, b, a)
    front = (a * x.ln() + b * rest.ln() - _ln_beta(a if b == _HALF else b)).exp() / a
    return front * _fraction(x, a, b)


def _fraction(x: Decimal, a: Decimal, b: Decimal) -> Decimal:
    """The continued fraction, by Lentz's method."""
    c, d = _ONE, _ONE / (_ONE - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 100_000):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = _ONE / (_ONE + numerator * d)
            c = _ONE + numerator / c
            value *= c * d
        if abs(c * d - _ONE) < _CLOSE:
            break
    return value


@cache
def _ln_beta(a: Decimal) -> Decimal:
    """The logarithm of the beta function of a and 1/2."""
    return _ln_gamma(a) + _PI.ln() / 2 - _ln_gamma(a + _HALF)


def _ln_gamma(value: Decimal) -> Decimal:
    """Stirling's series, after the argument was raised until 15 terms are enough."""
    shift = _ONE
    while value < 150:
        shift *= value
        value += 1
    series = (value - _HALF) * value.ln() - value + (2 * _PI).ln() / 2
    power = value
    for numerator, denominator in _STIRLING:
        series += Decimal(numerator) / (denominator * power)
        power *= value * value
    return series - shift.ln()
