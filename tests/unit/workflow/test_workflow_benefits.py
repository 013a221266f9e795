"""Names of benefits in a project: entered, changed, ended, taken away; as a workbook with its list of changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from sozialraum.base import InputRefused, UsageError, in_language
from sozialraum.project import Project
from sozialraum.workflow.benefit_round_trip import apply_names, names_workbook, read_names
from sozialraum.workflow.benefit_rows import NameRow, last_days, validity
from sozialraum.workflow.benefits import benefit_names, remove_name, save_name, used_in

SGB2 = "Grundsicherung für Arbeitsuchende (SGB II)"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p", name="Musterkreis") as made:
        yield made


def validities(project: Project) -> list[tuple[str, str]]:
    rows = benefit_names(project)
    ends = last_days(rows)
    return [(row.de, validity(row, ends[row])) for row in rows]


def workbook(project: Project, file: Path, cells: dict[str, object]) -> Path:
    file.write_bytes(names_workbook(project))
    book = openpyxl.load_workbook(file)
    for cell, value in cells.items():
        book["Leistungen"][cell] = value
    book.save(file)
    return file


def test_a_new_name_ends_the_one_before_it(project):
    save_name(project, NameRow("sgb2", "", "Neue Grundsicherung", "new basic income", "2030-07-01"))
    assert validities(project) == [
        ("Arbeitslosengeld II und Sozialgeld", "bis 31.12.2022"),
        ("Bürgergeld", "01.01.2023 bis 30.06.2030"),
        ("Neue Grundsicherung", "ab 01.07.2030"),
    ]
    assert "Namen von Leistungen geändert" in set(project.events()["what"])


def test_a_name_is_changed_and_ended_where_it_stands(project):
    save_name(project, NameRow("sgb2", SGB2, "Bürgergeld", "", "2023-01-01", "2029-12-31"), before="2023-01-01")
    assert validities(project)[-1] == ("Bürgergeld", "01.01.2023 bis 31.12.2029")
    assert len(benefit_names(project)) == 2


def test_a_benefit_of_ones_own_gets_a_key_and_keeps_its_title(project):
    save_name(project, NameRow("", "Wohngeld", "Wohngeld"))
    save_name(project, NameRow("", "Wohngeld", "Wohngeld Plus", "", "2023-01-01"))
    own = [row for row in benefit_names(project) if row.title == "Wohngeld"]
    assert [(row.code, row.since) for row in own] == [("wohngeld", ""), ("wohngeld", "2023-01-01")]
    assert "wohngeld" not in used_in(project)
    save_name(project, NameRow("wohngeld", "Wohngeld nach dem WoGG", "Wohngeld Plus", "", "2023-01-01"), "2023-01-01")
    assert {row.title for row in benefit_names(project) if row.code == "wohngeld"} == {"Wohngeld nach dem WoGG"}


@pytest.mark.parametrize(
    ("row", "before", "says"),
    [
        (NameRow("sgb2", "", "", "", "2030-01-01"), None, "Der Name der Leistung fehlt."),
        (NameRow("sgb2", "", "Neu", "", "bald"), None, "gilt ab: „bald“ ist kein Datum."),
        (NameRow("sgb2", "", "Neu", "", "2023-01-01"), None, "beginnen am selben Tag"),
        (NameRow("sgb2", "", "Neu", "", "2030-02-01", "2030-01-01"), None, "Der letzte Tag liegt vor dem ersten."),
        (NameRow("sgb2", "", "Alt", "", "", "2024-01-01"), "", "„Alt“ gilt noch, wenn „Bürgergeld“ beginnt."),
        (NameRow("", "Wohngeld", "Wohngeld", "", "2030-01-01"), None, "Der erste Name hat keinen Anfang"),
        (NameRow("sgb2", "", "Neu", "", "2030-01-01"), "2029-01-01", "Diesen Namen gibt es nicht mehr."),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_changes_nothing(project, row, before, says):
    with pytest.raises(UsageError, match=says.replace(".", r"\.")):
        save_name(project, row, before)
    assert "benefit_names" not in project.settings


def test_a_name_is_taken_away_but_not_the_last_of_a_benefit_that_texts_name(project):
    remove_name(project, "sgb2", "2023-01-01")
    assert validities(project) == [("Arbeitslosengeld II und Sozialgeld", "immer")]
    assert used_in(project)["sgb2"][0]
    with pytest.raises(UsageError, match="ein Name muss bleiben"):
        remove_name(project, "sgb2", "")


def test_an_unchanged_workbook_changes_nothing_in_either_language(project, tmp_path):
    save_name(project, NameRow("sgb2", "", "Bürgergeld", "", "2023-01-01", "2029-12-31"), before="2023-01-01")
    german = workbook(project, tmp_path / "de.xlsx", {})
    with in_language("en"):
        english = workbook(project, tmp_path / "en.xlsx", {})
        assert read_names(project, german).lines == ()
    assert read_names(project, english).lines == ()
    assert names_workbook(project) == names_workbook(project)
    assert openpyxl.load_workbook(german)["Leistungen"]["F1"].value.startswith("Schlüssel")


def test_a_workbook_says_what_it_changes_before_it_holds(project, tmp_path):
    cells = {
        "B3": "Grundsicherungsgeld",
        "A4": SGB2,
        "B4": "Neu",
        "D4": "01.07.2030",
        "A5": "Wohngeld",
        "B5": "Wohngeld",
    }
    file = workbook(project, tmp_path / "n.xlsx", cells)
    changes = read_names(project, file)
    assert [(kind, title) for kind, title, _what in changes.lines] == [
        ("new", "Neu (ab 01.07.2030)"),
        ("new", "Wohngeld (immer)"),
        ("changed", "Grundsicherungsgeld (ab 01.01.2023)"),
    ]
    assert changes.lines[2][2] == "Name: „Bürgergeld“ jetzt „Grundsicherungsgeld“"
    assert "benefit_names" not in project.settings
    apply_names(project, file)
    assert validities(project)[1:3] == [("Grundsicherungsgeld", "01.01.2023 bis 30.06.2030"), ("Neu", "ab 01.07.2030")]


def test_a_workbook_with_faults_is_refused_with_all_of_them_at_their_rows(project, tmp_path):
    file = workbook(project, tmp_path / "n.xlsx", {"B2": "", "D3": "31.02.2023", "A4": SGB2, "D4": "x"})
    with pytest.raises(InputRefused) as refused:
        apply_names(project, file)
    assert [(one.row, one.what) for one in refused.value.findings] == [
        (2, "Der Name der Leistung fehlt."),
        (3, "gilt ab: „31.02.2023“ ist kein Datum."),
        (4, "Der Name der Leistung fehlt."),
        (4, "gilt ab: „x“ ist kein Datum."),
    ]
    assert "benefit_names" not in project.settings


def test_names_that_overlap_or_are_lost_are_refused(project, tmp_path):
    overlapping = workbook(project, tmp_path / "n.xlsx", {"E2": "01.01.2023"})
    with pytest.raises(InputRefused) as refused:
        read_names(project, overlapping)
    assert [(one.row, one.what.split(": ")[1]) for one in refused.value.findings] == [
        (3, "„Arbeitslosengeld II und Sozialgeld“ gilt noch, wenn „Bürgergeld“ beginnt.")
    ]
    lost = workbook(project, tmp_path / "l.xlsx", {"A2": "", "B2": "", "C2": "", "F2": ""} | dict.fromkeys(
        ("A3", "B3", "C3", "D3", "F3"), ""))  # fmt: skip
    with pytest.raises(InputRefused, match="so nicht übernommen") as refused:
        read_names(project, lost)
    assert "ein Name muss bleiben" in refused.value.findings[0].what
