"""Laws of a release, checked by an auditor that shares no code with it."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from release_auditor import audit

from sozialraum.protection import release

END = "2025-12-31"
TOWNS = {"M": ["M-01", "M-02", "M-03"], "N": ["N-01", "N-02"]}
NEED = {"hh": 3, "po": 3, "fa": 5, "un": 3}


def with_totals(areas: pd.DataFrame) -> pd.DataFrame:
    """Area counts (unit x feature) as the long table with towns and region."""
    towns = pd.DataFrame({town: areas.loc[members].sum() for town, members in TOWNS.items()}).T
    tables = {"area": areas, "municipality": towns, "region": towns.sum().to_frame("region").T}
    rows = [
        (level, unit, feature, float(table.loc[unit, feature]))
        for level, table in tables.items()
        for unit in table.index
        for feature in table.columns
    ]
    long = pd.DataFrame(rows, columns=["level", "unit", "feature", "low"])
    return long.assign(high=long["low"], status="observed", period=END, provenance="", scope="", note="")


def tables(features):
    units = [unit for members in TOWNS.values() for unit in members]
    few = st.integers(0, 12) | st.integers(20, 60)
    size = len(units) * len(features)
    return st.lists(few, min_size=size, max_size=size).map(
        lambda numbers: pd.DataFrame(np.reshape(numbers, (len(units), len(features))), units, features)
    )


@settings(max_examples=20, deadline=None)
@given(tables(["pop_03_06_f", "pop_03_06_m", "pop_80_up_f", "pop_80_up_m", "family_aid"]))
def test_no_hidden_count_can_be_recomputed(areas):
    values = release(with_totals(areas)).values
    for (unit, feature), width in audit(values, TOWNS).items():
        assert width >= NEED[feature[:2]] - 1e-6, (unit, feature, width)


@settings(max_examples=20, deadline=None)
@given(tables(["pop_03_06_f", "pop_03_06_m", "family_aid"]))
def test_small_counts_are_hidden_and_shown_counts_are_true(areas):
    counts = with_totals(areas)
    values = release(counts).values.merge(counts, on=["unit", "feature"], suffixes=("", "_true"))
    shown = values[values["reason"] == ""]
    assert (shown["low"] == shown["low_true"]).all()
    least = shown["feature"].map(lambda feature: NEED[feature[:2]])
    assert ((shown["low"] == 0) | (shown["low"] >= least)).all()
    hidden = values[values["reason"] != ""]
    assert ((hidden["low"] <= hidden["low_true"]) & (hidden["low_true"] <= hidden["high"])).all()


@settings(max_examples=8, deadline=None)
@given(tables(["pop_03_06_f", "pop_03_06_m", "family_aid"]), st.integers(0, 99))
def test_the_order_of_rows_is_irrelevant(areas, seed):
    counts = with_totals(areas)
    first, second = release(counts), release(counts.sample(frac=1, random_state=seed))
    pd.testing.assert_frame_equal(first.values, second.values)
    assert first.fingerprint == second.fingerprint


@settings(max_examples=20, deadline=None)
@given(tables(["pop_03_06_f", "pop_03_06_m", "pop_80_up_f", "pop_80_up_m"]))
def test_printed_bounds_are_what_the_auditor_finds(areas):
    values = release(with_totals(areas)).values
    ours = values.set_index(["unit", "feature"])
    for cell, width in audit(values, TOWNS).items():
        assert abs((ours.loc[cell, "high"] - ours.loc[cell, "low"]) - width) < 1e-5


def test_the_auditor_finds_a_leak_where_there_is_one():
    """Four hidden cells in a square are safe; showing one of them gives the others away."""
    areas = pd.DataFrame({"family_aid": [3, 8, 30, 40, 50]}, index=[a for m in TOWNS.values() for a in m])
    values = release(with_totals(areas)).values
    leaking = values.copy()
    leaking.loc[leaking["unit"] == "M-02", ["low", "high", "status"]] = [8, 8, "observed"]
    assert min(audit(values, TOWNS).values()) >= 5
    assert min(audit(leaking, TOWNS).values()) == 0
