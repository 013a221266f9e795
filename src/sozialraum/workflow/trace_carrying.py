"""The links of a trace through weights: which ones, what they count, and the part of each unit that lies here."""

from __future__ import annotations

from collections.abc import Sequence

from sozialraum.base import _, plural, quoted
from sozialraum.base.numbers import count, day, percent
from sozialraum.carrying import Matrix, geography_name, method_name
from sozialraum.indicators.origins import Origin
from sozialraum.workflow.trace_ground import TraceGround
from sozialraum.workflow.trace_steps import TraceStep

MOST = 12


def carried_steps(ground: TraceGround, leaves: Sequence[Origin]) -> tuple[TraceStep, ...]:
    """A step for each geography that counts were carried from; of a single area with the parts of its units."""
    steps = []
    for geography in sorted({one[0] for leaf in leaves for one in leaf.shares}):
        shares = [(unit, part) for leaf in leaves for one, unit, part in leaf.shares if one == geography]
        weights = {**ground.ground.former, **ground.ground.others}[geography]
        units = len({unit for unit, _part in shares})
        children = _parts(shares) if len(leaves) == 1 else ()
        feature = leaves[0].feature
        sentence = weights_sentence(weights.of(feature), units, weights.name_of(feature))
        steps.append(TraceStep(sentence, children=children))
    return tuple(steps)


def weights_sentence(matrix: Matrix, units: int, name: str) -> str:
    """'2 Einheiten von „Stimmbezirke“, geteilte nach Adressen (Gewichte vom 01.01.2025, Kennung 3f0a…).'

    name : under which the weights are kept, '' = they are not.
    """
    said = plural("1 Einheit von {source}", "{count} Einheiten von {source}", units)
    said = said.format(count=count(units), source=geography_name(matrix.source))
    how = _("keine geteilt") if not matrix.steps else _("geteilte {method}").format(method=method_name(matrix.kind))
    known = [_("Gewichte vom {day}").format(day=day(matrix.built_on))] if matrix.built_on else []
    known += [_("Kennung der Gewichte {name}").format(name=name)] if name else []
    return f"{said}, {how} ({', '.join(known)})." if known else f"{said}, {how}."


def _parts(shares: Sequence[tuple[str, float]]) -> tuple[TraceStep, ...]:
    """The units with most in it first."""
    ordered = sorted(shares, key=lambda one: (-one[1], one[0]))
    found = [
        TraceStep(
            _("{unit}: ganz").format(unit=quoted(unit))
            if part >= 1 - 1e-9
            else _("{unit}: {part} davon liegen hier").format(unit=quoted(unit), part=percent(part))
        )
        for unit, part in ordered[:MOST]
    ]
    more = len(ordered) - MOST
    if more > 0:
        found.append(
            TraceStep(plural("und 1 weitere Einheit", "und {count} weitere Einheiten", more).format(count=count(more)))
        )
    return tuple(found)
