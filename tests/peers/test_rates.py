"""Intervals against published numbers and against scipy."""

import numpy as np
import pytest
from scipy.stats import binomtest, chi2

from sozialraum.indicators.rates import difference, poisson, rate, wilson

# Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3 (score without correction).
PUBLISHED = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]


@pytest.mark.parametrize(("events", "base", "low", "high"), PUBLISHED)
def test_wilson_gives_the_published_limits(events, base, low, high):
    assert np.allclose(wilson(events, base), (low, high), atol=5e-5)


@pytest.mark.parametrize(("events", "base"), [(0, 1), (1, 7), (7, 7), (13, 611), (4000, 8500)])
def test_wilson_equals_scipy(events, base):
    theirs = binomtest(events, base).proportion_ci(0.95, method="wilson")
    assert np.allclose(wilson(events, base), (theirs.low, theirs.high), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("events", [0, 1, 5, 9])
def test_few_events_have_exact_poisson_limits(events):
    low = chi2.ppf(0.025, 2 * events) / 2 if events else 0.0
    assert np.allclose(poisson(events), (low, chi2.ppf(0.975, 2 * events + 2) / 2), rtol=1e-9)


def test_byar_is_close_to_the_exact_limits_from_ten_events_on():
    events = np.arange(10, 500)
    exact = chi2.ppf(0.025, 2 * events) / 2, chi2.ppf(0.975, 2 * events + 2) / 2
    assert np.allclose(poisson(events), exact, rtol=0.01)


def test_newcombe_gives_the_published_difference():
    """Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10: 56/70 - 48/80."""
    change, low, high = difference(56, 70, 48, 80)
    assert np.allclose((change, low, high), (0.2, 0.0524, 0.3339), atol=5e-5)


def test_without_a_base_there_is_no_interval():
    assert np.isnan(wilson(0, 0)).all()
    assert np.isnan(rate(0, 0)).all()
