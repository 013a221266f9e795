"""Killed at any moment, the last complete state stands (`benchmarks/kill_test.py` does this with the commands)."""

import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest
from project_world import (
    WHEN,
    add_layers,
    fingerprint,
    full_project,
    some_counts,
    some_impulses,
    some_reading,
    village_plan,
    write_delivery,
    write_report,
)
from sqlalchemy import event

from sozialraum.project import Project, files, project, store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")


def in_a_child(work, seconds=None):
    """Run `work` in a forked process and kill it after some seconds; True when it was killed."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def everything(folder: Path, rows: int = 300) -> None:
    """A life of a project, from nothing to a release; goes on where an earlier run was killed."""
    with Project.open(folder) if Project.exists(folder) else Project.create(folder, name="Musterkreis") as opened:
        if opened.blocks().empty:
            add_layers(opened)
        for number in range(2):
            file = write_delivery(folder.parent, f"Lieferung {number}\n", f"Lieferung {number}.csv")
            opened.add_delivery(file, some_reading(rows), WHEN)
        opened.save_plan(village_plan())
        opened.save_results(
            {"released_counts": some_counts(), "impulses": some_impulses()}, {"index": {"reference": 1}}
        )
        opened.save_impulse_decision("i1", state="confirmed", decided_on="2026-02-01")
        if opened.releases().empty:
            opened.add_release(write_report, created=WHEN)


def stands(folder: Path) -> int:
    """Assert that what is there is a complete state; returns how far it got (number of events)."""
    if not Project.exists(folder):
        assert Project.is_free(folder)
        return 0
    assert Project.check(folder) == []
    with Project.open(folder) as opened:
        there = opened.deliveries()
        assert len(opened.observations()) == there.loc[there["in_force"], "rows_read"].sum()
        # a replaced delivery that comes again has a row of its own and the same file
        assert {path.name for path in (folder / "deliveries").iterdir()} == set(there["stored_name"])
        assert sorted(path.name for path in (folder / "releases").iterdir()) == sorted(opened.releases()["release_id"])
        assert not list(folder.glob(".part-*"))
        return len(opened.events())


def die_at(step: int) -> None:
    """Kill this process at its n-th step: before and after each commit, sync and rename."""
    left = step

    def count(*_arguments, **_named):
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(function):
        def wrapped(*arguments, **named):
            count()
            done = function(*arguments, **named)
            count()
            return done

        return wrapped

    def open_counted(*arguments, **named):
        engine = store.__dict__["open_engine"](*arguments, **named)
        event.listen(engine, "commit", count)
        return engine

    files.flush, os.replace, Path.rename = counted(files.flush), counted(os.replace), counted(Path.rename)
    project.opening.open_engine = open_counted


def test_killed_at_each_step_of_each_operation(tmp_path):
    reached = []
    for step in range(1, 200):
        folder = tmp_path / str(step) / "p"
        folder.parent.mkdir()
        killed = in_a_child(lambda step=step, folder=folder: (die_at(step), everything(folder)))
        reached.append(stands(folder))
        shutil.rmtree(folder.parent)
        if not killed:
            break
    assert not killed, "the last run came to its end"
    assert len(reached) > 30
    assert reached == sorted(reached), "later steps never leave less"
    assert set(reached) == set(range(9)), "every state between two operations was met"


def test_a_life_lived_twice_leaves_one_file_a_delivery(tmp_path):
    for _time in range(2):
        everything(tmp_path / "p")
    assert stands(tmp_path / "p") >= 8


def test_killed_at_random_moments_and_taken_up_again(tmp_path):
    chance = random.Random(2026)
    start = time.monotonic()
    in_a_child(lambda: everything(tmp_path / "whole", 20_000))
    whole = time.monotonic() - start
    for number in range(10):
        folder = tmp_path / str(number) / "p"
        folder.parent.mkdir()
        in_a_child(lambda folder=folder: everything(folder, 20_000), chance.uniform(0, whole))
        stands(folder)
        assert not in_a_child(lambda folder=folder: everything(folder, 20_000))
        assert stands(folder) >= 8
        shutil.rmtree(folder.parent)


def die_in_the_middle_of_a_transaction(folder: Path) -> None:
    """Leave a half-written file with the journal that takes it back."""
    with Project.open(folder) as opened, store.writing(opened._engine) as connection:
        connection.exec_driver_sql("PRAGMA cache_size = 5")
        connection.exec_driver_sql("UPDATE observations SET low = low + 1, cell = cell || cell")
        connection.exec_driver_sql("DELETE FROM plan_blocks WHERE block_id > '05999004-D'")
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_transaction_cut_off_is_taken_back(tmp_path):
    folder = tmp_path / "p"
    full_project(folder).close()
    with Project.open(folder) as opened:
        opened.add_delivery(write_delivery(tmp_path, "viele"), some_reading(20_000), WHEN)
        before = opened.observations()
    assert in_a_child(lambda: die_in_the_middle_of_a_transaction(folder))
    assert (folder / "project.gpkg-journal").stat().st_size > 0, "the file is half-written"
    touched = fingerprint(folder)
    assert Project.check(folder) == []
    Project.backup(folder, tmp_path / "b.zip")
    assert fingerprint(folder) == touched, "looking changes nothing, not even the half-written file"
    with Project.open(folder) as opened:
        assert opened.observations().equals(before)
        assert len(opened.plan().assignment) == 12
    Project.restore(tmp_path / "b.zip", tmp_path / "q")
    with Project.open(tmp_path / "q") as opened:
        assert opened.observations().equals(before)
