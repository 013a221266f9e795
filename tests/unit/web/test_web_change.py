"""The route behind "Warum hat sich der Wert verändert?"."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from web_workshop import OWN

import changed_village as village
from sozialraum.web import create_app
from village import AGS


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("web_change")
    village.make_project(folder / "project", folder / "files").close()
    app = create_app(folder, folder / "project")
    with TestClient(app, base_url="http://127.0.0.1:8765", headers=OWN) as found:
        yield found


def test_the_sentence_and_parts_that_add_up(client: TestClient) -> None:
    query = {"indicator": "single_parent_share", "unit": f"{AGS}-02", "period": village.LAST}
    answer = client.get("/api/change", params=query).json()
    assert answer["sentence"].startswith("Der Wert stieg von 24,0")
    assert answer["total_text"] == "+3,3"
    assert round(sum(part["low"] for part in answer["parts"]), 6) == answer["total"]


def test_one_edition_is_no_change(client: TestClient) -> None:
    query = {"indicator": "single_parent_share", "unit": "region", "period": village.FIRST}
    answer = client.get("/api/change", params=query)
    assert answer.status_code == 409
    assert "zwei Stichtage" in answer.text
