"""The two small instances of the benchmark: their optimum is known and must be proven again."""

from pathlib import Path

import numpy as np
import pytest

from sozialraum.delineation import make_problem
from sozialraum.delineation.exact import prove

INSTANCES = Path(__file__).parents[2].parent / "shared" / "benchmarks" / "regionalisation" / "instances"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not INSTANCES.is_dir(), reason="the instances of the benchmark are not there"),
]


def instance(name):
    with np.load(INSTANCES / f"{name}.npz") as file:
        return make_problem(
            file["edges"], file["pop"], file["X"], areas=int(file["k"]), bounds=(float(file["lo"]), float(file["hi"]))
        )


@pytest.mark.parametrize(
    ("name", "sets", "relaxation", "optimum"),
    [("columbus49", 40_505, 34.679654, 35.134864), ("syracuse", 4_949_969, 12.752468, 12.807310)],
)
def test_the_known_optimum_is_proven(name, sets, relaxation, optimum):
    proof = prove(instance(name), None)
    assert proof.kind == "optimal"
    assert proof.report["sets"] == sets
    assert proof.report["relaxation"] == pytest.approx(relaxation, abs=2e-6)
    assert proof.lower_bound == pytest.approx(optimum, abs=2e-6)
