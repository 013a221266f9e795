"""Places known as two ends, and classes without a target rate."""

import pandas as pd
import pytest

from sozialraum.need import Target, supply


class Plan:
    areas = pd.DataFrame({"area_id": ["a", "b", "c", "d"], "municipality": "05999004", "name": list("ABCD")})


def released(places):
    """places : area -> (low, high); each area has 100 children."""
    rows = []
    for area, (low, high) in places.items():
        common = {"level": "area", "unit": area, "period": "2025-12-31", "scope": "", "note": ""}
        rows.append({**common, "feature": "children", "low": 100.0, "high": 100.0, "status": "observed"})
        rows.append({**common, "feature": "places", "low": low, "high": high, "status": "rounded"})
    return pd.DataFrame(rows)


def classes(places, rate):
    target = Target(rate, "", "", group="none", children="children", places="places", need="any")
    values = pd.DataFrame(columns=["indicator", "level", "unit", "period", "versus"])
    return supply(released(places), Plan(), values, target).set_index("unit")["supply_class"].to_dict()


@pytest.mark.parametrize(
    ("ends", "expected"),
    [((40.0, 44.0), "low"), ((48.0, 52.0), "medium"), ((56.0, 60.0), "high"), ((43.0, 47.0), "none")],
)
def test_two_ends_have_a_class_when_both_lie_in_it(ends, expected):
    assert classes({"a": ends}, rate=0.5)["a"] == expected


def test_no_places_at_all_are_low_even_where_most_areas_have_none():
    found = classes({"a": (0.0, 0.0), "b": (0.0, 0.0), "c": (0.0, 0.0), "d": (98.0, 102.0)}, rate=None)
    assert found == {"a": "low", "b": "low", "c": "low", "d": "high"}
