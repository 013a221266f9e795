"""The numbers of a table against each other: sums with their parts, parts with their wholes."""

from __future__ import annotations

import numpy as np

from sozialraum.deliveries.cells import BLOCKED, MISSING, Cells
from sozialraum.deliveries.checks import check_at_most, check_sums, parts_of_sums
from sozialraum.deliveries.collector import Collector
from sozialraum.deliveries.keys import Units
from sozialraum.deliveries.periods import Periods, lonely_dates
from sozialraum.deliveries.recipe import Recipe
from sozialraum.deliveries.table import Table
from sozialraum.deliveries.tightening import PublishedSum, tighten_column


def compared(
    table: Table,
    recipe: Recipe,
    units: Units,
    periods: Periods,
    cells: dict[str, Cells],
    repeated: np.ndarray,
    log: Collector,
) -> dict[str, Cells]:
    """Sums and parts compared; what published sums tell about hidden parts makes their bounds closer.

    They are compared beside other errors too, so that all is found at once: a cell that could not be read is unknown
    there, and rows of an unknown key or date, or that stand twice (repeated), may belong to a sum or not.
    """
    undated = np.isin(periods.codes, [*lonely_dates(periods), *(i for i, text in enumerate(periods.texts) if not text)])
    doubtful = repeated | units.are("unknown") | undated
    known = {name: _unreadable_as_unknown(each) for name, each in cells.items()}
    check_sums(table, recipe, units, periods, known, log, doubtful)
    for rule in recipe.at_most:
        check_at_most(table, rule, known, ~units.are("sum"), log)
    if log.has_errors or recipe.noise:
        return cells
    sums = [PublishedSum(row, parts) for row, parts in parts_of_sums(units, periods)]
    counts = [value.column for value in recipe.values if not value.measure and value.column]
    tightened = {name: tighten_column(table, name, cells[name], sums, log) for name in dict.fromkeys(counts)}
    return {**cells, **tightened}


def _unreadable_as_unknown(cells: Cells) -> Cells:
    """Cells of a column that was not read at all count as not delivered; others already do."""
    unread = np.isnan(cells.low) & (cells.rank > BLOCKED)
    return Cells(cells.low, cells.high, np.where(unread, MISSING, cells.rank)) if unread.any() else cells
