"""Coordinates that can be checked by hand: town halls with their published positions, in every system in use.

A delivered file names one system while its numbers are of another. What is found depends on what is known: the key of
the municipality names the state, and that is nearly always enough.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Transformer

from sozialraum.blocks.coordinates import Reading, check_coordinates, read_as
from sozialraum.blocks.regions import region_of_keys

TOWN_HALLS = {
    # key of the municipality, degrees east and north, zone in which its state measures, Gauß-Krüger strip
    "Aachen": ("05334002", 6.0838, 50.7763, 32, 2),
    "Hamburg": ("02000000", 9.9920, 53.5503, 32, 3),
    "München": ("09162000", 11.5758, 48.1374, 32, 4),
    "Berlin": ("11000000", 13.4083, 52.5186, 33, 5),
    "Dresden": ("14612000", 13.7418, 51.0473, 33, 5),
}
UTM = {32: 25832, 33: 25833}
WITH_ZONE = {32: 4647, 33: 5650}


def block_at(name: str, numbers_of: int, labelled: int | None, *, swapped: bool = False) -> gpd.GeoDataFrame:
    """A block of 200 m around the town hall, in the numbers of one system, labelled as another."""
    _key, east, north, zone, _strip = TOWN_HALLS[name]
    x, y = Transformer.from_crs(4326, UTM[zone], always_xy=True).transform(east, north)
    block = gpd.GeoSeries([shapely.box(x - 100, y - 100, x + 100, y + 100)], crs=UTM[zone]).to_crs(numbers_of)
    shapes = block.to_numpy()
    if swapped:
        shapes = shapely.transform(shapes, lambda points: points[:, ::-1])
    return gpd.GeoDataFrame({"block_id": ["1"]}, geometry=shapes, crs=labelled)


def offered(name: str, frame: gpd.GeoDataFrame) -> str:
    found = check_coordinates(frame, region_of_keys([TOWN_HALLS[name][0]]), "places")
    return found.faults[0].finding.offer if found.faults else "richtig"


@pytest.mark.parametrize("name", TOWN_HALLS)
def test_numbers_and_label_of_one_system_are_right(name):
    zone, strip = TOWN_HALLS[name][3:]
    for system in (UTM[zone], WITH_ZONE[zone], 4326, 4258, 31464 + strip, 3035):
        assert offered(name, block_at(name, system, system)) == "richtig"


@pytest.mark.parametrize("name", TOWN_HALLS)
def test_each_mistake_is_told_from_the_others(name):
    zone, strip = TOWN_HALLS[name][3:]
    utm, prefixed, gauss = UTM[zone], WITH_ZONE[zone], 31464 + strip
    other = UTM[65 - zone]
    table = [
        # numbers of, labelled as, to be read as
        (prefixed, utm, f"EPSG:{prefixed}"),
        (utm, prefixed, f"EPSG:{utm}"),
        (utm, other, f"EPSG:{utm}"),
        (4326, utm, "EPSG:4326"),
        (utm, 4326, f"EPSG:{utm}"),
        (gauss, utm, f"EPSG:{gauss}"),
        (utm, gauss, f"EPSG:{utm}"),
        (3035, utm, "EPSG:3035"),
        (utm, None, f"EPSG:{utm}"),
        (4326, None, "EPSG:4326"),
    ]
    assert [offered(name, block_at(name, true, said)) for true, said, _code in table] == [code for *_, code in table]


@pytest.mark.parametrize("name", TOWN_HALLS)
def test_swapped_numbers_are_told(name):
    utm = UTM[TOWN_HALLS[name][3]]
    assert offered(name, block_at(name, 4326, 4326, swapped=True)) == "EPSG:4326/vertauscht"
    assert offered(name, block_at(name, utm, utm, swapped=True)) == f"EPSG:{utm}/vertauscht"


@pytest.mark.parametrize("name", TOWN_HALLS)
@pytest.mark.parametrize("kind", ["prefixed", "degrees", "gauss", "grid", "swapped"])
def test_read_as_offered_the_town_hall_is_where_it_stands(name, kind):
    _key, east, north, zone, strip = TOWN_HALLS[name]
    system = {"prefixed": WITH_ZONE[zone], "gauss": 31464 + strip, "grid": 3035}.get(kind, 4326)
    frame = block_at(name, system, None, swapped=kind == "swapped")
    read = read_as(frame, Reading(system, kind == "swapped"))
    assert read.crs.to_epsg() == UTM[zone]
    middle = read.geometry.iloc[0].centroid
    found = Transformer.from_crs(read.crs, 4326, always_xy=True).transform(middle.x, middle.y)
    assert np.allclose(found, (east, north), atol=0.0001)  # seven metres


def test_without_a_key_the_zone_cannot_be_told_and_both_are_named():
    found = check_coordinates(block_at("Berlin", 25833, None))
    assert [reading.code for reading in found.proposals] == ["EPSG:25832", "EPSG:25833"]
    assert found.proposal is None
    assert "Bitte entscheiden Sie" in found.faults[0].finding.todo
    assert check_coordinates(block_at("Berlin", 25833, 25832)).faults == ()


def test_numbers_without_meaning_get_no_offer():
    nowhere = gpd.GeoDataFrame({"block_id": ["1"]}, geometry=[shapely.box(10, 10, 900, 900)], crs=25832)
    found = check_coordinates(nowhere, region_of_keys(["05334002"]))
    assert found.proposals == ()
    assert found.faults[0].finding.what == (
        "Die Koordinaten liegen nicht im Bundesland der Gemeindeschlüssel und passen zu keinem gebräuchlichen System."
    )
