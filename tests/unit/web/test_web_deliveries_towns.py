"""The list of deliveries names the municipalities by what they are called."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient
from web_workshop import OWN

import village
from receiving_village import project_in, register, taken
from sozialraum.web import create_app


def test_a_delivery_names_its_municipality(tmp_path: Path) -> None:
    with project_in(tmp_path / "p") as project:
        taken(project, register(tmp_path / "register.csv"))
        name = str(project.municipalities().iloc[0]["name"])
    with TestClient(create_app(tmp_path, tmp_path / "p"), base_url="http://127.0.0.1:8765", headers=OWN) as client:
        (row,) = client.get("/api/deliveries").json()
    assert row["towns"] == [name]
    assert name != village.AGS
