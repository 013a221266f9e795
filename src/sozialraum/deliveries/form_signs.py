"""What each sign stands for on an empty table, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sozialraum.base import _
from sozialraum.deliveries.forms import FormColumn
from sozialraum.deliveries.sign_lines import own_sign, with_own
from sozialraum.deliveries.sign_profiles import SignProfile, sign_profiles


@dataclass(frozen=True, slots=True)
class SignMeaning:
    """A sign, '' for an empty cell, and what it stands for.

    places : positions in the columns of the form, () where it stands for this in all of them.
    quote : the words of the source that its narrow bounds rest on, '' where they rest on none.
    """

    text: str
    meaning: str
    places: tuple[int, ...] = ()
    quote: str = ""


def signs_of_column(column: FormColumn) -> SignProfile:
    """The signs of a column, its own before those of its profile."""
    return with_own(sign_profiles()[column.signs], column.own_signs)


def sign_meanings(columns: Sequence[FormColumn]) -> list[SignMeaning]:
    """Every sign with what it stands for, and where, in case it means something else in other columns."""
    found: dict[tuple[str, str], list[int]] = {}
    quotes: dict[tuple[str, str], str] = {}
    for place, column in enumerate(columns):
        own = {sign.text for sign in map(own_sign, column.own_signs)}
        for sign in signs_of_column(column).signs.values():
            known = (sign.text, _(sign.meaning))
            found.setdefault(known, []).append(place)
            if sign.only_if is not None and sign.text in own and sign.legend:
                quotes[known] = sign.legend
    everywhere = len(columns)
    return [
        SignMeaning(*known, () if len(places) == everywhere else tuple(places), quotes.get(known, ""))
        for known, places in found.items()
    ]


def legend_lines(columns: Sequence[FormColumn], first: int = 2) -> list[str]:
    """What the signs of these columns stand for, one line each, in the words that the reading looks for.

    first : columns that stand before them on the sheet. Columns are named by their letters: numbers would be taken
    for bounds of what a sign hides.
    """
    from xlsxwriter.utility import xl_col_to_name

    lines: dict[str, None] = {}
    for one in sign_meanings(columns):
        if not one.text:
            continue
        line = _("Zeichen {sign} : {meaning}").format(sign=one.text, meaning=one.meaning)
        letters = ", ".join(str(xl_col_to_name(first + place)) for place in one.places)
        lines[_("{line} (Spalte {letters})").format(line=line, letters=letters) if letters else line] = None
        if one.quote:
            lines[one.quote] = None
    return list(lines)
