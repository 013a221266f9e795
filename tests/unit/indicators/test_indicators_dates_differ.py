"""Numerator and denominator of different dates are one note, printed with both dates."""

import pytest

from sozialraum.indicators import note_sentences
from sozialraum.indicators.computing import both_notes

EDITION = "2025-12-31"


@pytest.mark.parametrize(
    ("of_count", "of_base", "joined"),
    [
        ("", "", ""),
        ("other_date=2024-12-31", "", "dates_differ=2024-12-31/2025-12-31"),
        ("", "other_date=2024-12-31", "dates_differ=2025-12-31/2024-12-31"),
        ("other_date=2024-12-31", "other_date=2024-12-31", "other_date=2024-12-31"),
        ("other_date=2024-12-31;carried", "", "carried;dates_differ=2024-12-31/2025-12-31"),
        ("year_sum", "", "year_sum"),
    ],
)
def test_dates_of_count_and_base(of_count, of_base, joined):
    assert both_notes(of_count, of_base, EDITION) == joined


def test_both_dates_are_said():
    assert note_sentences("dates_differ=2024-12-31/2025-12-31") == [
        "Zähler und Nenner haben verschiedene Stichtage: 31.12.2024 und 31.12.2025."
    ]
