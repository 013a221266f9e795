"""Given units taken as blocks: Baublöcke, Stimmbezirke, Ortsteile, grid cells.

Units keep their key and their shape. What they leave of a municipality becomes a block of open land, what reaches over
into another municipality a block of its own; only slivers of either go to a neighbour, by the rule of remainders.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.base import Finding, InputRefused, _
from sozialraum.base.numbers import count
from sozialraum.base.progress import Progress, Silent
from sozialraum.blocks.building.build import dissolve_groups, frame_of_blocks, protocol
from sozialraum.blocks.building.doubtful import in_order, uncounted_addresses
from sozialraum.blocks.building.faces import borders_between, faces_of, home_town, inside
from sozialraum.blocks.building.ground import Ground, take_ground
from sozialraum.blocks.building.inhabitants import People, place_people
from sozialraum.blocks.building.network import node
from sozialraum.blocks.building.remainders import Merging, Traits, merge_remainders
from sozialraum.blocks.building.result import Built, Doubtful
from sozialraum.blocks.building.rule import BuildingRule
from sozialraum.blocks.checks_faults import NEGLIGIBLE
from sozialraum.blocks.layers import some

OPEN = "frei"  # in the keys of what no unit covers


def units_as_blocks(
    units: gpd.GeoDataFrame,
    key: str,
    name: str,
    municipalities: gpd.GeoDataFrame,
    *,
    addresses: gpd.GeoDataFrame | None = None,
    rule: BuildingRule | None = None,
    progress: Progress | None = None,
) -> Built:
    """Units as the blocks of municipalities.

    units : polygons with the columns `key` (text, becomes block_id and `unit`), `name` ('' = none; becomes the quarter)
    and, where known, `population`. municipalities, addresses : as for build_blocks.
    Keys of what no unit covers are `<ags>-frei-01`, of a part in another municipality `<key>-<ags>`.
    Raises InputRefused with all findings at once. For inhabited grid cells see cells_as_blocks.
    """
    rule, progress = rule or BuildingRule(), progress or Silent()
    absent = [column for column in (key, name) if column and column not in units.columns]
    if absent:
        todo = _("Vorhandene Spalten: {names}.").format(names=", ".join(map(str, units.columns)))
        raise InputRefused(
            _("So lassen sich keine Bausteine bilden."),
            [Finding(_("Die Spalte „{column}“ fehlt.").format(column=one), sheet="units", todo=todo) for one in absent],
        )
    named = units.rename(columns={key: "unit"}).assign(name=units[name] if name else "")
    ground = take_ground(municipalities, None, addresses, None, named)
    progress.stage(_("Einheiten werden auf die Gemeinden gelegt"))
    cut = _cut(ground)
    traits = Traits(
        cut.town, np.where(cut.own, cut.unit, -1), cut.own, cut.own, cut.own, np.zeros(len(cut.own), dtype=bool)
    )
    merging = merge_remainders(cut.faces, traits, borders_between(cut.faces, np.array([], dtype=object)), rule)
    progress.stage(_("Einwohnerinnen und Einwohner werden zugeordnet"))
    return _built(ground, cut, merging, rule)


@dataclass(frozen=True)
class _Cut:
    """Faces of units and municipalities, (n,): municipality, unit (-1 = none), whether it is the unit's own one."""

    faces: np.ndarray
    town: np.ndarray
    unit: np.ndarray
    own: np.ndarray


def _cut(ground: Ground) -> _Cut:
    faces, inner = faces_of(node(ground.borders()))
    town = inside(inner, ground.municipalities.geometry.to_numpy())
    faces, inner, town = faces[town >= 0], inner[town >= 0], town[town >= 0]
    assert ground.units is not None
    unit = inside(inner, ground.units.geometry.to_numpy())
    home = home_town(unit, town, shapely.area(faces), len(ground.units))
    return _Cut(faces, town, unit, (unit >= 0) & (home[unit] == town))


def _built(ground: Ground, cut: _Cut, merging: Merging, rule: BuildingRule) -> Built:
    assert ground.units is not None
    root, size = merging.group, len(ground.units)
    towns = len(ground.municipalities)
    # own parts of a unit are one block, its parts in another municipality one block there, uncovered faces one each
    label = np.where(cut.unit >= 0, cut.unit * towns + cut.town, size * towns + np.arange(len(cut.faces)))[root]
    _labels, first, group = np.unique(label, return_index=True, return_inverse=True)
    first, group = root[first], group.ravel()
    shapes = dissolve_groups(cut.faces, group, len(first))
    keys = _keys(ground, cut, first)
    order = np.argsort(keys, kind="stable")
    rank = np.argsort(order)
    shapes, keys, first, group = shapes[order], keys[order], first[order], rank[group]
    houses = np.array([], dtype=object) if ground.addresses is None else ground.addresses.geometry.to_numpy()
    at_address = inside(houses, shapes)
    people = _people(ground, cut, shapes, first, at_address)
    settled = cut.own[first] if people.how == "missing" else np.zeros(len(first), dtype=bool)
    unit = cut.unit[first]
    blocks = frame_of_blocks(ground, shapes, keys, cut.town[first], unit, people, settled, at_address)
    uncounted = uncounted_addresses(keys, ground.addresses, at_address) if people.how == "counted" else []
    found = in_order([*_uncovered(ground, cut, shapes, keys, first), *_overlaps(ground), *uncounted])
    notes = (*_outside(ground, cut), *people.notes)
    merged = protocol(cut.faces, merging, keys, group)
    return Built(blocks, found, merged, notes, people.how, rule.sentence())


