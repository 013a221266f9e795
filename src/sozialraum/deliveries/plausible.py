"""Numbers that cannot be what the column says: percentages labelled as persons, dates that cannot be meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from sozialraum.base import _, quoted
from sozialraum.base.numbers import day
from sozialraum.deliveries.collector import Collector
from sozialraum.deliveries.table import Table
from sozialraum.deliveries.texts import NotADay, NotANumber, parse_day, parse_number

_FEW = 10  # with fewer rows a column of equal or broken numbers says nothing
_DATED_TITLE = re.compile(r"(?:Stand|Stichtag|Datenstand)\b\D{0,20}(\d{1,2}\.\d{1,2}\.\d{4})", re.IGNORECASE)
_DATED_NAME = re.compile(r"(?<!\d)(20\d\d)[-_]?([01]\d)[-_]?([0-3]\d)(?!\d)")


def check_percentages(table: Table, name: str, mask: np.ndarray, decimal: str, log: Collector) -> bool:
    """Whether a column of counts holds percentages: nearly all are 100, or most are broken numbers up to 100.

    Such a column is one error, not one for every row.
    """
    coded = table.coded(name)
    numbers = np.array([_number(text, decimal) for text in coded.texts])
    rows = np.flatnonzero(mask)
    values = numbers[coded.codes[rows]]
    known = rows[~np.isnan(values)]
    values = values[~np.isnan(values)]
    if len(values) < _FEW:
        return False
    hundred = np.abs(values - 100) < 1e-9
    broken = (np.abs(values - np.round(values)) > 1e-9) & (values <= 100)
    if hundred.mean() >= 0.9:
        what = _("In {count} von {all} Zeilen steht 100: Das sind vermutlich Anteile in Prozent und keine Anzahlen.")
        wrong = hundred
    elif broken.mean() > 0.5:
        what = _("In {count} von {all} Zeilen steht eine gebrochene Zahl bis 100: Das sind vermutlich Anteile in "
                 "Prozent und keine Anzahlen.")  # fmt: skip
        wrong = broken
    else:
        return False
    where = table.at(name, int(known[int(np.argmax(wrong))]))
    log.add("error", what.format(count=int(wrong.sum()), all=len(values)), **where, code="cases_as_persons",
            found=str(table.cells[name][int(known[int(np.argmax(wrong))])]).strip(),
            todo=_("Bitte die Anzahlen liefern lassen, oder die Spalte als Anteil einlesen."))  # fmt: skip
    return True


def check_words(
    table: Table, name: str, mask: np.ndarray, signs: Collection[str], decimal: str, log: Collector
) -> bool:
    """Whether a column of numbers holds words in most rows: then its head stands above another column.

    signs : texts that mean something in this column although they are no numbers.
    """
    coded = table.coded(name)
    words = np.array([bool(text) and text not in signs and text[0].isalpha() and np.isnan(_number(text, decimal))
                      for text in coded.texts])  # fmt: skip
    rows = np.flatnonzero(mask)
    wrong = rows[words[coded.codes[rows]]]
    if len(wrong) < _FEW or 2 * len(wrong) <= len(rows):
        return False
    texts = list(dict.fromkeys(coded.texts[code] for code in coded.codes[wrong].tolist()))[:3]
    log.add("error", _("In {count} von {all} Zeilen stehen Wörter statt Zahlen, zum Beispiel {words}: Die Köpfe der "
                       "Spalten sind vermutlich verschoben.").format(
        count=len(wrong), all=len(rows), words=", ".join(quoted(text) for text in texts)),
        **table.at(name, int(wrong[0])), code="unknown_sign", found=texts[0],
        todo=_("Bitte klären, was in dieser und den Spalten daneben steht."))  # fmt: skip
    return True


def _number(text: str, decimal: str) -> float:
    try:
        return parse_number(text, decimal)
    except NotANumber:
        return np.nan


def check_dates(
    path: Path, table: Table, periods: Sequence[str], log: Collector, today: date | None = None
) -> None:  # fmt: skip
    """Dates that contradict each other or have not come yet.

    periods : ISO days (or years) of the numbers. today : the day of reading.
    """
    days = [period for period in periods if len(period) == 10]
    today_text = (today or date.today()).isoformat()
    for period in days:
        if period > today_text:
            log.add("warning", _("Der Stichtag {day} liegt in der Zukunft.").format(day=day(period)),
                    sheet=table.sheet, code="date", found=day(period),
                    todo=_("Bitte den Stichtag prüfen."))  # fmt: skip
    for line in table.titles:
        for text in _DATED_TITLE.findall(line):
            _compare(text, days, _("über der Tabelle"), table, log)
    for year, month, number in _DATED_NAME.findall(path.stem):
        swapped = f"{year}-{number}-{month}"
        if days and f"{year}-{month}-{number}" not in days and swapped in days:
            log.add("warning", _("Tag und Monat scheinen vertauscht: Der Dateiname nennt {name}, die Tabelle gilt für "
                                 "{period}.").format(name=f"{number}.{month}.{year}", period=day(swapped)),
                    code="date", found=day(swapped), offer=f"{number}.{month}.{year}",
                    todo=_("Bitte den Stichtag prüfen."))  # fmt: skip


def _compare(text: str, days: Sequence[str], where: str, table: Table, log: Collector) -> None:
    try:
        told = parse_day(text)
    except NotADay:
        return
    if not days or told in days:
        return
    year, month, number = told.split("-")
    swapped = f"{year}-{number}-{month}" in days
    what = _("Tag und Monat scheinen vertauscht: {where} steht {told}, die Tabelle gilt für {period}.")
    what = what if swapped else _("Zwei Stichtage: {where} steht {told}, die Tabelle gilt für {period}.")
    log.add("warning", what.format(where=where, told=day(told), period=", ".join(day(each) for each in days)),
            sheet=table.sheet, code="date", found=", ".join(day(each) for each in days), offer=day(told),
            todo=_("Bitte klären, welcher Stichtag gilt."))  # fmt: skip
