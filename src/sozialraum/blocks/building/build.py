"""From municipalities and lines to blocks: a network, its faces, remainders merged, inhabitants placed."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.base import Finding, _, plural
from sozialraum.base.numbers import count
from sozialraum.base.progress import Progress, Silent
from sozialraum.blocks.building import doubtful as doubt
from sozialraum.blocks.building.drawing import Web, draw
from sozialraum.blocks.building.faces import borders_between
from sozialraum.blocks.building.ground import Ground, take_ground
from sozialraum.blocks.building.inhabitants import People, more_than, place_people
from sozialraum.blocks.building.naming import block_keys, streets_of
from sozialraum.blocks.building.remainders import Merging, Traits, merge_remainders
from sozialraum.blocks.building.result import MERGED_COLUMNS, Built, Doubtful
from sozialraum.blocks.building.rule import BuildingRule
from sozialraum.blocks.checks_faults import NEGLIGIBLE
from sozialraum.blocks.coordinates import degrees_of, points_of
from sozialraum.blocks.dissolve import merge
from sozialraum.blocks.layers import single_parts
from sozialraum.blocks.regions import region_of


def build_blocks(
    municipalities: gpd.GeoDataFrame,
    lines: gpd.GeoDataFrame,
    *,
    addresses: gpd.GeoDataFrame | None = None,
    buildings: gpd.GeoDataFrame | None = None,
    rule: BuildingRule | None = None,
    nesting: gpd.GeoDataFrame | None = None,
    progress: Progress | None = None,
) -> Built:
    """Blocks that tile the municipalities, bounded by lines.

    municipalities : `ags, name`, polygons in metres; a column `population` (inhabitants of each) is shared out where
    addresses have none. lines : `kind` (river, railway, motorway, street; others part nothing specially), `name`.
    addresses : points, with `population` where known. buildings : outlines; used where there are no addresses.
    nesting : units (`unit`, may be `name`) whose borders no block crosses.
    The same inputs give the same blocks and keys, whatever the order of their rows. Lines without a shape and lines far
    from the municipalities are told in the notes.
    Raises InputRefused with all findings at once.
    """
    rule, progress = rule or BuildingRule(), progress or Silent()
    ground = take_ground(municipalities, lines, addresses, buildings, nesting)
    progress.stage(_("Linien werden verbunden"))
    web = draw(ground, rule)
    progress.stage(_("Kleine Flächen werden zugeordnet"))
    traits = _traits(web, ground)
    merging = merge_remainders(web.faces, traits, borders_between(web.faces, ground.barriers(rule)), rule)
    progress.stage(_("Einwohnerinnen und Einwohner werden zugeordnet"))
    built = _built(ground, web, traits, merging, rule)
    return replace(built, notes=(*_unused_lines(lines, ground.municipalities), *built.notes))


def _traits(web: Web, ground: Ground) -> Traits:
    lived_in = np.bincount(web.house_face[web.house_face >= 0], minlength=len(web.faces)) > 0
    return Traits(web.town, web.unit, web.settled, lived_in, np.zeros(len(web.faces), dtype=bool), web.open_land)


def _built(ground: Ground, web: Web, traits: Traits, merging: Merging, rule: BuildingRule) -> Built:
    roots, block_of_face = np.unique(merging.group, return_inverse=True)
    block_of_face = block_of_face.ravel()
    shapes = dissolve_groups(web.faces, block_of_face, len(roots))
    keys = block_keys(shapes, web.town[roots], ground.municipalities["ags"].to_numpy(dtype=object))
    order = np.argsort(keys, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    block_of_face, shapes, keys, roots = rank[block_of_face], shapes[order], keys[order], roots[order]
    at_block = np.where(web.house_face >= 0, block_of_face[web.house_face], -1)
    at_address = at_block if ground.addresses is not None else np.array([], dtype=np.int64)
    town = web.town[roots]
    people = place_people(shapes, town, ground.municipalities, ground.addresses, at_address, ground.buildings)
    settled = np.zeros(len(shapes), dtype=bool)
    np.logical_or.at(settled, block_of_face, traits.settled)
    blocks = frame_of_blocks(ground, shapes, keys, town, web.unit[roots], people, settled, at_address)
    found = _doubtful(ground, web, merging, blocks, people, at_address, block_of_face)
    merged = protocol(web.faces, merging, keys, block_of_face)
    notes = (*_overlapping(ground), *_merged_note(merging), *_drawn_note(web), *people.notes)
    return Built(blocks, found, merged, notes, people.how, rule.sentence())


def _unused_lines(lines: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame) -> list[Finding]:
    """Rows of lines that part nothing: without a shape, or whose numbers lie beyond the region of the municipalities.

    Lines of a neighbour that only reach beyond the border are as they should be. lines : as given.
    """
    shapes = lines.geometry.to_numpy()
    none = shapely.is_missing(shapes) | shapely.is_empty(shapes) | (shapely.get_dimensions(shapes) < 1)
    notes = []
    if none.any():
        size = int(none.sum())
        text = plural("1 Linie hat keinen Verlauf und fehlt.", "{count} Linien haben keinen Verlauf und fehlen.", size)
        notes.append(Finding(text.format(count=count(size)), sheet="lines", severity="warning"))
    where = region_of(municipalities)
    if none.all() or where is None:
        return notes
    there = lines[~none]
    far = there[~where.holds(degrees_of(points_of(there), there.crs))].to_crs(municipalities.crs)
    # the middle of a long line may lie far away though it crosses the region
    away = int((~shapely.intersects(far.geometry.to_numpy(), shapely.box(*municipalities.total_bounds))).sum())
    if away:
        text = plural("1 Linie liegt weit außerhalb der Gemeinden und teilt nichts.",
                      "{count} Linien liegen weit außerhalb der Gemeinden und teilen nichts.", away)  # fmt: skip
        todo = _("Prüfen Sie, ob die Koordinaten der Linien zu denen der Gemeinden passen.")
        notes.append(Finding(text.format(count=count(away)), sheet="lines", todo=todo, severity="warning"))
    return notes


def dissolve_groups(faces: np.ndarray, group: np.ndarray, size: int) -> np.ndarray:
    """One shape for each of the groups 0 .. size-1; the order of its corners does not depend on that of the inputs."""
    order = np.argsort(group, kind="stable")
    start = np.searchsorted(group[order], np.arange(size + 1))
    shapes = faces[order[start[:-1]]].copy()
    for number in np.flatnonzero(np.diff(start) > 1).tolist():
        shapes[number] = merge(faces[order[start[number] : start[number + 1]]])
    return single_parts(np.asarray(shapely.normalize(shapes), dtype=object))


def frame_of_blocks(
    ground: Ground,
    shapes: np.ndarray,
    keys: np.ndarray,
    town: np.ndarray,
    unit: np.ndarray,
    people: People,
    settled: np.ndarray,
    at_address: np.ndarray,
) -> gpd.GeoDataFrame:
    """Blocks in contract columns; with units the column `unit` and the unit's name as quarter.

    Where an address stands is settlement.
    """
    lived_in = np.bincount(at_address[at_address >= 0], minlength=len(shapes)) > 0
    columns = {
        "block_id": keys,
        "municipality": ground.municipalities["ags"].astype(str).to_numpy(dtype=object)[town],
        "population": people.population.array,
        "quarter": "",
        "street": streets_of(shapes, ground.lines, ground.addresses, at_address),
        "land": np.where(settled | lived_in | more_than(people.population, 0), "settlement", "open"),
    }
    if ground.units is not None:
        for column, source in (("unit", "unit"), ("quarter", "name")):
            given = ground.units[source].to_numpy(dtype=object)
            columns[column] = np.where(unit >= 0, given[unit], "")
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=ground.municipalities.crs)


def _doubtful(
    ground: Ground,
    web: Web,
    merging: Merging,
    blocks: gpd.GeoDataFrame,
    people: People,
    at_address: np.ndarray,
    block_of_face: np.ndarray,
) -> tuple[Doubtful, ...]:
    shapes, keys = blocks.geometry.to_numpy(), blocks["block_id"].to_numpy(dtype=object)
    places = doubt.Places(shapes, keys, ground.lines)
    settled = set(keys[(blocks["land"] == "settlement").to_numpy()])
    return doubt.in_order(
        [
            *doubt.closed_gaps(places, web.closed),
            *doubt.open_ends(places, web.open, settled),
            *doubt.barrier_ends(places, web.barrier_ends),
            *doubt.doubtful_addresses(places, ground.addresses, at_address),
            *doubt.uncounted_addresses(keys, ground.addresses, at_address),
            *doubt.enclosed_faces(places, block_of_face[np.array(merging.enclosed, dtype=np.int64)].tolist()),
            *doubt.crowded_blocks(places, people.population),
        ]
    )


def protocol(faces: np.ndarray, merging: Merging, keys: np.ndarray, block_of_face: np.ndarray) -> pd.DataFrame:
    """Every merging: what, into which block, why, and where; what rounding leaves (under 1 m²) is not worth a row."""
    rows = []
    for face, size, why, between in worth_telling(merging):
        point = shapely.point_on_surface(faces[face])
        reason = _("{why}; liegt zwischen zwei Trennlinien").format(why=why) if between else why
        what = _("Fläche von {area} m²").format(area=count(size))
        rows.append((what, keys[block_of_face[face]], reason, point.x, point.y))
    return pd.DataFrame(rows, columns=list(MERGED_COLUMNS))


def worth_telling(merging: Merging) -> list[tuple[int, float, str, bool]]:
    return [one for one in merging.merged if one[1] > NEGLIGIBLE]


def _overlapping(ground: Ground) -> list[Finding]:
    shapes = ground.municipalities.geometry.to_numpy()
    names = ground.municipalities["name" if "name" in ground.municipalities.columns else "ags"].to_numpy(dtype=object)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="overlaps")
    found = []
    for first, second in zip(one[one < other].tolist(), other[one < other].tolist(), strict=True):
        area = shapely.area(shapely.intersection(shapes[first], shapes[second]))
        if area > NEGLIGIBLE:
            what = _("{first} und {second} überlappen sich auf {area} m²; die Fläche zählt zu {first}.")
            text = what.format(first=names[first], second=names[second], area=count(area))
            found.append(Finding(text, sheet="municipalities", severity="warning"))
    return found


def _merged_note(merging: Merging) -> list[Finding]:
    size = len(worth_telling(merging))
    if not size:
        return []
    text = plural(
        "1 kleine Fläche wurde einem Nachbarn zugeschlagen.",
        "{count} kleine Flächen wurden Nachbarn zugeschlagen.",
        size,
    )
    return [Finding(text.format(count=count(size)), severity="note")]


def _drawn_note(web: Web) -> list[Finding]:
    """What was drawn where no line lies."""
    notes = []
    if web.rows:
        text = plural(
            "1 Verbindung zwischen Enden von Straßen wurde ergänzt.",
            "{count} Verbindungen zwischen Enden von Straßen wurden ergänzt.",
            web.rows,
        )
        notes.append(Finding(text.format(count=count(web.rows)), severity="note"))
    if not web.settlements:
        return notes
    text = plural(
        "Bei 1 Siedlung folgt die Grenze zum offenen Land den letzten Häusern, weil dort keine Linie liegt.",
        "Bei {count} Siedlungen folgt die Grenze zum offenen Land den letzten Häusern, weil dort keine Linie liegt.",
        web.settlements,
    )
    return [*notes, Finding(text.format(count=count(web.settlements)), severity="note")]
