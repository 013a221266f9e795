"""The last pages: how it was computed, words, sources, state of the data."""

from __future__ import annotations

import math

from sozialraum.base import _, name_key, plural
from sozialraum.base.numbers import count, day, decimal
from sozialraum.indicators.benefit_names import naming_on
from sozialraum.publish.cells import count_cell, text_cell
from sozialraum.publish.change_words import change_method
from sozialraum.publish.content import SupplyWords
from sozialraum.publish.document import Column, Heading, Page, Part, Row, Table, Terms, Text
from sozialraum.publish.facts import Facts
from sozialraum.publish.value_cells import measure
from sozialraum.publish.words import hidden_reason

HOW_COMPUTED = "wie-gerechnet"


def method_page(facts: Facts) -> Page:
    """'Wie gerechnet?': the only page that speaks of methods."""
    content = facts.content
    parts: list[Part] = []
    for heading, text in (*general_method(facts), *content.method):
        parts += [Heading(heading), Text(text)]
    parts += [Heading(_("Verborgene Werte")), Text(hidden_sentence(facts))]
    if hidden_by_reason(facts):
        parts.append(hidden_table(facts))
    parts += [Heading(_("Die Indikatoren und ihre Fassungen")), definitions_table(facts)]
    lead = _("Wie die Werte entstehen, wie genau sie sind und was verborgen wird.")
    return Page(HOW_COMPUTED, "anhang", _("Anhang"), _("Wie gerechnet?"), lead, tuple(parts))


def general_method(facts: Facts) -> list[tuple[str, str]]:
    """What holds for every report, with the parameters of this one."""
    record = facts.content.index_record or {}
    pairs = [
        (
            _("Anteile und Intervalle"),
            _(
                "Ein Anteil ist Anzahl geteilt durch Basis. Das Intervall ist das 95-%-Intervall "
                "nach Wilson; bei Fällen je 100 wird es nach Poisson oder Byar gerechnet. Ein Gebiet "
                "gilt als vom Kreis nicht unterscheidbar, wenn der Kreiswert im Intervall liegt. "
                "Unterschiede werden aus den gedruckten Werten gebildet."
            ),
        ),
        (
            _("Summen von Gemeinden und Kreis"),
            _(
                "Werte der Gemeinden und des Kreises sind Summen gelieferter Zahlen, keine Mittel "
                "von Anteilen. Fehlt eine Gemeinde, so steht bei jedem Kreiswert, welche."
            ),
        ),
    ]
    if facts.content.index_values is not None:
        ddof = record.get("ddof", 0)
        pairs.append(
            (
                _("Index"),
                _(
                    "Jeder Anteil wird mit seiner Richtung (mehr oder weniger Belastung) in einen z-Wert "
                    "über alle einbezogenen Gebiete umgerechnet; das ungewichtete Mittel der Merkmale "
                    "wird noch einmal ebenso umgerechnet. Stufen: unter −1 gering, −1 bis 1 mittel, über "
                    "1 bis 1,5 hoch, über 1,5 sehr hoch. Teiler der Streuung: n − {ddof}. Die Dynamik "
                    "ist dieselbe Rechnung mit den Veränderungen in Prozentpunkten; ihre Grenzen sind −1 "
                    "und 1. Einbezogen sind Gebiete ab {smallest} Einwohnerinnen und Einwohnern ohne "
                    "benannte Sonderfälle."
                ).format(ddof=ddof, smallest=count(float(record.get("fewest_inhabitants", 300)))),
            )
        )
    if facts.content.changes:
        pairs.append((_("Veränderungen"), change_method()))
    words = facts.content.supply_words
    if words is not None and facts.content.supply_values is not None:
        pairs.append((_("Bedarf und Angebot"), " ".join(supply_method(words))))
    return pairs


def supply_method(words: SupplyWords) -> list[str]:
    """How supply, missing places and classes come about, with or without a target."""
    first = _("Die Versorgung ist die Zahl der Plätze je Kind der Altersgruppe im selben Raum.")
    last = _(
        "Der Bedarf gilt als hoch oder gering nur, wenn sein ganzes Intervall über oder unter dem Kreiswert liegt."
    )
    if not math.isfinite(words.target):
        without = _(
            "Ein Zielwert ist nicht festgelegt; deshalb werden keine fehlenden Plätze genannt, und das Angebot wird "
            "nach Dritteln der Gebiete eingestuft."
        )
        return [first, without, last]
    missing = _("Fehlende Plätze sind Zielwert mal Kinder minus Plätze. Zielwert: {target} {unit}.").format(
        target=decimal(words.target * 100, 0), unit=words.unit
    )
    return [first, missing, _("Aus der Klasse des Bedarfs und der Klasse des Angebots folgt das Feld."), last]


