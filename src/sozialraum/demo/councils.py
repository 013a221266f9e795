"""Who decided on the areas of the invented Kreis and when, and how one town regroups its areas for its own talks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from sozialraum.base import _
from sozialraum.demo.region import MEMBERS

# The councils meet in February, the two towns whose experts asked for a change again in March.
FIRST_SITTINGS = ("2026-02-03", "2026-02-05", "2026-02-10", "2026-02-12", "2026-02-17")
SECOND_SITTINGS = ("2026-03-26", "2026-03-31")
TALKS = 10  # groups into which the town with its own plan sorts its areas


def council(ags: str) -> str:
    """'Rat der Stadt Hallenfeld', 'Rat der Gemeinde Buchensief'."""
    member = next(one for one in MEMBERS if one.ags == ags)
    text = _("Rat der Gemeinde {name}") if member.kind == "rural" else _("Rat der Stadt {name}")
    return text.format(name=member.name)


def first_decisions(towns: Iterable[str]) -> dict[str, tuple[str, str]]:
    """AGS -> council and ISO date for the first plan."""
    return {ags: (council(ags), FIRST_SITTINGS[place % len(FIRST_SITTINGS)]) for place, ags in enumerate(sorted(towns))}


def second_decisions(towns: Iterable[str]) -> dict[str, tuple[str, str]]:
    """AGS -> council and ISO date for the towns that changed their areas."""
    return {
        ags: (council(ags), SECOND_SITTINGS[place % len(SECOND_SITTINGS)]) for place, ags in enumerate(sorted(towns))
    }


def groups_for_talks(population: pd.Series, near: Mapping[str, set[str]], groups: int = TALKS) -> dict[str, str]:
    """area_id -> group: the smallest group joins its smallest neighbour until there are as many as wished.

    population : inhabitants by area_id. near : area_id -> neighbouring area_ids.
    """
    members = {area: {area} for area in sorted(population.index)}
    while len(members) > groups:
        size = {key: sum(int(population[area]) for area in own) for key, own in members.items()}
        for key in sorted(members, key=lambda one: (size[one], one)):
            beside = {
                other for other, own in members.items() if other != key and any(near[a] & own for a in members[key])
            }
            if beside:
                taker = min(beside, key=lambda one: (size[one], one))
                members[taker] |= members.pop(key)
                break
        else:
            break
    order = sorted(members.values(), key=min)
    return {area: f"G{number}" for number, own in enumerate(order, start=1) for area in sorted(own)}
