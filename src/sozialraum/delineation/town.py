"""One municipality made ready for the search: graph, bridges, barriers, number of areas, bounds, reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.blocks import neighbours
from sozialraum.delineation.attributes import Standardised, standardise
from sozialraum.delineation.barriers import Barriers, find_barriers
from sozialraum.delineation.bridges import Bridge, bridge_edges, find_bridges
from sozialraum.delineation.problem import how_many, make_problem
from sozialraum.delineation.reasons import reasons_against
from sozialraum.delineation.wishes import Wishes, default_number, default_target, usual_wishes

TIDY = 0.3  # price of a metre of border through open land, as a share of what it would be if all had one price
CLOSE = 0.25  # with the full wish for similar sizes an area is within this share of the mean

__all__ = [
    "Town",
    "border_costs",
    "default_number",
    "prepare_town",
    "similar_sizes",
    "sizes",
    "town_reasons",
    "with_wishes",
]


@dataclass(frozen=True, eq=False)
class Town:
    """One municipality ready to be cut: its blocks sorted by id, its graph with bridges, its rule of size.

    lengths : (m,) metres of common border. low, high : inhabitants allowed per area. table : attributes of the blocks.
    """

    ags: str
    name: str
    blocks: gpd.GeoDataFrame
    edges: np.ndarray
    lengths: np.ndarray
    bridges: tuple[Bridge, ...]
    barriers: Barriers
    wishes: Wishes
    areas: int
    low: float
    high: float
    centres: np.ndarray
    table: Standardised

    @property
    def people(self) -> np.ndarray:
        """(n,) inhabitants of the blocks."""
        return self.blocks["population"].to_numpy(dtype=float)

    @property
    def costs(self) -> np.ndarray:
        """(m,) cost of a border between two neighbours in percent of the spread."""
        return border_costs(
            self.edges, self.lengths, self.people, self.wishes.compactness,
            separating=self.barriers.separating, barriers=self.wishes.barriers,
        )  # fmt: skip


def prepare_town(
    blocks: gpd.GeoDataFrame,
    municipality: pd.Series,
    wishes: Wishes | int | None = None,
    bridge: bool = True,
    lines: gpd.GeoDataFrame | None = None,
) -> Town:
    """Graph, bridges, barriers, number of areas and bounds of one municipality.

    wishes : for it; a number is the number of areas, None its agreed number.
    """
    own = blocks.sort_values("block_id", ignore_index=True)
    joined = neighbours(own)
    bridges = find_bridges(own, joined.edges) if bridge else ()
    extra = bridge_edges(bridges, list(own["block_id"]))
    edges = np.vstack([joined.edges, extra])
    usual = wishes if isinstance(wishes, Wishes) else usual_wishes(municipality, wishes)
    low, high, number = sizes(own, municipality, usual)
    return Town(
        ags=str(municipality["ags"]),
        name=str(municipality["name"]),
        blocks=own,
        edges=edges,
        lengths=np.concatenate([joined.lengths, np.zeros(len(extra))]),
        bridges=bridges,
        barriers=find_barriers(own, edges, lines),
        wishes=usual,
        areas=number,
        low=low,
        high=high,
        centres=shapely.get_coordinates(shapely.centroid(own.geometry.to_numpy())),
        table=standardise(own, usual.weights),
    )


def with_wishes(town: Town, wishes: Wishes, municipality: pd.Series) -> Town:
    """The same municipality under other wishes; geometry is not measured again."""
    low, high, number = sizes(town.blocks, municipality, wishes)
    table = standardise(town.blocks, wishes.weights)
    return replace(town, wishes=wishes, low=low, high=high, areas=number, table=table)


def sizes(blocks: gpd.GeoDataFrame, municipality: pd.Series, wishes: Wishes) -> tuple[float, float, int]:
    """Smallest and largest size of an area and the number of areas, from the wishes and the municipality."""
    low = float(municipality["size_low"]) if wishes.size_low is None else float(wishes.size_low)
    high = float(municipality["size_high"]) if wishes.size_high is None else float(wishes.size_high)
    total = float(blocks["population"].sum())
    target = wishes.target or default_target(low, high)
    number = how_many(total, len(blocks), wishes.areas, (low, high), target)
    return low, high, number


def similar_sizes(town: Town, balance: float) -> tuple[float, float]:
    """Bounds drawn together towards the mean size of an area: 0 = as they are, 1 = a quarter below to above."""
    mean = float(town.people.sum()) / max(town.areas, 1)
    low, high = max(town.low, (1 - CLOSE) * mean), min(town.high, (1 + CLOSE) * mean)
    upper = 3.0 * mean if np.isinf(town.high) else town.high
    return town.low + balance * (low - town.low), town.high if not balance else upper + balance * (high - upper)


def town_reasons(town: Town) -> tuple[str, ...]:
    """Proven reasons against a plan for this town, as sentences."""
    problem = make_problem(
        town.edges, town.people, np.zeros((len(town.blocks), 0)), areas=town.areas,
        bounds=(town.low, town.high), name=town.name, blocks=list(town.blocks["block_id"]), centres=town.centres,
    )  # fmt: skip
    return reasons_against(problem)


def border_costs(
    edges: np.ndarray,
    lengths: np.ndarray,
    people: np.ndarray,
    compactness: float,
    *,
    separating: np.ndarray | None = None,
    barriers: float = 0.0,
) -> np.ndarray:
    """Price of cutting each edge in percent of the spread; all borders between inhabited blocks cost `compactness`.

    Borders through open land cost a twentieth of that together: too little to matter between areas, enough to
    keep open land in one place.
    separating : (m,) metres of barrier along each edge, negative where a crossing ties the two blocks.
    A metre along a barrier between inhabited blocks is worth what a metre of such border costs at compactness 1,
    times `barriers`; through open land it is worth less, as if all borders there were priced, too.
    """
    # a border through open land is what one wishes for: it must not be dear, however long it is
    inhabited = (people[edges[:, 0]] > 0) & (people[edges[:, 1]] > 0)
    whole, everything = float((lengths * inhabited).sum()), float(lengths.sum())
    if whole <= 0:
        return np.zeros(len(edges))
    costs = 100.0 * compactness * lengths * np.where(inhabited, 1.0 / whole, TIDY / everything)
    if separating is None or not barriers:
        return costs
    # otherwise a river through kilometres of forest would outweigh everything in a small municipality
    worth = separating / np.where(inhabited, whole, everything)
    return costs - 100.0 * barriers * worth
