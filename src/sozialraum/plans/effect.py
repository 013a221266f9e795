"""What a step does: the areas it touches before and after, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from sozialraum.delineation import Plan
from sozialraum.plans.checks import Check, checks_of
from sozialraum.plans.figures import AreaFigures, Word, area_rows, figures
from sozialraum.plans.ground import Ground
from sozialraum.plans.partners import DeliveryGroup, delivery_groups
from sozialraum.plans.titles import attribute_title, family_title
from sozialraum.plans.workshop import LEAST_BLOCKS, Workshop


@dataclass(frozen=True)
class ProfileRow:
    """An attribute: average of the inhabitants of an area before and after, and of the municipality.

    None where the area does not exist, nothing is known, or in the workshop where too little stands behind it.
    """

    key: str
    title: str
    family: str
    before: float | None
    after: float | None
    town: float | None


@dataclass(frozen=True)
class AreaEffect:
    """One touched area; before or after is None where it does not exist. Figures as in `AreaFigures`.

    connected, rule_1000, barriers : afterwards.
    """

    area_id: str
    code: str
    name: str
    blocks_before: int
    blocks_after: int
    people_before: int | None
    people_after: int | None
    word_before: Word | None
    word_after: Word | None
    likeness_before: float | None
    likeness_after: float | None
    compactness_before: float | None
    compactness_after: float | None
    barriers: tuple[str, ...]
    connected: bool
    rule_1000: bool
    profile: tuple[ProfileRow, ...]


@dataclass(frozen=True)
class Effect:
    """What a step does. areas : touched, in reading order. groups : proposed for areas below 1,000 inhabitants.

    hard : a rule is broken that stands in the way of adopting. persons_moved : inhabitants whose area_id changes.
    """

    areas: tuple[AreaEffect, ...]
    checks: tuple[Check, ...]
    groups: tuple[DeliveryGroup, ...]
    hard: bool
    blocks_moved: int
    persons_moved: int

    def to_json(self) -> dict[str, Any]:
        """The effect as a plain object: field names as keys, tuples as lists."""
        return _lists(asdict(self))


def effect(ground: Ground, before: Plan, after: Plan, *, workshop: Workshop | None = None) -> Effect:
    """What changes from one state of a plan to another, for the touched areas of the ground's municipality.

    Touched is an area with another set of blocks, another code or name. Only these are measured, each from its own
    blocks, so the figures are the same as when all areas are measured. The plans stay as they are.
    workshop : profile and likeness as a workshop may see them; None = from the values of the blocks.
    """
    old_rows, new_rows = area_rows(before, ground.ags), area_rows(after, ground.ags)
    old, new = ground.areas_of(before), ground.areas_of(after)
    moved = np.flatnonzero(old != new)
    touched = {*old[moved], *new[moved]} - {""}
    touched |= {area for area in {*old_rows, *new_rows} if old_rows.get(area) != new_rows.get(area)}
    seen = ground if workshop is None else workshop.ground
    was = figures(seen, old, old_rows, touched)
    now = figures(seen, new, new_rows, touched)
    groups = delivery_groups(ground, new, new_rows, [area for area in now if not now[area].rule_1000])
    checks = checks_of(ground, old, new, was, now, groups)
    order = [
        *(area for area in new_rows if area in now),
        *(area for area in old_rows if area in was and area not in now),
    ]
    return Effect(
        areas=tuple(_area(seen, was.get(area), now.get(area), workshop) for area in order),
        checks=checks,
        groups=groups,
        hard=any(check.severity == "error" for check in checks),
        blocks_moved=len(moved),
        persons_moved=round(float(ground.people[moved].sum())),
    )


def _area(ground: Ground, was: AreaFigures | None, now: AreaFigures | None, workshop: Workshop | None) -> AreaEffect:
    shown = now or was
    if shown is None:
        raise ValueError("an area neither before nor after")
    likeness = told_likeness if workshop else _likeness
    return AreaEffect(
        area_id=shown.area_id, code=shown.code, name=shown.name,
        blocks_before=was.blocks if was else 0, blocks_after=now.blocks if now else 0,
        people_before=was.people if was else None, people_after=now.people if now else None,
        word_before=was.word if was else None, word_after=now.word if now else None,
        likeness_before=likeness(was), likeness_after=likeness(now),
        compactness_before=_rounded(was.compactness, 3) if was else None,
        compactness_after=_rounded(now.compactness, 3) if now else None,
        barriers=now.barriers if now else (),
        connected=now.connected if now else True, rule_1000=now.rule_1000 if now else True,
        profile=profile(ground, was, now, workshop),
    )  # fmt: skip


def told_likeness(one: AreaFigures | None) -> float | None:
    """Likeness as a workshop may see it: whole, and only of an area with three inhabited blocks or more."""
    return None if one is None or one.inhabited < LEAST_BLOCKS else _rounded(one.likeness, 0)


def _likeness(one: AreaFigures | None) -> float | None:
    return None if one is None else _rounded(one.likeness, 1)


def profile(
    ground: Ground, was: AreaFigures | None, now: AreaFigures | None, workshop: Workshop | None
) -> tuple[ProfileRow, ...]:
    """The attributes of an area before and after, beside the municipality; in the workshop to one decimal place."""
    rows, places = [], 3 if workshop is None else 1
    for column, key in enumerate(ground.attributes):
        values = [_average(one, column, workshop, places) for one in (was, now)]
        town = _rounded(float(ground.averages[column]), places)
        rows.append(ProfileRow(key, attribute_title(key), family_title(key), values[0], values[1], town))
    return tuple(rows)


def _average(one: AreaFigures | None, column: int, workshop: Workshop | None, places: int) -> float | None:
    if one is None or one.known_people[column] < 1:
        return None
    if workshop is not None and (
        one.known_blocks[column] < LEAST_BLOCKS or one.known_people[column] < workshop.base[column]
    ):
        return None
    return _rounded(float(one.means[column]), places)


def _rounded(number: float | None, places: int) -> float | None:
    return None if number is None or not np.isfinite(number) else round(number, places) + 0.0


def _lists(content: Any) -> Any:
    """Tuples as lists, all the way down."""
    if isinstance(content, Mapping):
        return {key: _lists(value) for key, value in content.items()}
    return [_lists(value) for value in content] if isinstance(content, list | tuple) else content
