"""The routes of the page "Pläne" on the small village, with the real workflow."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from fastapi.testclient import TestClient
from web_workshop import OWN

import village
from sozialraum import deliveries
from sozialraum.delineation import Decision, Edit
from sozialraum.plans.usual import desk_roles
from sozialraum.web import create_app

sys.path.insert(0, str(Path(__file__).parents[1] / "project"))
from project_world import WHEN, new_project, some_reading, village_plan, write_delivery

ROLE = {"role": "Fachstelle Sozialplanung"}
A = f"{village.AGS}-A"
STEPS = [  # one of the experts, and the decision on it
    Edit("rename", area=f"{village.AGS}-01", name="Dorf", role="Fachleute", when=WHEN),
    Edit("adopt", area=village.AGS, body="Rat", decided_on="2026-02-03", role="Fachleute", when=WHEN),
]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with new_project(tmp_path / "p", editions=["2025-12-31"]) as project:
        project.save_plan(village_plan())
    app = create_app(tmp_path / "home", tmp_path / "p")
    with TestClient(app, base_url="http://127.0.0.1:8765", headers=OWN) as found:
        yield found


@pytest.fixture
def viertel(tmp_path: Path) -> Path:
    """Foreign areas whose border cuts four blocks."""
    east, north = village.EAST, village.NORTH
    boxes = [shapely.box(east, north - 600, east + 250, north), shapely.box(east + 250, north - 600, east + 600, north)]
    frame = gpd.GeoDataFrame({"nr": ["1", "2"], "name": ["West", "Ost"]}, geometry=boxes, crs="EPSG:25832")
    frame.to_file(tmp_path / "viertel.gpkg")
    return tmp_path / "viertel.gpkg"


def read(client: TestClient, file: Path) -> dict:
    with file.open("rb") as content:
        answer = client.post("/api/plans/imports", files=[("files", (file.name, content))])
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_list_names_every_plan_with_what_holds(client: TestClient) -> None:
    found = client.get("/api/plans").json()
    assert [(row["title"], row["status"], row["current"], row["areas"]) for row in found["plans"]] == [
        ("Vorschlag", "proposal", True, 2)
    ]
    assert found["drafts"] == found["imports"] == found["splits"] == []


def test_a_plan_of_others_is_decided_block_by_block_and_then_taken(client: TestClient, viertel: Path) -> None:
    found = read(client, viertel)
    here = f"/api/plans/imports/{found['import_id']}"
    assert (found["undecided"], len(found["across"])) == (4, 4)
    assert [row["population"] for row in found["across"]] == [500, 400, 400, 0]  # most inhabitants first
    assert client.post(f"{here}/take", json=ROLE).status_code == 422
    first = found["across"][0]
    after = client.post(f"{here}/decide", json=ROLE | {"chosen": {first["block_id"]: "1"}}).json()
    assert (after["undecided"], after["across"][0]["chosen"]) == (3, "1")
    assert client.post(f"{here}/majority", json=ROLE).json()["undecided"] == 0
    assert client.get("/api/plans").json()["imports"][0]["undecided"] == 0
    assert client.post(f"{here}/take", json=ROLE | {"title": "Viertel"}).json()["title"] == "Viertel"
    rows = client.get("/api/plans").json()
    assert [row["title"] for row in rows["plans"]] == ["Viertel", "Vorschlag"]
    assert rows["imports"] == []


def test_a_block_may_go_to_areas_of_its_own_municipality_alone_called_as_people_call_them(
    client: TestClient, tmp_path: Path
) -> None:
    blocks = client.app.state.session.project.blocks()  # type: ignore[attr-defined]
    first, *others = blocks["block_id"]
    rows = [f"{block};{village.AGS}-{'02' if block == others[0] else '01'}" for block in others]
    (tmp_path / "plan.csv").write_text("\n".join(["block_id;area_id", *rows]) + "\n", encoding="utf-8")
    found = read(client, tmp_path / "plan.csv")
    assert [(row["block_id"], row["ags"]) for row in found["across"]] == [(first, village.AGS)]
    assert [(row["label"], row["towns"]) for row in found["areas"]] == [("1", [village.AGS]), ("2", [village.AGS])]


def test_the_usual_roles_are_those_of_the_editor(client: TestClient) -> None:
    assert client.get("/api/plans/roles").json() == list(desk_roles())


def test_a_block_across_a_border_is_drawn_with_the_areas(client: TestClient, viertel: Path) -> None:
    found = read(client, viertel)
    block = found["across"][0]["block_id"]
    picture = client.get(f"/api/plans/imports/{found['import_id']}/blocks/{block}").json()
    assert [row["area"] for row in picture["areas"]] == ["1", "2"]
    assert all(row["path"].startswith("M") for row in picture["areas"])
    assert client.get(f"/api/plans/imports/{found['import_id']}/blocks/{A}").status_code == 409


def test_a_file_that_is_no_plan_is_refused_with_what_to_do(client: TestClient) -> None:
    answer = client.post("/api/plans/imports", files=[("files", ("plan.txt", b"x"))])
    assert answer.status_code == 422
    assert "GeoPackage" in answer.json()["todo"]


@pytest.mark.parametrize(
    ("format", "name", "begins"),
    [("gpkg", ".gpkg", b"SQLite"), ("geojson", ".geojson", b"{"), ("csv", ".csv", b"block_id"), ("shp", ".zip", b"PK")],
)
def test_a_plan_is_saved_in_every_format(client: TestClient, format: str, name: str, begins: bytes) -> None:
    plan_id = client.get("/api/plans").json()["plans"][0]["plan_id"]
    answer = client.get(f"/api/plans/{plan_id}/export?format={format}")
    assert answer.content.startswith(begins)
    assert answer.headers["content-disposition"].endswith(f'{plan_id}{name}"')


def test_an_unknown_format_or_plan_is_said(client: TestClient) -> None:
    plan_id = client.get("/api/plans").json()["plans"][0]["plan_id"]
    assert "xlsx" in client.get(f"/api/plans/{plan_id}/export?format=xlsx").json()["headline"]
    assert client.get("/api/plans/nix/export").status_code == 409
    assert client.post("/api/plans/nix/current").status_code == 409


def test_two_plans_are_compared_by_numbers_and_on_one_sheet(client: TestClient, viertel: Path) -> None:
    import_id = read(client, viertel)["import_id"]
    client.post(f"/api/plans/imports/{import_id}/majority", json=ROLE)
    client.post(f"/api/plans/imports/{import_id}/take", json=ROLE)
    new, old = (row["plan_id"] for row in client.get("/api/plans").json()["plans"])
    found = client.get(f"/api/plans/compare?old={old}&new={new}").json()
    assert {row["kind"] for row in found["lineage"]} == {"X"}
    assert sum(len(row["blocks"]) for row in found["moved"]) == 12
    assert [row["persons_moved"] for row in found["towns"]] == [3600]
    maps = client.get(f"/api/plans/compare/{village.AGS}?old={old}&new={new}").json()
    assert [len(maps[side]) for side in ("before", "after")] == [2, 2]
    assert {area["like"] for area in maps["after"]} <= {area["code"] for area in maps["before"]}
    assert maps["moved"].startswith("M")


def test_a_grouping_is_made_by_areas_and_says_whether_it_nests(client: TestClient) -> None:
    areas = list(village_plan().areas["area_id"])
    wish = ROLE | {"title": "Kreise", "units": {areas[0]: "K1", areas[1]: "K1"}, "ags": village.AGS}
    made = client.post("/api/plans/groupings", json=wish).json()
    assert [(row["unit"], row["population"], row["blocks"]) for row in made["rows"]] == [("K1", 3600, 12)]
    assert made["findings"] == []
    table = f"block_id;unit\n{A};1\n{village.AGS}-B;2\n".encode()
    answer = client.post("/api/plans/groupings/table?title=Teile&role=x", files={"file": ("t.csv", table)})
    assert any("liegt in mehreren Einheiten" in one["sentence"] for one in answer.json()["findings"])
    assert client.post(f"/api/plans/groupings/{made['grouping_id']}/remove").status_code == 200
    assert [row["title"] for row in client.get("/api/plans").json()["groupings"]] == ["Teile"]


def test_a_block_is_looked_at_and_divided_in_the_units_of_its_picture(client: TestClient) -> None:
    picture = client.get(f"/api/plans/blocks/{A}").json()
    middle = picture["height"] / 2
    cut = ROLE | {"line": [[0, middle], [picture["width"], middle]]}
    assert client.post(f"/api/plans/blocks/{A}/split", json=cut).json()["sentences"][0] == (
        f"Baustein {A} würde geteilt: {A}.1 mit 250, {A}.2 mit 250 Einwohnern."
    )
    assert client.get("/api/plans").json()["blocks_version"] == 1
    done = client.post(f"/api/plans/blocks/{A}/split", json=cut | {"look": False, "why": "Neubau"}).json()
    assert done["sentences"][0].startswith(f"Baustein {A} geteilt: ")
    after = client.get("/api/plans").json()
    assert (after["blocks_version"], [row["why"] for row in after["splits"]]) == (2, ["Neubau"])
    assert [row["blocks_version"] for row in after["plans"]] == [2, 1]
    assert client.get(f"/api/plans/blocks/{A}").status_code == 409


def decided(client: TestClient) -> str:
    """The council decides on the proposal; the key of the plan that holds."""
    session = client.app.state.session  # type: ignore[attr-defined]
    plan = session.work.decide_plan(session.project, {village.AGS: Decision("Rat", "2026-02-03")}, ROLE["role"])
    return plan.plan_id


def test_the_plan_in_force_stays_in_force_until_somebody_decides_otherwise(client: TestClient, viertel: Path) -> None:
    assert client.get("/api/plans/in-force").json()["in_force"] is None
    holds = decided(client)
    found = read(client, viertel)
    assert found["decided"] == ["Musterdorf"]
    here = f"/api/plans/imports/{found['import_id']}"
    client.post(f"{here}/majority", json=ROLE)
    taken = client.post(f"{here}/take", json=ROLE | {"title": "Viertel"}).json()
    assert taken["current"] is False
    assert client.get("/api/plans/in-force").json()["current"]["plan_id"] == holds
    make = f"/api/plans/{taken['plan_id']}/current"
    for body in ({}, {"confirmed": False}):
        refused = client.post(make, json=body)
        assert refused.status_code == 409
        assert "gilt weiter" in refused.json()["headline"]
    assert client.post(make).status_code == 409
    assert client.post(make, json={"confirmed": True}).status_code == 200
    answer = client.get("/api/plans/in-force").json()
    assert (answer["in_force"]["plan_id"], answer["current"]["title"]) == (holds, "Viertel")
    assert client.get("/api/plans").json()["in_force"]["plan_id"] == holds
    assert client.post(f"/api/plans/{holds}/current").status_code == 200  # back to what holds needs no question


def test_after_a_division_the_list_knows_which_plan_is_carried_on_and_by_whom_it_was_decided(
    client: TestClient,
) -> None:
    holds = decided(client)
    project = client.app.state.session.project  # type: ignore[attr-defined]
    project.save_plan(project.plan().with_(title="Zweiter", parent=holds, created=WHEN, edits=STEPS))
    picture = client.get(f"/api/plans/blocks/{A}").json()
    cut = ROLE | {"line": [[0, picture["height"] / 2], [picture["width"], picture["height"] / 2]], "look": False}
    assert client.post(f"/api/plans/blocks/{A}/split", json=cut).status_code == 200
    carried, former, first = client.get("/api/plans").json()["plans"]
    assert (carried["carried_from"], former["carried_from"], first["carried_from"]) == (former["plan_id"], "", "")
    same = ("title", "decisions", "steps", "parent", "valid_from")
    assert [carried[name] for name in same] == [former[name] for name in same]
    assert (carried["parent"], carried["steps"], carried["valid_from"]) == (holds, 1, "2026-02-03")
    assert (carried["status"], carried["valid_to"], carried["blocks_version"]) == ("adopted", "", 2)


@pytest.mark.parametrize("import_id", ["nope", "i9"])
def test_only_an_import_that_waits_is_put_aside(client: TestClient, import_id: str) -> None:
    answer = client.post(f"/api/plans/imports/{import_id}/drop")
    assert (answer.status_code, answer.json()["headline"]) == (409, "Diesen eingelesenen Plan gibt es nicht.")


def test_a_grouping_of_an_unknown_municipality_is_refused(client: TestClient) -> None:
    area = str(village_plan().areas["area_id"].iloc[0])
    wish = ROLE | {"title": "Kreise", "units": {area: "K1"}, "ags": "99"}
    assert client.post("/api/plans/groupings", json=wish).status_code == 409
    table = {"file": ("t.csv", f"area_id;unit\n{area};1\n".encode())}
    assert client.post("/api/plans/groupings/table?title=T&role=x&ags=99", files=table).status_code == 409
    assert client.get("/api/plans").json()["groupings"] == []


def test_parts_of_facilities_and_shares_are_named(client: TestClient, tmp_path: Path) -> None:
    project = client.app.state.session.project  # type: ignore[attr-defined]
    rows = [("E1", "Kita Linde", "daycare", A, "under_6", 4.0, 4.0, "observed", "Zeile 2", "2025-12-31", False)]
    facilities = pd.DataFrame(rows, columns=list(deliveries.FACILITY_COLUMNS))
    project.add_delivery(write_delivery(tmp_path), replace(some_reading(), facilities=facilities), WHEN)
    picture = client.get(f"/api/plans/blocks/{A}").json()
    assert picture["facilities"] == [{"key": "E1", "title": "Kita Linde"}]
    assert [row["key"] for row in picture["counts"]] == ["population", "*", "households"]
    middle = picture["height"] / 2
    cut = ROLE | {"line": [[0, middle], [picture["width"], middle]]}
    look = client.post(f"/api/plans/blocks/{A}/split", json=cut).json()
    assert (look["parts"], look["share"], look["facilities"]) == ([f"{A}.1", f"{A}.2"], 0.5, {"E1": f"{A}.1"})
    named = cut | {"look": False, "shares": {"population": 0.2}, "facilities": {"E1": f"{A}.1"}}
    done = client.post(f"/api/plans/blocks/{A}/split", json=named).json()
    assert f"{A}.1 mit 100, {A}.2 mit 400" in done["sentences"][0]
    assert project.block_splits()[0].facilities == {"E1": f"{A}.1"}
