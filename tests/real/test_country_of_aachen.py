"""Ten municipalities with real census cells, in many pieces, through the run over a country."""

from pathlib import Path

import pandas as pd
import pytest

from sozialraum.country import Rule, propose_country

CELLS = Path(__file__).parents[3] / "shared/data/aachen-zensus2011-grid/bausteine_100m_abgeleitet.csv.gz"
pytestmark = [pytest.mark.real, pytest.mark.skipif(not CELLS.is_file(), reason="the shared census cells are not here")]


def grid_of_aachen(path):
    cells = pd.read_csv(CELLS, sep=";", dtype={"AGS": str})
    people = cells["einwohner_geschaetzt"]
    flats = cells["wohnungen_summe"].where(cells["wohnungen_summe"] > 0)
    columns = {
        "municipality": cells["AGS"],
        "x": cells["x"],
        "y": cells["y"],
        "population": people,
        "social:foreigners": cells["auslaender"] / people.where(people > 0),
        "social:under_10": cells["unter10"] / people.where(people > 0),
        "building:large": cells["wohnungen_13plus"] / flats,
        "building:before_1919": cells["wohnungen_baujahr_vor1919"] / flats,
        "housing:empty": cells["wohnungen_leer"] / flats,
    }
    pd.DataFrame(columns).to_parquet(path)
    corners = zip(cells["x"] - 50, cells["y"] - 50, strict=True)
    return cells.assign(block_id=[f"CRS3035RES100mN{north}E{east}" for east, north in corners])


def test_every_municipality_of_the_staedteregion_is_divided_within_the_bounds(tmp_path):
    cells = grid_of_aachen(tmp_path / "grid.parquet").set_index("block_id")
    found = propose_country(tmp_path / "grid.parquet", tmp_path / "out", Rule(effort="draft"), workers=1)
    assert (found.municipalities, found.divided, found.not_possible) == (10, 10, 0)
    areas = pd.concat([pd.read_parquet(path) for path in (tmp_path / "out").glob("*.parquet")]).set_index("block_id")
    assert sorted(areas.index) == sorted(cells.index)
    together = areas.join(cells)
    assert (together["area_id"].str[:8] == together["AGS"]).all()
    assert together.groupby("area_id")["einwohner_geschaetzt"].sum().between(700, 8500).all()
