"""Layers go in and out unchanged, and QGIS (here its library) reads them from the same file."""

import sqlite3

import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from project_world import full_project, new_project, some_reading, village_plan, write_delivery

import village
from sozialraum.base import InputRefused, UsageError
from sozialraum.project import Project
from sozialraum.project.geopackage import decode, encode


def test_blocks_come_back_as_they_went_in(tmp_path):
    with new_project(tmp_path / "p") as project:
        back, there = project.blocks(), village.village_blocks()
    pd.testing.assert_frame_equal(
        pd.DataFrame(back.drop(columns="geometry")), pd.DataFrame(there.drop(columns="geometry")), check_dtype=False
    )
    assert back.geometry.geom_equals(there.geometry).all()
    assert back.crs == "EPSG:25832"
    assert back["population"].dtype == np.int64


def test_an_agreed_number_of_areas_may_be_missing(tmp_path):
    with new_project(tmp_path / "p") as project:
        two = pd.concat([village.draw_municipality(), village.draw_municipality(ags="05999008", areas=None)])
        project.save_layers(two, project.blocks(), project.lines())
        assert project.municipalities()["areas"].isna().tolist() == [False, True]


def test_before_the_import_layers_are_empty_with_their_columns(tmp_path):
    with Project.create(tmp_path / "p", name="Leer") as project:
        assert project.blocks().empty
        assert list(project.blocks().columns) == [
            "block_id",
            "municipality",
            "population",
            "quarter",
            "street",
            "land",
            "geometry",
        ]
        assert project.municipalities().empty
        assert project.lines().empty
        assert project.plan() is None
        assert project.areas().empty


def test_other_programs_list_and_read_the_layers(tmp_path):
    full_project(tmp_path / "p").close()
    file, plan = tmp_path / "p" / "project.gpkg", village_plan()
    kinds = {name: kind for name, kind in pyogrio.list_layers(file) if kind is not None}
    assert kinds == {
        "municipalities": "Polygon", "blocks": "Polygon", "lines": "LineString", f"areas_{plan.plan_id}": "Polygon",
    }  # fmt: skip
    areas = pyogrio.read_dataframe(file, layer=f"areas_{plan.plan_id}")
    assert list(areas.columns) == ["area_id", "name", "municipality", "population", "geometry"]
    assert areas[["area_id", "population"]].values.tolist() == [["05999004-01", 2700], ["05999004-02", 900]]
    assert areas.crs == "EPSG:25832"
    box = pyogrio.read_info(file, layer="blocks")["total_bounds"]
    assert tuple(box) == tuple(village.village_blocks().total_bounds)


def test_values_are_listed_beside_the_layers_and_bare_tables_are_not(tmp_path):
    full_project(tmp_path / "p").close()
    names = [name for name, kind in pyogrio.list_layers(tmp_path / "p" / "project.gpkg") if kind is None]
    assert {"indicator_values", "released_counts", "impulses"} <= set(names)
    assert not {"area_counts", "observations", "settings", "gpkg_contents"} & set(names)


def test_a_layer_edited_by_another_program_is_read_and_can_be_replaced(tmp_path):
    new_project(tmp_path / "p").close()
    file = tmp_path / "p" / "project.gpkg"
    changed = pyogrio.read_dataframe(file, layer="blocks").assign(population=7)
    pyogrio.write_dataframe(changed, file, layer="blocks", SPATIAL_INDEX="YES")
    with Project.open(tmp_path / "p") as project:
        assert set(project.blocks()["population"]) == {7}
        project.save_layers(project.municipalities(), village.village_blocks(), project.lines())
        assert project.blocks()["population"].sum() == 3600
    assert Project.check(tmp_path / "p") == []
    assert len(pyogrio.read_dataframe(file, layer="blocks")) == len(village.village_blocks())


def test_a_file_another_program_left_with_a_journal_beside_it_becomes_one_file_again(tmp_path):
    new_project(tmp_path / "p").close()
    file = tmp_path / "p" / "project.gpkg"
    other = sqlite3.connect(file)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("UPDATE blocks SET population = 7")
    other.commit()
    with Project.open(tmp_path / "p") as project:  # while the other still has it open
        assert set(project.blocks()["population"]) == {7}
    other.close()
    Project.open(tmp_path / "p").close()
    assert sqlite3.connect(file).execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert Project.check(tmp_path / "p") == []


def test_layers_in_other_coordinates_are_converted(tmp_path):
    with new_project(tmp_path / "p") as project:
        project.save_layers(
            village.draw_municipality().to_crs(25833), village.village_blocks().to_crs(25833), project.lines()
        )
        assert np.allclose(project.blocks().total_bounds, village.village_blocks().total_bounds, atol=0.01)


def test_a_block_of_two_parts_keeps_both(tmp_path):
    blocks = village.village_blocks()
    two = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)])
    shapes = blocks.geometry.to_numpy().copy()
    shapes[0] = two
    with new_project(tmp_path / "p") as project:
        project.save_layers(village.draw_municipality(), blocks.set_geometry(shapes, crs=25832), project.lines())
        back = project.blocks().geometry
    assert back.iloc[0].equals(two)
    assert back.iloc[1].geom_type == "Polygon"


def test_blocks_cannot_be_exchanged_once_something_rests_on_them(tmp_path):
    others = village.village_blocks().assign(block_id=lambda frame: frame["block_id"] + "x")
    with new_project(tmp_path / "p") as project:
        project.add_delivery(write_delivery(tmp_path), some_reading())
        with pytest.raises(InputRefused, match="nicht ausgetauscht"):
            project.save_layers(project.municipalities(), others, project.lines())
        assert list(project.blocks()["block_id"]) == list(village.village_blocks()["block_id"])


def test_areas_are_drawn_anew_with_new_blocks(tmp_path):
    with full_project(tmp_path / "p") as project:
        more = village.village_blocks().assign(population=10)
        project.save_layers(project.municipalities(), more, project.lines())
        assert project.areas()["population"].tolist() == [90, 30]
    assert Project.check(tmp_path / "p") == []


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:999999", "nonsense"])
def test_a_project_needs_coordinates_in_metres(tmp_path, crs):
    with pytest.raises(UsageError, match="Koordinatensystem"):
        Project.create(tmp_path / "p", name="x", crs=crs)
    assert not (tmp_path / "p").exists()


def test_geometries_of_any_writer_are_decoded():
    shape = shapely.box(1, 2, 3, 4)
    ours = encode(np.array([shape], dtype=object), 25832)[0]
    no_envelope = ours[:3] + bytes([1]) + ours[4:8] + ours[40:]
    with_z_range = ours[:3] + bytes([1 | 2 << 1]) + ours[4:40] + bytes(16) + ours[40:]
    assert [found.equals(shape) for found in decode([ours, no_envelope, with_z_range])] == [True] * 3


def test_decoding_nothing_gives_nothing():
    assert len(decode([])) == 0
