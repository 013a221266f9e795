"""Inhabited grid cells completed to blocks that tile a municipality without gaps.

Inhabited 100 m cells alone are islands in open land. Every other cell of the grid becomes open land,
merged inside larger squares; what the municipal border cuts off goes to the neighbour.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from sozialraum.base import Finding, InputRefused, _
from sozialraum.blocks.adjacency import neighbours
from sozialraum.blocks.dissolve import merge
from sozialraum.blocks.layers import single_parts, some

GRID = "EPSG:3035"


def tessellate_cells(
    cells: pd.DataFrame,
    municipality: shapely.Geometry,
    *,
    size: int = 100,
    open_size: int = 500,
    crs: str = "EPSG:25832",
    ags: str = "",
) -> gpd.GeoDataFrame:
    """Blocks from inhabited cells and open land that together tile the municipality exactly.

    cells : `cell_id, x, y, population, ...` with cell centres in EPSG:3035; further columns are kept.
    municipality : polygon or multipolygon in `crs`. size, open_size : metres; open land is merged
    inside squares of `open_size`. Each cell with a part inside the municipality is one block;
    population is rounded to whole persons so that the total stays.
    Returns contract columns of blocks, `land` = 'settlement' for the given cells, 'open' for the rest.
    Raises InputRefused for cells given twice or wholly outside.
    """
    faces = _faces(municipality, size, crs)
    cells = cells.assign(
        column=np.floor(cells["x"].to_numpy() / size).astype(np.int64),
        row=np.floor(cells["y"].to_numpy() / size).astype(np.int64),
    )
    position = {key: place for place, key in enumerate(zip(cells["column"], cells["row"], strict=True))}
    owner = np.array([position.get(key, -1) for key in zip(faces["column"], faces["row"], strict=True)])
    _refuse_strays(cells, owner)
    joined = neighbours(faces)
    main = _main_faces(faces, owner)
    group = _open_land(faces, owner, joined.edges, main, open_size // size)
    group = _place_slivers(group, joined.edges, joined.lengths)
    return _as_blocks(faces, owner, group, main, cells, ags)


def _faces(municipality: shapely.Geometry, size: int, crs: str) -> gpd.GeoDataFrame:
    """The pieces into which the grid and the municipal border cut the municipality; `column, row` of the cell."""
    to_grid = pyproj.Transformer.from_crs(crs, GRID, always_xy=True)
    from_grid = pyproj.Transformer.from_crs(GRID, crs, always_xy=True)
    x, y = to_grid.transform(*shapely.get_coordinates(municipality).T)
    columns = np.arange(np.floor(x.min() / size) - 1, np.floor(x.max() / size) + 2).astype(np.int64)
    rows = np.arange(np.floor(y.min() / size) - 1, np.floor(y.max() / size) + 2).astype(np.int64)
    corner_x, corner_y = np.meshgrid(np.append(columns, columns[-1] + 1) * size, np.append(rows, rows[-1] + 1) * size)
    # whole millimetres make corners of neighbouring cells bit for bit the same
    corners = np.round(np.stack(from_grid.transform(corner_x.astype(float), corner_y.astype(float)), axis=-1), 3)
    ring = np.stack([corners[:-1, :-1], corners[:-1, 1:], corners[1:, 1:], corners[1:, :-1]], axis=2)
    squares = shapely.polygons(ring.reshape(-1, 4, 2))
    cell_row, cell_column = (grid.ravel() for grid in np.meshgrid(rows, columns, indexing="ij"))
    shapely.prepare(municipality)
    inside = shapely.contains_properly(municipality, squares)
    cut = shapely.intersects(municipality, squares) & ~inside
    pieces, piece_cell = _cut_at_border(squares[cut], municipality)
    which = np.concatenate([np.flatnonzero(inside), np.flatnonzero(cut)[piece_cell]])
    frame = gpd.GeoDataFrame(
        {"column": cell_column[which], "row": cell_row[which]},
        geometry=np.concatenate([squares[inside], pieces]),
        crs=crs,
    )
    centre = np.stack(from_grid.transform((frame["column"] + 0.5) * size, (frame["row"] + 0.5) * size), axis=-1)
    frame["has_centre"] = shapely.covers(frame.geometry.to_numpy(), shapely.points(centre))
    frame["area"] = frame.geometry.area
    return frame.sort_values(["row", "column", "area"], ignore_index=True)


def _cut_at_border(squares: np.ndarray, municipality: shapely.Geometry) -> tuple[np.ndarray, np.ndarray]:
    """Pieces of the border cells inside the municipality and the cell of each.

    All lines are cut at each other once, so pieces of neighbouring cells share their corner points.
    """
    borders = shapely.boundary(np.append(squares, municipality))
    noded = shapely.unary_union(borders)
    pieces = shapely.get_parts(shapely.polygonize([noded]))
    inner = shapely.point_on_surface(pieces)
    pieces = pieces[shapely.intersects(municipality, inner)]
    piece, cell = shapely.STRtree(squares).query(shapely.point_on_surface(pieces), predicate="intersects")
    _unique, first = np.unique(piece, return_index=True)
    return pieces[piece[first]], cell[first]


def _refuse_strays(cells: pd.DataFrame, owner: np.ndarray) -> None:
    findings = []
    twice = cells.duplicated(["column", "row"], keep=False).to_numpy()
    if twice.any():
        names = some(sorted(cells["cell_id"].astype(str)[twice]))
        findings.append(Finding(_("Zellen kommen mehrfach vor: {names}.").format(names=names), column="cell_id"))
    outside = np.setdiff1d(np.arange(len(cells)), owner)
    outside = outside[~twice[outside]]
    if len(outside):
        names = some(sorted(cells["cell_id"].astype(str).iloc[outside]))
        what = _("Zellen liegen ganz außerhalb der Gemeinde: {names}.").format(names=names)
        findings.append(Finding(what, column="cell_id"))
    if findings:
        raise InputRefused(_("Die Gitterzellen passen nicht zur Gemeinde."), findings)


def _main_faces(faces: gpd.GeoDataFrame, owner: np.ndarray) -> np.ndarray:
    """Which faces stand for their cell: of an inhabited cell its largest, of another the one with the centre."""
    main = (owner < 0) & faces["has_centre"].to_numpy()
    lived_in = np.flatnonzero(owner >= 0)
    largest = faces.iloc[lived_in].assign(owner=owner[lived_in]).groupby("owner")["area"].idxmax()
    main[largest.to_numpy()] = True
    return main


def _open_land(
    faces: gpd.GeoDataFrame, owner: np.ndarray, edges: np.ndarray, main: np.ndarray, cells_per_square: int
) -> np.ndarray:
    """Group number per face: inhabited cells alone, open cells joined inside their square, slivers -1."""
    square = np.column_stack([faces["column"] // cells_per_square, faces["row"] // cells_per_square])
    free = main & (owner < 0)
    a, b = edges.T
    link = free[a] & free[b] & (square[a] == square[b]).all(axis=1)
    parent = _first_of_component(len(faces), edges[link])
    return np.where(main, parent, -1)


def _first_of_component(count: int, edges: np.ndarray) -> np.ndarray:
    parent = list(range(count))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in edges.tolist():
        first, second = sorted((root(a), root(b)))
        parent[second] = first
    return np.array([root(node) for node in range(count)], dtype=np.int64)


def _place_slivers(group: np.ndarray, edges: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Give each sliver to the neighbouring group with the longest common border; lonely ones stay together."""
    group = group.copy()
    beside: dict[int, list[tuple[int, float]]] = {}
    for (a, b), length in zip(edges.tolist(), lengths.tolist(), strict=True):
        for own, other in ((a, b), (b, a)):
            if group[own] < 0:
                beside.setdefault(own, []).append((other, length))
    waiting = sorted(np.flatnonzero(group < 0).tolist())
    while waiting:
        found: dict[int, int] = {}
        for sliver in waiting:
            border: dict[int, float] = {}
            for other, length in beside.get(sliver, []):
                if group[other] >= 0:
                    border[int(group[other])] = border.get(int(group[other]), 0.0) + length
            if border:
                found[sliver] = max(border, key=lambda number: (border[number], -number))
        if not found:
            break
        for sliver, number in found.items():
            group[sliver] = number
        waiting = [sliver for sliver in waiting if sliver not in found]
    lonely = group < 0
    a, b = edges.T if len(edges) else (np.empty(0, int), np.empty(0, int))
    parent = _first_of_component(len(group), edges[lonely[a] & lonely[b]] if len(edges) else edges)
    return np.where(lonely, parent, group)


