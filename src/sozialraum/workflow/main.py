"""One short function per command of the main path; proposing and computing have files of their own."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sozialraum import blocks as block_layers
from sozialraum import delineation, publish
from sozialraum.base import (
    InputRefused,
    Progress,
    Silent,
    UsageError,
    _,
    in_language,
)
from sozialraum.base.numbers import counted
from sozialraum.deliveries.corrections import Corrections
from sozialraum.deliveries.files import open_file
from sozialraum.indicators.benefit_names import naming_on
from sozialraum.project import Project
from sozialraum.workflow.by_hand import with_old_date, with_period
from sozialraum.workflow.catalogue import counting_as
from sozialraum.workflow.content import report_content
from sozialraum.workflow.looking import read_now, recipe_for, recipe_named
from sozialraum.workflow.released_figures import FILE, write_figures
from sozialraum.workflow.taking import take_at_once


def create_project(folder: Path, *, name: str, language: str = "de", notice: str = "") -> Project:
    """Create an empty project folder and open it."""
    return Project.create(Path(folder), name=name, language=language, notice=notice)


def import_blocks(project: Project, file: Path, layer: str = "blocks", progress: Progress | None = None) -> list[str]:
    """Take in blocks, municipalities and lines; sentences say what was read."""
    progress = progress or Silent()
    progress.stage(_("Bausteine werden gelesen"))
    layers = block_layers.read_layers(Path(file), blocks_layer=layer)
    findings = block_layers.check_blocks(layers.blocks, layers.municipalities)
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        raise InputRefused(
            _("„{file}“: Die Bausteine können so nicht übernommen werden.").format(file=Path(file).name),
            errors,
            _("Es wurde nichts übernommen. Berichtigen Sie die Datei und lesen Sie sie erneut ein."),
        )
    project.save_layers(layers.municipalities, layers.blocks, layers.lines, layers.places)
    return [
        _("Gelesen: {blocks} in {municipalities}, {persons}.").format(
            blocks=counted(len(layers.blocks), _("Baustein"), _("Bausteine")),
            municipalities=counted(len(layers.municipalities), _("Gemeinde"), _("Gemeinden")),
            persons=counted(int(layers.blocks["population"].sum()), _("Einwohner/-in"), _("Einwohner/-innen")),
        ),
        *_places_sentences(layers.places),
        *[finding.sentence() for finding in findings],
    ]


def _places_sentences(places: block_layers.Places) -> list[str]:
    """What came beside the blocks; nothing when nothing did."""
    if places.addresses.empty and places.buildings.empty and places.places.empty:
        return []
    return [
        _("Dazu {addresses}, {buildings} und {places}.").format(
            addresses=counted(len(places.addresses), _("Anschrift"), _("Anschriften")),
            buildings=counted(len(places.buildings), _("Gebäude"), _("Gebäude")),
            places=counted(len(places.places), _("Ort"), _("Orte")),
        )
    ]


def deliver(
    project: Project, file: Path, recipe: str | None = None, progress: Progress | None = None, date: str = ""
) -> list[str]:
    """Take one delivered file over at once; warnings are recorded as accepted, the same file twice changes nothing.

    date : date of the numbers as a person types it, where the file names none; kept as a correction.
    """
    progress = progress or Silent()
    file = Path(file)
    progress.stage(_("„{file}“ wird gelesen").format(file=file.name))
    if not file.is_file():
        raise InputRefused(
            _("Die Datei „{file}“ gibt es nicht.").format(file=file), (), _("Prüfen Sie Ordner und Namen.")
        )
    known = project.delivery_of(file)
    if known:
        return [_("Nichts geändert: Diese Datei wurde bereits übernommen.")]
    content = open_file(file)
    used = recipe_named(project, recipe) if recipe else recipe_for(project, file, content)
    kept = any(one.code == used.code for one in project.recipes())
    corrections = with_period(used, Corrections(period=date), known=kept)
    reading = read_now(project, file, content, used, corrections)
    reading = with_old_date(reading, used, corrections) if kept else reading
    return list(take_at_once(project, file, used, reading, _("Befehl"), corrections).sentences())


def report(project: Project, language: str | None = None, progress: Progress | None = None) -> Path:
    """Freeze a release: PDF, HTML and XLSX of the same released tables, and the printed figures. Returns its folder."""
    progress = progress or Silent()
    spoken, edition = language or project.settings.get("language", "de"), _last_edition(project)
    with in_language(spoken), counting_as(project), naming_on(edition):
        content, plan_id = report_content(project, today=now()[:10]), current_plan(project).plan_id

        def write(folder: Path) -> None:
            progress.stage(_("Bericht als PDF"))
            publish.write_pdf(content, folder / "report.pdf")
            progress.stage(_("Bericht als Internetseite"))
            publish.write_html(content, folder / "report")
            progress.stage(_("Tabellen als Arbeitsmappe"))
            publish.write_xlsx(content, folder / "report.xlsx")
            write_figures(content, plan_id, folder / FILE)

        release_id = project.add_release(write, check_number=content.check_number, plan_id=plan_id)
    return project.folder / "releases" / release_id


def _last_edition(project: Project) -> str:
    """The date a report is about; '' before anything was computed."""
    return max((project.record("release") or {}).get("editions", ()), default="")


def export_plan(project: Project, file: Path, plan_id: str | None = None) -> Path:
    """Write the plan as CSV: block_id;area_id."""
    plan = (project.plan(plan_id) if plan_id else None) or current_plan(project)
    file = Path(file)
    part = file.with_name(file.name + ".part")
    part.write_text(delineation.plan_to_csv(plan), encoding="utf-8", newline="")
    part.replace(file)
    return file


def decide_impulse(project: Project, impulse_id: str, state: str, role: str, reason: str = "") -> None:
    """Record that a role confirmed or rejected an impulse."""
    if state not in ("confirmed", "rejected"):
        raise UsageError(_("Ein Impuls wird bestätigt oder verworfen."))
    if not role.strip():
        raise UsageError(_("Geben Sie an, welche Stelle entscheidet."))
    if state == "rejected" and not reason.strip():
        raise UsageError(_("Geben Sie einen Grund an, wenn ein Impuls verworfen wird."))
    project.save_impulse_decision(impulse_id, state=state, role=role, decided_on=now()[:10], reason=reason)


def now() -> str:
    """The moment, as ISO text with seconds in UTC."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def current_plan(project: Project) -> delineation.Plan:
    """The plan everything is computed for. Raises InputRefused when there is none yet."""
    plan = project.plan()
    if plan is None:
        raise InputRefused(_("Es gibt noch keine Gebiete."), (), _("Rechnen Sie zuerst einen Vorschlag."))
    return plan
