"""What a working map is made of: one municipality with a plan, and the paper it is wanted on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sozialraum.base import code_key
from sozialraum.base.numbers import EN_DASH, count
from sozialraum.plans.withholding import Figure, withheld

AREA_COST = 50.0
"""How many blocks are rather withheld than one area."""


@dataclass(frozen=True, eq=False)
class Town:
    """One municipality as delivered.

    blocks : its blocks in contract columns. lines : streets, rails, rivers, motorways. buildings : `kind, name,
    geometry` (polygons), places : the same (points); both may be empty.
    """

    ags: str
    name: str
    blocks: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    buildings: gpd.GeoDataFrame
    places: gpd.GeoDataFrame

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top in metres."""
        left, bottom, right, top = map(float, self.blocks.total_bounds)
        return left, bottom, right, top


@dataclass(frozen=True)
class PlanText:
    """How a plan or a draft is named on paper.

    version : its key. status : the word for where it stands. decided : body and date, '' while undecided.
    day : the date of this state in words. binding : whether it has been adopted.
    """

    version: str
    title: str
    status: str
    day: str
    decided: str = ""
    binding: bool = False


@dataclass(frozen=True, eq=False)
class WorkMap:
    """A working map to be printed.

    assignment : block_id -> area_id, at least of the town's blocks. areas : DataFrame `area_id, code, name,
    municipality`. paper : 'A3' or 'A1'. notice : the mark of invented figures or ''. source : the line under the map.
    people_on : the day the inhabitants were counted in words, '' = not known. language : 'de' or 'en'.
    scale : the denominator wished for, 0 = what suits the paper. withheld : keys of areas whose inhabitants are not
    told; None = what a map needs that tells the inhabitants of its blocks.
    """

    town: Town
    plan: PlanText
    assignment: pd.Series
    areas: pd.DataFrame
    paper: str
    region: str
    notice: str
    source: str
    created_on: str
    people_on: str = ""
    language: str = "de"
    scale: int = 0
    withheld: frozenset[str] | None = None

    @cached_property
    def owner(self) -> NDArray[np.object_]:
        """Area key of every block of the town, in the order of its blocks."""
        found: NDArray[np.object_] = self.assignment.reindex(self.town.blocks["block_id"]).to_numpy(dtype=object)
        return found

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The areas of the town in reading order: area_id, code, name, people, blocks."""
        mine = self.areas[self.areas["area_id"].isin(set(self.owner))]
        order = sorted(range(len(mine)), key=lambda row: code_key(str(mine["code"].iat[row])))
        rows = mine.iloc[order][["area_id", "code", "name"]].reset_index(drop=True)
        people = self.town.blocks["population"].groupby(self.owner).sum()
        rows["people"] = rows["area_id"].map(people).astype("int64")
        rows["blocks"] = rows["area_id"].map(pd.Series(self.owner).value_counts()).astype("int64")
        return rows

    @cached_property
    def people_in_blocks(self) -> list[str]:
        """Inhabitants of every block as printed; a dash where they are withheld."""
        return [people_text(number) for number in self._told[0]]

    @cached_property
    def people_in_areas(self) -> dict[str, str]:
        """Inhabitants of every area as printed, by key; a dash where they are withheld."""
        hidden = self.withheld
        if hidden is None:
            hidden = frozenset(area for area, number in self._told[1].items() if number is None)
        rows = zip(self.rows["area_id"], self.rows["people"], strict=True)
        return {str(area): people_text(None if area in hidden else int(people)) for area, people in rows}

    @cached_property
    def _told(self) -> tuple[list[int | None], dict[str, int | None]]:
        return told_people(self.town.blocks["population"].to_numpy(), self.owner)


def short_number(block_id: str, ags: str) -> str:
    """The number of a block without the key of its municipality: '05999004-0123' -> '0123'."""
    rest = block_id[len(ags) :] if block_id.startswith(ags) else block_id
    return rest.lstrip("-_ ./") or block_id


def told_people(
    people: NDArray[np.int64], owner: NDArray[np.object_]
) -> tuple[list[int | None], dict[str, int | None]]:
    """Inhabitants told per block and per area; None where they are withheld (see `plans.withholding`).

    A working map tells both, so blocks are withheld that would give others away, and areas only where that is not
    enough. The inhabitants of the municipality are taken as known.
    """
    blocks = {f"block {place}": int(number) for place, number in enumerate(people)}
    areas: dict[str, list[str]] = {}
    for block, area in zip(blocks, owner, strict=True):
        areas.setdefault(str(area), []).append(block)
    figures = [Figure(frozenset([block])) for block in blocks]
    figures += [Figure(frozenset(mine), AREA_COST) for mine in areas.values()]
    figures.append(Figure(frozenset(blocks), known=True))
    out = withheld(figures, blocks)
    told = [None if hidden else number for hidden, number in zip(out, blocks.values(), strict=False)]
    sums = {area: sum(blocks[block] for block in mine) for area, mine in areas.items()}
    hidden_areas = dict(zip(areas, out[len(blocks) :], strict=False))
    return told, {area: None if hidden_areas[area] else number for area, number in sums.items()}


def people_text(people: Any) -> str:
    """Inhabitants as printed; a dash where they are withheld (None, NA)."""
    return EN_DASH if people is None or people is pd.NA else count(int(people))
