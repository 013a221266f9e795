"""Routes of "Bausteine prüfen": faults are named, chosen ones mended with a protocol, coordinates read as offered."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pyogrio
import pytest
import shapely
from blocks_page import layer, page, served_project
from fastapi.testclient import TestClient
from web_workshop import ended

from drawn_town import box, towns
from sozialraum.web import blocks_answers


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with served_project(tmp_path) as found:
        yield found


def broken_file(folder: Path) -> Path:
    """Four blocks of one town: a gap of 100 by 100 m in one corner, and two that overlap by 20 m."""
    shapes = [
        box(0, 0, 520, 500), box(500, 0, 1000, 500), box(0, 500, 500, 1000),
        shapely.difference(box(500, 500, 1000, 1000), box(700, 700, 800, 800)),
    ]  # fmt: skip
    frame = gpd.GeoDataFrame(
        {
            "block_id": [f"05999001-{n}" for n in range(1, 5)],
            "municipality": "05999001",
            "population": [10, 20, 30, 40],
        },
        geometry=shapes,
        crs=25832,
    )
    layer(folder, "fehler", towns().assign(size_low=10, size_high=200), "municipalities")
    return layer(folder, "fehler", frame, "blocks")


def check(client: TestClient, path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        ended(client, client.post("/api/ground/check/file", files={"file": (path.name, file)}))
    return page(client)["checked"]


def test_only_chosen_faults_are_mended_and_the_rest_stops_the_taking_over(client, tmp_path):
    checked = check(client, broken_file(tmp_path))
    assert {fault["kind"] for fault in checked["faults"]} == {"gap", "overlap"}
    (gap,) = [fault for fault in checked["faults"] if fault["kind"] == "gap"]
    ended(client, client.post("/api/ground/check/repair", json={"wishes": {gap["fault_id"]: "new"}}))
    after = page(client)["checked"]
    assert [fault["kind"] for fault in after["faults"]] == ["overlap"]
    assert len(after["protocol"]["rows"]) == 1
    assert ended(client, client.post("/api/ground/check/take", json={})).state == "refused"
    assert page(client)["blocks"] is None
    (overlap,) = after["faults"]
    ended(client, client.post("/api/ground/check/repair", json={"wishes": {overlap["fault_id"]: ""}}))
    whole = page(client)["checked"]
    assert (whole["faults"], len(whole["protocol"]["rows"])) == ([], 2)
    assert client.get("/api/ground/check/protocol.xlsx").content[:2] == b"PK"
    assert ended(client, client.post("/api/ground/check/take", json={})).state == "done"
    assert (page(client)["blocks"]["count"], page(client)["blocks"]["people"]) == (5, 100)


def test_the_page_shows_the_first_rows_of_a_long_protocol_and_the_workbook_all(client, tmp_path, monkeypatch):
    monkeypatch.setattr(blocks_answers, "MOST_MENDED", 1)
    checked = check(client, broken_file(tmp_path))
    wishes = {fault["fault_id"]: "" for fault in checked["faults"]}
    ended(client, client.post("/api/ground/check/repair", json={"wishes": wishes}))
    protocol = page(client)["checked"]["protocol"]
    assert (len(protocol["rows"]), protocol["count"]) == (1, 2)
    book = openpyxl.load_workbook(io.BytesIO(client.get("/api/ground/check/protocol.xlsx").content))
    assert len(list(book.active.values)) == 1 + 2


def test_mending_is_taken_back_to_the_file_as_it_was_read(client, tmp_path):
    before = check(client, broken_file(tmp_path))
    wishes = {fault["fault_id"]: fault["ways"][0]["value"] for fault in before["faults"]}
    ended(client, client.post("/api/ground/check/repair", json={"wishes": wishes}))
    client.post("/api/ground/check/again")
    after = page(client)["checked"]
    assert after["protocol"] is None
    assert [fault["fault_id"] for fault in after["faults"]] == [fault["fault_id"] for fault in before["faults"]]
    assert after["number"] > before["number"]


def test_nothing_chosen_and_nothing_checked_are_said(client, tmp_path):
    assert client.post("/api/ground/check/repair", json={"wishes": {}}).status_code == 409
    check(client, broken_file(tmp_path))
    refused = client.post("/api/ground/check/repair", json={"wishes": {}})
    assert refused.json()["headline"] == "Es ist kein Fehler ausgewählt."
    assert client.get("/api/ground/check/protocol.xlsx").status_code == 409


def test_layers_that_lie_elsewhere_are_named_one_by_one_and_read_as_offered(client, tmp_path):
    path = broken_file(tmp_path)
    for name in ("municipalities", "blocks"):
        frame = pyogrio.read_dataframe(path, layer=name).to_crs(4647).set_crs(25832, allow_override=True)
        layer(tmp_path, "zone", frame, name)
    checked = check(client, tmp_path / "zone.gpkg")
    assert (checked["misplaced"], checked["faults"]) == (True, [])
    assert client.get(f"/api/ground/map/checked/{checked['number']}").status_code == 409
    found = client.get("/api/ground/check/coordinates").json()
    assert sorted(one["layer"] for one in found) == ["blocks", "municipalities"]
    assert all("beginnen mit der Zonennummer 32" in one["sentence"] and one["where"]["drawn"] for one in found)
    readings = {one["layer"]: one["readings"][0]["value"] for one in found}
    ended(client, client.post("/api/ground/check/readings", json={"readings": readings}))
    after = page(client)["checked"]
    assert not after["misplaced"]
    assert {fault["kind"] for fault in after["faults"]} == {"gap", "overlap"}
    shapes = client.get(f"/api/ground/map/checked/{after['number']}").json()
    assert [one["properties"]["number"] for one in shapes["faults"]["features"]] == [1, 2]


def test_faults_that_can_be_mended_send_nobody_to_the_map_program(client, tmp_path):
    faults = check(client, broken_file(tmp_path))["faults"]
    assert [(bool(fault["ways"]), fault["todo"]) for fault in faults] == [(True, ""), (True, "")]
    assert client.post("/api/ground/check/close").status_code == 200
    assert page(client)["checked"] is None
