"""Which numbers of inhabitants a comparison tells others, case by case. '-' is withheld.

Twelve blocks, a letter per block for its area. Two persons must not follow from anything told beside them: not from
an area before and after, not from the rest of a piece, not from all that moved in the municipality.
"""

from __future__ import annotations

import pandas as pd
import pytest

import few_people
from sozialraum.plans.withholding import Figure, withheld

H = 100
CASES = [
    # plans, inhabitants; moved in the municipality | pieces | moved blocks | areas before | areas after
    (
        "nobody few",
        ("AAAABBBBCCCC", "AAAAABBBCCCC", [H] * 12),
        "100 | 1>1 400, 2>1 100, 2>2 300, 3>3 400 | 100 | 400 400 400 | 500 300 400",
    ),
    (
        "nobody at all: told as 0",
        ("AAAABBBBCCCC", "AAAAABBBCCCC", [H, H, H, H, 0, H, H, H, H, H, H, H]),
        "0 | 1>1 400, 2>1 0, 2>2 300, 3>3 400 | 0 | 400 300 400 | 400 300 400",
    ),
    (
        "two persons move alone: areas of one of the plans cannot both be told",
        ("AAAABBBBCCCC", "AAAAABBBCCCC", [H, H, H, H, 2, H, H, H, H, H, H, H]),
        "- | 1>1 400, 2>1 -, 2>2 -, 3>3 400 | - | 400 302 400 | - - 400",
    ),
    (
        "a piece of 73 in three blocks: the block of 2 hides behind the one of 30",
        ("AAAABBBBCCCC", "AAAABBBBCAAA", [H] * 9 + [2, 30, 41]),
        "173 | 1>1 400, 2>2 400, 3>1 73, 3>3 100 | 100 - - 41 | 400 400 173 | 473 400 100",
    ),
    (
        "two blocks of one person each are a piece of two",
        ("AAAABBBBCCCC", "AAAABBBBCCAA", [H] * 10 + [1, 1]),
        "- | 1>1 400, 2>2 400, 3>1 -, 3>3 - | - - | 400 400 202 | - 400 -",
    ),
    (
        "a new area of two persons: what is left of the old one would tell it",
        ("AAAABBBBCCCC", "AAAABBBBCCDD", [H] * 10 + [1, 1]),
        "- | 1>1 400, 2>2 400, 3>3 -, 3>4 - | - - | 400 400 202 | 400 400 - -",
    ),
    (
        "2 against 50: the areas differ by 48, which tells neither",
        ("AAAABBBBCCCC", "AAABABBBCCCC", [H, H, H, 2, 50, H, H, H, H, H, H, H]),
        "- | 1>1 -, 1>2 -, 2>1 -, 2>2 -, 3>3 400 | - - | 302 350 400 | 350 302 400",
    ),
]


@pytest.mark.parametrize(("case", "world", "words"), CASES, ids=[row[0] for row in CASES])
def test_told_to_others(case: str, world: tuple[str, str, list[int]], words: str) -> None:
    told = few_people.compared(*world).for_others()
    pieces = zip(told.lineage["old_code"], told.lineage["new_code"], told.lineage["persons"], strict=True)
    areas = [told.areas["persons"][told.areas["version"] == version] for version in ("before", "after")]
    found = [
        said(told.towns[0].persons_moved),
        ", ".join(f"{old}>{new} {said(people)}" for old, new, people in pieces),
        *[" ".join(map(said, rows)) for rows in (told.moved["persons"], *areas)],
    ]
    assert " | ".join(found) == words
    assert any("unter 3 oder zu deren Schutz" in note for note in told.notes) == ("-" in words)


def said(people: object) -> str:
    return "-" if people is None or people is pd.NA else str(people)


SUMS = [
    # inhabitants of blocks; which sums are printed; what is withheld, blocks by letter, sums by their letters
    ("1+1+1 is known where 3 is printed", {"a": 1, "b": 1, "c": 1, "d": 9}, ["abc", "d"], {"a", "b", "c", "abc"}),
    ("2+2 is known to be within 1 to 3", {"a": 2, "b": 2, "c": 9}, ["abc"], {"a", "b"}),
    ("1+2 leaves only two ways", {"a": 1, "b": 2, "c": 9}, ["abc"], {"a", "b", "c"}),
    ("2 alone in its area", {"a": 2, "b": 9, "c": 8, "d": 7}, ["a", "bcd", "abcd"], {"a", "d", "bcd"}),
    ("nobody gives nobody away", {"a": 0, "b": 0, "c": 9}, ["ab", "abc"], set()),
]  # fmt: skip


@pytest.mark.parametrize(("case", "people", "sums", "hidden"), SUMS, ids=[row[0] for row in SUMS])
def test_of_sums(case: str, people: dict[str, int], sums: list[str], hidden: set[str]) -> None:
    names = [*people, *[name for name in sums if name not in people]]
    figures = [Figure(frozenset(name), 5.0 * len(name)) for name in names]
    found = {name for name, out in zip(names, withheld(figures, people), strict=True) if out}
    assert found == hidden


def test_a_village_of_three_is_not_told_at_all() -> None:
    """Its inhabitants are known; where they would tell each block whatever is done, the document tells nothing."""
    people = {"a": 1, "b": 2}
    figures = [
        Figure(frozenset("a")),
        Figure(frozenset("b")),
        Figure(frozenset("ab")),
        Figure(frozenset("ab"), 0, True),
    ]
    assert withheld(figures, people)[:3] == [True, True, True]
