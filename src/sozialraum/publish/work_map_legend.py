"""The legend of the working map: one line for every sign that occurs."""

from __future__ import annotations

from typing import Any

import shapely

from sozialraum.base import _
from sozialraum.publish import svg
from sozialraum.publish.palette import HOUSE, INK, WHITE
from sozialraum.publish.work_map_content import WorkMap
from sozialraum.publish.work_map_layers import (
    BLOCK_LINE,
    BUILDING,
    STREET_EDGE,
    WATER,
    WATER_LINE,
    Look,
    hatch,
    mixed,
    motorways,
    rails,
)
from sozialraum.publish.work_map_places import LETTERS

WIDE, HIGH = 30.0, 11.0


def swatch_of(look: Look) -> str:
    """The field of an area: tone and hatch as on the map."""
    box = shapely.box(0.4, 0.4, 21.6, 10.6)
    parts = [svg.rect(0.4, 0.4, 21.2, 10.2, look.tone), hatch(box, look, step=4.5)]
    return svg.picture(22, HIGH, [*parts, svg.rect(0.4, 0.4, 21.2, 10.2, "none", "#8d979c", 0.5)])


def legend_entries(content: WorkMap) -> list[dict[str, Any]]:
    """Swatch and words of every sign on the map, borders first."""
    across = f"M0 {HIGH / 2}h{WIDE}"
    band = [svg.shape(across, stroke=mixed(HOUSE, WHITE, 0.45), width=5), svg.shape(across, stroke=HOUSE, width=1.3)]
    entries = [
        (band, _("Grenze eines Gebietes")),
        ([svg.shape(across, stroke=INK, width=2.4, dash="9 2.4 2 2.4")], _("Grenze der Gemeinde")),
        ([svg.rect(4, 1, 22, 9, WHITE, BLOCK_LINE, 0.5), _word("0123", 600, 5.8)], _("Block mit Nummer")),
        ([_word("48", 400, 5.8)], _("Einwohner/-innen eines Blocks")),
    ]
    land = content.town.blocks["land"]
    if (land == "open").any():
        pair = [svg.rect(2, 1, 13, 9, "#b9ccd6"), svg.rect(15, 1, 13, 9, mixed("#b9ccd6", WHITE, 0.55))]
        entries.append((pair, _("bebaut / freies Land")))
    return [{"swatch": svg.picture(WIDE, HIGH, parts), "words": words} for parts, words in entries + _lines(content)]


def _lines(content: WorkMap) -> list[tuple[list[str], str]]:
    across = f"M0 {HIGH / 2}h{WIDE}"
    kinds = set(content.town.lines["kind"])
    white = [
        svg.rect(0, 0, WIDE, HIGH, "#e6e8ea"),
        svg.shape(across, stroke=STREET_EDGE, width=3.4),
        svg.shape(across, stroke=WHITE, width=2.6),
    ]
    water = [svg.shape(across, stroke=WATER_LINE, width=5), svg.shape(across, stroke=WATER, width=3.8)]
    signs = {
        "street": (white, _("Straße")),
        "railway": (rails(across), _("Bahn")),
        "motorway": (motorways(across, 2.4), _("Autobahn")),
        "river": (water, _("Gewässer")),
    }
    found = [sign for kind, sign in signs.items() if kind in kinds]
    if (content.town.buildings["kind"] == "building").any():
        found.append(([svg.rect(9, 2, 12, 7, BUILDING)], _("Gebäude")))
    words = {
        "school": _("Schule"), "church": _("Kirche"), "town_hall": _("Rathaus"), "care_home": _("Pflegeheim"),
        "daycare": _("Kindertageseinrichtung"),
    }  # fmt: skip
    there = set(content.town.places["kind"]) | set(content.town.buildings["kind"])
    for kind, letter in LETTERS.items():
        if kind in there:
            disc = [svg.circle(15, 5.5, 4.6, WHITE, INK, 0.7), _word(letter, 700, 6.4)]
            found.append((disc, words[kind]))
    return found


def _word(words: str, weight: int, size: float) -> str:
    return svg.text(WIDE / 2, 5.5 + size * 0.33, words, size, anchor="middle", weight=weight)
