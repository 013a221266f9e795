import numpy as np
import pandas as pd
import pytest

from sozialraum.base import ReleaseRefused
from sozialraum.protection import Profile, Rules, default_rules, release
from sozialraum.protection.hiding import Pattern
from sozialraum.protection.intervals import Attack, _end, _equations, _is_tree, _propagated
from sozialraum.protection.system import build

END = "2025-12-31"


def table(numbers):
    """Aid cases of the areas of one town with their total, no region."""
    rows = [("area", f"M-{place:02d}", float(number)) for place, number in enumerate(numbers, 1)]
    rows.append(("municipality", "M", float(sum(numbers))))
    frame = pd.DataFrame(rows, columns=["level", "unit", "low"])
    return frame.assign(
        high=frame["low"], feature="family_aid", period=END, status="observed", provenance="", scope="", note=""
    )


def system_of(numbers):
    counts = table(numbers)
    homes = {unit: "M" for unit in counts["unit"] if "-" in unit}
    return build(counts, homes, default_rules())


def spans(numbers, hidden):
    system = system_of(numbers)
    mask = np.array([key[1] in hidden for key in system.keys])
    found = Attack(system).spans(mask, mask)
    return {system.keys[cell][1]: span for cell, span in found.items()}


def test_one_hidden_cell_under_a_total_is_known_exactly():
    assert spans([3, 12, 7], {"M-01"}) == {"M-01": (3, 3)}


def test_two_hidden_cells_share_what_is_left():
    assert spans([3, 12, 7], {"M-01", "M-03"}) == {"M-01": (0, 10), "M-03": (0, 10)}


def test_without_the_total_nothing_is_known():
    assert spans([3, 12, 7], {"M-01", "M"}) == {"M-01": (0, np.inf), "M": (19, np.inf)}


def test_bounds_pushed_along_a_tree_equal_linear_programs():
    system = system_of([3, 12, 7, 2])
    cells = np.array([0, 2, 3])
    matrix, right, whole = _equations(system, [0], {int(cell): place for place, cell in enumerate(cells)})
    lower, upper = np.zeros(3), np.array([np.inf, 5.0, np.inf])
    assert _is_tree(matrix)
    assert whole
    bounds = [(0.0, None), (0.0, 5.0), (0.0, None)]
    ours = _propagated(matrix, right, lower, upper)
    theirs = [[_end(matrix, right, bounds, cell, sign) for cell in range(3)] for sign in (1.0, -1.0)]
    assert np.allclose(ours, theirs)


def test_a_feature_nobody_declared_has_the_strictest_profile():
    assert default_rules().profile_of("something_new").minimum == 5
    assert default_rules().profile_of("pop_80_up_f").minimum == 3
    assert default_rules().profile_of("unemployed").minimum == 10


def test_negative_thresholds_are_refused():
    with pytest.raises(ValueError, match="not negative"):
        Profile("own", minimum=-1, width=3)


def test_rules_of_ones_own_take_effect():
    strict = Rules((Profile("other", 5, 5), Profile("youth_office", 10, 10)))
    status = release(table([8, 12, 17]), strict).values.set_index("unit")["status"]
    assert status.to_dict() == {"M-01": "suppressed", "M-02": "suppressed", "M-03": "observed", "M": "observed"}


def test_a_count_that_nothing_protects_stops_the_release(monkeypatch):
    monkeypatch.setattr("sozialraum.protection.door.hide", lambda system: Pattern(np.array([]), {}, (0,)))
    with pytest.raises(ReleaseRefused, match=r"Hilfen zur Erziehung.*: M-01, 31\.12\.2025") as refused:
        release(table([30, 12, 17]))
    assert refused.value.exit_code == 5
