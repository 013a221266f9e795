"""Dates in the heads of number columns: one column per year, or a date the numbers of a column hold for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sozialraum.base import _
from sozialraum.deliveries.drafting.columns import DraftColumn
from sozialraum.deliveries.drafting.dates import FoundDate, dates_in
from sozialraum.deliveries.drafting.questions import Asking, Option
from sozialraum.deliveries.drafting.when import year_form

_IN_YEAR = re.compile(r"(?i)\b(?:im jahr(?:e|esverlauf)?|jahressumme|im laufe|zeitraum|während)\b")
YEAR = re.compile(r"(?:19|20)\d\d")
_NO_DATE = re.compile(r"(?i)(?:zensus|jahrgang|jahrgänge|geboren|geburts\w*|baujahr|vor|bis|seit|ab)\s*$")


@dataclass(frozen=True, slots=True)
class HeadDate:
    """A date in a head. start : where it begins. base : the head without it."""

    found: FoundDate
    start: int
    base: str


@dataclass(frozen=True, slots=True)
class ValueGroup:
    """Columns of one feature: a single one, or one per date in their heads.

    dates : of the heads, in the order of the columns; () when the heads have none that counts.
    """

    columns: tuple[DraftColumn, ...]
    base: str
    dates: tuple[HeadDate, ...] = ()

    def like(self) -> re.Pattern[str] | None:
        """The heads with any year (and any number of the column), None when no date stands in them."""
        if not self.dates:
            return None
        date = self.dates[0].found.text
        return re.compile(r" \| ".join(_any_year(part, date) for part in self.columns[0].head.split(" | ")))


def _any_year(part: str, date: str) -> str:
    if part.isdigit() and len(part) < 4:
        return r"\d{1,3}"
    dated = re.escape(date).replace(YEAR.search(date)[0], r"\d{4}") if YEAR.search(date) else re.escape(date)  # type: ignore[index]
    return re.escape(part).replace(re.escape(date), dated)


@dataclass(frozen=True, slots=True)
class YearRule:
    """How the date of a head is read: pattern whose group is the year, and the day of the year it means."""

    pattern: re.Pattern[str]
    day_of_year: str
    periods: tuple[str, ...]


def head_date(head: str) -> HeadDate | None:
    """The only date in a head that may be the date of its numbers."""
    found = [
        (start, each) for start, each in dates_in(head)
        if len(each.readings) == 1 and not _NO_DATE.search(head[:start])
    ]  # fmt: skip
    if len(found) != 1:
        return None
    start, read = found[0]
    parts = (head[:start] + head[start + len(read.text) :]).split(" | ")
    kept = [part.strip(" -,()") for part in parts if not (part.isdigit() and len(part) < 4)]
    return HeadDate(read, start, " | ".join(part for part in kept if part))


def value_groups(columns: Sequence[DraftColumn]) -> tuple[ValueGroup, ...]:
    """Columns with the same head but for the date belong together; others stand alone."""
    by_base: dict[tuple[str, int], list[tuple[DraftColumn, HeadDate]]] = {}
    groups = []
    for column in columns:
        date = head_date(column.head)
        if date is None:
            groups.append(ValueGroup((column,), column.head))
        else:
            by_base.setdefault((date.base, len(date.found.text)), []).append((column, date))
    for (base, _length), each in by_base.items():
        dates = tuple(date for _column, date in each)
        if len({date.found.readings for date in dates}) == len(each):
            groups.append(ValueGroup(tuple(column for column, _date in each), base or each[0][0].head, dates))
        else:
            groups += [ValueGroup((column,), column.head) for column, _date in each]
    return tuple(sorted(groups, key=lambda group: group.columns[0].place))


def year_rule(group: ValueGroup, asking: Asking) -> YearRule | None:
    """How the dates of the heads are read; None when they are not the date of the numbers.

    A day is always meant. Several columns of one feature differ by it. A bare year in the head of a single
    column is asked, unless words say that it is summed over the year.
    """
    if not group.dates:
        return None
    first = group.dates[0]
    cell = f"{group.columns[0].letter}1"
    if first.found.form == "year":
        return _of_year(group, first, cell, asking)
    day = first.found.readings[0]
    if len({each.found.readings[0][4:] for each in group.dates}) > 1:
        return None  # several days of one year have no rule; the columns are left out
    year = day[:4]
    text = re.escape(first.found.text).replace(year, r"(\d{4})", 1)
    pattern = re.compile(text)
    if pattern.groups != 1:
        return None
    return YearRule(pattern, day[5:], tuple(each.found.readings[0] for each in group.dates))


def _of_year(group: ValueGroup, first: HeadDate, cell: str, asking: Asking) -> YearRule | None:
    head = group.columns[0].head
    years = tuple(each.found.readings[0] for each in group.dates)
    before = "".join(re.findall(r"\S+\s*", head[: first.start])[-2:])
    pattern = re.compile(re.escape(before) + r"((?:19|20)\d{2})(?!\d)")
    if _IN_YEAR.search(head[: first.start]):
        return YearRule(pattern, "", years)
    if len(group.columns) == 1:
        answer = asking.ask(
            f"head_year:{group.columns[0].letter}",
            _("„{head}“: Gelten die Zahlen dieser Spalte für {year}?").format(head=head, year=years[0]),
            [
                Option("no", _("nein, für den Stichtag der Datei")),
                Option("year_end", _("ja, Bestand am 31.12.{year}").format(year=years[0])),
                Option("year", _("ja, Summe über das Jahr {year}").format(year=years[0])),
            ],
            cell,
        )
        if answer == "no":
            return None
        return YearRule(pattern, "12-31" if answer == "year_end" else "", _ends(years, answer))
    form = year_form(head[: first.start], years[0], cell, asking)
    return YearRule(pattern, "12-31" if form == "year_end" else "", _ends(years, form))


def _ends(years: Sequence[str], form: str) -> tuple[str, ...]:
    return tuple(f"{year}-12-31" if form == "year_end" else year for year in years)
