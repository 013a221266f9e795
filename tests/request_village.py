"""The invented village as a project that asks for data: two areas, a source, data sets, a filled form."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd

import village
from sozialraum.delineation import make_plan
from sozialraum.deliveries.catalogue_records import DataSet, Source
from sozialraum.project import Project

AREAS = (f"{village.AGS}-01", f"{village.AGS}-02")
YOUTH = Source("jugendamt", "Jugendamt Musterdorf", "Jugendhilfeplanung", "§ 98 SGB VIII", "telefonisch gut erreichbar")
CARE = DataSet(
    "betreuung", "jugendamt", "Kinder in Tagesbetreuung", "Kinder", recipe="youth_office", threshold="unter 3"
)
OFFERS = DataSet("angebote", "jugendamt", "Offene Angebote", "Kinder", rhythm=24, counts="units")


def asking_project(folder: Path, *, records: bool = True) -> Project:
    """A project with layers and a plan of two areas; with a source and two data sets unless told not to."""
    project = Project.create(folder, name="Musterkreis")
    blocks = village.village_blocks()
    lines = village.draw_blocks("RR").rename(columns={"land": "kind", "quarter": "name"})[["kind", "name", "geometry"]]
    lines["geometry"] = lines.geometry.boundary
    project.save_layers(village.draw_municipality(), blocks, lines.assign(kind="river", name="Inde"))
    home = {block: AREAS[block[-1] in "JKL"] for block in blocks["block_id"]}
    rows = [(area, str(place), f"Gebiet {place}", village.AGS, "proposal") for place, area in enumerate(AREAS, 1)]
    frame = pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"])
    project.save_plan(make_plan(home, frame, title="Plan", created="2026-01-01T00:00:00+00:00", parameters={}))
    if records:
        project.save_catalogue_records([YOUTH], [CARE, OFFERS])
    return project


def filled(file: Path, values: Mapping[str, object]) -> Path:
    """A workbook with values entered in cells of its table."""
    book = openpyxl.load_workbook(file)
    sheet = book["Tabelle"] if "Tabelle" in book.sheetnames else book.worksheets[0]
    for cell, value in values.items():
        sheet[cell] = value
    book.save(file)
    return file


def kept_delivery(project: Project, file: Path) -> str:
    """Take over a filled form as it is read, without a review."""
    from sozialraum.deliveries import read_delivery
    from sozialraum.deliveries.files import open_file
    from sozialraum.deliveries.forms import form_in, form_recipe
    from sozialraum.deliveries.reading import Places

    mark = form_in(open_file(file))
    assert mark is not None
    plan = project.plan()
    assert plan is not None
    places = Places(project.blocks(), project.municipalities(), plan.plan_id, tuple(plan.areas["area_id"]))
    return project.add_delivery(file, read_delivery(file, form_recipe(mark), places))


NINE_TOWNS = {
    "05999002": "Musterstadt", "05999004": "Musterdorf", "05999008": "Hallenfeld", "05999012": "Wiesenrath",
    "05999016": "Kornbach/Walheim", "05999020": "Oberau", "05999024": "Unterau", "05999028": "Lindenhof",
    "05999032": "Steinberg (Rhld.)",
}  # fmt: skip


def nine_towns(folder: Path) -> Project:
    """Nine municipalities side by side, each the village again with two areas; sources and data sets of four themes."""
    project = Project.create(folder, name="Musterkreis 2027", notice="Beispielzahlen")
    east = {ags: 2_000 * place for place, ags in enumerate(NINE_TOWNS)}
    blocks = pd.concat([moved(village.draw_blocks(ags=ags), east[ags]) for ags in NINE_TOWNS], ignore_index=True)
    towns = pd.concat(
        [moved(village.draw_municipality(ags=ags, name=name), east[ags]) for ags, name in NINE_TOWNS.items()],
        ignore_index=True,
    )
    lines = village.draw_blocks("RR").rename(columns={"land": "kind", "quarter": "name"})[["kind", "name", "geometry"]]
    lines["geometry"] = lines.geometry.boundary
    project.save_layers(towns, blocks, lines.assign(kind="river", name="Inde"))
    home = {block: f"{block[:8]}-{'02' if block[-1] in 'JKL' else '01'}" for block in blocks["block_id"]}
    areas = sorted(set(home.values()))
    rows = [(area, str(int(area[-2:])), f"Gebiet {int(area[-2:])}", area[:8], "proposal") for area in areas]
    frame = pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"])
    project.save_plan(make_plan(home, frame, title="Plan", created="2026-01-01T00:00:00+00:00", parameters={}))
    health = Source("gesundheitsamt", "Gesundheitsamt", "Kinder- und Jugendärztlicher Dienst", "§ 54 SchulG NRW")
    agency = Source("agentur", "Statistik der Bundesagentur für Arbeit", "Statistik-Service West", "§ 281 SGB III")
    sets = [
        CARE, OFFERS,
        DataSet("schuleingang", "gesundheitsamt", "Schuleingangsuntersuchung", "Gesundheit"),
        DataSet("arbeitslose", "agentur", "Arbeitslose nach Gebieten (Tabelle A)", "Arbeit und Grundsicherung",
                "agency", 3, threshold="unter 10", recipe="agency_unemployed"),
        DataSet("leistungen", "agentur", "Personen in Bedarfsgemeinschaften", "Arbeit und Grundsicherung",
                "agency", 3, threshold="unter 10", recipe="agency_benefits"),
    ]  # fmt: skip
    project.save_catalogue_records([YOUTH, health, agency], sets)
    return project


def moved(frame: gpd.GeoDataFrame, east: float) -> gpd.GeoDataFrame:
    """The same shapes further east."""
    return frame.set_geometry(frame.geometry.translate(xoff=east))
