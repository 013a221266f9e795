"""Files of plans: what is written, what is read, and what is refused with which sentence."""

import json
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from sozialraum.base import InputRefused, UsageError
from sozialraum.delineation import Edit, make_plan
from sozialraum.plans.exchange_in import read_plan_file
from sozialraum.plans.exchange_out import drawn_plan, format_of, write_plan_file
from village import AGS, EAST, NORTH, draw_blocks

BLOCKS = draw_blocks("AABB\nAABB", {"A": 100, "B": 200})
CRS = BLOCKS.crs


def plan(name: str = "Altstadt", why: str = "", public: bool = False):  # type: ignore[no-untyped-def]
    rows = [(f"{AGS}-01", "1", name, AGS, "proposal"), (f"{AGS}-02a", "2a", "Süd", AGS, "proposal")]
    edits = (
        [Edit("move", area=f"{AGS}-01", blocks=(f"{AGS}-A",), why=why, role="Fachleute", public=public)] if why else []
    )
    return make_plan(
        {f"{AGS}-A": f"{AGS}-01", f"{AGS}-B": f"{AGS}-02a"},
        pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"]),
        title="Plan",
        created="2026-01-01",
        edits=edits,
        status="adopted",
        valid_from="2026-02-03",
    )


def drawn(path: Path, crs: str | None = "EPSG:25832", **columns: list[object]) -> Path:
    """Two areas of 200 m by 200 m, side by side, as a GeoPackage."""
    boxes = [shapely.box(EAST + x, NORTH - 200, EAST + x + 200, NORTH) for x in (0, 200)]
    gpd.GeoDataFrame(columns or {"area_id": ["1", "2"]}, geometry=boxes, crs=crs).to_file(path, layer="gebiete")
    return path


def test_an_area_is_written_with_what_others_need() -> None:
    frame = drawn_plan(plan(), BLOCKS)
    assert frame.drop(columns="geometry").to_dict("records")[1] == {
        "area_id": f"{AGS}-02a", "code": "2a", "name": "Süd", "municipality": AGS,
        "valid_from": "2026-02-03", "status": "adopted", "reasons": "",
    }  # fmt: skip


@pytest.mark.parametrize(("public", "reasons"), [(True, "Schulweg"), (False, "")])
def test_a_reason_leaves_only_when_it_was_released(public: bool, reasons: str) -> None:
    frame = drawn_plan(plan(why="Schulweg", public=public), BLOCKS)
    assert list(frame["reasons"]) == [reasons, ""]


def test_geojson_is_in_degrees_and_names_no_coordinate_system(tmp_path: Path) -> None:
    write_plan_file(plan(), BLOCKS, tmp_path / "plan.geojson")
    content = json.loads((tmp_path / "plan.geojson").read_text(encoding="utf-8"))
    assert "crs" not in content
    x, y = content["features"][0]["geometry"]["coordinates"][0][0]
    assert 5 < x < 15
    assert 47 < y < 55
    assert content["features"][1]["properties"]["name"] == "Süd"


def test_the_csv_has_one_line_per_block(tmp_path: Path) -> None:
    write_plan_file(plan(), BLOCKS, tmp_path / "plan.csv")
    text = (tmp_path / "plan.csv").read_text(encoding="utf-8")
    assert text == f"block_id;area_id\n{AGS}-A;{AGS}-01\n{AGS}-B;{AGS}-02a\n"


def test_a_shapefile_says_its_encoding_and_what_was_shortened(tmp_path: Path) -> None:
    written = write_plan_file(plan(name="ä" * 200), BLOCKS, tmp_path / "plan.shp")
    assert (tmp_path / "plan.cpg").read_text() == "UTF-8"
    assert written.notes == (
        "Ein Shapefile kennt nur kurze Spaltennamen: municipality → ags.",
        "Spalte „name“: 1 Text auf die Länge gekürzt, die ein Shapefile fasst.",
    )
    frame = pyogrio.read_dataframe(tmp_path / "plan.shp")
    assert list(frame["ags"]) == [AGS, AGS]
    assert frame["name"].iloc[1] == "Süd"
    assert frame["name"].iloc[0] == "ä" * 125 + "…"


def test_a_zip_holds_the_parts_of_a_shapefile(tmp_path: Path) -> None:
    write_plan_file(plan(), BLOCKS, tmp_path / "plan.zip", "shp")
    with zipfile.ZipFile(tmp_path / "plan.zip") as archive:
        assert sorted(archive.namelist()) == ["plan.cpg", "plan.dbf", "plan.prj", "plan.shp", "plan.shx"]


@pytest.mark.parametrize("name", ["plan.gpkg", "plan.geojson", "plan.zip", "plan.csv"])
def test_the_same_plan_gives_the_same_file_and_nothing_beside_it(tmp_path: Path, name: str) -> None:
    write_plan_file(plan(), BLOCKS, tmp_path / name)
    first = (tmp_path / name).read_bytes()
    write_plan_file(plan(), BLOCKS, tmp_path / name)
    assert (tmp_path / name).read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="gpkg, geojson, csv, shp"):
        format_of(Path("plan.xlsx"))


READ = [
    # columns of a file, key, code, name of the first area
    ({"area_id": ["07", "08"], "name": ["Nord", "Ost"]}, ("07", "", "Nord")),
    ({"NR": [7, 8], "Bezeichnung": ["Nord", "Ost"]}, ("7", "7", "Nord")),
    ({"nr": [7.0, 8.0]}, ("7", "7", "")),
    ({"Lebensraum": ["Nord", "Ost"]}, ("Nord", "", "Nord")),
    ({"gid": [1, 2], "code": ["3a", "3b"], "titel": ["Nord", None]}, ("1", "3a", "Nord")),
]


