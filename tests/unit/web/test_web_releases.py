"""Reports are downloaded as they were frozen, and nothing beside them."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from web_workshop import ended


@pytest.fixture
def released(computed: TestClient) -> tuple[TestClient, str]:
    job = ended(computed, computed.post("/api/report", json={"language": "de"}))
    return computed, job.result["release_id"]


def test_a_report_is_listed_with_its_check_number(released: tuple[TestClient, str]) -> None:
    client, release_id = released
    row = client.get("/api/releases").json()[0]
    assert (row["release_id"], row["check_number"]) == (release_id, "7K2M-94QD")


@pytest.mark.parametrize(
    ("file", "start", "saved"),
    [("report.pdf", b"%PDF", True), ("report.xlsx", b"PK", True), ("report/index.html", b"<!doctype", False)],
)
def test_its_files_are_saved_or_shown(released: tuple[TestClient, str], file: str, start: bytes, saved: bool) -> None:
    client, release_id = released
    answer = client.get(f"/api/releases/{release_id}/{file}")
    assert answer.content.startswith(start)
    assert ("attachment" in answer.headers.get("content-disposition", "")) == saved


@pytest.mark.parametrize(
    "path", ["..%2F..%2Fproject.gpkg", "%2e%2e/%2e%2e/project.gpkg", "nothing.pdf", "report", "%2Fetc%2Fpasswd"]
)
def test_nothing_outside_a_release_is_handed_out(released: tuple[TestClient, str], path: str) -> None:
    client, release_id = released
    answer = client.get(f"/api/releases/{release_id}/{path}")
    assert answer.status_code in (404, 422)
    assert b"SQLite" not in answer.content


def test_the_folder_of_releases_is_no_release(released: tuple[TestClient, str]) -> None:
    client, _release_id = released
    assert client.get("/api/releases/%2e%2e/project.gpkg").status_code in (404, 422)
    assert client.get("/api/releases/./project.gpkg").status_code in (404, 422)
