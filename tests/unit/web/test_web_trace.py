"""The routes behind "Woher kommt diese Zahl?" on a computed village."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from web_workshop import OWN

import traced_village as village
from sozialraum.web import create_app
from village import AGS

HAMLET = f"{AGS}-03"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("web_trace")
    village.make_project(folder / "project", folder / "files").close()
    app = create_app(folder, folder / "project")
    with TestClient(app, base_url="http://127.0.0.1:8765", headers=OWN) as found:
        yield found


def ask(client: TestClient, **query: str) -> str:
    answer = client.get("/api/trace", params={"kind": "indicator", "unit": HAMLET} | query)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_without_being_asked_nothing_hidden_is_told(client: TestClient) -> None:
    said = ask(client, name="single_parent_share")
    assert '"internal":false' in said
    assert "Vor dem Schutz" not in said
    assert "zu wenige Fälle" not in said


def test_the_internal_view_tells_it(client: TestClient) -> None:
    assert "Vor dem Schutz" in ask(client, name="single_parent_share", internal="true")


def test_all_places_can_be_had(client: TestClient) -> None:
    few = client.get("/api/trace", params={"kind": "count", "name": "population", "unit": HAMLET, "internal": "true"})
    whole = client.get(
        "/api/trace",
        params={"kind": "count", "name": "population", "unit": HAMLET, "internal": "true", "every": "true"},
    )
    assert few.json()["left_out"] == few.json()["parts"] - 20
    assert whole.json()["left_out"] == 0


def test_an_unknown_figure_is_refused_in_a_sentence(client: TestClient) -> None:
    answer = client.get("/api/trace", params={"kind": "indicator", "name": "rumour", "unit": HAMLET})
    assert answer.status_code == 409
    assert answer.json()["headline"].startswith("Den Indikator „rumour“ gibt es nicht")


def test_no_page_says_anything_of_withdrawn_deliveries_while_there_is_none(client: TestClient) -> None:
    assert client.get("/api/trace/withdrawn").json() == []


def test_numbers_of_inhabitants_and_the_base(client: TestClient) -> None:
    answer = client.get("/api/base-population").json()
    assert [edition["period"] for edition in answer["editions"]] == [village.END]
    assert [choice["base"] for choice in answer["editions"][0]["choices"]] == ["register", "official", "blocks"]


def test_a_base_that_is_not_there_cannot_be_chosen(client: TestClient) -> None:
    answer = client.post("/api/base-population", json={"edition": village.END, "base": "official"})
    assert answer.status_code == 409
    assert "Zahl nach Alter" in answer.json()["headline"]


def test_the_register_can_be_confirmed(client: TestClient) -> None:
    answer = client.post("/api/base-population", json={"edition": village.END, "base": "register", "role": "Planung"})
    assert answer.json()["editions"][0]["chosen"]
