"""From foreign areas and the decisions of a person to a plan of ours; nothing is taken before all is decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass

import pandas as pd

from sozialraum.base import Finding, InputRefused, _, plural
from sozialraum.blocks.layers import some
from sozialraum.delineation import Decision, Plan, area_key, make_plan
from sozialraum.plans.overlay import Overlay
from sozialraum.plans.overlay_faults import LIKE_A_CODE, OWN_KEY

ADOPTION = "adoption"  # where the parameters of a plan keep how it came in


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decided for one block across a border.

    area : the foreign area. proposed : what was proposed, '' where nothing was. role : by role, not by name.
    when : ISO date-time text.
    """

    block_id: str
    area: str
    proposed: str
    role: str
    when: str
    why: str = ""


def choose(overlay: Overlay, chosen: Mapping[str, str], *, role: str, when: str, why: str = "") -> tuple[Choice, ...]:
    """Decisions of one person on several blocks; raises InputRefused for blocks or areas that are not there."""
    proposed = {one.block_id: one.proposal for one in overlay.across}
    known = set(overlay.areas["area"])
    findings = [
        Finding(_("Der Baustein {block} steht nicht zur Entscheidung.").format(block=block))
        for block in sorted(set(chosen) - set(proposed))
    ]
    findings += [
        Finding(_("Baustein {block}: Das Gebiet „{area}“ gibt es im Plan nicht.").format(block=block, area=area))
        for block, area in sorted(chosen.items())
        if area not in known
    ]
    if findings:
        raise InputRefused(_("Die Entscheidung passt nicht zum eingelesenen Plan."), findings)
    return tuple(Choice(block, chosen[block], proposed[block], role, when, why) for block in sorted(chosen))


def undecided(overlay: Overlay, choices: Iterable[Choice]) -> tuple[str, ...]:
    """The blocks nobody has decided on yet, sorted."""
    return tuple(sorted({one.block_id for one in overlay.across} - {one.block_id for one in choices}))


def adopted_plan(
    overlay: Overlay,
    choices: Iterable[Choice],
    blocks: pd.DataFrame,
    base: Plan | None,
    *,
    title: str,
    created: str,
    known_keys: Mapping[str, Collection[frozenset[str]]] | None = None,
    decision: Decision | None = None,
    valid_from: str = "",
) -> Plan:
    """The plan of the foreign areas; municipalities they are not for keep the areas of `base`.

    choices : the last one for a block counts. known_keys : area_id -> the sets of blocks it ever stood for; a key is
    never given to another set. decision : given where a body has decided on the areas; the plan is adopted then.
    Raises InputRefused while blocks are undecided, or where other municipalities have no areas.
    """
    last = {one.block_id: one for one in choices}
    _refuse_undecided(undecided(overlay, last.values()))
    _refuse_holes(overlay, blocks, base)
    clear = {str(block): str(area) for block, area in overlay.clear.items()}
    foreign = clear | {block: one.area for block, one in last.items()}
    town = dict(zip(blocks["block_id"], blocks["municipality"], strict=True))
    areas, key_of = _areas(overlay, foreign, town, known_keys or {})
    assignment = {block: key_of[town[block], area] for block, area in foreign.items()}
    kept = pd.DataFrame(columns=areas.columns) if base is None else _others(base, overlay)
    if base is not None:
        stays = base.assignment[base.assignment.isin(set(kept["area_id"]))]
        assignment = {str(block): str(area) for block, area in stays.items()} | assignment
    parameters = dict(base.parameters) if base is not None else {}
    parameters["municipalities"] = {
        ags: made for ags, made in parameters.get("municipalities", {}).items() if ags not in overlay.municipalities
    }
    parameters[ADOPTION] = {
        "file": overlay.file,
        "municipalities": list(overlay.municipalities),
        "decisions": [asdict(last[block]) for block in sorted(last)],
    }
    decisions = {} if base is None else {
        ags: made for ags, made in base.decisions.items() if ags not in overlay.municipalities
    }  # fmt: skip
    if decision is not None:
        decisions |= dict.fromkeys(overlay.municipalities, decision)
    # A plan adopted before decisions were recorded one by one stays adopted everywhere.
    complete = (base is not None and base.status == "adopted") or set(town.values()) <= set(decisions)
    return make_plan(
        assignment,
        pd.concat([kept, areas], ignore_index=True) if len(kept) else areas,
        title=title,
        created=created,
        parent=base.plan_id if base is not None else "",
        status="proposal" if decision is None else "adopted" if complete else "in_revision",
        parameters=parameters,
        decisions=decisions,
        valid_from=valid_from or (decision.date if decision is not None else ""),
    )


