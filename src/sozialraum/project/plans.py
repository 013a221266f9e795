"""Plans of areas: which block belongs to which area is stored; the drawn areas are made from it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd
from sqlalchemy import Connection, delete, func, insert, inspect, select, update

from sozialraum.base import UsageError, _
from sozialraum.blocks import dissolve
from sozialraum.delineation import Decision, Edit, Plan, municipality_of_key
from sozialraum.project import tables
from sozialraum.project.frames import check_columns, insert_rows, quoted, read_rows
from sozialraum.project.settings import read_setting, write_setting
from sozialraum.project.store import to_json

CURRENT = "current_plan"
ASSIGNMENT = tables.columns(text="block_id area_id")
EDITS = tables.columns(integer="number", text="edit")
NAMED = ("plan_id", "title", "status", "parent", "created", "valid_from", "valid_to")
OVERVIEW = tables.columns(text="plan_id title status parent created layer valid_from valid_to")


class Span(NamedTuple):
    """From when to when a plan holds: first day, and the first day it no longer does, each '' where there is none."""

    plan_id: str
    title: str
    status: str
    valid_from: str
    valid_to: str


def check_plan(plan: Plan, blocks: pd.DataFrame) -> None:
    """Raise ValueError unless every block has exactly one area and every area is described once."""
    check_columns(plan.areas, tables.PLAN_AREAS, "areas")
    if not plan.assignment.index.is_unique or set(plan.assignment.index) != set(blocks["block_id"]):
        raise ValueError(f"plan '{plan.plan_id}' does not give every block of the project exactly one area")
    if not plan.areas["area_id"].is_unique or set(plan.areas["area_id"]) != set(plan.assignment):
        raise ValueError(f"plan '{plan.plan_id}': areas described and areas assigned differ")


def drawn_areas(plan: Plan, blocks: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The areas of a plan as polygons: area_id, name, municipality, population, geometry, in the plan's order."""
    shapes = dissolve(blocks, plan.assignment).set_index("area_id").geometry
    population = blocks["population"].groupby(blocks["block_id"].map(plan.assignment)).sum()
    ids = plan.areas["area_id"]
    described = {
        "area_id": ids.to_numpy(),
        "name": plan.areas["name"].to_numpy(),
        "municipality": plan.areas["municipality"].to_numpy(),
        "population": population.reindex(ids).to_numpy().astype("int64"),
    }
    return gpd.GeoDataFrame(described, geometry=shapes.reindex(ids).to_numpy(), crs=blocks.crs)


def write_plan(connection: Connection, plan: Plan, *, current: bool = True) -> str:
    """Store a plan, or store it again with another title or status; it becomes the current one unless told not to.

    Returns the name of its layer. Raises ValueError when the same key stands for other areas.
    """
    known = connection.execute(select(tables.plans).where(tables.plans.c.plan_id == plan.plan_id)).mappings().first()
    if known is not None:
        _same_assignment(connection, plan)
        _forget(connection, plan.plan_id)
    position = known["position"] if known else _next_position(connection)
    layer = known["layer"] if known else _layer_name(connection, plan.plan_id)
    row = {name: getattr(plan, name) for name in NAMED}
    row |= {name: to_json(getattr(plan, name)) for name in ("parameters", "decisions", "locks")}
    connection.execute(insert(tables.plans).values(**row, position=position, layer=layer))
    extra = {"plan_id": plan.plan_id}
    insert_rows(connection, "plan_areas", tables.PLAN_AREAS, plan.areas, extra)
    insert_rows(connection, "plan_blocks", ASSIGNMENT, _assignment_rows(plan), extra)
    insert_rows(connection, "plan_edits", EDITS, edit_rows(plan.edits), extra)
    if current or current_id(connection) is None:
        write_setting(connection, CURRENT, plan.plan_id)
    return str(layer)


def supersede_others(connection: Connection, plan: Plan) -> None:
    """Where an adopted plan comes into force, no other stays adopted: it holds until the day the new one begins."""
    if plan.status != "adopted":
        return
    table = tables.plans
    ended = {"status": "superseded", "valid_to": plan.valid_from or plan.created[:10]}
    connection.execute(
        update(table).where(table.c.status == "adopted", table.c.plan_id != plan.plan_id).values(**ended)
    )


def read_plan(connection: Connection, plan_id: str | None) -> Plan | None:
    """A plan by key, or the current one; None when there is no plan yet.

    Raises UsageError when a key is given that the project does not have.
    """
    wanted = current_id(connection) if plan_id is None else plan_id
    if wanted is None:
        return None
    row = connection.execute(select(tables.plans).where(tables.plans.c.plan_id == wanted)).mappings().first()
    if row is None:
        raise UsageError(_("Den Planstand „{plan}“ gibt es in diesem Projekt nicht.").format(plan=wanted))
    where, values = "plan_id = ?", (wanted,)
    blocks = read_rows(connection, "plan_blocks", ASSIGNMENT, where, values, order="block_id")
    index = pd.Index(blocks["block_id"], name="block_id")
    return Plan(
        **{name: row[name] for name in NAMED},
        assignment=pd.Series(blocks["area_id"].to_numpy(), index=index, name="area_id", dtype=object),
        areas=read_rows(connection, "plan_areas", tables.PLAN_AREAS, where, values),
        parameters=json.loads(row["parameters"]),
        edits=read_edits(read_rows(connection, "plan_edits", EDITS, where, values, order="number")),
        decisions={ags: Decision(**made) for ags, made in json.loads(row["decisions"]).items()},
        locks=frozenset(json.loads(row["locks"])),
    )


