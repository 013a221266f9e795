"""Berlin files with real defects: read by recipes of one's own, or refused with the right finding.

The recipes in the folder beside are declarations only: a new source needs no program.
"""

import csv
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from sozialraum.base import InputRefused
from sozialraum.deliveries import Corrections, Places, find_recipe, read_delivery, read_recipe, sign_profiles
from sozialraum.deliveries.signs import read_profile

DATA = Path(__file__).parents[2].parent / "shared" / "data"
RECIPES = Path(__file__).parent / "recipes"
MONITORING = "berlin-mss/{year}/berlin-monitoring-social-urban-development-{year}-00-{part}.csv"
REGISTER = "berlin-einwohner-lor/berlin-lor-population-{year}-02-{part}-planning-areas.csv"
CITY = "11000000"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not (DATA / "berlin-mss").is_dir(), reason="the open data of Berlin are not there"),
]


def areas_of(file):
    """The planning areas a file of classes names; these files are whole."""
    with (DATA / file).open(encoding="utf-8") as lines:
        return sorted(row["id"] for row in csv.DictReader(lines))


def places(year):
    """The planning areas of a year as blocks; where they lie does not matter here."""
    names = areas_of(MONITORING.format(year=year, part="1-planning-areas"))
    frame = {"block_id": names, "municipality": CITY, "population": 1, "land": "settlement"}
    shapes = [box(i, 0, i + 1, 1) for i in range(len(names))]
    towns = pd.DataFrame({"ags": [CITY], "name": ["Berlin"]})
    return Places(gpd.GeoDataFrame(frame, geometry=shapes, crs="EPSG:25833"), towns)


@pytest.fixture(scope="module")
def old():
    return places(2015)


@pytest.fixture(scope="module")
def new():
    return places(2021)


def read(recipe, file, known, corrections=Corrections()):
    """Read by one of the recipes beside; the file must be recognised by what stands in it."""
    signs = {**sign_profiles(), "monitoring": read_profile(RECIPES / "monitoring.signs.toml")}
    own = tuple(read_recipe(path, signs) for path in sorted(RECIPES.glob("berlin_*.toml")))
    found = find_recipe(DATA / file, own)
    assert found.code == recipe
    return read_delivery(DATA / file, found, known, corrections, signs)


def refusal(recipe, file, known, corrections=Corrections()):
    with pytest.raises(InputRefused) as caught:
        read(recipe, file, known, corrections)
    return caught.value.findings


def monitoring(year, part):
    return MONITORING.format(year=year, part=part)


@pytest.mark.parametrize(("year", "number"), [(2015, 447), (2017, 447), (2021, 542)])
def test_a_dash_is_a_class_and_no_missing_sign(year, number):
    reading = read("berlin_classes", monitoring(year, "1-planning-areas"), places(year))
    assert reading.rows_read == number
    assert reading.periods == (f"{year}-12-31",)
    worse = reading.observations[reading.observations["feature"].str.endswith("_worse")]
    assert len(worse) == {2015: 37, 2017: 48, 2021: 52}[year]
    assert reading.findings == ()


def test_not_scored_is_zero_in_one_year_and_empty_in_the_next_and_missing_in_both(old, new):
    shares = read("berlin_shares", monitoring(2015, "2-1-planning-areas"), old).observations
    assert (shares.query("feature == 's1'")["status"] == "missing").sum() == 12
    shares = read("berlin_shares", monitoring(2021, "2-1-planning-areas"), new).observations
    assert (shares.query("feature == 's1'")["status"] == "missing").sum() == 6
    assert set(shares.query("feature == 's2'")["status"]) == {"missing"}  # the column is empty since 2019


def test_a_share_is_read_with_its_decimal_point(old):
    shares = read("berlin_shares", monitoring(2015, "2-1-planning-areas"), old).observations
    assert shares.query("unit == '01011101' and feature == 's1'")["low"].tolist() == [5.77634]


def test_a_file_that_was_cut_off_is_told_from_one_with_gaps(new):
    reading = read("berlin_shares", monitoring(2021, "2-1-planning-areas"), new)
    (finding,) = [each for each in reading.findings if each.severity == "warning"]
    assert (finding.code, finding.row) == ("truncated", 448)
    assert finding.what.startswith(
        "Die Datei endet vermutlich zu früh, nach „10200423“. Für 95 Gebiete steht keine Zeile in der Datei: 10200524"
    )


