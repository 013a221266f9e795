"""How fast the editor answers over HTTP on this computer, with an invented municipality of 10,000 blocks.

    python benchmarks/editor.py [--blocks 10000] [--previews 200] [--docs docs/benchmarks.md]

Makes a project in a temporary folder, serves it in a process of its own and asks it as a browser does, on one
connection. Prints Markdown. Decoding is measured with the Node of the build where it is installed.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.editor_town import AGS, invent, stripes  # noqa: E402

BEGIN, END = "<!-- printed by benchmarks/editor.py -->", "<!-- end of benchmarks/editor.py -->"
PACKAGES = ("fastapi", "uvicorn", "numpy", "pandas", "geopandas", "shapely")
DECODER = """
import fs from 'node:fs';
const raw = fs.readFileSync(process.argv[2]);
const buffer = raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length);
const { decode } = await import(process.argv[3]);
const times = [];
for (let k = 0; k < 9; k++) { const t = performance.now(); decode(buffer); times.push(performance.now() - t); }
console.log(JSON.stringify([times[0], times.slice(1).sort((a, b) => a - b)[4]]));
"""


def make_project(folder: Path, blocks: int) -> None:
    """A project with the municipality and a plan that was adopted, so that there is something to compare with."""
    from sozialraum.delineation import Decision, make_plan
    from sozialraum.project import Project

    municipality, frame, lines = invent(blocks)
    label = stripes(frame, int(municipality["areas"].iloc[0]))
    keys = [f"{AGS}-{number + 1:02d}" for number in range(int(label.max()) + 1)]
    rows = [(key, str(place + 1), f"Gebiet {place + 1}", AGS, "proposal") for place, key in enumerate(keys)]
    areas = pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"])
    assignment = dict(zip(frame["block_id"], np.array(keys)[label], strict=True))
    plan = make_plan(
        assignment, areas, title="Beschlossener Plan", created="2026-01-01T09:00:00+00:00", status="adopted",
        decisions={AGS: Decision("Rat", "2026-01-01")},
    )  # fmt: skip
    with Project.create(folder, name="Großstadt") as project:
        project.save_layers(municipality, frame, lines)
        project.save_plan(plan)


class Browser:
    """One connection that says what it asked and how long the answer took, in milliseconds."""

    def __init__(self, port: int) -> None:
        self._link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.bytes = 0

    def ask(self, path: str, content: object = None) -> tuple[Any, float]:
        """The answer read whole, and its time. Raises RuntimeError unless the status is 200."""
        began = time.perf_counter()
        headers = {"X-Sozialraum": "1", "Content-Type": "application/json"}
        body = None if content is None else json.dumps(content)
        self._link.request("GET" if content is None else "POST", f"/api/editor/{path}", body, headers)
        answer = self._link.getresponse()
        raw = answer.read()
        took = 1000 * (time.perf_counter() - began)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {raw[:300]!r}")
        self.bytes = len(raw)
        return (json.loads(raw) if answer.headers["content-type"] == "application/json" else raw), took


def worked(process: subprocess.Popen[str]) -> float:
    """Milliseconds of processor time that the server has used so far; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def serve(folder: Path) -> tuple[subprocess.Popen[str], int]:
    """The server in a process of its own; its port is the last thing it says."""
    code = (
        "import sys; from pathlib import Path; from sozialraum.web.serving import serve; "
        "serve(Path(sys.argv[1]), 0, False, announce=lambda text: print(text, flush=True))"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    port = int(process.stdout.readline().rstrip("/\n").rpartition(":")[2])
    return process, port


def borders(blocks: int, state: dict[str, Any], number: int) -> Iterator[dict[str, Any]]:
    """Moves of one to three blocks in a row across the border of two areas, each time others."""
    chance = np.random.default_rng(7)
    side, area = round(blocks**0.5), np.array(state["assignment"])
    at = np.flatnonzero((area[:-1] != area[1:]) & (np.arange(len(area) - 1) % side < side - 1))
    for place in chance.choice(at, number).tolist():
        rows = [place + side * step for step in range(int(chance.integers(1, 4)))]
        own = [row for row in rows if row < len(area) and area[row] == area[place]]
        ids = [f"{AGS}-{row + 1:05d}" for row in own]
        yield {"kind": "move", "area": state["areas"][area[place + 1]]["area_id"], "blocks": ids, "role": "Planung"}


def spans(times: Sequence[float]) -> str:
    return f"{np.percentile(times, 50):.0f} / {np.percentile(times, 95):.0f} / {max(times):.0f}"


def measure(
    browser: Browser, process: subprocess.Popen[str], blocks: int, previews: int, folder: Path
) -> list[tuple[str, str, str]]:
    """What was asked, the milliseconds and a remark, one row each."""
    rows: list[tuple[str, str, str]] = []

    def one(what: str, path: str, content: object = None, remark: Callable[[Any], str] = lambda _told: "") -> Any:
        told, took = browser.ask(path, content)
        rows.append((what, f"{took:.0f}", remark(told)))
        return told

    one("first page: municipality, neighbours and barriers measured", AGS)
    ground = one("blocks, first time", f"{AGS}/ground", remark=lambda _told: f"{browser.bytes / 1e6:.2f} MB")
    (folder / "ground.bin").write_bytes(ground)
    one("blocks, again", f"{AGS}/ground")
    rows += decoding(folder / "ground.bin")
    one("background", f"{AGS}/background")
    one("search", f"{AGS}/search?text=stra")
    one("colours of an attribute", f"{AGS}/colouring?by=housing_rent")
    state = one("begin a draft", f"{AGS}/drafts", {"role": "Planung"})
    seen, draft = state["state_id"], f"drafts/{state['draft']['draft_id']}"
    browser.ask(f"{draft}/preview", {"state_id": seen, "edit": next(borders(blocks, state, 1))})
    steps = list(borders(blocks, state, previews))
    before = worked(process)
    times = [browser.ask(f"{draft}/preview", {"state_id": seen, "edit": step})[1] for step in steps]
    own = (worked(process) - before) / len(steps)
    rows.append(
        (f"**what a step would do**, {previews} steps", spans(times), f"p50 / p95 / longest; {own:.0f} CPU ms each")
    )
    written, taken = [], []
    for step in steps[: previews // 4]:
        try:
            told, took = browser.ask(f"{draft}/edits", {"state_id": seen, "edit": step})
        except RuntimeError:
            continue  # the block has moved in a step before
        seen = told["state_id"]
        written.append(took)
    for _step in written:
        told, took = browser.ask(f"{draft}/undo", {"state_id": seen})
        seen = told["state_id"]
        taken.append(took)
    rows.append((f"write a step, {len(written)} steps", spans(written), "p50 / p95 / longest"))
    rows.append((f"undo, {len(taken)} steps", spans(taken), "p50 / p95 / longest"))
    one("warning of few inhabitants", f"{draft}/disclosure", {"state_id": seen, "edit": steps[0]})
    area = state["areas"][1]["area_id"]
    browser.ask(f"{draft}/best-cut", {"state_id": seen, "area": area})  # loads the compiled search
    cut = one("best cut of an area", f"{draft}/best-cut", {"state_id": seen, "area": area})
    one("better from here, around an area", f"{draft}/improve", {"state_id": seen, "area": area})
    one("better from here, everywhere", f"{draft}/improve", {"state_id": seen})
    told, _took = browser.ask(f"{draft}/edits", {"state_id": seen, "edit": cut["edit"]})
    small = {"kind": "move", "area": area, "blocks": cut["blocks"][3:], "role": "Planung"}
    told, _took = browser.ask(f"{draft}/edits", {"state_id": told["state_id"], "edit": small})
    asked = {"state_id": told["state_id"], "area": cut["edit"]["into"]}
    one("what heals a small area", f"{draft}/heal", asked, lambda told: f"{len(told['suggestions'])} suggestions")
    return rows


def decoding(file: Path) -> list[tuple[str, str, str]]:
    """Decoding with the page's own decoder, where Node can be had."""
    try:
        from tools.npm import npm_command

        node = npm_command()[0]
        script = file.with_suffix(".mjs")
        script.write_text(DECODER, encoding="utf-8")
        decoder = (ROOT / "web" / "src" / "editor" / "geometry.ts").as_uri()
        loader = ["--import", str(ROOT / "benchmarks" / "editor_loader.mjs")]
        told = subprocess.run(
            [node, *loader, str(script), str(file), decoder], capture_output=True, text=True, check=True
        ).stdout
    except (ImportError, OSError, subprocess.CalledProcessError, StopIteration) as missing:
        print(f"Decoding was not measured: {missing}", file=sys.stderr)
        return []
    first, later = json.loads(told)
    return [("decoding in Node, first / later", f"{first:.0f} / {later:.0f}", "web/src/editor/geometry.ts")]


def report(rows: Sequence[tuple[str, str, str]], blocks: int, arguments: Sequence[str]) -> str:
    used = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    head = f"{date.today().isoformat()}; `python benchmarks/editor.py {' '.join(arguments)}`".rstrip("` ") + "`"
    lines = [f"{head}; {blocks:,} blocks; CPython {platform.python_version()}, {used}.", ""]
    lines += ["| asked over loopback | ms | |", "|---|---|---|"]
    return "\n".join(lines + [f"| {what} | {took} | {remark} |" for what, took, remark in rows])


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--blocks", type=int, default=10_000)
    parser.add_argument("--previews", type=int, default=200)
    parser.add_argument("--docs", type=Path, help="put the table between the two marks of this Markdown file")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "project"
        make_project(folder, options.blocks)
        process, port = serve(folder)
        try:
            rows = measure(Browser(port), process, options.blocks, options.previews, Path(place))
        finally:
            process.terminate()
            process.wait()
    text = report(rows, options.blocks, [one for one in arguments if one != "--docs" and one != str(options.docs)])
    print(text)
    if options.docs:
        page = options.docs.read_text(encoding="utf-8")
        start, _begin, rest = page.partition(BEGIN)
        _old, _end, after = rest.partition(END)
        options.docs.write_text(f"{start}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