def current_id(connection: Connection) -> str | None:
    """The key of the plan everything is computed for; None before the first plan."""
    try:
        return str(read_setting(connection, CURRENT))
    except KeyError:
        return None


def read_plans(connection: Connection) -> pd.DataFrame:
    """All plans, oldest first: plan_id, title, status, parent, created, layer, areas (number), current (flag)."""
    frame = read_rows(connection, "plans", OVERVIEW, order="position")
    counted = select(tables.plan_areas.c.plan_id, func.count()).group_by(tables.plan_areas.c.plan_id)
    numbers: dict[Any, Any] = {row[0]: row[1] for row in connection.execute(counted)}
    frame["areas"] = frame["plan_id"].map(numbers).fillna(0).astype("int64")
    frame["current"] = (frame["plan_id"] == current_id(connection)).astype(bool)
    return frame


def used_keys(connection: Connection) -> dict[str, set[str]]:
    """AGS -> every area key that a plan of the project has, had or has retired."""
    found = _used(connection, "area_id")
    for text in connection.execute(select(tables.plans.c.parameters)).scalars():
        for key in json.loads(text).get("retired", []):
            found.setdefault(municipality_of_key(str(key)), set()).add(str(key))
    return found


def decided_areas(connection: Connection) -> dict[str, frozenset[str]]:
    """Area key -> its blocks, for the decided municipalities of every plan."""
    found: dict[str, frozenset[str]] = {}
    columns = tables.plans.c
    for plan_id, status, text in connection.execute(select(columns.plan_id, columns.status, columns.decisions)).all():
        decided, all_of_it = set(json.loads(text)), status in ("adopted", "superseded")
        if not decided and not all_of_it:
            continue
        rows = read_rows(connection, "plan_blocks", ASSIGNMENT, "plan_id = ?", (plan_id,), order="block_id")
        for area_id, blocks in rows.groupby("area_id")["block_id"]:
            if all_of_it or municipality_of_key(str(area_id)) in decided:
                found[str(area_id)] = frozenset(blocks)
    return found


def populations(connection: Connection) -> dict[str, int]:
    """block_id -> inhabitants, of all versions of the blocks, the newest last; {} before the import."""
    names = set(inspect(connection).get_table_names())
    older = sorted((name for name in names if re.fullmatch(r"blocks_v\d+", name)), key=lambda name: int(name[8:]))
    found: dict[str, int] = {}
    for name in (*older, *({"blocks"} & names)):
        rows = connection.exec_driver_sql(f"SELECT block_id, population FROM {quoted(name)}").all()
        found |= {str(block): int(people) for block, people in rows}
    return found


def used_codes(connection: Connection) -> dict[str, set[str]]:
    """AGS -> every code that an area of a plan of the project has or had."""
    return _used(connection, "code")


def _used(connection: Connection, column: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    areas = tables.plan_areas.c
    for ags, text in connection.execute(select(areas.municipality, areas[column]).distinct()):
        found.setdefault(str(ags), set()).add(str(text))
    return found


def _same_assignment(connection: Connection, plan: Plan) -> None:
    stored = read_rows(connection, "plan_blocks", ASSIGNMENT, "plan_id = ?", (plan.plan_id,), order="block_id")
    if dict(zip(stored["block_id"], stored["area_id"], strict=True)) != plan.assignment.to_dict():
        raise ValueError(f"plan '{plan.plan_id}' is stored with other areas; a changed plan needs a new plan_id")


def _forget(connection: Connection, plan_id: str) -> None:
    for table in (tables.plan_edits, tables.plan_blocks, tables.plan_areas, tables.plans):
        connection.execute(delete(table).where(table.c.plan_id == plan_id))


def _next_position(connection: Connection) -> int:
    return int(connection.execute(select(func.coalesce(func.max(tables.plans.c.position), 0))).scalar_one()) + 1


def _layer_name(connection: Connection, plan_id: str) -> str:
    """`areas_<plan>`; what a table name should not hold becomes '_', a name in use gets a number."""
    taken = set(connection.execute(select(tables.plans.c.layer)).scalars())
    plain = "areas_" + re.sub(r"[^0-9A-Za-z_]+", "_", plan_id)
    names = (plain if number == 1 else f"{plain}_{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _assignment_rows(plan: Plan) -> pd.DataFrame:
    ordered = plan.assignment.sort_index()
    return pd.DataFrame({"block_id": ordered.index.to_numpy(dtype=object), "area_id": ordered.to_numpy(dtype=object)})


def edit_rows(edits: Sequence[Edit]) -> pd.DataFrame:
    """Edits as numbered rows, the first with number 1."""
    texts = [to_json(edit.to_json()) for edit in edits]
    return pd.DataFrame({"number": range(1, len(texts) + 1), "edit": texts})


def read_edits(rows: pd.DataFrame) -> tuple[Edit, ...]:
    """The edits of numbered rows, in their order."""
    return tuple(Edit.from_json(json.loads(text)) for text in rows["edit"])
