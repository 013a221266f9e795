"""Laws of cutting blocks: whatever is cut, the parts are a coverage of the whole."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialraum.demo.chance import stream, waves
from sozialraum.demo.cutting import Drawing, Grain, area, cut
from sozialraum.demo.people import Counter


def drawn_polygon(corners: int, size: float, seed: int) -> tuple[Drawing, list[tuple[int, int]]]:
    angles = (np.arange(corners) + stream(seed, "corners").uniform(-0.3, 0.3, corners)) * 2 * np.pi / corners
    drawing = Drawing((size * np.cos(angles)).tolist(), (size * np.sin(angles)).tolist())
    ring = [(k, drawing.add_line(k, (k + 1) % corners)) for k in range(corners)]
    return drawing, ring


@settings(max_examples=60, deadline=None)
@given(
    corners=st.integers(4, 9),
    size=st.floats(120, 500),
    block=st.floats(3_000, 30_000),
    angle=st.floats(0, 3),
    seed=st.integers(0, 10_000),
)
def test_parts_of_a_cut_polygon_are_an_exact_coverage(
    corners: int, size: float, block: float, angle: float, seed: int
) -> None:
    drawing, ring = drawn_polygon(corners, size, seed)
    whole = area(drawing, ring)
    rings = cut(drawing, ring, Grain(block, angle, 0.1), stream(seed, "cut"))
    points = np.column_stack([drawing.x, drawing.y])
    shapes = np.array([shapely.polygons(points[drawing.outline(one)]) for one in rings])
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert np.isclose(shapely.area(shapes).sum(), whole, rtol=1e-6)
    assert min(shapely.area(shapes)) > 0.15 * min(whole, block)


@settings(max_examples=40, deadline=None)
@given(expected=st.lists(st.floats(0, 500), min_size=1, max_size=50), seed=st.integers(0, 10_000))
def test_whole_counts_are_never_further_than_one_from_what_is_expected(expected: list[float], seed: int) -> None:
    numbers = np.array(expected)
    counted = Counter(seed, np.zeros(len(numbers), dtype=np.int64)).whole("anything", numbers)
    assert (np.abs(counted - numbers) <= 1).all()
    assert (counted >= 0).all()


@settings(max_examples=30, deadline=None)
@given(rise=st.floats(0, 20), seed=st.integers(0, 1000))
def test_more_expected_never_counts_less(rise: float, seed: int) -> None:
    member = np.zeros(30, dtype=np.int64)
    base = np.linspace(0, 9, 30)
    counter = Counter(seed, member)
    assert (counter.whole("same", base + rise) >= counter.whole("same", base)).all()


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 1000))
def test_waves_are_smooth(seed: int) -> None:
    points = np.random.default_rng(seed).uniform(-20_000, 20_000, (200, 2))
    moved = waves(seed, "x", points + np.array([1.0, 0.0]), (900.0,), (25.0,)) - waves(
        seed, "x", points, (900.0,), (25.0,)
    )
    assert np.abs(moved).max() <= 1.5 * 2 * np.pi * 25 / 900 + 1e-9
