"""Rules of accessibility that a page breaks: WCAG 2.2, A and AA, as axe-core finds them."""

from __future__ import annotations

from typing import Any

import pytest
from served import ROOT

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"


def broken_rules(page: Any) -> list[tuple[str, list[object]]]:
    """The rules broken and the first places; [] when all are kept. The script is handed in: a page may load none."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (npm ci in web/)")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run(document, {RULES})")["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found]
