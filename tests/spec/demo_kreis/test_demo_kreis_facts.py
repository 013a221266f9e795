"""What the demo Kreis promises, as tables that a planner can check."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sozialraum.demo import CITY, EDITIONS, NOTICE, World

MEMBERS = [
    ("05999004", "Merzenrath", "town", 16, 62_500),
    ("05999008", "Grevenholt", "town", 14, 55_000),
    ("05999012", "Hallenfeld", "town", 14, 54_000),
    ("05999016", "Ellenbrück", "town", 11, 42_500),
    ("05999020", "Rodenscheid", "small_town", 8, 30_500),
    ("05999024", "Wiesenrath", "small_town", 7, 27_000),
    ("05999028", "Kaltbroich", "small_town", 3, 11_800),
    ("05999032", "Buchensief", "rural", 2, 8_600),
    ("05999036", "Wallerseifen", "rural", 2, 8_100),
]


@pytest.mark.parametrize(("ags", "name", "kind", "areas", "inhabitants"), MEMBERS)
def test_nine_municipalities(ags: str, name: str, kind: str, areas: int, inhabitants: int, demo_world: World) -> None:
    row = demo_world.municipalities.set_index("ags").loc[ags]
    own = demo_world.blocks.loc[demo_world.blocks["municipality"] == ags, "population"].sum()
    assert (row["name"], row["kind"], row["areas"]) == (name, kind, areas)
    assert (row["size_low"], row["size_high"]) == (700, 8500)
    assert own == pytest.approx(inhabitants, rel=0.03)
    assert 700 * areas < own < 8500 * areas


def test_seventy_seven_areas_about_three_hundred_thousand_people_and_nine_thousand_blocks(demo_world: World) -> None:
    assert demo_world.municipalities["areas"].sum() == 77
    assert demo_world.blocks["population"].sum() == pytest.approx(300_000, rel=0.02)
    assert 8_000 <= len(demo_world.blocks) <= 10_000


def test_the_city_joins_with_fourteen_areas_and_limits_of_its_own(demo_city_world: World) -> None:
    row = demo_city_world.municipalities.set_index("ags").loc[CITY]
    own = demo_city_world.blocks[demo_city_world.blocks["municipality"] == CITY]
    assert (row["areas"], row["size_low"], row["size_high"]) == (14, 5000, 30000)
    assert own["population"].sum() == pytest.approx(250_000, rel=0.02)
    assert len(demo_city_world.blocks) < 13_000


def test_the_city_delivers_from_the_second_edition_on(demo_city_files: Path) -> None:
    for edition in EDITIONS:
        text = (demo_city_files / f"einwohnerbestand_{edition}.csv").read_bytes().decode("cp1252")
        facilities = (demo_city_files / f"Einrichtungen_{edition}.csv").read_text("utf-8-sig")
        month = edition[:7].replace("-", "")
        agency = (demo_city_files / f"AkG_C_SGB2_{month}.csv").read_bytes().decode("cp1252")
        joined = edition >= EDITIONS[1]
        assert (f";{CITY}-" in text) == joined
        assert (f";{CITY}-" in facilities) == joined
        assert (f";{CITY};" in agency) == joined
        assert (demo_city_files / f"Jugendamt_Altenwerth_{edition[:4]}.xlsx").exists() == joined


# Holes on purpose: who delivers which youth office file
HOLES = [
    ("Merzenrath", ["2021", "2023", "2025"]),
    ("Grevenholt", ["2021", "2023", "2025"]),
    ("Hallenfeld", ["2021", "2023", "2024"]),
    ("Ellenbrück", []),
    ("Kreis", ["2021", "2023", "2025"]),
]


@pytest.mark.parametrize(("office", "years"), HOLES)
def test_editions_have_holes(office: str, years: list[str], demo_files: Path) -> None:
    found = sorted(path.stem[-4:] for path in demo_files.glob(f"Jugendamt_{office}_*.xlsx"))
    assert found == years


def test_one_office_counts_over_the_year_the_others_at_the_date(demo_files: Path) -> None:
    from python_calamine import CalamineWorkbook

    said = {}
    for path in sorted(demo_files.glob("Jugendamt_*_2023.xlsx")):
        rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Tabelle 1").to_python(skip_empty_area=False)
        said[path.stem.split("_")[1]] = rows[4][4]
    assert said == {
        "Grevenholt": "im Jahr 2023",
        "Hallenfeld": "am Stichtag",
        "Kreis": "am Stichtag",
        "Merzenrath": "am Stichtag",
    }


# The story of the maps: kinds of places and what one should see there


def by_quarter(world: World) -> pd.DataFrame:
    conditions = world.truth.conditions
    key = world.blocks["municipality"] + " " + world.blocks["quarter"]
    last, first = (conditions[k].groupby(key.to_numpy()).sum() for k in (-1, 0))
    last = last[last["population"] > 500]
    return last.assign(
        share=last["benefit_persons"] / last["population"],
        before=(first["benefit_persons"] / first["population"]).reindex(last.index),
    )


STORY = [
    ("Sonnenhöhe", 0.13, 0.30),
    ("Hüttenviertel", 0.05, 0.20),
    ("Gartenstadt", 0.01, 0.06),
    ("Obstwiesen", 0.01, 0.06),
    ("Am Stadtpark", 0.0, 0.04),
]


@pytest.mark.parametrize(("quarter", "low", "high"), STORY)
def test_estates_are_burdened_and_garden_suburbs_are_not(
    quarter: str, low: float, high: float, demo_world: World
) -> None:
    shares = by_quarter(demo_world)["share"]
    own = shares[shares.index.str.endswith(" " + quarter)]
    assert len(own) >= 2
    assert own.between(low, high).all()


def test_some_quarters_improve_and_some_worsen_clearly(demo_world: World) -> None:
    quarters = by_quarter(demo_world)
    change = quarters["share"] - quarters["before"]
    assert (change < -0.01).sum() >= 3
    assert (change > 0.01).sum() >= 3


def test_new_housing_fills_up_over_the_editions(demo_world: World) -> None:
    new = (demo_world.blocks["quarter"] == "Neue Aue").to_numpy()
    people = [counts[new].sum() for counts in demo_world.truth.persons]
    assert people[0] < 0.3 * people[2]
    assert people[0] < people[1] < people[2]


def test_one_village_stands_out_by_its_care_home(demo_world: World) -> None:
    people = demo_world.truth.persons[-1].sum(axis=(2, 3))
    quarter = (demo_world.blocks["municipality"] + " " + demo_world.blocks["quarter"]).to_numpy()
    ages = pd.DataFrame(people).groupby(quarter).sum()
    ages = ages[ages.sum(axis=1) > 500]
    share = (ages[7] / ages.sum(axis=1)).sort_values()
    home = quarter[demo_world.truth.facilities.care_home]
    assert share.index[-1] == home
    assert share.iloc[-1] > 1.4 * share.iloc[-2]


def test_places_are_uneven_and_one_quarter_has_more_than_it_needs(demo_world: World) -> None:
    table = demo_world.truth.facilities.table.query("kind == 'daycare'")
    quarter = (demo_world.blocks["municipality"] + " " + demo_world.blocks["quarter"]).to_numpy()
    young = pd.Series(demo_world.truth.persons[-1][:, :2].sum(axis=(1, 2, 3))).groupby(quarter).sum()
    places = table["places_2"].groupby(quarter[table["block"].to_numpy()]).sum()
    coverage = (places / young)[young > 100]
    assert (coverage < 0.45).sum() >= 4
    assert coverage.max() > 1.1
    assert (coverage > 1.1).sum() == 1
    assert table["places_2"].sum() / young.sum() == pytest.approx(0.62, abs=0.05)


CORRELATIONS = [
    ("social_income", "social_support", -0.95, -0.6),
    ("social_support", "social_foreign", 0.6, 0.97),
    ("building_storeys", "housing_multi", 0.6, 0.97),
    ("housing_multi", "housing_owner", -1.0, -0.8),
    ("social_income", "housing_owner", 0.5, 0.95),
]


@pytest.mark.parametrize(("one", "other", "low", "high"), CORRELATIONS)
def test_attributes_go_together_as_in_towns(one: str, other: str, low: float, high: float, demo_world: World) -> None:
    assert low < demo_world.blocks[one].corr(demo_world.blocks[other]) < high


def test_neighbouring_blocks_resemble_each_other(demo_world: World) -> None:
    from scipy.spatial import cKDTree

    lived_in = demo_world.blocks[demo_world.blocks["population"] > 0]
    points = np.column_stack([lived_in.centroid.x, lived_in.centroid.y])
    near = cKDTree(points).query(points, 5)[1][:, 1:]
    income = lived_in["social_income"].to_numpy()
    assert np.corrcoef(income, income[near].mean(axis=1))[0, 1] > 0.75


def test_towns_are_dense_inside_and_loose_outside(demo_world: World) -> None:
    blocks = demo_world.blocks
    density = blocks["population"].groupby(blocks["quarter"]).sum() / (
        blocks.area.where(blocks["land"] == "settlement", 0).groupby(blocks["quarter"]).sum() / 10_000
    )
    assert density["Altstadt"] > 2 * density["Gartenstadt"] > 0


def test_the_notice_says_that_everything_is_invented() -> None:
    assert "erfunden" in NOTICE
