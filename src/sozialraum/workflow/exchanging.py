"""One function per act of exchange: a plan out, a plan of others in, a block divided."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import shapely

from sozialraum.base import InputRefused, UsageError, _
from sozialraum.blocks.regions import region_of
from sozialraum.delineation import Decision, Plan
from sozialraum.plans.adopting import adopted_plan, choose, known_keys
from sozialraum.plans.block_split import BlockSplit, sentences, split_block
from sozialraum.plans.deciding import begin_of, is_decided, superseded
from sozialraum.plans.exchange_in import no_areas, read_plan_file
from sozialraum.plans.exchange_out import Written, write_plan_file
from sozialraum.plans.moved import moved_blocks
from sozialraum.plans.overlay import Overlay, lay_over
from sozialraum.project import Project
from sozialraum.workflow.dividing import division_sentences, facilities_in, refuse_strange, shared_counts
from sozialraum.workflow.holding import held_plans, held_since, refuse_decisions, refuse_ended
from sozialraum.workflow.main import current_plan, now
from sozialraum.workflow.revising import edits_between, plan_or_draft
from sozialraum.workflow.versions import on_blocks_of

ADOPTED = "adopted"  # the setting with the plans that proposals keep


def export_plan_file(project: Project, file: Path, plan_id: str = "", wanted: str = "") -> Written:
    """Write a plan, or the present state of a draft, as GeoPackage, GeoJSON, CSV or Shapefile."""
    plan = plan_or_draft(project, plan_id) if plan_id else current_plan(project)
    return write_plan_file(plan, project.blocks_of(plan), file, wanted)


def read_foreign_plan(
    project: Project, file: Path, *, wanted: str = "", layer: str = "", key: str = "", name: str = "", crs: str = ""
) -> tuple[str, Overlay]:
    """Read a plan and lay it onto the blocks; returns the key under which it waits for decisions, and the overlay.

    Nothing is taken over. crs : of a file that names none. Raises InputRefused with every reason.
    """
    blocks = project.blocks()
    if blocks.empty:
        raise InputRefused(_("Es gibt noch keine Bausteine."), (), _("Lesen Sie zuerst die Bausteine ein."))
    foreign = read_plan_file(
        Path(file), blocks.crs, wanted=wanted, layer=layer, key=key, name=name, source_crs=crs,
        expected=region_of(blocks),
    )  # fmt: skip
    overlay = lay_over(foreign, blocks, project.municipalities(), project.addresses())
    areas = foreign.areas if foreign.is_drawn else no_areas()
    return project.save_plan_import(overlay, areas, now()), overlay


def decide_blocks(project: Project, import_id: str, chosen: Mapping[str, str], role: str, why: str = "") -> None:
    """Record what a person decided: block_id -> foreign area. Raises UsageError without a role, InputRefused."""
    if not role.strip():
        raise UsageError(_("Geben Sie an, in welcher Rolle Sie entscheiden."))
    overlay = project.plan_import(import_id).overlay
    project.save_choices(import_id, choose(overlay, chosen, role=role.strip(), when=now(), why=why.strip()))


def decide_by_majority(project: Project, import_id: str, role: str, why: str = "") -> int:
    """Take the proposals for all blocks nobody decided on yet; returns how many."""
    found = project.plan_import(import_id)
    proposals = found.overlay.proposals()
    chosen = {block: proposals[block] for block in found.undecided if block in proposals}
    decide_blocks(project, import_id, chosen, role, why)
    return len(chosen)


def take_foreign_plan(
    project: Project, import_id: str, role: str, *, title: str = "", body: str = "", decided_on: str = ""
) -> Plan:
    """Make the decided plan the current one; beside a plan that was adopted one without a decision stays a proposal.

    body, decided_on : who decided on these areas and when; proposals keep them then. Without them the areas of a
    municipality that has decided stay in force and in use: see `stays_beside`. Raises InputRefused while blocks are
    undecided or where the decision cannot be, UsageError without a role.
    """
    if not role.strip():
        raise UsageError(_("Geben Sie an, in welcher Rolle Sie den Plan übernehmen."))
    found = project.plan_import(import_id)
    if found.state != "open":
        raise UsageError(_("Dieser eingelesene Plan steht nicht mehr zur Entscheidung."))
    decision, held, current = None, held_plans(project), project.plan()
    if body.strip() or decided_on.strip():
        decision = Decision(body.strip(), decided_on.strip())
        refuse_decisions(project, dict.fromkeys(found.overlay.municipalities, decision), held)
        refuse_ended(project, current)
    made = [] if decision is None else [decision, *(current.decisions.values() if current is not None else ())]
    plan = adopted_plan(
        found.overlay,
        found.choices,
        project.blocks(),
        current,
        title=title.strip() or Path(found.file_name).stem,
        created=now(),
        known_keys=known_keys(_all_plans(project)),
        decision=decision,
        valid_from=begin_of(made, held_since(held)) if made else "",
    )
    if decision is None:
        beside = bool(stays_beside(project, found.overlay))
        project.take_plan_import(import_id, plan, role.strip(), current=not beside)
        return plan
    former = None if current is None else superseded(current, plan.valid_from)
    settings = {ADOPTED: _kept_as_adopted(project, plan, found.overlay)}
    project.take_plan_import(import_id, plan, role.strip(), former=former, settings=settings)
    return plan


def stays_beside(project: Project, overlay: Overlay) -> list[str]:
    """The municipalities (AGS) of a foreign plan that have decided on areas; [] where it replaces proposals alone.

    What a body decided is replaced by a decision only: without one such a plan is kept beside.
    """
    held, kept = held_plans(project), set(project.settings.get(ADOPTED, {}))
    return [ags for ags in overlay.municipalities if ags in kept or any(is_decided(plan, ags) for plan in held)]


def _all_plans(project: Project) -> list[Plan]:
    found = [project.plan(plan_id) for plan_id in project.plans()["plan_id"]]
    return [plan for plan in found if plan is not None]


def _kept_as_adopted(project: Project, plan: Plan, overlay: Overlay) -> dict[str, Any]:
    """What proposals keep: the areas municipalities have decided on, with those of this plan."""
    settings = dict(project.settings.get(ADOPTED, {}))
    for ags in overlay.municipalities:
        own = plan.areas[plan.areas["municipality"] == ags]
        blocks = plan.assignment[plan.assignment.isin(set(own["area_id"]))]
        settings[ags] = {
            "assignment": {str(block): str(area) for block, area in blocks.items()},
            "names": own[["area_id", "code", "name"]].to_dict("records"),
        }
    return settings


def divide_block(
    project: Project,
    block_id: str,
    line: shapely.LineString,
    role: str,
    *,
    why: str = "",
    shares: Mapping[str, float] | None = None,
    facilities: Mapping[str, str] | None = None,
    only_look: bool = False,
) -> tuple[BlockSplit, tuple[str, ...]]:
    """Divide a block of the newest version by a line; returns the record and what a person should know.

    line : in the project's coordinate system. only_look : say what would come of it and keep nothing.
    shares : of the northern part where a person knows better, by attribute of `shared_counts`.
    facilities : facility_id -> part, of `facilities_in`; the others stand where more people live.
    Raises InputRefused, UsageError: see `plans.block_split.split_block`; UsageError for what the block does not have.
    """
    there, counts = facilities_in(project, block_id), shared_counts(project)
    refuse_strange(block_id, shares or {}, counts, facilities or {}, there)
    plan = project.plan()
    if plan is not None and project.blocks_version(plan) != project.blocks_version():
        raise UsageError(
            _("Der geltende Plan gehört zu früheren Bausteinen. Machen Sie zuerst den jüngsten Plan zum geltenden.")
        )
    blocks = project.blocks()
    after, split = split_block(
        blocks, block_id, line, addresses=project.addresses(), buildings=project.buildings(),
        shares=shares, facilities=facilities, why=why, role=role, when=now(),
    )  # fmt: skip
    people = int(blocks["population"][blocks["block_id"] == block_id].iloc[0])
    if not only_look:
        project.save_block_split(after, split)
    return split, (*sentences(split, people, done=not only_look), *division_sentences(split, counts, there))


def plans_side_by_side(project: Project, old_id: str, new_id: str) -> tuple[Plan, Plan]:
    """Two plans or drafts on the blocks of the second."""
    old, new = plan_or_draft(project, old_id), plan_or_draft(project, new_id)
    return on_blocks_of(project, old, new), new


def internal_reasons(project: Project, old_id: str, new_id: str) -> dict[str, str]:
    """For every block that moved between two plans all reasons, also those not released: for the screen alone."""
    old, new = plans_side_by_side(project, old_id, new_id)
    edits = edits_between(project, plan_or_draft(project, old_id), new)
    moved = moved_blocks(old, new, {}, edits, released_only=False)
    return dict(zip(moved["block_id"], moved["why"], strict=True))