def test_keys_of_an_older_division_are_unknown(new):
    findings = refusal("berlin_shares", monitoring(2015, "2-1-planning-areas"), new)
    assert {finding.code for finding in findings} == {"unknown_key"}
    assert len(findings) > 100


@pytest.mark.parametrize(("year", "rows"), [(2015, 434), (2017, 436), (2021, 536)])
def test_a_column_of_words_under_the_head_of_another_is_one_finding(year, rows):
    findings = refusal("berlin_scores", monitoring(year, "3-districts"), places(year))
    (shifted,) = [each for each in findings if each.column.startswith("z_d3")]
    assert shifted.code == "unknown_sign"
    assert shifted.what.startswith(f"In {rows} von {len(places(year).blocks)} Zeilen stehen Wörter")
    assert "„mittel“" in shifted.what
    assert "Die Köpfe der Spalten sind vermutlich verschoben." in shifted.what


def test_a_row_of_zeros_is_an_unknown_key_until_a_person_leaves_it_out(old):
    file = monitoring(2015, "3-districts")
    (finding,) = [each for each in refusal("berlin_scores", file, old) if each.code == "unknown_key"]
    assert (finding.row, finding.cell, finding.found) == (2, "A2", "00000000")
    left = refusal("berlin_scores", file, old, Corrections(rows={2: "skip"}))
    assert {each.code for each in left} == {"unknown_sign"}  # the shifted column stays


def test_a_row_of_names_below_the_head_is_an_unknown_key(old):
    codes = {each.found: each.code for each in refusal("berlin_context", monitoring(2015, "4-1-planning-areas"), old)}
    assert codes["00Nummer"] == codes["00000000"] == "unknown_key"


def test_a_column_of_dashes_is_read_as_not_stated(old):
    context = read("berlin_context", monitoring(2017, "4-1-planning-areas"), old).observations
    assert set(context.query("feature == 'k02'")["status"]) == {"missing"}
    assert context.query("unit == '01011101' and feature == 'k03'")["low"].tolist() == [8.70787]


@pytest.mark.parametrize("part", ["t1", "t2"])
def test_the_register_by_planning_area_is_read(old, part):
    reading = read("berlin_register", REGISTER.format(year=2017, part=part), old)
    counts = reading.observations.query("feature == 'inhabitants'")
    assert counts.query("unit == '01011101'")["low"].tolist() == [3225]
    assert len(counts) == 447


@pytest.mark.parametrize("part", ["t3", "t4"])
@pytest.mark.parametrize("year", [2017, 2020])
def test_percentages_under_the_head_of_persons_are_refused(old, year, part):
    (finding,) = [
        each
        for each in refusal("berlin_register", REGISTER.format(year=year, part=part), old)
        if each.column == "inhabitants"
    ]
    assert (finding.code, finding.cell, finding.found) == ("cases_as_persons", "F2", "100.0")
    number = {2017: 447, 2020: 448}[year]
    assert finding.what == (
        f"In {number} von {number} Zeilen steht 100: Das sind vermutlich Anteile in Prozent und keine Anzahlen."
    )


def test_an_area_too_many_is_found(old):
    (finding,) = refusal("berlin_register", REGISTER.format(year=2020, part="t1"), old)
    assert finding.code == "unknown_key"


def test_the_list_of_day_care_centres_is_read_with_all_its_places(new):
    reading = read("berlin_daycare", "berlin-angebote/kitas_berlin_2025-12.csv", new)
    centres = reading.facilities
    assert (len(centres), centres["low"].sum()) == (2891, 199837)
    assert set(centres["block_id"]) <= set(new.blocks["block_id"])
    assert reading.periods == ("2025-12-31",)
    assert not any("street" in line and "Albrechtstr" in line for line in reading.sentences())


def test_zeros_a_program_ate_are_put_back_with_one_warning(new):
    reading = read("berlin_points", "berlin-angebote/osm_playgrounds.geojson", new)
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == ("lost_zeros", "warning")
    assert len(finding.found) == 7
    assert finding.offer == f"0{finding.found}"
    assert len(reading.facilities) == 886
    assert set(reading.facilities["block_id"].str.len()) == {8}
