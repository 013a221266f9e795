"""Carrying measured where the truth is known: Neukölln's register, and Berlin's old and new planning areas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd

from sozialraum.carrying import (
    ErrorModel,
    Geography,
    Matches,
    Matrix,
    by_area,
    by_cells,
    by_key,
    carry,
    carry_share,
    estimate_errors,
    grid_cells,
    match_keys,
)

CELLS = Path("berlin-neukoelln-zensus2011-100m/zensus2011_100m_neukoelln.csv.gz")
AREAS = Path("berlin-lor-bis2020/lor_bis2020.gpkg")
MATCHES = Path("berlin-lor-bis2020/berlin-lor-matches.json")
MONITORING = Path("berlin-mss/2021/berlin-monitoring-social-urban-development-2021-00-1-planning-areas.csv")
AACHEN = Path("aachen-zensus2011-grid/bausteine_100m_abgeleitet.csv.gz")
OF_CELLS = (
    "auslaender", "unter10", "ab80", "alleinerz_hh", "wohnungen_3bis6", "wohnungen_7bis12", "wohnungen_13plus",
    "wohnungen_baujahr_vor1919", "wohnungen_leer",
)  # fmt: skip
DISTRICT = "08"
ABOVE = ("district_id", "forecast_area_id", "district_region_id", "planning_area_id")
SHARES = ("inhabitants_foreigners", "inhabitants_age_below_6", "inhabitants_with_migration_background")
WITHIN_95 = 1.96  # standard errors


def register(data: Path, year: int) -> pd.DataFrame:
    """Counts of the register by planning area (8 digits) and variable, of the tables t1 to t4.

    Left out: percentages, and the column `inhabitants` of t3 and t4, which holds 100.0 (an error of the source).
    """
    frames = []
    for table in ("t1", "t2", "t3", "t4"):
        name = f"berlin-lor-population-{year}-02-{table}-planning-areas.csv"
        frame = pd.read_csv(data / "berlin-einwohner-lor" / name, dtype={"id": str}).set_index("id")
        wrong = {"inhabitants"} if table in ("t3", "t4") else set()
        kept = [name for name in frame.columns if not name.endswith("_percentage") and name not in {*ABOVE, *wrong}]
        frames.append(frame[kept])
    counts = pd.concat(frames, axis=1)
    return counts.loc[:, ~counts.columns.duplicated()].sort_index().round()


def long(counts: pd.DataFrame) -> pd.DataFrame:
    """`unit, feature, value` of counts by unit and variable."""
    return counts.rename_axis("unit").reset_index().melt("unit", var_name="feature", value_name="value")


@dataclass(frozen=True, eq=False)
class Neukoelln:
    """The register summed to Bezirksregionen (first six digits), to be carried back to planning areas.

    matrices : by kind of weight. truth : 2017 by planning area. later : 2020. cells : inhabitants of 2011 in the grid.
    """

    matrices: Mapping[str, Matrix]
    truth: pd.DataFrame
    later: pd.DataFrame
    cells: pd.DataFrame

    @cached_property
    def models(self) -> dict[str, ErrorModel]:
        return {kind: estimate_errors(matrix, long(summed(self.truth)), long(self.truth))
                for kind, matrix in self.matrices.items()}  # fmt: skip


def summed(counts: pd.DataFrame) -> pd.DataFrame:
    """Counts by Bezirksregion."""
    return counts.groupby(counts.index.str[:6]).sum()


def read_neukoelln(data: Path) -> Neukoelln:
    planning = gpd.read_file(data / AREAS, layer="planungsraeume")
    planning = planning[planning["id"].str.startswith(DISTRICT)]
    regions = planning.assign(region=planning["id"].str[:6]).dissolve("region").reset_index()
    source, target = Geography.of(regions, "region", "bezirksregion"), Geography.of(planning, "id", "planungsraum")
    cells = pd.read_csv(data / CELLS, sep=";", dtype={"plr_id": str}).rename(columns={"GITTER_ID_100m": "cell_id"})
    squares, held = grid_cells(cells, planning.crs), cells.set_index("cell_id")
    matrices = {
        "inhabitants": by_cells(source, target, squares, held["einwohner_geschaetzt"], "inhabitants"),
        "dwellings": by_cells(source, target, squares, held["wohnungen_summe"], "dwellings"),
        "area": by_area(source, target),
    }
    years = [register(data, year) for year in (2017, 2020)]
    truth, later = (one[one.index.str.startswith(DISTRICT)] for one in years)
    return Neukoelln(matrices, truth, later, cells)


def carried_back(
    matrix: Matrix, truth: pd.DataFrame, model: ErrorModel | None = None, whole: pd.DataFrame | None = None
) -> pd.DataFrame:
    """`unit, feature, low, carried, error, value, between`: what carrying gives beside the published number.

    between : True for units reached with a weight between 0 and 1; the error of others is a convention, not the spread.

    whole : counts by source unit, by default of Bezirksregionen.
    """
    known = long(summed(truth) if whole is None else whole).rename(columns={"value": "low"})
    counts = known.assign(high=known["low"], period="date", status="observed")
    values = carry(counts, matrix, dict.fromkeys(truth.columns, "count"), model).values
    weights = matrix.weights.tocoo()
    inner = (weights.data > 1e-12) & (weights.data < 1 - 1e-12)
    between = {matrix.targets[place] for place in weights.col[inner].tolist()}
    return values.merge(long(truth), on=["unit", "feature"]).assign(between=lambda back: back["unit"].isin(between))


def error_percent(back: pd.DataFrame) -> pd.Series:
    """By variable the sum of absolute differences in percent of all cases."""
    gap = (back["low"] - back["value"]).abs().groupby(back["feature"]).sum()
    return 100 * gap / back.groupby("feature")["value"].sum()


def errors_by_variable(neukoelln: Neukoelln) -> pd.DataFrame:
    """By variable: cases, and the transfer error in percent for each kind of weight."""
    cases = neukoelln.truth.sum().rename("cases")
    found = {kind: error_percent(carried_back(matrix, neukoelln.truth)) for kind, matrix in neukoelln.matrices.items()}
    return pd.DataFrame({"cases": cases, **found}).reindex(neukoelln.truth.columns)


def coverage(back: pd.DataFrame, errors: float = WITHIN_95) -> float:
    """Percent of the counts divided by weights between 0 and 1 whose true number lies within that many errors."""
    divided = back[(back["error"] > 0) & back.get("between", True)]
    return 100 * float(((divided["low"] - divided["value"]).abs() <= errors * divided["error"]).mean())


def left_out(neukoelln: Neukoelln, kind: str) -> pd.DataFrame:
    """Carried back with a spread estimated without the Bezirksregion itself, one after the other."""
    matrix, truth = neukoelln.matrices[kind], neukoelln.truth
    found = []
    for region in matrix.sources:
        others, own = truth[truth.index.str[:6] != region], truth.index[truth.index.str[:6] == region]
        model = estimate_errors(matrix, long(summed(others)), long(others))
        back = carried_back(matrix, truth, model)
        found.append(back[back["unit"].isin(own)])
    return pd.concat(found, ignore_index=True)


def coverages(neukoelln: Neukoelln, kind: str) -> pd.DataFrame:
    """Percent of true counts within one and within 1.96 standard errors, of all variables and of the one hit least.

    Columns `spread from, of, one, two, least, variable`.
    """
    matrix, truth, later = neukoelln.matrices[kind], neukoelln.truth, neukoelln.later
    everybody = truth[["inhabitants"]]
    alone = estimate_errors(matrix, long(summed(everybody)), long(everybody))
    pooled = ErrorModel(neukoelln.models[kind].spread, neukoelln.models[kind].ground)
    rows = {
        ("the other nine Bezirksregionen, by variable", "2017"): left_out(neukoelln, kind),
        ("2017, by variable", "2020"): carried_back(matrix, later, neukoelln.models[kind]),
        ("2017, all variables together (the default)", "2020"): carried_back(matrix, later, pooled),
        ("2017, all inhabitants only", "2017"): carried_back(matrix, truth, alone),
    }
    table = []
    for names, back in rows.items():
        each = pd.Series({name: coverage(own) for name, own in back.groupby("feature")})
        table.append((*names, coverage(back, 1.0), coverage(back), each.min(), each.idxmin()))
    return pd.DataFrame(table, columns=["spread from", "of", "one", "two", "least", "variable"])


def shares_back(neukoelln: Neukoelln, kind: str, feature: str) -> pd.DataFrame:
    """`unit, low, error, value`: shares rebuilt from carried counts beside the published ones."""
    known = long(summed(neukoelln.truth)).rename(columns={"value": "low"})
    counts = known.assign(high=known["low"], period="date", status="observed")
    matrix, measures = neukoelln.matrices[kind], dict.fromkeys(neukoelln.truth.columns, "count")
    found = carry_share(carry(counts, matrix, measures, neukoelln.models[kind]), feature, "inhabitants")
    true = (neukoelln.truth[feature] / neukoelln.truth["inhabitants"]).rename("value")
    return found.merge(true, left_on="unit", right_index=True)


def cells_and_register(neukoelln: Neukoelln) -> pd.DataFrame:
    """By planning area the inhabitants of cells with their centre in it (2011) and of the register (2017)."""
    cells = neukoelln.cells.groupby("plr_id")["einwohner_geschaetzt"].sum()
    return pd.DataFrame({"cells": cells, "register": neukoelln.truth["inhabitants"]})


def aachen(data: Path, size: int, kind: Literal["inhabitants", "dwellings"]) -> tuple[Matrix, pd.DataFrame]:
    """Ten municipalities carried onto squares of `size` metres by what their cells hold: the matrix, and true counts.

    The truth are counts of persons, households and dwellings in cells of 100 m (2011), added up to the part of each
    square that lies in one municipality, by `unit` and variable.
    """
    cells = pd.read_csv(data / AACHEN, sep=";", dtype={"AGS": str})
    corner = (cells[["x", "y"]] // size).astype(int).astype(str)
    cells["square"] = cells["AGS"] + "/" + corner["x"] + "-" + corner["y"]
    column = {"inhabitants": "einwohner_geschaetzt", "dwellings": "wohnungen_summe"}[kind]
    held = cells.groupby(["AGS", "square"])[column].sum().reset_index(name="weight")
    held["weight"] /= held.groupby("AGS")["weight"].transform("sum")
    keys = by_key(held.rename(columns={"AGS": "source", "square": "target"}), "municipality", f"grid{size}")
    return replace(keys, kind=kind, steps=(kind,)), cells.groupby("square")[list(OF_CELLS)].sum()


def aachen_back(data: Path, size: int, kind: Literal["inhabitants", "dwellings"]) -> pd.DataFrame:
    """As `carried_back`, for Aachen, with the usual spread that was measured on Neukölln."""
    matrix, truth = aachen(data, size, kind)
    return carried_back(matrix, truth, whole=truth.groupby(truth.index.str[:8]).sum())


@dataclass(frozen=True, eq=False)
class Renewal:
    """Berlin's planning areas until 2020 and from 2021, both with the inhabitants of 12/2020.

    both, forward, backward : matches read in both directions, and each direction alone.
    """

    old: pd.Series
    new: pd.Series
    both: Matches
    forward: Matches
    backward: Matches


def read_renewal(data: Path) -> Renewal:
    old = register(data, 2020)["inhabitants"]
    new = pd.read_csv(data / MONITORING, dtype={"id": str}).set_index("id")["inhabitants"]
    listed = json.loads((data / MATCHES).read_text("utf-8"))
    onward = {key: found for key, found in listed.items() if key in old.index}
    back = {key: found for key, found in listed.items() if key in new.index}
    return Renewal(old, new, *(match_keys(part, old, new) for part in (listed, onward, back)))


def shares_of_new(renewal: Renewal) -> dict[tuple[str, str], float]:
    """Weights for every pair: the part of the new area in the inhabitants of all new areas of its old one."""
    pairs = renewal.both.pairs.assign(people=renewal.both.pairs["new"].map(renewal.new).astype(float))
    total = pairs.groupby("old")["people"].transform("sum")
    share = np.where(total > 0, pairs["people"] / total.where(total > 0, 1.0), 0.0)
    return dict(zip(zip(pairs["old"], pairs["new"], strict=True), share.tolist(), strict=True))
