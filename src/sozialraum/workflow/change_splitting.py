"""Why a value changed between two editions: its parts, from what was printed before and what is released today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sozialraum.base import UsageError, _
from sozialraum.base.numbers import day, signed
from sozialraum.indicators import Definition, definitions
from sozialraum.indicators.change_parts import Also, ChangeParts, Ratio, Span, split_change, split_on_old_boundaries
from sozialraum.project import Project
from sozialraum.publish.change_words import Change, change_notes, change_sentence, labelled, total_points
from sozialraum.publish.value_cells import measure
from sozialraum.workflow.catalogue import counting_as
from sozialraum.workflow.change_sources import also_in_time, carried_sides, delivered_anew, widened
from sozialraum.workflow.change_states import (
    ChangeGround,
    Former,
    change_ground,
    counts_the_same,
    former_unit,
    old_definition_today,
    state_then,
    state_today,
)
from sozialraum.workflow.released_figures import printed


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """A change in words: what it is of, the sentence, the parts as printed, notes."""

    title: str
    unit: str
    name: str
    change: Change
    sentence: str
    notes: tuple[str, ...]
    definition: Definition

    def as_record(self) -> dict[str, Any]:
        """For programs and pages: numbers as printed (percentage points), no bounds of anything hidden."""
        parts = [
            {"names": list(part.names), "label": part.label, "text": part.text, "low": part.low, "high": part.high}
            for part in labelled(self.change, self.definition)
        ]
        total = total_points(self.change, self.definition)
        return {
            "indicator": self.change.indicator, "title": self.title, "unit": self.unit, "name": self.name,
            "before": self.change.before_period, "after": self.change.after_period, "sentence": self.sentence,
            "total": total, "total_text": "" if total is None else signed(total, measure(self.definition).places),
            "parts": parts, "notes": list(self.notes),
        }  # fmt: skip


def change(
    project: Project, indicator: str, unit: str, *, before: str = "", after: str = "", internal: bool = False
) -> ChangeTold:
    """Why the value of an indicator changed in one unit.

    unit : area_id, AGS or 'region'. before, after : editions (ISO dates), default the last two that have a row.
    internal : split within the bounds of hidden numbers, too; not for others.
    Raises ReleaseRefused before anything was computed, UsageError for what does not exist or has one edition only.
    """
    with counting_as(project):
        ground = change_ground(project, internal)
        definition = next((one for one in definitions() if one.id == indicator), None)
        if definition is None:
            raise UsageError(_("Den Indikator „{name}“ gibt es nicht; es gibt {known}.").format(
                name=indicator, known=", ".join(one.id for one in definitions())))  # fmt: skip
        level = ground.level_of(unit)
        if not level:
            raise UsageError(_("Das Gebiet „{unit}“ gibt es nicht.").format(unit=unit))
        dates = _dates(ground, indicator, unit, before, after)
        found = _change(ground, definition, level, unit, dates)
        return ChangeTold(
            definition.title, unit, ground.name_of(unit), found, change_sentence(found, definition),
            tuple(change_notes(found, definition)), definition,
        )  # fmt: skip


def changes_of(project: Project, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str, str], Change]:
    """Changes since the edition before, for (indicator, unit), by (indicator, level, unit); for the report.

    Those without two editions are left out.
    """
    with counting_as(project):
        ground = change_ground(project)
        known = {one.id: one for one in definitions()}
        found = {}
        for indicator, unit in wanted:
            periods = ground.periods.get((indicator, unit), [])
            if len(periods) >= 2 and indicator in known:
                level = ground.level_of(unit)
                dates = (periods[-2], periods[-1])
                found[indicator, level, unit] = _change(ground, known[indicator], level, unit, dates)
        return found


def _dates(ground: ChangeGround, indicator: str, unit: str, before: str, after: str) -> tuple[str, str]:
    """The two editions asked for, the latest without a wish. Raises UsageError, naming those there are."""
    periods = ground.periods.get((indicator, unit), [])
    said = ", ".join(map(day, periods))
    for wish in filter(None, (before, after)):
        if wish not in periods:
            raise UsageError(_("Zu diesem Stichtag gibt es die Zahl nicht; es gibt {dates}.").format(dates=said))
    last = after or (periods[-1] if periods else "")
    earlier = [period for period in periods if period < last]
    first = before or (earlier[-1] if earlier else "")
    if not first or first >= last:
        text = _("Eine Veränderung braucht zwei Stichtage; es gibt {dates}.")
        raise UsageError(text.format(dates=said or _("keinen")))
    return first, last


def _change(ground: ChangeGround, definition: Definition, level: str, unit: str, dates: tuple[str, str]) -> Change:
    first, last = dates
    today, after = (state_today(ground, definition, unit, date) for date in dates)
    former = former_unit(ground, definition.id, level, unit, first)
    before = today if former is None else state_then(former, definition, level, first)
    steps: dict[str, Ratio | None] = {}
    other = former is not None and _differs(ground, former, definition, level, unit, first)
    if former is not None and other:
        steps = _steps(ground, former, definition, unit, first, today)
    else:
        before = today
    also = also_in_time(ground, definition, unit, dates, carried_before=not other)
    scope = _scope_steps(ground, definition, level, dates, before, steps)
    parts = split_change(
        before, after, on_new_boundaries=scope or steps.get("boundaries"), in_new_definition=steps.get("definition"),
        also=_with_scope(ground, definition, unit, dates, also, bool(scope) or level != "region"),
    )  # fmt: skip
    hints = _hints(ground, definition, level, dates, steps.values())
    if former is not None and other and any("boundaries" in part.names for part in parts.unknown):
        on_old = _on_old_boundaries(ground, former, definition, level, unit, dates, before, after, also)
        parts, hints = (parts, hints) if on_old is None else on_old
    return Change(
        definition.id, level, unit, first, last, _share(before), _share(after), parts,
        _compared(former, unit) if former is not None and other else "", hints,
    )  # fmt: skip


def _on_old_boundaries(
    ground: ChangeGround, former: Former, definition: Definition, level: str, unit: str, dates: tuple[str, str],
    before: Ratio, after: Ratio, also: Also,
) -> tuple[ChangeParts, tuple[str, ...]] | None:  # fmt: skip
    """Parts and hints where the same report printed the later edition, too, from deliveries that still count.

    None where it did not, or where how far the later value is off on today's boundaries is not known.
    """
    printed_then = former.figures.values.get((definition.id, level, former.unit, dates[1]))
    anew = any(delivered_anew(ground, former, definition, unit, date) for date in dates)
    if printed_then is None or anew or not counts_the_same(former, definition):
        return None
    count, base = (tuple(name for name in side if name != "boundaries") for side in (also.count, also.base))
    carried = widened(after, carried_sides(ground, definition, unit, dates[1]), dates[1])
    found = split_on_old_boundaries(
        before, Ratio.of(*printed_then[:2]), carried, also=Also(count, base, also.reason if count or base else "")
    )
    whole = split_change(before, after)
    if found.low is None or whole.low is None:
        return None
    said = _("Bevölkerung und Fälle beider Jahre sind in den früheren Grenzen verglichen.")
    return replace(found, low=whole.low, high=whole.high), tuple(filter(None, (said, carried.reason)))


def _differs(ground: ChangeGround, former: Former, definition: Definition, level: str, unit: str, period: str) -> bool:
    """Whether what an earlier report printed is anything else than what is printed of that edition today."""
    row = ground.values.get((definition.id, unit, period))
    today = (None, None) if row is None else printed(row, definition)
    then = former.figures.values[definition.id, level, former.unit, period][:2]
    return not (former.same_ground and counts_the_same(former, definition)) or today != then


def _steps(
    ground: ChangeGround, former: Former, definition: Definition, unit: str, first: str, today: Ratio
) -> dict[str, Ratio | None]:
    """The states between the earlier report and today's count of the same edition, as far as they are known."""
    same_definition = counts_the_same(former, definition)
    anew = delivered_anew(ground, former, definition, unit, first)
    counted = widened(today, carried_sides(ground, definition, unit, first), first)
    if former.same_ground:
        return {"definition": counted}
    if same_definition and not anew:
        return {"boundaries": counted}
    if anew:
        reason = _("Seit dem früheren Bericht kamen zu {day} andere Lieferungen.").format(day=day(first))
        return {"boundaries": Ratio(None, None, reason), "definition": counted}
    was = former.figures.definitions[definition.id]
    moved = old_definition_today(ground, was, definition, unit, first)
    return {"boundaries": moved, "definition": counted}


