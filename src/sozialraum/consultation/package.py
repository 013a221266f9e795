"""What one municipality gets: its areas, a quiet map, released figures - as data of one HTML file."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from sozialraum.consultation.drawing import Drawing, draw
from sozialraum.consultation.people import nearest, rounded_people
from sozialraum.delineation import Plan

FORMAT = "sozialraum-package"
VERSION = 1
# The only columns of blocks that are looked at; social attributes never reach the functions below.
BLOCK_COLUMNS = ("block_id", "population", "land", "geometry")


@dataclass(frozen=True)
class Occasion:
    """What a package is about.

    project, notice : name of the region and its notice ('Beispielzahlen'). plan_id, state_id : the state that is
    put up for discussion; draft_id : of which draft, '' when it is a plan. title, status : of that state.
    written : ISO date-time text. check_number : of the release the figures come from, '' without figures.
    reasons, roles : what the file offers to choose from, in German.
    """

    project: str
    plan_id: str
    state_id: str
    title: str
    status: str
    written: str
    draft_id: str = ""
    notice: str = ""
    check_number: str = ""
    reasons: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Package:
    """A package: its key, the municipality, and all it holds as plain data.

    base : what answers are compared with, kept in the project: `areas` [[area_id, code, name]], `blocks`
    {block_id: area_id}, `locked` [block_id].
    """

    package_id: str
    ags: str
    name: str
    content: Mapping[str, Any]
    base: Mapping[str, Any] = field(repr=False)

    @property
    def file_name(self) -> str:
        return f"abstimmung-{self.ags}.html"

    def to_json(self) -> str:
        """The content as JSON; the same package gives the same text."""
        return json.dumps(self.content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def make_package(
    town: pd.Series,
    blocks: gpd.GeoDataFrame,
    plan: Plan,
    occasion: Occasion,
    *,
    lines: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame | None = None,
    figures: Mapping[str, Any] | None = None,
) -> Package:
    """The package of one municipality.

    town : row of municipalities (`ags, name, size_low, size_high`). blocks : blocks of that municipality (n rows).
    plan : a plan or the state of a draft; only its areas of the municipality count. lines, places : the background.
    figures : from `released_figures`. No exact number goes in that `protection.release` did not let out:
    inhabitants of blocks and areas are rounded, see `people`.
    """
    ags = str(town["ags"])
    own = blocks.loc[:, list(BLOCK_COLUMNS)].sort_values("block_id", ignore_index=True)
    rows = plan.areas[plan.areas["municipality"] == ags].reset_index(drop=True)
    area = plan.assignment.reindex(own["block_id"]).to_numpy(dtype=object)
    drawing = draw(own, lines, places)
    people, step = rounded_people(own["population"].to_numpy(dtype=int), area)
    sums = own["population"].groupby(area).sum()
    areas = [
        {"area_id": key, "code": code, "name": name, "people": int(nearest(int(sums[key]), step))}
        for key, code, name in rows[["area_id", "code", "name"]].itertuples(index=False, name=None)
    ]
    locked = sorted(set(plan.locks) & set(own["block_id"]))
    content = {
        **_about(town, occasion),
        "step": step,
        "areas": areas,
        "blocks": _block_columns(own, area, rows["area_id"].tolist(), people, drawing, locked),
        "map": _map(drawing),
        "figures": figures or {"indicators": [], "rows": []},
    }
    package_id = _key(content)
    return Package(
        package_id,
        ags,
        str(town["name"]),
        {"package_id": package_id, **content},
        {
            "areas": [[one["area_id"], one["code"], one["name"]] for one in areas],
            "blocks": dict(zip(own["block_id"].astype(str), map(str, area), strict=True)),
            "locked": locked,
        },
    )


def _about(town: pd.Series, occasion: Occasion) -> dict[str, Any]:
    return {
        "format": FORMAT, "version": VERSION,
        "project": occasion.project, "notice": occasion.notice,
        "ags": str(town["ags"]), "name": str(town["name"]),
        "size_low": _bound(town["size_low"]) or 0, "size_high": _bound(town["size_high"]),
        "plan_id": occasion.plan_id, "state_id": occasion.state_id, "draft_id": occasion.draft_id,
        "title": occasion.title, "status": occasion.status, "written": occasion.written,
        "check_number": occasion.check_number,
        "reasons": list(occasion.reasons), "roles": list(occasion.roles),
    }  # fmt: skip


def _bound(size: float) -> int | None:
    """A bound of the inhabitants of an area; None where there is none."""
    return int(size) if math.isfinite(size) else None


def _block_columns(
    own: gpd.GeoDataFrame,
    area: np.ndarray,
    area_ids: Sequence[str],
    people: np.ndarray,
    drawing: Drawing,
    locked: Sequence[str],
) -> dict[str, list[Any]]:
    """The blocks column by column, in the order of their keys; `area` and `locked` are row positions."""
    place = {area_id: position for position, area_id in enumerate(area_ids)}
    ids = own["block_id"].astype(str).tolist()
    rows = {block: position for position, block in enumerate(ids)}
    return {
        "id": ids,
        "area": [place[one] for one in area],
        "people": people.tolist(),
        "open": [int(land == "open") for land in own["land"]],
        "path": list(drawing.paths),
        "x": drawing.points[:, 0].tolist(),
        "y": drawing.points[:, 1].tolist(),
        "edges": drawing.edges.ravel().tolist(),
        "locked": [rows[block] for block in locked],
    }


def _map(drawing: Drawing) -> dict[str, Any]:
    return {
        "west": drawing.west, "north": drawing.north, "width": drawing.width, "height": drawing.height,
        **drawing.background,
    }  # fmt: skip


def _key(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return "a" + hashlib.sha256(text.encode()).hexdigest()[:10]