def _keys(ground: Ground, cut: _Cut, first: np.ndarray) -> np.ndarray:
    """Keys of the blocks named by their first faces. Raises InputRefused when one comes out twice."""
    assert ground.units is not None
    units = ground.units["unit"].to_numpy(dtype=object)
    ags = ground.municipalities["ags"].astype(str).to_numpy(dtype=object)[cut.town[first]]
    unit, own = cut.unit[first], cut.own[first]
    free = np.cumsum(np.ones(len(first), dtype=np.int64))
    for town in np.unique(cut.town[first]):
        here = np.flatnonzero((unit < 0) & (cut.town[first] == town))
        free[here] = np.arange(1, len(here) + 1)
    keys = [
        units[one] if mine else f"{units[one]}-{town}" if one >= 0 else f"{town}-{OPEN}-{number:02d}"
        for one, mine, town, number in zip(unit.tolist(), own.tolist(), ags, free.tolist(), strict=True)
    ]
    twice = sorted({key for key in keys if keys.count(key) > 1}) if len(set(keys)) < len(keys) else []
    if twice:
        what = _("Schlüssel kommen mehrfach vor: {names}.").format(names=some(twice))
        raise InputRefused(_("So lassen sich keine Bausteine bilden."), [Finding(what, sheet="units")])
    return np.array(keys, dtype=object)


def _people(ground: Ground, cut: _Cut, shapes: np.ndarray, first: np.ndarray, at_address: np.ndarray) -> People:
    """Given with the units where they have them; a unit in two municipalities is shared by its addresses, else NA."""
    assert ground.units is not None
    town = cut.town[first]
    if "population" not in ground.units.columns:
        return place_people(shapes, town, ground.municipalities, ground.addresses, at_address, None)
    given = pd.to_numeric(ground.units["population"], errors="coerce").to_numpy(dtype=float)
    unit = cut.unit[first]
    population = pd.Series(np.zeros(len(first), dtype=np.int64), dtype="Int64")
    houses = np.bincount(at_address[at_address >= 0], minlength=len(first))
    unknown = []
    for number, total in enumerate(given.tolist()):
        parts = np.flatnonzero(unit == number)
        weight = houses[parts] if len(parts) > 1 else np.ones(len(parts))
        if not total >= 0 or (total > 0 and not weight.sum()):
            population.iloc[parts] = pd.NA
            unknown.append(str(ground.units["unit"].iloc[number]))
        elif len(parts):
            shared = np.floor(total * np.cumsum(weight) / max(weight.sum(), 1) + 0.5)
            population.iloc[parts] = np.diff(shared, prepend=0).astype(np.int64)
    notes = []
    if unknown:
        what = _("Einwohnerzahlen fehlen für: {names}.").format(names=some(unknown))
        notes.append(Finding(what, sheet="units", severity="warning"))
    return People(population, "given", tuple(notes))


def _uncovered(ground: Ground, cut: _Cut, shapes: np.ndarray, keys: np.ndarray, first: np.ndarray) -> list[Doubtful]:
    """What no unit covers, and parts of units in another municipality."""
    assert ground.units is not None
    names = ground.municipalities["name" if "name" in ground.municipalities.columns else "ags"].to_numpy(dtype=object)
    todo = _("Prüfen Sie die Grenzen; sonst bleibt die Fläche ein eigener Baustein.")
    free = _("{town}: {area} m² gehören zu keiner Einheit.")
    over = _("Einheit {unit} reicht mit {area} m² nach {town}.")
    found = []
    for block in np.flatnonzero(~cut.own[first]).tolist():
        unit, town = int(cut.unit[first[block]]), names[cut.town[first[block]]]
        area, point = count(shapes[block].area), shapely.point_on_surface(shapes[block])
        if unit < 0:
            found.append(Doubtful("uncovered", free.format(town=town, area=area), todo, point, str(keys[block])))
        else:
            text = over.format(unit=ground.units["unit"].iloc[unit], area=area, town=town)
            found.append(Doubtful("crossing", text, todo, point, str(keys[block])))
    return found


def _overlaps(ground: Ground) -> list[Doubtful]:
    """Units that share ground; it counts for the first by key."""
    assert ground.units is not None
    shapes, keys = ground.units.geometry.to_numpy(), ground.units["unit"].to_numpy(dtype=object)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    one, other = one[one < other], other[one < other]
    common = shapely.intersection(shapes[one], shapes[other])
    text = _("Die Einheiten {first} und {second} überlappen sich auf {area} m²; die Fläche zählt zu {first}.")
    todo = _("Berichtigen Sie die Grenzen im Kartenprogramm.")
    found = []
    for place in np.flatnonzero(shapely.area(common) > NEGLIGIBLE).tolist():
        first, second = str(keys[one[place]]), str(keys[other[place]])
        sentence = text.format(first=first, second=second, area=count(common[place].area))
        found.append(Doubtful("overlap", sentence, todo, shapely.point_on_surface(common[place]), first))
    return found


def _outside(ground: Ground, cut: _Cut) -> list[Finding]:
    assert ground.units is not None
    there = np.unique(cut.unit[cut.unit >= 0])
    absent = np.setdiff1d(np.arange(len(ground.units)), there)
    if not len(absent):
        return []
    names = some(list(ground.units["unit"].iloc[absent]))
    what = _("Diese Einheiten liegen in keiner Gemeinde oder ganz unter anderen: {names}.").format(names=names)
    return [Finding(what, sheet="units", severity="warning")]
