"""A file that names no date: a person gives it, in the form the recipe reads dates in.

Each line is one date as somebody types it and what it stands for.
"""

import re

import deliveries_specimens as given
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import Corrections, read_delivery, recipes
from sozialraum.deliveries.drafting import draft_recipe
from sozialraum.deliveries.files import Content, Sheet
from sozialraum.deliveries.periods import period_by_hand
from sozialraum.deliveries.texts import NotADay

AREAS = (f"{given.TOWN}-01", f"{given.TOWN}-02", f"{given.TOWN}-03")

# the recipe reads   typed          stands for
TYPED = """
day                  31.12.2025     2025-12-31
day                  2025-12-31     2025-12-31
day                  1.3.2025       2025-03-01
day                  2025           -
day                  31.02.2025     -
day                  2025/26        -
month_end            12/2025        2025-12-31
month_end            2.2024         2024-02-29
month_end            202512         2025-12-31
month_end            01.12.2025     2025-12-31
month_end            2025           -
year                 2025           2025
year                 2025/26        2025
year                 2025/2026      2025
year                 2025/27        -
year                 15.10.2025     2025
year_end             2025           2025-12-31
year_end             31.12.2025     2025-12-31
year_end             25             -
"""


@pytest.mark.parametrize("line", TYPED.strip().splitlines())
def test_a_date_is_typed_as_people_write_it(line):
    form, typed, period = line.split()
    if period == "-":
        with pytest.raises(NotADay):
            period_by_hand(typed, form)
    else:
        assert period_by_hand(typed, form) == period


def table(title, name="kinder.xlsx", stands=("", "", "")):
    head = ["Gebiet", "Kinder", *(["Stand"] if any(stands) else [])]
    rows = [
        [area, str(n), *([day] if any(stands) else [])]
        for n, (area, day) in enumerate(zip(AREAS, stands, strict=True), 5)
    ]
    return Content("xlsx", name, sheets=(Sheet("Tabelle1", [[title], [], head, *rows]),))


def read(tmp_path, content, recipe, period=""):
    path = tmp_path / content.name
    return read_delivery(path, recipe, given.places(), Corrections(period=period), content=content)


def recipe_of(content):
    return draft_recipe(content, given.places(), {"period_form": "year_end"}).recipe


def test_a_missing_date_is_asked_for_and_the_given_one_is_said(tmp_path):
    recipe = recipe_of(table("Kinder am Stichtag 31.12.2024"))
    with pytest.raises(InputRefused) as refused:
        read(tmp_path, table("Kinder"), recipe)
    (finding,) = refused.value.findings
    assert (finding.code, finding.found) == ("date", "")
    assert finding.todo.startswith("Bitte den Stichtag angeben oder über der Tabelle ergänzen")
    reading = read(tmp_path, table("Kinder"), recipe, "2025-12-31")
    assert (reading.periods, set(reading.observations["period"])) == (("2025-12-31",), {"2025-12-31"})
    assert "Angenommen: Stichtag von Hand angegeben: 31.12.2025." in reading.sentences()


def test_a_date_missing_in_the_file_name_needs_no_new_name(tmp_path):
    recipe = recipe_of(table("Kinder", "kinder_2024.xlsx"))
    assert recipe.period.file_name is not None
    with pytest.raises(InputRefused, match="Bitte den Stichtag angeben oder in den Dateinamen schreiben"):
        read(tmp_path, table("Kinder"), recipe)
    assert read(tmp_path, table("Kinder"), recipe, "2025-12-31").periods == ("2025-12-31",)


# last year's file                    this year's, with 31.12.2025 given        warnings
CONTRADICTIONS = """
Kinder am Stichtag 31.12.2024         Kinder am Stichtag 31.12.2023             Zwei Stichtage
Kinder am Stichtag 31.12.2024         Kinder am Stichtag 31.12.2025             -
Kinder am Jahresende 2024             Kinder am Jahresende 2023                 Die Datei nennt 31.12.2023
Kinder am Jahresende 2024             Kinder am Jahresende 2025                 -
"""


@pytest.mark.parametrize("line", CONTRADICTIONS.strip().splitlines())
def test_a_file_that_names_another_date_is_not_overruled_without_a_word(tmp_path, line):
    before, now, warning = re.split(r"\s{2,}", line)
    found = read(tmp_path, table(now), recipe_of(table(before)), "2025-12-31").findings
    assert [(each.severity, each.code) for each in found] == ([] if warning == "-" else [("warning", "date")])
    assert all(warning in each.what for each in found)


def test_in_a_column_of_dates_only_empty_cells_take_the_given_one(tmp_path):
    recipe = recipe_of(table("Kinder", stands=("31.12.2024",) * 3))
    content = table("Kinder", stands=("31.12.2024", "", "31.12.2024"))
    with pytest.raises(InputRefused, match="Das Datum fehlt"):
        read(tmp_path, content, recipe)
    observed = read(tmp_path, content, recipe, "2023-12-31").observations
    assert observed.set_index("unit")["period"].to_dict() == {
        AREAS[0]: "2024-12-31", AREAS[1]: "2023-12-31", AREAS[2]: "2024-12-31",
    }  # fmt: skip


def test_the_date_somebody_typed_for_last_year_gives_way(tmp_path):
    recipe = draft_recipe(table("Kinder"), given.places(), {"period": "31.12.2024"}).recipe
    assert recipe.period.fixed == "2024-12-31"
    assert read(tmp_path, table("Kinder"), recipe).periods == ("2024-12-31",)
    reading = read(tmp_path, table("Kinder"), recipe, "2025-12-31")
    assert (reading.periods, reading.findings) == (("2025-12-31",), ())


def test_the_shipped_table_of_the_youth_office_takes_a_date_by_hand(tmp_path):
    recipe = next(each for each in recipes() if each.code == "youth_office")
    path = given.youth(tmp_path)
    reading = read_delivery(path, recipe, given.places(), Corrections(period="2025-12-31"))
    assert reading.periods == ("2025-12-31",)
