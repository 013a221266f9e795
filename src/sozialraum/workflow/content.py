"""What the report says, gathered from the project's released tables, shapes and records."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import pandas as pd

from sozialraum import blocks as block_layers
from sozialraum import indicators, publish
from sozialraum.base import ReleaseRefused, _
from sozialraum.base.numbers import counted, day
from sozialraum.delineation import Plan
from sozialraum.project import Project
from sozialraum.workflow import words
from sozialraum.workflow.change_splitting import changes_of
from sozialraum.workflow.changes import comparison
from sozialraum.workflow.withdrawn_results import refuse_withdrawn


def report_content(project: Project, today: str) -> publish.ReportContent:
    """Everything the report prints.

    Raises ReleaseRefused when there is nothing released for the current plan, or deliveries changed since.
    """
    plan, released = project.plan(), project.results("released_counts")
    record = project.record("release") or {}
    if plan is None or released.empty:
        raise ReleaseRefused(_("Es gibt noch nichts zu berichten. Rechnen Sie zuerst die Indikatoren."))
    if record.get("plan_id") != plan.plan_id:
        raise ReleaseRefused(_("Die Gebiete wurden seit der letzten Rechnung geändert. Rechnen Sie zuerst neu."))
    refuse_withdrawn(project)
    refuse_other_deliveries(project)
    editions = tuple(sorted(record["editions"]))
    municipalities = project.municipalities()
    supply = project.results("supply_values")
    content = publish.ReportContent(
        region_name=str(project.settings.get("name", "")),
        title=str(project.settings.get("title") or _("Sozialbericht {year}").format(year=int(today[:4]))),
        notice=words.notice(project),
        language=words.language(),
        edition=editions[-1],
        editions=editions,
        municipalities=municipalities[["ags", "name", "geometry"]],
        areas=_areas(project, plan, released, editions[-1]),
        definitions=indicators.definitions(),
        indicator_values=project.results("indicator_values"),
        index_values=_or_none(project.results("index_values")),
        index_record=project.record("index"),
        supply_values=_or_none(supply),
        impulses=_confirmed(project),
        pyramid=_or_none(released[released["feature"].str.fullmatch(r"pop_\d\d_(\d\d|up)_[fm]")]),
        region_population=_region_population(released, editions[-1]),
        comparison=comparison(project, plan),
        sources=tuple(_sources(project)),
        data_status=data_status(released, municipalities, editions[-1]),
        hidden_cells={reason: number for reason, number in record["summary"].items() if reason != "shown"},
        check_number=record["fingerprint"],
        created_on=today,
        limits=words.limits(project),
        supply_words=None if supply.empty else words.supply_words(project, editions[-1]),
        impulses_note=str(project.settings.get("impulses_note", "")),
        method=words.method(project),
        map_source=words.map_source(project, editions[-1]),
        missing=words.missing(project),
        proposed=bool(project.settings.get("areas_are_proposals", False)),
    )
    return replace(content, changes=changes_of(project, _told_changes(content)))


def _told_changes(content: publish.ReportContent) -> list[tuple[str, str]]:
    """(indicator, unit) of the changes a report tells: all, for areas and the region."""
    units = [*content.areas["area_id"].astype(str), "region"]
    return [(definition.id, unit) for definition in content.definitions for unit in units]


def refuse_other_deliveries(project: Project) -> None:
    """Raise ReleaseRefused when deliveries came or went since the computation: the sources would not be those used."""
    rows = project.deliveries()
    if project.results_are_stale() and set(rows.loc[rows["in_force"], "delivery_id"]) != set(project.rests_on()):
        raise ReleaseRefused(
            _("Seit der letzten Rechnung haben sich die Lieferungen geändert. Rechnen Sie zuerst neu.")
        )


def _or_none(frame: pd.DataFrame) -> pd.DataFrame | None:
    return None if frame.empty else frame


def _confirmed(project: Project) -> pd.DataFrame:
    impulses = project.results("impulses")
    return impulses[impulses["state"] == "confirmed"]


def _region_population(released: pd.DataFrame, edition: str) -> float | None:
    """Released inhabitants of the region with those no area could be given; None when not known exactly."""
    found = released[
        (released["level"] == "region")
        & (released["feature"] == indicators.current_catalogue().population)
        & (released["period"] == edition)
    ]
    exact = found[found["low"] == found["high"]]
    return float(exact["low"].iloc[0]) if len(exact) else None


def _areas(project: Project, plan: Plan, released: pd.DataFrame, edition: str) -> gpd.GeoDataFrame:
    """Shape, name, released inhabitants and institutions of every area, in the plan's order."""
    blocks = project.blocks()
    shapes = block_layers.dissolve(blocks, plan.assignment)
    counts = released[
        (released["level"] == "area")
        & (released["feature"] == indicators.current_catalogue().population)
        & (released["period"] == edition)
    ].set_index("unit")
    areas = plan.areas.merge(shapes, on="area_id", how="left")
    if counts.empty:
        sums = blocks.set_index("block_id")["population"].groupby(plan.assignment).sum()
        areas["population"] = areas["area_id"].map(sums)
        areas["population_status"] = str(project.settings.get("population_status", "observed"))
    else:
        areas["population"] = areas["area_id"].map(counts["low"])
        areas["population_status"] = areas["area_id"].map(counts["status"]).fillna("missing")
    institutions = _institutions(project, plan)
    areas["institutions"] = [institutions.get(area, "") for area in areas["area_id"]]
    return gpd.GeoDataFrame(areas, geometry="geometry", crs=blocks.crs)


