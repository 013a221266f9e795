"""Do coordinates lie where they should? Wrong or missing systems are named, with the offer to read them rightly.

A layer is looked at under the system it names. Where it does not lie in the expected region, all systems in use at
German offices are tried, also with the two numbers swapped; those under which it does lie there are proposed.
Nothing is read differently unless somebody says so (`read_as`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import pyproj
import shapely

from sozialraum.base import Finding, UsageError, _, plural
from sozialraum.blocks.checks_faults import Fault
from sozialraum.blocks.regions import Region, germany, region_of

SWAPPED = "/vertauscht"
# The systems in which layers come, the usual ones first; 32632 and the like equal those of the same zone.
KNOWN = (25832, 25833, 4647, 5650, 4326, 31466, 31467, 31468, 31469, 3035, 3857, 3068)
PREFIXED = {4647: (32, 25832), 5650: (33, 25833)}
ENOUGH = 0.5  # share of the rows that must lie in the region


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read coordinates. epsg : of the system. swapped : the second number comes first."""

    epsg: int
    swapped: bool = False

    @property
    def code(self) -> str:
        """'EPSG:4647', with '/vertauscht' where the two numbers are swapped; `Reading.of` reads it."""
        return f"EPSG:{self.epsg}" + (SWAPPED if self.swapped else "")

    @classmethod
    def of(cls, code: str) -> Reading:
        """The reading of a code. Raises UsageError for one that is none."""
        plain = code.removesuffix(SWAPPED)
        number = plain.upper().removeprefix("EPSG:")
        if not number.isdecimal() or int(number) not in KNOWN:
            known = ", ".join(f"EPSG:{epsg}" for epsg in KNOWN)
            text = _("Das Koordinatensystem „{crs}“ ist nicht bekannt. Es gibt: {known}.")
            raise UsageError(text.format(crs=code, known=known))
        return cls(int(number), plain != code)

    @property
    def title(self) -> str:
        """The system in words, and whether the numbers are swapped."""
        return _("{system}, beide Zahlen vertauscht").format(system=self.system) if self.swapped else self.system

    @property
    def system(self) -> str:
        """The system in words."""
        words = {
            25832: _("UTM-Koordinaten, Zone 32 (EPSG:25832)"),
            25833: _("UTM-Koordinaten, Zone 33 (EPSG:25833)"),
            4647: _("UTM-Koordinaten, Zone 32 mit vorangestellter Zonennummer (EPSG:4647)"),
            5650: _("UTM-Koordinaten, Zone 33 mit vorangestellter Zonennummer (EPSG:5650)"),
            4326: _("Längen- und Breitengrade (EPSG:4326)"),
            3035: _("Koordinaten des europäischen Gitters (EPSG:3035)"),
            3857: _("Koordinaten von Internetkarten (EPSG:3857)"),
            3068: _("Soldner-Koordinaten von Berlin (EPSG:3068)"),
        }
        gauss = _("Gauß-Krüger-Koordinaten, Streifen {zone} (EPSG:{epsg})")
        return words.get(self.epsg) or gauss.format(zone=self.epsg - 31464, epsg=self.epsg)


@dataclass(frozen=True)
class Coordinates:
    """What was found. proposals : readings under which the layer lies in the region, the likeliest first."""

    faults: tuple[Fault, ...] = ()
    proposals: tuple[Reading, ...] = ()

    @property
    def proposal(self) -> Reading | None:
        """The one reading that fits; None where none does or several do."""
        return self.proposals[0] if len(self.proposals) == 1 else None


def check_coordinates(
    frame: gpd.GeoDataFrame, expected: Region | gpd.GeoDataFrame | None = None, layer: str = "blocks"
) -> Coordinates:
    """Whether a layer lies in the expected region under the coordinate system it names.

    expected : a region, a layer known to be right, or None = Germany. layer : its name in the findings.
    Named are: no system at all, degrees under a metric system and the reverse, swapped numbers, a zone number before
    the easting that the system does not have (and the reverse), another zone, Gauß-Krüger, the European grid; single
    rows far from Germany (an error for blocks and municipalities, else a warning). Finding.offer is the code of the
    reading to take, '' where several fit. Degrees of the layer 'blocks' are a fault too, though they lie right.
    A layer that lies in Germany, yet not in the region, is a fault only when another reading fits better.
    """
    points = points_of(frame)
    if not len(points):
        return Coordinates()
    region = region_of(expected) if isinstance(expected, gpd.GeoDataFrame) else expected
    named = None if frame.crs is None else pyproj.CRS.from_user_input(frame.crs)
    verdict = judge_points(points, named, region)
    if not verdict.wrong and layer == "blocks" and named is not None and named.is_geographic:
        return _degrees_of_blocks(frame)
    if not verdict.wrong:
        strays = () if named is None else _strays(points, named, region, layer)
        return Coordinates(strays)
    finding = _finding(named, verdict.proposals, region, layer)
    box = None
    if len(verdict.proposals) == 1:
        box = shapely.box(*read_as(frame, verdict.proposals[0]).total_bounds)
    return Coordinates((Fault("coordinates", finding, box, (), layer),), verdict.proposals)


