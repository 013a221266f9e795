"""Versions of the blocks: each division of a block, and each renewal of all, ends one version and begins the next.

The newest blocks stand in the layer `blocks`. What ended with version n - the divided block, and its neighbours as
they were drawn - stands in the layer `blocks_v<n>`, so that every older version can be put together again.
A plan rests on the version that has exactly its blocks.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import shapely
from sqlalchemy import Connection, func, insert, inspect, select, update

from sozialraum.base import UsageError, _
from sozialraum.delineation import Plan
from sozialraum.plans.block_drafts import draft_onto
from sozialraum.plans.block_lineage import Step, plan_onto
from sozialraum.plans.block_split import BlockSplit
from sozialraum.project import layers, plans, revision_tables, revisions, tables
from sozialraum.project.geopackage import read_layer, write_layer
from sozialraum.project.places_layers import TITLES as PLACES_TITLES
from sozialraum.project.settings import DEFAULT_ROLE, log
from sozialraum.project.store import to_json

OPEN_DRAFTS = ("in_revision", "submitted")
NAMED = 5  # blocks that a sentence names


def newest(connection: Connection) -> int:
    """The number of the newest version; 1 as long as no block was divided."""
    return int(connection.execute(select(func.max(tables.block_versions.c.version))).scalar() or 1)


def read_splits(connection: Connection) -> tuple[BlockSplit, ...]:
    """All divisions in their order."""
    table = tables.block_versions
    texts = connection.execute(select(table.c.split).where(table.c.split != "").order_by(table.c.version)).scalars()
    return tuple(BlockSplit.from_json(json.loads(text)) for text in texts)


def _splits_by_version(connection: Connection) -> dict[int, BlockSplit]:
    """Version that begins with a division -> the division."""
    table = tables.block_versions
    rows = connection.execute(select(table.c.version, table.c.split).where(table.c.split != ""))
    return {int(version): BlockSplit.from_json(json.loads(text)) for version, text in rows}


def version_of(connection: Connection, blocks: Iterable[str]) -> int:
    """The version with exactly these blocks. Raises UsageError when there is none."""
    table = tables.block_versions
    if connection.execute(select(table.c.version)).first() is None:
        return 1
    same = table.c.check_number == _check_number(blocks)
    # a renewal may keep all keys and draw only borders anew; plans go on there
    found = connection.execute(select(func.max(table.c.version)).where(same)).scalar()
    if found is None:
        raise UsageError(_("Der Plan gehört zu Bausteinen, die es in diesem Projekt nicht gibt."))
    return int(found)


def read_blocks(connection: Connection, srs: int, version: int | None = None) -> gpd.GeoDataFrame:
    """The blocks of a version, the newest by default. Raises UsageError when there is no such version."""
    last = newest(connection)
    blocks = layers.read_layer_or_empty(connection, "blocks", srs)
    wanted = last if version is None else version
    if not 1 <= wanted <= last:
        raise UsageError(_("Den Stand {version} der Bausteine gibt es nicht.").format(version=wanted))
    splits = _splits_by_version(connection)
    for number in range(last - 1, wanted - 1, -1):
        ended = read_layer(connection, layer_name(number))
        if ended is None:
            raise UsageError(_("Den Stand {version} der Bausteine gibt es nicht.").format(version=number))
        split = splits.get(number + 1)
        if split is None:  # a renewal: all blocks stand there
            blocks = ended
            continue
        gone = {*split.parts, *ended["block_id"]}
        rest = blocks[~blocks["block_id"].isin(gone)]
        joined = pd.concat([rest, ended], ignore_index=True).sort_values("block_id", ignore_index=True)
        blocks = gpd.GeoDataFrame(joined, geometry="geometry", crs=blocks.crs)
    return blocks


def blocks_of(connection: Connection, srs: int, plan: Plan) -> gpd.GeoDataFrame:
    """The blocks a plan rests on; the newest for a plan whose blocks are not those of any version."""
    try:
        return read_blocks(connection, srs, version_of(connection, plan.assignment.index))
    except UsageError:
        return read_blocks(connection, srs)


def current_blocks(connection: Connection, srs: int) -> gpd.GeoDataFrame:
    """The blocks of the current plan; the newest before the first plan."""
    if newest(connection) == 1:
        return read_blocks(connection, srs)
    plan = plans.read_plan(connection, None)
    return read_blocks(connection, srs) if plan is None else blocks_of(connection, srs, plan)


def layer_name(version: int) -> str:
    return f"blocks_v{version}"


def write_split(connection: Connection, srs: int, after: gpd.GeoDataFrame, split: BlockSplit) -> int:
    """Keep the next version of the blocks and what follows from it; returns its number.

    after : all blocks of the next version. The addresses of the divided block get its parts, groupings know them,
    the current plan and the plans open drafts rest on get a successor with the same areas, and the drafts go on there.
    A successor has the decisions and the first day of the plan it carries on; that one holds on no day any more.
    """
    before = read_blocks(connection, srs)
    version = newest(connection)
    note_first(connection, before)
    note(connection, version + 1, split.when, after["block_id"], to_json(split.to_json()))
    write_layer(connection, layer_name(version), _ended(before, after), srs, f"Bausteine bis Stand {version}")
    write_layer(connection, "blocks", after, srs, layers.TITLES["blocks"])
    _place_addresses(connection, srs, after, split)
    _extend_groupings(connection, split)
    _carry_all(connection, srs, after, split)
    return version + 1


def note_first(connection: Connection, blocks: pd.DataFrame) -> None:
    """Make the record of the blocks as they came in, before their first change."""
    if newest(connection) == 1 and connection.execute(select(tables.block_versions.c.version)).first() is None:
        note(connection, 1, "", blocks["block_id"])


def note(connection: Connection, version: int, created: str, blocks: Iterable[str], split: str = "") -> None:
    """Make the record of a version. split : JSON of the division it begins with, '' for the first and for renewals."""
    row = {"version": version, "created": created, "check_number": _check_number(blocks), "split": split}
    connection.execute(insert(tables.block_versions).values(**row))


def _ended(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The rows of the version before that the next one does not have as they were."""
    now = after.set_index("block_id").geometry.reindex(before["block_id"]).to_numpy()
    same = shapely.equals_identical(before.geometry.to_numpy(), now)
    return before[~same].reset_index(drop=True)