def hidden_sentence(facts: Facts) -> str:
    """How many cells are hidden, and that everything printed rests on released values only."""
    number = sum(hidden_by_reason(facts).values())
    first = (
        plural("1 Wert ist verborgen.", "{n} Werte sind verborgen.", number).format(n=count(number))
        if number
        else _("In dieser Ausgabe ist kein Wert verborgen.")
    )
    return (
        first
        + " "
        + _(
            "Ein verborgener Wert ist bekannt, wird aber zum Schutz von Personen nicht gezeigt; "
            "er ist nicht null und nicht unbekannt. Alles, was dieser Bericht nennt, auch Index, "
            "Karten und Impulse, ist nur aus freigegebenen Werten gerechnet."
        )
    )


def hidden_by_reason(facts: Facts) -> dict[str, int]:
    """Numbers of hidden cells by reason, without those that are shown and reasons that did not occur."""
    return {reason: number for reason, number in facts.content.hidden_cells.items() if reason != "shown" and number}


def hidden_table(facts: Facts) -> Table:
    """Hidden cells by reason."""
    rows = tuple(
        Row((text_cell(hidden_reason(reason)), count_cell(number)))
        for reason, number in sorted(hidden_by_reason(facts).items())
    )
    return Table(
        _("Verborgene Werte nach Grund"), (Column(_("Grund"), "left", 5), Column(_("Werte"))), rows, sheet=_("Quellen")
    )


def definitions_table(facts: Facts) -> Table:
    """Every indicator with what it measures, its source, version and classes."""
    rows = []
    for definition in facts.content.definitions:
        how = measure(definition)
        with naming_on(facts.periods[definition.id][0]):
            measured = definition.measured
        limits = " · ".join(decimal(limit * how.factor, how.places) for limit in definition.breaks)
        rows.append(
            Row(
                (
                    text_cell(definition.title, target=f"indikator-{definition.id}"),
                    text_cell(measured),
                    text_cell(facts.source(definition)),
                    text_cell(str(definition.version)),
                    text_cell(limits),
                )
            )
        )
    columns = (
        Column(_("Indikator"), "left", 2.4),
        Column(_("Was die Zahl misst"), "left", 4.6),
        Column(_("Quelle"), "left", 2.2),
        Column(_("Fassung"), "left", 1),
        Column(_("Klassengrenzen"), "left", 2.2),
    )
    return Table(_("Indikatoren mit Quelle und Fassung"), columns, tuple(rows), sheet=_("Indikatoren"))


def glossary_page(facts: Facts) -> Page:
    """Words, sorted as German readers expect them."""
    terms = sorted(glossary(), key=lambda pair: name_key(pair[0]))
    return Page(
        "begriffe",
        "anhang",
        _("Anhang"),
        _("Begriffe"),
        _("Was die Worte in diesem Bericht bedeuten."),
        (Terms(tuple(terms)),),
    )


