"""Where a number lies that the register does not have: between its neighbours of the same side."""

from __future__ import annotations

import numpy as np

from sozialraum.addresses.register import Street
from sozialraum.addresses.spelling import spelling_rules


def between(street: Street, number: int, x: np.ndarray, y: np.ndarray) -> tuple[int, float, float] | None:
    """Position of the nearer neighbour and the point between both, by number; None without two near neighbours.

    x, y : of all addresses, by position. At the same distance the lower neighbour is the nearer one, as in the
    street grid. Neighbours further apart than the rule allows may have another street between them.
    """
    widest = spelling_rules()["number"]["interpolation_widest"]
    lower = max((one for one in street.numbers if one < number and (number - one) % 2 == 0), default=0)
    higher = min((one for one in street.numbers if one > number and (one - number) % 2 == 0), default=0)
    if not lower or not higher or higher - lower > widest:
        return None
    below, above = street.numbers[lower][0], street.numbers[higher][0]
    share = (number - lower) / (higher - lower)
    nearer = below if number - lower <= higher - number else above
    point = (float(x[below] + share * (x[above] - x[below])), float(y[below] + share * (y[above] - y[below])))
    return nearer, *point
