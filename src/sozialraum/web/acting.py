"""Routes that change something: quick ones at once, long ones as a job."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from fastapi import APIRouter, UploadFile
from pydantic import BaseModel
from starlette.formparsers import MultiPartParser

from sozialraum.base import Progress, UsageError, _
from sozialraum.base.numbers import count
from sozialraum.deliveries.held_files import held_file
from sozialraum.deliveries.limits import MOST_PACKED
from sozialraum.web.jobs import Work
from sozialraum.web.reading import Open
from sozialraum.web.session import Session

router = APIRouter(prefix="/api")

# An upload is spooled in memory up to this size, and written to a disk only beyond it, where it is refused.
MOST_IN_MEMORY = MOST_PACKED
MultiPartParser.spool_max_size = MOST_IN_MEMORY


class NewProject(BaseModel):
    name: str
    language: str = "de"


class Folder(BaseModel):
    folder: str


class Example(BaseModel):
    with_city: bool = False


class Wish(BaseModel):
    municipality: str | None = None
    areas: int | None = None


class Language(BaseModel):
    language: str | None = None


class Decision(BaseModel):
    state: str
    role: str
    reason: str = ""


class Goal(BaseModel):
    rate: float
    source: str
    date: str


@router.post("/projects")
def new_project(session: Open, wish: NewProject) -> dict[str, str]:
    """Create a project below the home folder and open it."""
    folder = session.folder_for(wish.name)
    session.home.mkdir(parents=True, exist_ok=True)
    session.use(session.work.create_project(folder, name=wish.name.strip(), language=wish.language))
    return {"folder": str(folder)}


@router.post("/projects/open")
def open_project(session: Open, wish: Folder) -> dict[str, str]:
    path = Path(wish.folder.strip()).expanduser()
    folder = path if path.is_absolute() else session.home / path
    session.open(folder)
    return {"folder": str(folder)}


@router.post("/projects/close")
def close_project(session: Open) -> dict[str, str]:
    session.close()
    return {}


@router.post("/demo")
def demo(session: Open, wish: Example) -> dict[str, Any]:
    """Make the invented Kreis below the home folder, or open it when it is already there."""
    folder = session.home / (_("Beispiel-mit-Stadt") if wish.with_city else _("Beispiel"))

    def work(progress: Progress) -> dict[str, Any]:
        session.home.mkdir(parents=True, exist_ok=True)
        session.work.demo(folder, with_city=wish.with_city, progress=progress)
        session.open(folder)
        return {"folder": str(folder)}

    return start(session, _("Beispiel einrichten"), work)


@router.post("/blocks")
def blocks(session: Open, file: UploadFile, layer: str = "blocks") -> dict[str, Any]:
    project = session.project
    folder, paths = kept([file])

    def work(progress: Progress) -> dict[str, Any]:
        return {"sentences": session.work.import_blocks(project, paths[0], layer=layer, progress=progress)}

    return start(session, _("Bausteine einlesen"), clearing(folder, work), folder)


@router.post("/adopted/{municipality}")
def adopted(session: Open, municipality: str, files: list[UploadFile]) -> dict[str, Any]:
    """A plan that a municipality has already decided on: the assignment, and the names if there are any."""
    project = session.project
    folder, paths = kept(files)
    names = paths[1:2]

    def work(progress: Progress) -> dict[str, Any]:
        taken = session.work.adopt_plan(project, municipality, paths[0], *names)
        return {"sentences": taken}

    return start(session, _("Beschlossenen Plan übernehmen"), clearing(folder, work), folder)


@router.post("/propose")
def propose(session: Open, wish: Wish) -> dict[str, Any]:
    project = session.project

    def work(progress: Progress) -> dict[str, Any]:
        plan = session.work.propose(project, municipality=wish.municipality, areas=wish.areas, progress=progress)
        return {"plan_id": plan.plan_id, "areas": len(plan.areas)}

    return start(session, _("Vorschlag rechnen"), work)


@router.post("/compute")
def compute(session: Open) -> dict[str, Any]:
    project = session.project
    return start(
        session,
        _("Indikatoren rechnen"),
        lambda progress: {"sentences": list(session.work.compute(project, progress=progress))},
    )


@router.post("/report")
def report(session: Open, wish: Language) -> dict[str, Any]:
    project = session.project

    def work(progress: Progress) -> dict[str, Any]:
        return {"release_id": session.work.report(project, language=wish.language, progress=progress).name}

    return start(session, _("Bericht schreiben"), work)


@router.post("/target")
def target(session: Open, goal: Goal) -> dict[str, str]:
    """Set how many places per child are aimed at, with the source and date of that decision."""
    if not 0 < goal.rate <= 2:
        raise UsageError(_("Der Zielwert liegt zwischen 1 und 200 Plätzen je 100 Kinder."))
    if not goal.source.strip() or not goal.date:
        raise UsageError(_("Geben Sie an, wer den Zielwert wann festgelegt hat."))
    session.project.settings["target"] = {"rate": goal.rate, "source": goal.source.strip(), "date": goal.date}
    session.forget("project", "steps")
    return {}


@router.post("/impulses/{impulse_id}")
def decide(session: Open, impulse_id: str, decision: Decision) -> dict[str, str]:
    session.work.decide_impulse(
        session.project, impulse_id, decision.state, decision.role.strip(), decision.reason.strip()
    )
    session.forget("project", "steps")
    return {}


@router.post("/jobs/{job_id}/cancel")
def cancel(session: Open, job_id: str) -> dict[str, str]:
    session.jobs.stop(job_id)
    return {}


def start(session: Session, title: str, work: Work, folder: Path | None = None) -> dict[str, Any]:
    """Start a job; when another one runs, put away what was uploaded for this one."""
    try:
        return session.jobs.start(title, work, finished=session.forget).as_json()
    except BaseException:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def kept(files: Sequence[UploadFile]) -> tuple[Path, list[Path]]:
    """Uploaded files in a folder of their own, under the names they came with."""
    folder = Path(tempfile.mkdtemp(prefix="sozialraum-"))
    paths = []
    for place, file in enumerate(files):
        name = PurePosixPath((file.filename or "").replace("\\", "/")).name
        path = folder / str(place) / (name or f"datei-{place}")
        path.parent.mkdir()
        with path.open("wb") as target:
            shutil.copyfileobj(file.file, target)
        paths.append(path)
    return folder, paths


def in_memory(files: Sequence[UploadFile]) -> list[Path]:
    """Uploaded files that stay in memory under the names they came with; one above the limit is refused.

    What may list single persons is not written while nobody knows what it is. Raises UsageError.
    """
    held: list[Path] = []
    for place, file in enumerate(files):
        name = PurePosixPath((file.filename or "").replace("\\", "/")).name or f"datei-{place}"
        data = file.file.read(MOST_IN_MEMORY + 1)
        if len(data) > MOST_IN_MEMORY:
            raise UsageError(
                _("„{file}“ ist größer als {most} MB; so große Dateien liest der Befehl „sozialraum deliver“.").format(
                    file=name, most=count(MOST_IN_MEMORY // 1_000_000)
                )
            )
        held.append(held_file(name, data))
    return held


def clearing(folder: Path, work: Callable[[Progress], dict[str, Any]]) -> Work:
    """The work, and afterwards the uploaded files are put away."""

    def both(progress: Progress) -> dict[str, Any]:
        try:
            return work(progress)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    return both
