"""Find the table in a file nobody knows: where its keys stand, the rows of its head, where it ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sozialraum.base import InputRefused, _
from sozialraum.deliveries.collector import refuse
from sozialraum.deliveries.drafting.known_texts import Ground, is_residual, is_sum, looks_like_key
from sozialraum.deliveries.drafting.numerals import looks_like_number
from sozialraum.deliveries.files import DELIMITERS, LINES_FOR_THE_HEAD, Content, Rows, Sheet
from sozialraum.deliveries.heads import head_texts
from sozialraum.deliveries.table import end_of_table

SAMPLED_LINES = 400
MOST_COLUMNS = 400
NEARLY = 0.6
_LONGEST_SIGN = 4
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class KeyColumn:
    """A column whose texts name units. rows : rows that name one, different : distinct units."""

    place: int
    ground: Ground
    rows: int
    different: int


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


def find_layout(content: Content, known: Sequence[Ground]) -> Layout:
    """The table with most rows that name units of the project.

    Raises InputRefused when no column does, or when the table has no head.
    """
    delimiter = "" if content.sheets else _delimiter(content, known)
    rated = [(_rated(key_columns(sheet.rows, known)), sheet) for sheet in content.cut(delimiter or ";")]
    keys, sheet = max(rated, key=lambda each: each[0][0].rows if each[0] else 0, default=((), None))
    if not keys or sheet is None:
        raise refuse(
            content.name,
            _("In keiner Spalte stehen Schlüssel oder Namen, die das Projekt kennt."),
            _("Bitte prüfen, ob die Datei zu diesem Projekt gehört und ob die Gebiete schon übernommen sind."),
        )
    return _layout(content, delimiter, sheet, keys)


def _delimiter(content: Content, known: Sequence[Ground]) -> str:
    """The delimiter with which most rows name a unit; between equals the one that gives most fields."""
    rated = []
    for order, delimiter in enumerate(DELIMITERS):
        try:
            rows = content.cut(delimiter, SAMPLED_LINES)[0].rows
        except InputRefused:
            continue
        keys = _rated(key_columns(rows, known))
        width = Counter(len(row) for row in rows if any(row)).most_common(1)[0][0] if any(map(any, rows)) else 0
        rated.append((keys[0].rows if keys else 0, width, -order, delimiter))
    return max(rated)[3] if rated else ";"


def key_columns(rows: Rows, known: Sequence[Ground]) -> list[KeyColumn]:
    """Every column with texts that name units of one kind; of several kinds the one that names most rows."""
    found = []
    for place in range(min(max(map(len, rows), default=0), MOST_COLUMNS)):
        counts = _counts(rows, place)
        counts.pop("", None)
        best: KeyColumn | None = None
        for ground in known:
            if ground.names_none_of(counts):
                continue
            units = [(ground.unit(text), number) for text, number in counts.items()]
            rows_named = sum(number for unit, number in units if unit)
            if rows_named and (best is None or rows_named > best.rows):
                best = KeyColumn(place, ground, rows_named, len({unit for unit, _number in units if unit}))
        if best is not None and not _only_numbers(counts, best):
            found.append(best)
    return found


def _counts(rows: Rows, place: int) -> Counter[str]:
    counts = Counter([row[place] for row in rows if len(row) > place])
    stripped: Counter[str] = Counter()
    for text, number in counts.items():
        stripped[text.strip()] += number
    return stripped


def _only_numbers(counts: Counter[str], key: KeyColumn) -> bool:
    """Whether the few units a column seems to name are only numbers among many others."""
    named = [text for text in counts if key.ground.unit(text)]
    others = [text for text in counts if text not in named and looks_like_number(text)]
    short = all(looks_like_number(text) and len(text) < 7 for text in named)
    return short or (key.ground.kind != "municipality" and len(others) > len(named))


def _rated(keys: list[KeyColumn]) -> tuple[KeyColumn, ...]:
    """The key first: of the columns that name nearly as many units as the best, keys before names, finer ones first.

    A column of keys in which some are wrong stays the key: the reading finds them.
    """
    order = {"block": 0, "area": 1, "agency": 2, "municipality": 3}
    most = max((key.different for key in keys), default=0)

    def rank(key: KeyColumn) -> tuple[bool, bool, int, int, int, int]:
        few = key.different < NEARLY * most
        return few, key.ground.names, order.get(key.ground.kind, 9), -key.different, -key.rows, key.place

    return tuple(sorted(keys, key=rank))


def _layout(content: Content, delimiter: str, sheet: Sheet, keys: tuple[KeyColumn, ...]) -> Layout:
    key, rows = keys[0], sheet.rows
    first = next(i for i, row in enumerate(rows) if key.ground.unit(_cell(row, key.place)))
    while first and _is_body(rows[first - 1], rows[first], key):
        first -= 1
    if first > LINES_FOR_THE_HEAD:
        raise refuse(content.name, _("Die Tabelle beginnt erst in Zeile {row}.").format(row=first + 1))
    head = _head(sheet, first, key, bool(delimiter)) if first else 0
    heads = head_texts(sheet, head, first - head)
    if not _may_be_head(heads, rows[first], key):
        raise refuse(
            content.name,
            _("Über der ersten Zeile der Tabelle (Zeile {row}) steht kein Kopf.").format(row=first + 1),
            _("Bitte die Datei mit Spaltenüberschriften liefern lassen."),
        )
    last, legend = _end(rows, first, key)
    _refuse_gap(content, rows, last, key)
    return Layout(sheet, delimiter, head, first, last, keys, heads, legend)


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if len(row) > place else ""


def _may_be_head(heads: Sequence[str], below: Sequence[str], key: KeyColumn) -> bool:
    """Whether the rows above the table reach over its keys and name more than one of several columns."""
    named = sum(bool(head) for head in heads)
    return len(heads) > key.place and named >= min(2, sum(bool(cell.strip()) for cell in below))


def _is_body(row: Sequence[str], next_row: Sequence[str], key: KeyColumn) -> bool:
    """Whether the row above a row of the table is one too: a sum or residual row, or an unknown key with numbers."""
    text = _cell(row, key.place)
    numbers = sum(looks_like_number(cell) for place, cell in enumerate(row) if place != key.place)
    below = sum(looks_like_number(cell) for place, cell in enumerate(next_row) if place != key.place)
    if not numbers or 2 * numbers < below or all(_YEAR.fullmatch(cell.strip()) for cell in row if cell.strip()):
        return False
    labels = [cell.strip() for cell in row if cell.strip() and not looks_like_number(cell)]
    return (bool(text) and (
        is_sum(text) or is_residual(text) or looks_like_key(text, key.ground.keys[:50])
    )) or (not text and any(is_sum(label) or is_residual(label) for label in labels))  # fmt: skip


def _head(sheet: Sheet, first: int, key: KeyColumn, is_text: bool) -> int:
    """Position of the first row of the head: upwards from the table until an empty row or a title."""
    width = len(sheet.rows[first])
    head = first - 1
    while head and _is_head(sheet, head - 1, key, width if is_text else 0):
        head -= 1
    return head


def _is_head(sheet: Sheet, place: int, key: KeyColumn, width: int) -> bool:
    """Whether a row above a row of the head belongs to it; a title stands in the first cells and names no columns.

    width : fields a row of the head must have, 0 = any.
    """
    row = [cell.strip() for cell in sheet.rows[place]]
    filled = [i for i, cell in enumerate(row) if cell]
    if not filled or (width and len(row) != width):
        return False
    texts = [row[i] for i in filled]
    numbers = [text for text in texts if looks_like_number(text) and not _YEAR.fullmatch(text)]
    if numbers and not _counts_columns(numbers):
        return False
    if len(filled) == 2 and _DATE.search(texts[1]) and not _DATE.search(texts[0]):  # 'Stand', '31.12.2025'
        return False
    if len(filled) == 1:  # the name of a group stands right of the keys
        return filled[0] > key.place or _spans_rows(sheet, place, filled[0])
    below = sheet.rows[place + 1]
    if filled == [0, 1]:  # 'Auftrag', '4711' stand above other heads, 'Gebiet', 'Kinder' above their parts
        return not _cell(below, 0) or _spans_rows(sheet, place, 0)
    return True


def _spans_rows(sheet: Sheet, place: int, column: int) -> bool:
    """Whether the cell reaches down into the next row of the head."""
    return any(top == place < bottom and left == column == right for (top, left), (bottom, right) in sheet.merged)


def _counts_columns(numbers: Sequence[str]) -> bool:
    """A row that only numbers the columns: 1, 2, 3."""
    return [text for text in numbers if text.isdigit()] == [
        str(int(numbers[0]) + step) if numbers[0].isdigit() else "" for step in range(len(numbers))
    ]


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
        if key.ground.unit(_cell(row, key.place)):
            for place, cell in enumerate(row):
                filled[place] += bool(cell.strip())
                numbers[place] += place != key.place and looks_like_number(cell.strip())
    return frozenset(place for place in numbers if numbers[place] and 2 * numbers[place] >= filled[place])


def _may_be_row(row: Sequence[str], key: KeyColumn, counting: frozenset[int]) -> bool:
    """A row of the table has a key, a number somewhere but in its first cell, or signs in the columns of numbers.

    A row of persons without a place may have no number at all ('Auswärtige', '.', '.'); a sentence below the table
    has neither, and the sign of a legend ('.', '= geheim') stands alone.
    """
    text = _cell(row, key.place)
    if key.ground.unit(text) or is_sum(text) or is_residual(text):
        return True
    values = [_cell(row, place) for place in counting if place != key.place]
    if text and any(values) and all(looks_like_number(cell) or _is_sign(cell) for cell in values):
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
        if key.ground.unit(_cell(rows[place], key.place)) and any(
            looks_like_number(cell) for i, cell in enumerate(rows[place]) if i != key.place
        ):
            raise refuse(
                content.name,
                _("Unter einer leeren Zeile stehen weitere Zeilen der Tabelle (Zeile {row}).").format(row=place + 1),
                _("Bitte die Tabelle ohne Lücke liefern."),
            )
