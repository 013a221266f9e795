"""A file with faults is looked at, mended where somebody asks for it, and taken over with a protocol."""

from __future__ import annotations

import io

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely
from project_world import new_project, village_plan

from sozialraum.base import InputRefused, UsageError
from sozialraum.project import Project
from sozialraum.workflow.blocks_checking import (
    check_file,
    check_project,
    fault_frame,
    fault_sentences,
    mend,
    mend_project,
    protocol_book,
    readings_of,
    take_mended,
    wishes_for,
    write_faults,
)
from village import AGS, draw_municipality, village_blocks


def faulty_village() -> gpd.GeoDataFrame:
    """A is 50 m too short in the south, B reaches 20 m into C, J crosses itself, L is there twice."""
    blocks = village_blocks().set_index("block_id")
    bounds = {key[-1]: shape.bounds for key, shape in blocks.geometry.items()}
    west, south, east, north = bounds["A"]
    blocks.at[f"{AGS}-A", "geometry"] = shapely.box(west, south + 50, east, north)
    west, south, east, north = bounds["B"]
    blocks.at[f"{AGS}-B", "geometry"] = shapely.box(west, south, east + 20, north)
    west, south, east, north = bounds["J"]
    corners = [(west, south), (west, north), (east, south), (east, north), (east + 0, south)]
    blocks.at[f"{AGS}-J", "geometry"] = shapely.Polygon([corners[0], corners[1], corners[4], corners[3]])
    blocks = blocks.reset_index()
    return pd.concat([blocks, blocks[blocks["block_id"] == f"{AGS}-L"]], ignore_index=True)


def write(folder, blocks, municipalities=None):
    path = folder / "kreis.gpkg"
    towns = draw_municipality() if municipalities is None else municipalities
    towns.to_file(path, layer="municipalities", engine="pyogrio")
    blocks.to_file(path, layer="blocks", engine="pyogrio")
    street = gpd.GeoDataFrame({"street": ["Am Markt"], "number": ["3"], "postcode": ["52000"]},
                              geometry=[village_blocks().geometry.iloc[0].centroid], crs=25832)  # fmt: skip
    street.to_file(path, layer="addresses", engine="pyogrio")
    return path


@pytest.fixture
def empty(tmp_path):
    with Project.create(tmp_path / "neu", name="Musterkreis") as project:
        yield project


def test_all_faults_are_told_at_once(tmp_path):
    ground = check_file(write(tmp_path, faulty_village()))
    kinds = {fault.kind for fault in ground.faults}
    assert kinds == {"gap", "overlap", "invalid", "twice"}
    said = fault_sentences(ground.faults)
    assert said[0] == f"{len(ground.faults)} Fehler gefunden."
    assert {"Überlappungen: 1", "Doppelte Bausteine: 1", "Fehlerhafte Ränder: 1"} <= set(said)
    assert f"Der Schlüssel {AGS}-L steht bei 2 Flächen." in said


def test_each_fault_lies_on_the_map_with_what_can_be_done(tmp_path):
    ground = check_file(write(tmp_path, faulty_village()))
    frame = fault_frame(ground).set_index("kind")
    assert frame.at["overlap", "ways"] == "give"
    assert frame.at["twice", "ways"] == "once, rekey, join"
    assert set(frame.loc[["gap"], "ways"]) == {"give, new"}
    west, south, east, north = draw_municipality().total_bounds
    assert frame["x"].between(west, east).all()
    assert frame["y"].between(south, north).all()
    write_faults(ground, tmp_path / "faults.gpkg")
    again = gpd.read_file(tmp_path / "faults.gpkg")
    assert again["fault_id"].tolist() == [fault.fault_id for fault in ground.faults]


def test_nothing_is_mended_without_a_wish(tmp_path):
    ground = check_file(write(tmp_path, faulty_village()))
    done = mend(ground, {})
    assert done.protocol.empty
    assert shapely.equals(done.blocks.geometry.to_numpy(), ground.blocks.geometry.to_numpy()).all()


def test_a_new_project_takes_the_mended_layers(tmp_path, empty):
    ground = check_file(write(tmp_path, faulty_village()))
    done = take_mended(empty, ground, wishes_for(ground, ["twice", "invalid", "overlap", "gap"]))
    assert empty.blocks()["population"].sum() == 3600
    assert check_project(empty).faults == ()
    assert fault_sentences(()) == ["Die Bausteine decken ihre Gemeinden ohne Lücke und ohne Überlappung."]
    assert empty.addresses()["block_id"].tolist() == [f"{AGS}-A"]
    sums = done.protocol[["people_before", "people_after"]]
    assert (sums["people_before"] - sums["people_after"]).sum() == 200  # L was delivered twice


