"""The single steps of a repair; each returns what was done, as a sentence, or raises Impossible."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import shapely

from sozialraum.base import _
from sozialraum.base.numbers import count
from sozialraum.blocks.checks_misread import reread
from sozialraum.blocks.coordinates import Reading
from sozialraum.blocks.repair_bench import CRUMB, Bench, Impossible, areas_of, together
from sozialraum.blocks.repair_ways import Wish

TOUCHING = 0.01  # metres


def mend(bench: Bench, wish: Wish, step: str) -> dict[str, object]:
    """Do what a wish asks for; returns its row of the protocol. Raises Impossible."""
    bench.begin()
    return bench.told(wish, STEPS[step](bench, wish))


def _already() -> str:
    return _("Mit einem anderen Schritt schon behoben.")


def _reread(bench: Bench, wish: Wish) -> str:
    """Read the blocks of a fault in its way; one of the same key that lies right already stays."""
    reading = Reading.of(wish.fault.finding.offer)
    for row, key in enumerate(bench.came_as):
        if key in wish.fault.blocks and not shapely.dwithin(bench.mended(row), wish.fault.geometry, TOUCHING):
            (shape,) = reread(np.array([bench.shapes[row]], dtype=object), reading, bench.crs)
            bench.reshape(row, shape)
    return _("Gelesen als {system}.").format(system=reading.title)


def _invalid(bench: Bench, wish: Wish) -> str:
    for row in bench.own(wish):
        bench.reshape(row, areas_of(shapely.make_valid(bench.shapes[row])))
    return _("Rand an der Kreuzung geordnet.")


def _twice(bench: Bench, wish: Wish) -> str:
    rows = bench.own(wish)
    if len(rows) < 2:
        return _already()
    first, *others = sorted(rows, key=lambda row: (-_share_at_home(bench, row), -bench.mended(row).area, row))
    if wish.way == "rekey":
        return _rekeyed(bench, wish, others)
    kept = bench.rows[first]["block_id"]
    for row in others:
        if wish.way == "join":
            bench.reshape(first, together([bench.mended(first), bench.mended(row)]))
        bench.join(row, first, count=wish.way == "join")
    if wish.way == "once":
        return _("Doppelt gelieferte Zeile gestrichen; Baustein {block} zählt einmal.").format(block=kept)
    return _("Zu Baustein {block} zusammengefasst, Einwohner zusammengezählt.").format(block=kept)


def _rekeyed(bench: Bench, wish: Wish, others: list[int]) -> str:
    if wish.told and (len(others) > 1 or not bench.free_key(wish.told)):
        raise Impossible(_("Der Schlüssel {key} ist schon vergeben.").format(key=wish.told))
    given = []
    for row in others:
        key = wish.told or bench.next_key(f"{bench.came_as[row]}-", 2)
        bench.assign(row, "block_id", key)
        given.append(key)
    return _("Neuer Schlüssel: {keys}.").format(keys=", ".join(given))


def _share_at_home(bench: Bench, row: int) -> float:
    """Share of a block that lies in the municipality it names, to a thousandth; -1 where there is none of that key."""
    town = bench.towns[bench.towns["ags"] == bench.town(row)]
    shape = bench.mended(row)
    if town.empty or shapely.is_empty(shape):
        return -1.0
    return round(float(shapely.area(shapely.intersection(shape, town.geometry.iloc[0])) / shape.area), 3)


def _outside(bench: Bench, wish: Wish) -> str:
    rows = [row for row in bench.own(wish) if _lies_there(bench, wish, row)]
    if not rows:
        return _already()
    if wish.way == "cut":
        for row in rows:
            bench.reshape(row, shapely.difference(bench.mended(row), wish.fault.geometry))
        return _("An der Gemeindegrenze abgeschnitten.")
    if wish.way == "move":
        return " ".join([_moved(bench, row) for row in rows])
    return " ".join([_to_nearest(bench, row, set(rows)) for row in rows])


def _lies_there(bench: Bench, wish: Wish, row: int) -> bool:
    common = float(shapely.area(_within(bench.mended(row), wish.fault.geometry)))
    return common > (0.5 * bench.mended(row).area if wish.way != "cut" else CRUMB)


def _within(shape: shapely.Geometry, place: shapely.Geometry) -> shapely.Geometry:
    return shapely.intersection(shape, shapely.union_all(shapely.make_valid(shapely.get_parts(place))))


def _moved(bench: Bench, row: int) -> str:
    common = shapely.area(shapely.intersection(bench.towns.geometry.to_numpy(), bench.mended(row)))
    best = int(np.argmax(common))
    if common[best] <= 0.5 * bench.mended(row).area:
        raise Impossible(_("Der Baustein {block} liegt in keiner Gemeinde.").format(block=bench.rows[row]["block_id"]))
    bench.assign(row, "municipality", str(bench.towns["ags"].iloc[best]))
    text = _("Baustein {block} gehört nun zu {name}.")
    return text.format(block=bench.rows[row]["block_id"], name=bench.towns["name"].iloc[best])


def _to_nearest(bench: Bench, row: int, leaving: set[int]) -> str:
    others = [other for other in range(len(bench.rows))
              if bench.there[other] and other not in leaving and bench.town(other) == bench.town(row)]  # fmt: skip
    if not others:
        raise Impossible(_("In dieser Gemeinde gibt es keinen anderen Baustein für die Einwohner."))
    away = [float(shapely.distance(bench.mended(row), bench.mended(other))) for other in others]
    nearest = others[int(np.argmin(away))]
    people = bench.people(row)
    bench.join(row, nearest)
    text = _("Baustein {block} entfällt; {people} Einwohner kommen zu {other}.")
    return text.format(block=bench.rows[row]["block_id"], people=count(people), other=bench.rows[nearest]["block_id"])


def _overlap(bench: Bench, wish: Wish) -> str:
    rows = bench.own(wish)
    pairs = [(a, b) for a in rows for b in rows if a < b and bench.came_as[a] != bench.came_as[b]]
    pairs = [pair for pair in pairs if shapely.area(_common(bench, pair, wish)) > CRUMB]
    if not pairs:
        return _already()
    done = []
    for pair in pairs:
        common = _common(bench, pair, wish)
        # the block of which the place is the larger part keeps it: a block inside another one is not swallowed
        keeps, gives = sorted(pair, key=lambda row: (-common.area / bench.mended(row).area, bench.came_as[row]))
        if wish.told:
            if wish.told not in wish.fault.blocks:
                raise Impossible(_("Baustein {key} liegt nicht an dieser Stelle.").format(key=wish.told))
            keeps, gives = sorted(pair, key=lambda row: bench.came_as[row] != wish.told)
        left = areas_of(shapely.difference(bench.mended(gives), common))
        bench.touch(keeps)
        if shapely.is_empty(left):
            bench.join(gives, keeps)
            text = _("Von Baustein {gives} bliebe nichts; er geht mit seinen Einwohnern in {keeps} auf.")
        else:
            bench.reshape(gives, left)
            text = _("Die Stelle bleibt bei Baustein {keeps}; von {gives} ist sie abgezogen.")
        done.append(text.format(keeps=bench.rows[keeps]["block_id"], gives=bench.rows[gives]["block_id"]))
    return " ".join(done)


def _common(bench: Bench, pair: tuple[int, int], wish: Wish) -> shapely.Geometry:
    first, second = (bench.mended(row) for row in pair)
    near = shapely.buffer(wish.fault.geometry, 2 * TOUCHING)
    return areas_of(shapely.intersection(shapely.intersection(first, second), near))


def _gap(bench: Bench, wish: Wish) -> str:
    places = _open_places(bench, wish)
    if not places:
        return _already()
    done = dict[str, None]()
    for place in places:
        done[_as_block(bench, place) if wish.way == "new" else _given(bench, wish, place)] = None
    return " ".join(done)


def _open_places(bench: Bench, wish: Wish) -> list[shapely.Polygon]:
    """What is still uncovered of the place, north-west first."""
    place = wish.fault.geometry
    near = [bench.mended(row) for row in _near(bench, place)]
    left = shapely.difference(place, shapely.union_all(near)) if near else place
    return sorted(shapely.get_parts(areas_of(left)), key=lambda part: (-part.bounds[3], part.bounds[0]))


def _near(bench: Bench, place: shapely.Geometry) -> list[int]:
    there = np.array(bench.there, dtype=bool)
    touching = shapely.dwithin(np.array(bench.shapes, dtype=object), place, TOUCHING)
    return np.flatnonzero(there & touching).tolist()


def _town_of(bench: Bench, place: shapely.Geometry) -> int:
    return int(np.argmax(shapely.area(shapely.intersection(bench.towns.geometry.to_numpy(), place))))


def _as_block(bench: Bench, place: shapely.Polygon) -> str:
    ags = str(bench.towns["ags"].iloc[_town_of(bench, place)])
    key = bench.next_key(f"{ags}-L")
    bench.add(place, key, ags)
    return _("Neuer Baustein {block} ohne Einwohner.").format(block=key)


def _given(bench: Bench, wish: Wish, place: shapely.Polygon) -> str:
    ags = str(bench.towns["ags"].iloc[_town_of(bench, place)])
    beside = [row for row in _near(bench, place) if bench.town(row) == ags]
    if wish.told:
        beside = [row for row in beside if bench.rows[row]["block_id"] == wish.told]
    if not beside:
        raise Impossible(_("Neben der Lücke liegt kein solcher Baustein derselben Gemeinde."))
    border = shapely.boundary(place)
    along = [float(shapely.length(shapely.intersection(border, shapely.buffer(bench.mended(row), TOUCHING))))
             for row in beside]  # fmt: skip
    row = min(zip(beside, along, strict=True), key=lambda one: (-round(one[1], 3), bench.came_as[one[0]]))[0]
    bench.reshape(row, together([bench.mended(row), place]))
    return _("Die Lücke kommt zu Baustein {block}.").format(block=bench.rows[row]["block_id"])


STEPS: Mapping[str, Callable[[Bench, Wish], str]] = {
    "reread": _reread,
    "invalid": _invalid,
    "twice": _twice,
    "outside": _outside,
    "overlap": _overlap,
    "gap": _gap,
}
