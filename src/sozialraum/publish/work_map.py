"""The working map ("Arbeitskarte"): a municipality on A3 or A1 at true scale, with room for notes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from sozialraum.base import UsageError, _, in_language, plural
from sozialraum.base.numbers import count, counted
from sozialraum.plans.withholding import withheld_note
from sozialraum.publish import svg
from sozialraum.publish.print_furniture import key_of_sheets, north_arrow, scale_bar, sheet_boxes
from sozialraum.publish.print_labels import Room, plates
from sozialraum.publish.print_pdf import compile_sheets
from sozialraum.publish.print_sheets import (
    SCALES,
    Paper,
    Window,
    best_paper,
    centimetre_text,
    centred,
    cover,
    papers,
    round_scale,
    scale_text,
)
from sozialraum.publish.work_map_content import Town, WorkMap
from sozialraum.publish.work_map_layers import Country, Field, Look, edges, frame_line, ground, looks_of, network
from sozialraum.publish.work_map_legend import legend_entries, swatch_of
from sozialraum.publish.work_map_names import write

COARSEST = {"A3": 15_000, "A1": 10_000}
"""Beyond this denominator numbers and street names find no room; the map goes onto several sheets at this scale."""
LONGEST_LIST = {("A3", False): 24, ("A1", False): 40, ("A3", True): 20, ("A1", True): 22}
"""(paper, upright) -> rows of the list of areas that leave room for legend and notes."""
MOST_SHEETS = 40
STILL_NUMBERED = 25_000
"""Up to this denominator an overview carries numbers too."""


@dataclass(frozen=True)
class Sheet:
    """One page: its window, its number (0 = the only one or the overview) and whether blocks are numbered."""

    window: Window
    number: int
    numbered: bool


def work_map_pdf(content: WorkMap) -> bytes:
    """The working map as PDF with real text.

    One sheet where the municipality fits at a scale that shows its block numbers; else an overview and as many
    sheets as its settled blocks need. UsageError for a paper or a scale that is not printed.
    """
    with in_language(content.language):
        return compile_sheets("work_map.typ", work_map_data(content))


def plan_sheets(content: WorkMap) -> tuple[Paper, list[Sheet]]:
    """The paper and its sheets; the overview is first when there are several."""
    both, bounds = papers(content.paper), content.town.bounds
    if content.scale and content.scale not in SCALES:
        known = ", ".join(scale_text(scale) for scale in SCALES if scale <= STILL_NUMBERED)
        raise UsageError(_("Diesen Maßstab gibt es nicht; es gibt {known}.").format(known=known))
    paper, whole = best_paper(bounds, content.paper)
    wanted = content.scale or COARSEST[content.paper]
    if whole.denominator <= wanted:
        chosen = centred(bounds, paper.field, wanted) if content.scale else whole
        return paper, [Sheet(chosen, 0, True)]
    tried = [(each, cover(settled_places(content.town), each, wanted)) for each in both]
    paper, windows = min(tried, key=lambda one: (len(one[1]), round_scale(bounds, one[0].field), one[0].upright))
    if len(windows) > MOST_SHEETS:
        text = _("Im Maßstab {scale} wären es {count} Blätter; wählen Sie einen kleineren Maßstab.")
        raise UsageError(text.format(scale=scale_text(wanted), count=count(len(windows))))
    whole = centred(bounds, paper.field, round_scale(bounds, paper.field))
    overview = Sheet(whole, 0, whole.denominator <= STILL_NUMBERED)
    return paper, [overview, *[Sheet(each, place, True) for place, each in enumerate(windows, 1)]]


def settled_places(town: Town) -> NDArray[np.float64]:
    """Bounds of the blocks that must be on a sheet: where people live or houses stand; all where there are none."""
    blocks = town.blocks
    settled = ((blocks["land"] != "open") | (blocks["population"] > 0)).to_numpy()
    found: NDArray[np.float64] = shapely.bounds(blocks.geometry.to_numpy()[settled if settled.any() else slice(None)])
    return found


def work_map_data(content: WorkMap) -> dict[str, Any]:
    """Everything the template sets, finished."""
    paper, sheets = plan_sheets(content)
    owner = content.owner
    looks = looks_of(content.town, owner, list(content.rows["area_id"]))
    countries = {scale: Country(content, scale) for scale in sorted({sheet.window.denominator for sheet in sheets})}
    windows = [sheet.window for sheet in sheets if sheet.number]
    pages = [page(Field(sheet.window, countries[sheet.window.denominator], looks), sheet, windows) for sheet in sheets]
    marks = [content.notice] if content.notice else []
    if not content.plan.binding:
        marks.append(_("Entwurf, nicht beschlossen"))
    return {
        "title": _("Arbeitskarte {town}").format(town=content.town.name),
        "kicker": " · ".join(word for word in (_("Arbeitskarte"), content.region) if word),
        "language": content.language,
        "date": [int(part) for part in content.created_on[:10].split("-")],
        "paper": content.paper,
        "width": paper.width,
        "height": paper.height,
        "margin": paper.margin,
        "column": paper.column,
        "gap": paper.gap,
        "foot": paper.foot,
        "upright": paper.upright,
        "marks": marks,
        "source": content.source,
        "check": _("Planstand {version}").format(version=content.plan.version),
        "legend": legend_entries(content),
        "words": {"legend": _("Zeichen"), "areas": _("Gebiete"), "notes": _("Notizen")},
        "sheets": pages,
    }


def page(field: Field, sheet: Sheet, windows: list[Window]) -> dict[str, Any]:
    """One sheet as data."""
    content = field.content
    picture, labels, remarks = draw(field, sheet, windows)
    rows = content.rows[content.rows["area_id"].isin(field.areas)] if sheet.number else content.rows
    several = bool(windows)
    return {
        "heading": content.town.name,
        "facts": facts(content, sheet, len(windows)),
        "remarks": remarks,
        **area_list(
            rows,
            content.people_in_areas,
            field.looks,
            LONGEST_LIST[content.paper, sheet.window.width < sheet.window.height],
        ),
        "key": key_of_sheets(content.town.bounds, field.country.outline, windows, sheet.number - 1) if several else "",
        "key-alt": _("Übersicht: Die Blätter liegen als nummerierte Rechtecke auf dem Umriss der Gemeinde."),
        "field": {
            "width": sheet.window.width,
            "height": sheet.window.height,
            "picture": picture,
            "labels": labels,
            "alt": alt_text(content, field, sheet),
        },
    }


def draw(field: Field, sheet: Sheet, windows: list[Window]) -> tuple[str, list[list[Any]], list[str]]:
    """The picture, the writing on it, and sentences about what had no room."""
    room = Room(field.frame.width, field.frame.height)
    bar, words = scale_bar(sheet.window, room)
    arrow, letter = north_arrow(sheet.window, room)
    boxes, numbers = ("", []) if sheet.number or not windows else sheet_boxes(sheet.window, windows, room)
    big = 1.35 if field.content.paper == "A1" else 1.0
    writing = write(field, room, numbers=sheet.numbered, big=big)
    labels = [*writing.labels, *words, *letter, *numbers]
    parts = [
        *ground(field), *network(field), *edges(field), *writing.beneath, *plates(writing.labels),
        boxes, bar, arrow, frame_line(field),
    ]  # fmt: skip
    picture = svg.picture(field.frame.width, field.frame.height, parts)
    return picture, [label.as_data() for label in labels], remarks_on(writing.unnumbered, len(writing.unnamed), sheet)


def remarks_on(unnumbered: int, unnamed: int, sheet: Sheet) -> list[str]:
    """What a reader would miss and why."""
    found = [withheld_note()]
    if not sheet.numbered:
        return [*found, _("Nummern der Blöcke und Straßennamen stehen auf den Blättern.")]
    if unnumbered:
        found.append(
            plural(
                "{count} Block hat in diesem Maßstab keinen Platz für seine Nummer.",
                "{count} Blöcke haben in diesem Maßstab keinen Platz für ihre Nummer.",
                unnumbered,
            ).format(count=count(unnumbered))
        )
    if unnamed:
        found.append(
            plural(
                "{count} Straßenname hatte keinen Platz.", "{count} Straßennamen hatten keinen Platz.", unnamed
            ).format(count=count(unnamed))
        )
    return found


def facts(content: WorkMap, sheet: Sheet, sheets: int) -> list[tuple[str, str]]:
    """Plan, status, date, scale, sheet: label and value."""
    plan = content.plan
    found = [(_("Plan"), plan.title), (_("Stand"), plan.status)]
    if plan.decided:
        found.append((_("Beschluss"), plan.decided))
    found += [(_("Datum"), plan.day), (_("Maßstab"), scale_text(sheet.window.denominator))]
    found.append(("", centimetre_text(sheet.window.denominator)))
    if sheets:
        words = _("Blatt {number} von {all}").format(number=sheet.number, all=sheets)
        more = plural("Übersicht, dazu {all} Blatt", "Übersicht, dazu {all} Blätter", sheets).format(all=sheets)
        found.append((_("Blatt"), words if sheet.number else more))
    if content.people_on:
        found.append((_("Einwohner/-innen"), content.people_on))
    found.append((_("Druck"), _("{paper}, ohne Anpassen an die Seite").format(paper=content.paper)))
    return found


def area_list(rows: pd.DataFrame, people: Mapping[str, str], looks: Mapping[str, Look], longest: int) -> dict[str, Any]:
    """The list of areas: swatch, code, name, blocks, inhabitants; a long one in narrow columns without names."""
    long = len(rows) > longest
    columns = [("", "left", 0), (_("Gebiet"), "left", 1 if long else 0)]
    columns += [] if long else [(_("Name"), "left", 1), (_("Blöcke"), "right", 0)]
    columns.append((_("Einw.") if long else _("Einwohner/-innen"), "right", 0))
    made = []
    for row in rows.to_dict("records"):
        named = [] if long else [str(row["name"] or ""), count(int(row["blocks"]))]
        swatch = {"swatch": swatch_of(looks[row["area_id"]])}
        made.append([swatch, str(row["code"]), *named, people[row["area_id"]]])
    high = math.ceil(len(made) / math.ceil(len(made) / longest)) if made else 1
    return {
        "columns": [{"title": title, "align": align, "width": width} for title, align, width in columns],
        "lists": [made[start : start + high] for start in range(0, len(made), high)],
    }


def alt_text(content: WorkMap, field: Field, sheet: Sheet) -> str:
    """What the map shows, for those who do not see it."""
    return _(
        "Karte von {town} im Maßstab {scale}, {plan}: {areas} mit Nummer, Name und Einwohnerzahl, dazu {blocks}, "
        "Straßen, Bahn, Gewässer und Autobahn. Norden ist oben. Die Tabelle nennt alle Gebiete dieses Blattes."
    ).format(
        town=content.town.name,
        scale=scale_text(sheet.window.denominator),
        plan=content.plan.title,
        areas=counted(len(field.areas), _("Gebiet"), _("Gebiete")),
        blocks=counted(len(field.seen), _("Block"), _("Blöcke")),
    )
