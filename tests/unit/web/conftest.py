"""A browser on this computer, in front of a small project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from web_workshop import OWN, Workshop, ended

from sozialraum.web import create_app


@pytest.fixture
def workshop() -> Workshop:
    return Workshop()


@pytest.fixture
def client(tmp_path: Path, workshop: Workshop) -> Iterator[TestClient]:
    """A browser on this computer, with our own header on every request."""
    app = create_app(tmp_path / "home", work=workshop)
    with TestClient(app, base_url="http://127.0.0.1:8765", headers=OWN) as found:
        yield found


@pytest.fixture
def project(client: TestClient) -> TestClient:
    """The client with an open, empty project."""
    assert client.post("/api/projects", json={"name": "Sozialbericht 2027"}).status_code == 200
    return client


@pytest.fixture
def computed(project: TestClient) -> TestClient:
    """The client with a project that has areas, values and impulses."""
    ended(project, project.post("/api/blocks", files={"file": ("b.gpkg", b"x")}))
    ended(project, project.post("/api/propose", json={}))
    ended(project, project.post("/api/compute"))
    return project
