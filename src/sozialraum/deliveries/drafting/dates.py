"""Dates in texts nobody declared: in which form they stand, and which can be read in two ways."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sozialraum.deliveries.texts import NotADay, parse_day, parse_month_end, parse_year

MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "dezember",
)  # fmt: skip
_MONTH = r"(?:" + "|".join(month.capitalize() for month in MONTHS) + r")"
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_SHORT_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2})", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", re.ASCII)
_YEAR_MONTH = re.compile(r"((?:19|20)\d{2})-(\d{2})", re.ASCII)
_TWO_PARTS = re.compile(r"(\d{2})/(\d{2})", re.ASCII)
_LONG_DAY = re.compile(rf"(\d{{1,2}})\. ({_MONTH}) (\d{{4}})", re.IGNORECASE)
_NAMED = re.compile(rf"({_MONTH}) (\d{{4}})", re.IGNORECASE)
_QUARTER = re.compile(r"(?:([1-4])\. ?Quartal|(I{1,3}|IV)\.? ?Quartal|Q([1-4])) ?/?(\d{4})", re.IGNORECASE)
# In running text, the most precise form first
_ANYWHERE = re.compile(
    rf"(?<![\d./-])(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}|\d{{1,2}}\. {_MONTH} \d{{4}}|"
    rf"\d{{1,2}}/\d{{1,2}}/\d{{4}}|\d{{1,2}}\.\d{{1,2}}\.\d{{2}}|{_MONTH} \d{{4}}|"
    r"(?:[1-4]\. ?|I{1,3}\.? ?|IV\.? ?)Quartal \d{4}|Q[1-4]/?\d{4}|"
    r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:\d{2})?|(?:19|20)\d{2}-\d{2}|\d{2}/\d{2}|(?:19|20)\d{2})(?![\d/]|\.\d|-\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as it stands. readings : what it can mean (ISO day, or a year), one unless ambiguous.

    form : as PeriodRule has it; 'compact' (20251231) and '' need a translation of the text.
    """

    text: str
    form: str
    readings: tuple[str, ...]


def dates_in(line: str) -> Iterator[tuple[int, FoundDate]]:
    """Every date in a line, with the position where it begins."""
    for found in _ANYWHERE.finditer(line):
        read = read_date(found[0])
        if read is not None:
            yield found.start(), read


def read_date(text: str) -> FoundDate | None:
    """The date a text stands for; None when it is no date."""
    for form, parse in (("day", parse_day), ("month_end", parse_month_end), ("year", parse_year)):
        try:
            return FoundDate(text, form, (parse(text),))
        except NotADay:
            continue
    if found := _COMPACT.fullmatch(text):
        day = _iso(int(found[1]), int(found[2]), int(found[3]))
        return FoundDate(text, "compact", (day,)) if day else None
    readings = _other_readings(text)
    return FoundDate(text, "", readings) if readings else None


def _other_readings(text: str) -> tuple[str, ...]:
    if found := _SLASHED.fullmatch(text):
        first, second, year = map(int, found.groups())
        both = (_iso(year, second, first), _iso(year, first, second))  # day/month, month/day
        return tuple(dict.fromkeys(each for each in both if each))
    if found := _SHORT_DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
        return tuple(filter(None, (_iso(2000 + year, month, day),)))
    if found := _LONG_DAY.fullmatch(text):
        return tuple(filter(None, (_iso(int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1])),)))
    if found := _NAMED.fullmatch(text):
        return (month_end(int(found[2]), MONTHS.index(found[1].lower()) + 1),)
    if found := _QUARTER.fullmatch(text):
        number = int(found[1] or found[3] or (len(found[2]) if found[2].upper() != "IV" else 4))
        return (month_end(int(found[4]), 3 * number),)
    if found := _TWO_PARTS.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        return _month_or_school_year(2000 + second, first, 2000 + first, second == first + 1)
    if found := _YEAR_MONTH.fullmatch(text):
        year, second = int(found[1]), int(found[2])
        return _month_or_school_year(year, second, year, second == (year + 1) % 100)
    return ()


def _month_or_school_year(year: int, month: int, school_year: int, follows: bool) -> tuple[str, ...]:
    """'03/04' is March 2004 or the school year that began in 2003."""
    both = (month_end(year, month) if 1 <= month <= 12 else "", str(school_year) if follows else "")
    return tuple(filter(None, both))


def month_end(year: int, month: int) -> str:
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def date_form(texts: Iterable[str]) -> str:
    """The one form all texts of a column have ('other' where they need a translation), '' when some is no date."""
    forms = set[str]()
    for text in texts:
        read = read_date(text) if len(text) <= 20 else None
        if read is None:
            return ""
        forms.add(read.form or "other")
    return forms.pop() if len(forms) == 1 else ""


def slash_order(texts: Iterable[str]) -> Literal["day", "month", ""]:
    """Whether the day or the month stands first in dates like 13/04/2025; '' when none of them shows it."""
    for text in texts:
        found = _SLASHED.fullmatch(text)
        if found and int(found[1]) > 12:
            return "day"
        if found and int(found[2]) > 12:
            return "month"
    return ""
