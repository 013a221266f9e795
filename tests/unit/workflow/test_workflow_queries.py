"""Queries: what is asked, what the three files hold, how answers come back and what closes a query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

from received_files import kita_places
from request_village import CARE, YOUTH, asking_project, filled
from sozialraum import workflow
from sozialraum.base import Finding, InputRefused, UsageError
from sozialraum.project import Project
from sozialraum.workflow import asking, query_files, query_records, receiving
from sozialraum.workflow.questions import question_row, view


class Waiting:
    """Stands in for the files under review: one of them, and every decision that was made on it."""

    def __init__(self) -> None:
        self.review = kita_places()
        self.decided: list[tuple[str, ...]] = []

    def decide(self, project: Project, review_id: str, *decision: str) -> None:
        if decision[0] not in {one.id for one in self.review.findings}:
            raise UsageError("unknown")
        self.decided.append(decision)


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Waiting:
    found = Waiting()
    monkeypatch.setattr(receiving, "review", lambda project, review_id: found.review)
    monkeypatch.setattr(workflow, "decide", found.decide)
    return found


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with asking_project(tmp_path / "p") as made:
        yield made


def table_of(project: Project, query: query_records.Query, folder: Path) -> Path:
    file = folder / "rueckfrage.xlsx"
    file.write_bytes(query_files.table_file(project, query))
    return file


def test_heads_are_asked_about_in_the_words_of_the_table():
    head = "Kinder unter 6 | in Kitas betreut"
    missing = Finding(
        "Im Kopf der Tabelle fehlt: „Kinder unter 6 | betreut“", row=5, code="missing_column", cell="D5", found=head,
        offer="care",
    )  # fmt: skip
    row = question_row("f1", missing, None)
    assert row.question == (
        "Im Kopf der Tabelle fehlt: „Kinder unter 6, betreut“. Vermutet: „Kinder unter 6, in Kitas betreut“. "
        "Heißt die Spalte jetzt anders, oder fehlt sie?"
    )
    assert (row.column, row.view) == ("D", "Kinder unter 6, in Kitas betreut")
    jump = replace(
        missing, what="„Kinder unter 6 | betreut“ hat sich verdoppelt.", code="jump", found="4 | 5", column=head
    )
    row = question_row("f2", jump, None)
    assert (row.column, row.view) == ("Kinder unter 6, in Kitas betreut", "4 | 5")


def test_a_draft_is_not_kept_and_says_what_will_be_asked(project, waiting):
    draft = asking.draft_query(project, "r1", ["f1"], due="2027-11-29")
    assert project.queries() == []
    (one,) = draft.questions
    assert (one.asked.row, one.asked.column, one.asked.view) == (12, "genehmigt", "820, als Summe")
    assert one.asked.question.endswith("832. Welche Zahl gilt?")
    text = query_files.letter_preview(project, draft)
    assert "bis zum 29.11.2027 in die beigefügte Tabelle ein (1 Zeile)" in text
    assert "Kita_Plaetze_2027.xlsx" in text


def test_the_addressee_is_the_holder_of_the_data_set_else_the_source_of_the_recipe(project, waiting):
    assert asking.draft_query(project, "r1", ["f1"]).to == (YOUTH.holder, YOUTH.contact)
    project.save_catalogue_records(without=[CARE.data_set_id])
    assert asking.draft_query(project, "r1", ["f1"]).to == ("Jugendämter",)
    assert asking.draft_query(project, "r1", ["f1"], to=["Amt für Kinder", " "]).to == ("Amt für Kinder",)


def test_the_table_holds_just_these_rows_with_key_name_and_how_they_were_read(project, waiting, tmp_path):
    query = asking.ask(project, "r1", ["f2", "f3"], due="2027-11-29")
    sheet = openpyxl.load_workbook(table_of(project, query, tmp_path)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_row=7)]
    assert rows[0][:7] == ["1", "Tabelle 1", "7", "5399012-03b", "Bahnhof-Ost", "Gebiet", "5399012-03b, als Schlüssel"]
    assert rows[1][:7] == ["2", "Tabelle 1", "11", "ohne Angabe", "", "in Betreuung", "*, als fehlend oder verborgen"]
    assert rows[1][8] is None


def test_letter_table_and_reminder_are_written_together_and_the_same_each_time(project, waiting, tmp_path):
    query = asking.ask(project, "r1", ["f1"], due="2027-11-29", words="Herr des Verfahrens sind Sie.")
    files = query_files.write_query(project, query.query_id, tmp_path / "out")
    assert [file.name for file in files] == ["rueckfrage-R1.docx", "rueckfrage-R1.xlsx", "rueckfrage-R1.ics"]
    document = docx.Document(files[0])
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for words in (
        "Jugendamt Musterdorf",
        "Zeichen:\tR1",
        "Antwort bis:\t29.11.2027",
        "Herr des Verfahrens sind Sie.",
        "Mit freundlichen Grüßen",
    ):
        assert words in text
    assert [cell.text for cell in document.tables[0].rows[1].cells][1] == "12"
    assert "DTSTART;VALUE=DATE:20271129" in files[2].read_text()
    before = [file.read_bytes() for file in files]
    assert [file.read_bytes() for file in query_files.write_query(project, "R1", tmp_path / "again")] == before
    assert query_records.query_of(project, "R1") == query


def test_answers_close_the_findings_they_are_about(project, waiting, tmp_path):
    query = asking.ask(project, "r1", ["f1", "f3"], role="Planung")
    assert asking.asked_findings(project, "r1") == {"f1": "R1", "f3": "R1"}
    file = filled(table_of(project, query, tmp_path), {"I6": "832 gilt,\nTippfehler"})
    half = asking.read_answers(project, file)
    assert (half.state, [one.answer for one in half.questions]) == ("open", ["832 gilt,\nTippfehler", ""])
    assert [finding.row for finding in half.left] == [7]
    assert waiting.decided == [("f1", "answered", "832 gilt, Tippfehler", "Planung")]
    assert asking.asked_findings(project, "r1") == {"f3": "R1"}
    whole = asking.read_answers(project, filled(file, {"I7": "weniger als 3"}))
    assert (whole.state, whole.left) == ("answered", ())
    assert [decision[0] for decision in waiting.decided] == ["f1", "f3"]


def test_the_same_answers_twice_change_nothing(project, waiting, tmp_path):
    query = asking.ask(project, "r1", ["f1"])
    file = filled(table_of(project, query, tmp_path), {"I6": "832"})
    first = asking.read_answers(project, file)
    events = len(project.events())
    assert asking.read_answers(project, file) == first
    assert len(project.events()) == events
    assert len(waiting.decided) == 1


def test_answers_count_when_the_file_is_no_longer_under_review(project, waiting, tmp_path):
    query = asking.ask(project, "r1", ["f1"])
    waiting.review = replace(waiting.review, findings=())
    assert asking.read_answers(project, filled(table_of(project, query, tmp_path), {"I6": "832"})).state == "answered"
    assert waiting.decided == []


def test_tables_of_other_projects_and_other_files_are_refused(project, waiting, tmp_path):
    with asking_project(tmp_path / "other") as other:
        foreign = table_of(other, asking.ask(other, "r1", ["f1"]), tmp_path)
    with pytest.raises(InputRefused, match="anderen Projekt"):
        asking.read_answers(project, foreign)
    plain = tmp_path / "plain.xlsx"
    openpyxl.Workbook().save(plain)
    with pytest.raises(InputRefused, match="keine Tabelle einer Rückfrage"):
        asking.read_answers(project, plain)


def test_a_corrected_file_closes_what_it_settles_and_nothing_else(project, waiting):
    asking.ask(project, "r1", ["f1", "f3"])
    assert asking.close_answered(project, "r1", remaining=["f3"]) == []
    query = query_records.query_of(project, "R1")
    assert ([one.closed for one in query.questions], query.state) == (["corrected", ""], "open")
    assert asking.close_answered(project, "r1") == ["R1"]
    assert query_records.query_of(project, "R1").state == "closed"
    assert asking.close_answered(project, "r1") == []


def test_the_review_of_the_corrected_file_tells_which_one_it_settles(project, waiting):
    asking.ask(project, "r1", ["f1", "f2"])
    waiting.review = replace(waiting.review, review_id="r2", answers_to="r1", findings=waiting.review.findings[1:])
    assert asking.close_answered(project, "r2") == ["R1"]  # warnings of the new file are questions of their own


def test_a_query_is_closed_by_hand_with_a_reason_and_takes_no_answers_then(project, waiting, tmp_path):
    query = asking.ask(project, "r1", ["f1"])
    with pytest.raises(UsageError, match="warum"):
        asking.close_query(project, "R1", " ")
    assert asking.close_query(project, "R1", "telefonisch geklärt").questions[0].closed == "telefonisch geklärt"
    with pytest.raises(InputRefused, match="abgeschlossen"):
        asking.read_answers(project, filled(table_of(project, query, tmp_path), {"I6": "832"}))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"findings": []}, "mindestens einen Befund"),
        ({"findings": ["f9"]}, "nicht mehr"),
        ({"due": "bald"}, "kein Datum"),
        ({"to": ["a\nb"]}, "mehr als eine Zeile"),
        ({"words": "x" * 2_001}, "2.000"),
        ({"words": "a\x00"}, "Steuerzeichen"),
    ],
)
def test_wrong_wishes_are_refused_and_nothing_is_kept(project, waiting, arguments, words):
    with pytest.raises(UsageError, match=words):
        asking.ask(project, "r1", **{"findings": ["f1"]} | arguments)
    assert project.queries() == []


def test_a_finding_is_asked_about_once_at_a_time(project, waiting):
    asking.ask(project, "r1", ["f1"])
    with pytest.raises(UsageError, match="R1"):
        asking.ask(project, "r1", ["f1", "f2"])
    asking.close_query(project, "R1", "erledigt")
    assert asking.ask(project, "r1", ["f1"]).query_id == "R2"


def test_a_finding_without_a_place_is_asked_about_without_one(project, waiting):
    general = replace(waiting.review.findings[0].finding, row=None, cell="", column="", code="", found="", offer="")
    waiting.review = replace(
        waiting.review, findings=(replace(waiting.review.findings[0], finding=general),), preview=None
    )
    (one,) = asking.draft_query(project, "r1", ["f1"]).questions
    assert (one.asked.row, one.asked.key, one.asked.view) == (None, "", "")
    assert one.asked.question.endswith("Bitte prüfen Sie diese Angabe.")


@pytest.mark.parametrize(
    ("text", "role", "words"),
    [("7", "value", "7, als Wert"), ("", "value", "leeres Feld"), ("", "text", ""), ("x", "unread", "x")],
)
def test_how_a_cell_was_read_is_said_in_words(text, role, words):
    assert view(text, role) == words
