"""A box that is said to meet none of others meets none."""

from __future__ import annotations

import math

import numpy
import pytest

from guiju.geometry.squares import may_meet


def meet(boxes, others):
    """Which boxes meet or touch one of others, by looking at every two."""
    a, b = boxes[:, None], others[None]
    apart = (a[..., 2] < b[..., 0]) | (b[..., 2] < a[..., 0])
    apart |= (a[..., 3] < b[..., 1]) | (b[..., 3] < a[..., 1])
    return ~apart.all(axis=1)


def made(rng, count, across, side):
    corners = rng.uniform(-across, across, (count, 2))
    return numpy.hstack((corners, corners + rng.uniform(0, side, (count, 2))))


@pytest.mark.parametrize("side", [0, 0.01, 1, 30])
@pytest.mark.parametrize("seed", range(12))
def test_what_meets_is_never_left_out(seed, side):
    rng = numpy.random.default_rng(seed)
    boxes, others = made(rng, 300, 12, side), made(rng, int(rng.integers(1, 200)), 9, 1)
    if seed % 3 == 0:  # few places, so that sides and corners fall together
        boxes, others = boxes.round(), others.round()
    said = may_meet(boxes, others)
    assert not (meet(boxes, others) & ~said).any()


def test_most_of_what_lies_apart_is_left_out():
    rng = numpy.random.default_rng(1)
    boxes, others = made(rng, 5_000, 100, 0.3), made(rng, 5_000, 100, 0.3)
    assert may_meet(boxes, others).sum() < 0.4 * len(boxes)


def test_one_large_box_does_not_hide_what_lies_apart_beyond_it():
    others = numpy.array([[0, 0, 10, 10], *([20 + n, 0, 20.1 + n, 0.1] for n in range(9))])
    boxes = numpy.array([[4, 4, 5, 5], [20.5, 5, 20.6, 6], [28, 0.1, 28.5, 0.2]])
    assert may_meet(boxes, others).tolist() == [True, False, True]


@pytest.mark.parametrize("side", range(4))
def test_sides_and_corners_that_touch_count_to_the_last_digit(side):
    other = numpy.array([[0.1, 0.2, 0.3, 0.7]])
    across = [abs(other[0, 2] - other[0, 0]), abs(other[0, 3] - other[0, 1])][side % 2]
    touching = other.copy()
    touching[0, side] = other[0, (side + 2) % 4]
    touching[0, (side + 2) % 4] += across if side < 2 else -across
    assert meet(touching, other).all()
    assert may_meet(touching, other).all()


def test_boxes_beyond_the_others_on_all_sides():
    others = numpy.array([[0.0, 0.0, 1.0, 1.0]] * 3)
    around = numpy.array([[-9.0, -9.0, 9.0, 9.0]])
    assert may_meet(around, others).tolist() == [True]


def test_others_on_one_place_or_on_a_line():
    place = numpy.array([[118.0, 43.0, 118.0, 43.0]] * 5)
    assert may_meet(place, place).all()
    line = numpy.array([[118.0 + n, 43.0, 118.0 + n, 43.0] for n in range(5)])
    assert may_meet(line, line).all()
    assert not may_meet(numpy.add(line, (0, 1, 0, 1)), line).any()


def test_where_there_are_none():
    none = numpy.empty((0, 4))
    some = numpy.array([[0.0, 0.0, 1.0, 1.0]])
    assert may_meet(some, none).tolist() == [False]
    assert may_meet(none, some).tolist() == []


def test_places_a_digit_apart():
    next_ = math.nextafter(118.0, 119)
    others = numpy.array([[118.0, 43.0, 118.0, 43.0], [next_, 43.0, next_, 43.0]])
    assert may_meet(others, others).all()
    assert may_meet(others[1:], others[1:]).all()
