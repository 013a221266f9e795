"""The rule by which lines become blocks, in numbers and in one sentence."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sozialraum.base import Finding, InputRefused, _, current_language
from sozialraum.base.numbers import count, decimal

BARRIERS = ("river", "railway", "motorway")


@dataclass(frozen=True)
class BuildingRule:
    """Numbers of the rule; metres and square metres.

    smallest_area : smaller faces are remainders. narrowest_width : so are narrower ones (twice the area by the border).
    barriers : kinds of lines no remainder is merged across. snapping : line ends that miss another line by no more
    are joined. rows_from, row_of_ends : in faces from this size on streets that end within this distance of each other
    are joined by a line, 0 = never. open_from, behind_houses : in faces from this size on the settlement ends this far
    behind the last houses, open_from 0 = no such edges. smallest_settlement : fewer addresses standing together stay
    part of the open land. open_square : pieces of open land larger than a square of this side are cut into squares,
    0 = never.
    Raises InputRefused for negative numbers and kinds that are no barrier.
    """

    smallest_area: float = 1_000.0
    narrowest_width: float = 8.0
    barriers: tuple[str, ...] = BARRIERS
    snapping: float = 5.0
    rows_from: float = 40_000.0
    row_of_ends: float = 150.0
    open_from: float = 100_000.0
    behind_houses: float = 25.0
    smallest_settlement: int = 8
    open_square: float = 1_000.0

    def __post_init__(self) -> None:
        findings = [
            Finding(_("Die Zahl darf nicht kleiner als 0 sein."), column=field.name)
            for field in fields(self)
            if field.name != "barriers" and not getattr(self, field.name) >= 0
        ]
        unknown = [kind for kind in self.barriers if kind not in BARRIERS]
        if unknown:
            what = _("Keine Art von Trennlinie: {kinds}.").format(kinds=", ".join(unknown))
            findings.append(Finding(what, column="barriers"))
        if findings:
            raise InputRefused(_("So lassen sich keine Bausteine bilden."), findings)

    def sentence(self) -> str:
        """The rule in one sentence, in the current language."""
        names = {"river": _("Fluss"), "railway": _("Bahn"), "motorway": _("Autobahn")}
        never = [names[kind] for kind in BARRIERS if kind in self.barriers] + [_("Gemeindegrenze")]
        if current_language() != "de":  # elsewhere these words stand at the beginning of a line, with a capital letter
            never = [word.lower() for word in never]
        said = _(
            "Flächen unter {area} m² oder unter {width} m mittlerer Breite kommen zum Nachbarn mit der längsten "
            "gemeinsamen Grenze, nie über {barriers} hinweg"
        ).format(area=count(self.smallest_area), width=figure(self.narrowest_width), barriers=_or(never))
        if self.snapping:
            said += _("; Linien, die sich um höchstens {gap} m verfehlen, gelten als verbunden").format(
                gap=figure(self.snapping)
            )
        if self.row_of_ends:
            said += _(
                "; in Flächen ab {size} ha werden die Enden von Straßen verbunden, die in einer Reihe mit höchstens "
                "{gap} m Abstand enden"
            ).format(size=figure(self.rows_from / 10_000), gap=figure(self.row_of_ends))
        if self.open_from:
            said += _(
                "; in Flächen ab {size} ha endet die Siedlung {behind} m hinter den letzten Häusern, "
                "wo mindestens {houses} Anschriften beisammen stehen"
            ).format(
                size=figure(self.open_from / 10_000),
                behind=figure(self.behind_houses),
                houses=count(self.smallest_settlement),
            )
        if self.open_from and self.open_square:
            said += _("; größere Stücke offenen Landes werden in Quadrate von {side} m geteilt").format(
                side=count(self.open_square)
            )
        return said + "."


def figure(number: float) -> str:
    """A number as short as it is: '8', '2,5'."""
    return decimal(number, 0 if number == round(number) else 1)


def _or(names: list[str]) -> str:
    return names[0] if len(names) == 1 else _("{first} oder {last}").format(first=", ".join(names[:-1]), last=names[-1])
