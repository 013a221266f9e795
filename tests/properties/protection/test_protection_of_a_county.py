"""A table like the demo's: nine towns, 77 areas, age and sex, agency tables with marks, aid cases."""

import numpy as np
import pandas as pd
import pytest
from release_auditor import AGENCY, BANDS, audit

from sozialraum.protection import release

END = "2025-12-31"
SIZES = [14, 7, 14, 11, 2, 2, 3, 16, 8]
TOWNS = {f"{town}": [f"{town}-{area:02d}" for area in range(1, size + 1)] for town, size in enumerate(SIZES, 101)}
SHARES = [0.027, 0.027, 0.085, 0.1, 0.25, 0.29, 0.15, 0.071]
NEED = {"family_aid": 5}


def areas_of_a_county(seed):
    rng = np.random.default_rng(seed)
    units = [area for areas in TOWNS.values() for area in areas]
    people = 60 + rng.gamma(1.2, 2500, len(units)).astype(int)
    table = pd.DataFrame(index=units)
    for band, share in zip(BANDS, SHARES, strict=True):
        for sex in "fm":
            table[f"pop_{band}_{sex}"] = rng.poisson(people * share / 2)
    table["hh_children"] = rng.binomial(people, 0.1)
    table["hh_single_parent"] = rng.binomial(table["hh_children"], 0.15)
    table["family_aid"] = rng.poisson(people * 0.004)
    table["unemployed"] = rng.poisson(people * 0.03)
    table["unemployed_15_25"] = rng.binomial(table["unemployed"], 0.13)
    table["benefit_persons"] = rng.poisson(people * 0.06)
    table["benefit_children"] = rng.binomial(table["benefit_persons"], 0.3)
    table["employees"] = rng.binomial(people, 0.4)
    return table


def as_delivered(areas):
    towns = pd.DataFrame({town: areas.loc[members].sum() for town, members in TOWNS.items()}).T
    frames = []
    for level, table in (("area", areas), ("municipality", towns), ("region", towns.sum().to_frame("region").T)):
        long = table.rename_axis("unit").reset_index().melt("unit", var_name="feature", value_name="low")
        frames.append(long.assign(level=level))
    counts = pd.concat(frames, ignore_index=True).astype({"low": float})
    counts["high"], counts["status"] = counts["low"], "observed"
    star = counts["feature"].isin(AGENCY) & (counts["low"] > 0) & (counts["low"] < 10)
    counts.loc[star, ["low", "high", "status"]] = [1.0, 9.0, "suppressed"]
    return counts.assign(period=END, provenance="", scope="", note="")


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_hidden_in_a_county_can_be_recomputed(seed):
    made = release(as_delivered(areas_of_a_county(seed)))
    widths = audit(made.values, TOWNS)
    assert len(widths) == made.hidden > 40
    narrow = {cell: width for cell, width in widths.items() if width < NEED.get(cell[1], 3) - 1e-6}
    assert narrow == {}


def test_little_is_hidden_besides_the_small_counts():
    summary = release(as_delivered(areas_of_a_county(1))).summary
    assert summary["secondary"] < summary["source"] + summary["primary"]
    assert summary["shown"] > 0.9 * sum(summary.values())
