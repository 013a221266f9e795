"""What was done step by step, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from sozialraum.base import UsageError, _
from sozialraum.base.numbers import counted, day
from sozialraum.delineation import Edit, Plan, begin_revision, municipality_of_key
from sozialraum.delineation.applying import Board


def step_sentences(base: Plan, edits: Sequence[Edit]) -> list[str]:
    """One sentence per step with the codes and names the areas had before it; base : the plan it began with."""
    plan = base
    for ags in sorted({municipality_of_key(edit.area) for edit in edits if edit.area}):
        if ags in plan.decisions or plan.status != "in_revision":
            plan = begin_revision(plan, ags, plan.created, plan.title)
    board, found = Board(plan), []
    for edit in edits:
        found.append(_sentence(board, edit))
        try:
            board.apply(edit)
        except UsageError:  # told as it was recorded, even where the plan before is not the one it was made on
            continue
    return found


def _sentence(board: Board, edit: Edit) -> str:
    blocks = counted(len(edit.blocks), _("Baustein"), _("Bausteine"))
    area, into = _label(board, edit.area), _label(board, edit.into)
    if edit.kind == "move":
        sources = {board.assignment.get(block, "") for block in edit.blocks} - {edit.area, ""}
        origin = ", ".join(sorted(_label(board, key) for key in sources)) or "–"
        return _("{blocks} von {origin} nach {area} verschoben").format(blocks=blocks, origin=origin, area=area)
    if edit.kind == "split":
        row = board.areas.get(edit.area, {"code": "", "name": ""})
        rest = f"{edit.rest_code or row['code']} {edit.rest_name or row['name']}".strip()
        part = f"{edit.code} {edit.name}".strip()
        return _("{area} geteilt in {rest} und {part} ({blocks})").format(
            area=area, rest=rest, part=part, blocks=blocks
        )  # fmt: skip
    if edit.kind in ("lock", "unlock"):
        what = blocks if edit.blocks else area
        return (_("{what} gesperrt") if edit.kind == "lock" else _("Sperre von {what} aufgehoben")).format(what=what)
    if edit.kind == "adopt":
        return _("Beschlossen: {body}, {day}").format(body=edit.body, day=day(edit.decided_on))
    texts = {
        "merge": _("{area} mit {into} zusammengelegt"),
        "rename": _("{area} heißt jetzt {name}"),
        "rekey": _("{area} hat jetzt die Nummer {code}"),
    }
    return texts[edit.kind].format(area=area, into=into, name=edit.name, code=edit.code)


def _label(board: Board, area_id: str) -> str:
    row = board.areas.get(area_id)
    return f"{row['code']} {row['name']}".strip() if row else area_id
