"""The spreadsheet: the tables of the same prepared model, cells as numbers with a format, marks as text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sozialraum.base import in_language
from sozialraum.base.numbers import MINUS, NARROW_SPACE
from sozialraum.publish.cells import Cell
from sozialraum.publish.content import ReportContent
from sozialraum.publish.document import Column, Heading, Page, Report, Row, Table, Text, walk
from sozialraum.publish.marks import notes_with_marks
from sozialraum.publish.model import prepare
from sozialraum.publish.words import ESTIMATED, LIMITED

LONGEST_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
WIDEST = 46


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet: its name and its tables one under the other."""

    name: str
    tables: tuple[Table, ...]


def write_xlsx(content: ReportContent, path: Path) -> None:
    """Write the tables of the report as XLSX; the same content gives the same bytes.

    One sheet per indicator and theme, besides reading help and sources; heads frozen, set up for print.
    The file appears whole or not at all. OSError when it cannot be written.
    """
    report = prepare(content)
    part = path.with_name(path.name + ".part")
    try:
        with in_language(report.language):
            part.write_bytes(workbook_bytes(report))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def workbook_bytes(report: Report) -> bytes:
    """The bytes of the workbook of a prepared report."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    moment = datetime.fromisoformat(report.created_on[:10])
    book.set_properties({"title": f"{report.title} · {report.region}", "comments": report.notice, "created": moment})
    writer = _Writer(book, report)
    tabs = tabs_of(report)
    writer.contents(tabs)
    writer.reading(next((page for page in report.pages if page.key == "lesehilfe"), None))
    for tab in tabs:
        writer.tables(tab)
    book.close()
    return buffer.getvalue()


def tabs_of(report: Report) -> list[Tab]:
    """The sheets in print order; tables of all profiles with one name stand as one table with the area first."""
    found: dict[str, list[Table]] = {}
    profiles: dict[str, list[tuple[Page, Table]]] = {}
    for page, table in report.tables():
        if not table.sheet:
            continue
        found.setdefault(table.sheet, [])
        if page.chapter == "profile":
            profiles.setdefault(table.sheet, []).append((page, table))
        else:
            found[table.sheet].append(table)
    for name, pairs in profiles.items():
        found[name].append(joined(name, pairs, report.labels["area"]))
    used: set[str] = set()
    return [Tab(sheet_name(name, used), tuple(tables)) for name, tables in found.items()]


def joined(name: str, pairs: Sequence[tuple[Page, Table]], area: str) -> Table:
    """The tables of many profiles as one, with the area as first column."""
    first = pairs[0][1]
    columns = (Column(area, "left"), *[Column(c.general or c.title, c.align, c.width) for c in first.columns])
    rows = tuple(Row((Cell(page.title), *row.cells)) for page, table in pairs for row in table.rows)
    notes = dict.fromkeys(note for _page, table in pairs for note in table.notes)
    return Table(name, columns, rows, tuple(notes), sheet=name)


def sheet_name(name: str, used: set[str]) -> str:
    """A name Excel accepts, at most 31 characters, each once."""
    plain = " ".join(name.translate(FORBIDDEN).split())
    short = plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 1].rsplit(" ", 1)[0].strip(" ,") + "…"
    tries = [short[:LONGEST_NAME].strip(), *[f"{plain[: LONGEST_NAME - 3].strip()} {n}" for n in range(2, 100)]]
    chosen = next(candidate for candidate in tries if candidate.casefold() not in used)
    used.add(chosen.casefold())
    return chosen


def number_format(cell: Cell) -> str:
    """The number format of a cell: thousands, decimals, sign, per cent, brackets and s as printed."""
    decimals = "." + "0" * cell.places if cell.places else ""
    if cell.shape == "points":
        form = f"+#,##0{decimals};{MINUS}#,##0{decimals};0{decimals}"
        return (
            form if cell.mark != LIMITED else f'"("+#,##0{decimals}")";"("{MINUS}#,##0{decimals}")";"("0{decimals}")"'
        )
    body = f"#,##0{decimals}" if cell.shape in ("count", "interval", "rate") else f"0{decimals}"
    if cell.shape == "share":
        body += f'"{NARROW_SPACE}%"'
    if cell.text.startswith("("):
        return f'"("{body}")"'
    if cell.mark == ESTIMATED:
        return f'{body}"\u00a0{ESTIMATED}"'
    return f"{body};{MINUS}{body}"


def spread_columns(table: Table) -> Iterator[tuple[int, Column, bool]]:
    """Position, column and whether it holds intervals (two spreadsheet columns); strips are left out."""
    for place, column in enumerate(table.columns):
        if column.align != "strip":
            yield place, column, any(row.cells[place].shape == "interval" for row in table.rows)


class _Writer:
    """Holds the workbook and its formats, made once each."""

    def __init__(self, book: xlsxwriter.Workbook, report: Report) -> None:
        self.book, self.report = book, report
        self.formats: dict[tuple, Format] = {}

    def form(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_size": 10, "valign": "top", **properties})
        return self.formats[key]

    def sheet(self, name: str, title: str) -> Worksheet:
        """A new sheet with its title, the notice, and the set-up for print."""
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, title, self.form(bold=True, font_size=14, font_color="#0e4a5b"))
        line = " · ".join(part for part in (self.report.head, self.report.notice, self.report.state) if part)
        sheet.write_string(1, 0, line, self.form(font_color="#a94d08" if self.report.notice else "#56606a"))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.7, right=0.6, top=0.8, bottom=0.7)
        sheet.set_header(f"&L{_plain(self.report.head)}&R{_plain(self.report.notice)}")
        sheet.set_footer(f"&L{_plain(self.report.foot)}&R&P / &N")
        sheet.hide_gridlines(2)
        return sheet

    def contents(self, tabs: Sequence[Tab]) -> None:
        """The first sheet: what this is, and links to the others."""
        labels = self.report.labels
        sheet = self.sheet(labels["sheet_contents"], f"{self.report.title} · {self.report.region}")
        for row, line in enumerate((*self.report.facts, self.report.check_line), start=2):
            sheet.write_string(row, 0, line, self.form(font_color="#56606a"))
        start = 4 + len(self.report.facts)
        for row, name in enumerate((labels["sheet_reading"], *[tab.name for tab in tabs]), start=start):
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self.form(font_color="#0e4a5b", underline=1), name)
        sheet.set_column(0, 0, 60)
        sheet.freeze_panes(2, 0)

    def reading(self, page: Page | None) -> None:
        """The reading help as text."""
        sheet = self.sheet(
            self.report.labels["sheet_reading"], page.title if page else self.report.labels["sheet_reading"]
        )
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 90)
        sheet.freeze_panes(2, 0)
        row = 3
        for part in walk(page.parts if page else ()):
            if isinstance(part, Heading):
                sheet.write_string(row, 0, part.text, self.form(bold=True, font_color="#0e4a5b", text_wrap=True))
            elif isinstance(part, Text):
                sheet.write_string(row, 1, part.text.replace("**", ""), self.form(text_wrap=True))
            elif isinstance(part, Table) and len(part.columns) <= 3:
                for line in part.rows:
                    words = [cell.text for cell in line.cells if cell.text]
                    if len(words) > 1:
                        sheet.write_string(row, 0, words[0], self.form(text_wrap=True))
                        sheet.write_string(row, 1, words[1], self.form(text_wrap=True))
                        row += 1
                continue
            else:
                continue
            row += 1

    def tables(self, tab: Tab) -> None:
        """The tables of one sheet; a single table has its head frozen and repeated in print."""
        sheet = self.sheet(tab.name, tab.tables[0].caption)
        row, widths = 3, dict[int, float]()
        for place, table in enumerate(tab.tables):
            if place:
                sheet.write_string(row, 0, table.caption, self.form(bold=True, font_size=12, font_color="#0e4a5b"))
                row += 1
            if place == len(tab.tables) - 1 == 0:
                sheet.freeze_panes(row + 1, 1)
                sheet.repeat_rows(row)
            row = self.table(sheet, row, table, widths) + 2
        if len(tab.tables) > 1:
            sheet.freeze_panes(2, 1)
        for column, width in widths.items():
            sheet.set_column(column, column, min(width, WIDEST) + 1.5)

    def table(self, sheet: Worksheet, row: int, table: Table, widths: dict[int, float]) -> int:
        """One table from `row` on; gives the row after its notes."""
        row = self.head(sheet, row, table, widths)
        for line in table.rows:
            for column, cell, upper in self.spread(table, line):
                self.cell(sheet, row, column, cell, upper, line.total)
                widths[column] = max(widths.get(column, 6), len(cell.text) if cell.shape != "interval" else 6)
            row += 1
        for note in notes_with_marks(table):
            sheet.write_string(row, 0, note, self.form(font_color="#56606a", font_size=9))
            row += 1
        return row

    def head(self, sheet: Worksheet, row: int, table: Table, widths: dict[int, float]) -> int:
        """The head of a table; intervals have two columns, from and to."""
        labels, place = self.report.labels, 0
        for _position, column, interval in spread_columns(table):
            titles = (
                [f"{column.title} {labels['from']}", f"{column.title} {labels['to']}"] if interval else [column.title]
            )
            for title in titles:
                align = "right" if column.align == "right" else "left"
                sheet.write_string(
                    row,
                    place,
                    title,
                    self.form(
                        bold=True,
                        font_color="#0e4a5b",
                        text_wrap=True,
                        align=align,
                        top=2,
                        bottom=1,
                        border_color="#0e4a5b",
                    ),
                )
                widths[place] = max(widths.get(place, 6), min(len(title), 14))
                place += 1
        return row + 1

    def spread(self, table: Table, line: Row) -> Iterator[tuple[int, Cell, bool]]:
        """Spreadsheet column, cell and whether it is the upper end, for each cell of a row."""
        place = 0
        for position, _column, interval in spread_columns(table):
            for upper in (False, True) if interval else (False,):
                yield place, line.cells[position], upper
                place += 1

    def cell(self, sheet: Worksheet, row: int, column: int, cell: Cell, upper: bool, total: bool) -> None:
        """One cell: a number with its format, or words and marks as text."""
        shared: dict[str, Any] = {"bold": cell.strong or total, "bottom": 4, "bottom_color": "#b9c2c6"}
        number = cell.upper if upper else cell.number
        if number is None or (cell.upper is not None and cell.shape != "interval"):
            sheet.write_string(
                row, column, cell.text, self.form(align="left" if cell.shape == "text" else "right", **shared)
            )
        else:
            sheet.write_number(row, column, number, self.form(num_format=number_format(cell), align="right", **shared))


def _plain(text: str) -> str:
    """Header and footer text: '&' has a meaning there; at most what Excel takes."""
    return text.replace("&", "&&")[:110]
