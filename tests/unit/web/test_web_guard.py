"""Nobody but the page on this computer may talk to the server."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sozialraum.base import UsageError
from sozialraum.web import serve


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765", "localhost"])
def test_loopback_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/api/state", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["example.org", "192.168.1.4:8765", "127.0.0.1.example.org", "", "localhost.evil:80"])
def test_a_foreign_name_for_this_computer_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/api/state", headers={"host": host})
    assert answer.status_code == 403
    assert "nur auf diesem Rechner" in answer.json()["headline"]


def test_a_change_without_our_own_header_is_refused(client: TestClient) -> None:
    del client.headers["X-Sozialraum"]
    assert client.post("/api/projects", json={"name": "x"}).status_code == 403
    assert client.get("/api/projects").json() == []


def test_a_change_from_another_page_is_refused(client: TestClient) -> None:
    headers = {"origin": "http://evil.example"}
    assert client.post("/api/projects", json={"name": "x"}, headers=headers).status_code == 403


def test_a_change_from_our_own_page_is_taken(client: TestClient) -> None:
    headers = {"origin": "http://127.0.0.1:8765"}
    assert client.post("/api/projects", json={"name": "x"}, headers=headers).status_code == 200


def test_every_answer_forbids_foreign_content(client: TestClient) -> None:
    headers = client.get("/api/state").headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_a_finished_report_keeps_its_own_styles(client: TestClient) -> None:
    policy = client.get("/api/releases/a/report/index.html").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::"])
def test_the_server_never_listens_for_others(host: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nur auf diesem Rechner"):
        serve(host=host, home=tmp_path)
