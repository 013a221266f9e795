"""A count that is part of its base stands above and below the line; dividing intervals would be too wide."""

import pandas as pd
import pytest

from sozialraum.indicators import compute, definitions, note_sentences

END = "2025-12-31"
DEFINITIONS = {one.id: one for one in definitions()}
PARTS = DEFINITIONS["share_65_up"].denominator_features
OLD = DEFINITIONS["share_65_up"].numerator_features


def released(of_feature, level="area", scope=""):
    """Population by feature as (low, high), with the declared sums."""

    def total(codes):
        return tuple(float(sum(of_feature[code][end] for code in codes)) for end in (0, 1))

    rows = [*of_feature.items(), ("population", total(PARTS)), ("pop_65_up", total(OLD))]
    return pd.DataFrame(
        [(level, "A-01", feature, END, low, high, "observed" if low == high else "suppressed", "", scope, "")
         for feature, (low, high) in rows],
        columns=["level", "unit", "feature", "period", "low", "high", "status", "provenance", "scope", "note"],
    ).astype({"low": float, "high": float})  # fmt: skip


def share(frame):
    return compute(frame, None, [DEFINITIONS["share_65_up"]]).iloc[0]


def people(old, others):
    """`old` persons (low, high) in the first group of the old, `others` in the first other group."""
    numbers = dict.fromkeys(PARTS, (0, 0))
    numbers[OLD[0]] = old
    numbers[next(code for code in PARTS if code not in OLD)] = others
    return numbers


def test_the_share_of_hidden_old_people_among_known_others():
    row = share(released(people((0, 9), (91, 91))))
    assert row["share_low"] == 0
    assert row["share_high"] == pytest.approx(9 / 100)  # plain division would give 9 / 91


def test_both_hidden_part_and_hidden_rest():
    row = share(released(people((10, 20), (30, 80))))
    assert (row["share_low"], row["share_high"]) == (pytest.approx(10 / 90), pytest.approx(20 / 50))


def test_a_known_total_beats_hidden_others():
    frame = released(people((10, 10), (0, 90)))
    frame.loc[frame["feature"] == "population", ["low", "high"]] = [100, 100]
    assert share(frame)["share_low"] == share(frame)["share_high"] == 0.1


def test_the_base_holds_at_least_the_count():
    frame = released(people((30, 30), (20, 20)))
    frame.loc[frame["feature"] == "population", ["low", "high", "status"]] = [0.0, float("inf"), "suppressed"]
    assert share(frame)["base_low"] == 30


def test_a_region_that_leaves_someone_out_is_not_mixed_with_parts_that_do_not():
    frame = released(people((10, 20), (30, 80)), level="region", scope="B")
    assert share(frame)["share_high"] == pytest.approx(20 / 40)


def test_our_own_sum_of_altered_counts_says_so():
    rows = [("area", "A-01", feature, END, number, number, "observed", "", "", "")
            for feature, number in (("dwellings", 400.0), ("dwellings_multi", 100.0))]  # fmt: skip
    names = ["level", "unit", "feature", "period", "low", "high", "status", "provenance", "scope", "note"]
    value = compute(pd.DataFrame(rows, columns=names), None, [DEFINITIONS["share_multi_family"]]).iloc[0]
    assert value["note"] == "own_sum"
    assert "kann von veröffentlichten Summen abweichen" in note_sentences(value["note"])[0]
    assert share(released(people((10, 10), (90, 90))))["note"] == ""