def test_errors_that_are_left_stop_the_intake(tmp_path, empty):
    ground = check_file(write(tmp_path, faulty_village()))
    with pytest.raises(InputRefused, match="Es bleiben Fehler") as refused:
        take_mended(empty, ground, wishes_for(ground, ["twice", "invalid", "overlap"]))
    assert {finding.what[:20] for finding in refused.value.findings} == {"Musterdorf: Lücke vo"}
    assert empty.blocks().empty


def test_wrong_coordinates_are_settled_first(tmp_path, empty):
    moved = faulty_village().to_crs(4647).set_crs(25832, allow_override=True)
    path = write(tmp_path, moved)
    ground = check_file(path)
    assert ground.misplaced
    wishes = wishes_for(ground, ["coordinates"])
    with pytest.raises(InputRefused, match="noch nicht geklärt"):
        mend(ground, wishes)
    again = check_file(path, readings=readings_of(ground, wishes))
    assert again.readings == {"blocks": "EPSG:4647"}
    assert {fault.kind for fault in again.faults} == {"gap", "overlap", "invalid", "twice"}
    take_mended(empty, again, wishes_for(again, ["twice", "invalid", "overlap", "gap"]))
    assert empty.blocks().total_bounds.round(2).tolist() == village_blocks().total_bounds.tolist()


def test_degrees_are_offered_to_be_converted(tmp_path):
    ground = check_file(write(tmp_path, village_blocks().to_crs(4326)))
    assert [fault.finding.offer for fault in ground.faults] == ["EPSG:4326"]
    again = check_file(tmp_path / "kreis.gpkg", readings=readings_of(ground, wishes_for(ground, ["coordinates"])))
    assert again.faults == ()


def test_what_has_no_place_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="Keine Zahl ab 0"):
        check_file(write(tmp_path, faulty_village().assign(population=-1)))


def test_where_plans_rest_on_the_blocks_the_mended_ones_are_a_new_version(tmp_path):
    with new_project(tmp_path / "p") as project:
        project.save_plan(village_plan())
        ground = check_file(write(tmp_path, faulty_village()))
        wishes = wishes_for(ground, ["twice", "invalid", "overlap", "gap"])
        with pytest.raises(UsageError, match="warum"):
            take_mended(project, ground, wishes, role="Vermessung")
        take_mended(project, ground, wishes, "Grenzen berichtigt", "Vermessung")
        assert project.blocks_version() == 2
        assert project.plan().plan_id == village_plan().plan_id


def with_a_sliver(tmp_path):
    """A project whose block A ends 30 cm before its neighbours."""
    project = Project.create(tmp_path / "p", name="Musterkreis")
    blocks = village_blocks()
    west, south, east, north = blocks.geometry.iloc[0].bounds
    blocks.loc[[0], "geometry"] = shapely.box(west, south, east - 0.3, north)
    empty = gpd.GeoDataFrame({"kind": [], "name": []}, geometry=[], crs=25832)
    project.save_layers(draw_municipality(), blocks, empty)
    project.save_plan(village_plan())
    return project


def test_the_blocks_of_a_project_are_mended_as_a_new_version(tmp_path):
    with with_a_sliver(tmp_path) as project:
        wishes = wishes_for(check_project(project), ["sliver"])
        with pytest.raises(UsageError, match="kein Fehler"):
            mend_project(project, {}, "Lücke", "Vermessung")
        mend_project(project, wishes, "Lücke geschlossen", "Vermessung", "2026-05-01T08:00:00")
        assert check_project(project).faults == ()
        assert project.blocks_version(project.plan()) == 2
        assert project.blocks()["population"].sum() == 3600


def test_the_protocol_is_a_workbook(tmp_path):
    ground = check_file(write(tmp_path, faulty_village()))
    done = mend(ground, wishes_for(ground, ["overlap"]))
    content = protocol_book(done.protocol)
    assert content == protocol_book(done.protocol)
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert rows[0][:3] == ("Fehler", "Was getan wurde", "Bausteine")
    assert len(rows) == 1 + len(done.protocol)
    assert any("überlappen sich auf 4.000 m²" in row[0] for row in rows[1:])


def test_an_unknown_kind_of_fault_is_refused(tmp_path):
    ground = check_file(write(tmp_path, faulty_village()))
    with pytest.raises(UsageError, match="keine Art von Fehlern"):
        wishes_for(ground, ["holes"])
