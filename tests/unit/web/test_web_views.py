"""What the pages get: released values with their status, shapes without anything else."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from web_workshop import PERIOD


def test_areas_stand_by_municipality_and_code(computed: TestClient) -> None:
    answer = computed.get("/api/areas").json()
    assert [row["name"] for row in answer["municipalities"]] == ["Äpfelbach", "Zell"]
    assert [row["code"] for row in answer["areas"]] == ["2a", "10", "1", "2"]
    assert [row["population"] for row in answer["areas"]] == [800, 800, 800, 800]


def test_the_map_carries_only_names_and_inhabitants_in_degrees(computed: TestClient) -> None:
    features = computed.get("/api/map/areas.geojson").json()["features"]
    allowed = {"area_id", "code", "name", "municipality", "population", "label_x", "label_y"}
    assert len(features) == 4
    assert set(features[0]["properties"]) == allowed
    x, y = features[0]["geometry"]["coordinates"][0][0]
    assert 5.5 < x < 7
    assert 50 < y < 51


def test_areas_side_by_side_share_their_border_exactly(computed: TestClient) -> None:
    features = computed.get("/api/map/areas.geojson").json()["features"]
    rings = [{tuple(point) for point in feature["geometry"]["coordinates"][0]} for feature in features]
    assert len(rings[0] & rings[1]) >= 2


def test_streets_are_too_many_for_the_map_of_a_kreis(computed: TestClient) -> None:
    features = computed.get("/api/map/lines.geojson").json()["features"]
    assert [feature["properties"]["kind"] for feature in features] == ["river"]


@pytest.mark.parametrize(
    ("unit", "status", "count"),
    [
        ("05999004-02a", "observed", 40),
        ("05999004-10", "suppressed", 1),
        ("05999008-01", "missing", None),
        ("05999008-02", "blocked", None),
    ],
)
def test_a_number_that_is_not_there_is_null_with_its_status(
    computed: TestClient, unit: str, status: str, count: float | None
) -> None:
    rows = computed.get(f"/api/indicators/unemployed_share/{PERIOD}").json()
    row = next(row for row in rows if row["unit"] == unit)
    assert (row["status"], row["count_low"]) == (status, count)


def test_indicators_come_with_words_and_the_dates_they_have(computed: TestClient) -> None:
    answer = computed.get("/api/indicators").json()
    definition = next(row for row in answer["definitions"] if row["id"] == "unemployed_share")
    assert answer["periods"] == {"unemployed_share": [PERIOD]}
    assert definition["title"] == "Arbeitslose"
    assert len(definition["breaks"]) == 4
    assert len(answer["themes"]) == 3


def test_the_other_language_is_a_matter_of_a_header(computed: TestClient) -> None:
    answer = computed.get("/api/indicators", headers={"X-Sozialraum-Language": "en"}).json()
    assert "Unemployed persons" in [row["title"] for row in answer["definitions"]]


def test_a_profile_shows_an_area_with_its_town_and_the_region(computed: TestClient) -> None:
    answer = computed.get("/api/profile/05999004-02a").json()
    assert answer["area"]["name"] == "Am Markt"
    assert {row["unit"] for row in answer["values"]} == {"05999004-02a", "05999004", "region"}
    assert [row["impulse_id"] for row in answer["impulses"]] == ["i1"]


def test_an_area_nobody_knows_is_refused(computed: TestClient) -> None:
    assert computed.get("/api/profile/99").status_code == 422


PAGES = [
    "state", "areas", "deliveries", "indicators", f"indicators/unemployed_share/{PERIOD}", "index", "need", "impulses",
    "profile/05999004-02a", "protection", "releases", "map/areas.geojson", "map/municipalities.geojson",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_a_count_before_the_door(computed: TestClient, page: str) -> None:
    # 4711 stands in the area counts of the test project and nowhere else.
    answer = computed.get(f"/api/{page}")
    assert answer.status_code == 200
    assert "4711" not in answer.text


def test_protection_says_how_many_and_by_which_rule(computed: TestClient) -> None:
    answer = computed.get("/api/protection").json()
    assert (answer["cells"], answer["shown"], answer["check_number"]) == (2, 1, "7K2M-94QD")
    assert {row["reason"]: row["cells"] for row in answer["reasons"]} == {"source": 0, "primary": 1, "secondary": 0}
    rules = {row["source"]: row["sentence"] for row in answer["rules"]}
    assert rules["Jugendämter"] == "Zahlen von 1 bis 4 werden verborgen; null wird gezeigt."


def test_a_decision_needs_a_reason_only_when_it_rejects(computed: TestClient) -> None:
    refused = computed.post("/api/impulses/i1", json={"state": "rejected", "role": "Ausschuss"})
    taken = computed.post("/api/impulses/i1", json={"state": "confirmed", "role": " Ausschuss "})
    assert refused.status_code == 409
    assert taken.status_code == 200
    row = computed.get("/api/impulses").json()[0]
    assert (row["state"], row["role"], row["figures"]) == ("confirmed", "Ausschuss", {"children": 40})


def test_events_come_latest_first(computed: TestClient) -> None:
    whats = [row["what"] for row in computed.get("/api/state").json()["events"]]
    assert whats[0] == "Ergebnisse gerechnet"
