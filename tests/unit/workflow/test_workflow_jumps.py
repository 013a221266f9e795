"""What changed too much since the delivery before waits for a decision and says which area it is."""

from dataclasses import replace

import pytest

from receiving_village import Office, project_in, taken
from sozialraum import workflow
from sozialraum.project import Project
from sozialraum.web.deliveries_answers import decision_json, headline


@pytest.fixture
def project(tmp_path):
    with project_in(tmp_path / "p") as opened:
        taken(opened, Office(2024, (300, 100)).write(tmp_path / "vorjahr.xlsx"))
        yield opened


def warnings(review):
    return [one.finding for one in review.findings if one.finding.severity == "warning"]


def test_a_jump_of_one_area_is_named_and_waits(project, tmp_path):
    found = workflow.receive(project, Office(2025, (300, 30)).write(tmp_path / "a.xlsx"))
    (jump,) = warnings(found)
    assert (found.state, jump.code, jump.cell, jump.row) == ("findings", "jump", "D7", 7)
    assert "Gebiet 2 30, vorher 100" in jump.what
    assert "in Tageseinrichtungen" in jump.what
    assert "care_03_06" not in jump.what + "".join(one.text() for one in found.differences)
    seen = workflow.decide(project, found.review_id, found.findings[0].id, "accepted", "Kita geschlossen", "Planung")
    assert seen.state == "ready"


def test_a_jump_of_all_names_the_sum_and_the_areas(project, tmp_path):
    found = workflow.receive(project, Office(2025, (100, 34)).write(tmp_path / "a.xlsx"))
    (jump,) = warnings(found)
    assert "Summe 134, vorher 400; Gebiet 1 100, vorher 300; Gebiet 2 34, vorher 100." in jump.what
    assert (jump.cell, headline(jump)) == ("", "Sprung zum Vorjahr")


def test_what_was_accepted_holds_for_this_jump_only(project, tmp_path):
    found = workflow.receive(project, Office(2025, (300, 30)).write(tmp_path / "a.xlsx"))
    other = workflow.receive(project, Office(2025, (300, 31)).write(tmp_path / "b.xlsx"))
    assert found.findings[0].id != other.findings[0].id


@pytest.mark.parametrize("care", [(290, 95), (240, 119)])
def test_everyday_changes_wait_for_nobody(project, tmp_path, care):
    assert workflow.receive(project, Office(2025, care).write(tmp_path / "a.xlsx")).state == "ready"


@pytest.mark.parametrize(
    ("footer", "waits"),
    [("Ab 2025 einschließlich Kindertagespflege, mit den Vorjahren nicht vergleichbar", True),
     ("1) ohne Kinder in Tagespflege", False)],
)  # fmt: skip
def test_only_notes_on_the_method_wait(project, tmp_path, footer, waits):
    found = workflow.receive(project, Office(2025, footer=footer).write(tmp_path / "a.xlsx"))
    assert [one.code for one in warnings(found)] == (["note"] if waits else [])
    if waits:
        assert headline(warnings(found)[0]) == "Anmerkung zur Methode"


def test_the_command_says_and_records_a_jump(project, tmp_path):
    said = workflow.deliver(project, Office(2025, (300, 30)).write(tmp_path / "a.xlsx"))
    assert any("Gebiet 2 30, vorher 100" in line for line in said)
    (made,) = project.deliveries().iloc[-1]["decisions"]
    shown = decision_json(made)
    assert "Gebiet 2 30, vorher 100" in shown["sentence"]
    assert shown["reason"] == "Ohne Rückfrage übernommen"
    assert Project.check(project.folder) == []


def test_a_jump_stands_among_the_findings_of_the_delivery_whichever_way_it_came(project, tmp_path):
    file = Office(2025, (300, 30)).write(tmp_path / "a.xlsx")
    workflow.deliver(project, file)
    by_command = project.deliveries().iloc[-1]
    workflow.withdraw(project, by_command["delivery_id"], "falsche Datei", "Planung")
    taken(project, file)
    for delivery in (by_command, project.deliveries().iloc[-1]):
        (jump,) = [one for one in delivery["findings"] if one.severity == "warning"]
        assert (jump.code, jump.cell) == ("jump", "D7")
        assert any("Gebiet 2 30, vorher 100" in sentence for sentence in delivery["sentences"])


def test_the_same_date_again_is_compared_with_the_year_before(project, tmp_path):
    taken(project, replace(Office(2025), care=(300, 30)).write(tmp_path / "a.xlsx"))
    again = workflow.receive(project, Office(2025, (300, 101)).write(tmp_path / "b.xlsx"))
    assert warnings(again) == []


# Which file corrects which


def test_two_files_that_can_both_be_taken_over_do_not_correct_each_other(project, tmp_path):
    first = workflow.receive(project, Office(2025, (300, 95)).write(tmp_path / "eins.xlsx"))
    second = workflow.receive(project, Office(2025, (301, 95)).write(tmp_path / "zwei.xlsx"))
    assert (first.state, second.state, second.answers_to, second.answers_file) == ("ready", "ready", "", "")
    workflow.take_over(project, second.review_id)
    assert workflow.review(project, first.review_id).state == "ready"


def test_a_file_corrects_one_that_was_refused(project, tmp_path):
    first = workflow.receive(project, Office(2025, (300, 95), total_off=3).write(tmp_path / "eins.xlsx"))
    second = workflow.receive(project, Office(2025, (300, 95)).write(tmp_path / "zwei.xlsx"))
    assert (second.answers_to, second.answers_file) == (first.review_id, "eins.xlsx")
    other_year = workflow.receive(project, Office(2023, (300, 95)).write(tmp_path / "anderes.xlsx"))
    assert other_year.answers_to == ""
