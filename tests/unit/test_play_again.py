"""Which failed tests the check of a change plays once more, and when that counts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AGAIN = "::: unsteady, played once more: tests/browser/test_one.py"
UNSTEADY = """
from pathlib import Path

def test_unsteady():
    before = Path("before")
    if not before.exists():
        before.touch()
        {first}
    {then}
"""
FAILS = "def test_fails():\n    assert False\n"


def run(folder: Path, browser: str, unit: str = "def test_passes():\n    pass\n") -> tuple[int, str]:
    """The exit code and what was printed, for one file of tests in the browser and one of others."""
    for name, text in (("browser/test_one.py", browser), ("unit/test_two.py", unit)):
        path = folder / "tests" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -n 2 -p no:cacheprovider\n", encoding="utf-8")
    own = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    command = [sys.executable, "-m", "tools.play_again", "-q"]
    done = subprocess.run(
        command, cwd=folder, env=own | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120
    )
    return done.returncode, done.stdout


def unsteady(first: str, then: str = "pass") -> str:
    return UNSTEADY.format(first=first, then=then)


def test_a_test_in_the_browser_that_passes_alone_is_named_and_counts_as_passed(tmp_path: Path) -> None:
    code, said = run(tmp_path, unsteady("assert False"))
    assert code == 0
    assert f"{AGAIN}\ntests/browser/test_one.py::test_unsteady\n" in said


def test_one_that_fails_again_counts_as_failed(tmp_path: Path) -> None:
    code, said = run(tmp_path, FAILS)
    assert code == 1
    assert AGAIN in said


def test_one_that_is_left_out_the_second_time_counts_as_failed(tmp_path: Path) -> None:
    code, said = run(tmp_path, unsteady("assert False", "import pytest; pytest.skip('no browser')"))
    assert code == 1
    assert AGAIN in said


@pytest.mark.parametrize(
    ("browser", "unit"),
    [
        pytest.param(unsteady("assert False"), FAILS, id="another test failed too"),
        pytest.param(unsteady("import os; os._exit(3)"), "", id="a process died"),
        pytest.param("import nothing_of_that_name\n", "", id="a file cannot be read"),
    ],
)
def test_nothing_else_is_played_again(tmp_path: Path, browser: str, unit: str) -> None:
    code, said = run(tmp_path, browser, unit)
    assert code != 0
    assert "played once more" not in said
