"""Routes that only show something."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, JSONResponse, Response, StreamingResponse

from sozialraum.base import ProjectRefused, _
from sozialraum.web import shapes, views
from sozialraum.web.jobs import events
from sozialraum.web.session import Session

router = APIRouter(prefix="/api")


def session_of(request: Request) -> Session:
    return request.app.state.session


Open = Annotated[Session, Depends(session_of)]


@router.get("/state")
def state(session: Open) -> dict[str, Any]:
    return views.state(session)


@router.get("/projects")
def projects(session: Open) -> list[dict[str, str]]:
    return session.projects()


@router.get("/words")
def words(lang: str = "de") -> dict[str, Any]:
    return views.words("en" if lang == "en" else "de")


@router.get("/areas")
def areas(session: Open) -> dict[str, Any]:
    return views.areas(session)


@router.get("/indicators")
def indicators(session: Open) -> dict[str, Any]:
    return views.indicators(session)


@router.get("/indicators/{indicator}/{period}")
def indicator_values(session: Open, indicator: str, period: str) -> list[dict[str, Any]]:
    return views.indicator_values(session, indicator, period)


@router.get("/index")
def index(session: Open) -> dict[str, Any]:
    return views.index(session)


@router.get("/need")
def need(session: Open) -> dict[str, Any]:
    return views.need(session)


@router.get("/impulses")
def impulses(session: Open) -> list[dict[str, Any]]:
    return views.impulses(session)


@router.get("/profile/{area_id}")
def profile(session: Open, area_id: str) -> dict[str, Any]:
    return views.profile(session, area_id)


@router.get("/protection")
def protection(session: Open) -> dict[str, Any]:
    return views.protection(session)


@router.get("/releases")
def releases(session: Open) -> list[dict[str, Any]]:
    return views.releases(session)


@router.get("/releases/{release_id}/{file:path}")
def release_file(session: Open, release_id: str, file: str) -> Response:
    """A file of a release as it was frozen; pages open, PDF and tables are saved."""
    folder = (Path(session.project.folder) / "releases").resolve()
    path = (folder / release_id / file).resolve()
    if not path.is_relative_to(folder / release_id) or folder not in path.parents or not path.is_file():
        raise ProjectRefused(_("Diese Datei gibt es in der Freigabe nicht."))
    saved = path.suffix in (".pdf", ".xlsx")
    return FileResponse(path, filename=f"{release_id}-{path.name}" if saved else None)


@router.get("/map/areas.geojson")
def map_areas(session: Open) -> Response:
    return JSONResponse(shapes.areas(session))


@router.get("/map/municipalities.geojson")
def map_municipalities(session: Open) -> Response:
    return JSONResponse(shapes.municipalities(session))


@router.get("/map/lines.geojson")
def map_lines(session: Open) -> Response:
    return JSONResponse(shapes.lines(session))


@router.get("/jobs/{job_id}/events")
async def job_events(session: Open, job_id: str) -> Response:
    """The job step by step, as server-sent events."""
    job = session.jobs.get(job_id)
    if job is None:
        raise ProjectRefused(_("Diesen Rechenlauf gibt es nicht mehr."))
    return StreamingResponse(events(job), media_type="text/event-stream")
