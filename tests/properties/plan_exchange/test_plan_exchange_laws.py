"""Laws of taking plans out and in, of laying areas over blocks, and of dividing blocks."""

import tempfile
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialraum.base.value import STRENGTH
from sozialraum.delineation import Edit, Plan, area_key, make_plan
from sozialraum.plans.adopting import adopted_plan, choose, known_keys
from sozialraum.plans.block_lineage import observations_onto, plan_onto
from sozialraum.plans.block_split import BlockSplit, shared_out, split_block
from sozialraum.plans.exchange_in import Foreign, read_plan_file
from sozialraum.plans.exchange_out import write_plan_file
from sozialraum.plans.overlay import lay_over
from village import AGS, EAST, NORTH, draw_blocks, draw_municipality

DRAWING = """
ABCD
EFGH
IJKL
"""
WHEN = "2026-03-02T10:00:00+00:00"
BLOCKS = draw_blocks(DRAWING, {letter: 10 * place for place, letter in enumerate("ABCDEFGHIJKL")})
TOWN = draw_municipality(DRAWING)
NAMES = st.text("aäöüß A/-„“;,\"'éł", min_size=1, max_size=90).map(str.strip).filter(bool)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Any assignment of the twelve blocks, also scattered areas, with any names, codes and reasons."""
    numbers = draw(st.lists(st.integers(1, 6), min_size=12, max_size=12))
    letter = draw(st.sampled_from(["", "a", "b"]))
    codes = {number: f"{number}{letter}" for number in sorted(set(numbers))}
    rows = [(area_key(AGS, code), code, draw(NAMES), AGS, "proposal") for code in codes.values()]
    areas = pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"])
    assignment = {
        block: area_key(AGS, codes[number]) for block, number in zip(BLOCKS["block_id"], numbers, strict=True)
    }
    edits = [
        Edit(
            kind="move", area=rows[0][0], blocks=(BLOCKS["block_id"].iat[0],), why=why, role="Fachleute", public=public
        )
        for why, public in draw(st.lists(st.tuples(NAMES, st.booleans()), max_size=3))
    ]
    return make_plan(assignment, areas, title="Plan", created=WHEN, edits=edits, valid_from="2026-04-01")


@pytest.mark.parametrize("name", ["plan.gpkg", "plan.geojson", "plan.csv", "plan.shp", "plan.zip"])
@settings(max_examples=15, deadline=None)
@given(plan=plans())
def test_out_and_in_again_gives_the_identical_assignment(name: str, plan: Plan) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written = write_plan_file(plan, BLOCKS, Path(folder) / name)
        found = lay_over(read_plan_file(written.file, BLOCKS.crs), BLOCKS, TOWN)
    assert found.across == ()
    again = adopted_plan(found, (), BLOCKS, None, title="Plan", created=WHEN, known_keys=known_keys([plan]))
    pd.testing.assert_series_equal(again.assignment, plan.assignment)
    if name != "plan.csv":
        columns = ["area_id", "code", "municipality"]
        pd.testing.assert_frame_equal(again.areas[columns], plan.areas[columns])
    if name in ("plan.gpkg", "plan.geojson"):
        assert list(again.areas["name"]) == list(plan.areas["name"])


@settings(max_examples=25, deadline=None)
@given(plan=plans())
def test_only_released_reasons_are_in_a_file(plan: Plan) -> None:
    marked = [
        Edit(**{**edit.to_json(), "blocks": edit.blocks, "why": f"§{number}§{'frei' if edit.public else 'intern'}"})
        for number, edit in enumerate(plan.edits)
    ]
    plan = make_plan(plan.assignment, plan.areas, title="Plan", created=WHEN, edits=marked)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("plan.gpkg", "plan.geojson", "plan.csv", "plan.shp"):
            write_plan_file(plan, BLOCKS, Path(folder) / name)
        content = b"".join(path.read_bytes() for path in sorted(Path(folder).iterdir()))
    assert b"intern" not in content
    assert all(f"§{number}§frei".encode() in content for number, edit in enumerate(plan.edits) if edit.public)


@st.composite
def tilings(draw: st.DrawFn) -> Foreign:
    """Foreign areas: strips of the municipality with borders anywhere."""
    cuts = sorted(set(draw(st.lists(st.integers(5, 395), min_size=1, max_size=3))))
    edges = [0, *cuts, 400]
    boxes = [shapely.box(EAST + left, NORTH - 300, EAST + right, NORTH) for left, right in pairwise(edges)]
    rows = {"area": [str(place) for place in range(1, len(boxes) + 1)], "code": "", "name": ""}
    return Foreign("x.gpkg", gpd.GeoDataFrame(rows, geometry=boxes, crs=BLOCKS.crs), pd.Series(dtype=object))


@settings(max_examples=40, deadline=None)
@given(foreign=tilings(), order=st.permutations(range(12)))
def test_every_block_is_clear_or_up_for_decision_whatever_the_order(foreign: Foreign, order: list[int]) -> None:
    found = lay_over(foreign, BLOCKS, TOWN)
    assert set(found.clear.index) | {one.block_id for one in found.across} == set(BLOCKS["block_id"])
    assert set(found.clear.index).isdisjoint(one.block_id for one in found.across)
    for one in found.across:
        assert abs(sum(share.ground for share in one.shares) - 1) < 0.03
        assert one.proposal == max(one.shares, key=lambda share: (share.ground, -int(share.area))).area
    again = lay_over(foreign, BLOCKS.iloc[order], TOWN)
    assert again.across == found.across
    assert again.clear.to_dict() == found.clear.to_dict()


@settings(max_examples=40, deadline=None)
@given(foreign=tilings())
def test_the_proposals_taken_give_every_block_exactly_one_area(foreign: Foreign) -> None:
    found = lay_over(foreign, BLOCKS, TOWN)
    choices = choose(found, found.proposals(), role="Fachleute", when=WHEN)
    plan = adopted_plan(found, choices, BLOCKS, None, title="Bestand", created=WHEN)
    assert set(plan.assignment.index) == set(BLOCKS["block_id"])
    assert set(plan.assignment) == set(plan.areas["area_id"])


@given(total=st.integers(0, 10**7), share=st.floats(0, 1))
def test_shared_counts_add_up_and_lie_within_one_of_the_share(total: int, share: float) -> None:
    first, second = shared_out(total, share)
    assert first + second == total
    assert min(first, second) >= 0
    assert abs(first - total * share) <= 0.5 + 1e-6


@st.composite
def divisions(draw: st.DrawFn) -> tuple[gpd.GeoDataFrame, BlockSplit]:
    """Any block divided by a slanted line."""
    place = draw(st.integers(0, 11))
    west, south, east, _north = BLOCKS.geometry.iloc[place].bounds
    left, right = draw(st.floats(1, 99)), draw(st.floats(1, 99))
    line = shapely.LineString([(west - 5, south + left), (east + 5, south + right)])
    return split_block(BLOCKS, BLOCKS["block_id"].iat[place], line, role="Fachleute", when=WHEN)


@settings(max_examples=40, deadline=None)
@given(made=divisions())
def test_a_division_keeps_ground_people_and_coverage(made: tuple[gpd.GeoDataFrame, BlockSplit]) -> None:
    blocks, record = made
    assert len(blocks) == 13
    assert blocks["population"].sum() == BLOCKS["population"].sum()
    assert abs(blocks.geometry.area.sum() - BLOCKS.geometry.area.sum()) < 1e-3
    assert shapely.coverage_is_valid(blocks.geometry.to_numpy())
    assert set(record.parts) <= set(blocks["block_id"])


STATUSES = st.sampled_from(sorted(set(STRENGTH) - {"missing", "blocked"}))


@settings(max_examples=60, deadline=None)
@given(
    made=divisions(), plan=plans(), counts=st.lists(st.tuples(st.integers(0, 90), STATUSES), min_size=12, max_size=12)
)
def test_totals_survive_the_division_exactly(made, plan: Plan, counts: list[tuple[int, str]]) -> None:  # type: ignore[no-untyped-def]
    blocks, record = made
    new = plan_onto(plan, [record], blocks)
    values = [
        (low if status != "suppressed" else 1, low + 2 * (status == "suppressed"), status) for low, status in counts
    ]
    rows = pd.DataFrame(values, columns=["low", "high", "status"]).assign(
        geography="block", unit=BLOCKS["block_id"], feature="households", period="2025-12-31", cell=""
    )
    rows["high"] = rows[["low", "high"]].max(axis=1)
    carried = observations_onto(rows, [record], new.assignment)
    assert set(carried["unit"]) <= set(new.assignment.index)
    hidden = set(rows["unit"][rows["status"] == "suppressed"])
    exact = carried[~carried["unit"].str.replace(r"\.[12]$", "", regex=True).isin(hidden)]
    assert exact["low"].sum() == rows["low"][rows["status"] != "suppressed"].sum()
    # the same areas as before hold the same counts, with the status they had
    before = rows.groupby(rows["unit"].map(plan.assignment))[["low", "high"]].sum()
    after = carried.groupby(carried["unit"].map(new.assignment))[["low", "high"]].sum()
    pd.testing.assert_frame_equal(after, before, check_names=False, check_dtype=False)
    assert not carried["carried"].any()
