"""The number of areas behind an option: a number, a range, or as agreed."""

from __future__ import annotations

import pytest

from sozialraum.base import UsageError
from sozialraum.cli.numbers import areas_wanted


@pytest.mark.parametrize(
    ("text", "areas"), [("", None), ("0", None), ("14", 14), ("12-15", (12, 15)), (" 12 \N{EN DASH} 15 ", (12, 15))]
)
def test_what_people_write(text, areas):
    assert areas_wanted(text) == areas


@pytest.mark.parametrize("text", ["viele", "-3", "3,5", "1-2-3"])
def test_anything_else_is_refused(text):
    with pytest.raises(UsageError, match="eine Zahl oder eine Spanne wie 12-15"):
        areas_wanted(text)
