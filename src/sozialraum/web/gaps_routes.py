"""Routes of the page "Lücken": the matrix, what is expected, requests and their files, the rhythm of editions."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from sozialraum.base import UsageError, _
from sozialraum.web.plain_model import PlainModel
from sozialraum.web.queries_routes import saved
from sozialraum.web.reading import Open
from sozialraum.web.requests_answers import matrix_json, request_json

router = APIRouter(prefix="/api")


class Cells(PlainModel):
    data_set: str
    ags: tuple[str, ...]
    years: tuple[str, ...]
    owner: str = ""
    due: str = ""
    note: str = ""


class Wanted(PlainModel):
    data_set: str
    ags: tuple[str, ...] = ()
    year: str
    due: str = ""
    role: str = ""
    words: str = ""
    to: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


class Editions(PlainModel):
    years: int
    first: int
    reference: str
    due: str


class Lines(PlainModel):
    lines: tuple[str, ...]


@router.get("/gaps")
def matrix(session: Open) -> dict[str, Any]:
    """The whole matrix as of today."""
    return matrix_json(session.project)


@router.post("/gaps/expect")
def expect(session: Open, wanted: Cells) -> dict[str, Any]:
    """Expect data, with who cares for them and until when; answers with the matrix."""
    from sozialraum.workflow import gaps

    gaps.expect(session.project, wanted.data_set, wanted.ags, wanted.years, wanted.due, wanted.owner, wanted.note)
    session.forget()
    return matrix_json(session.project)


@router.post("/gaps/unavailable")
def unavailable(session: Open, wanted: Cells) -> dict[str, Any]:
    """Data are not to be had, with the reason; answers with the matrix."""
    from sozialraum.workflow import gaps

    gaps.unavailable(session.project, wanted.data_set, wanted.ags, wanted.years, wanted.note, wanted.owner)
    session.forget()
    return matrix_json(session.project)


@router.post("/gaps/forget")
def forget(session: Open, wanted: Cells) -> dict[str, Any]:
    """Take back what was said about cells; answers with the matrix."""
    from sozialraum.workflow import gaps

    gaps.forget(session.project, wanted.data_set, wanted.ags, wanted.years)
    session.forget()
    return matrix_json(session.project)


@router.post("/gaps/rhythm")
def rhythm(session: Open, wanted: Editions) -> dict[str, Any]:
    """Set the rhythm of editions; answers with the matrix."""
    from sozialraum.workflow.rhythm import Rhythm, set_rhythm

    set_rhythm(session.project, Rhythm(wanted.years, wanted.first, wanted.reference, wanted.due))
    session.forget()
    return matrix_json(session.project)


@router.post("/gaps/sender")
def sender(session: Open, wanted: Lines) -> dict[str, Any]:
    """Set the lines of the sender of letters; without one the name of the project stands there."""
    from sozialraum.workflow.query_files import sender as lines_of
    from sozialraum.workflow.query_files import set_sender

    set_sender(session.project, wanted.lines)
    return {"sender": list(lines_of(session.project))}


@router.post("/requests/draft")
def draft(session: Open, wanted: Wanted) -> dict[str, Any]:
    """A request as it would be sent, with its letter as text."""
    from sozialraum.workflow import requesting

    return request_json(session.project, requesting.draft_request(session.project, **arguments(wanted)))


@router.post("/requests")
def request(session: Open, wanted: Wanted) -> dict[str, Any]:
    """Keep a request; what it asks for is expected from now on."""
    from sozialraum.workflow import requesting

    made = requesting.request(session.project, **arguments(wanted))
    session.forget()
    return request_json(session.project, made)


@router.get("/requests")
def requests(session: Open) -> list[dict[str, Any]]:
    """All requests, newest first."""
    from sozialraum.workflow import requesting

    made = requesting.requests(session.project)
    return [request_json(session.project, one, with_letter=False) for one in reversed(made)]


@router.get("/requests/{request_id}/{kind}")
def request_file(session: Open, request_id: str, kind: str) -> Response:
    """A file of a request: 'letter' (DOCX), 'form' (XLSX) or 'reminder' (calendar entry)."""
    from sozialraum.workflow import request_files, requesting

    made = requesting.request_of(session.project, request_id)
    makers = {
        "letter": request_files.request_letter_file,
        "form": request_files.request_form_file,
        "reminder": request_files.request_reminder_file,
    }
    names = request_files.request_file_names(made)
    if kind not in names:
        raise UsageError(_("Zu dieser Anforderung gibt es diese Datei nicht."))
    return saved(names[kind], makers[kind](session.project, made))


def arguments(wanted: Wanted) -> dict[str, Any]:
    """What `request` is called with."""
    return wanted.model_dump()
