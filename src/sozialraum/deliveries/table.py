"""Read the table of a sheet: title rows above it, its rows, and what stands below."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from sozialraum.base import _
from sozialraum.base.numbers import count as shown
from sozialraum.deliveries.collector import Collector
from sozialraum.deliveries.corrections import Corrections, RowMeans
from sozialraum.deliveries.files import Content, Rows, Sheet
from sozialraum.deliveries.heads import (
    Bounds,
    Head,
    candidates,
    clean_head,
    column_letters,
    delimiter_of,
    find_head,
    head_texts,
    match_heads,
)
from sozialraum.deliveries.recipe import Recipe
from sozialraum.deliveries.table_rows import check_rest, check_shape
from sozialraum.deliveries.which_sheet import same_sheet

__all__ = [
    "COVER_SHEET",
    "FORM_SHEET",
    "Codes",
    "Table",
    "candidates",
    "clean_head",
    "column_letters",
    "delimiter_of",
    "end_of_table",
    "head_texts",
    "match_heads",
    "read_table",
]

FORM_SHEET = "sozialraum"  # of forms that come back filled in: it says how they are read
COVER_SHEET = "Deckblatt"  # of such forms: it is for people, and says nothing about the numbers
_FOOTNOTE_LINE = re.compile(r"(?:\d\)|[¹²³⁴⁵⁶⁷⁸⁹]\)?)\s*\S")


@dataclass(frozen=True, slots=True)
class Codes:
    """A column of texts as positions in its distinct texts (stripped of blanks around them)."""

    codes: np.ndarray
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one file.

    cells : by short column name, texts; all of the same length as `rows`, the row numbers (from 1)
    as a person counts them. heads : what stands above each column. titles, legend : lines around it.
    letters : 'A', 'B', … by short column name. other_heads : columns no recipe asks for. all_heads : in the
    order of the file. meant : position of a row -> what a person said it is ('total', 'residual').
    unread : letter -> head and texts of the columns no recipe asks for.
    """

    sheet: str
    heads: Mapping[str, str]
    letters: Mapping[str, str]
    cells: Mapping[str, Sequence[str]]
    rows: np.ndarray
    titles: tuple[str, ...]
    legend: tuple[str, ...]
    other_heads: tuple[str, ...]
    all_heads: tuple[str, ...] = ()
    meant: Mapping[int, RowMeans] = field(default_factory=dict)
    unread: Mapping[str, tuple[str, Sequence[str]]] = field(default_factory=dict, repr=False)
    known_codes: dict[str, Codes] = field(default_factory=dict, repr=False)

    def coded(self, name: str) -> Codes:
        """A column factorised: each distinct text is parsed once however often it occurs."""
        if name not in self.known_codes:
            column = self.cells[name]
            distinct = {text: text.strip() for text in dict.fromkeys(column)}
            place = {text: code for code, text in enumerate(dict.fromkeys(distinct.values()))}
            code_of = {text: place[stripped] for text, stripped in distinct.items()}
            codes = np.fromiter(map(code_of.__getitem__, column), np.int64, len(column))
            self.known_codes[name] = Codes(codes, tuple(place))
        return self.known_codes[name]

    def at(self, name: str, position: int) -> dict[str, Any]:
        """Where a cell stands, as a finding names it: sheet, row, column and cell."""
        row = int(self.rows[position])
        cell = f"{self.letters[name]}{row}" if self.letters[name] else ""
        return {"sheet": self.sheet, "row": row, "column": self.heads[name], "cell": cell}

    def with_texts(self, name: str, texts: Sequence[str]) -> Table:
        """The table with other texts in a column, in the order of `coded(name).texts`."""
        coded = self.coded(name)
        if tuple(texts) == coded.texts:
            return self
        cells = {**self.cells, name: np.array(texts, dtype=object)[coded.codes].tolist()}
        return replace(self, cells=cells, known_codes={})

    def with_column(self, name: str, texts: Sequence[str], head: str) -> Table:
        """The table with a column that does not stand in the file."""
        return replace(
            self,
            heads={**self.heads, name: head},
            letters={**self.letters, name: ""},
            cells={**self.cells, name: texts},
        )

    def only(self, mask: np.ndarray) -> Table:
        """The rows where the mask holds."""
        if mask.all():
            return self
        kept = np.flatnonzero(mask).tolist()
        place = {old: new for new, old in enumerate(kept)}
        return replace(
            self,
            cells={name: list(itemgetter(*kept, kept[0])(column)[:-1]) for name, column in self.cells.items()}
            if kept else {name: [] for name in self.cells},
            rows=self.rows[mask],
            meant={place[old]: means for old, means in self.meant.items() if old in place},
            known_codes={},
        )  # fmt: skip


