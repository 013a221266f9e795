"""Exact methods: best plans proven, pairs of areas cut in the best way, lower bounds.

Importing this package is cheap; numba and HiGHS are loaded when a function needs them.
"""

from sozialraum.delineation.exact.pairs import improve_pairs
from sozialraum.delineation.exact.prove import Proof, prove, small_enough

__all__ = ["Proof", "improve_pairs", "prove", "small_enough"]
