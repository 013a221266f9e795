"""A run that ends in the middle goes on where it was, and computes nothing twice."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from country_grids import contents, together, town, write

from sozialraum.base import Silent
from sozialraum.country import Rule, propose_country, run

DRAFT = Rule(effort="draft")
STANDARD = Rule(effort="standard")


class StopAfter(Silent):
    """The person stops at the n-th step."""

    def __init__(self, steps):
        self.steps = steps

    def step(self, done, total):
        self.steps -= 1
        if not self.steps:
            raise KeyboardInterrupt


class Steps(Silent):
    def __init__(self):
        self.steps = []

    def step(self, done, total):
        self.steps.append((done, total))


@pytest.fixture
def one_by_one(monkeypatch):
    monkeypatch.setattr(run, "CELLS_PER_TASK", 1)


def test_a_stopped_run_goes_on_where_it_was(grid, tmp_path, at_once, one_by_one):
    propose_country(grid, tmp_path / "whole", DRAFT)
    every, at_once.computed = at_once.computed, []
    with pytest.raises(KeyboardInterrupt):
        propose_country(grid, tmp_path / "out", DRAFT, progress=StopAfter(2))
    first, at_once.computed = at_once.computed, []
    assert 0 < len(first) < len(every)
    found = propose_country(grid, tmp_path / "out", DRAFT)
    assert sorted(first + at_once.computed) == sorted(every)  # nothing twice
    assert found.earlier == len(first)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_a_finished_run_has_nothing_left_to_do(grid, tmp_path, at_once):
    propose_country(grid, tmp_path / "out", DRAFT)
    before, at_once.computed = contents(tmp_path / "out"), []
    found = propose_country(grid, tmp_path / "out", DRAFT)
    assert at_once.computed == []
    assert (found.earlier, found.too_small, found.not_possible) == (4, 1, 1)
    assert contents(tmp_path / "out") == before


def test_a_too_small_municipality_whose_file_is_not_yet_there_is_made_up_for(grid, tmp_path, at_once):
    propose_country(grid, tmp_path / "out", DRAFT)
    before = contents(tmp_path / "out")
    (tmp_path / "out" / "01000001.parquet").unlink()  # killed between the reasons and the file
    assert propose_country(grid, tmp_path / "out", DRAFT).whole == 1
    assert contents(tmp_path / "out") == before


def test_what_was_half_written_is_removed(grid, tmp_path, at_once):
    propose_country(grid, tmp_path / "out", DRAFT)
    (tmp_path / "out" / ".part-05334002.parquet").write_bytes(b"PAR1")
    (tmp_path / "out" / "05334002.parquet").unlink()
    propose_country(grid, tmp_path / "out", DRAFT)
    assert not list((tmp_path / "out").glob(".part-*"))


def test_progress_goes_to_its_end_and_begins_where_the_run_begins(grid, tmp_path, at_once, one_by_one):
    with pytest.raises(KeyboardInterrupt):
        propose_country(grid, tmp_path / "out", DRAFT, progress=StopAfter(2))
    there = len(list((tmp_path / "out").glob("*.parquet")))
    steps = Steps()
    propose_country(grid, tmp_path / "out", DRAFT, progress=steps)
    assert there
    assert steps.steps[0][0] > 0
    assert steps.steps == sorted(steps.steps)
    assert steps.steps[-1] == (269, 269)


def many_towns():
    """Twenty towns of 900 cells: five tasks that take a few seconds together."""
    return together(*(town(f"{number:08d}", 30, 40, number) for number in range(1_000_001, 1_000_021)))


def command(grid, out, *more):
    return [sys.executable, "-m", "sozialraum.cli", "propose-country", str(grid), str(out), "--workers", "1", *more]


def start_until_first_result(grid, out, *more):
    process = subprocess.Popen(command(grid, out, *more), stderr=subprocess.PIPE, text=True, start_new_session=True)
    end = time.monotonic() + 60
    while not list(out.glob("*.parquet")):
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < end, "no result within a minute"
        time.sleep(0.02)
    return process


def alive(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def children(process):
    text = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True)
    return [int(number) for number in text.stdout.split()]


def identities(out):
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in out.glob("*.parquet")}


@pytest.mark.slow
def test_killed_and_stopped_runs_end_as_one_that_was_never_disturbed(tmp_path, at_once):
    grid, out = write(tmp_path / "grid.parquet", many_towns()), tmp_path / "out"

    killed = start_until_first_result(grid, out)
    workers = children(killed)
    killed.kill()
    killed.wait()
    first = identities(out)
    assert 0 < len(first) < 20
    deadline = time.monotonic() + 10
    while any(alive(number) for number in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(alive(number) for number in workers), "workers outlive their killed parent"

    # a second one is stopped by Ctrl-C, which reaches all its processes, as soon as it has begun to compute
    stopped = subprocess.Popen(command(grid, out), stderr=subprocess.PIPE, text=True, start_new_session=True)
    while "Zellen" not in stopped.stderr.readline():
        assert stopped.poll() is None
    os.killpg(stopped.pid, signal.SIGINT)
    said = stopped.communicate(timeout=30)[1]
    assert stopped.returncode == 130
    assert "Fertige Gemeinden bleiben erhalten" in said
    assert "Traceback" not in said
    second = identities(out)
    assert second.items() >= first.items()

    last = subprocess.run(command(grid, out, "--json"), capture_output=True, text=True, timeout=60)
    assert last.returncode == 0
    assert last.stderr == ""
    assert json.loads(last.stdout)["earlier"] == len(second)
    assert identities(out).items() >= second.items()
    propose_country(grid, tmp_path / "whole", STANDARD)
    assert contents(out) == contents(tmp_path / "whole")
