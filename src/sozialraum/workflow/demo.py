"""The invented Kreis from nothing to a printed report, stage by stage; an interrupted run is taken up again."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sozialraum import delineation, demo
from sozialraum.base import Progress, ProjectRefused, Silent, _
from sozialraum.base.numbers import counted
from sozialraum.delineation import warm
from sozialraum.project import Project
from sozialraum.workflow import computing, demo_plans, main, proposing

FILES = "beispieldateien"


def run_demo(folder: Path, with_city: bool = False, language: str = "de", progress: Progress | None = None) -> Path:
    """Make the demo project in `folder` and its report; returns the folder of the release.

    A folder that holds a finished or interrupted demo is continued: stages whose result
    stands are not repeated. Raises ProjectRefused when the folder holds anything else.
    """
    progress = progress or Silent()
    folder = Path(folder)
    compiling = warm.begin()
    progress.stage(_("1 von 7: Projekt, Bausteine und erste Lieferungen"))
    world = demo.build_world(with_city=with_city)
    with _demo_project(folder, with_city, language) as project:
        said: set[str] = set()
        _take_in(project, world, progress, said)
        progress.stage(_("2 von 7: Gebiete"))
        if compiling is not None:
            compiling.wait()  # quicker than compiling the same here beside it
        demo_plans.make_plans(project, progress)
        progress.stage(_("3 von 7: Lieferungen für die Gebiete"))
        _ordered(project, world, progress, said)
        progress.stage(_("4 von 7: Indikatoren und Index"))
        for line in computing.compute(project, progress):
            progress.done(line)
        progress.stage(_("5 von 7: Bedarf und Angebot"))
        progress.done(_decide(project))
        progress.stage(_("6 von 7: Freigabe"))
        progress.done(_released(project))
        progress.stage(_("7 von 7: Bericht"))
        release = main.report(project, language, progress)
        progress.done(_("Bericht: {file}").format(file=release / "report.pdf"))
    return release


def _demo_project(folder: Path, with_city: bool, language: str) -> Project:
    if Project.exists(folder):
        project = Project.open(folder)
        if project.settings.get("demo") == {"with_city": with_city}:
            return project
        project.close()
        raise ProjectRefused(
            _("In „{folder}“ liegt ein anderes Projekt. Wählen Sie für das Beispiel einen anderen Ordner.").format(
                folder=folder
            )
        )
    if not Project.is_free(folder):
        raise ProjectRefused(
            _("Der Ordner „{folder}“ ist nicht leer. Wählen Sie für das Beispiel einen anderen Ordner.").format(
                folder=folder
            )
        )
    return Project.create(
        folder,
        name=demo.REGION_NAME,
        language=language,
        notice=demo.NOTICE,
        settings={"demo": {"with_city": with_city}, "editions": list(demo.EDITIONS), "target": demo.target()},
    )


def _take_in(project: Project, world: demo.World, progress: Progress, said: set[str]) -> None:
    files = demo.write_first_files(world, _folder(project))
    if project.blocks().empty:
        for line in main.import_blocks(project, _named(files, "bausteine"), progress=progress):
            progress.done(line)
    for file in files:
        if file.suffix == ".gpkg" or file.name.startswith("Gebiete_"):
            continue
        _deliver(project, file, progress, said)
    adopted = [file for file in files if file.name.endswith("_beschlossen.csv")]
    for file in adopted:
        names = file.with_name(file.name.replace("_beschlossen", "_Namen"))
        for line in proposing.adopt_plan(project, demo.ADOPTED_TOWN, file, names):
            progress.done(line)


def _ordered(project: Project, world: demo.World, progress: Progress, said: set[str]) -> None:
    """The agency and the youth offices answer for the areas of the current plan."""
    plan = main.current_plan(project)
    names = dict(zip(plan.areas["area_id"], plan.areas["name"], strict=True))
    keys = delineation.agency_keys(plan)
    for file in demo.answer_orders(world, plan.assignment, keys, names, _folder(project)):
        _deliver(project, file, progress, said)


def _deliver(project: Project, file: Path, progress: Progress, said: set[str]) -> None:
    """Say what was read; what was skipped, assumed or noticed is said once, however many files share it."""
    first, *rest = main.deliver(project, file, progress=progress)
    progress.done(f"{file.name}: {' '.join([first, *rest[:1]])}")
    for line in rest[1:]:
        if line not in said:
            said.add(line)
            progress.done(f"  {line}")


def _decide(project: Project) -> str:
    """In the example the planning conference has decided on building up and improving; the rest is still open."""
    impulses = project.results("impulses")
    decided = impulses[(impulses["state"] == "arisen") & impulses["field"].isin(["build_up", "improve"])]
    rejected = _one_to_reject(impulses)
    for impulse_id in sorted(decided["impulse_id"]):
        if impulse_id == rejected:
            reason = _("Eine neue Tageseinrichtung ist bereits beschlossen.")
            main.decide_impulse(project, impulse_id, "rejected", _("Planungskonferenz"), reason)
        else:
            main.decide_impulse(project, impulse_id, "confirmed", _("Planungskonferenz"))
    states = project.results("impulses")["state"].value_counts()
    return _("Impulse: {confirmed} bestätigt, {rejected} verworfen, {open} noch offen.").format(
        confirmed=int(states.get("confirmed", 0)),
        rejected=int(states.get("rejected", 0)),
        open=int(states.get("arisen", 0)),
    )


def _one_to_reject(impulses: pd.DataFrame) -> str:
    building = impulses[impulses["field"] == "build_up"]
    return str(building["impulse_id"].max()) if len(building) > 1 else ""


def _released(project: Project) -> str:
    hidden = int((project.results("released_counts")["status"] == "suppressed").sum())
    return _("Verborgen: {cells}; gedruckt wird nur, was freigegeben ist.").format(
        cells=counted(hidden, _("Zelle"), _("Zellen"))
    )


def _folder(project: Project) -> Path:
    folder = project.folder / FILES
    folder.mkdir(exist_ok=True)
    return folder


def _named(files: tuple[Path, ...], start: str) -> Path:
    return next(file for file in files if file.name.startswith(start))
