"""What `propose-country` promises, on four invented municipalities."""

import csv

import numpy as np
import pyarrow.parquet as pq
import pytest
from country_grids import SPLIT, TOWER, TOWN, VILLAGE, areas, contents, small_country, town, write

from sozialraum.base import in_language
from sozialraum.country import Rule, propose_country

DRAFT = Rule(effort="draft")


def reasons(folder):
    with (folder / "not_possible.csv").open(encoding="utf-8", newline="") as file:
        return [(row["municipality"], row["reason"]) for row in csv.DictReader(file, delimiter=";")]


def sizes(folder, ags, columns):
    people = {}
    half = zip(columns["y"], columns["x"], columns["population"], strict=True)
    inhabitants = {f"CRS3035RES100mN{int(y) - 50}E{int(x) - 50}": count for y, x, count in half}
    for block, area in areas(folder, ags).items():
        people[area] = people.get(area, 0) + int(inhabitants[block])
    return people


def test_each_municipality_has_a_file_or_reasons(grid, tmp_path, at_once):
    found = propose_country(grid, tmp_path / "out", DRAFT)
    assert sorted(contents(tmp_path / "out")) == [
        f"{VILLAGE}.parquet", f"{TOWN}.parquet", f"{SPLIT}.parquet", "not_possible.csv", "run.json"
    ]  # fmt: skip
    assert (found.municipalities, found.divided, found.whole, found.too_small, found.not_possible) == (4, 2, 1, 1, 1)


def test_areas_keep_the_bounds_and_come_near_the_size_aimed_at(grid, tmp_path, at_once):
    propose_country(grid, tmp_path / "out", DRAFT)
    for ags, number in ((TOWN, 2), (SPLIT, 3)):
        people = sizes(tmp_path / "out", ags, small_country())
        assert list(people) == [f"{ags}-{code:02d}" for code in range(1, number + 1)]
        assert all(700 <= size <= 8500 for size in people.values())


def test_every_cell_is_in_one_area_and_no_area_crosses_a_border(grid, tmp_path, at_once):
    propose_country(grid, tmp_path / "out", DRAFT)
    placed = [block for ags in (VILLAGE, TOWN, SPLIT) for block in areas(tmp_path / "out", ags)]
    assert len(placed) == len(set(placed)) == 16 + 100 + 144
    assert pq.read_schema(tmp_path / "out" / f"{TOWN}.parquet").names == ["block_id", "area_id"]


def test_a_municipality_below_the_minimum_is_one_area_with_that_reason(grid, tmp_path, at_once):
    propose_country(grid, tmp_path / "out", DRAFT)
    assert set(areas(tmp_path / "out", VILLAGE).values()) == {f"{VILLAGE}-01"}
    (sentence,) = [reason for ags, reason in reasons(tmp_path / "out") if ags == VILLAGE]
    assert "320 Einwohnerinnen und Einwohner, weniger als 700" in sentence


def test_a_municipality_without_a_plan_is_listed_with_every_reason(tmp_path, at_once):
    tower = town(TOWER, 3, 200)
    tower["population"][[4, 8]] = 9_000
    propose_country(write(tmp_path / "grid.parquet", tower), tmp_path / "out", DRAFT)
    found = reasons(tmp_path / "out")
    assert [ags for ags, _reason in found] == [TOWER, TOWER]
    assert all("9.000" in reason and "CRS3035RES100mN" in reason for _ags, reason in found)
    assert not (tmp_path / "out" / f"{TOWER}.parquet").exists()


def test_reasons_are_german_in_every_language(grid, tmp_path, at_once):
    with in_language("en"):
        propose_country(grid, tmp_path / "out", DRAFT)
    assert any("weniger als 700" in reason for _ags, reason in reasons(tmp_path / "out"))


