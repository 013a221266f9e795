"""Break thousands of files and open them: each is opened or refused in one sentence, within 1 GiB.

    python benchmarks/fuzz_files.py --files 4000 --seed 1 [--more FOLDER]

--more : a folder whose files are broken too (old workbooks, for example). Memory is the peak of this process and of the
largest process it started.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from broken_files import broken_files
from sozialraum.base import InputRefused
from sozialraum.deliveries.files import open_file

LARGEST = 1_000_000  # bytes of a file from outside that is still worth breaking often


def outcome(path: Path) -> str:
    try:
        content = open_file(path)
        if not content.sheets:
            content.cut(";")
    except InputRefused as refused:
        return "refused" if len(refused.findings) == 1 else "several sentences"
    except MemoryError:
        return "memory"
    except Exception as error:  # what is counted here is exactly what must not happen
        return f"traceback: {type(error).__name__}: {error}"[:120]
    return "opened"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--more", type=Path)
    wish = parser.parse_args()
    more = {}
    if wish.more:
        found = sorted(path for path in wish.more.iterdir() if path.is_file() and path.stat().st_size <= LARGEST)
        more = {path.name: path.read_bytes() for path in found}
    seen: dict[str, int] = {}
    start = time.perf_counter()
    with TemporaryDirectory() as folder:
        for name, data in broken_files(wish.files, wish.seed, more):
            path = Path(folder) / name
            path.write_bytes(data)
            result = outcome(path)
            seen[result] = seen.get(result, 0) + 1
            if result not in ("opened", "refused"):
                print(name, result)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{wish.files} files, seed {wish.seed}, {time.perf_counter() - start:.0f} s: {seen}")
    print(f"peak memory: {own} MiB, largest process started {started} MiB")


if __name__ == "__main__":
    main()
