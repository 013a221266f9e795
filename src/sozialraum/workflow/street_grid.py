"""The street grid (Straßenraster): what will be written, delivery groups, the two files, the check of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd

from sozialraum import delineation, plans, street_grid
from sozialraum.base import Finding, InputRefused, UsageError, _, plural
from sozialraum.base.numbers import count, day
from sozialraum.base.whole_files import write_whole
from sozialraum.blocks import place_addresses
from sozialraum.indicators import features
from sozialraum.project import Project
from sozialraum.street_grid import Format, Likeness, StreetGrid
from sozialraum.workflow.street_grid_files import check_street_grid as check_street_grid
from sozialraum.workflow.street_grid_files import street_grid_to_check as street_grid_to_check

SETTING = "street_grid"
ROLE = "Planung"


@dataclass(frozen=True)
class Prospect:
    """What the street grid of a plan will be.

    people : area_id -> inhabitants. day : the date they stand for, '' = that of the blocks. confirmed : delivery
    groups the planner confirmed. proposed : groups still to be confirmed. stuck : areas for which there is none.
    grid : with confirmed and proposed groups alike.
    """

    plan: delineation.Plan
    people: Mapping[str, int]
    day: str
    confirmed: tuple[tuple[str, ...], ...]
    proposed: tuple[tuple[str, ...], ...]
    stuck: tuple[str, ...]
    likeness: Likeness
    grid: StreetGrid

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything to look at before writing; errors stop it."""
        return (*street_grid.too_small(self.plan, self.stuck, self.people), *self.grid.findings)


def street_grid_format(project: Project) -> Format:
    """The form of the files in this project."""
    return street_grid.format_from(_kept(project).get("form"))


def set_street_grid_format(project: Project, given: Mapping[str, Any] | None) -> Format:
    """Keep the form of the files for this project; None = back to the guess. Raises InputRefused."""
    form = street_grid.format_from(given)
    _keep(project, form=None if given is None else form.to_json())
    return form


def set_street_grid_levels(project: Project, grouping_id: str) -> None:
    """Take the middle level (Stadtbezirke) from a grouping of areas; '' = none. Raises InputRefused, UsageError."""
    if grouping_id:
        _bezirke(project, _plan(project, ""), grouping_id)
    _keep(project, middle=grouping_id)


def street_grid_prospect(project: Project, plan_id: str = "", form: Format | None = None) -> Prospect:
    """The street grid of a plan, by default the current one, with proposed delivery groups.

    form : how the files are written, by default as the project has it.
    Raises InputRefused when there is no plan or no address register.
    """
    plan = _plan(project, plan_id)
    addresses, blocks = project.addresses(), project.blocks_of(plan)
    if addresses.empty:
        raise InputRefused(
            _("Im Projekt gibt es kein Adressregister."),
            (),
            _("Nehmen Sie mit den Bausteinen eine Ebene „addresses“ auf: street, number, suffix, postcode."),
        )
    kept = _kept(project)
    people, date = inhabitants(project, plan, blocks)
    likeness = street_grid.make_likeness(plan, blocks, people)
    confirmed = _confirmed(kept, plan)
    groups, stuck = street_grid.propose_groups(likeness, confirmed)
    settled = {frozenset(group) for group in confirmed}
    towns = project.municipalities().set_index("ags")["name"].to_dict()
    bezirke, names = _bezirke(project, plan, str(kept.get("middle") or ""))
    grid = street_grid.make_street_grid(
        plan, place_addresses(addresses, blocks), towns, people,
        form or street_grid.format_from(kept.get("form")),
        groups=groups, bezirke=bezirke, bezirk_names=names,
    )  # fmt: skip
    done = tuple(group for group in groups if frozenset(group) in settled)
    still = tuple(group for group in groups if frozenset(group) not in settled)
    return Prospect(plan, people, date, done, still, tuple(stuck), likeness, grid)


