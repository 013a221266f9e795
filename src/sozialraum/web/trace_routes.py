"""Routes of "Woher kommt diese Zahl?", of notes on withdrawn deliveries, and of the base population."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from sozialraum.base import _, current_language
from sozialraum.web.plain_model import PlainModel
from sozialraum.web.proposals import refuse_while_busy
from sozialraum.web.reading import Open

router = APIRouter(prefix="/api")


class Base(PlainModel):
    edition: str
    base: str
    role: str = ""


@router.get("/trace")
def trace(
    session: Open, kind: str, unit: str, name: str = "", period: str = "", internal: bool = False, every: bool = False
) -> dict[str, Any]:
    """The chain behind one figure. internal : with the numbers of parts and what is hidden; every : all places."""
    limit: dict[str, Any] = {"limit": None} if every else {}
    found = session.work.trace(session.project, kind, name, unit, period, internal=internal, **limit)
    answer: dict[str, Any] = found.as_record()
    return answer


@router.get("/trace/withdrawn")
def withdrawn(session: Open) -> list[dict[str, Any]]:
    """What pages have to say of withdrawn deliveries that present results rest on."""
    return [
        {"delivery_id": note.delivery_id, "sentence": note.sentence, "why": note.why, "pages": list(note.pages)}
        for note in session.work.withdrawn_notes(session.project)
    ]


@router.get("/base-population")
def base_population(session: Open) -> dict[str, Any]:
    """Numbers of inhabitants from all sources side by side, and which base each edition counts by."""
    key = ("base_population", session.project.last_change_of_results(), current_language())
    answer: dict[str, Any] = session.drawn(
        key, lambda: session.work.populations_side_by_side(session.project).as_record()
    )
    return answer


@router.post("/base-population")
def choose_base(session: Open, wish: Base) -> dict[str, Any]:
    """Choose the base population of an edition; results are old until they are computed again."""
    refuse_while_busy(session)
    role = wish.role.strip() or _("Planung")
    session.work.choose_base_population(session.project, wish.edition, wish.base, role=role)
    session.forget()
    return base_population(session)
