"""What the pages show, taken from the project as it is. Nothing is computed here.

Values come only from tables that were made of released counts; observations and area counts never leave.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sozialraum.base import ProjectRefused, _, code_key, current_language, name_key
from sozialraum.base.language import catalogue
from sozialraum.web import shapes
from sozialraum.web.session import Session
from sozialraum.web.tables import from_text, plain, records

SHOWN_EVENTS = 6


def state(session: Session) -> dict[str, Any]:
    """Everything the frame of every page needs: project, steps, running job, latest events."""
    running = session.jobs.running()
    answer: dict[str, Any] = {
        "home": str(session.home),
        "project": None,
        "steps": [],
        "events": [],
        "job": running.as_json() if running else None,
    }
    if session.is_open:
        project = session.project
        answer["project"] = session.drawn(("project", current_language()), lambda: about(project))
        answer["steps"] = session.drawn(
            ("steps", current_language()),
            lambda: [plain(dataclasses.asdict(step)) for step in session.work.state(project)],
        )
        answer["events"] = records(project.events().tail(SHOWN_EVENTS).iloc[::-1])
    return answer


def steps(session: Session) -> list[Any]:
    """The seven steps as they stand."""
    return [plain(dataclasses.asdict(step)) for step in session.work.state(session.project)]


def about(project: Any) -> dict[str, Any]:
    """Name, mark and size of the project."""
    plan, values, notice = project.plan(), project.results("indicator_values"), project.settings.get("notice", "")
    return {
        "name": project.settings.get("name", ""),
        "folder": str(project.folder),
        "notice": _(notice) if notice else "",
        "language": project.settings.get("language", "de"),
        "municipalities": len(project.municipalities()),
        "areas": 0 if plan is None else len(plan.areas),
        "plan": "" if plan is None else plan.title,
        "period": "" if values.empty else str(values["period"].max()),
    }


def areas(session: Session) -> dict[str, Any]:
    """Municipalities with their limits, and the areas of the current plan."""
    project = session.project
    plan, municipalities = project.plan(), project.municipalities()
    columns = ["ags", "name", "kind", "size_low", "size_high", "areas"]
    answer: dict[str, Any] = {
        "municipalities": records(municipalities.sort_values("name", key=lambda names: names.map(name_key)), columns),
        "plan": None,
        "areas": [],
        "changes": [],
        "notes": [],
    }
    if plan is not None:
        answer["plan"] = {
            "plan_id": plan.plan_id,
            "title": plan.title,
            "status": plan.status,
            "created": plan.created,
            "valid_from": plan.valid_from,
        }
        answer["areas"] = area_rows(session, plan)
        answer["changes"] = plain(session.work.change_rows(session.project, plan))
        answer["notes"] = plain(plan.parameters.get("notes", ()))
    return answer


def area_rows(session: Session, plan: Any) -> list[dict[str, Any]]:
    """The areas by municipality and code, with their inhabitants."""
    people = shapes.populations(shapes.areas(session))
    rows = records(plan.areas, ["area_id", "code", "name", "municipality", "origin"])
    rows.sort(key=lambda row: (row["municipality"], code_key(row["code"])))
    return [{**row, "population": plain(people.get(row["area_id"]))} for row in rows]


def indicators(session: Session) -> dict[str, Any]:
    """The indicators in print order with their themes, and the dates each has values for."""
    from sozialraum.workflow.catalogue import counting_as

    values = session.project.results("indicator_values")
    dates = dict(values.groupby("indicator")["period"].unique())
    with counting_as(session.project) as used:
        shown = [definition(one, sorted(map(str, dates.get(one.id, ())))) for one in used.definitions]
    return {
        "definitions": shown,
        "themes": [{"id": theme.id, "title": theme.title} for theme in used.themes],
        "periods": {str(indicator): sorted(map(str, found)) for indicator, found in dates.items()},
    }


def definition(one: Any, periods: Sequence[str] = ()) -> dict[str, Any]:
    """An indicator in the words of the current language; what it measures also as it was called at each date."""
    from sozialraum.indicators import sources
    from sozialraum.indicators.benefit_names import naming_on

    called = {}
    for period in periods:
        with naming_on(period):
            called[period] = one.measured
    called = {period: text for period, text in called.items() if text != one.measured}
    names = ("id", "theme", "title", "measured", "why", "kind", "unit", "direction", "breaks", "in_index")
    source = sources()[one.source]
    return {**{name: plain(getattr(one, name)) for name in names}, "source": source.title, "measured_on": called}


def indicator_values(session: Session, indicator: str, period: str) -> list[dict[str, Any]]:
    """The released values of one indicator at one date, areas, municipalities and region."""
    values = session.project.results("indicator_values")
    return with_notes(records(values[(values["indicator"] == indicator) & (values["period"] == period)]))


def with_notes(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with the codes of their notes as sentences; `carried`: brought from other boundaries."""
    from sozialraum.indicators import note_sentences
    from sozialraum.indicators.carried_notes import carried_of

    return [
        {**row, "notes": note_sentences(row["note"] or ""), "carried": carried_of(row["note"] or "") is not None}
        for row in rows
    ]


