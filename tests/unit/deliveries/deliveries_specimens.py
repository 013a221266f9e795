"""An invented Kreis of three municipalities and small delivery files in the shapes authorities use."""

from __future__ import annotations

import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import xlsxwriter
from pyproj import Transformer
from shapely.geometry import box

from sozialraum.deliveries import Places

TOWN, VILLAGE, HAMLET = "05999004", "05999008", "05999012"
WEST, SOUTH = 300_000, 5_640_000

# Each municipality is a row of four blocks of 200 m; the last one is open land.
LAND = ("settlement", "settlement", "settlement", "open")


def blocks() -> gpd.GeoDataFrame:
    rows = []
    for line, ags in enumerate((TOWN, VILLAGE, HAMLET)):
        for place, land in enumerate(LAND):
            corner = (WEST + 200 * place, SOUTH + 200 * line)
            rows.append(
                {
                    "block_id": f"{ags}-{place + 1:04d}",
                    "municipality": ags,
                    "population": 0 if land == "open" else 100,
                    "land": land,
                    "geometry": box(*corner, corner[0] + 200, corner[1] + 200),
                }
            )
    return gpd.GeoDataFrame(rows, crs="EPSG:25832")


def places(*, plan_id: str = "plan-1") -> Places:
    areas = (f"{TOWN}-01", f"{TOWN}-02", f"{TOWN}-03", f"{VILLAGE}-01", f"{HAMLET}-01")
    keys = ("101100101", "101100102", "101100103", "102100101", "103100101")
    return Places(
        blocks=blocks(),
        municipalities=pd.DataFrame({"ags": [TOWN, VILLAGE, HAMLET], "name": ["Altstadt", "Dorf", "Weiler"]}),
        plan_id=plan_id,
        area_ids=areas if plan_id else (),
        agency_keys=dict(zip(keys, areas, strict=True)) if plan_id else {},
    )


def write(folder: Path, name: str, text: str, encoding: str = "cp1252") -> Path:
    path = folder / name
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    return path


REGISTER_HEAD = "Stichtag;Baustein;Alter von;Alter unter;Geschlecht;Staatsangehörigkeit;Anzahl"


def register(folder: Path, *rows: str, name: str = "einwohnerbestand_2025-12-31.csv") -> Path:
    """rows : 'block_id;0;3;w;D;5' without the date."""
    return write(folder, name, "\n".join([REGISTER_HEAD, *(f"31.12.2025;{row}" for row in rows)]) + "\n")


HOUSEHOLD_HEAD = "Stichtag;Baustein;Haushalte;mit Kindern unter 18;darunter Alleinerziehende"


def households(folder: Path, *rows: str) -> Path:
    """rows : 'block_id;40;10;2' without the date."""
    text = "\n".join([HOUSEHOLD_HEAD, *(f"31.12.2025;{row}" for row in rows)]) + "\n"
    return write(folder, "haushalte_2025-12-31.csv", text)


AGENCY_HEAD = "Berichtsmonat;Gemeinde;Schlüssel;Name;ALO_INSG;ALO_U25"
AGENCY_ROWS = (
    f"{TOWN};101100101;Mitte;120;14",
    f"{TOWN};101100102;Nord;35;*",
    f"{TOWN};101100103;Hof;x;x",
    f"{TOWN};101100SUM;Altstadt 100;180;22",
    f"{TOWN};keine Angabe;keine Angabe;*;*",
    f"{TOWN};101SUMSUM;Altstadt;184;24",
    f"{VILLAGE};102100101;Dorf;12;*",
    f"{VILLAGE};102100SUM;Dorf 100;12;*",
    f"{VILLAGE};keine Angabe;keine Angabe;0;0",
    f"{VILLAGE};102SUMSUM;Dorf;12;*",
    ";SUMSUMSUM;Insgesamt;196;30",
)
AGENCY_LEGEND = (
    "",
    "Zeichenerklärung: * = 1 bis 9; keine weitere Geheimhaltung; x = Gebiet unter 1.000 Einwohnern",
    "Stand der Daten: Januar 2026",
)


