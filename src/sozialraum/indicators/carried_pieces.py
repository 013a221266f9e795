"""Counts of other geographies and of earlier plans brought onto the areas of the plan, as pieces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from sozialraum.base.value import STRENGTH, WEAKEST_FIRST, Status
from sozialraum.carrying import Carried, Matrix, carry
from sozialraum.carrying.matrix import positions
from sozialraum.indicators.carried_notes import CarriedNote, percent
from sozialraum.indicators.registry import features as all_features

KEY = ["feature", "period"]
BLOCKED = STRENGTH[Status.BLOCKED.value]
STATUSES = np.array([status.value for status in WEAKEST_FIRST], dtype=object)


@dataclass(frozen=True, eq=False)
class SourceWeights:
    """How the counts of one geography are brought onto the areas of a plan.

    matrices : feature -> weights of its units onto the areas; '' = every feature that is not named.
    gaps : what a unit without a number does (see `carrying.carry`); 'uncertain' for the cells of a grid.
    names : feature -> under which name the weights are kept, for the record.
    """

    matrices: Mapping[str, Matrix]
    gaps: Literal["missing", "uncertain"] = "missing"
    names: Mapping[str, str] = field(default_factory=dict)

    def of(self, feature: str) -> Matrix:
        """The weights of a feature."""
        return self.matrices.get(feature, self.matrices[""])

    def name_of(self, feature: str) -> str:
        """Under which name the weights of a feature are kept; '' for weights that follow from two plans."""
        return self.names.get(feature if feature in self.matrices else "", "")


def carried_pieces(rows: pd.DataFrame, weights: SourceWeights, municipality: pd.Series) -> pd.DataFrame:
    """Rows of one geography as pieces of areas: unit, feature, period, low, high, rank, town_rank, carried, provenance.

    rows : `unit, feature, period, low, high, rank`. municipality : area_id -> AGS.
    In a municipality that no unit with a row reaches nothing was delivered, so nothing comes of it. Of a list that is
    complete a unit without a row is an observed 0. `carried` is the code of the note, '' where nothing was divided.
    `town_rank` is the weakest status of the units where all that reach the municipality lie within it and have a
    number: their sum is not divided. Else it is `rank`.
    Raises InputRefused for units the weights do not know.
    """
    found = [
        _reached(carried.values, given, matrix, municipality)
        for given, matrix, carried in carried_counts(rows, weights)
    ]
    return pd.concat(found, ignore_index=True)


def carried_counts(rows: pd.DataFrame, weights: SourceWeights) -> list[tuple[pd.DataFrame, Matrix, Carried]]:
    """What was given, the weights and the carried counts, for each group of features that is carried alike.

    rows : as for `carried_pieces`. A unit with several rows of one feature and date counts their sum.
    """
    groups: dict[str, list[str]] = {}
    for feature in sorted(rows["feature"].unique()):
        groups.setdefault(feature if feature in weights.matrices else "", []).append(feature)
    found = []
    for name in sorted(groups):
        matrix = weights.matrices[name]
        given = _once(rows[rows["feature"].isin(groups[name])])
        counts = _with_zeros(given, matrix)
        measures = dict.fromkeys(groups[name], "count")
        found.append((given, matrix, carry(counts, matrix, measures, gaps=weights.gaps)))
    return found


def outside_areas(observations: pd.DataFrame, others: Mapping[str, SourceWeights]) -> pd.DataFrame:
    """What lies outside every area: geography, feature, period, low, high, status, of = the whole count; above 0 only.

    observations : as for `indicators.carry`. others : geography -> weights onto the areas. Internal: it holds counts
    that nobody has protected.
    """
    found = []
    for geography, weights in sorted(others.items()):
        own = observations[observations["geography"] == geography]
        rows = own.assign(rank=own["status"].map(STRENGTH).astype(int))
        for given, _matrix, carried in carried_counts(rows, weights) if len(rows) else []:
            whole = given.groupby(KEY)["high"].sum().rename("of").reset_index()
            away = carried.outside[carried.outside["high"] > 0].merge(whole, on=KEY)
            found.append(away.assign(geography=geography))
    names = ["geography", *KEY, "low", "high", "status", "of"]
    return pd.concat(found, ignore_index=True)[names] if found else pd.DataFrame(columns=names)


def _once(rows: pd.DataFrame) -> pd.DataFrame:
    """One row for each unit, feature and date: bounds add, the weakest status holds."""
    groups = rows.groupby(["unit", *KEY], sort=True, observed=True)
    summed = groups.agg(low=("low", "sum"), high=("high", "sum"), rank=("rank", "min")).reset_index()
    return summed.assign(status=STATUSES[summed["rank"].to_numpy(int)])


def _with_zeros(given: pd.DataFrame, matrix: Matrix) -> pd.DataFrame:
    """Rows with a 0 for each unit that a complete list does not name."""
    known = all_features()
    complete = [name for name in given["feature"].unique() if name in known and known[name].source.complete != "no"]
    own = given[given["feature"].isin(complete)]
    if own.empty:
        return given
    pairs = own[KEY].drop_duplicates()
    grid = pairs.merge(pd.DataFrame({"unit": list(matrix.sources)}), how="cross")
    there = pd.MultiIndex.from_frame(own[["unit", *KEY]])
    absent = grid[~pd.MultiIndex.from_frame(grid[["unit", *KEY]]).isin(there)]
    zeros = absent.assign(low=0.0, high=0.0, status=Status.OBSERVED.value, rank=STRENGTH[Status.OBSERVED.value])
    return pd.concat([given, zeros], ignore_index=True)


def _reached(values: pd.DataFrame, given: pd.DataFrame, matrix: Matrix, municipality: pd.Series) -> pd.DataFrame:
    """Carried values of areas in municipalities that a unit with a row reaches, as pieces."""
    entries = matrix.weights.tocoo()
    home = municipality.reindex(list(matrix.targets)).to_numpy()
    links = pd.DataFrame({"source": entries.row, "municipality": home[entries.col]}).drop_duplicates()
    rows = given[KEY].assign(source=positions(matrix.sources, given["unit"]))
    towns = rows.merge(links, on="source")[[*KEY, "municipality"]].drop_duplicates()
    placed = values.assign(municipality=values["unit"].map(municipality))
    kept = placed.merge(towns, on=[*KEY, "municipality"], how="inner")
    notes = [
        _code(*row)
        for row in kept[["carried", "method", "error_class", "error", "low", "high"]].itertuples(index=False, name=None)
    ]
    rank = kept["status"].map(STRENGTH).astype(int)
    frame = kept[["unit", *KEY, "low", "high", "provenance"]]
    of_town = kept[["municipality", *KEY]].merge(_town_ranks(given, matrix, links), how="left")["town_rank"]
    town_rank = np.maximum(rank, of_town.fillna(-1).to_numpy()).astype(int)
    return frame.assign(rank=rank, town_rank=town_rank, carried=pd.Series(notes, index=kept.index, dtype="str"))


def _town_ranks(given: pd.DataFrame, matrix: Matrix, links: pd.DataFrame) -> pd.DataFrame:
    """municipality, feature, period, town_rank: the weakest status of its units, where these lie within it alone.

    links : source (position), municipality it reaches. Left out: municipalities that share a unit with another one or
    with what lies outside, and those with a unit without a number.
    """
    shared = links["source"].duplicated(keep=False) | (matrix.outside[links["source"]] > 0)
    open_towns = set(links.loc[shared, "municipality"])
    own = links[~links["municipality"].isin(open_towns)]
    number = own.groupby("municipality").size()
    rows = given[[*KEY, "rank"]].assign(source=positions(matrix.sources, given["unit"])).merge(own, on="source")
    groups = rows[rows["rank"] > BLOCKED].groupby(["municipality", *KEY])
    found = groups.agg(town_rank=("rank", "min"), units=("rank", "size")).reset_index()
    return found[found["units"] == found["municipality"].map(number)].drop(columns="units")


def _code(carried: bool, method: str, error_class: str, error: float, low: float, high: float) -> str:
    if not carried:
        return ""
    known = percent(error, high) if low == high else None  # beside bounds an error would tell more than they do
    return CarriedNote(method, error_class, known).code()
