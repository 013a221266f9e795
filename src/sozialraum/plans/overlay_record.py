"""An overlay as JSON, to be kept until everything is decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sozialraum.base import Finding
from sozialraum.plans.overlay import Across, Overlay, Share, by_block


def overlay_to_json(overlay: Overlay) -> dict[str, Any]:
    """The overlay as JSON content, to be kept until everything is decided."""
    return {
        "file": overlay.file,
        "areas": overlay.areas.to_dict("records"),
        "clear": {str(block): str(area) for block, area in overlay.clear.items()},
        "across": [
            {
                "block_id": one.block_id, "municipality": one.municipality, "population": one.population,
                "shares": [[share.area, share.ground, share.people] for share in one.shares],
                "proposal": one.proposal, "basis": one.basis,
            }
            for one in overlay.across
        ],
        "municipalities": list(overlay.municipalities),
        "findings": [
            {name: getattr(one, name) for name in ("what", "todo", "severity")} for one in overlay.findings
        ],
    }  # fmt: skip


def overlay_from_json(content: Mapping[str, Any]) -> Overlay:
    """The inverse of `overlay_to_json`."""
    clear = by_block(content["clear"])
    across = tuple(
        Across(
            one["block_id"], one["municipality"], one["population"],
            tuple(Share(*share) for share in one["shares"]), one["proposal"], one["basis"],
        )
        for one in content["across"]
    )  # fmt: skip
    areas = pd.DataFrame(content["areas"], columns=["area", "code", "name"])
    findings = tuple(Finding(**one) for one in content["findings"])
    return Overlay(content["file"], areas, clear, across, tuple(content["municipalities"]), findings)
