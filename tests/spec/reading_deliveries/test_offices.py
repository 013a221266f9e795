"""Workbooks of health and social offices, made without a specimen."""

import deliveries_specimens as specimens
import pytest
import xlsxwriter

from sozialraum.base import InputRefused
from sozialraum.deliveries import find_recipe, read_delivery


def workbook(folder, title, *rows):
    path = folder / "amt_2025.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Daten")
        sheet.write(0, 0, title)
        for line, row in enumerate(rows, start=2):
            sheet.write_row(line, 0, row)
    return path


def read(path):
    return read_delivery(path, find_recipe(path), specimens.places())


SOCIAL = ("Sozialraum", "Grundsicherung im Alter", "Hilfe zum Lebensunterhalt", "Wohngeldhaushalte",
          "Personen mit Wohngeld")  # fmt: skip


def test_the_social_office_counts_households_and_persons(tmp_path):
    reading = read(workbook(tmp_path, "Stichtag 31.12.2025", SOCIAL, ("05999004-01", 40, 12, 20, 45),
                            ("05999004-02", 10, "*", 5, 9), ("Summe", 50, 14, 25, 54)))  # fmt: skip
    assert reading.recipe.code == "social_office"
    told = {(row.unit, row.feature): row.low for row in reading.observations.itertuples()}
    assert told[("05999004-01", "housing_benefit_households")] == 20
    assert told[("05999004", "housing_benefit_persons")] == 54  # the printed sum of the municipality


def test_more_households_than_persons_means_that_one_was_taken_for_the_other(tmp_path):
    path = workbook(tmp_path, "Stichtag 31.12.2025", SOCIAL, ("05999004-01", 40, 12, 45, 20))
    with pytest.raises(InputRefused) as caught:
        read(path)
    (finding,) = caught.value.findings
    assert (finding.code, finding.cell) == ("cases_as_persons", "D4")


def test_the_health_office_counts_children_of_one_year(tmp_path):
    head = ("Gebiet", "Untersuchte", "Sprache auffällig", "Übergewicht")
    reading = read(workbook(tmp_path, "Einschulungsjahr 2025", head, ("05999004-01", 80, 20, 8), ("Summe", 80, 20, 8)))
    assert (reading.recipe.code, reading.periods) == ("school_entry", ("2025",))


def test_a_part_above_its_whole_is_an_impossible_share(tmp_path):
    head = ("Gebiet", "Untersuchte", "Sprache auffällig", "Übergewicht")
    with pytest.raises(InputRefused) as caught:
        read(workbook(tmp_path, "Einschulungsjahr 2025", head, ("05999004-01", 80, 90, 8)))
    (finding,) = caught.value.findings
    assert (finding.code, finding.cell, finding.found) == ("impossible_share", "C4", "90")
