"""Berlin's published monitoring, recomputed from its shares: every class must come out."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sozialraum.indicators.scoring import add_up, dynamics_class, score, standardise, status_class

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "berlin-mss"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"Berlin's files are not there: {FOLDER.name}"),
]
NAMES = {"+": "+", "+/-": "=", "-": "-"}


def read(edition: int, part: str) -> pd.DataFrame:
    name = f"berlin-monitoring-social-urban-development-{edition}-00-{part}.csv"
    return pd.read_csv(FOLDER / str(edition) / name, dtype=str).set_index("id")


def published(edition: int) -> pd.DataFrame:
    """Areas with a status class: Berlin's own reference set."""
    classes = read(edition, "1-planning-areas")
    return classes[classes["status_index"].isin(["1", "2", "3", "4"])]


def shares(edition: int, areas: pd.Index, letter: str) -> pd.DataFrame:
    table = read(edition, "2-1-planning-areas").reindex(areas)
    return table[[name for name in table.columns if name.startswith(letter)]].astype(float)


@pytest.mark.parametrize(("edition", "areas"), [(2015, 435), (2017, 436)])
def test_all_classes_of_the_edition_come_out(edition, areas):
    classes = published(edition)
    level, change = shares(edition, classes.index, "s"), shares(edition, classes.index, "d")
    status = status_class(score(level, level, [1, 1, 1, 1]).low)
    dynamics = dynamics_class(score(change, change, [1, 1, 1, 1]).low)
    assert len(classes) == areas
    assert (status == classes["status_index"].astype(int)).all()
    assert (dynamics == classes["dynamic_index"].map(NAMES)).all()


@pytest.mark.parametrize("edition", [2015, 2017])
def test_z_values_agree_to_a_hundred_thousandth(edition):
    areas = published(edition).index
    table = read(edition, "3-districts").reindex(areas)
    theirs = table.iloc[:, 1:5].apply(pd.to_numeric, errors="coerce")
    ours, _mean, _spread = standardise(shares(edition, areas, "s"))
    difference = np.abs(ours - theirs.to_numpy())
    assert np.isnan(difference).any(axis=1).sum() <= 1
    assert np.nanmax(difference) < 1e-5


def test_2021_from_three_z_values():
    classes = published(2021)
    table = read(2021, "3-districts").reindex(classes.index)
    z = table.iloc[:, [1, 3, 4]].astype(float)
    total, _scaled = add_up(z)
    ours, _mean, _spread = standardise(total)
    assert len(classes) == 536
    assert np.max(np.abs(ours - table.iloc[:, 6].astype(float))) < 1e-5
    assert (status_class(ours) == classes["status_index"].astype(int)).all()
    assert (status_class(table.iloc[:, 6].astype(float)) == classes["status_index"].astype(int)).all()


def test_an_incomplete_reference_set_moves_dynamics_classes():
    """The share file of 2021 holds 441 of 536 areas: status survives, nine dynamics classes do not."""
    classes = published(2021)
    there = classes.index.intersection(read(2021, "2-1-planning-areas").index)
    level, change = shares(2021, there, "s")[lambda t: t.columns[[0, 2, 3]]], shares(2021, there, "d")
    change = change.dropna(axis=1, how="all")
    status = status_class(score(level, level, [1, 1, 1]).low)
    dynamics = dynamics_class(score(change, change, [1] * change.shape[1]).low)
    assert len(there) == 441
    assert (status == classes.loc[there, "status_index"].astype(int)).all()
    assert (dynamics != classes.loc[there, "dynamic_index"].map(NAMES)).sum() == 9
