"""Before and after on A3 ("Vorher – nachher"): a page for every changed municipality, and one that sums up."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sozialraum.base import _, code_key, in_language, plural
from sozialraum.base.numbers import count, counted
from sozialraum.plans.comparing import TownComparison
from sozialraum.publish import svg
from sozialraum.publish.comparison_content import ComparisonPrint, Move, TownChange, kind_text
from sozialraum.publish.comparison_maps import Pair, draw_pair
from sozialraum.publish.comparison_summary import summary_page
from sozialraum.publish.comparison_words import area_text, columns, likeness_text, plan_line
from sozialraum.publish.palette import ACCENT, WHITE
from sozialraum.publish.print_pdf import compile_sheets
from sozialraum.publish.print_sheets import Paper, papers, scale_text
from sozialraum.publish.work_map_content import PlanText, people_text

WIDE, HIGHEST, LOWEST = 197.0, 186.0, 128.0
"""Each of the two maps in mm on A3: its width, and its height as the tables beneath leave it; A1 enlarges both."""
TABLES = 226.0
"""Height in mm that maps and tables share."""
ARROW = " \u2192 "


def comparison_pdf(content: ComparisonPrint, paper: str = "A3") -> bytes:
    """The comparison as PDF with real text. UsageError for a paper that is not printed."""
    with in_language(content.language):
        return compile_sheets("comparison.typ", comparison_data(content, paper))


def comparison_data(content: ComparisonPrint, paper: str) -> dict[str, Any]:
    """Everything the template sets, finished."""
    sheet = papers(paper)[0]
    pages = [town_page(content, change, sheet) for change in content.towns]
    marks = [content.notice] if content.notice else []
    if not content.new.binding:
        marks.append(_("Entwurf, nicht beschlossen"))
    return {
        "title": _("Vorher – nachher: {old} und {new}").format(old=content.old.title, new=content.new.title),
        "kicker": " · ".join(word for word in (_("Vorher – nachher"), content.region) if word),
        "language": content.language,
        "date": [int(part) for part in content.created_on[:10].split("-")],
        "paper": paper,
        "width": sheet.width,
        "height": sheet.height,
        "margin": sheet.margin,
        "marks": marks,
        "source": content.source,
        "check": _("Planstände {old} und {new}").format(old=content.old.version, new=content.new.version),
        "legend": legend_entries(),
        "words": {
            "origin": _("Woher die Gebiete kommen"),
            "moves": _("Was gewechselt hat und warum"),
            "areas": _("Einwohner/-innen der Gebiete"),
        },
        "summary": summary_page(content) if content.whole or not pages else None,
        "pages": pages,
    }


def enlarged(paper: Paper) -> float:
    """How much larger than A3 the paper is."""
    return (paper.width - 2 * paper.margin) / 400.0


def town_page(content: ComparisonPrint, change: TownChange, paper: Paper) -> dict[str, Any]:
    """One municipality as data."""
    tables = (origin_table(change), moves_table(change.moves), people_table(change))
    larger, high = enlarged(paper), map_height(change, max(len(table["rows"]) for table in tables))
    pair = draw_pair(change, (WIDE * larger, high * larger))
    numbers = change.figures
    town = change.town.name
    heading = _("{town}: Gebiete vorher und nachher").format(town=town)
    if numbers.areas_before != numbers.areas_after:
        heading = _("{town}: von {before} zu {after} Gebieten").format(
            town=town, before=count(numbers.areas_before), after=count(numbers.areas_after)
        )
    sides = []
    for title, plan, field, version in (
        (_("Vorher"), change.before.plan, pair.before, "before"),
        (_("Nachher"), change.after.plan, pair.after, "after"),
    ):
        alt = alt_text(change, plan, version)
        sides.append({"title": title, "plan": plan_line(plan), "field": field | {"alt": alt}})
    return {
        "heading": heading,
        "lead": lead(change),
        "figures": figure_lines(numbers, pair),
        "sides": sides,
        "remarks": remarks(content, change, pair),
        "origin": tables[0],
        "moves": tables[1],
        "areas": tables[2],
        "unchanged": unchanged_line(change),
    }


def map_height(change: TownChange, rows: int) -> float:
    """What the longest table leaves to the maps in mm; a table too long goes on on the next page."""
    unchanged = int((change.lineage["kind"] == "U").sum())
    long_reasons = sum(len(move.reason) // 60 for move in change.moves)
    wanted = TABLES - 16 - 3.75 * (rows + long_reasons) - 1.2 * unchanged
    return min(max(wanted, LOWEST), HIGHEST)


def lead(change: TownChange) -> str:
    """The finding in a sentence: what was split or merged, else how many blocks moved."""
    rows = change.lineage[change.lineage["kind"] != "U"]
    if len(rows) and set(rows["kind"]) <= {"S", "M"}:
        return " ".join([*_splits(rows[rows["kind"] == "S"]), *_merges(rows[rows["kind"] == "M"])])
    moves, people = change.moves, change.figures.persons_moved
    blocks = sum(len(move.blocks) for move in moves)
    if not moves:
        return _("Kein Block hat sein Gebiet gewechselt; geändert haben sich nur Nummern oder Namen.")
    if people is None:
        return plural(
            "{blocks} Block hat das Gebiet gewechselt.", "{blocks} Blöcke haben das Gebiet gewechselt.", blocks
        ).format(blocks=count(blocks))
    shown = counted(people, _("Einwohner/-in"), _("Einwohner/-innen"))
    return plural(
        "{blocks} Block mit {people} hat das Gebiet gewechselt.",
        "{blocks} Blöcke mit {people} haben das Gebiet gewechselt.",
        blocks,
    ).format(blocks=count(blocks), people=shown)


def _splits(rows: pd.DataFrame) -> list[str]:
    """'Gebiet 14 wurde geteilt: 14a West, 14b Ost.'"""
    text = _("Gebiet {old} wurde geteilt: {new}.")
    return [
        text.format(
            old=old, new=", ".join(area_text(*pair) for pair in zip(mine["new_code"], mine["new_name"], strict=True))
        )
        for (_id, old), mine in rows.groupby(["old_id", "old_code"], sort=False)
    ]


def _merges(rows: pd.DataFrame) -> list[str]:
    """'Zusammengelegt zu Gebiet 3: 3 Nord, 4 Süd.'"""
    text = _("Zusammengelegt zu Gebiet {new}: {old}.")
    return [
        text.format(
            new=new, old=", ".join(area_text(*pair) for pair in zip(mine["old_code"], mine["old_name"], strict=True))
        )
        for (_id, new), mine in rows.groupby(["new_id", "new_code"], sort=False)
    ]


def figure_lines(numbers: TownComparison, pair: Pair) -> list[tuple[str, str]]:
    """Numbers before and after: label and value."""
    return [
        (_("Gebiete"), f"{count(numbers.areas_before)}{ARROW}{count(numbers.areas_after)}"),
        (_("Ähnlichkeit innen"), likeness_text(numbers.likeness_before, numbers.likeness_after)),
        (_("Maßstab beider Karten"), scale_text(pair.window.denominator)),
    ]


def remarks(content: ComparisonPrint, change: TownChange, pair: Pair) -> list[str]:
    """What a reader must know to read the maps."""
    found = [
        _("Farben und Schraffuren unterscheiden nur die Gebiete; sie sagen nichts über die Lage."),
        _("Ähnlichkeit innen: 100 = in jedem Gebiet gleichen sich alle Blöcke."),
    ]
    if pair.part:
        text = _("Ausschnitt: Die Karten zeigen den Teil von {town}, in dem sich etwas geändert hat.")
        found.insert(0, text.format(town=change.town.name))
    return [*found, *content.comparison.notes]


def origin_table(change: TownChange) -> dict[str, Any]:
    """From which area to which, in words; unchanged areas stand in a line of their own."""
    rows = change.lineage[change.lineage["kind"] != "U"].to_dict("records")
    return {
        "columns": columns(
            (_("Vorher"), "left", 1.25), (_("Nachher"), "left", 1.25), (_("Wie"), "left", 1.0),
            (_("Blöcke"), "right", 0), (_("Einw."), "right", 0),
        ),
        "rows": [
            [
                area_text(row["old_code"], row["old_name"]), area_text(row["new_code"], row["new_name"]),
                kind_text(row["kind"]), count(row["blocks"]), people_text(row["persons"]),
            ]
            for row in rows
        ],
    }  # fmt: skip


def unchanged_line(change: TownChange) -> str:
    """'Unverändert: 1 Altstadt 3.739 · 2 Nord 4.034.' - areas with the same blocks, with their inhabitants."""
    words = []
    for row in change.lineage[change.lineage["kind"] == "U"].to_dict("records"):
        codes = [row["old_code"], row["new_code"]] if row["old_code"] != row["new_code"] else [row["new_code"]]
        words.append(f"{ARROW.join(codes)} {row['new_name']} {people_text(row['persons'])}".replace("  ", " "))
    return _("Unverändert, mit Einwohnerzahl: {areas}.").format(areas=" · ".join(words)) if words else ""


def moves_table(moves: list[Move]) -> dict[str, Any]:
    """Letter, from and to, blocks, inhabitants, released reason."""
    return {
        "columns": columns(
            ("", "left", 0), (_("Wechsel"), "left", 0), (_("Blöcke"), "right", 0), (_("Einw."), "right", 0),
            (_("Grund"), "left", 1),
        ),
        "rows": [
            [
                move.letter, f"{move.from_code}{ARROW}{move.to_code}", count(len(move.blocks)),
                people_text(move.people), move.reason,
            ]
            for move in moves
        ],
    }  # fmt: skip


def people_table(change: TownChange) -> dict[str, Any]:
    """The areas that changed, by code, with their inhabitants in both versions."""
    rows = change.lineage[change.lineage["kind"] != "U"]
    touched = {"before": set(rows["old_id"]), "after": set(rows["new_id"])}
    people: list[dict[str, str]] = []
    names: dict[str, str] = {}
    for version, areas in touched.items():
        mine = change.areas[(change.areas["version"] == version) & change.areas["area_id"].isin(areas)]
        people.append({code: people_text(told) for code, told in zip(mine["code"], mine["persons"], strict=True)})
        names |= dict(zip(mine["code"], mine["name"], strict=True))
    before, after = people
    return {
        "columns": columns((_("Gebiet"), "left", 1), (_("vorher"), "right", 0), (_("nachher"), "right", 0)),
        "rows": [
            [
                area_text(code, str(names[code] or "")),
                before.get(code, _("neu")),
                after.get(code, _("entfällt")),
            ]
            for code in sorted(names, key=code_key)
        ],
    }


def legend_entries() -> list[dict[str, str]]:
    """Dashed, solid, disc."""
    across = "M0 5.5h30"
    disc = svg.circle(15, 5.5, 5.2, ACCENT) + svg.text(15, 8, "A", 7.2, anchor="middle", weight=700, fill=WHITE)
    signs = [
        (svg.shape(across, stroke=ACCENT, width=2.1, dash="5 2.6"), _("Blöcke vor dem Wechsel")),
        (svg.shape(across, stroke=ACCENT, width=2.1), _("Blöcke nach dem Wechsel")),
        (disc, _("Gruppe in der Tabelle")),
    ]
    return [{"swatch": svg.picture(30, 11, [sign]), "words": words} for sign, words in signs]


def alt_text(change: TownChange, plan: PlanText, version: str) -> str:
    """What one of the two maps shows."""
    rows = change.before.rows if version == "before" else change.after.rows
    style = _("gestrichelt") if version == "before" else _("durchgezogen")
    return _(
        "Karte von {town}, {plan}: {areas} mit Nummer und Einwohnerzahl. {groups} gewechselter Blöcke sind {style} "
        "umrandet und mit Buchstaben bezeichnet. Die Tabellen darunter nennen Herkunft, Wechsel und Einwohnerzahlen."
    ).format(
        town=change.town.name,
        plan=plan.title,
        areas=counted(len(rows), _("Gebiet"), _("Gebiete")),
        groups=counted(len(change.moves), _("Gruppe"), _("Gruppen")),
        style=style,
    )
