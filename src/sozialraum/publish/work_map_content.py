"""What a working map is made of: one municipality with a plan, and the paper it is wanted on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sozialraum.base import code_key
from sozialraum.base.numbers import EN_DASH, count

FEWEST_SHOWN = 3
"""Blocks with fewer inhabitants are printed as a dash."""


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
    scale : the denominator wished for, 0 = what suits the paper.
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
        """Inhabitants of every block as printed; a dash where there are fewer than three."""
        return shown_people(self.town.blocks["population"].to_numpy(), self.owner)


def short_number(block_id: str, ags: str) -> str:
    """The number of a block without the key of its municipality: '05999004-0123' -> '0123'."""
    rest = block_id[len(ags) :] if block_id.startswith(ags) else block_id
    return rest.lstrip("-_ ./") or block_id


def shown_people(people: NDArray[np.int64], owner: NDArray[np.object_]) -> list[str]:
    """Inhabitants per block as words; fewer than three become a dash.

    The total of an area is printed too. Where the dashes of an area hide one or two persons together, its next
    smallest block becomes a dash as well, so that nobody can subtract.
    """
    hidden = people < FEWEST_SHOWN
    for area in sorted(set(owner)):
        mine = np.flatnonzero(owner == area)
        together = int(people[mine][hidden[mine]].sum())
        left = mine[~hidden[mine]]
        if 0 < together < FEWEST_SHOWN and len(left):
            hidden[left[np.argmin(people[left])]] = True
    return [EN_DASH if dash else count(float(number)) for number, dash in zip(people, hidden, strict=True)]
