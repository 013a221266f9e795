"""What distinguishes the counted persons: the code of every row for age, sex, nationality and the like."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from sozialraum.base import _, quoted
from sozialraum.deliveries.collector import Collector, also
from sozialraum.deliveries.periods import Periods
from sozialraum.deliveries.recipe import Dimension
from sozialraum.deliveries.table import Table
from sozialraum.deliveries.texts import NotADay, parse_day, parse_year


def dimension_codes(
    table: Table, dimension: Dimension, periods: Periods, log: Collector, *, quote: bool = True
) -> np.ndarray:
    """The code of every row: object array of text; '' = unknown, which becomes a finding; None = left out.

    quote : whether findings may repeat what stands in the cells (not where a row is a person).
    """
    pairs, texts = _joined(table, dimension)
    if dimension.born:  # an age depends on the date of the row
        pairs = pairs * len(periods.texts) + periods.codes
        texts = [_age(text, period) for text in texts for period in periods.texts]
    distinct, first, codes, counts = np.unique(pairs, return_index=True, return_inverse=True, return_counts=True)
    known: list[str | None] = []
    for pair, row, count in zip(distinct.tolist(), first.tolist(), counts.tolist(), strict=True):
        code = _code(texts[pair], dimension)
        known.append(None if not code and dimension.leave_out and texts[pair] else code)
        if known[-1] == "":
            _unknown_code(table, dimension, texts[pair] if quote else "", row, count, log)
    return np.array(known, dtype=object)[codes]


def _joined(table: Table, dimension: Dimension) -> tuple[np.ndarray, Sequence[str]]:
    """The texts of the columns joined by '-', as positions in all pairs of texts."""
    coded = [table.coded(column) for column in dimension.columns]
    pairs = coded[0].codes.astype(np.int64)
    texts: Sequence[str] = coded[0].texts
    for each in coded[1:]:
        pairs = pairs * len(each.texts) + each.codes
        texts = [f"{left}-{right}" for left in texts for right in each.texts]
    return pairs, texts


def _code(text: str, dimension: Dimension) -> str:
    if dimension.bands:
        return _band(text, dimension)
    code = dimension.codes.get(text, "")
    return code or (dimension.otherwise if text else "")


def _band(text: str, dimension: Dimension) -> str:
    """The code of the band an age lies in; ages are whole numbers of years."""
    if not text.isdecimal() or int(text) > 130:
        return ""
    for band, code in dimension.bands.items():
        lowest, _sign, under = band.partition("-")
        if int(lowest) <= int(text) and (not under or int(text) < int(under)):
            return code
    return dimension.otherwise


def _age(text: str, period: str) -> str:
    """Full years of a person at a date, as text; '' when the day of birth is none or lies after it.

    A bare year of birth gives the age a person reaches in that year.
    """
    try:
        born = date.fromisoformat(parse_day(text))
    except NotADay:
        try:
            return _not_negative(int(period[:4]) - int(parse_year(text)))
        except (NotADay, ValueError):
            return ""
    if len(period) != 10:
        return ""
    on = date.fromisoformat(period)
    return _not_negative(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def _not_negative(years: int) -> str:
    return str(years) if years >= 0 else ""


def _unknown_code(table: Table, dimension: Dimension, text: str, row: int, count: int, log: Collector) -> None:
    heads = " / ".join(table.heads[column] for column in dimension.columns)
    allowed = ", ".join(quoted(code) for code in dimension.codes or dimension.bands)
    what = _("„{text}“ ist nicht vorgesehen; vorgesehen ist: {codes}") if text else _(
        "Das ist nicht vorgesehen; vorgesehen ist: {codes}")  # fmt: skip
    if dimension.born:
        what = _("Das ist kein Geburtstag, aus dem sich ein Alter zum Stichtag ergibt")
    where = {**table.at(dimension.columns[0], row), "column": heads}
    log.add("error", what.format(text=text, codes=allowed) + also(count - 1) + ".", **where,
            code="unknown_sign", found=text)  # fmt: skip
