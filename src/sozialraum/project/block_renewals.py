"""Renewals of the blocks: a whole set takes the place of another, beside the division of single blocks.

The old set stands whole in the layer `blocks_v<n>`. Plans stay on the version they rest on, until somebody brings one
onto the newest; addresses and groupings go on with the new blocks.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
from sqlalchemy import Connection, insert, inspect, select

from sozialraum.base import UsageError, _
from sozialraum.blocks import place_addresses
from sozialraum.delineation import Plan
from sozialraum.plans.block_lineage import Step, crossed_blocks
from sozialraum.plans.block_renewal import BlockRenewal
from sozialraum.project import block_versions, layers, revision_tables, tables
from sozialraum.project.frames import insert_rows, read_rows
from sozialraum.project.geopackage import read_layer, write_layer
from sozialraum.project.renewal_tables import LINKS, block_renewals

ADDRESS_LAYERS = ("addresses", "addresses_next")  # the register, and a newer one that waits for decisions


def read_steps(connection: Connection) -> tuple[Step, ...]:
    """What led from each version to the next, in order: the step at position n-1 led from version n to n+1."""
    table = tables.block_versions
    found: dict[int, Step] = dict(enumerate_splits(connection))
    rows = connection.execute(
        select(block_renewals, table.c.created).join(table, table.c.version == block_renewals.c.version)
    ).mappings()
    for row in rows.all():
        version = int(row["version"])
        links = read_rows(connection, "block_links", LINKS, where="version = ?", values=(version,))
        found[version] = BlockRenewal(version, links, str(row["why"]), str(row["role"]), str(row["created"]))
    return tuple(found[version] for version in sorted(found))


def enumerate_splits(connection: Connection) -> list[tuple[int, Step]]:
    """Version that begins with a division, and the division."""
    table = tables.block_versions
    versions = connection.execute(
        select(table.c.version).where(table.c.split != "").order_by(table.c.version)
    ).scalars()
    return list(zip(map(int, versions.all()), block_versions.read_splits(connection), strict=True))


def used_keys(connection: Connection) -> set[str]:
    """All keys that blocks of any version have or had."""
    there = set(inspect(connection).get_table_names())
    names = [name for name in ("blocks", *map(block_versions.layer_name, range(1, block_versions.newest(connection))))
             if name in there]  # fmt: skip
    return {str(key) for name in names for key in connection.exec_driver_sql(f"SELECT block_id FROM {name}").scalars()}


def write_renewal(connection: Connection, srs: int, after: gpd.GeoDataFrame, renewal: BlockRenewal) -> None:
    """Keep all blocks of the next version and how they follow from those before. See `renewal` for the version.

    after : with lasting keys, in the coordinate system of the project. Raises UsageError when another version came
    in between.
    """
    before = block_versions.read_blocks(connection, srs)
    version = block_versions.newest(connection)
    if renewal.version != version + 1:
        raise UsageError(_("Die Bausteine wurden inzwischen geändert. Bitte versuchen Sie es noch einmal."))
    block_versions.note_first(connection, before)
    block_versions.note(connection, version + 1, renewal.when, after["block_id"])
    connection.execute(insert(block_renewals).values(version=version + 1, why=renewal.why, role=renewal.role))
    insert_rows(connection, "block_links", LINKS, renewal.links, {"version": [version + 1] * len(renewal.links)})
    write_layer(connection, block_versions.layer_name(version), before, srs, f"Bausteine bis Stand {version}")
    write_layer(connection, "blocks", after, srs, layers.TITLES["blocks"])
    _place_addresses(connection, srs, after)
    _extend_groupings(connection, renewal)


def _place_addresses(connection: Connection, srs: int, after: gpd.GeoDataFrame) -> None:
    """Addresses of blocks that ended get the new block they lie in, those beside all blocks none."""
    titles = dict(connection.execute(select(tables.contents.c.table_name, tables.contents.c.identifier)).all())
    for layer in ADDRESS_LAYERS:
        addresses, title = read_layer(connection, layer), str(titles.get(layer, ""))
        if addresses is not None and "block_id" in addresses.columns and len(addresses):
            write_layer(connection, layer, place_addresses(addresses, after), srs, title)


def _extend_groupings(connection: Connection, renewal: BlockRenewal) -> None:
    """A new block belongs where most of its people were; the old ones stay for plans that rest on them."""
    table = revision_tables.grouping_blocks
    rows = connection.execute(select(table)).mappings().all()
    names = [column.name for column in table.columns if column.name not in ("block_id", "fid")]
    groups: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        groups.setdefault(str(row["block_id"]), []).append({name: row[name] for name in names})
    known = {str(row["block_id"]) for row in rows}
    for block, origins in renewal.backward.items():
        if block in known:
            continue
        largest = min(origins, key=lambda one: (-round(one[1], 9), one[0]))[0]
        for values in groups.get(largest, []):
            connection.execute(insert(table).values(**values, block_id=block))


def brought_blocks(connection: Connection, srs: int, plan: Plan) -> tuple[tuple[Step, ...], gpd.GeoDataFrame]:
    """All steps and the newest blocks, to bring a plan onto them. Raises UsageError when it rests on them already."""
    if block_versions.version_of(connection, plan.assignment.index) == block_versions.newest(connection):
        raise UsageError(_("Der Plan gehört schon zum jüngsten Stand der Bausteine."))
    return read_steps(connection), block_versions.read_blocks(connection, srs)


def bring_plan(connection: Connection, srs: int, plan: Plan, when: str) -> str:
    """Give a plan a successor on the newest blocks, and open drafts that rest on it; returns its plan_id."""
    steps, blocks = brought_blocks(connection, srs, plan)
    cut = towns_of(plan, crossed_blocks(plan, steps, blocks["block_id"]))
    return block_versions.carry_plans(connection, srs, blocks, steps, [plan.plan_id], when, cut)[plan.plan_id]


def towns_of(plan: Plan, crossed: pd.DataFrame) -> list[str]:
    """The municipalities in which new blocks cross a border of a plan, sorted."""
    town = plan.areas.set_index("area_id")["municipality"]
    return sorted({str(ags) for ags in crossed["area_id"].map(town)})