def _refuse_undecided(blocks: tuple[str, ...]) -> None:
    if not blocks:
        return
    text = plural(
        "{count} Baustein liegt auf einer Grenze und ist noch nicht entschieden: {names}.",
        "{count} Bausteine liegen auf einer Grenze und sind noch nicht entschieden: {names}.",
        len(blocks),
    )
    raise InputRefused(
        _("Der Plan kann noch nicht übernommen werden."),
        [Finding(text.format(count=len(blocks), names=some(list(blocks))))],
        _("Entscheiden Sie über jeden dieser Bausteine oder übernehmen Sie die Vorschläge."),
    )


def _refuse_holes(overlay: Overlay, blocks: pd.DataFrame, base: Plan | None) -> None:
    others = sorted(set(blocks["municipality"]) - set(overlay.municipalities))
    if base is not None or not others:
        return
    raise InputRefused(
        _("Der Plan kann noch nicht übernommen werden."),
        [Finding(_("Ohne Gebiete blieben die Gemeinden {names}.").format(names=some(others)))],
        _("Lassen Sie zuerst Gebiete vorschlagen; danach ersetzt der Plan die der genannten Gemeinden."),
    )


def _others(base: Plan, overlay: Overlay) -> pd.DataFrame:
    return base.areas[~base.areas["municipality"].isin(overlay.municipalities)]


def _areas(
    overlay: Overlay,
    foreign: Mapping[str, str],
    town: Mapping[str, str],
    known: Mapping[str, Collection[frozenset[str]]],
) -> tuple[pd.DataFrame, dict[tuple[str, str], str]]:
    """One area of ours per municipality and foreign area: rows, and (AGS, foreign area) -> area_id."""
    members: dict[tuple[str, str], list[str]] = {}
    for block, area in foreign.items():
        members.setdefault((town[block], area), []).append(block)
    about = overlay.areas.set_index("area")
    rows, keys, taken = [], {}, set(known)
    for ags in sorted({ags for ags, _area in members}):
        own = [area for area in about.index if (ags, area) in members]
        codes = _codes(ags, own, about)
        for area in own:
            blocks = frozenset(members[ags, area])
            key = _key(ags, area, codes[area], blocks, known, taken)
            taken.add(key)
            keys[ags, area] = key
            name = str(about.at[area, "name"]) or _("Gebiet {code}").format(code=codes[area])
            rows.append((key, codes[area], name, ags, "adopted"))
    return pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"]), keys


def _codes(ags: str, areas: list[str], about: pd.DataFrame) -> dict[str, str]:
    """Codes people read: those of the file when all have one and each only once, else running numbers."""
    given = {area: str(about.at[area, "code"]) or _code_in(ags, area) for area in areas}
    if all(given.values()) and len(set(given.values())) == len(areas):
        return given
    return {area: str(number) for number, area in enumerate(areas, start=1)}


def _code_in(ags: str, area: str) -> str:
    own = OWN_KEY.fullmatch(area)
    if own is not None:
        return own.group(2).lstrip("0") if own.group(1) == ags else ""
    return area.lstrip("0") if LIKE_A_CODE.fullmatch(area) else ""


def _key(
    ags: str,
    area: str,
    code: str,
    blocks: frozenset[str],
    known: Mapping[str, Collection[frozenset[str]]],
    taken: set[str],
) -> str:
    """The key in the file or by code, if it never stood for other blocks; else the next running number."""
    own = OWN_KEY.fullmatch(area)
    wishes = ([area] if own is not None and own.group(1) == ags else []) + [area_key(ags, code)]
    for wish in wishes:
        if wish not in taken or blocks in known.get(wish, ()):
            return wish
    same = sorted(key for key, sets in known.items() if blocks in sets and key.startswith(f"{ags}-"))
    if same:
        return same[0]
    number = 1
    while area_key(ags, str(number)) in taken:
        number += 1
    return area_key(ags, str(number))


def known_keys(plans: Iterable[Plan]) -> dict[str, list[frozenset[str]]]:
    """For every key that plans ever used the sets of blocks it stood for."""
    found: dict[str, list[frozenset[str]]] = {}
    for plan in plans:
        for area, own in plan.assignment.groupby(plan.assignment).groups.items():
            blocks = frozenset(map(str, own))
            sets = found.setdefault(str(area), [])
            if blocks not in sets:
                sets.append(blocks)
    return found
