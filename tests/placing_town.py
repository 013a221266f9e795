"""Three of nine invented towns with addresses: enough to place a list, count it and read the counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import shapely

import request_village
from sozialraum.blocks import Places, no_buildings, no_places
from sozialraum.project import Project

TOWNS = {"05999002": "52001", "05999004": "52002", "05999008": "52003"}  # Musterstadt, Musterdorf, Hallenfeld
STREETS = ("Hauptstraße", "Mühlenweg", "Karl-Marx-Straße", "St.-Anna-Weg")
LAST = 40
LIST_HEADS = ("Aktenzeichen", "Straße", "Hausnummer", "PLZ", "Ort", "Hilfe", "Alter")


def town_with_addresses(folder: Path) -> Project:
    """Nine towns of two areas each; in three of them four streets of 40 numbers: 1 to 20 in area 1, the others in 2."""
    project = request_village.nine_towns(folder)
    blocks = project.blocks()
    rows = []
    for ags, postcode in TOWNS.items():
        own = blocks[blocks["municipality"] == ags]["block_id"].tolist()
        first = next(block for block in own if block[-1] not in "JKL")
        second = next(block for block in own if block[-1] in "JKL")
        for street in STREETS:
            rows += [(street, n, "", postcode, first if n <= LAST // 2 else second) for n in range(1, LAST + 1)]
        rows.append(("Hauptstraße", 7, "a", postcode, first))
    frame = pd.DataFrame(rows, columns=["street", "number", "suffix", "postcode", "block_id"])
    addresses = gpd.GeoDataFrame(frame, geometry=[shapely.Point(0, 0)] * len(frame), crs=25832)
    project.save_layers(
        project.municipalities(), blocks, project.lines(), Places(addresses, no_buildings(), no_places())
    )
    return project


def write_list(file: Path, rows: Sequence[Sequence[object]], heads: Sequence[str] = LIST_HEADS) -> Path:
    """A department's list as a workbook; the head stands in row 3 below a title."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Fälle"
    sheet.append(["Hilfen zur Erziehung"])
    sheet.append([])
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
    book.create_sheet("Notizen").append(["bleibt"])
    book.save(file)
    return file
