"""What a person corrected in how one file is read; the file itself stays as it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

RowMeans = Literal["skip", "total", "residual"]


@dataclass(frozen=True, slots=True)
class Corrections:
    """Corrections of one reading, as a person made them.

    heads : head as printed -> short name of the recipe's column it stands for ("Ist dasselbe").
    keys : key as it stands -> key that is meant (block_id, area_id, AGS, nine-digit key).
    rows : row number as a person counts -> what the row is: left out, a sum, or persons without a place.
    signs : signs whose narrow meaning holds although this file's legend does not say so ("Wie im Vorjahr").
    Heads and signs belong to the recipe and hold next year too; keys and rows belong to this file alone.
    """

    heads: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[int, RowMeans] = field(default_factory=dict)
    signs: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.heads or self.keys or self.rows or self.signs)

    def and_then(self, later: Corrections) -> Corrections:
        """Both corrections; where they speak of the same, the later one holds."""
        return Corrections(
            {**self.heads, **later.heads},
            {**self.keys, **later.keys},
            {**self.rows, **later.rows},
            tuple(dict.fromkeys((*self.signs, *later.signs))),
        )

    def content(self) -> dict[str, Any]:
        """The corrections as JSON values; `from_content` reads them back."""
        return {**asdict(self), "rows": {str(row): means for row, means in self.rows.items()}}


def from_content(content: Mapping[str, Any]) -> Corrections:
    """Corrections of what `Corrections.content` gave."""
    rows = {int(row): means for row, means in content.get("rows", {}).items()}
    return Corrections(
        dict(content.get("heads", {})), dict(content.get("keys", {})), rows, tuple(content.get("signs", ()))
    )
