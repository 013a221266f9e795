"""The page that sums up a comparison: all municipalities in a table, and a map of those that changed."""

from __future__ import annotations

from typing import Any

import shapely

from sozialraum.base import _
from sozialraum.base.numbers import EN_DASH, count
from sozialraum.publish import svg
from sozialraum.publish.comparison_content import ComparisonPrint
from sozialraum.publish.comparison_words import columns, likeness_text, plan_line
from sozialraum.publish.palette import INK, SECOND_INK, SIDE_BY_SIDE
from sozialraum.publish.svg_maps import Frame
from sozialraum.publish.work_map_content import people_text


def summary_page(content: ComparisonPrint) -> dict[str, Any]:
    """All municipalities of the region in one table, with a map of those that changed."""
    towns = content.comparison.towns
    changed = [town for town in towns if town.changed]
    rows = [
        [
            town.name, count(town.areas_before), count(town.areas_after),
            people_text(town.persons_moved),
            likeness_text(town.likeness_before, town.likeness_after), _("ja") if town.changed else _("nein"),
        ]
        for town in towns
    ]  # fmt: skip
    words = _("In {changed} von {all} Gemeinden hat sich der Zuschnitt geändert.").format(
        changed=count(len(changed)), all=count(len(towns))
    )
    return {
        "heading": _("Zwei Planstände im Vergleich"),
        "lead": words,
        "plans": [(_("Vorher"), plan_line(content.old)), (_("Nachher"), plan_line(content.new))],
        "table": {
            "columns": columns(
                (_("Gemeinde"), "left", 1), (_("Gebiete vorher"), "right", 0), (_("Gebiete nachher"), "right", 0),
                (_("Einw. gewechselt"), "right", 0), (_("Ähnlichkeit innen"), "right", 0),
                (_("geändert"), "left", 0),
            ),
            "rows": rows,
        },
        "notes": list(content.comparison.notes),
        "picture": region_map(content, {town.ags for town in changed}),
        "alt": _("Karte der Region: {names} sind hervorgehoben, weil sich dort Gebiete geändert haben.").format(
            names=", ".join(town.name for town in changed) or EN_DASH
        ),
    }  # fmt: skip


def region_map(content: ComparisonPrint, changed: set[str]) -> str:
    """The municipalities with their names, changed ones darker and hatched by a thick border."""
    towns = content.municipalities
    frame = Frame.around(towns.total_bounds, svg.points(150), svg.points(150), 4, 4)
    drawn = frame.draw(shapely.coverage_simplify(towns.geometry.to_numpy(), 0.5 / frame.scale))
    parts = []
    for ags, shape in zip(towns["ags"], drawn, strict=True):
        parts.append(svg.shape(svg.path_of(shape), SIDE_BY_SIDE[2] if ags in changed else "#f1f4f5", SECOND_INK, 0.6))
    for ags, shape in zip(towns["ags"], drawn, strict=True):
        if ags in changed:
            parts.append(svg.shape(svg.path_of(shape), stroke=INK, width=1.6))
    for ags, name, shape in zip(towns["ags"], towns["name"], drawn, strict=True):
        x, y = shapely.get_coordinates(shapely.maximum_inscribed_circle(shape, 1.0))[0]
        weight = 600 if ags in changed else 400
        parts.append(svg.text(float(x), float(y) + 3, str(name), 8.5, anchor="middle", weight=weight, halo=True))
    return svg.picture(frame.width, frame.height, parts)
