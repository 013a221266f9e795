"""Who computes is of no consequence for the areas: this process, several processes, a cluster that loses one.

(One process is compared with none where runs are interrupted.)
"""

import os
import signal

import pytest
from country_grids import AtOnce, contents, together, town, write

from sozialraum.base import Silent
from sozialraum.country import Rule, propose_country, run

STANDARD = Rule(effort="standard", seed=5)


@pytest.fixture
def many_tasks(monkeypatch):
    monkeypatch.setattr(run, "CELLS_PER_TASK", 400)


def dozen():
    """A dozen towns of 400 cells and 12,000 inhabitants, some in two parts."""
    return together(*(town(f"{n:08d}", 20, 30, n, gap=3 * (n % 2)) for n in range(5_000_001, 5_000_013)))


@pytest.mark.slow
def test_two_processes_give_the_files_of_none(tmp_path, many_tasks, monkeypatch):
    grid = write(tmp_path / "grid.parquet", dozen())
    propose_country(grid, tmp_path / "two", STANDARD, workers=2)
    monkeypatch.setattr(run, "processes", AtOnce().processes)
    propose_country(grid, tmp_path / "none", STANDARD)
    assert len(list((tmp_path / "none").glob("*.parquet"))) == 12
    assert contents(tmp_path / "two") == contents(tmp_path / "none")


class KillOneOnTheWay(Silent):
    """Ends one worker process of the cluster for good when the first results are there."""

    def __init__(self, cluster):
        self.cluster, self.killed = cluster, 0

    def step(self, done, total):
        if 0 < done < total and not self.killed:
            self.killed = self.cluster.workers[0].pid
            os.kill(self.killed, signal.SIGKILL)


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_gives_the_same_files(tmp_path, many_tasks, at_once):
    distributed = pytest.importorskip("distributed")
    grid = write(tmp_path / "grid.parquet", dozen())
    propose_country(grid, tmp_path / "here", STANDARD)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, local_directory=str(tmp_path)
    ) as cluster:
        assert len(cluster.workers) == 2
        progress = KillOneOnTheWay(cluster)
        propose_country(grid, tmp_path / "there", STANDARD, scheduler=cluster.scheduler_address, progress=progress)
    assert progress.killed
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
