"""Its place puts this folder on the path, so that every test can use the invented village (village.py)."""

from pathlib import Path

import pytest

pytest_plugins = ["demo_fixtures", "report_fixtures"]
BROWSER = Path(__file__).parent / "browser"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Two processes share the tests file by file; those in the browser follow one another in one process."""
    for item in items:
        group = "browser" if BROWSER in item.path.parents else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))
