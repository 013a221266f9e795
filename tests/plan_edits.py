"""Twelve abstract blocks in three areas of one municipality, and random steps that can be taken from any state."""

from __future__ import annotations

import pandas as pd
from hypothesis import strategies as st

from sozialraum.base import UsageError
from sozialraum.delineation import Edit, Plan, make_plan, next_area_id, split_codes

AGS = "05999004"
BLOCKS = tuple(f"{AGS}-{letter}" for letter in "ABCDEFGHIJKL")
WHEN = "2026-01-31T12:00:00+00:00"


def plain_plan(text: str = "AAAABBBBCCCC", *, status: str = "proposal", title: str = "Vorschlag", **fields) -> Plan:
    """A plan from one letter per block: A = area 1, B = area 2, ..."""
    names = {letter: str(number) for number, letter in enumerate(sorted(set(text)), start=1)}
    key = {letter: f"{AGS}-{int(code):02d}" for letter, code in names.items()}
    rows = [(key[letter], code, f"Gebiet {code}", AGS, "proposal") for letter, code in names.items()]
    areas = pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"])
    assignment = {block: key[letter] for block, letter in zip(BLOCKS, text, strict=True)}
    return make_plan(assignment, areas, title=title, created=WHEN, status=status, **fields)


def areas_of(plan: Plan) -> dict[str, str]:
    """Code -> letters of its blocks, in reading order: {'1': 'ABCD', '2a': 'EF', ...}."""
    code = dict(zip(plan.areas["area_id"], plan.areas["code"], strict=True))
    found: dict[str, str] = {str(one): "" for one in plan.areas["code"]}
    for block, area in plan.assignment.items():
        found[code[area]] += str(block)[-1]
    return found


def keys_of(plan: Plan) -> dict[str, str]:
    """Code -> the part of the key after the municipality: {'1': '01', '2a': '02a', ...}."""
    return {code: key[len(AGS) + 1 :] for code, key in zip(plan.areas["code"], plan.areas["area_id"], strict=True)}


def move(area: str, letters: str, **fields) -> Edit:
    return Edit("move", area=area, blocks=blocks(letters), **{"role": "Planung", "when": WHEN} | fields)


def blocks(letters: str) -> tuple[str, ...]:
    return tuple(f"{AGS}-{letter}" for letter in letters)


@st.composite
def a_step(draw: st.DrawFn, plan: Plan) -> Edit:
    """A step of any kind that is likely to be possible; `possible_step` asks until it is."""
    areas = [str(key) for key in plan.areas["area_id"]]
    area, other = draw(st.sampled_from(areas)), draw(st.sampled_from(areas))
    some = draw(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=5, unique=True))
    own = [block for block, key in plan.assignment.items() if key == area]
    kind = draw(st.sampled_from(["move", "move", "split", "merge", "rename", "rekey", "lock", "unlock"]))
    given: dict[str, object] = {"role": "Planung", "when": WHEN, "why": draw(st.sampled_from(["", "Bahnlinie"]))}
    if kind == "move":
        given |= {"area": area, "blocks": tuple(some)}
    elif kind == "split":
        rest, part = split_codes(str(plan.areas.set_index("area_id")["code"][area]), plan.areas["code"])
        count = draw(st.integers(1, max(1, len(own) - 1)))
        given |= {"area": area, "into": next_area_id(plan, AGS), "blocks": tuple(own[:count])}
        given |= {"code": part, "rest_code": rest}
    elif kind == "merge":
        given |= {"area": area, "into": other}
    elif kind == "rename":
        given |= {"area": area, "name": draw(st.sampled_from(["Nord", "Am Markt"]))}
    elif kind == "rekey":
        given |= {"area": area, "code": draw(st.sampled_from(["1", "2", "7", "12"]))}
    else:
        given |= {"blocks": tuple(some)} if draw(st.booleans()) else {"area": area}
    return Edit(kind, **given)


def possible_step(data: st.DataObject, plan: Plan) -> tuple[Edit, Plan] | None:
    """A random step and the plan after it; None when none of several could be taken."""
    for _try in range(5):
        edit = data.draw(a_step(plan))
        try:
            return edit, plan.apply(edit)
        except UsageError:
            continue
    return None
