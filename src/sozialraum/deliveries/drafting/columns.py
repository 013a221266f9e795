"""What each column of a table nobody knows is for, by its texts and by words in its head."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sozialraum.base import UsageError, _
from sozialraum.deliveries.drafting import clicks
from sozialraum.deliveries.drafting.dates import date_form
from sozialraum.deliveries.drafting.known_texts import Ground
from sozialraum.deliveries.drafting.layout import Layout
from sozialraum.deliveries.drafting.numerals import looks_like_number
from sozialraum.deliveries.drafting.words import words_of
from sozialraum.deliveries.heads import column_letters
from sozialraum.deliveries.recipe import Column

Use = Literal["empty", "key", "town", "day", "value", "name", "text", "number", "skip"]

_NUMBERED = re.compile(
    r"(?i)(?:lfd\.?|laufende)?\s*(?:nr|nummer)\.?|id|.*schlüssel(?:nummer)?\.?|.*kennziffer|.*kennung|ags|ars|plz|"
    r"postleitzahl|.*code|blatt|seite|telefon.*|.*(?:koordinate|rechtswert|hochwert).*|x|y|x_mp.*|y_mp.*"
)
# Heads of columns that hold nothing but the date
_TIME = re.compile(
    r"(?i)(?:.*\| )?(?:stichtag|stand|datum|(?:berichts|erhebungs|schul|kalender)?(?:jahr|monat|tag|zeitraum)|"
    r"(?:berichts)?quartal|zeit(?:punkt|bezug)?|periode)(?: (?:der|des) \w+)?:?"
)
NOTHING_SAID: Mapping[int, clicks.Use] = {}
# Longer texts are no signs
SIGN_LENGTH = 4
MARKS = re.compile(r"(?:[^\w\s]{1,4}|[xX]|k\. ?[aA]\.|[\(\[][^\w\s]?[\)\]]|[<≤>] ?\d+)")


@dataclass(frozen=True, slots=True)
class DraftColumn:
    """A column of the table. texts : distinct stripped texts of its rows -> position of the first row with it.

    said : a person said what it is for.
    """

    place: int
    head: str
    use: Use
    texts: Mapping[str, int]
    form: str = ""
    said: bool = False

    @property
    def letter(self) -> str:
        return column_letters(self.place)


def distinct_texts(layout: Layout, place: int, rows: Sequence[int] | None = None) -> dict[str, int]:
    """Distinct stripped texts of a column -> position (in the sheet) of the first row that has it."""
    at = range(layout.first, layout.last) if rows is None else rows
    lines = layout.sheet.rows
    cells = [lines[i][place] if len(lines[i]) > place else "" for i in at]
    first = dict(zip(reversed(cells), reversed(at), strict=True))
    found: dict[str, int] = {}
    for text, row in sorted(first.items(), key=lambda each: each[1]):
        found.setdefault(text.strip(), row)
    return found


def columns_of(
    layout: Layout, towns: Ground | None, said: Mapping[int, clicks.Use] = NOTHING_SAID
) -> tuple[DraftColumn, ...]:
    """Every column with the use its texts speak for. towns : keys of municipalities, to check other keys by.

    said : position of a column -> what a person said it is. Raises UsageError where its texts cannot be that.
    """
    key = layout.keys[0].place
    for place in said:
        if place >= len(layout.heads):
            raise UsageError(_("Eine Spalte {letter} hat die Tabelle nicht.").format(letter=column_letters(place)))
        if place == key:
            raise UsageError(
                _("Spalte {letter} nennt das Gebiet; wählen Sie dafür zuerst eine andere Spalte.").format(
                    letter=column_letters(place)
                )
            )
    return tuple(
        DraftColumn(place, head, *_said_use(layout, place, said[place]), said=True)
        if place in said
        else DraftColumn(place, head, *_use(layout, place, head, key, towns))
        for place, head in enumerate(layout.heads)
    )


def _said_use(layout: Layout, place: int, use: clicks.Use) -> tuple[Use, Mapping[str, int], str]:
    """The use a person named, with texts and form of dates. Raises UsageError where no cell can be read so."""
    texts = distinct_texts(layout, place)
    filled, letter = [text for text in texts if text], column_letters(place)
    if use == "value":
        if not any(looks_like_number(text) for text in filled):
            raise UsageError(_("In Spalte {letter} steht keine Zahl.").format(letter=letter))
        plain = all(looks_like_number(text) or is_mark(text) for text in filled)
        return ("value" if plain else "number"), texts, ""
    form = date_form(filled) if use == "day" else ""
    if use == "day" and not form:
        raise UsageError(_("In Spalte {letter} steht nicht überall ein Datum.").format(letter=letter))
    return use, texts, form


def _use(layout: Layout, place: int, head: str, key: int, towns: Ground | None) -> tuple[Use, Mapping[str, int], str]:
    texts = distinct_texts(layout, place)
    if place == key:
        return "key", texts, ""
    other = next((each for each in layout.keys if each.place == place), None)
    filled = [text for text in texts if text]
    if not filled:
        return "empty", texts, ""
    if towns and layout.keys[0].ground.kind != "municipality" and all(towns.unit(text) for text in filled):
        return "town", texts, ""
    if other is not None:  # says the same as the key, or was not chosen as the key
        return ("name" if other.ground.names else "text"), texts, ""
    form = date_form(filled)
    if form and (form in ("day", "other") or is_time(head)):
        return "day", texts, form
    numbers = sum(map(looks_like_number, filled))
    if numbers and all(looks_like_number(text) or is_mark(text) for text in filled):
        number = _NUMBERED.fullmatch(words_of(head)) or _counts_rows(layout, place)
        return ("text" if number else "value"), texts, form
    if 2 * numbers >= len(filled) and not _NUMBERED.fullmatch(words_of(head)):
        return "number", texts, ""  # numbers among texts that are no signs
    if not numbers and len(filled) <= 2 and all(is_mark(text) for text in filled):
        return "value", texts, ""
    return ("name" if _names_units(layout, place, key) else "text"), texts, ""


def _counts_rows(layout: Layout, place: int) -> bool:
    """Whether the column only numbers the rows: 1, 2, 3."""
    cells = [row[place].strip() if len(row) > place else "" for row in layout.sheet.rows[layout.first : layout.last]]
    if cells[0] not in ("0", "1") or len(cells) < 4:
        return False
    return cells == [str(int(cells[0]) + step) for step in range(len(cells))]


def is_time(head: str) -> bool:
    """Whether a head says that the column holds nothing but the date."""
    return _TIME.fullmatch(words_of(head)) is not None


def is_mark(text: str) -> bool:
    """A sign that may stand for a number: '*', '–', '...', 'x', '<3'."""
    return len(text) <= SIGN_LENGTH and bool(MARKS.fullmatch(text))


def _names_units(layout: Layout, place: int, key: int) -> bool:
    """Whether each unit always has the same text here, and most units one of their own."""
    found: dict[str, str] = {}
    lines = layout.sheet.rows
    for i in range(layout.first, layout.last):
        row = lines[i]
        if len(row) > max(place, key) and found.setdefault(row[key], row[place]) != row[place]:
            return False
    return len(set(found.values())) > max(1, len(found) // 2)


def column_named(name: str, column: DraftColumn) -> Column:
    """The column of a recipe: by its head, or by its letter where the head is empty."""
    return Column(name, column.head) if column.head else Column(name, "", letter=column.letter)
