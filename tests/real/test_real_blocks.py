"""Checking and repair on the ten municipalities of Aachen and on Berlin's planning areas with their known defects."""

from collections import Counter
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

from sozialraum.blocks import check_coordinates, check_ground, read_as, repair
from sozialraum.blocks.coordinates import Reading
from sozialraum.blocks.regions import region_of, region_of_keys
from sozialraum.plans.block_links import block_links, with_lasting_keys

DATA = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not (DATA / "berlin-lor-bis2020").is_dir(), reason="the open data of Berlin are not there"),
    pytest.mark.skipif(not (DATA / "aachen-gemeinden").is_dir(), reason="the open data of Aachen are not there"),
]
TWICE, RIGHTLY = "06010102", "04030417"  # the key two areas have, and the one the northern area should have


def layer(folder: str, file: str, name: str) -> gpd.GeoDataFrame:
    return pyogrio.read_dataframe(DATA / folder / file, layer=name)


@pytest.fixture(scope="module")
def aachen() -> gpd.GeoDataFrame:
    return layer("aachen-gemeinden", "gemeinden_staedteregion_aachen.gpkg", "gemeinden")


def as_municipalities(ags, name, shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"ags": ags, "name": name}, geometry=shapes.geometry.to_numpy(), crs=shapes.crs)


def as_blocks(keys, ags, shapes: gpd.GeoDataFrame, population=0) -> gpd.GeoDataFrame:
    frame = {"block_id": keys, "municipality": ags, "population": population}
    frame |= {"quarter": "", "street": "", "land": "settlement"}
    return gpd.GeoDataFrame(frame, geometry=shapes.geometry.to_numpy(), crs=shapes.crs)


# Coordinates

MISLABELLED = [
    # in which system the numbers are, which one is named, what is said
    (4647, 25832, "Die Koordinaten beginnen mit der Zonennummer 32, angegeben ist EPSG:25832."),
    (4647, 25833, "Die Koordinaten beginnen mit der Zonennummer 32, angegeben ist EPSG:25833."),
    (25832, 4647, "Den Koordinaten fehlt die Zonennummer 32, die zu EPSG:4647 gehört."),
    (4326, 25832, "Die Koordinaten sind Grad, angegeben sind Meter (EPSG:25832)."),
    (25832, 4326, "Die Koordinaten sind Meter, angegeben sind Grad (EPSG:4326)."),
    (31466, 25832, "Die Zahlen sind Gauß-Krüger-Koordinaten, Streifen 2 (EPSG:31466), angegeben ist EPSG:25832."),
    (3035, 25832, "Die Zahlen sind Koordinaten des europäischen Gitters (EPSG:3035), angegeben ist EPSG:25832."),
    (25832, None, "Die Ebene nennt kein Koordinatensystem."),
]


@pytest.mark.parametrize(("true", "said", "sentence"), MISLABELLED)
def test_mislabelled_borders_of_aachen_are_named_and_read_to_their_place(aachen, true, said, sentence):
    numbers = aachen.to_crs(true).geometry.to_numpy()
    delivered = gpd.GeoDataFrame(aachen[["AGS"]], geometry=numbers, crs=said)
    found = check_coordinates(delivered, region_of_keys(aachen["AGS"]), "municipalities")
    assert found.faults[0].finding.what == sentence
    assert found.proposal == Reading(true)
    read = read_as(delivered, found.proposal)
    assert np.abs(read.total_bounds - aachen.total_bounds).max() < 0.01


def test_swapped_degrees_of_aachen(aachen):
    turned = shapely.transform(aachen.to_crs(4326).geometry.to_numpy(), lambda points: points[:, ::-1])
    found = check_coordinates(gpd.GeoDataFrame(aachen[["AGS"]], geometry=turned, crs=4326))
    assert found.faults[0].finding.what == "Länge und Breite sind vertauscht."
    assert found.proposal == Reading(4326, swapped=True)


def test_the_zone_of_berlin_is_told_by_its_key(berlin):
    named_32 = berlin.set_crs(25832, allow_override=True)
    assert check_coordinates(named_32).faults == ()  # lies in Westphalia then, which is Germany too
    found = check_coordinates(named_32, region_of_keys(["11000000"]))
    assert found.proposal == Reading(25833)


def test_neighbours_of_aachen_lie_where_they_should(aachen):
    beside = layer("aachen-gemeinden", "gemeinden_staedteregion_aachen.gpkg", "nachbargemeinden")
    assert check_coordinates(beside, region_of(aachen)).faults == ()


# The ground of Aachen


def test_the_ten_municipalities_tile_the_region(aachen):
    towns = as_municipalities(aachen["AGS"], aachen["GEN"], aachen)
    blocks = as_blocks(aachen["AGS"], aachen["AGS"], aachen)
    assert check_ground(blocks, towns) == ()
    whole = as_municipalities(["05334000"], ["StädteRegion"], aachen.dissolve())
    assert check_ground(blocks.assign(municipality="05334000"), whole) == ()


def test_a_municipality_that_is_left_out_or_shifted_is_shown(aachen):
    whole = as_municipalities(["05334000"], ["StädteRegion"], aachen.dissolve())
    blocks = as_blocks(aachen["AGS"], "05334000", aachen)
    gone = blocks[blocks["block_id"] != "05334012"]  # Herzogenrath
    (fault,) = check_ground(gone, whole)
    assert fault.kind == "gap"
    assert round(fault.geometry.area / 1e6, 1) == round(
        blocks.geometry[blocks["block_id"] == "05334012"].area.sum() / 1e6, 1
    )
    shifted = blocks.copy()
    here = shifted["block_id"] == "05334012"
    shifted.loc[here, "geometry"] = shifted.geometry[here].translate(30, 0)
    kinds = Counter(fault.kind for fault in check_ground(shifted, whole))
    assert kinds["overlap"] >= 1
    assert kinds["gap"] >= 1
    done = repair(shifted, whole, found := check_ground(shifted, whole), {fault.fault_id: "" for fault in found})
    assert check_ground(done.blocks, whole) == ()


