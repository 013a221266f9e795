"""No figure counts twice: what a delivery in force holds decides, not the recipe or the data set it came by."""

from dataclasses import replace

import pytest
from project_world import WHEN, new_project, some_reading, write_delivery

from sozialraum.project.delivered import About, Taking

A, B, C = "05999004", "05999008", "05999012"
BOTH = {"sums": {"households|2025-12-31": [0, 0, 1], "cars|2025-12-31": [0, 0, 1]}}


@pytest.fixture
def project(tmp_path):
    with new_project(tmp_path / "p", editions=["2025-12-31"]) as opened:
        yield opened


def taken(project, tmp_path, name, reading, control=None, **about):
    """Take a file over that is told apart by its name alone."""
    file = write_delivery(tmp_path, name, f"{name}.csv")
    return project.take_delivery(file, reading, WHEN, Taking(About(**about), control=control or {}))


def of_towns(*towns, period="2025-12-31", recipe="office", features=("households",), geography="block"):
    """A reading with one value per municipality and feature."""
    rows = [(feature, town) for feature in features for town in towns]
    values = some_reading(len(rows)).observations.assign(
        geography=geography, unit=[town if geography == "municipality" else f"{town}-A" for _feature, town in rows],
        feature=[feature for feature, _town in rows], period=period,
    )  # fmt: skip
    own = replace(some_reading().recipe, code=recipe)
    return replace(some_reading(), recipe=own, observations=values, municipalities=towns, periods=(period,))


def test_other_dates_towns_and_features_stand_beside(project, tmp_path):
    taken(project, tmp_path, "alt", of_towns(A), data_set="kita")
    nothing = ([], [])
    assert project.meeting_deliveries(of_towns(A, period="2024-12-31")) == nothing
    assert project.meeting_deliveries(of_towns(A, recipe="other", features=("cars",))) == nothing
    assert project.meeting_deliveries(of_towns(B, recipe="other")) == nothing


@pytest.mark.parametrize(
    ("towns", "features", "whole"),
    [
        ((A, B), ("households", "cars"), True),
        ((A, B, C), ("households", "cars", "dogs"), True),
        ((A,), ("households", "cars"), False),
        ((A, B), ("cars",), False),
    ],
)
@pytest.mark.parametrize("control", [{}, BOTH])
def test_no_figure_counts_twice_whatever_it_came_by(project, tmp_path, towns, features, whole, control):
    before = of_towns(A, B, features=("households", "cars"))
    key, _none = taken(project, tmp_path, "alt", before, control, data_set="kita")
    now = of_towns(*towns, recipe="form_office", features=features)
    assert project.meeting_deliveries(now) == ([key] if whole else [], [] if whole else [key])
    if whole:
        assert taken(project, tmp_path, "neu", now, data_set="hort")[1] == [key]
        values = project.observations()
        assert not values.duplicated(["unit", "feature", "period"]).any()


def test_a_total_of_an_office_is_not_a_second_count_of_its_parts(project, tmp_path):
    parts, total = of_towns(A), of_towns(A, recipe="yearbook", geography="municipality")
    taken(project, tmp_path, "teile", parts)
    assert project.meeting_deliveries(total) == ([], [])
    key, _none = taken(project, tmp_path, "jahrbuch", total)
    assert project.meeting_deliveries(replace(total, recipe=replace(total.recipe, code="other"))) == ([key], [])
