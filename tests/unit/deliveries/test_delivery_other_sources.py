"""Cells of the census of 2011 and the list of schools of a Land: two sources in shapes of their own."""

import gzip

import deliveries_specimens as specimens
import pytest
from pyproj import Transformer

from sozialraum.base import InputRefused
from sozialraum.deliveries import NotANumber, find_recipe, parse_number, read_delivery

HEAD = (
    "GITTER_ID_100m;x;y;AGS;GEN;wohnungen_summe;wohnflaeche_m2_geschaetzt;einwohner_geschaetzt;auslaender;unter10;ab80;"
    "wohnungen_3bis6;wohnungen_7bis12;wohnungen_13plus;wohnungen_baujahr_vor1919;wohnungen_leer;alleinerz_hh"
)
SCHOOLS = (
    "Schuljahr,Schulform,Amtlicher Gemeindeschlüssel,Schulnummer,Amtliche Bezeichnung 1,Anzahl,Sozialindex,"
    "latitude,longitude"
)


def cell(block, people, dwellings=7, under_10=4):
    """A cell whose midpoint is the middle of the block at this position."""
    middle = specimens.blocks().geometry.iloc[block].centroid
    x, y = Transformer.from_crs(25832, 3035, always_xy=True).transform(middle.x, middle.y)
    return f"100m{block};{x:.0f};{y:.0f};05999004;Altstadt;{dwellings};600;{people};3;{under_10};0;0;0;0;0;0;0"


def packed_cells(folder, *rows):
    path = folder / "bausteine.csv.gz"
    path.write_bytes(gzip.compress("\n".join([HEAD, *rows, ""]).encode()))
    return path


def school(block, pupils, *, form="Grundschule", ags="05999004", number=100001, where=None):
    """A school in the middle of the block at this position (or at latitude and longitude given)."""
    middle = specimens.blocks().geometry.iloc[block].centroid
    lon, lat = Transformer.from_crs(25832, 4326, always_xy=True).transform(middle.x, middle.y)
    lat, lon = where or (f"{lat:.7f}", f"{lon:.7f}")
    return f"2024/25,{form},{ags},{number},Am Markt,{pupils},4,{lat},{lon}"


def schools(folder, *rows):
    return specimens.write(folder, "schulen.csv", "\n".join([SCHOOLS, *rows]) + "\n", encoding="utf-8")


def read(path):
    return read_delivery(path, find_recipe(path), specimens.places())


def test_a_packed_table_of_cells_is_read_with_its_one_date(tmp_path):
    reading = read(packed_cells(tmp_path, cell(0, 12.34), cell(1, 5.0)))
    assert (reading.recipe.code, reading.periods) == ("census2011_cells", ("2011-05-09",))


@pytest.mark.parametrize(
    ("feature", "number", "status"),
    [("c11_population", 12.34, "estimated"), ("c11_under_10", 4.0, "uncertain"), ("c11_dwellings", 7.0, "uncertain")],
)
def test_estimated_inhabitants_are_estimated_and_overlaid_counts_uncertain(tmp_path, feature, number, status):
    observations = read(packed_cells(tmp_path, cell(0, 12.34))).observations
    row = observations[(observations["feature"] == feature) & (observations["unit"] == "05999004-0001")].iloc[0]
    assert (row["low"], row["high"], row["status"]) == (number, number, status)


def test_a_number_with_three_decimals_after_a_point_is_no_thousand(tmp_path):
    observations = read(packed_cells(tmp_path, cell(0, "1.234"))).observations
    assert observations.loc[observations["feature"] == "c11_population", "low"].max() == 1.234


def test_the_reading_says_why_numbers_are_estimated_or_uncertain(tmp_path):
    text = "\n".join(read(packed_cells(tmp_path, cell(0, 12.34))).assumed)
    assert "Als geschätzt gelten alle Zahlen in „einwohner_geschaetzt“" in text
    assert "Als unsicher gelten alle Zahlen in „auslaender“, „unter10“" in text


def test_a_broken_packed_file_is_refused(tmp_path):
    path = packed_cells(tmp_path, cell(0, 1.5))
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputRefused, match="gepackte Datei ist beschädigt"):
        find_recipe(path)


def test_pupils_rounded_to_five_are_two_more_or_less(tmp_path):
    row = read(schools(tmp_path, school(0, 215))).facilities.iloc[0]
    assert (row["kind"], row["group"], row["block_id"]) == ("school", "primary", "05999004-0001")
    assert (row["low"], row["high"], row["status"], row["period"]) == (213, 217, "rounded", "2024-10-15")


def test_only_primary_schools_count_for_the_group(tmp_path):
    frame = read(schools(tmp_path, school(0, 215), school(1, 900, form="Gymnasium", number=100002))).facilities
    assert frame[["kind", "group"]].to_numpy().tolist() == [["school", "primary"], ["school", ""]]


def test_schools_of_other_municipalities_are_left_out_and_counted(tmp_path):
    away = school(0, 100, ags="05315000", number=7, where=("50.9", "6.9"))
    reading = read(schools(tmp_path, school(0, 215), away))
    assert len(reading.facilities) == 1
    assert reading.skipped[-1] == "1 Zeile einer Gemeinde, die nicht zum Projekt gehört."


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (school(4, 100), "Die Koordinate liegt in Dorf, der Schlüssel nennt Altstadt."),
        (school(0, 100, where=("50.9", "6.9")), "Die Koordinate liegt in keinem Baustein."),
        (school(0, 100, where=("", "")), "Die Koordinate fehlt oder ist keine Zahl."),
    ],
)
def test_a_school_that_does_not_lie_in_its_municipality_is_placed_nowhere_and_said(tmp_path, row, said):
    reading = read(schools(tmp_path, row))
    assert reading.facilities["block_id"].tolist() == [""]
    assert [finding.what for finding in reading.findings] == [said]
    assert reading.findings[0].row == 2


def test_a_school_with_a_foreign_key_but_a_coordinate_here_is_not_taken_and_said(tmp_path):
    reading = read(schools(tmp_path, school(0, 100, ags="05334002"), school(1, 100, number=2)))
    assert reading.facilities["facility_id"].tolist() == ["2"]
    assert "die Koordinate liegt aber in Altstadt" in reading.findings[0].what


@pytest.mark.parametrize(("text", "number"), [("12.5", 12.5), ("1.234", 1.234), ("−3", -3.0), ("50.7530", 50.753)])
def test_a_decimal_point_is_read_where_the_source_writes_it(text, number):
    assert parse_number(text, ".") == number


@pytest.mark.parametrize("text", ["12,5", "1.234.5", "", "ca. 4", "1e5", "nan"])
def test_anything_else_is_refused_there(text):
    with pytest.raises(NotANumber):
        parse_number(text, ".")
