"""Compare the delineation with other programs: same instances, same processor time, an independent checker.

    python benchmarks/delineation.py --peers --json OUT.json

Peers are the extra `peers`; `--python` names an interpreter that has them, so that they need not be installed
beside the product. Every run is a process of its own with one thread. Prints Markdown.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.regions import tables  # noqa: E402
from benchmarks.regions.child import ENGINE, Request  # noqa: E402
from benchmarks.regions.goals import judged  # noqa: E402
from benchmarks.regions.instances import SIZES, first_task, generate, name_of, save  # noqa: E402
from benchmarks.regions.peers import MOST_UNITS, PACKAGES, PEERS  # noqa: E402
from benchmarks.regions.runs import SHARED, Outcome, packages_of, run  # noqa: E402
from benchmarks.regions.same import WAYS, SameLabels, compare  # noqa: E402

NAMED = ("columbus49", "syracuse", "ny281", "cells1k", "cells5k")
DEFAULT = (*NAMED, *(name_of(cells, 1) for cells in SIZES))
MOST_EXACT = 1_100  # units beyond which `exact` is not asked for unless the instance is named
LONGER = 10  # times the budget for `thorough` and `exact`


def options_of(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--instances", nargs="+", default=list(DEFAULT), help="shared names, cells5000, cells5000-s7")
    parser.add_argument("--budget", type=float, default=20.0, help="processor seconds of each run")
    parser.add_argument("--effort", nargs="+", default=["draft", "standard"], help="of the engine")
    parser.add_argument("--peers", action="store_true", help="run the other programs too")
    parser.add_argument("--python", default=sys.executable, help="interpreter that has the peers")
    parser.add_argument("--data", type=Path, default=SHARED, help="folder of checker.py and instances/")
    parser.add_argument("--json", type=Path, help="write all outcomes here")
    parser.add_argument("--reuse", type=Path, help="take peers' outcomes from an earlier --json; never for publishing")
    parser.add_argument("--docs", type=Path, help="put the report between the two marks of this Markdown file")
    parser.add_argument("--determinism", action="store_true", help="compare labels across kinds of processors")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(arguments)


def instance_path(name: str, data: Path, folder: Path) -> Path:
    """A shared instance, or one invented now (`cells<number>`, `cells<number>-s<seed>`)."""
    shared = data / "instances" / f"{name}.npz"
    if shared.is_file():
        return shared
    cells, _sign, seed = name.removeprefix("cells").partition("-s")
    if not cells.isdigit():
        sys.exit(f"{name}: neither in {data / 'instances'} nor of the form cells5000 or cells5000-s7.")
    return save(generate(int(cells), int(seed or 1)), folder)


def requests(options: argparse.Namespace, folder: Path) -> Iterator[Request]:
    """All runs, instance by instance: the engine's on three kinds of task, then the peers'."""
    small = str(save(first_task(), folder))
    for name in options.instances:
        path = instance_path(name, options.data, folder)
        for effort in efforts_for(options, path):
            longer = LONGER if effort in ("thorough", "exact") else 1
            kinds = ("bounds",) if longer > 1 else ("bounds", "free", "plain")
            for kind in kinds:
                yield Request(str(path), f"{ENGINE} {effort}", kind, options.budget * longer, options.seed, small)
        for peer in PEERS if options.peers else ():
            if units_of(path) <= MOST_UNITS.get(peer, 10**9):
                yield Request(str(path), peer, "bounds", options.budget, options.seed, small)


def efforts_for(options: argparse.Namespace, path: Path) -> list[str]:
    every = len(options.instances) > 5
    return [effort for effort in options.effort if effort != "exact" or not every or units_of(path) <= MOST_EXACT]


def units_of(path: Path) -> int:
    import numpy as np

    with np.load(path) as file:
        return len(file["pop"])


def run_all(options: argparse.Namespace, folder: Path) -> list[Outcome]:
    known = {(one.instance, one.method): one for one in read(options.reuse)} if options.reuse else {}
    warm(options, folder)
    outcomes = []
    for request in requests(options, folder):
        again = known.get((Path(request.instance).stem, request.method))
        ours = request.method.startswith(ENGINE)
        outcome = again if again and not ours else run(request, sys.executable if ours else options.python)
        outcomes.append(outcome)
        if options.json:
            write(options.json, outcomes, [])
        spread = ", ".join(f"{kind} {found['ssd']:.3f}" for kind, found in outcome.scores.items())
        said = (
            f"{outcome.instance:12} {outcome.method:26} {outcome.kind:6} {outcome.cpu:7.2f} s  {spread} {outcome.fault}"
        )
        print(said, file=sys.stderr, flush=True)
    return outcomes


def warm(options: argparse.Namespace, folder: Path) -> None:
    """Compile everything once, so that no measured run compiles."""
    small, larger = (str(save(made, folder)) for made in (first_task(), generate(300)))
    for effort in options.effort:
        path = small if effort == "exact" else larger
        run(Request(path, f"{ENGINE} {effort}", "bounds", 600.0, 1, small))


def read(path: Path) -> list[Outcome]:
    return [Outcome(**one) for one in json.loads(path.read_text(encoding="utf-8"))["outcomes"]]


def write(path: Path, outcomes: list[Outcome], same: list[SameLabels]) -> None:
    everything = {"outcomes": [asdict(one) for one in outcomes], "same": [asdict(one) for one in same]}
    path.write_text(json.dumps(everything, indent=1), encoding="utf-8")


def report(options: argparse.Namespace, outcomes: list[Outcome], same: list[SameLabels]) -> str:
    versions = {"CPython": platform.python_version(), **packages_of(sys.executable, ("numpy", "numba", "highspy"))}
    if options.peers:
        versions |= packages_of(options.python, PACKAGES)
    stated = ", ".join(f"{name} {version}" for name, version in versions.items())
    parts = [f"{date.today().isoformat()}; {stated}; budget {options.budget:g} CPU s; seed {options.seed}."]
    sections = {
        "With bounds": tables.with_bounds(outcomes),
        "Without bounds, weighted": tables.without_bounds(outcomes, "free"),
        "Without bounds and weights": tables.without_bounds(outcomes, "plain"),
        "Each peer": tables.every_peer(outcomes) if options.peers else "",
        "First call in a fresh process, cache warm": tables.first_calls(outcomes),
        "Scaling": tables.scaling(outcomes),
        "Same labels": tables.markdown(["instance", "effort", *WAYS], [one.row() for one in same]) if same else "",
        "Goals": judged(outcomes),
    }
    parts += [f"**{title}**\n\n{text}" for title, text in sections.items() if text]
    return "\n\n".join(parts)


def main() -> None:
    options = options_of()
    with tempfile.TemporaryDirectory(prefix="regions-") as place:
        folder = Path(place)
        outcomes = run_all(options, folder)
        same = compare(folder, options.data) if options.determinism else []
    if options.json:
        write(options.json, outcomes, same)
    text = report(options, outcomes, same)
    if options.docs:
        options.docs.write_text(tables.between_marks(options.docs.read_text(encoding="utf-8"), text), encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
