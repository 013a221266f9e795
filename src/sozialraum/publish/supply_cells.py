"""Cells, columns and notes of supply tables."""

from __future__ import annotations

import math
from typing import Any

from sozialraum.base import _
from sozialraum.base.numbers import day, decimal
from sozialraum.publish.cells import (
    Cell,
    count_cell,
    mark_cell,
    number_cell,
    signed_count_cell,
)
from sozialraum.publish.content import SupplyWords
from sozialraum.publish.document import Column
from sozialraum.publish.facts import REGION, Area, Facts
from sozialraum.publish.words import BLOCKED, MARK_OF_STATUS, NOT_DELIVERED


def has_ends(low: float, high: float, status: str) -> bool:
    """True when a value is printed as a number or as two ends."""
    return status not in MARK_OF_STATUS and math.isfinite(low) and math.isfinite(high)


def exact(low: float, high: float, status: str) -> bool:
    """True when a value is printed as one number."""
    return has_ends(low, high, status) and round(low, 4) == round(high, 4)


def supply_columns(words: SupplyWords, *, first: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns of every supply table; without a target none of missing or free places."""
    gap = Column(_("fehlende (−) oder freie (+) Plätze"), "right", 2.0)
    return (
        *first,
        Column(words.group, "right", 1.4),
        Column(_("Plätze"), "right", 0 if math.isfinite(words.target) else 1.4),
        Column(words.unit, "right", 1.5),
        *((gap,) if math.isfinite(words.target) else ()),
    )


def supply_cells(row: Any | None, words: SupplyWords | None = None) -> tuple[Cell, ...]:
    """Children, places, coverage per 100 and, when there is a target, places missing (−) or free (+)."""
    return _four_cells(row)[: 3 if words is not None and not math.isfinite(words.target) else 4]


def _four_cells(row: Any | None) -> tuple[Cell, ...]:
    if row is None:
        return (mark_cell(NOT_DELIVERED),) * 4
    coverage = number_cell(row.coverage_low, row.coverage_high, row.status, "rate", 0, 100)
    gap = signed_count_cell(-row.gap_high, -row.gap_low, row.status)
    children = part_cell(row.children_low, row.children_high, row.status)
    return (children, part_cell(row.places_low, row.places_high, row.status), coverage, gap)


def part_cell(low: float, high: float, status: str) -> Cell:
    """One of the two counts behind a coverage: shown when exact or rounded by its holder, else the row's mark."""
    if status not in MARK_OF_STATUS and math.isfinite(low) and math.isfinite(high) and low < high:
        return number_cell(low, high, "rounded", "count", 0)
    if math.isfinite(low) and low == high:
        return count_cell(low, high, status if status in ("uncertain", "estimated") else "observed")
    return mark_cell(MARK_OF_STATUS.get(status, BLOCKED))


def supply_notes(facts: Facts, words: SupplyWords) -> list[str]:
    """Target and date under the supply tables."""
    notes = [words.note] if words.note else []
    if math.isfinite(words.target):
        notes.append(_("Zielwert {target} {unit}").format(target=decimal(words.target * 100, 0), unit=words.unit))
    region = facts.supply_of(REGION, REGION)
    if str(getattr(region, "target_source", "") or ""):
        dated = day(str(region.target_date)) if str(region.target_date or "") else ""  # type: ignore[union-attr]
        notes.append(", ".join(part for part in (str(region.target_source), dated) if part))  # type: ignore[union-attr]
    if not words.note:
        notes.append(_("Stichtag {day}").format(day=day(facts.content.edition)))
    if facts.content.notice:
        notes.append(facts.content.notice)
    return notes


def units_of(area: Area) -> tuple[tuple[str, str], ...]:
    """The area, its municipality and the region as (level, unit)."""
    return (("area", area.id), ("municipality", area.town), (REGION, REGION))
