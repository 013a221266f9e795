"""The hidden character of every block: how burdened, how dense, who lives there; and the attributes a planner sees.

Character is smooth: a block takes most from its quarter, some from the blocks round it, a little from chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from sozialraum.demo.chance import Floats, stream
from sozialraum.demo.region import AGE_PROFILES, EDITIONS, KINDS, MEMBERS
from sozialraum.demo.settle import Settlement
from sozialraum.demo.tessellate import Tessellation

EDGE_GREEN = 0.3
INNER_GREEN = 0.02
NEIGHBOURS = 24


@dataclass(frozen=True)
class Character:
    """Hidden truth per block, all (n,) unless said otherwise.

    member, quarter : positions. lived_in : has inhabitants. green : open land. hectares.
    burden : (n, editions) standard deviations, + = burdened. weight : relative number of inhabitants, (n, editions).
    ages : (n, 8) shares. foreign, multi, storeys, year : see region.Kind.
    """

    member: np.ndarray
    quarter: np.ndarray
    lived_in: np.ndarray
    green: np.ndarray
    hectares: Floats
    burden: Floats
    weight: Floats
    ages: Floats
    foreign: Floats
    multi: Floats
    storeys: Floats
    year: Floats


def characterise(seed: int, places: Settlement, blocks: Tessellation) -> Character:
    """Draw the character of all blocks; every municipality has chance of its own."""
    quarter, member = places.quarter[blocks.cell], places.member[blocks.cell]
    middle = shapely.get_coordinates(shapely.centroid(blocks.polygons))
    kinds = [KINDS[kind] for kind in places.kinds]
    kind_names = np.array(places.kinds)
    green = ~places.settled[blocks.cell] | _edge_green(seed, places, blocks, middle)
    lived_in = ~green & (kind_names[quarter] != "commercial")
    hectares = shapely.area(blocks.polygons) / 10_000

    def smooth(name: str, noise: float, near: float = 0.35) -> Floats:
        by_quarter = np.array([float(getattr(kind, name)) for kind in kinds])
        own = by_quarter[quarter]
        return _smooth(middle, lived_in, own, near) + noise * _noise(seed, name, member)

    trend = _quarter_trends(seed, places)
    shift = np.array([one.burden for one in MEMBERS])[member] + _quarter_shift(seed, places)[quarter]
    level = smooth("burden", 0.24) + shift
    drift = _smooth(middle, lived_in, trend[quarter], 0.2)
    years = np.linspace(-0.5, 0.5, len(EDITIONS))
    burden = level[:, None] + drift[:, None] * years
    density = np.maximum(smooth("density", 0.0, 0.25), 6) * np.exp(0.2 * _noise(seed, "density", member))
    weight = (density * hectares * lived_in)[:, None] * _growth(seed, places)[quarter]
    return Character(
        member,
        quarter,
        lived_in,
        green,
        hectares,
        burden,
        weight,
        _ages(places, quarter, middle, lived_in),
        np.clip(smooth("foreign", 0.02) + 0.02 * shift, 0.01, 0.6),
        np.clip(smooth("multi", 0.06), 0.0, 1.0),
        np.clip(smooth("storeys", 0.3), 1.0, 9.0),
        np.clip(smooth("year", 7.0, 0.15), 1870, 2024),
    )


def _noise(seed: int, name: str, member: np.ndarray) -> Floats:
    """Standard normal chance per block, drawn municipality by municipality."""
    drawn = np.zeros(len(member))
    for number in np.unique(member):
        here = member == number
        drawn[here] = stream(seed, "noise", name, MEMBERS[number].ags).normal(size=int(here.sum()))
    return drawn


def _smooth(middle: Floats, lived_in: np.ndarray, own: Floats, near: float) -> Floats:
    """Own value mixed with the mean of the nearest inhabited blocks."""
    homes = np.flatnonzero(lived_in)
    _distance, index = cKDTree(middle[homes]).query(middle, NEIGHBOURS)
    return (1 - near) * own + near * own[homes][index].mean(axis=1)


def _edge_green(seed: int, places: Settlement, blocks: Tessellation, middle: Floats) -> np.ndarray:
    """Gardens, sports grounds and parks: many blocks at the edge of a place, few inside."""
    member = places.member[blocks.cell]
    settled = places.settled[blocks.cell]
    fields = shapely.STRtree(blocks.polygons[~settled])
    at_edge = np.zeros(len(settled), dtype=bool)
    at_edge[fields.query(blocks.polygons, predicate="intersects")[0]] = True
    luck = np.zeros(len(settled))
    for number in np.unique(member):
        here = member == number
        luck[here] = stream(seed, "green", MEMBERS[number].ags).uniform(size=int(here.sum()))
    return settled & (luck < np.where(at_edge, EDGE_GREEN, INNER_GREEN))


def _quarter_shift(seed: int, places: Settlement) -> Floats:
    """Quarters of one kind differ a little."""
    return np.array(
        [
            stream(seed, "shift", MEMBERS[member].ags, name).normal(0, 0.25)
            for member, name in zip(places.members, places.names, strict=True)
        ]
    )


def _quarter_trends(seed: int, places: Settlement) -> Floats:
    """Change of burden from the first to the last edition: most little, some clearly better or worse."""
    steps = (-0.75, -0.1, 0.0, 0.1, 0.0, 0.8, -0.05, 0.15)
    trends = []
    for member, name, kind in zip(places.members, places.names, places.kinds, strict=True):
        chance = stream(seed, "trend", MEMBERS[member].ags, name)
        turn = 0.0 if kind == "village" else steps[int(chance.integers(len(steps)))]
        trends.append(turn + float(chance.normal(0, 0.08)))
    return np.array(trends)


def _growth(seed: int, places: Settlement) -> Floats:
    """Inhabitants per quarter and edition relative to the last; new housing fills up over the editions."""
    rows = []
    for member, name, kind in zip(places.members, places.names, places.kinds, strict=True):
        if kind == "new":
            rows.append([0.18, 0.6, 1.0])
            continue
        per_edition = stream(seed, "growth", MEMBERS[member].ags, name).normal(
            -0.004 if kind == "village" else 0.004, 0.012
        )
        rows.append([1 / (1 + per_edition) ** 2, 1 / (1 + per_edition), 1.0])
    return np.array(rows)


def _ages(places: Settlement, quarter: np.ndarray, middle: Floats, lived_in: np.ndarray) -> Floats:
    profile = np.array([AGE_PROFILES[KINDS[kind].ages] for kind in places.kinds])[quarter]
    ages = np.column_stack([_smooth(middle, lived_in, profile[:, band], 0.3) for band in range(profile.shape[1])])
    return ages / ages.sum(axis=1, keepdims=True)


def attributes(seed: int, character: Character) -> pd.DataFrame:
    """The three families of block attributes as bought or surveyed: near the truth; NaN where nobody lives.

    social_income : purchasing power, region = 100. social_support : share of households with support, percent.
    social_foreign : percent. building_storeys, building_year, building_density (floor area ratio).
    housing_rent : euro per square metre. housing_multi, housing_owner : percent.
    """
    burden = character.burden[:, -1]

    def error(name: str, size: float) -> Floats:
        return size * _noise(seed, f"attribute {name}", character.member)

    rent = 7.9 - 0.55 * burden + 0.9 * character.multi + 0.012 * (character.year - 1960) + error("rent", 0.35)
    frame = pd.DataFrame(
        {
            "social_income": (100 - 10.5 * burden + error("income", 4)).round(1),
            "social_support": np.clip(9 + 6.5 * burden + error("support", 1.8), 0, 60).round(1),
            "social_foreign": np.clip(100 * character.foreign + error("foreign", 2), 0, 70).round(1),
            "building_storeys": np.clip(character.storeys + error("storeys", 0.2), 1, 12).round(1),
            "building_year": np.clip(character.year + error("year", 6), 1850, 2025).round(0),
            "building_density": np.clip(
                0.12 + 0.27 * character.storeys * (0.45 + 0.35 * character.multi) + error("density", 0.07), 0.08, 3
            ).round(2),
            "housing_rent": np.clip(rent, 4.5, 15).round(2),
            "housing_multi": np.clip(100 * character.multi + error("multi", 4), 0, 100).round(1),
            "housing_owner": np.clip(82 - 62 * character.multi - 5 * burden + error("owner", 5), 2, 98).round(1),
        }
    )
    frame.loc[~character.lived_in] = np.nan
    return frame
