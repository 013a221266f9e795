"""Routes of records that go out as a workbook and come back: what a returned one changes is shown before it holds."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import APIRouter, UploadFile
from fastapi.responses import Response

from sozialraum.web.acting import kept
from sozialraum.web.queries_routes import saved
from sozialraum.web.reading import Open
from sozialraum.web.requests_answers import changes_json


def _nothing(_project: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class RoundTrip:
    """How the records of a project go out and come back.

    file : what the workbook is called when it is saved. write : the workbook of a project. read : what a returned one
    would change. apply : take it over. after : what is told besides when it is.
    """

    file: str
    write: Callable[[Any], bytes]
    read: Callable[[Any, Path], Any]
    apply: Callable[[Any, Path], Any]
    after: Callable[[Any], dict[str, Any]] = _nothing


def add_round_trip(router: APIRouter, base: str, trip: RoundTrip) -> None:
    """Add the routes below `base`: the workbook, what a returned one would change, and taking it over."""

    @router.get(f"{base}/workbook")
    def workbook(session: Open) -> Response:
        return saved(trip.file, trip.write(session.project))

    @router.post(f"{base}/compare")
    def compare(session: Open, file: UploadFile) -> dict[str, Any]:
        return _with_file(file, lambda path: changes_json(trip.read(session.project, path)))

    @router.post(f"{base}/apply")
    def apply(session: Open, file: UploadFile) -> dict[str, Any]:
        changed = _with_file(file, lambda path: changes_json(trip.apply(session.project, path)))
        session.forget()
        return changed | trip.after(session.project)


def _with_file(file: UploadFile, work: Callable[[Path], dict[str, Any]]) -> dict[str, Any]:
    """Work on an uploaded file, which is put away afterwards."""
    folder, paths = kept([file])
    try:
        return work(paths[0])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
