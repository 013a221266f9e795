"""Names for the streets of every municipality; no name twice in one municipality."""

from __future__ import annotations

import numpy as np
import shapely

from sozialraum.demo.chance import stream
from sozialraum.demo.names import USUAL, road_to, street_names
from sozialraum.demo.region import MEMBERS
from sozialraum.demo.settle import Settlement
from sozialraum.demo.tessellate import Tessellation


def name_streets(seed: int, places: Settlement, blocks: Tessellation) -> list[str]:
    """One name per street of the tessellation; '' for paths that nobody named.

    Long main roads lead to other towns or have the usual names; where names run out, the shortest stay without.
    """
    names = [""] * len(blocks.street_lines)
    owner = np.where(blocks.street_cell >= 0, places.member[blocks.street_cell], -1)
    lengths = shapely.length(blocks.street_lines)
    for number in np.unique(owner[owner >= 0]):
        own = np.flatnonzero(owner == number)
        order = own[np.lexsort((own, -lengths[own], ~blocks.main_road[own]))]
        for street, name in zip(order.tolist(), _pool(seed, int(number)), strict=False):
            names[street] = name
    return names


def _pool(seed: int, number: int) -> list[str]:
    """Street names of one municipality in the order in which they are given."""
    chance = stream(seed, "streets", MEMBERS[number].ags)
    here = np.array(MEMBERS[number].seat)
    others = [one for one in MEMBERS if one.name != MEMBERS[number].name and one.kind != "city"]
    near = sorted(others, key=lambda one: float(np.hypot(*(np.array(one.seat) - here))))[:3]
    usual, more = street_names()[:USUAL], street_names()[USUAL:]
    first = [name for pair in zip([road_to(one.name) for one in near], usual, strict=False) for name in pair]
    return first + usual[len(near) :] + [more[k] for k in _mostly_in_order(len(more), chance)]


def _mostly_in_order(size: int, chance: np.random.Generator) -> list[int]:
    """A shuffle that keeps usual names before rare ones."""
    return np.argsort(np.arange(size) + chance.uniform(0, 500, size), kind="stable").tolist()
