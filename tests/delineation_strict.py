"""Kernels as plain functions whose arrays refuse every place outside them, places counted from the end included.

A compiled kernel looks at no limits, and numpy takes -1 for the last place: either hides a fault. `watch` comes
before the first import of the engine, in a process of its own.
"""

from __future__ import annotations

import functools
import types
import warnings
from collections.abc import Callable
from typing import Any

import numba
import numpy as np

MAKERS = ("arange", "argsort", "concatenate", "empty", "full", "ones", "zeros")  # those the kernels use


class Strict(np.ndarray):
    """An array that may only be asked for places from 0 to its length - 1."""

    def __getitem__(self, place: Any) -> Any:
        return super().__getitem__(_inside(place))

    def __setitem__(self, place: Any, value: Any) -> None:
        super().__setitem__(_inside(place), value)


def _inside(place: Any) -> Any:
    for one in place if isinstance(place, tuple) else (place,):
        if isinstance(one, int | np.integer) and one < 0:
            raise IndexError(f"place {place} is counted from the end")
    return place


def strict(given: Any) -> Any:
    """The same array, or tuple of arrays, watched; nothing is copied."""
    if isinstance(given, np.ndarray):
        return given.view(Strict)
    if isinstance(given, tuple):
        watched = [strict(one) for one in given]
        return type(given)(*watched) if hasattr(given, "_fields") else tuple(watched)
    return given


class _Numpy(types.ModuleType):
    """numpy whose new arrays are watched."""

    def __getattr__(self, name: str) -> Any:
        found = getattr(np, name)
        return (lambda *given, **options: strict(found(*given, **options))) if name in MAKERS else found


def watch() -> None:
    """From now on the compiler's decorator leaves functions as they are and watches their arrays."""
    numba.njit = _plain
    warnings.simplefilter("ignore", RuntimeWarning)  # numbers of the generator overflow on purpose


def _plain(*given: Any, **_options: Any) -> Any:
    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        function.__globals__["np"] = _Numpy("numpy")

        @functools.wraps(function)
        def watched(*arguments: Any) -> Any:
            return function(*[strict(argument) for argument in arguments])

        return watched

    return decorate(given[0]) if given else decorate
