"""Round scales, true windows, and how few sheets show all places."""

from __future__ import annotations

import numpy as np
import pytest

from sozialraum.base import UsageError
from sozialraum.publish import print_sheets as sheets
from sozialraum.publish import svg


@pytest.mark.parametrize(
    ("wide", "high", "denominator"),
    [
        (600, 600, 2_500),
        (2_700, 1_800, 10_000),
        (12_000, 11_000, 50_000),
        (40_000, 40_000, 200_000),
        (9e6, 9e6, 34_300_000),
    ],
)
def test_round_scale_is_the_largest_that_fits(wide: float, high: float, denominator: int) -> None:
    field = sheets.papers("A3")[0].field
    found = sheets.round_scale((0, 0, wide, high), field)
    assert found == denominator
    assert wide / found * 1000 <= field[0]
    assert high / found * 1000 <= field[1]
    larger = [scale for scale in sheets.SCALES if scale < found][-1:]
    assert all(max(wide / (field[0] - 8), high / (field[1] - 8)) * 1000 > scale for scale in larger)


def test_window_is_true() -> None:
    """A thousand metres at 1 : 10.000 are ten centimetres, north up, the middle in the middle."""
    window = sheets.centred((1_000, 2_000, 2_000, 3_000), (300, 200), 10_000)
    assert window.frame.scale * 1_000 == pytest.approx(svg.points(100))
    left, bottom, right, top = window.bounds
    assert (left + right) / 2 == pytest.approx(1_500)
    assert (bottom + top) / 2 == pytest.approx(2_500)
    assert (right - left, top - bottom) == pytest.approx((3_000, 2_000))


@pytest.mark.parametrize("seed", range(6))
def test_cover_shows_every_place_whole(seed: int) -> None:
    chance = np.random.default_rng(seed)
    corner = chance.uniform(0, 9_000, (200, 2))
    places = np.column_stack([corner, corner + chance.uniform(10, 300, (200, 2))])
    windows = sheets.cover(places, sheets.papers("A3")[0], 10_000)
    bounds = np.array([window.bounds for window in windows])
    whole = (
        (places[:, None, 0] >= bounds[:, 0])
        & (places[:, None, 1] >= bounds[:, 1])
        & (places[:, None, 2] <= bounds[:, 2])
        & (places[:, None, 3] <= bounds[:, 3])
    )
    assert whole.any(axis=1).all()
    assert len(windows) <= 24


def test_cover_leaves_out_empty_country() -> None:
    places = np.array([[0, 0, 100, 100], [20_000, 0, 20_100, 100]], dtype=float)
    assert len(sheets.cover(places, sheets.papers("A3")[0], 10_000)) == 2


def test_a_place_larger_than_a_sheet_is_shown_in_part() -> None:
    places = np.array([[0, 0, 50_000, 50_000]], dtype=float)
    (window,) = sheets.cover(places, sheets.papers("A3")[0], 10_000)
    assert window.bounds[0] > 0


def test_upright_or_lying() -> None:
    assert not sheets.best_paper((0, 0, 3_000, 1_500), "A3")[0].upright
    assert sheets.best_paper((0, 0, 1_000, 4_500), "A1")[0].upright


def test_other_papers_are_refused() -> None:
    with pytest.raises(UsageError, match="es gibt A3, A1"):
        sheets.papers("A4")
