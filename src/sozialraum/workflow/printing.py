"""What is printed of a plan or a draft: working maps, and the comparison of two of them.

Nothing internal reaches these functions: no reason that is not released, no comment, no social figure of a block.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import geopandas as gpd
import shapely

from sozialraum.base import InputRefused, UsageError, _, current_language, in_language
from sozialraum.base.numbers import day
from sozialraum.base.whole_files import write_whole
from sozialraum.delineation import Plan
from sozialraum.plans import Draft, comparison_files
from sozialraum.plans import drafts as draft_states
from sozialraum.project import Project
from sozialraum.publish.comparison_content import ComparisonPrint, TownChange
from sozialraum.publish.comparison_sheets import comparison_pdf
from sozialraum.publish.work_map import work_map_pdf
from sozialraum.publish.work_map_content import PlanText, Town, WorkMap
from sozialraum.workflow import words
from sozialraum.workflow.main import now
from sozialraum.workflow.revising import compare_plans, state_of
from sozialraum.workflow.versions import on_blocks_of

TABLES = ("towns", "lineage", "moved")
BESIDE = 400.0
"""Metres around a municipality in which railways, rivers and motorways are still drawn."""


def work_map(
    project: Project,
    ags: str,
    *,
    paper: str = "A3",
    plan: str = "",
    scale: int = 0,
    today: str = "",
    language: str | None = None,
) -> bytes:
    """The working map of one municipality as PDF.

    plan : key of a plan or of a draft, '' = the current plan. paper : 'A3' or 'A1'. scale : denominator, 0 = what
    suits the paper. today : ISO date printed as the day of making, today by default.
    Raises UsageError: unknown municipality, plan, paper or scale; InputRefused without blocks or plan.
    """
    chosen, draft = plan_or_draft(project, plan)
    town = town_of(project, ags, chosen)
    with in_language(language or str(project.settings.get("language", "de"))):
        content = WorkMap(
            town=town,
            plan=plan_text(chosen, ags, draft),
            assignment=chosen.assignment,
            areas=chosen.areas,
            paper=paper,
            region=str(project.settings.get("name", "")),
            notice=words.notice(project),
            source=source_line(project),
            created_on=today or now()[:10],
            people_on=people_day(project),
            language=current_language(),
            scale=scale,
        )
        return work_map_pdf(content)


def comparison_content(
    project: Project, old: str, new: str, *, ags: str = "", today: str = "", language: str | None = None
) -> ComparisonPrint:
    """Two plans or drafts side by side, ready to be printed or written as tables.

    ags : one municipality, '' = all that changed with a page that sums up. A key '' stands for the current plan.
    Raises UsageError: unknown plan, draft or municipality; InputRefused when there is no plan yet.
    """
    (before, old_draft), (after, new_draft) = plan_or_draft(project, old), plan_or_draft(project, new)
    with in_language(language or str(project.settings.get("language", "de"))):
        comparison = compare_plans(project, _key(before, old_draft), _key(after, new_draft)).for_others()
    if ags:
        known(project, ags)
        comparison = comparison.only(ags)
    before = on_blocks_of(project, before, after)
    with in_language(language or str(project.settings.get("language", "de"))):
        region, created = str(project.settings.get("name", "")), today or now()[:10]

        def side(town: Town, plan: Plan, draft: Draft | None, version: str) -> WorkMap:
            rows = comparison.areas[comparison.areas["version"] == version]
            return WorkMap(
                town, plan_text(plan, town.ags, draft), plan.assignment, plan.areas, "A3", region,
                words.notice(project), source_line(project), created,
                withheld=frozenset(rows["area_id"][rows["persons"].isna()]),
            )  # fmt: skip

        changes = []
        for figures in comparison.towns:
            if not (ags or figures.changed):
                continue
            town = town_of(project, figures.ags, after)
            changes.append(
                TownChange(
                    side(town, before, old_draft, "before"),
                    side(town, after, new_draft, "after"),
                    comparison.lineage[comparison.lineage["ags"] == figures.ags],
                    comparison.moved[comparison.moved["ags"] == figures.ags],
                    comparison.areas[comparison.areas["ags"] == figures.ags],
                    figures,
                )
            )
        return ComparisonPrint(
            comparison=comparison,
            old=plan_text(before, ags, old_draft),
            new=plan_text(after, ags, new_draft),
            towns=tuple(changes),
            municipalities=project.municipalities()[["ags", "name", "geometry"]],
            whole=not ags,
            region=region,
            notice=words.notice(project),
            source=source_line(project),
            created_on=created,
            language=current_language(),
        )


def comparison_sheets(
    project: Project,
    old: str,
    new: str,
    *,
    ags: str = "",
    paper: str = "A3",
    today: str = "",
    language: str | None = None,
) -> bytes:
    """The comparison as PDF: before and after of every changed municipality, or of one. See `comparison_content`."""
    return comparison_pdf(comparison_content(project, old, new, ags=ags, today=today, language=language), paper)


def comparison_data(
    project: Project, old: str, new: str, *, ags: str = "", form: str = "json", table: str = "lineage"
) -> bytes:
    """The comparison as data. form : 'json', 'xlsx', or 'csv' with one `table`: 'towns', 'lineage' or 'moved'.

    Raises UsageError: unknown form or table, and what `comparison_content` raises.
    """
    keys = [_key(*plan_or_draft(project, key)) for key in (old, new)]
    comparison = compare_plans(project, *keys).for_others()
    if ags:
        known(project, ags)
        comparison = comparison.only(ags)
    if form == "json":
        return (json.dumps(comparison.to_json(), ensure_ascii=False, indent=1) + "\n").encode()
    if form == "xlsx":
        with tempfile.TemporaryDirectory(prefix="sozialraum-") as folder:
            return comparison_files.write_xlsx(comparison, Path(folder) / "compare.xlsx").read_bytes()
    tables = dict(zip(TABLES, comparison_files.comparison_tables(comparison).values(), strict=True))
    if form != "csv" or table not in tables:
        raise UsageError(
            _("Diese Tabelle gibt es nicht: „{name}“; es gibt {known}.").format(
                name=f"{table}.{form}", known=", ".join([*(f"{one}.csv" for one in TABLES), "xlsx", "json"])
            )
        )
    text = tables[table].to_csv(sep=";", decimal=",", index=False, lineterminator="\n")
    return text.encode("utf-8-sig")


def _key(plan: Plan, draft: Draft | None) -> str:
    return draft.draft_id if draft else plan.plan_id


def plan_or_draft(project: Project, key: str = "") -> tuple[Plan, Draft | None]:
    """A plan by its key, a draft in its present state, or the current plan for ''.

    Raises InputRefused when there is no plan yet, UsageError when there is neither plan nor draft with this key.
    """
    drafts = {draft.draft_id: draft for draft in project.drafts()}
    if key in drafts:
        return state_of(project, drafts[key]), drafts[key]
    if key and key not in set(project.plans()["plan_id"]):
        raise UsageError(_("Einen Plan oder eine Fassung „{key}“ gibt es in diesem Projekt nicht.").format(key=key))
    plan = project.plan(key or None)
    if plan is None:
        raise InputRefused(
            _("Es gibt noch keinen Plan."), (), _("Lassen Sie Gebiete vorschlagen oder übernehmen Sie einen Plan.")
        )
    return plan, None


def known(project: Project, ags: str) -> str:
    """The name of a municipality. Raises UsageError when there is none with this key."""
    names = project.municipalities().set_index("ags")["name"]
    if ags not in names.index:
        raise UsageError(
            _("Die Gemeinde „{ags}“ gibt es in diesem Projekt nicht; es gibt {known}.").format(
                ags=ags, known=", ".join(sorted(names.index))
            )
        )
    return str(names[ags])


def town_of(project: Project, ags: str, plan: Plan) -> Town:
    """One municipality with everything that is drawn of it. Raises UsageError when there is none with this key."""
    name = known(project, ags)
    blocks = project.blocks_of(plan)
    mine = blocks[(blocks["municipality"] == ags) & blocks["block_id"].isin(plan.assignment.index)]
    mine = mine.reset_index(drop=True)
    reach = shapely.buffer(shapely.union_all(mine.geometry.to_numpy(), grid_size=1.0), 5)
    return Town(
        ags=ags,
        name=name,
        blocks=mine[["block_id", "population", "land", "geometry"]],
        lines=lines_of(project.lines(), reach),
        buildings=inside(project.buildings(), reach),
        places=inside(project.places(), reach),
    )


def lines_of(lines: gpd.GeoDataFrame, reach: shapely.Geometry) -> gpd.GeoDataFrame:
    """Streets of the municipality itself; railways, water and motorways also beside it."""
    shapes = lines.geometry.to_numpy()
    street = (lines["kind"] == "street").to_numpy()
    shapely.prepare(reach)
    near = shapely.box(*shapely.bounds(shapely.buffer(reach, BESIDE)))
    chosen = (street & shapely.intersects(shapes, reach)) | (~street & shapely.intersects(shapes, near))
    found = lines.loc[chosen, ["kind", "name", "geometry"]].reset_index(drop=True)
    found["name"] = found["name"].fillna("").astype(str)
    return found


def inside(layer: gpd.GeoDataFrame, reach: shapely.Geometry) -> gpd.GeoDataFrame:
    """What of a layer lies in the municipality: kind, name, geometry."""
    found = layer.loc[shapely.intersects(layer.geometry.to_numpy(), reach), ["kind", "name", "geometry"]]
    return found.reset_index(drop=True)


def plan_text(plan: Plan, ags: str, draft: Draft | None = None) -> PlanText:
    """How a plan or the state of a draft is named on paper."""
    decision = plan.decisions.get(ags)
    decided = f"{decision.body}, {day(decision.date)}" if decision and draft is None else ""
    if draft is not None:
        state = {
            "in_revision": _("Fassung in Bearbeitung"),
            "submitted": _("Fassung, eingereicht"),
            "adopted": _("Fassung, als Plan beschlossen"),
            "closed": _("Fassung, abgelegt"),
        }[draft.status]
        version = f"{draft.draft_id}-{draft_states.state_id(draft)[:6]}"
        last = draft.applied[-1].when if draft.applied else draft.created
        return PlanText(version, draft.title, state, _day_of(last))
    state = {
        "proposal": _("Vorschlag"),
        "in_revision": _("in Bearbeitung"),
        "submitted": _("eingereicht"),
        "adopted": _("beschlossen"),
        "superseded": _("abgelöst"),
    }[plan.status]
    binding = plan.status in ("adopted", "superseded")
    return PlanText(plan.plan_id, plan.title, state, _day_of(plan.valid_from or plan.created), decided, binding)


def source_line(project: Project) -> str:
    """The line under a map."""
    own = project.settings.get("map_source")
    if own:
        return str(own)
    return _("Quelle: Bausteine, Linien und Orte des Projekts „{name}“; eigene Darstellung.").format(
        name=project.settings.get("name", "")
    )


def people_day(project: Project) -> str:
    """The day the inhabitants of the blocks were counted, '' where the project does not say."""
    known = str(project.settings.get("population_date", ""))
    return day(known) if known else ""


def write_file(file: Path, content: bytes) -> Path:
    """Write a printed file; it appears whole or not at all. OSError when it cannot be written."""
    write_whole({file: content})
    return file


def _day_of(when: str) -> str:
    return day(when[:10]) if len(when) >= 10 else ""
