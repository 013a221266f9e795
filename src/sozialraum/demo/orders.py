"""The second round: the employment agency and the youth offices answer for the areas they were given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter

from sozialraum.base import code_key
from sozialraum.demo.chance import stream
from sozialraum.demo.files import german_day
from sozialraum.demo.region import EDITIONS
from sozialraum.demo.world import World

AGENCY_TABLES = (
    ("A_Arbeitslose", (("ALO_INSG", "unemployed"), ("ALO_U25", "unemployed_15_25"))),
    ("B_Beschaeftigte", (("SVB_WO", "employees"),)),
    ("C_SGB2", (("PERS_BG", "benefit_persons"), ("KIND_U15", "benefit_children"))),
)
SMALLEST_SHOWN, SMALLEST_AREA = 10, 1000
UNPLACED = "keine Angabe"
COUNTED = (
    "population", "unemployed", "unemployed_15_25", "employees", "benefit_persons", "benefit_children",
    "children_03_06", "care_03_06", "family_aid",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """A youth office: the municipalities it serves and its ways.

    year_sum : counts aid over the year. stars : hides counts of 1 and 2. late : its last file is a year old.
    silent : delivers nothing.
    """

    name: str
    members: tuple[str, ...]
    year_sum: bool = False
    stars: bool = False
    late: bool = False
    silent: bool = False


OFFICES = (
    Office("Altenwerth", ("05999002",)),
    Office("Merzenrath", ("05999004",), stars=True),
    Office("Grevenholt", ("05999008",), year_sum=True),
    Office("Hallenfeld", ("05999012",), late=True),
    Office("Ellenbrück", ("05999016",), silent=True),
    Office("Kreis", ("05999020", "05999024", "05999028", "05999032", "05999036")),
)
# An aid that lasts some months is counted once in the sum of a year, at a reference date only if it runs then.
AIDS_PER_YEAR = 1.65


@dataclass(frozen=True)
class Order:
    """The areas an answer is given for, in the order of their codes, and what was counted in them.

    areas : area_id, municipality, key, name. sums : per edition a frame by area_id with the columns COUNTED.
    """

    areas: pd.DataFrame
    sums: tuple[pd.DataFrame, ...]


def answer_orders(
    world: World,
    assignment: pd.Series,
    agency_keys: pd.Series,
    area_names: Mapping[str, str],
    folder: Path,
) -> tuple[Path, ...]:
    """Write the deliveries ordered for areas: agency tables and youth office workbooks of all editions.

    assignment : block_id → area_id, every block of the world. agency_keys : area_id → nine-digit key.
    area_names : area_id → name. Raises ValueError when a block has no area or an area no key.
    """
    folder.mkdir(parents=True, exist_ok=True)
    order = place_order(world, assignment, agency_keys, area_names)
    paths: list[Path] = []
    for number in range(len(EDITIONS)):
        paths += _agency(world, order, number, folder)
        paths += _youth_offices(world, order, number, folder)
    return tuple(paths)


def place_order(world: World, assignment: pd.Series, agency_keys: pd.Series, area_names: Mapping[str, str]) -> Order:
    """Sum the hidden truth of the blocks to the areas."""
    area_of = assignment.reindex(world.blocks["block_id"])
    if area_of.isna().any():
        raise ValueError(f"{int(area_of.isna().sum())} blocks without area")
    frame = pd.DataFrame({"area_id": area_of.to_numpy(), "municipality": world.blocks["municipality"].to_numpy()})
    areas = frame.drop_duplicates("area_id")
    areas = areas.assign(key=areas["area_id"].map(agency_keys), name=areas["area_id"].map(area_names))
    if areas["key"].isna().any():
        raise ValueError(f"areas without key: {', '.join(areas.loc[areas['key'].isna(), 'area_id'])}")
    areas = areas.iloc[sorted(range(len(areas)), key=lambda row: code_key(areas["area_id"].iloc[row]))]
    sums = tuple(
        conditions[list(COUNTED)].groupby(frame["area_id"].to_numpy()).sum().reindex(areas["area_id"])
        for conditions in world.truth.conditions
    )
    return Order(areas.reset_index(drop=True), sums)


# The employment agency


def _agency(world: World, order: Order, number: int, folder: Path) -> list[Path]:
    month = EDITIONS[number][:7].replace("-", "")
    paths = []
    for title, features in AGENCY_TABLES:
        path = folder / f"AkG_{title}_{month}.csv"
        path.write_bytes(agency_text(world, order, number, features).replace("\n", "\r\n").encode("cp1252"))
        paths.append(path)
    return paths


def agency_text(world: World, order: Order, number: int, features: tuple[tuple[str, str], ...]) -> str:
    """One agency table: areas, sums per Bezirk, rows without area, sums per municipality, sum of all."""
    columns = [feature for _head, feature in features]
    month = EDITIONS[number][:7].replace("-", "")
    members = world.members_of(EDITIONS[number])
    sums, residual = order.sums[number], world.truth.residual[number][columns]
    rows = [";".join(["Berichtsmonat", "Gemeinde", "Schlüssel", "Name", *(head for head, _feature in features)])]
    grand = np.zeros(len(columns), dtype=np.int64)

    def add(ags: str, key: str, name: str, cells: list[str]) -> None:
        rows.append(";".join([month, ags, key, name, *cells]))

    for ags, areas in order.areas.groupby("municipality", sort=True):
        if ags not in members:
            continue
        own = sums.loc[areas["area_id"], columns].to_numpy()
        blocked = sums.loc[areas["area_id"], "population"].to_numpy() < SMALLEST_AREA
        for key, name, counts, hidden in zip(areas["key"], areas["name"], own, blocked, strict=True):
            add(str(ags), key, name, ["x"] * len(columns) if hidden else _starred(counts))
        unplaced = residual.loc[str(ags)].to_numpy()
        district = str(areas["key"].iloc[0])
        add(str(ags), f"{district[:6]}SUM", "Summe Stadtbezirk", _starred(own.sum(axis=0)))
        add(str(ags), UNPLACED, UNPLACED, _starred(unplaced))
        add(str(ags), f"{district[:3]}SUMSUM", "Summe Gemeinde", _starred(own.sum(axis=0) + unplaced))
        grand += own.sum(axis=0) + unplaced
    add("", "SUMSUMSUM", "Insgesamt", _starred(grand))
    return "\n".join([*rows, *_agency_notes(number), ""])


def _starred(counts: np.ndarray) -> list[str]:
    return ["*" if 0 < count < SMALLEST_SHOWN else str(int(count)) for count in counts]


def _agency_notes(number: int) -> list[str]:
    day = german_day(EDITIONS[number])
    return [
        "",
        "Zeichenerklärung: * = Wert von 1 bis 9; eine weitere Geheimhaltung wurde nicht vorgenommen.",
        "Zeichenerklärung: x = Gebiet mit weniger als 1.000 Einwohnern, Nachweis gesperrt.",
        f"Stand der Daten: {day}",
    ]


# The youth offices


def _youth_offices(world: World, order: Order, number: int, folder: Path) -> list[Path]:
    members = world.members_of(EDITIONS[number])
    paths = []
    for office in OFFICES:
        if office.silent or not set(office.members) <= set(members):
            continue
        year = int(EDITIONS[number][:4]) - (1 if office.late and number == len(EDITIONS) - 1 else 0)
        path = folder / f"Jugendamt_{office.name}_{year}.xlsx"
        _write_workbook(path, office, year, *office_table(world, order, number, office))
        paths.append(path)
    return paths


def office_table(world: World, order: Order, number: int, office: Office) -> tuple[pd.DataFrame, pd.Series]:
    """The office's areas (area_id, name, children, care, aid) and its children without area."""
    areas = order.areas[order.areas["municipality"].isin(office.members)]
    columns = ["children_03_06", "care_03_06", "family_aid"]
    counts = order.sums[number].loc[areas["area_id"], columns].copy()
    unplaced = world.truth.residual[number].loc[list(office.members), columns].sum()
    if office.late and number == len(EDITIONS) - 1:
        counts = _a_year_before(world, order.sums[number - 1].loc[areas["area_id"], columns], counts, office)
    if office.year_sum:
        counts["family_aid"] = np.round(counts["family_aid"] * AIDS_PER_YEAR).astype(np.int64)
        unplaced["family_aid"] = round(unplaced["family_aid"] * AIDS_PER_YEAR)
    table = counts.reset_index(drop=True)
    table.insert(0, "area_id", areas["area_id"].to_numpy())
    table.insert(1, "name", areas["name"].to_numpy())
    return table, unplaced


