"""What decides the areas of a country besides the grid itself."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

from sozialraum.base import UsageError, _
from sozialraum.base.numbers import count

EFFORTS = ("draft", "standard", "thorough", "exact")
COMPACTNESS = 1.0  # price of cutting all sides between inhabited cells at once, by the whole spread


@dataclass(frozen=True, slots=True)
class Rule:
    """Inhabitants allowed per area (both bounds included), the size aimed at, effort and seed of the search."""

    low: float = 700.0
    high: float = 8500.0
    target: float = 4500.0
    effort: str = "standard"
    seed: int = 0

    def __post_init__(self) -> None:
        faults = []
        if not 0 <= self.low <= self.high or math.isinf(self.high):
            text = _("Die Grenzen {low} und {high} passen nicht zusammen: erst die kleinere, dann die größere Zahl.")
            faults.append(text.format(low=count(self.low), high=count(self.high)))
        if not 0 < self.target < math.inf:
            faults.append(_("Die angestrebte Größe {target} muss über 0 liegen.").format(target=count(self.target)))
        if self.effort not in EFFORTS:
            text = _("Den Aufwand „{effort}“ gibt es nicht; möglich sind {known}.")
            faults.append(text.format(effort=self.effort, known=", ".join(EFFORTS)))
        if faults:
            raise UsageError("\n".join(faults))

    def seed_of(self, ags: str) -> int:
        """The seed of one municipality, from the seed of the run and its key; 0 <= seed < 2^31."""
        digest = hashlib.sha256(f"{self.seed}:{ags}".encode()).digest()
        return int.from_bytes(digest[:4], "big") >> 1

    def parameters(self) -> dict[str, object]:
        """What the result depends on, for the record of the run."""
        return {
            "low": self.low, "high": self.high, "target": self.target, "effort": self.effort, "seed": self.seed,
            "compactness": COMPACTNESS,
        }  # fmt: skip
