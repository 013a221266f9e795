"""What a person put right acts on the reading; the file stays as it came."""

import deliveries_specimens as specimens
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import Corrections, find_recipe, nearest_recipe, read_delivery, recipes, shape_from
from sozialraum.deliveries.files import open_file

AGENCY = next(each for each in recipes() if each.code == "agency_unemployed")
YOUTH = next(each for each in recipes() if each.code == "youth_office")


def findings(path, recipe, corrections=Corrections()):
    """Findings of a reading, refused or not."""
    try:
        return read_delivery(path, recipe, specimens.places(), corrections).findings
    except InputRefused as refusal:
        return refusal.findings


def test_a_renamed_column_is_found_missing_with_the_head_that_may_be_meant(tmp_path):
    head = specimens.AGENCY_HEAD.replace("ALO_INSG", "ALO_GES")
    path = specimens.agency(tmp_path, head=head)
    with pytest.raises(InputRefused):
        find_recipe(path)
    (finding,) = findings(path, AGENCY)
    assert (finding.code, finding.row, finding.cell) == ("missing_column", 1, "E1")
    assert (finding.found, finding.offer) == ("ALO_GES", "unemployed")
    near = nearest_recipe(open_file(path), recipes())
    assert near is not None
    assert (near[0].code, near[1]) == ("agency_unemployed", ("unemployed",))


def test_a_head_that_a_person_explained_is_the_column(tmp_path):
    path = specimens.agency(tmp_path, head=specimens.AGENCY_HEAD.replace("ALO_INSG", "ALO_GES"))
    reading = read_delivery(path, AGENCY, specimens.places(), Corrections(heads={"ALO_GES": "unemployed"}))
    first = reading.observations.query("feature == 'unemployed' and unit == '05999004-01'")
    assert first["low"].tolist() == [120]


def test_an_unknown_key_offers_the_nearest_and_is_read_when_corrected(tmp_path):
    rows = specimens.replaced(
        specimens.AGENCY_ROWS, f"{specimens.TOWN};101100102;Nord;35;*", f"{specimens.TOWN};101100902;Nord;35;*"
    )
    path = specimens.agency(tmp_path, rows)
    (finding,) = [each for each in findings(path, AGENCY) if each.code == "unknown_key"]
    assert (finding.row, finding.cell, finding.found, finding.offer) == (3, "C3", "101100902", "101100102")
    assert not [
        each
        for each in findings(path, AGENCY, Corrections(keys={"101100902": "101100102"}))
        if each.severity == "error"
    ]


def test_a_key_corrected_to_one_that_is_there_already_is_a_duplicate(tmp_path):
    rows = specimens.replaced(
        specimens.AGENCY_ROWS, f"{specimens.TOWN};101100102;Nord;35;*", f"{specimens.TOWN};101100902;Nord;35;*"
    )
    found = findings(specimens.agency(tmp_path, rows), AGENCY, Corrections(keys={"101100902": "101100101"}))
    assert ("duplicate", 3) in [(each.code, each.row) for each in found]


def test_rows_are_left_out_or_become_sums_and_people_without_a_place_as_a_person_says(tmp_path):
    rows = (
        ("05999004-01", "Mitte", 40, 35, 12),
        ("05999004-02", "Nord", 20, 15, 5),
        ("05999004-03", "Hof", 5, 5, 3),
        ("alle", "zusammen", 67, 57, 21),
        ("nicht bekannt", "", 2, 2, 1),
        ("Hinweis", "vorläufig", "", "", ""),
    )
    path = specimens.youth(tmp_path, rows)
    first = next(each.row for each in findings(path, YOUTH) if each.found == "alle")
    said = Corrections(rows={first: "total", first + 1: "residual", first + 2: "skip"})
    reading = read_delivery(path, YOUTH, specimens.places(), said)
    assert set(reading.observations["geography"]) == {"plan:plan-1", "residual"}
    wrong = (*rows[:3], ("alle", "zusammen", 67, 57, 22), *rows[4:])
    (finding,) = [each for each in findings(specimens.youth(tmp_path, wrong), YOUTH, said) if each.code == "sum"]
    assert (finding.row, finding.found, finding.offer) == (first, "22", "21")


def test_a_sign_a_person_confirmed_keeps_its_narrow_meaning(tmp_path):
    path = specimens.agency(tmp_path, legend=())
    (finding, *_more) = [each for each in findings(path, AGENCY) if each.code == "unexplained_sign"]
    assert (finding.found, finding.severity) == ("*", "warning")
    reading = read_delivery(path, AGENCY, specimens.places(), Corrections(signs=("*",)))
    assert not [each for each in reading.findings if each.code == "unexplained_sign"]
    assert reading.observations.query("status == 'suppressed'")["high"].max() <= 9


def test_the_shape_is_kept_for_next_year_and_survives_being_stored(tmp_path):
    reading = read_delivery(specimens.agency(tmp_path), AGENCY, specimens.places())
    shape = reading.shape
    assert shape.heads == tuple(specimens.AGENCY_HEAD.split(";"))
    assert shape.columns["unemployed"] == "ALO_INSG"
    assert shape.keys == ("05999004-01", "05999004-02", "05999004-03", "05999008-01")
    assert shape.sums["unemployed"][0] == 120 + 35 + 12  # 'x' has no number and opens the sum
    assert shape.sums["unemployed"][1] == float("inf")
    assert shape.rows == len(specimens.AGENCY_ROWS)
    assert shape_from(shape.content()) == shape
