"""The files of both rounds, read back with nothing but the standard library and the usual readers."""

import csv
import io
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import pytest
from python_calamine import CalamineWorkbook

from sozialraum.demo import EDITIONS, World, answer_orders, write_first_files

Order = tuple[pd.Series, pd.Series, dict[str, str]]


def rows_of(path: Path, encoding: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode(encoding)), delimiter=";"))


def test_the_layers_are_readable_and_complete(demo_files: Path, demo_world: World) -> None:
    path = demo_files / "bausteine.gpkg"
    kinds = dict(pyogrio.list_layers(path).tolist())
    assert kinds == {
        "municipalities": "Polygon", "blocks": "Polygon", "lines": "MultiLineString",
        "addresses": "Point", "buildings": "Polygon", "places": "Point",
    }  # fmt: skip
    blocks = pyogrio.read_dataframe(path, layer="blocks")
    assert blocks.crs.to_epsg() == 25832
    assert blocks["block_id"].tolist() == demo_world.blocks["block_id"].tolist()
    assert blocks["population"].sum() == demo_world.blocks["population"].sum()


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_register_extract_adds_up_to_the_blocks(edition: str, demo_files: Path, demo_world: World) -> None:
    rows = rows_of(demo_files / f"einwohnerbestand_{edition}.csv", "cp1252")
    assert rows[0] == [
        "Stichtag", "Baustein", "Alter von", "Alter unter", "Geschlecht", "Staatsangehörigkeit", "Anzahl",
    ]  # fmt: skip
    frame = pd.DataFrame(rows[1:], columns=rows[0])
    counts = frame["Anzahl"].astype(int)
    assert (counts > 0).all()
    assert set(frame["Stichtag"]) == {".".join(edition.split("-")[::-1])}
    assert set(frame["Alter von"] + "-" + frame["Alter unter"]) == {
        "0-3", "3-6", "6-15", "15-25", "25-45", "45-65", "65-80", "80-",
    }  # fmt: skip
    placed = counts.groupby(frame["Baustein"]).sum()
    if edition == EDITIONS[-1]:
        population = demo_world.blocks.set_index("block_id")["population"]
        assert placed.reindex(population.index, fill_value=0).eq(population).all()
    assert sum(key.endswith("-ohne") for key in placed.index) == 9


def test_households_with_children_are_part_of_households(demo_files: Path) -> None:
    rows = rows_of(demo_files / "haushalte_2025-12-31.csv", "cp1252")
    assert rows[0] == ["Stichtag", "Baustein", "Haushalte", "mit Kindern unter 18", "darunter Alleinerziehende"]
    counts = np.array([row[2:] for row in rows[1:]], dtype=int)
    assert (counts[:, 0] >= counts[:, 1]).all()
    assert (counts[:, 1] >= counts[:, 2]).all()


def test_the_grid_has_the_signs_of_a_census_file(demo_files: Path) -> None:
    with zipfile.ZipFile(demo_files / "Zensus2022_Wohnungen_100m-Gitter.zip") as archive:
        raw = archive.read("Zensus2022_Wohnungen_100m-Gitter.csv")
    assert not raw.startswith(b"\xef\xbb\xbf")
    head, *rows = [line.split(";") for line in raw.decode("utf-8").splitlines()]
    assert len(head) == 7
    assert all(len(row) == 7 for row in rows)
    one = rows[0]
    assert one[0] == f"CRS3035RES100mN{int(one[2]) - 50}E{int(one[1]) - 50}"
    assert len({row[0] for row in rows}) == len(rows)
    assert sum(row[4] == "\u2013" for row in rows) == 3
    assert {row[6] for row in rows} == {"", "KLAMMERN"}
    assert any("," in row[5] for row in rows)


def test_the_grid_counts_about_the_dwellings_of_the_region(demo_files: Path, demo_world: World) -> None:
    with zipfile.ZipFile(demo_files / "Zensus2022_Wohnungen_100m-Gitter.zip") as archive:
        lines = archive.read("Zensus2022_Wohnungen_100m-Gitter.csv").decode().splitlines()[1:]
    total = sum(int(line.split(";")[3]) for line in lines)
    assert total == pytest.approx(demo_world.truth.conditions[0]["dwellings"].sum(), rel=0.01)


def test_facilities_begin_with_a_byte_order_mark_and_end_with_the_shelter(demo_files: Path) -> None:
    path = demo_files / "Einrichtungen_2025-12-31.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = rows_of(path, "utf-8-sig")
    assert rows[0] == ["Nr.", "Name", "Art", "Anschrift", "Baustein", "Plätze unter 6", "Stand", "Schutz"]
    assert rows[-1][1:6] == ["Frauenhaus", "Frauenhaus", "nicht mitgeteilt", "", ""]
    assert rows[-1][7] == "ja"
    assert {row[2] for row in rows[1:]} == {"Kindertageseinrichtung", "Pflegeheim", "Frauenhaus"}


def test_the_shelter_address_is_in_no_file(demo_files: Path, demo_world: World) -> None:
    address = demo_world.hidden_shelter_address
    for path in sorted(demo_files.iterdir()):
        for text in _texts(path):
            assert address not in text, path.name


