"""Answers of the editor made from drafts, plans and figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sozialraum.base import _
from sozialraum.delineation import Edit
from sozialraum.delineation.edit import Decision
from sozialraum.plans import Draft, Effect, StaleState, step_sentences
from sozialraum.plans.checks import hard_rules
from sozialraum.plans.effect import told_likeness
from sozialraum.plans.figures import AreaFigures
from sozialraum.web import editor_models as models
from sozialraum.web.editor_desk import Standing, board_of, desk_of, standing
from sozialraum.web.session import Session


def draft_info(session: Session, draft: Draft) -> models.DraftInfo:
    """A draft with what is known of the plan it rests on and of the decision on it."""
    copied = ("draft_id", "ags", "base", "title", "status", "position", "created", "role", "branch_of", "branch_at")
    plans = session.drawn(("editor-plans",), lambda: known_plans(session))
    title, status = plans.get(draft.base, ("", ""))
    decided = decision_on(session, draft)
    return models.DraftInfo(
        **{name: getattr(draft, name) for name in copied},
        steps=len(draft.edits), base_title=title, base_superseded=status == "superseded",
        body="" if decided is None else decided.body, decided_on="" if decided is None else decided.date,
    )  # fmt: skip


def known_plans(session: Session) -> dict[str, tuple[str, str]]:
    """plan_id -> title and status of every plan of the project."""
    rows = session.project.plans()
    return {str(row.plan_id): (str(row.title), str(row.status)) for row in rows.itertuples(index=False)}


def decision_on(session: Session, draft: Draft) -> Decision | None:
    """Who decided on an adopted draft and when."""
    if draft.status != "adopted" or not draft.adopted_as:
        return None
    return desk_of(session).plan(session.project, draft.adopted_as).decisions.get(draft.ags)


def draft_state(session: Session, draft: Draft) -> models.DraftState:
    """A draft as it stands now, with everything a page needs to begin."""
    now = standing(session, draft)
    keys = list(now.figures)
    place = {key: number for number, key in enumerate(keys)}
    return models.DraftState(assignment=[place[key] for key in now.areas.tolist()], **_shared(session, draft, now))


def draft_delta(session: Session, draft: Draft, before: Standing, effect: Effect | None) -> models.DraftDelta:
    """What changed from one state of a draft to its present one."""
    now = standing(session, draft)
    moved = np.flatnonzero(before.areas != now.areas)
    changed = [(int(position), str(now.areas[position])) for position in moved]
    told = None if effect is None else models.Effect.model_validate(effect.to_json())
    return models.DraftDelta(changed=changed, effect=told, **_shared(session, draft, now))


def _shared(session: Session, draft: Draft, now: Standing) -> dict[str, Any]:
    ground = board_of(session, draft.ags).ground
    return {
        "draft": draft_info(session, draft),
        "state_id": now.state_id,
        "areas": [area_row(found) for found in now.figures.values()],
        "locks": sorted(ground.positions(sorted(now.plan.locks)).tolist()),
        "steps": steps_of(session, draft),
        "used_ids": sorted({key for edit in draft.edits for key in (edit.area, edit.into)} - {""}),
        "allowed": allowed(session, draft, now),
    }


def area_row(found: AreaFigures) -> models.AreaRow:
    return models.AreaRow(
        area_id=found.area_id, code=found.code, name=found.name, blocks=found.blocks, people=found.people,
        word=found.word, likeness=told_likeness(found),
        compactness=round(found.compactness, 3), connected=found.connected, rule_1000=found.rule_1000,
    )  # fmt: skip


def steps_of(session: Session, draft: Draft) -> list[models.Step]:
    """All steps of a draft in words, also those taken back."""
    base = desk_of(session).base(session.project, draft)
    sentences = step_sentences(base, draft.edits)
    return [
        step(edit, number, sentence, undone=number > draft.position)
        for number, (edit, sentence) in enumerate(zip(draft.edits, sentences, strict=True), start=1)
    ]


def step(edit: Edit, number: int, sentence: str, *, undone: bool = False) -> models.Step:
    copied = {name: getattr(edit, name) for name in ("kind", "why", "role", "case", "person", "when", "public")}
    areas = [key for key in (edit.area, edit.into) if key]
    return models.Step(**copied, number=number, sentence=sentence, undone=undone, blocks=list(edit.blocks), areas=areas)


def allowed(session: Session, draft: Draft, now: Standing) -> models.Allowed:
    """Whether the draft can be submitted or adopted now, and which rules stand in the way of adopting."""
    ground = board_of(session, draft.ags).ground
    base = desk_of(session).base(session.project, draft)
    why = list(hard_rules(ground, now.plan, base, now.figures))
    status = draft.status
    if status not in ("in_revision", "submitted"):
        why.append(_("Die Fassung ist abgeschlossen."))
    return models.Allowed(submit=status == "in_revision", adopt=status == "submitted" and not why, why=why)


def stale_answer(session: Session, draft: Draft, stale: StaleState) -> models.Stale:
    """Both sides of a conflict. draft : as it stands now."""
    return models.Stale(
        headline=str(stale),
        findings=[],
        todo=_("Sehen Sie beide Änderungen an. Ihr Schritt lässt sich auf dem neuen Stand noch einmal ausführen."),
        conflict=models.Conflict(
            theirs=_told(session, draft, stale.theirs),
            taken_back=_told(session, draft, stale.undone),
            mine=None if stale.mine is None else record(stale.mine),
            state=draft_state(session, draft),
        ),
    )


def _told(session: Session, draft: Draft, edits: Sequence[Edit]) -> list[models.Step]:
    """Some steps of a draft with their numbers and sentences."""
    return [told for told, edit in zip(steps_of(session, draft), draft.edits, strict=True) if edit in edits]


def record(edit: Edit) -> models.EditRecord:
    return models.EditRecord.model_validate(edit.to_json())


def edit_of(given: models.EditRecord) -> Edit:
    """The edit a page sends. Raises UsageError as `Edit.from_json`; what the server fills in is not taken."""
    return Edit.from_json(given.model_dump() | {"when": "", "effect": {}})
