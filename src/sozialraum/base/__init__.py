"""What every stage shares: values with status, errors, words, numbers, order, progress."""

from sozialraum.base.errors import (
    Finding,
    InputRefused,
    Interrupted,
    NoPlan,
    ProjectRefused,
    ReleaseRefused,
    SozialraumError,
    UsageError,
)
from sozialraum.base.language import _, current_language, in_language, plural, quoted, set_language
from sozialraum.base.order import code_key, name_key
from sozialraum.base.progress import Progress, Silent
from sozialraum.base.value import Status, Value, add, weakest

__all__ = [
    "Finding",
    "InputRefused",
    "Interrupted",
    "NoPlan",
    "Progress",
    "ProjectRefused",
    "ReleaseRefused",
    "Silent",
    "SozialraumError",
    "Status",
    "UsageError",
    "Value",
    "_",
    "add",
    "code_key",
    "current_language",
    "in_language",
    "name_key",
    "plural",
    "quoted",
    "set_language",
    "weakest",
]