def test_no_facility_stands_in_the_street_of_the_shelter(demo_files: Path, demo_world: World) -> None:
    street = demo_world.truth.facilities.shelter_street
    for edition in EDITIONS:
        for row in rows_of(demo_files / f"Einrichtungen_{edition}.csv", "utf-8-sig"):
            assert not row[3].startswith(street)


def _texts(path: Path) -> list[str]:
    """The content of a file in every encoding it could be meant in, archives unpacked."""
    raw = [path.read_bytes()]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            raw += [archive.read(name) for name in archive.namelist()]
    return [part.decode(encoding, errors="ignore") for part in raw for encoding in ("utf-8", "cp1252", "utf-16-le")]


def test_no_file_holds_artefacts_of_the_program(demo_files: Path) -> None:
    for path in sorted(demo_files.glob("*.csv")):
        text = path.read_bytes().decode("cp1252", errors="replace").lower()
        for artefact in ("nan", "none", "nat;", "<na>", "float", "true", "false", "int64"):
            assert f";{artefact}" not in text, (path.name, artefact)


@pytest.mark.parametrize("month", ["202112", "202312", "202512"])
def test_agency_sums_hold_areas_and_unplaced(month: str, demo_files: Path) -> None:
    lines = (demo_files / f"AkG_B_Beschaeftigte_{month}.csv").read_bytes().decode("cp1252").split("\r\n")
    table = [line.split(";") for line in lines[1 : lines.index("")]]
    assert lines[0] == "Berichtsmonat;Gemeinde;Schlüssel;Name;SVB_WO"
    assert table[-1][1:4] == ["", "SUMSUMSUM", "Insgesamt"]
    totals = [int(row[4]) for row in table if row[2].endswith("SUMSUM") and row[2] != "SUMSUMSUM"]
    assert len(totals) == 9
    assert sum(totals) == int(table[-1][4])
    for ags in sorted({row[1] for row in table if row[1]}):
        own = {row[2]: row[4] for row in table if row[1] == ags}
        district = next(key for key in own if key.endswith("100SUM"))
        unplaced = own["keine Angabe"]
        if unplaced != "*":
            assert int(own[district]) + int(unplaced) == int(own[f"{district[:3]}SUMSUM"])


def test_the_agency_hides_small_counts_and_small_areas(demo_files: Path, demo_world: World) -> None:
    lines = (demo_files / "AkG_A_Arbeitslose_202512.csv").read_bytes().decode("cp1252").split("\r\n")
    cells = [cell for line in lines[1 : lines.index("")] for cell in line.split(";")[4:]]
    numbers = [int(cell) for cell in cells if cell.isdigit()]
    assert set(cells) - {"*", "x"} == {str(number) for number in numbers}
    assert not any(0 < number < 10 for number in numbers)
    assert {"*", "x"} <= set(cells)
    assert lines[lines.index("") + 1].startswith("Zeichenerklärung:")
    assert any(line.startswith("Stand der Daten:") for line in lines)


def test_a_youth_office_workbook_has_its_usual_shape(demo_files: Path) -> None:
    book = CalamineWorkbook.from_path(demo_files / "Jugendamt_Merzenrath_2025.xlsx")
    assert book.sheet_names == ["Tabelle 1", "Hinweise"]
    rows = book.get_sheet_by_name("Tabelle 1").to_python(skip_empty_area=False)
    assert rows[0][0] == "Jugendamt Merzenrath: Tagesbetreuung und Hilfen zur Erziehung"
    assert rows[1][0] == "Stichtag: 31.12.2025"
    assert set(rows[2]) == {""}
    assert rows[3] == ["Sozialraum", "Name", "Kinder von 3 bis unter 6 Jahren", "", "Hilfen zur Erziehung 2)"]
    assert rows[4] == ["", "", "insgesamt", "in Tageseinrichtungen 1)", "am Stichtag"]
    assert rows[5][0].startswith("05999004-")
    first = [row[0] for row in rows]
    end = first.index("Summe")
    assert first[end - 1] == "ohne Angabe"
    assert sum(row[2] for row in rows[5:end]) == rows[end][2]
    assert all(row[3] <= row[2] for row in rows[5:end])
    assert first[end + 2].startswith("1)")
    assert first[end + 3].startswith("2)")
    assert len(book.get_sheet_by_name("Hinweise").to_python()) == 2


def test_the_same_seed_writes_the_same_bytes(
    demo_world: World, demo_files: Path, demo_order: Order, tmp_path: Path
) -> None:
    paths = write_first_files(demo_world, tmp_path) + answer_orders(demo_world, *demo_order, tmp_path)
    for path in paths:
        if path.suffix != ".gpkg":
            assert path.read_bytes() == (demo_files / path.name).read_bytes(), path.name


def test_an_order_without_key_or_block_is_an_error_of_the_caller(
    demo_world: World, demo_order: Order, tmp_path: Path
) -> None:
    assignment, keys, names = demo_order
    with pytest.raises(ValueError, match="areas without key"):
        answer_orders(demo_world, assignment, keys.iloc[1:], names, tmp_path)
    with pytest.raises(ValueError, match="blocks without area"):
        answer_orders(demo_world, assignment.iloc[1:], keys, names, tmp_path)
    assert list(tmp_path.iterdir()) == []
