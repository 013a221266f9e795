"""Lineage between any two plans: U unchanged, S split, M merged, X cut anew."""

import pytest

from plan_edits import AGS, BLOCKS, plain_plan
from sozialraum.plans import lineage

# One letter per block; the same letter is the same area. Rows: old area -> new area, kind, blocks.
CASES = [
    ("nothing changes", "AAAABBBBCCCC", "AAAABBBBCCCC", ["1>1 U 4", "2>2 U 4", "3>3 U 4"]),
    ("other keys, same blocks", "AAAABBBBCCCC", "CCCCAAAABBBB", ["1>3 U 4", "2>1 U 4", "3>2 U 4"]),
    ("3 in two", "AAAABBBBCCCC", "AAAABBBBCCDD", ["1>1 U 4", "2>2 U 4", "3>3 S 2", "3>4 S 2"]),
    ("3 in three", "AAAABBBBCCCC", "AAAABBBBCDEE", ["1>1 U 4", "2>2 U 4", "3>3 S 1", "3>4 S 1", "3>5 S 2"]),
    ("2 and 3 together", "AAAABBBBCCCC", "AAAABBBBBBBB", ["1>1 U 4", "2>2 M 4", "3>2 M 4"]),
    ("one block moves", "AAAABBBBCCCC", "AAAAABBBCCCC", ["1>1 X 4", "2>1 X 1", "2>2 X 3", "3>3 U 4"]),
    ("split, and a part goes on", "AAAABBBBCCCC", "AAAABBCCCCCC", ["1>1 U 4", "2>2 X 2", "2>3 X 2", "3>3 X 4"]),
    ("all into one", "AAAABBBBCCCC", "AAAAAAAAAAAA", ["1>1 M 4", "2>1 M 4", "3>1 M 4"]),
    ("one into many", "AAAAAAAAAAAA", "AAAABBBBCCCC", ["1>1 S 4", "1>2 S 4", "1>3 S 4"]),
]


@pytest.mark.parametrize(("case", "old", "new", "rows"), CASES, ids=[row[0] for row in CASES])
def test_lineage_by_blocks(case, old, new, rows):
    found = lineage(plain_plan(old), plain_plan(new))
    said = [f"{row.old_code}>{row.new_code} {row.kind} {row.blocks}" for row in found.itertuples(index=False)]
    assert said == rows


def test_persons_are_those_of_the_blocks():
    people = dict(zip(BLOCKS, range(100, 1300, 100), strict=True))
    found = lineage(plain_plan("AAAABBBBCCCC"), plain_plan("AAAABBBBCCDD"), people)
    assert found["persons"].tolist() == [1000, 2600, 1900, 2300]
    assert found["persons"].sum() == sum(people.values())


def test_a_block_of_one_version_only_makes_its_area_new():
    """L was divided into L1 and L2 in a later version of the blocks."""
    old = plain_plan()
    later = old.assignment.rename({f"{AGS}-L": f"{AGS}-L1"})
    later[f"{AGS}-L2"] = f"{AGS}-03"
    new = old.with_(assignment=later)
    found = lineage(old, new)
    rows = [tuple(row) for row in found[["old_id", "new_id", "kind", "blocks"]].itertuples(index=False)]
    assert ("", f"{AGS}-03", "X", 2) in rows
    assert (f"{AGS}-03", "", "X", 1) in rows
    assert (f"{AGS}-03", f"{AGS}-03", "X", 3) in rows
    assert found["blocks"].sum() == 14  # twelve of before and two new ones
