"""Files come in, are corrected, decided, taken over and withdrawn through the routes of the pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import xlsxwriter
from fastapi.testclient import TestClient
from web_workshop import OWN, Workshop, ended, small_plan

from received_files import Desk, kita_places
from sozialraum.deliveries.corrections import Corrections
from sozialraum.web import create_app


@dataclass
class WorkWithFiles(Workshop, Desk):
    """The small workshop that also receives files."""


@pytest.fixture
def work() -> WorkWithFiles:
    return WorkWithFiles()


@pytest.fixture
def client(tmp_path: Path, work: WorkWithFiles) -> Iterator[TestClient]:
    """A project of two towns with four areas, and one received file with three findings."""
    app = create_app(tmp_path / "home", work=work)
    with TestClient(app, base_url="http://127.0.0.1:8765", headers=OWN) as found:
        assert found.post("/api/projects", json={"name": "Sozialbericht 2027"}).status_code == 200
        project = app.state.session.project
        work.import_blocks(project, Path("b.gpkg"))
        project.save_plan(small_plan())
        project.make_current(small_plan().plan_id)
        work.waiting["r1"] = kita_places()
        work.calls.clear()
        yield found


def file(name: str, content: bytes = b"a") -> tuple[str, tuple[str, bytes]]:
    return "files", (name, content)


def test_dropped_files_keep_their_names_and_go_afterwards(
    client: TestClient, work: WorkWithFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    work.incoming = [replace(kita_places(), review_id="a"), replace(kita_places(), review_id="b", state="ready")]
    files = [file("Haushalte 2025.csv"), file(r"C:\Daten\..\x.csv", b"b")]
    job = ended(client, client.post("/api/reviews", files=files))
    assert work.calls == [("receive", "Haushalte 2025.csv", b"a"), ("receive", "x.csv", b"b")]
    assert job.result["reviews"] == ["a", "b"]
    assert [one["state"] for one in job.result["received"]] == ["findings", "ready"]
    assert list(tmp_path.glob("sozialraum-*")) == []


def test_a_file_that_cannot_be_received_does_not_stop_the_others(client: TestClient, work: WorkWithFiles) -> None:
    work.incoming = [replace(kita_places(), review_id="a")]
    job = ended(client, client.post("/api/reviews", files=[file("gut.csv"), file("leer.csv")]))
    assert job.state == "done"
    assert job.result["reviews"] == ["a"]
    assert job.result["received"][1]["problem"]["headline"] == "Diese Datei lässt sich nicht öffnen."


def test_the_list_counts_what_is_open(client: TestClient) -> None:
    [row] = client.get("/api/reviews").json()
    assert (row["title"], row["errors"], row["warnings"], row["questions"]) == ("Kita-Plätze 2027", 1, 2, 0)


def test_a_finding_has_a_heading_a_place_and_a_name_for_what_it_proposes(client: TestClient) -> None:
    total, key, star = client.get("/api/reviews/r1").json()["findings"]
    assert (total["title"], total["place"]) == ("Summe passt nicht: 12 zu wenig", "Zelle E12")
    assert (key["title"], key["offer_title"]) == ("Schlüssel ohne führende Null", "2a Am Markt, Zell")
    assert star["title"] == "Stern ohne Erklärung"


def test_the_sheet_comes_with_roles_and_joined_heads(client: TestClient) -> None:
    sheet = client.get("/api/reviews/r1").json()["preview"]
    assert sheet["letters"] == list("ABCDEF")
    assert sheet["heads"][2:] == [
        "Kinder 3 bis u. 6 | zusammen", "Kinder 3 bis u. 6 | in Betreuung", "Plätze | genehmigt", "Plätze | belegbar",
    ]  # fmt: skip
    assert sheet["rows"][10] == {
        "number": 11, "texts": ["ohne Angabe", "", "9", "*", "", ""],
        "roles": ["key", "name", "value", "hidden", "unread", "unread"],
    }  # fmt: skip


def test_a_missing_column_is_shown_at_the_head_that_may_be_meant(client: TestClient, work: WorkWithFiles) -> None:
    first = kita_places().findings[0]
    gone = replace(
        first.finding, code="missing_column", cell="", row=None, found="Plätze | belegbar", offer="care_03_06"
    )
    work.waiting["r1"] = replace(kita_places(), findings=(replace(first, finding=gone),))
    [found] = client.get("/api/reviews/r1").json()["findings"]
    assert (found["cell"], found["place"]) == ("F3", "Zelle F3")


def test_a_correction_is_added_and_the_review_read_again(client: TestClient, work: WorkWithFiles) -> None:
    change = {"keys": {"5399012-03b": "05999004-02a"}, "rows": {"14": "skip"}}
    after = client.post("/api/reviews/r1/corrections", json={"change": change}).json()
    assert work.calls[-1] == ("correct", Corrections(keys=change["keys"], rows={14: "skip"}))
    assert [one["id"] for one in after["findings"]] == ["f1", "f3"]
    assert after["titles"]["05999004-02a"] == "2a Am Markt, Zell"


def test_a_date_given_by_hand_is_a_correction(client: TestClient, work: WorkWithFiles) -> None:
    client.post("/api/reviews/r1/corrections", json={"change": {"period": "30.06.2025"}})
    assert work.calls[-1] == ("correct", Corrections(period="30.06.2025"))


def test_a_correction_is_taken_back_by_sending_the_others(client: TestClient, work: WorkWithFiles) -> None:
    client.post("/api/reviews/r1/corrections", json={"change": {"signs": ["*"], "keys": {"5399012-03b": "x"}}})
    after = client.post("/api/reviews/r1/corrections", json={"all": {"signs": ["*"]}}).json()
    nothing = {"heads": {}, "keys": {}, "rows": {}, "signs": [], "period": "", "sheet": ""}
    assert after["corrections"] == nothing | {"signs": ["*"]}
    work.calls.clear()
    client.post("/api/reviews/r1/corrections", json={"all": {}})
    assert work.calls == [("undo",)]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("corrections", {"change": {}}), ("corrections", {}), ("decisions", {"findings": ["f2"], "reason": "  "}),
        ("decisions", {"findings": [], "reason": "gut"}),
    ],
)  # fmt: skip
def test_nothing_is_sent_on_without_what_it_needs(
    client: TestClient, work: WorkWithFiles, path: str, body: dict[str, object]
) -> None:
    refused = client.post(f"/api/reviews/r1/{path}", json=body)
    assert refused.status_code == 409
    assert work.calls == []


def test_a_row_cannot_be_called_what_the_program_does_not_know(client: TestClient, work: WorkWithFiles) -> None:
    refused = client.post("/api/reviews/r1/corrections", json={"change": {"rows": {"3": "sum"}}})
    assert refused.status_code == 422
    assert work.calls == []


def test_warnings_of_a_kind_are_accepted_with_one_reason(client: TestClient, work: WorkWithFiles) -> None:
    body = {"findings": ["f2", "f3"], "reason": " telefonisch bestätigt ", "role": "Jugendhilfeplanung"}
    after = client.post("/api/reviews/r1/decisions", json=body).json()
    assert work.calls == [
        ("decide", one, "accepted", "telefonisch bestätigt", "Jugendhilfeplanung") for one in ("f2", "f3")
    ]
    assert [one["decision"] for one in after["findings"]] == ["", "accepted", "accepted"]
    assert client.get("/api/reviews").json()[0]["warnings"] == 0


def test_what_the_delivery_is_can_be_stated(client: TestClient, work: WorkWithFiles) -> None:
    about = {
        "protection": "public", "purpose": " Planung ", "legal_basis": "", "delete_on": "2031-12-31", "data_set": "",
    }  # fmt: skip
    after = client.post("/api/reviews/r1/about", json=about).json()
    assert after["about"] == {**about, "purpose": "Planung"}
    assert client.post("/api/reviews/r1/about", json={**about, "protection": "geheim"}).status_code == 422


def test_questions_are_answered_and_a_source_chosen(client: TestClient, work: WorkWithFiles) -> None:
    client.post("/api/reviews/r1/answers", json={"answers": {"decimal": ","}})
    client.post("/api/reviews/r1/recipe", json={"code": "register"})
    assert work.calls == [("answer", {"decimal": ","}), ("choose_recipe", "register")]
    columns = client.get("/api/reviews/r1").json()["columns"]
    assert "Baustein" in [one["title"] for one in columns]


def test_taking_over_says_what_is_to_be_computed_again(client: TestClient, work: WorkWithFiles) -> None:
    work.waiting["r1"] = replace(kita_places(), findings=(), state="ready")
    job = ended(client, client.post("/api/reviews/r1/take-over", json={}))
    [taken] = job.result["taken"]
    assert work.calls == [("take_over", "r1", "Planung")]
    assert (taken["review_id"], taken["delivery_id"], taken["title"]) == ("r1", "d1", "Kita-Plätze 2027")
    assert taken["affected"]["indicators"] == [{"id": "care_03_06", "title": "Kinder in Betreuung"}]
    assert client.get("/api/reviews").json() == []


def test_while_an_error_is_open_taking_over_is_refused(client: TestClient) -> None:
    job = ended(client, client.post("/api/reviews/r1/take-over", json={}))
    assert job.state == "refused"
    assert job.problem["headline"] == "Es ist noch ein Befund offen."


def test_all_that_are_ready_are_taken_over_in_one_go_and_the_others_wait(
    client: TestClient, work: WorkWithFiles
) -> None:
    for key in ("a", "b"):
        work.waiting[key] = replace(kita_places(), review_id=key, findings=(), state="ready")
    work.waiting["c"] = replace(kita_places(), review_id="c", state="ready")  # became faulty meanwhile
    job = ended(client, client.post("/api/reviews/take-over", json={}))
    assert [one["review_id"] for one in job.result["taken"]] == ["a", "b"]
    assert [one["review_id"] for one in client.get("/api/reviews").json()] == ["c", "r1"]


def test_a_file_is_put_back(client: TestClient, work: WorkWithFiles) -> None:
    assert client.get("/api/reviews").json()
    assert client.post("/api/reviews/r1/put-back").status_code == 200
    assert work.calls == [("put_back", "r1")]
    assert client.get("/api/reviews").json() == []


def test_several_files_are_put_back_at_once_or_none(client: TestClient, work: WorkWithFiles) -> None:
    work.waiting["r2"] = replace(work.waiting["r1"], review_id="r2")
    assert len(client.get("/api/reviews").json()) == 2
    gone = client.post("/api/reviews/put-back", json={"reviews": ["r1", "r9"]})
    assert gone.status_code == 409
    assert "schon übernommen" in gone.json()["headline"]
    assert client.post("/api/reviews/put-back", json={"reviews": []}).status_code == 409
    assert len(client.get("/api/reviews").json()) == 2
    assert client.post("/api/reviews/put-back", json={"reviews": ["r1", "r2"]}).status_code == 200
    assert client.get("/api/reviews").json() == []


def test_a_withdrawal_needs_a_reason_and_tells_what_rests_on_it(client: TestClient, work: WorkWithFiles) -> None:
    assert client.post("/api/deliveries/d1/withdraw", json={"why": " "}).status_code == 409
    assert work.calls == []
    answer = client.post("/api/deliveries/d1/withdraw", json={"why": "falscher Stichtag"}).json()
    assert work.calls == [("withdraw", "d1", "falscher Stichtag", "Planung")]
    assert answer["pages"] == 14
    assert client.get("/api/deliveries/d1/affected").json() == answer


def test_places_are_found_by_name_or_key_in_the_order_people_expect(client: TestClient) -> None:
    def titles(words: str) -> list[str]:
        answer = client.get("/api/reviews/r1/places", params={"words": words}).json()
        return [one["title"] for one in answer["places"]]

    assert titles("zell") == ["2a Am Markt, Zell", "10 Bahnhof, Zell"]
    assert titles("05999008-02") == ["2 Süd, Äpfelbach"]
    assert titles("markt äpfel") == []


def test_a_review_is_shown_while_there_are_no_areas_yet(client: TestClient, work: WorkWithFiles) -> None:
    client.post("/api/projects", json={"name": "Noch ohne Gebiete"})
    work.import_blocks(client.app.state.session.project, Path("b.gpkg"))  # type: ignore[attr-defined]
    assert client.get("/api/reviews/r1").json()["findings"][1]["offer_title"] == ""
    assert client.get("/api/reviews/r1/places").json() == {"places": [], "more": 0}


def test_another_sheet_of_the_file_can_be_looked_at(client: TestClient, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "zwei.xlsx") as book:
        book.add_worksheet("Tabelle 1").write_row(0, 0, ["Sozialraum", "Anzahl"])
        book.add_worksheet("Erläuterungen").write(0, 0, "* = 1 oder 2")
    project = client.app.state.session.project  # type: ignore[attr-defined]
    review_id = project.keep_review(tmp_path / "zwei.xlsx").review_id
    sheet = client.get(f"/api/reviews/{review_id}/sheet", params={"name": "Erläuterungen"}).json()
    assert sheet["sheets"] == ["Tabelle 1", "Erläuterungen"]
    assert sheet["rows"] == [{"number": 1, "texts": ["* = 1 oder 2"], "roles": ["unread"]}]
    assert client.get(f"/api/reviews/{review_id}/sheet", params={"name": "Drittes"}).status_code == 409
    unkept = project.keep_review(tmp_path / "zwei.xlsx", keep=False)
    project.change_review(replace(unkept, stored_name=""))
    assert client.get(f"/api/reviews/{review_id}/sheet", params={"name": "Erläuterungen"}).status_code == 409


def test_control_characters_are_refused(client: TestClient, work: WorkWithFiles) -> None:
    refused = client.post("/api/deliveries/d1/withdraw", json={"why": "a\x00b"})
    assert refused.status_code == 409
    assert work.calls == []
