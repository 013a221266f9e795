"""Routes of queries: draft one, keep it, hand out its files, read answers, close it."""

from __future__ import annotations

import shutil
from typing import Any

from fastapi import APIRouter, UploadFile
from fastapi.responses import Response

from sozialraum.base import InputRefused, UsageError, _
from sozialraum.web.acting import kept
from sozialraum.web.jobs import problem_of
from sozialraum.web.plain_model import PlainModel
from sozialraum.web.reading import Open
from sozialraum.web.requests_answers import query_json

router = APIRouter(prefix="/api/requests")

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
}


class Asked(PlainModel):
    review_id: str
    findings: list[str]
    due: str = ""
    role: str = ""
    words: str = ""
    to: tuple[str, ...] = ()


class Reason(PlainModel):
    reason: str
    role: str = ""


def saved(name: str, content: bytes) -> Response:
    """A file that the browser saves under this name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=MEDIA[name.rpartition(".")[2]], headers=headers)


@router.get("/queries")
def all_queries(session: Open) -> list[dict[str, Any]]:
    """All queries, those that are open first, by due date."""
    from sozialraum.workflow import query_records

    found = query_records.queries(session.project)
    order = {"open": 0, "answered": 1, "closed": 2}
    return [query_json(session.project, one) for one in sorted(found, key=lambda one: (order[one.state], one.due))]


@router.get("/queries/draft")
def draft(
    session: Open, review_id: str, findings: str = "", due: str = "", role: str = "", words: str = ""
) -> dict[str, Any]:
    """A query as it would be sent. findings : keys divided by commas."""
    from sozialraum.workflow import asking

    chosen = [key for key in findings.split(",") if key]
    query = asking.draft_query(session.project, review_id, chosen, due, role, words)
    return query_json(session.project, query, with_letter=True)


@router.post("/queries")
def ask(session: Open, wanted: Asked) -> dict[str, Any]:
    """Keep a query; answers with it and its letter as text."""
    from sozialraum.workflow import asking

    query = asking.ask(
        session.project, wanted.review_id, wanted.findings, wanted.due, wanted.role, wanted.words, wanted.to
    )
    session.forget()
    return query_json(session.project, query, with_letter=True)


@router.post("/queries/{query_id}/close")
def close(session: Open, query_id: str, wanted: Reason) -> dict[str, Any]:
    """End a query by hand."""
    from sozialraum.project.settings import DEFAULT_ROLE
    from sozialraum.workflow import asking

    query = asking.close_query(session.project, query_id, wanted.reason, wanted.role.strip() or DEFAULT_ROLE)
    session.forget()
    return query_json(session.project, query)


@router.get("/queries/{query_id}")
def query(session: Open, query_id: str) -> dict[str, Any]:
    """One query with its letter as text."""
    from sozialraum.workflow import query_records

    return query_json(session.project, query_records.query_of(session.project, query_id), with_letter=True)


@router.get("/queries/{query_id}/{kind}")
def query_file(session: Open, query_id: str, kind: str) -> Response:
    """A file of a query: 'letter' (DOCX), 'table' (XLSX) or 'reminder' (calendar entry)."""
    from sozialraum.workflow import query_files, query_records

    found = query_records.query_of(session.project, query_id)
    makers = {
        "letter": query_files.letter_file,
        "table": query_files.table_file,
        "reminder": query_files.reminder_file,
    }
    if kind not in makers:
        raise UsageError(_("Zu einer Rückfrage gibt es Brief, Tabelle und Termin."))
    return saved(query_files.file_names(found)[kind], makers[kind](session.project, found))


@router.post("/answers")
def answers(session: Open, files: list[UploadFile]) -> dict[str, Any]:
    """Read returned tables of questions one after the other; a refused file does not stop the others."""
    from sozialraum.workflow import asking

    folder, paths = kept(files)
    found: list[dict[str, Any]] = []
    try:
        for path in paths:
            try:
                read = asking.read_answers(session.project, path)
                found.append({"file": path.name, "query": query_json(session.project, read), "problem": None})
            except (InputRefused, UsageError) as refused:
                found.append({"file": path.name, "query": None, "problem": problem_of(refused)})
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    session.forget()
    return {"files": found}