def _degrees_of_blocks(frame: gpd.GeoDataFrame) -> Coordinates:
    """Degrees of blocks, though right, are no metres, and nothing can be measured in them."""
    reading = Reading(4326)
    todo = _("Bitte speichern Sie die Ebene in einem metrischen Koordinatensystem, zum Beispiel EPSG:25832.")
    what = _("Die Koordinaten sind Grad, gebraucht werden Meter.")
    finding = Finding(what, sheet="blocks", todo=todo, code="coordinates", offer=reading.code)
    box = shapely.box(*read_as(frame, reading).total_bounds)
    return Coordinates((Fault("coordinates", finding, box),), (reading,))


@dataclass(frozen=True)
class Verdict:
    """wrong : the points do not lie where they should. proposals : readings under which they do."""

    wrong: bool
    proposals: tuple[Reading, ...] = ()


def judge_points(points: np.ndarray, named: pyproj.CRS | None, region: Region | None = None) -> Verdict:
    """Whether points (n, 2: first and second number) lie in the region under the system they name; None = none named.

    Rows that are no number do not count. Where there are no points nothing is wrong. Where no reading fits the region,
    those that fit Germany are proposed: a list may be of the whole country.
    """
    points = points[np.isfinite(points).all(axis=1)]
    if not len(points):
        return Verdict(False)
    where = region or germany()
    own = degrees_of(points, named) if named is not None else np.full_like(points, np.nan)
    if where.holds(own).mean() >= ENOUGH:
        return Verdict(False)
    found = _fitting(points, named, where)
    if found:
        return Verdict(True, found)
    if named is not None and germany().holds(own).mean() >= ENOUGH:
        return Verdict(False)
    return Verdict(True, _fitting(points, named, germany()))


def _fitting(points: np.ndarray, named: pyproj.CRS | None, where: Region) -> tuple[Reading, ...]:
    """The readings other than the named one under which most points lie in a region."""
    found = []
    for reading in (Reading(epsg, swapped) for swapped in (False, True) for epsg in KNOWN):
        if not reading.swapped and named is not None and named == pyproj.CRS.from_epsg(reading.epsg):
            continue
        turned = points[:, ::-1] if reading.swapped else points
        if _looks_like(turned, reading.epsg) and where.holds(degrees_of(turned, reading.epsg)).mean() >= ENOUGH:
            found.append(reading)
    # who names the system with a zone number before the easting has told the zone
    told = PREFIXED.get(named.to_epsg() or 0) if named is not None else None
    return (Reading(told[1]),) if told and Reading(told[1]) in found else tuple(found)


def reading_of_each(points: np.ndarray, named: pyproj.CRS, where: Region) -> list[Reading | None]:
    """For each point (n, 2) the one reading other than the named one under which it lies in a region, else None."""
    found: list[list[Reading]] = [[] for _point in points]
    for reading in (Reading(epsg, swapped) for swapped in (False, True) for epsg in KNOWN):
        if not reading.swapped and named == pyproj.CRS.from_epsg(reading.epsg):
            continue
        turned = points[:, ::-1] if reading.swapped else points
        for row in np.flatnonzero(where.holds(degrees_of(turned, reading.epsg))).tolist():
            if _looks_like(turned[[row]], reading.epsg):
                found[row].append(reading)
    return [those[0] if len(those) == 1 else None for those in found]


def read_as(frame: gpd.GeoDataFrame, reading: Reading) -> gpd.GeoDataFrame:
    """The layer with its numbers read in another way, in metres: UTM zone 32 west of 12 degrees, else zone 33."""
    shapes = frame.geometry.to_numpy()
    if reading.swapped:
        shapes = shapely.transform(shapes, lambda points: points[:, ::-1])
    told = gpd.GeoDataFrame(frame.drop(columns=frame.geometry.name), geometry=shapes, crs=f"EPSG:{reading.epsg}")
    if told.crs.is_projected and reading.epsg in (25832, 25833):
        return told
    middle = np.nanmedian(degrees_of(points_of(told), reading.epsg), axis=0)
    return told.to_crs(25832 if middle[0] < 12 else 25833)


def points_of(frame: gpd.GeoDataFrame) -> np.ndarray:
    """The middle of the box of each shape that has one, as (n, 2)."""
    shapes = frame.geometry.to_numpy()
    boxes = shapely.bounds(shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))])
    middles: np.ndarray = (boxes[:, :2] + boxes[:, 2:]) / 2
    return middles


