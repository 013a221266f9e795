"""The main path: one short function per command, for the command line and the pages alike."""

from sozialraum.workflow.alternatives import first_wishes, suggest, suggestions, take
from sozialraum.workflow.changes import change_rows
from sozialraum.workflow.demo import run_demo as demo
from sozialraum.workflow.exchanging import (
    decide_blocks,
    decide_by_majority,
    divide_block,
    export_plan_file,
    read_foreign_plan,
    take_foreign_plan,
)
from sozialraum.workflow.main import (
    adopt_plan,
    compute,
    create_project,
    decide_impulse,
    deliver,
    export_plan,
    import_blocks,
    propose,
    report,
)
from sozialraum.workflow.revising import (
    add_edit,
    adopt_draft,
    adopt_drafts,
    begin_draft,
    branch_draft,
    close_draft,
    compare_plans,
    decide_plan,
    plan_or_draft,
    redo,
    reopen_draft,
    state_of,
    submit_draft,
    undo,
)
from sozialraum.workflow.sentences import plan_sentences
from sozialraum.workflow.steps import StepState, next_step, state

__all__ = [
    "StepState",
    "add_edit",
    "adopt_draft",
    "adopt_drafts",
    "adopt_plan",
    "begin_draft",
    "branch_draft",
    "change_rows",
    "close_draft",
    "compare_plans",
    "compute",
    "create_project",
    "decide_blocks",
    "decide_by_majority",
    "decide_impulse",
    "decide_plan",
    "deliver",
    "demo",
    "divide_block",
    "export_plan",
    "export_plan_file",
    "first_wishes",
    "import_blocks",
    "next_step",
    "plan_or_draft",
    "plan_sentences",
    "propose",
    "read_foreign_plan",
    "redo",
    "reopen_draft",
    "report",
    "state",
    "state_of",
    "submit_draft",
    "suggest",
    "suggestions",
    "take",
    "take_foreign_plan",
    "undo",
]
