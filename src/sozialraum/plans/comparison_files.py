"""A comparison of two plans as tables for people: CSV and a workbook."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter

from sozialraum.base import UsageError, _
from sozialraum.base.numbers import EN_DASH
from sozialraum.base.whole_files import write_whole
from sozialraum.plans.comparing import Comparison
from sozialraum.plans.withholding import withheld_note

WIDEST = 60
TRIMMED = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}


def comparison_tables(comparison: Comparison) -> dict[str, pd.DataFrame]:
    """Title -> table with headings: municipalities, where the areas come from, moved blocks.

    These tables go to others: a dash stands for a number that is withheld, and the last column says so.
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
    return {
        title: _dashed(table)
        for title, table in (
            (_("Gemeinden"), towns), (_("Herkunft der Gebiete"), origin), (_("Gewechselte Bausteine"), moved),
        )
    }  # fmt: skip


def _dashed(table: pd.DataFrame) -> pd.DataFrame:
    """A dash for each withheld number of inhabitants, and what it means beside it."""
    column = next(name for name in (_("Einwohner/-innen"), _("Einwohner/-innen gewechselt")) if name in table)
    hidden = table[column].isna()
    made = table.copy()
    made[column] = table[column].astype(object).where(~hidden, EN_DASH)
    made[_("Hinweis")] = np.where(hidden, withheld_note(), "")
    return made


def refuse_folder(file: Path, ending: str) -> None:
    """Raises UsageError where a file is wanted and a folder was named, or a file in a folder that does not exist."""
    if file.is_dir() or not file.name:
        raise UsageError(
            _("„{place}“ ist ein Ordner. Nennen Sie eine Datei darin, zum Beispiel „{example}“.").format(
                place=file, example=file / f"vergleich{ending}"
            )
        )
    if not file.parent.is_dir():
        raise UsageError(
            _("Den Ordner „{place}“ gibt es nicht. Legen Sie ihn an oder nennen Sie einen anderen.").format(
                place=file.parent
            )
        )


def write_csv(comparison: Comparison, file: Path) -> list[Path]:
    """Three tables beside each other, named after `file`: the areas in it, municipalities and blocks with a suffix.

    UTF-8 with byte order mark and semicolons, as spreadsheets here expect. Returns the files.
    """
    towns, origin, moved = comparison_tables(comparison).values()
    written = []
    for suffix, table in (("", origin), (_("_gemeinden"), towns), (_("_bausteine"), moved)):
        target = file.with_name(f"{file.stem}{suffix}{file.suffix or '.csv'}")
        text = table.to_csv(sep=";", decimal=",", index=False, lineterminator="\n")
        write_whole({target: text.encode("utf-8-sig")})
        written.append(target)
    return written


def write_xlsx(comparison: Comparison, file: Path) -> Path:
    """A workbook with one sheet per table and the notes on the first."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, TRIMMED) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        dash = book.add_format({"align": "right"})
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
                        sheet.write_string(row, column, value, dash if value == EN_DASH else None)
                    elif not pd.isna(value):
                        sheet.write_number(row, column, value, whole if float(value).is_integer() else part)
        about = book.add_worksheet(_("Über diese Mappe"))
        for row, text in enumerate(about_lines(comparison)):
            about.write_string(row, 0, text)
    write_whole({file: buffer.getvalue()})
    return file


def about_lines(comparison: Comparison) -> list[str]:
    """Which plans are compared, what the letters and the dash mean, and what limits the comparison."""
    return [
        _("Vorher: {title} ({key})").format(title=comparison.old.title, key=comparison.old.plan_id),
        _("Nachher: {title} ({key})").format(title=comparison.new.title, key=comparison.new.plan_id),
        _("U = unverändert, S = geteilt, M = zusammengelegt, X = neu zugeschnitten"),
        _("Ähnlichkeit innen: 100 = alle Bausteine eines Gebiets gleichen einander, 0 = so gemischt wie die Gemeinde."),
        _("Begründungen stehen nur da, wo sie zur Veröffentlichung freigegeben sind."),
        *comparison.for_others().notes,
    ]
