"""Routes of the page "Straßenraster": what will be written, delivery groups, form, files, check."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, UploadFile
from fastapi.responses import Response

from sozialraum.base import Finding, UsageError, _, current_language
from sozialraum.web.plain_model import PlainModel
from sozialraum.web.proposals import refuse_while_busy
from sozialraum.web.reading import Open
from sozialraum.web.session import Session
from sozialraum.web.street_grid_view import form_json, page, written_json

router = APIRouter(prefix="/api/street-grid")
# A check reads files as they are handed in; more than this is no street grid.
LARGEST = 100_000_000


class Groups(PlainModel):
    plan_id: str
    groups: list[list[str]]
    role: str = ""


class Form(PlainModel):
    form: dict[str, Any] | None


class Levels(PlainModel):
    grouping: str


class Written(PlainModel):
    plan_id: str


@router.get("")
def street_grid(session: Open, plan: str = "") -> dict[str, Any]:
    """Counts per municipality, delivery groups, findings and the form of the files."""
    return session.drawn(("street_grid", wanted(session, plan), current_language()), lambda: page(session, plan))


@router.post("/groups")
def groups(session: Open, wish: Groups) -> dict[str, Any]:
    """Keep the delivery groups of a plan as the planner decided."""
    refuse_while_busy(session)
    role = wish.role.strip() or _("Planung")
    session.work.confirm_delivery_groups(session.project, wish.groups, plan_id=wish.plan_id, role=role)
    session.forget("street_grid")
    return page(session, wish.plan_id)


@router.post("/form")
def form(session: Open, wish: Form) -> dict[str, Any]:
    """Keep the form of the files for this project; null = back to what is assumed."""
    refuse_while_busy(session)
    session.work.set_street_grid_format(session.project, wish.form)
    session.forget("street_grid")
    return form_json(session)


@router.post("/levels")
def levels(session: Open, wish: Levels) -> dict[str, Any]:
    """Take the Stadtbezirke from a grouping; '' = none."""
    refuse_while_busy(session)
    session.work.set_street_grid_levels(session.project, wish.grouping)
    session.forget("street_grid")
    return page(session, "")


@router.post("/write")
def write(session: Open, wish: Written) -> dict[str, Any]:
    """Make the two files and remember which key stands for which areas; the page then fetches them."""
    refuse_while_busy(session)
    files = session.work.street_grid_files(session.project, wish.plan_id)
    session.forget("street_grid")
    session.drawn(("street_grid", "files", wish.plan_id), lambda: files)
    return written_json(wish.plan_id, files)


@router.get("/files/{plan_id}/{name}")
def file(session: Open, plan_id: str, name: str) -> Response:
    """One of the two files, as it was just written."""
    files = session.drawn(
        ("street_grid", "files", plan_id), lambda: session.work.street_grid_files(session.project, plan_id)
    )
    if name not in files:
        raise UsageError(_("Die Datei „{name}“ gibt es im Straßenraster nicht.").format(name=name))
    # fetched by a link of the page, so the name is one that the settings allow
    head = {"Content-Disposition": f"attachment; filename*=UTF-8''{_percent(name)}"}
    return Response(files[name], media_type="text/csv", headers=head)


@router.post("/check")
def check(session: Open, files: list[UploadFile]) -> dict[str, Any]:
    """All findings of files that were written anywhere; nothing is kept."""
    from sozialraum.workflow.street_grid_files import files_by_name

    given = []
    for file in files:
        raw = file.file.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise UsageError(_("„{name}“ ist zu groß für ein Straßenraster.").format(name=file.filename))
        given.append((file.filename or "", raw))
    contents = files_by_name(given)
    found = session.work.check_street_grid(contents, session.work.street_grid_format(session.project))
    return {"files": list(contents), "findings": [check_json(finding) for finding in found]}


def check_json(finding: Finding) -> dict[str, Any]:
    """A finding with its place in fields, for a table."""
    return {
        "file": finding.file,
        "row": finding.row,
        "column": finding.column,
        "severity": finding.severity,
        "what": finding.what,
        "todo": finding.todo,
    }


def wanted(session: Session, plan: str) -> str:
    """The plan that is shown: the one asked for, else the current one."""
    if plan:
        return plan
    current = session.project.plan()
    return "" if current is None else current.plan_id


def _percent(name: str) -> str:
    from urllib.parse import quote

    return quote(name)
