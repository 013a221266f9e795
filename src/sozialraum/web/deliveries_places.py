"""What a key of a delivered file can mean: areas, blocks and municipalities, found by name or key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sozialraum.base import InputRefused, code_key, name_key
from sozialraum.deliveries import Places, Recipe

SHOWN = 40


def titles_of(project: Any, recipe: Recipe | None, places: Places | None) -> dict[str, str]:
    """Key of the file -> name of what it stands for; {} where rows are placed without a key."""
    from sozialraum.deliveries.keys import known_units

    if recipe is None or recipe.key is None or recipe.key.kind in ("grid", "district") or places is None:
        return {}
    try:
        known = known_units("", recipe.key, places).keys
    except InputRefused:  # there are no areas yet; the review says so itself
        return {}
    if recipe.key.kind == "geography":
        names: Mapping[str, str] = places.geographies.get(recipe.key.geography, {})
    else:
        names = _names(project, recipe.key.kind)
    return {key: names.get(unit) or unit for key, (unit, _ags) in known.items()}


def _names(project: Any, kind: str) -> Mapping[str, str]:
    """Unit -> its name in words."""
    towns = project.municipalities()
    town = dict(zip(towns["ags"].astype(str), towns["name"].astype(str), strict=True))
    if kind == "municipality":
        return town
    if kind == "block":
        blocks = project.blocks()
        rows = zip(blocks["block_id"], blocks["municipality"], blocks["quarter"], blocks["street"], strict=True)
        return {str(block): _joined(quarter, street, town.get(str(ags), "")) for block, ags, quarter, street in rows}
    plan = project.plan()
    if plan is None:
        return {}
    areas = plan.areas
    rows = zip(areas["area_id"], areas["code"], areas["name"], areas["municipality"], strict=True)
    return {str(area): _joined(f"{code} {name}", town.get(str(ags), "")) for area, code, name, ags in rows}


def _joined(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if str(part).strip())


def search(titles: Mapping[str, str], words: str) -> dict[str, Any]:
    """The keys whose name or key holds all the words, in the order people expect; and how many more there are."""
    wanted = words.casefold().split()
    found = [
        (title, key)
        for key, title in titles.items()
        if all(word in title.casefold() or word in key.casefold() for word in wanted)
    ]
    found.sort(key=lambda pair: (code_key(name_key(pair[0])), pair[1]))
    return {
        "places": [{"value": key, "title": title} for title, key in found[:SHOWN]],
        "more": max(0, len(found) - SHOWN),
    }
