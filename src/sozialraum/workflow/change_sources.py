"""What else differs between two editions: carried values, other sources, deliveries that came or went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sozialraum import indicators
from sozialraum.base import _
from sozialraum.base.numbers import day
from sozialraum.base.value import Status
from sozialraum.indicators import Definition
from sozialraum.indicators.carried_notes import CarriedNote, carried_of
from sozialraum.indicators.change_parts import Also, PartName, Ratio
from sozialraum.indicators.rates import Z95
from sozialraum.workflow.change_states import ChangeGround, Former

# Another kind of count at one of two editions, told by the notes of the counts.
OTHER_SOURCE = frozenset({"estimated_base", "year_sum"})


def carried_sides(
    ground: ChangeGround, definition: Definition, unit: str, period: str
) -> dict[str, CarriedNote | None]:
    """What the notes of count and base say about carrying.

    Nothing for totals that are not estimated: what moved between areas of a municipality leaves its total as it is.
    """
    row = ground.values.get((definition.id, unit, period))
    if ground.level_of(unit) != "area" and getattr(row, "status", "") != Status.ESTIMATED.value:
        return {}
    return {
        side: carried_of(ground.notes.get((feature, unit, period), ""))
        for side, feature in (("count", definition.numerator), ("base", definition.denominator))
    }


def widened(state: Ratio, carried: Mapping[str, CarriedNote | None], period: str) -> Ratio:
    """Carried sides within their 95 % interval; without known error they are not known. period : of the state."""
    spans, reasons = {"count": state.count, "base": state.base}, [state.reason]
    for side, note in carried.items():
        span = spans[side]
        if note is None or span is None:
            continue
        reasons.append(_carried_from(note, period))
        if note.error is None:
            spans[side] = None
        else:
            reach = Z95 * note.error / 100
            spans[side] = (max(span[0] * (1 - reach), 0.0), span[1] * (1 + reach))
    return Ratio(spans["count"], spans["base"], " ".join(dict.fromkeys(filter(None, reasons))))


def also_in_time(
    ground: ChangeGround, definition: Definition, unit: str, dates: tuple[str, str], carried_before: bool
) -> Also:
    """What else differs between the earlier edition as counted today and the later one: sources, and carrying.

    carried_before : also mind that the earlier value was carried (there is no earlier report to compare with).
    """
    sides: dict[str, list[PartName]] = {"count": [], "base": []}
    reasons = []
    places = [1, 0] if carried_before else [1]
    for place in places:
        for side, note in carried_sides(ground, definition, unit, dates[place]).items():
            if note is not None:
                sides[side].append("boundaries")
                reasons.append(_carried_from(note, dates[place]))
    for side, feature in (("count", definition.numerator), ("base", definition.denominator)):
        if _other_source(ground, feature, unit, dates):
            sides[side].append("definition")
            title = indicators.features()[feature].title if feature in indicators.features() else feature
            reasons.append(
                _("{feature}: Die Zahlen beider Jahre stammen aus verschiedenen Quellen.").format(feature=title)
            )
    return Also(
        tuple(dict.fromkeys(sides["count"])), tuple(dict.fromkeys(sides["base"])), " ".join(dict.fromkeys(reasons))
    )


def _carried_from(note: CarriedNote, period: str) -> str:
    text = _("Der Wert für {day} ist von anderen Grenzen übertragen: {how}")
    return text.format(day=day(period), how=note.sentence())


def _other_source(ground: ChangeGround, feature: str, unit: str, dates: tuple[str, str]) -> bool:
    notes = [{*ground.notes.get((feature, unit, date), "").split(";")} & OTHER_SOURCE for date in dates]
    if notes[0] != notes[1]:
        return True
    town = ground.town(unit)
    for part in indicators.base_features(feature):
        came = [ground.recipes.get((town, part, _used(ground, feature, unit, date))) for date in dates]
        if came[0] and came[1] and came[0] != came[1]:
            return True
    return False


def _used(ground: ChangeGround, feature: str, unit: str, date: str) -> str:
    """The delivered date that stands for an edition, as its note says."""
    for code in ground.notes.get((feature, unit, date), "").split(";"):
        name, _sign, value = code.partition("=")
        if name == "other_date":
            return value
        if name == "year_sum":
            return date[:4]
    return date


def delivered_anew(ground: ChangeGround, former: Former, definition: Definition, unit: str, period: str) -> bool:
    """Whether deliveries of the indicator's features for that edition came or went since the release."""
    sides = (definition.numerator, definition.denominator)
    years = frozenset({period[:4], *(_used(ground, feature, unit, period)[:4] for feature in sides)})
    key = (former.figures.release_id, definition.id, years)
    if key not in ground.anew:
        features = {part for feature in sides for part in indicators.base_features(feature)}
        ground.anew[key] = any(features & set(found) for found in _changed(ground, former.figures.release_id, years))
    return ground.anew[key]


def _changed(ground: ChangeGround, release_id: str, years: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """Features of the deliveries of these years that came or went since a release."""
    then = ground.project.release_deliveries(release_id) or ()
    for key in sorted({*then} ^ {*ground.project.rests_on()}):
        row = ground.deliveries.get(key)
        if row is None or any(str(one)[:4] in years for one in row["periods"]):
            yield ground.project.features_of(key)
