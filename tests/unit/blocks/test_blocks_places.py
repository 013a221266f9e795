"""Addresses, buildings and places beside the blocks: read where delivered, empty where not."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from sozialraum.base import InputRefused
from sozialraum.blocks import read_layers
from village import draw_municipality, village_blocks


def write(path, **layers):
    draw_municipality().to_file(path, layer="municipalities", driver="GPKG")
    village_blocks().to_file(path, layer="blocks", driver="GPKG")
    for name, frame in layers.items():
        frame.to_file(path, layer=name, driver="GPKG")
    return path


def some_addresses(**columns):
    blocks = village_blocks()
    inside = blocks.geometry.iloc[:2].representative_point()
    far = shapely.Point(0, 0)
    given = {"street": ["Am Markt", "Am  Markt", "Am Markt"], "number": ["3", "1 a", "5"], "postcode": ["52499"] * 3}
    return gpd.GeoDataFrame(given | columns, geometry=[*inside, far], crs=blocks.crs)


def test_a_file_without_them_gives_empty_layers_in_contract_columns(tmp_path):
    layers = read_layers(write(tmp_path / "k.gpkg"))
    assert list(layers.places.addresses.columns) == [
        "street", "number", "suffix", "postcode", "block_id", "geometry",
    ]  # fmt: skip
    assert list(layers.places.buildings.columns) == ["kind", "name", "geometry"]
    assert (len(layers.places.addresses), len(layers.places.buildings), len(layers.places.places)) == (0, 0, 0)


def test_addresses_are_sorted_split_into_number_and_suffix_and_placed(tmp_path):
    layers = read_layers(write(tmp_path / "k.gpkg", addresses=some_addresses()))
    found = layers.places.addresses
    assert found["number"].tolist() == [1, 3, 5]
    assert found["suffix"].tolist() == ["a", "", ""]
    assert set(found["street"]) == {"Am Markt"}
    blocks = village_blocks()["block_id"].tolist()
    assert found["block_id"].tolist() == [blocks[1], blocks[0], ""]
    assert any("in keinem Baustein" in note.what for note in layers.notes)


def test_an_address_keeps_the_block_that_was_told(tmp_path):
    last = village_blocks()["block_id"].iloc[-1]
    layers = read_layers(write(tmp_path / "k.gpkg", addresses=some_addresses(block_id=[last, "", "nie gehört"])))
    assert layers.places.addresses.set_index("number")["block_id"][3] == last
    assert layers.places.addresses.set_index("number")["block_id"][5] == ""


def test_addresses_without_number_are_counted_and_left_out(tmp_path):
    layers = read_layers(write(tmp_path / "k.gpkg", addresses=some_addresses(number=["", "0", "7"])))
    assert layers.places.addresses["number"].tolist() == [7]
    assert any("2 Anschriften ohne Hausnummer" in note.what for note in layers.notes)


def test_every_fault_of_the_addresses_is_said_at_once(tmp_path):
    broken = some_addresses(street=["", "Am Markt", "Am Markt"], number=["1", "a3", "2"], postcode=["52499", "106", ""])
    with pytest.raises(InputRefused) as caught:
        read_layers(write(tmp_path / "k.gpkg", addresses=broken))
    said = str(caught.value)
    assert "Ohne Straßennamen: Zeile 1" in said
    assert "Keine Hausnummer in Zeile 2" in said
    assert "fünf Ziffern: Zeile 2, 3" in said


def test_addresses_must_be_points(tmp_path):
    areas = some_addresses().set_geometry(village_blocks().geometry.iloc[:3].to_numpy())
    with pytest.raises(InputRefused, match="Kein Punkt in Zeile 1, 2, 3"):
        read_layers(write(tmp_path / "k.gpkg", addresses=areas))


def test_places_of_an_unknown_kind_are_left_out_and_named(tmp_path):
    places = some_addresses().assign(kind=["school", "castle", "district"], name=["Grundschule", "Burg", "Altdorf"])
    layers = read_layers(write(tmp_path / "k.gpkg", places=places[["kind", "name", "geometry"]]))
    assert layers.places.places["kind"].tolist() == ["school", "district"]
    assert any("castle" in note.what for note in layers.notes)


def test_layers_in_degrees_are_converted(tmp_path):
    layers = read_layers(write(tmp_path / "k.gpkg", addresses=some_addresses().iloc[:2].to_crs(4326)))
    assert layers.places.addresses.crs.to_epsg() == 25832
    assert layers.places.addresses["block_id"].ne("").all()
