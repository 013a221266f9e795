"""Which neighbour an area with fewer than 1,000 inhabitants could be delivered with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sozialraum.base import _, code_key
from sozialraum.base.numbers import count
from sozialraum.delineation.town_plan import RULE
from sozialraum.plans.figures import figures
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

    The neighbour with whom 1,000 inhabitants are reached comes first, then the more similar one (distance of the
    averages of the standardised attributes), then the smaller code. None where an area has no neighbour.
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
                round(float(((other.centre - own.centre) ** 2).sum()), 9),
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


def neighbours_of(ground: Ground, areas: np.ndarray, area: str) -> list[str]:
    """Areas with a common border or a bridge, in the order of their ids."""
    one, other = areas[ground.edges[:, 0]], areas[ground.edges[:, 1]]
    inside, outside = one == area, other == area
    return sorted({*other[inside & ~outside], *one[outside & ~inside]} - {""})
