"""Routes of the page "Bausteine": what files are, how they are read, what is built, kept, refused and stopped."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
import pytest
from fastapi.testclient import TestClient
from web_workshop import OWN, ended

from drawn_town import EAST, NORTH, addresses, box, lines, place, towns
from sozialraum.base.numbers import count
from sozialraum.web import blocks_routes, create_app
from sozialraum.workflow import create_project
from sozialraum.workflow.addresses_placing import protect_address

CROSS = (("street", "Querstraße", [(0, 500), (1000, 500)]), ("street", "Hochstraße", [(500, 0), (500, 1000)]))
DOORS = ((100, 100, 400), (900, 100, 600), (100, 900, 500), (900, 900, 700))


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    create_project(tmp_path / "kreis", name="Kreis").close()
    app = create_app(tmp_path, tmp_path / "kreis")
    with TestClient(app, base_url="http://127.0.0.1:8765", headers=OWN) as found:
        yield found


def layer(folder: Path, name: str, frame: gpd.GeoDataFrame, within: str = "") -> Path:
    path = folder / f"{name}.gpkg"
    pyogrio.write_dataframe(frame, path, layer=within or name, driver="GPKG", append=path.exists())
    return path


def three(folder: Path) -> list[Path]:
    doors = addresses(*DOORS).assign(suffix="", postcode="05901")
    return [
        layer(folder, "gemeinden", towns()),
        layer(folder, "strassen", lines(*CROSS)),
        layer(folder, "anschriften", doors),
    ]


def drop(client: TestClient, *paths: Path) -> Any:
    files = [("files", (path.name, path.read_bytes())) for path in paths]
    return ended(client, client.post("/api/ground/files", files=files))


def page(client: TestClient) -> dict[str, Any]:
    return client.get("/api/ground").json()


def change(client: TestClient, number: int, **wish: str) -> Any:
    file = page(client)["files"][number]
    body = {name: file[name] for name in ("role", "key", "name", "reading")} | wish
    return client.post(f"/api/ground/files/{number}", json=body)


def build(client: TestClient) -> Any:
    return ended(client, client.post("/api/ground/build"))


def built(client: TestClient, folder: Path) -> dict[str, Any]:
    drop(client, *three(folder))
    assert build(client).state == "done"
    return page(client)["built"]


def test_what_a_layer_is_shows_in_its_shapes_columns_and_name(client, tmp_path):
    net, doors, keyed = lines(*CROSS), addresses(*DOORS), towns().rename(columns={"ags": "key"})
    given = [
        ("gemeinden", towns(), "municipalities"),
        ("netz", net, "lines"),
        ("bahnlinien", net, "rails"),
        ("gewaesser", net, "water"),
        ("autobahnen", net, "motorways"),
        ("hausumringe", towns().drop(columns=["ags", "name"]), "buildings"),
        ("ortsteile", keyed, "nesting"),
        ("baubloecke", keyed.assign(einwohner=5), "units"),
        ("hauskoordinaten", doors, "addresses"),
        ("schulen", doors.drop(columns="street"), ""),
    ]
    drop(client, *(layer(tmp_path, name, frame) for name, frame, _role in given))
    files = page(client)["files"]
    assert {file["layer"]: file["role"] for file in files} == {name: role for name, _frame, role in given}
    assert all(file["role"] in [one["value"] for one in file["roles"]] for file in files)


def test_a_role_that_can_be_held_once_stays_with_the_first_file(client, tmp_path):
    drop(client, layer(tmp_path, "gemeinden", towns()), layer(tmp_path, "gemeinden-alt", towns()))
    assert [file["role"] for file in page(client)["files"]] == ["municipalities", ""]
    change(client, 1, role="municipalities")
    refused = client.post("/api/ground/build")
    assert refused.status_code == 422
    assert "Zweimal gewählt: „Gemeindegrenzen“." in refused.json()["findings"][0]["sentence"]


def test_a_file_that_is_none_is_named_and_the_others_stay(client, tmp_path):
    (tmp_path / "brief.gpkg").write_bytes(b"Guten Tag")
    job = drop(client, *three(tmp_path), tmp_path / "brief.gpkg")
    assert job.state == "refused"
    assert "brief.gpkg" in job.problem["headline"]
    assert len(page(client)["files"]) == 3


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


def test_doubtful_places_have_numbers_and_lie_where_they_are(client, tmp_path):
    near = (*CROSS, ("street", "Stichweg", [(250, 0), (250, 490)]))
    doors = addresses((100, 100, 400), (500, 250, 5), (400, 100, 100), (900, 900, 700))
    drop(client, layer(tmp_path, "gemeinden", towns()), layer(tmp_path, "netz", lines(*near)),
         layer(tmp_path, "anschriften", doors))  # fmt: skip
    build(client)
    places = page(client)["built"]["places"]
    assert [place["number"] for place in places] == list(range(1, len(places) + 1))
    (one,) = [place for place in places if place["kind"] == "on_line"]
    where = gpd.GeoSeries(gpd.points_from_xy([one["box"][0]], [one["box"][1]]), crs=4326).to_crs(25832).iloc[0]
    assert (where.x - EAST, where.y - NORTH) == pytest.approx((500, 250), abs=0.2)
    drawn = client.get(f"/api/ground/map/built/{page(client)['built']['number']}").json()["lines"]["features"]
    assert "Hochstraße" in {line["properties"]["name"] for line in drawn}  # of streets those near to a place


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


def test_the_rule_is_said_with_the_numbers_as_changed_and_no_others(client):
    assert client.post("/api/ground/rule", json={"numbers": {"smallest_area": 2500}}).status_code == 200
    assert f"Flächen unter {count(2500)} m²" in page(client)["rule"]["sentence"]
    assert client.post("/api/ground/rule", json={"numbers": {"smallest_area": -1}}).status_code == 422
    assert client.post("/api/ground/rule", json={"numbers": {"colour": 1}}).status_code == 409
    assert page(client)["rule"]["numbers"]["smallest_area"] == 2500


def test_units_become_blocks_as_they_are_by_the_columns_that_were_chosen(client, tmp_path):
    halves = gpd.GeoDataFrame(
        {"bezirk_nr": ["001", "002"], "titel": ["West", "Ost"], "einwohner": [300, 400]},
        geometry=[box(0, 0, 500, 1000), box(500, 0, 1000, 1000)],
        crs=25832,
    )
    drop(client, layer(tmp_path, "gemeinden", towns()), layer(tmp_path, "wahlbezirke", halves))
    units = page(client)["files"][1]
    assert (units["role"], units["key"], units["name"]) == ("units", "", "titel")
    refused = client.post("/api/ground/build").json()
    assert "Welche Spalte den Schlüssel nennt" in refused["findings"][0]["sentence"]
    change(client, 1, key="bezirk_nr")
    assert build(client).state == "done"
    ended(client, client.post("/api/ground/take", json={}))
    blocks = client.app.state.session.project.blocks()
    assert blocks.set_index("block_id")["population"].to_dict() == {"001": 300, "002": 400}


def test_grid_cells_become_blocks_from_a_table_of_their_middles(client, tmp_path):
    middles = gpd.GeoSeries([place(500, 500)], crs=25832).to_crs(3035)
    x, y = (int(side.iloc[0] // 100 * 100 + 50) for side in (middles.x, middles.y))
    table = tmp_path / "zensus.csv"
    rows = [f"CRS3035RES100mN{y}E{x + 100 * step};{x + 100 * step};{y};{40 + step}" for step in range(2)]
    table.write_text("\n".join(["GITTER_ID_100m;x_mp_100m;y_mp_100m;Einwohner", *rows]), encoding="utf-8")
    drop(client, layer(tmp_path, "gemeinden", towns()), table)
    file = page(client)["files"][1]
    assert (file["role"], file["size"].replace("\u00a0", " "), file["wrong"]) == ("cells", "2 Gitterzellen", None)
    assert build(client).state == "done"
    ended(client, client.post("/api/ground/take", json={}))
    people = client.app.state.session.project.blocks()["population"]
    assert sorted(people[people > 0]) == [40, 41]


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


def test_a_table_of_addresses_with_coordinates_serves_as_a_map_layer_does(client, tmp_path, monkeypatch):
    held = tmp_path / "held"
    held.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(held))
    rows = [f"Hofweg;{n};{EAST + x:.0f};{NORTH + y:.0f};{people}" for n, (x, y, people) in enumerate(DOORS, start=1)]
    table = tmp_path / "anschriften.csv"
    table.write_text("\n".join(["Straße;Hausnummer;Rechtswert;Hochwert;Einwohner", *rows]), encoding="utf-8")
    drop(client, *three(tmp_path)[:2], table)
    file = page(client)["files"][2]
    assert (file["role"], file["size"].replace("\u00a0", " "), file["wrong"]) == ("addresses", "4 Zeilen", None)
    assert list(held.rglob("*.csv")) == []
    assert build(client).state == "done"
    # it may have listed persons: before and after the building it is in memory only
    assert sorted(path.name for path in held.rglob("*.*")) == ["gemeinden.gpkg", "strassen.gpkg"]
    said = [sentence.replace("\u00a0", " ") for sentence in page(client)["built"]["sentences"]]
    assert f"In den Bausteinen: {count(2200)} Einwohner/-innen." in said


def test_coordinates_delivered_under_another_system_are_named_and_read_rightly_file_by_file(client, tmp_path):
    wrong = lines(CROSS[1]).to_crs(4647).set_crs(25832, allow_override=True)
    paths = [layer(tmp_path, "gemeinden", towns()), layer(tmp_path, "strassen", lines(CROSS[0])),
             layer(tmp_path, "neue-strassen", wrong), layer(tmp_path, "anschriften", addresses(*DOORS))]  # fmt: skip
    drop(client, *paths)
    files = page(client)["files"]
    assert [file["wrong"] is None for file in files] == [True, True, False, True]
    assert "beginnen mit der Zonennummer 32" in files[2]["wrong"]["sentence"]
    (reading,) = files[2]["wrong"]["readings"]
    where = client.get("/api/ground/files/2/where", params={"reading": reading["value"]}).json()
    assert where["towns"].startswith("M")
    assert where["drawn"].startswith(f"M{where['width'] / 2:g} ")  # the street runs through the middle of the town
    assert change(client, 2, reading=reading["value"]).json()[2]["wrong"] is None
    assert build(client).state == "done"
    assert page(client)["built"]["sentences"][0].replace("\u00a0", " ") == "Gebildet: 4 Bausteine in 1 Gemeinde."


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
