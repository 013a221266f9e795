"""Finding the table: title rows, heads of several rows, footnotes, legends, ragged and doubled rows."""

import deliveries_specimens as specimens
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import find_recipe, read_delivery
from sozialraum.deliveries.files import Sheet
from sozialraum.deliveries.recipe import Column
from sozialraum.deliveries.table import clean_head, column_letters, head_texts, match_heads


def refusal(path, recipe=None):
    with pytest.raises(InputRefused) as caught:
        read_delivery(path, recipe or find_recipe(path), specimens.places())
    return str(caught.value)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("in Tageseinrichtungen 1)", "in Tageseinrichtungen"),
        ("Arbeitslose²", "Arbeitslose"),
        ("Sozial-\nversicherte", "Sozialversicherte"),
        ("mit  Kindern\nunter 18", "mit Kindern unter 18"),
        ("ALO_U25", "ALO_U25"),
        ("GITTER_ID_100m", "GITTER_ID_100m"),
    ],
)
def test_heads_lose_footnote_marks_and_line_breaks_only(printed, read):
    assert clean_head(printed) == read


def test_a_digit_glued_to_a_head_is_a_footnote_only_where_nothing_else_fits():
    columns = {"under": Column("under", "ALO_U25"), "all": Column("all", "ALO_INSG")}
    assert match_heads(["ALO_INSG1", "ALO_U25"], columns) == {"under": [1], "all": [0]}


def test_a_head_of_two_rows_is_joined_with_and_without_merged_cells():
    rows = [["Gebiet", "Kinder", "", "Hilfen"], ["", "alle", "betreut", "im Jahr"]]
    joined = ("Gebiet", "Kinder | alle", "Kinder | betreut", "Hilfen | im Jahr")
    assert head_texts(Sheet("T", rows), 0, 2) == joined
    assert head_texts(Sheet("T", rows, (((0, 0), (1, 0)), ((0, 1), (0, 2)))), 0, 2) == joined


def test_columns_are_lettered_as_in_a_spreadsheet():
    assert [column_letters(place) for place in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


def test_a_ragged_row_is_named(tmp_path):
    text = refusal(specimens.households(tmp_path, "05999004-0001;40;10;2", "05999004-0002;40;10"))
    assert "Zeile 3: Die Zeile hat 4 statt 5 Felder." in text


def test_a_head_that_stands_twice_is_refused(tmp_path):
    text = f"{specimens.HOUSEHOLD_HEAD}\n31.12.2025;05999004-0001;1;1;1\n{specimens.HOUSEHOLD_HEAD}\n"
    assert "Zeile 3: Hier steht der Kopf der Tabelle ein zweites Mal." in refusal(
        specimens.write(tmp_path, "doppelt.csv", text)
    )


def test_a_column_that_stands_twice_is_refused(tmp_path):
    text = f"{specimens.HOUSEHOLD_HEAD};Haushalte\n31.12.2025;05999004-0001;1;1;1;2\n"
    assert "Die Spalte „Haushalte“ steht 2-mal im Kopf." in refusal(specimens.write(tmp_path, "doppelt.csv", text))


def test_rows_below_an_empty_row_are_not_lost_silently(tmp_path):
    path = specimens.households(tmp_path, "05999004-0001;4;1;0")
    path.write_bytes(path.read_bytes() + b"\r\n31.12.2025;05999004-0002;4;1;0\r\n")
    text = refusal(path)
    assert "Zeile 4: Unter einer leeren Zeile oder der Legende stehen weitere Zeilen der Tabelle." in text


@pytest.mark.parametrize("end", ["", '"'])
def test_a_quotation_mark_that_swallows_lines_is_refused(tmp_path, end):
    row = f'1;Kita;Kindertageseinrichtung;Weg;{specimens.TOWN}-0001;5;31.12.2025;"'
    last = f"2;Kita;Kindertageseinrichtung;Weg;{specimens.TOWN}-0001;5;31.12.2025;{end}"
    assert "Zeile 2: Ein Feld reicht über mehrere Zeilen" in refusal(specimens.facilities(tmp_path, row, last))


def test_a_field_without_end_is_refused(tmp_path):
    path = specimens.households(tmp_path, "05999004-0001;4;1;0")
    path.write_bytes(path.read_bytes() + b'"' + b"x" * 200_000)
    assert "Ein Feld reicht über mehrere Zeilen" in refusal(path)


def test_quoted_fields_are_read_without_their_quotation_marks(tmp_path):
    path = specimens.facilities(
        tmp_path, f'1;"Kita ""Sonne""; Nord";Kindertageseinrichtung;Weg;{specimens.TOWN}-0001;5;31.12.2025;'
    )
    reading = read_delivery(path, find_recipe(path), specimens.places())
    assert reading.facilities["name"].tolist() == ['Kita "Sonne"; Nord']


def test_a_table_without_rows_is_refused(tmp_path):
    assert "steht keine Zeile" in refusal(specimens.households(tmp_path))


def test_a_file_of_another_kind_than_the_recipe_is_refused_with_what_is_missing(tmp_path):
    recipe = find_recipe(specimens.register(tmp_path, "05999004-0001;0;3;w;D;5"))
    text = refusal(specimens.households(tmp_path, "05999004-0001;40;10;2"), recipe)
    assert "fehlt: „Alter von“" in text
    assert "Erwartet wird: Einwohnerbestand nach Bausteinen." in text


def test_a_workbook_is_refused_by_a_recipe_for_text(tmp_path):
    recipe = find_recipe(specimens.households(tmp_path, "05999004-0001;40;10;2"))
    assert "gilt nicht für Dateien dieser Art" in refusal(specimens.youth(tmp_path), recipe)


def test_title_lines_above_a_text_table_are_passed_over(tmp_path):
    text = f"Haushaltestatistik\n\n{specimens.HOUSEHOLD_HEAD}\n31.12.2025;05999004-0001;4;1;0\n"
    path = specimens.write(tmp_path, "titel.csv", text)
    reading = read_delivery(path, find_recipe(path), specimens.places())
    assert "Zeile 4, Spalte C" in set(reading.observations["cell"])


def test_columns_nobody_asked_for_are_named(tmp_path):
    text = f"{specimens.HOUSEHOLD_HEAD};Bemerkung\n31.12.2025;05999004-0001;4;1;0;neu\n"
    path = specimens.write(tmp_path, "mehr.csv", text)
    reading = read_delivery(path, find_recipe(path), specimens.places())
    assert "nicht benötigte Spalten: Bemerkung." in reading.skipped
