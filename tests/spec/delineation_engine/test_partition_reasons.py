"""Why there is no plan: every reason at once, in sentences with the name, the place, the persons and the limit."""

from __future__ import annotations

import re

import numpy as np
import pytest

from sozialraum.base import UsageError
from sozialraum.delineation import DelineationError, NoPlanFound, NoPlanPossible, partition

# 0-1-2-3 in a row, 4-5 an island in the west with 640 inhabitants
EDGES = np.array([[0, 1], [1, 2], [2, 3], [4, 5]])
PEOPLE = np.array([900, 800, 700, 1000, 400, 240])
VALUES = np.arange(6.0)[:, None]
PLACES = np.array([[10, 0], [11, 0], [12, 0], [13, 0], [0, 0], [1, 0]])


def reasons(people=PEOPLE, edges=EDGES, **options) -> tuple[str, ...]:
    options = {"areas": 2, "bounds": (700, 8500), "name": "Roetgen"} | options
    with pytest.raises(NoPlanPossible) as caught:
        partition(edges, people, np.arange(float(len(people)))[:, None], **options)
    assert str(caught.value).count("\n") == len(caught.value.reasons)
    return caught.value.reasons


def test_an_island_that_is_too_small_is_named_with_its_place_and_persons():
    (reason,) = reasons(centres=PLACES)
    assert reason.startswith("Roetgen: ")
    assert "westliche Teil" in reason
    assert re.search(r"\b640\b", reason)
    assert re.search(r"\b700\b", reason)


def test_without_places_the_island_is_named_by_a_block():
    (reason,) = reasons(blocks=list("ABCDEF"))
    assert re.search(r"\b[EF]\b", reason)
    assert "640" in reason


def test_a_bridge_takes_the_reason_away():
    bridged = np.vstack([EDGES, [[3, 4]]])
    found = partition(bridged, PEOPLE, VALUES, areas=2, bounds=(700, 8500))
    assert len(np.unique(found.labels)) == 2


def test_an_island_that_no_number_of_areas_fits_is_named():
    people = np.array([900, 800, 700, 1000, 400, 700])
    (reason,) = reasons(people, bounds=(600, 1000), areas=5, blocks=list("ABCDEF"))
    assert "1.100" in reason
    assert re.search(r"\b[EF]\b", reason)


def test_more_parts_than_areas_are_refused_with_numbers_a_person_can_use():
    (reason,) = reasons(bounds=(0, np.inf), areas=1)
    assert re.search(r"\b2 Teile\b", reason)
    assert max(int(figure) for figure in re.findall(r"\d+", reason)) <= len(PEOPLE)


def test_every_block_that_is_too_large_is_named_with_the_limit():
    found = reasons(bounds=(0, 850), areas=6, blocks=list("ABCDEF"))
    assert len(found) == 2
    for block, people in (("A", "900"), ("D", "1.000")):
        assert any(block in r and people in r and "850" in r for r in found)


def test_locks_that_are_too_large_together_are_named():
    found = reasons(edges=np.vstack([EDGES, [[3, 4]]]), bounds=(100, 1650), areas=4, locks=[0, 0, -1, -1, -1, -1])
    assert any("1.700" in r and "1.650" in r for r in found)


def test_locks_that_cannot_meet_are_named():
    bridged = np.vstack([EDGES, [[3, 4]]])
    found = reasons(edges=bridged, bounds=(0, np.inf), areas=3, locks=[0, 1, 0, -1, -1, -1], blocks=list("ABCDEF"))
    assert any("festgehalten" in r and "A" in r for r in found)


def test_locks_on_two_islands_cannot_meet():
    found = reasons(bounds=(0, np.inf), areas=2, locks=[0, -1, -1, -1, 0, -1])
    assert any("festgehalten" in r for r in found)


def test_more_groups_of_locks_than_areas_are_refused():
    assert reasons(bounds=(0, np.inf), areas=2, locks=[0, 1, 2, -1, -1, -1])