def confirm_delivery_groups(
    project: Project, groups: Iterable[Iterable[str]], *, plan_id: str = "", role: str = ROLE
) -> tuple[tuple[str, ...], ...]:
    """Keep the delivery groups of a plan as the planner decided; returns them.

    groups : all groups of the plan, each of area_ids. Raises UsageError for groups that cannot be.
    """
    plan = _plan(project, plan_id)
    wanted = tuple(tuple(sorted(group)) for group in groups)
    street_grid.refuse_groups(plan, wanted)
    decided = dict(_kept(project).get("plans") or {})
    decided[plan.plan_id] = {"groups": [list(group) for group in wanted], "role": role, "on": _now()}
    _keep(project, plans=decided)
    project.log(_("Liefergruppen des Straßenrasters bestätigt"), role)
    return wanted


def street_grid_files(
    project: Project, plan_id: str = "", role: str = ROLE, *, keep: bool = True, form: Format | None = None
) -> dict[str, bytes]:
    """File name -> content of the two files; keeps which key stands for which areas, for the way back.

    keep : False = only to look at, nothing is remembered. form : as in `street_grid_prospect`.
    Raises InputRefused when a Viertel has fewer than 1,000 inhabitants or a delivery group is not confirmed.
    """
    return _files(project, street_grid_prospect(project, plan_id, form), role, keep)


def _files(project: Project, found: Prospect, role: str, keep: bool = True) -> dict[str, bytes]:
    _refuse_open(found)
    files = street_grid.file_bytes(found.grid)
    if not keep:
        return files
    written = dict(_kept(project).get("written") or {})
    written[found.plan.plan_id] = {"keys": found.grid.way_back, "on": _now(), "role": role}
    _keep(project, written=written)
    return files


def write_street_grid(
    project: Project,
    out: Path,
    plan_id: str = "",
    *,
    confirm: bool = False,
    role: str = ROLE,
    form: Format | None = None,
) -> list[str]:
    """Write the two files into a folder; sentences say what was written.

    confirm : the proposed delivery groups are confirmed at once. form : another form than the project's, for these
    files alone. Raises InputRefused; then nothing is written.
    """
    out = Path(out)
    if out.exists() and not out.is_dir():
        raise InputRefused(
            _("„{folder}“ ist eine Datei, kein Ordner.").format(folder=out),
            (),
            _("Geben Sie einen Ordner an; die beiden Dateien bekommen ihre Namen aus den Einstellungen."),
        )
    found = street_grid_prospect(project, plan_id, form)
    if confirm and found.proposed:
        groups = confirm_delivery_groups(project, (*found.confirmed, *found.proposed), plan_id=plan_id, role=role)
        found = replace(found, confirmed=groups, proposed=())
    files = _files(project, found, role)
    out.mkdir(parents=True, exist_ok=True)
    write_whole({out / name: content for name, content in files.items()})
    return [*(_("Geschrieben: {file}").format(file=out / name) for name in files), *street_grid_sentences(found)]


def street_grid_sentences(found: Prospect) -> list[str]:
    """What the files hold, on what date, and what to look at."""
    grid = found.grid
    viertel = sum(unit.level == "viertel" for unit in grid.units)
    streets = len({(record.postcode, record.street) for record in grid.records})
    lines = [
        _("{streets} Straßen in {records} Zeilen, {viertel} Stadtviertel in {towns}.").format(
            streets=count(streets), records=count(len(grid.records)), viertel=count(viertel),
            towns=plural("1 Gemeinde", "{n} Gemeinden", _towns(grid)).format(n=_towns(grid)),
        ),
        _day_sentence(found.day),
    ]  # fmt: skip
    names = street_grid.area_labels(found.plan)
    for group in (*found.confirmed, *found.proposed):
        shown = ", ".join(names[area] for area in group)
        lines.append(_("Liefergruppe {key}: {areas}.").format(key=grid.keys[group[0]], areas=shown))
    return lines + [finding.sentence() for finding in found.findings]


def _towns(grid: StreetGrid) -> int:
    return len({unit.municipality for unit in grid.units})


