"""One function per act of a revision: begin, change, take back, submit, decide, compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sozialraum import plans
from sozialraum.base import Finding, InputRefused, UsageError, _
from sozialraum.delineation import Decision, Edit, Plan, apply_edits, next_area_id
from sozialraum.plans import deciding, drafts
from sozialraum.plans.drafts import Draft
from sozialraum.project import Project
from sozialraum.workflow.holding import ended, held_plans, held_since, refuse_decisions, town_names
from sozialraum.workflow.main import current_plan, now
from sozialraum.workflow.versions import on_blocks_of

PROFILE = "profile"
# What a step does to the plan before and after it, as JSON.
Measure = Callable[[Plan, Plan], Mapping[str, Any]]


def begin_draft(
    project: Project, ags: str, *, base: str | None = None, title: str = "", role: str, when: str = ""
) -> Draft:
    """A new draft for a municipality on a plan, by default the current one; it is stored.

    Raises UsageError: no role, no such plan or municipality.
    """
    plan = _plan(project, base)
    number = len(project.drafts(ags)) + 1
    made = drafts.begin(
        plan, ags, title=title.strip() or _("Fassung {number}").format(number=number), role=role, when=when or now()
    )
    draft = _unlike(project, made)
    project.save_draft(draft)
    return draft


def branch_draft(project: Project, draft_id: str, at: int, *, title: str = "", role: str, when: str = "") -> Draft:
    """A draft of its own from the first `at` steps of another, which stays as it is."""
    origin = project.draft(draft_id)
    number = len(project.drafts(origin.ags)) + 1
    named = title.strip() or _("Fassung {number}").format(number=number)
    draft = _unlike(project, drafts.branch(origin, at, named, role, when or now()))
    project.save_draft(draft)
    return draft


def add_edit(
    project: Project,
    draft_id: str,
    state_id: str,
    edit: Edit,
    *,
    measure: Measure | None = None,
    before: Plan | None = None,
) -> tuple[Draft, Plan]:
    """Take one step; returns the draft and the plan it stands for now.

    Checks who and on which state, fills in when, the key of a new area and the effect, and writes it.
    measure : what the step does, by default measured from the project's blocks. before : the plan of that state, if
    at hand; that of the municipality alone is enough.
    Raises StaleState when the draft changed since `state_id` (nothing is written), UsageError for what cannot be.
    """
    draft = project.draft(draft_id)
    drafts.refuse_stale(draft, state_id, edit)
    _refuse_person(project, edit)
    if edit.kind == "adopt":
        raise UsageError(_("Beschlossen wird eine eingereichte Fassung, nicht ein einzelner Schritt."))
    before = state_of(project, draft) if before is None else before
    full = replace(edit, when=edit.when or now(), public=edit.public and bool(edit.why.strip()))
    if full.kind == "split" and not full.into:
        full = replace(full, into=next_area_id(before, draft.ags, draft.applied))
    drafts.add(draft, full)
    after = apply_edits(before, [full])
    done = (measure or _measure(project, draft.ags))(before, after)
    full = replace(full, effect=_without_profile(done))
    written = project.write_edit(draft_id, state_id, full)
    return written, replace(after, edits=(*before.edits, full))


def undo(project: Project, draft_id: str, state_id: str, steps: int = 1) -> tuple[Draft, Plan]:
    """Take back the last steps. Raises StaleState, UsageError."""
    draft = project.move_position(draft_id, state_id, -steps)
    return draft, state_of(project, draft)


def redo(project: Project, draft_id: str, state_id: str, steps: int = 1) -> tuple[Draft, Plan]:
    """Repeat steps that were taken back. Raises StaleState, UsageError."""
    draft = project.move_position(draft_id, state_id, steps)
    return draft, state_of(project, draft)


def submit_draft(project: Project, draft_id: str, state_id: str, role: str) -> Draft:
    """Submit a draft for decision; it takes no more steps. Raises StaleState, UsageError."""
    if not role.strip():
        raise UsageError(_("Geben Sie an, in welcher Rolle Sie einreichen."))
    draft = project.draft(draft_id)
    drafts.refuse_closed(draft)
    return project.set_draft_status(draft_id, "submitted", state_id=state_id, role=role)


def reopen_draft(project: Project, draft_id: str, role: str) -> Draft:
    """Take a submitted draft, or one that was put aside, back into revision."""
    return project.set_draft_status(draft_id, "in_revision", role=role)


def close_draft(project: Project, draft_id: str, role: str) -> Draft:
    """Put a draft aside; it is kept as it is."""
    return project.set_draft_status(draft_id, "closed", role=role)


def adopt_draft(
    project: Project, draft_id: str, state_id: str, body: str, decided_on: str, role: str, *, title: str = ""
) -> Plan:
    """Adopt a submitted draft: keys are fixed, the plan holds from `decided_on` and is frozen.

    The plan that held before is superseded. body : who decided. decided_on : ISO date. Raises InputRefused with all
    reasons where a rule is broken or something is missing, StaleState when the draft changed since `state_id`.
    """
    return adopt_drafts(project, {draft_id: (state_id, Decision(body.strip(), decided_on.strip()))}, role, title=title)


def adopt_drafts(
    project: Project, decided: Mapping[str, tuple[str, Decision]], role: str, *, title: str = "", when: str = ""
) -> Plan:
    """Adopt the drafts of several municipalities in one plan. decided : draft_id -> (state_id, decision)."""
    if not role.strip():
        raise UsageError(_("Geben Sie an, in welcher Rolle Sie den Beschluss eintragen."))
    ballots = []
    for draft_id, (state_id, decision) in decided.items():
        draft = project.draft(draft_id)
        drafts.refuse_stale(draft, state_id)
        if draft.status == "adopted":
            drafts.refuse_closed(draft)
        ballots.append(deciding.Ballot(draft, _plan(project, draft.base), decision, role))
    if len({ballot.draft.ags for ballot in ballots}) < len(ballots):
        raise UsageError(_("Je Gemeinde lässt sich eine Fassung beschließen."))
    current = current_plan(project)
    findings = objections(project, ballots, current)
    if findings:
        headline = _("Die Fassung kann so nicht beschlossen werden.")
        raise InputRefused(headline, findings, _("Es wurde nichts beschlossen; die Fassung bleibt erhalten."))
    plan, former = deciding.adopt(
        ballots, current, used=project.used_keys(), meaning=project.decided_areas(), when=when or now(), title=title,
        not_before=held_since(held_plans(project)),
    )  # fmt: skip
    project.adopt_plan(plan, former=former, drafts={key: state for key, (state, _made) in decided.items()}, role=role)
    return plan


def objections(project: Project, ballots: Sequence[deciding.Ballot], current: Plan) -> list[Finding]:
    """Everything that stands against adopting the drafts; [] when nothing does."""
    municipalities = project.municipalities()
    decisions = {ballot.draft.ags: ballot.decision for ballot in ballots}
    return [
        *ended(project, current),
        *deciding.too_early(decisions, held_plans(project), town_names(project)),
        *[
            finding
            for ballot in ballots
            for finding in deciding.objections(ballot, current, project.blocks_of(ballot.base), municipalities)
        ],
    ]


def decide_plan(project: Project, decisions: Mapping[str, Decision], role: str, plan_id: str | None = None) -> Plan:
    """Record that municipalities adopted a proposal as it is: AGS -> who and when. Raises UsageError, InputRefused."""
    if not role.strip():
        raise UsageError(_("Geben Sie an, in welcher Rolle Sie den Beschluss eintragen."))
    plan = _plan(project, plan_id)
    held = [one for one in held_plans(project) if one.plan_id != plan.plan_id]
    refuse_decisions(project, decisions, held)
    plan = deciding.decide(plan, decisions, not_before=held_since(held))
    project.adopt_plan(plan, role=role)
    return plan


def compare_plans(project: Project, old_id: str, new_id: str) -> plans.Comparison:
    """Two plans or drafts side by side; a draft counts with its present state. Reasons only where released."""
    old, new = plan_or_draft(project, old_id), plan_or_draft(project, new_id)
    return plans.compare(
        on_blocks_of(project, old, new),
        new,
        project.blocks_of(new),
        project.municipalities(),
        project.lines(),
        edits=edits_between(project, old, new),
    )


def plan_or_draft(project: Project, key: str) -> Plan:
    """A plan by its key, or the present state of a draft. Raises UsageError when there is neither."""
    if key in set(project.plans()["plan_id"]):
        return _plan(project, key)
    if key in {draft.draft_id for draft in project.drafts()}:
        return state_of(project, project.draft(key))
    raise UsageError(_("„{key}“ ist weder ein Planstand noch eine Fassung dieses Projekts.").format(key=key))


def state_of(project: Project, draft: Draft) -> Plan:
    """The plan a draft stands for now."""
    return drafts.state(draft, _plan(project, draft.base))


def edits_between(project: Project, old: Plan, new: Plan) -> tuple[Edit, ...]:
    """The recorded steps from one plan to another along its parents; those of `new` alone where it does not descend."""
    chain, plan = list(new.edits), new
    known = set(project.plans()["plan_id"])
    while plan.parent in known and plan.parent != old.plan_id:
        plan = _plan(project, plan.parent)
        chain = [*plan.edits, *chain]
    return tuple(chain) if plan.parent == old.plan_id else new.edits


def _plan(project: Project, plan_id: str | None) -> Plan:
    return current_plan(project) if plan_id is None else project.plan(plan_id) or current_plan(project)


def _unlike(project: Project, draft: Draft) -> Draft:
    """The draft with a key nobody has: two begun in the same second by the same role are two."""
    taken = {known.draft_id for known in project.drafts()}
    key, number = draft.draft_id, 2
    while key in taken:
        key, number = f"{draft.draft_id}-{number}", number + 1
    return replace(draft, draft_id=key)


def _refuse_person(project: Project, edit: Edit) -> None:
    if edit.person and not project.settings.get("names_allowed", False):
        raise UsageError(
            _("In diesem Projekt werden keine Namen festgehalten. Geben Sie Rolle und Aktenzeichen an.")
        )  # fmt: skip


def _measure(project: Project, ags: str) -> Measure:
    """The effect of a step, measured from the blocks of the municipality."""

    def measure(before: Plan, after: Plan) -> Mapping[str, Any]:
        from sozialraum.plans.effect import effect
        from sozialraum.plans.ground import make_ground

        municipalities = project.municipalities().set_index("ags", drop=False)
        ground = make_ground(project.blocks_of(before), municipalities.loc[ags], project.lines())
        return effect(ground, before, after).to_json()

    return measure


def _without_profile(effect: Mapping[str, Any]) -> dict[str, Any]:
    """An effect as it is kept: averages of few inhabitants belong on the screen of one desk, not into the record."""
    areas = [{name: value for name, value in area.items() if name != PROFILE} for area in effect.get("areas", ())]
    return {**effect, "areas": areas} if areas else dict(effect)
