"""What would heal an area that is torn, too small or too large: the smallest steps that do it alone."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sozialraum.base import UsageError, _, plural
from sozialraum.base.numbers import count
from sozialraum.delineation import Edit, Plan
from sozialraum.delineation.town_plan import RULE
from sozialraum.plans.cutting import best_cut
from sozialraum.plans.figures import area_rows
from sozialraum.plans.ground import Ground
from sozialraum.plans.helping import MOST, Suggestion, keeps_rules, move_of, needs
from sozialraum.plans.moving import FEW, beside, gain, limits_of, locked_positions, pieces_of, transfer
from sozialraum.plans.partners import neighbours_of


def heal(
    ground: Ground, plan: Plan, area_id: str, *, role: str, edits: Iterable[Edit] = ()
) -> tuple[list[Suggestion], str]:
    """What would heal this area: steps after each of which nothing is wrong with it, and no other area is worse off.

    Fewest persons moved first, then most gain. Raises UsageError for an unknown area.
    """
    wrong = needs(ground, plan, area_id)
    code = area_rows(plan, ground.ags)[area_id][0]
    if not wrong:
        return [], _("Gebiet {code} hält alle Regeln ein.").format(code=code)
    areas = ground.areas_of(plan)
    found = []
    if "apart" in wrong:
        found += _rejoined(ground, plan, areas, area_id, role)
    if "small" in wrong:
        found += _grown(ground, plan, areas, area_id, role)
        found += _merged(ground, plan, areas, area_id, role)
    if "large" in wrong:
        found += _shed(ground, plan, areas, area_id, role)
        found += _split(ground, plan, areas, area_id, role, edits)
    found = [one for one in found if _heals(ground, plan, one.edit, area_id)]
    found.sort(key=lambda one: (one.people, -one.gain, one.edit.area, one.edit.blocks))
    if not found:
        return [], _("Mit einem Schritt allein lässt sich Gebiet {code} nicht heilen.").format(code=code)
    text = plural(
        "1 Schritt heilt Gebiet {code}.", "{count} Schritte heilen Gebiet {code}, jeder für sich.", len(found[:MOST])
    )
    return found[:MOST], text.format(code=code, count=len(found[:MOST]))


def _heals(ground: Ground, plan: Plan, edit: Edit, area_id: str) -> bool:
    if not keeps_rules(ground, plan, edit):
        return False
    after = plan.apply(edit)
    left = area_rows(after, ground.ags)
    kept = [area for area in (area_id, edit.into) if area in left]
    return all(not needs(ground, after, area) for area in kept)


def _rejoined(ground: Ground, plan: Plan, areas: np.ndarray, area_id: str, role: str) -> list[Suggestion]:
    """The smaller pieces go to a neighbour, or a chain of blocks joins them to the largest one."""
    parts = pieces_of(ground, np.flatnonzero(areas == area_id))
    smaller = np.concatenate(parts[1:])
    targets = neighbours_of(ground, areas, area_id)
    found = [move_of(ground, plan, areas, smaller, target, role) for target in targets]
    chain = _chain(ground, plan, areas, area_id, parts[0], parts[1]) if len(parts) == 2 else None
    if chain is not None:
        found.append(move_of(ground, plan, areas, chain, area_id, role))
    return [one for one in found if one]


def _chain(
    ground: Ground, plan: Plan, areas: np.ndarray, area_id: str, start: np.ndarray, goal: np.ndarray
) -> np.ndarray | None:
    """The unlocked blocks of other areas with fewest inhabitants that join two pieces."""
    import heapq

    around, ends = beside(ground), set(goal.tolist())
    cost = dict.fromkeys(start.tolist(), 0.0)
    came: dict[int, int] = {}
    queue = [(0.0, block) for block in sorted(cost)]
    while queue:
        so_far, block = heapq.heappop(queue)
        if block in ends:
            chain = []
            while block in came:
                block = came[block]
                if areas[block] != area_id:
                    chain.append(block)
            return np.array(sorted(chain), dtype=np.int64) if chain else None
        if so_far > cost[block]:
            continue
        for other, _pair in around[block]:
            if areas[other] != area_id and ground.ids[other] in plan.locks:
                continue
            step = so_far + (0.0 if areas[other] == area_id else float(ground.people[other]) + FEW)
            if step < cost.get(other, np.inf):
                cost[other], came[other] = step, block
                heapq.heappush(queue, (step, other))
    return None


def _grown(ground: Ground, plan: Plan, areas: np.ndarray, area_id: str, role: str) -> list[Suggestion]:
    """The area takes blocks from one neighbour until it is large enough."""
    wanted = max(ground.low, min(float(RULE), ground.high))
    found = []
    for donor in neighbours_of(ground, areas, area_id):
        blocks = _taken(ground, plan, areas, donor, area_id, wanted - float(ground.people[areas == area_id].sum()))
        if blocks is not None:
            found.append(move_of(ground, plan, areas, blocks, area_id, role))
    return [one for one in found if one]


def _shed(ground: Ground, plan: Plan, areas: np.ndarray, area_id: str, role: str) -> list[Suggestion]:
    """The area gives blocks to one neighbour until it is small enough."""
    found = []
    for target in neighbours_of(ground, areas, area_id):
        blocks = _taken(
            ground, plan, areas, area_id, target, float(ground.people[areas == area_id].sum()) - ground.high
        )
        if blocks is not None:
            found.append(move_of(ground, plan, areas, blocks, target, role))
    return [one for one in found if one]


def _taken(ground: Ground, plan: Plan, areas: np.ndarray, donor: str, taker: str, people: float) -> np.ndarray | None:
    """Blocks with at least so many inhabitants that one area can take from another; None where it cannot be."""
    least, most = limits_of(ground, areas, donor)
    found = transfer(ground, areas, donor, taker, locked_positions(ground, plan.locks), people, least=least, most=most)
    reached = bool(found.people) and found.people[-1] >= people
    return np.array(sorted(found.blocks), dtype=np.int64) if reached else None


def _merged(ground: Ground, plan: Plan, areas: np.ndarray, area_id: str, role: str) -> list[Suggestion]:
    """The area joins a neighbour as a whole."""
    rows = area_rows(plan, ground.ags)
    found = []
    for other in neighbours_of(ground, areas, area_id):
        after = np.where(areas == area_id, other, areas)
        people = round(float(ground.people[areas == area_id].sum()))
        text = _("{code} mit {other} zusammenlegen: {people} Einwohner gehören dann zu {other}.")
        sentence = text.format(code=rows[area_id][0], other=rows[other][0], people=count(people))
        edit = Edit("merge", area=area_id, into=other, role=role)
        found.append(Suggestion(edit, round(gain(ground, areas, after), 3), people, sentence))
    return found


def _split(
    ground: Ground, plan: Plan, areas: np.ndarray, area_id: str, role: str, edits: Iterable[Edit]
) -> list[Suggestion]:
    """The area is cut in two."""
    try:
        cut = best_cut(ground, plan, area_id, role=role, edits=edits)
    except UsageError:
        return []
    after = areas.copy()
    after[ground.positions(list(cut.edit.blocks))] = cut.edit.into
    return [Suggestion(cut.edit, round(gain(ground, areas, after), 3), cut.people[1], cut.sentence)]
