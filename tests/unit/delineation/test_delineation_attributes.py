"""Attributes are comparable: inhabitants as weight, each family the same."""

from __future__ import annotations

import numpy as np
import pytest

from sozialraum.delineation.attributes import standardise
from village import BENEFITS, FLATS, RENTS, draw_blocks


def table(**attributes):
    blocks = draw_blocks(**attributes)
    return blocks, standardise(blocks)


def test_mean_zero_and_variance_one_by_inhabitants():
    blocks, found = table(social_a=BENEFITS)
    weight = blocks["population"].to_numpy(dtype=float)
    assert np.average(found.values[:, 0], weights=weight) == pytest.approx(0)
    assert np.average(found.values[:, 0] ** 2, weights=weight) == pytest.approx(1)


def test_a_family_counts_the_same_however_many_attributes_it_has():
    blocks, found = table(social_a=BENEFITS, social_b=RENTS, social_c=FLATS, housing_a=RENTS)
    weight = blocks["population"].to_numpy(dtype=float)
    spread = {}
    for column, values in zip(found.columns, found.values.T, strict=True):
        family = column.split("_")[0]
        spread[family] = spread.get(family, 0) + np.average(values**2, weights=weight)
    assert spread == {"social": pytest.approx(1), "housing": pytest.approx(1)}


def test_unknown_values_stand_at_the_mean_and_are_counted():
    _blocks, found = table(social_a={**BENEFITS, "A": float("nan")})
    assert found.missing == {"social_a": 1}
    assert found.values[0, 0] == 0


def test_attributes_without_difference_are_left_out():
    _blocks, found = table(social_a=BENEFITS, housing_a=dict.fromkeys(BENEFITS, 3.0))
    assert found.columns == ("social_a",)
    assert found.unused == ("housing_a",)
