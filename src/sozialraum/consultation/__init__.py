"""The Abstimmungspaket: one file for a town hall, the answers that come back, agreement and conflict, the reply."""

from sozialraum.consultation.answer import (
    KINDS,
    Answer,
    Comment,
    as_finding,
    foreign,
    from_content,
    outdated,
    read_answer,
    tried,
)
from sozialraum.consultation.answer_file import name_of
from sozialraum.consultation.board import NEW, Base, Wish, wishes
from sozialraum.consultation.figures import english_titles, released_figures, same_areas
from sozialraum.consultation.package import Occasion, Package, make_package
from sozialraum.consultation.page import in_both, package_page, page_template
from sozialraum.consultation.people import rounded_people
from sozialraum.consultation.reply import (
    ACCEPTED,
    REJECTED,
    WRITERS,
    Reply,
    Verdict,
    decision_words,
    make_reply,
    reply_file,
    standing_words,
    suggestion_words,
    target_words,
)
from sozialraum.consultation.suggestions import (
    AGREEMENT,
    CONFLICT,
    SINGLE,
    BlockView,
    Suggestion,
    Voice,
    compare_answers,
)

__all__ = [
    "ACCEPTED",
    "AGREEMENT",
    "CONFLICT",
    "KINDS",
    "NEW",
    "REJECTED",
    "SINGLE",
    "WRITERS",
    "Answer",
    "Base",
    "BlockView",
    "Comment",
    "Occasion",
    "Package",
    "Reply",
    "Suggestion",
    "Verdict",
    "Voice",
    "Wish",
    "as_finding",
    "compare_answers",
    "decision_words",
    "english_titles",
    "foreign",
    "from_content",
    "in_both",
    "make_package",
    "make_reply",
    "name_of",
    "outdated",
    "package_page",
    "page_template",
    "read_answer",
    "released_figures",
    "reply_file",
    "rounded_people",
    "same_areas",
    "standing_words",
    "suggestion_words",
    "target_words",
    "tried",
    "wishes",
]
