"""The adjusted Rand index of the example against scikit-learn's."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

FILE = Path(__file__).parents[2] / "examples" / "berlin_neukoelln" / "agreement.py"
metrics = pytest.importorskip("sklearn.metrics", reason="scikit-learn is not installed")


@pytest.mark.parametrize("seed", range(5))
def test_the_adjusted_rand_index_equals_that_of_scikit_learn(seed):
    spec = importlib.util.spec_from_file_location("agreement_of_neukoelln", FILE)
    agreement = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(agreement)
    random = np.random.default_rng(seed)
    one = random.integers(0, 6, 200)
    other = np.where(random.random(200) < 0.6, one, random.integers(0, 9, 200))
    assert agreement.adjusted_rand_index(one, other) == pytest.approx(metrics.adjusted_rand_score(one, other))
