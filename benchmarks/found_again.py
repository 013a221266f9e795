"""How many known blocks are found again by building them from lines.

A known block is found again by area when a built block has nine tenths of their common ground in common (area of the
intersection by area of the union), and by inhabitants when that holds of the inhabitants at their addresses.
The score is the share of the area, or of the inhabitants, of the known blocks that are found again.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.blocks.building.faces import inside
from sozialraum.demo import World
from sozialraum.demo.places import draw_places

ALIKE = 0.9
BOUNDED = 0.5  # metres of its border a block may have off the lines and still count as bounded by them


@dataclass(frozen=True)
class FoundAgain:
    """Shares of known blocks found again, 0 to 1.

    area, inhabitants : of all known blocks. settled_area : of those that are settlement. bounded_blocks,
    bounded_area, bounded_inhabitants : how much of the number, the area and the inhabitants lies in blocks whose whole
    border runs along lines and municipal borders, so that it could be found from lines alone. found_of_bounded : share
    of these found by area.
    """

    area: float
    inhabitants: float
    settled_area: float
    bounded_blocks: float
    bounded_area: float
    bounded_inhabitants: float
    found_of_bounded: float


def demo_addresses(world: World) -> gpd.GeoDataFrame:
    """The demo's addresses with inhabitants: those of each block shared out evenly over its addresses."""
    addresses = draw_places(world).addresses
    persons = addresses["block_id"].map(world.blocks.set_index("block_id")["population"])
    houses = addresses.groupby("block_id")["number"].transform("size")
    rank = addresses.groupby("block_id").cumcount()
    return addresses.assign(population=persons // houses + (rank < persons % houses))


def found_again(world: World, blocks: gpd.GeoDataFrame, addresses: gpd.GeoDataFrame) -> FoundAgain:
    """Compare built blocks with the demo's known ones; addresses with `population` and the known `block_id`."""
    known = world.blocks
    shapes, area = known.geometry.to_numpy(), known.geometry.area.to_numpy()
    people = known["population"].to_numpy()
    by_area = _alike_by_area(shapes, blocks.geometry.to_numpy()) >= ALIKE
    by_people = _alike_by_people(known, blocks, addresses) >= ALIKE
    drawn = np.concatenate([shapely.boundary(world.municipalities.geometry.to_numpy()), world.lines.geometry])
    off = shapely.length(shapely.difference(shapely.boundary(shapes), shapely.unary_union(drawn)))
    bounded, settled = off <= BOUNDED, (known["land"] == "settlement").to_numpy()
    return FoundAgain(
        area=_share(area, by_area),
        inhabitants=_share(people, by_people),
        settled_area=_share(area[settled], by_area[settled]),
        bounded_blocks=float(bounded.mean()),
        bounded_area=_share(area, bounded),
        bounded_inhabitants=_share(people, bounded),
        found_of_bounded=float(by_area[bounded].mean()),
    )


def _share(amount: np.ndarray, found: np.ndarray) -> float:
    return float(amount[found].sum() / amount.sum())


def _alike_by_area(known: np.ndarray, built: np.ndarray) -> np.ndarray:
    one, other = shapely.STRtree(built).query(known, predicate="intersects")
    common = shapely.area(shapely.intersection(known[one], built[other]))
    alike = common / (shapely.area(known[one]) + shapely.area(built[other]) - common)
    best = np.zeros(len(known))
    np.maximum.at(best, one, alike)
    return best


def _alike_by_people(known: gpd.GeoDataFrame, built: gpd.GeoDataFrame, addresses: gpd.GeoDataFrame) -> np.ndarray:
    home = pd.Index(known["block_id"]).get_indexer(addresses["block_id"])
    at = inside(addresses.geometry.to_numpy(), built.geometry.to_numpy())
    persons = addresses["population"].to_numpy(dtype=float)
    frame = pd.DataFrame({"home": home, "at": at, "common": persons})[at >= 0]
    common = frame.groupby(["home", "at"], as_index=False)["common"].sum()
    first = np.bincount(home, persons, minlength=len(known))[common["home"]]
    second = np.bincount(at[at >= 0], persons[at >= 0], minlength=len(built))[common["at"]]
    alike = common["common"].to_numpy() / np.maximum(first + second - common["common"].to_numpy(), 1e-9)
    best = np.zeros(len(known))
    np.maximum.at(best, common["home"].to_numpy(), alike)
    return best