def _place_addresses(connection: Connection, srs: int, after: gpd.GeoDataFrame, split: BlockSplit) -> None:
    addresses = read_layer(connection, "addresses")
    if addresses is None:
        return
    own = (addresses["block_id"] == split.block_id).to_numpy()
    if not own.any():
        return
    first, second = (after.geometry[after["block_id"] == part].iloc[0] for part in split.parts)
    points = addresses.geometry.to_numpy()[own]
    nearer = shapely.distance(points, first) <= shapely.distance(points, second)
    addresses.loc[own, "block_id"] = [split.parts[0] if north else split.parts[1] for north in nearer]
    write_layer(connection, "addresses", addresses, srs, PLACES_TITLES["addresses"])


def _extend_groupings(connection: Connection, split: BlockSplit) -> None:
    """The parts belong where the block belonged; the block stays for plans that rest on it."""
    table = revision_tables.grouping_blocks
    rows = connection.execute(select(table).where(table.c.block_id == split.block_id)).mappings().all()
    for row in rows:
        for part in split.parts:
            connection.execute(insert(table).values(**{**row, "block_id": part}))


def _carry_all(connection: Connection, srs: int, after: gpd.GeoDataFrame, split: BlockSplit) -> None:
    """Carry the current plan and those that open drafts rest on, as far as they have the divided block."""
    open_drafts = [one for one in revisions.read_drafts(connection) if one.status in OPEN_DRAFTS]
    current = plans.current_id(connection)
    bases = dict.fromkeys([*(one.base for one in open_drafts), *([current] if current else [])])
    touched = []
    for plan_id in bases:
        plan = plans.read_plan(connection, plan_id)
        if plan is not None and split.block_id in plan.assignment.index:
            touched.append(plan_id)
    carry_plans(connection, srs, after, [split], touched, split.when)


