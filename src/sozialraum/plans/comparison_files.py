"""A comparison of two plans as tables for people: CSV and a workbook."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import xlsxwriter

from sozialraum.base import _
from sozialraum.plans.comparing import Comparison

WIDEST = 60
TRIMMED = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}


def comparison_tables(comparison: Comparison) -> dict[str, pd.DataFrame]:
    """Title -> table with headings: municipalities, where the areas come from, moved blocks.

    Few inhabitants of single blocks are left out, as these tables go to others.
    """
    comparison = comparison.for_others()
    names = {town.ags: town.name for town in comparison.towns}
    towns = pd.DataFrame(
        [
            (
                town.ags, town.name, town.areas_before, town.areas_after, town.blocks_moved, town.persons_moved,
                town.likeness_before, town.likeness_after, town.compactness_before, town.compactness_after,
            )
            for town in comparison.towns
        ],
        columns=[
            _("Schlüssel"), _("Gemeinde"), _("Gebiete vorher"), _("Gebiete nachher"), _("Bausteine gewechselt"),
            _("Einwohner/-innen gewechselt"), _("Ähnlichkeit innen vorher"), _("Ähnlichkeit innen nachher"),
            _("Kompaktheit vorher"), _("Kompaktheit nachher"),
        ],
    )  # fmt: skip
    origin = comparison.lineage.assign(town=comparison.lineage["ags"].map(names).fillna(""))[
        ["ags", "town", "old_id", "old_code", "old_name", "kind", "new_id", "new_code", "new_name", "blocks", "persons"]
    ]
    origin.columns = [
        _("Schlüssel"), _("Gemeinde"), _("Gebiet vorher"), _("Nummer vorher"), _("Name vorher"), _("Art"),
        _("Gebiet nachher"), _("Nummer nachher"), _("Name nachher"), _("Bausteine"), _("Einwohner/-innen"),
    ]  # fmt: skip
    moved = comparison.moved.copy()
    moved.columns = [
        _("Schlüssel"), _("Baustein"), _("Gebiet vorher"), _("Nummer vorher"), _("Gebiet nachher"),
        _("Nummer nachher"), _("Einwohner/-innen"), _("Begründung"),
    ]  # fmt: skip
    return {_("Gemeinden"): towns, _("Herkunft der Gebiete"): origin, _("Gewechselte Bausteine"): moved}


def write_csv(comparison: Comparison, file: Path) -> list[Path]:
    """Three tables beside each other, named after `file`: the areas in it, municipalities and blocks with a suffix.

    UTF-8 with byte order mark and semicolons, as spreadsheets here expect. Returns the files.
    """
    towns, origin, moved = comparison_tables(comparison).values()
    written = []
    for suffix, table in (("", origin), (_("_gemeinden"), towns), (_("_bausteine"), moved)):
        target = file.with_name(f"{file.stem}{suffix}{file.suffix or '.csv'}")
        text = table.to_csv(sep=";", decimal=",", index=False, lineterminator="\n")
        _whole(target, text.encode("utf-8-sig"))
        written.append(target)
    return written


def write_xlsx(comparison: Comparison, file: Path) -> Path:
    """A workbook with one sheet per table and the notes on the first."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, TRIMMED) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        whole, part = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "0.0##"})
        for title, table in comparison_tables(comparison).items():
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(table.columns):
                values = table.iloc[:, column].tolist()
                sheet.write_string(0, column, str(name), head)
                longest = max([12, *(len(str(value)) for value in values)])
                sheet.set_column(column, column, min(longest + 1, WIDEST))
                for row, value in enumerate(values, start=1):
                    if isinstance(value, str):
                        sheet.write_string(row, column, value)
                    elif not pd.isna(value):
                        sheet.write_number(row, column, value, whole if float(value).is_integer() else part)
        about = book.add_worksheet(_("Über diese Mappe"))
        for row, text in enumerate(about_lines(comparison)):
            about.write_string(row, 0, text)
    _whole(file, buffer.getvalue())
    return file


def about_lines(comparison: Comparison) -> list[str]:
    """Which plans are compared, what the letters mean, and what limits the comparison."""
    return [
        _("Vorher: {title} ({key})").format(title=comparison.old.title, key=comparison.old.plan_id),
        _("Nachher: {title} ({key})").format(title=comparison.new.title, key=comparison.new.plan_id),
        _("U = unverändert, S = geteilt, M = zusammengelegt, X = neu zugeschnitten"),
        _("Ähnlichkeit innen: 100 = alle Bausteine eines Gebiets gleichen einander, 0 = so gemischt wie die Gemeinde."),
        _("Einwohnerzahlen unter 3 und solche, aus denen sie sich ausrechnen ließen, bleiben leer."),
        _("Begründungen stehen nur da, wo sie zur Veröffentlichung freigegeben sind."),
        *comparison.notes,
    ]


def _whole(file: Path, content: bytes) -> None:
    part = file.with_name(file.name + ".part")
    part.write_bytes(content)
    part.replace(file)
