"""Narrow hidden values by the totals their holder published beside them.

A part lies between what the total leaves when all others are largest and when they are smallest; over
several sums that share cells this is repeated until nothing changes (DISCLOSURE, values an authority
has already protected). A narrowed value keeps its status: who hid it meant it to stay hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sozialraum.base import _, plural
from sozialraum.base.value import STRENGTH, Status
from sozialraum.deliveries.cells import BLOCKED, Cells
from sozialraum.deliveries.collector import Collector
from sozialraum.deliveries.table import Table

SUPPRESSED = STRENGTH[Status.SUPPRESSED.value]
EDGE = 1e-9
ROUNDS = 200  # every round is valid by itself, so stopping early is only less narrow

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PublishedSum:
    """A row that is the sum of others. row : its position. parts : boolean per row of the table."""

    row: int
    parts: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tightened:
    """cells : the same rows with narrower bounds. pinned : hidden rows whose number now follows exactly.

    contradictions : sums that cannot hold together with the others; then the cells are as they were.
    """

    cells: Cells
    pinned: tuple[int, ...] = ()
    contradictions: tuple[PublishedSum, ...] = ()


def tighten(cells: Cells, sums: Sequence[PublishedSum], *, whole: bool = True) -> Tightened:
    """Narrow the suppressed cells, parts and totals, by all sums at once.

    cells : one column of counts (not negative). sums : its totals; one without a number says nothing, a
    part without a number counts as anything from 0. whole : whole numbers, so bounds are rounded inward.
    Only cells with status suppressed change, and only their bounds.
    """
    none = cells.rank <= BLOCKED
    low, high = np.where(none, 0.0, cells.low), np.where(none, np.inf, cells.high)
    hidden = cells.rank == SUPPRESSED
    using = [each for each in sums if not none[each.row] and _holds(low, high, each)]
    members = [np.flatnonzero(each.parts) for each in using]
    for _round in range(ROUNDS):
        before = low.copy(), high.copy()
        for each, parts in zip(using, members, strict=True):
            _narrow(low, high, hidden, each.row, parts, whole)
            if np.any(low[parts] > high[parts] + EDGE) or low[each.row] > high[each.row] + EDGE:
                return Tightened(cells, contradictions=(each,))
        if np.array_equal(before[0], low) and np.array_equal(before[1], high):
            break
    pinned = np.flatnonzero(hidden & (low == high) & (cells.low < cells.high))
    return Tightened(
        Cells(np.where(none, cells.low, low), np.where(none, cells.high, high), cells.rank),
        tuple(int(row) for row in pinned),
    )


def _holds(low: Floats, high: Floats, one: PublishedSum) -> bool:
    """Whether total and parts can agree; a sum that cannot is a finding of its own and narrows nothing."""
    return bool(low[one.parts].sum() <= high[one.row] + EDGE and high[one.parts].sum() >= low[one.row] - EDGE)


def _narrow(low: Floats, high: Floats, hidden: NDArray[np.bool_], row: int, parts: NDArray[np.int64],
            whole: bool) -> None:  # fmt: skip
    """What one sum says about its hidden parts and, if hidden, its total. Changes `low` and `high`."""
    if hidden[row]:
        low[row], high[row] = _inward(
            max(low[row], low[parts].sum()), min(high[row], high[parts].sum()), whole
        )  # fmt: skip
    chosen = np.flatnonzero(hidden[parts])
    if not len(chosen):
        return
    own_low, own_high = low[parts], high[parts]
    open_above = np.isinf(own_high)
    most = own_high[~open_above].sum() - np.where(open_above, 0.0, own_high)  # of the others, where bounded
    bounded = (open_above.sum() - open_above) == 0
    least = own_low.sum() - own_low
    bottom = np.where(bounded, low[row] - most, -np.inf)
    ends = _inward(np.maximum(own_low, bottom)[chosen], np.minimum(own_high, high[row] - least)[chosen], whole)
    low[parts[chosen]], high[parts[chosen]] = ends


def _inward(low: Floats | float, high: Floats | float, whole: bool) -> tuple[Floats, Floats]:
    """Bounds of whole numbers are whole."""
    if not whole:
        return np.asarray(low, float), np.asarray(high, float)
    return np.ceil(np.asarray(low, float) - EDGE), np.floor(np.asarray(high, float) + EDGE)


def tighten_column(table: Table, name: str, cells: Cells, sums: Sequence[PublishedSum], log: Collector) -> Cells:
    """The cells of one column of counts, narrowed by the sums of the table; says what it finds.

    Hidden numbers that follow exactly are one note without the numbers: they stay hidden in every output.
    Sums that contradict each other are a warning, and nothing is narrowed.
    """
    found = tighten(cells, sums)
    place = {"sheet": table.sheet, "column": table.heads[name]}
    if found.pinned:
        rows = [str(table.rows[row]) for row in found.pinned]
        what = plural(
            "{count} verdeckter Wert lässt sich aus den Summen der Tabelle genau berechnen (Zeile {rows}); er bleibt "
            "auch hier verdeckt.",
            "{count} verdeckte Werte lassen sich aus den Summen der Tabelle genau berechnen (Zeilen {rows}); sie "
            "bleiben auch hier verdeckt.",
            len(rows),
        ).format(count=len(rows), rows=", ".join(rows))
        log.add("note", what, row=int(table.rows[found.pinned[0]]), **place)
    for one in found.contradictions:
        log.add("warning", _("Diese Summe und die anderen Summen der Tabelle können nicht zugleich stimmen."),
                row=int(table.rows[one.row]), **place,
                todo=_("Bitte bei der Quelle nachfragen, welche Summe gilt."))  # fmt: skip
    return found.cells
