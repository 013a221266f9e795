"""What the page "Pläne" shows, taken from the project: lists, comparison, plans that wait for decisions, groupings."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sozialraum.base import UsageError, _, code_key, name_key
from sozialraum.plans.overlay_faults import titles
from sozialraum.web import plan_pictures
from sozialraum.web.jobs import finding_json
from sozialraum.web.session import Session
from sozialraum.web.tables import plain, records


def overview(session: Session) -> dict[str, Any]:
    """All plans and drafts, newest first, groupings, and plans that came in and wait."""
    project = session.project
    towns = names_of(project)
    arrived = [row for row in project.plan_imports().to_dict("records") if row["state"] == "open"]
    splits = [
        {name: getattr(one, name) for name in ("block_id", "when", "role", "why")} for one in project.block_splits()
    ]
    return {
        "municipalities": [{"ags": ags, "name": name} for ags, name in towns.items()],
        "in_force": in_force(session)["in_force"],
        "plans": [plan_row(session, row, towns) for row in project.plans().iloc[::-1].to_dict("records")],
        "drafts": by_town([draft_row(project, draft, towns) for draft in reversed(project.drafts())]),
        "groupings": [grouping_row(one, towns) for one in project.groupings()],
        "imports": [waiting(project, row) for row in arrived],
        "blocks_version": project.blocks_version(),
        "splits": splits,
    }


def in_force(session: Session) -> dict[str, Any]:
    """The adopted plan that holds, and the plan everything is computed for; each null where there is none."""
    plans = {"in_force": session.work.plan_in_force(session.project), "current": session.project.plan()}
    shown = ("plan_id", "title", "status", "valid_from")
    return {
        name: None if plan is None else {field: getattr(plan, field) for field in shown} for name, plan in plans.items()
    }


def division(record: Any, said: tuple[str, ...], there: dict[str, str]) -> dict[str, Any]:
    """What a division gives: sentences, the two parts, the share of inhabitants, where each facility would stand."""
    from sozialraum.plans.block_lineage import place_of

    return {
        "sentences": list(said),
        "parts": list(record.parts),
        "share": record.share_of("population").share,
        "facilities": {key: place_of(key, record) for key in there},
    }


def names_of(project: Any) -> dict[str, str]:
    """AGS -> name, by name."""
    rows = project.municipalities()
    pairs = sorted(zip(rows["ags"], rows["name"], strict=True), key=lambda pair: name_key(str(pair[1])))
    return {str(ags): str(name) for ags, name in pairs}


def by_town(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows by the name of their municipality; those of one municipality stay in order."""
    return sorted(rows, key=lambda row: name_key(row["town"]))


def plan_row(session: Session, row: dict[str, Any], towns: dict[str, str]) -> dict[str, Any]:
    """A plan in the list; one that only carries another onto newer blocks has the history of that one."""
    project, work = session.project, session.work
    plan = project.plan(row["plan_id"])
    before = work.carried_from(project, plan)
    history = plan if before is None else work.with_history(project, plan)
    decisions = [
        {"ags": ags, "name": towns.get(ags, ags), "body": made.body, "date": made.date}
        for ags, made in sorted(plan.decisions.items(), key=lambda pair: name_key(towns.get(pair[0], pair[0])))
    ]
    shown = ("plan_id", "title", "status", "created", "areas", "current")
    return {
        **{name: plain(row[name]) for name in shown},
        **_span_of(work, project, plan),
        "parent": history.parent,
        "carried_from": "" if before is None else before.plan_id,
        "decisions": decisions,
        "steps": sum(edit.kind != "adopt" for edit in history.edits),  # a decision is no step of the experts
        "blocks_version": project.blocks_version(plan),
    }


def _span_of(work: Any, project: Any, plan: Any) -> dict[str, str]:
    """From when to when a plan held; what ended before it was carried onto newer blocks has the days of its first."""
    while plan.status == "superseded" and not plan.valid_from and (before := work.carried_from(project, plan)):
        plan = before
    return {"valid_from": plan.valid_from, "valid_to": plan.valid_to}


def draft_row(project: Any, draft: Any, towns: dict[str, str]) -> dict[str, Any]:
    return {
        "draft_id": draft.draft_id, "ags": draft.ags, "town": towns.get(draft.ags, draft.ags), "title": draft.title,
        "status": draft.status, "base": draft.base, "created": draft.created, "role": draft.role,
        "steps": draft.position,
    }  # fmt: skip


def waiting(project: Any, row: dict[str, Any]) -> dict[str, Any]:
    found = project.plan_import(row["import_id"])
    return {
        "import_id": found.import_id, "file_name": found.file_name, "created": found.created,
        "across": len(found.overlay.across), "undecided": len(found.undecided),
    }  # fmt: skip


def grouping_row(one: Any, towns: dict[str, str]) -> dict[str, Any]:
    return {
        "grouping_id": one.grouping_id, "title": one.title, "purpose": one.purpose, "level": one.level,
        "relation": one.relation, "ags": one.ags, "town": towns.get(one.ags, "") if one.ags else "",
        "units": len(set(one.assignment)), "created": one.created, "role": one.role,
    }  # fmt: skip


