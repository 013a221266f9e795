"""The Lesehilfe: rows, precision, colours, limits, marks, an example, the four wordings."""

from __future__ import annotations

from sozialraum.base import _
from sozialraum.base.numbers import count
from sozialraum.indicators.registry import Definition
from sozialraum.publish.cells import Cell, count_cell, interval_cell, number_cell, text_cell
from sozialraum.publish.document import (
    Box,
    Column,
    Columns,
    Heading,
    Page,
    Part,
    Row,
    Table,
    Text,
)
from sozialraum.publish.facts import REGION, Facts
from sozialraum.publish.svg_charts import Spread, strip
from sozialraum.publish.value_cells import has_number, measure
from sozialraum.publish.words import HIDDEN, LIMITED, NOT_DELIVERED, TOO_FEW, mark_meaning, mark_text


def how_to_read(facts: Facts) -> Page:
    """The Lesehilfe: rows, precision, colours, limits, marks, an example and the four wordings."""
    left: list[Part] = [
        Heading(_("Was eine Zeile sagt")),
        Text(
            _(
                "Ein Merkmal steht immer als **Anzahl**, als **Anteil** und mit der **Basis**, auf "
                "die sich der Anteil bezieht. Daneben stehen Gemeinde, Kreis und die vorige Ausgabe."
            )
        ),
        Heading(_("Wie genau eine Zahl ist")),
        Text(
            _(
                "In kleinen Gebieten schwanken Anteile von Jahr zu Jahr, auch wenn sich an der Lage "
                "nichts ändert. Das **Intervall** nennt den Bereich, in dem der Anteil bei dieser "
                "Gebietsgröße mit 95\u202f% Sicherheit liegt. Liegt der Kreiswert darin, heißt es im "
                "Text: „vom Kreis nicht unterscheidbar“."
            )
        ),
        Heading(_("Was die Farben sagen")),
        Text(
            _(
                "Dunkel heißt immer: **höherer Handlungsbedarf**. Wo eine Zahl kein Urteil trägt, "
                "heißt dunkel nur: höherer Wert; das steht bei der Legende. Die Klassengrenzen sind "
                "für alle Gemeinden und alle Jahre gleich. Schraffuren sind keine Klassen: Sie "
                "sagen, warum ein Wert fehlt."
            )
        ),
        Heading(_("Was der Bericht nicht sagt")),
        Text(
            _(
                "Ein Gebietswert sagt nichts über einzelne Personen. Er nennt auch keine Ursachen. "
                "Er ist ein Anlass, mit Ortskenntnis genauer hinzusehen."
            )
        ),
    ]
    parts: list[Part] = [
        Columns((84, 84), (tuple(left), (Heading(_("Zeichen in Tabellen und Karten")), marks_table(facts))))
    ]
    example = worked_example(facts)
    if example:
        parts.append(example)
    parts += [Heading(_("Welche Worte wann stehen")), words_table(facts)]
    lead = _(
        "Dieser Bericht vergleicht Gebiete, nicht Menschen. Jede Zahl steht mit ihrer Basis, "
        "ihrem Datum und ihrer Genauigkeit."
    )
    return Page("lesehilfe", "vorweg", _("Vorweg"), _("Lesehilfe"), lead, tuple(parts))


def marks_table(facts: Facts) -> Table:
    """All marks and hatches with their meaning."""
    rows = [
        Row((text_cell("0"), text_cell(mark_meaning("0")))),
        *[
            Row((text_cell(mark_text(mark)), text_cell(mark_meaning(mark))))
            for mark in (HIDDEN, NOT_DELIVERED, TOO_FEW)
        ],
        Row((text_cell("(12,3)" if facts.content.language == "de" else "(12.3)"), text_cell(mark_meaning(LIMITED)))),
        Row(
            (
                text_cell("12,3\u00a0s" if facts.content.language == "de" else "12.3\u00a0s"),
                text_cell(mark_meaning("s")),
            )
        ),
        Row((text_cell("x"), text_cell(mark_meaning("x")))),
        Row((picture_cell(facts.swatch(hatching="missing")), text_cell(_("Karte: nicht geliefert")))),
        Row((picture_cell(facts.swatch(hatching="hidden")), text_cell(_("Karte: verborgen")))),
        Row((picture_cell(facts.swatch(hatching="few")), text_cell(_("Karte: zu wenige Fälle")))),
        Row((picture_cell(facts.swatch(ring=True)), text_cell(_("Karte: vom Kreis nicht unterscheidbar")))),
    ]
    columns = (Column(_("Zeichen"), "left", 1), Column(_("Bedeutung"), "left", 4.6))
    return Table(_("Zeichen in Tabellen und Karten"), columns, tuple(rows), sheet="")


def picture_cell(picture: str) -> Cell:
    """A cell that shows a small decorative picture."""
    return Cell("", picture=picture, shape="picture")


