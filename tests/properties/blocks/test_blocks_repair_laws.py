"""Laws of repair, on drawings with faults made by chance: clean afterwards, nobody lost, nothing else touched."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialraum.blocks import check_ground, repair

EAST, NORTH = 300_000.0, 5_600_000.0
SIDE, ROWS, COLUMNS = 100.0, 4, 5
TOWN = gpd.GeoDataFrame(
    {"ags": ["05999004"], "name": ["Musterdorf"]},
    geometry=[shapely.box(EAST, NORTH, EAST + COLUMNS * SIDE, NORTH + ROWS * SIDE)],
    crs=25832,
)


@st.composite
def faulty_grounds(draw) -> gpd.GeoDataFrame:
    """Squares whose edges were moved by chance, some taken away, some drawn twice, in any order."""
    rows = []
    for row in range(ROWS):
        for column in range(COLUMNS):
            if draw(st.integers(0, 11)) == 0 and rows:
                continue
            edges = [draw(st.sampled_from([0.0, 0.0, 0.0, 0.4, -0.4, 15.0, -15.0])) for _edge in range(4)]
            x, y = EAST + column * SIDE, NORTH + row * SIDE
            box = shapely.box(x - edges[0], y - edges[1], x + SIDE + edges[2], y + SIDE + edges[3])
            people = draw(st.integers(0, 400))
            rows.append((f"B{row}{column}", people, box))
            if draw(st.integers(0, 11)) == 0:
                rows.append((f"B{row}{column}x", draw(st.integers(0, 9)), box))
    rows = draw(st.permutations(rows))
    frame = pd.DataFrame(rows, columns=["block_id", "population", "geometry"]).assign(municipality="05999004")
    return gpd.GeoDataFrame(frame.assign(quarter="", street="", land="settlement"), geometry="geometry", crs=25832)


@given(faulty_grounds())
@settings(max_examples=30, deadline=None)
def test_all_faults_mended_leave_a_clean_ground_with_everybody(blocks):
    faults = check_ground(blocks, TOWN)
    done = repair(blocks, TOWN, faults, {fault.fault_id: "" for fault in faults})
    left = check_ground(done.blocks, TOWN)
    # a place under one square metre is none; what is left can only be warnings of borders that moved by it
    assert [fault.finding.what for fault in left if fault.finding.severity == "error"] == []
    assert done.blocks["population"].sum() == blocks["population"].sum()
    assert done.blocks["block_id"].is_unique
    assert shapely.is_valid(done.blocks.geometry.to_numpy()).all()
    assert abs(shapely.area(done.blocks.geometry.to_numpy()).sum() - TOWN.geometry.iloc[0].area) < 20
    assert (done.protocol["people_before"] == done.protocol["people_after"]).all()


@given(faulty_grounds(), st.data())
@settings(max_examples=30, deadline=None)
def test_what_no_fault_names_stays_as_it_was(blocks, data):
    faults = check_ground(blocks, TOWN)
    chosen = [fault for fault in faults if data.draw(st.booleans())]
    done = repair(blocks, TOWN, faults, {fault.fault_id: "" for fault in chosen})
    named = {block for fault in chosen for block in fault.blocks}
    before, after = blocks.set_index("block_id"), done.blocks.set_index("block_id")
    for key in set(before.index) - named:
        assert after.geometry[key].equals_exact(before.geometry[key], 0)
        assert after.at[key, "population"] == before.at[key, "population"]
    assert len(done.protocol) == len(chosen)


@given(faulty_grounds())
@settings(max_examples=15, deadline=None)
def test_the_order_of_the_rows_does_not_matter(blocks):
    turned = blocks.iloc[::-1].reset_index(drop=True)
    faults, again = check_ground(blocks, TOWN), check_ground(turned, TOWN)
    assert {fault.fault_id for fault in faults} == {fault.fault_id for fault in again}
    wishes = {fault.fault_id: "" for fault in faults}
    one, other = repair(blocks, TOWN, faults, wishes).blocks, repair(turned, TOWN, again, wishes).blocks
    assert one["block_id"].tolist() == other["block_id"].tolist()
    assert one["population"].tolist() == other["population"].tolist()
    assert np.allclose(shapely.area(one.geometry.to_numpy()), shapely.area(other.geometry.to_numpy()), atol=1e-6)
