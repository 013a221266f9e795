"""The shared instances are solved within their bounds, judged by the checker that comes with them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from sozialraum.delineation import partition

FOLDER = Path(__file__).parents[2].parent / "shared" / "benchmarks" / "regionalisation"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared regionalisation instances are not here"),
]

# Spread left inside the areas, in percent: best plan within bounds known for any other tool (lower is better).
BEST_OF_OTHERS = {"columbus49": 39.90, "syracuse": 15.49, "ny281": 36.65, "cells1k": 61.56, "cells5k": 66.65}


def load_checker():
    spec = importlib.util.spec_from_file_location("regionalisation_checker", FOLDER / "checker.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", sorted(BEST_OF_OTHERS))
def test_an_instance_is_feasible_and_better_than_the_best_of_others(name):
    checker = load_checker()
    instance = checker.load(FOLDER / "instances" / f"{name}.npz")
    found = partition(
        instance["edges"],
        instance["pop"],
        instance["X"],
        areas=int(instance["k"]),
        bounds=(float(instance["lo"]), float(instance["hi"])),
    )
    result = checker.score(instance, found.labels)
    assert result["feasible"], result
    assert result["ssd"] < BEST_OF_OTHERS[name]
    assert np.isclose(result["ssd"], found.ssd, atol=1e-6)
