"""What planners wish for decides the proposal, on a town one can check by looking.

A A B B     two rows alike from west to east, a river between the rows
C C D D
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from sozialraum.base import Interrupted
from sozialraum.delineation import Wishes, check_plan, make_plan, propose, repeat
from village import AGS, EAST, NORTH, draw_blocks, draw_municipality, groups, village_blocks

TOWN = """
AABB
AABB
CCDD
CCDD
"""
WEST_EAST = {"A": 1.0, "B": 3.0, "C": 1.1, "D": 3.1}
NORTH_SOUTH = {"A": 1.0, "B": 1.1, "C": 3.0, "D": 3.1}
RIVER = gpd.GeoDataFrame(
    {"kind": ["river"], "name": ["Inde"]},
    geometry=[shapely.LineString([(EAST, NORTH - 200), (EAST + 400, NORTH - 200)])],
    crs="EPSG:25832",
)
BRIDGES = gpd.GeoDataFrame(
    {"kind": ["bridge", "crossing"], "name": ["", ""]},
    geometry=[shapely.Point(EAST + 100, NORTH - 200), shapely.Point(EAST + 300, NORTH - 200)],
    crs="EPSG:25832",
)


def town(**attributes):
    return draw_blocks(TOWN, dict.fromkeys("ABCD", 1000), **attributes)


def cut(blocks, lines=None, **wishes):
    wish = Wishes(areas=2, size_low=100, size_high=9000, **wishes)
    return groups(propose(blocks, draw_municipality(TOWN), lines=lines, wishes=wish).assignment)


def test_the_family_that_counts_decides():
    blocks = town(social_a=WEST_EAST, building_a=NORTH_SOUTH)
    assert cut(blocks, weights={"social": 3, "building": 1}) == ["AC", "BD"]
    assert cut(blocks, weights={"social": 1, "building": 3}) == ["AB", "CD"]
    assert cut(blocks, weights={"social": 0}) == ["AB", "CD"]


def test_a_river_divides_and_a_bridge_joins():
    blocks = town(social_a=WEST_EAST)
    assert cut(blocks, RIVER, barriers=1) == ["AC", "BD"]
    assert cut(blocks, RIVER, barriers=4) == ["AB", "CD"]
    assert cut(blocks, RIVER, barriers=0) == ["AC", "BD"]
    both = pd.concat([RIVER, BRIDGES], ignore_index=True)
    assert cut(blocks, both, barriers=4) == ["AC", "BD"]


def test_the_present_plan_holds_where_change_has_a_price():
    blocks, rule = town(social_a=WEST_EAST, housing_a=NORTH_SOUTH), draw_municipality(TOWN)
    sizes = {"areas": 2, "size_low": 100, "size_high": 9000}
    before = propose(blocks, rule, wishes=Wishes(weights={"housing": 9}, **sizes))
    assert groups(before.assignment) == ["AB", "CD"]
    free = propose(blocks, rule, wishes=Wishes(weights={"social": 1.1}, **sizes), keep=before)
    held = propose(blocks, rule, wishes=Wishes(weights={"social": 1.1}, change=1.0, **sizes), keep=before)
    assert groups(free.assignment) == ["AC", "BD"]
    assert groups(held.assignment) == ["AB", "CD"]


def test_sizes_of_the_wishes_replace_those_of_the_municipality():
    plan = propose(village_blocks(), draw_municipality(), wishes=Wishes(size_low=1000, size_high=2600, target=1800))
    rule = plan.parameters["municipalities"][AGS]
    assert (rule["areas"], rule["size_low"], rule["size_high"]) == (2, 1000.0, 2600.0)


@pytest.mark.parametrize(("areas", "number"), [((4, 6), 4), ((1, 3), 3), (None, 3), (2, 2)])
def test_the_number_of_areas_is_a_number_a_range_or_free(areas, number):
    plan = propose(village_blocks(), draw_municipality(), wishes=Wishes(areas=areas))
    assert len(plan.areas) == number


def test_similar_sizes_are_kept_as_far_as_possible():
    row = draw_blocks(
        "ABCDEF", dict.fromkeys("ABCDEF", 1000), social_a=dict(zip("ABCDEF", [0, 9, 9, 9, 9, 9], strict=True))
    )
    rule = draw_municipality("ABCDEF", low=900, high=6000, areas=2)
    assert groups(propose(row, rule, wishes=Wishes(areas=2, balance=0.0)).assignment) == ["A", "BCDEF"]
    plan = propose(row, rule, wishes=Wishes(areas=2, balance=1.0))
    assert groups(plan.assignment) == ["ABC", "DEF"]
    uneven = row.assign(population=[5000, 100, 200, 300, 400, 900])
    plan = propose(uneven, rule, wishes=Wishes(areas=2, balance=1.0))
    assert "Musterdorf: Ähnlich große Gebiete waren nur zum Teil möglich." in plan.parameters["notes"]


def test_a_field_goes_with_the_nearest_settlement():
    """Uninhabited land is no bridge between villages: each field belongs to the place it lies at."""
    row = draw_blocks("AbcdEF", {"A": 900, "E": 900, "F": 900}, social_a={"A": 1.0, "E": 9.0, "F": 9.0})
    rule = draw_municipality("AbcdEF", low=700, high=2000, areas=2)
    assert groups(propose(row, rule).assignment) == ["Abc", "EFd"]


def test_land_stays_free_where_no_settlement_can_have_it():
    """Two areas, one inhabited block: the field is an area of its own where nobody has to live in an area."""
    row, rule = draw_blocks("Ab", {"A": 900}), draw_municipality("Ab", low=0, high=2000, areas=2)
    assert groups(propose(row, rule).assignment) == ["A", "b"]


def test_small_areas_are_warned_of_in_planners_words():
    notes = propose(village_blocks(), draw_municipality()).parameters["notes"]
    assert notes == [
        "Musterdorf: 1 Gebiet hat weniger als 1.000 Einwohnerinnen und Einwohner; dafür liefert die "
        "Bundesagentur für Arbeit in der Regel keine eigenen Zahlen."
    ]


def test_an_unchanged_area_keeps_its_key_and_name():
    blocks, rule = village_blocks(), draw_municipality()
    rows = [(f"{AGS}-07", "7", "Markt", AGS, "revised"), (f"{AGS}-01", "1", "Rest", AGS, "revised")]
    areas = pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"])
    old = {block: f"{AGS}-07" if block[-1] in "ABC" else f"{AGS}-01" for block in blocks["block_id"]}
    present = make_plan(old, areas, title="", created="")
    after = propose(blocks, rule, keep=present)
    assert after.areas[["area_id", "name"]].to_numpy().tolist() == [
        [f"{AGS}-01", "Nordfeld"],
        [f"{AGS}-02", "Mühlweiler"],
        [f"{AGS}-07", "Markt"],
    ]
    assert groups(after.assignment) == ["DEF", "JKLghi", "ABC"]


CHANGES = [
    ("population", lambda blocks: blocks.assign(population=blocks["population"] + 1)),
    ("attribute", lambda blocks: blocks.assign(housing_rent=blocks["housing_rent"] + 1)),
    ("unknown value", lambda blocks: blocks.assign(housing_rent=np.nan)),
    ("shape", lambda blocks: blocks.set_geometry(blocks.geometry.translate(1, 0))),
]


@pytest.mark.parametrize(("what", "change"), CHANGES)
def test_changed_inputs_are_noticed(what, change):
    blocks, rule = village_blocks(), draw_municipality()
    plan = propose(blocks, rule)
    findings = check_plan(plan, change(blocks), rule)
    assert [finding.what for finding in findings if finding.severity == "warning"] == [
        "Musterdorf: Die Angaben haben sich seit dem Vorschlag geändert."
    ]


def test_the_order_of_rows_is_no_change():
    blocks, rule = village_blocks(), draw_municipality()
    assert check_plan(propose(blocks, rule), blocks.iloc[::-1], rule) == ()


def test_lines_belong_to_the_inputs_when_they_are_given():
    blocks, rule = town(social_a=WEST_EAST), draw_municipality(TOWN, areas=2, low=100, high=9000)
    plan = propose(blocks, rule, lines=RIVER)
    assert check_plan(plan, blocks, rule, RIVER) == ()
    assert check_plan(plan, blocks, rule) == ()
    assert (
        len(check_plan(plan, blocks, rule, RIVER.translate(0, 5).to_frame("geometry").assign(kind="river", name="")))
        == 1
    )


def test_a_proposal_can_be_repeated_from_what_the_plan_stores():
    blocks, rule = village_blocks(), draw_municipality()
    wishes = Wishes(areas=(2, 4), compactness=0.5, weights={"social": 2.0})
    plan = propose(blocks, rule, wishes=wishes, seed=7)
    assert repeat(plan, blocks, rule) == ()
    changed = blocks.assign(population=blocks["population"] + 1)
    assert [finding.severity for finding in repeat(plan, changed, rule)] == ["warning"]
    swapped = dict(plan.assignment) | {f"{AGS}-C": plan.assignment[f"{AGS}-D"]}
    other = plan.with_(assignment=swapped)
    assert [finding.severity for finding in repeat(other, blocks, rule)] == ["error"]


def test_between_two_municipalities_one_can_stop():
    class Stop:
        def stage(self, text): ...

        def done(self, text): ...

        def step(self, done, total):
            if done == 1:
                raise Interrupted("")

    blocks = pd.concat([village_blocks(), draw_blocks("AB", {"A": 800, "B": 900}, ags="05999008")])
    rules = pd.concat([draw_municipality(), draw_municipality("AB", ags="05999008", areas=2)])
    with pytest.raises(Interrupted):
        propose(blocks, rules, progress=Stop())