def test_the_order_of_rows_changes_nothing(tmp_path, at_once):
    columns = small_country()
    order = np.random.default_rng(1).permutation(len(columns["x"]))
    for name, rows in (("one", slice(None)), ("two", order)):
        grid = write(tmp_path / f"{name}.parquet", {key: values[rows] for key, values in columns.items()})
        propose_country(grid, tmp_path / name, DRAFT)
    for ags in (VILLAGE, TOWN, SPLIT):
        assert areas(tmp_path / "one", ags) == areas(tmp_path / "two", ags)


def test_a_municipality_does_not_depend_on_the_others(tmp_path, at_once):
    propose_country(write(tmp_path / "all.parquet", small_country()), tmp_path / "all", DRAFT)
    propose_country(write(tmp_path / "one.parquet", town(TOWN, 10, 100, 1)), tmp_path / "one", DRAFT)
    assert areas(tmp_path / "one", TOWN) == areas(tmp_path / "all", TOWN)


def test_given_keys_of_cells_are_kept(tmp_path, at_once):
    columns = small_country()
    keys = np.array([f"00{number}" for number in range(len(columns["x"]))], dtype=object)
    grid = write(tmp_path / "grid.parquet", columns, block_id=keys)
    propose_country(grid, tmp_path / "out", DRAFT)
    assert set(areas(tmp_path / "out", TOWN)) == set(keys[columns["municipality"] == TOWN])


def test_uninhabited_cells_and_unknown_values_are_placed_too(tmp_path, at_once):
    columns = town(TOWN, 10, 100, 1)
    columns["population"][:10] = 0
    columns["social:young"][::3] = np.nan
    propose_country(write(tmp_path / "grid.parquet", columns), tmp_path / "out", DRAFT)
    assert len(areas(tmp_path / "out", TOWN)) == 100


def test_unused_columns_are_named(tmp_path, at_once):
    grid = write(tmp_path / "grid.parquet", small_country(), comment=np.full(269, "x", dtype=object))
    assert propose_country(grid, tmp_path / "out", DRAFT).ignored == ("comment",)


def test_more_bridges_are_tried_where_the_fewest_leave_no_plan(tmp_path, at_once):
    # five single cells: the middle with four arms. The fewest bridges make a star, which
    # cannot be cut in two parts of 700 and more; neighbouring arms joined directly can.
    place = np.array([[3, 3], [0, 3], [6, 3], [3, 0], [3, 6]])
    columns = {
        "municipality": np.full(5, TOWN, dtype=object),
        "x": 4_000_050 + 100 * place[:, 0],
        "y": 3_000_050 + 100 * place[:, 1],
        "population": np.full(5, 500),
        "social:young": np.arange(5.0),
    }
    grid = write(tmp_path / "grid.parquet", columns)
    propose_country(grid, tmp_path / "out", Rule(700, 2000, 1250, "draft"))
    assert sorted(sizes(tmp_path / "out", TOWN, columns).values()) == [1000, 1500]


def test_another_seed_is_another_chance_of_each_municipality():
    rule, other = Rule(seed=1), Rule(seed=2)
    assert len({rule.seed_of(TOWN), rule.seed_of(SPLIT), other.seed_of(TOWN)}) == 3
    assert rule.seed_of(TOWN) == Rule(seed=1).seed_of(TOWN)


def test_a_city_of_a_hundred_areas_gets_three_digits(tmp_path, at_once):
    propose_country(write(tmp_path / "grid.parquet", town(TOWN, 24, 1000)), tmp_path / "out", DRAFT)
    assert sorted(set(areas(tmp_path / "out", TOWN).values()))[0] == f"{TOWN}-001"


def test_one_error_of_the_program_does_not_stop_the_country(grid, tmp_path, at_once, monkeypatch):
    from sozialraum.base import SozialraumError
    from sozialraum.country import task

    def broken(cells, *rest):
        if cells.ags == SPLIT:
            raise ZeroDivisionError("a defect")
        return search(cells, *rest)

    search = task._search
    monkeypatch.setattr(task, "_search", broken)
    with pytest.raises(SozialraumError, match=SPLIT):
        propose_country(grid, tmp_path / "out", DRAFT)
    assert (tmp_path / "out" / f"{TOWN}.parquet").exists()