def index(session: Session) -> dict[str, Any]:
    """Classes and dynamics of all areas, and what the index depends on."""
    project = session.project
    return {
        "values": records(project.results("index_values")),
        "record": plain(project.record("index") or {}),
        "sizes": session.drawn(("sizes", project.last_change_of_results(), current_language()), lambda: sizes(session)),
    }


def sizes(session: Session) -> dict[str, Any] | None:
    """Where small and large areas are mixed: what is said of it, and the index within size classes; else None."""
    found = session.work.size_comparison(session.project)
    if found is None or not found.mixed:
        return None
    return {
        "sentence": found.sentence,
        "titles": list(found.titles),
        "classes": {str(area): int(number) for area, number in found.class_of.items()},
        "within": records(found.within),
        "fewest": found.fewest,
    }


def need(session: Session) -> dict[str, Any]:
    """Need and supply, with the target they were computed for and the words for group, places and unit."""
    project = session.project
    own = project.settings.get("supply_words") or {}
    words = {
        "group": own.get("group") or _("Kinder unter 6 Jahren"),
        "places": own.get("places") or _("Plätze in Kindertageseinrichtungen"),
        "unit": own.get("unit") or _("Plätze je 100 Kinder"),
    }
    target = plain(project.settings.get("target"))
    return {"values": records(project.results("supply_values")), "target": target, "words": words}


def impulses(session: Session) -> list[dict[str, Any]]:
    """The impulses, each with the sentence of its rule and the figures that fired it."""
    from sozialraum.need import rules

    project = session.project
    rows, plan = records(project.results("impulses")), project.plan()
    by_id = {rule.id: rule for rule in rules()}
    names = {} if plan is None else dict(zip(plan.areas["area_id"], plan.areas["name"], strict=True))

    def sentence(row: Mapping[str, Any]) -> str:
        rule = by_id.get(row["rule"])
        return "" if rule is None else rule.sentence(str(names.get(row["area_id"], row["area_id"])))

    return [{**row, "figures": from_text(row["figures"]), "sentence": sentence(row)} for row in rows]


def profile(session: Session, area_id: str) -> dict[str, Any]:
    """Everything released about one area, with its municipality and the region beside it."""
    project = session.project
    plan = project.plan()
    chosen = plan.areas[plan.areas["area_id"] == area_id] if plan is not None else pd.DataFrame()
    if chosen.empty:
        raise ProjectRefused(_("Dieses Gebiet gibt es im geltenden Plan nicht."))
    area = records(chosen)[0]
    units = {area_id, area["municipality"], "region"}

    def rows(name: str) -> list[dict[str, Any]]:
        frame = project.results(name)
        return [] if frame.empty else records(frame[frame["unit"].isin(units)])

    return {
        "area": area,
        "values": with_notes(rows("indicator_values")),
        "index": rows("index_values"),
        "supply": rows("supply_values"),
        "impulses": [row for row in impulses(session) if row.get("area_id") == area_id],
    }


def protection(session: Session) -> dict[str, Any]:
    """How many counts are hidden and why, and the rule of each source."""
    from sozialraum.protection import default_rules
    from sozialraum.workflow.catalogue import counting_as

    record = session.project.record("release") or {}
    summary = record.get("summary", {})
    with counting_as(session.project):
        rules = [rule for profile in default_rules().profiles for rule in rule_rows(profile)]
    return {
        "cells": sum(summary.values()),
        "shown": summary.get("shown", 0),
        "check_number": record.get("fingerprint", ""),
        "reasons": [
            {"reason": reason, "title": title, "sentence": sentence, "cells": summary.get(reason, 0)}
            for reason, (title, sentence) in reasons().items()
        ],
        "rules": rules,
    }


def reasons() -> dict[str, tuple[str, str]]:
    """Why a count is hidden, in words."""
    return {
        "source": (
            _("schon von der Quelle verborgen"),
            _("Die liefernde Stelle zeigt kleine Zahlen selbst nicht."),
        ),
        "primary": (_("zu wenige Fälle"), _("Die Zahl ist so klein, dass Einzelne erkennbar sein könnten.")),
        "secondary": (
            _("schützt eine andere Zahl"),
            _("Ohne diese Zahl lässt sich eine verborgene nicht aus der Summe errechnen."),
        ),
    }


def rule_rows(profile: Any) -> list[dict[str, str]]:
    """One row for each source that uses this rule."""
    from sozialraum.indicators import sources

    if profile.minimum == 0:
        sentence = _("Hier wird nichts weiter verborgen.")
    else:
        sentence = _("Zahlen von 1 bis {most} werden verborgen; null wird gezeigt.").format(most=profile.minimum - 1)
    return [
        {"source": source.title, "sentence": sentence}
        for source in sources().values()
        if source.profile == profile.name
    ]


def releases(session: Session) -> list[dict[str, Any]]:
    """The reports written so far, the latest first."""
    frame = session.project.releases()
    return records(frame.iloc[::-1], ["release_id", "created", "check_number"])


def words(language: str) -> dict[str, Any]:
    """The catalogue of a language for the pages: German text to text, or to singular and plural."""
    found = getattr(catalogue(language), "_catalog", {})
    texts: dict[str, Any] = {}
    for key, text in found.items():
        if isinstance(key, tuple):
            forms = texts.setdefault(key[0], ["", ""])
            if isinstance(forms, list):
                forms[min(key[1], 1)] = text
        elif key:
            texts[key] = text
    return texts
