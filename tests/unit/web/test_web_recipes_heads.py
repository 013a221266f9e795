"""A form of a reading rule offers columns and features in words: no patterns, no codes, no bars between heads."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient
from web_workshop import OWN

from receiving_village import project_in
from sozialraum.deliveries import recipes
from sozialraum.web import create_app


def test_no_choice_shows_a_bar_or_a_pattern(tmp_path: Path) -> None:
    project_in(tmp_path / "p").close()
    with TestClient(create_app(tmp_path, tmp_path / "p"), base_url="http://127.0.0.1:8765", headers=OWN) as client:
        for recipe in recipes():
            answer = client.get(f"/api/recipes/{recipe.code}").json()
            fields = [field for section in answer["sections"] for field in section["fields"]]
            titles = [one["title"] for field in fields for one in field["options"] if field["kind"] != "text"]
            titles += [one["title"] for field in fields if field["name"] == "feature" for one in field["options"]]
            assert not [title for title in titles if " | " in title or "(?" in title or ".*" in title], recipe.code
