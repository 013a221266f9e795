"""Routes of the page "Pläne": plans and drafts, comparison, exchange, groupings, division of blocks."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from fastapi import APIRouter, UploadFile
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field
from starlette.background import BackgroundTask

from sozialraum.base import InputRefused, UsageError, _
from sozialraum.plans.exchange_out import FORMATS
from sozialraum.plans.usual import desk_roles
from sozialraum.web import plan_answers, plan_pictures
from sozialraum.web.acting import kept
from sozialraum.web.proposals import refuse_while_busy
from sozialraum.web.reading import Open
from sozialraum.web.session import Session

router = APIRouter(prefix="/api/plans")
ENDINGS = {"shp": ".zip"}


class Chosen(BaseModel):
    chosen: dict[str, str] = Field(default_factory=dict)
    role: str
    why: str = ""


class Taking(BaseModel):
    role: str
    title: str = ""
    body: str = ""
    decided_on: str = ""


class Units(BaseModel):
    title: str
    purpose: str = ""
    level: str = ""
    relation: str = "above"
    ags: str = ""
    role: str
    units: dict[str, str]
    names: dict[str, str] = Field(default_factory=dict)


class Cut(BaseModel):
    line: list[tuple[float, float]]
    role: str
    why: str = ""
    look: bool = True
    shares: dict[str, float] = Field(default_factory=dict)
    facilities: dict[str, str] = Field(default_factory=dict)


class Making(BaseModel):
    """confirmed : somebody read that another plan holds and wants to compute for this one all the same."""

    confirmed: bool = False


@router.get("")
def overview(session: Open) -> dict[str, Any]:
    """Plans, drafts, groupings and plans that wait for decisions."""
    return plan_answers.overview(session)


@router.get("/in-force")
def in_force(session: Open) -> dict[str, Any]:
    """The adopted plan that holds and the one everything is computed for; null where there is none."""
    return plan_answers.in_force(session)


@router.get("/roles")
def roles() -> list[str]:
    """Usual roles, the same as in the editor."""
    return list(desk_roles())


@router.get("/compare")
def compare(session: Open, old: str, new: str) -> dict[str, Any]:
    """Two plans or drafts by numbers, lineage and moved blocks."""
    return plan_answers.comparison(session, old, new)


@router.get("/compare/{ags}")
def compare_maps(session: Open, ags: str, old: str, new: str) -> dict[str, Any]:
    """The two maps of one municipality on one sheet."""
    return plan_answers.picture(session, old, new, ags)


# Plans of others


@router.post("/imports")
def read_plan(session: Open, files: list[UploadFile], crs: str = "") -> dict[str, Any]:
    """Read a plan and lay it onto the blocks; the parts of a Shapefile come together."""
    refuse_while_busy(session)
    folder, paths = kept(files)
    try:
        import_id, _overlay = session.work.read_foreign_plan(session.project, _one_file(folder, paths), crs=crs)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return plan_answers.plan_import(session, import_id)


def _one_file(folder: Path, paths: list[Path]) -> Path:
    """The file to read; the parts of a Shapefile are put beside each other."""
    if not paths:
        raise InputRefused(_("Es ist keine Datei ausgewählt."))
    together = folder / "zusammen"
    together.mkdir()
    moved = [path.rename(together / path.name) for path in paths]
    main = [path for path in moved if path.suffix.lower() in (".shp", ".zip", ".gpkg", ".geojson", ".json", ".csv")]
    if len(main) != 1:
        raise InputRefused(
            _("Wählen Sie einen Plan aus."),
            (),
            _("Ein GeoPackage, eine GeoJSON-Datei, ein Shapefile mit seinen Teilen oder eine Tabelle."),
        )
    return main[0]


@router.get("/imports/{import_id}")
def plan_import(session: Open, import_id: str) -> dict[str, Any]:
    return plan_answers.plan_import(session, import_id)


def ground(session: Session) -> tuple[Any, Any, Any]:
    """Blocks, addresses and buildings, read once for all pictures of single blocks."""
    project = session.project
    version = str(project.blocks_version(project.plan())) if project.plan() is not None else ""
    return session.drawn(
        ("block-ground", version), lambda: (project.blocks(), project.addresses(), project.buildings())
    )


@router.get("/imports/{import_id}/blocks/{block_id}")
def block_across(session: Open, import_id: str, block_id: str) -> dict[str, Any]:
    """A picture of one block across a border."""
    project = session.project
    found = project.plan_import(import_id)
    if block_id not in {one.block_id for one in found.overlay.across}:
        raise UsageError(_("Der Baustein {block} steht nicht zur Entscheidung.").format(block=block_id))
    blocks, addresses, _buildings = ground(session)
    return plan_pictures.block_across(found, block_id, blocks, addresses)


@router.post("/imports/{import_id}/decide")
def decide(session: Open, import_id: str, wish: Chosen) -> dict[str, Any]:
    session.work.decide_blocks(session.project, import_id, wish.chosen, wish.role, wish.why)
    return plan_answers.plan_import(session, import_id)


@router.post("/imports/{import_id}/majority")
def majority(session: Open, import_id: str, wish: Chosen) -> dict[str, Any]:
    """Take the proposals for every block nobody decided on."""
    session.work.decide_by_majority(session.project, import_id, wish.role, wish.why)
    return plan_answers.plan_import(session, import_id)


@router.post("/imports/{import_id}/take")
def take(session: Open, import_id: str, wish: Taking) -> dict[str, Any]:
    """Take the plan over; `current` is false where it stays beside what municipalities have decided."""
    refuse_while_busy(session)
    plan = session.work.take_foreign_plan(
        session.project, import_id, wish.role, title=wish.title, body=wish.body, decided_on=wish.decided_on
    )
    session.forget()
    current = session.project.plan()
    return {
        "plan_id": plan.plan_id,
        "title": plan.title,
        "current": current is not None and current.plan_id == plan.plan_id,
    }


@router.post("/imports/{import_id}/drop")
def drop(session: Open, import_id: str) -> dict[str, str]:
    session.project.drop_plan_import(import_id)
    return {}


# Groupings


@router.get("/groupings/{grouping_id}")
def grouping(session: Open, grouping_id: str) -> dict[str, Any]:
    return plan_answers.grouping(session, grouping_id)


@router.post("/groupings")
def new_grouping(session: Open, wish: Units) -> dict[str, Any]:
    """Group whole areas of the current plan: area_id -> unit."""
    made = session.work.group_areas(session.project, **wish.model_dump())
    return plan_answers.grouping(session, made.grouping_id)


@router.post("/groupings/table")
def grouping_from_table(
    session: Open, file: UploadFile, title: str, role: str, relation: str = "above", purpose: str = "",
    level: str = "", ags: str = "",
) -> dict[str, Any]:  # fmt: skip
    """A grouping from a table block_id;unit or area_id;unit, with a column name if there is one."""
    folder, paths = kept([file])
    try:
        made = session.work.read_grouping(
            session.project, paths[0], title=title, role=role, relation=relation, purpose=purpose, level=level, ags=ags
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return plan_answers.grouping(session, made.grouping_id)


@router.post("/groupings/{grouping_id}/remove")
def remove_grouping(session: Open, grouping_id: str) -> dict[str, str]:
    session.project.remove_grouping(grouping_id)
    return {}


# Division of blocks


@router.get("/blocks/{block_id}")
def block(session: Open, block_id: str) -> dict[str, Any]:
    """A block to be divided, with its surroundings."""
    blocks, addresses, buildings = ground(session)
    if block_id not in set(blocks["block_id"]):
        raise UsageError(_("Den Baustein {block} gibt es nicht.").format(block=block_id))
    counts = session.work.shared_counts(session.project)
    places = session.work.facilities_in(session.project, block_id)
    return {
        **plan_pictures.block_alone(block_id, blocks, addresses, buildings),
        "counts": [{"key": key, "title": title} for key, title in counts.items()],
        "facilities": [{"key": key, "title": title} for key, title in places.items()],
    }


@router.post("/blocks/{block_id}/split")
def split(session: Open, block_id: str, cut: Cut) -> dict[str, Any]:
    """Say what a division would give, or do it. line : points in the units of the block's picture."""
    project = session.project
    refuse_while_busy(session)
    blocks = project.blocks()
    if block_id not in set(blocks["block_id"]) or len(cut.line) < 2:
        raise UsageError(_("Den Baustein {block} gibt es nicht.").format(block=block_id))
    view = plan_pictures.close_up(blocks.geometry[blocks["block_id"] == block_id].iloc[0])
    line = shapely.LineString(view.back(np.array(cut.line, dtype=float)))
    there = session.work.facilities_in(project, block_id)
    record, said = session.work.divide_block(
        project, block_id, line, cut.role, why=cut.why, only_look=cut.look, shares=cut.shares,
        facilities=cut.facilities,
    )  # fmt: skip
    if not cut.look:
        session.forget()
    return plan_answers.division(record, said, there)


