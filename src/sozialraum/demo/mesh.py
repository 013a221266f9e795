"""The coarse mesh of the region: cells of about 30 hectares whose borders can carry rivers and rails.

A Voronoi diagram of jittered points. Beside a course the points stand in pairs, mirrored
at the course, so that cell borders run along it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Voronoi, cKDTree

from sozialraum.demo.chance import Floats, Ints, stream
from sozialraum.demo.region import COURSES, Course

SPACING = 560.0
HALF = 24_000.0
SHORTEST_BORDER = 28.0
CROSSING_ROOM = 250.0


@dataclass(frozen=True)
class Mesh:
    """Cells, their borders and corners.

    sites : (n, 2) metres from the middle of the region. corners : (v, 2).
    border_cells : (r, 2) cells on both sides. border_corners : (r, 2).
    beside : (n,) index of the course a cell stands beside, -1 = none.
    """

    sites: Floats
    corners: Floats
    border_cells: Ints
    border_corners: Ints
    beside: Ints

    def lengths(self) -> Floats:
        start, end = self.corners[self.border_corners].transpose(1, 0, 2)
        return np.hypot(*(end - start).T)


def course_points(course: Course, spacing: float) -> Floats:
    """Points along the course at equal distances (metres), as a smooth curve."""
    rough = np.asarray(course.points, dtype=float) * 1000
    run = np.r_[0, np.cumsum(np.hypot(*np.diff(rough, axis=0).T))]
    curve = CubicSpline(run, rough)
    fine = curve(np.linspace(0, run[-1], 4000))
    walked = np.r_[0, np.cumsum(np.hypot(*np.diff(fine, axis=0).T))]
    at = np.arange(0, walked[-1], spacing)
    return np.column_stack([np.interp(at, walked, fine[:, axis]) for axis in (0, 1)])


def paired_sites(course: Course) -> Floats:
    """Sites on both sides of a course, mirrored at it."""
    on = course_points(course, course.spacing)
    along = np.gradient(on, axis=0)
    along /= np.hypot(*along.T)[:, None]
    across = np.column_stack([-along[:, 1], along[:, 0]]) * course.beside
    return np.stack([on + across, on - across], axis=1).reshape(-1, 2)


def jittered_sites(seed: int) -> Floats:
    steps = np.arange(-HALF, HALF, SPACING)
    grid = np.stack(np.meshgrid(steps, steps * 0.97), axis=-1).reshape(-1, 2)
    grid[:, 0] += np.where(np.round(grid[:, 1] / (SPACING * 0.97)) % 2 == 0, 0, SPACING / 2)
    return grid + stream(seed, "sites").uniform(-0.36, 0.36, grid.shape) * SPACING


def crossings() -> tuple[Floats, Ints]:
    """Four sites round every crossing of two courses, in the middle of its four sectors; and the first course."""
    lines = [course_points(course, 20) for course in COURSES]
    sites, beside = [], []
    for first, second in combinations(range(len(COURSES)), 2):
        gaps, index = cKDTree(lines[first]).query(lines[second])
        if gaps.min() > 30:
            continue
        there = int(gaps.argmin())
        here = int(index[there])
        turns = [_direction(lines[first], here), _direction(lines[second], there)]
        middle = (turns[0] + turns[1]) / 2
        for quarter in range(4):
            angle = middle + quarter * np.pi / 2
            sites.append(lines[first][here] + CROSSING_ROOM * np.array([np.cos(angle), np.sin(angle)]))
            beside.append(first)
    return np.array(sites).reshape(-1, 2), np.array(beside, dtype=np.int64)


def _direction(line: Floats, at: int) -> float:
    step = line[min(at + 5, len(line) - 1)] - line[max(at - 5, 0)]
    return float(np.arctan2(step[1], step[0]))


def sites_with_courses(seed: int) -> tuple[Floats, Ints]:
    """All sites, and for each the course it stands beside (-1 = none)."""
    sites, beside = crossings()
    for number, course in enumerate(COURSES):
        pairs = paired_sites(course)
        near = cKDTree(sites).query(pairs)[0] < 250
        pairs = pairs[~np.repeat(near.reshape(-1, 2).any(axis=1), 2)]
        sites = np.vstack([sites, pairs])
        beside = np.r_[beside, np.full(len(pairs), number)]
    field = jittered_sites(seed)
    field = field[cKDTree(sites).query(field)[0] > 0.72 * SPACING]
    return np.vstack([sites, field]), np.r_[beside, np.full(len(field), -1)]


def build_mesh(seed: int) -> Mesh:
    """The mesh of the whole region with a margin of open cells round it."""
    sites, beside = sites_with_courses(seed)
    diagram = Voronoi(sites)
    ends = np.asarray(diagram.ridge_vertices, dtype=np.int64)
    bounded = (ends >= 0).all(axis=1)
    cells, ends = np.asarray(diagram.ridge_points, dtype=np.int64)[bounded], ends[bounded]
    corners, ends = join_near_corners(diagram.vertices, ends)
    kept = ends[:, 0] != ends[:, 1]
    return Mesh(sites, corners, cells[kept], ends[kept], beside)


def join_near_corners(corners: Floats, ends: Ints) -> tuple[Floats, Ints]:
    """Corners joined by a very short border become one corner in their middle."""
    gap = np.hypot(*(corners[ends[:, 0]] - corners[ends[:, 1]]).T)
    short = ends[gap < SHORTEST_BORDER]
    links = coo_array((np.ones(len(short)), (short[:, 0], short[:, 1])), shape=(len(corners),) * 2)
    number, group = connected_components(links, directed=False)
    size = np.bincount(group, minlength=number)
    joined = np.column_stack([np.bincount(group, corners[:, axis], number) / size for axis in (0, 1)])
    return joined, group[ends].astype(np.int64)
