"""Its place puts this folder on the path, so that every test can use the invented village (village.py)."""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

pytest_plugins = ["demo_fixtures", "report_fixtures"]


class FileByFile(LoadScopeScheduling):
    """Two processes share the tests file by file; those in the browser follow one another in one process."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else nodeid.split("::", 1)[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FileByFile:
    return FileByFile(config, log)
