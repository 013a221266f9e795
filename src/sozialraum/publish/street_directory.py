"""The street directory: for each area its streets with odd and even numbers, printed or as a workbook."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from sozialraum.base import _, in_language, name_key, plural
from sozialraum.base.numbers import count, day
from sozialraum.publish.print_pdf import compile_sheets

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
Ends = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class StreetLine:
    """A street in an area. odd, even : (from, to) of each side, None = no number of that side.

    whole : the whole street lies in the area. to_end_odd, to_end_even : the range holds every higher number as well.
    """

    street: str
    postcode: str
    odd: Ends
    even: Ends
    whole: bool = False
    to_end_odd: bool = False
    to_end_even: bool = False


@dataclass(frozen=True, slots=True)
class AreaStreets:
    """An area with its streets in the order of the alphabet. label : '3a Altstadt Nord'. key : area_id."""

    key: str
    label: str
    town: str
    lines: tuple[StreetLine, ...]


@dataclass(frozen=True, slots=True)
class StreetDirectory:
    """All areas that are printed. plan : title of the plan. register : what the register is called, may be ''.

    created_on : ISO date. notice : mark on every page, may be ''.
    """

    region: str
    plan: str
    register: str
    areas: tuple[AreaStreets, ...]
    created_on: str
    notice: str = ""
    language: str = "de"


def side_text(ends: Ends, to_end: bool) -> str:
    """'1–45', '47 bis Ende', '12', or '–' where no number of the side lies in the area."""
    if ends is None:
        return "–"
    if to_end:
        return _("{number} bis Ende").format(number=ends[0])
    return str(ends[0]) if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"


def directory_pdf(content: StreetDirectory) -> bytes:
    """The directory on A4, one area after another."""
    with in_language(content.language):
        return compile_sheets("street_directory.typ", directory_data(content))


def directory_data(content: StreetDirectory) -> dict[str, Any]:
    """Everything the template sets, finished."""
    title = _("Straßenverzeichnis")
    source = " · ".join(part for part in (content.region, _("Plan: {plan}").format(plan=content.plan)) if part)
    if content.register:
        source += " · " + _("Adressregister: {name}").format(name=content.register)
    return {
        "title": f"{title} · {content.region}" if content.region else title,
        "heading": title,
        "kicker": content.region,
        "language": content.language,
        "date": [int(part) for part in content.created_on[:10].split("-")],
        "marks": [content.notice] if content.notice else [],
        "source": source,
        "made": _("Erstellt am {day}").format(day=day(content.created_on[:10])),
        "lead": _(
            "Ungerade und gerade Hausnummern stehen getrennt; „alle“ heißt: die ganze Straße. Ein Zusatz wie „a“ "
            "gehört zu seiner Hausnummer. Nummern, die es noch nicht gibt, gehören zum nächsten Haus derselben Seite."
        ),
        "areas": [_area_data(area) for area in content.areas],
    }


def _area_data(area: AreaStreets) -> dict[str, Any]:
    streets = len({(line.postcode, line.street) for line in area.lines})
    words = plural("1 Straße", "{n} Straßen", streets).format(n=count(streets))
    columns = [(_("Straße"), 1.0), (_("PLZ"), 0.0), (_("ungerade"), 0.0), (_("gerade"), 0.0)]
    return {
        "heading": f"{area.town}: {area.label}" if area.town else area.label,
        "words": words,
        "columns": [{"title": title, "align": "left", "width": width} for title, width in columns],
        "rows": [_cells(line) for line in area.lines],
    }


def _cells(line: StreetLine) -> list[str]:
    if line.whole:
        return [line.street, line.postcode, _("alle"), _("alle")]
    return [line.street, line.postcode, side_text(line.odd, line.to_end_odd), side_text(line.even, line.to_end_even)]


def directory_workbook(content: StreetDirectory) -> bytes:
    """The bytes of a workbook with two sheets: by area, and all streets from A to Z with their area."""
    with in_language(content.language):
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, OPTIONS)
        moment = datetime.fromisoformat(content.created_on[:10])
        book.set_properties({"title": _("Straßenverzeichnis"), "comments": content.notice, "created": moment})
        rows = [(area, line) for area in content.areas for line in area.lines]
        _sheet(book, _("Gebiete"), rows)
        _sheet(book, _("Straßen von A bis Z"), sorted(rows, key=_by_street))
        book.close()
        return buffer.getvalue()


def _by_street(row: tuple[AreaStreets, StreetLine]) -> tuple[str, str, int, str]:
    area, line = row
    first = min(ends[0] for ends in (line.odd, line.even) if ends) if line.odd or line.even else 0
    return name_key(line.street), line.postcode, first, area.key


def _sheet(book: xlsxwriter.Workbook, name: str, rows: Sequence[tuple[AreaStreets, StreetLine]]) -> None:
    """Keys and postcodes as text, numbers as numbers; 'Ende' where every higher number belongs."""
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True, "bottom": 1})
    heads = [
        _("Straße"), _("PLZ"), _("ungerade von"), _("ungerade bis"), _("gerade von"), _("gerade bis"),
        _("ganze Straße"), _("Gemeinde"), _("Gebiet"), _("Gebietsschlüssel"),
    ]  # fmt: skip
    widths = (34, 8, 13, 13, 11, 11, 13, 22, 28, 18)
    for place, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.write_string(0, place, head, bold)
        sheet.set_column(place, place, width)
    for number, (area, line) in enumerate(rows, start=1):
        sheet.write_string(number, 0, line.street)
        sheet.write_string(number, 1, line.postcode)
        for place, ends, to_end in ((2, line.odd, line.to_end_odd), (4, line.even, line.to_end_even)):
            if ends is not None:
                sheet.write_number(number, place, ends[0])
                if to_end:
                    sheet.write_string(number, place + 1, _("Ende"))
                else:
                    sheet.write_number(number, place + 1, ends[1])
        for place, text in enumerate((_("ja") if line.whole else "", area.town, area.label, area.key), start=6):
            sheet.write_string(number, place, text)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(rows)), len(heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
