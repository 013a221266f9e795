"""The main path: one short function per command, for the command line and the pages alike."""

from sozialraum.workflow.alternatives import first_wishes, suggest, suggestions, take
from sozialraum.workflow.changes import change_rows
from sozialraum.workflow.demo import run_demo as demo
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
    revise,
)
from sozialraum.workflow.sentences import plan_sentences
from sozialraum.workflow.steps import StepState, next_step, state

__all__ = [
    "StepState",
    "adopt_plan",
    "change_rows",
    "compute",
    "create_project",
    "decide_impulse",
    "deliver",
    "demo",
    "export_plan",
    "first_wishes",
    "import_blocks",
    "next_step",
    "plan_sentences",
    "propose",
    "report",
    "revise",
    "state",
    "suggest",
    "suggestions",
    "take",
]
