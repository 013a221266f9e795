"""A project keeps addresses, buildings and places; without them it answers with empty frames."""

from __future__ import annotations

import geopandas as gpd
import pyogrio
from project_world import new_project

from sozialraum.blocks import Places
from sozialraum.project import Project


def test_a_project_without_them_answers_empty_frames(tmp_path):
    with new_project(tmp_path / "p") as project:
        assert list(project.addresses().columns) == ["street", "number", "suffix", "postcode", "block_id", "geometry"]
        assert list(project.buildings().columns) == list(project.places().columns) == ["kind", "name", "geometry"]
        assert project.addresses().empty
        assert project.addresses().crs == project.blocks().crs


def one_of_each(blocks: gpd.GeoDataFrame) -> Places:
    point, shape = blocks.geometry.iloc[0].representative_point(), blocks.geometry.iloc[0].buffer(-10)
    address = {"street": "Am Markt", "number": 1, "suffix": "a", "postcode": "01067", "block_id": "x"}
    return Places(
        gpd.GeoDataFrame([address], geometry=[point], crs=blocks.crs),
        gpd.GeoDataFrame([{"kind": "school", "name": "Grundschule"}], geometry=[shape], crs=blocks.crs),
        gpd.GeoDataFrame([{"kind": "district", "name": "Altdorf"}], geometry=[point], crs=blocks.crs),
    )


def test_what_is_saved_comes_back_and_stays_when_blocks_are_read_anew(tmp_path):
    with new_project(tmp_path / "p") as project:
        layers = (project.municipalities(), project.blocks(), project.lines())
        project.save_layers(*layers, one_of_each(project.blocks()))
        project.save_layers(*layers)
        row = project.addresses().iloc[0]
        assert (row["street"], row["number"], row["suffix"], row["postcode"]) == ("Am Markt", 1, "a", "01067")
        assert project.buildings()["name"].tolist() == ["Grundschule"]
        assert project.places().geometry.iloc[0].equals(project.addresses().geometry.iloc[0])
    assert Project.check(tmp_path / "p") == []
    names = [str(name) for name, _kind in pyogrio.list_layers(tmp_path / "p" / "project.gpkg")]
    assert {"addresses", "buildings", "places"} <= set(names)
