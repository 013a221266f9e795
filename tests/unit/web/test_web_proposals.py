"""Proposals for one municipality: wishes go in, alternatives come out as small maps, one is taken and undone."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from fastapi.testclient import TestClient
from shapely import box
from web_workshop import Workshop, ended

from sozialraum import workflow
from sozialraum.project import Project
from sozialraum.web import small_maps
from sozialraum.web.proposals import mostly, moved

AGS, OTHER = "05999004", "05999008"
WISHES = {"areas": 2, "size_low": 400, "size_high": 1600, "target": 800}


class Proposing(Workshop):
    """The quick workshop with the real proposals, which can be made to wait."""

    hold: threading.Event | None = None

    def suggest(self, project: Project, ags: str, wishes: Any, *, progress: Any = None) -> Any:
        for place in range(400):
            progress.step(place, 400)
            if self.hold is None or self.hold.wait(0.02):
                break
        return workflow.suggest(project, ags, wishes, progress=progress)

    suggestions = staticmethod(workflow.suggestions)
    first_wishes = staticmethod(workflow.first_wishes)
    take = staticmethod(workflow.take)


@pytest.fixture
def workshop() -> Proposing:
    return Proposing()


@pytest.fixture
def planned(project: TestClient) -> TestClient:
    """A project with blocks and a present plan."""
    ended(project, project.post("/api/blocks", files={"file": ("b.gpkg", b"x")}))
    ended(project, project.post("/api/propose", json={}))
    return project


@pytest.fixture
def suggested(planned: TestClient) -> TestClient:
    assert ended(planned, planned.post(f"/api/proposals/{AGS}", json=WISHES)).state == "done"
    return planned


def shown(client: TestClient, ags: str = AGS) -> dict[str, Any]:
    answer = client.get(f"/api/proposals/{ags}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def areas_of(client: TestClient, ags: str) -> list[str]:
    return [row["area_id"] for row in client.get("/api/areas").json()["areas"] if row["municipality"] == ags]


def test_before_anything_was_computed_the_page_has_the_town_and_its_usual_wishes(planned: TestClient) -> None:
    page = shown(planned)
    assert page["municipality"]["population"] == 1600
    assert page["municipality"]["largest_block"] == 400
    assert (page["computed"], page["alternatives"]) == (False, [])
    assert page["present"]["areas"] == 2
    assert page["wishes"]["areas"] == 2


def test_without_a_present_plan_nothing_can_be_taken(project: TestClient) -> None:
    ended(project, project.post("/api/blocks", files={"file": ("b.gpkg", b"x")}))
    page = shown(project)
    assert (page["present"], page["takeable"]) == (None, False)


def test_computed_alternatives_are_drawn_and_stay_after_opening_anew(suggested: TestClient) -> None:
    folder = suggested.get("/api/state").json()["project"]["folder"]
    before = shown(suggested)
    suggested.post("/api/projects/close")
    suggested.post("/api/projects/open", json={"folder": folder})
    page = shown(suggested)
    assert page == before
    assert page["wishes"] | WISHES == page["wishes"]
    first = page["alternatives"][0]
    assert sum(area["population"] for area in first["areas"]) == 1600
    assert all(area["path"].startswith("M") for area in first["areas"])
    assert first["figures"]["areas"] == 2


def test_one_municipality_says_nothing_about_another(suggested: TestClient) -> None:
    assert shown(suggested, OTHER)["computed"] is False


def test_wishes_that_contradict_themselves_are_refused_at_once_with_every_fault(planned: TestClient) -> None:
    wishes = {"size_low": 900, "size_high": 800, "weights": {"social": 0, "building": 0, "housing": 0}}
    answer = planned.post(f"/api/proposals/{AGS}", json=wishes)
    assert answer.status_code == 409
    assert "Mindestens ein Themenbereich muss zählen." in answer.json()["headline"]
    assert "kleinste Größe" in answer.json()["headline"]


def test_an_impossible_wish_gives_its_reasons_and_keeps_what_was_computed(suggested: TestClient) -> None:
    before = shown(suggested)["alternatives"]
    job = ended(suggested, suggested.post(f"/api/proposals/{AGS}", json=WISHES | {"areas": 9}))
    assert job.state == "refused"
    reasons = [finding["sentence"] for finding in job.problem["findings"]]
    assert any("9 Gebiete" in reason for reason in reasons)
    assert "Gebietszuschnitt" in job.problem["headline"]
    assert "\n" not in job.problem["headline"]
    assert shown(suggested)["alternatives"] == before


def test_a_municipality_that_is_not_there_is_refused(planned: TestClient) -> None:
    for answer in (planned.get("/api/proposals/99"), planned.post("/api/proposals/99", json={})):
        assert answer.status_code == 409
        assert "gibt es in diesem Projekt nicht" in answer.json()["headline"]


def test_taking_one_changes_this_municipality_alone_and_can_be_undone(suggested: TestClient) -> None:
    ended(suggested, suggested.post(f"/api/proposals/{AGS}", json=WISHES | {"areas": 3}))
    others, own = areas_of(suggested, OTHER), areas_of(suggested, AGS)
    plan = suggested.get("/api/areas").json()["plan"]["plan_id"]
    assert shown(suggested)["alternatives"][0]["moved"]["same"] is False
    taken = suggested.post(f"/api/proposals/{AGS}/take", json={"key": "a"})
    assert taken.status_code == 200, taken.text
    assert suggested.get("/api/areas").json()["plan"]["plan_id"] == taken.json()["plan_id"] != plan
    assert (areas_of(suggested, OTHER), len(areas_of(suggested, AGS))) == (others, 3)
    assert shown(suggested)["alternatives"][0]["moved"] == {"people": 0, "same": True}
    assert shown(suggested)["before"] == 2
    assert suggested.post(f"/api/proposals/{AGS}/undo").json() == {"plan_id": plan}
    assert areas_of(suggested, AGS) == own


def test_there_is_nothing_to_undo_before_something_was_taken(suggested: TestClient) -> None:
    assert suggested.post(f"/api/proposals/{AGS}/undo").status_code == 409


def test_while_it_is_computed_nothing_is_taken_and_it_can_be_stopped(
    suggested: TestClient, workshop: Proposing
) -> None:
    workshop.hold = threading.Event()
    before = shown(suggested)["alternatives"]
    started = suggested.post(f"/api/proposals/{AGS}", json=WISHES | {"compactness": 0})
    refused = suggested.post(f"/api/proposals/{AGS}/take", json={"key": "a"})
    assert refused.status_code == 409
    assert "Es wird noch gerechnet" in refused.json()["headline"]
    suggested.post(f"/api/jobs/{started.json()['id']}/cancel")
    assert ended(suggested, started).state == "stopped"
    assert shown(suggested)["alternatives"] == before


# The small maps


def town(columns: int = 6, rows: int = 4) -> gpd.GeoDataFrame:
    """A town of square blocks with an empty corner."""
    places = [(x, y) for y in range(rows) for x in range(columns)]
    shapes = [box(300_000 + 100 * x, 5_600_000 + 100 * y, 300_100 + 100 * x, 5_600_100 + 100 * y) for x, y in places]
    people = [0 if x == 0 and y == 0 else 10 for x, y in places]
    ids = [f"b{number:02d}" for number in range(len(places))]
    return gpd.GeoDataFrame({"block_id": ids, "population": people}, geometry=shapes, crs=25832)


def corners(path: str) -> np.ndarray:
    places = path.replace("Z", "").replace("M", "L").strip("L").split("L")
    return np.array([[float(number) for number in place.split()] for place in places])


def test_a_map_is_north_up_and_as_wide_as_its_sheet() -> None:
    sheet = small_maps.paper(town()).sheet
    assert (sheet.width, sheet.height) == (320.0, pytest.approx(217.3, abs=0.1))
    north_west = sheet.place(np.array([[300_000, 5_600_400.0]]))
    assert north_west.tolist() == [[small_maps.MARGIN, small_maps.MARGIN]]


def test_two_halves_touch_along_one_line_and_carry_their_code_inside() -> None:
    blocks = town()
    west = np.array(["1" if place % 6 < 3 else "2" for place in range(24)], dtype=object)
    drawn = small_maps.paper(blocks).areas(west)
    assert (drawn["1"]["beside"], drawn["2"]["beside"]) == (["2"], ["1"])
    edge = corners(drawn["1"]["path"])[:, 0].max()
    assert corners(drawn["2"]["path"])[:, 0].min() == edge
    assert drawn["1"]["x"] < edge < drawn["2"]["x"]


def test_only_the_borders_that_are_given_up_are_left_over() -> None:
    paper = small_maps.paper(town())
    halves = np.array(["1" if place % 6 < 3 else "2" for place in range(24)], dtype=object)
    thirds = np.array([str(1 + place % 6 // 2) for place in range(24)], dtype=object)
    assert paper.borders(halves, without=halves) == ""
    assert paper.borders(halves, without=thirds) == paper.borders(halves)
    quarters = np.array([f"{place % 6 // 3}{place // 12}" for place in range(24)], dtype=object)
    upright = corners(paper.borders(quarters, without=np.array([f"{place // 12}" for place in range(24)])))
    assert len(set(upright[:, 0])) == 1


def test_the_ground_shows_empty_land_and_lines_inside_the_town_only() -> None:
    blocks = town()
    river = shapely.LineString([(299_000, 5_600_150), (301_000, 5_600_150)])
    far = shapely.LineString([(400_000, 5_600_150), (401_000, 5_600_150)])
    lines = gpd.GeoDataFrame({"kind": ["river", "motorway", "street"]}, geometry=[river, far, river], crs=25832)
    ground = small_maps.ground(small_maps.paper(blocks), blocks["population"].to_numpy(), lines)
    assert [line["kind"] for line in ground["lines"]] == ["river"]
    inside = corners(ground["lines"][0]["path"])
    assert (inside[:, 0].min(), inside[:, 0].max()) == (small_maps.MARGIN, ground["width"] - small_maps.MARGIN)
    assert len(corners(ground["empty"])) == 4


def test_blocks_that_overlap_are_drawn_all_the_same() -> None:
    blocks = town()
    shapes = list(blocks.geometry)
    shapes[7] = shapes[7].buffer(3)
    drawn = small_maps.paper(blocks.set_geometry(shapes, crs=25832)).areas(np.array(["1"] * 12 + ["2"] * 12))
    assert set(drawn) == {"1", "2"}


def test_who_changes_the_area_is_counted_by_the_best_match() -> None:
    people = pd.Series([10, 20, 30, 40])
    old, new = pd.Series(list("aabb")), pd.Series(list("xyyy"))
    assert moved(new, old, people) == {"people": 20, "same": False}
    assert moved(pd.Series(list("yyxx")), old, people) == {"people": 0, "same": True}
    assert mostly(new, old, people) == {"x": "a", "y": "b"}


def test_the_same_number_of_areas_is_not_yet_the_same_plan() -> None:
    empty_block_moved = moved(pd.Series(list("xxy")), pd.Series(list("xyy")), pd.Series([10, 0, 10]))
    assert empty_block_moved == {"people": 0, "same": False}


def test_the_plan_before_an_adopted_one_is_not_offered(suggested: TestClient) -> None:
    session = suggested.app.state.session  # type: ignore[attr-defined]
    ended(suggested, suggested.post(f"/api/proposals/{AGS}", json=WISHES | {"areas": 3}))
    suggested.post(f"/api/proposals/{AGS}/take", json={"key": "a"})
    plan = session.project.plan()
    assert shown(suggested)["before"] == 2
    session.project.save_plan(replace(plan, status="adopted"))
    session.forget()
    assert shown(suggested)["before"] is None
