"""The routes of the page "Übertragung"."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from fastapi.testclient import TestClient
from web_workshop import OWN, ended

from address_town import address_town
from sozialraum.web import create_app
from sozialraum.workflow.geographies import free_code


def halves(folder: Path, bounds: tuple[float, ...], **columns: Any) -> Path:
    west, south, east, north = bounds
    middle = (west + east) / 2
    shapes = [shapely.box(west, south, middle, north), shapely.box(middle, south, east, north)]
    frame = gpd.GeoDataFrame(columns or {"NR": ["1", "2"], "Name": ["West", "Ost"]}, geometry=shapes, crs="EPSG:25832")
    file = folder / "bezirke.gpkg"
    frame.to_file(file)
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with address_town(tmp_path / "p") as project:
        return halves(tmp_path, tuple(project.blocks().total_bounds))


@pytest.fixture
def client(file: Path) -> Iterator[TestClient]:
    folder = file.parent / "p"
    with TestClient(create_app(file.parent, folder), base_url="http://127.0.0.1:8765", headers=OWN) as found:
        yield found


def add(client: TestClient, file: Path, **fields: str) -> Any:
    with file.open("rb") as content:
        answer = client.post("/api/carrying/add", files={"file": (file.name, content)}, data=fields)
    return ended(client, answer)


def test_a_dropped_layer_names_its_columns(client: TestClient, file: Path) -> None:
    with file.open("rb") as content:
        found = client.post("/api/carrying/look", files={"file": (file.name, content)}).json()
    assert found == {"file": "bezirke.gpkg", "table": False, "columns": ["NR", "Name"], "key": "NR", "name": "Name"}


def test_a_geography_is_taken_in_shown_and_removed(client: TestClient, file: Path) -> None:
    job = add(client, file, title="Stimmbezirke 2025", key="NR", name="Name", valid_on="2025-09-14")
    assert (job.state, job.result["geography"]["code"]) == ("done", "stimmbezirke_2025")
    (row,) = client.get("/api/carrying").json()["geographies"]
    assert (row["title"], row["kind"], row["units"], row["features"]) == ("Stimmbezirke 2025", "Flächen", 2, [])
    found = client.get("/api/carrying/stimmbezirke_2025").json()
    assert found["units"] == [{"key": "1", "name": "West"}, {"key": "2", "name": "Ost"}]
    (way,) = found["ways"]
    assert (way["title"], way["kind"], way["chosen"]) == ("alle anderen Merkmale", "addresses", False)
    assert [one["kind"] for one in way["alternatives"]] == ["addresses", "inhabitants", "area"]
    assert client.post("/api/carrying/stimmbezirke_2025/remove").status_code == 200
    assert client.get("/api/carrying").json()["geographies"] == []
    assert client.get("/api/carrying/stimmbezirke_2025").status_code == 409


def test_one_unit_goes_to_its_areas_on_a_map(client: TestClient, file: Path) -> None:
    add(client, file, title="Bezirke")
    found = client.get("/api/carrying/bezirke/unit", params={"unit": "1"}).json()
    said = [one["part"] for one in found["weights"]]
    parts = [float(one.split("\u202f")[0].replace(",", ".")) for one in said if one != "ganz"]
    assert sum(parts) == pytest.approx(100, abs=0.2)
    drawn = found["map"]
    assert max(area["step"] for area in drawn["areas"]) > 0
    assert drawn["unit"].startswith("M")
    assert client.get("/api/carrying/bezirke/unit", params={"unit": "9"}).status_code == 409


def test_other_weights_need_a_reason(client: TestClient, file: Path) -> None:
    add(client, file, title="Bezirke")
    wish = {"feature": "", "kind": "area", "reason": ""}
    refused = client.post("/api/carrying/bezirke/choose", json=wish)
    assert refused.status_code == 409
    assert "Grund" in refused.json()["headline"]
    found = client.post("/api/carrying/bezirke/choose", json={**wish, "reason": "Felder zählen mit"}).json()
    assert (found["ways"][0]["kind"], found["ways"][0]["reason"], found["ways"][0]["chosen"]) == (
        "area", "Felder zählen mit", True,
    )  # fmt: skip
    back = client.post("/api/carrying/bezirke/choose", json={**wish, "kind": ""}).json()
    assert back["ways"][0]["chosen"] is False


def test_what_is_wrong_with_a_file_is_said(client: TestClient, file: Path, tmp_path: Path) -> None:
    assert add(client, file, title=" ").problem["headline"] == "Die Gliederung braucht einen Namen."
    broken = tmp_path / "kaputt.gpkg"
    broken.write_bytes(b"kein Paket")
    assert add(client, broken, title="Neu").state == "refused"


def test_keys_of_geographies_are_plain_and_different() -> None:
    assert free_code("Stimmbezirke 2025", set()) == "stimmbezirke_2025"
    assert free_code("Äußere Größen!", {"aeussere_groessen"}) == "aeussere_groessen_2"
    assert free_code("…", set()) == "gliederung"
