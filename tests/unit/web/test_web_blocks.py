"""Routes of "Bausteine bilden": what files are, how they are read, and what comes of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pytest
from blocks_page import CROSS, DOORS, build, change, drop, layer, page, served_project, three
from fastapi.testclient import TestClient
from web_workshop import ended

from drawn_town import EAST, NORTH, addresses, box, lines, place, towns
from sozialraum.base.numbers import count


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with served_project(tmp_path) as found:
        yield found


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
