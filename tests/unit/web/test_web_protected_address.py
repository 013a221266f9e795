"""A protected address in what the application answers: search, every plain question, the Zuordnungswerkzeug."""

from __future__ import annotations

import json
import re

import pytest
from fastapi.testclient import TestClient
from web_workshop import OWN

from address_town import AGS, HIDDEN_NUMBER, HIDDEN_STREET, address_town
from sozialraum.project import Project
from sozialraum.web import create_app
from sozialraum.workflow.addresses_placing import protect_address
from sozialraum.workflow.placing_tool import tool_data


@pytest.fixture
def folder(tmp_path):
    with address_town(tmp_path / "p"):
        return tmp_path / "p"


def protect(folder):
    with Project.open(folder) as project:
        protect_address(project, f"{HIDDEN_STREET} {HIDDEN_NUMBER}", "womens_shelter")
        protect_address(project, "Altweg 4", "protected_flat")


def found(folder, text):
    with TestClient(create_app(folder.parent, folder), base_url="http://127.0.0.1:8765", headers=OWN) as client:
        hits = client.get(f"/api/editor/{AGS}/search", params={"text": text}).json()
    return [hit["title"] for hit in hits]


def answers(folder):
    """Every answer of the application that needs no more than an address to be asked for, as one text."""
    app = create_app(folder.parent, folder)
    paths = sorted({path for path, acts in app.openapi()["paths"].items() if "get" in acts and "events" not in path})
    texts = []
    with TestClient(app, base_url="http://127.0.0.1:8765", headers=OWN) as client:
        for path in paths:
            asked = path.replace("{ags}", AGS)
            if "{" not in asked:
                texts.append(client.get(asked).content.decode("utf-8", "replace"))
    assert len(texts) > 20
    return "\n".join(texts)


def test_search_finds_neither_the_address_nor_its_street(folder):
    assert found(folder, f"{HIDDEN_STREET} {HIDDEN_NUMBER}")[0].startswith(f"{HIDDEN_STREET} {HIDDEN_NUMBER}")
    protect(folder)
    for text in (HIDDEN_STREET, f"{HIDDEN_STREET} {HIDDEN_NUMBER}", "zinnob", "Altweg 4"):
        assert not [title for title in found(folder, text) if "Zinnober" in title or "Altweg 4" in title]
    assert found(folder, "Altweg 3")[0].startswith("Altweg 3")


def test_no_answer_of_the_application_names_it(folder):
    protect(folder)
    said = answers(folder)
    assert not re.search("zinnober", said, re.IGNORECASE)
    with Project.open(folder) as project:
        protection = project.address_protection()
    assert not any(text in said for text in (protection.secret, *protection.digests))


def test_the_tool_for_departments_does_not_hold_it(folder):
    with Project.open(folder) as project:
        assert HIDDEN_STREET in json.dumps(tool_data(project, "2026-11-28T10:00:00+00:00"), ensure_ascii=False)
    protect(folder)
    with Project.open(folder) as project:
        data = tool_data(project, "2026-11-28T10:00:00+00:00")
    held = json.dumps(data, ensure_ascii=False)
    assert not re.search("zinnober", held, re.IGNORECASE)
    streets = {street["street"]: street["numbers"].split() for street in data["streets"]}
    assert streets["Altweg"] == [str(number) for number in range(1, 11) if number != 4]
    with Project.open(folder) as project:
        assert not any(digest in held for digest in project.address_protection().digests)
        assert project.address_protection().secret not in held
