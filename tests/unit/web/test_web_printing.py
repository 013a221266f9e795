"""Routes that print: PDF to look at, data to save, refusals as sentences, nothing that shows the internal view."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from web_workshop import OWN

import printing_town as world
import village
from sozialraum.web import create_app
from sozialraum.web.print_routes import router


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> world.Printed:
    made = world.make_project(tmp_path_factory.mktemp("printing") / "project")
    made.project.close()
    return made


@pytest.fixture
def desk(tmp_path: Path, printed: world.Printed) -> Iterator[TestClient]:
    app = create_app(tmp_path, printed.project.folder)
    with TestClient(app, base_url="http://127.0.0.1:8765", headers=OWN) as found:
        yield found


def test_work_map_opens_in_the_browser(desk: TestClient, printed: world.Printed) -> None:
    answer = desk.get(f"/api/print/{village.AGS}/work-map.pdf", params={"paper": "A3", "plan": printed.proposal})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f'inline; filename="Arbeitskarte-{village.AGS}-A3.pdf"'
    assert "Musterdorf" in world.words(answer.content)[0]


def test_comparison_as_pdf_and_data(desk: TestClient, printed: world.Printed) -> None:
    keys = {"old": printed.adopted, "new": printed.draft}
    assert "Musterstadt" in world.words(desk.get("/api/print/compare.pdf", params=keys).content)[1]
    assert desk.get("/api/print/compare.json", params=keys).json()["new"]["title"] == "Schulwege"
    table = desk.get("/api/print/compare.csv", params=keys | {"table": "moved"})
    assert table.headers["content-disposition"].startswith("attachment; filename=")
    assert table.content.startswith(b"\xef\xbb\xbf")
    assert desk.get("/api/print/compare.xlsx", params=keys).content.startswith(b"PK")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("05000000/work-map.pdf", "05000000"),
        (f"{village.AGS}/work-map.pdf?paper=A4", "A4"),
        (f"{village.AGS}/work-map.pdf?plan=nothing", "nothing"),
        ("compare.pdf?old=nothing&new=", "nothing"),
        ("compare.csv?old=&new=&table=nothing", "nothing"),
    ],
)
def test_refusals_are_sentences(desk: TestClient, path: str, words: str) -> None:
    answer = desk.get(f"/api/print/{path}")
    assert answer.status_code == 409
    assert words in answer.json()["headline"]


def test_no_route_knows_a_view() -> None:
    """What is printed cannot be asked for in the internal view."""
    asked = {parameter.name for route in router.routes for parameter in route.dependant.query_params}  # type: ignore[attr-defined]
    assert asked == {"paper", "plan", "scale", "old", "new", "ags", "table"}
