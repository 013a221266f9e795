"""The state a package was made from, small enough to be kept beside it, and how answers are tried on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from sozialraum.delineation import Edit, Plan, make_plan
from sozialraum.delineation.applying import Board

NEW = "new:"  # begin of the key of "a new area made from this one"


@dataclass(frozen=True)
class Base:
    """Areas and blocks of one municipality as the experts saw them.

    areas : (area_id, code, name) in reading order. blocks : block_id -> area_id. locked : blocks that must stay.
    """

    ags: str
    areas: tuple[tuple[str, str, str], ...]
    blocks: Mapping[str, str]
    locked: frozenset[str] = frozenset()

    @classmethod
    def from_json(cls, ags: str, content: Mapping[str, Any]) -> Base:
        """The base from what `Package.base` holds."""
        areas = tuple((str(key), str(code), str(name)) for key, code, name in content["areas"])
        return cls(ags, areas, dict(content["blocks"]), frozenset(content["locked"]))

    @cached_property
    def plan(self) -> Plan:
        """The same as a plan of this municipality alone."""
        rows = pd.DataFrame(list(self.areas), columns=["area_id", "code", "name"])
        rows = rows.assign(municipality=self.ags, origin="proposal")
        return make_plan(dict(self.blocks), rows, title="", created="", locks=self.locked)

    def board(self) -> Board:
        """A board to try edits on."""
        return Board(self.plan)

    def code_of(self, area_id: str) -> str:
        """The code of an area; its key where there is no such area."""
        return next((code for key, code, _name in self.areas if key == area_id), area_id)


@dataclass(frozen=True)
class Wish:
    """One proposal of an answer, told so that proposals of different answers can be compared.

    number : from 1, in the order of the answer. target : where the blocks go: an area_id of the base or
    'new:<area_id>', a new area made from that one. blocks : that change their area by it.
    """

    number: int
    edit: Edit
    target: str
    blocks: frozenset[str]


def wishes(base: Base, edits: Iterable[Edit]) -> tuple[list[Wish], dict[str, str]]:
    """The proposals of one answer told for comparison, and where each block ends that does not stay.

    A move that the same answer takes back or on later is left out: its last word counts. Whatever keys an expert's
    new areas have, they are named after the area of the base they were first made from; of the two parts of a split
    the one with fewer blocks counts as new, whichever the expert gave a new key.
    """
    board, common = base.board(), {area_id: area_id for area_id, _code, _name in base.areas}
    found = []
    for number, edit in enumerate(edits, start=1):
        before = dict(board.assignment)
        board.apply(edit)
        if edit.kind == "split":
            rest = frozenset(block for block, area in board.assignment.items() if area == edit.area)
            new = _smaller(frozenset(edit.blocks), rest)
            old, made = common[edit.area], NEW + common[edit.area].removeprefix(NEW)
            common[edit.into], common[edit.area] = (made, old) if new == frozenset(edit.blocks) else (old, made)
            found.append(Wish(number, edit, made, new))
        else:
            changed = frozenset(block for block, area in board.assignment.items() if before[block] != area)
            found.append(Wish(number, edit, common[edit.into if edit.kind == "merge" else edit.area], changed))
    ends = {block: common[area] for block, area in board.assignment.items()}
    return _last_words(base, found), {block: end for block, end in ends.items() if end != base.blocks[block]}


def _last_words(base: Base, found: Sequence[Wish]) -> list[Wish]:
    """The wishes without blocks that a later move of the same answer takes on or back home.

    Blocks that a split or merging of the answer names stay as they are: those steps rest on them.
    """
    rested = {block for wish in found if wish.edit.kind in ("split", "merge") for block in wish.blocks}
    later: set[str] = set()
    kept: list[Wish] = []
    for wish in reversed(found):
        if wish.edit.kind != "move":
            kept.append(wish)
            continue
        gone = {block for block in wish.blocks if block in later or base.blocks[block] == wish.target} - rested
        later |= wish.blocks
        blocks = wish.blocks - gone
        if blocks:
            kept.append(replace(wish, blocks=blocks, edit=replace(wish.edit, blocks=tuple(blocks))))
    return kept[::-1]


def _smaller(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    return min(one, other, key=lambda part: (len(part), min(one | other) in part))
