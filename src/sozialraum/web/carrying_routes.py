"""Routes of the page "Übertragung": source geographies, by what they are divided, the weights of one unit."""

from __future__ import annotations

import shutil
from typing import Any

from fastapi import APIRouter, Form, UploadFile

from sozialraum.base import InputRefused, Progress, _
from sozialraum.web import carrying_answers as answers
from sozialraum.web.acting import clearing, kept, start
from sozialraum.web.addresses_answers import offers_json
from sozialraum.web.jobs import finding_json
from sozialraum.web.plain_model import PlainModel
from sozialraum.web.proposals import refuse_while_busy
from sozialraum.web.reading import Open
from sozialraum.workflow import carrying_choice
from sozialraum.workflow.geographies import add_geography
from sozialraum.workflow.geography_files import GeographyFile

router = APIRouter(prefix="/api/carrying")


class Chosen(PlainModel):
    feature: str
    kind: str
    reason: str = ""


@router.get("")
def page(session: Open) -> dict[str, Any]:
    """The source geographies of the project."""
    return answers.page_json(session)


@router.post("/look")
def look(session: Open, file: UploadFile) -> dict[str, Any]:
    """Which columns of a file may be key and name of its units."""
    folder, paths = kept([file])
    try:
        return answers.look_json(paths[0])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@router.post("/add")
def add(
    session: Open, file: UploadFile, title: str = Form(""), key: str = Form(""), name: str = Form(""),
    valid_on: str = Form(""), read_as: str = Form(""),
) -> dict[str, Any]:  # fmt: skip
    """Take in a geography as a job. read_as : how to read its coordinates, as offered before (result `offers`)."""
    project = session.project
    folder, paths = kept([file])

    def work(progress: Progress) -> dict[str, Any]:
        progress.stage(_("Einheiten lesen und prüfen"))
        given = GeographyFile(str(paths[0]), key, name, read_as)
        try:
            added = add_geography(project, given, title, valid_on=valid_on)
        except InputRefused as refused:
            offered = offers_json(refused)
            if offered is None or read_as:
                raise
            return {"geography": offered}
        progress.stage(_("Lage zu den Bausteinen wird gerechnet"))
        carrying_choice.available_weights(project, added.code, project.plan())
        notes = [finding_json(note) for note in added.notes]
        return {"geography": {"code": added.code, "units": added.units, "findings": notes}}

    return start(session, _("Gliederung aufnehmen"), clearing(folder, work), folder)


@router.get("/{code}")
def geography(session: Open, code: str) -> dict[str, Any]:
    """One geography with the ways of its features."""
    return answers.geography_json(session, code)


@router.get("/{code}/unit")
def unit(session: Open, code: str, unit: str, feature: str = "") -> dict[str, Any]:
    """The weights of one unit."""
    return answers.unit_json(session, code, unit, feature)


@router.post("/{code}/choose")
def choose(session: Open, code: str, wish: Chosen) -> dict[str, Any]:
    """Divide a feature by other weights from now on; kind '' takes a choice back."""
    refuse_while_busy(session)
    carrying_choice.choose(session.project, code, wish.feature, wish.kind, wish.reason)
    session.forget()
    return answers.geography_json(session, code)


@router.post("/{code}/remove")
def remove(session: Open, code: str) -> dict[str, Any]:
    """Take a geography away that nothing rests on."""
    refuse_while_busy(session)
    session.project.remove_geography(code)
    session.forget()
    return {}
