"""Routes of the page "Einleseregeln": lists, forms, workbooks; nothing is kept before it was shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sozialraum.project import Project
from sozialraum.web import create_app

OURS = {"X-Sozialraum": "1"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    Project.create(tmp_path / "p", name="Musterkreis").close()
    with TestClient(create_app(tmp_path, tmp_path / "p"), base_url="http://127.0.0.1", headers=OURS) as found:
        yield found


def tables(answer):
    return {section["part"]: section["rows"] for section in answer["sections"]}


def test_every_source_is_listed_with_holder_kind_and_whether_it_had_a_specimen(client):
    listed = client.get("/api/recipes").json()
    youth = next(one for one in listed["recipes"] if one["code"] == "youth_office")
    assert youth["holder"] == "Jugendämter"
    assert youth["kinds"] == ["Excel"]
    assert (youth["own"], youth["changed"]) == (False, False)
    assert {"agency", "destatis", "rounded5", "inkar"} <= {one["code"] for one in listed["signs"]}


def test_a_form_has_columns_by_head_and_features_by_title(client):
    answer = client.get("/api/recipes/youth_office").json()
    sections = {section["part"]: section for section in answer["sections"]}
    fields = {field["name"]: field for field in sections["value"]["fields"]}
    assert {"value": "area", "title": "Sozialraum"} in fields["column"]["options"]
    feature = next(one for one in fields["feature"]["options"] if one["value"] == "care_03_06")
    assert feature["title"].startswith("Kinder")
    star = next(row for row in answer["signs"][0]["rows"] if row["text"] == "*")
    assert (star["bounds"], star["status"]) == (["1", "2"], "verdeckt")
    assert star["legend"]


def test_a_change_is_shown_first_and_kept_when_confirmed(client):
    filled = tables(client.get("/api/recipes/youth_office").json())
    filled["columns"][0]["head"] = "Planungsraum"
    shown = client.post("/api/recipes/youth_office", json={"tables": filled}).json()
    assert shown["saved"] is False
    assert shown["sentences"] == [
        "Spalten, „Planungsraum“: „Überschrift in der Datei“ ist jetzt „Planungsraum“, vorher „Sozialraum“."
    ]
    assert client.get("/api/recipes/youth_office").json()["own"] is False
    kept = client.post("/api/recipes/youth_office?confirm=true", json={"tables": filled, "role": "Statistik"}).json()
    assert kept["saved"] is True
    again = client.get("/api/recipes/youth_office").json()
    assert (again["own"], again["changed"]) == (True, True)
    assert tables(again)["columns"][0]["head"] == "Planungsraum"
    assert (
        client.post("/api/recipes/youth_office?confirm=true", json={"tables": tables(again)}).json()["saved"] is False
    )


def test_a_wrong_form_names_section_row_and_field_and_keeps_nothing(client):
    filled = tables(client.get("/api/recipes/youth_office").json())
    filled["value"][1]["column"] = "hilfe"
    answer = client.post("/api/recipes/youth_office?confirm=true", json={"tables": filled})
    assert answer.status_code == 422
    assert answer.json()["findings"][0]["sentence"].startswith("Werte, Zeile 2, „Spalte“: Eine Spalte „hilfe“")
    assert answer.json()["entries"] == [
        {"part": "value", "row": 1, "field": "column", "what": "Eine Spalte „hilfe“ ist unter „Spalten“ nicht erklärt."}
    ]
    assert client.get("/api/recipes/youth_office").json()["own"] is False


def test_the_workbook_goes_out_and_in(client):
    sent = client.get("/api/recipes/youth_office/table")
    assert sent.headers["content-disposition"].endswith("youth_office.xlsx")
    files = {"file": ("regel.xlsx", sent.content)}
    assert client.post("/api/recipes/youth_office/table", files=files).json()["sentences"] == []
    other = client.post("/api/recipes/register/table", files=files)
    assert other.status_code == 422
    assert "gehört zu" in other.json()["headline"]


def test_what_is_no_workbook_is_refused(client):
    answer = client.post("/api/recipes/youth_office/table?confirm=true", files={"file": ("x.xlsx", b"PK nothing")})
    assert answer.status_code == 422


def test_an_unknown_recipe_and_unknown_signs_are_refused(client):
    assert client.get("/api/recipes/keine").status_code == 409
    assert client.get("/api/signs/keine").status_code == 409


def test_signs_of_ones_own_can_be_made_and_then_used_by_a_recipe(client):
    about = {"code": "amt", "title": "Unser Amt", "legend": ""}
    sign = {"text": "#", "meaning": "unter 5", "status": "suppressed", "low": "0", "high": "4", "legend": "# unter 5"}
    made = client.post("/api/signs/neu?confirm=true", json={"tables": {"": [about], "signs": [sign]}}).json()
    assert (made["saved"], made["new"]) == (True, True)
    assert client.get("/api/signs/amt").json()["rows"][0]["bounds"] == ["0", "4"]
    filled = tables(client.get("/api/recipes/youth_office").json())
    for row in filled["value"]:
        row["signs"] = "amt"
    assert client.post("/api/recipes/youth_office?confirm=true", json={"tables": filled}).json()["saved"] is True
    assert {row["signs"] for row in tables(client.get("/api/recipes/youth_office").json())["value"]} == {"amt"}
    assert client.get("/api/recipes/youth_office/table").status_code == 200


def test_signs_go_out_and_in_as_a_workbook(client):
    sent = client.get("/api/signs/youth/table").content
    answer = client.post("/api/signs/youth/table", files={"file": ("z.xlsx", sent)}).json()
    assert answer["sentences"] == []
