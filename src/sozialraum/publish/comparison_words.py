"""Words and columns that the pages of a comparison share."""

from __future__ import annotations

from typing import Any

from sozialraum.base import _
from sozialraum.base.numbers import EN_DASH, decimal
from sozialraum.publish.work_map_content import PlanText


def plan_line(plan: PlanText) -> str:
    """'Beschlossener Plan, beschlossen (Rat der Stadt, 12.03.2026), gültig ab …'."""
    state = f"{plan.status} ({plan.decided})" if plan.decided else plan.status
    return ", ".join(dict.fromkeys(word for word in (plan.title, state, plan.day) if word))


def likeness_text(before: float | None, after: float | None) -> str:
    """'61,2 → 64,0 von 100'; a dash where nothing is known."""
    known = [EN_DASH if value is None else decimal(value, 1) for value in (before, after)]
    return _("{before} → {after} von 100").format(before=known[0], after=known[1])


def columns(*titles: tuple[str, str, float]) -> list[dict[str, Any]]:
    """Columns of a table: title, align, width."""
    return [{"title": title, "align": align, "width": width} for title, align, width in titles]


def area_text(code: str, name: str) -> str:
    """'3a Altstadt'; a dash for an area that does not exist on this side."""
    return f"{code} {name}".strip() or EN_DASH
