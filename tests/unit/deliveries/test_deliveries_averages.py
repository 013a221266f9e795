"""Averages are weighted by the units behind them; adding them is refused."""

from dataclasses import replace

import deliveries_specimens as specimens
import numpy as np
import pytest

from sozialraum.base import InputRefused
from sozialraum.base.value import STRENGTH
from sozialraum.deliveries import read_delivery, recipes
from sozialraum.deliveries.cells import Cells, carried_cells
from sozialraum.deliveries.declare import recipe_from
from sozialraum.deliveries.recipe import ValueRule
from sozialraum.deliveries.recipe_writing import recipe_text

CENSUS = next(recipe for recipe in recipes() if recipe.code == "census_dwellings")
OBSERVED, MISSING, SUPPRESSED = (STRENGTH[name] for name in ("observed", "missing", "suppressed"))


def with_average(**entries):
    """The census recipe, carrying its average dwelling size as a feature."""
    values = [
        replace(value, feature="floor_space", not_carried="", **entries) if value.column == "mean_size" else value
        for value in CENSUS.values
    ]
    return recipe_text(replace(CENSUS, values=tuple(values)))


def test_a_block_of_two_cells_has_the_space_of_all_its_dwellings(tmp_path):
    recipe = recipe_from(with_average(weight="dwellings"), "own", {})
    path = specimens.census(tmp_path, specimens.cell(50, 50, "10;8;80,00;"), specimens.cell(150, 50, "20;0;50,00;"))
    reading = read_delivery(path, recipe, specimens.places())
    rows = reading.observations[reading.observations["unit"] == "05999004-0001"].set_index("feature")
    assert rows.loc["floor_space", "low"] == 10 * 80 + 20 * 50
    assert rows.loc["floor_space", "low"] / rows.loc["dwellings", "low"] == 60  # and not 130
    assert any("gewichtet, nicht addiert" in sentence for sentence in reading.assumed)


@pytest.mark.parametrize(
    ("entries", "said"),
    [({}, "Durchschnitte werden nicht addiert"), ({"weight": "mean_size"}, "muss selbst als Wert gelesen werden"),
     ({"weight": "nothing"}, "nothing")],
)  # fmt: skip
def test_adding_averages_or_weighing_by_what_is_no_number_is_refused(entries, said):
    with pytest.raises(InputRefused, match=said):
        recipe_from(with_average(**entries), "own", {})


def test_bounds_and_statuses_of_average_and_number_go_together():
    average = Cells(
        np.array([50, 50, 50, np.nan]), np.array([50, 60, 50, np.nan]), np.array([OBSERVED] * 3 + [MISSING])
    )
    units = Cells(
        np.array([0, 3, 0, 0]), np.array([9, 3, np.inf, 0]), np.array([SUPPRESSED, OBSERVED, SUPPRESSED, OBSERVED])
    )
    found = carried_cells(ValueRule("average", "plain", weight="units"), {"average": average, "units": units})
    assert found.low.tolist() == [0, 150, 0, 0]
    assert found.high.tolist() == [450, 180, np.inf, 0]
    assert found.rank.tolist() == [SUPPRESSED, OBSERVED, SUPPRESSED, OBSERVED]  # an average over nobody is no hole
