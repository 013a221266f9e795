"""Apply edits to a plan: pure, without geometry, the same in the browser."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from string import ascii_lowercase

import pandas as pd

from sozialraum.base import UsageError, _
from sozialraum.base.numbers import day
from sozialraum.delineation.edit import Decision, Edit, municipality_of_key, refuse_texts
from sozialraum.delineation.plan import AREA_COLUMNS, Plan, sort_areas

FROZEN = ("submitted", "adopted", "superseded")


def apply_edits(plan: Plan, edits: Sequence[Edit]) -> Plan:
    """The plan after some edits, in order. A proposal becomes a revision whose parent it is.

    Raises UsageError for a plan that is submitted or decided, and for what cannot be: unknown blocks or areas,
    a locked block, two municipalities, a code in use, nothing to do.
    """
    if not edits:
        return plan
    if plan.status in FROZEN:
        raise UsageError(
            _("Der Plan „{title}“ steht fest. Beginnen Sie eine neue Fassung davon.").format(title=plan.title)
        )
    board = Board(plan)
    plan_id = plan.plan_id
    for edit in edits:
        board.apply(edit)
        plan_id = _next_id(plan_id, edit)
    begun = plan.status == "in_revision"
    return replace(
        plan,
        plan_id=plan_id,
        status="in_revision",
        parent=plan.parent if begun else plan.plan_id,
        assignment=board.assignment_series(),
        areas=board.area_rows(),
        edits=(*plan.edits, *edits) if begun else tuple(edits),
        locks=frozenset(board.locks),
        decisions=dict(board.decisions),
    )


def begin_revision(plan: Plan, ags: str, created: str, title: str = "") -> Plan:
    """A plan opened for the revision of one municipality: the same areas, no edits, its decision taken off."""
    return replace(
        plan,
        plan_id=_next_id(plan.plan_id, None),
        title=title or plan.title,
        status="in_revision",
        parent=plan.plan_id,
        created=created,
        edits=(),
        decisions={town: made for town, made in plan.decisions.items() if town != ags},
        valid_from="",
        valid_to="",
    )


def next_area_id(plan: Plan, ags: str, edits: Iterable[Edit] = ()) -> str:
    """A provisional key `<ags>~<n>` that neither the plan nor any of the edits has used."""
    named = [*plan.areas["area_id"], *(key for edit in (*plan.edits, *edits) for key in (edit.area, edit.into))]
    numbers = [int(key[len(ags) + 1 :]) for key in named if re.fullmatch(re.escape(ags) + r"~\d+", key)]
    return f"{ags}~{max(numbers, default=0) + 1}"


def split_codes(code: str, used: Iterable[str]) -> tuple[str, str]:
    """The next two letters after the number that are not used: 3 -> 3a, 3b; 3a -> 3c, 3d.

    used : codes that stand in the plan or stood in an earlier one. Raises UsageError when all letters are taken.
    """
    base, taken = code.rstrip(ascii_lowercase), set(used)
    free = [base + letter for letter in ascii_lowercase if base + letter not in taken]
    if len(free) < 2:
        raise UsageError(_("Für das Gebiet {code} sind alle Buchstaben vergeben.").format(code=code))
    return free[0], free[1]


def _next_id(plan_id: str, edit: Edit | None) -> str:
    """The key of a state follows from the plan before and the edit alone; hashing all blocks would be slow."""
    text = json.dumps(edit.core() if edit else {}, sort_keys=True, ensure_ascii=False)
    return "r" + hashlib.sha256(f"{plan_id}\n{text}".encode()).hexdigest()[:10]


class Board:
    """A plan while edits are applied to it: plain dictionaries that change in place.

    assignment : block_id -> area_id. areas : area_id -> row. sizes : area_id -> number of blocks.
    locks : locked block ids. decisions : AGS -> Decision.
    """

    def __init__(self, plan: Plan) -> None:
        self.assignment: dict[str, str] = dict(zip(plan.assignment.index, plan.assignment.to_numpy(), strict=True))
        self.areas: dict[str, dict[str, str]] = {
            str(row["area_id"]): {str(key): str(value) for key, value in row.items()}
            for row in plan.areas.loc[:, list(AREA_COLUMNS)].to_dict("records")
        }
        self.sizes = Counter(self.assignment.values())
        self.locks = set(plan.locks)
        self.decisions = dict(plan.decisions)

    def apply(self, edit: Edit) -> None:
        """Change the board by one edit; nothing is changed when UsageError is raised."""
        acts = {
            "move": self._move, "split": self._split, "merge": self._merge, "rename": self._rename,
            "rekey": self._rekey, "lock": self._lock, "unlock": self._lock, "adopt": self._adopt,
        }  # fmt: skip
        if edit.kind not in acts:
            raise UsageError(_("Den Schritt „{kind}“ gibt es nicht.").format(kind=edit.kind))
        if not edit.role.strip():
            raise UsageError(_("Geben Sie an, in welcher Rolle Sie den Plan ändern."))
        refuse_texts(edit)
        acts[edit.kind](edit)

    def assignment_series(self) -> pd.Series:
        """block_id -> area_id in the order of the plan, which is sorted."""
        index = pd.Index(list(self.assignment), name="block_id", dtype=object)
        return pd.Series(list(self.assignment.values()), index=index, name="area_id", dtype=object)

    def area_rows(self) -> pd.DataFrame:
        return sort_areas(pd.DataFrame(list(self.areas.values()), columns=list(AREA_COLUMNS)))

    def municipality(self, edit: Edit) -> str:
        """The municipality an edit is about; '' when it names nothing."""
        if edit.area:
            return self.areas[edit.area]["municipality"] if edit.area in self.areas else municipality_of_key(edit.area)
        return self.areas[self.assignment[edit.blocks[0]]]["municipality"] if edit.blocks else ""

    def _move(self, edit: Edit) -> None:
        town = self._area(edit.area)["municipality"]
        self._known(edit.blocks)
        foreign = [block for block in edit.blocks if self.areas[self.assignment[block]]["municipality"] != town]
        if foreign:
            text = _("Der Baustein {block} liegt in einer anderen Gemeinde. Gebiete reichen nicht über deren Grenze.")
            raise UsageError(text.format(block=foreign[0]))
        moved = [block for block in edit.blocks if self.assignment[block] != edit.area]
        if not moved:
            raise UsageError(_("Die gewählten Bausteine gehören schon zu diesem Gebiet."))
        self._open(town, moved, edit.area)
        self._put(moved, edit.area)

    def _split(self, edit: Edit) -> None:
        row = self._area(edit.area)
        self._known(edit.blocks)
        if any(self.assignment[block] != edit.area for block in edit.blocks):
            raise UsageError(_("Der neue Teil enthält Bausteine, die nicht zu diesem Gebiet gehören."))
        if len(edit.blocks) == self.sizes[edit.area]:
            raise UsageError(_("Beim Teilen bleibt in jedem Teil mindestens ein Baustein."))
        town = row["municipality"]
        if not edit.into or edit.into in self.areas or municipality_of_key(edit.into) != town:
            raise UsageError(_("Der Schlüssel „{key}“ ist für ein neues Gebiet nicht frei.").format(key=edit.into))
        rest = edit.rest_code or row["code"]
        self._free_code(edit.code, town, besides={edit.area})
        self._free_code(rest, town, besides={edit.area})
        if edit.code == rest:
            raise UsageError(_("Die Nummer „{code}“ ist schon vergeben.").format(code=edit.code))
        self._open(town, edit.blocks)
        name = edit.name or _("Gebiet {code}").format(code=edit.code)
        self.areas[edit.area] = row | {"code": rest, "name": edit.rest_name or row["name"], "origin": "revised"}
        self.areas[edit.into] = dict(
            zip(AREA_COLUMNS, (edit.into, edit.code, name, town, "revised"), strict=True)
        )  # fmt: skip
        self._put(list(edit.blocks), edit.into)

    def _merge(self, edit: Edit) -> None:
        gone, stays = self._area(edit.area), self._area(edit.into)
        if edit.area == edit.into:
            raise UsageError(_("Wählen Sie zwei verschiedene Gebiete."))
        if gone["municipality"] != stays["municipality"]:
            raise UsageError(_("Die beiden Gebiete liegen in verschiedenen Gemeinden."))
        moved = [block for block, area in self.assignment.items() if area == edit.area]
        self._open(gone["municipality"], moved, edit.into)
        self._put(moved, edit.into)

    def _rename(self, edit: Edit) -> None:
        row = self._area(edit.area)
        self._open(row["municipality"], ())
        if not edit.name.strip():
            raise UsageError(_("Geben Sie dem Gebiet einen Namen."))
        self.areas[edit.area] = row | {"name": edit.name.strip()}

    def _rekey(self, edit: Edit) -> None:
        row = self._area(edit.area)
        self._open(row["municipality"], ())
        self._free_code(edit.code, row["municipality"], besides={edit.area})
        self.areas[edit.area] = row | {"code": edit.code}

    def _lock(self, edit: Edit) -> None:
        if edit.blocks:
            self._known(edit.blocks)
            blocks = set(edit.blocks)
        else:
            self._area(edit.area)
            blocks = {block for block, area in self.assignment.items() if area == edit.area}
        towns = {self.areas[self.assignment[block]]["municipality"] for block in blocks}
        for town in sorted(towns):
            self._open(town, ())
        self.locks = self.locks | blocks if edit.kind == "lock" else self.locks - blocks

    def _adopt(self, edit: Edit) -> None:
        town = municipality_of_key(edit.area)
        if town not in {row["municipality"] for row in self.areas.values()}:
            raise UsageError(_("Die Gemeinde „{ags}“ kommt in diesem Plan nicht vor.").format(ags=edit.area))
        if not edit.body.strip() or not edit.decided_on.strip():
            raise UsageError(_("Geben Sie an, wer den Plan wann beschlossen hat."))
        self._open(town, ())
        self.decisions[town] = Decision(edit.body.strip(), edit.decided_on)

    def _area(self, area_id: str) -> dict[str, str]:
        if area_id not in self.areas:
            raise UsageError(_("Das Gebiet „{area}“ gibt es in diesem Plan nicht.").format(area=area_id))
        return self.areas[area_id]

    def _known(self, blocks: Sequence[str]) -> None:
        if not blocks:
            raise UsageError(_("Es ist kein Baustein gewählt."))
        unknown = [block for block in blocks if block not in self.assignment]
        if unknown:
            raise UsageError(_("Den Baustein {block} gibt es in diesem Plan nicht.").format(block=unknown[0]))

    def _open(self, town: str, leaving: Sequence[str], receiving: str = "") -> None:
        """Refuse where the municipality is decided, a block that leaves is locked, or all of the taking area is."""
        if town in self.decisions:
            decided = self.decisions[town]
            text = _("Der Plan der Gemeinde ist beschlossen ({body}, {date}). Beginnen Sie eine neue Fassung davon.")
            raise UsageError(text.format(body=decided.body, date=day(decided.date)))
        locked = [block for block in leaving if block in self.locks]
        if locked:
            text = _("Der Baustein {block} ist gesperrt. Heben Sie die Sperre auf, wenn er wechseln soll.")
            raise UsageError(text.format(block=locked[0]))
        if receiving and self._is_locked(receiving):
            text = _("Das Gebiet {code} ist gesperrt. Heben Sie die Sperre auf, wenn es sich ändern soll.")
            raise UsageError(text.format(code=self.areas[receiving]["code"]))

    def _is_locked(self, area_id: str) -> bool:
        """All blocks of the area are locked: nothing may leave it, and nothing may join it."""
        if not self.locks:
            return False
        return all(block in self.locks for block, area in self.assignment.items() if area == area_id)

    def _free_code(self, code: str, town: str, besides: set[str]) -> None:
        if not code.strip():
            raise UsageError(_("Geben Sie dem Gebiet eine Nummer."))
        for area_id, row in self.areas.items():
            if row["municipality"] == town and row["code"] == code and area_id not in besides:
                raise UsageError(_("Die Nummer „{code}“ ist schon vergeben.").format(code=code))

    def _put(self, blocks: Sequence[str], area_id: str) -> None:
        """Give blocks to an area; an area left without blocks disappears."""
        for block in blocks:
            before = self.assignment[block]
            self.sizes[before] -= 1
            self.sizes[area_id] += 1
            self.assignment[block] = area_id
            if self.sizes[before]:
                self.areas[before]["origin"] = "revised"
            else:
                del self.areas[before]
        self.areas[area_id]["origin"] = "revised"
