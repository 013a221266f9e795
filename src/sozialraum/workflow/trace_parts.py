"""The last links of a trace: deliveries, and the places in their files.

Outside the internal view only places are named, and where already the number of rows would tell something about
few people (lists in which an absent row means zero, long tables), not even rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from sozialraum.base import _, code_key, plural
from sozialraum.base.numbers import count, day
from sozialraum.deliveries import Recipe
from sozialraum.deliveries.corrections import from_content
from sozialraum.indicators import features
from sozialraum.workflow.trace_ground import TraceGround
from sozialraum.workflow.trace_places import Place, parse
from sozialraum.workflow.trace_steps import TraceStep
from sozialraum.workflow.trace_words import inside, place_text


@dataclass
class Listing:
    """How many places may still be listed, and how many there were. limit : None = all."""

    internal: bool
    limit: int | None = 20
    listed: int = 0
    found: int = 0

    def take(self, wanted: int) -> int:
        """How many of `wanted` further places may be listed."""
        self.found += wanted
        free = wanted if self.limit is None else max(0, min(wanted, self.limit - self.listed))
        self.listed += free
        return free


@dataclass(frozen=True)
class Part:
    """One value read: whose, what, where in which delivery."""

    unit: str
    feature: str
    place: Place
    delivery_id: str
    value: str
    title: str = ""
    key: tuple[Any, ...] = field(default=())


def delivery_steps(
    ground: TraceGround, rows: Sequence[int], places: Sequence[int], towns: set[str], listing: Listing, feature: str,
    period: str,
) -> tuple[TraceStep, ...]:  # fmt: skip
    """A step for each delivery with the places in its file. rows, places : positions of observations and facilities.

    towns, feature, period : whose deliveries are named where no place may be.
    """
    if not listing.internal and is_withheld(ground, feature):
        return withheld_steps(ground, feature, period, towns, listing)
    parts = [*_observed(ground, rows), *_facilities(ground, places)]
    by_delivery: dict[str, list[Part]] = {}
    for part in sorted(parts, key=lambda part: part.key):
        by_delivery.setdefault(part.delivery_id, []).append(part)
    steps = []
    for delivery_id, own in by_delivery.items():
        shown = own[: listing.take(len(own))]
        several = len({part.feature for part in own}) > 1
        listed = [_place_step(ground, part, listing.internal, several) for part in shown]
        more = len(own) - len(shown)
        if more:
            listed.append(TraceStep(_more(more)))
        steps.append(delivery_step(ground, delivery_id, tuple(listed)))
    hidden = ground.facilities.iloc[list(places)]
    if len(hidden) and bool(hidden["protected"].fillna(False).astype(bool).any()):
        steps.append(TraceStep(_("Geschützte Einrichtungen werden nicht genannt.")))
    return tuple(steps)


def delivery_step(ground: TraceGround, delivery_id: str, children: tuple[TraceStep, ...] = ()) -> TraceStep:
    """A delivery: file, day of receipt, how it was read, and whether it still counts."""
    row = ground.deliveries.get(delivery_id)
    if row is None:
        return TraceStep(_("Die Lieferung ist nicht mehr verzeichnet."), children=children)
    recipe = ground.recipes.get(str(row["recipe"]))
    title = _(recipe.title) if recipe else str(row["recipe"])
    version = int(row.get("recipe_version") or (recipe.version if recipe else 1))
    received = str(row["received_at"])[:10]
    sentence = _("Datei „{file}“, erhalten am {day}, gelesen als „{recipe}“, Fassung {version}.").format(
        file=row["file_name"], day=day(received), recipe=title, version=version
    )
    return TraceStep(
        " ".join([sentence, *read_how(row, recipe), *standing(row, recipe)]),
        file=str(row["file_name"]),
        delivery_id=delivery_id,
        delivered=received,
        recipe=title,
        version=version,
        children=children,
    )


def read_how(row: Mapping[str, Any], recipe: Recipe | None) -> list[str]:
    """Sentences on what was done with a delivery besides reading it: cells placed, noise of the holder, corrections."""
    found = []
    if recipe is not None and recipe.grid is not None:
        found.append(_("Jede Gitterzelle zählt ganz dort, wo ihr Mittelpunkt liegt."))
    if recipe is not None and recipe.noise:
        found.append(_("Die Quelle hat Zahlen vor der Veröffentlichung leicht verändert; Teile müssen nicht aufgehen."))
    corrections = from_content(row.get("corrections") or {})
    if corrections.period:
        found.append(_("Stichtag von Hand angegeben: {day}.").format(day=day(corrections.period)))
    corrected = replace(corrections, period="").count()
    if corrected:
        found.append(
            plural(
                "{count} Stelle wurde beim Aufnehmen berichtigt.",
                "{count} Stellen wurden beim Aufnehmen berichtigt.",
                corrected,
            ).format(count=count(corrected))
        )
    return found


def standing(row: Mapping[str, Any], recipe: Recipe | None) -> list[str]:
    """Sentences on a delivery that was withdrawn or replaced, or whose file is not kept."""
    found = []
    if row.get("withdrawn_on"):
        found.append(_("Zurückgezogen am {day}.").format(day=day(str(row["withdrawn_on"])[:10])))
    if row.get("replaced_by"):
        found.append(_("Durch eine neuere Lieferung ersetzt."))
    if row.get("deleted_on"):
        found.append(_("Die Datei wurde am {day} gelöscht.").format(day=day(str(row["deleted_on"])[:10])))
    elif row.get("protection") == "personal" or (recipe is not None and recipe.records):
        found.append(_("Die Datei wurde gezählt und nicht aufbewahrt; weiter zurück führt der Weg nicht."))
    return found


def former_steps(
    ground: TraceGround, features: Collection[str], periods: Collection[str], towns: set[str]
) -> tuple[TraceStep, ...]:
    """The deliveries a number was computed from that no longer count: what is named below them is another number's.

    features, periods, towns : of the number; a delivery of the year of one of the periods is meant.
    """
    years, steps = {period[:4] for period in periods if period}, []
    for delivery_id, given in ground.no_longer_in_force.items():
        row = ground.deliveries[delivery_id]
        own = set(row["municipalities"])
        if not set(given) & set(features) or not years & {str(period)[:4] for period in row["periods"]}:
            continue
        if own and not own & towns:
            continue
        if row["withdrawn_on"]:
            sentence = _("Die Zahl beruht auf der Datei „{file}“, zurückgezogen am {day}.").format(
                file=row["file_name"], day=day(str(row["withdrawn_on"])[:10]))  # fmt: skip
        else:
            sentence = _("Die Zahl beruht auf der Datei „{file}“, inzwischen durch eine neuere Lieferung ersetzt.")
            sentence = sentence.format(file=row["file_name"])
        steps.append(TraceStep(sentence, file=str(row["file_name"]), delivery_id=delivery_id,
                               delivered=str(row["received_at"])[:10]))  # fmt: skip
    return tuple(steps)


def is_withheld(ground: TraceGround, feature: str) -> bool:
    """Whether the rows behind a feature tell something by being there: absent rows are zeros, or rows are cases."""
    if ground.is_public(feature):
        return False
    known = [recipe for recipe in ground.recipes.values() if feature in recipe.features()]
    return any(
        recipe.records or bool(recipe.dimensions) or (recipe.key is not None and recipe.key.complete)
        for recipe in known
    )


def withheld_steps(
    ground: TraceGround, feature: str, period: str, towns: set[str], listing: Listing
) -> tuple[TraceStep, ...]:
    """The deliveries of the feature's source for these municipalities and date, without any row."""
    steps = []
    for delivery_id, row in _deliveries_of(ground, feature, period, towns):
        recipe = ground.recipes.get(str(row["recipe"]))
        column = _column(recipe, feature)
        where = _("Spalte „{column}“.").format(column=column) if column else ""
        why = _("Die Zeilen nennt nur die interne Ansicht: Schon ihre Zahl verriete etwas über wenige Personen.")
        child = TraceStep(f"{where} {why}".strip(), file=str(row["file_name"]), column=column, delivery_id=delivery_id)
        listing.take(1)
        steps.append(delivery_step(ground, delivery_id, (child,)))
    return tuple(steps)


