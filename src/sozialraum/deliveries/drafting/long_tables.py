"""Tables with several rows per unit: the columns that say what a row counts (sex, kind of help)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sozialraum.deliveries.drafting.columns import DraftColumn
from sozialraum.deliveries.drafting.layout import Layout
from sozialraum.deliveries.drafting.words import slug
from sozialraum.deliveries.recipe import Dimension

MOST_CODES = 60
SEVERAL = 1.5  # rows per unit and date from which a table is a long one
_AGE = re.compile(r"(?i)\balters?\w*\b")


@dataclass(frozen=True, slots=True)
class Splitting:
    """Columns that together with unit and date make a row unique. complete : whether they do."""

    columns: tuple[DraftColumn, ...]
    complete: bool

    def dimensions(self) -> tuple[Dimension, ...]:
        """A dimension per column, with a code for each of its texts."""
        made: list[Dimension] = []
        for column in self.columns:
            name = slug(column.head, [each.name for each in made])
            codes: dict[str, str] = {}
            for text in column.texts:
                codes[text] = slug(text, codes.values())
            made.append(Dimension(name, (name,), codes))
        return tuple(made)


def splitting(layout: Layout, columns: Sequence[DraftColumn], day: DraftColumn | None) -> Splitting:
    """The fewest columns of few texts that make the rows of each unit and date different."""
    lines = layout.sheet.rows[layout.first : layout.last]
    unit = layout.keys[0].ground.unit
    rows = [row for row in lines if len(row) > layout.keys[0].place and unit(row[layout.keys[0].place].strip())]
    keys = [(unit(row[layout.keys[0].place].strip()), row[day.place] if day else "") for row in rows]
    different = len(set(keys))
    if different == len(keys) or len(keys) < SEVERAL * different:
        return Splitting((), different == len(keys))  # a few units twice are a fault, not a longer table
    found: list[DraftColumn] = []
    states: list[tuple[str, ...]] = [*keys]
    for column in _candidates(columns, len(rows)):
        more = [(*state, row[column.place].strip()) for state, row in zip(states, rows, strict=True)]
        if len(set(more)) > len(set(states)):
            found.append(column)
            states = more
        if len(set(states)) == len(states):
            return Splitting(tuple(found), True)
    return Splitting(tuple(found), False)


def _candidates(columns: Sequence[DraftColumn], rows: int) -> list[DraftColumn]:
    """Columns of few texts, none of them empty; numbers only where the head says that they are ages."""
    possible = [
        column for column in columns
        if 1 < len(column.texts) <= min(MOST_CODES, rows // 2) and "" not in column.texts
        and (column.use in ("text", "name", "number") or (column.use == "value" and _AGE.search(column.head)))
    ]  # fmt: skip
    return sorted(possible, key=lambda column: (column.use == "value", column.place))
