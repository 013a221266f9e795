"""Long work runs beside the page, one piece at a time, and stops on request."""

from __future__ import annotations

import logging
import threading

import pytest
from fastapi.testclient import TestClient
from web_workshop import Workshop, ended


def test_a_job_tells_its_stage_its_steps_and_its_end(project: TestClient) -> None:
    ended(project, project.post("/api/blocks", files={"file": ("b.gpkg", b"x")}))
    job = ended(project, project.post("/api/propose", json={"municipality": "05999004", "areas": 2}))
    assert job.state == "done"
    assert job.stage == "Gebiete werden gesucht"
    assert job.lines == ["Vorschlag: 4 Gebiete."]
    assert job.result["areas"] == 4


def test_while_a_job_runs_another_is_refused_and_pages_still_answer(project: TestClient, workshop: Workshop) -> None:
    ended(project, project.post("/api/blocks", files={"file": ("b.gpkg", b"x")}))
    workshop.wait = threading.Event()
    first = project.post("/api/propose", json={})
    second = project.post("/api/compute")
    assert second.status_code == 409
    assert "Es wird noch gerechnet: Vorschlag rechnen" in second.json()["headline"]
    assert project.get("/api/state").json()["job"]["title"] == "Vorschlag rechnen"
    assert len(project.get("/api/areas").json()["municipalities"]) == 2
    workshop.wait.set()
    assert ended(project, first).state == "done"


def test_a_cancelled_job_stops_and_leaves_the_last_state(project: TestClient, workshop: Workshop) -> None:
    ended(project, project.post("/api/blocks", files={"file": ("b.gpkg", b"x")}))
    workshop.wait = threading.Event()
    started = project.post("/api/propose", json={})
    project.post(f"/api/jobs/{started.json()['id']}/cancel")
    job = ended(project, started)
    assert job.state == "stopped"
    assert "Der letzte vollständige Stand gilt weiter" in job.problem["headline"]
    assert project.get("/api/areas").json()["plan"] is None


def test_a_mistake_of_ours_is_said_plainly_and_logged(
    project: TestClient, workshop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    workshop.broken = True
    with caplog.at_level(logging.ERROR):
        job = ended(project, project.post("/api/compute"))
    assert job.state == "failed"
    assert "liegt in der Anwendung, nicht bei Ihnen" in job.problem["headline"]
    assert "Traceback" not in str(job.problem)
    assert "ZeroDivisionError" in caplog.text


def test_an_adopted_plan_comes_with_its_names(project: TestClient, workshop: Workshop) -> None:
    files = [("files", ("Gebiete.csv", b"a")), ("files", ("Namen.csv", b"b"))]
    job = ended(project, project.post("/api/adopted/05999004", files=files))
    assert job.state == "done"
    assert workshop.calls[-1] == "adopt 05999004 Gebiete.csv Namen.csv"


def test_a_job_nobody_started_is_not_found(client: TestClient) -> None:
    assert client.get("/api/jobs/77/events").status_code == 422