# Berlin


@pytest.fixture(scope="module")
def berlin() -> gpd.GeoDataFrame:
    """The planning areas until 2020 as blocks of their district, with the register of December 2020."""
    areas = layer("berlin-lor-bis2020", "lor_bis2020.gpkg", "planungsraeume")
    file = DATA / "berlin-einwohner-lor" / "berlin-lor-population-2020-02-t1-planning-areas.csv"
    people = pd.read_csv(file, dtype={"id": str}).set_index("id")["inhabitants"]
    # the register counts 04030417; of the two areas with the key 06010102 the southern one is that of the register
    key = areas["id"].astype(str)
    north = (key == TWICE) & (areas.geometry.centroid.y == areas.geometry[key == TWICE].centroid.y.max())
    counted = key.mask(north, RIGHTLY).map(people).fillna(0).astype("int64")
    return as_blocks(key, "110000" + key.str[:2], areas, counted)


@pytest.fixture(scope="module")
def districts() -> gpd.GeoDataFrame:
    frame = layer("berlin-lor-bis2020", "lor_bis2020.gpkg", "bezirke")
    return as_municipalities("110000" + frame["id"].astype(str).str.zfill(2), frame["name"], frame)


@pytest.fixture(scope="module")
def faults(berlin, districts):
    return check_ground(berlin, districts)


def test_the_known_defects_are_found(faults):
    twice = [fault for fault in faults if fault.kind == "twice"]
    assert [fault.finding.what for fault in twice] == [f"Der Schlüssel {TWICE} steht bei 2 Flächen."]
    outside = [fault for fault in faults if fault.blocks == (TWICE,) and "liegt außerhalb" in fault.finding.what]
    assert [fault.finding.what for fault in outside] == [f"Baustein {TWICE} liegt außerhalb von Steglitz-Zehlendorf."]
    largest = max((fault for fault in faults if fault.kind == "gap"), key=lambda fault: fault.geometry.area)
    assert "Charlottenburg-Wilmersdorf: Lücke von 562.504 m²" in largest.finding.what


def test_the_two_editions_of_borders_leave_slivers(faults):
    """Planning areas and districts were published with borders generalised differently."""
    kinds = Counter(fault.kind for fault in faults)
    assert kinds == {"sliver": 1539, "outside": 239, "gap": 22, "twice": 1}
    assert all(fault.geometry.area < 15_000 for fault in faults if fault.kind == "sliver")


def test_the_defect_is_mended_by_its_right_key_and_district(berlin, districts, faults):
    wishes = {fault.fault_id: f"rekey={RIGHTLY}" for fault in faults if fault.kind == "twice"}
    wishes |= {fault.fault_id: "move" for fault in faults if "liegt außerhalb" in fault.finding.what}
    done = repair(berlin, districts, faults, wishes)
    assert done.protocol["what_was_done"].tolist() == [
        f"Neuer Schlüssel: {RIGHTLY}.",
        f"Baustein {RIGHTLY} gehört nun zu Charlottenburg-Wilmersdorf.",
    ]
    keys = done.blocks.set_index("block_id")
    assert keys.index.is_unique
    assert keys.at[RIGHTLY, "municipality"] == "11000004"
    assert round(keys.geometry[RIGHTLY].area) == 562504
    assert done.blocks["population"].sum() == berlin["population"].sum()


def test_all_faults_of_berlin_can_be_mended_without_losing_anybody(berlin, districts, faults):
    wishes = {fault.fault_id: "" for fault in faults}
    wishes |= {fault.fault_id: f"rekey={RIGHTLY}" for fault in faults if fault.kind == "twice"}
    done = repair(berlin, districts, faults, wishes)
    assert check_ground(done.blocks, districts) == ()
    assert len(done.protocol) == len(faults)
    before = berlin.assign(block_id=berlin["block_id"].where(~berlin.duplicated("block_id", keep=False), ""))
    people = before[before["block_id"] != ""].set_index("block_id")["population"]
    after = done.blocks.set_index("block_id")["population"]
    assert (after.reindex(people.index) == people).all()
    assert after.sum() == berlin["population"].sum()
    # together the blocks are the districts, up to places under one square metre, which nobody sees
    assert shapely.area(done.blocks.geometry).sum() == pytest.approx(shapely.area(districts.geometry).sum(), abs=100)


# Versions


def test_planning_areas_become_district_regions(berlin):
    """447 planning areas take the place of 138 larger units; the first six digits of a key name the region."""
    old = berlin.sort_values("block_id", ignore_index=True)
    places = np.flatnonzero(old["block_id"] == TWICE)
    north = max(places, key=lambda row: old.geometry.iloc[row].centroid.y)
    old.loc[north, "block_id"] = RIGHTLY
    old = old.sort_values("block_id", ignore_index=True)
    regions = layer("berlin-lor-bis2020", "lor_bis2020.gpkg", "bezirksregionen")
    new = as_blocks(regions["id"].astype(str), "110000" + regions["id"].astype(str).str[:2], regions)
    after, given = with_lasting_keys(old, new, set(), 2)
    # a region of one planning area is that area, and keeps its key
    assert set(given.values()) == set(after["block_id"]) & set(old["block_id"])
    assert all(key[:6] == built for built, key in given.items())
    assert len(given) == 16
    links = block_links(old, after)
    assert np.allclose(links.groupby("old")["weight"].sum(), 1)
    assert (links["old"].str[:6] == links["new"]).all()
    assert len(links) == 448 - 16
