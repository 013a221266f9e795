"""The village receives files: a register by CSV and the youth office's workbook, as it should be and as it comes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import xlsxwriter

import village
from sozialraum import workflow
from sozialraum.delineation import Plan, make_plan
from sozialraum.project import Project

CARE, RENAMED = "in Tageseinrichtungen", "in Kitas betreut"
AREAS = {f"{village.AGS}-01": "ABCDEFghi", f"{village.AGS}-02": "JKL"}
REGISTER_HEAD = "Stichtag;Baustein;Alter von;Alter unter;Geschlecht;Staatsangehörigkeit;Anzahl"


def areas() -> Plan:
    """Two areas: the village and the hamlet."""
    rows = [(key, key[-1], f"Gebiet {key[-1]}", village.AGS, "adopted") for key in AREAS]
    frame = pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"])
    assignment = {f"{village.AGS}-{letter}": key for key, letters in AREAS.items() for letter in letters}
    return make_plan(assignment, frame, title="Sozialräume", created="2026-01-31T12:00:00+00:00")


def project_in(folder: Path, **settings: object) -> Project:
    """A project with blocks and areas, without any delivery."""
    river = village.draw_blocks("RR").rename(columns={"land": "kind", "quarter": "name"})
    river = river[["kind", "name", "geometry"]].assign(kind="river", name="Inde")
    river["geometry"] = river.geometry.boundary
    project = Project.create(folder, name="Musterkreis", settings={"editions": ["2025-12-31"], **settings})
    project.save_layers(village.draw_municipality(), village.village_blocks(), river)
    project.save_plan(areas())
    return project


def register(path: Path, year: int = 2025, people: int = 40) -> Path:
    """Every block has so many inhabitants of 3 to under 6 and ten times as many of 25 to under 45."""
    lines = [REGISTER_HEAD]
    for letters in AREAS.values():
        for letter in letters:
            for start, end, count in ((3, 6, people), (25, 45, 10 * people)):
                lines.append(f"31.12.{year};{village.AGS}-{letter};{start};{end};w;D;{count}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@dataclass(frozen=True, slots=True)
class Office:
    """The youth office's workbook. total_off : how much its sum of children in daycare is too low."""

    year: int = 2025
    care: tuple[int, int] = (300, 100)
    care_head: str = CARE
    first_key: str = f"{village.AGS}-01"
    total_off: int = 0
    footer: str = ""

    def write(self, path: Path) -> Path:
        rows = [(self.first_key, "Dorf", 360, self.care[0], 30), (f"{village.AGS}-02", "Weiler", 120, self.care[1], 12)]
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Tabelle 1")
            sheet.write_row(0, 0, ["Jugendamt Musterstadt"])
            sheet.write_row(1, 0, [f"Stichtag: 31.12.{self.year}"])
            sheet.write_row(3, 0, ["Sozialraum", "Name", "Kinder von 3 bis unter 6 Jahren", "", "Hilfen zur Erziehung"])
            sheet.merge_range(3, 2, 3, 3, "Kinder von 3 bis unter 6 Jahren")
            sheet.write_row(4, 0, ["", "", "insgesamt", self.care_head, "am Stichtag"])
            for place, row in enumerate(rows):
                sheet.write_row(5 + place, 0, row)
            sheet.write_row(7, 0, ["Summe", "", 480, sum(self.care) - self.total_off, 42])
            if self.footer:
                sheet.write(9, 0, self.footer)
        return path


def as_it_comes() -> Office:
    """This year's file: a column renamed, a key without its zero, the total 12 too low, a footer added."""
    return Office(
        care_head=RENAMED, first_key=f"{village.AGS}-01".removeprefix("0"), total_off=12,
        footer="1) ohne Kinder in Tagespflege",
    )  # fmt: skip


def taken(project: Project, file: Path) -> workflow.Taken:
    """Receive a file, accept its warnings, take it over."""
    found = workflow.receive(project, file)
    for one in found.findings:
        if one.finding.severity == "warning":
            workflow.decide(project, found.review_id, one.id, "accepted", "gesehen", "Planung")
    return workflow.take_over(project, found.review_id)
