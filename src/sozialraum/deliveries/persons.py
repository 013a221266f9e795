"""Tell a list of single persons by its heads: names and dates of birth do not belong into a counted table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sozialraum.base import InputRefused
from sozialraum.deliveries.files import DELIMITERS, Content, Sheet

# Heads that only a list of persons has; "geb" and "name" alone may also stand for an area.
_SURE = re.compile(
    r"(vor|nach|familien|geburts|ruf|zu)name[n]?|geburts(datum|tag)|geb\.?-?\s?(datum|dat\.?|tag)"
    r"|name,\s*vorname|vorname,\s*name|(first|last|given|family|sur)\s?name|date of birth|birth\s?date"
)
_PERHAPS = re.compile(r"geb\.?|geboren( am)?|born")
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(\d{4}|\d{2})|\d{4}-\d{2}-\d{2}.*")
_HEAD_ROWS, _ROWS, _LINES = 20, 60, 80


def lists_persons(content: Content) -> bool:
    """Whether a table of the file has a column of names or dates of birth of persons, told by its heads.

    A head "Vorname", "Geburtsdatum" or the like suffices when rows stand below it; "geb." needs dates below it.
    """
    return any(_is_list(sheet.rows[:_ROWS]) for sheet in _sheets(content))


def _sheets(content: Content) -> list[Sheet]:
    if content.sheets:
        return list(content.sheets)
    found: list[Sheet] = []
    for delimiter in DELIMITERS:
        try:
            found += content.cut(delimiter, _LINES)
        except InputRefused:  # cut at this sign a field has no end
            continue
    return found


def _is_list(rows: Sequence[Sequence[str]]) -> bool:
    for number, row in enumerate(rows[:_HEAD_ROWS]):
        for column, text in enumerate(row):
            head = " ".join(text.split()).casefold()
            below = [other[column].strip() for other in rows[number + 1 :] if column < len(other)]
            filled = [each for each in below if each]
            if not filled:
                continue
            if _SURE.fullmatch(head):
                return True
            if _PERHAPS.fullmatch(head) and 2 * sum(bool(_DATE.fullmatch(each)) for each in filled) > len(filled):
                return True
    return False
