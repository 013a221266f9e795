"""What was decided and changed on plans, as lines a planner reads."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sozialraum import plans
from sozialraum.base import _
from sozialraum.base.numbers import EN_DASH, count, counted, day, decimal
from sozialraum.delineation import Edit, Plan
from sozialraum.plans import Comparison, TownComparison
from sozialraum.project import Project

STATUS_WORDS = ("proposal", "in_revision", "submitted", "adopted", "superseded", "closed")


def status_word(status: str) -> str:
    """The status of a plan or draft in words."""
    words = {
        "proposal": _("Vorschlag"),
        "in_revision": _("in Bearbeitung"),
        "submitted": _("eingereicht"),
        "adopted": _("beschlossen"),
        "superseded": _("abgelöst"),
        "closed": _("abgelegt"),
    }
    return words[status]


def plan_log(project: Project, key: str | None = None) -> list[str]:
    """The history of all plans and drafts, or of one: steps with reasons and who decided; for the planner's desk."""
    lines: list[str] = []
    overview = project.plans()
    drafts = project.drafts()
    if key is not None:
        from sozialraum.workflow.revising import plan_or_draft

        plan_or_draft(project, key)  # says when there is neither
        overview, drafts = overview[overview["plan_id"] == key], [one for one in drafts if one.draft_id == key]
    for plan_id in overview["plan_id"]:
        plan = project.plan(plan_id)
        if plan is not None:
            lines += _plan_lines(project, plan)
    for draft in drafts:
        base = project.plan(draft.base)
        if (draft.status == "adopted" and key is None) or base is None:
            continue
        names = dict(zip(project.municipalities()["ags"], project.municipalities()["name"], strict=True))
        lines.append(
            _("Fassung „{title}“ ({key}) für {town}: {status}, begonnen am {day}").format(
                title=draft.title, key=draft.draft_id, town=names.get(draft.ags, draft.ags),
                status=status_word(draft.status), day=day(draft.created[:10]),
            )
        )  # fmt: skip
        lines += _step_lines(base, draft.applied)
        undone = len(draft.edits) - draft.position
        if undone:
            lines.append("  " + _("{steps} zurückgenommen").format(steps=counted(undone, _("Schritt"), _("Schritte"))))
    return lines


def _plan_lines(project: Project, plan: Plan) -> list[str]:
    valid = ""
    if plan.valid_from and plan.valid_from == plan.valid_to:
        valid = _(", auf neuere Bausteine übertragen")
    elif plan.valid_from and plan.valid_to:
        valid = _(", galt ab {day} bis zur Ablösung am {end}").format(
            day=day(plan.valid_from), end=day(plan.valid_to)
        )  # fmt: skip
    elif plan.valid_from:
        valid = _(", gilt ab {day}").format(day=day(plan.valid_from))
    lines = [
        _("Plan „{title}“ ({key}): {areas}, {status}{valid}").format(
            title=plan.title, key=plan.plan_id, areas=counted(len(plan.areas), _("Gebiet"), _("Gebiete")),
            status=status_word(plan.status), valid=valid,
        )
    ]  # fmt: skip
    names = dict(zip(project.municipalities()["ags"], project.municipalities()["name"], strict=True))
    for ags, decision in sorted(plan.decisions.items()):
        text = _("{town}: beschlossen von {body} am {day}")
        lines.append(
            "  " + text.format(town=names.get(ags, ags), body=decision.body, day=day(decision.date))
        )  # fmt: skip
    parent = project.plan(plan.parent) if plan.edits and plan.parent else None
    return lines + ([] if parent is None else _step_lines(parent, plan.edits))


def _step_lines(base: Plan, edits: tuple[Edit, ...]) -> list[str]:
    lines = []
    for number, (edit, sentence) in enumerate(zip(edits, plans.step_sentences(base, edits), strict=True), start=1):
        when = f"{day(edit.when[:10])}, " if edit.when else ""
        lines.append(f"  {number}. {when}{edit.role}: {sentence}")
        if edit.why:
            released = _("zur Veröffentlichung") if edit.public else _("intern")
            lines.append("     " + _("Grund ({released}): {why}").format(released=released, why=edit.why))
    return lines


def comparison_lines(comparison: Comparison) -> list[str]:
    """A comparison of two plans in lines: municipalities that changed, where their areas come from, notes.

    Lines are passed on, so they tell what others may know (`Comparison.for_others`).
    """
    comparison = comparison.for_others()
    lines = [
        _("Vorher: {title} ({key})").format(title=comparison.old.title, key=comparison.old.plan_id),
        _("Nachher: {title} ({key})").format(title=comparison.new.title, key=comparison.new.plan_id),
    ]
    changed = [town for town in comparison.towns if town.changed]
    for town in changed:
        lines.append(_town_line(town))
        rows = comparison.lineage[(comparison.lineage["ags"] == town.ags) & (comparison.lineage["kind"] != "U")]
        for row in rows.to_dict("records"):
            before = f"{row['old_code']} {row['old_name']}".strip() or "–"
            after = f"{row['new_code']} {row['new_name']}".strip() or "–"
            size = counted(row["blocks"], _("Baustein"), _("Bausteine"))
            lines.append(f"  {row['kind']}  {before} → {after}: {size}, {_told(row['persons'])} EW")
        reasons = dict.fromkeys(why for why in comparison.moved["why"][comparison.moved["ags"] == town.ags] if why)
        lines += ["     " + _("Grund: {why}").format(why=why) for why in reasons]
    same = len(comparison.towns) - len(changed)
    if same:
        lines.append(_("Unverändert: {towns}").format(towns=counted(same, _("Gemeinde"), _("Gemeinden"))))
    return [*lines, *comparison.notes]


def _told(people: Any) -> str:
    """Inhabitants, or the dash of a withheld number."""
    return EN_DASH if people is None or people is pd.NA else count(int(people))


def _town_line(town: TownComparison) -> str:
    moved = _("{blocks} mit {people} EW gewechselt").format(
        blocks=counted(town.blocks_moved, _("Baustein"), _("Bausteine")), people=_told(town.persons_moved)
    )
    text = _("{name}: {before} → {after} Gebiete, {moved}").format(
        name=town.name, before=town.areas_before, after=town.areas_after, moved=moved
    )
    if town.likeness_before is None or town.likeness_after is None:
        return text
    return text + _(", Ähnlichkeit innen {before} → {after} von 100").format(
        before=decimal(town.likeness_before, 1), after=decimal(town.likeness_after, 1)
    )
