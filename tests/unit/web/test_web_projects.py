"""Projects are made, found and opened from the start page."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from web_workshop import Workshop, ended


def test_at_first_nothing_is_open(client: TestClient) -> None:
    state = client.get("/api/state").json()
    assert state["project"] is None
    assert state["steps"] == []


def test_a_new_project_lies_in_the_home_folder_under_its_name(client: TestClient, tmp_path: Path) -> None:
    answer = client.post("/api/projects", json={"name": "Sozialbericht 2027: Stadt/Land"})
    assert Path(answer.json()["folder"]) == tmp_path / "home" / "Sozialbericht-2027-Stadt-Land"
    assert client.get("/api/state").json()["project"]["name"] == "Sozialbericht 2027: Stadt/Land"


@pytest.mark.parametrize("name", ["", "   ", "..", "///"])
def test_a_project_needs_a_name(client: TestClient, name: str) -> None:
    answer = client.post("/api/projects", json={"name": name})
    assert answer.status_code == 422
    assert "Namen" in answer.json()["headline"]


def test_the_same_name_twice_is_refused_and_the_first_stays_open(project: TestClient) -> None:
    answer = project.post("/api/projects", json={"name": "Sozialbericht 2027"})
    assert answer.status_code == 422
    assert project.get("/api/state").json()["project"]["name"] == "Sozialbericht 2027"


def test_projects_are_found_by_name_and_opened(client: TestClient) -> None:
    for name in ("Zell", "Ähren", "Berg"):
        client.post("/api/projects", json={"name": name})
    found = client.get("/api/projects").json()
    assert [row["name"] for row in found] == ["Ähren", "Berg", "Zell"]
    assert client.post("/api/projects/open", json={"folder": found[0]["folder"]}).status_code == 200
    assert client.get("/api/state").json()["project"]["name"] == "Ähren"


def test_a_folder_that_is_no_project_is_refused_in_one_sentence(project: TestClient, tmp_path: Path) -> None:
    answer = project.post("/api/projects/open", json={"folder": str(tmp_path)})
    assert answer.status_code == 422
    assert str(tmp_path) in answer.json()["headline"]
    assert project.get("/api/state").json()["project"]["name"] == "Sozialbericht 2027"


def test_without_a_project_pages_are_refused_with_a_sentence(client: TestClient) -> None:
    answer = client.get("/api/areas")
    assert answer.status_code == 422
    assert answer.json()["headline"] == "Es ist kein Projekt geöffnet."


def test_the_example_is_made_and_opened(client: TestClient, workshop: Workshop) -> None:
    job = ended(client, client.post("/api/demo", json={}))
    state = client.get("/api/state").json()
    assert job.state == "done"
    assert state["project"]["notice"] == "Beispielzahlen"
    assert state["project"]["areas"] == 4
    assert [step["key"] for step in state["steps"]] == [
        "areas", "data", "indicators", "index", "need", "release", "report",
    ]  # fmt: skip