def test_every_reason_at_once():
    people = np.array([900, 800, 700, 1000, 400, 240])
    found = reasons(people, bounds=(700, 950), areas=2, locks=[0, 0, -1, -1, -1, -1])
    assert all(reason.startswith("Roetgen: ") for reason in found)
    for figures in (("640", "700"), ("1.000", "950"), ("1.700", "950"), ("4.040", "950")):
        assert any(all(figure in reason for figure in figures) for reason in found), (figures, found)


def test_bounds_the_wrong_way_round_are_refused_in_a_sentence():
    (reason,) = reasons(bounds=(900, 800))
    assert "900" in reason
    assert "800" in reason


def chequered() -> dict:
    """100 blocks of two inhabitants each; eight areas of 25 cannot be, but no rule of thumb says so."""
    place = np.arange(100).reshape(10, 10)
    across = np.stack([place[:, :-1].ravel(), place[:, 1:].ravel()], axis=1)
    down = np.stack([place[:-1].ravel(), place[1:].ravel()], axis=1)
    return {
        "edges": np.vstack([across, down]),
        "population": np.full(100, 2),
        "values": np.sin(place.ravel())[:, None],
        "areas": 8,
        "bounds": (25, 25),
    }


def test_a_search_without_success_shows_its_best_try():
    with pytest.raises(NoPlanFound) as caught:
        partition(**chequered(), name="Roetgen")
    error = caught.value
    assert len(error.labels) == 100
    numbers = np.unique(error.labels)
    persons = {int(area): 2 * int((error.labels == area).sum()) for area in numbers}
    assert sorted(error.areas_out_of_bounds) == [area for area, people in persons.items() if people != 25]
    assert "Roetgen" in str(error)


def test_both_errors_are_of_one_kind():
    assert issubclass(NoPlanPossible, DelineationError)
    assert issubclass(NoPlanFound, DelineationError)
    assert not issubclass(NoPlanFound, NoPlanPossible)


FAULTS = [
    # argument, given, word in the message
    ({"weights": [1, 1]}, "weights"),
    ({"weights": [1, 1, 1, -1, 1, 1]}, "weights"),
    ({"locks": [0, 0, 0]}, "locks"),
    ({"locks": [-2, 0, 0, 0, 0, 0]}, "locks"),
    ({"start": [0]}, "start"),
    ({"edge_costs": [0.0]}, "edge_costs"),
    ({"edge_costs": [0.0, np.nan, 0.0, 0.0]}, "edge_costs"),
    ({"change_cost": -1.0}, "change_cost"),
    ({"change_cost": np.nan}, "change_cost"),
    ({"effort": "schnell"}, "effort"),
    ({"edges": [[0, 6]]}, "edges"),
    ({"edges": [[-1, 2]]}, "edges"),
    ({"population": [1, 1, 1, 1, 1, -1]}, "population"),
    ({"population": [1, 1, 1, 1, 1, np.nan]}, "population"),
    ({"population": [1, 1]}, "values"),
    ({"values": [[0.0], [np.nan], [0.0], [0.0], [0.0], [0.0]]}, "values"),
    ({"values": [[0.0], [1.0]]}, "values"),
    ({"bounds": (np.nan, 10)}, "bounds"),
]


@pytest.mark.parametrize(("wrong", "word"), FAULTS, ids=[f"{next(iter(w))}-{i}" for i, (w, _n) in enumerate(FAULTS)])
def test_wrong_arrays_are_a_fault_of_the_caller(wrong, word):
    given = {"edges": EDGES, "population": PEOPLE, "values": VALUES, "areas": 2, "bounds": (0, np.inf)}
    with pytest.raises(UsageError, match=word):
        partition(**(given | wrong))


def test_all_faults_are_named_at_once():
    with pytest.raises(UsageError) as caught:
        partition(EDGES, PEOPLE, VALUES, areas=2, bounds=(0, 9999), weights=[1], locks=[0], start=[1], edge_costs=[1.0])
    for word in ("weights", "locks", "start", "edge_costs"):
        assert word in str(caught.value)