def glossary() -> list[tuple[str, str]]:
    """The terms of every report."""
    return [
        (
            _("Anteil"),
            _("Anzahl geteilt durch Basis, in Prozent. Ein Anteil steht nie ohne seine Anzahl und seine Basis."),
        ),
        (
            _("Ausgabe"),
            _(
                "Ein Bericht zu einem Stichtag. Werte früherer Ausgaben sind auf den heutigen "
                "Gebieten gerechnet, wenn nichts anderes dabeisteht."
            ),
        ),
        (_("Basis"), _("Die Zahl der Personen, Haushalte oder Wohnungen, auf die sich ein Anteil bezieht.")),
        (
            _("Bedarfsgemeinschaft"),
            _(
                "Personen, die zusammen wirtschaften und Leistungen der Grundsicherung für "
                "Arbeitsuchende (SGB II) erhalten."
            ),
        ),
        (
            _("Dynamik"),
            _(
                "Wie sich die Belastung eines Gebiets seit der vorigen Ausgabe im Vergleich zu den "
                "anderen Gebieten entwickelt hat."
            ),
        ),
        (_("Gebietsstand"), _("Die Fassung der Gebietsgrenzen, für die die Werte gelten.")),
        (
            _("Handlungsbedarf"),
            _(
                "Einstufung eines Gebiets in gering, mittel, hoch oder sehr hoch im Vergleich zu den "
                "anderen Gebieten des Kreises."
            ),
        ),
        (
            _("Impuls"),
            _(
                "Ein bestätigter Anlass, einen Bedarf zu prüfen. Er ist kein Beschluss und keine "
                "Bewertung von Einrichtungen."
            ),
        ),
        (_("Intervall"), _("Der Bereich, in dem ein Anteil bei der Größe des Gebiets mit 95\u202f% Sicherheit liegt.")),
        (
            _("Prozentpunkt"),
            _("Der Unterschied zweier Anteile: Von 10,0\u202f% auf 12,0\u202f% sind es 2,0 Prozentpunkte."),
        ),
        (
            _("Prüfnummer"),
            _(
                "Eine Zahl aus allen Werten der Ausgabe. Zwei Berichte mit gleicher Prüfnummer "
                "enthalten dieselben Werte."
            ),
        ),
        (
            _("Sozialer Status"),
            _("Die Lage eines Gebiets im Vergleich. Ein hoher sozialer Status bedeutet geringe Belastung."),
        ),
        (
            _("Sozialraum"),
            _(
                "Ein zusammenhängendes Gebiet innerhalb einer Gemeinde, aus Blöcken gebildet, in dem "
                "Menschen unter ähnlichen Bedingungen leben."
            ),
        ),
        (_("Stichtag"), _("Der Tag, für den eine Zahl gilt.")),
        (_("verborgen"), _("Der Wert ist bekannt, wird aber zum Schutz von Personen nicht gezeigt.")),
    ]


def sources_page(facts: Facts) -> Page:
    """Every source with holder, file, period and licence."""
    rows = tuple(
        Row(
            tuple(
                text_cell(str(source.get(key, "") or "–")) for key in ("title", "holder", "file", "period", "licence")
            )
        )
        for source in facts.content.sources
    )
    columns = (
        Column(_("Angabe"), "left", 2.4),
        Column(_("Stelle"), "left", 2.4),
        Column(_("Datei"), "left", 1.6),
        Column(_("Zeitraum"), "left", 2.6),
        Column(_("Nutzung"), "left", 2.2),
    )
    parts: list[Part] = [Table(_("Quellen"), columns, rows, sheet=_("Quellen"))]
    if facts.content.notice:
        parts.append(Text(facts.content.notice + ".", "note"))
    lead = plural("Dieser Bericht beruht auf 1 Quelle.", "Dieser Bericht beruht auf {n} Quellen.", len(rows)).format(
        n=count(len(rows))
    )
    return Page("quellen", "anhang", _("Anhang"), _("Quellen"), lead, tuple(parts))


def status_page(facts: Facts) -> Page:
    """The matrix theme x municipality, in words."""
    frame = facts.content.data_status
    assert frame is not None
    columns = tuple(Column(str(name), "left", 2.4 if place == 0 else 1.3) for place, name in enumerate(frame.columns))
    rows = tuple(Row(tuple(text_cell(str(value)) for value in row)) for row in frame.itertuples(index=False))
    text = Text(
        _(
            "Eine Lücke bedeutet weder null noch ein Versäumnis. Wo Angaben fehlen, steht bei "
            "jedem Kreiswert, welche Gemeinde nicht enthalten ist."
        )
    )
    lead = _("Was zum {day} geliefert ist, was fehlt und was ein anderes Datum hat.").format(
        day=day(facts.content.edition)
    )
    parts: list[Part] = [Table(_("Datenstand nach Thema und Gemeinde"), columns, rows, sheet=_("Datenstand")), text]
    if facts.content.missing:
        parts += [Heading(_("Was fehlt und warum")), missing_table(facts)]
    return Page(
        "datenstand",
        "anhang",
        _("Anhang"),
        _("Datenstand"),
        lead,
        tuple(parts),
    )


def missing_table(facts: Facts) -> Table:
    """What a reader would expect and the report does not have, with the reason."""
    rows = tuple(Row((text_cell(what, strong=True), text_cell(why))) for what, why in facts.content.missing)
    columns = (Column(_("Angabe"), "left", 2), Column(_("Grund"), "left", 5))
    return Table(_("Was fehlt und warum"), columns, rows, sheet=_("Datenstand"))
