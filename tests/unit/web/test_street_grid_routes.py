"""The routes of the street grid: what is missing, what is refused, what is answered."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from sozialraum.project import Project
from sozialraum.web import create_app
from street_grid_town import area, town_plan, town_project

OURS = {"X-Sozialraum": "1"}


@pytest.fixture
def client(tmp_path) -> Iterator[TestClient]:
    town_project(tmp_path / "p").close()
    with TestClient(create_app(tmp_path, tmp_path / "p"), base_url="http://127.0.0.1", headers=OURS) as found:
        yield found


def confirm(client, groups):
    body = {"plan_id": town_plan().plan_id, "groups": groups}
    return client.post("/api/street-grid/groups", json=body)


def test_without_a_register_the_page_says_what_is_missing(tmp_path):
    town_project(tmp_path / "p", rows=()).close()
    with TestClient(create_app(tmp_path, tmp_path / "p"), base_url="http://127.0.0.1", headers=OURS) as client:
        answer = client.get("/api/street-grid").json()
    assert "kein Adressregister" in answer["missing"]["headline"]
    assert "addresses" in answer["missing"]["todo"]
    assert answer["form"]["now"]["separator"] == ";"


def test_without_a_plan_the_page_says_so(tmp_path):
    Project.create(tmp_path / "p", name="Leer").close()
    with TestClient(create_app(tmp_path, tmp_path / "p"), base_url="http://127.0.0.1", headers=OURS) as client:
        assert "noch keine Gebiete" in client.get("/api/street-grid").json()["missing"]["headline"]


def test_a_group_is_offered_with_the_neighbours_the_most_similar_first(client):
    (group,) = client.get("/api/street-grid").json()["groups"]
    assert (group["state"], group["people"], group["town"]) == ("proposed", 3940, "Musterdorf")
    assert [(one["label"], one["small"]) for one in group["areas"]] == [("3 Siedlung", True), ("4 Dorf", False)]
    assert [one["label"] for one in group["partners"]] == ["4 Dorf", "2 Bahnhof"]


def test_files_are_refused_until_the_group_is_confirmed(client):
    plan = town_plan().plan_id
    assert client.post("/api/street-grid/write", json={"plan_id": plan}).status_code == 422
    assert client.get(f"/api/street-grid/files/{plan}/zu.csv").status_code == 422
    answer = confirm(client, [[area("C"), area("D")]]).json()
    assert [group["state"] for group in answer["groups"]] == ["confirmed"]
    written = client.post("/api/street-grid/write", json={"plan_id": plan}).json()
    assert [file["name"] for file in written["files"]] == ["zu.csv", "ra.csv"]
    found = client.get(f"/api/street-grid/files/{plan}/zu.csv")
    assert found.headers["content-disposition"] == "attachment; filename*=UTF-8''zu.csv"
    assert b"101100901" in found.content
    assert client.get(f"/api/street-grid/files/{plan}/other.csv").status_code == 409
    assert client.get("/api/street-grid").json()["written"] != ""


@pytest.mark.parametrize("groups", [[["A"]], [["05999004-01"]], [["05999004-01", "05999004-99"]]])
def test_groups_that_cannot_be_are_refused_and_nothing_changes(client, groups):
    assert confirm(client, groups).status_code == 409
    assert [group["state"] for group in client.get("/api/street-grid").json()["groups"]] == ["proposed"]


def test_a_form_that_cannot_be_is_refused_with_every_reason(client):
    answer = client.post("/api/street-grid/form", json={"form": {"separator": "x", "encoding": "y"}})
    assert answer.status_code == 422
    assert len(answer.json()["findings"]) == 2
    kept = client.post("/api/street-grid/form", json={"form": {"separator": "|"}}).json()
    assert (kept["now"]["separator"], kept["changed"]) == ("|", True)
    assert client.post("/api/street-grid/form", json={"form": None}).json()["changed"] is False


def test_checked_files_come_back_with_place_and_advice(client):
    files = [("files", ("alt.csv", b"Gemeindeschluessel;Schluessel;Bezeichnung;Einwohner\n1;10;Dorf;900\n"))]
    answer = client.post("/api/street-grid/check", files=files).json()
    assert answer["files"] == ["alt.csv"]
    found = [finding for finding in answer["findings"] if finding["severity"] != "note"]
    assert all(finding["file"] == "alt.csv" and finding["row"] == 2 for finding in found)
    assert any("verlangt sind mindestens 1.000" in finding["what"] for finding in answer["findings"])
    assert all(finding["todo"] for finding in answer["findings"])


def test_an_unknown_grouping_is_no_middle_level(client):
    assert client.post("/api/street-grid/levels", json={"grouping": "nix"}).status_code == 409
    assert client.post("/api/street-grid/levels", json={"grouping": ""}).json()["levels"]["chosen"] == ""


def test_two_files_of_one_name_are_both_looked_at(client):
    raw = b"Gemeindeschluessel;Schluessel;Bezeichnung;Einwohner\n1;001100101;Dorf;1900\n"
    answer = client.post("/api/street-grid/check", files=[("files", ("zu.csv", raw))] * 2).json()
    assert answer["files"] == ["zu.csv", "zu.csv (2)"]
    assert any("derselbe wie in „zu.csv“" in finding["what"] for finding in answer["findings"])


def test_a_workbook_is_no_table(client):
    answer = client.post("/api/street-grid/check", files=[("files", ("x.xlsx", b"PK\x03\x04"))]).json()
    (finding,) = answer["findings"]
    assert "Arbeitsmappe" in finding["what"]


WRONG = [
    {"header": 1e308}, {"header": "true"}, {"line_end": []}, {"separator": {}}, {"encoding": 5}, {"last": None},
    {"zu_file": None}, {"zu_file": "."}, {"zu_file": "a\nb"}, {"zu_file": "RA.csv"},
    {"zu": None}, {"zu": "text"}, {"zu": [1]}, {"ra": [{}]}, {"ra": {"field": "key"}}, {"zu": [["key", "Titel"]]},
    {"ra": [{"field": ["key"], "title": "x"}]}, {"zu": [{"field": "key", "title": None}]}, {"colour": "red"},
]  # fmt: skip


@pytest.mark.parametrize("form", WRONG, ids=repr)
def test_a_form_of_other_types_is_refused_with_a_sentence(client, form):
    before = client.get("/api/street-grid").json()["form"]["now"]
    answer = client.post(
        "/api/street-grid/form", content=json.dumps({"form": form}), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422
    assert all(finding["sentence"] for finding in answer.json()["findings"])
    assert answer.json()["headline"] == "Diese Form der Dateien geht nicht."
    assert client.get("/api/street-grid").json()["form"]["now"] == before


@pytest.mark.parametrize(("title", "said"), [("a\nb", "eine Zeile"), ("x" * 81, "81 Zeichen"), ("Żółć", "cp1252")])
def test_a_title_that_would_break_the_first_line_is_refused(client, title, said):
    form = client.get("/api/street-grid").json()["form"]["now"]
    form["zu"][0]["title"] = title
    answer = client.post("/api/street-grid/form", json={"form": form})
    (finding,) = answer.json()["findings"]
    assert said in finding["sentence"]


@pytest.mark.parametrize(
    ("route", "body"),
    [
        ("groups", {"plan_id": town_plan().plan_id, "groups": [[area("C"), area("D")]], "role": "x\ud800"}),
        ("groups", {"plan_id": "\ud800", "groups": []}),
        ("groups", {"plan_id": town_plan().plan_id, "groups": [["\ud800", area("D")]]}),
        ("levels", {"grouping": "x\ud800"}),
        ("write", {"plan_id": "x\x00"}),
        ("form", {"form": {"\ud800": 1}}),
        ("form", {"form": ["\ud800"]}),
    ],
)
def test_halves_of_characters_are_refused_wherever_they_stand(client, route, body):
    head = {"Content-Type": "application/json"}
    answer = client.post(f"/api/street-grid/{route}", content=json.dumps(body), headers=head)
    assert answer.status_code == 409
    assert "unlesbare Zeichen" in answer.json()["headline"]