def _deliveries_of(
    ground: TraceGround, feature: str, period: str, towns: set[str]
) -> list[tuple[str, Mapping[str, Any]]]:
    found = []
    for delivery_id, row in ground.deliveries.items():
        recipe = ground.recipes.get(str(row["recipe"]))
        gone = row.get("withdrawn_on") or row.get("replaced_by")
        own = set(row["municipalities"])
        if recipe is None or gone or feature not in recipe.features() or period not in row["periods"]:
            continue
        if not own or own & towns:
            found.append((delivery_id, row))
    return found


def _column(recipe: Recipe | None, feature: str) -> str:
    """The head of the column a feature is read from; '' where several or none."""
    if recipe is None:
        return ""
    columns = {value.column for value in recipe.values if feature in recipe.features_of(value)}
    return recipe.columns[columns.pop()].shown if len(columns) == 1 and columns <= set(recipe.columns) else ""


def _observed(ground: TraceGround, rows: Sequence[int]) -> Iterable[Part]:
    order = {delivery_id: place for place, delivery_id in enumerate(ground.deliveries)}
    chosen = ground.observations.iloc[list(rows)]
    names = ["unit", "feature", "cell", "delivery_id", "low", "high", "status"]
    for unit, feature, cell, delivery_id, low, high, status in chosen[names].itertuples(index=False, name=None):
        place = parse(str(cell or ""))
        where = (place.row is None, place.sheet, place.row or 0, place.column)
        key = (order.get(delivery_id, len(order)), *where, code_key(unit), feature)
        yield Part(str(unit), str(feature), place, str(delivery_id), inside(float(low), float(high), status), "", key)


