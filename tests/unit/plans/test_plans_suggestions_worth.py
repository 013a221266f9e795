"""What is worth talking over: a step has to gain something for those who would change their area."""

from __future__ import annotations

import pytest

from sozialraum.delineation import Edit
from sozialraum.plans.helping import Suggestion, is_worth_it


@pytest.mark.parametrize(
    ("points", "people", "told"),
    [
        (0.02, 550, False),  # nobody redraws a border for this
        (0.02, 30, True),  # a single block at the edge
        (0.1, 2000, True),
        (0.0, 0, False),
        (-0.5, 10, False),
    ],
)
def test_little_gain_for_many_people_is_not_suggested(points: float, people: int, told: bool) -> None:
    assert is_worth_it(Suggestion(Edit("move", role="Planung"), points, people, "")) is told
