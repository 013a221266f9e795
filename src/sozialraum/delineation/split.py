"""Split one area in two, as experts do: 3 becomes 3a and 3b, with the reason recorded."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.base import NoPlan, UsageError, _
from sozialraum.blocks import neighbours
from sozialraum.delineation.applying import next_area_id, split_codes
from sozialraum.delineation.attributes import standardise
from sozialraum.delineation.bridges import bridge_edges, find_bridges
from sozialraum.delineation.edit import Edit
from sozialraum.delineation.names import reading_order, short_names
from sozialraum.delineation.partition import Partition, partition
from sozialraum.delineation.plan import Plan
from sozialraum.delineation.problem import NoPlanPossible
from sozialraum.delineation.town import border_costs
from sozialraum.delineation.wishes import COMPACTNESS

SMALLER_HALF = 0.35  # a half should hold at least this share of the people, where possible


def split_area(
    plan: Plan, blocks: gpd.GeoDataFrame, area_id: str, *, why: str, role: str, when: str, seed: int = 0
) -> Plan:
    """The plan with an area split into two contiguous halves; see `propose_split`."""
    return plan.apply(propose_split(plan, blocks, area_id, why=why, role=role, when=when, seed=seed))


def propose_split(
    plan: Plan,
    blocks: gpd.GeoDataFrame,
    area_id: str,
    *,
    why: str = "",
    role: str,
    when: str = "",
    seed: int = 0,
    used: Iterable[str] = (),
) -> Edit:
    """The step that splits an area into two contiguous halves; 3 becomes 3a and 3b, 3a the next free letters.

    Halves keep the municipality's range of inhabitants and are of similar size where that is possible. The half
    further north or west gets the first letter; it keeps the area's provisional key until adoption.
    used : codes of the municipality in earlier plans, which are not given again.
    Raises UsageError for an unknown area, NoPlanPossible when the area has fewer than two inhabited blocks.
    """
    row = plan.areas[plan.areas["area_id"] == area_id]
    if row.empty:
        text = _("Das Gebiet „{area}“ gibt es in diesem Plan nicht.")
        raise UsageError(text.format(area=area_id))
    own = blocks[blocks["block_id"].map(plan.assignment) == area_id].sort_values("block_id", ignore_index=True)
    ags, name = str(row["municipality"].iloc[0]), str(row["name"].iloc[0])
    rule = plan.parameters.get("municipalities", {}).get(ags, {})
    bounds = (float(rule.get("size_low", 0)), float(rule.get("size_high", np.inf)))
    halves = _halves(own, bounds, name, seed)
    (first, first_name), (second, second_name), rest = _codes_and_names(plan, own, halves, row.iloc[0], used)
    return Edit(
        kind="split",
        area=area_id,
        into=next_area_id(plan, ags),
        blocks=tuple(own["block_id"][halves.labels != rest].astype(str)),
        code=second,
        name=second_name,
        rest_code=first,
        rest_name=first_name,
        why=why,
        role=role,
        when=when,
    )


def _halves(own: gpd.GeoDataFrame, bounds: tuple[float, float], name: str, seed: int) -> Partition:
    """Two contiguous halves: of similar size and within bounds, else within bounds, else any."""
    people = own["population"].to_numpy(dtype=float)
    total = float(people.sum())
    if int((people > 0).sum()) < 2:
        text = _("{name}: Ein Gebiet mit nur einem bewohnten Baustein lässt sich nicht teilen.")
        raise NoPlanPossible([text.format(name=name)])
    joined = neighbours(own)
    extra = bridge_edges(find_bridges(own, joined.edges), list(own["block_id"]))
    edges = np.vstack([joined.edges, extra])
    lengths = np.concatenate([joined.lengths, np.zeros(len(extra))])
    values = standardise(own).values
    costs = border_costs(edges, lengths, people, COMPACTNESS)
    similar = (SMALLER_HALF * total, (1 - SMALLER_HALF) * total)
    both = (max(bounds[0], similar[0]), min(bounds[1], similar[1]))
    wishes = [both, bounds, similar, (0.0, total)]
    for low, high in wishes:
        try:
            return partition(
                edges, people, values, areas=2, bounds=(low, high), seed=seed, name=name, edge_costs=costs,
                blocks=list(own["block_id"]),
            )  # fmt: skip
        except NoPlan:
            continue
    raise NoPlanPossible([_("{name}: Das Gebiet lässt sich nicht in zwei Teile zerlegen.").format(name=name)])


def _codes_and_names(
    plan: Plan, own: gpd.GeoDataFrame, halves: Partition, old: pd.Series, used: Iterable[str]
) -> tuple[tuple[str, str], tuple[str, str], int]:
    """Code and name of the half first in reading order (north or west) and of the other, and the first's label."""
    centres = shapely.get_coordinates(shapely.centroid(own.geometry.to_numpy()))
    people = own["population"].to_numpy(dtype=float)
    middle = np.vstack(
        [np.average(centres[halves.labels == h], axis=0, weights=people[halves.labels == h]) for h in (0, 1)]
    )
    town = plan.areas[plan.areas["municipality"] == old["municipality"]]
    codes = split_codes(str(old["code"]), {*town["code"], *used, *_codes_in(plan.edits, str(old["municipality"]))})
    by_place = [codes[place] for place in np.argsort(reading_order(middle)).tolist()]
    unnamed = str(old["name"]) == _("Vorschlag {number}").format(number=old["code"])
    quarters = pd.Series("" if unnamed else str(old["name"]), index=range(len(own)))
    names = short_names(halves.labels, people, quarters, middle, by_place)
    taken = set(town["name"]) - {old["name"]}
    names = [name if name not in taken else f"{name} {code}" for name, code in zip(names, by_place, strict=True)]
    rest = by_place.index(codes[0])
    return (codes[0], names[rest]), (codes[1], names[1 - rest]), rest


def _codes_in(edits: Iterable[Edit], ags: str) -> set[str]:
    """Codes that steps of the revision gave in a municipality, also those that are gone again."""
    own = [edit for edit in edits if edit.area.startswith(ags)]
    return {code for edit in own for code in (edit.code, edit.rest_code)} - {""}
