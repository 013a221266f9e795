import numpy as np
import pandas as pd
import pytest

from sozialraum.indicators import compute, definitions, note_sentences

END = "2025-12-31"
SHARE = tuple(one for one in definitions() if one.id == "unemployed_share")


def counts(*rows):
    """rows: level, unit, unemployed (low, high, status), base."""
    table = []
    for level, unit, number, base, *scope in rows:
        low, high, status = number if isinstance(number, tuple) else (number, number, "observed")
        table.append((level, unit, "unemployed", END, low, high, status, "", *(scope or [""]), ""))
        table.append((level, unit, "pop_15_65", END, base, base, "observed", "", "", ""))
    names = ["level", "unit", "feature", "period", "low", "high", "status", "provenance", "scope", "note"]
    return pd.DataFrame(table, columns=names)


def one(*rows):
    return compute(counts(*rows), None, SHARE).set_index("unit")


def test_count_base_share_and_interval_stand_together():
    row = one(("area", "A-01", 50, 1000)).loc["A-01"]
    assert (row["count_low"], row["base_low"], row["share_low"], row["status"]) == (50, 1000, 0.05, "observed")
    assert row["ci_low"] < 0.05 < row["ci_high"]


@pytest.mark.parametrize(("number", "versus"), [(90, "higher"), (52, "same"), (20, "lower")])
def test_an_area_differs_only_when_its_whole_interval_does(number, versus):
    found = one(("area", "A-01", number, 1000), ("region", "region", 5000, 100000))
    assert found.loc["A-01", "versus"] == versus
    assert found.loc["region", "versus"] == "none"


def test_a_hidden_count_keeps_bounds_but_no_interval_and_no_comparison():
    row = one(("area", "A-01", (1, 9, "suppressed"), 300), ("region", "region", 5000, 100000)).loc["A-01"]
    assert (row["share_low"], row["share_high"]) == (1 / 300, 9 / 300)
    assert np.isnan(row["ci_low"])
    assert row["versus"] == "none"


def test_a_missing_count_gives_nothing():
    row = one(("area", "A-01", (np.nan, np.nan, "missing"), 300)).loc["A-01"]
    assert row["status"] == "missing"
    assert np.isnan(row["share_low"])


@pytest.mark.parametrize(
    ("base", "status", "note"),
    [(0, "blocked", "base_zero"), (19, "blocked", "few_cases"), (20, "uncertain", "small_base"), (50, "observed", "")],
)
def test_small_bases_are_marked(base, status, note):
    row = one(("area", "A-01", 0, base)).loc["A-01"]
    assert (row["status"], row["note"]) == (status, note)
    assert len(note_sentences(note)) == bool(note)


def test_the_region_without_a_municipality_loses_its_base_too():
    found = one(
        ("municipality", "A", 50, 1000),
        ("municipality", "B", (np.nan, np.nan, "missing"), 400),
        ("region", "region", 50, 1400, "B"),
    )
    assert found.loc["region", ["base_low", "share_low", "scope"]].tolist() == [1000, 0.05, "B"]


def test_a_value_of_another_date_is_not_compared():
    table = counts(("area", "A-01", 90, 1000), ("region", "region", 5000, 100000))
    table.loc[0, "note"] = "other_date=2024-12-31"
    assert compute(table, None, SHARE).set_index("unit").loc["A-01", "versus"] == "none"
