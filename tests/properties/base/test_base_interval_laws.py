"""True numbers inside the intervals: the true result lies inside the computed one, and its ends are reached."""

import itertools
import math

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from sozialraum.base import intervals

NEAR = 1e-9
COUNTS = st.integers(0, 60)


@st.composite
def spans(draw, *, bounded=False):
    """(low, true, high) of a count; the upper end may be missing."""
    low, true, high = sorted(draw(st.tuples(COUNTS, COUNTS, COUNTS)))
    if not bounded and draw(st.integers(0, 4)) == 0:
        return low, true, math.inf
    return low, true, high


def inside(span, value):
    low, high = span
    return low - NEAR <= value <= high + NEAR


@given(st.lists(spans(), min_size=1, max_size=6))
def test_a_sum_holds_the_true_sum_and_reaches_its_ends(parts):
    low, true, high = (np.array(each, float) for each in zip(*parts, strict=True))
    span = intervals.added(low, high)
    assert inside(span, true.sum())
    assert span == (low.sum(), high.sum())


@given(spans(), st.floats(0, 1))
def test_a_carried_value_holds_the_true_share(value, weight):
    low, true, high = value
    assert inside(intervals.weighted(low, high, weight), true * weight)


@given(spans(), spans())
def test_a_product_holds_the_true_one(one, other):
    span = intervals.product((one[0], one[2]), (other[0], other[2]))
    assert inside(span, one[1] * other[1])
    assert span[0] == one[0] * other[0]


@given(spans(), spans())
def test_a_rate_holds_the_true_rate(count, base):
    assume(base[1] > 0)
    span = intervals.rate((count[0], count[2]), (base[0], base[2]))
    assert inside(span, count[1] / base[1])


@given(spans(), spans())
def test_a_share_of_a_base_holds_the_true_share_and_is_at_most_one(part, base):
    assume(base[1] > 0 and part[1] <= base[1])
    low, high = intervals.share_of_base((part[0], part[2]), (base[0], base[2]))
    assert inside((low, high), part[1] / base[1])
    assert high <= 1


@given(spans(bounded=True), spans(bounded=True))
def test_a_share_of_a_base_reaches_its_ends(part, base):
    shares = [p / b for p in range(part[0], part[2] + 1) for b in range(max(base[0], 1), base[2] + 1) if p <= b]
    assume(shares and base[0] > 0 and part[0] <= base[2])
    low, high = intervals.share_of_base((part[0], part[2]), (base[0], base[2]))
    assert math.isclose(low, min(shares))
    assert math.isclose(high, max(shares))


@given(spans(), spans())
def test_a_share_beside_its_rest_holds_the_true_share(part, rest):
    assume(part[1] + rest[1] > 0)
    span = intervals.share_of_rest((part[0], part[2]), (rest[0], rest[2]))
    assert inside(span, part[1] / (part[1] + rest[1]))


@given(spans(bounded=True), spans(bounded=True))
def test_a_share_beside_its_rest_reaches_its_ends_and_is_never_wider_than_dividing(part, rest):
    shares = [p / (p + r) for p in range(part[0], part[2] + 1) for r in range(rest[0], rest[2] + 1) if p + r]
    assume(shares)
    low, high = intervals.share_of_rest((part[0], part[2]), (rest[0], rest[2]))
    assert math.isclose(low, min(shares), abs_tol=NEAR)
    assert math.isclose(high, max(shares), abs_tol=NEAR)
    plain = intervals.share_of_base((part[0], part[2]), (part[0] + rest[0], part[2] + rest[2]))
    assert plain[0] <= low + NEAR
    assert high <= plain[1] + NEAR


@given(spans(), spans())
def test_a_rest_holds_the_true_rest(whole, part):
    assume(part[1] <= whole[1])
    assert inside(intervals.rest_of((whole[0], whole[2]), (part[0], part[2])), whole[1] - part[1])


@given(st.lists(st.tuples(spans(bounded=True), spans(bounded=True)), min_size=1, max_size=4))
def test_an_average_is_weighted_holds_the_true_one_and_reaches_its_ends(rows):
    low, true, high = (np.array(each, float) for each in zip(*(value for value, _weight in rows), strict=True))
    least, weight, most = (np.array(each, float) for each in zip(*(weight for _value, weight in rows), strict=True))
    assume(weight.sum() > 0)
    span = intervals.weighted_average(low, high, least, most)
    assert inside(span, (true * weight).sum() / weight.sum())
    corners = [
        (np.array(values) * np.array(weights)).sum() / sum(weights)
        for values in itertools.product(*zip(low, high, strict=True))
        for weights in itertools.product(*zip(least, most, strict=True))
        if sum(weights) > 0
    ]
    assert math.isclose(span[0], min(corners), abs_tol=1e-6)
    assert math.isclose(span[1], max(corners), abs_tol=1e-6)


def test_two_cells_are_averaged_by_their_dwellings_not_added():
    assert intervals.weighted_average([80, 50], [80, 50], [10, 20], [10, 20]) == (60, 60)


def test_without_a_number_there_is_no_result():
    none = (math.nan, math.nan)
    for span in (intervals.rate(none, (1, 2)), intervals.share_of_rest((1, 2), none), intervals.rate((1, 1), (0, 0)),
                 intervals.weighted_average([1], [1], [0], [0]), intervals.rest_of(none, (1, 1))):  # fmt: skip
        assert np.isnan(span[0])
        assert np.isnan(span[1])