def _institutions(project: Project, plan: Plan) -> dict[str, str]:
    """A sentence for areas whose values an institution drives; protected ones are never named."""
    facilities = project.facilities()
    homes = facilities[(facilities["kind"] == "care_home") & ~facilities["protected"] & (facilities["block_id"] != "")]
    homes = homes[homes["period"] == homes["period"].max()]
    sentences: dict[str, str] = {}
    for area_id, group in homes.groupby(homes["block_id"].map(plan.assignment)):
        names = ", ".join(sorted(group["name"]))
        sentences[str(area_id)] = _("Im Gebiet liegt ein Pflegeheim ({names}); es prägt die Altersangaben.").format(
            names=names
        )
    return sentences


def _sources(project: Project) -> list[dict[str, str]]:
    """One line per kind of delivery: title, holder, files, reference dates, licence."""
    known = {recipe.code: recipe for recipe in project.recipes()}
    licences = project.settings.get("licences", {})
    rows = []
    delivered = project.deliveries()
    for name, group in delivered[delivered["in_force"]].groupby("recipe", sort=True):
        periods = sorted({period for periods in group["periods"] for period in periods})
        recipe = known.get(str(name))
        rows.append(
            {
                "title": _(recipe.title) if recipe else str(name),
                "holder": recipe.source if recipe else "",
                "file": counted(len(group), _("Datei"), _("Dateien")),
                "period": ", ".join(day(period) for period in periods),
                "licence": str(licences.get(str(name), project.settings.get("licence", ""))),
            }
        )
    return rows + list(project.settings.get("sources", []))


def data_status(released: pd.DataFrame, municipalities: pd.DataFrame, edition: str) -> pd.DataFrame:
    """Which municipality has delivered what for the edition: one row per source, words as cells."""
    features = indicators.features()
    own = released[(released["level"] == "municipality") & released["feature"].isin(features)]
    own = own.assign(source=own["feature"].map(lambda code: features[code].source.title))
    latest = own[own["period"] == own.groupby("source")["period"].transform("max")]
    order = municipalities.sort_values("ags")
    rows = []
    for source, group in latest.groupby("source", sort=True):
        by_unit = {unit: words.delivery_state(values) for unit, values in group.groupby("unit")}
        cells = {
            name: by_unit.get(ags, _("nicht geliefert")) for ags, name in zip(order["ags"], order["name"], strict=True)
        }
        rows.append({_("Quelle"): source, **cells})
    return pd.DataFrame(rows)