def read_table(
    path: Path,
    content: Content,
    recipe: Recipe,
    log: Collector,
    corrections: Corrections = Corrections(),
    window: Bounds | None = None,
) -> tuple[Table, Recipe]:
    """Read the table: rows below the head to the first empty row or legend line, all as text.

    window : west, south, east, north in the grid's system; of a text too long to be held only the cells inside
    are kept. Returns the table and the recipe as it holds for it (see Head.recipe).
    """
    head = find_head(path, content, recipe, corrections.heads, window)
    rows = head.sheet.rows
    _check_sheet(head.sheet, recipe, log)
    first = head.row + recipe.head_rows
    last = end_of_table(rows, first, recipe.legend)
    numbers = np.array(head.sheet.numbers or range(1, len(rows) + 1))
    skipped = {number for number, means in corrections.rows.items() if means == "skip"}
    kept = [place for place in range(first, last) if not skipped or int(numbers[place]) not in skipped]
    body = [rows[place] for place in kept] if skipped else rows[first:last]
    check_shape(body, numbers[kept].tolist(), head, rows[head.row : first], log, content, ends=last == len(rows))
    if not log.has_errors and not body:
        log.add("error", _("Unter dem Kopf der Tabelle steht keine Zeile."), sheet=head.sheet.name, row=first,
                code="empty")  # fmt: skip
    if head.sheet.left_out:
        log.skipped.append(_("{count} Zeilen außerhalb des Projektgebiets.").format(count=shown(head.sheet.left_out)))
    check_rest(rows, last, head, recipe, skipped, log)
    log.refuse_on_errors()
    columns = list(zip(*body, strict=False))
    taken = set(head.positions.values())
    table = Table(
        sheet=head.sheet.name,
        heads={name: head.heads[place] for name, place in head.positions.items()},
        letters={name: column_letters(place) for name, place in head.positions.items()},
        cells=_corrected(
            {name: columns[place] for name, place in head.positions.items()}, _key_columns(recipe), corrections
        ),
        rows=numbers[kept],
        titles=_lines(head.sheet, 0, head.row),
        legend=_lines(head.sheet, last) + tuple(line for sheet in _others(content, head) for line in _lines(sheet)),
        other_heads=tuple(text for i, text in enumerate(head.heads) if text and i not in taken),
        all_heads=head.heads,
        unread={column_letters(i): (head.heads[i], column) for i, column in enumerate(columns) if i not in taken},
        meant={i: corrections.rows[number] for i, number in enumerate(numbers[kept].tolist())
               if number in corrections.rows} if corrections.rows else {},
    )  # fmt: skip
    return table, head.recipe


def _check_sheet(sheet: Sheet, recipe: Recipe, log: Collector) -> None:
    """A file of several alike sheets must not be read from another one without a word."""
    if recipe.sheet and sheet.name and not same_sheet(sheet.name, recipe.sheet):
        what = _("Das Blatt „{wanted}“ gibt es nicht; gelesen wurde „{sheet}“.")
        log.add("warning", what.format(wanted=recipe.sheet, sheet=sheet.name), sheet=sheet.name, code="ambiguous",
                todo=_("Bitte prüfen, ob das Blatt nur anders heißt."))  # fmt: skip


def _key_columns(recipe: Recipe) -> set[str]:
    if recipe.facilities:
        position = recipe.facilities.position
        return {recipe.facilities.block, position.municipality if position else ""} - {""}
    assert recipe.key is not None  # checked on load
    return {recipe.key.column, recipe.key.municipality} - {""}


def _corrected(
    cells: dict[str, Sequence[str]], names: set[str], corrections: Corrections
) -> Mapping[str, Sequence[str]]:
    """The cells with the keys a person put right."""
    keys = corrections.keys
    if keys:
        for name in names:
            cells[name] = [keys.get(text.strip(), text) for text in cells[name]]
    return cells


def _others(content: Content, head: Head) -> list[Sheet]:
    is_form = any(sheet.name == FORM_SHEET for sheet in content.sheets)
    silent = (head.sheet.name, FORM_SHEET, *((COVER_SHEET,) if is_form else ()))
    return [sheet for sheet in content.sheets if sheet.name not in silent]


def end_of_table(rows: Rows, first: int, legend: tuple[str, ...]) -> int:
    """Position of the first row below the table: empty, or beginning like a legend."""
    for place in range(first, len(rows)):
        row = rows[place]
        if len(row) > 1 and row[0] and row[1] and not row[0].startswith(legend or "\n"):
            continue  # the usual row, decided quickly
        if not any(cell.strip() for cell in row):
            return place
        beginning = row[0].lstrip()
        if legend and beginning.startswith(legend):
            return place
        if _FOOTNOTE_LINE.match(beginning) and not any(cell.strip() for cell in row[1:]):
            return place
    return len(rows)


_end = end_of_table


def _lines(sheet: Sheet, first: int = 0, last: int | None = None) -> tuple[str, ...]:
    """Rows as lines of text; where a sentence was cut at its semicolons it is joined again."""
    between = " " if sheet.name else "; "
    lines = (between.join(cell.strip() for cell in row if cell.strip()) for row in sheet.rows[first:last])
    return tuple(line for line in lines if line)
