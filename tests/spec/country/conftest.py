import pytest
from country_grids import AtOnce, small_country, write

from sozialraum.country import run


@pytest.fixture
def grid(tmp_path):
    return write(tmp_path / "grid.parquet", small_country())


@pytest.fixture
def at_once(monkeypatch):
    """Tasks are computed in this process."""
    executor = AtOnce()
    monkeypatch.setattr(run, "processes", executor.processes)
    return executor
