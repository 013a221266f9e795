"""What does not fit in foreign areas: gaps, overlaps, areas across municipal borders, areas without a block."""

from __future__ import annotations

import re

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.base import Finding, _, name_key, plural
from sozialraum.base.numbers import count
from sozialraum.blocks import neighbours, pieces
from sozialraum.blocks.layers import NAMED_AT_MOST, some

NAMED_GAPS = 10
OWN_KEY = re.compile(r"(\d{8})-(\d{1,4}[a-z]*)")
LIKE_A_CODE = re.compile(r"\d{1,3}[a-z]?")


def title_of(areas: pd.DataFrame, area: str) -> str:
    """An area as people call it: see `titles`; with its key where two are called the same."""
    called = titles(areas)
    title = called.get(area, area)
    return title if area == title or list(called.values()).count(title) < 2 else f"{title} ({area})"


def titles(areas: pd.DataFrame) -> dict[str, str]:
    """key -> code and, when there is one, name: '13 Ober-Elsen'. The key stands where an area has no code.

    areas : `area, code, name`.
    """
    rows = areas[["area", "code", "name"]].astype(str).itertuples(index=False, name=None)
    return {area: _title(area, code, name) for area, code, name in rows}


def _title(area: str, code: str, name: str) -> str:
    own = OWN_KEY.fullmatch(area)
    found = own.group(2) if own else area
    shown = code or (found.lstrip("0") or found if LIKE_A_CODE.fullmatch(found) else found)
    return f"{shown} {name}" if name and name not in (shown, area) else shown


def near(names: list[str]) -> str:
    """The first few names and how many more there are, after 'bei'."""
    more = len(names) - NAMED_AT_MOST
    if more <= 0:
        return ", ".join(names)
    text = plural("{names} und {count} weiteren", "{names} und {count} weiteren", more)
    return text.format(names=", ".join(names[:NAMED_AT_MOST]), count=count(more))


def outside_everything(areas: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame) -> Finding:
    """All areas lie elsewhere: how far, and what that usually means."""
    away = float(shapely.distance(shapely.box(*areas.total_bounds), shapely.box(*blocks.total_bounds)))
    what = _("Die Gebiete liegen {kilometres} km neben der Region.").format(kilometres=count(away / 1000))
    return Finding(what, todo=_("Prüfen Sie das Koordinatensystem der Datei."))


def drawing_faults(
    areas: gpd.GeoDataFrame, own: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame, width: float
) -> list[Finding]:
    """Overlaps of two areas and gaps between areas in the municipalities of the blocks; narrow ones are left out."""
    return _overlaps(areas, width) + _gaps(areas, own, municipalities, width)


def _wide(shape: shapely.Geometry, width: float) -> bool:
    border = float(shapely.length(shape))
    return border > 0 and 2 * float(shapely.area(shape)) / border >= width


def _overlaps(areas: gpd.GeoDataFrame, width: float) -> list[Finding]:
    shapes = areas.geometry.to_numpy()
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = sorted((a, b) for a, b in zip(first.tolist(), second.tolist(), strict=True) if a < b)
    findings = []
    for a, b in pairs:
        common = shapely.intersection(shapes[a], shapes[b])
        if _wide(common, width):
            what = _("Die Gebiete {first} und {second} überlappen sich auf {area} m².").format(
                first=title_of(areas, areas["area"].iat[a]),
                second=title_of(areas, areas["area"].iat[b]),
                area=count(common.area),
            )
            todo = _("Die Bausteine dort stehen unten zur Entscheidung.")
            findings.append(Finding(what, todo=todo, severity="warning"))
    return findings


def _gaps(
    areas: gpd.GeoDataFrame, own: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame, width: float
) -> list[Finding]:
    covered = shapely.union_all(areas.geometry.to_numpy())
    findings: list[Finding] = []
    rows = municipalities[["ags", "name", "geometry"]].sort_values("name", key=lambda names: names.map(name_key))
    for ags, name, ground in rows.itertuples(index=False):
        blocks = own[own["municipality"] == ags]
        if blocks.empty:
            continue
        left = [part for part in shapely.get_parts(shapely.difference(ground, covered)) if _wide(part, width)]
        for gap in sorted(left, key=lambda part: -part.area)[:NAMED_GAPS]:
            inside = blocks["block_id"][blocks.geometry.representative_point().within(gap)]
            touched = inside if len(inside) else blocks["block_id"][blocks.intersects(gap)]
            what = _("{name}: Lücke von {area} m² zwischen den Gebieten, bei {blocks}.").format(
                name=name, area=count(gap.area), blocks=near(sorted(touched))
            )
            todo = _("Die Bausteine dort stehen unten zur Entscheidung.")
            findings.append(Finding(what, todo=todo, severity="warning"))
        if len(left) > NAMED_GAPS:
            what = _("{name}: {count} weitere, kleinere Lücken.").format(name=name, count=len(left) - NAMED_GAPS)
            findings.append(Finding(what, severity="warning"))
    return findings


def reaching_across(
    areas: pd.DataFrame, taken: pd.Series, own: gpd.GeoDataFrame, municipalities: pd.DataFrame
) -> list[Finding]:
    """Areas in several municipalities, in several parts, or without any block.

    taken : Series block_id -> area, with the proposals for undecided blocks ('' = none).
    """
    names = dict(zip(municipalities["ags"], municipalities["name"], strict=True))
    town = own.set_index("block_id")["municipality"]
    taken = taken[taken != ""]
    findings = []
    members = pd.DataFrame({"area": taken, "town": town.reindex(taken.index)})
    for area, towns in members.groupby("area", sort=True)["town"]:
        found = sorted((names.get(ags, ags) for ags in set(towns)), key=name_key)
        if len(found) > 1:
            what = _("Das Gebiet {area} liegt in {number} Gemeinden ({names}).").format(
                area=title_of(areas, str(area)), number=len(found), names=some(found)
            )
            todo = _("Kein Sozialraum überschreitet eine Gemeindegrenze: Es wird je Gemeinde ein eigenes Gebiet.")
            findings.append(Finding(what, todo=todo, severity="warning"))
    without = sorted(set(areas["area"]) - set(taken))
    if without:
        what = _("Zu klein für einen eigenen Baustein oder außerhalb: {names}.")
        titles = [title_of(areas, area) for area in without]
        findings.append(Finding(what.format(names=some(titles)), severity="warning"))
    return findings + _scattered(areas, taken, own)


def _scattered(areas: pd.DataFrame, taken: pd.Series, own: gpd.GeoDataFrame) -> list[Finding]:
    edges = neighbours(own).edges
    label = own["block_id"].map(taken).fillna("").to_numpy(dtype=object)
    town = own["municipality"].to_numpy(dtype=object)
    a, b = edges.T
    same = (label[a] == label[b]) & (town[a] == town[b])
    part = pieces(len(own), edges[same])
    parts = pd.DataFrame({"area": label, "town": town, "part": part}).query("area != ''")
    number = parts.groupby(["area", "town"], sort=True)["part"].nunique()
    found = [title_of(areas, str(area)) for area, _town in number.index[np.asarray(number > 1)]]
    if not found:
        return []
    what = _("Nicht zusammenhängend: {names}.").format(names=some(found))
    return [Finding(what, todo=_("Prüfen Sie, ob das so beschlossen ist."), severity="warning")]
