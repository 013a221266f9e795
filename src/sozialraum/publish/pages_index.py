"""The page of the index: map of Handlungsbedarf with dynamics, the 4 x 3 table, all areas."""

from __future__ import annotations

import math
from collections import Counter

from sozialraum.base import _, quoted
from sozialraum.base.numbers import MINUS, count, day
from sozialraum.publish.cells import Cell, count_cell, mark_cell, text_cell
from sozialraum.publish.document import (
    Column,
    Columns,
    Heading,
    Legend,
    LegendEntry,
    Page,
    Part,
    Picture,
    Row,
    Table,
    Text,
)
from sozialraum.publish.facts import Area, Facts
from sozialraum.publish.pages_front import index_sentences, profile_key
from sozialraum.publish.pages_sizes import size_parts
from sozialraum.publish.palette import NEED
from sozialraum.publish.svg_maps import Look, Shapes, area_map
from sozialraum.publish.words import HIDDEN, NOT_DELIVERED, TOO_FEW, dynamics, need_for_action, social_status

SIGNS = {"+": "+", "=": "", "-": MINUS}


def index_page(facts: Facts, shapes: Shapes) -> Page:
    """Handlungsbedarf from status and dynamics."""
    key = facts.draw("map-index", area_map(shapes, index_looks(facts), notice=facts.content.notice))
    right: tuple[Part, ...] = (
        Heading(_("Was die Karte zeigt")),
        Text(
            _(
                "Der Index fasst {names} zusammen. Er sagt, wie ein Gebiet im Vergleich zu den "
                "anderen Gebieten des Kreises steht, nicht wie gut oder schlecht die Lage für sich "
                "ist."
            ).format(names=index_names(facts))
        ),
        Heading(_("Legende: Handlungsbedarf")),
        index_legend(facts),
    )
    parts: list[Part] = [
        Columns((106, 62), ((Picture(key, index_alt(facts), 106), Text(facts.map_line(), "note")), right))
    ]
    if has_dynamics(facts):
        parts += [Heading(_("Handlungsbedarf und Dynamik")), matrix(facts)]
    else:
        parts += [Heading(_("Gebiete nach Handlungsbedarf")), class_table(facts), Text(no_dynamics(), "note")]
    parts += [*size_parts(facts), Heading(_("Alle Gebiete")), index_table(facts)]
    lead = " ".join(index_sentences(facts))
    return Page(
        "handlungsbedarf",
        "handlungsbedarf",
        _("Handlungsbedarf"),
        _("Wo der Handlungsbedarf hoch ist"),
        lead,
        tuple(parts),
    )


def index_names(facts: Facts) -> str:
    """The titles of the indicators in the index, from its record or the definitions."""
    chosen = (facts.content.index_record or {}).get("indicators")
    ids = {str(item.get("id", item)) if isinstance(item, dict) else str(item) for item in chosen or ()}
    titles = [d.title for d in facts.content.definitions if (d.id in ids if ids else d.in_index)]
    return ", ".join(quoted(title) for title in titles)


def index_looks(facts: Facts) -> dict[str, Look]:
    """Fill by class or hatch, ring where the class is uncertain, sign of the dynamics after the number."""
    looks = {}
    for area in facts.areas:
        row = facts.index.get(area.id)
        if row is None or not row.status_class:
            looks[area.id] = Look(hatch=no_class(facts, area.id))
            continue
        sign = SIGNS.get(row.dynamics, "")
        looks[area.id] = Look(NEED[int(row.status_class) - 1], ringed=not row.certain, label=area.code + sign)
    return looks


def no_class(facts: Facts, area: str) -> str:
    """Hatch of an area without class: 'few' (left out), 'hidden' (several classes possible) or 'missing'."""
    row = facts.index.get(area)
    if row is None:
        return "missing"
    code = left_out(facts).get(area, "")
    if code in ("too_small", "outlier"):
        return "few"
    return "missing" if code or not math.isfinite(row.score_low) else "hidden"


def left_out(facts: Facts) -> dict[str, str]:
    """Area -> code of the reason why it is not in the reference set, from the record of the index."""
    records = (facts.content.index_record or {}).get("editions", ())
    found = records.values() if isinstance(records, dict) else records
    return next((dict(record["left_out"]) for record in found if record.get("period") == facts.content.edition), {})


def index_legend(facts: Facts) -> Legend:
    """Four classes, dark first, the signs of the dynamics, hatches."""
    classes = Counter(int(row.status_class) for row in facts.index.values())
    entries = [
        LegendEntry(facts.swatch(NEED[level - 1]), need_for_action(level), count(classes[level]))
        for level in (4, 3, 2, 1)
    ]
    hatches = Counter(look.hatch for look in index_looks(facts).values() if look.hatch)
    words = {
        "missing": _("keine Aussage: zu wenige Angaben"),
        "few": _("keine Aussage: zu klein oder benannter Sonderfall"),
        "hidden": _("keine Aussage: wegen verborgener Werte sind mehrere Stufen möglich"),
    }
    entries += [
        LegendEntry(facts.swatch(hatching=kind), words[kind], count(hatches[kind])) for kind in words if hatches[kind]
    ]
    uncertain = sum(1 for row in facts.index.values() if row.status_class and not row.certain)
    if uncertain:
        entries.append(LegendEntry(facts.swatch(ring=True), _("Einstufung unsicher"), count(uncertain)))
    signs = Counter(row.dynamics for row in facts.index.values() if row.status_class)
    for sign, glyph in (("-", MINUS), ("+", "+")):
        if signs[sign]:
            entries.append(
                LegendEntry(
                    facts.swatch(sign=glyph), _("Dynamik {words}").format(words=dynamics(sign)), count(signs[sign])
                )
            )
    return Legend(tuple(entries), _("Dunkel = höherer Handlungsbedarf. Rechts: Zahl der Gebiete."))


