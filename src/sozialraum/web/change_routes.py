"""Route of "Warum hat sich der Wert verändert?"."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from sozialraum.base import current_language
from sozialraum.web.reading import Open

router = APIRouter(prefix="/api")


@router.get("/change")
def change(session: Open, indicator: str, unit: str, period: str = "") -> dict[str, Any]:
    """Why a value changed since the edition before; period : the later edition, '' = the latest.

    Numbers as they are printed; nothing of what is hidden. 409 where there are no two editions.
    """
    key = ("change", indicator, unit, period, session.project.last_change_of_results(), current_language())
    answer: dict[str, Any] = session.drawn(
        key, lambda: session.work.why_changed(session.project, indicator, unit, after=period).as_record()
    )
    return answer
