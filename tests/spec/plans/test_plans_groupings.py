"""Groupings: several levels and overlapping ones for each purpose; nesting is checked, never assumed."""

import pandas as pd
import pytest

from plan_edits import AGS, BLOCKS, plain_plan
from sozialraum.base import UsageError
from sozialraum.plans import Grouping, check_nesting, group_areas

PLAN = plain_plan("AAABBBCCCDDD")  # areas 1 to 4, three blocks each
PEOPLE = dict.fromkeys(BLOCKS, 100)


def grouping(text: str, relation: str, ags: str = AGS) -> Grouping:
    """One letter per block; '.' = in no unit."""
    units = {block: letter for block, letter in zip(BLOCKS, text, strict=True) if letter != "."}
    assignment = pd.Series(units, dtype=object, name="unit")
    names = {letter: f"Bezirk {letter}" for letter in set(units.values())}
    return Grouping("g", ags, "Bezirke", "Gespräche", "Bezirk", relation, assignment, names)


CASES = [
    # units per block, relation, what is found
    ("XXXXXXYYYYYY", "above", []),  # areas 1, 2 in X and 3, 4 in Y
    ("XXXXXYYYYYYY", "above", ["„2 Gebiet 2“ liegt in mehreren Einheiten: „X Bezirk X“, „Y Bezirk Y“"]),
    ("XXXXXYYYYYYY", "free", []),  # overlapping on purpose
    ("PQQRSSTTUVVV", "below", []),  # quarters inside the areas
    ("PQQQSSTTUVVV", "below", ["„Q Bezirk Q“ liegt in mehreren Einheiten: „1 Gebiet 1“, „2 Gebiet 2“"]),
    ("XXXXXXYYY...", "above", ["3 Bausteine gehören zu keiner Einheit der Gliederung"]),
]


@pytest.mark.parametrize(("units", "relation", "found"), CASES)
def test_nesting_is_checked(units, relation, found):
    said = [finding.sentence() for finding in check_nesting(grouping(units, relation), PLAN, PEOPLE)]
    assert len(said) == len(found)
    for sentence, wanted in zip(said, found, strict=True):
        assert wanted in sentence


def test_a_crossing_names_areas_blocks_and_inhabitants():
    (finding,) = check_nesting(grouping("XXXXXYYYYYYY", "above"), PLAN, PEOPLE)
    assert "Außerhalb von „X Bezirk X“: 1 Baustein (05999004-F) mit 100 EW." in finding.what.replace("\xa0", " ")
    assert finding.severity == "warning"


def test_four_areas_regrouped_into_two_nest_in_the_plan_they_came_from_and_are_checked_against_the_next():
    units = {f"{AGS}-01": "G1", f"{AGS}-02": "G1", f"{AGS}-03": "G2", f"{AGS}-04": "G2"}
    talks = group_areas(PLAN, units, grouping_id="t", title="Gespräche", ags=AGS)
    assert talks.assignment.value_counts().to_dict() == {"G1": 6, "G2": 6}
    assert check_nesting(talks, PLAN) == []
    later = plain_plan("AAABBBBCCDDD")  # block G moved from area 3 to area 2
    (finding,) = check_nesting(talks, later)
    assert "„2 Gebiet 2“" in finding.what
    assert "05999004-G" in finding.what


def test_an_area_that_the_plan_does_not_have_is_refused():
    with pytest.raises(UsageError, match="05999004-09"):
        group_areas(PLAN, {f"{AGS}-09": "G1"}, grouping_id="t", title="Gespräche")
