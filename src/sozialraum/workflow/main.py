"""One short function per command: the main path of the product, read from top to bottom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from sozialraum import blocks as block_layers
from sozialraum import delineation, indicators, need, protection, publish
from sozialraum.base import (
    InputRefused,
    Progress,
    ReleaseRefused,
    Silent,
    UsageError,
    _,
    in_language,
    plural,
)
from sozialraum.base.numbers import counted
from sozialraum.deliveries.corrections import Corrections
from sozialraum.deliveries.files import open_file
from sozialraum.indicators.benefit_names import naming_on
from sozialraum.plans.deciding import kept_decisions
from sozialraum.project import Project
from sozialraum.workflow.by_hand import with_period
from sozialraum.workflow.catalogue import counting_as
from sozialraum.workflow.content import report_content
from sozialraum.workflow.looking import Look, read_now, recipe_for, recipe_named
from sozialraum.workflow.taking import take_at_once
from sozialraum.workflow.versions import observations_for, on_blocks_of

TARGET_COLUMNS = ("target_rate", "target_source", "target_date")


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
    corrections = with_period(Look(used, kept), Corrections(period=date))
    reading = read_now(project, file, content, used, corrections)
    return list(take_at_once(project, file, used, reading, _("Befehl"), corrections).sentences())


def propose(
    project: Project,
    municipality: str | None = None,
    areas: int | tuple[int, int] | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    created: str = "",
    wishes: delineation.Wishes | None = None,
    workers: int = 1,
) -> delineation.Plan:
    """Propose areas for all municipalities or one, keeping the others of the current plan.

    areas : a number or (fewest, most) for the one municipality. created : ISO date-time text of the proposal, now by
    default. wishes : shape, barriers, families, effort; where they name no number of areas, the agreed one counts.
    workers : processes; the plan is the same with any number.
    """
    blocks, municipalities = project.blocks(), project.municipalities()
    if blocks.empty:
        raise InputRefused(_("Es gibt noch keine Bausteine."), (), _("Lesen Sie zuerst die Bausteine ein."))
    if municipality is not None and municipality not in set(municipalities["ags"]):
        raise UsageError(
            _("Die Gemeinde „{ags}“ gibt es in diesem Projekt nicht; es gibt {known}.").format(
                ags=municipality, known=", ".join(sorted(municipalities["ags"]))
            )
        )
    if areas is not None and municipality is None:
        raise UsageError(_("Eine Zahl von Gebieten gilt für eine Gemeinde: Geben Sie auch die Gemeinde an."))
    plan = delineation.propose(
        blocks,
        municipalities,
        wishes=_wishes(municipalities, wishes or delineation.Wishes(), areas),
        only=municipality,
        keep=project.plan(),
        lines=project.lines(),
        workers=workers,
        adopted=None if municipality else _adopted(project),
        seed=seed,
        title=_("Vorschlag"),
        created=created or now(),
        progress=progress or Silent(),
    )
    plan = replace(plan, decisions=kept_decisions(project.plan(), plan))
    project.save_plan(plan)
    return plan


def _wishes(
    municipalities: pd.DataFrame, wishes: delineation.Wishes, areas: int | tuple[int, int] | None
) -> dict[str, delineation.Wishes]:
    """The same wishes for every municipality, with the number asked for, wished for or agreed."""
    found = {}
    for _place, row in municipalities.iterrows():
        number = areas or wishes.areas or delineation.usual_wishes(row).areas
        found[str(row["ags"])] = replace(wishes, areas=number)
    return found


def adopt_plan(
    project: Project, municipality: str, assignment: Path, names: Path | None = None, progress: Progress | None = None
) -> list[str]:
    """Remember a plan that one municipality has already adopted; proposals keep it."""
    adopted = delineation.read_adopted(Path(assignment), Path(names) if names else None)
    settings = dict(project.settings.get("adopted", {}))
    settings[municipality] = {
        "assignment": dict(sorted(adopted.assignment.items())),
        "names": adopted.names.to_dict("records") if adopted.names is not None else None,
    }
    project.settings["adopted"] = settings
    count = adopted.assignment.nunique()
    return [
        plural(
            "Beschlossener Plan mit {count} Gebiet übernommen.",
            "Beschlossener Plan mit {count} Gebieten übernommen.",
            count,
        ).format(count=count)
    ]


def compute(project: Project, progress: Progress | None = None) -> list[str]:
    """Carry all observations onto the areas, protect them, and compute all results from what was released."""
    with counting_as(project):
        return _compute(project, progress or Silent())


def _compute(project: Project, progress: Progress) -> list[str]:
    plan = current_plan(project)
    editions = _editions(project)
    progress.stage(_("Angaben werden auf die Gebiete übertragen"))
    observations, facilities = observations_for(project, plan)
    counts = indicators.carry(
        observations,
        facilities,
        plan,
        project.blocks(),
        project.municipalities(),
        editions,
        former=former_plans(project, observations, plan),
        bases=project.settings.get("base_population"),
    )
    if counts.empty:
        raise ReleaseRefused(_("Es gibt noch keine Angaben. Nehmen Sie zuerst Lieferungen auf."))
    progress.stage(_("Kleine Zahlen werden geschützt"))
    release = protection.release(counts, protection.default_rules())
    progress.stage(_("Indikatoren, Index und Bedarf werden berechnet"))
    results, records = _results(release, plan, project, editions)
    project.save_results(
        {"area_counts": counts, "released_counts": release.values, **results},
        {
            "release": {
                "summary": release.summary,
                "fingerprint": release.fingerprint,
                "plan_id": plan.plan_id,
                "editions": list(editions),
            },
            **records,
        },
    )
    hidden = int((release.values["status"] == "suppressed").sum())
    return [
        _("Berechnet: {indicators} für {areas}.").format(
            indicators=counted(len(indicators.definitions()), _("Indikator"), _("Indikatoren")),
            areas=counted(len(plan.areas), _("Gebiet"), _("Gebiete")),
        ),
        _("Geschützt: {cells} verborgen.").format(cells=counted(hidden, _("Zelle"), _("Zellen"))),
    ]


def report(project: Project, language: str | None = None, progress: Progress | None = None) -> Path:
    """Freeze a release: PDF, HTML and XLSX from the same released tables. Returns its folder."""
    progress = progress or Silent()
    spoken, edition = language or project.settings.get("language", "de"), _last_edition(project)
    with in_language(spoken), counting_as(project), naming_on(edition):
        content = report_content(project, today=now()[:10])

        def write(folder: Path) -> None:
            progress.stage(_("Bericht als PDF"))
            publish.write_pdf(content, folder / "report.pdf")
            progress.stage(_("Bericht als Internetseite"))
            publish.write_html(content, folder / "report")
            progress.stage(_("Tabellen als Arbeitsmappe"))
            publish.write_xlsx(content, folder / "report.xlsx")

        release_id = project.add_release(
            write, check_number=content.check_number, plan_id=current_plan(project).plan_id
        )
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


def _results(
    release: protection.Release, plan: delineation.Plan, project: Project, editions: tuple[str, ...]
) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    """Indicators, index, supply and impulses, from released values alone."""
    values = indicators.compute(release.values, plan)
    index = indicators.index(values, plan, _populations(project, plan), editions)
    results = {"indicator_values": values, "index_values": index.values}
    records: dict[str, Any] = {"index": index.record}
    target = project.settings.get("target")
    if target:
        aim = need.Target(**target)
        supply = need.supply(release.values, plan, values, aim)
        impulses = need.find_impulses(supply, values, plan, group=aim.group, need=aim.need)
        # The target is one for the whole table; it is kept once, as a record.
        results |= {"supply_values": supply.drop(columns=[*TARGET_COLUMNS]), "impulses": impulses}
        records["target"] = target
    return results, records


def _populations(project: Project, plan: delineation.Plan) -> pd.Series:
    blocks = project.blocks().set_index("block_id")["population"]
    return blocks.groupby(plan.assignment.reindex(blocks.index)).sum()


def former_plans(project: Project, observations: pd.DataFrame, plan: delineation.Plan) -> list[delineation.Plan]:
    """Earlier plans that deliveries were made for; their values are carried onto the current areas."""
    named = {text.removeprefix("plan:") for text in observations["geography"].unique() if text.startswith("plan:")}
    found = [project.plan(plan_id) for plan_id in sorted(named - {plan.plan_id, ""})]
    return [on_blocks_of(project, former, plan) for former in found if former is not None]


def _adopted(project: Project) -> dict[str, delineation.Adopted]:
    """What a proposal keeps: plans that municipalities brought along, and what was decided since."""
    adopted = {}
    for ags, stored in project.settings.get("adopted", {}).items():
        names = pd.DataFrame(stored["names"]) if stored["names"] else None
        adopted[ags] = delineation.Adopted(pd.Series(stored["assignment"], dtype=str), names)
    plan = project.plan()
    if plan is None:
        return adopted
    for ags in plan.decisions:
        own = plan.areas[plan.areas["municipality"] == ags]
        blocks = plan.assignment[plan.assignment.isin(set(own["area_id"]))]
        adopted[ags] = delineation.Adopted(blocks, own[["area_id", "code", "name"]])
    return adopted


def current_plan(project: Project) -> delineation.Plan:
    """The plan everything is computed for. Raises InputRefused when there is none yet."""
    plan = project.plan()
    if plan is None:
        raise InputRefused(_("Es gibt noch keine Gebiete."), (), _("Rechnen Sie zuerst einen Vorschlag."))
    return plan


def _editions(project: Project) -> tuple[str, ...]:
    """The reference dates of the project: as set, else the full dates its register deliveries carry."""
    editions = project.settings.get("editions")
    if editions:
        return tuple(sorted(editions))
    observations = project.observations()
    dates = observations.loc[observations["geography"] == "block", "period"]
    dated = sorted({period for period in dates.unique() if len(period) == 10})
    if not dated:
        raise ReleaseRefused(_("Es gibt noch keine Angaben. Nehmen Sie zuerst Lieferungen auf."))
    return tuple(dated[-3:])
