"""Routes of the pages "Lücken", "Katalog" and "Rückfragen": answers, refusals, files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

from received_files import kita_places
from request_village import asking_project, filled
from sozialraum import workflow
from sozialraum.web import create_app
from sozialraum.workflow import receiving
from village import AGS

OURS = {"X-Sozialraum": "1"}
LATE = (date.today() - timedelta(days=3)).isoformat()


@pytest.fixture(autouse=True)
def _early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the due dates of the tests."""
    for module in ("requesting", "asking"):
        monkeypatch.setattr(f"sozialraum.workflow.{module}.now", lambda: "2026-01-05T08:00:00.000000+00:00")


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The project of the village, and one file that waits for its review."""
    asking_project(tmp_path / "p").close()
    monkeypatch.setattr(receiving, "review", lambda project, review_id: kita_places())
    monkeypatch.setattr(workflow, "decide", lambda *_decision: None)
    with TestClient(create_app(tmp_path, tmp_path / "p"), base_url="http://127.0.0.1", headers=OURS) as found:
        yield found


def cells(answer: dict[str, object]) -> dict[tuple[str, str], dict[str, object]]:
    return {(cell["data_set"], cell["year"]): cell for cell in answer["cells"]}  # type: ignore[attr-defined]


def test_the_matrix_tells_states_in_words_and_turns_late(client):
    answer = client.get("/api/gaps").json()
    assert answer["words"] == {
        "there": "da", "late": "verspätet", "missing": "fehlt", "coming": "noch nicht fällig",
        "unavailable": "nicht zu haben",
    }  # fmt: skip
    assert answer["municipalities"] == [{"ags": AGS, "name": "Musterdorf"}]
    asked = {"data_set": "betreuung", "ags": [AGS], "years": ["2025"], "due": LATE, "owner": "Planung"}
    after = client.post("/api/gaps/expect", json=asked).json()
    assert cells(after)["betreuung", "2025"]["state"] == "late"
    assert cells(after)["betreuung", "2025"]["days_late"] == 3
    assert after["counts"]["late"] == 1


def test_not_to_be_had_needs_a_reason_and_is_taken_back(client):
    cell = {"data_set": "betreuung", "ags": [AGS], "years": ["2025"]}
    assert client.post("/api/gaps/unavailable", json=cell).status_code == 409
    answer = client.post("/api/gaps/unavailable", json=cell | {"note": "wird nicht erhoben"}).json()
    assert cells(answer)["betreuung", "2025"]["state"] == "unavailable"
    assert ("betreuung", "2025") not in cells(client.post("/api/gaps/forget", json=cell).json())


def test_a_request_is_drafted_kept_and_its_files_are_handed_out(client):
    wanted = {"data_set": "betreuung", "ags": [AGS], "year": "2025", "due": "2026-03-31"}
    draft = client.post("/api/requests/draft", json=wanted).json()
    assert "bis zum 31.03.2026" in draft["letter_text"]
    assert client.get("/api/requests").json() == []
    made = client.post("/api/requests", json=wanted).json()
    assert made["files"] == {
        "letter": "anforderung-A1.docx",
        "form": "anforderung-A1.xlsx",
        "reminder": "anforderung-A1.ics",
    }
    form = client.get("/api/requests/A1/form")
    assert 'filename="anforderung-A1.xlsx"' in form.headers["content-disposition"]
    assert "sozialraum" in openpyxl.load_workbook(io.BytesIO(form.content)).sheetnames
    assert client.get("/api/requests/A1/letter").content.startswith(b"PK")
    assert client.get("/api/requests/A1/reminder").text.startswith("BEGIN:VCALENDAR\r\n")
    assert client.get("/api/requests/A1/picture").status_code == 409
    assert client.get("/api/requests/A9/letter").status_code == 409
    assert cells(client.get("/api/gaps").json())["betreuung", "2025"]["due"] == "2026-03-31"


def test_a_query_is_drafted_asked_handed_out_answered_and_closed(client, tmp_path):
    draft = client.get("/api/requests/queries/draft?review_id=r1&findings=f1,f3").json()
    assert draft["query_id"] == ""
    assert draft["to"] == ["Jugendamt Musterdorf", "Jugendhilfeplanung"]
    assert "Welche Zahl gilt?" in draft["letter_text"]
    made = client.post(
        "/api/requests/queries", json={"review_id": "r1", "findings": ["f1"], "due": "2027-11-29"}
    ).json()
    assert (made["query_id"], made["state_text"]) == ("R1", "offen")
    assert client.get("/api/requests/queries/R1/letter").content.startswith(b"PK")
    assert "20271129" in client.get("/api/requests/queries/R1/reminder").text
    file = tmp_path / "antwort.xlsx"
    file.write_bytes(client.get("/api/requests/queries/R1/table").content)
    filled(file, {"I6": "832"})
    answer = client.post("/api/requests/answers", files=[("files", ("antwort.xlsx", file.read_bytes()))]).json()
    assert answer["files"][0]["query"]["state"] == "answered"
    assert answer["files"][0]["query"]["questions"][0]["answer"] == "832"
    assert client.post("/api/requests/queries/R1/close", json={"reason": ""}).status_code == 409
    closed = client.post("/api/requests/queries/R1/close", json={"reason": "erledigt"}).json()
    assert closed["state"] == "closed"
    assert [one["query_id"] for one in client.get("/api/requests/queries").json()] == ["R1"]


def test_a_file_that_is_no_answer_is_told_at_its_place(client):
    answer = client.post("/api/requests/answers", files=[("files", ("x.csv", b"a;b\n1;2\n"))]).json()
    assert "keine Tabelle einer Rückfrage" in answer["files"][0]["problem"]["headline"]


def test_catalogues_are_imported_searched_and_removed(client):
    text = "Code,Content,Time\n13211-01,Arbeitslose - Gemeinden,2020\n12411-01,Bevölkerung - Gemeinden,2020\n"
    answer = client.post("/api/catalogue/import", files=[("files", ("regio.csv", text.encode()))]).json()
    assert answer["files"][0]["sentences"] == ["regio: 2 Einträge gelesen."]
    found = client.get("/api/catalogue/search", params={"words": "bevoelk"}).json()
    assert (found["count"], [one["code"] for one in found["entries"]]) == (1, ["12411-01"])
    refused = client.post("/api/catalogue/import", files=[("files", ("x.csv", b"a,b\n1,2\n"))]).json()
    assert refused["files"][0]["problem"]["headline"]
    assert client.post("/api/catalogue/remove", json={"key": "regio"}).json()["catalogues"] == []
    assert client.get("/api/catalogue/search", params={"words": "bevoelk"}).json()["entries"] == []


def test_sources_and_data_sets_are_entered_changed_and_removed(client):
    answer = client.post("/api/catalogue/sources", json={"holder": "Gesundheitsamt"}).json()
    assert [one["source_id"] for one in answer["sources"]] == ["jugendamt", "gesundheitsamt"]
    wanted = {"source_id": "gesundheitsamt", "title": "Schuleingang", "rhythm": 36}
    answer = client.post("/api/catalogue/data-sets", json=wanted).json()
    row = next(one for one in answer["data_sets"] if one["title"] == "Schuleingang")
    assert (row["rhythm_text"], row["entered"]) == ("alle 3 Jahre", True)
    assert client.post("/api/catalogue/data-sets", json=wanted | {"rhythm": 0}).status_code == 409
    assert client.post("/api/catalogue/records/remove", json={"key": "gesundheitsamt"}).status_code == 409
    client.post("/api/catalogue/records/remove", json={"key": row["data_set_id"]})
    answer = client.post("/api/catalogue/records/remove", json={"key": "gesundheitsamt"}).json()
    assert [one["source_id"] for one in answer["sources"]] == ["jugendamt"]


def test_the_workbook_of_records_comes_back_with_a_list_of_what_it_changes(client, tmp_path):
    file = tmp_path / "records.xlsx"
    file.write_bytes(client.get("/api/catalogue/records/workbook").content)
    unchanged = client.post("/api/catalogue/records/compare", files={"file": ("r.xlsx", file.read_bytes())}).json()
    assert unchanged == {"changes": []}
    book = openpyxl.load_workbook(file)
    book["Quellen"]["B2"] = "Leitung"
    book["Datensätze"].delete_rows(3)
    book.save(file)
    body = {"file": ("r.xlsx", file.read_bytes())}
    changes = client.post("/api/catalogue/records/compare", files=body).json()["changes"]
    assert [(one["kind"], one["title"]) for one in changes] == [
        ("changed", "Jugendamt Musterdorf"),
        ("gone", "Offene Angebote"),
    ]
    assert "„Jugendhilfeplanung“ jetzt „Leitung“" in changes[0]["what"]
    assert len(client.get("/api/catalogue").json()["data_sets"]) == 2
    after = client.post("/api/catalogue/records/apply", files=body).json()["catalogue"]
    assert [one["data_set_id"] for one in after["data_sets"]] == ["betreuung"]
    assert after["sources"][0]["contact"] == "Leitung"


def test_new_rows_of_the_workbook_need_no_key_and_name_office_and_rule_by_title(client, tmp_path):
    file = tmp_path / "records.xlsx"
    file.write_bytes(client.get("/api/catalogue/records/workbook").content)
    book = openpyxl.load_workbook(file)
    titles = client.get("/api/catalogue").json()["choices"]["recipe"]
    assert book["Datensätze"]["I2"].value == titles["youth_office"]
    book["Quellen"]["A3"] = "Sozialamt"
    row = ["Wohngeld", "Jugendamt Musterdorf", "Wohnen", "Sozialräume", "12", "", "", "Planung",
           titles["social_office"], "Haushalte"]  # fmt: skip
    for column, text in enumerate(row, 1):
        book["Datensätze"].cell(4, column).value = text
    book.save(file)
    after = client.post("/api/catalogue/records/apply", files={"file": ("r.xlsx", file.read_bytes())}).json()
    assert [one["source_id"] for one in after["catalogue"]["sources"]] == ["jugendamt", "sozialamt"]
    made = next(one for one in after["catalogue"]["data_sets"] if one["title"] == "Wohngeld")
    assert (made["data_set_id"], made["source_id"], made["recipe"]) == ("wohngeld", "jugendamt", "social_office")


def test_a_workbook_with_faults_is_refused_with_its_rows_and_changes_nothing(client, tmp_path):
    file = tmp_path / "records.xlsx"
    file.write_bytes(client.get("/api/catalogue/records/workbook").content)
    book = openpyxl.load_workbook(file)
    book["Datensätze"]["D2"] = "Mars"
    book["Datensätze"]["B3"] = "niemand"
    book.save(file)
    refused = client.post("/api/catalogue/records/apply", files={"file": ("r.xlsx", file.read_bytes())})
    assert refused.status_code == 422
    sentences = " ".join(finding["sentence"] for finding in refused.json()["findings"])
    assert "Zeile 2" in sentences
    assert "„Mars“" in sentences
    assert "„niemand“" in sentences
    assert len(client.get("/api/catalogue").json()["data_sets"]) == 2


def test_rhythm_and_sender_are_set(client):
    answer = client.post(
        "/api/gaps/rhythm", json={"years": 2, "first": 2024, "reference": "12-31", "due": "05-31"}
    ).json()
    assert "Alle 2 Jahre" in answer["rhythm"]["sentence"]
    wrong = {"years": 7, "first": 2024, "reference": "12-31", "due": "05-31"}
    assert client.post("/api/gaps/rhythm", json=wrong).status_code == 409
    assert client.post("/api/gaps/sender", json={"lines": ["Kreis", "Amt 58"]}).json() == {
        "sender": ["Kreis", "Amt 58"]
    }
    assert client.post("/api/gaps/sender", json={"lines": ["a\nb"]}).status_code == 409
    assert client.post("/api/gaps/sender", json={"lines": []}).json()["sender"][0] == "Musterkreis"
