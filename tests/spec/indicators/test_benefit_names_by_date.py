"""A benefit is called in report, indicator page and trace as it was called when its values were counted.

The names below are invented. A planner enters them in the workbook of the page "Namen von Leistungen":

| Leistung                                   | Name     | gilt ab    | gilt bis   |
|--------------------------------------------|----------|------------|------------|
| Grundsicherung für Arbeitsuchende (SGB II) | Urgeld   |            |            |
| Grundsicherung für Arbeitsuchende (SGB II) | Altgeld  | 01.01.2020 |            |
| Grundsicherung für Arbeitsuchende (SGB II) | Neugeld  | 01.07.2025 | 31.12.2027 |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

import invented_report
from sozialraum.indicators.benefit_names import naming_on
from sozialraum.project import Project
from sozialraum.publish.model import prepare
from sozialraum.web.views import definition
from sozialraum.workflow.benefit_round_trip import apply_names, names_workbook
from sozialraum.workflow.catalogue import counting_as
from sozialraum.workflow.words import benefit_changes

SGB2 = "Grundsicherung für Arbeitsuchende (SGB II)"
NAMES = (
    (SGB2, "Urgeld", None, None, None, "sgb2"),
    (SGB2, "Altgeld", None, "01.01.2020", None, "sgb2"),
    (SGB2, "Neugeld", None, "01.07.2025", "31.12.2027", "sgb2"),
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p", name="Musterkreis") as made:
        file = tmp_path / "namen.xlsx"
        file.write_bytes(names_workbook(made))
        book = openpyxl.load_workbook(file)
        for row, names in enumerate(NAMES, 2):
            for column, text in enumerate(names, 1):
                book["Leistungen"].cell(row, column).value = text
        book.save(file)
        apply_names(made, file)
        yield made


@pytest.mark.parametrize(
    ("date", "name"),
    [
        ("2019-12-31", "Urgeld"),
        ("2020-01-01", "Altgeld"),
        ("2025-06-30", "Altgeld"),
        ("2025-07-01", "Neugeld"),
        ("2027-12-31", "Neugeld"),
        ("2027", "Neugeld"),
        ("2028-12-31", "Neugeld (bis 31.12.2027)"),
    ],
)
def test_an_indicator_is_described_with_the_name_of_its_date(project, date, name):
    with counting_as(project) as used:
        share = next(one for one in used.definitions if one.id == "benefit_share")
        with naming_on(date):
            assert f"(SGB II: {name})" in share.measured
    # outside the project the names of the package hold
    with naming_on("2024-12-31"):
        assert "Bürgergeld" in share.measured


def test_the_page_of_an_indicator_says_it_for_each_date_with_another_name(project):
    with counting_as(project) as used:
        share = next(one for one in used.definitions if one.id == "benefit_share")
        told = definition(share, ["2019-12-31", "2024-12-31", "2025-12-31"])
    assert "Neugeld" in told["measured"]
    assert {day: text.split("SGB II: ")[1].split(")")[0] for day, text in told["measured_on"].items()} == {
        "2019-12-31": "Urgeld",
        "2024-12-31": "Altgeld",
    }


@pytest.mark.parametrize(("edition", "name"), [("2024-12-31", "Altgeld"), ("2025-12-31", "Neugeld")])
def test_the_report_prints_the_name_of_its_edition(project, edition, name):
    content = invented_report.small()
    values = content.indicator_values
    moved = values.assign(period=values["period"].replace(content.edition, edition))
    with counting_as(project):
        report = prepare(replace(content, edition=edition, editions=(edition,), indicator_values=moved))
    told = {page.key: repr(page) for page in report.pages if "(SGB II: " in repr(page)}
    assert {"indikator-child_benefit_share", "indikator-benefit_share", "wie-gerechnet"} <= set(told)
    for text in told.values():
        assert set(re.findall(r"\(SGB II: (\w+)\)", text)) == {name}


def test_the_report_says_once_what_was_renamed_between_its_editions(project, monkeypatch):
    monkeypatch.setattr(type(project), "record", lambda _self, _name: {"editions": ["2019-12-31", "2025-12-31"]})
    with counting_as(project):
        assert benefit_changes(project) == [
            "Bis 31.12.2019: Urgeld; ab 01.01.2020: Altgeld.",
            "Bis 30.06.2025: Altgeld; ab 01.07.2025: Neugeld.",
        ]
    monkeypatch.setattr(type(project), "record", lambda _self, _name: {"editions": ["2025-12-31", "2028-12-31"]})
    with counting_as(project):
        assert benefit_changes(project) == ["Bis 31.12.2027: Neugeld."]
