"""The village at two dates, with a report between and other areas after it; small enough to compute changes by hand.

Block C goes from 01 old town to 02 estate in 2025. Households are known by block at both dates, the children of the
youth office by area only: those of 2023 for the areas of 2023. Single parents among families:
2023: A 10/50, B 12/50, C 20/100, D 30/100, E 20/100, F 22/100, J..L 25/100 each; 2025: as 2023, but E 40/110, A 20/50.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pandas as pd

from sozialraum import workflow
from sozialraum.delineation import make_plan
from sozialraum.project import Project
from sozialraum.workflow.change_splitting import ChangeTold
from sozialraum.workflow.content import report_content
from sozialraum.workflow.released_figures import FILE, write_figures
from traced_village import AREAS, NAMES, area_key, layers_file, register_text, write_youth
from village import AGS

FIRST, LAST = "2023-12-31", "2025-12-31"
AREAS_LATER = {"01": "AB", "02": "CDEF", "03": "JKLghi"}
FAMILIES = {"A": 50, "B": 50, "C": 100, "D": 100, "E": 100, "F": 100, "J": 100, "K": 100, "L": 100}
ALONE = {"A": 10, "B": 12, "C": 20, "D": 30, "E": 20, "F": 22, "J": 25, "K": 25, "L": 25}
FAMILIES_LATER = {**FAMILIES, "E": 110}
ALONE_LATER = {**ALONE, "A": 20, "E": 40}
# Children from 3 to under 6, of these in daycare, cases of aid: by area
YOUTH = {"01": (60, 30, 14), "02": (60, 57, 16), "03": (60, 49, 13)}
YOUTH_LATER = {"01": (40, 22, 12), "02": (80, 66, 16), "03": (60, 50, 13)}


def in_year(text: str, year: str) -> str:
    return text.replace("31.12.2025", f"31.12.{year}")


def households(families: Mapping[str, int], alone: Mapping[str, int]) -> str:
    lines = ["Stichtag;Baustein;Haushalte;mit Kindern unter 18;darunter Alleinerziehende"]
    return "\n".join([*lines, *(f"31.12.2025;{AGS}-{b};250;{n};{alone[b]}" for b, n in families.items())]) + "\n"


def youth_file(path: Path, rows: Mapping[str, tuple[int, int, int]], year: str) -> Path:
    write_youth(path, dict(rows))
    book = openpyxl.load_workbook(path)
    book.active["A2"] = f"Stichtag: 31.12.{year}"
    book.save(path)
    return path


def set_plan(project: Project, members: Mapping[str, str], title: str, created: str) -> None:
    rows = [(area_key(number), number.lstrip("0"), NAMES[number], AGS, "adopted") for number in members]
    areas = pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"])
    assignment = {f"{AGS}-{block}": area_key(number) for number, blocks in members.items() for block in blocks}
    plan = make_plan(assignment, areas, title=title, created=created)
    project.save_plan(plan)
    project.make_current(plan.plan_id)


def deliver(
    project: Project, files: Path, year: str, families: Mapping[str, int], alone: Mapping[str, int],
    youth: Mapping[str, tuple[int, int, int]],
) -> None:  # fmt: skip
    texts = {"einwohner": register_text("ABCDEFJKL"), "haushalte": households(families, alone)}
    for name, text in texts.items():
        (files / f"{name}_{year}.csv").write_text(in_year(text, year), encoding="utf-8")
        workflow.deliver(project, files / f"{name}_{year}.csv")
    workflow.deliver(project, youth_file(files / f"jugendamt_{year}.xlsx", youth, year))


def freeze(project: Project, day: str) -> str:
    """A release that holds the figures alone; the report itself takes longer."""
    with workflow.catalogue.counting_as(project):
        content = report_content(project, today=day)
    plan_id = workflow.main.current_plan(project).plan_id
    return project.add_release(
        lambda folder: write_figures(content, plan_id, folder / FILE), plan_id=plan_id, created=f"{day}T00:00:00+00:00"
    )


def make_project(folder: Path, files: Path, *, frozen: bool = True) -> Project:
    """The project, open and computed for both dates. frozen : with a report of 2023 on the areas of 2023."""
    files.mkdir(parents=True, exist_ok=True)
    project = Project.create(folder, name="Musterkreis")
    workflow.import_blocks(project, layers_file(files / "bausteine.gpkg"))
    set_plan(project, AREAS, "Sozialräume 2023", "2023-03-01T00:00:00+00:00")
    project.settings.update({"editions": [FIRST]})
    deliver(project, files, "2023", FAMILIES, ALONE, YOUTH)
    if frozen:
        workflow.compute(project)
        freeze(project, "2024-03-01")
    set_plan(project, AREAS_LATER, "Sozialräume 2025", "2025-03-01T00:00:00+00:00")
    project.settings.update({"editions": [FIRST, LAST]})
    deliver(project, files, "2025", FAMILIES_LATER, ALONE_LATER, YOUTH_LATER)
    workflow.compute(project)
    return project


def points(told: ChangeTold) -> dict[str, float | tuple[float, float]]:
    """The parts by name, exact ones as points, others as bounds."""
    found: dict[str, float | tuple[float, float]] = {}
    for part in told.change.parts.parts:
        low, high = (round(100 * (end or 0.0), 2) for end in (part.low, part.high))
        found["+".join(part.names)] = low if low == high else (low, high)
    return found
