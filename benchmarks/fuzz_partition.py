"""Solve very many small tasks made by chance while every access to memory is checked, and judge each answer.

    python benchmarks/fuzz_partition.py --minutes 15
    python benchmarks/fuzz_partition.py --tasks 500 --plain

The first compiles the kernels anew with checks of every array's limits, into a folder of their own. --plain runs them
without the compiler and refuses places counted from the end too, which numpy and the compiler take silently. Tasks
belong to their numbers (`mixed_task` of `tests/delineation_tasks.py`) and run in processes of their own, so that the
end of one is seen. Few tries per task: memory and rules are tested here, not the quality of plans. A fault is an
exception that callers do not expect, a plan that breaks a rule, or, with up to seven blocks, another answer than that
of all plans listed one by one. Prints tasks and faults; exit code 0 when there are none, else 1.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import replace
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BATCH = 500  # tasks per process
PATIENCE = 900.0  # seconds for a batch, compiling included
LISTED = 7  # blocks up to which all plans are listed
LARGE, EVERY = 90, 12  # one in so many tasks has up to so many blocks


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--minutes", type=float, default=1e9, help="begin no batch after so many")
    parser.add_argument("--tasks", type=int, default=10**9, help="solve so many")
    parser.add_argument("--first", type=int, default=0, help="number of the first task")
    parser.add_argument("--plain", action="store_true", help="without the compiler, in this process")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child or options.plain:
        return solve_all(options.first, options.first + options.tasks, options.plain, 60 * options.minutes)
    begin, number, faults = time.monotonic(), options.first, 0
    last = options.first + options.tasks
    with tempfile.TemporaryDirectory(prefix="fuzz-") as place:
        while number < last and time.monotonic() - begin < 60 * options.minutes:
            number, lines = batch(number, min(number + BATCH, last), Path(place))
            faults += len(lines)
            print("\n".join([*lines, f"{number - options.first} tasks, {faults} faults"]), flush=True)
    return 1 if faults else 0


def batch(first: int, last: int, place: Path) -> tuple[int, list[str]]:
    """Solve tasks in a process of its own; the number to go on with, and the faults found."""
    command = [sys.executable, __file__, "--child", "--first", str(first), "--tasks", str(last - first)]
    environment = os.environ | {"NUMBA_BOUNDSCHECK": "1", "NUMBA_CACHE_DIR": str(place / "kernels")}
    output = place / "output.txt"
    with output.open("w") as stream:
        try:
            code = subprocess.run(command, stdout=stream, stderr=stream, env=environment, timeout=PATIENCE).returncode
            end = f"the process ended with code {code}"
        except subprocess.TimeoutExpired:
            code, end = -1, f"no end after {PATIENCE:.0f} s"
    lines = output.read_text(errors="replace").splitlines()
    begun = [int(line.split()[1]) for line in lines if line.startswith("begin ")]
    faults = [line for line in lines if line.startswith("task ")]
    if code in (0, 1) and begun and begun[-1] == last - 1:
        return last, faults
    stopped = begun[-1] if begun else first
    return stopped + 1, [*faults, f"task {stopped}: {end}", *lines[-3:]]


def solve_all(first: int, last: int, plain: bool, seconds: float) -> int:
    """Solve tasks in this process and print the faults."""
    sys.path.insert(0, str(ROOT / "tests"))
    if plain:
        from delineation_strict import watch

        watch()
    few_tries(300 if plain else 5_000, 11 if plain else 30)
    begin, found, done = time.monotonic(), 0, 0
    for number in range(first, last):
        if time.monotonic() - begin > seconds:
            break
        if not plain:
            print(f"begin {number}", flush=True)
        fault = fault_of(number, large=not plain and number % EVERY == 0)
        done += 1
        if fault:
            found += 1
            print(f"task {number}: {fault}", flush=True)
    if plain:
        print(f"{done} tasks, {found} faults")
    return 1 if found else 0


def few_tries(least: int, runs: int) -> None:
    """Shorten every effort of the search in this process."""
    search = import_module("sozialraum.delineation.search")
    work = import_module("sozialraum.delineation.partition").PAIR_WORK

    for name, effort in search.EFFORTS.items():
        few = min(effort.runs[0], runs)
        search.EFFORTS[name] = replace(effort, tries=min(effort.tries, 40), least=least, runs=(few, few, few, few))
    work.update(dict.fromkeys(work, 20_000))


def fault_of(number: int, large: bool) -> str:
    """What is wrong with the engine's answer to one task, '' when nothing is."""
    from brute_force import all_plans, faults, figures
    from delineation_tasks import mixed_task
    from sozialraum.base import UsageError
    from sozialraum.delineation import DelineationError, NoPlanPossible, partition

    task, areas, effort = mixed_task(number, LARGE) if large else mixed_task(number)
    plans = all_plans(task, areas) if len(task.population) <= LISTED else None
    try:
        found = partition(areas=areas, effort=effort, **task.arguments)
    except (DelineationError, UsageError) as error:
        wrong = "called impossible" if isinstance(error, NoPlanPossible) else "not found"
        return f"{wrong}, but there are {len(plans)} plans" if plans else ""
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {error} ({Path(where.filename).name}, line {where.lineno})"
    broken = faults(task, found.labels, areas)
    if broken or plans == []:
        return "; ".join(broken or ["a plan where there is none"])
    if task.start is not None and (task.start < 0).any():
        return ""  # the judge knows no blocks without an old area
    if abs(found.objective - figures(task, found.labels).objective) > 1e-6:
        return f"objective {found.objective}, measured {figures(task, found.labels).objective}"
    if plans and found.proof == "optimal" and found.objective > plans[0].objective + 1e-6:
        return f"called optimal with {found.objective}, but {plans[0].objective} is possible"
    return ""


if __name__ == "__main__":
    sys.exit(main())
