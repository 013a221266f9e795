"""A block is divided in two: geometry, shares with their basis, counts that survive, older plans as they were."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from sozialraum.base import InputRefused, UsageError
from sozialraum.blocks import neighbours
from sozialraum.delineation import make_plan
from sozialraum.plans.block_lineage import facilities_onto, observations_onto, parts_of, plan_onto
from sozialraum.plans.block_split import BlockSplit, shared_out, split_block
from village import AGS, EAST, NORTH, draw_blocks

DRAWING = """
AAB
AAC
"""
WHEN = "2026-03-02T10:00:00+00:00"
FIRST, SECOND = f"{AGS}-A.1", f"{AGS}-A.2"


def line(*points: tuple[float, float]) -> shapely.LineString:
    """A line in metres from the north-west corner."""
    return shapely.LineString([(EAST + x, NORTH - y) for x, y in points])


ACROSS = line((-10, 50), (210, 50))  # a quarter of A lies north of it


def divided(**more: object) -> tuple[gpd.GeoDataFrame, BlockSplit]:
    blocks = draw_blocks(DRAWING, {"A": 101, "B": 10, "C": 20}, social_rate={"A": 0.4, "B": 0.1, "C": 0.2})
    options = {"line": ACROSS, "role": "Fachleute", "when": WHEN} | more
    return split_block(blocks, f"{AGS}-A", **options)  # type: ignore[arg-type]


def houses(*places: tuple[float, float]) -> gpd.GeoDataFrame:
    points = [shapely.Point(EAST + x, NORTH - y) for x, y in places]
    return gpd.GeoDataFrame({"block_id": f"{AGS}-A"}, geometry=points, crs="EPSG:25832", index=range(len(points)))


def footprints(*places: tuple[float, float, float]) -> gpd.GeoDataFrame:
    """Square buildings: place of the north-west corner and length of a side."""
    boxes = [shapely.box(EAST + x, NORTH - y - side, EAST + x + side, NORTH - y) for x, y, side in places]
    return gpd.GeoDataFrame({"kind": "building", "name": ""}, geometry=boxes, crs="EPSG:25832", index=range(len(boxes)))


BASES = [
    # addresses, buildings, share of the northern part, basis, people
    (houses((50, 10), (60, 10), (70, 10), (50, 150)), footprints((10, 10, 10)), 0.75, "addresses", (76, 25)),
    (None, footprints((10, 10, 10), (10, 100, 20)), 0.2, "dwellings", (20, 81)),
    (None, None, 0.25, "ground", (25, 76)),
    (houses(), footprints(), 0.25, "ground", (25, 76)),
]


@pytest.mark.parametrize(("addresses", "buildings", "share", "basis", "people"), BASES)
def test_shares_rest_on_addresses_then_buildings_then_ground(addresses, buildings, share, basis, people) -> None:  # type: ignore[no-untyped-def]
    blocks, record = divided(addresses=addresses, buildings=buildings)
    found = record.share_of("population")
    assert (found.share, found.basis) == (pytest.approx(share), basis)
    assert tuple(blocks.set_index("block_id").loc[[FIRST, SECOND], "population"]) == people
    assert blocks["population"].sum() == 131


def test_the_blocks_stay_without_gap_and_rates_hold_for_both_parts() -> None:
    blocks, record = divided()
    assert list(blocks["block_id"]) == [FIRST, SECOND, f"{AGS}-B", f"{AGS}-C"]
    assert shapely.coverage_is_valid(blocks.geometry.to_numpy())
    assert blocks.geometry.area.sum() == 60_000
    assert list(blocks["social_rate"]) == [0.4, 0.4, 0.1, 0.2]
    assert record.share_of("social_rate").basis == "same"
    pairs = {tuple(blocks["block_id"].iloc[pair].str[-3:]) for pair in neighbours(blocks).edges.tolist()}
    assert pairs == {("A.1", "A.2"), ("A.1", "4-B"), ("A.2", "4-B"), ("A.2", "4-C"), ("4-B", "4-C")}


def test_a_person_may_know_a_share_better() -> None:
    _blocks, record = divided(shares={"dwellings": 0.6})
    assert (record.share_of("dwellings").share, record.share_of("dwellings").basis) == (0.6, "decided")
    assert record.share_of("households").basis == "ground"


WRONG_LINES = [
    (line((10, 10), (50, 50)), "durchquert den Baustein 05999004-A nicht ganz"),
    (line((300, 0), (300, 200)), "durchquert den Baustein 05999004-A nicht ganz"),
    (line((-10, 50), (210, 50), (210, 100), (-10, 100)), "teilt den Baustein 05999004-A in 3 Stücke"),
]


@pytest.mark.parametrize(("drawn", "sentence"), WRONG_LINES)
def test_a_line_that_does_not_make_two_parts_is_refused(drawn: shapely.LineString, sentence: str) -> None:
    with pytest.raises(InputRefused, match=sentence):
        divided(line=drawn)


def test_a_division_needs_a_role() -> None:
    with pytest.raises(UsageError, match="Rolle"):
        divided(role=" ")


@pytest.mark.parametrize(
    ("total", "share", "parts"),
    [
        (101, 0.25, (25, 76)),
        (1, 0.5, (1, 0)),
        (0, 0.3, (0, 0)),
        (7, 1.0, (7, 0)),
        (3, 0.0, (0, 3)),
        (2.5, 0.5, (1.25, 1.25)),
    ],
)
def test_counts_are_shared_out_whole(total: float, share: float, parts: tuple[float, float]) -> None:
    assert shared_out(total, share) == parts


def observed(*rows: tuple[str, str, float, float, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["unit", "feature", "low", "high", "status"])
    return frame.assign(geography="block", period="2025-12-31", cell="Zeile 2")


def plan(areas: dict[str, str]):  # type: ignore[no-untyped-def]
    ids = sorted(set(areas.values()))
    rows = pd.DataFrame({"area_id": ids, "code": [area[-1] for area in ids], "name": "x", "municipality": AGS})
    return make_plan(
        {f"{AGS}-{block}": area for block, area in areas.items()},
        rows.assign(origin="proposal"),
        title="Plan",
        created=WHEN,
    )


CARRIED = [
    # delivered for A; both parts in one area?; expected rows: unit, low, high, status, carried
    ((10, 10, "observed"), True, [("A.1", 10, 10, "observed", False)]),
    ((10, 10, "observed"), False, [("A.1", 3, 3, "estimated", True), ("A.2", 7, 7, "estimated", True)]),
    ((1, 2, "suppressed"), False, [("A.1", 0, 2, "suppressed", True), ("A.2", 0, 2, "suppressed", True)]),
    ((1, 2, "suppressed"), True, [("A.1", 1, 2, "suppressed", False)]),
]


@pytest.mark.parametrize(("value", "together", "expected"), CARRIED)
def test_counts_delivered_for_the_old_block_reach_its_parts(value, together, expected) -> None:  # type: ignore[no-untyped-def]
    _blocks, record = divided()
    areas = plan({"A.1": "x1", "A.2": "x1" if together else "x2", "B": "x1", "C": "x2"})
    found = observations_onto(observed((f"{AGS}-A", "households", *value)), [record], areas.assignment)
    rows = found[["unit", "low", "high", "status", "carried"]].itertuples(index=False, name=None)
    assert [(unit[9:], *rest) for unit, *rest in rows] == expected


def test_counts_delivered_for_the_parts_reach_a_plan_of_the_old_block() -> None:
    _blocks, record = divided()
    areas = plan({"A": "x1", "B": "x1", "C": "x2"})
    rows = observed((FIRST, "households", 4, 4, "observed"), (SECOND, "households", 5, 5, "observed"))
    found = observations_onto(rows, [record], areas.assignment)
    assert list(found["unit"]) == [f"{AGS}-A", f"{AGS}-A"]
    assert set(found["status"]) == {"observed"}


def test_an_older_plan_keeps_its_areas_on_the_new_blocks_and_back() -> None:
    blocks, record = divided()
    old = plan({"A": "x1", "B": "x1", "C": "x2"})
    new = plan_onto(old, [record], blocks)
    assert {block[9:]: area for block, area in new.assignment.items()} == {
        "A.1": "x1", "A.2": "x1", "B": "x1", "C": "x2",
    }  # fmt: skip
    assert plan_onto(new, [record], draw_blocks(DRAWING)).assignment.to_dict() == old.assignment.to_dict()


def test_a_block_divided_twice_is_found_through_both_divisions() -> None:
    blocks, first = divided()
    _again, second = split_block(
        blocks, SECOND, line((100, 40), (100, 210)), role="Fachleute", when=WHEN
    )  # the southern part, from north to south
    known = {FIRST, f"{SECOND}.1", f"{SECOND}.2", f"{AGS}-B", f"{AGS}-C"}
    assert parts_of(f"{AGS}-A", [first, second], known) == (FIRST, f"{SECOND}.1", f"{SECOND}.2")
    assert parts_of(f"{SECOND}.2", [first, second], {f"{AGS}-A"}) == (f"{AGS}-A",)


def test_a_facility_stays_whole_in_the_part_somebody_named() -> None:
    _blocks, record = divided(facilities={"1": FIRST})
    known = {FIRST, SECOND}
    places = pd.DataFrame({"facility_id": ["1", "2", "3"], "block_id": [f"{AGS}-A", f"{AGS}-A", ""]})
    found = facilities_onto(places, [record], known)
    assert list(found["block_id"]) == [FIRST, SECOND, ""]


def test_the_record_can_be_kept_and_read_again() -> None:
    _blocks, record = divided(facilities={"1": FIRST}, shares={"dwellings": 0.6})
    assert BlockSplit.from_json(record.to_json()) == record
