"""The youth office's file of Monday: its total is 12 too low; the office is asked, answers, and sends a new file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from receiving_village import Office, project_in
from request_village import filled
from sozialraum import workflow
from sozialraum.base import UsageError, in_language
from sozialraum.deliveries.catalogue_records import DataSet, Source
from sozialraum.deliveries.held_files import held_file
from sozialraum.project import Project
from sozialraum.workflow import asking, gaps, query_files, query_records
from village import AGS

TODAY = "2026-11-30"
MONDAY = Office(total_off=12)
UNEXPLAINED = Office(first_key=f"{AGS}-01".removeprefix("0"))


@pytest.fixture(autouse=True)
def _early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the due dates of the tests."""
    for module in ("requesting", "asking"):
        monkeypatch.setattr(f"sozialraum.workflow.{module}.now", lambda: "2026-01-05T08:00:00.000000+00:00")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path / "p") as made:
        made.save_catalogue_records(
            [Source("jugendamt", "Jugendamt Musterstadt", "Fachplanung")],
            [DataSet("kita", "jugendamt", "Kita-Plätze", "Kinder", recipe="youth_office")],
        )
        gaps.expect(made, "kita", [AGS], ["2025"], due="2026-06-30", owner="Planung")
        yield made


def state(project: Project) -> str:
    cell = gaps.gap_matrix(project, TODAY).cell("kita", AGS, "2025")
    assert cell is not None
    return cell.state


def received(project: Project, office: Office, folder: Path, name: str = "kita_2025.xlsx") -> workflow.Review:
    folder.mkdir(exist_ok=True)
    return workflow.receive(project, office.write(folder / name))


def asked(project: Project, office: Office, folder: Path, code: str) -> tuple[query_records.Query, Path]:
    """Receive a file, ask about its finding of this kind; gives the query and the table that is sent."""
    review = received(project, office, folder)
    (finding,) = [one for one in review.findings if one.finding.code == code]
    query = asking.ask(project, review.review_id, [finding.id], due="2026-12-14")
    file = folder / "rueckfrage.xlsx"
    file.write_bytes(query_files.table_file(project, query))
    return query, file


def test_from_the_wrong_total_to_the_corrected_file_and_from_late_to_there(project, tmp_path):
    query, _file = asked(project, MONDAY, tmp_path, "sum")
    assert state(project) == "late"
    (question,) = query.questions
    assert question.asked.row == 8
    assert question.asked.view == "388, als Summe"
    assert "Welche Zahl gilt?" in question.asked.question
    assert query.to == ("Jugendamt Musterstadt", "Fachplanung")
    assert [one.asked for one in workflow.review(project, query.review_id).findings if one.asked] == ["R1"]

    again = received(project, replace(MONDAY, total_off=0), tmp_path, "kita_2025_neu.xlsx")
    assert again.answers_to == query.review_id
    workflow.take_over(project, again.review_id)
    assert state(project) == "there"
    closed = query_records.query_of(project, "R1")
    assert (closed.state, closed.questions[0].closed) == ("closed", "corrected")


def test_an_answer_settles_a_warning_and_the_file_can_be_taken_over(project, tmp_path):
    query, file = asked(project, UNEXPLAINED, tmp_path, "lost_zeros")
    before = workflow.review(project, query.review_id)
    assert before.state == "findings"
    filled(file, {"I6": "ja, gemeint ist 05999004-01"})
    back = workflow.receive(project, file)  # dropped among the deliveries
    assert back.review_id == query.review_id
    (settled,) = [one for one in back.findings if one.finding.code == "lost_zeros"]
    assert (settled.decision, settled.reason) == ("answered", "ja, gemeint ist 05999004-01")
    assert back.state == "ready"
    workflow.take_over(project, query.review_id)
    assert state(project) == "there"
    assert query_records.query_of(project, "R1").state == "answered"


def test_an_answer_that_is_only_in_memory_is_read_as_well(project, tmp_path):
    query, file = asked(project, UNEXPLAINED, tmp_path, "lost_zeros")
    filled(file, {"I6": "ja, gemeint ist 05999004-01"})
    back = workflow.receive(project, held_file(file.name, file.read_bytes()))  # as the pages hand it over
    assert (back.review_id, back.state) == (query.review_id, "ready")


def test_an_answer_in_another_language_settles_it_as_well(project, tmp_path):
    query, file = asked(project, UNEXPLAINED, tmp_path, "lost_zeros")
    with in_language("en"):
        asking.read_answers(project, filled(file, {"I6": "ja"}))
    assert [one.decision for one in workflow.review(project, query.review_id).findings
            if one.finding.code == "lost_zeros"] == ["answered"]  # fmt: skip


def test_an_answer_does_not_make_an_error_right(project, tmp_path):
    query, file = asked(project, MONDAY, tmp_path, "sum")
    asking.read_answers(project, filled(file, {"I6": "400 ist richtig"}))
    assert query_records.query_of(project, "R1").questions[0].answer == "400 ist richtig"
    assert workflow.review(project, query.review_id).state == "findings"
    assert state(project) == "late"


def test_a_total_the_office_answered_for_can_be_left_out_with_the_answer_as_reason(project, tmp_path):
    query, file = asked(project, MONDAY, tmp_path, "sum")
    (total,) = [one for one in workflow.review(project, query.review_id).findings if one.finding.code == "sum"]
    with pytest.raises(UsageError, match="lässt sich nicht anerkennen"):
        workflow.decide(project, query.review_id, total.id, "accepted")
    asking.read_answers(project, filled(file, {"I6": "400 ist richtig"}))
    seen = workflow.decide(project, query.review_id, total.id, "accepted")
    assert seen.state == "ready"
    key = workflow.take_over(project, query.review_id).delivery_id
    values = project.observations()
    own = values[(values["delivery_id"] == key) & (values["feature"] == "care_03_06")]
    assert own["geography"].str.startswith("plan:").all()  # the wrong total counts nowhere
    assert own["low"].sum() == 400
    made = project.deliveries().set_index("delivery_id").at[key, "decisions"]
    assert ("accepted", "400 ist richtig") in [(one["decision"], one["reason"]) for one in made]


def test_the_letter_and_its_table_hold_no_more_than_the_asked_rows(project, tmp_path):
    _query, file = asked(project, MONDAY, tmp_path, "sum")
    sheet = openpyxl.load_workbook(file).worksheets[0]
    assert sheet.max_row == 6
    assert [sheet.cell(6, column).value for column in (2, 3, 6)] == [
        "Tabelle 1",
        "8",
        "Kinder von 3 bis unter 6 Jahren, in Tageseinrichtungen",
    ]
