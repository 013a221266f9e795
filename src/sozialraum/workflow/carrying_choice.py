"""By what the counts of a source geography are divided: the weights there are, which one is used, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import pandas as pd

from sozialraum.base import UsageError, _
from sozialraum.carrying import (
    KINDS,
    Geography,
    Matrix,
    best_matrix,
    by_addresses,
    by_area,
    by_cells,
    by_key,
    compose,
    inhabited_points,
    of_cells,
    onto_plan,
)
from sozialraum.carrying.choosing import Counted
from sozialraum.delineation import Plan
from sozialraum.indicators.carried_pieces import SourceWeights
from sozialraum.project import Project
from sozialraum.project.computed import LAYERS
from sozialraum.project.geographies import PREFIX
from sozialraum.project.settings import DEFAULT_ROLE
from sozialraum.workflow.geographies import features_by_geography

BUILT = "carrying_built"  # setting: geography -> what its weights were built on, and their names
DWELLINGS = ("households", "units")


@dataclass(frozen=True, eq=False)
class Way:
    """The weights used for one feature of a geography ('' = all others).

    chosen : True when somebody chose them. reason : one sentence. alternatives : all weights there are, best first.
    """

    geography: str
    feature: str
    matrix: Matrix
    reason: str
    chosen: bool
    alternatives: tuple[Matrix, ...]


def weights_for(project: Project, plan: Plan, observations: pd.DataFrame) -> dict[str, SourceWeights]:
    """Geography of observations ('geo:<code>') -> its weights onto the areas of a plan, as chosen.

    Weights that are not kept yet are built and kept. Geographies the project does not know are left out.
    """
    kinds = dict(project.geographies()[["code", "kind"]].itertuples(index=False, name=None))
    onto = onto_plan(plan)
    found = {}
    for code, features in features_by_geography(observations).items():
        if code not in kinds:
            continue
        ways = ways_of(project, code, plan, features)
        names = {id(way.matrix): way.matrix.fingerprint() for way in ways}
        areas = {
            key: replace(compose(way.matrix, onto), built_on=way.matrix.built_on)
            for key, way in {id(way.matrix): way for way in ways}.items()
        }
        found[PREFIX + code] = SourceWeights(
            {way.feature: areas[id(way.matrix)] for way in ways},
            gaps="uncertain" if kinds[code] == "grid" else "missing",
            names={way.feature: names[id(way.matrix)] for way in ways},
        )
    return found


def ways_of(project: Project, code: str, plan: Plan | None, features: Iterable[str]) -> tuple[Way, ...]:
    """How each feature of a geography is brought onto the blocks; the first is that of all others (feature '').

    plan : whose blocks, None = the newest. Raises UsageError for a geography that is not known.
    """
    available = available_weights(project, code, plan)
    choices = _choices(project, code)
    counts = counted_by_feature(project)
    ways = [_way(code, "", available, choices, "persons")]
    ways += [_way(code, feature, available, choices, counts.get(feature, "persons")) for feature in sorted(features)]
    return tuple(ways)


def _way(
    code: str, feature: str, available: tuple[Matrix, ...], choices: Mapping[str, tuple[str, str]], counted: Counted
) -> Way:
    kind, reason = choices.get(feature) or choices.get("") or ("", "")
    order = sorted(available, key=lambda matrix: [KINDS.index(matrix.kind)])
    for matrix in available:
        if kind and matrix.kind == kind:
            said = reason or _("So gewählt.")
            return Way(code, feature, matrix, said, True, tuple(order))
    best = best_matrix(available, counted)
    return Way(code, feature, best.matrix, best.reason, False, tuple(order))


def _choices(project: Project, code: str) -> dict[str, tuple[str, str]]:
    """Feature -> (kind, reason) of the choice that holds; one that was taken back is left out."""
    rows = project.weight_choices()
    rows = rows[rows["geography"] == code].drop_duplicates(["feature"], keep="last")
    chosen = rows[["feature", "kind", "reason"]].itertuples(index=False, name=None)
    return {feature: (kind, reason) for feature, kind, reason in chosen if kind}


def choose(project: Project, code: str, feature: str, kind: str, reason: str, role: str = DEFAULT_ROLE) -> None:
    """Use these weights for a feature from now on ('' = all without a choice of their own).

    kind : '' takes a choice back. Raises UsageError: no such geography or weights, or no reason for other weights
    than the best.
    """
    available = available_weights(project, code)
    if kind and kind not in {matrix.kind for matrix in available}:
        raise UsageError(_("Diese Gewichte gibt es für die Gliederung nicht."))
    if kind and not reason.strip() and kind != best_matrix(available).matrix.kind:
        raise UsageError(_("Nennen Sie den Grund, warum nicht die genauesten Gewichte gelten sollen."))
    project.choose_weights(code, feature, kind, " ".join(reason.split()), role)


def counted_by_feature(project: Project) -> dict[str, Counted]:
    """Feature -> what it counts, as far as recipes tell: households and units follow dwellings."""
    return {
        feature: "dwellings" if recipe.counts in DWELLINGS else "persons"
        for recipe in project.recipes()
        for feature in recipe.features()
    }


# Which weights there are


def available_weights(project: Project, code: str, plan: Plan | None = None) -> tuple[Matrix, ...]:
    """All weights of a geography onto the blocks, one of each kind; built when addresses, grids or blocks are others.

    Raises UsageError for a geography that is not known.
    """
    version = project.blocks_version(plan)
    built: dict[str, Any] = project.settings.get(BUILT) or {}
    state = _state(project, code, version)
    kept = built.get(f"{code}/{version}")
    if kept is not None and kept["state"] == state:
        known = {matrix.fingerprint(): matrix for matrix in project.matrices(code, version)}
        if set(kept["names"]) <= set(known):
            return tuple(known[name] for name in kept["names"])
    made = _built(project, code, plan)
    project.save_matrices(code, version, made)
    names = [matrix.fingerprint() for matrix in made]
    project.settings[BUILT] = {**built, f"{code}/{version}": {"state": state, "names": names}}
    return made


def _state(project: Project, code: str, version: int) -> list[object]:
    """What the weights depend on, cheap to read."""
    rows = project.geographies()
    own = rows.loc[rows["code"] == code, "check_number"].tolist()
    if not own:
        raise UsageError(_("Die Gliederung „{code}“ gibt es nicht.").format(code=code))
    grids = rows.loc[(rows["kind"] == "grid") & (rows["code"] != code), "check_number"].tolist()
    addresses = [*project.address_versions()["version"].tolist(), len(project.protected_addresses())]
    return [own, sorted(grids), addresses, str(project.record(LAYERS) or ""), version]


def _built(project: Project, code: str, plan: Plan | None) -> tuple[Matrix, ...]:
    rows = project.geographies().set_index("code")
    title, kind, valid_on = (str(rows.at[code, name]) for name in ("title", "kind", "valid_on"))
    blocks = project.blocks() if plan is None else project.blocks_of(plan)
    if kind == "keys":
        keys = project.geography_keys(code)
        return (by_key(keys, title, "block", targets=blocks["block_id"].astype(str), built_on=valid_on),)
    units = project.geography_units(code)
    assert units is not None  # every geography but one of keys has shapes
    source, target = Geography.of(units, "unit", title), Geography.of(blocks, "block_id", "block")
    points = _points(project, blocks)
    if kind == "grid":
        made = [of_cells(source, target, addresses=points, built_on=valid_on)] if points is not None else []
        return (*made, of_cells(source, target, built_on=valid_on))
    found = [] if points is None else [by_addresses(source, target, points, built_on=valid_on)]
    found += _by_grids(project, source, target, blocks, points, valid_on)
    return (*found, by_area(source, target, built_on=valid_on))


def _points(project: Project, blocks: gpd.GeoDataFrame) -> gpd.GeoDataFrame | None:
    """Addresses with the inhabitants of their blocks; None where the project has no addresses."""
    addresses = project.addresses()
    if addresses.empty:
        return None
    return inhabited_points(blocks, addresses) if blocks["population"].sum() > 0 else addresses


def _by_grids(
    project: Project, source: Geography, target: Geography, blocks: gpd.GeoDataFrame,
    points: gpd.GeoDataFrame | None, valid_on: str,
) -> list[Matrix]:  # fmt: skip
    """By what the cells of the newest grid hold; inhabitants by the blocks themselves where no grid has them."""
    made = []
    for kind in ("inhabitants", "dwellings"):
        cells = _newest_grid(project, kind)
        if cells is not None:
            ground = Geography.of(cells, "unit", "cells")
            counted = cells.set_index("unit")[kind]
            made.append(by_cells(source, target, ground, counted, kind, addresses=points, built_on=valid_on))
        elif kind == "inhabitants" and blocks["population"].sum() > 0:
            people = blocks.set_index("block_id")["population"].astype(float)
            made.append(by_cells(source, target, target, people, "inhabitants", addresses=points, built_on=valid_on))
    return made


def _newest_grid(project: Project, column: str) -> gpd.GeoDataFrame | None:
    """Units of the grid taken in last that knows this number."""
    rows = project.geographies()
    for code in reversed(rows.loc[rows["kind"] == "grid", "code"].tolist()):
        units = project.geography_units(code)
        if units is not None and units[column].sum() > 0:
            return units
    return None
