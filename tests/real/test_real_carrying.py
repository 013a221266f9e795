"""Carrying against published numbers: Berlin-Neukölln's register, and Berlin's areas before and after 2021."""

import json
import tomllib
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest
from benchmarks import carrying_real as real

from sozialraum.base import InputRefused
from sozialraum.carrying import carry

DATA = Path(__file__).parents[2].parent / "shared" / "data"
NEEDED = (
    "berlin-neukoelln-zensus2011-100m",
    "berlin-lor-bis2020",
    "berlin-einwohner-lor",
    "berlin-mss",
    "aachen-zensus2011-grid",
)
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not all((DATA / name).is_dir() for name in NEEDED), reason="the open data are not there"),
]
EVERYBODY = 3_769_962


@pytest.fixture(scope="module")
def neukoelln():
    return real.read_neukoelln(DATA)


@pytest.fixture(scope="module")
def renewal():
    return real.read_renewal(DATA)


def test_the_register_is_carried_back_without_losing_anybody(neukoelln):
    for matrix in neukoelln.matrices.values():
        assert len(matrix.sources) == 10
        assert len(matrix.targets) == 40
        back = real.carried_back(matrix, neukoelln.truth)
        sums = back.groupby("feature")["low"].sum()
        assert sums.to_numpy() == pytest.approx(neukoelln.truth.sum()[sums.index].to_numpy(), rel=1e-9)


def test_cells_carry_every_variable_better_than_ground(neukoelln):
    errors = real.errors_by_variable(neukoelln)
    assert len(errors) == 51
    assert (errors["inhabitants"] < errors["area"]).all()
    assert (errors["dwellings"] < errors["area"]).all()
    # all inhabitants follow the cells of six years before; groups that live apart from the others do not
    assert errors.loc["inhabitants", "inhabitants"] < 5 < 30 < errors.loc["inhabitants", "area"]
    assert errors.loc["inhabitants_from_syria", "inhabitants"] > 40


def test_the_usual_spreads_are_those_of_this_run(neukoelln):
    kept = tomllib.loads((files("sozialraum") / "carrying" / "spreads.toml").read_text("utf-8"))["spread"]
    for kind, model in neukoelln.models.items():
        assert kept[kind] == pytest.approx(model.spread, abs=5e-5), kind
    assert kept["addresses"] == kept["key"] == kept["inhabitants"]


@pytest.mark.parametrize(("kind", "least"), [("inhabitants", 93.5), ("dwellings", 93.5), ("area", 93.5)])
def test_estimated_errors_cover_the_truth(neukoelln, kind, least):
    """Asked for are 95 % of counts that had no part in the estimate: of other places, or of another year."""
    found = real.coverages(neukoelln, kind).set_index("spread from")["two"]
    assert (found.drop("2017, all inhabitants only") >= least).all()


def test_a_spread_of_all_inhabitants_says_too_little_about_groups(neukoelln):
    found = real.coverages(neukoelln, "inhabitants").set_index("spread from")["two"]
    assert found["2017, all inhabitants only"] < 75


def test_a_rebuilt_share_is_the_share_of_its_source_whatever_the_weights(neukoelln):
    by_cells, by_ground = (
        real.shares_back(neukoelln, kind, "inhabitants_foreigners") for kind in ("inhabitants", "area")
    )
    pd.testing.assert_series_equal(by_cells["low"], by_ground["low"])


def test_cells_hold_a_tenth_less_than_the_register_six_years_later(neukoelln):
    both = real.cells_and_register(neukoelln)
    assert len(both) == 40
    assert both.sum().round().tolist() == [296_633, 329_387]
    assert both.corr().iloc[0, 1] == pytest.approx(0.994, abs=5e-4)


@pytest.mark.parametrize("kind", ["inhabitants", "dwellings"])
@pytest.mark.parametrize("size", [2000, 4000])
def test_the_spread_of_neukoelln_holds_around_aachen(size, kind):
    """Ten municipalities, towns and villages, onto squares: another region, other variables."""
    back = real.aachen_back(DATA, size, kind)
    assert back["feature"].nunique() == 9
    assert 95 < real.coverage(back) < 98


def test_both_sides_of_the_renewal_hold_the_same_people(renewal):
    assert renewal.old.sum() == renewal.new.sum() == EVERYBODY
    assert (len(renewal.old), len(renewal.new)) == (448, 542)
    for matches in (renewal.both, renewal.forward, renewal.backward):
        assert matches.groups[["old_count", "new_count"]].sum().tolist() == [EVERYBODY, EVERYBODY]


def test_read_in_both_directions_more_groups_are_equal(renewal):
    number = {name: getattr(renewal, name).groups["state"].value_counts() for name in ("both", "forward", "backward")}
    assert number["both"].to_dict() == {"equal": 380, "unequal": 45, "without_partner": 33}
    assert number["both"]["equal"] > max(number["forward"]["equal"], number["backward"]["equal"])
    equal = renewal.both.groups[renewal.both.groups["state"] == "equal"]
    assert (equal["old_count"] == equal["new_count"]).all()


def test_known_errors_of_the_source_are_among_the_unequal_and_the_lonely(renewal):
    state = {
        old: state for olds, state in renewal.both.groups[["old", "state"]].itertuples(index=False) for old in olds
    }
    assert state["06010102"] == "unequal"
    assert state["04030417"] == "without_partner"


def test_splits_without_weights_are_refused_by_name(renewal):
    with pytest.raises(InputRefused, match="Mehrere Ziele ohne Anteile: 01011401"):
        renewal.both.matrix("lor2020", "lor2021")
    assert len(renewal.both.splits()) == 64


def test_with_weights_nobody_is_lost_and_what_is_uncertain_stays_outside(renewal):
    matrix = renewal.both.matrix("lor2020", "lor2021", real.shares_of_new(renewal))
    rows = renewal.old.rename_axis("unit").rename("low").reset_index()
    counts = rows.assign(high=rows["low"], feature="people", period="2020-12-31", status="observed")
    carried = carry(counts, matrix, {"people": "count"})
    groups = renewal.both.groups.set_index("state")
    inside = groups.loc[["equal"], "old_count"].sum()
    assert carried.values["low"].sum() == pytest.approx(inside, rel=1e-9)
    assert carried.outside["low"].sum() == pytest.approx(EVERYBODY - inside, rel=1e-9)
    alone = {
        new
        for olds, news in groups.loc[["equal"], ["old", "new"]].itertuples(index=False)
        if len(olds) == 1
        for new in news
    }
    kept = carried.values[carried.values["unit"].isin(alone)]
    assert kept["low"].to_numpy() == pytest.approx(renewal.new[kept["unit"]].to_numpy(), abs=1e-6)


def test_the_kept_matrix_of_the_cells_is_the_same(neukoelln):
    matrix = neukoelln.matrices["inhabitants"]
    kept = type(matrix).from_content(json.loads(json.dumps(matrix.content())))
    assert kept.content() == matrix.content()
