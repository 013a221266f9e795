"""Dropped files: which layers they hold, where they lie, and how they become files to build from."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest

from drawn_town import EAST, NORTH, addresses, box, lines, towns
from sozialraum.base import InputRefused
from sozialraum.workflow.blocks_dropping import (
    Part,
    as_block_files,
    look_at_places,
    parts_of,
    shapes_of,
    with_roles,
)
from sozialraum.workflow.blocks_sources import read_block_files

CROSS = (("street", "Querstraße", [(0, 500), (1000, 500)]), ("street", "Hochstraße", [(500, 0), (500, 1000)]))
ZONE = "EPSG:4647"


def written(folder: Path, name: str, frame: gpd.GeoDataFrame, layer: str = "") -> Path:
    path = folder / name
    pyogrio.write_dataframe(frame, path, layer=layer or path.stem, append=path.exists())
    return path


def prefixed(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return frame.to_crs(4647).set_crs(25832, allow_override=True)


def parts(*paths: Path) -> tuple[Part, ...]:
    return with_roles([part for path in paths for part in parts_of(path)])


def test_a_file_of_several_layers_is_as_many_parts(tmp_path: Path) -> None:
    path = written(tmp_path, "kreis.gpkg", towns(), "gemeinden")
    written(tmp_path, "kreis.gpkg", lines(*CROSS), "bahnlinien")
    assert [(part.layer, part.shape, part.rows, part.role) for part in parts(path)] == [
        ("gemeinden", "area", 1, "municipalities"),
        ("bahnlinien", "line", 2, "rails"),
    ]


def test_a_shapefile_is_one_part_whose_side_files_are_none(tmp_path: Path) -> None:
    written(tmp_path, "strassen.shp", lines(*CROSS))
    found = parts(*sorted(tmp_path.iterdir()))
    assert [(part.path.suffix, part.role) for part in found] == [(".shp", "lines")]


def test_a_packed_shapefile_is_read_as_it_is_and_built_from(tmp_path: Path) -> None:
    written(tmp_path, "strassen.shp", lines(*CROSS))
    packed = tmp_path / "strassen.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted(tmp_path.glob("strassen.[!z]*")):
            archive.write(file, file.name)
    found = parts(packed, written(tmp_path, "gemeinden.gpkg", towns()))
    assert [part.role for part in found] == ["lines", "municipalities"]
    assert len(read_block_files(as_block_files(found, tmp_path / "copies")).lines) == 2


def test_a_layer_without_shapes_is_no_part(tmp_path: Path) -> None:
    assert parts(written(tmp_path, "leer.gpkg", lines(*CROSS)[:0])) == ()


def test_a_file_that_is_neither_map_nor_table_of_addresses_is_refused(tmp_path: Path) -> None:
    (tmp_path / "brief.gpkg").write_bytes(b"Guten Tag")
    (tmp_path / "liste.csv").write_text("Name;Telefon\nMeier;12345\n", encoding="utf-8")
    for name in ("brief.gpkg", "liste.csv"):
        with pytest.raises(InputRefused, match=name):
            parts_of(tmp_path / name)


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_layer_that_names_no_system_is_offered_those_under_which_it_lies_in_the_municipalities(
    tmp_path: Path,
) -> None:
    bare = lines(*CROSS).set_crs(None, allow_override=True)
    found = parts(written(tmp_path, "gemeinden.gpkg", towns()), written(tmp_path, "strassen.gpkg", bare))
    town, street = look_at_places(found, None)
    assert (town.faults, [one.epsg for one in street.proposals][:1]) == ((), [25832])
    assert street.faults[0].finding.what == "Die Ebene nennt kein Koordinatensystem."
    read = replace(found[1], reading="EPSG:25832")
    assert look_at_places([found[0], read], None)[1].faults == ()


def test_borders_themselves_are_held_against_the_state_of_their_keys(tmp_path: Path) -> None:
    found = parts(written(tmp_path, "gemeinden.gpkg", prefixed(towns())))
    (town,) = look_at_places(found, None)
    assert [one.code for one in town.proposals] == [ZONE]
    # once they are read so, what lies with them lies right
    streets = parts(written(tmp_path, "strassen.gpkg", lines(*CROSS)))
    judged = look_at_places([replace(found[0], reading=ZONE), *streets], None)
    assert [one.faults for one in judged] == [(), ()]


def test_what_is_not_used_is_not_judged(tmp_path: Path) -> None:
    (part,) = parts(written(tmp_path, "strassen.gpkg", prefixed(lines(*CROSS))))
    assert look_at_places([part], towns())[0].faults
    assert not look_at_places([replace(part, role="")], towns())[0].faults


def test_a_layer_read_with_other_coordinates_is_built_from_a_copy_and_stays_as_it_is(tmp_path: Path) -> None:
    wrong = written(tmp_path, "strassen.gpkg", prefixed(lines(*CROSS)))
    before = wrong.read_bytes()
    town, street = parts(written(tmp_path, "gemeinden.gpkg", towns()), wrong)
    files = as_block_files([town, replace(street, reading=ZONE)], tmp_path / "copies")
    assert files.municipalities == f"{town.path}#gemeinden"
    sources = read_block_files(files)
    west, south, east, north = sources.lines.total_bounds
    assert (west, south, east, north) == pytest.approx((EAST, NORTH, EAST + 1000, NORTH + 1000), abs=0.01)
    assert wrong.read_bytes() == before
    assert shapes_of(street).total_bounds[0] > 32_000_000


def test_a_table_read_with_other_coordinates_keeps_its_reading(tmp_path: Path) -> None:
    there = addresses((100, 100, 4), (900, 900, 6)).to_crs(4647)
    rows = [f"Hofweg;{n};{point.x:.2f};{point.y:.2f};5" for n, point in enumerate(there.geometry, start=1)]
    table = tmp_path / "anschriften.csv"
    table.write_text("\n".join(["Straße;Hausnummer;Ostwert;Nordwert;EW", *rows]), encoding="utf-8")
    town, doors = parts(written(tmp_path, "gemeinden.gpkg", towns()), table)
    assert [one.code for one in look_at_places([town, doors], None)[1].proposals] == [ZONE]
    read = [town, replace(doors, reading=ZONE)]
    assert look_at_places(read, None)[1].faults == ()
    sources = read_block_files(as_block_files(read, tmp_path / "copies"))
    assert sources.addresses is not None
    assert sources.addresses.geometry.iloc[0].x == pytest.approx(EAST + 100, abs=0.01)


def test_a_table_of_points_without_a_street_is_not_used_unasked(tmp_path: Path) -> None:
    table = tmp_path / "punkte.csv"
    table.write_text(f"Nr;X;Y\n1;{EAST:.0f};{NORTH:.0f}\n", encoding="utf-8")
    assert [part.role for part in parts(table)] == [""]


def test_units_whose_borders_no_block_crosses_go_with_the_lines(tmp_path: Path) -> None:
    halves = gpd.GeoDataFrame(
        {"nr": ["1", "2"], "name": ["West", "Ost"]}, geometry=[box(0, 0, 300, 1000), box(300, 0, 1000, 1000)], crs=25832
    )
    found = parts(
        written(tmp_path, "gemeinden.gpkg", towns()),
        written(tmp_path, "strassen.gpkg", lines(*CROSS)),
        written(tmp_path, "ortsteile.gpkg", halves),
    )
    assert (found[2].role, found[2].key, found[2].name) == ("nesting", "nr", "name")
    files = as_block_files(found, tmp_path / "copies")
    assert (files.units, files.nesting != "", files.key) == ("", True, "nr")
    two = [*found, replace(found[2], role="units")]
    with pytest.raises(InputRefused) as refused:
        as_block_files(two, tmp_path / "copies")
    assert "nur aus einer Datei" in refused.value.findings[0].what