def _facilities(ground: TraceGround, places: Sequence[int]) -> Iterable[Part]:
    """Facilities by name; a protected one gives nothing, not even its row."""
    order = {delivery_id: place for place, delivery_id in enumerate(ground.deliveries)}
    chosen: pd.DataFrame = ground.facilities.iloc[list(places)]
    for row in chosen[~chosen["protected"].fillna(False).astype(bool)].to_dict("records"):
        place = parse(str(row["provenance"] or ""))
        where = (place.row is None, place.sheet, place.row or 0, place.column)
        key = (order.get(row["delivery_id"], len(order)), *where, str(row["name"]))
        value = inside(float(row["low"]), float(row["high"]), str(row["status"]))
        name = str(row["name"] or row["facility_id"])
        yield Part("", f"places_{row['group']}", place, str(row["delivery_id"]), value, name, key)


def _place_step(ground: TraceGround, part: Part, internal: bool, several: bool) -> TraceStep:
    """A value's place. several : name the feature, because the list holds more than one."""
    place = part.place
    if not internal and place.text and not ground.is_public(part.feature):
        place = Place(place.sheet, place.rows, place.more, place.column)
    whole = internal or ground.is_public(part.feature)
    known = features().get(part.feature)
    names = [part.title or _unit_name(ground, part.unit)]
    names += [known.title if known else part.feature] if several else []
    where = place_text(place, "", whole)
    sentence = f"{', '.join(names)}: {where}." if where else f"{', '.join(names)}."
    return TraceStep(
        sentence, value_text=part.value if internal else "", file=_file(ground, part.delivery_id), sheet=place.sheet,
        row=place.row, column=place.column, delivery_id=part.delivery_id,
    )  # fmt: skip


def _unit_name(ground: TraceGround, unit: str) -> str:
    if unit == "region" or unit in ground.towns:
        return ground.name_of(unit)
    if unit in ground.area_names:
        return ground.area_names[unit]
    if unit in ground.town_of_block:
        return _("Baustein {key}").format(key=unit)
    return _("Gebiet {key}").format(key=unit)


def _file(ground: TraceGround, delivery_id: str) -> str:
    row = ground.deliveries.get(delivery_id)
    return str(row["file_name"]) if row else ""


def _more(number: int) -> str:
    return plural("… und {count} weitere Stelle.", "… und {count} weitere Stellen.", number).format(count=count(number))
