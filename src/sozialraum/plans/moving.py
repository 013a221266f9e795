"""Moves on the ground: which blocks can leave an area without tearing it, and what a move is worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sozialraum.blocks import pieces
from sozialraum.delineation.town_plan import RULE
from sozialraum.plans.ground import Ground

FEW = 5.0  # inhabitants added to each block when blocks are compared, so that open land is not taken first


@lru_cache(maxsize=8)
def beside(ground: Ground) -> tuple[tuple[tuple[int, int], ...], ...]:
    """For each block its neighbours and the pair (row of `edges`) each belongs to."""
    found: list[list[tuple[int, int]]] = [[] for _block in ground.ids]
    for pair, (one, other) in enumerate(ground.edges.tolist()):
        found[one].append((other, pair))
        found[other].append((one, pair))
    return tuple(map(tuple, found))


def cut_blocks(ground: Ground, areas: np.ndarray, area: str) -> set[int]:
    """Blocks without which an area falls into more pieces (articulation points)."""
    around = beside(ground)
    own = set(np.flatnonzero(areas == area).tolist())
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    found: set[int] = set()
    for root in own:
        if root in order:
            continue
        order[root] = low[root] = len(order)
        children = 0
        stack = [(root, -1, iter(around[root]))]
        while stack:
            block, parent, rest = stack[-1]
            for other, _pair in rest:
                if other not in own or other == parent:
                    continue
                if other in order:
                    low[block] = min(low[block], order[other])
                    continue
                order[other] = low[other] = len(order)
                children += block == root
                stack.append((other, block, iter(around[other])))
                break
            else:
                stack.pop()
                if parent >= 0:
                    low[parent] = min(low[parent], low[block])
                    if parent != root and low[block] >= order[parent]:
                        found.add(parent)
        if children > 1:
            found.add(root)
    return found


def pieces_of(ground: Ground, blocks: np.ndarray) -> list[np.ndarray]:
    """The connected pieces of a set of blocks (positions), the one with most inhabitants first, then by position."""
    place = np.full(len(ground.ids), -1, dtype=np.int64)
    place[blocks] = np.arange(len(blocks))
    inner = (place[ground.edges] >= 0).all(axis=1)
    piece = pieces(len(blocks), place[ground.edges[inner]])
    parts = [blocks[piece == number] for number in range(int(piece.max(initial=-1)) + 1)]
    return sorted(parts, key=lambda part: (-float(ground.people[part].sum()), int(part[0])))


def spread_sum(ground: Ground, own: np.ndarray) -> float:
    """Sum of squared distances of the inhabitants of some blocks from their average."""
    weight, values = ground.people[own], ground.values[own]
    total = float(weight.sum())
    if not total or not values.shape[1]:
        return 0.0
    centre = (weight[:, None] * values).sum(axis=0) / total
    return float((weight[:, None] * (values - centre) ** 2).sum())


def gain(ground: Ground, before: np.ndarray, after: np.ndarray) -> float:
    """Points by which the "Ähnlichkeit innen" of the municipality rises from one state to another.

    That is the average of its areas by inhabitants; only the areas with other blocks are measured.
    """
    whole = ground.spread * float(ground.people.sum())
    if whole <= 0:
        return 0.0
    moved = before != after
    touched = set(before[moved]) | set(after[moved])
    old, new = (sum(spread_sum(ground, np.flatnonzero(areas == area)) for area in touched) for areas in (before, after))
    return 100.0 * (old - new) / whole


def border_gain(ground: Ground, before: np.ndarray, after: np.ndarray) -> float:
    """What the borders between areas cost less (shape and barriers), in the same points."""
    one, other = ground.edges[:, 0], ground.edges[:, 1]
    return float(ground.costs[before[one] != before[other]].sum() - ground.costs[after[one] != after[other]].sum())


@dataclass(frozen=True)
class Transfer:
    """Blocks that one area gives to another, one after the other. worth : points gained by the first 1, 2, ... blocks
    together (likeness inside, shape and barriers). people : inhabitants of the first 1, 2, ... blocks."""

    blocks: tuple[int, ...]
    worth: tuple[float, ...]
    people: tuple[float, ...]


def transfer(
    ground: Ground,
    areas: np.ndarray,
    donor: str,
    taker: str,
    locked: set[int],
    enough: float,
    *,
    least: float = 0.0,
    most: float = np.inf,
    most_blocks: int = 10**6,
) -> Transfer:
    """Give blocks from one area to another until `enough` inhabitants have gone, neither area torn.

    One by one the block that fits best for its inhabitants: like the takers, unlike those it leaves, a short border.
    Ends earlier where no further block can go. locked : positions that stay. least : inhabitants the donor keeps.
    most : inhabitants the taker has at most.
    """
    after, around = areas.copy(), beside(ground)
    whole = max(ground.spread * float(ground.people.sum()), 1e-9)
    sums = {area: _sums(ground, areas == area) for area in (donor, taker)}
    free = {
        block
        for own in np.flatnonzero(after == taker).tolist()
        for block, _pair in around[own]
        if after[block] == donor and block not in locked
    }
    blocks, worth, people = list[int](), list[float](), list[float]()
    while (people[-1] if people else 0.0) < enough and len(blocks) < most_blocks:
        edge = np.array(sorted(free - cut_blocks(ground, after, donor)), dtype=np.int64)
        room = min(sums[donor][0] - least, most - sums[taker][0])
        edge = edge[ground.people[edge] <= room]
        if not len(edge) or int((after == donor).sum()) == 1:
            break
        points = 100.0 * (_leaving(ground, edge, *sums[donor]) - _joining(ground, edge, *sums[taker])) / whole
        for place, block in enumerate(edge.tolist()):
            for other, pair in around[block]:
                points[place] += ground.costs[pair] * (float(after[other] == taker) - float(after[other] == donor))
        best = int(np.argmax(points / (ground.people[edge] + FEW)))
        block = int(edge[best])
        after[block] = taker
        free.discard(block)
        free |= {other for other, _pair in around[block] if after[other] == donor and other not in locked}
        for area, sign in ((donor, -1.0), (taker, 1.0)):
            mass, total = sums[area]
            sums[area] = (
                mass + sign * float(ground.people[block]),
                total + sign * ground.people[block] * ground.values[block],
            )
        blocks.append(block)
        worth.append((worth[-1] if worth else 0.0) + float(points[best]))
        people.append((people[-1] if people else 0.0) + float(ground.people[block]))
    return Transfer(tuple(blocks), tuple(worth), tuple(people))


def _sums(ground: Ground, own: np.ndarray) -> tuple[float, np.ndarray]:
    """Inhabitants of some blocks and the sum of their values."""
    weight = ground.people[own]
    return float(weight.sum()), (weight[:, None] * ground.values[own]).sum(axis=0)


def _leaving(ground: Ground, blocks: np.ndarray, mass: float, total: np.ndarray) -> np.ndarray:
    """By how much the sum of squares of an area falls when each of some blocks leaves it."""
    weight, left = ground.people[blocks], mass - ground.people[blocks]
    distance = ((ground.values[blocks] - total / max(mass, 1e-9)) ** 2).sum(axis=1)
    return np.where(left > 0, weight * mass / np.maximum(left, 1e-9), 0.0) * distance


def _joining(ground: Ground, blocks: np.ndarray, mass: float, total: np.ndarray) -> np.ndarray:
    """By how much the sum of squares of an area rises when each of some blocks joins it."""
    weight = ground.people[blocks]
    distance = ((ground.values[blocks] - total / max(mass, 1e-9)) ** 2).sum(axis=1)
    return weight * mass / np.maximum(mass + weight, 1e-9) * distance


def limits_of(ground: Ground, areas: np.ndarray, donor: str) -> tuple[float, float]:
    """Inhabitants that a giving area keeps (its limit, 1,000, as far as it has them) and that a taking one may have."""
    people = float(ground.people[areas == donor].sum())
    kept = [float(limit) for limit in (ground.low, RULE) if people >= limit]
    return max(kept, default=0.0), ground.high


def locked_positions(ground: Ground, locks: Iterable[str]) -> set[int]:
    return {position for block in locks if (position := ground.place.get(block)) is not None}


def with_moved(areas: np.ndarray, blocks: np.ndarray, area: str) -> np.ndarray:
    """The areas after some blocks joined another one."""
    after = areas.copy()
    after[blocks] = area
    return after
