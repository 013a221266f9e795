"""Split one area in two, as experts do: 3 becomes 3a and 3b, with the reason recorded."""

from __future__ import annotations

from string import ascii_lowercase

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.base import NoPlan, UsageError, _
from sozialraum.blocks import neighbours
from sozialraum.delineation.attributes import standardise
from sozialraum.delineation.bridges import bridge_edges, find_bridges
from sozialraum.delineation.names import reading_order, short_names
from sozialraum.delineation.partition import Partition, partition
from sozialraum.delineation.plan import AREA_COLUMNS, Change, Plan, area_key, make_plan
from sozialraum.delineation.problem import NoPlanPossible
from sozialraum.delineation.town import border_costs
from sozialraum.delineation.wishes import COMPACTNESS

SMALLER_HALF = 0.35  # a half should hold at least this share of the people, where possible


def split_area(
    plan: Plan, blocks: gpd.GeoDataFrame, area_id: str, *, why: str, role: str, when: str, seed: int = 0
) -> Plan:
    """Split an area into two contiguous halves; 3 becomes 3a and 3b, 3a becomes the next free letters.

    Halves keep the municipality's range of inhabitants and are of similar size where that is possible.
    The new plan records one Change per new area; keys are never used again. A plan that is still a
    draft (status 'proposal' with changes) collects further changes under the same parent.
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
    new = _new_areas(plan, own, halves, row.iloc[0])
    ids = np.array(new["area_id"])[halves.labels]
    changes = tuple(_change(own[ids == key], area_id, key, why, role, when) for key in new["area_id"])
    draft = plan.status == "proposal" and bool(plan.changes)
    parameters = plan.parameters | {"retired": sorted({*plan.parameters.get("retired", []), area_id})}
    return make_plan(
        dict(plan.assignment) | dict(zip(own["block_id"], ids, strict=True)),
        pd.concat([plan.areas[plan.areas["area_id"] != area_id], new], ignore_index=True),
        title=plan.title,
        created=when,
        parent=plan.parent if draft else plan.plan_id,
        parameters=parameters,
        changes=(*plan.changes, *changes) if draft else changes,
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


def _new_areas(plan: Plan, own: gpd.GeoDataFrame, halves: Partition, old: pd.Series) -> pd.DataFrame:
    """Codes, keys and names of the two halves; labels follow reading order (the first is north or west)."""
    centres = shapely.get_coordinates(shapely.centroid(own.geometry.to_numpy()))
    people = own["population"].to_numpy(dtype=float)
    middle = np.vstack(
        [np.average(centres[halves.labels == h], axis=0, weights=people[halves.labels == h]) for h in (0, 1)]
    )
    codes = _free_codes(plan, str(old["code"]), str(old["municipality"]))
    by_place = [codes[place] for place in np.argsort(reading_order(middle)).tolist()]
    unnamed = str(old["name"]) == _("Vorschlag {number}").format(number=old["code"])
    quarters = pd.Series("" if unnamed else str(old["name"]), index=range(len(own)))
    names = short_names(halves.labels, people, quarters, middle, by_place)
    taken = set(plan.areas["name"][plan.areas["municipality"] == old["municipality"]]) - {old["name"]}
    names = [name if name not in taken else f"{name} {code}" for name, code in zip(names, by_place, strict=True)]
    rows = [
        (area_key(str(old["municipality"]), code), code, name, old["municipality"], "revised")
        for code, name in zip(by_place, names, strict=True)
    ]
    return pd.DataFrame(rows, columns=list(AREA_COLUMNS))


def _free_codes(plan: Plan, code: str, ags: str) -> list[str]:
    """The next two letters after the number that were never used for it: 3 -> 3a, 3b; 3a -> 3c, 3d."""
    base = code.rstrip(ascii_lowercase)
    used = set(plan.areas["code"][plan.areas["municipality"] == ags])
    retired = set(plan.parameters.get("retired", []))
    free = [
        base + letter
        for letter in ascii_lowercase
        if base + letter not in used and area_key(ags, base + letter) not in retired
    ]
    if len(free) < 2:
        raise NoPlanPossible([_("Für das Gebiet {code} sind alle Buchstaben vergeben.").format(code=code)])
    return free[:2]


def _change(moved: gpd.GeoDataFrame, old: str, new: str, why: str, role: str, when: str) -> Change:
    blocks = tuple(sorted(moved["block_id"].astype(str)))
    return Change(old, new, blocks, int(moved["population"].sum()), why, role, when)
