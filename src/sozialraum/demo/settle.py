"""Who owns which cell of the mesh, and where people settle: municipalities, places, quarters."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from scipy.cluster.vq import kmeans2
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from sozialraum.demo.chance import Floats, Ints, stream, waves
from sozialraum.demo.mesh import Mesh
from sozialraum.demo.names import COMMERCIAL, COMPASS, QUARTERS
from sozialraum.demo.region import COURSES, MEMBERS, Member

MOTORWAY = next(number for number, course in enumerate(COURSES) if course.kind == "motorway")
RAILWAY = next(number for number, course in enumerate(COURSES) if course.kind == "railway")
RIM = 1.13
NEW_HOUSING = ("Merzenrath", "Grevenholt")


@dataclass(frozen=True)
class Settlement:
    """Cells of the mesh as places.

    member : (n,) position in MEMBERS, -1 = outside the region. quarter : (n,) position in `names`, -1 = outside.
    settled : (n,) bool. names, kinds, members : one entry per quarter.
    """

    member: Ints
    quarter: Ints
    settled: np.ndarray
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    members: tuple[int, ...]


def adjacency(mesh: Mesh, chosen: np.ndarray | None = None) -> csr_array:
    """Which cells share a border; only among the chosen ones when given."""
    pairs = mesh.border_cells
    if chosen is not None:
        pairs = pairs[chosen[pairs].all(axis=1)]
    size = len(mesh.sites)
    ones = np.ones(len(pairs) * 2)
    return csr_array(
        coo_array((ones, (np.r_[pairs[:, 0], pairs[:, 1]], np.r_[pairs[:, 1], pairs[:, 0]])), (size, size))
    )


def municipalities(seed: int, mesh: Mesh) -> Ints:
    """The member that owns each cell: irregular, each in one piece, no holes."""
    bent = mesh.sites + np.column_stack(
        [waves(seed, f"borders {axis}", mesh.sites, (9000.0, 4500.0, 2400.0), (620.0, 330.0, 170.0)) for axis in "xy"]
    )
    seats = np.array([member.seat for member in MEMBERS]) * 1000
    radius = np.array([member.radius for member in MEMBERS]) * 1000
    distance = np.hypot(*(bent[:, None, :] - seats[None]).transpose(2, 0, 1))
    owner = np.argmin(distance**2 - radius**2, axis=1)
    inside = (distance / radius).min(axis=1) < RIM
    return one_piece_each(mesh, np.where(inside, owner, -1))


def one_piece_each(mesh: Mesh, owner: Ints) -> Ints:
    """Give pieces cut off from their municipality, and holes, to the neighbour they touch most."""
    owner = owner.copy()
    for _round in range(4):
        loose = np.zeros(len(owner), dtype=bool)
        for code in np.unique(owner):
            here = owner == code
            _number, piece = connected_components(adjacency(mesh, here), directed=False)
            largest = np.bincount(piece[here]).argmax()
            loose |= here & (piece != largest)
        if not loose.any():
            break
        for cell in np.flatnonzero(loose):
            near = mesh.border_cells[(mesh.border_cells == cell).any(axis=1)].ravel()
            options = owner[near[(near != cell) & ~loose[near]]]
            if len(options):
                owner[cell] = np.bincount(options + 1).argmax() - 1
    return owner


def settle(seed: int, mesh: Mesh) -> Settlement:
    """Let towns and villages grow in every municipality and name their quarters."""
    member = municipalities(seed, mesh)
    links = adjacency(mesh)
    size = len(mesh.sites)
    quarter, settled = np.full(size, -1), np.zeros(size, dtype=bool)
    names: list[str] = []
    kinds: list[str] = []
    members: list[int] = []
    for number, one in enumerate(MEMBERS):
        places = grow_places(seed, mesh, links, member, number)
        for cells, name, kind in name_quarters(seed, mesh, one, places, links):
            quarter[cells] = len(names)
            settled[cells] = True
            names.append(name)
            kinds.append(kind)
            members.append(number)
        _spread_quarters(mesh, member == number, settled, quarter)
    return Settlement(member, quarter, settled, tuple(names), tuple(kinds), tuple(members))


def _spread_quarters(mesh: Mesh, here: np.ndarray, settled: np.ndarray, quarter: Ints) -> None:
    """Open land belongs to the nearest quarter of its municipality."""
    homes, fields = np.flatnonzero(here & settled), np.flatnonzero(here & ~settled)
    quarter[fields] = quarter[homes[cKDTree(mesh.sites[homes]).query(mesh.sites[fields])[1]]]


def grow_places(seed: int, mesh: Mesh, links: csr_array, member: Ints, number: int) -> list[Ints]:
    """The cells of the main place (first) and of the villages of one municipality."""
    one = MEMBERS[number]
    chance = stream(seed, "places", one.ags)
    allowed = (member == number) & (mesh.beside != MOTORWAY)
    border = mesh.border_cells[member[mesh.border_cells[:, 0]] != member[mesh.border_cells[:, 1]]]
    allowed[border.ravel()] = False
    price = chance.uniform(0.6, 1.6, len(mesh.sites))
    seat = np.array(one.seat) * 1000
    start = _nearest(mesh, allowed, seat)
    places = [grow(mesh, links, price, allowed, start, one.core_cells)]
    for _village in range(one.villages):
        taken = np.concatenate(places)
        away = cKDTree(mesh.sites[taken]).query(mesh.sites)[0]
        free = allowed & (away > 1300)
        outside = cKDTree(mesh.sites[member != number]).query(mesh.sites)[0]
        score = np.where(free, np.minimum(away, 2600) + 0.8 * np.minimum(outside, 1500) + 900 * price, -np.inf)
        if not free.any():
            break
        room = allowed & (away > 800)
        places.append(
            grow(mesh, links, price, room, int(score.argmax()), one.village_cells + int(chance.integers(-1, 2)))
        )
    return places


def _nearest(mesh: Mesh, allowed: np.ndarray, point: Floats) -> int:
    cells = np.flatnonzero(allowed)
    return int(cells[np.hypot(*(mesh.sites[cells] - point).T).argmin()])


def grow(mesh: Mesh, links: csr_array, price: Floats, allowed: np.ndarray, start: int, size: int) -> Ints:
    """Grow a connected place cell by cell, cheap and near cells first."""
    heap = [(0.0, start)]
    taken: list[int] = []
    seen = {start}
    while heap and len(taken) < max(size, 1):
        _cost, cell = heapq.heappop(heap)
        taken.append(cell)
        for near in links.indices[links.indptr[cell] : links.indptr[cell + 1]]:
            if allowed[near] and near not in seen:
                seen.add(int(near))
                distance = float(np.hypot(*(mesh.sites[near] - mesh.sites[start])))
                heapq.heappush(heap, (distance * price[near], int(near)))
    return np.array(taken, dtype=np.int64)


def name_quarters(
    seed: int, mesh: Mesh, one: Member, places: list[Ints], links: csr_array
) -> list[tuple[Ints, str, str]]:
    """Divide the main place into quarters, give every quarter a kind and a name; (cells, name, kind) each."""
    chance = stream(seed, "quarters", one.ags)
    pools = {kind: list(names) for kind, names in QUARTERS.items()}
    first = [member.ags for member in MEMBERS].index(one.ags) * 5
    pools["village"] = pools["village"][first:] + pools["village"][:first]
    core, *villages = places
    core, commercial = _commercial(mesh, core, one, links)
    groups = _divide(mesh, core, one.core_quarters, chance)
    if one.kind == "rural":
        found = [(groups[0], one.name, "village")]
    else:
        kinds = _kinds(mesh, groups, one, chance)
        middle = mesh.sites[core[0]]
        found = [
            (cells, _next_name(pools, kind, mesh.sites[cells].mean(axis=0) - middle, _by_rail(mesh, cells)), kind)
            for cells, kind in zip(groups, kinds, strict=True)
        ]
    if len(commercial):
        found.append((commercial, COMMERCIAL, "commercial"))
    return found + [(cells, pools["village"].pop(0), "village") for cells in villages]


def _commercial(mesh: Mesh, core: Ints, one: Member, links: csr_array) -> tuple[Ints, Ints]:
    """The last grown cells of a town, touching each other, become a business park without inhabitants."""
    if one.kind == "rural" or len(core) < 12:
        return core, core[:0]
    size = max(1, len(core) // 14)
    park = [int(core[-1])]
    for cell in core[::-1][1:]:
        if len(park) < size and any(cell in links.indices[links.indptr[p] : links.indptr[p + 1]] for p in park):
            park.append(int(cell))
    chosen = np.array(park, dtype=np.int64)
    return core[~np.isin(core, chosen)], chosen


def _divide(mesh: Mesh, core: Ints, number: int, chance: np.random.Generator) -> list[Ints]:
    """Quarters of the main place, the innermost first."""
    if number == 1:
        return [core]
    points = mesh.sites[core]
    spread = np.linspace(0, len(core) - 1, number).astype(int)
    _centres, label = kmeans2(points, points[spread], iter=8, minit="matrix", rng=chance)
    groups = [core[label == code] for code in range(number)]
    groups = [cells for cells in groups if len(cells)]
    middle = mesh.sites[core[0]]
    return sorted(groups, key=lambda cells: float(np.hypot(*(mesh.sites[cells].mean(axis=0) - middle))))


def _kinds(mesh: Mesh, groups: list[Ints], one: Member, chance: np.random.Generator) -> list[str]:
    """A kind for every quarter: old town inside, workers' quarters by the rails, estates and suburbs outside."""
    number = len(groups)
    inner = max(1, round(number * 0.42)) if number > 2 else 1
    kinds = ["old_town" if position < max(1, number // 12) else "wilhelmine" for position in range(inner)]
    for position in range(1, inner):
        if _by_rail(mesh, groups[position]) or position % 3 == 1:
            kinds[position] = "workers"
    cycle = {
        "city": ["estate", "suburb", "sixties", "family", "suburb", "sixties", "estate", "villa", "suburb", "family"],
        "town": ["estate", "suburb", "sixties", "family", "villa", "suburb", "new", "sixties", "estate", "family"],
        "small_town": ["suburb", "sixties", "family", "villa", "suburb", "family"],
    }[one.kind]
    if one.name not in NEW_HOUSING:
        cycle = [kind for kind in cycle if kind != "new"]
    outer = [cycle[position % len(cycle)] for position in range(number - inner)]
    return kinds + [outer[at] for at in chance.permutation(len(outer))] if outer else kinds


def _next_name(pools: dict[str, list[str]], kind: str, away: Floats, by_rail: bool) -> str:
    """The next unused name of a kind that fits the place: 'Nordstadt' in the north, a station by the rails."""
    if not any(_fits(name, away, by_rail) for name in pools[kind]):
        plain = [name for name in QUARTERS[kind] if not any(point in name for point in COMPASS)]
        pools[kind] += [f"{name}-{point}" for point in COMPASS for name in plain]
    name = next(name for name in pools[kind] if _fits(name, away, by_rail))
    pools[kind].remove(name)
    return name


def _fits(name: str, away: Floats, by_rail: bool) -> bool:
    if any(word in name.lower() for word in ("bahn", "gleis")) and not by_rail:
        return False
    toward = {"Nord": away[1], "Ost": away[0], "Süd": -away[1], "West": -away[0]}
    return all(value > 0.5 * float(np.hypot(*away)) for point, value in toward.items() if point in name)


def _by_rail(mesh: Mesh, cells: Ints) -> bool:
    return bool((mesh.beside[cells] == RAILWAY).any())
