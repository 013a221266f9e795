"""Carrying loses nobody, invents nobody, and does not care about the order of rows."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialraum.indicators import carry
from sozialraum.indicators.pieces import plan_weights
from sozialraum.indicators.scoring import score, status_class

END = "2025-12-31"
BLOCKS = [f"{town}-{number}" for town in "AB" for number in range(4)]
TOWNS = pd.DataFrame({"ags": ["A", "B"]})


def plan_of(plan_id, numbers):
    assignment = pd.Series([f"{block[0]}-0{number}" for block, number in zip(BLOCKS, numbers, strict=True)], BLOCKS)
    areas = pd.DataFrame({"area_id": sorted(set(assignment))})
    areas["municipality"], areas["code"] = areas["area_id"].str[0], areas["area_id"].str[2:]
    return SimpleNamespace(plan_id=plan_id, assignment=assignment, areas=areas)


def blocks_of(people):
    return pd.DataFrame({"block_id": BLOCKS, "municipality": [name[0] for name in BLOCKS], "population": people})


def rows_of(geography, units, numbers, feature="employees"):
    frame = pd.DataFrame({"geography": geography, "unit": units, "low": np.array(numbers, float)})
    return frame.assign(high=frame["low"], feature=feature, period=END, status="observed", cell="")


plans = st.lists(st.integers(1, 3), min_size=8, max_size=8)
people = st.lists(st.integers(0, 900), min_size=8, max_size=8)
counts = st.lists(st.integers(0, 5000), min_size=8, max_size=8)


@settings(max_examples=15, deadline=None)
@given(plans, plans, people, counts)
def test_totals_survive_a_change_of_the_plan(old, new, inhabitants, numbers):
    former, plan = plan_of("old", old), plan_of("new", new)
    units = former.areas["area_id"].tolist()
    table = rows_of("plan:old", units, numbers[: len(units)])
    result = carry(table, None, plan, blocks_of(inhabitants), TOWNS, [END], former=[former])
    own = result[result["feature"] == "employees"]
    for level in ("area", "municipality", "region"):
        assert abs(own.loc[own["level"] == level, "low"].sum() - table["low"].sum()) < 1e-9 * max(1, table["low"].sum())
    # every old area lies within a municipality: its total is not divided
    assert set(own.loc[own["level"] != "area", "status"]) <= {"observed"}


@settings(max_examples=15, deadline=None)
@given(plans, plans, people)
def test_the_weights_of_an_old_area_add_up_to_one(old, new, inhabitants):
    matrix = plan_weights(plan_of("old", old), plan_of("new", new), blocks_of(inhabitants))
    assert np.allclose(matrix.weights.sum(axis=1), 1, atol=1e-12)
    assert (matrix.outside == 0).all()


@settings(max_examples=10, deadline=None)
@given(plans, plans, people, counts, st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(old, new, inhabitants, numbers, seed):
    former, plan, blocks = plan_of("old", old), plan_of("new", new), blocks_of(inhabitants)
    units = former.areas["area_id"].tolist()
    table = pd.concat(
        [rows_of("plan:old", units, numbers[: len(units)]), rows_of("block", BLOCKS, numbers, "households")]
    )
    first = carry(table, None, plan, blocks, TOWNS, [END], former=[former])
    mixed = carry(table.sample(frac=1, random_state=seed), None, plan, blocks, TOWNS, [END], former=[former])
    pd.testing.assert_frame_equal(first, mixed, check_exact=False, rtol=1e-12)


shares = st.lists(st.floats(0.01, 0.9), min_size=6, max_size=30, unique=True)


@settings(max_examples=60, deadline=None)
@given(shares, st.floats(0.1, 10), st.floats(0, 5))
def test_classes_do_not_depend_on_unit_or_origin_of_an_indicator(values, scale, shift):
    """Per cent or per thousand, from zero or from somewhere else: z values are the same."""
    plain = np.array(values)[:, None]
    moved = plain * scale + shift
    first, second = score(plain, plain, [1]).low, score(moved, moved, [1]).low
    assert np.allclose(first, second, atol=1e-6)
    clear = np.min(np.abs(first[:, None] - [-1, 1, 1.5]), axis=1) > 1e-6
    assert (status_class(first)[clear] == status_class(second)[clear]).all()


@settings(max_examples=60, deadline=None)
@given(shares)
def test_turning_the_direction_mirrors_the_scores(values):
    table = np.array(values)[:, None]
    assert np.allclose(score(table, table, [1]).low, -score(table, table, [-1]).low, atol=1e-9)
