"""Find the table in a file nobody knows: where its keys stand, the rows of its head, where it ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sozialraum.base import InputRefused, UsageError, _
from sozialraum.deliveries.collector import refuse
from sozialraum.deliveries.drafting.clicks import Clicks
from sozialraum.deliveries.drafting.head_rows import cell_text, head_above, is_body, may_be_head, refuse_wrong_head
from sozialraum.deliveries.drafting.key_columns import KeyColumn, key_columns, rated
from sozialraum.deliveries.drafting.known_texts import Ground, is_residual, is_sum
from sozialraum.deliveries.drafting.numerals import looks_like_number
from sozialraum.deliveries.files import DELIMITERS, LINES_FOR_THE_HEAD, Content, Rows, Sheet
from sozialraum.deliveries.heads import column_letters, head_texts
from sozialraum.deliveries.table import end_of_table

SAMPLED_LINES = 400
_LONGEST_SIGN = 4


@dataclass(frozen=True, slots=True)
class Layout:
    """The table of a file. head, first, last : positions of the head's first row, first row, row after the last.

    keys : columns that name units, the likeliest first. heads : joined heads by position. legend : beginnings of
    lines that end the table although no empty row does. delimiter : '' for workbooks.
    """

    sheet: Sheet
    delimiter: str
    head: int
    first: int
    last: int
    keys: tuple[KeyColumn, ...]
    heads: tuple[str, ...]
    legend: tuple[str, ...]

    @property
    def head_rows(self) -> int:
        return self.first - self.head

    def titles(self) -> Rows:
        return self.sheet.rows[: self.head]

    def below(self) -> Rows:
        return self.sheet.rows[self.last :]


def find_layout(content: Content, known: Sequence[Ground], clicks: Clicks = Clicks()) -> Layout:
    """The table with most rows that name units of the project. clicks : what a person said of sheet, head and key.

    Raises InputRefused when no column does, or when the table has no head; UsageError for a click that cannot be.
    """
    delimiter = "" if content.sheets else _delimiter(content, known)
    found = [(_keys(sheet, known, clicks), sheet) for sheet in _sheets(content, delimiter, clicks)]
    keys, sheet = max(found, key=lambda each: each[0][0].rows if each[0] else 0, default=((), None))
    if clicks.key is not None and (not keys or keys[0].place != clicks.key):
        raise UsageError(
            _("In Spalte {letter} nennt keine Zelle ein Gebiet, das das Projekt kennt.").format(
                letter=column_letters(clicks.key)
            )
        )
    if not keys or sheet is None:
        if clicks.head:
            raise UsageError(
                _("Unter Zeile {row} nennt keine Zeile ein Gebiet, das das Projekt kennt.").format(row=clicks.head[1])
            )
        raise refuse(
            content.name,
            _("In keiner Spalte stehen Schlüssel oder Namen, die das Projekt kennt."),
            _("Bitte prüfen, ob die Datei zu diesem Projekt gehört und ob die Gebiete schon übernommen sind."),
        )
    return _layout(content, delimiter, sheet, keys, clicks)


def _sheets(content: Content, delimiter: str, clicks: Clicks) -> Sequence[Sheet]:
    """The sheets that may hold the table: the one a person chose, else all."""
    sheets = content.cut(delimiter or ";")
    if not clicks.sheet:
        return sheets
    chosen = [sheet for sheet in sheets if sheet.name == clicks.sheet]
    if not chosen:
        raise UsageError(_("Das Blatt „{sheet}“ gibt es in der Datei nicht.").format(sheet=clicks.sheet))
    return chosen


def _keys(sheet: Sheet, known: Sequence[Ground], clicks: Clicks) -> tuple[KeyColumn, ...]:
    """The columns of keys below the head, the likeliest first."""
    rows = sheet.rows[clicks.head[1] :] if clicks.head else sheet.rows
    return rated(key_columns(rows, known, clicks.key), clicks.key)


def _delimiter(content: Content, known: Sequence[Ground]) -> str:
    """The delimiter with which most rows name a unit; between equals the one that gives most fields."""
    found = []
    for order, delimiter in enumerate(DELIMITERS):
        try:
            rows = content.cut(delimiter, SAMPLED_LINES)[0].rows
        except InputRefused:
            continue
        keys = rated(key_columns(rows, known))
        width = Counter(len(row) for row in rows if any(row)).most_common(1)[0][0] if any(map(any, rows)) else 0
        found.append((keys[0].rows if keys else 0, width, -order, delimiter))
    return max(found)[3] if found else ";"


def _layout(content: Content, delimiter: str, sheet: Sheet, keys: tuple[KeyColumn, ...], clicks: Clicks) -> Layout:
    key, rows = keys[0], sheet.rows
    if clicks.head:
        refuse_wrong_head(sheet, clicks.head, key)
        head, first = clicks.head[0] - 1, clicks.head[1]
    else:
        head, first = _found_head(content, sheet, key, is_text=bool(delimiter))
    last, legend = _end(rows, first, key)
    _refuse_gap(content, rows, last, key)
    return Layout(sheet, delimiter, head, first, last, keys, head_texts(sheet, head, first - head), legend)


def _found_head(content: Content, sheet: Sheet, key: KeyColumn, *, is_text: bool) -> tuple[int, int]:
    """Positions of the first row of the head and of the table. Raises InputRefused where no head is found."""
    rows = sheet.rows
    first = next(i for i, row in enumerate(rows) if key.ground.unit(cell_text(row, key.place)))
    while first and is_body(rows[first - 1], rows[first], key):
        first -= 1
    if first > LINES_FOR_THE_HEAD:
        raise refuse(content.name, _("Die Tabelle beginnt erst in Zeile {row}.").format(row=first + 1))
    head = head_above(sheet, first, key, is_text) if first else 0
    if not may_be_head(head_texts(sheet, head, first - head), rows[first], key):
        raise refuse(
            content.name,
            _("Über der ersten Zeile der Tabelle (Zeile {row}) steht kein Kopf.").format(row=first + 1),
            _("Bitte die Kopfzeile in der Vorschau anklicken oder die Datei mit Spaltenüberschriften liefern lassen."),
        )
    return head, first


def _end(rows: Rows, first: int, key: KeyColumn) -> tuple[int, tuple[str, ...]]:
    """Row after the last one of the table, and beginnings of lines that follow it without an empty row."""
    last = end_of_table(rows, first, ())
    counting = _counting_columns(rows[first : min(last, first + SAMPLED_LINES)], key)
    while last > first and not _may_be_row(rows[last - 1], key, counting):
        last -= 1
    if last >= len(rows) or not any(map(str.strip, rows[last])):
        return last, ()
    beginning = _beginning(rows[last])
    known = any(row and row[0].lstrip().startswith(beginning) for row in rows[first:last]) if beginning else True
    return (last, ()) if known else (last, (beginning,))


def _counting_columns(rows: Rows, key: KeyColumn) -> frozenset[int]:
    """Columns that hold numbers in most of their filled cells, in rows that name a unit."""
    numbers, filled = Counter[int](), Counter[int]()
    for row in rows:
        if key.ground.unit(cell_text(row, key.place)):
            for place, cell in enumerate(row):
                filled[place] += bool(cell.strip())
                numbers[place] += place != key.place and looks_like_number(cell.strip())
    return frozenset(place for place in numbers if numbers[place] and 2 * numbers[place] >= filled[place])


def _may_be_row(row: Sequence[str], key: KeyColumn, counting: frozenset[int]) -> bool:
    """A row of the table has a key, a number somewhere but in its first cell, or signs in the columns of numbers.

    A row of persons without a place may have no number at all ('Auswärtige', '.', '.'); a sentence below the table
    has neither, and the sign of a legend ('.', '= geheim') stands alone.
    """
    text = cell_text(row, key.place)
    if key.ground.unit(text) or is_sum(text) or is_residual(text):
        return True
    values = [cell_text(row, place) for place in counting if place != key.place]
    named = text or any(is_sum(cell.strip()) or is_residual(cell.strip()) for cell in row)
    if named and any(values) and all(looks_like_number(cell) or _is_sign(cell) for cell in values):
        return True
    numbers = sum(looks_like_number(cell) for place, cell in enumerate(row) if place != key.place)
    return numbers > 0 and 2 * numbers >= sum(bool(cell.strip()) for cell in row) - 2


def _is_sign(cell: str) -> bool:
    """A text short enough to stand for a number: '.', '-', '*', 'x', 'k.A.', or nothing."""
    return len(cell) <= _LONGEST_SIGN and not any(sign.isdigit() for sign in cell)


def _beginning(row: Sequence[str]) -> str:
    """The beginning of a line below the table: to its colon, or its first words."""
    text = (row[0] if row else "").lstrip()
    return text[: text.index(":") + 1] if ":" in text[:30] else text[:24].rstrip()


def _refuse_gap(content: Content, rows: Rows, last: int, key: KeyColumn) -> None:
    """Rows of the table below an empty row would be lost without a word."""
    for place in range(last, len(rows)):
        if key.ground.unit(cell_text(rows[place], key.place)) and any(
            looks_like_number(cell) for i, cell in enumerate(rows[place]) if i != key.place
        ):
            raise refuse(
                content.name,
                _("Unter einer leeren Zeile stehen weitere Zeilen der Tabelle (Zeile {row}).").format(row=place + 1),
                _("Bitte die Tabelle ohne Lücke liefern."),
            )
