"""Recipes as workbooks: what people fill in, what they see changed, and what is refused at its cell."""

from dataclasses import replace

import openpyxl
import pytest
import xlsxwriter

from sozialraum.base import InputRefused
from sozialraum.deliveries import recipes
from sozialraum.deliveries.files import open_file
from sozialraum.deliveries.recipe_fields import Field
from sozialraum.deliveries.recipe_sheets import recipe_differences, recipe_from_sheets, recipe_workbook
from sozialraum.deliveries.recipe_tables import recipe_of_tables, tables_of
from sozialraum.deliveries.recipe_words import _unnamed, sections
from sozialraum.deliveries.sign_profiles import profile_from, sign_profiles
from sozialraum.deliveries.sign_sheets import (
    profile_differences,
    profile_from_sheets,
    profile_of_tables,
    profile_text,
    profile_workbook,
    tables_of_profile,
)

RECIPES = {recipe.code: recipe for recipe in recipes()}


def written(folder, recipe, change=lambda sheets: None):
    """The workbook of a recipe after `change` on its sheets, {title: rows of texts}."""
    first = folder / "regel.xlsx"
    first.write_bytes(recipe_workbook(recipe) if not isinstance(recipe, bytes) else recipe)
    sheets = {sheet.name: [list(row) for row in sheet.rows] for sheet in open_file(first).sheets}
    change(sheets)
    second = folder / "geändert.xlsx"
    with xlsxwriter.Workbook(second) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for column, text in enumerate(row):
                    sheet.write_string(number, column, text)
    return second


def entry(sheets, title, name, text):
    """Set one record's entry."""
    next(row for row in sheets[title] if row[0] == name)[1] = text


def refused(folder, recipe, change):
    with pytest.raises(InputRefused) as caught:
        recipe_from_sheets(written(folder, recipe, change))
    return [(each.sheet, each.row, each.column, each.cell, each.what) for each in caught.value.findings]


@pytest.mark.parametrize("code", sorted(RECIPES))
def test_filled_in_tables_give_the_recipe_back(code):
    assert recipe_of_tables(tables_of(RECIPES[code]), code) == RECIPES[code]


@pytest.mark.parametrize(
    "code",
    [
        "youth_office",
        "facilities",
        "census_dwellings",
        "register",
        "school_entry",
        "agency_unemployed",
        "inkar_graduates",
        "census2011_cells",
    ],
)
def test_a_workbook_gives_the_recipe_back(tmp_path, code):
    assert recipe_from_sheets(written(tmp_path, RECIPES[code])) == RECIPES[code]


def test_what_people_see_in_a_workbook_has_neither_short_names_nor_patterns(tmp_path):
    recipe = RECIPES["register"]
    file = tmp_path / "regel.xlsx"
    file.write_bytes(recipe_workbook(recipe, {"pop_foreign": "Ausländerinnen und Ausländer"}))
    seen = set(visible(file))
    hidden = {*recipe.columns, *(value.feature for value in recipe.values), *(one.name for one in recipe.dimensions)}
    assert seen & hidden == set()
    assert {"Ausländerinnen und Ausländer", "Stichtag"} <= seen
    assert not [text for text in seen if "(?" in text or "\\d" in text]
    assert recipe_from_sheets(file) == recipe


def visible(file):
    """The texts of all cells that are neither folded away nor on a hidden sheet."""
    for sheet in openpyxl.load_workbook(file).worksheets:
        if sheet.sheet_state != "visible" or sheet.title == "Hinweise":
            continue
        groups = [one for one in sheet.column_dimensions.values() if one.hidden]
        folded = {number for one in groups for number in range(one.min, one.max + 1)}
        for row in sheet.iter_rows():
            if sheet.row_dimensions[row[0].row].hidden:
                continue
            yield from (str(cell.value) for cell in row if cell.value and cell.column not in folded)


def test_a_column_that_is_added_needs_no_short_name(tmp_path):
    def change(sheets):
        sheets["Spalten"].append(["Plätze für Kinder", "", "nein", "", "", ""])
        row = list(sheets["Werte"][1])
        row[0], row[1] = "Plätze für Kinder", "places_under_6"
        sheets["Werte"].append(row)

    after = recipe_from_sheets(written(tmp_path, RECIPES["youth_office"], change))
    assert after.columns["plaetze_fuer_kinder"].head == "Plätze für Kinder"
    assert [value.feature for value in after.values if value.column == "plaetze_fuer_kinder"] == ["places_under_6"]


def test_every_entry_of_a_recipe_has_a_german_name():
    without = [(section.part, field.name) for section in sections() for field in section.fields
               if field.title == field.name]  # fmt: skip
    assert without == []


def test_a_changed_workbook_is_a_changed_recipe_and_says_what_changed(tmp_path):
    def change(sheets):
        entry(sheets, "Angaben", "Herausgeber", "Jugendamt Aachen")
        row = next(row for row in sheets["Spalten"] if row[0] == "Sozialraum")
        row[0] = "Planungsraum"
        sheets["Vergleiche"].pop()

    after = recipe_from_sheets(written(tmp_path, RECIPES["youth_office"], change))
    assert after.columns["area"].head == "Planungsraum"
    assert recipe_differences(RECIPES["youth_office"], after) == (
        "Angaben: „Herausgeber“ ist jetzt „Jugendamt Aachen“, vorher „Jugendämter“.",
        "Spalten, „Planungsraum“: „Überschrift in der Datei“ ist jetzt „Planungsraum“, vorher „Sozialraum“.",
        "Vergleiche, „Kinder von 3 bis unter 6 Jahren, in Tageseinrichtungen“ / "
        "„Kinder von 3 bis unter 6 Jahren, insgesamt“ fällt weg.",
    )


