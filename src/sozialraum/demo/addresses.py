"""Addresses of the invented region: along its named streets, odd numbers on the left, even ones on the right."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.demo.chance import Floats, Ints, stream
from sozialraum.demo.region import CRS
from sozialraum.demo.world import World

# Metres between two houses of one side, and from the middle of the street to the front door.
STEP, SETBACK = 32.0, 9.0
# One house in sixteen has no number in the register (demolished, joined, not yet built), so that a missing
# number says nothing; one in thirty has houses behind it with suffixes.
WITHOUT_NUMBER, WITH_SUFFIX = 1 / 16, 1 / 30
SUFFIXES = "abc"


@dataclass(frozen=True)
class Doors:
    """Front doors along the streets, all (n,) unless said otherwise.

    street : position in the lines of kind street. number : house number. block : position of the block.
    at : (n, 2) metres. ahead : (n, 2) unit vector along the street. inward : (n, 2) unit vector into the block.
    """

    street: Ints
    number: Ints
    block: Ints
    at: Floats
    ahead: Floats
    inward: Floats


def postcode(ags: str) -> str:
    """An invented postcode of a municipality: real ones never begin with 05."""
    return f"059{ags[-2:]}"


def draw_addresses(world: World) -> tuple[gpd.GeoDataFrame, Doors]:
    """The address register in contract columns, sorted by municipality and street, and its doors without suffixes.

    Addresses stand in inhabited blocks only. The street and number of the women's shelter occur nowhere.
    """
    doors = _kept(world, _doors(world))
    names = _street_names(world)[doors.street]
    ids = world.blocks["block_id"].to_numpy()[doors.block]
    frame = pd.DataFrame(
        {
            "street": names,
            "number": doors.number,
            "suffix": "",
            "postcode": [postcode(block) for block in world.blocks["municipality"].to_numpy()[doors.block]],
            "block_id": ids,
            "x": doors.at[:, 0],
            "y": doors.at[:, 1],
        }
    )
    whole = pd.concat([frame, _with_suffixes(world, frame, doors), _for_blocks_without(world, frame)])
    whole = whole.sort_values(["postcode", "street", "number", "suffix"], ignore_index=True, kind="stable")
    points = shapely.points(np.round(whole[["x", "y"]].to_numpy(), 2))
    return gpd.GeoDataFrame(whole.drop(columns=["x", "y"]), geometry=points, crs=CRS), doors


def _street_names(world: World) -> np.ndarray:
    lines = world.lines
    names: np.ndarray = lines.loc[lines["kind"] == "street", "name"].to_numpy(dtype=object)
    return names


def _doors(world: World) -> Doors:
    """Possible doors on both sides of every street, every STEP metres, in the block they would stand in."""
    lines = world.lines.loc[world.lines["kind"] == "street", "geometry"].to_numpy()
    parts, owner = shapely.get_parts(lines, return_index=True)
    houses = np.floor(shapely.length(parts) / STEP).astype(np.int64)
    part = np.repeat(np.arange(len(parts)), houses)
    street = owner[part]
    along = (np.arange(len(part)) - np.repeat(np.cumsum(houses) - houses, houses) + 0.5) * STEP
    # numbers go on over the parts of a street
    in_street = np.arange(len(part)) - np.searchsorted(street, street)
    here = shapely.get_coordinates(shapely.line_interpolate_point(parts[part], along))
    on = shapely.get_coordinates(shapely.line_interpolate_point(parts[part], along + 1))
    back = shapely.get_coordinates(shapely.line_interpolate_point(parts[part], along - 1))
    ahead = on - back
    ahead /= np.hypot(*ahead.T)[:, None]
    left = np.column_stack([-ahead[:, 1], ahead[:, 0]])
    inward = np.concatenate([left, -left])
    at = np.concatenate([here, here]) + SETBACK * inward
    number = np.concatenate([2 * in_street + 1, 2 * in_street + 2])
    door, block = shapely.STRtree(world.blocks.geometry.to_numpy()).query(shapely.points(at), predicate="within")
    order = np.argsort(door, kind="stable")
    door, block = door[order], block[order]
    both = np.concatenate([street, street])
    return Doors(both[door], number[door], block, at[door], np.concatenate([ahead, ahead])[door], inward[door])


def _kept(world: World, doors: Doors) -> Doors:
    """Doors of inhabited blocks, without those that have no number in the register and without the hidden one."""
    inhabited = world.blocks["population"].to_numpy()[doors.block] > 0
    truth = world.truth.facilities
    hidden = (_street_names(world)[doors.street] == truth.shelter_street) & (doors.number == truth.shelter_number)
    keep = inhabited & (luck(world, doors.block, "gaps") > WITHOUT_NUMBER) & ~hidden
    return Doors(
        doors.street[keep], doors.number[keep], doors.block[keep],
        doors.at[keep], doors.ahead[keep], doors.inward[keep],
    )  # fmt: skip


def luck(world: World, block: Ints, purpose: str) -> Floats:
    """A number between 0 and 1 for each entry; every municipality has chance of its own."""
    town = world.blocks["municipality"].to_numpy()[block]
    drawn = np.zeros(len(block))
    for ags in np.unique(town):
        here = town == ags
        drawn[here] = stream(world.seed, "addresses", purpose, str(ags)).uniform(size=int(here.sum()))
    return drawn


def _with_suffixes(world: World, frame: pd.DataFrame, doors: Doors) -> pd.DataFrame:
    """Houses behind others: 12a, 12b, 12c, a few metres further into the block."""
    chance = luck(world, doors.block, "suffixes")
    chosen = np.flatnonzero(chance < WITH_SUFFIX)
    behind = 1 + np.floor(chance[chosen] / WITH_SUFFIX * len(SUFFIXES)).astype(np.int64)
    row = np.repeat(chosen, behind)
    rank = np.arange(len(row)) - np.repeat(np.cumsum(behind) - behind, behind)
    at = doors.at[row] + (rank[:, None] + 1) * 5.0 * doors.inward[row]
    found = frame.iloc[row].assign(suffix=[SUFFIXES[k] for k in rank], x=at[:, 0], y=at[:, 1])
    shapes = world.blocks.geometry.to_numpy()[doors.block[row]]
    return found[shapely.contains_xy(shapes, at[:, 0], at[:, 1])]


def _for_blocks_without(world: World, frame: pd.DataFrame) -> pd.DataFrame:
    """One address for each inhabited block that got none: behind the nearest house, with its number and a suffix."""
    blocks = world.blocks
    without = blocks[(blocks["population"] > 0) & ~blocks["block_id"].isin(frame["block_id"])]
    rows = [frame.iloc[:0]]
    for town, own_blocks in without.groupby("municipality"):
        own = frame[frame["postcode"] == postcode(str(town))]
        points = own_blocks.geometry.representative_point().to_numpy()
        tree = shapely.STRtree(shapely.points(own[["x", "y"]].to_numpy()))
        near = tree.query_nearest(points, all_matches=False)[1]
        found = own.iloc[near].assign(block_id=own_blocks["block_id"].to_numpy())
        # the letters before belong to the houses behind
        rank = found.groupby(["street", "number"]).cumcount()
        suffix = [chr(ord("a") + len(SUFFIXES) + k) for k in rank]
        rows.append(found.assign(suffix=suffix, x=shapely.get_x(points), y=shapely.get_y(points)))
    return pd.concat(rows)
