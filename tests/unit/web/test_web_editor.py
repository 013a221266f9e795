"""The editor of a municipality: what it begins with, the blocks, the background, colours, comments, settings."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from editor_village import AGS, CRS, EAST, NORTH, ONE, begin, block, make_project
from fastapi.testclient import TestClient
from geometry_reader import read
from web_workshop import OWN

from sozialraum.protection import default_rules
from sozialraum.web import create_app
from sozialraum.web.editor_desk import bases_of, board_of, social_base
from sozialraum.web.editor_search import plain

LETTERS = "ABCDEFJKLghi"


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A browser with the village open."""
    home = tmp_path_factory.mktemp("editor")
    app = create_app(home, make_project(home / "dorf"))
    with TestClient(app, base_url="http://127.0.0.1:8765", headers=OWN) as found:
        yield found


def told(client: TestClient, path: str) -> Any:
    answer = client.get(f"/api/editor/{AGS}{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def classes(answer: dict[str, Any]) -> dict[str, int]:
    return dict(zip(LETTERS, base64.b64decode(answer["blocks"]), strict=True))


def test_a_page_begins_with_town_attributes_roles_and_reasons(editor: TestClient) -> None:
    start = told(editor, "")
    assert start["municipality"] == {
        "ags": AGS, "name": "Musterdorf", "size_low": 100, "size_high": 2500, "people": 3402, "blocks": 12,
    }  # fmt: skip
    assert [one["key"] for one in start["attributes"]] == ["building_flats", "housing_rent", "social_benefits"]
    assert start["attributes"][1]["title"] == "Miete je Quadratmeter, in Euro"
    assert "Sozialplanung" in start["roles"]
    assert start["names_allowed"] is False
    assert start["wms"] is None
    assert start["plan"]["title"] == "Vorschlag"


def test_a_foreign_municipality_is_refused_in_words(editor: TestClient) -> None:
    answer = editor.get("/api/editor/05000000")
    assert answer.status_code == 409
    assert answer.json()["headline"] == "Diese Gemeinde gibt es in diesem Projekt nicht."


def test_the_ground_has_blocks_neighbours_and_barriers(editor: TestClient) -> None:
    answer = editor.get(f"/api/editor/{AGS}/ground")
    assert answer.headers["content-type"] == "application/octet-stream"
    found = read(answer.content)
    assert found.ids == [block(letter) for letter in LETTERS]
    people = dict(zip(LETTERS, found["population"], strict=True))
    assert (people["A"], people["L"], people["g"]) == (500, 2, 0)
    flags = dict(zip(LETTERS, found["flags"], strict=True))
    assert (flags["A"], flags["L"], flags["g"]) == (0, 2, 1)
    pairs = {
        LETTERS[one] + LETTERS[two]: (int(metres), int(kind))
        for one, two, metres, kind in zip(
            *(found[name] for name in ("pair_a", "pair_b", "pair_metres", "pair_kind")), strict=True
        )
    }
    assert pairs["AB"] == (200, 0)
    assert pairs["AD"] == (200, 2)
    assert pairs["Dg"] == (200, 1)
    assert "AE" not in pairs


def test_the_workshop_sees_classes_and_no_numbers(editor: TestClient) -> None:
    answer = told(editor, "/colouring?by=social_benefits")
    assert answer["values"] is None
    found = classes(answer)
    assert (found["L"], found["g"]) == (255, 254)
    assert found["J"] < found["A"] < found["E"]
    assert len(answer["classes"]) == max(value for value in found.values() if value < 200) + 1


def test_the_internal_view_must_be_asked_for(editor: TestClient) -> None:
    numbers = dict(zip(LETTERS, told(editor, "/colouring?by=housing_rent&view=internal")["values"], strict=True))
    assert (numbers["A"], numbers["L"], numbers["g"]) == (8.0, 9.4, None)


def test_the_workshop_hatches_by_the_base_of_the_source(tmp_path: Path) -> None:
    """L has two inhabitants, below every base; with 301 asked for by the project C and J are hatched as well."""
    app = create_app(tmp_path, make_project(tmp_path / "dorf"))
    with TestClient(app, base_url="http://127.0.0.1:8765", headers=OWN) as client:
        project = app.state.session.project
        board = board_of(app.state.session, AGS)
        usual = {"social_benefits": 10, "building_flats": 5, "housing_rent": 5}
        assert bases_of(app.state.session, board) == usual
        assert social_base() == max(profile.minimum for profile in default_rules().profiles) == 10
        for given, base, hatched in (
            ({"social_benefits": 301}, 301, "CJL"),
            ({"social_benefits": 0}, 0, ""),
            ({"social_benefits": "many"}, 10, "L"),
            (7, 10, "L"),
        ):
            project.settings["attribute_bases"] = given
            assert bases_of(app.state.session, board) == usual | {"social_benefits": base}
            found = classes(told(client, "/colouring?by=social_benefits"))
            assert "".join(sorted(letter for letter, rank in found.items() if rank == 255)) == hatched
            assert classes(told(client, "/colouring?by=housing_rent"))["J"] != 255


def test_density_is_told_in_inhabitants_per_hectare(editor: TestClient) -> None:
    answer = told(editor, "/colouring?by=density")
    assert answer["classes"][0]["label"] == "unter 10"
    found = classes(answer)
    assert (found["A"], found["J"], found["L"], found["g"]) == (4, 4, 255, 254)


def test_an_unknown_colouring_is_refused(editor: TestClient) -> None:
    assert editor.get(f"/api/editor/{AGS}/colouring?by=income").status_code == 409


def test_the_index_colours_the_areas_in_force(editor: TestClient) -> None:
    assert set(classes(told(editor, "/colouring?by=index")).values()) == {254}
    table = {"unit": [ONE], "period": "2025-12-31", "status_class": [3]}
    values = pd.DataFrame(table).assign(
        score_low=0.1, score_high=0.2, change_low=np.nan, change_high=np.nan, dynamics="", certain=True, reason=""
    )
    editor.app.state.session.project.save_results({"index_values": values})  # type: ignore[attr-defined]
    found = classes(told(editor, "/colouring?by=index"))
    assert {letter for letter, rank in found.items() if rank == 2} == set("ABC")
    assert found["D"] == 254


def test_the_background_is_drawn_from_the_projects_own_layers(editor: TestClient) -> None:
    found = told(editor, "/background")
    assert [one["name"] for one in found["streets"]] == ["Bahnhofstraße", "Öchtringer Weg"]
    assert [one["name"] for one in found["rails"]] == ["Bahnlinie"]
    assert [one["name"] for one in found["waters"]] == ["Inde"]
    assert [(one["kind"], one["name"]) for one in found["places"]] == [("town_hall", "Rathaus")]
    assert [one["name"] for one in found["districts"]] == ["Mühlweiler"]
    assert len(found["streets"][0]["path"]) == 4


def test_background_and_blocks_share_their_coordinates(editor: TestClient) -> None:
    found = read(editor.get(f"/api/editor/{AGS}/ground").content)
    place = told(editor, "/background")["places"][0]
    assert found.block_at(place["x"], place["y"]) == block("A")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("bahnhof", "Bahnhofstraße"),
        ("BAHNHOFSTR.", "Bahnhofstraße"),
        ("Bahnhofstrasse", "Bahnhofstraße"),
        ("oechtringer", "Öchtringer Weg"),
        ("ochtringer weg", "Öchtringer Weg"),
        ("grosse muehlen", "Große Mühlenstraße"),
        ("mühlenstr", "Große Mühlenstraße"),
        ("Bahnhofstr. 12a", "Bahnhofstraße 12a"),
        ("Bahnhofstraße 12", "Bahnhofstraße 12"),
        ("Öchtringer Weg 99", "Öchtringer Weg"),
        ("rathaus", "Rathaus"),
        ("nordfeld", "Nordfeld"),
    ],
)
def test_streets_addresses_and_places_are_found_as_people_type_them(editor: TestClient, typed: str, title: str) -> None:
    hits = editor.get(f"/api/editor/{AGS}/search", params={"text": typed}).json()
    assert hits[0]["title"] == title
    assert hits[0]["blocks"]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("Kita", {"Kita", "Regenbogen"}),
        ("kitas", {"Kita", "Regenbogen"}),
        ("Kindergarten", {"Kita", "Regenbogen"}),
        ("Pflegeheim", {"Haus Abendsonne"}),
        ("regenb", {"Regenbogen"}),
        ("Kirchen", {"St. Martin"}),
    ],
)
def test_places_are_found_by_what_they_are(tmp_path: Path, typed: str, titles: set[str]) -> None:
    rows = [("daycare", "Regenbogen"), ("daycare", ""), ("care_home", "Haus Abendsonne"), ("church", "St. Martin")]
    shapes = [shapely.box(EAST + x, NORTH - 70, EAST + x + 20, NORTH - 50) for x in (20, 120, 220, 320)]
    table = {"kind": [kind for kind, _name in rows], "name": [name for _kind, name in rows]}
    buildings = gpd.GeoDataFrame(table, geometry=shapes, crs=CRS)
    folder = make_project(tmp_path / "dorf", buildings=buildings)
    with TestClient(create_app(tmp_path, folder), base_url="http://127.0.0.1:8765", headers=OWN) as client:
        hits = client.get(f"/api/editor/{AGS}/search", params={"text": typed}).json()
    assert {hit["title"].partition(",")[0] for hit in hits} == titles
    assert all(hit["blocks"] for hit in hits)


