"""The routes of the page "Adressen": the register and its yearly update."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from web_workshop import OWN, ended

from address_town import address_town, all_doors, doors, write_register
from sozialraum.web import create_app
from street_grid_town import area, town_project


def next_year():
    """Altweg has another name, Bahnweg 10 is gone, one house lies outside every block."""
    rows = [row for row in all_doors() if row[0] not in ("Altweg", "Bahnweg")]
    rows += doors("Anne-Frank-Weg", "A") + doors("Bahnweg", "B", range(1, 10))
    return [*rows, ("Am Rand", 1, "", doors("Dorfweg", "D")[-1][3] + 2_000.0, 0.0)]


def opened(folder) -> TestClient:
    return TestClient(create_app(folder.parent, folder), base_url="http://127.0.0.1:8765", headers=OWN)


@pytest.fixture
def client(tmp_path) -> Iterator[TestClient]:
    address_town(tmp_path / "p").close()
    with opened(tmp_path / "p") as found:
        yield found


def read(client, file, **fields):
    with file.open("rb") as content:
        answer = client.post("/api/addresses/register", files={"file": (file.name, content)}, data=fields)
    return ended(client, answer)


@pytest.fixture
def waiting(client, tmp_path):
    assert read(client, write_register(tmp_path / "neu.gpkg", next_year()), title="Stand 2027").state == "done"
    return client


def groups(client):
    answer = client.get("/api/addresses/update").json()
    return {group["kind"]: group for kind in answer["kinds"] for group in kind["groups"]}


def test_the_register_says_how_many_addresses_it_has_and_what_can_be_chosen(client):
    answer = client.get("/api/addresses").json()
    assert (answer["addresses"], answer["streets"], answer["waiting"], answer["protected"]) == (41, 5, None, 0)
    assert [one["label"] for one in answer["areas"]] == ["1 Altstadt", "2 Bahnhof", "3 Siedlung", "4 Dorf"]


def test_a_newer_register_waits_in_groups_with_proposed_area_and_reason(waiting):
    answer = waiting.get("/api/addresses/update").json()
    assert (answer["changes"], answer["open"], answer["unclear"], answer["unchanged"]) == (12, 12, 1, 30)
    assert [kind["kind"] for kind in answer["kinds"]] == ["new", "gone", "renamed"]
    renamed, new = groups(waiting)["renamed"], groups(waiting)["new"]
    assert (renamed["areas"], renamed["bases"], renamed["doubts"]) == (["1 Altstadt"], ["wie bisher"], [])
    assert (new["without_place"], new["doubts"]) == (1, ["Die Adresse liegt in keinem Gebiet und hat keine Nachbarn."])


def test_a_group_shows_each_address_and_where_it_lies(waiting):
    key = groups(waiting)["renamed"]["group_id"]
    answer = waiting.get("/api/addresses/update/group", params={"key": key}).json()
    first = answer["rows"][0]
    assert (first["before"], first["address"]) == ("Altweg 1", "Anne-Frank-Weg 1, 52499")
    drawn = answer["map"]
    assert len(drawn["marks"]) == 10
    assert all(0 <= mark["x"] <= drawn["width"] and 0 <= mark["y"] <= drawn["height"] for mark in drawn["marks"])
    assert "1 Altstadt" in [one["label"] for one in drawn["areas"]]


def test_decisions_are_made_for_all_that_is_clear_for_a_group_and_taken_back(waiting):
    assert waiting.post("/api/addresses/update/clear", json={"kind": "gone"}).json() == {"decided": 1}
    assert waiting.post("/api/addresses/update/clear", json={}).json() == {"decided": 10}
    group = groups(waiting)["renamed"]
    assert (group["open"], group["accepted"]) == (0, 10)
    body = {"ids": [group["group_id"]], "decision": "open"}
    waiting.post("/api/addresses/update/decide", json=body)
    assert groups(waiting)["renamed"]["open"] == 10
    assert waiting.post("/api/addresses/update/decide", json=body | {"decision": "reject"}).json()["decided"] == 10


def test_an_address_without_a_place_needs_an_area(waiting):
    body = {"ids": [groups(waiting)["new"]["group_id"]], "decision": "accept"}
    refused = waiting.post("/api/addresses/update/decide", json=body)
    assert refused.status_code == 409
    assert "Wählen Sie ein Gebiet" in refused.json()["headline"]
    assert waiting.post("/api/addresses/update/decide", json=body | {"area_id": area("D")}).json() == {"decided": 1}
    assert groups(waiting)["new"]["areas"] == ["4 Dorf"]


def test_nothing_is_taken_over_while_something_is_open(waiting):
    job = ended(waiting, waiting.post("/api/addresses/update/take"))
    assert job.state == "refused"
    assert waiting.get("/api/addresses").json()["waiting"] == {"title": "Stand 2027"}


def test_taking_over_makes_a_new_version_and_writes_the_street_grid(waiting):
    waiting.post("/api/addresses/update/clear", json={})
    body = {"ids": [groups(waiting)["new"]["group_id"]], "decision": "accept", "area_id": area("D")}
    waiting.post("/api/addresses/update/decide", json=body)
    taken = ended(waiting, waiting.post("/api/addresses/update/take")).result["addresses_taken"]
    assert "10 Adressen mit neuem Straßennamen." in taken["sentences"]
    assert taken["grid"]["files"] == ["zu.csv", "ra.csv"]
    assert taken["grid"]["findings"] == []
    grid = waiting.get(f"/api/street-grid/files/{taken['grid']['plan_id']}/ra.csv")
    assert "Anne-Frank-Weg" in grid.content.decode("cp1252")
    assert waiting.get("/api/addresses").json()["versions"][0]["title"] == "Stand 2027"
    assert waiting.get("/api/addresses/update").json() == {"waiting": None, "kinds": []}


def test_what_stops_the_street_grid_is_said_and_the_register_stands(tmp_path):
    town_project(tmp_path / "p").close()  # area 3 has 940 inhabitants, its delivery group is not confirmed
    with opened(tmp_path / "p") as client:
        assert read(client, write_register(tmp_path / "neu.gpkg", all_doors())).state == "done"
        body = {"ids": [one["group_id"] for one in groups(client).values()], "decision": "accept"}
        kinds = client.get("/api/addresses/update").json()["kinds"]
        body["ids"] = [group["group_id"] for kind in kinds for group in kind["groups"]]
        client.post("/api/addresses/update/decide", json=body)
        taken = ended(client, client.post("/api/addresses/update/take")).result["addresses_taken"]
        assert taken["grid"]["files"] == []
        assert "Liefergruppe noch nicht bestätigt" in taken["grid"]["findings"][-1]["sentence"]
        assert len(client.get("/api/addresses").json()["versions"]) == 2


def test_a_waiting_register_can_be_put_away(waiting):
    assert waiting.post("/api/addresses/update/end").status_code == 200
    assert waiting.get("/api/addresses").json()["waiting"] is None
    assert waiting.post("/api/addresses/update/end").status_code == 409


def test_wrong_coordinates_come_back_with_a_way_to_read_them(client, tmp_path):
    rows = [f"{street};{number};{x + 32_000_000};{y};52499" for street, number, _s, x, y in all_doors()]
    (tmp_path / "hk.csv").write_text("STN;HNR;Ostwert;Nordwert;PLZ\n" + "\n".join(rows) + "\n")
    job = read(client, tmp_path / "hk.csv")
    assert job.state == "done"
    assert job.result["register"]["offers"][0]["code"] == "EPSG:4647"
    assert client.get("/api/addresses").json()["waiting"] is None
    assert "sentences" in read(client, tmp_path / "hk.csv", read_as="EPSG:4647").result["register"]


def test_the_first_register_of_a_project_holds_at_once(tmp_path):
    town_project(tmp_path / "p", rows=()).close()
    with opened(tmp_path / "p") as client:
        assert client.get("/api/addresses").json()["addresses"] == 0
        job = read(client, write_register(tmp_path / "hk.gpkg", all_doors()), first="true")
        assert job.result["register"]["sentences"] == ["41 Adressen eingelesen."]
        assert client.get("/api/addresses").json()["addresses"] == 41
