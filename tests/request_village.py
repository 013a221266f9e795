"""The invented village as a project that asks for data: two areas, a source, data sets, a filled form."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

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
    """A workbook with values entered in cells of its first sheet."""
    book = openpyxl.load_workbook(file)
    for cell, value in values.items():
        book.worksheets[0][cell] = value
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
