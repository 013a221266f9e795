"""The date of the numbers: from a column, a title row or the file name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sozialraum.base import _, plural
from sozialraum.base.numbers import count as shown
from sozialraum.base.numbers import day
from sozialraum.deliveries.collector import Collector, also, refuse
from sozialraum.deliveries.recipe import PeriodForm, PeriodRule, ValueRule
from sozialraum.deliveries.table import Table
from sozialraum.deliveries.texts import NotADay, parse_day, parse_month_end, parse_year

PARSERS: dict[str, Callable[[str], str]] = {
    "day": parse_day,
    "month_end": parse_month_end,
    "year": parse_year,
    "year_end": lambda text: f"{parse_year(text)}-12-31",
}
_MONTHS = ("januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
           "dezember")  # fmt: skip
# A date in so few rows beside another in so many more is a slip of the pen: sheets of several dates have about as many
# rows for each. One row alone is enough beside twenty; a share alone would find it only beside fifty.
_FEW_SHARE, _FEW_ROWS, _BESIDE_ONE = 0.02, 50, 20
_CELLS_SHOWN = 8
_SCHOOL_YEAR = re.compile(r"((?:19|20)\d\d)\s*[/-]\s*((?:20)?\d\d)")
_MONTH_BY_HAND = re.compile(r"(\d{1,2})[./]((?:19|20)\d\d)")
_YEAR_IN_NAME = re.compile(r"(?<!\d)(20\d\d)(?:\d{2}|\d{4})?(?!\d)")


@dataclass(frozen=True, slots=True)
class Periods:
    """The period of every row: positions in the distinct periods (ISO texts)."""

    codes: np.ndarray
    texts: tuple[str, ...]


def find_periods(
    path: Path, table: Table, rule: PeriodRule, log: Collector, *, quote: bool = True, given: str = ""
) -> Periods:
    """The period of every row; what is no date becomes a finding (which quotes the cell unless told not to).

    given : date a person gave (`period_by_hand`), ''. It holds instead of the title, the file name or the one date of
    the source; in a column of dates only where a row has none.
    """
    if given:
        log.assumed.append(_("Stichtag von Hand angegeben: {day}.").format(day=day(given)))
    if rule.column:
        return _from_column(table, rule, log, quote, given)
    if given:
        _compare_by_hand(path, table, rule, given, log)
        return Periods(np.zeros(len(table.rows), int), (given,))
    if rule.fixed:
        return Periods(np.zeros(len(table.rows), int), (rule.fixed,))
    text = _written(path, table, rule)
    places = _where(rule)
    if text is None:
        log.add("error", _("Der Stichtag wurde {where} nicht gefunden.").format(where=places), sheet=table.sheet,
                code="date", todo=_todo(rule))  # fmt: skip
        return Periods(np.zeros(len(table.rows), int), ("",))
    try:
        period = rule.days.get(text) or PARSERS[rule.form](text)
    except NotADay:
        log.add("error", _("„{text}“ ({where}) ist kein gültiges Datum.").format(text=text, where=places),
                sheet=table.sheet, code="date", found=text, todo=_("Bitte den Stichtag angeben."))  # fmt: skip
        period = ""
    return Periods(np.zeros(len(table.rows), int), (period,))


def _written(path: Path, table: Table, rule: PeriodRule) -> str | None:
    """The date as it stands above the table or in the file name, None where it does not."""
    return _from_titles(table.titles, rule.title) if rule.title else _from_name(path.name, rule.file_name)


def _where(rule: PeriodRule) -> str:
    return _("in den Zeilen über der Tabelle") if rule.title else _("im Dateinamen")


def _compare_by_hand(path: Path, table: Table, rule: PeriodRule, given: str, log: Collector) -> None:
    """Warn where the file itself names another date than the person; days in titles are compared with all others."""
    text = None if rule.fixed or (rule.title and rule.form == "day") else _written(path, table, rule)
    with suppress(NotADay):
        named = (rule.days.get(text) or PARSERS[rule.form](text)) if text else given
        if named != given:
            what = _("Die Datei nennt {named} ({where}), von Hand angegeben ist {given}.")
            log.add("warning", what.format(named=day(named), where=_where(rule), given=day(given)),
                    sheet=table.sheet, code="date", found=day(named))  # fmt: skip


def period_by_hand(text: str, form: PeriodForm) -> str:
    """A date as a person types it, as the ISO day or year that a rule of this form gives.

    form day: '31.12.2025'. month_end: any day of the month, '12/2025' or '202512'. year, year_end: '2025', a day of
    the year, or the school year that begins in it ('2025/26'). Raises NotADay.
    """
    text = text.strip()
    if form == "day":
        return parse_day(text)
    school, month = _SCHOOL_YEAR.fullmatch(text), _MONTH_BY_HAND.fullmatch(text)
    if form == "month_end":
        if month:
            return parse_month_end(f"{month[2]}{int(month[1]):02d}")
        return parse_month_end(parse_day(text)[:7].replace("-", "") if len(text) > 6 else text)
    if school and int(school[2]) % 100 != (int(school[1]) + 1) % 100:
        raise NotADay(text)
    year = parse_year(school[1] if school else parse_day(text)[:4] if len(text) > 4 else text)
    return f"{year}-12-31" if form == "year_end" else year


def _todo(rule: PeriodRule) -> str:
    """What to do where the date is missing: to say it, or to write it where the recipe looks for it."""
    written = {"day": "31.12.2025", "month_end": "202512"}.get(rule.form, "2025")
    if rule.title:
        return _("Bitte den Stichtag angeben oder über der Tabelle ergänzen (Beispiel: {date}).").format(date=written)
    return _("Bitte den Stichtag angeben oder in den Dateinamen schreiben (Beispiel: {date}).").format(date=written)


def _from_titles(titles: Iterable[str], pattern: re.Pattern[str]) -> str | None:
    return next((found[1] for line in titles if (found := pattern.search(line))), None)


def _from_name(name: str, pattern: re.Pattern[str] | None) -> str | None:
    found = pattern.search(name) if pattern else None
    return found[1] if found else None


def _from_column(table: Table, rule: PeriodRule, log: Collector, quote: bool, given: str) -> Periods:
    coded = table.coded(rule.column)
    periods = []
    for code, text in enumerate(coded.texts):
        if given and not text:
            periods.append(given)
            continue
        try:
            periods.append(rule.days.get(text) or PARSERS[rule.form](text))
        except NotADay:
            rows = np.flatnonzero(coded.codes == code)
            what = (
                _("„{text}“ ist kein gültiges Datum").format(text=text) if quote else _("Das ist kein gültiges Datum")
            )
            what = what if text else _("Das Datum fehlt")
            log.add("error", what + also(len(rows) - 1) + ".", **table.at(rule.column, int(rows[0])), code="date",
                    found=text if quote else "")  # fmt: skip
            periods.append("")
    distinct = sorted(set(periods))
    return Periods(np.array([distinct.index(period) for period in periods])[coded.codes], tuple(distinct))


def periods_of(value: ValueRule, table: Table, periods: Periods) -> Periods:
    """The periods of one column: those of the rows, unless its head names the year, the day or the month.

    Raises InputRefused when the head names a day the calendar does not have.
    """
    if value.year_in_head is not None:
        found = value.year_in_head.search(table.heads[value.column])
        if found:
            period = f"{found[1]}-{value.day_of_year}" if value.day_of_year else found[1]
            return Periods(np.zeros(len(table.rows), int), (period,))
    if value.day_in_head is not None:
        found = value.day_in_head.search(table.heads[value.column])
        if found:
            return Periods(np.zeros(len(table.rows), int), (_day_of_head(found[1], value, table),))
    if value.month_in_head is not None:
        found = value.month_in_head.search(table.heads[value.column])
        month = _MONTHS.index(found[1].casefold()) + 1 if found and found[1].casefold() in _MONTHS else 0
        if month:
            ends = tuple(parse_month_end(f"{year}{month:02d}") for year in periods.texts)
            return Periods(periods.codes, ends)
    return periods


def _day_of_head(text: str, value: ValueRule, table: Table) -> str:
    try:
        return parse_day(text)
    except NotADay:
        what = _("„{text}“ im Kopf der Spalte „{head}“ ist kein gültiges Datum.")
        raise refuse("", what.format(text=text, head=table.heads[value.column])) from None


def compare_with_name(path: Path, periods: Iterable[str], log: Collector) -> None:
    """Warn when the file name speaks of another year than the table."""
    named = set(_YEAR_IN_NAME.findall(path.stem))
    periods = sorted({*periods} - {""})
    if named and periods and not named & {period[:4] for period in periods}:
        log.add("warning", _("Der Dateiname nennt {name}, die Tabelle gilt für {period}.").format(
            name=", ".join(sorted(named)), period=", ".join(day(period) for period in periods)),
            todo=_("Die Werte werden mit dem Stand der Tabelle übernommen."), code="date")  # fmt: skip


def lonely_dates(periods: Periods) -> np.ndarray:
    """Positions of the dates that stand in a handful of rows while another one stands in nearly all.

    Below 2 % of the rows of the most frequent date and below 50 rows, or one row beside at least 20.
    """
    rows = np.bincount(periods.codes, minlength=len(periods.texts))
    most = rows.max(initial=0)
    few = ((rows < _FEW_SHARE * most) & (rows < _FEW_ROWS)) | ((rows == 1) & (most >= _BESIDE_ONE))
    return np.flatnonzero(few & (rows > 0) & np.array([text != "" for text in periods.texts], dtype=bool))


def check_lonely_dates(table: Table, column: str, periods: Periods, log: Collector, *, quote: bool = True) -> None:
    """One error for each date that a handful of rows name while nearly all name another.

    column : where the dates stand. quote : whether the date may be repeated; shifted cells of single persons may
    hold a day of birth.
    """
    most = periods.texts[int(np.argmax(np.bincount(periods.codes, minlength=len(periods.texts))))]
    for place in lonely_dates(periods).tolist():
        rows = np.flatnonzero(periods.codes == place)
        cells = [str(table.at(column, row)["cell"]) for row in rows[:_CELLS_SHOWN].tolist()]
        told = day(periods.texts[place]) if quote else _("ein anderer Stichtag")
        what = plural(
            "{few} steht nur in {count} Zeile ({cells}), in den übrigen steht {most}.",
            "{few} steht nur in {count} Zeilen ({cells}), in den übrigen steht {most}.",
            len(rows),
        ).format(
            few=told[:1].upper() + told[1:], count=shown(len(rows)), most=day(most),
            cells=", ".join(cells) + (" …" if len(rows) > _CELLS_SHOWN else ""),
        )  # fmt: skip
        log.add("error", what, **table.at(column, int(rows[0])), code="date", found=day(periods.texts[place]) if quote
                else "", offer=day(most), todo=_("Bitte klären, welcher Stichtag gilt."))  # fmt: skip
