"""Cells of printed tables: the text for paper and screen, the number for the spreadsheet.

A cell is made once and used by all three writers, so PDF, HTML and XLSX cannot differ.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from sozialraum.base import _
from sozialraum.base.numbers import decimal, signed, span
from sozialraum.publish.words import BLOCKED, ESTIMATED, LIMITED, MARK_OF_STATUS, TOO_FEW, mark_text

NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell.

    text : what PDF and HTML print. number : what the XLSX cell holds, None for text and marks;
        `upper` is the second number of an interval.
    shape : 'text', 'mark', 'picture', 'count', 'share' (in %), 'rate', 'points' or 'interval'; chooses the number
        format.
    mark : the mark of section 'Zeichen' this cell shows, '' for none.
    places : decimals printed.
    """

    text: str
    number: float | None = None
    shape: str = "text"
    mark: str = ""
    upper: float | None = None
    places: int = 0
    strong: bool = False
    target: str = ""
    picture: str = ""
    note: str = ""


def text_cell(text: str, *, strong: bool = False, target: str = "") -> Cell:
    """A cell of words."""
    return Cell(text, strong=strong, target=target)


def mark_cell(mark: str) -> Cell:
    """A cell that has a mark in place of a number."""
    return Cell(mark_text(mark), mark=mark, shape="mark")


def known(number: float | None) -> bool:
    """True when there is a finite number."""
    return number is not None and math.isfinite(number)


def number_cell(low: float, high: float, status: str, shape: str, places: int, factor: float = 1.0) -> Cell:
    """A value with status as a cell: its number, or the mark that says why there is none.

    low, high : bounds of the value; status : one of the seven; factor : 100 for a share in per cent.
    A suppressed value never prints its bounds. Limited values stand in brackets, estimated ones carry an s.
    """
    if status in MARK_OF_STATUS:
        return mark_cell(MARK_OF_STATUS[status])
    if not (known(low) and known(high)):
        return mark_cell(TOO_FEW)
    low, high = round(low * factor, places), round(high * factor, places)
    if low != high:
        return _limited(
            replace(_plain((low + high) / 2, shape, places), text=span(low, high, places), upper=high), status
        )
    return _limited(_plain(low, shape, places), status)


def _plain(number: float, shape: str, places: int) -> Cell:
    return Cell(decimal(number, places), number + 0.0, shape, places=places)


def _limited(cell: Cell, status: str) -> Cell:
    if status == "uncertain":
        return replace(cell, text=f"({cell.text})", mark=LIMITED)
    if status == "estimated":
        return replace(cell, text=f"{cell.text}{NO_BREAK}{ESTIMATED}", mark=ESTIMATED)
    return cell


def count_cell(low: float, high: float | None = None, status: str = "observed") -> Cell:
    """A count of persons, places or areas."""
    return number_cell(low, low if high is None else high, status, "count", 0)


def interval_cell(low: float, high: float, places: int = 1, factor: float = 100.0) -> Cell:
    """A 95 % interval '31,1–37,2'; 'x' where there is none by its nature (full counts)."""
    if not (known(low) and known(high)):
        return mark_cell(BLOCKED)
    low, high = round(low * factor, places), round(high * factor, places)
    return Cell(span(low, high, places), low, "interval", upper=high, places=places)


def difference_cell(now: Cell, before: Cell) -> Cell:
    """The difference of two printed values, so that a reader can check it; a mark wins over a number."""
    if now.number is None or before.number is None or now.upper is not None or before.upper is not None:
        return mark_cell(now.mark if now.number is None and now.mark else before.mark or BLOCKED)
    places = max(now.places, before.places)
    number = round(now.number - before.number, places) + 0.0
    cell = Cell(signed(number, places), number, "points", places=places)
    return _limited(cell, "uncertain") if LIMITED in (now.mark, before.mark) else cell


def signed_count_cell(low: float, high: float, status: str = "observed") -> Cell:
    """A signed whole number such as places missing '−81'; an open value as '−95 bis −67'."""
    if status in MARK_OF_STATUS:
        return mark_cell(MARK_OF_STATUS[status])
    if not (known(low) and known(high)):
        return mark_cell(BLOCKED)
    low, high = float(round(low)), float(round(high))
    if low != high:
        text = _("{low} bis {high}").format(low=signed(low, 0), high=signed(high, 0))
        return Cell(text, low, "interval", upper=high)
    return _limited(Cell(signed(low, 0), low + 0.0, "points"), status)


def follow_mark(cell: Cell, leader: Cell) -> Cell:
    """A hidden or missing leader (the count) hides what depends on it (share, interval, strip)."""
    return mark_cell(leader.mark) if leader.number is None and leader.mark else cell
