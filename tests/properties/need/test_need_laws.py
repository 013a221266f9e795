from types import SimpleNamespace

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialraum.need import Target, find_impulses, supply

END = "2025-12-31"
AREAS = ["M-01", "M-02", "M-03"]
PLAN = SimpleNamespace(plan_id="p", areas=pd.DataFrame({"area_id": AREAS, "name": AREAS}))
numbers = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 300)), min_size=3, max_size=3)
words = st.lists(st.sampled_from(["higher", "same", "lower", "none"]), min_size=3, max_size=3)


def frames(pairs, versus):
    rows = []
    for unit, (children, places) in zip(
        [*AREAS, "region"], [*pairs, tuple(map(sum, zip(*pairs, strict=True)))], strict=True
    ):
        level = "region" if unit == "region" else "area"
        for feature, number in (("pop_00_06", children), ("places_under_6", places)):
            rows.append((level, unit, feature, END, float(number), float(number), "observed", ""))
    counts = pd.DataFrame(rows, columns=["level", "unit", "feature", "period", "low", "high", "status", "scope"])
    values = pd.DataFrame({"unit": [*AREAS, "region"], "level": ["area"] * 3 + ["region"], "versus": [*versus, "none"]})
    ends = dict.fromkeys(
        ("ci_low", "ci_high", "share_low", "share_high", "count_low", "count_high", "base_low", "base_high"), 0.1
    )
    return counts, values.assign(indicator="child_benefit_share", period=END, **ends)


@settings(max_examples=15, deadline=None)
@given(numbers, words)
def test_gaps_of_areas_add_up_to_the_gap_of_the_region(pairs, versus):
    counts, values = frames(pairs, versus)
    rows = supply(counts, PLAN, values, Target(0.6, "Beschluss", END)).set_index("unit")
    if all(children > 0 for children, _places in pairs):
        assert abs(rows.loc[AREAS, "gap_low"].sum() - rows.loc["region", "gap_low"]) < 1e-9


@settings(max_examples=15, deadline=None)
@given(numbers, words, st.integers(0, 99))
def test_impulses_are_the_same_whatever_the_order_of_rows(pairs, versus, seed):
    counts, values = frames(pairs, versus)
    target = Target(0.6, "Beschluss", END)
    mixed, mixed_values = counts.sample(frac=1, random_state=seed), values.sample(frac=1, random_state=seed)
    first = find_impulses(supply(counts, PLAN, values, target), values, PLAN)
    second = find_impulses(supply(mixed, PLAN, mixed_values, target), mixed_values, PLAN)
    pd.testing.assert_frame_equal(first, second)


@settings(max_examples=15, deadline=None)
@given(numbers, words)
def test_an_impulse_needs_a_clear_need_and_enough_children(pairs, versus):
    counts, values = frames(pairs, versus)
    found = find_impulses(supply(counts, PLAN, values, Target(0.6, "Beschluss", END)), values, PLAN)
    for area in found["area_id"]:
        place = AREAS.index(area)
        assert versus[place] in ("higher", "lower")
        assert pairs[place][0] >= 20
