"""The benchmark's judgement: which peer counts, what is a ratio, when a goal is met."""

from __future__ import annotations

import math

import numpy as np
from benchmarks.regions.goals import Judgement, judgements
from benchmarks.regions.runs import Outcome, fault_of
from benchmarks.regions.tables import BEGIN, END, best, between_marks, exponent, peers_of, scaling, worth, worth_after


def plan(ssd, feasible=True, areas=7, torn=0):
    out = 0 if feasible else 2
    return {
        "ssd": ssd, "ssd_plain": ssd + 1, "areas": areas, "torn": torn, "unassigned": 0, "below": out, "above": 0,
        "feasible": feasible,
    }  # fmt: skip


def outcome(method, kind="bounds", cpu=0.5, steps=(), instance="cells1000", units=1_000, **scores):
    return Outcome(instance, units, method, kind, cpu, 1.0, scores, {"steps": list(steps)})


OURS = outcome("sozialraum standard", any=plan(57.0), kept=plan(57.0))
WARD = outcome("scikit-learn Ward", any=plan(60.0, feasible=False))
RECOM = outcome("gerrychain ReCom", steps=[(0.5, 66.0, 66.0), (3.0, 62.0, 62.0)], any=plan(62.0), kept=plan(62.0))
MAXP = outcome("GeoDa maxp_greedy", any=plan(50.0, feasible=False, areas=8))


def test_a_peer_out_of_bounds_counts_only_where_bounds_are_ignored():
    assert best([WARD, RECOM], "any") is WARD
    assert best([WARD, RECOM], "kept") is RECOM


def test_a_peer_with_another_number_of_areas_is_not_compared():
    assert peers_of([OURS, WARD, MAXP], "cells1000") == [WARD]


def test_a_torn_plan_is_worth_nothing():
    assert worth(outcome("peer", any=plan(1.0, torn=1)), "any") == math.inf


def test_only_what_a_peer_had_in_the_same_seconds_counts_there():
    assert worth_after(RECOM, 1.0, kept=True) == 66.0
    assert worth_after(RECOM, 3.0, kept=True) == 62.0
    assert worth_after(RECOM, 0.1, kept=True) == math.inf


def test_goals_compare_with_the_best_peer_and_the_processor_time():
    found = {judgement.goal: judgement for judgement in judgements([OURS, WARD, RECOM])}
    ratio = found["standard: ratio to best peer ignoring bounds"]
    assert (ratio.reached, ratio.limit, ratio.met) == (0.95, 0.95, True)
    assert found["standard: CPU s"].met


def test_a_goal_without_a_figure_is_not_met():
    assert not Judgement("goal", "instance", math.nan, 1.0).met
    assert not Judgement("goal", "instance", math.inf, 1.0).met


def test_the_exponent_is_the_slope_in_logarithms():
    units = np.array([1_000, 5_000, 20_000])
    assert np.isclose(exponent(units, 0.001 * units**1.25), 1.25)
    family = [outcome("sozialraum draft", cpu=n / 1e4, instance=f"cells{n}", units=n) for n in (1_000, 2_000, 4_000)]
    assert "exponent 1.00" in scaling(family)


def test_the_end_of_the_processor_time_is_told_from_an_error():
    assert fault_of(-24, "", 20) == "not done in 20 s"
    assert fault_of(1, "Traceback\nValueError: no tree", 20) == "ValueError: no tree"
    assert fault_of(0, "a warning", 20) == ""


def test_a_report_takes_the_place_of_the_one_before():
    assert between_marks(f"a {BEGIN}old{END} b", "new") == f"a {BEGIN}\n\nnew\n\n{END} b"
