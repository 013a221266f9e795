"""Routes on which the engine helps: the best cut, better from here, what heals an area; and a warning."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from sozialraum.delineation import Plan
from sozialraum.plans import Draft, Ground
from sozialraum.plans.cutting import best_cut
from sozialraum.plans.disclosing import small_pieces
from sozialraum.plans.healing import heal
from sozialraum.plans.helping import Suggestion, improve
from sozialraum.web import editor_models as models
from sozialraum.web import editor_wishes as wishes
from sozialraum.web.editor_answers import edit_of, record
from sozialraum.web.editor_desk import board_of, desk_of, least_people, standing
from sozialraum.web.reading import Open
from sozialraum.web.session import Session

router = APIRouter(prefix="/api/editor/drafts/{draft_id}", tags=["editor"])
PUBLISHED = ("adopted", "superseded")


def at(session: Session, draft_id: str, seen: wishes.Seen) -> tuple[Draft, Ground, Plan]:
    """A draft, its ground, and the state that the page shows."""
    draft = session.project.draft(draft_id)
    return draft, board_of(session, draft.ags).ground, standing(session, draft, seen.state_id).plan


@router.post("/best-cut")
def cut(session: Open, draft_id: str, wish: wishes.ForArea) -> models.BestCut:
    """Where the engine would cut an area in two; the split as a step."""
    draft, ground, plan = at(session, draft_id, wish)
    found = best_cut(ground, plan, wish.area, role=draft.role, edits=draft.edits)
    return models.BestCut(
        blocks=list(found.edit.blocks), sentence=found.sentence, people=list(found.people), edit=record(found.edit)
    )


@router.post("/improve")
def better(session: Open, draft_id: str, wish: wishes.ForArea) -> models.Suggestions:
    """Better from here, around one area or everywhere."""
    draft, ground, plan = at(session, draft_id, wish)
    return suggestions(*improve(ground, plan, wish.area, role=draft.role))


@router.post("/heal")
def healed(session: Open, draft_id: str, wish: wishes.ForArea) -> models.Suggestions:
    """What would heal this area."""
    draft, ground, plan = at(session, draft_id, wish)
    return suggestions(*heal(ground, plan, wish.area, role=draft.role, edits=draft.edits))


def suggestions(found: Sequence[Suggestion], sentence: str) -> models.Suggestions:
    told = [
        models.Suggestion(edit=record(one.edit), gain=one.gain, people=one.people, sentence=one.sentence)
        for one in found
    ]
    return models.Suggestions(suggestions=told, sentence=sentence)


@router.post("/disclosure")
def disclosure(session: Open, draft_id: str, wish: wishes.MaybeEdit) -> models.Disclosure:
    """Few inhabitants between this state (or the one after a step) and published plans; never stands in the way."""
    _draft, ground, plan = at(session, draft_id, wish)
    if wish.edit is not None:
        plan = plan.apply(edit_of(wish.edit))
    return models.Disclosure(findings=list(small_pieces(ground, plan, published(session), least_people())))


def published(session: Session) -> list[Plan]:
    """Plans that were decided on, or for which a report was released."""
    project, desk = session.project, desk_of(session)
    table = project.plans()
    released = set(project.releases()["plan_id"])
    keys = [
        str(key)
        for key, status in zip(table["plan_id"], table["status"], strict=True)
        if status in PUBLISHED or key in released
    ]
    return [desk.plan(project, key) for key in keys]
