import deliveries_specimens as specimens
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import find_recipe, read_delivery

TOTAL = f"{specimens.TOWN};101SUMSUM;Altstadt;184;24"


def refusal(path):
    with pytest.raises(InputRefused) as caught:
        read_delivery(path, find_recipe(path), specimens.places())
    return str(caught.value)


def agency(folder, old, new):
    return specimens.agency(folder, specimens.replaced(specimens.AGENCY_ROWS, old, new))


def test_a_sum_below_what_its_parts_can_be_is_an_error(tmp_path):
    text = refusal(agency(tmp_path, TOTAL, f"{specimens.TOWN};101SUMSUM;Altstadt;154;24"))
    assert "Zeile 7, Spalte „ALO_INSG“: Die Summe „101SUMSUM“ ist 154, ihre Teile ergeben mindestens 155." in text


def test_a_sum_above_what_its_parts_can_be_is_an_error(tmp_path):
    text = refusal(
        agency(tmp_path, f"{specimens.VILLAGE};102SUMSUM;Dorf;12;*", f"{specimens.VILLAGE};102SUMSUM;Dorf;13;*")
    )
    assert "Die Summe „102SUMSUM“ ist 13, ihre Teile ergeben 12." in text


def test_a_hidden_part_widens_what_the_sum_may_be(tmp_path):
    path = agency(tmp_path, f"{specimens.VILLAGE};102SUMSUM;Dorf;12;*", f"{specimens.VILLAGE};102SUMSUM;Dorf;12;9")
    reading = read_delivery(path, find_recipe(path), specimens.places())
    assert not [finding for finding in reading.findings if finding.severity == "error"]
    text = refusal(
        agency(tmp_path, f"{specimens.VILLAGE};102SUMSUM;Dorf;12;*", f"{specimens.VILLAGE};102SUMSUM;Dorf;12;10")
    )
    assert "ihre Teile ergeben 0 bis 9" in text


def test_the_sum_of_a_bezirk_leaves_the_residual_row_out(tmp_path):
    residual = f"{specimens.VILLAGE};keine Angabe;keine Angabe;0;0"
    rows = specimens.replaced(specimens.AGENCY_ROWS, residual, residual.replace("0;0", "5;2"))
    rows = specimens.replaced(
        rows, f"{specimens.VILLAGE};102SUMSUM;Dorf;12;*", f"{specimens.VILLAGE};102SUMSUM;Dorf;17;*"
    )
    path = specimens.agency(tmp_path, rows)
    reading = read_delivery(path, find_recipe(path), specimens.places())
    residual = reading.observations.query("geography == 'residual' and unit == @specimens.VILLAGE")
    assert residual["low"].tolist() == [5, 2]


def test_sums_of_a_bezirk_are_skipped_and_published_totals_kept_as_totals(tmp_path):
    path = specimens.agency(tmp_path)
    reading = read_delivery(path, find_recipe(path), specimens.places())
    assert (reading.rows_read, reading.rows_skipped) == (11, 2)
    totals = reading.observations.query("geography in ('municipality', 'region')")
    assert sorted(set(totals["unit"])) == [specimens.TOWN, specimens.VILLAGE, "region"]
    assert not reading.observations["unit"].str.contains("SUM").any()


def test_the_sum_row_of_a_youth_office_is_checked(tmp_path):
    rows = (*specimens.YOUTH_ROWS[:4], ("Summe", "", 71, 60, 16))
    text = refusal(specimens.youth(tmp_path, rows))
    assert "Blatt „Tabelle 1“, Zeile 10, Spalte „Kinder von 3 bis unter 6 Jahren | in Tageseinrichtungen“" in text
    assert "Die Summe „Summe“ ist 60, ihre Teile ergeben 61." in text


def test_more_children_in_care_than_children_is_an_error(tmp_path):
    rows = ((f"{specimens.TOWN}-01", "Mitte", 40, 41, 12), *specimens.YOUTH_ROWS[1:4], ("Summe", "", 71, 67, 16))
    assert "ist mit 41 größer als" in refusal(specimens.youth(tmp_path, rows))


@pytest.mark.parametrize("first", ["05999004-0001", "5999004-0001"])
def test_a_block_that_stands_twice_is_an_error(tmp_path, first):
    text = refusal(specimens.households(tmp_path, f"{first};4;1;0", "05999004-0002;4;1;0", f"{first} ;5;1;0"))
    assert f"Zeile 4, Spalte „Baustein“: „{first}“ steht schon in Zeile 2." in text


def test_the_same_combination_twice_in_the_register_is_an_error(tmp_path):
    row = "05999004-0001;0;3;w;D"
    text = refusal(specimens.register(tmp_path, f"{row};5", f"{row};6"))
    assert "Zeile 3" in text
    assert "steht schon in Zeile 2" in text


def test_a_hidden_total_is_none_to_check_by(tmp_path):
    rows = [list(row) for row in specimens.YOUTH_ROWS]
    total = next(row for row in rows if row[0] == "Summe")
    total[-1] = "*"
    for row in rows:
        if row is not total and isinstance(row[-1], int):
            row[-1] = 90
    reading = read_delivery(
        path := specimens.youth(tmp_path, tuple(map(tuple, rows))), find_recipe(path), specimens.places()
    )
    assert not [finding for finding in reading.findings if finding.code == "sum"]
