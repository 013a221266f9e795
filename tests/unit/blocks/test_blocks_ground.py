"""Every kind of fault has its place on the map and a key that stays."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from sozialraum.blocks import check_ground
from village import AGS, EAST, NORTH, draw_blocks, draw_municipality, village_blocks


def with_shape(letter, geometry):
    blocks = village_blocks()
    blocks.loc[blocks["block_id"].str.endswith(letter), "geometry"] = geometry
    return blocks


def box(letter):
    return village_blocks().set_index("block_id").geometry[f"{AGS}-{letter}"].bounds


def faults(blocks, municipalities=None, lines=None):
    return check_ground(blocks, draw_municipality() if municipalities is None else municipalities, lines)


def test_a_clean_village_has_none():
    assert faults(village_blocks()) == ()


def test_an_overlap_lies_where_both_blocks_are():
    x0, y0, x1, y1 = box("A")
    (fault,) = faults(with_shape("A", shapely.box(x0, y0, x1 + 50, y1)))
    assert (fault.kind, fault.blocks) == ("overlap", (f"{AGS}-A", f"{AGS}-B"))
    assert fault.geometry.bounds == (x1, y0, x1 + 50, y1)


@pytest.mark.parametrize(("inset", "kind"), [(50, "gap"), (0.3, "sliver")])
def test_a_gap_lies_where_nothing_is(inset, kind):
    x0, y0, x1, y1 = box("A")
    (fault,) = faults(with_shape("A", shapely.box(x0, y0, x1 - inset, y1)))
    assert (fault.kind, fault.blocks) == (kind, (f"{AGS}-A", f"{AGS}-B", f"{AGS}-D", f"{AGS}-E"))
    assert fault.geometry.bounds == (x1 - inset, y0, x1, y1)


def test_a_border_that_crosses_itself_is_shown_at_the_crossing():
    x0, y0, x1, y1 = box("A")
    bow = shapely.Polygon([(x0, y0), (x1, y1), (x1, y0), (x0, y1)])
    found = [fault for fault in faults(with_shape("A", bow)) if fault.kind == "invalid"]
    assert [fault.finding.what for fault in found] == ["Der Rand von Baustein 05999004-A überschneidet sich selbst."]
    assert found[0].geometry.coords[0] == ((x0 + x1) / 2, (y0 + y1) / 2)


def test_a_block_without_a_shape():
    found = faults(with_shape("A", None))
    assert [(fault.kind, fault.geometry is None) for fault in found] == [("invalid", True), ("gap", False)]


def test_a_block_beyond_the_border_and_one_wholly_outside():
    x0, y0, x1, y1 = box("A")
    (fault,) = faults(with_shape("A", shapely.box(x0 - 100, y0, x1, y1)))
    assert (fault.kind, fault.geometry.bounds) == ("outside", (x0 - 100, y0, x0, y1))
    away = village_blocks().iloc[[0]].assign(block_id="X", geometry=[shapely.box(x0 - 500, y0, x0 - 400, y1)])
    (fault,) = faults(pd.concat([village_blocks(), away], ignore_index=True))
    assert (fault.kind, fault.blocks, fault.geometry.area) == ("outside", ("X",), 20_000)


def test_a_key_and_a_shape_that_come_twice():
    blocks = village_blocks()
    (fault,) = faults(pd.concat([blocks, blocks.iloc[[4]].assign(block_id="X")], ignore_index=True))
    assert (fault.kind, fault.blocks) == ("twice", (f"{AGS}-E", "X"))
    blocks.loc[1, "block_id"] = f"{AGS}-A"
    (fault,) = faults(blocks)
    assert (fault.kind, fault.finding.what) == ("twice", "Der Schlüssel 05999004-A steht bei 2 Flächen.")


def test_a_municipality_without_blocks_is_one_gap_and_an_unknown_one_is_outside():
    blocks = village_blocks().assign(municipality="05999099")
    assert [fault.kind for fault in faults(blocks)] == ["outside", "gap"]
    assert faults(blocks)[1].geometry.area == draw_municipality().geometry.iloc[0].area


def test_wrong_coordinates_are_told_before_anything_else():
    moved = village_blocks().to_crs(4647).set_crs(25832, allow_override=True)
    (fault,) = faults(moved)
    assert (fault.kind, fault.finding.offer) == ("coordinates", "EPSG:4647")


def test_lines_elsewhere_are_told_beside_the_other_faults():
    street = shapely.LineString([(EAST, NORTH), (EAST + 300, NORTH - 300)])
    lines = gpd.GeoDataFrame({"kind": ["street"]}, geometry=[street], crs=25832)
    assert faults(village_blocks(), lines=lines) == ()
    swapped = lines.set_geometry(
        gpd.GeoSeries(shapely.transform(lines.geometry.to_numpy(), lambda p: p[:, ::-1]), crs=25832)
    )
    (fault,) = faults(village_blocks(), lines=swapped)
    assert (fault.layer, fault.finding.what) == ("lines", "Rechtswert und Hochwert sind vertauscht.")


def test_keys_of_faults_stay_and_differ():
    drawing = "AABB\nAABB\nCCDD\nCCDD"
    blocks, towns = draw_blocks(drawing), draw_municipality(drawing)
    holed = blocks[~blocks["block_id"].str[-1].isin(["A", "D"])]
    first = [fault.fault_id for fault in check_ground(holed, towns)]
    assert first == [fault.fault_id for fault in check_ground(holed.iloc[::-1], towns)]
    assert len(set(first)) == 2
    assert all(fault_id.startswith("gap-") for fault_id in first)


def test_many_places_are_named_north_west_first():
    drawing = "ABA\nCDC\nABA"
    blocks, towns = draw_blocks(drawing), draw_municipality(drawing)
    found = check_ground(blocks[~blocks["block_id"].str.endswith("A")], towns)
    corners = np.array([(-fault.geometry.bounds[3], fault.geometry.bounds[0]) for fault in found])
    assert len(found) == 4
    assert (np.lexsort((corners[:, 1], corners[:, 0])) == np.arange(4)).all()
