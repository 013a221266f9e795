"""Places on the map where a person should look, each in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.base import _
from sozialraum.base.numbers import count, decimal
from sozialraum.blocks.building.faces import inside
from sozialraum.blocks.building.inhabitants import more_than, unknown_numbers
from sozialraum.blocks.building.network import Misses
from sozialraum.blocks.building.result import Doubtful, DoubtfulKind
from sozialraum.blocks.building.rule import BARRIERS

ON_BORDER = 0.5  # metres
CROWDED = 2_000  # inhabitants: more than many an area has


class Places:
    """Looks up the block and the line names of points."""

    def __init__(self, shapes: np.ndarray, keys: np.ndarray, lines: gpd.GeoDataFrame) -> None:
        self.shapes, self.keys, self.lines = shapes, keys, lines

    def keys_at(self, points: np.ndarray) -> np.ndarray:
        block = inside(points, self.shapes)
        return np.where(block >= 0, self.keys[block], "")

    def line_at(self, points: np.ndarray, kinds: Sequence[str] = ()) -> list[str]:
        """What a sentence calls the line at each point; kinds : of these only."""
        lines = self.lines[self.lines["kind"].isin(kinds)] if kinds else self.lines
        called = [_("Eine Linie")] * len(points)
        if not len(points) or lines.empty:
            return called
        words = {"river": _("Ein Fluss"), "railway": _("Eine Bahnlinie"), "motorway": _("Eine Autobahn")}
        names, own = lines["name"].to_numpy(dtype=object), lines["kind"].to_numpy(dtype=object)
        # of several lines in one place a named one, then the first by name
        order = np.lexsort((own, names, names == ""))
        names, own = names[order], own[order]
        point, line = shapely.STRtree(lines.geometry.to_numpy()[order]).query_nearest(points, all_matches=True)
        first = np.lexsort((line, point))
        _unique, at = np.unique(point[first], return_index=True)
        for one, other in zip(point[first][at].tolist(), line[first][at].tolist(), strict=True):
            plain = words.get(own[other], _("Eine Straße"))
            called[one] = _("„{name}“").format(name=names[other]) if names[other] else plain
        return called


def closed_gaps(places: Places, found: Misses) -> list[Doubtful]:
    """Line ends that were joined."""
    text = _("{line} endet {gap} m vor einer anderen Linie; die Lücke gilt als geschlossen.")
    todo = _("Wenn dort keine Verbindung ist, setzen Sie die Linie weiter zurück.")
    return _at_gaps(places, found, "closed", text, todo)


def open_ends(places: Places, found: Misses, settled: set[str]) -> list[Doubtful]:
    """Line ends that miss another line by a little more than is joined, in settled blocks."""
    text = _("{line} endet {gap} m vor einer anderen Linie und gilt als nicht verbunden.")
    todo = _("Wenn die Linien zusammengehören, verbinden Sie sie; dann entstehen hier zwei Bausteine.")
    return [one for one in _at_gaps(places, found, "open_end", text, todo) if one.block_id in settled]


def _at_gaps(places: Places, found: Misses, kind: DoubtfulKind, text: str, todo: str) -> list[Doubtful]:
    ends = shapely.get_point(found.gap, 0)
    keys, names = places.keys_at(ends), places.line_at(ends)
    return [
        Doubtful(kind, text.format(line=name, gap=decimal(metres, 1)), todo, end, key)
        for end, key, name, metres in zip(ends, keys, names, found.metres.tolist(), strict=True)
        if key
    ]


def barrier_ends(places: Places, points: np.ndarray) -> list[Doubtful]:
    """Rivers, railways and motorways that end inside a block."""
    todo = _("Der Baustein liegt auf beiden Seiten. Verlängern Sie die Linie, wenn sie weiterführt.")
    text = _("{line} endet mitten in einem Baustein.")
    rows = zip(points, places.keys_at(points), places.line_at(points, BARRIERS), strict=True)
    return [Doubtful("barrier_ends", text.format(line=name), todo, point, key) for point, key, name in rows if key]


def doubtful_addresses(places: Places, addresses: gpd.GeoDataFrame | None, at_block: np.ndarray) -> list[Doubtful]:
    """Addresses in no municipality, and those on the border of two blocks."""
    if addresses is None or addresses.empty:
        return []
    points = addresses.geometry.to_numpy()
    outside = np.flatnonzero(at_block < 0)
    _block, point = shapely.STRtree(points).query(places.shapes, predicate="dwithin", distance=ON_BORDER)
    times = np.bincount(point, minlength=len(points))
    between = np.flatnonzero((times > 1) & (at_block >= 0))
    todo = _("Prüfen Sie die Koordinaten der Anschrift.")
    away = _("{address} liegt in keiner Gemeinde.")
    on_line = _("{address} liegt auf der Grenze zweier Bausteine.")
    named = _addresses(addresses)
    return [
        *(Doubtful("outside", away.format(address=named[at]), todo, points[at]) for at in outside.tolist()),
        *(
            Doubtful("on_line", on_line.format(address=named[at]), todo, points[at], str(places.keys[at_block[at]]))
            for at in between.tolist()
        ),
    ]


def uncounted_addresses(keys: np.ndarray, addresses: gpd.GeoDataFrame | None, at_block: np.ndarray) -> list[Doubtful]:
    """Addresses in a block that have no usable number of inhabitants. keys : of the blocks, at_block : -1 = none."""
    if addresses is None or addresses.empty or "population" not in addresses.columns:
        return []
    points, named, given = addresses.geometry.to_numpy(), _addresses(addresses), addresses["population"].to_numpy()
    todo = _("Tragen Sie die Zahl nach; wenn dort niemand wohnt, eine 0. Bis dahin ist die des Bausteins unbekannt.")
    absent, wrong = _("{address}: Die Einwohnerzahl fehlt."), _("{address}: „{value}“ ist keine Einwohnerzahl.")
    found = []
    for at in np.flatnonzero(unknown_numbers(addresses) & (at_block >= 0)).tolist():
        value = "" if pd.isna(given[at]) else _plain(given[at])
        sentence = (wrong if value else absent).format(address=named[at], value=value)
        found.append(Doubtful("uncounted", sentence, todo, points[at], str(keys[at_block[at]])))
    return found


def _addresses(addresses: gpd.GeoDataFrame) -> list[str]:
    parts = [column for column in ("street", "number", "suffix") if column in addresses.columns]
    if "street" not in parts:
        return [_("Eine Anschrift")] * len(addresses)
    rows = addresses[parts].astype(object).where(addresses[parts].notna(), "").itertuples(index=False)
    return [" ".join(_plain(part) for part in row if _plain(part)).strip() or _("Eine Anschrift") for row in rows]


def _plain(part: object) -> str:
    """Text; house numbers without '.0'."""
    return str(int(part)) if isinstance(part, float) and part.is_integer() else str(part).strip()


def enclosed_faces(places: Places, blocks: Iterable[int]) -> list[Doubtful]:
    """Small faces that stayed because nothing could be merged with them."""
    text = _("Kleine Fläche von {area} m², die von Trennlinien eingeschlossen ist und darum bleibt.")
    todo = _("Prüfen Sie, ob sie ein eigener Baustein sein soll.")
    return [_in_block(places, block, "enclosed", text, todo) for block in blocks]


def _in_block(places: Places, block: int, kind: DoubtfulKind, text: str, todo: str) -> Doubtful:
    shape = places.shapes[block]
    sentence = text.format(area=count(shape.area))
    return Doubtful(kind, sentence, todo, shapely.point_on_surface(shape), str(places.keys[block]))


def crowded_blocks(places: Places, population: pd.Series) -> list[Doubtful]:
    """Blocks with more inhabitants than many an area has."""
    text = _("{persons} Einwohner/-innen in einem Baustein: sehr viele für das kleinste Stück der Karte.")
    todo = _("Ergänzen Sie Linien, die ihn teilen, oder teilen Sie ihn von Hand.")
    found = []
    for block in np.flatnonzero(more_than(population, CROWDED)).tolist():
        sentence = text.format(persons=count(int(population.iloc[block])))
        point = shapely.point_on_surface(places.shapes[block])
        found.append(Doubtful("crowded", sentence, todo, point, str(places.keys[block])))
    return found


def in_order(found: Sequence[Doubtful]) -> tuple[Doubtful, ...]:
    """From north to south, then west to east, then by kind."""
    return tuple(sorted(found, key=lambda one: (-one.point.y, one.point.x, one.kind, one.sentence)))
