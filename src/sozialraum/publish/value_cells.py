"""Cells of one indicator value: count, base, share, interval; and how a measure is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sozialraum.base import _
from sozialraum.base.numbers import decimal
from sozialraum.indicators.registry import Definition
from sozialraum.publish.cells import Cell, count_cell, follow_mark, interval_cell, known, mark_cell, number_cell
from sozialraum.publish.words import BLOCKED, HIDDEN, MARK_OF_STATUS, NOT_DELIVERED, TOO_FEW


@dataclass(frozen=True, slots=True)
class Measure:
    """How an indicator's values are printed: factor (100 for per cent), decimals, column head, short unit."""

    factor: float
    places: int
    head: str
    short: str
    shape: str

    def cell(self, low: float, high: float, status: str) -> Cell:
        """A share or rate as a cell."""
        return number_cell(low, high, status, self.shape, self.places, self.factor)

    def words(self, value: float) -> str:
        """The value in running text: '15,7 %' or '12,3 je 1.000'."""
        return f"{decimal(value * self.factor, self.places)}{self.gap}{self.short}"

    @property
    def gap(self) -> str:
        return "\u202f" if self.short == "%" else "\u00a0"


def measure(definition: Definition) -> Measure:
    """How the values of this indicator are printed: a share in per cent, a rate as cases per 100."""
    if definition.kind == "rate":
        return Measure(100.0, 1, _("je 100"), _("je 100"), "rate")
    return Measure(100.0, 1, _("Anteil in\u00a0%"), "%", "share")


def has_number(row: Any) -> bool:
    """True when the share of an indicator row is printed as one number."""
    return (
        row.status not in MARK_OF_STATUS
        and known(row.share_low)
        and known(row.share_high)
        and round(row.share_low, 6) == round(row.share_high, 6)
    )


@dataclass(frozen=True, slots=True)
class ValueCells:
    """The printed cells of one indicator value, in the fixed order of every table."""

    count: Cell
    base: Cell
    share: Cell
    interval: Cell


def value_cells(row: Any | None, how: Measure) -> ValueCells:
    """Count, base, share, interval; a hidden count hides its share and interval.

    A base too small for a share leaves count and base and prints '/'; a base of zero prints 'x'.
    """
    if row is None:
        gap = mark_cell(NOT_DELIVERED)
        return ValueCells(gap, gap, gap, gap)
    notes = str(row.note or "").split(";")
    no_share = "few_cases" in notes or "base_zero" in notes
    count_status = "observed" if no_share or "small_base" in notes else row.status
    count = number_cell(row.count_low, row.count_high, count_status, "count", 0)
    if no_share:
        mark = mark_cell(TOO_FEW if "few_cases" in notes else BLOCKED)
        exact = known(row.count_low) and row.count_low == row.count_high
        return ValueCells(count if exact else mark_cell(HIDDEN), _base_cell(row, mark), mark, mark)
    share = follow_mark(how.cell(row.share_low, row.share_high, row.status), count)
    interval = (
        interval_cell(row.ci_low, row.ci_high, how.places, how.factor)
        if share.number is not None
        else mark_cell(share.mark)
    )
    return ValueCells(count, _base_cell(row, count), share, interval)


def _base_cell(row: Any, count: Cell) -> Cell:
    """The base where it is one number, else the mark of a hidden value, or of the count if there is none at all."""
    if known(row.base_low) and row.base_low == row.base_high:
        return count_cell(row.base_low, status="estimated" if row.status == "estimated" else "observed")
    return mark_cell(HIDDEN if known(row.base_low) else count.mark or HIDDEN)


def share_cell(row: Any | None, how: Measure) -> Cell:
    """Only the share, for comparison columns."""
    return value_cells(row, how).share
