"""Blocks that were built on the page: kept, renewed, stopped, refused, put away."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from blocks_page import CROSS, build, built, drop, layer, page, served_project, three
from fastapi.testclient import TestClient
from web_workshop import ended

from drawn_town import addresses, lines, towns
from sozialraum.web import blocks_routes
from sozialraum.workflow.addresses_placing import protect_address


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with served_project(tmp_path) as found:
        yield found


def test_what_was_built_is_kept_only_when_it_is_taken_over(client, tmp_path):
    answer = built(client, tmp_path)
    assert answer["sentences"][0].replace("\u00a0", " ") == "Gebildet: 4 Bausteine in 1 Gemeinde."
    assert page(client)["blocks"] is None
    shapes = client.get(f"/api/ground/map/built/{answer['number']}").json()
    people = {one["properties"]["block_id"]: one["properties"]["population"] for one in shapes["blocks"]["features"]}
    assert sorted(people.values()) == [400, 500, 600, 700]
    assert ended(client, client.post("/api/ground/take", json={"low": 500, "high": 2500})).state == "done"
    after = page(client)
    assert (after["blocks"]["count"], after["blocks"]["people"], after["files"], after["built"]) == (4, 2200, [], None)
    town = client.app.state.session.project.municipalities().iloc[0]
    assert (town["size_low"], town["size_high"]) == (500, 2500)


def test_a_protected_address_is_no_doubtful_place(client, tmp_path):
    project = client.app.state.session.project
    doors = addresses((100, 100, 400), (500, 250, 5), (500, 750, 5), (900, 900, 700)).assign(
        suffix="", postcode="05901"
    )
    paths = [*three(tmp_path)[:2], layer(tmp_path, "hauskoordinaten", doors)]
    drop(client, *paths)
    build(client)
    ended(client, client.post("/api/ground/take", json={}))
    protect_address(project, "Hofweg 2", "womens_shelter")
    drop(client, *paths)
    build(client)
    said = client.get("/api/ground").text
    assert "Hofweg 3" in said
    assert "Hofweg 2" not in said


def test_what_was_doubtful_can_be_looked_at_while_the_blocks_hold_addresses_only_by_number(client, tmp_path):
    net = (*CROSS, ("railway", "Werkbahn", [(0, 250), (300, 250)]))
    doors = addresses((100, 100, 400), (500, 250, 5), (400, 100, 100), (900, 900, 700))
    drop(client, layer(tmp_path, "gemeinden", towns()), layer(tmp_path, "netz", lines(*net)),
         layer(tmp_path, "anschriften", doors))  # fmt: skip
    build(client)
    kinds = {one["kind"] for one in page(client)["built"]["places"]}
    assert {"barrier_ends", "on_line"} <= kinds
    ended(client, client.post("/api/ground/take", json={}))
    building = client.get("/api/ground/versions").json()["building"]
    assert {one["kind"] for one in building["places"]} == kinds - {"on_line"}
    assert (building["addresses"], building["version"]) == (1, 1)
    assert "Hofweg" not in str(building)
    assert len(client.get("/api/ground/map/kept").json()["blocks"]["features"]) == page(client)["blocks"]["count"]


def test_blocks_without_known_inhabitants_are_shown_but_not_taken_over(client, tmp_path):
    drop(client, *three(tmp_path)[:2])
    build(client)
    assert "Einwohnerzahlen fehlen." in page(client)["built"]["obstacles"][0]
    assert ended(client, client.post("/api/ground/take", json={})).state == "refused"
    assert page(client)["blocks"] is None


def test_building_is_stopped_on_request_and_leaves_what_was_dropped(client, tmp_path, monkeypatch):
    drop(client, *three(tmp_path))
    begun, asked = threading.Event(), threading.Event()

    def slow(project, files, rule, progress):  # type: ignore[no-untyped-def]
        progress.stage("Linien werden verbunden")
        begun.set()
        assert asked.wait(10)
        progress.stage("weiter")
        raise AssertionError("was not stopped")

    monkeypatch.setattr(blocks_routes.blocks_building, "look_at_blocks", slow)
    started = client.post("/api/ground/build")
    assert begun.wait(10)
    client.post(f"/api/jobs/{started.json()['id']}/cancel")
    asked.set()
    job = ended(client, started)
    assert job.state == "stopped"
    answer = page(client)
    assert (len(answer["files"]), answer["built"]) == (3, None)


def test_files_are_put_away_when_they_are_no_longer_needed(client, tmp_path):
    drop(client, *three(tmp_path))
    path = client.app.state.blocks_desk.parts[0].path
    assert path.is_file()
    client.post("/api/ground/clear")
    assert not path.parent.exists()
    assert page(client)["files"] == []


def test_another_project_finds_a_clear_desk(client, tmp_path):
    drop(client, *three(tmp_path))
    client.post("/api/projects", json={"name": "Anderer Kreis"})
    assert page(client)["files"] == []


def test_a_new_version_needs_reason_and_role_and_tells_what_became_what(client, tmp_path):
    built(client, tmp_path)
    ended(client, client.post("/api/ground/take", json={}))
    ended(client, client.post("/api/propose", json={}))
    more = lines(("street", "Neue Straße", [(0, 750), (500, 750)]))
    again = [tmp_path / f"{name}.gpkg" for name in ("gemeinden", "strassen", "anschriften")]
    drop(client, *again, layer(tmp_path, "neue-strassen", more))
    build(client)
    answer = page(client)
    assert answer["blocks"]["rests"] == ["1 Plan"]
    assert "Neuer Stand 2" in answer["built"]["outlook"][0]
    assert ended(client, client.post("/api/ground/take", json={"why": "Neubau"})).state == "refused"
    taken = ended(client, client.post("/api/ground/take", json={"why": "Neubau", "role": "Sozialplanung"}))
    assert taken.state == "done"
    versions = client.get("/api/ground/versions").json()
    assert [(one["version"], one["kind"], one["why"]) for one in versions["versions"]] == [(2, "renewal", "Neubau")]
    assert versions["plan"]["version"] == 1
    links = client.get("/api/ground/versions/2/links").json()
    assert sum(row["share"] for row in links["rows"]) == pytest.approx(len({row["old"] for row in links["rows"]}))
    old = links["rows"][0]["old"]
    found = client.get("/api/ground/versions/2/links", params={"words": old.lower()}).json()
    assert {row["old"] for row in found["rows"]} == {old}
    assert client.get("/api/ground/versions/1/links").status_code == 409
    assert ended(client, client.post("/api/ground/plan", json={"role": "Sozialplanung"})).state == "done"
    assert client.get("/api/ground/versions").json()["plan"] is None
