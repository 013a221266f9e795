"""A table of old and new keys compared with counts of both: what can be carried by key, and what cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sozialraum.blocks.adjacency import pieces
from sozialraum.carrying.building import by_key
from sozialraum.carrying.matrix import Matrix, positions

STATES = ("equal", "unequal", "without_partner")


@dataclass(frozen=True, eq=False)
class Matches:
    """Old and new keys that belong together, in groups that touch no other group.

    pairs : `old, new`, sorted, each once. groups : `group` (number from 1), `old`, `new` (tuples of keys), `old_count`,
    `new_count`, `state` ('equal', 'unequal', or 'without_partner' when one side has no key); sorted by first key.
    """

    pairs: pd.DataFrame
    groups: pd.DataFrame

    def splits(self) -> list[str]:
        """Old keys with several new ones, which nothing can be carried from without weights."""
        number = self.pairs["old"].value_counts()
        return sorted(number.index[number > 1])

    def matrix(self, source: str, target: str, weights: Mapping[tuple[str, str], float] | None = None) -> Matrix:
        """Old onto new keys, for groups with equal counts; all other old keys lie outside.

        Counts of an unequal group show that more changed than the list says, so nothing is carried by it.
        weights : (old, new) -> share, for old keys with several new ones.
        Raises InputRefused, naming them, for old keys with several new ones and no weights.
        """
        equal = self.groups[self.groups["state"] == "equal"]
        certain = {old for group in equal["old"] for old in group}
        table = self.pairs[self.pairs["old"].isin(certain)].rename(columns={"old": "source", "new": "target"})
        if weights is not None:
            pairs = zip(table["source"], table["target"], strict=True)
            table = table.assign(weight=[weights.get(pair, np.nan) for pair in pairs])
        gone = sorted(old for group in self.groups["old"] for old in group if old not in certain)
        targets = [new for group in self.groups["new"] for new in group]
        away = pd.DataFrame({"source": gone, "target": ""})
        return by_key(pd.concat([table, away], ignore_index=True), source, target, targets=targets)


def match_keys(listed: Mapping[str, Iterable[str]], old: pd.Series, new: pd.Series) -> Matches:
    """Read a list of matches in both directions and compare the counts of each group.

    listed : key -> keys of the other side; old keys may stand left, right or both. Keys of neither are passed over.
    old, new : key -> count of persons at the same date.
    """
    read = {pair for key, others in listed.items() for other in others for pair in ((key, other), (other, key))}
    pairs = sorted((one, other) for one, other in read if one in old.index and other in new.index)
    names = [*sorted(old.index), *sorted(new.index)]
    first = len(old)
    edges = np.stack([
        positions(names[:first], (one for one, _other in pairs)),
        first + positions(names[first:], (other for _one, other in pairs)),
    ], axis=1)  # fmt: skip
    piece = pieces(len(names), edges)
    rows = []
    for number in range(piece.max() + 1 if len(piece) else 0):
        members = np.flatnonzero(piece == number).tolist()
        left = tuple(names[place] for place in members if place < first)
        right = tuple(names[place] for place in members if place >= first)
        before, after = float(old.loc[list(left)].sum()), float(new.loc[list(right)].sum())
        whole = "equal" if before == after else "unequal"
        rows.append((number + 1, left, right, before, after, whole if left and right else "without_partner"))
    columns = ["group", "old", "new", "old_count", "new_count", "state"]
    return Matches(pd.DataFrame(pairs, columns=["old", "new"]), pd.DataFrame(rows, columns=columns))
