"""Which ways there are to mend a fault; the first is the one proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import shapely

from sozialraum.base import UsageError, _
from sozialraum.blocks.checks_faults import Fault
from sozialraum.blocks.coordinates import Reading

ALMOST = 0.999  # share of a shape from which another one is the same


@dataclass(frozen=True, slots=True)
class Way:
    """One way to mend a fault. code : what a wish says. sentence : what would be done."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Wish:
    """A fault to be mended in a way. told : the key somebody named ('give=05999004-A'), '' = found by the rule."""

    fault: Fault
    way: str
    told: str = ""


def ways(fault: Fault, blocks: gpd.GeoDataFrame) -> tuple[Way, ...]:
    """The ways to mend a fault, the proposed one first; () where only the map program helps.

    A wish may name a key after 'rekey=' (of the second shape) and 'give=' (the block that gets the place).
    """
    own = blocks[blocks["block_id"].astype(str).isin(fault.blocks)]
    if fault.kind == "coordinates":
        return _readings(fault)
    if fault.kind == "invalid":
        mend = Way("mend", _("Der Rand wird an der Kreuzung geordnet; die Fläche bleibt beim Baustein."))
        return (mend,) if fault.geometry is not None else ()
    if fault.kind == "twice":
        return _twice(fault, own)
    if fault.kind == "outside":
        return _outside(fault, own)
    if is_overlap(fault, own):
        return (Way("give", _("Der Baustein behält die Stelle, von dem sie den größeren Teil ausmacht.")),)
    new = Way("new", _("Die Stelle wird ein eigener Baustein ohne Einwohner."))
    give = Way("give", _("Die Stelle kommt zu dem Baustein mit der längsten gemeinsamen Grenze."))
    return (give, new) if fault.blocks else (new,)


def wanted(faults: Sequence[Fault], wishes: Mapping[str, str], blocks: gpd.GeoDataFrame) -> list[Wish]:
    """Wishes by fault_id as ways; '' = the proposed one. Raises UsageError for an unknown fault or way."""
    known = {fault.fault_id: fault for fault in faults}
    found = []
    for fault_id, text in wishes.items():
        fault = known.get(fault_id)
        if fault is None:
            raise UsageError(_("Diesen Fehler gibt es nicht (mehr): {fault}.").format(fault=fault_id))
        there = [way.code for way in ways(fault, blocks)]
        way, _sign, told = text.partition("=")
        way = way or (there[0] if there else "")
        if way not in there or (told and way not in ("give", "rekey")):
            text = _("„{what}“ So lässt sich das nicht beheben. Möglich ist: {ways}.")
            raise UsageError(text.format(what=fault.finding.what, ways=", ".join(there) or _("nichts")))
        found.append(Wish(fault, way, told))
    return found


def is_overlap(fault: Fault, own: gpd.GeoDataFrame) -> bool:
    """Whether a place lies in two blocks; else it is a gap."""
    if fault.kind == "overlap":
        return True
    if fault.kind != "sliver" or len(fault.blocks) != 2 or fault.geometry is None:
        return False
    inside = shapely.intersection(shapely.make_valid(own.geometry.to_numpy()), fault.geometry)
    return bool((shapely.area(inside) > 0.5 * fault.geometry.area).sum() >= 2)


def _readings(fault: Fault) -> tuple[Way, ...]:
    if not fault.finding.offer:
        return ()
    text = _("Die Ebene wird so gelesen: {system}.").format(system=Reading.of(fault.finding.offer).title)
    return (Way(fault.finding.offer, text),)


def _twice(fault: Fault, own: gpd.GeoDataFrame) -> tuple[Way, ...]:
    join = Way("join", _("Es bleibt ein Baustein; die Einwohner werden zusammengezählt."))
    if len(fault.blocks) > 1:
        return (join,)
    rekey = Way("rekey", _("Jede weitere Fläche bekommt einen eigenen Schlüssel; die Einwohner bleiben, wo sie sind."))
    once = Way("once", _("Die Zeile wurde doppelt geliefert und zählt einmal, auch ihre Einwohner."))
    return (once, rekey, join) if same_rows(own) else (rekey, join)


def same_rows(own: gpd.GeoDataFrame) -> bool:
    """Whether all rows of one key have one shape and one number of inhabitants."""
    shapes = shapely.make_valid(own.geometry.to_numpy())
    common = float(shapely.area(shapely.intersection_all(shapes)))
    sizes = shapely.area(shapes)
    return bool(own["population"].nunique() == 1 and common >= ALMOST * float(sizes.max()))


def _outside(fault: Fault, own: gpd.GeoDataFrame) -> tuple[Way, ...]:
    if fault.finding.offer:
        text = _("Nur diese Bausteine werden so gelesen: {system}; die übrigen bleiben, wie sie sind.")
        return (Way("reread", text.format(system=Reading.of(fault.finding.offer).title)),)
    move = Way("move", _("Der Baustein kommt zu der Gemeinde, in der er liegt."))
    nearest = Way("nearest", _("Die Fläche entfällt; die Einwohner kommen zum nächsten Baustein derselben Gemeinde."))
    cut = Way("cut", _("Was über die Grenze ragt, entfällt; die Einwohner bleiben beim Baustein."))
    return (move, nearest) if wholly(fault, own) else (cut,)


def wholly(fault: Fault, own: gpd.GeoDataFrame) -> bool:
    """Whether some block lies beyond the border as a whole."""
    shapes = shapely.make_valid(own.geometry.to_numpy())
    if fault.geometry is None or not len(shapes):
        return False
    place = shapely.union_all(shapely.make_valid(shapely.get_parts(fault.geometry)))
    return bool((shapely.area(shapely.intersection(shapes, place)) > ALMOST * shapely.area(shapes)).any())
