"""A draft (Fassung): a base plan and a list of steps with a position; undo and redo move the position."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sozialraum.base import UsageError, _
from sozialraum.delineation import Edit, Plan, apply_edits, begin_revision, municipality_of_key

DRAFT_STATUSES = ("in_revision", "submitted", "adopted", "closed")


@dataclass(frozen=True, slots=True)
class Draft:
    """One revision of the areas of one municipality.

    base : plan_id. status : one of DRAFT_STATUSES. edits : all steps, also those taken back.
    position : how many of them are applied. created : ISO date-time text. role : who began it.
    branch_of, branch_at : the draft it branched from and after how many steps, or '' and 0.
    adopted_as : plan_id of the plan it became, or ''.
    """

    draft_id: str
    ags: str
    base: str
    title: str
    status: str = "in_revision"
    edits: tuple[Edit, ...] = ()
    position: int = 0
    created: str = ""
    role: str = ""
    branch_of: str = ""
    branch_at: int = 0
    adopted_as: str = ""

    @property
    def applied(self) -> tuple[Edit, ...]:
        """The steps that make the present state."""
        return self.edits[: self.position]


class StaleState(UsageError):
    """Somebody else changed the draft in the meantime; nothing was written.

    theirs : steps that came since the state the writer saw. undone : steps of that state that were taken back.
    mine : the step that could not be written, or None.
    """

    def __init__(self, theirs: Sequence[Edit], mine: Edit | None = None, undone: Sequence[Edit] = ()) -> None:
        self.theirs, self.mine, self.undone = tuple(theirs), mine, tuple(undone)
        super().__init__(
            _(
                "Die Fassung wurde inzwischen an anderer Stelle geändert. "
                "Ihr Schritt wurde nicht geschrieben; sehen Sie beide Änderungen an und entscheiden Sie."
            )
        )


def begin(base: Plan, ags: str, *, title: str, role: str, when: str) -> Draft:
    """A draft without steps on a plan. Raises UsageError: no role, or the plan has no such municipality."""
    if not role.strip():
        raise UsageError(_("Geben Sie an, in welcher Rolle Sie den Plan ändern."))
    if ags not in set(base.areas["municipality"]):
        raise UsageError(_("Die Gemeinde „{ags}“ kommt in diesem Plan nicht vor.").format(ags=ags))
    return Draft(_draft_id(base.plan_id, ags, title, role, when), ags, base.plan_id, title, created=when, role=role)


def branch(draft: Draft, at: int, title: str, role: str, when: str) -> Draft:
    """Another draft that shares the first `at` applied steps; the first draft stays as it is."""
    if not 0 <= at <= draft.position:
        raise UsageError(_("Diesen Stand der Fassung gibt es nicht."))
    if not role.strip():
        raise UsageError(_("Geben Sie an, in welcher Rolle Sie den Plan ändern."))
    key = _draft_id(draft.draft_id, str(at), title, role, when)
    return Draft(
        key, draft.ags, draft.base, title, edits=draft.edits[:at], position=at,
        created=when, role=role, branch_of=draft.draft_id, branch_at=at,
    )  # fmt: skip


def state(draft: Draft, base: Plan) -> Plan:
    """The plan the draft stands for now: the applied steps over the base.

    Its status is that of the draft. Raises UsageError where a step cannot be applied.
    """
    if base.plan_id != draft.base:
        raise ValueError(f"draft '{draft.draft_id}' rests on plan '{draft.base}', not '{base.plan_id}'")
    plan = apply_edits(begin_revision(base, draft.ags, draft.created, draft.title), draft.applied)
    return plan if draft.status in ("in_revision", "closed") else replace(plan, status=draft.status)


def state_id(draft: Draft) -> str:
    """The check number of base and applied steps: two drafts with the same are in the same state."""
    return state_ids(draft)[draft.position]


def state_ids(draft: Draft) -> list[str]:
    """The check number after 0, 1, 2, ... steps, also of those that were taken back."""
    found = [_check_number(f"{draft.base}/{draft.ags}")]
    for edit in draft.edits:
        found.append(_check_number(found[-1] + json.dumps(edit.core(), sort_keys=True, ensure_ascii=False)))
    return found


def add(draft: Draft, edit: Edit) -> Draft:
    """The draft with one more step; steps taken back before are gone. Raises UsageError when it is not open."""
    refuse_closed(draft)
    if edit.area and municipality_of_key(edit.area) != draft.ags:
        raise UsageError(_("Diese Fassung gilt für eine Gemeinde; das Gebiet liegt in einer anderen."))
    return replace(draft, edits=(*draft.applied, edit), position=draft.position + 1)


def undo(draft: Draft, steps: int = 1) -> Draft:
    """The draft with its last steps taken back; they stay for redo."""
    return move_position(draft, -steps)


def redo(draft: Draft, steps: int = 1) -> Draft:
    """The draft with steps applied again that were taken back."""
    return move_position(draft, steps)


def move_position(draft: Draft, by: int) -> Draft:
    """Undo (by < 0) or redo (by > 0). Raises UsageError where there is nothing more to take back or repeat."""
    refuse_closed(draft)
    position = draft.position + by
    if position < 0:
        raise UsageError(_("Es gibt keinen Schritt mehr, der sich zurücknehmen lässt."))
    if position > len(draft.edits):
        raise UsageError(_("Es gibt keinen Schritt mehr, der sich wiederholen lässt."))
    return replace(draft, position=position)


def refuse_closed(draft: Draft) -> None:
    """Raise UsageError when the draft takes no more steps."""
    if draft.status == "in_revision":
        return
    texts = {
        "submitted": _("Die Fassung „{title}“ ist zum Beschluss eingereicht und wird nicht mehr geändert."),
        "adopted": _("Die Fassung „{title}“ ist beschlossen. Beginnen Sie für Änderungen eine neue."),
        "closed": _("Die Fassung „{title}“ ist abgelegt. Beginnen Sie für Änderungen eine neue."),
    }
    raise UsageError(texts[draft.status].format(title=draft.title))


def refuse_stale(draft: Draft, seen: str, mine: Edit | None = None) -> None:
    """Raise StaleState unless `seen` is the state the draft is in."""
    ids = state_ids(draft)
    if ids[draft.position] == seen:
        return
    places = [place for place, known in enumerate(ids) if known == seen]
    # A state that is no longer among the steps: the writer sees everything that stands now.
    place = places[-1] if places else 0
    raise StaleState(draft.edits[place : draft.position], mine, draft.edits[draft.position : place])


def new_since(draft: Draft, seen: str) -> tuple[Edit, ...]:
    """The applied steps since a state; all of them when the state is not known."""
    ids = state_ids(draft)
    return draft.edits[ids.index(seen) if seen in ids else 0 : draft.position]


def provisional_keys(drafts: Iterable[Draft]) -> set[str]:
    """All area keys that steps of drafts name, applied or taken back."""
    return {key for draft in drafts for edit in draft.edits for key in (edit.area, edit.into)} - {""}


def _draft_id(*parts: str) -> str:
    return "d" + _check_number("\n".join(parts))


def _check_number(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
