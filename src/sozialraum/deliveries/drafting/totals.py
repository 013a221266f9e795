"""Whether the total of a column proves that its points stand between thousands."""

from __future__ import annotations

from collections.abc import Sequence

from sozialraum.deliveries.drafting.columns import DraftColumn
from sozialraum.deliveries.drafting.layout import Layout
from sozialraum.deliveries.drafting.numerals import kind_of
from sozialraum.deliveries.drafting.row_kinds import RowKinds


def proven_thousands(layout: Layout, columns: Sequence[DraftColumn], kinds: RowKinds) -> frozenset[int]:
    """Places of the columns in which '1.234' is 1234, because only so the rows add up to the one total.

    Nothing is proven where a row has no number, a key stands twice, or there is more than one total.
    """
    rows = layout.sheet.rows[layout.first : layout.last]
    key = layout.keys[0].place
    keys = [row[key].strip() if len(row) > key else "" for row in rows]
    totals = [i for i, text in enumerate(keys) if any(rule.key.fullmatch(text) for rule in kinds.sums)]
    if len(totals) != 1 or len(set(keys)) < len(keys):
        return frozenset()
    found = []
    for column in columns:
        texts = [row[column.place].strip() if len(row) > column.place else "" for row in rows]
        forms = {kind_of(text) for text in texts}
        if forms <= {"whole", "either_point"} and "either_point" in forms and _adds_up(texts, totals[0]):
            found.append(column.place)
    return frozenset(found)


def _adds_up(texts: Sequence[str], total: int) -> bool:
    """Whether the others add up to the total read as whole numbers, and do not read as decimals."""
    plain = [text.replace("−", "-") for text in texts]
    whole = [int(text.replace(".", "")) for text in plain]
    decimals = [float(text) for text in plain]
    return 2 * whole[total] == sum(whole) and abs(2 * decimals[total] - sum(decimals)) > 0.01
