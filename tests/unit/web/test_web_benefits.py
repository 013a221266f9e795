"""Routes of the page "Namen von Leistungen"."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

from sozialraum.project import Project
from sozialraum.web import create_app

OURS = {"X-Sozialraum": "1"}
NEW = {"code": "sgb2", "title": "", "de": "Neugeld", "since": "2030-07-01"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    Project.create(tmp_path / "p", name="Musterkreis").close()
    with TestClient(create_app(tmp_path, tmp_path / "p"), base_url="http://127.0.0.1", headers=OURS) as found:
        yield found


def test_names_are_listed_with_their_validity_and_where_they_are_used(client):
    answer = client.get("/api/benefits").json()
    assert [(one["de"], one["validity"]) for one in answer["names"]] == [
        ("Arbeitslosengeld II und Sozialgeld", "bis 31.12.2022"),
        ("Bürgergeld", "ab 01.01.2023"),
    ]
    assert len(answer["used"]["sgb2"]) == 2


def test_a_name_is_entered_changed_ended_and_removed(client):
    answer = client.post("/api/benefits", json=NEW).json()
    assert [one["validity"] for one in answer["names"]][1:] == ["01.01.2023 bis 30.06.2030", "ab 01.07.2030"]
    ended = client.post("/api/benefits", json=NEW | {"until": "2031-12-31", "before": "2030-07-01"}).json()
    assert ended["names"][2]["validity"] == "01.07.2030 bis 31.12.2031"
    refused = client.post("/api/benefits", json=NEW)
    assert (refused.status_code, "am selben Tag" in refused.json()["headline"]) == (409, True)
    left = client.post("/api/benefits/remove", json={"code": "sgb2", "since": "2030-07-01"}).json()
    assert len(left["names"]) == 2


def test_the_workbook_comes_back_with_a_list_of_what_it_changes(client, tmp_path):
    file = tmp_path / "n.xlsx"
    file.write_bytes(client.get("/api/benefits/workbook").content)
    body = {"file": ("n.xlsx", file.read_bytes())}
    assert client.post("/api/benefits/compare", files=body).json() == {"changes": []}
    book = openpyxl.load_workbook(file)
    book["Leistungen"]["B3"] = "Neugeld"
    book.save(file)
    body = {"file": ("n.xlsx", file.read_bytes())}
    (change,) = client.post("/api/benefits/compare", files=body).json()["changes"]
    assert (change["kind"], change["what"]) == ("changed", "Name: „Bürgergeld“ jetzt „Neugeld“")
    assert client.get("/api/benefits").json()["names"][1]["de"] == "Bürgergeld"
    client.post("/api/benefits/apply", files=body)
    assert client.get("/api/benefits").json()["names"][1]["de"] == "Neugeld"
    refused = client.post("/api/benefits/apply", files={"file": ("n.xlsx", b"no workbook")})
    assert refused.status_code == 422
