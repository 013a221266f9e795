"""Killed while files are received, taken over, put back or deleted: rows and files fit together afterwards."""

import shutil
import sys
from unittest.mock import patch

import pytest
from project_world import WHEN, new_project, some_reading, write_delivery
from test_project_kill import die_at, in_a_child

from sozialraum.project import Project, receiving
from sozialraum.project.delivered import About, Taking
from sozialraum.project.opening import placed_paths
from sozialraum.project.store import reading

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")


def traffic(folder):
    """Two files come, the second answers the first; it becomes personal; a third is put back; a fourth expires."""
    with Project.open(folder) as opened:
        place = folder.parent
        first = opened.keep_review(write_delivery(place, "eins", "1.csv"))
        second = opened.keep_review(write_delivery(place, "zwei", "2.csv"))
        taking = Taking(closes=(second.review_id, first.review_id))
        key, _replaced = opened.take_delivery(place / "2.csv", some_reading(), WHEN, taking)
        opened.describe_delivery(key, About("personal"))
        third = opened.keep_review(write_delivery(place, "drei", "3.csv"))
        opened.remove_review(third.review_id)
        due = Taking(About(delete_on="2099-01-01"))
        opened.take_delivery(write_delivery(place, "vier", "4.csv"), some_reading(), WHEN, due)
        with patch.object(receiving, "this_day", return_value="2099-01-01"):
            opened.delete_due("2099-01-01")


def stands(folder):
    """Assert that files and rows fit together; returns the number of events."""
    assert Project.check(folder) == []
    with Project.open(folder) as opened:
        with reading(opened._engine) as connection:
            placed = {path for path in placed_paths(connection) if path.startswith("deliveries/")}
        assert {f"deliveries/{path.name}" for path in (folder / "deliveries").iterdir()} == placed
        return len(opened.events())


def test_killed_at_each_step_of_the_traffic(tmp_path):
    start = tmp_path / "start"
    new_project(start).close()
    before, reached = len_of(start), []
    for step in range(1, 200):
        folder = tmp_path / str(step) / "p"
        shutil.copytree(start, folder)
        killed = in_a_child(lambda step=step, folder=folder: (die_at(step), traffic(folder)))
        reached.append(stands(folder) - before)
        shutil.rmtree(folder.parent)
        if not killed:
            break
    assert not killed, "the last run came to its end"
    assert reached == sorted(reached)
    assert set(reached) == set(range(9))


def len_of(folder):
    with Project.open(folder) as opened:
        return len(opened.events())
