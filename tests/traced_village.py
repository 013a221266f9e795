"""The village as a computed project, small enough to follow a number by hand.

Three areas of three blocks: 01 old town (A, B, C), 02 estate (D, E, F), 03 hamlet (J, K, L, with g, h, i uninhabited).
The register has 10 persons per block in every group of age and sex; households and the youth office's table are below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd
import xlsxwriter

from sozialraum import workflow
from sozialraum.blocks import read_layers
from sozialraum.delineation import make_plan
from sozialraum.project import Project
from village import AGS, draw_municipality, village_blocks

END = "2025-12-31"
AREAS = {"01": "ABC", "02": "DEF", "03": "JKLghi"}
NAMES = {"01": "Altstadt", "02": "Nordfeld", "03": "Mühlweiler"}
AGES = (("0", "3"), ("3", "6"), ("6", "15"), ("15", "25"), ("25", "45"), ("45", "65"), ("65", "80"), ("80", ""))
# Households with children and, of these, single parents: by block
FAMILIES = {"A": 60, "B": 70, "C": 80, "D": 90, "E": 95, "F": 85, "J": 40, "K": 45, "L": 50}
ALONE = {"A": 21, "B": 22, "C": 23, "D": 31, "E": 32, "F": 33, "J": 2, "K": 0, "L": 0}
# Children from 3 to under 6, of these in daycare, cases of aid: by area
YOUTH = {"01": (60, 51, 14), "02": (60, 57, 16), "03": (60, 49, 3)}
FACILITIES = (
    ("1", "Kita Am Tor", "Kindertageseinrichtung", f"{AGS}-A", "65", ""),
    ("2", "Kita Nordlicht", "Kindertageseinrichtung", f"{AGS}-D", "70", ""),
    ("3", "Kita Schutzhof", "Kindertageseinrichtung", "", "17", "ja"),
)


def area_key(number: str) -> str:
    return f"{AGS}-{number}"


def register_text(blocks: Sequence[str]) -> str:
    lines = ["Stichtag;Baustein;Alter von;Alter unter;Geschlecht;Staatsangehörigkeit;Anzahl"]
    for block in blocks:
        for start, end in AGES:
            for sex in "wm":
                lines.append(f"31.12.2025;{AGS}-{block};{start};{end};{sex};D;9")
                lines.append(f"31.12.2025;{AGS}-{block};{start};{end};{sex};A;1")
    return "\n".join(lines) + "\n"


def households_text(alone: Mapping[str, int]) -> str:
    lines = ["Stichtag;Baustein;Haushalte;mit Kindern unter 18;darunter Alleinerziehende"]
    lines += [f"31.12.2025;{AGS}-{block};250;{number};{alone[block]}" for block, number in FAMILIES.items()]
    return "\n".join(lines) + "\n"


def write_youth(path: Path, rows: Mapping[str, tuple[int, int, int]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Plätze")
        sheet.write_row(0, 0, ["Jugendamt"])
        sheet.write_row(1, 0, ["Stichtag: 31.12.2025"])
        sheet.merge_range(3, 2, 3, 3, "Kinder von 3 bis unter 6 Jahren")
        sheet.write_row(3, 0, ["Sozialraum", "Name"])
        sheet.write(3, 4, "Hilfen zur Erziehung")
        sheet.write_row(4, 2, ["insgesamt", "in Tageseinrichtungen", "am Stichtag"])
        for place, (number, values) in enumerate(rows.items()):
            sheet.write_row(5 + place, 0, [area_key(number), NAMES[number], *values])
        sums = [sum(values[column] for values in rows.values()) for column in range(3)]
        sheet.write_row(5 + len(rows), 0, ["Summe", "", *sums])
    return path


def facilities_text() -> str:
    lines = ["Nr.;Name;Art;Anschrift;Baustein;Plätze unter 6;Stand;Schutz"]
    for number, name, kind, block, places, protection in FACILITIES:
        lines.append(f"{number};{name};{kind};nicht mitgeteilt;{block};{places};31.12.2025;{protection}")
    return "\n".join(lines) + "\n"


def layers_file(path: Path) -> Path:
    draw_municipality().to_file(path, layer="municipalities", driver="GPKG")
    gpd.GeoDataFrame(village_blocks()).to_file(path, layer="blocks", driver="GPKG")
    read_layers(path)
    return path


def make_project(
    folder: Path,
    files: Path,
    *,
    alone: Mapping[str, int] = ALONE,
    youth: Mapping[str, tuple[int, int, int]] = YOUTH,
    compute: bool = True,
) -> Project:
    """The project, open and computed. alone, youth : what the households and the youth office's table say."""
    files.mkdir(parents=True, exist_ok=True)
    project = Project.create(folder, name="Musterkreis")
    workflow.import_blocks(project, layers_file(files / "bausteine.gpkg"))
    rows = [(area_key(number), number.lstrip("0"), NAMES[number], AGS, "adopted") for number in AREAS]
    areas = pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"])
    assignment = {f"{AGS}-{block}": area_key(number) for number, blocks in AREAS.items() for block in blocks}
    plan = make_plan(assignment, areas, title="Sozialräume", created="2025-03-01T00:00:00+00:00")
    project.save_plan(plan)
    project.make_current(plan.plan_id)
    target = {"rate": 0.5, "source": "Jugendhilfeausschuss", "date": "2025-06-30"}
    project.settings.update({"editions": [END], "target": target})
    written = {"einwohner.csv": register_text("ABCDEFJKL"), "haushalte.csv": households_text(alone),
               "einrichtungen.csv": facilities_text()}  # fmt: skip
    for name, text in written.items():
        (files / name).write_text(text, encoding="utf-8")
        workflow.deliver(project, files / name)
    workflow.deliver(project, write_youth(files / "jugendamt.xlsx", youth))
    if compute:
        workflow.compute(project)
    return project
