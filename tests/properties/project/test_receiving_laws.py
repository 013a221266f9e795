"""Laws of deliveries: withdrawn is as if never delivered, taken over twice is once, the last of a kind holds."""

import tempfile
from pathlib import Path

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from receiving_village import Office, project_in, register, taken
from sozialraum import workflow
from sozialraum.project import Project
from sozialraum.project.tables import RESULTS

numbers = st.tuples(st.integers(0, 360), st.integers(0, 120))


def results(project):
    """All results after computing, without the keys of what they came from."""
    workflow.compute(project)
    return {name: project.results(name) for name in RESULTS}


def same(ours, theirs):
    assert ours.keys() == theirs.keys()
    for name, frame in ours.items():
        pd.testing.assert_frame_equal(frame, theirs[name])


@settings(max_examples=3, deadline=None)
@given(numbers, st.booleans())
def test_withdrawn_and_computed_again_is_as_if_never_delivered(care, computed_between):
    with tempfile.TemporaryDirectory() as place:
        here = Path(place)
        people = register(here / "einwohner.csv")
        with project_in(here / "a") as never:
            workflow.deliver(never, people)
            expected = results(never)
        with project_in(here / "b") as project:
            workflow.deliver(project, people)
            delivery = taken(project, Office(care=care).write(here / "jugendamt.xlsx"))
            if computed_between:
                workflow.compute(project)
            workflow.withdraw(project, delivery.delivery_id, "Irrtum")
            assert project.results_are_stale() == computed_between
            same(results(project), expected)
            assert workflow.withdrawn_in_use(project) == []


@settings(max_examples=3, deadline=None)
@given(st.lists(numbers, min_size=1, max_size=4))
def test_the_last_file_of_a_kind_holds_and_twice_is_once(cares):
    with tempfile.TemporaryDirectory() as place:
        here = Path(place)
        with project_in(here / "a") as project:
            for number, care in enumerate(cares):
                file = Office(care=care).write(here / f"{number}.xlsx")
                if workflow.receive(project, file).state != "unchanged":
                    taken(project, file)
                before = (project.observations(), len(project.deliveries()), len(project.events()))
                assert workflow.receive(project, file).state == "unchanged"
                workflow.deliver(project, file)
                assert project.observations().equals(before[0])
                assert (len(project.deliveries()), len(project.events())) == before[1:]
            values = project.observations()
            areas = values[values["geography"].str.startswith("plan:") & (values["feature"] == "care_03_06")]
            assert tuple(areas["low"]) == cares[-1]
            assert int(project.deliveries()["in_force"].sum()) == 1
        assert Project.check(here / "a") == []
