"""Whatever is carried: totals stay, nothing is negative, equal geographies change nothing, and no order matters."""

from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialraum.carrying import (
    Geography,
    Matrix,
    by_addresses,
    by_area,
    by_cells,
    by_key,
    carry,
    compose,
    of_cells,
)

CRS, DAY = "EPSG:25832", "2025-12-31"
SIDE = 700
laws = settings(max_examples=15, deadline=None)


def strips(name, cuts, across=False):
    """The square of SIDE metres cut into strips."""
    ends = [0, *sorted(cuts), SIDE]
    boxes = [(0, low, SIDE, high) if across else (low, 0, high, SIDE) for low, high in pairwise(ends)]
    frame = gpd.GeoDataFrame(
        {"key": [f"{name}{number}" for number in range(len(boxes))]}, geometry=[shapely.box(*box) for box in boxes],
        crs=CRS,
    )  # fmt: skip
    return Geography.of(frame, "key", name)


def grid():
    x, y = (part.ravel() for part in np.meshgrid(np.arange(7) * 100, np.arange(7) * 100))
    boxes = shapely.box(x, y, x + 100, y + 100)
    return Geography.of(
        gpd.GeoDataFrame({"key": [f"c{n:02d}" for n in range(49)]}, geometry=boxes, crs=CRS), "key", "g"
    )


CELLS = grid()
cuts = st.sets(st.integers(5, SIDE - 5), min_size=1, max_size=4)
spots = st.lists(st.tuples(st.integers(1, SIDE - 1), st.integers(1, SIDE - 1)), min_size=1, max_size=30)
people = st.lists(st.integers(0, 300), min_size=49, max_size=49)
seeds = st.integers(0, 10_000)


def every_kind(old, new, places, numbers):
    houses = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*zip(*places, strict=True)), crs=CRS)
    counted = pd.Series(numbers, list(CELLS.units), dtype=float)
    return [
        by_area(old, new),
        by_addresses(old, new, houses),
        by_cells(old, new, CELLS, counted, "inhabitants"),
        by_cells(old, new, CELLS, counted, "dwellings", addresses=houses),
    ]


def counts_of(units, seed):
    """Exact, hidden and rounded counts in any mixture."""
    random = np.random.default_rng(seed)
    low = random.integers(0, 900, len(units)).astype(float)
    status = random.choice(["observed", "suppressed", "rounded"], len(units))
    high = low + np.where(status == "observed", 0, random.integers(0, 5, len(units)))
    return pd.DataFrame({"unit": units, "feature": "cases", "period": DAY, "low": low, "high": high, "status": status})


def check_totals(matrix, counts):
    """Known totals stay to 1e-9; with hidden counts the total lies between the sums of the ends. Returns the values."""
    for part, known in ((counts, (counts["status"] != "suppressed").all()), (counts.assign(status="rounded"), True)):
        carried = carry(part, matrix, {"cases": "count"})
        low, high = (carried.values[end].sum() + carried.outside[end].sum() for end in ("low", "high"))
        nothing = 1e-9 * max(1, counts["high"].sum())
        assert low <= counts["low"].sum() + nothing
        assert high >= counts["high"].sum() - nothing
        if known:
            assert abs(low - counts["low"].sum()) <= nothing
            assert abs(high - counts["high"].sum()) <= nothing
    return carry(counts, matrix, {"cases": "count"}).values


@laws
@given(cuts, cuts, spots, people, seeds)
def test_both_ends_of_every_total_survive_and_nothing_is_negative(one, other, places, numbers, seed):
    old, new = strips("o", one), strips("n", other, across=seed % 2 == 0)
    for matrix in every_kind(old, new, places, numbers):
        assert np.allclose(matrix.weights.sum(axis=1) + matrix.outside, 1, atol=1e-12)
        values = check_totals(matrix, counts_of(list(matrix.sources), seed))
        assert (values["low"] >= 0).all()
        assert (values["low"] <= values["high"]).all()
        assert (values["error"] >= 0).all()


@laws
@given(cuts, st.integers(5, SIDE - 5), spots, people, seeds)
def test_what_lies_outside_is_counted_too(one, border, places, numbers, seed):
    old = strips("o", one)
    half = Geography.of(
        gpd.GeoDataFrame({"key": ["n"]}, geometry=[shapely.box(0, 0, SIDE, border)], crs=CRS), "key", "n"
    )
    for matrix in every_kind(old, half, places, numbers):
        check_totals(matrix, counts_of(list(matrix.sources), seed))


