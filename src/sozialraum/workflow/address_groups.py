"""The changes of a waiting address register as a planner decides on them: group by group, with areas in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sozialraum.addresses import ACCEPT, REJECT, Changes, Decision
from sozialraum.base import UsageError, _, name_key
from sozialraum.delineation import Plan
from sozialraum.project import Project
from sozialraum.street_grid import area_labels
from sozialraum.workflow.addresses_updating import ROLE, decide_changes, decisions

OPEN = ""
PLACED = ("new", "renamed", "renumbered", "moved", "postcode")  # kinds that lie in an area afterwards


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one kind in one street.

    areas : area_ids they would belong to, '' = in none; bases, doubts : codes of `addresses.Changes`, sorted.
    open, unclear : how many are not decided, and how many of those raise a doubt; accepted, rejected : decided ones.
    without_place : open ones that need an area before they can be accepted.
    """

    group_id: str
    kind: str
    street: str
    old_street: str
    municipality: str
    addresses: int
    open: int
    unclear: int
    accepted: int
    rejected: int
    without_place: int
    areas: tuple[str, ...]
    bases: tuple[str, ...]
    doubts: tuple[str, ...]


def decided_rows(changes: Changes, decided: Iterable[Decision], plan: Plan | None) -> pd.DataFrame:
    """The rows of changes with what is decided and the areas before and after.

    More columns: decision ('', 'accept', 'reject'), block (decided, else proposed), area_id and old_area ('' = none),
    chosen (the area is another one than proposed).
    """
    made = {one.change_id: one for one in decided}
    rows = changes.rows
    found = [made.get(change) for change in rows["change_id"]]
    areas = {} if plan is None else {str(block): str(area) for block, area in plan.assignment.items()}
    block = pd.Series([one.block_id if one and one.block_id else "" for one in found], index=rows.index, dtype=object)
    after = block.where(block != "", rows["block_id"])
    rows = rows.assign(
        decision=pd.Series([one.decision if one else OPEN for one in found], index=rows.index, dtype=object),
        block=after,
        area_id=after.map(areas).fillna("").astype(object),
        old_area=rows["old_block"].map(areas).fillna("").astype(object),
    )
    return rows.assign(chosen=(block != "") & (block != rows["block_id"]))


def groups_of(rows: pd.DataFrame) -> tuple[Group, ...]:
    """The groups of `decided_rows`, those with something unclear first, then open ones, then by street."""
    parts: dict[str, list[dict[Any, Any]]] = {}
    for row in rows.to_dict("records"):
        parts.setdefault(str(row["group_id"]), []).append(row)
    return tuple(sorted((_group(key, part) for key, part in parts.items()), key=_order))


def _order(group: Group) -> tuple[bool, bool, str, str]:
    return group.unclear == 0, group.open == 0, name_key(group.street or group.old_street), group.municipality


def _group(key: str, part: list[dict[Any, Any]]) -> Group:
    first = part[0]
    still_open = [row for row in part if row["decision"] == OPEN]
    unclear = [row for row in still_open if row["doubt"]]
    decided = Counter(row["decision"] for row in part)
    return Group(
        key, first["kind"], first["street"], first["old_street"], first["municipality"],
        addresses=len(part), open=len(still_open), unclear=len(unclear),
        accepted=decided[ACCEPT], rejected=decided[REJECT],
        without_place=sum(row["kind"] in PLACED and not row["block"] for row in still_open),
        areas=_said(part, "area_id"), bases=_said(part, "basis"), doubts=_said(unclear, "doubt"),
    )  # fmt: skip


def _said(part: Iterable[Mapping[Any, Any]], name: str) -> tuple[str, ...]:
    """Each value of a column once, the most frequent first."""
    counts = Counter(str(row[name]) for row in part)
    return tuple(sorted(counts, key=lambda one: (-counts[one], one)))


def accept_clear(project: Project, changes: Changes, kind: str = "", role: str = ROLE) -> int:
    """Accept what is open and raises no doubt, of one kind or of all; returns how many addresses that were."""
    settled = {one.change_id for one in decisions(project)}
    rows = changes.rows
    clear = rows[(rows["doubt"] == "") & ~rows["change_id"].isin(settled)]
    ids = clear.loc[clear["kind"] == kind, "change_id"] if kind else clear["change_id"]
    return decide_changes(project, ids, ACCEPT, changes=changes, role=role) if len(ids) else 0


def area_choices(plan: Plan | None, towns: Mapping[str, str]) -> list[dict[str, str]]:
    """The areas somebody can choose from: key, label, name and key of the municipality. towns : AGS -> name."""
    if plan is None:
        return []
    labels = area_labels(plan)
    return [
        {"key": str(area), "label": labels[str(area)], "town": towns.get(str(ags), str(ags)), "ags": str(ags)}
        for area, ags in zip(plan.areas["area_id"], plan.areas["municipality"], strict=True)
    ]


def group_rows(rows: pd.DataFrame, group_id: str) -> pd.DataFrame:
    """The rows of one group. Raises UsageError when there is none of that name."""
    found = rows[rows["group_id"] == group_id]
    if found.empty:
        raise UsageError(_("Die Änderung „{name}“ gibt es nicht.").format(name=group_id))
    return found
