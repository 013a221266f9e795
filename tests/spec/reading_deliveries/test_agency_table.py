"""A small-area table of the employment agency: stars, blocked areas, sums, and people without an area."""

import deliveries_specimens as specimens
import numpy as np

from sozialraum.deliveries import find_recipe, read_delivery

# Gemeinde  Schlüssel      unemployed    becomes
ROWS = """
05999004    101100101      120           area      05999004-01  120  120  observed
05999004    101100102      *             area      05999004-02  0    9    suppressed
05999004    101100103      x             area      05999004-03  -    -    blocked
05999004    101100SUM      180           checked
05999004    keine_Angabe   *             residual  05999004     0    9    suppressed
05999004    101SUMSUM      184           municipality 05999004 184  184  observed
05999008    102100101      0             area      05999008-01  0    0    observed
05999008    102100SUM      0             checked
05999008    keine_Angabe   3             residual  05999008     3    3    observed
05999008    102SUMSUM      3             municipality  05999008  3    3    observed
-           SUMSUMSUM      187           region    region       187  187  observed
"""


def test_every_row_becomes_a_value_or_is_checked_and_left_out(tmp_path):
    lines = [line.split() for line in ROWS.strip().splitlines()]
    rows = tuple(
        f"{'' if town == '-' else town};{key.replace('_', ' ')};Name;{cell};0" for town, key, cell, *_rest in lines
    )
    path = specimens.agency(tmp_path, rows)
    frame = read_delivery(path, find_recipe(path), specimens.places()).observations
    frame = frame[frame["feature"] == "unemployed"]
    read = {
        (ground, unit, low, high, status)
        for ground, unit, low, high, status in frame[["geography", "unit", "low", "high", "status"]]
        .replace({np.nan: None, "plan:plan-1": "area"})
        .itertuples(index=False)
    }
    expected = {tuple(None if cell == "-" else cell for cell in line[3:]) for line in lines if line[3] != "checked"}
    assert {tuple(None if cell is None else str(cell) for cell in row) for row in read} == {
        (ground, unit, low and f"{float(low)}", high and f"{float(high)}", status)
        for ground, unit, low, high, status in expected
    }
