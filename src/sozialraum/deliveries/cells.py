"""Turn the texts of a column into values: bounds and status per row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sozialraum.base import Status, Value, _, intervals, plural, quoted
from sozialraum.base.value import STRENGTH, WEAKEST_FIRST
from sozialraum.deliveries.collector import Collector, also
from sozialraum.deliveries.recipe import ValueRule
from sozialraum.deliveries.signs import SignProfile, UnknownMark, read_value
from sozialraum.deliveries.table import Table

STATUS_OF_RANK = np.array([status.value for status in WEAKEST_FIRST], dtype=object)
OBSERVED = STRENGTH[Status.OBSERVED.value]
UNCERTAIN = STRENGTH[Status.UNCERTAIN.value]
MISSING = STRENGTH[Status.MISSING.value]
BLOCKED = STRENGTH[Status.BLOCKED.value]
SUPPRESSED = STRENGTH[Status.SUPPRESSED.value]


@dataclass(frozen=True, slots=True)
class Cells:
    """A column as values: low, high (NaN without number) and rank of the status (weakest first)."""

    low: np.ndarray
    high: np.ndarray
    rank: np.ndarray


def carried_cells(value: ValueRule, cells: Mapping[str, Cells]) -> Cells:
    """What of a column is carried: its numbers, or those of an average times the units behind it.

    An average over nobody is 0 and no hole; the status is that of the weaker of both.
    """
    own = cells[value.column]
    if not value.weight:
        return own
    units = cells[value.weight]
    low, high = intervals.product((own.low, own.high), (units.low, units.high))
    nobody = (units.rank > BLOCKED) & (units.high == 0)
    return Cells(
        np.where(nobody, 0.0, low),
        np.where(nobody, 0.0, high),
        np.where(nobody, units.rank, np.minimum(own.rank, units.rank)),
    )


def read_cells(
    table: Table,
    name: str,
    profile: SignProfile,
    log: Collector,
    *,
    measure: bool,
    mask: np.ndarray,
    decimal: str = ",",
) -> Cells:
    """Read a column; each distinct text once. mask : rows that count (findings only for those).

    Unknown signs, and counts that are negative or not whole, become findings with their place.
    """
    coded = table.coded(name)
    values = [_read(text, profile, measure, decimal) for text in coded.texts]
    for code, value in enumerate(values):
        if isinstance(value, Value):
            continue
        rows = np.flatnonzero((coded.codes == code) & mask)
        if len(rows):
            text = coded.texts[code]
            log.add("error", value + also(len(rows) - 1), **table.at(name, int(rows[0])), found=text,
                    code=_kind(text, profile, decimal))  # fmt: skip
    good = [value if isinstance(value, Value) else Value(None, None, Status.MISSING) for value in values]
    numbers = np.bincount(coded.codes[mask], minlength=len(good))
    _say_empty(table, name, coded.texts, good, numbers, log)
    _say_signs(profile, [text for text, number in zip(coded.texts, numbers, strict=True) if number], log)
    low = np.array([np.nan if value.low is None else value.low for value in good])
    high = np.array([np.nan if value.high is None else value.high for value in good])
    rank = np.array([STRENGTH[value.status.value] for value in good])
    return Cells(low[coded.codes], high[coded.codes], rank[coded.codes])


def _kind(text: str, profile: SignProfile, decimal: str) -> str:
    """What is wrong with a text that is no value of its column: no text, no sign, or a number but no count."""
    if not text:
        return "empty"
    try:
        read_value(text, profile, decimal=decimal, measure=True)
    except UnknownMark:
        return "unknown_sign"
    return "cases_as_persons"


def _read(text: str, profile: SignProfile, measure: bool, decimal: str) -> Value | str:
    """The value, or the sentence that says why there is none."""
    try:
        value = read_value(text, profile, decimal=decimal, measure=measure)
    except UnknownMark as unknown:
        if unknown.why:
            return unknown.why
        if not text:
            return _("Das Feld ist leer; ob 0 oder nicht geliefert gemeint ist, lässt sich nicht erkennen.")
        known = ", ".join(quoted(sign) for sign in profile.signs if sign)
        what = _("„{text}“ ist weder eine Zahl noch ein Zeichen dieser Quelle").format(text=text)
        return what + (_(" (vorgesehen: {known}).").format(known=known) if known else ".")
    if measure or value.low is None or value.high is None:
        return value
    if value.low < 0:
        return _("„{text}“ ist eine negative Anzahl.").format(text=text)
    if value.is_exact and not value.low.is_integer():
        return _("„{text}“ ist keine ganze Anzahl.").format(text=text)
    return value


def _say_empty(
    table: Table, name: str, texts: tuple[str, ...], values: list[Value], counts: np.ndarray, log: Collector
) -> None:
    """Empty cells that the source's profile allows are said, because people often mean zero."""
    for text, value, number in zip(texts, values, counts, strict=True):
        if not text and value.status is Status.MISSING and number and "" in texts:
            log.assumed.append(
                plural(
                    "{count} leeres Feld in „{head}“ ist nicht geliefert, nicht null.",
                    "{count} leere Felder in „{head}“ sind nicht geliefert, nicht null.",
                    int(number),
                ).format(count=int(number), head=table.heads[name])
            )


def _say_signs(profile: SignProfile, texts: list[str], log: Collector) -> None:
    """What the signs that stand in the file mean and what their source says of them, each once."""
    for text in texts:
        sign = profile.signs.get(text)
        if sign and sign.text and sign.legend:
            said = _("„{sign}“ heißt: {meaning} ({legend}).").format(
                sign=sign.text, meaning=_(sign.meaning), legend=sign.legend.removesuffix(".")
            )
            log.assumed += [said] if said not in log.assumed else []
