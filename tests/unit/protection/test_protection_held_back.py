"""A star that a published total gives away leaves with the mark's bounds and needs a second hidden count."""

import numpy as np
import pandas as pd
import pytest

from sozialraum.protection import default_rules, release
from sozialraum.protection.held_back import held_back

END = "2025-12-31"


def unemployed(*rows):
    """rows: level, unit, low, high, status."""
    frame = pd.DataFrame(rows, columns=["level", "unit", "low", "high", "status"]).astype({"low": float, "high": float})
    return frame.assign(feature="unemployed", period=END, provenance="", scope="", note="")


GIVEN_AWAY = unemployed(
    ("area", "M-01", 7, 7, "suppressed"), ("area", "M-02", 40, 40, "observed"), ("area", "M-03", 25, 25, "observed"),
    ("municipality", "M", 72, 72, "observed"),
)  # fmt: skip


def test_a_hidden_number_known_exactly_leaves_as_unsure_as_its_mark():
    values = release(GIVEN_AWAY, municipality_of={f"M-0{n}": "M" for n in (1, 2, 3)}).values.set_index("unit")
    star = values.loc["M-01"]
    assert star["status"] == "suppressed"
    assert star["high"] - star["low"] >= 3
    assert values.loc["M-02":"M-03", "reason"].tolist().count("secondary") == 1


def test_the_result_is_the_same_as_without_the_narrower_bounds():
    wide = GIVEN_AWAY.assign(low=GIVEN_AWAY["low"].where(GIVEN_AWAY["unit"] != "M-01", 0.0),
                             high=GIVEN_AWAY["high"].where(GIVEN_AWAY["unit"] != "M-01", 9.0))  # fmt: skip
    homes = {f"M-0{n}": "M" for n in (1, 2, 3)}
    assert release(GIVEN_AWAY, municipality_of=homes).fingerprint == release(wide, municipality_of=homes).fingerprint


@pytest.mark.parametrize(
    ("low", "high", "status", "expected"),
    [
        (7, 7, "suppressed", (0, 9)),
        (47, 48, "suppressed", (0, 49)),
        (2, 6, "suppressed", (2, 6)),
        (0, np.inf, "suppressed", (0, np.inf)),
        (7, 7, "observed", (7, 7)),
        (np.nan, np.nan, "missing", None),
    ],
)
def test_only_hidden_numbers_known_too_well_are_widened(low, high, status, expected):
    row = held_back(unemployed(("area", "M-01", low, high, status)), default_rules()).iloc[0]
    if expected is None:
        assert np.isnan(row["low"])
    else:
        assert (row["low"], row["high"]) == expected
