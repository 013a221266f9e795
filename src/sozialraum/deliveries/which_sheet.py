"""Which sheet of a workbook a recipe reads, where several hold such a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sozialraum.deliveries.files import Sheet
from sozialraum.deliveries.recipe import Recipe

_YEAR = re.compile(r"(?:19|20)\d\d")


def sheets_of(sheets: Sequence[Sheet], recipe: Recipe) -> Sequence[Sheet]:
    """The sheets that may hold the table: the one the recipe names, where a year in its name may differ, else all."""
    if not recipe.sheet:
        return sheets
    exact = [sheet for sheet in sheets if sheet.name == recipe.sheet]
    return exact or [sheet for sheet in sheets if same_sheet(sheet.name, recipe.sheet)] or sheets


def same_sheet(name: str, other: str) -> bool:
    """Whether two names of sheets differ by nothing but a year."""
    return _YEAR.sub("", name).strip().casefold() == _YEAR.sub("", other).strip().casefold()