def _scope_steps(
    ground: ChangeGround, definition: Definition, level: str, dates: tuple[str, str], before: Ratio,
    steps: dict[str, Ratio | None],
) -> Ratio | None:  # fmt: skip
    """The region before, without the municipalities that its later value leaves out; None where both cover the same.

    Known where the later value only leaves out more, and these were printed before.
    """
    if level != "region" or steps:
        return None
    was, now = (_scope(ground, definition, date) for date in dates)
    gone = now - was
    if was == now or was - now or before.count is None or before.base is None:
        return None
    ends = [*before.count, *before.base]
    for ags in sorted(gone):
        own = state_today(ground, definition, ags, dates[0])
        if own.count is None or own.base is None:
            return Ratio(None, None, own.reason)
        ends = [end - less for end, less in zip(ends, (*own.count[::-1], *own.base[::-1]), strict=True)]
    return Ratio((max(ends[0], 0.0), ends[1]), (ends[2], ends[3]))


def _scope(ground: ChangeGround, definition: Definition, period: str) -> frozenset[str]:
    row = ground.values.get((definition.id, "region", period))
    return frozenset(ags for ags in str(getattr(row, "scope", "") or "").split(",") if ags)


def _with_scope(
    ground: ChangeGround, definition: Definition, unit: str, dates: tuple[str, str], also: Also, told: bool
) -> Also:
    """Values of the region that cover other municipalities, where what they would be together is not known."""
    scopes = [_scope(ground, definition, date) for date in dates]
    if told or scopes[0] == scopes[1]:
        return also
    reason = _("Beide Werte gelten nicht für dieselben Gemeinden.")
    return Also(
        tuple(dict.fromkeys(("boundaries", *also.count))), tuple(dict.fromkeys(("boundaries", *also.base))),
        " ".join(filter(None, (reason, also.reason))),
    )  # fmt: skip


