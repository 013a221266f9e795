"""Sentences of the report that follow from the project's settings and records."""

from __future__ import annotations

import pandas as pd

from sozialraum import indicators, need, publish
from sozialraum.base import _, current_language
from sozialraum.base.numbers import day, decimal
from sozialraum.indicators.benefit_names import changes_between
from sozialraum.project import Project


def language() -> str:
    return current_language()


def notice(project: Project) -> str:
    """The mark on every page and map; the demo's own is translated, a project's own stays as written."""
    if project.settings.get("demo"):
        return _("Beispielzahlen – erfundener Kreis")
    return str(project.settings.get("notice", ""))


def limits(project: Project) -> tuple[str, ...]:
    """What the report does not say."""
    own = tuple(_(sentence) for sentence in project.settings.get("limits", ()))
    return (
        *own,
        _("Die Angaben beschreiben Gebiete. Über einzelne Menschen sagen sie nichts."),
        _("Die Zahlen nennen keine Ursachen. Sie sind Anlass, mit den Menschen vor Ort genauer hinzusehen."),
        _("Der Index ordnet Gebiete im Vergleich zueinander ein. Maßgeblich bleiben die einzelnen Indikatoren."),
    )


def method(project: Project) -> tuple[tuple[str, str], ...]:
    """Paragraphs of 'Wie gerechnet?' that this project adds."""
    added = [tuple(pair) for pair in project.settings.get("method", ())]
    target = project.settings.get("target")
    if target and target["rate"] is not None:
        added.append(
            (
                _("Zielwert"),
                _("{rate} Plätze je 100 Kinder unter 6 Jahren; Quelle: {source}, {day}.").format(
                    rate=decimal(100 * float(target["rate"]), 0), source=target["source"], day=day(target["date"])
                ),
            )
        )
    renamed = benefit_changes(project)
    added += [(_("Namen von Leistungen"), " ".join(renamed))] if renamed else []
    return tuple((_(heading), text) for heading, text in added)


def benefit_changes(project: Project) -> list[str]:
    """Sentences on benefits whose names changed between the editions of a report."""
    editions = (project.record("release") or {}).get("editions", ())
    texts = [text for one in indicators.definitions() for text in (one.measured_de, one.why_de)]
    return changes_between(texts, editions)


def map_source(project: Project, edition: str) -> str:
    """The line under each map: source, date, state of areas."""
    own = project.settings.get("map_source")
    if own:
        return str(own)
    plan = project.plan()
    created = day(plan.valid_from or plan.created[:10]) if plan else ""
    return _("Quelle: eigene Berechnung aus den genannten Lieferungen, {day}. Gebietsstand {plan}.").format(
        day=day(edition), plan=created
    )


def supply_words(project: Project, edition: str) -> publish.SupplyWords:
    """Words and limits of the need and supply table; a project may bring words of its own."""
    target = need.Target(**project.settings["target"])
    own = project.settings.get("supply_words")
    if own:
        rate = float("nan") if target.rate is None else target.rate
        return publish.SupplyWords(**own, indicator=target.need, target=rate)
    return publish.daycare_words(target, project.results("indicator_values"), edition)


def missing(project: Project) -> tuple[tuple[str, str], ...]:
    """What a reader would expect and the project does not have, with the reason."""
    own = tuple((str(what), str(why)) for what, why in project.settings.get("missing", ()))
    return own + late_members(project)


def late_members(project: Project) -> tuple[tuple[str, str], ...]:
    """Municipalities that joined after the first edition: their series keep the gap."""
    values = project.results("indicator_values")
    editions = sorted((project.record("release") or {}).get("editions", ()))
    own = values[(values["level"] == "municipality") & values["period"].isin(editions)]
    known = own[own["status"] != "missing"].groupby("unit")["period"].min()
    names = project.municipalities().set_index("ags")["name"]
    return tuple(
        (
            _("{town} vor dem {day}").format(town=names.get(ags, ags), day=day(str(first))),
            _("Die Gemeinde liefert seit dem {day}. Werte davor gibt es nicht; die Reihen beginnen später.").format(
                day=day(str(first))
            ),
        )
        for ags, first in known.sort_index().items()
        if editions and first > editions[0]
    )


def delivery_state(values: pd.DataFrame) -> str:
    """One word for what a municipality has delivered of a source in the edition."""
    missing = values["status"].eq("missing")
    notes = ";".join(values["note"])
    if missing.all():
        return _("nicht geliefert")
    if "other_date" in notes:
        return _("anderer Stichtag")
    if "year_sum" in notes:
        return _("Jahressumme")
    return _("teilweise") if missing.any() else _("geliefert")
