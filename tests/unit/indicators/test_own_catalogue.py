"""A project may count by a catalogue of its own, kept as tables."""

import json
from importlib.resources import files

import pandas as pd
import pytest

from sozialraum.indicators import (
    BadDefinition,
    carry,
    catalogue_from,
    current_catalogue,
    definitions,
    features,
    in_catalogue,
    read_tables,
)

TABLES = {
    "population": "people",
    "source": [
        {"code": "cells", "title_de": "Zellen", "title_en": "Cells", "profile": "census", "complete": "municipality",
         "period": "edition"},
        {"code": "schools", "title_de": "Schulen", "title_en": "Schools", "profile": "facilities",
         "complete": "region", "period": "standing"},
    ],
    "feature": [
        {"code": "people", "source": "cells", "title_de": "Menschen", "title_en": "People"},
        {"code": "young", "source": "cells", "title_de": "Kinder", "title_en": "Children", "part_of": "people"},
        {"code": "places_primary", "source": "schools", "title_de": "Plätze", "title_en": "Places"},
    ],
    "theme": [{"id": "people", "order": 1, "title_de": "Menschen", "title_en": "People"}],
    "indicator": [
        {"id": "share_young", "version": 1, "theme": "people", "order": 1, "title_de": "Kinder",
         "title_en": "Children", "measured_de": "Anteil", "measured_en": "Share", "why_de": "Weil", "why_en": "Because",
         "numerator": "young", "denominator": "people", "unit": "persons", "direction": 0, "period": "edition",
         "kind": "share", "source": "cells", "profile": "census", "breaks": [0.1, 0.2, 0.3, 0.4], "in_index": False},
    ],
}  # fmt: skip


def test_inside_the_block_its_own_catalogue_counts_and_afterwards_the_default_one():
    before = definitions()
    with in_catalogue(catalogue_from(TABLES)):
        assert [one.id for one in definitions()] == ["share_young"]
        assert set(features()) == {"people", "young", "places_primary"}
        assert current_catalogue().population == "people"
    assert definitions() == before


def test_the_packaged_tables_survive_json_and_give_the_same_catalogue():
    tables = read_tables(files("sozialraum.indicators") / "catalogue")
    assert catalogue_from(json.loads(json.dumps(tables))) == current_catalogue()


def test_a_definition_that_names_an_unknown_feature_is_refused():
    broken = {**TABLES, "indicator": [{**TABLES["indicator"][0], "numerator": "nobody"}]}
    with pytest.raises(BadDefinition, match=r"share_young.*numerator"):
        catalogue_from(broken)


def test_a_feature_of_an_unknown_source_is_refused():
    broken = {**TABLES, "feature": [{**TABLES["feature"][0], "source": "nowhere"}]}
    with pytest.raises(BadDefinition, match="people"):
        catalogue_from(broken)


class Plan:
    plan_id = "p"
    assignment = pd.Series({"b1": "05999004-01", "b2": "05999004-02"})
    areas = pd.DataFrame({"area_id": ["05999004-01", "05999004-02"], "municipality": "05999004"})


def test_a_standing_source_is_carried_to_a_distant_edition_with_its_date_and_stays_in_the_region():
    facilities = pd.DataFrame(
        {"facility_id": ["1"], "name": ["Schule"], "kind": ["school"], "block_id": ["b1"], "group": ["primary"],
         "low": [98.0], "high": [102.0], "status": ["rounded"], "provenance": [""], "period": ["2024-10-15"],
         "protected": [False]}
    )  # fmt: skip
    observations = pd.DataFrame(
        {"geography": "block", "unit": ["b1", "b2"], "feature": "people", "period": "2011-05-09",
         "low": [10.0, 20.0], "high": [10.0, 20.0], "status": "estimated", "cell": ""}
    )  # fmt: skip
    blocks = pd.DataFrame({"block_id": ["b1", "b2"], "population": [10, 20]})
    municipalities = pd.DataFrame({"ags": ["05999004"]})
    with in_catalogue(catalogue_from(TABLES)):
        counts = carry(observations, facilities, Plan(), blocks, municipalities, ["2011-05-09"])
    places = counts[counts["feature"] == "places_primary"].set_index("unit")
    assert list(places["period"].unique()) == ["2011-05-09"]
    assert places.loc["region", ["low", "high", "scope"]].tolist() == [98.0, 102.0, ""]
    assert places.loc["05999004-02", ["low", "status"]].tolist() == [0.0, "observed"]
    assert set(places["note"]) == {"other_date=2024-10-15"}
