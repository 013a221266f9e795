"""Decide on proposals and remarks of answers: accepted proposals become steps of the draft, in the order decided."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sozialraum.base import UsageError, _, code_key, plural
from sozialraum.base.numbers import count
from sozialraum.base.text import is_plain
from sozialraum.consultation import ACCEPTED, REJECTED, Answer, Suggestion, Voice
from sozialraum.delineation import Edit, Plan, next_area_id
from sozialraum.delineation.applying import begin_revision, split_codes
from sozialraum.plans import drafts
from sozialraum.plans.drafts import Draft
from sozialraum.project import Project
from sozialraum.workflow.consulting import Consultation, consultation_of, mark_of, text_mark
from sozialraum.workflow.main import current_plan, now
from sozialraum.workflow.revising import add_edit, begin_draft, state_of, undo


def decide_suggestion(
    project: Project, package_id: str, key: str, decision: str, reason: str, role: str
) -> Draft | None:
    """Accept or reject one suggestion for everybody who makes it; returns the draft accepted ones go into.

    An accepted suggestion becomes one step of the draft with the experts' reasons and this one; a draft is begun
    where there is none. Raises UsageError: no reason or role, decided before, does not fit the draft any more.
    """
    _refuse_incomplete(decision, reason, role)
    found = consultation_of(project, package_id)
    one = found.suggestion(key)
    if any(found.verdict_of(voice.answer_id, f"e{voice.number}") for voice in one.voices):
        raise UsageError(_("Über diesen Vorschlag ist schon entschieden. Nehmen Sie die Entscheidung zuerst zurück."))
    draft = found.draft
    made: dict[Voice, dict[str, Any]] = {}
    if decision == ACCEPTED:
        draft, made = _accept(project, found, one, reason, role)
    project.save_verdicts(package_id, [_row(voice, decision, reason, role, made.get(voice)) for voice in one.voices])
    return draft


def decide_comment(
    project: Project, package_id: str, answer_id: str, number: int, decision: str, reason: str, role: str
) -> None:
    """Answer one remark; an accepted one is pinned to the map of the draft as an open comment."""
    _refuse_incomplete(decision, reason, role)
    found = consultation_of(project, package_id)
    answer, comment = _comment_of(found, answer_id, number)
    if found.verdict_of(answer_id, f"c{number}"):
        raise UsageError(_("Über diese Anmerkung ist schon entschieden. Nehmen Sie die Entscheidung zuerst zurück."))
    made: dict[str, Any] = {}
    if decision == ACCEPTED:
        made["comment"] = project.save_comment(
            draft_id=found.draft.draft_id if found.draft else "", ags=found.base.ags,
            area_id=_keys_of(found, answer_id).get(comment.area_id, comment.area_id), block_id=comment.block_id,
            x=comment.x, y=comment.y, text=comment.text, role=answer.role, when=answer.written, answer=reason,
        )  # fmt: skip
    row = {
        "answer_id": answer_id, "item": f"c{number}", "mark": text_mark(comment.text), "decision": decision,
        "reason": reason.strip(), "role": role.strip(), "when": now(), "made": json.dumps(made) if made else "",
    }  # fmt: skip
    project.save_verdicts(package_id, [row])


def withdraw_decision(project: Project, package_id: str, answer_id: str, item: str) -> None:
    """Take a decision back, with the step it made when that is the last one of the draft.

    Raises UsageError where later steps of the draft may rest on it.
    """
    found = consultation_of(project, package_id)
    items = [(answer_id, item)]
    for one in found.suggestions:
        voices = [(voice.answer_id, f"e{voice.number}") for voice in one.voices]
        if (answer_id, item) in voices:
            items = voices
    made = found.made.get((answer_id, item), {})
    if made.get("step") and is_in_draft(project, made):
        draft = project.draft(made["draft"])
        if draft.position != made["step"]:
            raise UsageError(
                _("Im Entwurf folgen weitere Schritte. Nehmen Sie dort zurück, was auf diesen Vorschlag folgt.")
            )
        undo(project, draft.draft_id, drafts.state_id(draft))
    for answer, number in items:
        project.remove_verdict(package_id, answer, number)


def plan_for(project: Project, found: Consultation) -> Plan:
    """The plan that the next accepted proposal changes: the draft as it is, or the plan that was sent, opened anew."""
    if found.draft is not None:
        return state_of(project, found.draft)
    plan = project.plan(str(found.row["plan_id"])) or current_plan(project)
    return begin_revision(plan, found.base.ags, now())


def is_in_draft(project: Project, made: Mapping[str, Any]) -> bool:
    """The step an accepted proposal became still stands in its draft."""
    known = {draft.draft_id: draft for draft in project.drafts()}
    draft, step = known.get(made.get("draft", "")), int(made.get("step", 0))
    if draft is None or not 0 < step <= draft.position:
        return step == 0 and draft is not None
    return mark_of(draft.edits[step - 1]) == made.get("mark")


def obstacle(found: Consultation, one: Suggestion, plan: Plan) -> str:
    """Why a suggestion cannot be accepted as things stand, as a sentence; '' when it can.

    plan : the state of the draft accepted proposals go into.
    """
    if found.draft is not None and found.draft.status != "in_revision":
        return _("Die Fassung „{title}“ nimmt keine Schritte mehr auf.").format(title=found.draft.title)
    try:
        edit = translated(found, one.voices[0], plan, "-")
        if edit is not None:
            plan.apply(edit)
    except UsageError as error:
        return str(error)
    return ""


def translated(found: Consultation, voice: Voice, plan: Plan, why: str) -> Edit | None:
    """A proposal as a step of the draft: keys and codes of new areas as the draft has them, blocks that still move.

    None when the draft already is as proposed. Raises UsageError when what it rests on is gone.
    """
    keys = _keys_of(found, voice.answer_id)
    edit = replace(voice.edit, why=why)
    areas = set(plan.areas["area_id"])
    named = [edit.area, *([edit.into] if edit.kind == "merge" else [])]
    mapped = {key: keys.get(key, key) for key in named}
    for key, here in mapped.items():
        if here not in areas:
            raise UsageError(_gone(found, key))
    if edit.kind == "rename":
        name = plan.areas.set_index("area_id")["name"][mapped[edit.area]]
        return None if name == edit.name.strip() else replace(edit, area=mapped[edit.area])
    if edit.kind == "merge":
        return replace(edit, area=mapped[edit.area], into=mapped[edit.into])
    _refuse_moved_on(found, voice, plan, keys)
    if edit.kind == "move":
        staying = [block for block in edit.blocks if plan.assignment[block] != mapped[edit.area]]
        return replace(edit, area=mapped[edit.area], blocks=tuple(staying)) if staying else None
    return _split_here(found, edit, mapped[edit.area], plan)


def _accept(
    project: Project, found: Consultation, one: Suggestion, reason: str, role: str
) -> tuple[Draft, dict[Voice, dict[str, Any]]]:
    plan = plan_for(project, found)
    why = reasons_of(one, reason, role)
    edit = translated(found, one.voices[0], plan, why)
    draft = found.draft or begin_draft(
        project, found.base.ags, base=str(found.row["plan_id"]), title=_("Aus der Abstimmung"), role=role
    )  # fmt: skip
    step = 0
    if edit is not None:
        asked = replace(edit, role=role.strip(), case="", person="", when="", public=False)
        draft, _plan = add_edit(project, draft.draft_id, drafts.state_id(draft), asked)
        step = draft.position
    made = {
        voice: {
            "draft": draft.draft_id,
            "step": step,
            "mark": mark_of(draft.edits[step - 1]) if step else "",
            "keys": _new_keys(voice.edit, edit, plan),
        }
        for voice in one.voices
    }
    return draft, made


def reasons_of(one: Suggestion, reason: str, role: str) -> str:
    """The reasons of all who make a suggestion and of who decided, each with the office."""
    given = dict.fromkeys(f"{voice.role}: {voice.why}" if voice.why else voice.role for voice in one.voices)
    return "; ".join([*given, f"{role.strip()}: {reason.strip()}"])


def _split_here(found: Consultation, edit: Edit, area: str, plan: Plan) -> Edit | None:
    """A split with keys and codes that are free in the draft; None when the part is an area of its own already."""
    homes = set(plan.assignment[list(edit.blocks)])
    if len(homes) == 1 and set(plan.assignment.index[plan.assignment == next(iter(homes))]) == set(edit.blocks):
        return None
    ags = found.base.ags
    rows = plan.areas[plan.areas["municipality"] == ags].set_index("area_id")
    used = set(rows["code"]) - {rows["code"][area]}
    rest, part = edit.rest_code, edit.code
    if {part, rest or rows["code"][area]} & used:
        rest, part = split_codes(str(rows["code"][area]), set(rows["code"]))
    applied = found.draft.edits if found.draft else ()
    return replace(edit, area=area, into=next_area_id(plan, ags, applied), code=part, rest_code=rest)


def _new_keys(wished: Edit, step: Edit | None, plan: Plan) -> dict[str, str]:
    """The key an expert gave a new area -> the key it has in the draft."""
    if wished.kind != "split":
        return {}
    if step is not None:
        return {wished.into: step.into}
    return {wished.into: str(plan.assignment[wished.blocks[0]])}


def _keys_of(found: Consultation, answer_id: str) -> dict[str, str]:
    """Keys of new areas of one answer -> keys in the draft, from what was accepted so far."""
    keys: dict[str, str] = {}
    for (answer, _item), made in found.made.items():
        if answer == answer_id:
            keys |= made.get("keys", {})
    return keys


def _refuse_moved_on(found: Consultation, voice: Voice, plan: Plan, keys: Mapping[str, str]) -> None:
    """Blocks that the draft holds neither where the expert saw them nor where they shall go were decided otherwise."""
    answer = next(one for one in found.answers if one.answer_id == voice.answer_id)
    board = found.base.board()
    for edit in answer.edits[: voice.number - 1]:
        board.apply(edit)
    edit = voice.edit
    target = keys.get(edit.area, edit.area)
    expected = {
        block: {found.base.blocks[block], keys.get(board.assignment[block], board.assignment[block]), target}
        for block in edit.blocks
    }
    areas = plan.areas.set_index("area_id")["code"]
    elsewhere = [block for block in edit.blocks if plan.assignment[block] not in expected[block]]
    if edit.kind == "split":
        parts = {plan.assignment[block] for block in edit.blocks}
        elsewhere = elsewhere if len(parts) > 1 else []
    if elsewhere:
        codes = sorted({str(areas[plan.assignment[block]]) for block in elsewhere}, key=code_key)
        raise UsageError(
            plural(
                "{count} Baustein gehört im Entwurf inzwischen zu Gebiet {codes}; der Vorschlag passt so nicht mehr.",
                "{count} Bausteine gehören im Entwurf inzwischen zu Gebiet {codes}; der Vorschlag passt so nicht mehr.",
                len(elsewhere),
            ).format(count=count(len(elsewhere)), codes=", ".join(codes))
        )


def _gone(found: Consultation, key: str) -> str:
    if key in {area_id for area_id, _code, _name in found.base.areas}:
        return _("Gebiet {code} gibt es im Entwurf nicht mehr.").format(code=found.base.code_of(key))
    return _("Der Vorschlag baut auf einem neuen Gebiet auf. Nehmen Sie zuerst die Teilung an, aus der es entsteht.")


def _comment_of(found: Consultation, answer_id: str, number: int) -> tuple[Answer, Any]:
    for answer in found.answers:
        for comment in answer.comments:
            if (answer.answer_id, comment.number) == (answer_id, number):
                return answer, comment
    raise UsageError(_("Diese Anmerkung gibt es nicht mehr; eine neuere Antwort hat sie ersetzt."))


def _refuse_incomplete(decision: str, reason: str, role: str) -> None:
    if decision not in (ACCEPTED, REJECTED):
        raise UsageError(_("Ein Vorschlag wird angenommen oder abgelehnt."))
    if not role.strip():
        raise UsageError(_("Geben Sie an, welche Stelle entscheidet."))
    if not reason.strip():
        raise UsageError(_("Geben Sie einen Grund an; die Gemeinde liest ihn in der Antwortliste."))
    if not (is_plain(reason, lines=True) and is_plain(role)):
        raise UsageError(_("Der Text enthält Steuerzeichen oder unlesbare Zeichen."))


def _row(voice: Voice, decision: str, reason: str, role: str, made: Mapping[str, Any] | None) -> dict[str, str]:
    return {
        "answer_id": voice.answer_id, "item": f"e{voice.number}", "mark": mark_of(voice.edit), "decision": decision,
        "reason": reason.strip(), "role": role.strip(), "when": now(),
        "made": json.dumps(made, sort_keys=True) if made else "",
    }  # fmt: skip
