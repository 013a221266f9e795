"""How many messy files are read, asked about, refused and misread, with files made from known truth.

    python benchmarks/messy_files.py [--files 10000] [--seed 1] [--workers 1] [--docs docs/benchmarks.md]

Prints Markdown. A silent misread is an interval that excludes the truth, or a wrong status, key or period, without
a finding on that cell (for dates: on the file). The same seed makes the same files.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

BEGIN, END = "<!-- printed by benchmarks/messy_files.py -->", "<!-- end of benchmarks/messy_files.py -->"
AT_ONCE = 250


def count(seed: int, numbers: range) -> Counter[str]:
    """What became of these files."""
    from messy_files import messy_file
    from messy_reading import outcome_of

    found = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            made = messy_file(seed, number)
            outcome = outcome_of(made, Path(folder))
            found["files"] += 1
            found["misread"] += bool(outcome.misread)
            found["warned"] += bool(outcome.warned)
            found["refused"] += bool(outcome.refused)
            found["asked"] += bool(outcome.asked)
            found["spoiled"] += bool(made.doubtful)
            found["clear"] += made.is_clear
            found["clear read"] += made.is_clear and outcome.read_unasked
            found["doubt"] += bool(made.asked)
            silent = bool(outcome.unasked) and not outcome.refused and not made.doubtful
            found["doubt not asked"] += silent
            if outcome.misread or silent:
                print(f"{number} {made.name}: {outcome.misread[:3]} {outcome.unasked}", file=sys.stderr)
    return found


def run(files: int, seed: int, workers: int) -> Counter[str]:
    """All files, in pieces; in this process alone when there is one worker."""
    pieces = [range(start, min(start + AT_ONCE, files)) for start in range(0, files, AT_ONCE)]
    if workers == 1:
        return _sum(map(partial(count, seed), pieces))
    with ProcessPoolExecutor(workers) as pool:
        return _sum(pool.map(partial(count, seed), pieces))


def _sum(parts: Iterable[Counter[str]]) -> Counter[str]:
    total = Counter[str]()
    for part in parts:
        total.update(part)
    return total


def report(found: Counter[str], seconds: float, arguments: Sequence[str]) -> str:
    call = " ".join(["python benchmarks/messy_files.py", *arguments])
    share = found["clear read"] / max(1, found["clear"])
    rows = [
        ("**silent misreads**", f"{found['misread']:,}", "goal 0"),
        ("read without any question, of the files without doubt",
         f"{share:.1%}", f"{found['clear read']:,} of {found['clear']:,}; goal at least 90 %"),
        ("asked", f"{found['asked']:,}", f"{found['doubt']:,} files can be read in two ways"),
        ("doubt that was not asked", f"{found['doubt not asked']:,}", "goal 0"),
        ("refused, with the finding", f"{found['refused']:,}", f"{found['spoiled']:,} files are spoiled"),
        ("misread with a warning at the cell", f"{found['warned']:,}", ""),
    ]  # fmt: skip
    head = f"{date.today().isoformat()}; `{call}`; {found['files']:,} files in {seconds:.0f} s"
    lines = [f"{head}; CPython {platform.python_version()}.", "", "| files | number | |", "|---|---|---|"]
    return "\n".join(lines + [f"| {what} | {number} | {remark} |" for what, number, remark in rows])


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--docs", type=Path, help="put the table between the two marks of this Markdown file")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    found = run(options.files, options.seed, options.workers)
    shown = [one for one in arguments if one != "--docs" and one != str(options.docs)]
    text = report(found, time.perf_counter() - began, shown)
    print(text)
    if options.docs:
        page = options.docs.read_text(encoding="utf-8")
        start, _begin, rest = page.partition(BEGIN)
        _old, _end, after = rest.partition(END)
        options.docs.write_text(f"{start}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
    if found["misread"] or found["doubt not asked"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
