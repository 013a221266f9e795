"""A list of old and new keys beside counts of both."""

import pandas as pd
import pytest

from sozialraum.base import InputRefused
from sozialraum.carrying import match_keys

OLD = pd.Series({"o1": 100, "o2": 50, "o3": 60, "o4": 7, "o5": 30})
NEW = pd.Series({"n1": 100, "n2": 110, "n4a": 8, "n5a": 10, "n5b": 20, "n6": 3})
LISTED = {"o1": ["n1"], "n2": ["o2", "o3"], "o4": ["n4a"], "o5": ["n5a"], "n5b": ["o5"], "district": ["other"]}


def test_groups_are_equal_unequal_or_without_a_partner():
    groups = match_keys(LISTED, OLD, NEW).groups
    assert groups[["old", "new", "state"]].values.tolist() == [
        [("o1",), ("n1",), "equal"],
        [("o2", "o3"), ("n2",), "equal"],
        [("o4",), ("n4a",), "unequal"],
        [("o5",), ("n5a", "n5b"), "equal"],
        [(), ("n6",), "without_partner"],
    ]
    assert groups[["old_count", "new_count"]].sum().tolist() == [OLD.sum(), NEW.sum()]


def test_a_split_without_weights_is_refused_by_name():
    matches = match_keys(LISTED, OLD, NEW)
    assert matches.splits() == ["o5"]
    with pytest.raises(InputRefused, match="Mehrere Ziele ohne Anteile: o5"):
        matches.matrix("old", "new")


def test_with_weights_it_is_divided_and_an_unequal_group_stays_outside():
    weights = {("o1", "n1"): 1.0, ("o2", "n2"): 1.0, ("o3", "n2"): 1.0, ("o5", "n5a"): 0.25, ("o5", "n5b"): 0.75}
    matrix = match_keys(LISTED, OLD, NEW).matrix("old", "new", weights)
    assert dict(zip(matrix.sources, matrix.outside.tolist(), strict=True))["o4"] == 1
    assert matrix.rows().query("source == 'o5'")["weight"].tolist() == [0.25, 0.75]
    assert "n6" in matrix.targets