def index_alt(facts: Facts) -> str:
    """What the index map shows."""
    highest = [facts.label(area) for area in facts.areas if class_of(facts, area) == 4]
    named = ", ".join(highest[:4]) + (" …" if len(highest) > 4 else "")
    parts = [
        _("Flächenkarte der {areas}: Handlungsbedarf in vier Stufen am {day}.").format(
            areas=facts.area_word(2), day=day(facts.content.edition)
        )
    ]
    parts += index_sentences(facts)[:1]
    parts.append(
        _("Sehr hoch ist er in: {names}.").format(names=named) if named else _("Sehr hoch ist er in keinem Gebiet.")
    )
    if has_dynamics(facts):
        parts.append(_("Zeichen hinter der Nummer zeigen die Dynamik; alle Einstufungen nennt die Tabelle."))
    else:
        parts.append(_("Eine Dynamik ist nicht gerechnet; alle Einstufungen nennt die Tabelle."))
    return " ".join(parts)


def class_of(facts: Facts, area: Area) -> int:
    """The status class of an area, 0 for none."""
    row = facts.index.get(area.id)
    return int(row.status_class) if row is not None else 0


def has_dynamics(facts: Facts) -> bool:
    """True when at least one area has a dynamics; with a single edition none has."""
    return any(row.dynamics for row in facts.index.values())


def no_dynamics() -> str:
    """Why there is no dynamics."""
    return _("Ohne Dynamik: Sie vergleicht zwei Ausgaben, und es liegt erst eine vor.")


def class_table(facts: Facts) -> Table:
    """Number of areas by Handlungsbedarf, for a report without dynamics."""
    classes = Counter(int(row.status_class) for row in facts.index.values())
    rows = tuple(
        Row(
            (
                text_cell(need_for_action(level), strong=True),
                text_cell(social_status(level)),
                count_cell(classes[level]),
            )
        )
        for level in (4, 3, 2, 1)
    )
    columns = (Column(_("Handlungsbedarf"), "left", 1.5), Column(_("Status"), "left", 3.6), Column(_("Gebiete")))
    return Table(_("Zahl der Gebiete nach Handlungsbedarf"), columns, rows, sheet=_("Handlungsbedarf"))


def matrix(facts: Facts) -> Table:
    """Number of areas by Handlungsbedarf and dynamics."""
    counts = Counter((int(row.status_class), row.dynamics) for row in facts.index.values())
    rows = []
    for level in (4, 3, 2, 1):
        cells = [count_cell(counts[level, sign]) for sign in ("-", "=", "+", "")]
        total = sum(counts[level, sign] for sign in ("-", "=", "+", ""))
        rows.append(
            Row(
                (
                    text_cell(need_for_action(level), strong=True),
                    text_cell(social_status(level)),
                    *cells,
                    count_cell(total),
                )
            )
        )
    columns = (
        Column(_("Handlungsbedarf"), "left", 1.5),
        Column(_("Status"), "left", 3.6),
        Column(_("Dynamik negativ"), "right", 1),
        Column(_("stabil"), "right", 1),
        Column(_("positiv"), "right", 1),
        Column(_("keine Aussage"), "right", 1),
        Column(_("Gebiete"), "right", 1),
    )
    note = _(
        "Dynamik negativ = Belastung nimmt zu, positiv = Belastung nimmt ab, jeweils im "
        "Vergleich zu den anderen Gebieten"
    )
    return Table(
        _("Zahl der Gebiete nach Handlungsbedarf und Dynamik"),
        columns,
        tuple(rows),
        (note,),
        sheet=_("Handlungsbedarf"),
    )


def index_table(facts: Facts) -> Table:
    """Every area with Handlungsbedarf, dynamics and certainty; columns that tell nothing are left out."""
    told = any(not row.status_class or not row.certain for row in facts.index.values())
    shown = [0, 1, *((2,) if has_dynamics(facts) else ()), *((3,) if told or has_dynamics(facts) else ())]
    rows = []
    for area in facts.areas:
        cells = (text_cell(facts.label(area), target=profile_key(area.id)), *index_cells(facts, area.id))
        rows.append(Row(tuple(cells[place] for place in shown)))
    columns = (
        Column(_("Gebiet"), "left", 3),
        Column(_("Handlungsbedarf"), "left", 1.8),
        Column(_("Dynamik"), "left", 2.8),
        Column(_("Einstufung"), "left", 3.6),
    )
    return Table(
        _("Handlungsbedarf aller Gebiete"),
        tuple(columns[place] for place in shown),
        tuple(rows),
        sheet=_("Handlungsbedarf"),
    )


def index_cells(facts: Facts, area: str) -> tuple[Cell, ...]:
    """Handlungsbedarf, dynamics and certainty of one area in words."""
    row = facts.index.get(area)
    if row is None:
        return (mark_cell(NOT_DELIVERED),) * 2 + (text_cell(_("keine Aussage")),)
    if not row.status_class:
        mark = mark_cell({"few": TOO_FEW, "hidden": HIDDEN}.get(no_class(facts, area), NOT_DELIVERED))
        return (mark, mark, text_cell(str(row.reason) or _("keine Aussage")))
    sure = _("sicher") if row.certain else _("Einstufung unsicher")
    return (
        text_cell(need_for_action(int(row.status_class)), strong=True),
        text_cell(dynamics(row.dynamics)),
        text_cell(sure),
    )