EXAMPLE = Spread(0.02, 0.09, 0.19, 0.38, 0.157)


def worked_example(facts: Facts) -> Box | None:
    """One real row of this report read step by step: the indicator of the index with the clearest area."""
    for definition in sorted(facts.content.definitions, key=lambda d: (not d.in_index, d.kind != "share")):
        clear = [(a, r) for a, r in facts.shown(definition.id) if r.versus == "higher" and r.status == "observed"]
        region = facts.value(definition.id, REGION, REGION)
        spread = facts.spread(definition.id)
        if clear and region is not None and has_number(region) and spread:
            return _example_box(facts, definition, clear[0], region, spread)
    return None


def _example_box(facts: Facts, definition: Definition, found: tuple, region: object, spread: Spread) -> Box:
    area, row = found
    how = measure(definition)
    picture = facts.draw("strip-example", strip(spread, row.share_low, row.ci_low, row.ci_high))
    share, interval, kreis = (
        how.cell(row.share_low, row.share_high, row.status),
        interval_cell(row.ci_low, row.ci_high),
        number_cell(spread.region, spread.region, "observed", how.shape, 1, how.factor),
    )
    cells = (
        text_cell(definition.title),
        count_cell(row.count_low),
        count_cell(row.base_low),
        share,
        interval,
        kreis,
        picture_cell(picture),
    )
    table = Table(
        _("Ein Beispiel: {area}").format(area=facts.label(area)),
        example_columns(facts.label(area), how.head),
        (Row(cells),),
    )
    steps = (
        _("**1 · Lesen.** Anzahl {count} von {base}: Das sind {share}.").format(
            count=count(row.count_low), base=count(row.base_low), share=how.words(row.share_low)
        ),
        _(
            "**2 · Genauigkeit beachten.** Das Intervall reicht von {low} bis {high}. Ein "
            "kleinerer Unterschied zur vorigen Ausgabe wäre nicht deutbar."
        ).format(low=how.words(row.ci_low), high=how.words(row.ci_high)),
        _(
            "**3 · Vergleichen.** Der Kreiswert ({region}) liegt außerhalb des Intervalls. Der "
            "Wert ist also erkennbar höher als im Kreis."
        ).format(region=how.words(spread.region)),
    )
    note = _(
        "Lagestreifen: Linie = kleinster bis größter Wert aller ausgewiesenen {areas} · "
        "graues Feld = mittlere Hälfte · orangefarbener Strich = Kreis · Punkt mit Balken = "
        "dieses Gebiet mit Intervall. Der Streifen wiederholt die Zahlen der Zeile."
    ).format(areas=facts.area_word(2))
    columns = Columns((50, 50, 50), tuple((Text(step),) for step in steps))
    return Box("example", (Heading(_("Ein Beispiel, Schritt für Schritt")), table, columns, Text(note, "note")))


def example_columns(label: str, head: str) -> tuple[Column, ...]:
    """The columns of a row of the profile, for the example."""
    return (
        Column(label, "left", 4),
        Column(_("Anzahl")),
        Column(_("Basis")),
        Column(head),
        Column(_("Intervall 95\u202f%")),
        Column(_("Kreis")),
        Column(_("Lage im Kreis"), "strip"),
    )


def words_table(facts: Facts) -> Table:
    """The four wordings with when they stand, each with a strip."""
    strips = [
        facts.draw("strip-word-1", strip(EXAMPLE, 0.34, 0.31, 0.37)),
        facts.draw("strip-word-2", strip(EXAMPLE, 0.17, 0.13, 0.21)),
        facts.draw("strip-word-3", strip(EXAMPLE, 0.2, 0.15, 0.25)),
    ]
    rows = (
        Row(
            (
                text_cell(_("erkennbar höher (oder niedriger) als im Kreis"), strong=True),
                text_cell(_("Der Kreiswert liegt außerhalb des Intervalls.")),
                picture_cell(strips[0]),
            )
        ),
        Row(
            (
                text_cell(_("vom Kreis nicht unterscheidbar"), strong=True),
                text_cell(_("Der Kreiswert liegt im Intervall. Ein Rangplatz wird nicht genannt.")),
                picture_cell(strips[1]),
            )
        ),
        Row(
            (
                text_cell(_("Einstufung unsicher"), strong=True),
                text_cell(_("Bei kleinen Änderungen der Rechnung wechselt die Klasse.")),
                picture_cell(strips[2]),
            )
        ),
        Row(
            (
                text_cell(_("keine Aussage"), strong=True),
                text_cell(_("Die Basis ist zu klein, oder der Wert ist verborgen oder nicht geliefert.")),
                text_cell(""),
            )
        ),
    )
    columns = (
        Column(_("Wort im Text"), "left", 3),
        Column(_("Wann es steht"), "left", 4.4),
        Column(_("Bild"), "strip"),
    )
    return Table(_("Welche Worte wann stehen"), columns, rows)
