"""Before and after of one municipality: two maps, the reasons, the areas in numbers."""

from __future__ import annotations

import math

import numpy as np
import shapely

from sozialraum.base import _, code_key
from sozialraum.base.numbers import count, counted
from sozialraum.publish import svg
from sozialraum.publish.cells import Cell, count_cell, mark_cell, text_cell
from sozialraum.publish.content import Comparison
from sozialraum.publish.document import Column, Columns, Heading, Page, Part, Picture, Row, Table, Text
from sozialraum.publish.facts import Facts
from sozialraum.publish.palette import SIDE_BY_SIDE
from sozialraum.publish.svg_compare import Moves, compare_maps, detail_window
from sozialraum.publish.svg_maps import neighbour_tones
from sozialraum.publish.words import BLOCKED

MAP_WIDTH, MAP_HEIGHT = svg.points(84), svg.points(108)


def compare_page(facts: Facts, comparison: Comparison) -> Page:
    """The page of one edited municipality."""
    before, after = (sorted(set(comparison.blocks[version]), key=code_key) for version in ("before", "after"))
    codes = sorted({*before, *after}, key=code_key)
    # one shape per code over both versions, so that an area keeps its tone and differs from its neighbours
    shapes = [merged_blocks(comparison, code) for code in codes]
    tones = dict(zip(codes, neighbour_tones(shapes, SIDE_BY_SIDE), strict=True))
    moves = [Moves(letter(place), moved(comparison, place)) for place in range(len(comparison.changes))]
    maps = compare_maps(
        comparison.blocks,
        [move for move in moves if move.blocks.any()],
        tones,
        populations(comparison),
        MAP_WIDTH,
        MAP_HEIGHT,
        facts.content.notice,
    )
    keys = [facts.draw(f"map-{version}", drawn) for version, drawn in zip(("before", "after"), maps, strict=True)]
    titles = (comparison.title_before, comparison.title_after)
    alts = [
        alt_text(comparison, title, len(areas), version)
        for title, areas, version in zip(titles, (before, after), ("before", "after"), strict=True)
    ]
    parts: list[Part] = [
        Columns(
            (84, 84),
            tuple((Heading(title), Picture(key, alt, 84)) for title, key, alt in zip(titles, keys, alts, strict=True)),
        ),
        Text(
            _(
                "Gestrichelt = Blöcke vor dem Wechsel, durchgezogen = nach dem Wechsel. Kleine Zahl: "
                "Einwohnerinnen und Einwohner. Farben unterscheiden nur die Gebiete; sie sagen "
                "nichts über die Lage."
            ),
            "note",
        ),
        *window_note(comparison, moves),
        Text(facts.map_line(), "note"),
        Heading(_("Was gewechselt hat und warum")),
        reasons_table(comparison),
        *internal_note(comparison),
    ]
    if comparison.populations is not None:
        parts += [Heading(_("Die Gebiete in Zahlen")), numbers_table(comparison, codes)]
    title = _("{town}: von {before} zu {after} Gebieten").format(
        town=comparison.municipality, before=count(len(before)), after=count(len(after))
    )
    if len(before) == len(after):
        title = _("{town}: Gebiete vorher und nachher").format(town=comparison.municipality)
    kicker = _("Gebiete · {town}").format(town=comparison.municipality)
    return Page("vorher-nachher", "gebiete", kicker, title, comparison.lead, tuple(parts))


def window_note(comparison: Comparison, moves: list[Moves]) -> list[Part]:
    """A note when the maps show only a part of the municipality."""
    if detail_window(comparison.blocks, [move for move in moves if move.blocks.any()]) is None:
        return []
    text = _("Ausschnitt: Die Karten zeigen den Teil von {town}, in dem sich etwas geändert hat.")
    return [Text(text.format(town=comparison.municipality), "note")]


def internal_note(comparison: Comparison) -> list[Part]:
    """A note when a reason is not printed because nobody released it."""
    if not any(str(why).strip() in ("", "–") for why in comparison.changes["why"]):
        return []
    return [Text(_("– = Die Begründung ist intern und wurde nicht zur Veröffentlichung freigegeben."), "note")]


def merged_blocks(comparison: Comparison, code: str) -> shapely.Geometry:
    """All blocks that belong to an area in one of the versions."""
    blocks = comparison.blocks
    mine = (blocks["before"] == code) | (blocks["after"] == code)
    return shapely.union_all(blocks.geometry.to_numpy()[mine.to_numpy()], grid_size=0.5)


