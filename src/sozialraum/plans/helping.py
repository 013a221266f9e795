"""The engine helps: better from here, and what would heal an area; every suggestion is a step that can be taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sozialraum.base import NoPlan, UsageError, _, plural
from sozialraum.base.numbers import count, signed
from sozialraum.delineation import Edit, Plan, partition
from sozialraum.delineation.town_plan import RULE
from sozialraum.plans.figures import area_rows, figures
from sozialraum.plans.ground import Ground
from sozialraum.plans.moving import border_gain, gain, limits_of, locked_positions, pieces_of, transfer, with_moved
from sozialraum.plans.partners import neighbours_of

CHANGE = 0.03  # giving everybody another area costs as much as three percent of the whole spread
LARGE, SEARCHED = 400, 2500  # blocks from which on a shorter search is enough, and none is made
MOST = 8  # suggestions shown
MOST_PAIRS, LONGEST = 40, 40  # pairs of areas looked at, and blocks moved between them at most
LEAST_GAIN = 0.1  # points of likeness; less is told only where few people change their area for it
LEAST_PER_100 = 0.05  # points for every hundred people who change their area


@dataclass(frozen=True)
class Suggestion:
    """A proposed step. gain : points of "Ähnlichkeit innen" of the municipality. people : who change their area."""

    edit: Edit
    gain: float
    people: int
    sentence: str


def improve(ground: Ground, plan: Plan, area_id: str = "", *, role: str) -> tuple[list[Suggestion], str]:
    """Better from here: moves between neighbouring areas, each of which makes them more alike and keeps the rules.

    Found block by block at each border, and by the search with the present state as its start plan. Locked blocks stay,
    limits are kept, and whoever changes the area has a price. area_id : look at this area and its neighbours only;
    '' = at the whole municipality. Returns the moves with most gain first, no block in two of them, and a sentence.
    Raises UsageError for an unknown area.
    """
    areas, rows = ground.areas_of(plan), area_rows(plan, ground.ags)
    if area_id and area_id not in rows:
        raise UsageError(_("Das Gebiet „{area}“ gibt es in diesem Plan nicht.").format(area=area_id))
    looked = [area_id, *neighbours_of(ground, areas, area_id)] if area_id else list(rows)
    if len(looked) < 2:
        return [], _("Es gibt kein Nachbargebiet, mit dem getauscht werden könnte.")
    groups = [*_chains(ground, plan, areas, area_id), *_from_the_search(ground, plan, areas, looked)]
    found = [
        suggestion
        for blocks, target in groups
        if (suggestion := move_of(ground, plan, areas, blocks, target, role))
        and is_worth_it(suggestion)
        and keeps_rules(ground, plan, suggestion.edit)
    ]
    found.sort(key=lambda one: (-one.gain, one.people, one.edit.area, one.edit.blocks))
    found = _one_per_pair(found)[:MOST]
    if not found:
        return [], _("Von hier aus wurde kein Schritt gefunden, der die Gebiete einheitlicher macht.")
    text = plural(
        "1 Schritt macht die Gebiete einheitlicher.", "{count} Schritte machen die Gebiete einheitlicher.", len(found)
    )
    return found, text.format(count=len(found))


def is_worth_it(one: Suggestion) -> bool:
    """Whether a step gains enough to be talked over: absolutely, or for the few people it concerns."""
    return one.gain >= LEAST_GAIN or (one.gain > 0 and one.gain >= LEAST_PER_100 * one.people / 100)


def _one_per_pair(found: list[Suggestion]) -> list[Suggestion]:
    """The first of those that share a block."""
    kept, used = list[Suggestion](), set[str]()
    for one in found:
        if used.isdisjoint(one.edit.blocks):
            kept.append(one)
            used.update(one.edit.blocks)
    return kept


def _chains(ground: Ground, plan: Plan, areas: np.ndarray, area_id: str) -> Iterable[tuple[np.ndarray, str]]:
    """For pairs of neighbouring areas the blocks that are better off across the border, one after the other."""
    locked = locked_positions(ground, plan.locks)
    price = 100.0 * CHANGE / max(float(ground.people.sum()), 1.0)
    for donor, taker in _promising(ground, areas, area_id):
        least, most = limits_of(ground, areas, donor)
        found = transfer(ground, areas, donor, taker, locked, np.inf, least=least, most=most, most_blocks=LONGEST)
        if not found.blocks:
            continue
        worth = np.array(found.worth) - price * np.array(found.people)
        best = int(worth.argmax())
        if worth[best] > 0:
            yield np.array(sorted(found.blocks[: best + 1]), dtype=np.int64), taker


def _promising(ground: Ground, areas: np.ndarray, area_id: str) -> list[tuple[str, str]]:
    """Pairs of areas (giving, taking) with blocks at their border that are more like the other side, best first."""
    one, other = ground.edges[:, 0], ground.edges[:, 1]
    cut = np.flatnonzero(areas[one] != areas[other])
    if area_id:
        cut = cut[(areas[one[cut]] == area_id) | (areas[other[cut]] == area_id)]
    names, label = np.unique(areas.astype(str), return_inverse=True)
    mass = np.maximum(np.bincount(label, ground.people), 1e-9)
    centre = np.zeros((len(names), ground.values.shape[1]))
    for column in range(centre.shape[1]):
        centre[:, column] = np.bincount(label, ground.people * ground.values[:, column]) / mass
    worth: dict[tuple[int, int], float] = {}
    for block, beyond in ((one[cut], other[cut]), (other[cut], one[cut])):
        far = ((ground.values[block] - centre[label[block]]) ** 2).sum(axis=1)
        near = ((ground.values[block] - centre[label[beyond]]) ** 2).sum(axis=1)
        points = ground.people[block] * np.maximum(far - near, 0.0)
        for pair, value in zip(zip(label[block].tolist(), label[beyond].tolist(), strict=True), points, strict=True):
            worth[pair] = worth.get(pair, 0.0) + float(value)
    best = sorted((pair for pair in worth if worth[pair] > 0), key=lambda pair: (-worth[pair], pair))
    return [(str(names[donor]), str(names[taker])) for donor, taker in best[:MOST_PAIRS]]


def _from_the_search(ground: Ground, plan: Plan, areas: np.ndarray, looked: list[str]) -> list[tuple[np.ndarray, str]]:
    """What the search would change among some areas; nothing where they are too many blocks or break the limits."""
    own = np.flatnonzero(np.isin(areas.astype(str), looked))
    if len(own) > SEARCHED:
        return []
    try:
        return list(_groups(ground, areas, _searched(ground, plan, areas, own, looked)))
    except NoPlan:
        return []


def _searched(ground: Ground, plan: Plan, areas: np.ndarray, own: np.ndarray, looked: list[str]) -> np.ndarray:
    """(n,) area_id per block after a search from this state among some areas."""
    numbers = {area: number for number, area in enumerate(looked)}
    start = np.array([numbers[area] for area in areas[own]], dtype=np.int64)
    place = np.full(len(ground.ids), -1, dtype=np.int64)
    place[own] = np.arange(len(own))
    inner = (place[ground.edges] >= 0).all(axis=1)
    total = float(ground.people[own].sum())
    locked = np.array([ground.ids[block] in plan.locks for block in own.tolist()], dtype=bool)
    found = partition(
        place[ground.edges[inner]], ground.people[own], ground.values[own], areas=len(looked),
        bounds=(ground.low, ground.high), locks=np.where(locked, start, -1), start=start,
        edge_costs=ground.costs[inner], change_cost=100.0 * CHANGE / total if total else 0.0, name=ground.name,
        effort="standard" if len(own) <= LARGE else "draft",
        blocks=[ground.ids[block] for block in own.tolist()], centres=ground.centres[own],
    )  # fmt: skip
    better = areas.copy()
    known = found.labels < len(looked)
    better[own[known]] = np.array(looked, dtype=object)[found.labels[known]]
    return better


def _groups(ground: Ground, before: np.ndarray, after: np.ndarray) -> Iterable[tuple[np.ndarray, str]]:
    """Connected groups of blocks that go from one area to another."""
    moved = before != after
    for source, target in sorted(set(zip(before[moved], after[moved], strict=True))):
        both = np.flatnonzero(moved & (before == source) & (after == target))
        for piece in pieces_of(ground, both):
            yield piece, target


def move_of(
    ground: Ground, plan: Plan, areas: np.ndarray, blocks: np.ndarray, target: str, role: str
) -> Suggestion | None:
    """Blocks that move to an area as a suggestion; None where one of them is locked."""
    if any(ground.ids[block] in plan.locks for block in blocks.tolist()):
        return None
    after = with_moved(areas, blocks, target)
    rows = area_rows(plan, ground.ags)
    edit = Edit("move", area=target, blocks=tuple(ground.ids[block] for block in blocks.tolist()), role=role)
    people = round(float(ground.people[blocks].sum()))
    sources = sorted({rows[area][0] for area in areas[blocks]})
    points = gain(ground, areas, after)
    text = plural(
        "1 Baustein mit {people} Einwohnern von {sources} nach {target}: Ähnlichkeit innen {points} Punkte.",
        "{number} Bausteine mit {people} Einwohnern von {sources} nach {target}: Ähnlichkeit innen {points} Punkte.",
        len(blocks),
    )
    sentence = text.format(
        number=count(len(blocks)), people=count(people), sources=", ".join(sources), target=rows[target][0],
        points=signed(points, 2 if abs(points) < 0.1 else 1),
    )  # fmt: skip
    sentence += _mended(ground, areas, after, rows)
    if border_gain(ground, areas, after) > 0:
        sentence += " " + _("Die Grenze wird kürzer oder folgt eher Bahn, Fluss und Autobahn.")
    return Suggestion(edit, round(points, 3), people, sentence)


def _mended(ground: Ground, before: np.ndarray, after: np.ndarray, rows: dict[str, tuple[str, str]]) -> str:
    """Which areas in several parts a step joins, as sentences; '' where it joins none."""
    touched = sorted({*before[before != after], *after[before != after]} & set(rows))
    joined = [
        area
        for area in touched
        if len(pieces_of(ground, np.flatnonzero(before == area))) > 1
        and len(pieces_of(ground, np.flatnonzero(after == area))) == 1
    ]
    return "".join(" " + _("Gebiet {code} hängt danach zusammen.").format(code=rows[area][0]) for area in joined)


def keeps_rules(ground: Ground, plan: Plan, edit: Edit) -> bool:
    """Whether a step can be taken and leaves no touched area worse off by the rules than it was."""
    try:
        after = plan.apply(edit)
    except UsageError:
        return False
    old, new = ground.areas_of(plan), ground.areas_of(after)
    touched = {*old[old != new], *new[old != new]}
    was = figures(ground, old, area_rows(plan, ground.ags), touched)
    now = figures(ground, new, area_rows(after, ground.ags), touched)
    return all(
        (one.connected or not was[key].connected)
        and (one.word != "outside" or was[key].word == "outside")
        and (one.rule_1000 or not was[key].rule_1000)
        for key, one in now.items()
        if key in was
    )


def needs(ground: Ground, plan: Plan, area_id: str) -> list[str]:
    """What is wrong with an area: 'apart', 'small', 'large'; [] = nothing. Small is below the limit or below 1,000."""
    found = figures(ground, ground.areas_of(plan), area_rows(plan, ground.ags), [area_id]).get(area_id)
    if found is None:
        raise UsageError(_("Das Gebiet „{area}“ gibt es in diesem Plan nicht.").format(area=area_id))
    wrong = [] if found.connected else ["apart"]
    if found.people < max(ground.low, min(float(RULE), ground.high)):
        wrong.append("small")
    return [*wrong, "large"] if found.people > ground.high else wrong