@pytest.mark.parametrize(("columns", "first"), READ)
def test_key_code_and_name_are_found_by_their_usual_names(tmp_path: Path, columns: dict, first: tuple) -> None:
    found = read_plan_file(drawn(tmp_path / "x.gpkg", **columns), CRS)
    assert tuple(found.areas[["area", "code", "name"]].iloc[0]) == first


def test_an_area_in_several_rows_is_one_area(tmp_path: Path) -> None:
    found = read_plan_file(drawn(tmp_path / "x.gpkg", area_id=["1", "1"]), CRS)
    assert list(found.areas["area"]) == ["1"]
    assert found.areas.geometry.area.sum() == pytest.approx(80_000)


def test_another_coordinate_system_is_converted_and_said(tmp_path: Path) -> None:
    boxes = gpd.read_file(drawn(tmp_path / "x.gpkg")).to_crs("EPSG:25833")
    boxes.to_file(tmp_path / "y.gpkg")
    found = read_plan_file(tmp_path / "y.gpkg", CRS)
    assert [note.what for note in found.notes] == [
        "Die Datei nutzt ein anderes Koordinatensystem; sie wurde umgerechnet."
    ]
    assert found.areas.geometry.area.sum() == pytest.approx(80_000, rel=1e-6)


def test_a_border_that_crosses_itself_is_mended_and_named(tmp_path: Path) -> None:
    bow = shapely.Polygon([(EAST, NORTH), (EAST + 100, NORTH), (EAST, NORTH - 100), (EAST + 100, NORTH - 100)])
    gpd.GeoDataFrame({"area_id": ["7"]}, geometry=[bow], crs=CRS).to_file(tmp_path / "x.gpkg")
    found = read_plan_file(tmp_path / "x.gpkg", CRS)
    assert [note.severity for note in found.notes] == ["warning"]
    assert "bereinigt: 7" in found.notes[0].what
    assert found.areas.geometry.is_valid.all()


def refused(path: Path, **options: str) -> str:
    with pytest.raises(InputRefused) as error:
        read_plan_file(path, CRS, **options)
    return str(error.value)


def test_what_cannot_be_read_is_refused_with_what_to_do(tmp_path: Path) -> None:
    assert "gibt es nicht" in refused(tmp_path / "nix.gpkg")
    (tmp_path / "text.gpkg").write_text("kein GeoPackage")
    assert "keine lesbare Datei" in refused(tmp_path / "text.gpkg")
    (tmp_path / "leer.zip").write_bytes(b"PK")
    assert "beschädigt" in refused(tmp_path / "leer.zip")
    assert "Die Ebene „x“ gibt es in der Datei nicht" in refused(drawn(tmp_path / "a.gpkg"), layer="x")
    assert "Keine Spalte nennt die Gebiete" in refused(drawn(tmp_path / "b.gpkg", farbe=["rot", "blau"]))
    assert "Die Spalte „x“ fehlt" in refused(drawn(tmp_path / "c.gpkg"), key="x")
    assert "Ohne Schlüssel: Zeile 2" in refused(drawn(tmp_path / "d.gpkg", area_id=["1", None]))


def test_a_shapefile_without_coordinate_system_can_be_told_one(tmp_path: Path) -> None:
    write_plan_file(plan(), BLOCKS, tmp_path / "plan.shp")
    (tmp_path / "plan.prj").unlink()
    assert "nennt kein Koordinatensystem" in refused(tmp_path / "plan.shp")
    assert len(read_plan_file(tmp_path / "plan.shp", CRS, source_crs="EPSG:25832").areas) == 2
    assert "„EPSG:9“ ist nicht bekannt" in refused(tmp_path / "plan.shp", source_crs="EPSG:9")


def test_points_are_no_areas(tmp_path: Path) -> None:
    gpd.GeoDataFrame({"area_id": ["1"]}, geometry=[shapely.Point(EAST, NORTH)], crs=CRS).to_file(tmp_path / "x.gpkg")
    assert "Keine Fläche, sondern Punkt oder Linie: 1" in refused(tmp_path / "x.gpkg")


TABLES = [
    ("block_id;area_id\nA;1\nB;2\n", {"A": "1", "B": "2"}, ""),
    ("Baustein,Gebiet\nA,1\n", {"A": "1"}, ""),
    ("\ufeffblock_id\tarea_id\nA\t1\n", {"A": "1"}, ""),
    ("block_id;area_id\nA;1\nA;1\n", {"A": "1"}, ""),
    ("block_id;area_id\nA;1\nA;2\n", {}, "Zeile 3.*zwei Gebieten"),
    ("block_id;area_id\nA;\n", {}, "Zeile 2.*leer"),
    ("block_id;area_id\n", {}, "Die Tabelle ist leer"),
    ("x;y\nA;1\n", {}, "Schlüssel des Bausteins fehlt"),
]


@pytest.mark.parametrize(("text", "table", "sentence"), TABLES)
def test_a_table_is_read_or_refused(tmp_path: Path, text: str, table: dict, sentence: str) -> None:
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    if sentence:
        with pytest.raises(InputRefused, match=sentence):
            read_plan_file(tmp_path / "t.csv", CRS)
    else:
        assert read_plan_file(tmp_path / "t.csv", CRS).table.to_dict() == table
