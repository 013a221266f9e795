"""Laws of renewals, on two dissections of one rectangle made by chance: shares, totals, keys."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from cut_boxes import cut_boxes
from sozialraum.plans.block_lineage import apportioned, observations_onto, parts_of, shares_of
from sozialraum.plans.block_links import block_links, with_lasting_keys
from sozialraum.plans.block_renewal import BlockRenewal

EAST, NORTH = 300_000, 5_600_000


@st.composite
def dissections(draw) -> gpd.GeoDataFrame:
    """A rectangle of 1000 m by 800 m cut again and again, with inhabitants; keys by number."""
    boxes = draw(cut_boxes(0, 9))
    people = [draw(st.integers(0, 500)) for _box in boxes]
    shapes = [shapely.box(EAST + x0, NORTH + y0, EAST + x1, NORTH + y1) for x0, y0, x1, y1 in boxes]
    names = [f"B{number:02d}" for number in range(len(boxes))]
    frame = {"block_id": names, "municipality": "05999004", "population": people}
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=25832)


@st.composite
def renewals(draw, old: gpd.GeoDataFrame | None = None, version: int = 2, used: frozenset[str] = frozenset()):
    """Old blocks, new blocks with lasting keys, and the record between them; sometimes by addresses."""
    old = draw(dissections()) if old is None else old
    after, _given = with_lasting_keys(old, draw(dissections()), used, version)
    houses = None
    if draw(st.booleans()):
        spots = draw(st.lists(st.tuples(st.integers(1, 999), st.integers(1, 799)), min_size=1, max_size=30))
        points = shapely.points([(EAST + x, NORTH + y) for x, y in spots])
        inside, block = shapely.STRtree(old.geometry.to_numpy()).query(points, predicate="intersects")
        first = pd.Series(block).groupby(inside).min()
        houses = gpd.GeoDataFrame({"block_id": old["block_id"].to_numpy()[first]}, geometry=points, crs=25832)
    return old, after, BlockRenewal(version, block_links(old, after, houses), "", "", "")


@given(renewals())
@settings(max_examples=60, deadline=None)
def test_shares_sum_to_one_both_ways_and_nobody_is_without_a_partner(case):
    old, new, renewal = case
    ended, begun = set(old["block_id"]) - set(new["block_id"]), set(new["block_id"]) - set(old["block_id"])
    assert set(renewal.forward) == ended
    assert set(renewal.backward) == begun
    for shares in (*renewal.forward.values(), *renewal.backward.values()):
        assert np.isclose(sum(share for _block, share in shares), 1)
        assert all(0 < share <= 1 for _block, share in shares)


@given(renewals())
@settings(max_examples=60, deadline=None)
def test_a_key_means_one_ground(case):
    old, new, _renewal = case
    before, after = old.set_index("block_id").geometry, new.set_index("block_id").geometry
    assert after.index.is_unique
    for key in set(before.index) & set(after.index):
        common = before[key].intersection(after[key]).area
        assert common >= 0.99 * before[key].union(after[key]).area


@given(renewals(), st.data())
@settings(max_examples=60, deadline=None)
def test_totals_survive_exactly_in_both_directions(case, data):
    old, new, renewal = case
    for source, target in ((old, new), (new, old)):
        values = [float(data.draw(st.integers(0, 999))) for _block in source["block_id"]]
        rows = pd.DataFrame({"geography": "block", "unit": source["block_id"], "feature": "households"})
        rows = rows.assign(period="2025-12-31", low=values, high=values, status="observed", cell="")
        areas = [data.draw(st.sampled_from("123")) for _block in target["block_id"]]
        assignment = pd.Series(areas, index=target["block_id"])
        onto = observations_onto(rows, [renewal], assignment)
        assert set(onto["unit"]) <= set(target["block_id"])
        assert onto["low"].sum() == sum(values) == onto["high"].sum()
        assert (onto["low"] >= 0).all()
        assert (onto["low"] == onto["low"].round()).all()
        exact = onto[~onto["carried"]]
        assert (exact["status"] == "observed").all()


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_two_renewals_follow_one_another(data):
    old, middle, first = data.draw(renewals())
    used = frozenset(old["block_id"])
    _middle, new, second = data.draw(renewals(old=middle, version=3, used=used))
    steps = (first, second)
    known_new, known_old = set(new["block_id"]), set(old["block_id"])
    for block in old["block_id"]:
        shares = shares_of(block, steps, known_new)
        assert set(shares) <= known_new
        assert np.isclose(sum(shares.values()), 1)
    for block in new["block_id"]:
        back = shares_of(block, steps, known_old)
        assert set(back) <= known_old
        assert np.isclose(sum(back.values()), 1)
        assert parts_of(block, steps, known_new) == (block,)


@given(st.integers(0, 10_000), st.lists(st.floats(0.01, 1), min_size=1, max_size=8))
@settings(max_examples=200, deadline=None)
def test_parts_of_a_count_add_up_and_none_is_off_by_more_than_one(total, weights):
    shares = [weight / sum(weights) for weight in weights]
    parts = apportioned(float(total), shares)
    assert sum(parts) == total
    assert all(part == round(part) for part in parts)
    assert all(abs(part - total * share) <= 1 + 1e-6 for part, share in zip(parts, shares, strict=True))
