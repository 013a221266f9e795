"""A draft brought onto other blocks with its plan: steps that mean nothing there are left out, and said."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sozialraum.base import UsageError
from sozialraum.delineation import Edit, Plan
from sozialraum.plans import drafts
from sozialraum.plans.block_lineage import Step, edit_onto
from sozialraum.plans.drafts import Draft


def draft_onto(
    draft: Draft, base: Plan, steps: Sequence[Step], known: Collection[str]
) -> tuple[Draft, tuple[Edit, ...]]:
    """The draft on a successor of its plan, and the steps that are left out.

    base : the successor. known : its blocks. A step is left out when it cannot be applied after those before it: most
    people of no new block come from its blocks, or the blocks are in their area already. Undone steps are kept on the
    same terms.
    """
    kept, position, lost = list[Edit](), 0, list[Edit]()
    here = replace(draft, base=base.plan_id, edits=(), position=0)
    for number, edit in enumerate(draft.edits):
        onto = edit_onto(edit, steps, known)
        trial = replace(here, edits=(*kept, onto), position=len(kept) + 1)
        try:
            drafts.state(trial, base)
        except UsageError:
            lost.append(edit)
            continue
        kept.append(onto)
        position += number < draft.position
    return replace(here, edits=tuple(kept), position=position), tuple(lost)
