"""Figures of areas from the ground: inhabitants, likeness inside, shape, barriers, contiguity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import pi
from typing import Literal

import numpy as np
import pandas as pd

from sozialraum.blocks import pieces
from sozialraum.delineation import Plan
from sozialraum.delineation.town_plan import RULE
from sozialraum.delineation.town_quality import CROSSED
from sozialraum.plans.ground import Ground, weighted_means

Word = Literal["within", "close", "outside"]
ABOVE_LOW, BELOW_HIGH = 1.1, 0.95  # nearer to a limit than this is "close", on all pages


@dataclass(frozen=True, eq=False)
class AreaFigures:
    """One area as it stands.

    likeness : 0..100, see `likeness`; None without inhabitants or attributes. compactness : 4 pi area / outline^2,
    1 = circle. parts : pieces it falls into, bridges joined. barriers : that run through it for 100 m or more.
    means : (c,) averages of the attributes, known_people, known_blocks : (c,) inhabitants and inhabited blocks they
    come from. inhabited : blocks in which somebody lives.
    centre : (d,) average of the standardised attributes.
    """

    area_id: str
    code: str
    name: str
    blocks: int
    people: int
    word: Word
    likeness: float | None
    compactness: float
    parts: int
    barriers: tuple[str, ...]
    means: np.ndarray
    known_people: np.ndarray
    known_blocks: np.ndarray
    inhabited: int
    centre: np.ndarray

    @property
    def connected(self) -> bool:
        return self.parts == 1

    @property
    def rule_1000(self) -> bool:
        """Whether the employment agency delivers figures for this area alone."""
        return self.people >= RULE


def size_word(people: float, low: float, high: float) -> Word:
    """'outside' the limits, 'close' to one of them (less than a tenth above, a twentieth below), else 'within'."""
    if not low <= people <= high:
        return "outside"
    return "close" if people < ABOVE_LOW * low or people > BELOW_HIGH * high else "within"


def likeness(inside: float, whole: float) -> float | None:
    """ "Ähnlichkeit innen" of an area, 0..100: 100 = all its blocks alike, 0 = as mixed as the municipality or more.

    inside : mean squared distance of the inhabitants of the area from its average, over all attributes standardised in
    the municipality, each of the three families with the same spread. whole : the same for the whole municipality.
    likeness = 100 (1 - inside / whole), not below 0. The average over all inhabitants of the areas' `100 - likeness`
    is the spread inside that the search makes small. None where nothing differs in the municipality.
    """
    return None if whole <= 0 else 100.0 * max(0.0, 1.0 - inside / whole)


def area_rows(plan: Plan, ags: str) -> dict[str, tuple[str, str]]:
    """area_id -> code and name of the areas of one municipality, in reading order."""
    rows = plan.areas[plan.areas["municipality"] == ags]
    return {
        str(area): (str(code), str(name))
        for area, code, name in zip(rows["area_id"], rows["code"], rows["name"], strict=True)
    }


def figures(
    ground: Ground, areas: np.ndarray, rows: Mapping[str, tuple[str, str]], only: Iterable[str] | None = None
) -> dict[str, AreaFigures]:
    """Figures of the areas, or of those named in `only`; the others are not looked at.

    areas : (n,) area_id per block. rows : area_id -> code and name. An area without blocks is left out.
    """
    chosen = set(rows if only is None else only)
    wanted = [area for area in rows if area in chosen]
    codes, names = pd.factorize(areas)
    numbers = {area: number for number, area in enumerate(wanted)}
    label = np.array([numbers.get(name, -1) for name in names], dtype=np.int64)[codes]
    own = np.flatnonzero(label >= 0)
    area, number = label[own], len(wanted)
    people = np.bincount(area, ground.people[own], number)
    sizes = np.bincount(area, minlength=number)
    centre, inside = _spread(ground, own, area, people, number)
    shape, parts = _shape(ground, label, own, area, number), _parts(ground, label, number)
    crossed = _crossed(ground, label, number)
    means, known = weighted_means(ground.raw[own], ground.people[own], area, number)
    lived_in = ground.people[own] > 0
    inhabited, stands_for = np.bincount(area[lived_in], minlength=number), _known_blocks(ground, own, area, number)
    found = {}
    for place, key in enumerate(wanted):
        if not sizes[place]:
            continue
        code, name = rows[key]
        inhabitants = float(people[place])
        found[key] = AreaFigures(
            area_id=key, code=code, name=name, blocks=int(sizes[place]), people=round(inhabitants),
            word=size_word(inhabitants, ground.low, ground.high),
            likeness=likeness(float(inside[place]), ground.spread) if inhabitants else None,
            compactness=float(shape[place]), parts=int(parts[place]),
            barriers=tuple(ground.barriers.names[line] for line in np.flatnonzero(crossed[:, place] >= CROSSED)),
            means=means[place], known_people=known[place], known_blocks=stands_for[place],
            inhabited=int(inhabited[place]), centre=centre[place],
        )  # fmt: skip
    return found


def _spread(
    ground: Ground, own: np.ndarray, area: np.ndarray, people: np.ndarray, number: int
) -> tuple[np.ndarray, np.ndarray]:
    """Average (number, d) and mean squared distance (number,) of the inhabitants of each area."""
    weight, values = ground.people[own], ground.values[own]
    mass = np.where(people > 0, people, 1.0)
    centre = np.zeros((number, values.shape[1]))
    inside = np.zeros(number)
    for column in range(values.shape[1]):
        centre[:, column] = np.bincount(area, weight * values[:, column], number) / mass
        inside += np.bincount(area, weight * (values[:, column] - centre[area, column]) ** 2, number) / mass
    if ground.inner is not None:
        inside = np.maximum(0.0, inside + np.bincount(area, weight * ground.inner[own], number) / mass)
    return centre, inside


def _known_blocks(ground: Ground, own: np.ndarray, area: np.ndarray, number: int) -> np.ndarray:
    """(number, c) inhabited blocks of each area with a value."""
    known = np.isfinite(ground.raw[own]) & (ground.people[own] > 0)[:, None]
    return np.column_stack([np.zeros((number, 0)), *(np.bincount(area, one, number) for one in known.T)])


def _shape(ground: Ground, label: np.ndarray, own: np.ndarray, area: np.ndarray, number: int) -> np.ndarray:
    """Compactness; borders between blocks of one area do not count."""
    surface = np.bincount(area, ground.surface[own], number)
    outline = np.bincount(area, ground.border[own], number)
    one, other = label[ground.edges[:, 0]], label[ground.edges[:, 1]]
    inner = (one == other) & (one >= 0)
    outline -= 2 * np.bincount(one[inner], ground.lengths[inner], number)
    return 4 * pi * surface / np.maximum(outline, 1e-9) ** 2


def _parts(ground: Ground, label: np.ndarray, number: int) -> np.ndarray:
    """How many pieces each area falls into."""
    own = np.flatnonzero(label >= 0)
    place = np.full(len(label), -1, dtype=np.int64)
    place[own] = np.arange(len(own))
    one, other = ground.edges[:, 0], ground.edges[:, 1]
    inner = (label[one] == label[other]) & (label[one] >= 0)
    piece = pieces(len(own), np.column_stack([place[one[inner]], place[other[inner]]]))
    first = np.unique(piece, return_index=True)[1]
    return np.bincount(label[own][first], minlength=number)


def _crossed(ground: Ground, label: np.ndarray, number: int) -> np.ndarray:
    """(barriers, number) metres of each barrier inside each area."""
    barriers = ground.barriers
    inside = np.zeros((len(barriers.names), number))
    if not len(inside):
        return inside
    one, other = (label[ground.edges[barriers.edge, side]] for side in (0, 1))
    uncut = (one == other) & (one >= 0)
    np.add.at(inside, (barriers.edge_name[uncut], one[uncut]), barriers.edge_metres[uncut])
    known = label[barriers.block] >= 0
    np.add.at(inside, (barriers.block_name[known], label[barriers.block][known]), barriers.block_metres[known])
    return inside