def _a_year_before(world: World, before: pd.DataFrame, now: pd.DataFrame, office: Office) -> pd.DataFrame:
    """Half way between two editions, with a little chance; children in care never exceed children."""
    shift = stream(world.seed, "late", office.name).integers(-1, 2, before.shape)
    between = np.maximum(np.floor((before.to_numpy() + now.to_numpy()) / 2).astype(np.int64) + shift, 0)
    frame = pd.DataFrame(between, index=now.index, columns=now.columns)
    frame["care_03_06"] = np.minimum(frame["care_03_06"], frame["children_03_06"])
    return frame


def _write_workbook(path: Path, office: Office, year: int, table: pd.DataFrame, unplaced: pd.Series) -> None:
    """The workbook as such an office makes it: title rows, a two-row head, sums among the rows, footnotes."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": datetime(year + 1, 2, 1), "title": f"Jugendamt {office.name}"})
        bold = book.add_format({"bold": True})
        head = book.add_format({"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1})
        sheet = book.add_worksheet("Tabelle 1")
        sheet.set_column("A:A", 15)
        sheet.set_column("B:B", 30)
        sheet.set_column("C:E", 20)
        sheet.write_string(0, 0, f"Jugendamt {office.name}: Tagesbetreuung und Hilfen zur Erziehung", bold)
        sheet.write_string(1, 0, f"Stichtag: 31.12.{year}")
        _write_head(sheet, head, office, year)
        last = _write_rows(sheet, office, table, unplaced, bold)
        sheet.write_string(last + 2, 0, "1) ohne Tagespflege")
        sheet.write_string(last + 3, 0, _aid_note(office))
        _write_hints(book.add_worksheet("Hinweise"), office)


def _write_head(sheet: xlsxwriter.worksheet.Worksheet, head: object, office: Office, year: int) -> None:
    sheet.merge_range(3, 0, 4, 0, "Sozialraum", head)
    sheet.merge_range(3, 1, 4, 1, "Name", head)
    sheet.merge_range(3, 2, 3, 3, "Kinder von 3 bis unter 6 Jahren", head)
    sheet.write_string(4, 2, "insgesamt", head)
    sheet.write_string(4, 3, "in Tageseinrichtungen 1)", head)
    sheet.write_string(3, 4, "Hilfen zur Erziehung 2)", head)
    sheet.write_string(4, 4, f"im Jahr {year}" if office.year_sum else "am Stichtag", head)


def _write_rows(
    sheet: xlsxwriter.worksheet.Worksheet, office: Office, table: pd.DataFrame, unplaced: pd.Series, bold: object
) -> int:
    """Data rows, 'ohne Angabe' and 'Summe'; returns the row of the sum."""
    counted = ["children_03_06", "care_03_06", "family_aid"]
    rows: list[list[str | int]] = table[["area_id", "name", *counted]].to_numpy().tolist()
    rows.append(["ohne Angabe", "", *(int(unplaced[name]) for name in counted)])
    rows.append(["Summe", "", *(int(table[name].sum() + unplaced[name]) for name in counted)])
    for row, (area_id, name, children, care, aid) in enumerate(rows, start=5):
        style = bold if area_id == "Summe" else None
        hidden = office.stars and aid in (1, 2)
        sheet.write_string(row, 0, str(area_id), style)
        sheet.write_string(row, 1, str(name), style)
        sheet.write_row(row, 2, [children, care, "*" if hidden else aid], style)
    return 4 + len(rows)


def _aid_note(office: Office) -> str:
    if office.year_sum:
        return "2) Hilfen nach §§ 27 ff. SGB VIII für Minderjährige, alle im Jahr begonnenen und laufenden Fälle"
    return "2) Hilfen nach §§ 27 ff. SGB VIII für Minderjährige, am Stichtag laufende Fälle"


def _write_hints(sheet: xlsxwriter.worksheet.Worksheet, office: Office) -> None:
    sheet.set_column("A:A", 90)
    sheet.write_string(
        0, 0, "Zuordnung nach der Wohnanschrift des Kindes; Fälle ohne Anschrift stehen unter „ohne Angabe“."
    )
    note = (
        "Ein Stern steht für 1 oder 2 Fälle."
        if office.stars
        else "Alle Angaben ohne Gewähr, Rückfragen bitte schriftlich."
    )
    sheet.write_string(1, 0, note)