def carry_plans(
    connection: Connection,
    srs: int,
    after: gpd.GeoDataFrame,
    steps: Sequence[Step],
    bases: Iterable[str],
    when: str,
    cut: Collection[str] = (),
) -> dict[str, str]:
    """Give plans successors on newer blocks, and let the open drafts that rest on them go on there.

    bases : plan_ids. A successor has the decisions and the first day of the plan it carries on; that one holds on no
    day any more. cut : municipalities in which new blocks cross a border of the plan: there nobody has decided on the
    new borders, so that the successor is in revision again, and what was decided holds on beside it.
    Steps of drafts that mean nothing there are left out and noted.
    Returns plan_id -> plan_id of its successor.
    """
    current = plans.current_id(connection)
    carried_plans: dict[str, Plan] = {}
    for plan_id in bases:
        plan = plans.read_plan(connection, plan_id)
        if plan is None:
            continue
        onto = plan_onto(plan, steps, after)
        if plan.status == "adopted" or set(cut) & set(plan.decisions):
            reopened = set(cut) & set(plan.areas["municipality"])
        else:
            reopened = set()
        # What ended before does not begin again on newer blocks; what holds goes on there as if it had from the start.
        since = "" if plan.status == "superseded" or plan.valid_to else plan.valid_from
        carried = onto.with_(parent=plan.plan_id, created=when, edits=(), valid_from=since, valid_to="")
        if reopened:
            left = {ags: made for ags, made in plan.decisions.items() if ags not in reopened}
            carried = carried.with_(status="in_revision", decisions=left, valid_from="")
        elif plan.status == "adopted":
            _end(connection, replace(plan, status="superseded", valid_to=plan.valid_to or since or when[:10]))
        elif since:
            _end(connection, replace(plan, valid_to=since))
        layer = plans.write_plan(connection, carried, current=plan_id == current)
        layers.write_areas_layer(connection, layer, plans.drawn_areas(carried, after), srs, carried.title)
        carried_plans[plan.plan_id] = carried
    known = set(after["block_id"])
    for draft in revisions.read_drafts(connection):
        base = carried_plans.get(draft.base)
        if draft.status in OPEN_DRAFTS and base is not None:
            followed, lost = draft_onto(draft, base, steps, known)
            revisions.write_draft(connection, followed)
            for edit in lost:
                text = _("Fassung „{title}“: ein Schritt zu {blocks} entfällt auf den neuen Bausteinen")
                blocks = ", ".join(edit.blocks[:NAMED]) or edit.area
                log(connection, text.format(title=draft.title, blocks=blocks), draft.role or DEFAULT_ROLE)
    return {before: plan.plan_id for before, plan in carried_plans.items()}


def _end(connection: Connection, plan: Plan) -> None:
    table = tables.plans
    values = {"status": plan.status, "valid_to": plan.valid_to}
    connection.execute(update(table).where(table.c.plan_id == plan.plan_id).values(**values))


def draw_all(connection: Connection, srs: int) -> None:
    """Draw the layers of all plans anew from the stored blocks and assignments."""
    for plan_id, layer in plans.read_plans(connection)[["plan_id", "layer"]].itertuples(index=False):
        plan = plans.read_plan(connection, plan_id)
        if plan is not None:
            drawn = plans.drawn_areas(plan, blocks_of(connection, srs, plan))
            layers.write_areas_layer(connection, layer, drawn, srs, plan.title)


def _check_number(blocks: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(map(str, blocks))).encode()).hexdigest()


def lost_layers(connection: Connection) -> list[str]:
    """Layers of older versions that are missing."""
    there = set(inspect(connection).get_table_names())
    return [layer_name(number) for number in range(1, newest(connection)) if layer_name(number) not in there]
