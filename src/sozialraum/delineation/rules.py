"""Whether labels keep the rules of a problem; shares no code with the search."""

from __future__ import annotations

import numpy as np

from sozialraum.blocks import pieces
from sozialraum.delineation.problem import Problem


def keeps_shape(problem: Problem, labels: np.ndarray) -> bool:
    """Whether labels have the right number of connected areas and keep the locks; sizes are not looked at."""
    area = np.unique(labels, return_inverse=True)[1]
    number = int(area.max(initial=-1)) + 1
    inside = area[problem.edges[:, 0]] == area[problem.edges[:, 1]]
    connected = int(pieces(len(area), problem.edges[inside]).max(initial=-1)) + 1
    if (labels < 0).any() or not connected == number == problem.areas:
        return False
    locked = problem.locks >= 0
    pairs = np.unique(np.stack([problem.locks[locked], area[locked]], axis=1), axis=0)
    return len(np.unique(pairs[:, 0])) == len(pairs) == len(np.unique(pairs[:, 1]))


def keeps_rules(problem: Problem, labels: np.ndarray) -> bool:
    """Whether labels keep the shape and every area has as many persons as allowed."""
    if not keeps_shape(problem, labels):
        return False
    people = np.bincount(np.unique(labels, return_inverse=True)[1], problem.population)
    return all(problem.within(float(persons)) for persons in people)
