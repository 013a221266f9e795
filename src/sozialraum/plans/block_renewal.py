"""A whole set of blocks that takes the place of another: the record, beside the division of a single block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from sozialraum.base import _, plural
from sozialraum.base.numbers import count


@dataclass(frozen=True, eq=False)
class BlockRenewal:
    """The record of one renewal.

    version : the number of the version that begins. links : frame as `block_links` makes it; blocks not named in it
    go on under their key. why, role, when : as for a division.
    """

    version: int
    links: pd.DataFrame
    why: str
    role: str
    when: str

    @cached_property
    def forward(self) -> Mapping[str, tuple[tuple[str, float], ...]]:
        """Old block -> the new ones that stand for it with their shares (sum 1)."""
        return _pairs(self.links[self.links["weight"] > 0], "old", "new", "weight")

    @cached_property
    def backward(self) -> Mapping[str, tuple[tuple[str, float], ...]]:
        """New block -> the old ones its people lived in with their shares (sum 1)."""
        return _pairs(self.links[self.links["back"] > 0], "new", "old", "back")

    def sentences(self) -> tuple[str, ...]:
        """What ended and began, what the shares rest on, and what only the nearest block stands for."""
        ended, begun = self.links["old"].nunique(), len(self.backward)
        said = [
            _("Neuer Stand {version} der Bausteine: {ended} enden, {begun} beginnen, die übrigen gehen weiter.").format(
                version=self.version, ended=count(ended), begun=count(begun)
            )
        ]
        basis = self.links.groupby("old")["basis"].first().value_counts()
        by_ground = int(basis.get("ground", 0))
        if int(basis.get("addresses", 0)):
            said.append(_("Anteile nach Anschriften: {count}.").format(count=count(int(basis["addresses"]))))
        if by_ground:
            text = _("Anteile nur nach Fläche, weil dort keine Anschriften bekannt sind: {count}.")
            said.append(text.format(count=count(by_ground)))
        alone = sorted(self.links["old"][self.links["basis"] == "nearest"].unique())
        if alone:
            text = plural(
                "Für 1 früheren Baustein steht der nächste neue: {names}.",
                "Für {count} frühere Bausteine steht der nächste neue: {names}.",
                len(alone),
            )
            said.append(text.format(count=len(alone), names=", ".join(alone[:5]) + (", …" if len(alone) > 5 else "")))
        return tuple(said)


def _pairs(links: pd.DataFrame, key: str, other: str, share: str) -> dict[str, tuple[tuple[str, float], ...]]:
    found: dict[str, list[tuple[str, float]]] = {}
    for own, partner, weight in links[[key, other, share]].itertuples(index=False):
        found.setdefault(str(own), []).append((str(partner), float(weight)))
    return {own: tuple(partners) for own, partners in found.items()}
