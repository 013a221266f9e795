"""The routes of the page "Adressen": lists placed, street directory, protected addresses."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import openpyxl
import pytest
from fastapi.testclient import TestClient
from web_workshop import OWN, ended

from address_town import AGS, address_town
from sozialraum.web import create_app
from street_grid_town import area

LIST = "Name;Straße;Haus-Nr.;PLZ\nA;Altweg;3;52499\nB;Sidlerweg;1;52499\nC;Nirgends;1;52499\nD;Altweg;99;52499\n"


@pytest.fixture
def client(tmp_path) -> Iterator[TestClient]:
    address_town(tmp_path / "p").close()
    with TestClient(create_app(tmp_path, tmp_path / "p"), base_url="http://127.0.0.1:8765", headers=OWN) as found:
        yield found


def place(client, **fields):
    answer = client.post("/api/addresses/list", files={"file": ("liste.csv", LIST.encode("cp1252"))}, data=fields)
    return ended(client, answer).result["address_list"]


def test_a_list_is_told_by_counts_reasons_and_spellings_only(client):
    found = place(client)
    assert found["counts"] == {"exact": 1, "likely": 1, "none": 2}
    assert [one["why"] for one in found["reasons"]] == [
        "Die Hausnummer steht nicht im Adressregister.", "Die Straße steht nicht im Adressregister.",
    ]  # fmt: skip
    (spelling,) = found["spellings"]
    assert (spelling["written"], spelling["offer"]) == ("Sidlerweg, 52499", "Siedlerweg, 52499 Musterdorf")
    assert '"A"' not in json.dumps(found)


def test_a_confirmed_spelling_counts_as_sure_and_is_remembered(client):
    key = place(client)["spellings"][0]["key"]
    found = place(client, wishes=json.dumps({"confirmed": [key]}), learn="true")
    assert found["counts"] == {"exact": 2, "likely": 0, "none": 2}
    assert client.get("/api/addresses").json()["spellings"] == 1
    assert place(client)["counts"]["exact"] == 2
    (spelling,) = client.get("/api/addresses/spellings").json()
    assert (spelling["written"], spelling["street"]) == ("sidlerweg", "Siedlerweg")
    client.post("/api/addresses/spellings/forget", json={"written": spelling["written"]})
    assert place(client)["counts"]["exact"] == 1


def test_a_refused_spelling_is_not_placed(client):
    key = place(client)["spellings"][0]["key"]
    wishes = json.dumps({"refused": [key]})
    assert place(client, wishes=wishes)["counts"] == {"exact": 1, "likely": 0, "none": 3}
    rows = workbook(client, wishes)
    assert rows[2][4:7] == [None, None, "nicht zugeordnet"]


def workbook(client, wishes="{}"):
    files = {"file": ("liste.csv", LIST.encode("cp1252"))}
    answer = client.post("/api/addresses/list/workbook", files=files, data={"wishes": wishes})
    assert answer.status_code == 200
    assert "liste%20mit%20Gebieten.xlsx" in answer.headers["content-disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_list_comes_back_with_area_key_and_area(client):
    rows = workbook(client)
    assert rows[1] == ["A", "Altweg", "3", "52499", area("A"), "Altstadt", "sicher",
                       "Straße und Hausnummer stehen im Adressregister.", "Altweg 3, 52499 Musterdorf"]  # fmt: skip
    assert rows[3][4] is None


def test_a_list_without_streets_and_senseless_wishes_are_refused(client):
    files = {"file": ("liste.csv", b"Name;Wert\nA;1\n")}
    assert ended(client, client.post("/api/addresses/list", files=files)).state == "refused"
    assert client.post("/api/addresses/list", files=files, data={"wishes": "["}).status_code == 409


# Directory, tool, protection


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_directory_of_an_area_is_saved(client, ending):
    answer = client.get(f"/api/addresses/directory.{ending}", params={"area": area("B")})
    assert answer.status_code == 200
    assert answer.content[:2] in (b"%P", b"PK")
    assert client.get(f"/api/addresses/directory.{ending}", params={"area": f"{AGS}-99"}).status_code == 409


def test_what_a_list_was_offered_is_forgotten_with_the_address(client):
    started = client.post("/api/addresses/list", files={"file": ("liste.csv", LIST.encode("cp1252"))})
    events = f"/api/jobs/{started.json()['id']}/events"
    assert "Siedlerweg" in client.get(events).text
    client.post("/api/addresses/protected", json={"street": "Siedlerweg", "number": "1"})
    assert "Siedlerweg" not in client.get(events).text


def test_the_number_of_protected_facilities_is_told(client, tmp_path):
    from sozialraum import workflow

    rows = "1;Haus;Frauenhaus;Altweg 4;;5;31.12.2025;ja\n2;Kita;Kindertagesstätte;;05999001-A;20;31.12.2025;nein\n"
    (tmp_path / "e.csv").write_text(
        "Nr.;Name;Art;Anschrift;Baustein;Plätze unter 6;Stand;Schutz\n" + rows, encoding="cp1252"
    )
    workflow.deliver(client.app.state.session.project, tmp_path / "e.csv", "facilities")
    answer = client.get("/api/addresses").json()
    assert (answer["facilities"], answer["protected"], answer["addresses"]) == (1, 1, 40)


def test_a_protected_address_is_counted_and_freed_by_typing_it_again(client):
    address = {"street": "Altweg", "number": "4", "postcode": "52499"}
    answer = client.post("/api/addresses/protected", json=address | {"kind": "womens_shelter"})
    assert answer.json() == {"protected": 1, "added": 1, "left": 1}
    assert client.get("/api/addresses").json()["addresses"] == 40
    assert client.post("/api/addresses/protected/end", json=address | {"number": "5"}).status_code == 409
    refused = client.post("/api/addresses/protected", json=address | {"street": "Altwegg"})
    assert refused.json() == {"protected": 1, "added": 0, "left": 0, "unknown": 1}
    assert client.get("/api/addresses").json()["protected"] == 1
    again = address | {"street": "Altwegg", "even_unknown": True}
    misspelt = client.post("/api/addresses/protected", json=again).json()
    assert misspelt == {"protected": 2, "added": 1, "left": 0}
    client.post("/api/addresses/protected/end", json=address | {"street": "Altwegg"})
    assert client.post("/api/addresses/protected/end", json=address).json() == {"protected": 0}
    assert client.post("/api/addresses/protected", json=address | {"kind": "park"}).status_code == 409
    assert client.post("/api/addresses/protected", json=address | {"number": ""}).status_code == 409
