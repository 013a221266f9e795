"""Which neighbour an area with fewer than 1,000 inhabitants could be delivered with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sozialraum.base import _, code_key
from sozialraum.base.numbers import count
from sozialraum.delineation.town_plan import RULE
from sozialraum.plans.figures import AreaFigures, figures
from sozialraum.plans.ground import Ground


@dataclass(frozen=True)
class DeliveryGroup:
    """Two areas that would be delivered together. people : inhabitants of both."""

    area_id: str
    with_id: str
    people: int
    sentence: str


def delivery_groups(
    ground: Ground, areas: np.ndarray, rows: Mapping[str, tuple[str, str]], small: Sequence[str]
) -> tuple[DeliveryGroup, ...]:
    """A proposed group for each of the small areas: with its most similar neighbour.

    The neighbour with whom 1,000 inhabitants are reached comes first, then the more similar one, then the smaller code;
    the street grid proposes by the same rule. None where an area has no neighbour.
    """
    groups = []
    for area in small:
        beside = neighbours_of(ground, areas, area)
        found = figures(ground, areas, rows, [area, *beside])
        if area not in found or len(found) < 2:
            continue
        own = found.pop(area)
        best = min(
            found.values(),
            key=lambda other: (
                own.people + other.people < RULE,
                unlikeness(ground, own, other),
                code_key(other.code),
            ),
        )
        people = own.people + best.people
        text = _(
            "Vorschlag: {code} mit {other} gemeinsam beliefern (ähnlichster Nachbar, zusammen {people} Einwohner)."
        )
        sentence = text.format(code=own.code, other=best.code, people=count(people))
        groups.append(DeliveryGroup(area, best.area_id, people, sentence))
    return tuple(groups)


def unlikeness(ground: Ground, one: AreaFigures, other: AreaFigures) -> float:
    """Mean squared difference of the averages that both areas have, in spreads of the region; infinite without any."""
    squares = ((one.means - other.means) / ground.scale) ** 2
    known = squares[np.isfinite(squares)]
    return round(float(known.mean()), 9) if len(known) else float("inf")


def neighbours_of(ground: Ground, areas: np.ndarray, area: str) -> list[str]:
    """Areas with a common border or a bridge, in the order of their ids."""
    one, other = areas[ground.edges[:, 0]], areas[ground.edges[:, 1]]
    inside, outside = one == area, other == area
    return sorted({*other[inside & ~outside], *one[outside & ~inside]} - {""})
