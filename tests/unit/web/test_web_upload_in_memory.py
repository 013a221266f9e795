"""Uploaded lists of single persons stay in memory on their way through the server."""

import pytest
from fastapi.testclient import TestClient
from web_workshop import OWN, ended

import village
from receiving_village import AREAS, project_in
from sozialraum.web import acting, create_app
from written_files import watched

HEAD = "Stichtag;Baustein;Geburtsdatum;Geschlecht;Staatsangehörigkeit;Wohnungsstatus"


@pytest.fixture
def client(tmp_path):
    project_in(tmp_path / "p").close()
    with TestClient(create_app(tmp_path / "home"), base_url="http://127.0.0.1:8765", headers=OWN) as found:
        assert found.post("/api/projects/open", json={"folder": str(tmp_path / "p")}).status_code == 200
        yield found


def persons(times=1):
    blocks = [f"{village.AGS}-{letter}" for letters in AREAS.values() for letter in letters]
    rows = [f"31.12.2025;{block};0{day}.03.1990;w;deutsch;HW" for block in blocks for day in range(1, 9)]
    return "\n".join([HEAD, *rows * times]).encode()


def test_an_upload_of_single_persons_is_not_written(client, tmp_path):
    data = persons(600)
    assert len(data) > 2_000_000  # longer than what is usually spooled in memory
    with watched() as written:
        job = ended(client, client.post("/api/reviews", files=[("files", ("personen.csv", data))]))
    assert job.result["received"][0]["state"] == "ready"
    assert written == []
    assert list((tmp_path / "p" / "deliveries").iterdir()) == []


def test_an_upload_above_the_limit_is_refused(client, tmp_path, monkeypatch):
    monkeypatch.setattr(acting, "MOST_IN_MEMORY", 1000)
    answer = client.post("/api/reviews", files=[("files", ("personen.csv", persons()))])
    assert answer.status_code == 409
    assert "sozialraum deliver" in answer.text