def _hints(
    ground: ChangeGround, definition: Definition, level: str, dates: tuple[str, str], states: Iterable[Ratio | None]
) -> tuple[str, ...]:
    """What makes parts unsure without mixing them: bounds of carried counts, other municipalities in the region."""
    scopes = {_scope(ground, definition, date) for date in dates}
    found = [
        state.reason for state in states if state is not None and state.count is not None and state.base is not None
    ]
    if level == "region" and len(scopes) > 1:
        found.append(_("Beide Werte gelten nicht für dieselben Gemeinden."))
    return tuple(filter(None, found))


def _share(state: Ratio) -> Span | None:
    if state.count is None or state.base is None or state.base[0] <= 0:
        return None
    return state.count[0] / state.base[1], state.count[1] / state.base[0]


def _compared(former: Former, unit: str) -> str:
    """Where the earlier value stands."""
    when = day(former.figures.created[:10])
    if former.same_ground:
        return _("Der frühere Wert steht im Bericht vom {day}.").format(day=when)
    if former.unit == unit:
        return _("Der frühere Wert steht im Bericht vom {day}, in den damaligen Grenzen.").format(day=when)
    return _("Der frühere Wert steht im Bericht vom {day} für {name}, in den damaligen Grenzen.").format(
        day=when, name=former.name
    )
