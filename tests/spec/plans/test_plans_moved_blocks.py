"""Which blocks moved: those who stay in their area did not, whatever became of its border."""

import pytest

from plan_edits import AGS, BLOCKS, move, plain_plan
from sozialraum.plans import change_groups, moved_blocks

CASES = [
    # plan before, plan after, moved blocks as 'from>to letters'
    ("nothing", "AAAABBBBCCCC", "AAAABBBBCCCC", []),
    ("one block moves: its neighbours stay", "AAAABBBBCCCC", "AAAAABBBCCCC", ["2>1 E"]),
    ("3 is split in two new areas", "AAAABBBBCCCC", "AAAABBBBCCDD", ["3>4 KL"]),
    ("3 joins 2", "AAAABBBBCCCC", "AAAABBBBBBBB", ["3>2 IJKL"]),
    ("two exchange a block", "AAAABBBBCCCC", "AAABABBBCCCC", ["1>2 D", "2>1 E"]),
    ("other numbers for the same areas", "AAAABBBBCCCC", "CCCCAAAABBBB", []),
]


@pytest.mark.parametrize(("case", "old", "new", "rows"), CASES, ids=[row[0] for row in CASES])
def test_moved_blocks(case, old, new, rows):
    groups = change_groups(plain_plan(old), plain_plan(new), dict.fromkeys(BLOCKS, 10))
    said = [
        f"{one['from_code']}>{one['to_code']} {''.join(block[-1] for block in one['blocks'])}" for one in groups
    ]  # fmt: skip
    assert said == rows
    assert all(one["population"] == 10 * len(one["blocks"]) for one in groups)


def test_each_block_carries_the_released_reasons_of_the_steps_that_moved_it():
    base = plain_plan()
    edits = [
        move(f"{AGS}-01", "E", why="Bahnlinie", public=True),
        move(f"{AGS}-01", "F", why="vertraulich"),
        move(f"{AGS}-03", "F", why="Schulweg", public=True),
    ]
    new = base
    for edit in edits:
        new = new.apply(edit)
    released = moved_blocks(base, new, {}, edits).set_index("block_id")["why"].to_dict()
    assert released == {f"{AGS}-E": "Bahnlinie", f"{AGS}-F": "Schulweg"}
    everything = moved_blocks(base, new, {}, edits, released_only=False).set_index("block_id")["why"].to_dict()
    assert everything[f"{AGS}-F"] == "vertraulich Schulweg"
