"""The proposed cut of an area: two connected parts, inside the limits where possible, along barriers where they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sozialraum.base import NoPlan, UsageError, _
from sozialraum.base.numbers import count
from sozialraum.delineation import Edit, Partition, Plan, partition
from sozialraum.delineation.applying import next_area_id, split_codes
from sozialraum.delineation.names import reading_order, short_names
from sozialraum.delineation.split import SMALLER_HALF
from sozialraum.delineation.town import border_costs
from sozialraum.delineation.town_plan import RULE
from sozialraum.delineation.wishes import COMPACTNESS
from sozialraum.plans.figures import area_rows
from sozialraum.plans.ground import Ground
from sozialraum.plans.moving import pieces_of

LARGE = 400  # blocks from which on a shorter search is enough


@dataclass(frozen=True)
class Cut:
    """A proposed cut as a step. people : inhabitants of the part that stays and of the new part."""

    edit: Edit
    people: tuple[int, int]
    sentence: str


def best_cut(ground: Ground, plan: Plan, area_id: str, *, role: str, edits: Iterable[Edit] = ()) -> Cut:
    """Propose where to cut an area in two.

    Parts are of similar size, within the limits and reach 1,000 inhabitants, as far as that is possible together;
    locked blocks stay in the part that keeps the area's key. edits : steps whose keys are used already.
    Raises UsageError: no such area, fewer than two inhabited blocks, all but nothing locked, no cut found.
    """
    rows = area_rows(plan, ground.ags)
    if area_id not in rows:
        raise UsageError(_("Das Gebiet „{area}“ gibt es in diesem Plan nicht.").format(area=area_id))
    code, name = rows[area_id]
    own = np.flatnonzero(ground.areas_of(plan) == area_id)
    locked = np.array([ground.ids[block] in plan.locks for block in own.tolist()], dtype=bool)
    if int((ground.people[own] > 0).sum()) < 2 or locked.all():
        text = _("Gebiet {code} lässt sich nicht teilen: zu wenige bewohnte Bausteine, oder alle sind gesperrt.")
        raise UsageError(text.format(code=code))
    halves = _halves(ground, own, locked, name)
    first = _first(ground, own, halves.labels, locked)
    part = own[halves.labels != first]
    rest = own[halves.labels == first]
    return _described(ground, plan, area_id, code, name, rest, part, role, edits)


def _halves(ground: Ground, own: np.ndarray, locked: np.ndarray, name: str) -> Partition:
    """The first of several wishes that can be kept."""
    place = np.full(len(ground.ids), -1, dtype=np.int64)
    place[own] = np.arange(len(own))
    inner = (place[ground.edges] >= 0).all(axis=1)
    edges, lengths = place[ground.edges[inner]], ground.lengths[inner]
    separating = ground.barriers.separating[inner]
    extra = _joined(ground, own, place)
    people = ground.people[own]
    edges = np.vstack([edges, extra])
    lengths, separating = (np.concatenate([part, np.zeros(len(extra))]) for part in (lengths, separating))
    costs = border_costs(edges, lengths, people, COMPACTNESS, separating=separating, barriers=1.0)
    total = float(people.sum())
    similar = (SMALLER_HALF * total, (1 - SMALLER_HALF) * total)
    limits = (ground.low, ground.high)
    alone = (max(ground.low, float(RULE)), ground.high)
    wishes = [_both(alone, similar), _both(limits, similar), alone, limits, similar, (0.0, total)]
    for low, high in dict.fromkeys(wishes):
        try:
            return partition(
                edges, people, ground.values[own], areas=2, bounds=(low, high), edge_costs=costs, name=name,
                locks=np.where(locked, 0, -1), effort="standard" if len(own) <= LARGE else "draft",
                blocks=[ground.ids[block] for block in own.tolist()], centres=ground.centres[own],
            )  # fmt: skip
        except NoPlan:
            continue
    raise UsageError(_("{name}: Das Gebiet lässt sich nicht in zwei Teile zerlegen.").format(name=name))


def _both(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return max(one[0], other[0]), min(one[1], other[1])


def _joined(ground: Ground, own: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Connections that make one piece of an area that is in several: between the nearest centres of two pieces."""
    parts = pieces_of(ground, own)
    found = []
    for part in parts[1:]:
        distance = ((ground.centres[parts[0]][:, None] - ground.centres[part][None]) ** 2).sum(axis=2)
        one, other = np.unravel_index(int(distance.argmin()), distance.shape)
        found.append(sorted((int(place[parts[0][one]]), int(place[part[other]]))))
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def _first(ground: Ground, own: np.ndarray, labels: np.ndarray, locked: np.ndarray) -> int:
    """The half that keeps the key: the one with locked blocks, else the first in reading order."""
    if locked.any():
        return int(labels[locked][0])
    return int(reading_order(_middles(ground, [own[labels == half] for half in (0, 1)]))[0])


def _middles(ground: Ground, parts: list[np.ndarray]) -> np.ndarray:
    """Centres of the people of some parts, of the blocks where nobody lives."""
    weights = [ground.people[part] if ground.people[part].sum() else np.ones(len(part)) for part in parts]
    return np.vstack(
        [np.average(ground.centres[part], axis=0, weights=weight) for part, weight in zip(parts, weights, strict=True)]
    )


def _described(
    ground: Ground, plan: Plan, area_id: str, code: str, name: str, rest: np.ndarray, part: np.ndarray, role: str,
    edits: Iterable[Edit],
) -> Cut:  # fmt: skip
    """Keys, codes and names of both parts, as a step."""
    steps = tuple(edits)
    rows = area_rows(plan, ground.ags)
    used = {*(one for one, _name in rows.values()), *plan.parameters.get("retired_codes", ())}
    rest_code, part_code = split_codes(code, used)
    both = np.concatenate([rest, part])
    labels = np.repeat([0, 1], [len(rest), len(part)])
    unnamed = name in (_("Vorschlag {number}").format(number=code), _("Gebiet {code}").format(code=code))
    quarters = pd.Series(ground.quarters[both] if unnamed else name, index=range(len(both)))
    taken = {other for key, (_code, other) in rows.items() if key != area_id}
    names = short_names(
        labels, ground.people[both], quarters, _middles(ground, [rest, part]), [rest_code, part_code], taken=taken
    )
    people = (round(float(ground.people[rest].sum())), round(float(ground.people[part].sum())))
    edit = Edit(
        "split", area=area_id, into=next_area_id(plan, ground.ags, steps),
        blocks=tuple(ground.ids[block] for block in part.tolist()), code=part_code, name=names[1],
        rest_code=rest_code, rest_name=names[0], role=role,
    )  # fmt: skip
    text = _("Vorgeschlagener Schnitt: {rest} mit {first} und {part} mit {second} Einwohnern.")
    sentence = text.format(rest=rest_code, first=count(people[0]), part=part_code, second=count(people[1]))
    return Cut(edit, people, sentence)
