"""Routes of the page "Abstimmung": hand out a package, read answers, decide on each proposal, hand out the reply."""

from __future__ import annotations

import json
import shutil
from typing import Any

from fastapi import APIRouter, UploadFile
from fastapi.responses import Response

from sozialraum.base import InputRefused, UsageError, _, name_key
from sozialraum.web.acting import kept
from sozialraum.web.jobs import problem_of
from sozialraum.web.plain_model import PlainModel
from sozialraum.web.proposals import known, refuse_while_busy
from sozialraum.web.reading import Open
from sozialraum.web.session import Session
from sozialraum.web.tables import records

router = APIRouter(prefix="/api/consultation")


class Wanted(PlainModel):
    draft_id: str = ""


class SuggestionDecision(PlainModel):
    key: str
    decision: str
    reason: str
    role: str


class CommentDecision(PlainModel):
    answer_id: str
    number: int
    decision: str
    reason: str
    role: str


class Item(PlainModel):
    answer_id: str
    item: str


@router.get("")
def overview(session: Open) -> dict[str, Any]:
    """The municipalities by name, with their newest package and how many answers came."""
    project = session.project
    plan = project.plan()
    packages = project.packages()
    towns = sorted(records(project.municipalities(), ["ags", "name"]), key=lambda row: name_key(row["name"]))
    rows = [town_row(project, row, packages) for row in towns]
    return {"plan": None if plan is None else {"plan_id": plan.plan_id, "title": plan.title}, "municipalities": rows}


def town_row(project: Any, row: dict[str, Any], packages: Any) -> dict[str, Any]:
    """One municipality: its packages and what came back to the newest."""
    own = packages[packages["ags"] == row["ags"]]
    newest = None if own.empty else str(own["package_id"].iat[-1])
    answers = 0 if newest is None else len(project.received_answers(newest))
    return row | {"package_id": newest, "answers": answers}


@router.get("/{ags}")
def page(session: Open, ags: str) -> dict[str, Any]:
    """A municipality: drafts a package can be made of, packages so far, and the newest with its answers."""
    from sozialraum.workflow import consulting

    project = session.project
    town = known(project, ags)
    packages = project.packages(ags)
    drafts = [
        {"draft_id": one.draft_id, "title": one.title, "steps": one.position}
        for one in project.drafts(ags)
        if one.status == "in_revision"
    ]
    newest = consulting.latest_package(project, ags)
    return {
        "municipality": {"ags": ags, "name": str(town["name"])},
        "plan": plan_title(project),
        "drafts": drafts,
        "packages": records(packages, ["package_id", "title", "written"]),
        "newest": consultation_json(project, newest) if newest else None,
    }


def plan_title(project: Any) -> str:
    plan = project.plan()
    return "" if plan is None else str(plan.title)


@router.post("/{ags}/package")
def package(session: Open, ags: str, wanted: Wanted) -> Response:
    """Make a package, remember it, and answer with its file."""
    from sozialraum.workflow import consulting

    refuse_while_busy(session)
    known(session.project, ags)
    name, text = consulting.issue_package(session.project, ags, wanted.draft_id)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.encode(), media_type="text/html; charset=utf-8", headers=headers)


@router.post("/{ags}/answers")
def answers(session: Open, ags: str, files: list[UploadFile]) -> dict[str, Any]:
    """Read answers one after the other; a refused file does not stop the others."""
    from sozialraum.workflow import consulting

    known(session.project, ags)
    folder, paths = kept(files)
    found: list[dict[str, Any]] = []
    try:
        for path in paths:
            try:
                found.append({"sentence": consulting.read_answer(session.project, path), "problem": None})
            except (InputRefused, UsageError) as refused:
                found.append({"sentence": "", "problem": problem_of(refused)})
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"files": found}


@router.get("/package/{package_id}/map")
def ground(session: Open, package_id: str) -> dict[str, Any]:
    """What the map of the page shows: the same shapes and areas that the package holds, without figures."""
    return session.drawn(("consultation", package_id), lambda: ground_of(session, package_id))


def ground_of(session: Session, package_id: str) -> dict[str, Any]:
    from sozialraum import consultation

    project = session.project
    base = project.package_base(package_id)
    if base is None:
        raise UsageError(_("Dieses Abstimmungspaket gibt es in diesem Projekt nicht."))
    blocks = project.blocks()
    own = blocks[blocks["block_id"].isin(list(base.blocks))].reset_index(drop=True)
    if len(own) != len(base.blocks):
        raise UsageError(_("Die Bausteine haben sich seit diesem Abstimmungspaket geändert; die Karte fehlt deshalb."))
    occasion = consultation.Occasion("", "", "", "", "", "")
    made = consultation.make_package(
        known(project, base.ags), own, base.plan, occasion, lines=project.lines(), places=project.places()
    )
    return json.loads(made.to_json())


@router.post("/package/{package_id}/decide")
def decide(session: Open, package_id: str, asked: SuggestionDecision) -> dict[str, Any]:
    """Accept or reject one suggestion; answers with the whole consultation."""
    from sozialraum.workflow import deciding_answers

    refuse_while_busy(session)
    deciding_answers.decide_suggestion(session.project, package_id, asked.key, asked.decision, asked.reason, asked.role)
    return consultation_json(session.project, package_id)


