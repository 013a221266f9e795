import pytest

from sozialraum.base import Status, Value, add, weakest


def test_a_sum_adds_the_bounds_and_takes_the_weakest_status():
    known = Value(12, 12, Status.OBSERVED)
    hidden = Value(1, 9, Status.SUPPRESSED)
    assert add([known, hidden]) == Value(13, 21, Status.SUPPRESSED)


def test_a_missing_part_leaves_the_sum_without_a_number():
    total = add([Value(12, 12, Status.OBSERVED), Value(None, None, Status.MISSING)])
    assert (total.low, total.status) == (None, Status.MISSING)


def test_zero_is_observed_and_not_missing():
    assert Value(0, 0, Status.OBSERVED).is_exact
    assert add([]).status == Status.MISSING


@pytest.mark.parametrize(
    ("low", "high", "status"),
    [(None, None, "observed"), (3, 3, "missing"), (5, 3, "rounded"), (None, 3, "suppressed"), (2, 2, "blocked")],
)
def test_bounds_that_contradict_the_status_are_refused(low, high, status):
    with pytest.raises(ValueError, match=r"low|bounds"):
        Value(low, high, Status(status))


def test_the_weakest_status_of_nothing_is_missing():
    assert weakest([]) == Status.MISSING
    assert weakest(["observed", "rounded", "estimated"]) == Status.ESTIMATED