def agency(
    folder: Path,
    rows: tuple[str, ...] = AGENCY_ROWS,
    *,
    head: str = AGENCY_HEAD,
    legend: tuple[str, ...] = AGENCY_LEGEND,
    month: str = "202512",
) -> Path:
    text = "\n".join([head, *(f"{month};{row}" for row in rows), *legend]) + "\n"
    return write(folder, "AkG_A_Arbeitslose_202512.csv", text)


def replaced(rows: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    """The rows with one of them exchanged; the old one must be there."""
    assert old in rows
    return tuple(new if row == old else row for row in rows)


FACILITY_HEAD = "Nr.;Name;Art;Anschrift;Baustein;Plätze unter 6;Stand;Schutz"
FACILITY_ROWS = (
    f"1;Kita Regenbogen;Kindertageseinrichtung;Marktweg 3;{TOWN}-0001;75;31.12.2025;",
    f"2;Haus Abendruh;Pflegeheim;Am Anger 1;{TOWN}-0002;;31.12.2025;",
    "3;Frauenhaus;Frauenhaus;nicht mitgeteilt;;;31.12.2025;ja",
)


def facilities(folder: Path, *rows: str) -> Path:
    text = "\n".join([FACILITY_HEAD, *(rows or FACILITY_ROWS)]) + "\n"
    return write(folder, "Einrichtungen_2025-12-31.csv", text, "utf-8-sig")


CENSUS_HEAD = (
    "GITTER_ID_100m;x_mp_100m;y_mp_100m;Wohnungen_insgesamt;Wohnungen_in_Mehrfamilienhaeusern;"
    "Durchschn_Wohnflaeche;werterlaeuternde_Zeichen"
)


def cell(east: float, north: float, rest: str) -> str:
    """A census row for the midpoint `east`, `north` metres from the region's south-west corner."""
    x, y = Transformer.from_crs("EPSG:25832", "EPSG:3035", always_xy=True).transform(WEST + east, SOUTH + north)
    x, y = round(x), round(y)
    return f"CRS3035RES100mN{y}E{x};{x};{y};{rest}"


def census(folder: Path, *rows: str) -> Path:
    path = folder / "Zensus2022_Wohnungen_100m-Gitter.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Zensus2022_Wohnungen_100m-Gitter.csv", "\n".join([CENSUS_HEAD, *rows]) + "\n")
    return path


YOUTH_ROWS = (
    (f"{TOWN}-01", "Mitte", 40, 35, 12),
    (f"{TOWN}-02", "Nord", 25, 20, "*"),
    (f"{TOWN}-03", "Hof", 5, 5, 0),
    ("ohne Angabe", "", 1, 1, 3),
    ("Summe", "", 71, 61, 16),
)


def youth(
    folder: Path,
    rows: tuple[tuple, ...] = YOUTH_ROWS,
    *,
    aid: str = "am Stichtag",
    day: str = "Stichtag: 31.12.2025",
    name: str = "Jugendamt_Altstadt_2025.xlsx",
    merged: bool = True,
) -> Path:
    path = folder / name
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Tabelle 1")
        sheet.write(0, 0, "Jugendamt Altstadt: Tagesbetreuung und Hilfen zur Erziehung")
        sheet.write(1, 0, day)
        if merged:
            sheet.merge_range(3, 0, 4, 0, "Sozialraum")
            sheet.merge_range(3, 1, 4, 1, "Name")
            sheet.merge_range(3, 2, 3, 3, "Kinder von 3 bis unter 6 Jahren")
        else:
            sheet.write_row(3, 0, ["Sozialraum", "Name", "Kinder von 3 bis unter 6 Jahren"])
        sheet.write(3, 4, "Hilfen zur Erziehung 2)")
        sheet.write_row(4, 2, ["insgesamt", "in Tageseinrichtungen 1)", aid])
        for line, row in enumerate(rows, start=5):
            sheet.write_row(line, 0, row)
        sheet.write(len(rows) + 6, 0, "1) ohne Tagespflege")
        sheet.write(len(rows) + 7, 0, "2) * = 1 oder 2 Fälle")
        notes = book.add_worksheet("Hinweise")
        notes.write(0, 0, "Die Zahlen stammen aus dem Fachverfahren.")
        notes.write(1, 0, "Rückfragen an das Jugendamt.")
    return path