def test_what_is_not_there_is_not_found(editor: TestClient) -> None:
    for text in ("", "x", "Hafenallee", "12"):
        assert editor.get(f"/api/editor/{AGS}/search", params={"text": text}).json() == []


def test_one_spelling_for_all() -> None:
    assert plain("Große Mühlenstraße") == plain("grosse muehlenstr.") == plain("GROSSE MUEHLEN-STR")
    assert plain("Straßburger Weg") != plain("Burger Weg")


def test_without_addresses_and_places_streets_are_still_found(tmp_path: Path) -> None:
    app = create_app(tmp_path, make_project(tmp_path / "dorf", with_places=False))
    with TestClient(app, base_url="http://127.0.0.1:8765", headers=OWN) as client:
        hits = client.get(f"/api/editor/{AGS}/search", params={"text": "Bahnhofstr. 12"}).json()
        assert [hit["title"] for hit in hits] == ["Bahnhofstraße"]
        assert client.get(f"/api/editor/{AGS}/background").json()["buildings"] == []


def test_a_comment_keeps_its_place_and_gets_an_answer(editor: TestClient) -> None:
    wish = {"text": " Schule liegt jenseits der Bahn ", "role": "Gemeinde", "x": 400, "y": 700}
    kept = editor.post(f"/api/editor/{AGS}/comments", json=wish).json()
    assert (kept["text"], kept["x"], kept["y"], kept["state"]) == ("Schule liegt jenseits der Bahn", 400, 700, "open")
    change = {"state": "resolved", "answer": "Wird geprüft.", "public": True}
    assert editor.post(f"/api/editor/comments/{kept['comment_id']}", json=change).json()["answer"] == "Wird geprüft."
    row = editor.app.state.session.project.comments(ags=AGS).iloc[-1]  # type: ignore[attr-defined]
    assert 299_900 < row["x"] < 300_700
    assert told(editor, "/comments")[-1]["state"] == "resolved"