def _as_blocks(
    faces: gpd.GeoDataFrame, owner: np.ndarray, group: np.ndarray, main: np.ndarray, cells: pd.DataFrame, ags: str
) -> gpd.GeoDataFrame:
    shapes = faces.geometry.to_numpy()
    members = pd.Series(np.arange(len(faces))).groupby(group).indices
    numbers = np.unique(group)
    merged = [shapes[members[n][0]] if len(members[n]) == 1 else merge(shapes[members[n]]) for n in numbers.tolist()]
    cell = np.where(main[numbers], owner[numbers], -1)
    first = faces.loc[numbers, ["row", "column"]].to_numpy()
    start = f"{ags}-" if ags else ""
    open_ids = [f"{start}frei-N{row}E{column}" for row, column in first.tolist()]
    known = cells.reset_index(drop=True).reindex(cell)
    frame = pd.DataFrame(
        {
            "block_id": [known_id if place >= 0 else name for known_id, place, name in
                         zip(known["cell_id"].astype(object), cell, open_ids, strict=True)],
            "municipality": ags,
            "population": whole_persons(known["population"].fillna(0).to_numpy(dtype=float)),
            "quarter": "",
            "street": "",
            "land": np.where(cell >= 0, "settlement", "open"),
        }
    )  # fmt: skip
    for column in known.columns.difference([*frame.columns, "cell_id", "x", "y", "row", "column"], sort=False):
        frame[column] = known[column].to_numpy()
    blocks = gpd.GeoDataFrame(frame, geometry=single_parts(np.array(merged, dtype=object)), crs=faces.crs)
    return blocks.sort_values("block_id", ignore_index=True)


def whole_persons(population: np.ndarray) -> np.ndarray:
    """Round to whole persons so that the total stays: the largest remainders are rounded up."""
    whole = np.floor(population + 1e-9).astype(np.int64)
    missing = round(float(population.sum())) - int(whole.sum())
    order = np.lexsort((np.arange(len(population)), -(population - whole)))
    whole[order[:missing]] += 1
    return whole
