"""Wishes say every fault at once, in German, and survive being stored."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from sozialraum.base import UsageError
from sozialraum.delineation.wishes import Wishes, usual_wishes

FAULTS = [
    # wishes, part of the sentence
    ({"weights": {"social": -1}}, "Ein Gewicht ist eine Zahl ab 0: social."),
    ({"weights": {"traffic": 1}}, "Unbekannte Themenbereiche: traffic; es gibt social, building, housing."),
    ({"weights": {"social": 0, "building": 0, "housing": 0}}, "Mindestens ein Themenbereich muss zählen."),
    ({"compactness": -0.1}, "„Kompakte Form“ ist eine Zahl ab 0."),
    ({"barriers": float("nan")}, "„Grenzen an Fluss, Bahn und Autobahn“ ist eine Zahl ab 0."),
    ({"change": "viel"}, "„Nähe zum bisherigen Zuschnitt“ ist eine Zahl ab 0."),
    ({"balance": 1.5}, "„Ähnlich große Gebiete“ ist eine Zahl von 0 bis 1."),
    ({"areas": 0}, "Die Zahl der Gebiete ist eine ganze Zahl ab 1"),
    ({"areas": 2.5}, "Die Zahl der Gebiete ist eine ganze Zahl ab 1"),
    ({"areas": (1, 2, 3)}, "Die Zahl der Gebiete ist eine ganze Zahl ab 1"),
    ({"areas": (5, 3)}, "Die Spanne der Gebiete beginnt mit 5, endet aber schon mit 3."),
    ({"size_low": -1}, "„Kleinste Größe“ ist eine Zahl ab 0."),
    ({"size_low": 900, "size_high": 800}, "Die kleinste Größe eines Gebiets liegt über der größten."),
    ({"target": 0}, "Die mittlere Größe eines Gebiets ist größer als 0."),
    ({"effort": "heroic"}, "Die Gründlichkeit „heroic“ gibt es nicht"),
]


@pytest.mark.parametrize(("given", "sentence"), FAULTS)
def test_a_fault_is_said(given, sentence):
    with pytest.raises(UsageError) as caught:
        Wishes(**given)
    assert sentence in str(caught.value)


def test_all_faults_come_at_once():
    with pytest.raises(UsageError) as caught:
        Wishes(compactness=-1, areas=0, effort="heroic")
    assert str(caught.value).count(".") == 3


def test_wishes_survive_being_stored():
    wishes = Wishes(weights={"social": 2.0}, areas=(3, 5), size_low=700, change=0.5, balance=0.25, effort="draft")
    assert Wishes.from_json(json.loads(json.dumps(wishes.to_json()))) == wishes


def test_unknown_words_are_named():
    with pytest.raises(UsageError, match="Unbekannte Angaben: colour, size"):
        Wishes.from_json({"size": 3, "colour": "red"})


@pytest.mark.parametrize(("agreed", "areas"), [(14, 14), (None, None), (pd.NA, None)])
def test_a_municipality_starts_with_its_agreed_number(agreed, areas):
    assert usual_wishes(pd.Series({"areas": agreed}, dtype=object)).areas == areas
