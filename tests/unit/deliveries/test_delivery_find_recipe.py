import deliveries_specimens as specimens
import pytest
import xlsxwriter

from sozialraum.base import InputRefused
from sozialraum.deliveries import find_recipe, nearest_recipe, recipes
from sozialraum.deliveries.files import open_file
from sozialraum.deliveries.find import fitting


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda folder: specimens.register(folder, "05999004-0001;0;3;w;D;5"), "register"),
        (lambda folder: specimens.households(folder, "05999004-0001;40;10;2"), "households"),
        (specimens.agency, "agency_unemployed"),
        (specimens.facilities, "facilities"),
        (lambda folder: specimens.census(folder, specimens.cell(50, 50, "12;8;75,5;")), "census_dwellings"),
        (specimens.youth, "youth_office"),
        (lambda folder: specimens.youth(folder, merged=False, aid="im Jahr 2025"), "youth_office"),
    ],
)
def test_each_source_is_recognised_by_its_content(tmp_path, make, code):
    path = make(tmp_path)
    renamed = path.rename(tmp_path / ("irgendein_name" + path.suffix))
    assert find_recipe(renamed).code == code


@pytest.mark.parametrize("delimiter", [";", ",", "|", "\t"])
def test_the_four_delimiters_are_recognised(tmp_path, delimiter):
    text = f"{specimens.HOUSEHOLD_HEAD}\n31.12.2025;05999004-0001;40;10;2\n".replace(";", delimiter)
    assert find_recipe(specimens.write(tmp_path, "liste.csv", text)).code == "households"


def test_an_unknown_file_is_refused_with_the_list_of_known_sources(tmp_path):
    path = specimens.write(tmp_path, "wetter.csv", "Tag;Regen\n1;2\n")
    with pytest.raises(InputRefused) as caught:
        find_recipe(path)
    said = [finding.what for finding in caught.value.findings]
    assert all(any(recipe.title in line for line in said) for recipe in recipes())
    assert "Es wurde nichts übernommen" in str(caught.value)


def test_a_nearly_known_file_is_told_which_columns_are_missing(tmp_path):
    path = specimens.write(tmp_path, "haushalte.csv", specimens.HOUSEHOLD_HEAD.replace("Baustein", "Block") + "\nx\n")
    with pytest.raises(InputRefused, match="Am nächsten kommt „Haushalte nach Bausteinen“; dafür fehlt: „Baustein“"):
        find_recipe(path)


def test_a_file_that_fits_two_recipes_fits_both(tmp_path):
    path = specimens.agency(tmp_path)
    twice = tuple(recipe for recipe in recipes() if recipe.code == "agency_unemployed") * 2
    assert len(fitting(open_file(path), twice)) == 2


# Tables of one's own with an empty head, two rows of heads, or heads of rows in the first columns
OWN_TABLES = {
    "two rows of heads": [
        ["Sozialamt Musterstadt – Leistungen der Mindestsicherung"], ["vertraulich"], [],
        ["Sozialraum", "Ortsteil", "Leistungsberechtigte", "", "", "Stand"],
        ["", "", "insgesamt", "unter 18", "65 und älter", ""],
        ["05999004-01", "Nordfeld", "1.234", "56", "*", "13.04.2025"], ["Summe", "", "6.572", "*", "*"],
    ],
    "one row of heads": [["Gebiet", "Name", "Fälle 65+", "Haushalte"], ["05999004-01", "Nordfeld", 30, 28]],
    "a title above": [["Amt, Fälle am 31.12.2025"], [], ["Gebiet", "Name", "Fälle"], ["05999004-01", "Nordfeld", 30]],
    "a total column": [["Sozialraum", "Insgesamt", "männlich", "weiblich"], ["05999004-01", 30, 12, 18]],
    "an empty head": [["", "", "Fälle", "davon Frauen"], ["05999004-01", "Nordfeld", 30, 12]],
}  # fmt: skip


def _workbook(path, rows):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Tabelle")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


@pytest.mark.parametrize("shape", OWN_TABLES)
def test_a_table_of_ones_own_comes_near_no_known_source(tmp_path, shape):
    path = _workbook(tmp_path / "eigene_tabelle.xlsx", OWN_TABLES[shape])
    assert nearest_recipe(open_file(path), recipes()) is None


def test_the_key_may_be_the_one_column_that_has_another_name(tmp_path):
    path = specimens.write(tmp_path, "h.csv", specimens.HOUSEHOLD_HEAD.replace("Baustein", "Block") + "\nx\n")
    recipe, lost, _there = nearest_recipe(open_file(path), recipes())
    assert (recipe.code, lost) == ("households", ("block",))
    two = specimens.HOUSEHOLD_HEAD.replace("Baustein", "Block").replace("Haushalte", "Wohnungen")
    assert nearest_recipe(open_file(specimens.write(tmp_path, "i.csv", two + "\nx\n")), recipes()) is None


def test_the_frame_of_a_source_alone_is_not_the_source(tmp_path):
    path = _workbook(
        tmp_path / "x.xlsx", [["Kennziffer", "Raumeinheit", "Aggregat", "Kaufkraft 2023"], ["1", "A", "K"]]
    )
    assert nearest_recipe(open_file(path), recipes()) is None


def test_people_read_a_head_and_never_a_pattern():
    shown = [column.shown for recipe in recipes() for column in recipe.columns.values()]
    assert not [text for text in shown if any(sign in text for sign in ("\\", "(?:", ".*", "?"))]
    youth = next(recipe for recipe in recipes() if recipe.code == "youth_office")
    assert youth.columns["aid"].shown == "Hilfen zur Erziehung | am Stichtag"
    months = next(recipe for recipe in recipes() if recipe.code == "itnrw_unemployed")
    assert [column.shown for column in months.columns.values()] == ["Jahr", "Monate … | Januar … | Insgesamt"]