# One plan


@router.post("/{plan_id}/current")
def make_current(session: Open, plan_id: str, wish: Making | None = None) -> dict[str, str]:
    """Compute for this plan from now on; beside an adopted plan that holds only when that was confirmed."""
    refuse_while_busy(session)
    if plan_id not in set(session.project.plans()["plan_id"]):
        raise UsageError(_("Den Planstand „{plan}“ gibt es in diesem Projekt nicht.").format(plan=plan_id))
    holds = session.work.plan_in_force(session.project)
    if holds is not None and holds.plan_id != plan_id and not (wish is not None and wish.confirmed):
        text = _("Beschlossen ist „{title}“; dieser Plan gilt weiter, auch wenn mit einem anderen gerechnet wird.")
        raise UsageError(f"{text.format(title=holds.title)} " + _("Bestätigen Sie, dass Sie das wollen."))
    session.project.make_current(plan_id)
    session.forget()
    return {}


@router.get("/{plan_id}/export")
def export(session: Open, plan_id: str, format: str = "gpkg") -> FileResponse:
    """A plan or draft as a file; reasons only where they were released."""
    if format not in FORMATS:
        raise UsageError(_("Das Format „{format}“ gibt es nicht.").format(format=format))
    folder = Path(tempfile.mkdtemp(prefix="sozialraum-"))
    file = folder / f"plan-{plan_id}{ENDINGS.get(format, '.' + format)}"
    try:
        session.work.export_plan_file(session.project, file, plan_id, format)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    away = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    return FileResponse(file, filename=file.name, background=away)