@router.post("/package/{package_id}/comment")
def comment(session: Open, package_id: str, asked: CommentDecision) -> dict[str, Any]:
    """Answer one remark; answers with the whole consultation."""
    from sozialraum.workflow import deciding_answers

    deciding_answers.decide_comment(
        session.project, package_id, asked.answer_id, asked.number, asked.decision, asked.reason, asked.role
    )
    return consultation_json(session.project, package_id)


@router.post("/package/{package_id}/withdraw")
def withdraw(session: Open, package_id: str, asked: Item) -> dict[str, Any]:
    """Take a decision back; answers with the whole consultation."""
    from sozialraum.workflow import deciding_answers

    refuse_while_busy(session)
    deciding_answers.withdraw_decision(session.project, package_id, asked.answer_id, asked.item)
    return consultation_json(session.project, package_id)


@router.get("/package/{package_id}/reply.{kind}")
def reply(session: Open, package_id: str, kind: str) -> Response:
    """The reply list as 'pdf', 'html' or 'xlsx'."""
    from sozialraum import consultation
    from sozialraum.workflow import consulting

    if kind not in consultation.WRITERS:
        raise UsageError(_("Die Antwortliste gibt es als PDF, Internetseite oder Tabelle."))
    made = consulting.reply_of(session.project, package_id)
    ags = session.project.package_base(package_id).ags
    headers = {"Content-Disposition": f'attachment; filename="antwortliste-{ags}.{kind}"'}
    return Response(consultation.reply_file(made, kind), media_type=consultation.WRITERS[kind], headers=headers)


def consultation_json(project: Any, package_id: str) -> dict[str, Any]:
    """A package with its answers as the page shows them."""
    from sozialraum.workflow import consulting, deciding_answers, trying_answers

    found = consulting.consultation_of(project, package_id)
    plan = deciding_answers.plan_for(project, found)
    draft = found.draft
    suggestions = [suggestion_json(project, found, one, plan) for one in found.suggestions]
    undecided = [place for place, one in enumerate(suggestions) if one["verdict"] is None and not one["obstacle"]]
    if undecided:
        ground = trying_answers.ground_for(project, found, plan)
        for place in undecided:
            suggestions[place]["outlook"] = outlook_json(
                trying_answers.outlook(found, found.suggestions[place], plan, ground)
            )
    return {
        "package_id": package_id,
        "title": str(found.row["title"]),
        "written": str(found.row["written"]),
        "outdated": found.outdated,
        "draft": None if draft is None else {"draft_id": draft.draft_id, "title": draft.title, "status": draft.status},
        "answers": [answer_json(row, found) for row in records(project.received_answers(package_id))],
        "suggestions": suggestions,
        "blocks": [block_json(found, one) for one in found.blocks],
        "comments": [comment_json(found, answer, one) for answer in found.answers for one in answer.comments],
    }


def answer_json(row: dict[str, Any], found: Any) -> dict[str, Any]:
    answer = next(one for one in found.answers if one.answer_id == row["answer_id"])
    return {**row, "edits": len(answer.edits), "comments": len(answer.comments)}


def suggestion_json(project: Any, found: Any, one: Any, plan: Any) -> dict[str, Any]:
    from sozialraum import consultation
    from sozialraum.workflow import deciding_answers

    first = one.voices[0]
    verdict = found.verdict_of(first.answer_id, f"e{first.number}")
    made = found.made.get((first.answer_id, f"e{first.number}"), {})
    return {
        "key": one.key,
        "kind": one.kind,
        "state": one.state,
        "sentence": consultation.suggestion_words(one, found.base),
        "standing": consultation.standing_words(one, found.base),
        "blocks": list(one.blocks),
        "voices": [
            {"answer_id": voice.answer_id, "role": voice.role, "item": f"e{voice.number}", "why": voice.why}
            for voice in one.voices
        ],
        "against": list(one.against),
        "verdict": verdict_json(verdict),
        "in_draft": bool(made) and deciding_answers.is_in_draft(project, made),
        "obstacle": "" if verdict else deciding_answers.obstacle(found, one, plan),
        "outlook": None,
    }


def outlook_json(found: Any) -> dict[str, Any] | None:
    """What accepting would do to the draft as it is, see `Outlook`."""
    if found is None:
        return None
    names = ("area_id", "code", "name", "people_before", "people_after", "word_before", "word_after")
    return {
        "areas": [{name: getattr(area, name) for name in names} for area in found.areas],
        "low": found.low,
        "high": found.high,
        "checks": [{"severity": one.severity, "sentence": one.sentence} for one in found.checks],
        "hard": found.hard,
    }


def block_json(found: Any, view: Any) -> dict[str, Any]:
    from sozialraum import consultation

    targets = [
        {"target": consultation.target_words(target, found.base), "roles": list(roles)}
        for target, roles in view.targets.items()
    ]
    return {"block_id": view.block_id, "state": view.state, "targets": targets}


def comment_json(found: Any, answer: Any, one: Any) -> dict[str, Any]:
    code = found.base.code_of(one.area_id) if one.area_id else ""
    home = found.base.code_of(found.base.blocks[one.block_id]) if one.block_id else ""
    return {
        "answer_id": answer.answer_id, "role": answer.role, "number": one.number, "text": one.text,
        "area": code, "home": home, "x": one.x, "y": one.y,
        "verdict": verdict_json(found.verdict_of(answer.answer_id, f"c{one.number}")),
    }  # fmt: skip


def verdict_json(verdict: Any) -> dict[str, str] | None:
    if verdict is None:
        return None
    return {name: getattr(verdict, name) for name in ("decision", "reason", "role", "when")}
