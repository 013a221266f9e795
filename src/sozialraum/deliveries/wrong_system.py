"""Coordinates of a whole list that fit another system than its recipe names."""

from __future__ import annotations

import numpy as np
import pyproj

from sozialraum.base import _
from sozialraum.blocks.coordinates import judge_points, sentence
from sozialraum.blocks.regions import region_of
from sozialraum.deliveries.collector import Collector
from sozialraum.deliveries.reading import Places
from sozialraum.deliveries.table import Table


def say_wrong_system(points: np.ndarray, column: str, crs: str, places: Places, table: Table, log: Collector) -> None:
    """One error where another system fits: what is wrong, and what to set in the recipe.

    points : (n, 2), first and second number of each row. column : of the first number. crs : what the recipe names.
    Nothing is said where no system fits: then the rows are told one by one.
    """
    named = pyproj.CRS.from_user_input(crs)
    verdict = judge_points(points, named, region_of(places.blocks))
    if not verdict.wrong or not verdict.proposals:
        return
    first = verdict.proposals[0]
    text = _("Stellen Sie im Rezept als Bezugssystem ein: {system}.")
    if first.swapped:
        text = _("Vertauschen Sie im Rezept die beiden Spalten der Koordinate; Bezugssystem: {system}.")
    offer = first.code if len(verdict.proposals) == 1 and not first.swapped else ""
    log.add(
        "error", sentence(named, verdict.proposals), **table.at(column, 0),
        todo=text.format(system=first.system), code="coordinates", offer=offer,
    )  # fmt: skip
