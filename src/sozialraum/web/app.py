"""The routes: each takes what a page asks, calls the workflow or a view, and answers JSON."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles

from sozialraum.base import SozialraumError, UsageError, _
from sozialraum.web import (
    acting,
    addresses_lists,
    addresses_routes,
    benefits_routes,
    blocks_check_routes,
    blocks_routes,
    carrying_routes,
    change_routes,
    consultation_routes,
    deliveries_routes,
    editor_drafts,
    editor_helping,
    editor_routes,
    plans_routes,
    print_routes,
    proposals,
    reading,
    recipes_routes,
    requests_routes,
    street_grid_routes,
    trace_routes,
)
from sozialraum.web.guard import Guard
from sozialraum.web.jobs import problem_of
from sozialraum.web.session import Session

STATIC = Path(__file__).parent / "static"


def create_app(
    home: Path | None = None,
    project_folder: Path | None = None,
    *,
    work: Any = None,
    open_project: Any = None,
    static: Path = STATIC,
) -> FastAPI:
    """The application. Nothing but this computer can reach it.

    home : folder below which projects are found and made. project_folder : project to open at once.
    work : what does the work, with the functions of sozialraum.workflow; tests hand in another.
    open_project : opens a project folder. static : the built pages.
    Raises ProjectRefused when `project_folder` is no project or is in use.
    """
    session = Session(home, work or default_work(), open_project or default_open)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        session.close()

    app = FastAPI(title="sozialraum", docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.session = session
    app.add_middleware(Guard)
    app.add_exception_handler(SozialraumError, refused)
    app.include_router(reading.router)
    app.include_router(acting.router)
    app.include_router(deliveries_routes.router)
    app.include_router(proposals.router)
    app.include_router(consultation_routes.router)
    app.include_router(plans_routes.router)
    app.include_router(print_routes.router)
    app.include_router(editor_routes.router)
    app.include_router(editor_drafts.router)
    app.include_router(editor_helping.router)
    app.include_router(street_grid_routes.router)
    app.include_router(addresses_routes.router)
    app.include_router(addresses_lists.router)
    app.include_router(trace_routes.router)
    app.include_router(change_routes.router)
    app.include_router(recipes_routes.router)
    app.include_router(requests_routes.router)
    app.include_router(benefits_routes.router)
    app.include_router(blocks_routes.router)
    app.include_router(blocks_check_routes.router)
    app.include_router(carrying_routes.router)
    app.add_exception_handler(editor_drafts.Conflicted, editor_drafts.conflict)
    add_pages(app, static)
    if project_folder is not None:
        session.open(Path(project_folder))
    return app


def default_work() -> Any:
    from sozialraum import workflow

    return workflow


def default_open(folder: Path) -> Any:
    from sozialraum.project import Project

    return Project.open(folder)


def refused(request: Request, error: Exception) -> Response:
    """A refusal as JSON; 409 when the person only has to wait or choose, 422 otherwise."""
    if not isinstance(error, SozialraumError):
        raise error
    return JSONResponse(problem_of(error), status_code=409 if isinstance(error, UsageError) else 422)


def add_pages(app: FastAPI, static: Path) -> None:
    """The built pages, or a sentence on why there are none."""
    if (static / "index.html").is_file():
        app.mount("/assets", StaticFiles(directory=static / "assets"), name="assets")

        @app.get("/{name}", include_in_schema=False)
        def page(name: str) -> Response:
            file = static / name if name in ("mark.svg", "licences.txt") else static / "index.html"
            return FileResponse(file, headers={"Cache-Control": "no-cache"})

        @app.get("/", include_in_schema=False)
        def start() -> Response:
            return FileResponse(static / "index.html", headers={"Cache-Control": "no-cache"})
    else:

        @app.get("/", include_in_schema=False)
        def missing() -> Response:
            return PlainTextResponse(
                _("Die Seiten der Anwendung wurden nicht mit eingebaut (Installation ohne Netzzugang)."),
                status_code=503,
            )