@laws
@given(cuts, spots, people, seeds)
def test_equal_geographies_change_nothing(one, places, numbers, seed):
    old = strips("o", one)
    for matrix in every_kind(old, Geography("again", old.units, old.shapes, old.crs), places, numbers):
        counts = counts_of(list(matrix.sources), seed)
        carried = carry(counts, matrix, {"cases": "count"}).values
        assert carried[["unit", "low", "high", "status"]].values.tolist() == (
            counts[["unit", "low", "high", "status"]].values.tolist()
        )
        assert (carried["error"] == 0).all()


@laws
@given(cuts, cuts, spots, people, seeds)
def test_the_order_of_rows_and_units_is_irrelevant(one, other, places, numbers, seed):
    random = np.random.default_rng(seed)
    old, new = strips("o", one), strips("n", other)
    turned = [Geography.of(shuffled(ground, random), "key", ground.name) for ground in (old, new)]
    mixed = [places[number] for number in random.permutation(len(places))]
    for first, second in zip(every_kind(old, new, places, numbers), every_kind(*turned, mixed, numbers), strict=True):
        assert first.content() == second.content()
        counts = counts_of(list(first.sources), seed)
        again = carry(counts.sample(frac=1, random_state=seed % 1000), second, {"cases": "count"})
        pd.testing.assert_frame_equal(carry(counts, first, {"cases": "count"}).values, again.values)


def shuffled(ground, random):
    order = random.permutation(len(ground.units))
    return gpd.GeoDataFrame({"key": np.array(ground.units)[order]}, geometry=ground.shapes[order], crs=ground.crs)


keys = st.lists(st.integers(0, 4), min_size=12, max_size=12)


@laws
@given(keys, keys, keys, seeds)
def test_adding_up_in_any_grouping_gives_the_same(one, two, three, seed):
    """Blocks to quarters to towns to regions: it does not matter which step is taken first."""
    first = by_key(pd.Series([f"b{number:02d}" for number in one], [f"a{place:02d}" for place in range(12)]), "a", "b")
    second = by_key(pd.Series([f"c{number:02d}" for number in two], [f"b{place:02d}" for place in range(12)]), "b", "c")
    third = by_key(
        pd.Series([f"d{number:02d}" for number in three], [f"c{place:02d}" for place in range(12)]), "c", "d"
    )
    left, right = compose(compose(first, second), third), compose(first, compose(second, third))
    assert left.rows().values.tolist() == right.rows().values.tolist()
    counts = counts_of(list(first.sources), seed)
    stepwise = counts
    for matrix in (first, second, third):
        padded = pd.concat([stepwise[counts.columns], zeros(set(matrix.sources) - set(stepwise["unit"]))])
        stepwise = carry(padded, matrix, {"cases": "count"}).values
    direct = carry(counts, left, {"cases": "count"}).values
    # a unit that nothing reaches is missing; step by step the test had to fill it with 0
    reached = set(left.rows()["target"])
    direct, stepwise = (frame[frame["unit"].isin(reached)] for frame in (direct, stepwise))
    assert direct[["unit", "low", "high"]].values.tolist() == stepwise[["unit", "low", "high"]].values.tolist()


def zeros(units):
    rows = {"unit": sorted(units), "feature": "cases", "period": DAY, "low": 0.0, "high": 0.0, "status": "observed"}
    return pd.DataFrame(rows)


@laws
@given(cuts, cuts, spots, people, seeds)
def test_bounds_hold_whatever_was_hidden(one, other, places, numbers, seed):
    """Any true counts within the bounds of the sources give counts within the bounds of the targets."""
    old, new = strips("o", one), strips("n", other, across=True)
    random = np.random.default_rng(seed)
    for matrix in every_kind(old, new, places, numbers):
        counts = counts_of(list(matrix.sources), seed)
        truth = random.uniform(counts["low"], counts["high"])
        exact = counts.assign(low=truth, high=truth, status="observed")
        bounds, found = (carry(rows, matrix, {"cases": "count"}).values for rows in (counts, exact))
        assert (bounds["low"] <= found["low"] + 1e-9).all()
        assert (found["high"] <= bounds["high"] + 1e-9).all()


@laws
@given(cuts, cuts, spots, people)
def test_a_kept_matrix_is_the_matrix(one, other, places, numbers):
    for matrix in every_kind(strips("o", one), strips("n", other), places, numbers):
        assert Matrix.from_content(matrix.content()).content() == matrix.content()


@laws
@given(cuts)
def test_cells_are_carried_by_their_ground_exactly(other):
    """An even field: what areas get is their part of the ground."""
    new = strips("n", other)
    matrix = of_cells(CELLS, new)
    counts = counts_of(list(matrix.sources), 0).assign(low=100.0, high=100.0, status="observed")
    carried = carry(counts, matrix, {"cases": "count"}).values
    assert np.allclose(carried["low"], shapely.area(new.shapes) / 100, rtol=2e-3)
