"""Routes of "Bausteine prüfen": name faults on the map, mend chosen ones, hand out the protocol, take over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
from fastapi import APIRouter, UploadFile
from fastapi.responses import Response

from sozialraum.base import Progress, UsageError, _
from sozialraum.blocks import check_ground
from sozialraum.blocks.coordinates import Reading, check_coordinates, read_as
from sozialraum.blocks.ground_files import Ground
from sozialraum.blocks.layer_files import expected_region
from sozialraum.web import blocks_answers as answers
from sozialraum.web.acting import start
from sozialraum.web.blocks_desk import BlocksDesk, Checked, Desk
from sozialraum.web.blocks_map import where_json
from sozialraum.web.plain_model import PlainModel
from sozialraum.web.proposals import refuse_while_busy
from sozialraum.web.reading import Open
from sozialraum.workflow import blocks_checking, blocks_renewing

router = APIRouter(prefix="/api/ground/check")
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Readings(PlainModel):
    readings: dict[str, str]


class Wishes(PlainModel):
    wishes: dict[str, str]


class Taking(PlainModel):
    why: str = ""
    role: str = ""


@router.post("/file")
def check_file(session: Open, desk: Desk, file: UploadFile) -> dict[str, Any]:
    """Read the layers of a file and name the faults of its blocks."""
    refuse_while_busy(session)
    (path,) = desk.keep([file])
    return start(session, _("Bausteine prüfen"), lambda progress: read(desk, path, {}, progress))


@router.post("/project")
def check_project(session: Open, desk: Desk) -> dict[str, Any]:
    """Name the faults of the newest blocks of the project."""
    refuse_while_busy(session)
    project = session.project

    def work(progress: Progress) -> dict[str, Any]:
        progress.stage(_("Bausteine werden geprüft"))
        ground = blocks_checking.check_project(project)
        desk.put(Checked(None, ground, ground))
        return {"sentences": blocks_checking.fault_sentences(ground.faults)[:1]}

    return start(session, _("Bausteine prüfen"), work)


@router.post("/readings")
def read_so(session: Open, desk: Desk, wish: Readings) -> dict[str, Any]:
    """Read layers with other coordinates, as was offered, and check again."""
    refuse_while_busy(session)
    checked = desk.on_check()
    path = checked.path
    if path is None:
        raise UsageError(_("Die Bausteine des Projekts werden so gelesen, wie sie sind."))
    readings = {**checked.ground.readings, **{layer: Reading.of(code).code for layer, code in wish.readings.items()}}
    return start(session, _("Bausteine prüfen"), lambda progress: read(desk, path, readings, progress))


def read(desk: BlocksDesk, path: Path, readings: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Read and check a file. Raises InputRefused for what has no place on the map."""
    progress.stage(_("Bausteine werden geprüft"))
    ground = blocks_checking.check_file(path, readings=readings)
    desk.put(Checked(path, ground, ground))
    return {"sentences": blocks_checking.fault_sentences(ground.faults)[:1]}


@router.get("/coordinates")
def coordinates(session: Open, desk: Desk) -> list[dict[str, Any]]:
    """The layers that lie elsewhere: what is wrong, how they could be read, and where they would lie then."""
    ground = desk.on_check().ground
    towns = session.project.municipalities()
    known = towns if len(towns) else None
    return [
        {"layer": layer, "title": layer_title(layer), **wrong, "where": where_json(there, known)}
        for layer, wrong, there in misplaced_layers(ground)
    ]


def misplaced_layers(ground: Ground) -> list[tuple[str, dict[str, Any], Any]]:
    """Layer, what is wrong with it, and the layer read in the likeliest way."""
    frames = {"municipalities": ground.municipalities, "blocks": ground.blocks, "lines": ground.lines, **ground.places}
    named = dict.fromkeys(fault.layer for fault in ground.faults if fault.kind == "coordinates")
    found = []
    for layer in named:
        frame = frames[layer]
        check = check_coordinates(frame, expected_region(ground.municipalities), layer)
        wrong = answers.coordinates_json(check)
        if wrong is None:  # it lies right, but its coordinates are not what blocks need
            fault = next(one for one in ground.faults if one.layer == layer)
            wrong = {"sentence": fault.finding.what, "todo": fault.finding.todo, "readings": []}
        there = read_as(frame, check.proposals[0]) if check.proposals else frame
        found.append((layer, wrong, there))
    return found


def layer_title(layer: str) -> str:
    """What people call a layer of a file."""
    names = {
        "municipalities": _("Gemeindegrenzen"),
        "blocks": _("Bausteine"),
        "lines": _("Linien"),
        "addresses": _("Anschriften"),
        "buildings": _("Gebäude"),
        "places": _("Orte"),
    }
    return names.get(layer, layer)


@router.post("/repair")
def repair(session: Open, desk: Desk, wish: Wishes) -> dict[str, Any]:
    """Mend chosen faults; the project stays as it is until the blocks are taken over."""
    refuse_while_busy(session)
    checked = desk.on_check()
    if not wish.wishes:
        raise UsageError(_("Es ist kein Fehler ausgewählt."))

    def work(progress: Progress) -> dict[str, Any]:
        progress.stage(_("Fehler werden behoben"))
        ground = checked.ground
        done = blocks_checking.mend(ground, wish.wishes)
        progress.stage(_("Bausteine werden geprüft"))
        faults = check_ground(done.blocks, ground.municipalities, ground.lines)
        before = [] if checked.protocol is None else [checked.protocol]
        protocol = pd.concat([*before, done.protocol], ignore_index=True)
        mended = replace(ground, blocks=done.blocks, faults=faults)
        desk.put(replace(checked, ground=mended, protocol=protocol))
        return {"sentences": blocks_checking.protocol_sentences(done.protocol, 0)[:1]}

    return start(session, _("Fehler beheben"), work)


@router.post("/again")
def again(session: Open, desk: Desk) -> dict[str, str]:
    """Back to the blocks as they were read."""
    refuse_while_busy(session)
    checked = desk.on_check()
    desk.put(replace(checked, ground=checked.whole, protocol=None))
    return {}


@router.get("/protocol.xlsx")
def protocol(desk: Desk) -> Response:
    """The protocol of all that was mended."""
    checked = desk.on_check()
    if checked.protocol is None:
        raise UsageError(_("Es wurde noch nichts behoben."))
    head = {"Content-Disposition": 'attachment; filename="protokoll-bausteine.xlsx"'}
    return Response(blocks_checking.protocol_book(checked.protocol), media_type=SHEET, headers=head)


@router.post("/take")
def take(session: Open, desk: Desk, wish: Taking) -> dict[str, Any]:
    """Take the checked blocks over: as the first ones, or as a new version."""
    refuse_while_busy(session)
    checked, project = desk.on_check(), session.project

    def work(progress: Progress) -> dict[str, Any]:
        progress.stage(_("Bausteine werden übernommen"))
        if checked.path is None:
            blocks_renewing.renew_blocks(project, checked.ground.blocks, wish.why, wish.role)
        else:
            blocks_checking.take_mended(project, checked.ground, {}, wish.why, wish.role)
        desk.checked = None
        return {"sentences": [_("Die Bausteine sind übernommen.")]}

    return start(session, _("Bausteine übernehmen"), work)


@router.post("/close")
def close(session: Open, desk: Desk) -> dict[str, str]:
    """Put the check away; nothing changes in the project."""
    refuse_while_busy(session)
    desk.checked = None
    return {}
