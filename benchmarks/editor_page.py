"""How fast the page of the editor is in a browser on this computer, with an invented municipality of 10,000 blocks.

    python benchmarks/editor_page.py [--blocks 10000] [--static FOLDER] [--docs docs/benchmarks.md]

Makes a project in a temporary folder, serves it in a process of its own, opens it in headless Chromium and works in
it: opens, zooms, pans, brushes, moves, undoes, colours. Prints Markdown: until the blocks are read, until the map
stands (beside an empty map in the same run), and the tasks of the page that lasted over 50 ms.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.editor import make_project  # noqa: E402
from benchmarks.editor_town import AGS  # noqa: E402

BEGIN, END = "<!-- printed by benchmarks/editor_page.py -->", "<!-- end of benchmarks/editor_page.py -->"
SERVE = """
import sys, uvicorn
from pathlib import Path
from sozialraum.web import create_app
app = create_app(Path(sys.argv[1]), Path(sys.argv[2]), **({'static': Path(sys.argv[4])} if sys.argv[4] else {}))
uvicorn.run(app, host='127.0.0.1', port=int(sys.argv[3]), log_level='error')
"""
WATCH = """
window.tasks = [];
const note = list => list.getEntries().forEach(one => window.tasks.push([one.startTime, one.duration]));
new PerformanceObserver(note).observe({type: 'longtask', buffered: true});
"""
MARKS = "performance.getEntriesByType('mark').map(one => [one.name, one.startTime, one.detail])"


@dataclass
class Measured:
    """rows : what was done, number of tasks over 50 ms, the longest in ms. figures : milliseconds by name."""

    rows: list[tuple[str, int, float]] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)


def measure(browser: Any, address: str) -> Measured:
    """Open the editor and work in it."""
    found = Measured()
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE")
    page.add_init_script(WATCH)
    page.goto(f"{address}#/zuschnitt?gemeinde={AGS}")
    begin = page.get_by_role("dialog").get_by_role("button", name=re.compile("^Fassung (beginnen|öffnen)$"))
    begin.wait_for(timeout=120_000)

    def act(name: str, work: Callable[[], object], settle: int = 900) -> None:
        before = page.evaluate("performance.now()")
        work()
        page.wait_for_timeout(settle)
        tasks = [length for start, length in page.evaluate("window.tasks") if start >= before]
        found.rows.append((name, len(tasks), max(tasks, default=0.0)))

    pressed = page.evaluate("performance.now()")
    begin.click()
    page.locator("[data-map=drawn]").wait_for(timeout=120_000)
    marks = {name: (start, detail) for name, start, detail in page.evaluate(MARKS)}
    found.figures = {name: start - pressed for name, (start, _detail) in marks.items()}
    took = marks.get("editor-loaded", (0, None))[1] or {}
    found.figures |= {f"took-{name}": float(value) for name, value in took.items()}
    page.wait_for_timeout(1500)
    box = page.locator(".editormap").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    act("zoom in with the wheel", lambda: _wheel(page, x, y))
    act("pan by hand", lambda: _drag(page, x, y, 6, 3))
    page.keyboard.press("p")
    act("choose with the brush", lambda: _drag(page, x, y, -5, 2))
    act("figures of a move", lambda: page.keyboard.press("v"), 1500)
    page.locator("#reason").select_option(index=1)
    act("take the move", lambda: page.locator(".takerow button").first.click(), 1500)
    act("undo", lambda: page.keyboard.press("Control+z"))
    act("redo", lambda: page.keyboard.press("Control+y"))
    act("colour by density", lambda: page.locator("#colour-by").select_option("density"), 1500)
    page.close()
    return found


def _wheel(page: Any, x: float, y: float) -> None:
    page.mouse.move(x, y)
    for _turn in range(5):
        page.mouse.wheel(0, -240)
        page.wait_for_timeout(200)


def _drag(page: Any, x: float, y: float, right: int, down: int) -> None:
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(30):
        page.mouse.move(x + right * step, y + down * step)
        page.wait_for_timeout(16)
    page.mouse.up()


def table(found: Measured, blocks: int) -> str:
    """The figures as Markdown."""
    figures = found.figures
    lines = [
        f"{blocks:,} blocks; milliseconds.",
        "",
        "| | ms |",
        "|---|---|",
        f"| answer of the server with all shapes | {figures.get('took-answer', 0):.0f} |",
        f"| reading them (beside the page) | {figures.get('took-read', 0):.0f} |",
        f"| making them ready to paint (beside the page) | {figures.get('took-prepared', 0):.0f} |",
        f"| an empty map is idle, after the version was opened | {figures.get('editor-empty', 0):.0f} |",
        f"| the map with all blocks is idle | {figures.get('editor-drawn', 0):.0f} |",
        "",
        "| while | tasks over 50 ms | longest |",
        "|---|---|---|",
        *(f"| {name} | {number} | {longest:.0f} |" for name, number, longest in found.rows),
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blocks", type=int, default=10_000)
    parser.add_argument("--static", default="")
    parser.add_argument("--port", type=int, default=8799)
    parser.add_argument("--docs", type=Path)
    given = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        project = Path(folder) / "town"
        make_project(project, given.blocks)
        arguments = [str(Path(folder) / "home"), str(project), str(given.port), given.static]
        server = subprocess.Popen([sys.executable, "-c", SERVE, *arguments])
        try:
            time.sleep(8)
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            text = table(measure(browser, f"http://127.0.0.1:{given.port}"), given.blocks)
            browser.close()
        finally:
            server.terminate()
            server.wait()
    print(text)
    if given.docs:
        before, _begin, rest = given.docs.read_text(encoding="utf-8").partition(BEGIN)
        _old, _end, after = rest.partition(END)
        given.docs.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
