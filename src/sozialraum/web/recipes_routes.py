"""Routes of the page "Einleseregeln": how sources are read, as forms and workbooks; every change is shown first."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Response, UploadFile
from fastapi.responses import JSONResponse

from sozialraum.base import InputRefused
from sozialraum.deliveries import SignProfile
from sozialraum.deliveries.sign_sheets import profile_workbook
from sozialraum.web import recipes_answers as answers
from sozialraum.web.acting import kept
from sozialraum.web.plain_model import PlainModel
from sozialraum.web.reading import Open
from sozialraum.web.session import Session
from sozialraum.workflow import recipe_keeping as keeping

router = APIRouter(prefix="/api")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Filled(PlainModel):
    """A filled-in form: the rows of every section by its part."""

    tables: dict[str, list[dict[str, str]]]
    role: str = ""
    why: str = ""


@router.get("/recipes")
def recipes(session: Open) -> dict[str, Any]:
    """Every source that can be read."""
    return answers.list_json(session.project)


@router.get("/recipes/{code}")
def recipe(session: Open, code: str) -> dict[str, Any]:
    keeping.recipe_kept(session.project, code)
    found = next(each for each in keeping.kept_recipes(session.project) if each.recipe.code == code)
    return answers.recipe_json(session.project, found)


@router.get("/recipes/{code}/table")
def recipe_table(session: Open, code: str) -> Response:
    """The recipe as a workbook."""
    return _workbook(keeping.workbook_of(session.project, code), code)


@router.post("/recipes/{code}")
def change_recipe(session: Open, code: str, filled: Filled, confirm: bool = False) -> Any:
    """What the form would change; kept only with `confirm`."""
    return _from_form(session, lambda: keeping.changed_recipe(session.project, code, filled.tables), confirm, filled)


@router.post("/recipes/{code}/table")
def read_recipe_table(session: Open, code: str, file: UploadFile, confirm: bool = False) -> dict[str, Any]:
    """What a workbook would change; kept only with `confirm`. `neu` reads a recipe of any name."""
    wanted = "" if code == "neu" else code
    return _from_file(session, file, lambda path: keeping.changed_recipe(session.project, wanted, path), confirm)


@router.get("/signs/{code}")
def signs(session: Open, code: str) -> dict[str, Any]:
    """One explanation of signs as a form; `neu` an empty one."""
    if code == "neu":
        return answers.signs_json(SignProfile("", "", {}), own=True)
    own = code in set(session.project.own_recipes("signs")["code"])
    return answers.signs_json(keeping.profile_kept(session.project, code), own)


@router.get("/signs/{code}/table")
def signs_table(session: Open, code: str) -> Response:
    """The explanation of signs as a workbook."""
    return _workbook(profile_workbook(keeping.profile_kept(session.project, code)), code)


@router.post("/signs/{code}")
def change_signs(session: Open, code: str, filled: Filled, confirm: bool = False) -> Any:
    """What the form would change; `neu` makes a new explanation of signs."""
    wanted = "" if code == "neu" else code
    return _from_form(session, lambda: keeping.changed_signs(session.project, wanted, filled.tables), confirm, filled)


@router.post("/signs/{code}/table")
def read_signs_table(session: Open, code: str, file: UploadFile, confirm: bool = False) -> dict[str, Any]:
    """What a workbook would change of an explanation of signs; `neu` reads one of any name."""
    wanted = "" if code == "neu" else code
    return _from_file(session, file, lambda path: keeping.changed_signs(session.project, wanted, path), confirm)


def _from_form(session: Session, change: Callable[[], keeping.Change], confirm: bool, filled: Filled) -> Any:
    """The answer to a form; a refusal names the entries too, so that the page can show it beside them."""
    try:
        return _finished(session, change(), confirm, filled)
    except InputRefused as refused:
        return JSONResponse(answers.faults_json(refused), status_code=422)


def _from_file(
    session: Session, file: UploadFile, change: Callable[[Any], keeping.Change], confirm: bool
) -> dict[str, Any]:  # fmt: skip
    folder, paths = kept([file])
    try:
        return _finished(session, change(paths[0]), confirm, None)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _finished(session: Session, change: keeping.Change, confirm: bool, filled: Filled | None) -> dict[str, Any]:
    if confirm:
        role, why = (filled.role, filled.why) if filled else ("", "")
        keeping.keep_change(session.project, change, role or _role(), why)
        session.forget()
    return answers.change_json(change, confirm and bool(change.sentences))


def _role() -> str:
    from sozialraum.project.settings import DEFAULT_ROLE

    return DEFAULT_ROLE


def _workbook(content: bytes, name: str) -> Response:
    disposition = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return Response(content, media_type=XLSX, headers={"Content-Disposition": disposition})
