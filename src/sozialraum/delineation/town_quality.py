"""How good a division of one municipality is, in figures planners can compare."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import shapely

from sozialraum.blocks import FAMILIES
from sozialraum.delineation.attributes import family_of, standardise
from sozialraum.delineation.partition import Partition
from sozialraum.delineation.score import spread_inside
from sozialraum.delineation.town import Town
from sozialraum.delineation.town_plan import RULE

CROSSED = 100.0  # metres inside an area from which on a barrier counts as running through it
OUTSIDE = 100.0  # metres of the border of the municipality from which on an area is no enclave


@dataclass(frozen=True)
class AlternativeQuality:
    """Figures of one division of a municipality.

    areas : how many. smallest, largest : inhabitants. below_1000 : areas with fewer than 1,000 inhabitants.
    likeness : family -> percent of the spread between areas (100 = everybody in an area is alike), families without
    attributes are absent; likeness_all : all families with equal weight. compactness : mean 4 pi A / U^2 by
    inhabitants (1 = circle). barriers_crossed : named rivers, railways, motorways that run through an area for at
    least 100 m; crossed_metres : how far. along_barriers_km : borders between areas that follow a barrier.
    bridges : connections over open ground inside an area. changed_percent : inhabitants in another area than now,
    None without a present plan. proof, gap : as in Partition.
    """

    areas: int
    smallest: int
    largest: int
    below_1000: int
    likeness: dict[str, float]
    likeness_all: float
    compactness: float
    barriers_crossed: int
    crossed_metres: float
    along_barriers_km: float
    bridges: int
    changed_percent: float | None
    proof: str
    gap: float | None

    def to_json(self) -> dict[str, Any]:
        """The figures as a mapping that JSON can hold."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


def measure(town: Town, labels: np.ndarray, found: Partition, changed: float | None = None) -> AlternativeQuality:
    """The figures of one division; labels (n,) number its areas 0..k-1. changed : percent of the inhabitants."""
    people = np.bincount(labels, town.people)
    likeness, whole = _likeness(town, labels)
    crossed, metres = _crossed(town, labels)
    edges = town.edges
    cut = labels[edges[:, 0]] != labels[edges[:, 1]]
    held = ~cut[len(edges) - len(town.bridges) :] if town.bridges else np.zeros(0, dtype=bool)
    return AlternativeQuality(
        areas=len(people),
        smallest=int(people.min()),
        largest=int(people.max()),
        below_1000=int((people < RULE).sum()),
        likeness=likeness,
        likeness_all=whole,
        compactness=round(_compactness(town, labels, people), 3),
        barriers_crossed=crossed,
        crossed_metres=round(metres),
        along_barriers_km=round(float(town.barriers.along[cut].sum()) / 1000, 2),
        bridges=int(held.sum()),
        changed_percent=None if changed is None else round(changed, 1),
        proof=found.proof,
        gap=found.gap,
    )


def enclaves(town: Town, labels: np.ndarray) -> int:
    """Areas inside of another one: they border on one other area only and not on the municipality's border."""
    pairs = np.unique(np.sort(labels[town.edges], axis=1), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    beside = np.bincount(pairs.ravel(), minlength=int(labels.max()) + 1)
    border = np.bincount(labels, shapely.length(town.blocks.geometry.to_numpy()))
    border -= np.bincount(labels[town.edges].ravel(), np.repeat(town.lengths, 2), len(border))
    return int(((beside == 1) & (border < OUTSIDE)).sum())


def _likeness(town: Town, labels: np.ndarray) -> tuple[dict[str, float], float]:
    """By family and over all, whatever was weighted: alternatives are compared by the same measure."""
    table = standardise(town.blocks)
    families = np.array([family_of(column) for column in table.columns])
    found = {}
    for family in FAMILIES:
        own = table.values[:, families == family]
        if own.shape[1]:
            found[family] = round(100.0 - spread_inside(town.people, own, labels), 1)
    whole = 100.0 - spread_inside(town.people, table.values, labels) if len(families) else 0.0
    return found, round(whole, 1)


def _compactness(town: Town, labels: np.ndarray, people: np.ndarray) -> float:
    """Borders between blocks of one area do not count; no shape has to be merged for it."""
    shapes = town.blocks.geometry.to_numpy()
    surface = np.bincount(labels, shapely.area(shapes))
    border = np.bincount(labels, shapely.length(shapes))
    one, other = labels[town.edges[:, 0]], labels[town.edges[:, 1]]
    inner = one == other
    border -= 2 * np.bincount(one[inner], town.lengths[inner], len(surface))
    round_ = 4 * np.pi * surface / np.maximum(border, 1e-9) ** 2
    return float(np.average(round_, weights=people if people.sum() else None))


def _crossed(town: Town, labels: np.ndarray) -> tuple[int, float]:
    """Named barriers that run through at least one area, and the metres they do so."""
    barriers = town.barriers
    if not barriers.names:
        return 0, 0.0
    inside = np.zeros((len(barriers.names), int(labels.max()) + 1))
    one, other = (labels[town.edges[barriers.edge, side]] for side in (0, 1))
    uncut = one == other
    np.add.at(inside, (barriers.edge_name[uncut], one[uncut]), barriers.edge_metres[uncut])
    np.add.at(inside, (barriers.block_name, labels[barriers.block]), barriers.block_metres)
    inside[inside < CROSSED] = 0.0
    return int((inside.sum(axis=1) > 0).sum()), float(inside.sum())