def comparison(session: Session, old_id: str, new_id: str) -> dict[str, Any]:
    """Two plans side by side; reasons that are not released stand apart and are for the screen only."""
    project, work = session.project, session.work
    made = work.compare_plans(project, old_id, new_id)
    answer: dict[str, Any] = plain(made.to_json())
    internal = work.internal_reasons(project, old_id, new_id)
    groups: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in answer["moved"]:
        key = (row["ags"], row["from_id"], row["to_id"])
        group = groups.setdefault(
            key,
            {
                "ags": row["ags"], "from_code": row["from_code"], "to_code": row["to_code"],
                "blocks": [], "persons": 0, "why": [], "internal": [],
            },
        )  # fmt: skip
        group["blocks"].append(row["block_id"])
        group["persons"] += row["persons"]
        for name, text in (("why", row["why"]), ("internal", internal.get(row["block_id"], ""))):
            if text and text not in group[name]:
                group[name].append(text)
    for group in groups.values():
        group["internal"] = [text for text in group["internal"] if text not in group["why"]]
    ordered = sorted(
        groups.values(), key=lambda one: (one["ags"], code_key(one["from_code"]), code_key(one["to_code"]))
    )
    answer["towns"].sort(key=lambda town: name_key(town["name"]))
    return {**{name: answer[name] for name in ("old", "new", "towns", "lineage", "notes")}, "moved": ordered}


def picture(session: Session, old_id: str, new_id: str, ags: str) -> dict[str, Any]:
    """The two maps of one municipality."""
    project, work = session.project, session.work
    old, new = work.plans_side_by_side(project, old_id, new_id)
    if ags not in set(new.areas["municipality"]):
        raise UsageError(_("Diese Gemeinde gibt es in diesem Projekt nicht."))
    moved = set(work.internal_reasons(project, old_id, new_id))
    return plan_pictures.side_by_side(old, new, moved, project.blocks_of(new), project.lines(), ags)


def plan_import(session: Session, import_id: str) -> dict[str, Any]:
    """A plan that came in: findings, and the blocks across its borders with what was decided."""
    project = session.project
    found = project.plan_import(import_id)
    towns = names_of(project)
    chosen = {one.block_id: one for one in found.choices}
    beside = session.work.stays_beside(project, found.overlay) if found.state == "open" else []
    across = [
        {
            "block_id": one.block_id, "ags": one.municipality, "town": towns.get(one.municipality, one.municipality),
            "population": one.population, "proposal": one.proposal, "basis": one.basis,
            "shares": [{"area": share.area, "ground": share.ground, "people": share.people} for share in one.shares],
            "chosen": chosen[one.block_id].area if one.block_id in chosen else "",
            "role": chosen[one.block_id].role if one.block_id in chosen else "",
        }
        for one in sorted(found.overlay.across, key=lambda one: (-one.population, one.block_id))
    ]  # fmt: skip
    return {
        "import_id": found.import_id, "file_name": found.file_name, "state": found.state,
        "municipalities": sorted((towns.get(ags, ags) for ags in found.overlay.municipalities), key=name_key),
        "decided": sorted((towns.get(ags, ags) for ags in beside), key=name_key),
        "areas": _foreign_areas(session, found.overlay),
        "blocks": len(found.overlay.clear) + len(across),
        "across": across,
        "undecided": len(found.undecided),
        "findings": [finding_json(one) for one in found.overlay.findings],
    }  # fmt: skip


def _foreign_areas(session: Session, overlay: Any) -> list[dict[str, Any]]:
    """Foreign areas with what people call them and the municipalities they lie in, in order of their codes."""
    project = session.project
    version = str(project.blocks_version())
    town = session.drawn(
        ("towns-of-blocks", version), lambda: dict(project.blocks()[["block_id", "municipality"]].to_numpy().tolist())
    )
    places: dict[str, set[str]] = {}
    for block, area in overlay.clear.items():
        places.setdefault(str(area), set()).add(str(town.get(block, "")))
    for one in overlay.across:  # an area without a block of its own is where parts of blocks are
        for area in {share.area for share in one.shares} - set(overlay.clear):
            places.setdefault(area, set()).add(one.municipality)
    called = titles(overlay.areas)
    rows = [
        {**row, "label": called[row["area"]], "towns": sorted(places.get(row["area"], ()))}
        for row in records(overlay.areas)
    ]
    return sorted(rows, key=lambda row: (code_key(row["label"]), row["area"]))


def grouping(session: Session, grouping_id: str) -> dict[str, Any]:
    """The units of a grouping on the current plan, and where it does not nest."""
    from sozialraum.plans import check_nesting

    project = session.project
    one = known_grouping(project, grouping_id)
    plan, blocks = project.plan(), project.blocks()
    people = blocks.set_index("block_id")["population"]
    own = one.assignment[one.assignment.index.isin(people.index)]
    sums = people.reindex(own.index).groupby(own.to_numpy()).sum()
    areas = _areas_of_units(plan, own)
    findings = [] if plan is None else check_nesting(one, plan, {str(k): int(v) for k, v in people.items()})
    return {
        **grouping_row(one, names_of(project)),
        "rows": [
            {
                "unit": unit, "name": one.names.get(unit, unit), "population": int(sums.get(unit, 0)),
                "blocks": int((own == unit).sum()), "areas": areas.get(unit, []),
            }
            for unit in sorted(set(own), key=code_key)
        ],
        "findings": [finding_json(found) for found in findings],
    }  # fmt: skip


def _areas_of_units(plan: Any, own: pd.Series) -> dict[str, list[str]]:
    """Codes and names of the areas that lie at least partly in each unit."""
    if plan is None:
        return {}
    label = {row["area_id"]: f"{row['code']} {row['name']}" for row in plan.areas.to_dict("records")}
    area = plan.assignment.reindex(own.index).dropna()
    found: dict[str, set[str]] = {}
    for unit, key in zip(own.reindex(area.index), area, strict=True):
        found.setdefault(str(unit), set()).add(label[key])
    return {unit: sorted(names, key=code_key) for unit, names in found.items()}


def known_grouping(project: Any, grouping_id: str) -> Any:
    found = next((one for one in project.groupings() if one.grouping_id == grouping_id), None)
    if found is None:
        raise UsageError(_("Die Gliederung „{grouping}“ gibt es nicht.").format(grouping=grouping_id))
    return found
