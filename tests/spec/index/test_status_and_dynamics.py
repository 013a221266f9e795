"""The index of five areas, small enough to follow.

| Gebiet | Anteil A | Anteil B |
|---|---|---|
| 1 | 2 % | 4 % |
| 2 | 4 % | 8 % |
| 3 | 6 % | 12 % |
| 4 | 8 % | 16 % |
| 5 | 20 % | 40 % |

Mean 8 %, spread 6.32 points: z of area 5 is 12 / 6.32 = 1.90 in A and, B being double of A, also in B.
Their sum standardised again is 1.90: more than 1.5, so class 4 (sozialer Status sehr niedrig).
"""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from sozialraum.indicators import NotComparable, definitions, index
from sozialraum.indicators.scoring import add_up, dynamics_class, score, standardise, status_class

A = [0.02, 0.04, 0.06, 0.08, 0.20]
AREAS = ["M-01", "M-02", "M-03", "M-04", "M-05"]
USED = tuple(one for one in definitions() if one.id in ("unemployed_share", "benefit_share"))
PLAN = SimpleNamespace(plan_id="p", areas=pd.DataFrame({"area_id": AREAS}))
PEOPLE = pd.Series(4000, index=AREAS)


def values(shares, period="2025-12-31", doubled=True, high=None, note=""):
    frames = []
    for number, one in enumerate(USED):
        low = np.array(shares) * (1 + number * doubled)
        top = low if high is None else np.where(np.isnan(high), low, high)
        frames.append(
            pd.DataFrame(
                {"indicator": one.id, "level": "area", "unit": AREAS, "period": period, "share_low": low,
                 "share_high": top, "status": "observed", "note": note}
            )
        )  # fmt: skip
    return pd.concat(frames, ignore_index=True)


def test_the_example_of_the_head():
    found = score(np.array([A, np.multiply(A, 2)]).T, np.array([A, np.multiply(A, 2)]).T, [1, 1])
    assert found.low.round(2).tolist() == [-0.95, -0.63, -0.32, 0.0, 1.9]
    assert status_class(found.low).tolist() == [2, 2, 2, 2, 4]


@pytest.mark.parametrize(("z", "status"), [(-1.01, 1), (-1, 2), (1, 2), (1.01, 3), (1.5, 3), (1.51, 4), (np.nan, 0)])
def test_status_classes_have_these_limits(z, status):
    assert status_class([z]).tolist() == [status]


@pytest.mark.parametrize(("z", "sign"), [(-1.01, "+"), (-1, "="), (1, "="), (1.01, "-"), (np.nan, "")])
def test_dynamics_classes_have_these_limits(z, sign):
    assert dynamics_class([z]).tolist() == [sign]


def test_a_falling_burden_is_a_positive_dynamic():
    """Area 5 falls from 20 % to 10 % while the others stay nearly where they were."""
    before = values(A, "2023-12-31")
    now = values([0.02, 0.041, 0.06, 0.081, 0.10])
    found = index(pd.concat([before, now]), PLAN, PEOPLE, ["2023-12-31", "2025-12-31"], chosen=USED)
    last = found.values[found.values["period"] == "2025-12-31"].set_index("unit")
    assert last.loc["M-05", "dynamics"] == "+"
    assert set(last.loc[AREAS[:4], "dynamics"]) == {"="}
    assert found.record["editions"][1]["dynamics"]["since"] == "2023-12-31"


def test_one_edition_has_no_dynamics():
    found = index(values(A), PLAN, PEOPLE, ["2025-12-31"], chosen=USED)
    assert set(found.values["dynamics"]) == {""}
    assert found.values["change_low"].isna().all()


def test_less_burden_by_more_counts_the_other_way_round():
    falling = tuple(replace(one, direction=-1) for one in USED)
    found = index(values(A), PLAN, PEOPLE, ["2025-12-31"], chosen=falling).values.set_index("unit")
    assert found.loc["M-05", "status_class"] == 1


def test_the_record_says_who_is_in_and_why_not():
    people = PEOPLE.copy()
    people["M-01"] = 299
    found = index(values(A), PLAN, people, ["2025-12-31"], chosen=USED, outliers=["M-02"])
    edition = found.record["editions"][0]
    assert edition["reference_set"] == ["M-03", "M-04", "M-05"]
    assert edition["left_out"] == {"M-01": "too_small", "M-02": "outlier"}
    row = found.values.set_index("unit").loc["M-01"]
    assert (row["status_class"], row["reason"]) == (0, "Weniger als 300 Einwohnerinnen und Einwohner.")


def test_less_than_two_thirds_of_the_indicators_is_no_index():
    table = values(A)
    table.loc[0, ["share_low", "share_high"]] = np.nan
    row = index(table, PLAN, PEOPLE, ["2025-12-31"], chosen=USED).values.set_index("unit").loc["M-01"]
    assert row["status_class"] == 0
    assert "zwei Drittel" in row["reason"]


def test_two_of_three_indicators_are_scaled_up_to_three():
    sums, scaled = add_up([[1.0, 2.0, np.nan], [1.0, 2.0, 3.0], [1.0, np.nan, np.nan]])
    assert sums.tolist()[:2] == [4.5, 6.0]
    assert np.isnan(sums[2])
    assert scaled.tolist() == [True, False, False]


def test_a_hidden_value_gives_a_class_only_when_both_ends_agree():
    narrow, wide = np.full(5, np.nan), np.full(5, np.nan)
    narrow[0], wide[0] = 0.03, 0.9
    sure = index(values(A, doubled=False, high=narrow), PLAN, PEOPLE, ["2025-12-31"], chosen=USED).values.loc[0]
    unsure = index(values(A, doubled=False, high=wide), PLAN, PEOPLE, ["2025-12-31"], chosen=USED).values.loc[0]
    assert (sure["status_class"] > 0, sure["certain"]) == (True, True)
    assert (unsure["status_class"], unsure["certain"]) == (0, False)
    assert unsure["reason"].startswith("Einstufung unsicher")


def test_a_hidden_value_moves_no_other_area():
    hidden = np.array([np.nan, np.nan, np.nan, np.nan, 0.9])
    others = [index(values(A, high=top), PLAN, PEOPLE, ["2025-12-31"], chosen=USED).values["score_low"][:4].tolist()
              for top in (hidden, hidden * 0.5)]  # fmt: skip
    assert others[0] == others[1]


def test_a_constant_indicator_is_refused_not_set_to_zero():
    with pytest.raises(NotComparable, match="in allen Gebieten gleich"):
        standardise([0.1, 0.1, 0.1])
    found = index(values([0.1] * 5), PLAN, PEOPLE, ["2025-12-31"], chosen=USED)
    assert set(found.values["status_class"]) == {0}
    assert "in allen Gebieten gleich" in found.record["editions"][0]["refused"]


def test_a_value_of_another_date_makes_the_class_uncertain_and_gives_no_dynamics():
    table = pd.concat([values(A, "2023-12-31"), values([0.02, 0.041, 0.06, 0.081, 0.10])], ignore_index=True)
    table.loc[(table["unit"] == "M-05") & (table["period"] == "2025-12-31"), "note"] = "other_date=2024-12-31"
    found = index(table, PLAN, PEOPLE, ["2023-12-31", "2025-12-31"], chosen=USED).values
    row = found[found["period"] == "2025-12-31"].set_index("unit").loc["M-05"]
    assert row["status_class"] > 0
    assert not row["certain"]
    assert row["dynamics"] == ""