@pytest.mark.parametrize("wish", [{"text": "  "}, {"text": "x", "role": ""}, {"text": "x", "block_id": "05999004-Z"}])
def test_a_comment_without_text_role_or_block_is_refused(editor: TestClient, wish: dict[str, Any]) -> None:
    answer = editor.post(f"/api/editor/{AGS}/comments", json={"role": "Gemeinde", **wish})
    assert answer.status_code == 409
    assert answer.json()["headline"]


def test_an_unknown_comment_is_refused(editor: TestClient) -> None:
    assert editor.post("/api/editor/comments/c999", json={"state": "resolved"}).status_code == 409


def policy(client: TestClient) -> str:
    return client.get("/").headers["content-security-policy"]


def test_no_other_computer_is_contacted_until_a_map_service_is_set(editor: TestClient) -> None:
    assert "http" not in policy(editor)
    wish = {"wms": "https://www.wms.nrw.de/geobasis/wms_nw_dtk"}
    start = editor.post(f"/api/editor/{AGS}/settings", json=wish).json()
    assert start["wms"] == {"address": wish["wms"], "host": "www.wms.nrw.de"}
    assert "img-src 'self' https://www.wms.nrw.de data:" in policy(editor)
    assert "connect-src 'self' https://www.wms.nrw.de;" in policy(editor)
    assert policy(editor).count("https://") == 2
    editor.post(f"/api/editor/{AGS}/settings", json={"wms": ""})
    assert "http" not in policy(editor)


@pytest.mark.parametrize(
    "address",
    ["ftp://host/x", "www.wms.nrw.de", "https://", "https://user:secret@host/x", "https://a b/x", "https://a.de;x",
     "javascript:alert(1)", "https://a.de/'x", "http://[::1", "https://]", "https://[x]/wms"],
)  # fmt: skip
def test_what_is_no_address_is_no_map_service(editor: TestClient, address: str) -> None:
    answer = editor.post(f"/api/editor/{AGS}/settings", json={"wms": address})
    assert answer.status_code == 409
    assert "https://" in answer.json()["headline"]
    assert "http" not in policy(editor)


def test_each_setting_is_kept_when_the_other_is_changed(editor: TestClient) -> None:
    address = "https://www.wms.nrw.de/geobasis"
    editor.post(f"/api/editor/{AGS}/settings", json={"wms": address})
    start = editor.post(f"/api/editor/{AGS}/settings", json={"names_allowed": True}).json()
    assert (start["names_allowed"], start["wms"]["address"]) == (True, address)
    start = editor.post(f"/api/editor/{AGS}/settings", json={"wms": ""}).json()
    assert (start["names_allowed"], start["wms"]) == (True, None)
    assert editor.post(f"/api/editor/{AGS}/settings", json={"names_allowed": False}).json()["names_allowed"] is False


def test_the_page_speaks_english_on_request(editor: TestClient) -> None:
    headers = {"x-sozialraum-language": "en"}
    assert editor.get(f"/api/editor/{AGS}", headers=headers).status_code == 200
    begin(editor)