def letter(place: int) -> str:
    """A, B, … Z, AA, AB for the moves in print order."""
    first, second = divmod(place, 26)
    return ("" if first == 0 else chr(64 + first)) + chr(65 + second)


def moved(comparison: Comparison, place: int) -> np.ndarray:
    """Which blocks belong to one row of reasons."""
    row = comparison.changes.iloc[place]
    blocks = comparison.blocks
    return ((blocks["before"] == row["from_area"]) & (blocks["after"] == row["to_area"])).to_numpy()


def populations(comparison: Comparison) -> dict[tuple[str, str], float]:
    """(version, code) -> inhabitants as printed on the maps."""
    if comparison.populations is None:
        return {}
    return {
        (version, row["code"]): float(row[version])
        for row in comparison.populations.to_dict("records")
        for version in ("before", "after")
    }


def name_of(comparison: Comparison, code: str) -> str:
    """'6 Bahnhofsviertel'."""
    return f"{code} {comparison.names.get(code, '')}".strip()


def reasons_table(comparison: Comparison) -> Table:
    """Letter, from and to, blocks, inhabitants and the reason of each move."""
    rows = []
    for place, row in enumerate(comparison.changes.to_dict("records")):
        people = float(row["population"]) if row["population"] is not None else math.nan
        swap = f"{name_of(comparison, row['from_area'])} → {name_of(comparison, row['to_area'])}"
        rows.append(
            Row(
                (
                    text_cell(letter(place), strong=True),
                    text_cell(swap),
                    count_cell(float(row["blocks"])),
                    count_cell(people) if math.isfinite(people) else mark_cell(BLOCKED),
                    text_cell(str(row["why"])),
                    text_cell(str(row["role"] or "")),
                )
            )
        )
    columns = (
        Column(_("Gruppe"), "left", 0.8),
        Column(_("Wechsel"), "left", 3.4),
        Column(_("Blöcke")),
        Column(_("Einwohner/-innen"), "right", 1.4),
        Column(_("Begründung"), "left", 4.6),
        Column(_("Von wem"), "left", 1.6),
    )
    return Table(
        _("Was in {town} gewechselt hat und warum").format(town=comparison.municipality),
        columns,
        tuple(rows),
        sheet=_("Vorher und nachher"),
    )


def numbers_table(comparison: Comparison, codes: list[str]) -> Table:
    """Inhabitants per area, before and after."""
    known = populations(comparison)

    def cells(version: str) -> list[Cell]:
        return [
            count_cell(known[version, code])
            if math.isfinite(known.get((version, code), math.nan))
            else Cell("x", shape="mark")
            for code in codes
        ]

    note = _("x = das Gebiet ist in dieser Fassung nicht vorhanden")
    caption = _("Einwohnerinnen und Einwohner der Gebiete, vorher und nachher")
    both = list(zip(cells("before"), cells("after"), strict=True))
    if len(codes) > 8:
        columns = (
            Column(_("Gebiet"), "left", 4),
            Column(comparison.title_before, "right", 2),
            Column(comparison.title_after, "right", 2),
        )
        rows = [Row((text_cell(name_of(comparison, code)), *pair)) for code, pair in zip(codes, both, strict=True)]
        return Table(caption, columns, tuple(rows), (note,), sheet=_("Vorher und nachher"))
    wide = (Column(_("Einwohner/-innen"), "left", 4), *[Column(_("Gebiet {code}").format(code=code)) for code in codes])
    lines = [
        Row((text_cell(comparison.title_before), *[pair[0] for pair in both])),
        Row((text_cell(comparison.title_after, strong=True), *[pair[1] for pair in both])),
    ]
    return Table(caption, wide, tuple(lines), (note,), sheet=_("Vorher und nachher"))


def alt_text(comparison: Comparison, title: str, areas: int, version: str) -> str:
    """What one of the two maps shows."""
    total = int(sum(moved(comparison, place).sum() for place in range(len(comparison.changes))))
    style = _("gestrichelt") if version == "before" else _("durchgezogen")
    return _(
        "Karte von {town}, {title}: {areas} mit Nummer, darin die Blöcke mit dünnen Linien. "
        "{blocks} in {groups} sind {style} umrandet und mit Buchstaben bezeichnet. Die "
        "Farben tragen keinen Wert; die Tabelle nennt Wechsel und Begründung."
    ).format(
        town=comparison.municipality,
        title=title,
        areas=counted(areas, _("Gebiet"), _("Gebiete")),
        blocks=counted(total, _("Block"), _("Blöcke")),
        groups=counted(len(comparison.changes), _("Gruppe"), _("Gruppen")),
        style=style,
    )
