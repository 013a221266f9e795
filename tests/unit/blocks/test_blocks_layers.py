"""Layers are taken over completely or refused with every reason."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from sozialraum.base import InputRefused
from sozialraum.blocks import read_layers
from village import draw_municipality, village_blocks


def write(path, municipalities=None, blocks=None, blocks_layer="blocks"):
    municipalities = draw_municipality() if municipalities is None else municipalities
    municipalities.to_file(path, layer="municipalities", driver="GPKG")
    (village_blocks() if blocks is None else blocks).to_file(path, layer=blocks_layer, driver="GPKG")
    return path


def refusal(path, **options) -> str:
    with pytest.raises(InputRefused) as caught:
        read_layers(path, **options)
    return str(caught.value)


def test_a_file_comes_back_in_contract_columns(tmp_path):
    layers = read_layers(write(tmp_path / "k.gpkg"))
    assert list(layers.municipalities.columns) == ["ags", "name", "kind", "size_low", "size_high", "areas", "geometry"]
    assert layers.blocks["population"].sum() == 3600
    assert {"social_benefits", "building_flats", "housing_rent"} <= set(layers.blocks.columns)
    assert layers.blocks.crs.to_epsg() == 25832
    assert layers.lines.empty
    assert set(layers.blocks.geom_type) == {"Polygon"}


def test_another_layer_name_for_blocks(tmp_path):
    path = write(tmp_path / "k.gpkg", blocks_layer="Bausteine")
    assert len(read_layers(path, blocks_layer="Bausteine").blocks) == 12


def test_optional_columns_are_filled(tmp_path):
    blocks = village_blocks().drop(columns=["quarter", "street", "land"])
    layers = read_layers(write(tmp_path / "k.gpkg", blocks=blocks))
    land = dict(zip(layers.blocks["block_id"].str[-1], layers.blocks["land"], strict=True))
    assert (land["A"], land["g"]) == ("settlement", "open")
    assert set(layers.blocks["quarter"]) == {""}


def test_missing_file_is_one_sentence(tmp_path):
    assert "gibt es nicht" in refusal(tmp_path / "fehlt.gpkg")


def test_a_file_that_is_no_map(tmp_path):
    path = tmp_path / "brief.gpkg"
    path.write_text("Sehr geehrte Damen und Herren")
    assert "keine lesbare Datei mit Kartenebenen" in refusal(path)


def test_a_layer_that_is_not_there_names_those_that_are(tmp_path):
    text = refusal(write(tmp_path / "k.gpkg"), blocks_layer="baublock")
    assert "„baublock“" in text
    assert "„municipalities“" in text
    assert "„blocks“" in text


def test_all_reasons_come_at_once(tmp_path):
    blocks = village_blocks()
    blocks.loc[1, "block_id"] = blocks.loc[0, "block_id"]
    blocks.loc[2, "geometry"] = shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    blocks.loc[3, "municipality"] = "5999004"
    blocks["population"] = blocks["population"].astype(float)
    blocks.loc[4, "population"] = -3
    text = refusal(
        write(tmp_path / "k.gpkg", municipalities=draw_municipality().drop(columns="size_low"), blocks=blocks)
    )
    for part in ("„size_low“ fehlt", "mehrfach vor: 05999004-A", "fehlerhaftem Rand", "„5999004“", "Keine Zahl ab 0"):
        assert part in text


def test_coordinates_must_be_metres_and_named(tmp_path):
    bare = village_blocks().set_crs(None, allow_override=True)
    assert "kein Koordinatensystem" in refusal(write(tmp_path / "a.gpkg", blocks=bare))
    assert "Grad" in refusal(write(tmp_path / "b.gpkg", blocks=village_blocks().to_crs(4326)))


def test_a_table_without_shapes_is_refused(tmp_path):
    points = gpd.GeoDataFrame(village_blocks().drop(columns="geometry"), geometry=[shapely.Point(0, 0)] * 12, crs=25832)
    assert "Punkt oder Linie" in refusal(write(tmp_path / "k.gpkg", blocks=points))
