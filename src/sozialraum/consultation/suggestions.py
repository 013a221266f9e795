"""Several answers side by side: what is wished once, what several agree on, what contradicts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sozialraum.base import code_key
from sozialraum.consultation.answer import Answer
from sozialraum.consultation.board import NEW, Base, Wish, wishes
from sozialraum.delineation import Edit

SINGLE, AGREEMENT, CONFLICT = "single", "agreement", "conflict"


@dataclass(frozen=True)
class Voice:
    """One answer that makes a suggestion: its key, role, the number of the proposal in it, and the reason given."""

    answer_id: str
    role: str
    number: int
    why: str
    edit: Edit


@dataclass(frozen=True)
class Suggestion:
    """One thing to decide on: a proposal, with everybody who makes exactly this one.

    kind : move, split, merge, rename. area : the area it is about (move: the target). target : as in Wish.
    blocks : that would change. voices : who says so, sorted. state : 'conflict' when somebody else wants one of
    these blocks elsewhere, or another name; else 'agreement' when at least two answers want one of these blocks at
    the same place, or the same name; else 'single'.
    agreed, contested : blocks that others want at the same place, or elsewhere.
    rivals : who wants what instead, (role, target or name), sorted.
    against, beside : keys of suggestions that contradict it, and that share blocks with the same target.
    """

    key: str
    kind: str
    area: str
    target: str
    name: str
    blocks: tuple[str, ...]
    voices: tuple[Voice, ...]
    state: str = SINGLE
    agreed: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()
    rivals: tuple[tuple[str, str], ...] = ()
    against: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class BlockView:
    """What the answers want of one block: target -> roles, and whether they agree."""

    block_id: str
    state: str
    targets: Mapping[str, tuple[str, ...]]


def compare_answers(base: Base, answers: Iterable[Answer]) -> tuple[list[Suggestion], list[BlockView]]:
    """All suggestions of the answers and the view block by block; the order of the answers plays no part."""
    ordered = sorted(answers, key=lambda answer: answer.answer_id)
    told = {answer.answer_id: wishes(base, answer.edits) for answer in ordered}
    roles = {answer.answer_id: answer.role for answer in ordered}
    ends = {answer_id: end for answer_id, (_wishes, end) in told.items()}
    grouped: dict[tuple, list[tuple[str, Wish]]] = {}
    for answer_id, (made, _end) in told.items():
        for wish in made:
            grouped.setdefault(_same(wish), []).append((answer_id, wish))
    plain = [_suggestion(key, members, roles) for key, members in grouped.items()]
    names = {answer_id: _names(made) for answer_id, (made, _end) in told.items()}
    judged = [_judged(one, plain, _Said(ends, names, roles)) for one in plain]
    return sorted(judged, key=lambda one: _order(one, base)), _blocks(base, ends, roles)


def _same(wish: Wish) -> tuple:
    """What two proposals have in common when they count as the same; reasons and new codes play no part."""
    name = wish.edit.name.strip() if wish.edit.kind == "rename" else ""
    return (wish.edit.kind, wish.target, name, tuple(sorted(wish.blocks)))


def _suggestion(key: tuple, members: Sequence[tuple[str, Wish]], roles: Mapping[str, str]) -> Suggestion:
    kind, target, name, blocks = key
    text = "|".join([kind, target, name, *blocks])
    voices = [Voice(answer, roles[answer], wish.number, wish.edit.why, wish.edit) for answer, wish in members]
    voices.sort(key=lambda voice: (voice.role, voice.answer_id, voice.number))
    return Suggestion(
        "v" + hashlib.sha256(text.encode()).hexdigest()[:8],
        kind,
        target.removeprefix(NEW),
        target,
        name,
        blocks,
        tuple(voices),
    )


@dataclass(frozen=True)
class _Said:
    """Per answer: where blocks end, the names it gives, its role."""

    ends: Mapping[str, Mapping[str, str]]
    names: Mapping[str, Mapping[str, str]]
    roles: Mapping[str, str]


def _judged(one: Suggestion, everyone: Sequence[Suggestion], said: _Said) -> Suggestion:
    mine = {voice.answer_id for voice in one.voices}
    # where several make the same suggestion, each of them is one of the others to the rest
    others = [answer for answer in said.ends if answer not in mine or len(mine) > 1]
    against = tuple(sorted(other.key for other in everyone if _contradicts(one, other)))
    beside = tuple(sorted(other.key for other in everyone if _joins(one, other)))
    found = _judged_name(one, others, said) if one.kind == "rename" else _judged_blocks(one, others, said)
    return replace(found, against=against, beside=beside)


def _judged_name(one: Suggestion, others: Sequence[str], said: _Said) -> Suggestion:
    names = {answer: said.names[answer].get(one.target, one.name) for answer in others}
    rivals = sorted({(said.roles[answer], name) for answer, name in names.items() if name != one.name})
    state = CONFLICT if rivals else AGREEMENT if _several(one) else SINGLE
    return replace(one, state=state, rivals=tuple(rivals))


def _judged_blocks(one: Suggestion, others: Sequence[str], said: _Said) -> Suggestion:
    wanted = {block: {a: said.ends[a][block] for a in others if block in said.ends[a]} for block in one.blocks}
    contested = tuple(block for block in one.blocks if set(wanted[block].values()) - {one.target})
    joined = tuple(block for block in one.blocks if one.target in wanted[block].values())
    agreed = one.blocks if _several(one) else joined
    rivals = {
        (said.roles[answer], target)
        for block in contested
        for answer, target in wanted[block].items()
        if target != one.target
    }
    state = CONFLICT if contested else AGREEMENT if agreed else SINGLE
    return replace(one, state=state, agreed=agreed, contested=contested, rivals=tuple(sorted(rivals)))


def _several(one: Suggestion) -> bool:
    return len({voice.answer_id for voice in one.voices}) > 1


def _by_others(one: Suggestion, other: Suggestion) -> bool:
    """Two different answers make the two suggestions."""
    return other.key != one.key and len({voice.answer_id for voice in (*one.voices, *other.voices)}) > 1


def _contradicts(one: Suggestion, other: Suggestion) -> bool:
    if not _by_others(one, other):
        return False
    if one.kind == "rename" or other.kind == "rename":
        return one.kind == other.kind and one.target == other.target and one.name != other.name
    return one.target != other.target and not set(one.blocks).isdisjoint(other.blocks)


def _joins(one: Suggestion, other: Suggestion) -> bool:
    if not _by_others(one, other) or "rename" in (one.kind, other.kind):
        return False
    return one.target == other.target and not set(one.blocks).isdisjoint(other.blocks)


def _names(made: Iterable[Wish]) -> dict[str, str]:
    """The last name an answer gives to each area."""
    return {wish.target: wish.edit.name.strip() for wish in made if wish.edit.kind == "rename"}


def _order(one: Suggestion, base: Base) -> tuple:
    """Conflicts first, then agreement, then single ones; inside by the code of the area."""
    rank = {CONFLICT: 0, AGREEMENT: 1, SINGLE: 2}[one.state]
    return (rank, code_key(base.code_of(one.area)), one.kind, one.key)


def _blocks(base: Base, ends: Mapping[str, Mapping[str, str]], roles: Mapping[str, str]) -> list[BlockView]:
    wanted: dict[str, dict[str, list[str]]] = {}
    for answer, end in ends.items():
        for block, target in end.items():
            wanted.setdefault(block, {}).setdefault(target, []).append(roles[answer])
    return [_block_view(base, block, targets) for block, targets in sorted(wanted.items())]


def _block_view(base: Base, block: str, targets: Mapping[str, Sequence[str]]) -> BlockView:
    several = sum(len(roles) for roles in targets.values()) > 1
    state = CONFLICT if len(targets) > 1 else AGREEMENT if several else SINGLE
    ordered = sorted(targets, key=lambda target: _target_order(base, target))
    return BlockView(block, state, {target: tuple(sorted(targets[target])) for target in ordered})


def _target_order(base: Base, target: str) -> tuple:
    """By the code of the area, a new part behind the area it comes from."""
    return (code_key(base.code_of(target.removeprefix(NEW))), target.startswith(NEW), target)