def _looks_like(points: np.ndarray, epsg: int) -> bool:
    """Whether numbers can be of a system: degrees are small, some eastings begin with their zone."""
    first = float(np.median(points[:, 0]))
    small = bool((np.abs(points) <= 180).mean() >= ENOUGH)
    if epsg == 4326 or small:
        return epsg == 4326 and small
    if epsg in PREFIXED:
        return int(first // 1e6) == PREFIXED[epsg][0]
    if epsg == 3068:
        return bool((np.median(points, axis=0) > 1_000).all() and (np.median(points, axis=0) < 60_000).all())
    if 31466 <= epsg <= 31469:
        return int(first // 1e6) == epsg - 31464
    return True


def degrees_of(points: np.ndarray, crs: pyproj.CRS | int) -> np.ndarray:
    """Longitude and latitude of points; NaN or inf where the system does not reach."""
    try:
        there = _to_degrees(crs)
        return np.column_stack(there.transform(points[:, 0], points[:, 1]))
    except pyproj.exceptions.ProjError:
        return np.full_like(points, np.nan)


@lru_cache(maxsize=32)
def _to_degrees(crs: pyproj.CRS | int) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(crs, 4326, always_xy=True)


def _strays(points: np.ndarray, named: pyproj.CRS, region: Region | None, layer: str) -> tuple[Fault, ...]:
    """Single rows far from Germany in a layer that otherwise lies right."""
    away = np.flatnonzero(~germany().holds(degrees_of(points, named)))
    if not len(away):
        return ()
    text = plural(
        "Eine Koordinate liegt weit außerhalb von Deutschland (Zeile {rows}).",
        "{count} Koordinaten liegen weit außerhalb von Deutschland (Zeile {rows}).",
        len(away),
    )
    rows = ", ".join(str(row + 1) for row in away[:5].tolist()) + (", …" if len(away) > 5 else "")
    what = text.format(count=len(away), rows=rows)
    todo = _("Bitte berichtigen Sie diese Koordinaten im Kartenprogramm.")
    meant = set(reading_of_each(points[away], named, region or germany()))
    if len(meant) == 1 and (reading := meant.pop()) is not None:
        what = f"{what} {sentence(named, [reading], region)}"
    if layer in ("blocks", "municipalities"):
        return (Fault("coordinates", Finding(what, sheet=layer, todo=todo), layer=layer),)
    # points far away have no block, which is said when they are placed
    return (Fault("coordinates", Finding(what, sheet=layer, todo=todo, severity="warning"), layer=layer),)


def _finding(named: pyproj.CRS | None, proposals: Sequence[Reading], region: Region | None, layer: str) -> Finding:
    what = _("Die Ebene nennt kein Koordinatensystem.") if named is None else sentence(named, proposals, region)
    if not proposals:
        todo = _("Bitte speichern Sie die Ebene mit Koordinatensystem, zum Beispiel EPSG:25832.")
        return Finding(what, sheet=layer, todo=todo, code="coordinates")
    if len(proposals) > 1:
        names = "; ".join(one.title for one in proposals)
        todo = _("Es kommen in Frage: {names}. Bitte entscheiden Sie, wie die Ebene gelesen wird.").format(names=names)
        return Finding(what, sheet=layer, todo=todo, code="coordinates")
    todo = _("Angeboten wird, sie so zu lesen: {system}.").format(system=proposals[0].title)
    return Finding(what, sheet=layer, todo=todo, code="coordinates", offer=proposals[0].code)


def sentence(named: pyproj.CRS, proposals: Sequence[Reading], region: Region | None = None) -> str:
    """What is wrong with coordinates that do not lie where they should, in one sentence."""
    said = f"EPSG:{named.to_epsg()}" if named.to_epsg() else named.name
    if not proposals:
        name = (region or germany()).name
        return _("Die Koordinaten liegen nicht {region} und passen zu keinem gebräuchlichen System.").format(
            region=name
        )
    first = proposals[0]
    if first.swapped:
        if first.epsg == 4326:
            return _("Länge und Breite sind vertauscht.")
        return _("Rechtswert und Hochwert sind vertauscht.")
    if first.epsg in PREFIXED:
        text = _("Die Koordinaten beginnen mit der Zonennummer {zone}, angegeben ist {named}.")
        return text.format(zone=PREFIXED[first.epsg][0], named=said)
    prefix = PREFIXED.get(named.to_epsg() or 0)
    if prefix and first.epsg == prefix[1]:
        text = _("Den Koordinaten fehlt die Zonennummer {zone}, die zu {named} gehört.")
        return text.format(zone=prefix[0], named=said)
    if first.epsg == 4326:
        return _("Die Koordinaten sind Grad, angegeben sind Meter ({named}).").format(named=said)
    if named.is_geographic:
        return _("Die Koordinaten sind Meter, angegeben sind Grad ({named}).").format(named=said)
    return _("Die Zahlen sind {system}, angegeben ist {named}.").format(system=first.title, named=said)
