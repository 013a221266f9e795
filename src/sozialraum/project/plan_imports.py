"""Plans of others that were laid onto the blocks and wait for decisions; they stand here until they are taken."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

import geopandas as gpd
import pandas as pd
import shapely
from sqlalchemy import Connection, func, insert, select, update

from sozialraum.base import UsageError, _
from sozialraum.plans.adopting import Choice, undecided
from sozialraum.plans.overlay import Overlay
from sozialraum.plans.overlay_record import overlay_from_json, overlay_to_json
from sozialraum.project import tables
from sozialraum.project.store import to_json


@dataclass(frozen=True, eq=False)
class PlanImport:
    """One plan that came in. state : open, taken, dropped. plan_id : what it became, or ''."""

    import_id: str
    file_name: str
    created: str
    state: str
    plan_id: str
    overlay: Overlay
    shapes: gpd.GeoDataFrame
    choices: tuple[Choice, ...]

    @property
    def undecided(self) -> tuple[str, ...]:
        return undecided(self.overlay, self.choices)


def write_import(connection: Connection, overlay: Overlay, areas: gpd.GeoDataFrame, created: str) -> str:
    """Keep a plan that came in; returns its import_id."""
    table = tables.plan_imports
    rank = int(connection.execute(select(func.coalesce(func.max(table.c.rank), 0))).scalar_one()) + 1
    import_id = f"i{rank}"
    shapes = {
        str(area): shapely.to_wkb(shape, hex=True)
        for area, shape in zip(areas["area"], areas.geometry, strict=True)
        if shape is not None
    }
    connection.execute(
        insert(table).values(
            import_id=import_id, rank=rank, file_name=overlay.file, created=created, state="open", plan_id="",
            overlay=to_json(overlay_to_json(overlay)), shapes=to_json(shapes), choices="[]",
        )
    )  # fmt: skip
    return import_id


def read_import(connection: Connection, import_id: str, srs: int) -> PlanImport:
    """One plan that came in. Raises UsageError when there is none."""
    table = tables.plan_imports
    row = connection.execute(select(table).where(table.c.import_id == import_id)).mappings().first()
    if row is None:
        raise UsageError(_("Diesen eingelesenen Plan gibt es nicht."))
    shapes = json.loads(row["shapes"])
    drawn = gpd.GeoDataFrame({"area": list(shapes)}, geometry=shapely.from_wkb(list(shapes.values())), crs=srs)
    named = ("import_id", "file_name", "created", "state", "plan_id")
    choices = tuple(Choice(**one) for one in json.loads(row["choices"]))
    overlay = overlay_from_json(json.loads(row["overlay"]))
    return PlanImport(**{name: str(row[name]) for name in named}, overlay=overlay, shapes=drawn, choices=choices)


def read_imports(connection: Connection) -> pd.DataFrame:
    """All plans that came in, oldest first: import_id, file_name, created, state, plan_id."""
    table = tables.plan_imports
    columns = ["import_id", "file_name", "created", "state", "plan_id"]
    rows = connection.execute(select(*(table.c[name] for name in columns)).order_by(table.c.rank)).all()
    return pd.DataFrame([tuple(row) for row in rows], columns=columns, dtype=object)


def write_choices(connection: Connection, import_id: str, choices: Iterable[Choice]) -> None:
    """Keep decisions beside those taken before; a later one for the same block replaces the earlier."""
    table = tables.plan_imports
    row = connection.execute(select(table.c.choices, table.c.state).where(table.c.import_id == import_id)).first()
    if row is None or row.state != "open":
        raise UsageError(_("Dieser eingelesene Plan steht nicht mehr zur Entscheidung."))
    kept = {one["block_id"]: one for one in json.loads(row.choices)} | {one.block_id: asdict(one) for one in choices}
    content = to_json([kept[block] for block in sorted(kept)])
    connection.execute(update(table).where(table.c.import_id == import_id).values(choices=content))


def settle(connection: Connection, import_id: str, state: str, plan_id: str = "") -> None:
    """Say that a plan was taken or dropped; its shapes are no longer needed.

    Raises UsageError when there is no such plan, or it was taken or dropped before.
    """
    table = tables.plan_imports
    now = connection.execute(select(table.c.state).where(table.c.import_id == import_id)).scalar()
    if now is None:
        raise UsageError(_("Diesen eingelesenen Plan gibt es nicht."))
    if now != "open":
        raise UsageError(_("Dieser eingelesene Plan steht nicht mehr zur Entscheidung."))
    values = {"state": state, "plan_id": plan_id, "shapes": "{}"}
    connection.execute(update(table).where(table.c.import_id == import_id).values(**values))
