"""Which rows above a table are its head: found by their texts, or checked where a person clicked them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sozialraum.base import UsageError, _
from sozialraum.base.numbers import count
from sozialraum.deliveries.drafting.key_columns import KeyColumn
from sozialraum.deliveries.drafting.known_texts import is_residual, is_sum, looks_like_key
from sozialraum.deliveries.drafting.numerals import looks_like_number
from sozialraum.deliveries.files import LINES_FOR_THE_HEAD, Rows, Sheet
from sozialraum.deliveries.heads import head_texts

_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}")
_YEAR = re.compile(r"(?:19|20)\d\d")


def cell_text(row: Sequence[str], place: int) -> str:
    return row[place].strip() if len(row) > place else ""


def may_be_head(heads: Sequence[str], below: Sequence[str], key: KeyColumn) -> bool:
    """Whether the rows above the table reach over its keys and name more than one of several columns."""
    named = sum(bool(head) for head in heads)
    return len(heads) > key.place and named >= min(2, sum(bool(cell.strip()) for cell in below))


def is_body(row: Sequence[str], next_row: Sequence[str], key: KeyColumn) -> bool:
    """Whether the row above a row of the table is one too: a sum or residual row, or an unknown key with numbers."""
    text = cell_text(row, key.place)
    numbers = sum(looks_like_number(cell) for place, cell in enumerate(row) if place != key.place)
    below = sum(looks_like_number(cell) for place, cell in enumerate(next_row) if place != key.place)
    if not numbers or 2 * numbers < below or all(_YEAR.fullmatch(cell.strip()) for cell in row if cell.strip()):
        return False
    labels = [cell.strip() for cell in row if cell.strip() and not looks_like_number(cell)]
    return (bool(text) and (
        is_sum(text) or is_residual(text) or looks_like_key(text, key.ground.keys[:50])
    )) or (not text and any(is_sum(label) or is_residual(label) for label in labels))  # fmt: skip


def head_above(sheet: Sheet, first: int, key: KeyColumn, is_text: bool) -> int:
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
        return not cell_text(below, 0) or _spans_rows(sheet, place, 0)
    return True


def _spans_rows(sheet: Sheet, place: int, column: int) -> bool:
    """Whether the cell reaches down into the next row of the head."""
    return any(top == place < bottom and left == column == right for (top, left), (bottom, right) in sheet.merged)


def _counts_columns(numbers: Sequence[str]) -> bool:
    """A row that only numbers the columns: 1, 2, 3."""
    return [text for text in numbers if text.isdigit()] == [
        str(int(numbers[0]) + step) if numbers[0].isdigit() else "" for step in range(len(numbers))
    ]


def refuse_wrong_head(sheet: Sheet, rows: tuple[int, int], key: KeyColumn) -> None:
    """Raise UsageError, in one sentence, where the clicked rows cannot be the head of a table with this key.

    rows : numbers of the first and last row of the head, as a person counts.
    """
    first, last = rows
    if first > LINES_FOR_THE_HEAD:
        raise UsageError(_("Ein Kopf beginnt in den ersten {count} Zeilen.").format(count=count(LINES_FOR_THE_HEAD)))
    for number in range(first, last + 1):
        text = cell_text(sheet.rows[number - 1], key.place)
        if key.ground.unit(text):
            raise UsageError(
                _("Zeile {row} nennt selbst ein Gebiet („{text}“); der Kopf steht darüber.").format(
                    row=number, text=text
                )
            )
    unit = next(i for i in range(last, len(sheet.rows)) if key.ground.unit(cell_text(sheet.rows[i], key.place)))
    if not _heads_a_column(head_texts(sheet, first - 1, last - first + 1), sheet.rows[unit], key):
        raise UsageError(_("In {rows} stehen keine Überschriften der Spalten.").format(rows=_spoken(first, last)))
    _refuse_between(sheet.rows, last, unit, key)


def _heads_a_column(heads: Sequence[str], below: Sequence[str], key: KeyColumn) -> bool:
    """Whether a heading stands over a filled column besides the keys; a person saw it, so one is enough."""
    return any(head and place != key.place and cell_text(below, place) for place, head in enumerate(heads))


def _refuse_between(rows: Rows, last: int, unit: int, key: KeyColumn) -> None:
    """Refuse a head with rows below it that are no rows of the table. unit : position of the first unit."""
    for place in range(last, unit):
        if not any(cell.strip() for cell in rows[place]):
            what = _("Zwischen dem Kopf in Zeile {head} und dem ersten Gebiet in Zeile {first} ist Zeile {row} leer. "
                     "Der Kopf steht unmittelbar über der Tabelle.")  # fmt: skip
        elif not is_body(rows[place], rows[unit], key):
            what = _("Zwischen dem Kopf in Zeile {head} und dem ersten Gebiet in Zeile {first} steht Zeile {row}. "
                     "Gehört sie zum Kopf, hat er mehr Zeilen; sonst steht er tiefer.")  # fmt: skip
        else:
            continue
        raise UsageError(what.format(head=last, first=unit + 1, row=place + 1))


def _spoken(first: int, last: int) -> str:
    if first == last:
        return _("Zeile {row}").format(row=first)
    return _("Zeile {first} bis {last}").format(first=first, last=last)
