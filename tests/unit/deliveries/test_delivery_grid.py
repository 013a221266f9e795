import math
import zipfile

import deliveries_specimens as specimens
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import find_recipe, read_delivery


def read(path):
    return read_delivery(path, find_recipe(path), specimens.places())


def dwellings(reading, block):
    (row,) = reading.observations.query("unit == @block and feature == 'dwellings'").itertuples()
    return row.low, row.status, row.cell


def test_cells_are_added_up_in_the_block_of_their_midpoint(tmp_path):
    reading = read(
        specimens.census(tmp_path, specimens.cell(50, 50, "12;8;75,5;"), specimens.cell(150, 50, "3;0;90,00;"))
    )
    assert dwellings(reading, "05999004-0001") == (15, "observed", "2 Gitterzellen: Zeilen 2 und 3, Spalte D")
    assert reading.periods == ("2022-05-15",)


def test_a_block_with_some_cells_missing_is_uncertain_and_says_how_many(tmp_path):
    reading = read(specimens.census(tmp_path, specimens.cell(50, 50, "12;8;75,5;"), specimens.cell(150, 50, "–;–;–;")))
    low, status, cell = dwellings(reading, "05999004-0001")
    assert (low, status) == (12, "uncertain")
    assert cell == "2 Gitterzellen, davon 1 ohne Angabe: Zeilen 2 und 3, Spalte D"


def test_a_block_with_all_cells_missing_is_missing_and_not_zero(tmp_path):
    reading = read(specimens.census(tmp_path, specimens.cell(50, 50, "–;–;–;")))
    low, status, _cell = dwellings(reading, "05999004-0001")
    assert math.isnan(low)
    assert status == "missing"


def test_a_cell_in_brackets_makes_its_block_uncertain(tmp_path):
    reading = read(specimens.census(tmp_path, specimens.cell(50, 50, "12;8;75,5;KLAMMERN")))
    assert dwellings(reading, "05999004-0001")[:2] == (12, "uncertain")


def test_blocks_without_midpoint_are_told_apart(tmp_path):
    reading = read(specimens.census(tmp_path, specimens.cell(170, 50, "12;8;75,5;")))
    assert dwellings(reading, "05999004-0002")[:2] == (0, "uncertain")  # the cell reaches into it
    assert dwellings(reading, "05999004-0003")[1] == "missing"  # people live there and no cell touches it
    assert dwellings(reading, "05999004-0004")[:2] == (0, "observed")  # open land


def test_cells_outside_are_counted_and_said(tmp_path):
    reading = read(
        specimens.census(tmp_path, specimens.cell(50, 50, "12;8;75,5;"), specimens.cell(-900, 0, "3;0;1,0;"))
    )
    assert reading.rows_skipped == 1
    assert "1 Gitterzelle liegt außerhalb der Bausteine." in reading.skipped


def test_averages_are_read_but_not_carried_and_the_report_says_so(tmp_path):
    reading = read(specimens.census(tmp_path, specimens.cell(50, 50, "12;8;75,5;")))
    assert set(reading.observations["feature"]) == {"dwellings", "dwellings_multi"}
    assert any("Durchschn_Wohnflaeche" in text and "Durchschnitte" in text for text in reading.skipped)


def test_municipalities_without_a_cell_get_no_values_and_a_warning(tmp_path):
    reading = read(specimens.census(tmp_path, specimens.cell(50, 50, "12;8;75,5;")))
    assert reading.municipalities == (specimens.TOWN,)
    assert reading.observations["unit"].str.startswith(specimens.TOWN).all()
    assert reading.findings[0].what == "In Gemeinden ohne Gitterzelle liegt für 8 Bausteine nichts vor."


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("12;8;75.5;", "Spalte „Durchschn_Wohnflaeche“: „75.5“ ist weder eine Zahl"),
        ("12;8;75,5;ECKIG", "Spalte „werterlaeuternde_Zeichen“: „ECKIG“ ist kein vorgesehenes Zeichen"),
        ("-;8;75,5;", "Spalte „Wohnungen_insgesamt“: „-“ ist weder eine Zahl"),
    ],
)
def test_unknown_signs_are_errors_with_their_place(tmp_path, rest, said):
    with pytest.raises(InputRefused) as caught:
        read(specimens.census(tmp_path, specimens.cell(50, 50, rest)))
    assert said in str(caught.value)


def test_a_file_of_another_region_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="Keine Gitterzelle liegt in einem Baustein"):
        read(specimens.census(tmp_path, specimens.cell(90_000, 50, "12;8;75,5;")))


def test_a_file_name_without_the_year_is_refused(tmp_path):
    path = tmp_path / "Wohnungen.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", f"{specimens.CENSUS_HEAD}\n{specimens.cell(50, 50, '12;8;75,5;')}\n")
    with pytest.raises(InputRefused, match="Der Stichtag wurde im Dateinamen nicht gefunden"):
        read(path)
