"""A file that seems to correct another one: the planner says which it corrects, or that it is a delivery of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import village
from receiving_village import Office, project_in
from sozialraum import workflow
from sozialraum.base import UsageError
from sozialraum.project import Project
from sozialraum.workflow.corrected import correctable


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path / "p") as opened:
        yield opened


def office(project: Project, folder: Path, name: str, total_off: int = 0, year: int = 2025) -> workflow.Review:
    number = 300 + len(project.review_rows())  # no two files are the same
    return workflow.receive(project, Office(year, (number, 95), total_off=total_off).write(folder / name))


def unknown(project: Project, folder: Path, name: str, head: str, total: int) -> workflow.Review:
    """A table that no recipe reads, under the same title as others of the office."""
    rows = [f"{village.AGS}-01;30", f"{village.AGS}-02;12", f"Summe;{total}"]
    lines = ["Sonderauswertung Jugendamt;", "Stand 31.12.2025;", ";", f"Gebiet;{head}", *rows]
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return workflow.receive(project, path)


def test_another_waiting_file_can_be_chosen_and_ends_with_it(project: Project, tmp_path: Path) -> None:
    first = office(project, tmp_path, "eins.xlsx", total_off=3)
    second = office(project, tmp_path, "zwei.xlsx", total_off=5)
    third = office(project, tmp_path, "drei.xlsx")
    assert third.answers_file == "zwei.xlsx"
    assert [name for _key, name in correctable(project, third)] == ["zwei.xlsx", "eins.xlsx"]
    said = workflow.say_corrects(project, third.review_id, first.review_id)
    assert (said.answers_to, said.answers_file, said.state) == (first.review_id, "eins.xlsx", "ready")
    workflow.take_over(project, third.review_id)
    assert [row.review_id for row in project.review_rows()] == [second.review_id]
    (made,) = project.deliveries().iloc[-1]["decisions"]
    assert made["what"] == "Berichtigt „eins.xlsx“."


def test_a_file_of_another_date_can_be_the_one_that_is_corrected(project: Project, tmp_path: Path) -> None:
    wrong_day = office(project, tmp_path, "falscher_stichtag.xlsx", total_off=3, year=2024)
    now = office(project, tmp_path, "berichtigt.xlsx")
    assert now.answers_to == ""
    assert workflow.say_corrects(project, now.review_id, wrong_day.review_id).answers_to == wrong_day.review_id


def test_two_tables_of_one_office_with_other_figures_are_deliveries_of_their_own(
    project: Project, tmp_path: Path
) -> None:
    first = unknown(project, tmp_path, "betreuung.csv", "Kinder in Tagespflege", 45)
    second = unknown(project, tmp_path, "hilfen.csv", "Kinder mit Förderplan", 42)
    assert (first.state, second.answers_file) == ("findings", "betreuung.csv")
    said = workflow.say_corrects(project, second.review_id, "")
    assert (said.answers_to, said.state) == ("", "ready")
    workflow.take_over(project, second.review_id)
    assert [row.review_id for row in project.review_rows()] == [first.review_id]
    assert workflow.review(project, first.review_id).state == "findings"
    (made,) = project.deliveries().iloc[-1]["decisions"]
    assert made["what"] == "Eigene Lieferung, keine Berichtigung von „betreuung.csv“."


@pytest.mark.parametrize("known", [True, False])
def test_what_holds_the_same_figures_is_no_delivery_of_its_own(project: Project, tmp_path: Path, known: bool) -> None:
    if known:
        office(project, tmp_path, "erste", total_off=3)
        second = office(project, tmp_path, "zweite")
    else:
        unknown(project, tmp_path, "erste", "Kinder in Tagespflege", 45)
        second = unknown(project, tmp_path, "zweite", "Kinder in Tagespflege", 42)
    before = project.review_row(second.review_id)
    assert second.answers_file == "erste"
    with pytest.raises(UsageError, match="„erste“ enthält dieselben Gemeinden und Stichtage"):
        workflow.say_corrects(project, second.review_id, "")
    assert project.review_row(second.review_id) == before


def test_a_file_that_does_not_wait_cannot_be_corrected(project: Project, tmp_path: Path) -> None:
    first = office(project, tmp_path, "eins.xlsx", total_off=3)
    second = office(project, tmp_path, "zwei.xlsx")
    workflow.put_back(project, first.review_id)
    for other in (first.review_id, second.review_id, "unbekannt"):
        with pytest.raises(UsageError, match="wartet nicht mehr"):
            workflow.say_corrects(project, second.review_id, other)


def test_several_files_are_put_back_together_or_none(project: Project, tmp_path: Path) -> None:
    keys = [office(project, tmp_path, f"{number}.xlsx").review_id for number in range(3)]
    with pytest.raises(UsageError, match="gibt es nicht"):
        workflow.put_back_all(project, [*keys, "unbekannt"])
    assert [row.review_id for row in project.review_rows()] == keys
    workflow.put_back_all(project, [keys[0], keys[2], keys[0]])
    assert [row.review_id for row in project.review_rows()] == [keys[1]]


def test_a_file_that_was_chosen_and_put_back_is_corrected_no_more(project: Project, tmp_path: Path) -> None:
    first = office(project, tmp_path, "eins.xlsx", total_off=3)
    second = office(project, tmp_path, "zwei.xlsx")
    workflow.say_corrects(project, second.review_id, first.review_id)
    workflow.put_back(project, first.review_id)
    assert workflow.review(project, second.review_id).answers_to == ""
