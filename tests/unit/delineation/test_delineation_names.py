"""Codes in reading order, short names unique in the municipality."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sozialraum.delineation import area_key
from sozialraum.delineation.names import around, compass, reading_order, short_names

KEYS = [("3", "05999004-03"), ("3a", "05999004-03a"), ("12", "05999004-12"), ("12b", "05999004-12b")]


@pytest.mark.parametrize(("code", "key"), KEYS)
def test_area_keys_are_padded(code, key):
    assert area_key("05999004", code) == key


def test_reading_order_goes_by_rows():
    grid = np.array([[x, y] for y in (0, 10, 20) for x in (0, 10, 20)], dtype=float)
    order = reading_order(grid)
    assert grid[order].tolist() == [[x, y] for y in (20, 10, 0) for x in (0, 10, 20)]


@pytest.mark.parametrize(
    ("east", "north", "word"), [(0, 1, "Nord"), (1, 0, "Ost"), (-1, -1, "Südwest"), (-1, 0, "West"), (1, 1, "Nordost")]
)
def test_compass(east, north, word):
    assert compass(east, north) == word


def names(quarters: list[list[str]], centres, people=None) -> list[str]:
    labels = np.array([area for area, own in enumerate(quarters) for _quarter in own])
    places = pd.Series([quarter for own in quarters for quarter in own])
    population = np.ones(len(labels)) if people is None else np.array(people, dtype=float)
    codes = [str(number) for number in range(1, len(quarters) + 1)]
    return short_names(labels, population, places, np.array(centres, dtype=float), codes)


def test_most_inhabitants_give_the_name():
    assert names([["Aue", "Berg", "Aue"]], [(0, 0)], [10, 25, 10]) == ["Berg"]


def test_the_same_place_is_told_apart_by_direction():
    assert names([["Nordfeld"], ["Nordfeld"]], [(0, 0), (10, 0)]) == ["Nordfeld-West", "Nordfeld-Ost"]
    three = names([["Aue"]] * 3, [(0, 0), (10, 0), (20, 0)])
    assert three == ["Aue-West", "Aue-Mitte", "Aue-Ost"]


def test_the_same_direction_is_told_apart_by_the_second_place():
    given = [["Aue", "Aue", "Berg"], ["Aue", "Aue", "Tal"], ["Aue"]]
    assert names(given, [(0, 10), (1, 10), (0, -20)]) == ["Aue/Berg", "Aue/Tal", "Aue-Süd"]


def test_names_stay_unique_at_last_by_code():
    found = names([["Aue"]] * 6, [(0, 0)] * 6)
    assert len(set(found)) == 6


STREETS = [
    ("Hauptstraße", "Um die Hauptstraße"),
    ("Aachener Straße", "Um die Aachener Straße"),
    ("Alte Gasse", "Bereich Alte Gasse"),
    ("Marktplatz", "Um den Marktplatz"),
    ("Langer Weg", "Bereich Langer Weg"),
    ("Am Markt", "Bereich Am Markt"),
]


@pytest.mark.parametrize(("street", "name"), STREETS)
def test_an_area_around_a_street(street, name):
    assert around(street) == name


def test_streets_name_areas_that_no_place_tells_apart():
    labels, people, centres = np.array([0, 0, 1, 1]), np.array([1.0, 2.0, 2.0, 1.0]), np.zeros((2, 2))
    streets = pd.Series(["Ring", "Hauptstraße", "Marktplatz", "Ring"])
    without = short_names(labels, people, pd.Series([""] * 4), centres, ["1", "2"], streets)
    assert without == ["Um die Hauptstraße", "Um den Marktplatz"]
    same = short_names(labels, people, pd.Series(["Aue"] * 4), centres, ["1", "2"], streets)
    assert same == ["Aue-Ost (Hauptstraße)", "Aue-Ost (Marktplatz)"]


def test_a_name_that_is_taken_is_not_given_again():
    labels, people, centres = np.array([0]), np.array([1.0]), np.zeros((1, 2))
    assert short_names(labels, people, pd.Series(["Aue"]), centres, ["2"], None, ["Aue"]) == ["Aue 2"]
