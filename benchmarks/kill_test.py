"""Kill commands at random moments and see whether the project is whole each time.

    python benchmarks/kill_test.py --times 100

Runs `demo`, `deliver`, `propose` and a revision in turn as processes of their own and ends each with
SIGKILL at a random moment of its usual duration; then `sozialraum check` has to be clean. A killed demo is
taken up again by the next one, so that the kills reach every stage. The revision moves blocks, takes steps
back, repeats them, comments, submits and decides; after a kill every step it said was written has to be
there. Exit code 0 when all were clean, else 1.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

COMMANDS = ("demo", "deliver", "propose", "revise")
# A demo from nothing takes somewhat longer; one that is taken up again reaches its end.
DEMO_SECONDS = 30.0
PROJECT = "project.gpkg"


@dataclass
class Trial:
    """What the kills work on: prepared files and projects, and how long each command usually takes."""

    place: Path
    chance: random.Random
    seconds: dict[str, float] = field(default_factory=dict)
    demos: int = 0

    @property
    def base(self) -> Path:
        return self.place / "base"

    @property
    def base_with_plan(self) -> Path:
        return self.place / "base-with-plan"

    @property
    def delivery(self) -> Path:
        return next((self.place / "files").glob("einwohnerbestand_*"))


@dataclass(frozen=True)
class Outcome:
    """One command: whether it was killed, what it was in the middle of, and what is wrong afterwards ('' = clean)."""

    command: str
    after: float
    killed: bool
    half_written: bool
    fault: str


def sozialraum(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "sozialraum.cli", *map(str, arguments)]


def run(*arguments: str | Path) -> float:
    """Run a command to its end and return its seconds; raises SystemExit when it fails."""
    start = time.monotonic()
    done = subprocess.run(sozialraum(*arguments), capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, arguments))}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return time.monotonic() - start


def prepare(place: Path, seed: int) -> Trial:
    """The demo's files, a project with blocks and one delivery, and the usual seconds of deliver and propose."""
    from sozialraum import demo

    trial = Trial(place, random.Random(seed), {"demo": DEMO_SECONDS})
    (place / "files").mkdir()
    demo.write_first_files(demo.build_world(), place / "files")
    run("new", trial.base)
    run("blocks", "import", trial.base, place / "files" / "bausteine.gpkg")
    run("deliver", trial.base, next((place / "files").glob("haushalte_*")))
    for command in ("deliver", "propose"):
        trial.seconds[command] = run(*arguments_of(trial, command, fresh_copy(trial)))
    shutil.copytree(trial.place / "copy", trial.base_with_plan)
    start = time.monotonic()
    done = subprocess.run(process_of(trial, "revise", fresh_copy(trial, "revise")), capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"revise: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    trial.seconds["revise"] = time.monotonic() - start
    return trial


def fresh_copy(trial: Trial, command: str = "") -> Path:
    """A copy of the prepared project, for a revision with a plan."""
    folder = trial.place / "copy"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(trial.base_with_plan if command == "revise" else trial.base, folder)
    return folder


def process_of(trial: Trial, command: str, folder: Path) -> list[str]:
    """The process of a command; a revision is many acts in one."""
    if command == "revise":
        return [sys.executable, str(Path(__file__).with_name("kill_revision.py")), str(folder)]
    return sozialraum(*arguments_of(trial, command, folder))


def arguments_of(trial: Trial, command: str, folder: Path) -> list[str | Path]:
    return [command, folder, trial.delivery] if command == "deliver" else [command, folder]


def kill_once(trial: Trial, command: str) -> Outcome:
    """Start a command, kill it at a random moment, and look at what it left."""
    folder = trial.place / f"demo-{trial.demos}" if command == "demo" else fresh_copy(trial, command)
    moment = trial.chance.uniform(0, trial.seconds[command])
    with (trial.place / "output.txt").open("w") as output:
        process = subprocess.Popen(
            process_of(trial, command, folder), stdout=output, stderr=output, start_new_session=True
        )
        try:
            code = process.wait(moment)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            code = process.wait()
    killed = code == -signal.SIGKILL
    if command == "demo" and not killed:
        trial.demos += 1  # nothing left to take up: begin a new one
    half_written = any(folder.glob(f"{PROJECT}-journal")) or any(folder.rglob(".part-*"))
    fault = "" if killed or code == 0 else f"exit code {code}: {(trial.place / 'output.txt').read_text()[-500:]}"
    fault = fault or fault_of(folder) or (lost_steps(trial, folder) if command == "revise" else "")
    return Outcome(command, moment, killed, half_written, fault)


def lost_steps(trial: Trial, folder: Path) -> str:
    """Whether the state a revision said it had reached is still there; one act more may have been written."""
    said = [line.split() for line in (trial.place / "output.txt").read_text().splitlines() if line.startswith("state ")]
    if not said:
        return ""
    seen = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("kill_revision.py")), str(folder), "--states"],
        capture_output=True, text=True,
    )  # fmt: skip
    known = seen.stdout.split()
    return "" if int(said[-1][1]) <= int(known[0] if known else -1) else f"act {said[-1][1]} was lost; {seen.stdout}"


def fault_of(folder: Path) -> str:
    """What `check` finds in a folder; '' when the project is whole, or was not yet there at all."""
    checked = subprocess.run(sozialraum("check", folder), capture_output=True, text=True)
    said = (checked.stdout + checked.stderr).strip()
    if (folder / PROJECT).exists():
        return "" if checked.returncode == 0 else said or f"exit code {checked.returncode}"
    return "" if checked.returncode == 3 and "Traceback" not in said else said


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--times", type=int, default=100, help="number of kills")
    parser.add_argument("--seed", type=int, default=2026, help="for the moments")
    parser.add_argument("--only", choices=COMMANDS, action="append", help="only this command; may be repeated")
    options = parser.parse_args()
    commands = options.only or COMMANDS
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="kill-") as place:
        trial = prepare(Path(place), options.seed)
        while sum(outcome.killed for outcome in outcomes) < options.times and len(outcomes) < 3 * options.times:
            outcome = kill_once(trial, commands[len(outcomes) % len(commands)])
            outcomes.append(outcome)
            print(line_of(len(outcomes), outcome), flush=True)
    return summary(outcomes)


def line_of(number: int, outcome: Outcome) -> str:
    end = f"killed after {outcome.after:5.2f} s" if outcome.killed else "came to its end  "
    middle = ", in the middle of writing" if outcome.half_written else ""
    return f"{number:3} {outcome.command:8} {end}{middle}: {outcome.fault or 'clean'}"


def summary(outcomes: list[Outcome]) -> int:
    killed = [outcome for outcome in outcomes if outcome.killed]
    by_command = Counter(outcome.command for outcome in killed)
    faults = sum(bool(outcome.fault) for outcome in outcomes)
    parts = ", ".join(f"{command} {by_command[command]}" for command in COMMANDS if by_command[command])
    halves = sum(outcome.half_written for outcome in killed)
    print(f"{len(killed)} kills ({parts}), {halves} in the middle of writing, {faults} not clean")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
