"""A revision that says what it has written, to be killed: python benchmarks/kill_revision.py FOLDER [--states]

Every step is followed by a line `state <number of steps>`. With --states it prints how many steps a folder holds.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

ROUNDS = 8


def revise(folder: Path) -> None:
    """Begin a draft, move border blocks, take back and repeat, comment, submit, adopt."""
    from sozialraum import workflow
    from sozialraum.blocks import neighbours
    from sozialraum.delineation import Edit
    from sozialraum.plans.drafts import state_id
    from sozialraum.project import Project

    acts = 0

    def told() -> None:
        nonlocal acts
        acts += 1
        print(f"state {acts}", flush=True)

    with Project.open(folder) as project:
        ags = str(project.municipalities()["ags"].iloc[0])
        draft = workflow.begin_draft(project, ags, role="Planung")
        blocks = project.blocks()
        own = blocks[blocks["municipality"] == ags].reset_index(drop=True)
        edges = neighbours(own).edges
        for number in range(ROUNDS):
            plan = workflow.state_of(project, draft)
            area = own["block_id"].map(plan.assignment).to_numpy()
            borders = np.flatnonzero(area[edges[:, 0]] != area[edges[:, 1]])
            one, other = edges[borders[(7 * number) % len(borders)]]
            edit = Edit("move", area=str(area[other]), blocks=(str(own["block_id"][one]),), role="Planung", why="Weg")
            draft, _plan = workflow.add_edit(project, draft.draft_id, state_id(draft), edit)
            told()
            project.save_comment(draft_id=draft.draft_id, ags=ags, text=f"Schritt {number}", role="Stadt")
        draft, _plan = workflow.undo(project, draft.draft_id, state_id(draft), ROUNDS)
        draft, _plan = workflow.redo(project, draft.draft_id, state_id(draft), ROUNDS)
        draft, _plan = workflow.undo(project, draft.draft_id, state_id(draft), ROUNDS)
        draft = workflow.submit_draft(project, draft.draft_id, state_id(draft), "Planung")
        workflow.adopt_draft(project, draft.draft_id, state_id(draft), "Rat", "2026-03-31", "Planung")


def written(folder: Path) -> int:
    """How many steps the draft of the folder holds, applied or taken back."""
    from sozialraum.project import Project

    with Project.open(folder) as project:
        return max((len(draft.edits) for draft in project.drafts()), default=0)


if __name__ == "__main__":
    if "--states" in sys.argv:
        print(written(Path(sys.argv[1])))
    else:
        revise(Path(sys.argv[1]))
