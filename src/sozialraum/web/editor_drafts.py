"""Routes of the editor for a draft: what a step would do, write it, take it back, submit, adopt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from sozialraum.base import UsageError, _
from sozialraum.delineation import Plan
from sozialraum.plans import Draft, Effect, StaleState, effect
from sozialraum.plans.drafts import refuse_stale
from sozialraum.web import editor_models as models
from sozialraum.web import editor_wishes as wishes
from sozialraum.web.editor_answers import draft_delta, draft_state, edit_of, stale_answer
from sozialraum.web.editor_desk import Standing, board_of, desk_of, following, standing
from sozialraum.web.reading import Open
from sozialraum.web.session import Session

router = APIRouter(prefix="/api/editor", tags=["editor"])
Written = TypeVar("Written")
STALE: dict[int | str, dict[str, Any]] = {409: {"model": models.Stale}}


class Conflicted(Exception):
    """Carries a conflict to its answer."""

    def __init__(self, answer: models.Stale) -> None:
        self.answer = answer
        super().__init__(answer.headline)


def conflict(request: object, error: Exception) -> JSONResponse:
    """409 with both changes."""
    if not isinstance(error, Conflicted):
        raise error
    return JSONResponse(error.answer.model_dump(), status_code=409)


def known(session: Session, draft_id: str) -> Draft:
    return session.project.draft(draft_id)


def writing(session: Session, draft_id: str, act: Callable[[], Written]) -> Written:
    """Do what writes a draft; when somebody else was first, tell both sides."""
    try:
        return act()
    except StaleState as stale:
        raise Conflicted(stale_answer(session, known(session, draft_id), stale)) from stale


@router.post("/{ags}/drafts")
def begin(session: Open, ags: str, wish: wishes.NewDraft) -> models.DraftState:
    """Begin a draft on a plan (by default the one in force), or branch one off another draft."""
    work, project = session.work, session.project
    if wish.branch_of:
        origin = known(session, wish.branch_of)
        if origin.ags != ags:
            raise UsageError(_("Diese Fassung gehört zu einer anderen Gemeinde."))
        at = origin.position if wish.branch_at is None else wish.branch_at
        draft = work.branch_draft(project, wish.branch_of, at, title=wish.title, role=wish.role.strip())
    else:
        draft = work.begin_draft(project, ags, base=wish.base or None, title=wish.title, role=wish.role.strip())
    return draft_state(session, draft)


@router.get("/drafts/{draft_id}")
def draft(session: Open, draft_id: str) -> models.DraftState:
    return draft_state(session, known(session, draft_id))


@router.post("/drafts/{draft_id}/preview")
def preview(session: Open, draft_id: str, wish: wishes.WithEdit) -> models.Effect:
    """What a step would do; nothing is written."""
    before = seen(session, draft_id, wish.state_id)
    edit = edit_of(wish.edit)
    found = measured(session, before, before.plan.apply(edit), wish.view)
    return models.Effect.model_validate(found.to_json())


def seen(session: Session, draft_id: str, state_id: str) -> Standing:
    """The state that a page shows, from what is at hand or from the project."""
    return desk_of(session).known(draft_id, state_id) or standing(session, known(session, draft_id), state_id)


def measured(session: Session, before: Standing, after: Plan, view: str = "workshop") -> Effect:
    """The effect of a step; figures from the values of blocks only in the internal view."""
    ground = board_of(session, ags_of(before)).ground
    return effect(ground, before.plan, after, workshop=None if view == "internal" else before.workshop)


def ags_of(found: Standing) -> str:
    """The municipality of a state: that of its areas on the desk."""
    rows = found.plan.areas
    return str(rows["municipality"][rows["area_id"] == next(iter(found.figures))].iloc[0])


@router.post("/drafts/{draft_id}/edits", responses=STALE)
def write(session: Open, draft_id: str, wish: wishes.WithEdit) -> models.DraftDelta:
    """Take a step over the state that was seen. 409 with both changes when the draft is in another one."""
    edit, done = edit_of(wish.edit), list[Effect]()

    def act() -> models.DraftDelta:
        refuse_stale(known(session, draft_id), wish.state_id, edit)
        before = seen(session, draft_id, wish.state_id)

        def measure(_before: Plan, after: Plan) -> Mapping[str, Any]:
            done.append(measured(session, before, after))
            return done[0].to_json()

        draft, plan = session.work.add_edit(
            session.project, draft_id, wish.state_id, edit, measure=measure, before=before.plan
        )
        following(session, draft, before, plan)
        return draft_delta(session, draft, before, done[0] if done else None)

    return writing(session, draft_id, act)


@router.post("/drafts/{draft_id}/undo", responses=STALE)
def undo(session: Open, draft_id: str, wish: wishes.Seen) -> models.DraftDelta:
    return moved(session, draft_id, wish.state_id, -1)


@router.post("/drafts/{draft_id}/redo", responses=STALE)
def redo(session: Open, draft_id: str, wish: wishes.Seen) -> models.DraftDelta:
    return moved(session, draft_id, wish.state_id, 1)


def moved(session: Session, draft_id: str, state_id: str, by: int) -> models.DraftDelta:
    """Take back (-1) or repeat (+1) a step; states at hand need not be made anew."""

    def act() -> models.DraftDelta:
        refuse_stale(known(session, draft_id), state_id)
        before = seen(session, draft_id, state_id)
        draft = session.project.move_position(draft_id, state_id, by)
        effect_of = measured(session, before, standing(session, draft).plan)
        return draft_delta(session, draft, before, effect_of)

    return writing(session, draft_id, act)


@router.post("/drafts/{draft_id}/steps/{number}", responses=STALE)
def change_step(session: Open, draft_id: str, number: int, wish: wishes.StepChange) -> models.DraftDelta:
    """Word the reason of a step anew, release it or withdraw that; the areas stay as they are."""

    def act() -> models.DraftDelta:
        refuse_stale(known(session, draft_id), wish.state_id)
        before, draft = seen(session, draft_id, wish.state_id), known(session, draft_id)
        if wish.why is not None:
            draft = session.project.write_reason(draft_id, number, wish.why.strip())
        if wish.public is not None:
            draft = session.project.publish_reason(draft_id, number, wish.public)
        return draft_delta(session, draft, before, None)

    return writing(session, draft_id, act)


@router.post("/drafts/{draft_id}/submit", responses=STALE)
def submit(session: Open, draft_id: str, wish: wishes.Submission) -> models.DraftState:
    """Submit a draft for decision; it takes no more steps."""
    role = wish.role.strip()
    found = writing(
        session, draft_id, lambda: session.work.submit_draft(session.project, draft_id, wish.state_id, role)
    )
    return draft_state(session, found)


@router.post("/drafts/{draft_id}/reopen", responses=STALE)
def reopen(session: Open, draft_id: str, wish: wishes.Closing) -> models.DraftState:
    """Take a submitted draft back into revision."""
    return turned(session, draft_id, wish, "in_revision")


def turned(session: Session, draft_id: str, wish: wishes.Closing, status: str) -> models.DraftState:
    """Put a draft aside or take it back, in the state that was seen and by somebody with a role."""
    role = wish.role.strip()
    if not role:
        raise UsageError(_("Geben Sie an, in welcher Rolle Sie arbeiten."))
    project = session.project
    found = writing(
        session,
        draft_id,
        lambda: project.set_draft_status(draft_id, status, state_id=wish.state_id, role=role),
    )
    return draft_state(session, found)


@router.post("/drafts/{draft_id}/adopt", responses=STALE)
def adopt(session: Open, draft_id: str, wish: wishes.Adoption) -> models.Adopted:
    """Record the decision: the draft becomes the plan in force, with fixed keys."""
    refuse_busy(session)
    plan = writing(
        session,
        draft_id,
        lambda: session.work.adopt_draft(
            session.project, draft_id, wish.state_id, wish.body, wish.decided_on, wish.role.strip()
        ),
    )
    session.forget()
    info = models.PlanInfo(plan_id=plan.plan_id, title=plan.title, status=plan.status)
    return models.Adopted(plan=info, draft=draft_state(session, known(session, draft_id)))


def refuse_busy(session: Session) -> None:
    """A decision changes the plan in force: not while something is computed from it."""
    running = session.jobs.running()
    if running is not None:
        raise UsageError(_("Es wird noch gerechnet: {title}. Danach geht es hier weiter.").format(title=running.title))


@router.post("/drafts/{draft_id}/close", responses=STALE)
def close(session: Open, draft_id: str, wish: wishes.Closing) -> models.DraftState:
    """Put a draft aside; it is kept."""
    return turned(session, draft_id, wish, "closed")
