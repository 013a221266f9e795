"""The page "Abstimmung" asks, the server answers: package, answers, decisions, reply."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from consultation_village import answer, step, village_project, write_answer
from sozialraum import consultation
from sozialraum.web import create_app
from village import AGS

PAGE = '<title></title><script id="data">{}</script><script id="words">{}</script>'
OURS = {"X-Sozialraum": "1"}


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(consultation, "page_template", lambda: PAGE)
    village_project(tmp_path).close()
    with TestClient(create_app(tmp_path, tmp_path / "project"), base_url="http://127.0.0.1") as found:
        yield found


def packaged(client: TestClient) -> str:
    """Make a package; its key."""
    response = client.post(f"/api/consultation/{AGS}/package", json={}, headers=OURS)
    assert response.headers["content-disposition"] == f'attachment; filename="abstimmung-{AGS}.html"'
    return json.loads(response.text.split('id="data">')[1].split("</script>")[0])["package_id"]


def send(client: TestClient, *files: Path) -> list[dict]:
    parts = [("files", (file.name, file.read_bytes())) for file in files]
    return client.post(f"/api/consultation/{AGS}/answers", files=parts, headers=OURS).json()["files"]


def test_before_the_first_package(client: TestClient) -> None:
    overview = client.get("/api/consultation").json()
    assert overview["municipalities"] == [{"ags": AGS, "name": "Musterdorf", "package_id": None, "answers": 0}]
    page = client.get(f"/api/consultation/{AGS}").json()
    assert (page["newest"], page["packages"], page["drafts"], page["plan"]) == (None, [], [], "Vorschlag")
    assert client.get("/api/consultation/05999999").status_code == 409


def test_from_the_package_to_the_reply(client: TestClient, tmp_path: Path) -> None:
    package = packaged(client)
    youth = replace(answer("Jugendamt", step("C > 2", why="Schulweg", role="Jugendamt")), package_id=package)
    planning = replace(answer("Planung", "C > 3"), package_id=package)
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    read = send(client, write_answer(tmp_path, youth), bad, write_answer(tmp_path, planning))
    assert [one["problem"] is None for one in read] == [True, False, True]
    assert read[1]["problem"]["headline"] == "„bad.json“ kann nicht als Antwort gelesen werden."

    view = client.get(f"/api/consultation/{AGS}").json()["newest"]
    assert {one["state"] for one in view["suggestions"]} == {"conflict"}
    assert view["blocks"] == [
        {
            "block_id": f"{AGS}-C",
            "state": "conflict",
            "targets": [
                {"target": "2 Nordfeld", "roles": ["Jugendamt"]}, {"target": "3 Mühlweiler", "roles": ["Planung"]},
            ],
        }
    ]  # fmt: skip
    one = next(one for one in view["suggestions"] if one["voices"][0]["role"] == "Jugendamt")
    asked = {"key": one["key"], "decision": "accepted", "reason": "überzeugt", "role": "Amt 58"}
    after = client.post(f"/api/consultation/package/{package}/decide", json=asked, headers=OURS).json()
    done = next(other for other in after["suggestions"] if other["key"] == one["key"])
    assert (done["verdict"]["decision"], done["in_draft"]) == ("accepted", True)
    assert after["draft"]["title"] == "Aus der Abstimmung"
    left = next(other for other in after["suggestions"] if other["key"] != one["key"])
    assert "inzwischen zu Gebiet 2" in left["obstacle"]

    for kind in ("pdf", "html", "xlsx"):
        response = client.get(f"/api/consultation/package/{package}/reply.{kind}")
        assert response.headers["content-disposition"] == f'attachment; filename="antwortliste-{AGS}.{kind}"'
        assert len(response.content) > 1000
    assert client.get(f"/api/consultation/package/{package}/reply.docx").status_code == 409

    item = {"answer_id": "Jugendamt", "item": "e1"}
    back = client.post(f"/api/consultation/package/{package}/withdraw", json=item, headers=OURS).json()
    assert all(other["verdict"] is None for other in back["suggestions"])


def test_the_map_shows_the_state_that_was_sent(client: TestClient) -> None:
    package = packaged(client)
    ground = client.get(f"/api/consultation/package/{package}/map").json()
    assert [area["code"] for area in ground["areas"]] == ["1", "2", "3"]
    assert len(ground["blocks"]["path"]) == 12
    assert ground["figures"] == {"indicators": [], "rows": []}
    assert client.get("/api/consultation/package/a0/map").status_code == 409


def test_a_decision_without_a_reason_is_refused_in_words(client: TestClient, tmp_path: Path) -> None:
    package = packaged(client)
    send(client, write_answer(tmp_path, replace(answer("Jugendamt", "C > 2"), package_id=package)))
    (one,) = client.get(f"/api/consultation/{AGS}").json()["newest"]["suggestions"]
    asked = {"key": one["key"], "decision": "rejected", "reason": "", "role": "Amt 58"}
    response = client.post(f"/api/consultation/package/{package}/decide", json=asked, headers=OURS)
    assert response.status_code == 409
    assert "Geben Sie einen Grund an" in response.json()["headline"]


def test_changes_come_from_our_own_page_only(client: TestClient) -> None:
    assert client.post(f"/api/consultation/{AGS}/package", json={}).status_code == 403


def test_a_file_that_cannot_be_kept_does_not_stop_the_others(client: TestClient, tmp_path: Path) -> None:
    package = packaged(client)
    good = replace(answer("Jugendamt", "C > 2"), package_id=package)
    bad = []
    for number, spoil in enumerate(({"role": "Amt \ud800"}, {"written": "banana"}, {"version": True})):
        file = tmp_path / f"bad-{number}.json"
        file.write_text(json.dumps(good.to_json() | spoil), encoding="utf-8")
        bad.append(file)
    read = send(client, *bad, write_answer(tmp_path, good))
    assert [one["problem"] is None for one in read] == [False, False, False, True]
    assert all(len(one["problem"]["findings"]) == 1 for one in read[:3])
    assert client.get(f"/api/consultation/{AGS}").json()["newest"]["answers"][0]["role"] == "Jugendamt"


def test_a_reason_that_cannot_be_kept_is_refused(client: TestClient, tmp_path: Path) -> None:
    package = packaged(client)
    send(client, write_answer(tmp_path, replace(answer("Jugendamt", "C > 2"), package_id=package)))
    (one,) = client.get(f"/api/consultation/{AGS}").json()["newest"]["suggestions"]
    asked = {"key": one["key"], "decision": "rejected", "reason": "nein\x00", "role": "Amt 58"}
    answered = client.post(f"/api/consultation/package/{package}/decide", json=asked, headers=OURS)
    assert answered.status_code == 409
    assert "unlesbare Zeichen" in answered.json()["headline"]


def test_halves_of_characters_are_refused_on_every_route(client: TestClient) -> None:
    package = f"package/{packaged(client)}"
    half = "x\ud800"
    decided = {"decision": "accepted", "reason": "gut", "role": "Amt 58"}
    bodies = {
        f"{AGS}/package": {"draft_id": half},
        f"{package}/decide": decided | {"key": half},
        f"{package}/comment": decided | {"answer_id": half, "number": 1},
        f"{package}/withdraw": {"answer_id": half, "item": "e1"},
    }
    head = OURS | {"Content-Type": "application/json"}
    for route, body in bodies.items():
        answered = client.post(f"/api/consultation/{route}", content=json.dumps(body), headers=head)
        assert (answered.status_code, "unlesbare Zeichen" in answered.json()["headline"]) == (409, True)


def test_a_card_tells_what_accepting_would_do_to_the_draft_as_it_is(client: TestClient, tmp_path: Path) -> None:
    """B taken from between A and C leaves area 1 in two pieces; a name touches no rule."""
    package = packaged(client)
    given = replace(answer("Jugendamt", step("B > 2", why="Schulweg", role="Jugendamt")), package_id=package)
    quiet = replace(answer("Planung", "1 = Markt"), package_id=package)
    send(client, write_answer(tmp_path, given), write_answer(tmp_path, quiet))
    shown = {one["kind"]: one for one in client.get(f"/api/consultation/{AGS}").json()["newest"]["suggestions"]}
    outlook = shown["move"]["outlook"]
    assert [
        (area["code"], area["people_before"], area["people_after"], area["word_before"], area["word_after"])
        for area in outlook["areas"]
    ] == [("1", 1200, 800, "within", "within"), ("2", 1500, 1900, "within", "within")]
    assert (outlook["low"], outlook["high"], outlook["hard"]) == (200, 2000, True)
    assert outlook["checks"][0] == {
        "severity": "error", "sentence": "Gebiet 1 bestünde aus 2 getrennten Teilen.",
    }  # fmt: skip
    assert shown["rename"]["outlook"]["hard"] is False

    asked = {"key": shown["move"]["key"], "decision": "accepted", "reason": "Probe", "role": "Amt 58"}
    after = client.post(f"/api/consultation/package/{package}/decide", json=asked, headers=OURS).json()
    done = next(one for one in after["suggestions"] if one["kind"] == "move")
    assert (done["verdict"]["decision"], done["in_draft"], done["outlook"]) == ("accepted", True, None)


def test_the_outlook_follows_what_was_accepted_before(client: TestClient, tmp_path: Path) -> None:
    package = packaged(client)
    send(
        client,
        write_answer(tmp_path, replace(answer("Jugendamt", "C > 2"), package_id=package)),
        write_answer(tmp_path, replace(answer("Planung", "K > 2"), package_id=package)),
    )
    first, second = client.get(f"/api/consultation/{AGS}").json()["newest"]["suggestions"]
    before = {area["code"]: area["people_before"] for area in second["outlook"]["areas"]}
    moved = 300 if first["blocks"] == [f"{AGS}-C"] else 400
    asked = {"key": first["key"], "decision": "accepted", "reason": "Probe", "role": "Amt 58"}
    view = client.post(f"/api/consultation/package/{package}/decide", json=asked, headers=OURS).json()
    left = next(one for one in view["suggestions"] if one["key"] == second["key"])
    now = {area["code"]: area["people_before"] for area in left["outlook"]["areas"]}
    assert now["2"] == before["2"] + moved


def test_municipalities_stand_by_name() -> None:
    import pandas as pd

    from sozialraum.web.consultation_routes import overview

    class Town:
        def municipalities(self) -> pd.DataFrame:
            return pd.DataFrame({"ags": ["1", "2", "3"], "name": ["Zell", "Ödheim", "Au"]})

        def packages(self) -> pd.DataFrame:
            return pd.DataFrame({"ags": [], "package_id": []})

        def plan(self) -> None:
            return None

    class Opened:
        project = Town()

    assert [row["name"] for row in overview(Opened())["municipalities"]] == ["Au", "Ödheim", "Zell"]  # type: ignore[arg-type]
