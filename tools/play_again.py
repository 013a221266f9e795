"""Run the tests; where only tests in the browser failed, play their files once more, alone.

python -m tools.play_again [options of pytest]

Ends with 0 when everything passed, or when every test that failed passed the second time. A file that cannot be read, a
process that died and a failed test anywhere else are never played again.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import pytest

BROWSER = "tests/browser/"
PHASES = {"setup", "call", "teardown"}


class Seen:
    """What became of the tests. broken : more than a test went wrong."""

    def __init__(self) -> None:
        self.failed: list[str] = []
        self.passed: set[str] = set()
        self.broken = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and report.nodeid not in self.failed:
            self.failed.append(report.nodeid)
        if report.when not in PHASES:  # so is told that a worker died during a test
            self.broken = True
        elif report.when == "call" and report.passed:
            self.passed.add(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.broken = self.broken or report.failed

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object, error: object) -> None:
        self.broken = self.broken or bool(error)

    @property
    def may_be_played_again(self) -> bool:
        return not self.broken and bool(self.failed) and all(name.startswith(BROWSER) for name in self.failed)


def played(arguments: Sequence[str]) -> tuple[int, Seen]:
    seen = Seen()
    plugins: list[Any] = [seen]
    return int(pytest.main(list(arguments), plugins=plugins)), seen


def main(arguments: Sequence[str]) -> int:
    code, first = played(arguments)
    if code != pytest.ExitCode.TESTS_FAILED or not first.may_be_played_again:
        return code
    files = list(dict.fromkeys(name.split("::")[0] for name in first.failed))
    print(f"::: unsteady, played once more: {', '.join(files)}")
    print("\n".join(first.failed), flush=True)
    again, second = played(["-q", "-n", "0", *files])
    if again == pytest.ExitCode.OK and second.passed.issuperset(first.failed):
        print("::: passed when played alone")
        return 0
    return again or code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
