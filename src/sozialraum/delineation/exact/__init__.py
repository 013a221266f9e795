"""Exact methods: best plans proven, pairs of areas cut in the best way, lower bounds.

Importing this package is cheap; numba and HiGHS are loaded when a function needs them.
"""

from sozialraum.delineation.exact.bound import Bound, lower_bound
from sozialraum.delineation.exact.pairs import improve_pairs
from sozialraum.delineation.exact.prove import Proof, prove, small_enough

__all__ = ["Bound", "Proof", "improve_pairs", "lower_bound", "prove", "small_enough"]
