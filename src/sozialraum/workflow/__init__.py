"""The main path: one short function per command, for the command line and the pages alike."""

from sozialraum.workflow.affected import affected
from sozialraum.workflow.alternatives import first_wishes, suggest, suggestions, take
from sozialraum.workflow.asking import ask, close_answered, read_answers
from sozialraum.workflow.base_population import choose_base_population, populations_side_by_side
from sozialraum.workflow.catalogue_search import import_catalogue, search_catalogue
from sozialraum.workflow.change_splitting import change as why_changed
from sozialraum.workflow.changes import change_rows
from sozialraum.workflow.computing import compute
from sozialraum.workflow.corrected import say_corrects
from sozialraum.workflow.correcting import correct, decide, describe, describe_delivery, undo_corrections
from sozialraum.workflow.demo import run_demo as demo
from sozialraum.workflow.dividing import facilities_in, shared_counts
from sozialraum.workflow.exchanging import (
    decide_blocks,
    decide_by_majority,
    divide_block,
    export_plan_file,
    internal_reasons,
    plans_side_by_side,
    read_foreign_plan,
    stays_beside,
    take_foreign_plan,
)
from sozialraum.workflow.gaps import expect, gap_matrix, unavailable
from sozialraum.workflow.grouping import group_areas, read_grouping
from sozialraum.workflow.histories import comparison_lines, plan_log, status_word
from sozialraum.workflow.holding import plan_in_force
from sozialraum.workflow.main import create_project, decide_impulse, deliver, export_plan, import_blocks, report
from sozialraum.workflow.proposing import adopt_plan, propose
from sozialraum.workflow.receiving import answer, choose_recipe, put_back, put_back_all, receive, review, reviews
from sozialraum.workflow.request_files import write_request
from sozialraum.workflow.requesting import request
from sozialraum.workflow.review_record import Affected, Review, ReviewFinding, Taken, Withdrawn
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
from sozialraum.workflow.sizes import size_comparison
from sozialraum.workflow.steps import StepState, next_step, state
from sozialraum.workflow.street_grid import (
    check_street_grid,
    confirm_delivery_groups,
    set_street_grid_format,
    set_street_grid_levels,
    street_grid_files,
    street_grid_format,
    street_grid_prospect,
    street_grid_sentences,
    street_grid_to_check,
    write_street_grid,
)
from sozialraum.workflow.taking import take_over
from sozialraum.workflow.tracing import Trace, TraceStep, trace
from sozialraum.workflow.versions import carried_from, with_history
from sozialraum.workflow.withdrawing import expire, withdraw, withdrawn_in_use
from sozialraum.workflow.withdrawn_results import withdrawn_notes

__all__ = [
    "Affected",
    "Review",
    "ReviewFinding",
    "StepState",
    "Taken",
    "Trace",
    "TraceStep",
    "Withdrawn",
    "add_edit",
    "adopt_draft",
    "adopt_drafts",
    "adopt_plan",
    "affected",
    "answer",
    "ask",
    "begin_draft",
    "branch_draft",
    "carried_from",
    "change_rows",
    "check_street_grid",
    "choose_base_population",
    "choose_recipe",
    "close_answered",
    "close_draft",
    "compare_plans",
    "comparison_lines",
    "compute",
    "confirm_delivery_groups",
    "correct",
    "create_project",
    "decide",
    "decide_blocks",
    "decide_by_majority",
    "decide_impulse",
    "decide_plan",
    "deliver",
    "demo",
    "describe",
    "describe_delivery",
    "divide_block",
    "expect",
    "expire",
    "export_plan",
    "export_plan_file",
    "facilities_in",
    "first_wishes",
    "gap_matrix",
    "group_areas",
    "import_blocks",
    "import_catalogue",
    "internal_reasons",
    "next_step",
    "plan_in_force",
    "plan_log",
    "plan_or_draft",
    "plan_sentences",
    "plans_side_by_side",
    "populations_side_by_side",
    "propose",
    "put_back",
    "put_back_all",
    "read_answers",
    "read_foreign_plan",
    "read_grouping",
    "receive",
    "redo",
    "reopen_draft",
    "report",
    "request",
    "review",
    "reviews",
    "say_corrects",
    "search_catalogue",
    "set_street_grid_format",
    "set_street_grid_levels",
    "shared_counts",
    "size_comparison",
    "state",
    "state_of",
    "status_word",
    "stays_beside",
    "street_grid_files",
    "street_grid_format",
    "street_grid_prospect",
    "street_grid_sentences",
    "street_grid_to_check",
    "submit_draft",
    "suggest",
    "suggestions",
    "take",
    "take_foreign_plan",
    "take_over",
    "trace",
    "unavailable",
    "undo",
    "undo_corrections",
    "why_changed",
    "with_history",
    "withdraw",
    "withdrawn_in_use",
    "withdrawn_notes",
    "write_request",
    "write_street_grid",
]
