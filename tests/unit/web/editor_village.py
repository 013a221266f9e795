"""A browser before the editor of the village: three areas, a railway, streets, addresses and places, all real."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from fastapi.testclient import TestClient

from sozialraum.blocks.places import Places, no_buildings
from sozialraum.delineation import Plan, make_plan
from sozialraum.project import Project
from village import AGS, EAST, NORTH, draw_municipality, village_blocks

ONE, TWO, THREE = (f"{AGS}-0{code}" for code in "123")
AREAS = {"ABC": ONE, "DEFghi": TWO, "JKL": THREE}
CRS = "EPSG:25832"


def block(letter: str) -> str:
    return f"{AGS}-{letter}"


def blocks() -> gpd.GeoDataFrame:
    """The village; block L has only two inhabitants."""
    frame = village_blocks()
    frame.loc[frame["block_id"] == block("L"), "population"] = 2
    frame["street"] = ["Große Mühlenstraße" if one[-1] in "AB" else "" for one in frame["block_id"]]
    return frame


def lines() -> gpd.GeoDataFrame:
    drawn = [
        ("railway", "Bahnlinie", 200),
        ("river", "Inde", 400),
        ("street", "Bahnhofstraße", 100),
        ("street", "Öchtringer Weg", 300),
    ]
    shapes = [shapely.LineString([(EAST, NORTH - y), (EAST + 600, NORTH - y)]) for _kind, _name, y in drawn]
    table = {"kind": [kind for kind, _name, _y in drawn], "name": [name for _kind, name, _y in drawn]}
    return gpd.GeoDataFrame(table, geometry=shapes, crs=CRS)


def places(buildings: gpd.GeoDataFrame | None = None) -> Places:
    rows = [("Bahnhofstraße", 12, "", "A"), ("Bahnhofstraße", 12, "a", "B"), ("Öchtringer Weg", 3, "", "D")]
    spots = [(50, 50), (250, 50), (50, 250)]
    addresses = gpd.GeoDataFrame(
        {
            "street": [row[0] for row in rows],
            "number": [row[1] for row in rows],
            "suffix": [row[2] for row in rows],
            "postcode": "52999",
            "block_id": [block(row[3]) for row in rows],
        },
        geometry=[shapely.Point(EAST + x, NORTH - y) for x, y in spots],
        crs=CRS,
    )
    table = {"kind": ["town_hall", "district"], "name": ["Rathaus", "Mühlweiler"]}
    points = [shapely.Point(EAST + 150, NORTH - 150), shapely.Point(EAST + 300, NORTH - 550)]
    shown = no_buildings(CRS) if buildings is None else buildings
    return Places(addresses, shown, gpd.GeoDataFrame(table, geometry=points, crs=CRS))


def plan() -> Plan:
    names = dict(zip(AREAS.values(), ("Alt", "Neu", "Weiler"), strict=True))
    rows = [(area, area[-1], name, AGS, "proposal") for area, name in names.items()]
    table = pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"])
    assignment = {block(letter): area for letters, area in AREAS.items() for letter in letters}
    return make_plan(assignment, table, title="Vorschlag", created="2026-01-01T09:00:00+00:00")


def make_project(folder: Path, with_places: bool = True, buildings: gpd.GeoDataFrame | None = None) -> Path:
    with Project.create(folder, name="Musterdorf", crs=CRS) as project:
        layers = (draw_municipality(low=100, high=2500), blocks(), lines())
        project.save_layers(*layers, *([places(buildings)] if with_places else []))
        project.save_plan(plan())
    return folder


def begin(client: TestClient, **wish: Any) -> dict[str, Any]:
    answer = client.post(f"/api/editor/{AGS}/drafts", json={"role": "Sozialplanung", **wish})
    assert answer.status_code == 200, answer.text
    return answer.json()


def move(letters: str, to: str, **fields: Any) -> dict[str, Any]:
    edit = {"kind": "move", "area": to, "blocks": [block(letter) for letter in letters], "role": "Sozialplanung"}
    return {**edit, **fields}


class Writer:
    """One browser that works on a draft and knows the state it saw last."""

    def __init__(self, client: TestClient, state: dict[str, Any]) -> None:
        self.client, self.draft_id, self.state_id = client, state["draft"]["draft_id"], state["state_id"]

    def post(self, act: str, **wish: Any) -> Any:
        return self.client.post(f"/api/editor/drafts/{self.draft_id}/{act}", json={"state_id": self.state_id, **wish})

    def do(self, act: str, **wish: Any) -> dict[str, Any]:
        """What must succeed; the state is the one afterwards."""
        answer = self.post(act, **wish)
        assert answer.status_code == 200, answer.text
        told = answer.json()
        self.state_id = told.get("state_id", self.state_id)
        return told
