"""One municipality made ready for the search: graph, bridges, number of areas, bounds, reasons against it."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.blocks import neighbours
from sozialraum.delineation.bridges import Bridge, bridge_edges, find_bridges
from sozialraum.delineation.problem import make_problem, possible_numbers
from sozialraum.delineation.reasons import reasons_against

TARGET = 4500  # inhabitants of an average area where nothing else was agreed


@dataclass(frozen=True)
class Town:
    """One municipality ready to be cut: its blocks sorted by id, its graph with bridges, its rule of size."""

    ags: str
    name: str
    blocks: gpd.GeoDataFrame
    edges: np.ndarray
    lengths: np.ndarray
    bridges: tuple[Bridge, ...]
    areas: int
    low: float
    high: float
    centres: np.ndarray


def prepare_town(blocks: gpd.GeoDataFrame, municipality: pd.Series, number: int | None, bridge: bool = True) -> Town:
    """Graph, bridges, number of areas and bounds of one municipality."""
    own = blocks.sort_values("block_id", ignore_index=True)
    joined = neighbours(own)
    bridges = find_bridges(own, joined.edges) if bridge else ()
    extra = bridge_edges(bridges, list(own["block_id"]))
    low, high = float(municipality["size_low"]), float(municipality["size_high"])
    agreed = municipality.get("areas")
    if number is None and agreed is not None and not pd.isna(agreed):
        number = int(agreed)
    if number is None:
        number = default_number(float(own["population"].sum()), low, high)
    return Town(
        ags=str(municipality["ags"]),
        name=str(municipality["name"]),
        blocks=own,
        edges=np.vstack([joined.edges, extra]),
        lengths=np.concatenate([joined.lengths, np.zeros(len(extra))]),
        bridges=bridges,
        areas=number,
        low=low,
        high=high,
        centres=shapely.get_coordinates(shapely.centroid(own.geometry.to_numpy())),
    )


def default_number(total: float, low: float, high: float) -> int:
    """Inhabitants / 4,500, moved into what the bounds allow; at least 1.

    Where 4,500 itself is out of bounds the middle of the bounds (geometric) stands in its place.
    """
    target = TARGET if low <= TARGET <= high else (max(low, 1.0) * max(high, 1.0)) ** 0.5
    fewest, most = possible_numbers(total, low, high)
    return max(1, min(max(round(total / target), fewest), most))


def town_reasons(town: Town) -> tuple[str, ...]:
    """Proven reasons against a plan for this town, as sentences."""
    problem = make_problem(
        town.edges, town.blocks["population"].to_numpy(), np.zeros((len(town.blocks), 0)), areas=town.areas,
        bounds=(town.low, town.high), name=town.name, blocks=list(town.blocks["block_id"]), centres=town.centres,
    )  # fmt: skip
    return reasons_against(problem)


def border_costs(edges: np.ndarray, lengths: np.ndarray, people: np.ndarray, compactness: float) -> np.ndarray:
    """Price of cutting each edge in percent of the spread; all borders between inhabited blocks cost `compactness`."""
    # only borders between inhabited blocks have a price: a border through open land is what one wishes for
    priced = lengths * ((people[edges[:, 0]] > 0) & (people[edges[:, 1]] > 0))
    whole = float(priced.sum())
    return 100.0 * compactness * priced / whole if whole > 0 else np.zeros(len(edges))
