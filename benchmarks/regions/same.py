"""The same labels whatever the processor, and with nothing compiled at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.regions.child import ENGINE, Request
from benchmarks.regions.instances import first_task, generate, save
from benchmarks.regions.runs import run

WAYS = {"host": {}, "generic": {"NUMBA_CPU_NAME": "generic"}, "not compiled": {"NUMBA_DISABLE_JIT": "1"}}
# (instance, effort, whether it is small enough to run without compiling)
CASES = (
    ("columbus49", "standard", True),
    ("syracuse", "draft", True),
    ("ny281", "standard", False),
    ("cells1k", "standard", False),
    ("cells20000", "draft", False),
)
BUDGET = 600.0


@dataclass(frozen=True)
class SameLabels:
    """Fingerprints of the labels of one task by the way it was run; '' where it was not."""

    instance: str
    effort: str
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def equal(self) -> bool:
        return len({text for text in self.labels.values() if text}) == 1

    def row(self) -> list[str]:
        return [self.instance, self.effort, *(self.labels.get(way, "") or "not run" for way in WAYS)]


def compare(folder: Path, data: Path) -> list[SameLabels]:
    """Run every case in every way, each in its own process."""
    small = str(save(first_task(), folder))
    found = []
    for name, effort, tiny in CASES:
        path = data / "instances" / f"{name}.npz"
        if not path.is_file():
            path = save(generate(int(name.removeprefix("cells")), 1), folder)
        request = Request(str(path), f"{ENGINE} {effort}", "bounds", BUDGET, 1, small)
        ways = [way for way in WAYS if tiny or way != "not compiled"]
        found.append(SameLabels(name, effort, {way: run(request, extra=WAYS[way]).labels for way in ways}))
    return found
