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
    period : date of the numbers as a person gave it, an ISO day or year ('2025-12-31', '2025'), '' = as the file says.
    sheet : name of the sheet that is read where several hold the table, ''.
    Heads, signs and sheet belong to the recipe and hold next year too; keys, rows and period to this file alone.
    """

    heads: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[int, RowMeans] = field(default_factory=dict)
    signs: tuple[str, ...] = ()
    period: str = ""
    sheet: str = ""

    def __bool__(self) -> bool:
        return self.count() > 0

    def count(self) -> int:
        """How many places were corrected."""
        many = len(self.heads) + len(self.keys) + len(self.rows) + len(self.signs)
        return many + bool(self.period) + bool(self.sheet)

    def and_then(self, later: Corrections) -> Corrections:
        """Both corrections; where they speak of the same, the later one holds."""
        return Corrections(
            {**self.heads, **later.heads},
            {**self.keys, **later.keys},
            {**self.rows, **later.rows},
            tuple(dict.fromkeys((*self.signs, *later.signs))),
            later.period or self.period,
            later.sheet or self.sheet,
        )

    def content(self) -> dict[str, Any]:
        """The corrections as JSON values; `from_content` reads them back."""
        return {**asdict(self), "rows": {str(row): means for row, means in self.rows.items()}}


def from_content(content: Mapping[str, Any]) -> Corrections:
    """Corrections of what `Corrections.content` gave, now or in an earlier version."""
    rows = {int(row): means for row, means in content.get("rows", {}).items()}
    return Corrections(
        dict(content.get("heads", {})),
        dict(content.get("keys", {})),
        rows,
        tuple(content.get("signs", ())),
        content.get("period", ""),
        content.get("sheet", ""),
    )
