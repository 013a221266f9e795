"""Find a street, an address, a place or a kind of place as people type it.

Without umlauts, in any case, 'Str.' for 'Straße', 'Kita' for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from sozialraum.base import _, name_key
from sozialraum.web.editor_background import near
from sozialraum.web.editor_desk import Board, board_of
from sozialraum.web.editor_models import Hit
from sozialraum.web.session import Session

MOST = 12
BESIDE = 15.0  # metres from a street within which a block lies at it
HOUSE = re.compile(r"^(.*?\D)\s*(\d{1,4})\s*([a-zA-Z]?)$")


@dataclass(frozen=True, eq=False)
class Register:
    """What can be found in a municipality. Keys are spelled as `plain` spells them.

    streets : name -> lines in the project's coordinates. addresses : plain street -> rows of the layer.
    places : kind, name or '', point in the project's coordinates, also of buildings of a kind.
    quarters : name -> positions of blocks.
    """

    streets: dict[str, list[shapely.Geometry]]
    addresses: dict[str, gpd.GeoDataFrame]
    places: list[tuple[str, str, shapely.Point]]
    quarters: dict[str, list[int]]
    street_blocks: dict[str, list[int]]


def plain(text: str) -> str:
    """'Große Mühlenstraße', 'grosse muehlenstr.' and 'Grosse Muhlen-Str' are spelled the same."""
    text = text.casefold().translate(str.maketrans("äöü", "aou"))
    text = text.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    text = re.sub(r"stra(ss|s)e\b|str\b\.?", "str", text)
    return re.sub(r"[^0-9a-z]+", "", text)


def search(session: Session, ags: str, text: str) -> list[Hit]:
    """At most a dozen hits, those that begin with the text first; a house number at the end finds the address."""
    board = board_of(session, ags)
    register = session.drawn(("editor-register", ags), lambda: make_register(session, board))
    wanted = plain(text)
    if len(wanted) < 2:
        return []
    number = HOUSE.match(text.strip())
    found = list(_addresses(board, register, number)) if number else []
    if not found and (kinds := kinds_named(wanted)):
        # Whoever types "Kirche" means the churches; what only bears the word in its name follows.
        of_kind = [_place(board, place) for place in register.places if place[0] in kinds]
        of_kind.sort(key=lambda hit: name_key(hit.title))
        begun = [hit for hit in _named(board, register, wanted) if hit not in of_kind]
        first = [hit for hit in begun if plain(hit.title).startswith(wanted)]
        return [*first[: MOST // 2], *of_kind, *(hit for hit in begun if hit not in first)][:MOST]
    if not found:
        found = list(_named(board, register, wanted))
    if not found and number:
        found = list(_named(board, register, plain(number[1])))
    return found[:MOST]


def make_register(session: Session, board: Board) -> Register:
    """Collect what can be found; each layer may be empty."""
    project = session.project
    streets: dict[str, list[shapely.Geometry]] = {}
    lines = near(project.lines(), board)
    lines = lines[lines["kind"] == "street"]
    for name, shape in zip(lines["name"].fillna("").astype(str), lines.geometry, strict=True):
        if name.strip():
            streets.setdefault(name.strip(), []).append(shape)
    addresses = project.addresses()
    addresses = addresses[addresses["block_id"].isin(set(board.ground.ids))]
    by_street = {
        plain(str(street)): rows for street, rows in addresses.groupby(addresses["street"].astype(str), sort=True)
    }
    return Register(
        streets, by_street, list(_all_places(session, board)),
        _positions(board.blocks["quarter"]), _positions(board.blocks["street"]),
    )  # fmt: skip


def _all_places(session: Session, board: Board) -> Iterable[tuple[str, str, shapely.Point]]:
    """Places, and buildings of a kind that are not among the places by the same name."""
    project, seen = session.project, set[tuple[str, str]]()
    for layer in (near(project.places(), board), near(project.buildings(), board)):
        if layer.empty:
            continue
        names = layer["name"].fillna("").astype(str).str.strip()
        for kind, name, shape in zip(layer["kind"].astype(str), names, layer.geometry, strict=True):
            if kind == "building" or (name and (kind, name) in seen):
                continue
            seen.add((kind, name))
            yield kind, name, shape.centroid


def kind_words() -> dict[str, tuple[str, ...]]:
    """Kind of a place -> what people call it, the usual word first."""
    return {
        "daycare": (_("Kita"), _("Kindergarten"), _("Kindertagesstätte"), _("Kindertageseinrichtung")),
        "care_home": (_("Pflegeheim"), _("Altenheim"), _("Seniorenheim")),
        "school": (_("Schule"),),
        "church": (_("Kirche"),),
        "town_hall": (_("Rathaus"),),
    }


def kinds_named(wanted: str) -> list[str]:
    """Kinds of places that the text means, its first letters or its plural: 'kit', 'kitas', 'schulen'."""
    return [
        kind
        for kind, words in kind_words().items()
        if any(
            (len(wanted) >= 3 and word.startswith(wanted))
            or (wanted.startswith(word) and wanted[len(word) :] in ("e", "n", "s", "en"))
            for word in map(plain, words)
        )
    ]


def _positions(column: object) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for position, name in enumerate(column):  # type: ignore[arg-type, var-annotated]
        if isinstance(name, str) and name.strip():
            found.setdefault(name.strip(), []).append(position)
    return found


def _named(board: Board, register: Register, wanted: str) -> Iterable[Hit]:
    """Streets, places and quarters whose name begins with the text, or holds it, in this order."""
    names: list[tuple[bool, str, str]] = []
    streets = {
        *register.streets,
        *register.street_blocks,
        *(rows["street"].iloc[0] for rows in register.addresses.values()),
    }
    for kind, found in (
        ("street", streets),
        ("place", [name for _kind, name, _point in register.places if name]),
        ("quarter", register.quarters),
    ):
        for name in dict.fromkeys(map(str, found)):
            spelled = plain(name)
            if wanted in spelled:
                names.append((not spelled.startswith(wanted), kind, name))
    names.sort(key=lambda one: (one[0], name_key(one[2]), one[1]))
    seen = set[str]()
    for _inside, kind, name in names[: 2 * MOST]:
        if kind == "quarter" and name in seen:
            continue
        seen.add(name)
        if kind == "place":
            yield from (_place(board, one) for one in register.places if one[1] == name)
        else:
            yield (
                _street(board, register, name)
                if kind == "street"
                else _blocks(board, name, kind, register.quarters[name])
            )


def _street(board: Board, register: Register, name: str) -> Hit:
    shapes = board.blocks.geometry.to_numpy()
    lines = register.streets.get(name, [])
    blocks = set(register.street_blocks.get(name, []))
    if lines:
        whole = shapely.union_all(lines)
        tree = shapely.STRtree(shapes)
        blocks |= set(tree.query(whole, predicate="dwithin", distance=BESIDE).tolist())
        middle = shapely.line_interpolate_point(max(lines, key=shapely.length), 0.5, normalized=True)
        x, y = board.grid.local(middle.x, middle.y)
        return Hit(title=name, kind="street", x=x, y=y, blocks=sorted(blocks))
    rows = register.addresses.get(plain(name))
    if rows is not None:
        blocks |= {board.ground.place[block] for block in rows["block_id"].astype(str)}
    return _blocks(board, name, "street", sorted(blocks))


def _blocks(board: Board, name: str, kind: str, blocks: list[int]) -> Hit:
    """Something known by its blocks alone: the point is the middle of them."""
    x, y = board.ground.centres[blocks].mean(axis=0).tolist()
    east, north = board.grid.local(x, y)
    return Hit(title=name, kind=kind, x=east, y=north, blocks=sorted(blocks))


def _place(board: Board, place: tuple[str, str, shapely.Point]) -> Hit:
    kind, name, point = place
    tree = shapely.STRtree(board.blocks.geometry.to_numpy())
    blocks = sorted(tree.query(point, predicate="intersects").tolist())
    if not name:
        street = board.blocks["street"].iloc[blocks[0]] if blocks else None
        word = kind_words().get(kind, ("",))[0]
        name = f"{word}, {street.strip()}" if isinstance(street, str) and street.strip() else word
    x, y = board.grid.local(point.x, point.y)
    return Hit(title=name, kind=kind, x=x, y=y, blocks=blocks)


def _addresses(board: Board, register: Register, typed: re.Match[str]) -> Iterable[Hit]:
    """Houses with this number in streets that begin with the text, the exact suffix first."""
    wanted, number, suffix = plain(typed[1]), int(typed[2]), typed[3].lower()
    for street, rows in sorted(register.addresses.items(), key=lambda one: (one[0] != wanted, one[0])):
        if not street.startswith(wanted):
            continue
        houses = rows[rows["number"] == number]
        order = np.argsort([str(one).strip().lower() != suffix for one in houses["suffix"]], kind="stable")
        for row in houses.iloc[order].itertuples(index=False):
            x, y = board.grid.local(row.geometry.x, row.geometry.y)
            title = f"{row.street} {row.number}{str(row.suffix).strip()}"
            yield Hit(title=title, kind="address", x=x, y=y, blocks=[board.ground.place[str(row.block_id)]])
