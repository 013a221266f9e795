"""One method on one instance in a process of its own, measured from inside.

    python -m benchmarks.regions.child REQUEST.json FOLDER

Writes FOLDER/result.json and the labels of the best plan (`any.npy`) and of the best that keeps the bounds
(`kept.npy`). The system ends the process when its processor time is used up; a plan found before stands.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.regions.instances import Instance, load
from benchmarks.regions.peers import PEERS, Stream, Task, spread

ENGINE = "sozialraum"  # methods of the engine are called `sozialraum EFFORT`
NONE = 1e9  # stands for "no plan within the bounds yet" in a file
MEMORY_LIMIT = 8 * 2**30  # bytes a method may ask for


@dataclass(frozen=True)
class Request:
    """instance : path of the file. kind : 'bounds', 'free' (no bounds) or 'plain' (neither bounds nor weights).
    budget : processor seconds for the search. small : path of a tiny instance solved first (engine only).
    """

    instance: str
    method: str
    kind: str
    budget: float
    seed: int
    small: str


def task_of(request: Request) -> Instance:
    instance = load(Path(request.instance))
    if request.kind == "free":
        return instance.without_bounds()
    return instance.unweighted() if request.kind == "plain" else instance


def engine(effort: str, task: Task) -> Any:
    """The plan of `sozialraum.delineation.partition` with a given effort."""
    from sozialraum.delineation import partition

    instance = task.instance
    return partition(
        instance.edges, instance.population, instance.values, areas=instance.areas,
        bounds=(instance.low, instance.high), seed=task.seed, effort=effort,
    )  # fmt: skip


def peak() -> int:
    """Largest memory of this process so far in KiB (not that of the process it was forked from)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def limit(budget: float) -> None:
    """Let the system end this process soon after `budget` more processor seconds."""
    seconds = int(time.process_time() + budget) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


def keeps_bounds(instance: Instance, labels: np.ndarray) -> bool:
    """Right number of areas, all persons within the bounds; the checker decides, this only chooses."""
    if labels.min() < 0 or len(np.unique(labels)) != instance.areas:
        return False
    persons = np.bincount(np.unique(labels, return_inverse=True)[1], instance.population)
    return bool(persons.min() >= instance.low * (1 - 1e-9) and persons.max() <= instance.high * (1 + 1e-9))


@dataclass
class Best:
    """The best plan so far and what it took; written at once, so that it outlives the end of the process.

    steps : at each improvement the processor seconds, the best spread, the best spread within the bounds.
    """

    folder: Path
    instance: Instance
    kept: float = np.inf
    anyhow: float = np.inf
    plans: int = 0
    steps: list[tuple[float, float, float]] = field(default_factory=list)

    def take(self, labels: np.ndarray, facts: dict[str, Any]) -> None:
        self.plans += 1
        worth = spread(self.instance, np.maximum(labels, 0))
        better = worth < self.anyhow
        if better:
            self.anyhow = worth
            np.save(self.folder / "any.npy", labels)
        if worth < self.kept and keeps_bounds(self.instance, labels):
            self.kept, better = worth, True
            np.save(self.folder / "kept.npy", labels)
        if better:
            self.steps.append((facts["cpu"], self.anyhow, min(self.kept, NONE)))
            facts = {**facts, "steps": self.steps}
            (self.folder / "result.json").write_text(json.dumps({**facts, "plans": self.plans}), encoding="utf-8")


def run_peer(request: Request, folder: Path) -> None:
    task = Task(task_of(request), request.seed)
    stream: Stream = PEERS[request.method](task)
    limit(request.budget)
    measure(request.budget, stream, Best(folder, task.instance))


def measure(budget: float, stream: Stream, best: Best) -> None:
    """Take plans until the stream ends or one more would not fit into the budget."""
    began, before, longest, last = time.process_time(), peak(), 0.0, 0.0
    for labels in stream:
        now = time.process_time() - began
        longest, last = max(longest, now - last), now
        best.take(labels, {"cpu": now, "mib": (peak() - before) / 1024})
        if now + longest > budget:
            break


def run_engine(request: Request, folder: Path) -> None:
    effort = request.method.removeprefix(f"{ENGINE} ")
    small = Task(load(Path(request.small)), request.seed)
    engine("draft" if effort == "draft" else "standard", small)
    first_call, before = time.process_time(), peak()
    task = Task(task_of(request), request.seed)
    limit(request.budget)
    began = time.process_time()
    plan = engine(effort, task)
    facts = {"cpu": time.process_time() - began, "mib": (peak() - before) / 1024, "first_call": first_call}
    facts |= {"ssd": plan.ssd, "lower_bound": plan.lower_bound, "gap": plan.gap, "proof": plan.proof}
    facts |= {"report": json.loads(json.dumps(plan.report, default=str))}
    Best(folder, task.instance).take(plan.labels, facts)


def main() -> None:
    request = Request(**json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    run: Callable[[Request, Path], None] = run_engine if request.method.startswith(ENGINE) else run_peer
    run(request, Path(sys.argv[2]))


if __name__ == "__main__":
    main()
