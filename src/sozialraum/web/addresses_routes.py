"""Routes of the page "Adressen": the register and its yearly update."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, Literal

from fastapi import APIRouter, Form, UploadFile

from sozialraum.addresses import Changes
from sozialraum.base import InputRefused, Progress, UsageError, _, current_language
from sozialraum.web import addresses_answers as answers
from sozialraum.web.acting import clearing, kept, start
from sozialraum.web.addresses_map import change_map, ground_of
from sozialraum.web.jobs import finding_json
from sozialraum.web.plain_model import PlainModel
from sozialraum.web.proposals import refuse_while_busy
from sozialraum.web.reading import Open
from sozialraum.web.session import Session
from sozialraum.workflow import address_groups, address_taking
from sozialraum.workflow import addresses_updating as updating

router = APIRouter(prefix="/api/addresses")


class Decided(PlainModel):
    ids: list[str]
    decision: Literal["accept", "reject", "open"]
    area_id: str = ""


class Clear(PlainModel):
    kind: str = ""


@router.get("")
def register(session: Open) -> dict[str, Any]:
    """The register of the project, what waits, and what can be chosen from."""
    return session.drawn(("addresses", current_language()), lambda: answers.register_json(session))


@router.post("/register")
def read(
    session: Open, file: UploadFile, title: str = Form(""), read_as: str = Form(""), first: bool = Form(False)
) -> dict[str, Any]:
    """Read a register as a job: the first one holds at once, a newer one waits for decisions.

    read_as : how to read its coordinates, as offered by an earlier attempt (result `offers`).
    """
    project = session.project
    folder, paths = kept([file])
    compared: list[Changes] = []

    def work(progress: Progress) -> dict[str, Any]:
        progress.stage(_("Adressregister lesen und vergleichen"))
        try:
            return {"register": _read(project, paths[0], title, read_as, first, compared)}
        except InputRefused as refused:
            offered = answers.offers_json(refused)
            if offered is None or read_as:
                raise
            return {"register": offered}

    def finished() -> None:
        session.forget()
        for changes in compared:  # known already; the page asks for them next
            answers.remember(session, changes)

    try:
        return session.jobs.start(_("Adressregister einlesen"), clearing(folder, work), finished).as_json()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _read(project: Any, path: Path, title: str, read_as: str, first: bool, compared: list[Changes]) -> dict[str, Any]:
    if first:
        lines, said = address_taking.first_register(project, path, title=title, read_coordinates=read_as)
    else:
        changes, said = updating.begin_update(project, path, title=title, read_coordinates=read_as)
        compared.append(changes)
        lines = updating.summary_sentences(changes.counts())
    return {"sentences": lines, "findings": [finding_json(finding) for finding in said]}


@router.get("/update")
def update(session: Open) -> dict[str, Any]:
    """The waiting update with its groups; `waiting` is null where none does."""
    return answers.update_json(session)


@router.get("/update/group")
def group(session: Open, key: str) -> dict[str, Any]:
    """The single changes of a group with a small map."""
    changes = answers.changes_of(session)
    with answers.COMPARING:
        ground = session.drawn((answers.CHANGES, "ground"), lambda: ground_of(session.project))
    rows = address_groups.group_rows(changes.rows, key)
    return answers.group_json(session, key, change_map(rows, changes, ground))


@router.post("/update/decide")
def decide(session: Open, wish: Decided) -> dict[str, Any]:
    """Decide on single changes or whole groups, or take decisions back ('open')."""
    refuse_while_busy(session)
    changes = answers.changes_of(session)
    if wish.decision == "open":
        updating.take_back(session.project, wish.ids, changes=changes)
        return {"decided": 0}
    done = updating.decide_changes(session.project, wish.ids, wish.decision, area_id=wish.area_id, changes=changes)
    return {"decided": done}


@router.post("/update/clear")
def clear(session: Open, wish: Clear) -> dict[str, Any]:
    """Accept everything open that raises no doubt, of one kind or of all."""
    refuse_while_busy(session)
    return {"decided": address_groups.accept_clear(session.project, answers.changes_of(session), wish.kind)}


@router.post("/update/end")
def end(session: Open) -> dict[str, Any]:
    """Put the waiting register away with all decisions."""
    refuse_while_busy(session)
    _waits(session)
    session.project.end_address_update()
    session.forget()
    return {}


@router.post("/update/take")
def take(session: Open) -> dict[str, Any]:
    """Take the decided register over as a job, then write and check the street grid."""
    project = session.project
    _waits(session)

    def work(progress: Progress) -> dict[str, Any]:
        sentences, grid = address_taking.take_register(project, progress)
        return {"addresses_taken": {"sentences": list(sentences), "grid": answers.grid_json(grid)}}

    return start(session, _("Adressregister übernehmen"), work)


def _waits(session: Session) -> None:
    if answers.waiting_title(session) is None:
        raise UsageError(_("Es wartet kein neues Adressregister."))
