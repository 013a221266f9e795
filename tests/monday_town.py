"""Musterstadt on a Monday: areas in force, registers of two years, the youth office's files of last year and this year.

This year's file has what such files have: a column renamed, a footer added, a key without its zero, a total 12 too low.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import xlsxwriter

import workshop_town as town
from sozialraum import workflow
from sozialraum.delineation import make_plan
from sozialraum.project import Project

QUARTERS = ("Nordfeld", "Am Markt", "Bahnhof", "Westheide", "Lindenhof", "Südstadt")
YEARS = (2024, 2025)
CARE, CARE_RENAMED = "in Tageseinrichtungen", "in Kitas betreut 1)"
TOO_LOW = 12
# Share of the inhabitants: age from, age under, share
AGES = (("0", "3", 0.03), ("3", "6", 0.03), ("6", "15", 0.09), ("15", "25", 0.11), ("25", "45", 0.26),
        ("45", "65", 0.28), ("65", "80", 0.14), ("80", "", 0.06))  # fmt: skip
# Children from 3 to under 6 in daycare, of 100, in 2024 and 2025
IN_CARE = {
    "Nordfeld": (93, 94), "Am Markt": (88, 89), "Bahnhof": (74, 78), "Westheide": (96, 96), "Lindenhof": (81, 80),
    "Südstadt": (90, 91),
}  # fmt: skip


def area_id(quarter: str) -> str:
    return f"{town.AGS}-{QUARTERS.index(quarter) + 1:02d}"


def register_text(blocks: pd.DataFrame, year: int) -> str:
    """The extract of the residents' register: whole numbers that grow by four in a hundred from year to year."""
    lines = ["Stichtag;Baustein;Alter von;Alter unter;Geschlecht;Staatsangehörigkeit;Anzahl"]
    growth = 1 + 0.04 * (year - YEARS[0])
    for block, people in zip(blocks["block_id"], blocks["population"], strict=True):
        for start, end, share in AGES:
            number = round(people * share * growth)
            for sex, half in (("w", number // 2), ("m", number - number // 2)):
                foreign = half // 8
                for nation, cases in (("D", half - foreign), ("A", foreign)):
                    if cases:
                        lines.append(f"31.12.{year};{block};{start};{end};{sex};{nation};{cases}")
    return "\n".join(lines) + "\n"


def children(blocks: pd.DataFrame, year: int) -> dict[str, int]:
    """Children from 3 to under 6 of each quarter, as the register has them."""
    share, growth = AGES[1][2], 1 + 0.04 * (year - YEARS[0])
    return {
        quarter: sum(
            round(people * share * growth) for people in blocks.loc[blocks["quarter"] == quarter, "population"]
        )
        for quarter in QUARTERS
    }


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """A workbook of the youth office: one row per area, a total, and what is wrong with it.

    rows : quarter, key as written, children, in daycare, aid. total_off : how much the total of daycare is too low.
    """

    year: int
    rows: tuple[tuple[str, str, int, int, int], ...]
    care_head: str = CARE
    footer: str = ""
    total_off: int = 0

    def write(self, path: Path) -> Path:
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Tabelle 1")
            sheet.set_column(0, 0, 16)
            sheet.write_row(0, 0, ["Jugendamt Musterstadt, Tagesbetreuung und Hilfen"])
            sheet.write_row(1, 0, [f"Stichtag: 31.12.{self.year}"])
            sheet.write_row(3, 0, ["Sozialraum", "Name", "Kinder von 3 bis unter 6 Jahren", "", "Hilfen zur Erziehung"])
            sheet.merge_range(3, 2, 3, 3, "Kinder von 3 bis unter 6 Jahren")
            sheet.write_row(4, 0, ["", "", "insgesamt", self.care_head, "am Stichtag"])
            for place, (quarter, key, *numbers) in enumerate(self.rows):
                sheet.write_row(5 + place, 0, [key, quarter, *numbers])
            last = 5 + len(self.rows)
            sums = [sum(row[column] for row in self.rows) for column in (2, 3, 4)]
            sheet.write_row(last, 0, ["Summe", "", sums[0], sums[1] - self.total_off, sums[2]])
            if self.footer:
                sheet.write(last + 2, 0, self.footer)
        return path


def office_file(year: int) -> OfficeFile:
    """The file as it should be."""
    blocks = town.blocks()
    there = children(blocks, year)
    rows = tuple(
        (
            quarter,
            area_id(quarter),
            there[quarter],
            there[quarter] * IN_CARE[quarter][year - YEARS[0]] // 100,
            20 + 5 * place,
        )
        for place, quarter in enumerate(QUARTERS)
    )
    return OfficeFile(year, rows)


def delivered_on_monday() -> OfficeFile:
    """This year's file as it comes."""
    good = office_file(YEARS[1])
    rows = tuple(
        (quarter, key.removeprefix("0") if quarter == "Bahnhof" else key, *numbers)
        for quarter, key, *numbers in good.rows
    )
    return replace(good, rows=rows, care_head=CARE_RENAMED, footer="1) ohne Kinder in Tagespflege", total_off=TOO_LOW)


def corrected() -> OfficeFile:
    """What the office sends after it was asked: the total is right now, all else as it came."""
    return replace(delivered_on_monday(), total_off=0)


def make_project(folder: Path, files: Path) -> None:
    """The project as the planner left it on Friday: computed with last year's file of the youth office."""
    files.mkdir(parents=True, exist_ok=True)
    town.write_town(files / "bausteine.gpkg")
    with Project.create(folder, name="Musterkreis 2026") as project:
        workflow.import_blocks(project, files / "bausteine.gpkg")
        blocks = project.blocks()
        names = [(area_id(name), str(place + 1), name, town.AGS, "adopted") for place, name in enumerate(QUARTERS)]
        areas = pd.DataFrame(names, columns=["area_id", "code", "name", "municipality", "origin"])
        assignment = dict(zip(blocks["block_id"], blocks["quarter"].map(area_id), strict=True))
        plan = make_plan(assignment, areas, title="Sozialräume 2024", created="2024-03-01T00:00:00+00:00")
        project.save_plan(plan)
        project.make_current(plan.plan_id)
        for year in YEARS:
            register = files / f"einwohner_{year}.csv"
            register.write_text(register_text(blocks, year), encoding="utf-8")
            workflow.deliver(project, register)
        workflow.deliver(project, office_file(YEARS[0]).write(files / f"jugendamt_{YEARS[0]}.xlsx"))
        workflow.compute(project)
