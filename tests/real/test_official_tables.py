"""Official tables as they came: every file is read with checked values, or refused with the right finding."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from sozialraum.base import InputRefused
from sozialraum.deliveries import Places, find_recipe, read_delivery

DATA = Path(__file__).parents[2].parent / "shared" / "data"
TABLES = DATA / "amtliche-rohtabellen"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not TABLES.is_dir(), reason="the official tables are not there"),
]


@pytest.fixture(scope="module")
def region():
    """The ten municipalities of the StädteRegion; each is one block."""
    file = DATA / "aachen-gemeinden" / "gemeinden_staedteregion_aachen.gpkg"
    towns = gpd.read_file(file, layer="gemeinden").sort_values("AGS", ignore_index=True)
    blocks = gpd.GeoDataFrame(
        {"block_id": towns["AGS"] + "-0001", "municipality": towns["AGS"], "population": 1, "land": "settlement"},
        geometry=towns.geometry,
    )
    return Places(blocks, pd.DataFrame({"ags": towns["AGS"], "name": towns["GEN"]}))


@pytest.fixture(scope="module")
def cologne():
    """Another project, which the tables of IT.NRW are about."""
    blocks = {"block_id": ["05315000-0001"], "municipality": ["05315000"], "population": [1], "land": ["settlement"]}
    frame = gpd.GeoDataFrame(blocks, geometry=[box(0, 0, 1, 1)], crs="EPSG:25832")
    return Places(frame, pd.DataFrame({"ags": ["05315000"], "name": ["Köln"]}))


def read(name, places):
    path = TABLES / name
    return read_delivery(path, find_recipe(path), places)


def value(reading, unit, feature, period):
    rows = reading.observations.query("unit == @unit and feature == @feature and period == @period")
    (row,) = rows.to_dict("records")
    return row["low"], row["high"], row["status"], row["cell"]


def test_every_file_of_the_folder_is_looked_at_here():
    text = Path(__file__).read_text(encoding="utf-8")
    files = [path.name for path in TABLES.iterdir() if path.name != "README.md"]
    assert len(files) == 8
    assert [name for name in files if name not in text] == []


def test_unemployed_by_municipality_from_a_sheet_with_a_year_above_each_column(region):
    reading = read("inkar_arbeitslose_gemeinden_1998_2021.xls", region)
    assert reading.periods == tuple(str(year) for year in range(1998, 2022))
    counts = {"05334002": 11731, "05334004": 2483, "05334008": 1058}  # Aachen, Alsdorf, Baesweiler
    for ags, count in counts.items():
        assert value(reading, ags, "inkar_unemployed", "2021")[:3] == (count, count, "observed")
    assert value(reading, "05334002", "inkar_unemployed", "2021")[3] == "Blatt Daten, AA2147"
    assert value(reading, "05334002", "inkar_unemployed", "1998")[0] == 13751
    assert len(reading.municipalities) == 10
    assert "10.980 Zeilen von Gemeinden, die nicht zum Projekt gehören." in reading.skipped
    assert any("Jahresdurchschnitt" in line for line in reading.remarks)  # the sheet of notes is kept
    assert reading.shape.sums["inkar_unemployed"][0] == reading.observations.query("period == '2021'")["low"].sum()


def test_people_of_working_age_hold_for_the_last_day_of_the_year(region):
    reading = read("inkar_erwerbsfaehige_gemeinden.xls", region)
    assert value(reading, "05334002", "inkar_working_age", "2021-12-31")[0] == 174460
    assert value(reading, "05334004", "inkar_working_age", "2001-12-31")[0] == 30154


@pytest.mark.parametrize(
    ("file", "feature", "period", "number"),
    [
        ("inkar_beschaeftigte_akad_kreise.xls", "inkar_graduates", "2021-06-30", 23.96),
        ("inkar_schulabgaenger_ohne_abschluss_kreise.xls", "inkar_school_leavers", "2021", 5.61),
        ("inkar_haushaltseinkommen_kreise.xls", "inkar_income", "2021", 1839.6),
    ],
)
def test_measures_of_kreise_hold_for_the_region(region, file, feature, period, number):
    reading = read(file, region)
    assert value(reading, "region", feature, period)[:3] == (number, number, "observed")
    assert set(reading.observations["geography"]) == {"region"}
    assert "399 Zeilen anderer Kreise." in reading.skipped


def test_a_year_without_a_number_is_missing_and_not_zero(region):
    reading = read("inkar_schulabgaenger_ohne_abschluss_kreise.xls", region)
    low, _high, status, _cell = value(reading, "region", "inkar_school_leavers", "2001")
    assert (pd.isna(low), status) == (True, "missing")


@pytest.mark.parametrize("file", ["itnrw_33111-02ir.csv", "itnrw_33111-02ir.xls"])
def test_land_use_of_one_municipality_named_in_a_title(cologne, file):
    reading = read(file, cologne)
    assert len(reading.periods) == 19
    assert value(reading, "05315000", "land_ar", "2012-12-31")[0] == 4051641
    assert value(reading, "05315000", "land_residential_ar", "2012-12-31")[0] == 597254
    assert value(reading, "05315000", "land_built_up_ar", "1994-12-31")[0] == 2354163
    assert any("Vervielfältigung" in line for line in reading.remarks)


def test_the_text_and_the_workbook_of_one_table_give_the_same_values(cologne):
    columns = ["unit", "feature", "period", "low", "high", "status"]
    text, book = (read(f"itnrw_33111-02ir.{end}", cologne).observations[columns] for end in ("csv", "xls"))
    pd.testing.assert_frame_equal(text, book)


def test_unemployed_by_month_with_a_month_above_each_column(cologne):
    reading = read("itnrw_13211-03ir.xls", cologne)
    assert value(reading, "05315000", "unemployed_official", "2014-01-31")[:3] == (54197, 54197, "observed")
    assert value(reading, "05315000", "unemployed_official", "2004-02-29")[2] == "observed"
    low, _high, status, _cell = value(reading, "05315000", "unemployed_official", "2014-12-31")
    assert (pd.isna(low), status) == (True, "missing")  # '...': comes later


@pytest.mark.parametrize("file", ["itnrw_33111-02ir.csv", "itnrw_33111-02ir.xls", "itnrw_13211-03ir.xls"])
def test_a_table_about_another_municipality_is_refused_in_one_sentence(region, file):
    with pytest.raises(InputRefused) as caught:
        read(file, region)
    (finding,) = caught.value.findings
    assert finding.what == "Keine Zeile der Datei gehört zum Projekt; sie nennt zum Beispiel „Köln, krfr. Stadt“."


def test_the_kilometre_grid_of_the_census_gives_municipalities(region):
    path = DATA / "aachen-zensus2011-grid" / "zensus2011_1km.csv"
    reading = read_delivery(path, find_recipe(path), region)
    told = {"05334004": 46025, "05334008": 26972, "05334012": 55587}  # Alsdorf, Baesweiler, Eschweiler
    for ags, count in told.items():
        assert value(reading, ags, "c11_population_1km", "2011-05-09")[0] == count
    # -1 means "uninhabited or secret": the sum is uncertain, not smaller
    assert value(reading, "05334008", "c11_population_1km", "2011-05-09")[2] == "uncertain"
    assert value(reading, "05334004", "c11_population_1km", "2011-05-09")[2] == "observed"
