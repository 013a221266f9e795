"""Places where a date stands, and what its text can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sozialraum.base import _, quoted
from sozialraum.base.numbers import day
from sozialraum.deliveries.drafting.columns import DraftColumn, is_time
from sozialraum.deliveries.drafting.dates import FoundDate, dates_in, read_date, slash_order
from sozialraum.deliveries.drafting.questions import Asking, Option
from sozialraum.deliveries.files import Sheet
from sozialraum.deliveries.recipe import PeriodRule

MADE = re.compile(
    r"(?i)(?:erstell|gedruckt|druckdatum|abruf|abgerufen|ausgabe|bearbeit|aktualisier|veröffentlich|erscheinung|"
    r"auswertung (?:vom|am)\b|"
    r"datenstand|stand der daten|ausgegeben|gespeichert|export|geändert|gebietsstand|©|copyright|seit |beschluss)"
)
_CALLED = re.compile(r"(?i)\b(?:stand|stichtag|berichts\w+|datum|zum|am)\b[:\s]*$")
MOST_DATES, _NOTES = 8, 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a date stands. order : column before title before file name.

    periods : what it says, ISO days or years (several only in a column). sure : it is called Stichtag.
    made : the date the file was made, most likely. label : text around it. texts, form : as they stand; written :
    the text in the file's name itself.
    """

    order: int
    shown: str
    rule: PeriodRule
    periods: tuple[str, ...]
    cell: str = ""
    column: DraftColumn | None = None
    sure: bool = False
    made: bool = False
    label: str = ""
    texts: tuple[str, ...] = ()
    form: str = ""
    written: str = ""

    @property
    def ambiguous(self) -> bool:
        """Whether one of its texts can be read in two ways, and no other of them shows which."""
        return bool(self.texts) and _is_ambiguous(self.texts)


def _is_ambiguous(texts: Sequence[str]) -> bool:
    order = slash_order(texts)
    read = [read_date(text) for text in texts]
    return any(each and len(each.readings) > 1 and not (order and len(each.text) > 5) for each in read)


def translated(
    texts: Sequence[str], form: str, cell: str, written: str = "", asking: Asking | None = None
) -> tuple[PeriodRule, tuple[str, ...]]:
    """The rule for texts of one form, and the periods they stand for; without asking, their first readings."""
    order = slash_order(texts)
    days: dict[str, str] = {}
    for text in texts:
        read = read_date(text)
        assert read is not None  # only texts that are dates come here
        days[written or text] = _one_reading(read, order, cell, asking)
    periods = tuple(sorted(set(days.values())))
    if form in ("day", "month_end", "year"):
        return PeriodRule(form=form), periods  # type: ignore[arg-type]
    return PeriodRule(days=days), periods


def _one_reading(read: FoundDate, order: str, cell: str, asking: Asking | None) -> str:
    """What a date means; asked when it can be read in two ways."""
    slashed = "/" in read.text and len(read.text) > 5
    if slashed and order and len(read.readings) > 1:
        return read.readings[0 if order == "day" else 1]
    if len(read.readings) == 1 or asking is None:
        return read.readings[0]
    if slashed:
        answer = asking.ask(
            "day_month",
            _("„{text}“: Steht der Tag oder der Monat vorn?").format(text=read.text),
            [
                Option("day", _("der Tag: {day}").format(day=day(read.readings[0]))),
                Option("month", _("der Monat: {day}").format(day=day(read.readings[1]))),
            ],
            cell,
        )
        return read.readings[0 if answer == "day" else 1]
    answer = asking.ask(
        "month_or_school_year",
        _("„{text}“: Ist der Monat oder das Schuljahr gemeint?").format(text=read.text),
        [
            Option("month", _("Ende des Monats: {day}").format(day=day(read.readings[0]))),
            Option("school_year", _("Schuljahr, das {year} beginnt").format(year=read.readings[1])),
        ],
        cell,
    )
    return read.readings[0 if answer == "month" else 1]


def in_part_of_a_column(columns: Sequence[DraftColumn], asking: Asking) -> Iterator[Candidate]:
    """Dates in a column called Stand or Stichtag that has none in some rows, such as the total."""
    for column in columns:
        texts = tuple(text for text in column.texts if text)
        if column.use != "day" or len(texts) == len(column.texts) or not is_time(column.head) or (
            MADE.search(column.head)
        ):  # fmt: skip
            continue
        order = slash_order(texts)
        for text in texts[:MOST_DATES]:
            cell = f"{column.letter}{column.texts[text] + 1}"
            read = read_date(text)
            assert read is not None  # only texts that are dates make a column of days
            where = _("Spalte {letter} „{head}“").format(letter=column.letter, head=column.head) + f", {cell}"
            period = _one_reading(read, order, cell, asking)
            yield Candidate(0, where, PeriodRule(fixed=period), (period,), cell, label=column.head)


def in_notes(others: Sequence[Sheet]) -> Iterator[Candidate]:
    """Dates called Stand or Stichtag in the notes of other sheets."""
    for sheet in others:
        for number, row in enumerate(sheet.rows[:_NOTES], start=1):
            line = " ".join(cell.strip() for cell in row if cell.strip())
            for start, read in dates_in(line):
                label = line[:start][-40:]
                if _CALLED.search(label) and not MADE.search(label) and len(read.readings) == 1:
                    where = _("Blatt „{sheet}“, Zeile {row}: {line}").format(
                        sheet=sheet.name, row=number, line=quoted(line[:60]))  # fmt: skip
                    yield Candidate(1, where, PeriodRule(fixed=read.readings[0]), read.readings)
