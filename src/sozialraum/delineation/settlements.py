"""Uninhabited blocks go with an inhabited one, so that open land follows its village and ties no distant ones."""

from __future__ import annotations

import numpy as np

from sozialraum.delineation.town import Town

DETOUR = 10.0  # metres of way that a metre of barrier between two blocks is worth
TIE = 1e-6  # metres: of two ways of one length that over the earlier blocks is the shorter


def nearest_inhabited(town: Town, present: np.ndarray | None = None) -> np.ndarray:
    """(n,) row of the inhabited block each block goes with: the nearest by way over neighbouring blocks.

    A river, railway or motorway on the way is a detour, where barriers count at all. Each inhabited block goes with
    itself, and so does an uninhabited one without way to any. What goes together is in one piece.
    present : (n,) areas of the present plan; ways stay inside of them, so that this plan can be found again.
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import dijkstra

    number = len(town.people)
    lived_in = np.flatnonzero(town.people > 0)
    if not len(lived_in) or len(lived_in) == number:
        return np.arange(number)
    one, other = town.edges.T
    metres = np.hypot(*(town.centres[one] - town.centres[other]).T) + 1.0
    if town.wishes.barriers:
        metres = metres + DETOUR * np.maximum(town.barriers.separating, 0.0)
    metres = metres + TIE * (one + other)
    if present is not None:
        held = present[one] == present[other]
        one, other, metres = one[held], other[held], metres[held]
    graph = coo_matrix((metres, (one, other)), shape=(number, number)).tocsr()
    _way, _before, source = dijkstra(graph, directed=False, indices=lived_in, min_only=True, return_predecessors=True)
    return np.where(source >= 0, source, np.arange(number))