def test_the_same_recipe_has_no_differences_whatever_its_version():
    recipe = RECIPES["register"]
    assert recipe_differences(recipe, replace(recipe, version=9)) == ()


def test_a_pattern_is_said_to_have_changed_and_not_printed():
    tables = tables_of(RECIPES["youth_office"])
    tables["key"][0]["residual"] = "(?i)ohne"
    changed = recipe_of_tables(tables, "x")
    assert recipe_differences(RECIPES["youth_office"], changed) == (
        "Schlüssel: „Muster der Zeilen ohne Ort“ ist geändert.",
    )


def test_every_fault_is_said_at_its_cell_and_nothing_is_taken(tmp_path):
    def change(sheets):
        entry(sheets, "Angaben", "Zeilen der Überschriften", "zwei")
        entry(sheets, "Angaben", "Schutz", "geheim")
        entry(sheets, "Schlüssel", "Spalte des Schlüssels", "gebiet")
        sheets["Summen"][1][-1] = "(Summe"
        sheets["Spalten"].append(["Noch eine", "", "nein", "", "", "area"])

    found = refused(tmp_path, RECIPES["youth_office"], change)
    places = {(sheet, column): cell for sheet, _row, column, cell, _what in found}
    assert places["Angaben", "Zeilen der Überschriften"].startswith("B")
    assert places["Angaben", "Schutz"].startswith("B")
    assert places["Schlüssel", "Spalte des Schlüssels"] == "B2"
    assert places["Summen", "Muster des Schlüssels"] == "D2"
    assert places["Spalten", "Kurzname"] == "F7"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda sheets: sheets.pop("Werte"), "Das Blatt „Werte“ fehlt."),
        (lambda sheets: sheets["Werte"][0].__setitem__(0, "Kolonne"), "Eine Spalte „Kolonne“ gibt es hier nicht."),
        (lambda sheets: sheets["Angaben"].append(["Farbe", "blau"]), "Eine Angabe „Farbe“ gibt es hier nicht."),
        (lambda sheets: sheets["Zeichen"][1].__setitem__(2, "null"), "Zeichen lassen sich in dieser Datei nicht"),
        (lambda sheets: entry(sheets, "Angaben", "Kurzname", ""), "fehlt."),
        (lambda sheets: entry(sheets, "Datum", "Muster der Titelzeile mit dem Datum", "Tag"), "braucht eine Gruppe"),
    ],
)  # fmt: skip
def test_a_workbook_that_lost_its_form_is_refused(tmp_path, change, said):
    found = refused(tmp_path, RECIPES["youth_office"], change)
    assert any(said in what for *_place, what in found)


def test_a_file_that_is_no_workbook_is_refused_in_one_sentence(tmp_path):
    file = tmp_path / "regel.csv"
    file.write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(InputRefused, match="keine Excel-Datei"):
        recipe_from_sheets(file)


def test_a_list_may_hold_an_empty_text_and_a_backslash():
    tables = tables_of(RECIPES["facilities"])
    tables["facilities"][0]["open"] = '""\nnein\\\\ja'
    assert recipe_of_tables(tables, "x").facilities.open == ("", "nein\\ja")


@pytest.mark.parametrize("code", sorted(sign_profiles()))
def test_explanations_of_signs_go_through_tables_and_text(code):
    profile = sign_profiles()[code]
    assert profile_of_tables(tables_of_profile(profile), code) == profile
    assert profile_from(profile_text(profile), code) == profile


def test_an_explanation_of_signs_goes_through_a_workbook(tmp_path):
    file = tmp_path / "zeichen.xlsx"
    file.write_bytes(profile_workbook(sign_profiles()["destatis"]))
    assert profile_from_sheets(file) == sign_profiles()["destatis"]


def test_a_changed_sign_is_said_and_a_wrong_one_refused_at_its_cell(tmp_path):
    before = sign_profiles()["inkar"]

    def add(sheets):
        sheets["Zeichen"].append(["#", "unter 5", "verdeckt", "0", "4", "# unter 5", "", "", ""])

    after = profile_from_sheets(written(tmp_path, profile_workbook(before), add))
    assert (after.signs["#"].low, after.signs["#"].high) == (0, 4)
    assert profile_differences(before, after) == ("Zeichen, „#“ kommt hinzu.",)

    def spoil(sheets):
        sheets["Zeichen"].append(["#", "unter 5", "geheim", "9", "4", "", "", "", ""])

    with pytest.raises(InputRefused) as caught:
        profile_from_sheets(written(tmp_path, profile_workbook(before), spoil))
    assert {(each.cell, each.column) for each in caught.value.findings} == {
        ("C3", "gilt als"),
        ("F3", "Die Quelle sagt"),
    }


def test_an_entry_nobody_has_named_yet_is_kept_under_its_own_name():
    values = next(section for section in sections() if section.part == "value")
    found = {field.name: field for field in _unnamed(replace(values, fields=()))}
    assert found["measure"] == Field("measure", "measure", "yes", usual="false", advanced=True)
    assert found["year_in_head"].kind == "pattern"
    assert "where" not in found  # a mapping has a section or field of its own
