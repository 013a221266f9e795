"""The plan that one town has already adopted, and the wishes of the experts for two other towns."""

from __future__ import annotations

import heapq

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from sozialraum.base import _
from sozialraum.demo.chance import Floats, Ints
from sozialraum.demo.mesh import Mesh
from sozialraum.demo.region import MEMBERS
from sozialraum.demo.settle import Settlement, adjacency

ADOPTED_TOWN = "05999008"


def adopted_plan(mesh: Mesh, places: Settlement, inhabitants: Floats) -> tuple[Ints, list[str]]:
    """Area number per cell (0.., -1 = other municipality) and the names of the areas.

    inhabitants : per cell. Areas grow from the villages and the largest quarters, the smallest first,
    over neighbouring settled cells; open land joins the nearest area. Every area is one piece.
    """
    number = next(k for k, one in enumerate(MEMBERS) if one.ags == ADOPTED_TOWN)
    here = places.member == number
    seeds = _seed_quarters(places, inhabitants, number)
    links = adjacency(mesh, here)
    label = np.full(len(here), -1)
    size = np.zeros(len(seeds))
    for area, quarter in enumerate(seeds):
        cells = np.flatnonzero((places.quarter == quarter) & places.settled)
        middle = mesh.sites[cells].mean(axis=0)
        start = cells[np.hypot(*(mesh.sites[cells] - middle).T).argmin()]
        label[start] = area
        size[area] = inhabitants[start]
    _grow_settled(mesh, places, links, inhabitants, label, size, seeds)
    _spread(mesh, links, here, label)
    _relieve(links, inhabitants, places.settled, label, 0.9 * MEMBERS[number].size_high)
    return label, [places.names[quarter] for quarter in seeds]


def _seed_quarters(places: Settlement, inhabitants: Floats, number: int) -> list[int]:
    """As many quarters as areas agreed: all villages, then the largest; the inner ones come first."""
    own = [q for q, member in enumerate(places.members) if member == number and places.kinds[q] != "commercial"]
    size = {q: inhabitants[(places.quarter == q) & places.settled].sum() for q in own}
    villages = [q for q in own if places.kinds[q] == "village"]
    inner = sorted((q for q in own if q not in villages), key=lambda q: -size[q])
    return sorted(inner[: MEMBERS[number].areas - len(villages)]) + villages


def _grow_settled(
    mesh: Mesh, places: Settlement, links: csr_array, inhabitants: Floats, label: Ints, size: Floats, seeds: list[int]
) -> None:
    """The area with the fewest inhabitants takes the next settled neighbour, its own quarter first."""
    starts = mesh.sites[[int(np.flatnonzero(label == area)[0]) for area in range(len(size))]]
    open_areas = set(range(len(size)))
    while open_areas:
        area = min(open_areas, key=lambda one: (size[one], one))
        near = _neighbours(links, np.flatnonzero(label == area))
        free = near[(label[near] < 0) & places.settled[near]]
        if not len(free):
            open_areas.discard(area)
            continue
        foreign = places.quarter[free] != seeds[area]
        taken = free[np.lexsort((free, np.hypot(*(mesh.sites[free] - starts[area]).T), foreign))[0]]
        label[taken] = area
        size[area] += inhabitants[taken]


def _neighbours(links: csr_array, cells: Ints) -> Ints:
    rows = links[cells]
    return np.unique(rows.indices)


def _spread(mesh: Mesh, links: csr_array, here: np.ndarray, label: Ints) -> None:
    """Everything left joins the area from which the way over the cells is shortest."""
    heap = [(0.0, int(cell), int(label[cell])) for cell in np.flatnonzero(label >= 0)]
    heapq.heapify(heap)
    done = np.zeros(len(here), dtype=bool)
    while heap:
        way, cell, area = heapq.heappop(heap)
        if done[cell]:
            continue
        done[cell] = True
        label[cell] = area
        for near in _neighbours(links, np.array([cell])):
            if not done[near] and label[near] in (-1, area):
                step = float(np.hypot(*(mesh.sites[near] - mesh.sites[cell])))
                heapq.heappush(heap, (way + step, int(near), area))


def _relieve(links: csr_array, inhabitants: Floats, settled: np.ndarray, label: Ints, limit: float) -> None:
    """Areas above the limit hand border cells to their smallest neighbour, as long as they stay in one piece."""
    for _move in range(200):
        size: Floats = np.bincount(label[label >= 0], inhabitants[label >= 0]).astype(np.float64)
        large = np.flatnonzero(size > limit).tolist()
        move = next((move for area in large if (move := _handover(links, size, settled, label, area))), None)
        if move is None:
            return
        label[move[0]] = move[1]


def _handover(links: csr_array, size: Floats, settled: np.ndarray, label: Ints, area: int) -> tuple[int, int] | None:
    """A border cell of the area and the smaller neighbour that can take it, grown together places first."""
    cells = np.flatnonzero(label == area)
    options = [
        (not (settled[cell] and settled[near]), size[label[near]], int(cell), int(label[near]))
        for cell in cells
        for near in _neighbours(links, np.array([cell]))
        if label[near] >= 0 and size[label[near]] < 0.7 * size[area]
    ]
    for _apart, _size, cell, taker in sorted(options):
        rest = cells[cells != cell]
        if connected_components(links[rest][:, rest], directed=False)[0] == 1:
            return cell, taker
    return None


def revision_reasons() -> tuple[tuple[str, str], ...]:
    """Why two areas were divided and when; sentences in the current language."""
    return (
        (
            _(
                "Das Gebiet ist das einwohnerstärkste der Stadt. "
                "Für die Arbeit vor Ort sind zwei überschaubare Teile gewünscht."
            ),
            "2026-03-17",
        ),
        (
            _(
                "Die Fachleute der Stadt sehen hier zwei Nachbarschaften mit eigenen Treffpunkten; "
                "ein gemeinsamer Durchschnitt würde beide verdecken."
            ),
            "2026-03-24",
        ),
    )


def experts_revision(
    plan_assignment: pd.Series, areas: pd.DataFrame, blocks: pd.DataFrame
) -> list[tuple[str, str, str, str]]:
    """The two areas that experts want divided: the largest of two towns whose plan is not adopted yet.

    plan_assignment : block_id → area_id. areas : area_id, municipality. blocks : block_id, population.
    Returns (area_id, why, role, when) each, sentences in the current language and ISO dates.
    """
    population = blocks.set_index("block_id")["population"].groupby(plan_assignment).sum()
    towns = {one.ags: one.name for one in MEMBERS if one.kind == "town" and one.ags != ADOPTED_TOWN}
    own = areas[areas["municipality"].isin(list(towns))]
    own = own.assign(population=population.reindex(own["area_id"]).to_numpy())
    largest = own.sort_values(["population", "area_id"], ascending=[False, True]).drop_duplicates("municipality")
    reasons = revision_reasons()
    role = _("Fachstelle Sozialplanung der Stadt {town}")
    chosen = largest.head(len(reasons))
    return [
        (str(area_id), why, role.format(town=towns[ags]), when)
        for area_id, ags, (why, when) in zip(chosen["area_id"], chosen["municipality"], reasons, strict=False)
    ]
