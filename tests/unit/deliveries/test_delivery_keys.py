from dataclasses import replace

import deliveries_specimens as specimens
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import find_recipe, read_delivery
from sozialraum.deliveries.keys import Lookup

AREA_1 = f"{specimens.TOWN};101100101;Mitte;120;14"


def read(path, places=None):
    return read_delivery(path, find_recipe(path), places or specimens.places())


def refusal(path, places=None):
    with pytest.raises(InputRefused) as caught:
        read(path, places)
    return str(caught.value)


def agency(folder, old, new):
    return specimens.agency(folder, specimens.replaced(specimens.AGENCY_ROWS, old, new))


def test_lost_zeros_are_put_back_only_when_one_key_can_be_meant():
    lookup = Lookup(["05999004", "05999008", "0012", "012"])
    assert lookup.find("5999004") == ("05999004", True)
    assert lookup.find("05999004") == ("05999004", False)
    assert lookup.find("12") == ("", False)
    assert lookup.find("599900") == ("", False)


def test_an_unknown_block_names_the_one_most_like_it(tmp_path):
    text = refusal(specimens.households(tmp_path, "05999004-0011;4;1;0"))
    assert "Zeile 2, Spalte „Baustein“: „05999004-0011“ ist nicht bekannt. Am ähnlichsten ist „05999004-0001“." in text


def test_an_unknown_agency_key_names_the_one_most_like_it(tmp_path):
    text = refusal(agency(tmp_path, AREA_1, f"{specimens.TOWN};101100111;Mitte;120;14"))
    assert "„101100111“ ist nicht bekannt. Am ähnlichsten ist „101100101“." in text


def test_a_municipality_that_contradicts_the_key_is_an_error(tmp_path):
    text = refusal(agency(tmp_path, AREA_1, f"{specimens.VILLAGE};101100101;Mitte;120;14"))
    assert "liegt in der Gemeinde 05999004, in der Spalte steht 05999008" in text


def test_an_unknown_municipality_is_an_error(tmp_path):
    assert "„05888000“ ist nicht bekannt" in refusal(agency(tmp_path, AREA_1, "05888000;101100101;Mitte;120;14"))


def test_lost_zeros_of_the_municipality_are_accepted_with_a_warning(tmp_path):
    rows = tuple(row.removeprefix("0") for row in specimens.AGENCY_ROWS)
    reading = read(specimens.agency(tmp_path, rows))
    (warning,) = (finding for finding in reading.findings if finding.severity == "warning")
    assert "„5999004“ wurde als „05999004“ gelesen" in warning.what
    assert warning.column == "Gemeinde"
    assert reading.municipalities == (specimens.TOWN, specimens.VILLAGE)


def test_lost_zeros_of_blocks_and_residual_keys_are_accepted_with_a_warning(tmp_path):
    reading = read(specimens.households(tmp_path, "5999004-0001;4;1;0", "5999004-ohne;2;0;0"))
    assert "2 Schlüssel ergänzt" in reading.findings[0].what
    residual = reading.observations.query("geography == 'residual' and feature == 'households'")
    assert residual[["unit", "low"]].to_numpy().tolist() == [[specimens.TOWN, 2.0]]


def test_a_number_cell_of_a_municipality_key_is_read_as_its_text(tmp_path):
    assert Lookup([specimens.TOWN]).find("5999004")[0] == specimens.TOWN


def test_areas_without_a_row_are_named_as_not_delivered(tmp_path):
    rows = (specimens.YOUTH_ROWS[0], specimens.YOUTH_ROWS[1], ("Summe", "", 65, 55, 14))
    reading = read(specimens.youth(tmp_path, rows))
    assert [finding.what for finding in reading.findings if finding.code == "incomplete"] == [
        "Für 1 Gebiet steht keine Zeile in der Datei: 05999004-03."
    ]


def test_figures_for_areas_are_refused_while_there_are_none(tmp_path):
    assert "Bitte zuerst Gebiete vorschlagen" in refusal(specimens.youth(tmp_path), specimens.places(plan_id=""))


def test_the_residual_row_of_one_town_belongs_to_it_and_of_several_to_the_region(tmp_path):
    one = read(specimens.youth(tmp_path)).observations.query("geography == 'residual'")
    assert set(one["unit"]) == {specimens.TOWN}
    rows = (
        *specimens.YOUTH_ROWS[:3],
        (f"{specimens.VILLAGE}-01", "Dorf", 9, 8, 2),
        *specimens.YOUTH_ROWS[3:4],
        ("Summe", "", 80, 69, 18),
    )
    both = read(specimens.youth(tmp_path, rows)).observations.query("geography == 'residual'")
    assert set(both["unit"]) == {"region"}


def test_cases_without_a_place_belong_to_the_region_where_the_recipe_says_so(tmp_path):
    """The Zuordnungswerkzeug: the list names one municipality, the cases without a place may be from any."""
    path = specimens.youth(tmp_path)
    recipe = find_recipe(path)
    regional = replace(recipe, key=replace(recipe.key, regional=True))
    found = read_delivery(path, regional, specimens.places()).observations
    own = read(path).observations
    assert set(found.query("geography == 'residual'")["unit"]) == {"region"}
    assert set(own.query("geography == 'residual'")["unit"]) == {specimens.TOWN}
    rest = [each.query("geography != 'residual'").reset_index(drop=True) for each in (found, own)]
    assert rest[0].equals(rest[1])
    assert len(rest[0]) > 0


def test_an_unknown_residual_municipality_is_an_error(tmp_path):
    assert "„05888000-ohne“ ist nicht bekannt" in refusal(specimens.households(tmp_path, "05888000-ohne;4;1;0"))