def _day_sentence(date: str) -> str:
    if not date:
        return _("Zahl der Einwohnerinnen und Einwohner: aus den Bausteinen, Stichtag nicht bekannt.")
    text = _("Zahl der Einwohnerinnen und Einwohner vom {day}; verlangt ist der 31.12. des Vorjahres.")
    return text.format(day=day(date))


def inhabitants(project: Project, plan: delineation.Plan, blocks: gpd.GeoDataFrame) -> tuple[dict[str, int], str]:
    """Inhabitants per area at the latest 31.12. of the register, and that date; else those of the blocks and ''."""
    date, counts = project.counts_on_blocks(features()["population"].parts, "-12-31")
    counts = counts[counts.index.isin(plan.assignment.index)]
    if counts.empty:
        counts, date = blocks.set_index("block_id")["population"], ""
    summed = counts.groupby(plan.assignment.reindex(counts.index)).sum()
    return {str(area): int(summed.get(area, 0)) for area in plan.areas["area_id"]}, date


def agency_units(project: Project, plan: delineation.Plan) -> dict[str, str]:
    """Nine-digit key -> area_id, or the joined areas of a delivery group, as last handed over for this plan.

    Where no street grid was written for it, the keys the plan would get.
    """
    written = (_kept(project).get("written") or {}).get(plan.plan_id)
    if written:
        return {str(key): str(unit) for key, unit in written["keys"].items()}
    return {str(key): str(area) for area, key in delineation.agency_keys(plan).items()}


def _refuse_open(found: Prospect) -> None:
    """Raise InputRefused while an area is too small or a proposed group waits for the planner."""
    findings = [finding for finding in found.findings if finding.severity == "error"]
    names = street_grid.area_labels(found.plan)
    for group in found.proposed:
        what = _("Liefergruppe noch nicht bestätigt: {areas}.").format(areas=", ".join(names[area] for area in group))
        findings.append(Finding(what, todo=_("Bestätigen Sie sie auf der Seite „Straßenraster“ oder wählen Sie um.")))
    if findings:
        raise InputRefused(_("Das Straßenraster kann so nicht geschrieben werden."), findings)


def _plan(project: Project, plan_id: str) -> delineation.Plan:
    plan = project.plan(plan_id or None)
    if plan is None:
        raise InputRefused(_("Es gibt noch keine Gebiete."), (), _("Rechnen Sie zuerst einen Vorschlag."))
    return plan


def _confirmed(kept: Mapping[str, Any], plan: delineation.Plan) -> list[tuple[str, ...]]:
    stored = (kept.get("plans") or {}).get(plan.plan_id, {}).get("groups", [])
    return [tuple(str(area) for area in group) for group in stored]


def _bezirke(
    project: Project, plan: delineation.Plan, grouping_id: str
) -> tuple[dict[str, str] | None, dict[str, str] | None]:
    """area_id -> unit of a grouping, and the names of its units; refused when areas lie across its borders."""
    if not grouping_id:
        return None, None
    known = {grouping.grouping_id: grouping for grouping in project.groupings()}
    grouping = known.get(grouping_id)
    if grouping is None:
        raise UsageError(_("Die Gruppierung „{name}“ gibt es nicht.").format(name=grouping_id))
    findings = plans.check_nesting(grouping, plan) if grouping.relation == "above" else []
    if findings or grouping.relation != "above":
        raise InputRefused(
            _("„{name}“ kann keine Stadtbezirke bilden.").format(name=grouping.title),
            findings or [Finding(_("Ihre Einheiten bestehen nicht aus ganzen Gebieten."))],
        )
    unit_of = {str(block): str(unit) for block, unit in grouping.assignment.items()}
    found = {str(area): unit_of[str(block)] for block, area in plan.assignment.items() if str(block) in unit_of}
    return found, {str(unit): str(name) for unit, name in grouping.names.items()}


def _kept(project: Project) -> dict[str, Any]:
    return dict(project.settings.get(SETTING) or {})


def _keep(project: Project, **changes: object) -> None:
    project.settings[SETTING] = _kept(project) | changes


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
