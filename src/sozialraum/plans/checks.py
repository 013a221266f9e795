"""What is to be said of a step, in plain sentences, and what stands in the way of adopting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from sozialraum.base import _, plural
from sozialraum.base.numbers import count
from sozialraum.delineation import Plan
from sozialraum.delineation.town_plan import RULE
from sozialraum.plans.figures import AreaFigures, area_rows, figures
from sozialraum.plans.ground import CROSSING, KIND, Ground
from sozialraum.plans.partners import DeliveryGroup

Severity = Literal["ok", "look", "error"]
FOLLOWS = 0.6  # of a new border lies along a barrier: then it follows it


@dataclass(frozen=True)
class Check:
    """One thing to say. code : connected, apart, outside, rule_1000, below_1000, crossed, along_line, gone.

    severity : 'ok', 'look' (may stay so) or 'error' (a hard rule). areas : codes of the areas it speaks of.
    """

    code: str
    severity: Severity
    sentence: str
    areas: tuple[str, ...]


def checks_of(
    ground: Ground,
    old: np.ndarray,
    new: np.ndarray,
    was: Mapping[str, AreaFigures],
    now: Mapping[str, AreaFigures],
    groups: Sequence[DeliveryGroup] = (),
) -> tuple[Check, ...]:
    """What is to be said of the touched areas after a step, hard rules first.

    old, new : (n,) area_id per block. was, now : figures of the touched areas before and after.
    """
    after = list(now.values())
    found = [*_apart(after), *_outside(ground, after)]
    if after and all(area.connected for area in after):
        found.append(_connected(after))
    together = {group.area_id: group.sentence for group in groups}
    for area in after:
        before = was.get(area.area_id)
        found += _rule_of_1000(area, before, together.get(area.area_id, ""))
        found += _crossed(area, before)
    found += _along_a_line(ground, old, new, after)
    found += [_gone(area) for area in was.values() if area.area_id not in now]
    return tuple(found)


def hard_rules(
    ground: Ground, plan: Plan, base: Plan | None = None, known: Mapping[str, AreaFigures] | None = None
) -> tuple[str, ...]:
    """Everything that stands in the way of adopting the areas of one municipality, as sentences; () = nothing.

    Each area in one piece and within the limits, each block in one area. base : areas with the same blocks as in the
    base were decided before and are not asked again. known : figures of all areas of the plan, if at hand.
    """
    areas, rows = ground.areas_of(plan), area_rows(plan, ground.ags)
    changed = _changed(ground, areas, rows, base)
    found = (
        figures(ground, areas, rows, changed)
        if known is None
        else {area: known[area] for area in changed if area in known}
    )
    lost = int(sum(area not in rows for area in areas))
    sentences = [check.sentence for check in (*_apart(found.values()), *_outside(ground, found.values()))]
    if lost:
        text = plural("{count} Baustein gehört zu keinem Gebiet.", "{count} Bausteine gehören zu keinem Gebiet.", lost)
        sentences.insert(0, text.format(count=count(lost)))
    return tuple(sentences)


def _changed(ground: Ground, areas: np.ndarray, rows: Iterable[str], base: Plan | None) -> list[str]:
    """Areas whose set of blocks is none of the base's."""
    if base is None:
        return list(rows)
    before = ground.areas_of(base)
    old, _olds = pd.factorize(before)
    new, names = pd.factorize(areas)
    # an area is unchanged when its blocks have one old area and nobody else has a block of that
    old, new = np.divmod(np.unique(old * len(names) + new), len(names))
    alone = (np.bincount(old)[old] == 1) & (np.bincount(new)[new] == 1)
    same = set(names[new[alone]].tolist())
    return [area for area in rows if area not in same]


def _apart(after: Iterable[AreaFigures]) -> list[Check]:
    text = _("Gebiet {code} besteht aus {parts} getrennten Teilen; ein Gebiet hängt zusammen.")
    return [
        Check("apart", "error", text.format(code=area.code, parts=count(area.parts)), (area.code,))
        for area in after
        if not area.connected
    ]


def _outside(ground: Ground, after: Iterable[AreaFigures]) -> list[Check]:
    found = []
    for area in after:
        if area.word != "outside":
            continue
        if np.isinf(ground.high):
            text = _("Gebiet {code} hätte {people} Einwohner; erlaubt sind {low} oder mehr.")
        else:
            text = _("Gebiet {code} hätte {people} Einwohner; erlaubt sind {low} bis {high}.")
        high = 0 if np.isinf(ground.high) else ground.high
        sentence = text.format(code=area.code, people=count(area.people), low=count(ground.low), high=count(high))
        found.append(Check("outside", "error", sentence, (area.code,)))
    return found


def _connected(after: Sequence[AreaFigures]) -> Check:
    codes = tuple(area.code for area in after)
    if len(codes) == 1:
        sentence = _("Gebiet {code} hängt zusammen.").format(code=codes[0])
    elif len(codes) == 2:
        sentence = _("Die Gebiete {one} und {other} hängen zusammen.").format(one=codes[0], other=codes[1])
    else:
        sentence = _("Alle {number} berührten Gebiete hängen zusammen.").format(number=len(codes))
    return Check("connected", "ok", sentence, codes)


def _rule_of_1000(area: AreaFigures, before: AreaFigures | None, together: str) -> list[Check]:
    if not area.rule_1000:
        text = _("Gebiet {code} hätte {people} Einwohner; unter {rule} wird es nicht einzeln beliefert.")
        sentence = text.format(code=area.code, people=count(area.people), rule=count(RULE))
        return [Check("below_1000", "look", f"{sentence} {together}".strip(), (area.code,))]
    if before is not None and before.rule_1000:
        return []
    text = _("{code} erreicht {rule} Einwohner: eigene Liefergruppe möglich.")
    return [Check("rule_1000", "ok", text.format(code=area.code, rule=count(RULE)), (area.code,))]


def _crossed(area: AreaFigures, before: AreaFigures | None) -> list[Check]:
    text = _("{barrier} verläuft jetzt durch Gebiet {code}.")
    known = set(before.barriers) if before else set()
    fresh = [barrier for barrier in area.barriers if barrier not in known] if before else []
    return [Check("crossed", "look", text.format(barrier=one, code=area.code), (area.code,)) for one in fresh]


def _along_a_line(ground: Ground, old: np.ndarray, new: np.ndarray, after: Sequence[AreaFigures]) -> list[Check]:
    """Said when most of what has become border lies along one kind of barrier without a crossing."""
    moved = old != new
    beside = np.flatnonzero(moved[ground.edges].any(axis=1))
    one, other = ground.edges[beside, 0], ground.edges[beside, 1]
    fresh = beside[(new[one] != new[other]) & (old[one] == old[other])]
    metres = float(ground.lengths[fresh].sum())
    if metres <= 0:
        return []
    walls = np.where(ground.kinds & CROSSING, 0, ground.kinds & KIND)[fresh]
    along = np.bincount(walls, ground.lengths[fresh], 4)[1:]
    kind = int(along.argmax())
    if along[kind] < FOLLOWS * metres:
        return []
    sentence = (
        _("Die Grenze folgt jetzt dem Fluss."),
        _("Die Grenze folgt jetzt der Bahnlinie."),
        _("Die Grenze folgt jetzt der Autobahn."),
    )[kind]
    return [Check("along_line", "ok", sentence, tuple(area.code for area in after))]


def _gone(area: AreaFigures) -> Check:
    sentence = _("Gebiet {code} geht in anderen Gebieten auf.").format(code=area.code)
    return Check("gone", "look", sentence, (area.code,))
