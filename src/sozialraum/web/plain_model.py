"""What a page sends: texts that can be kept, said and written, wherever they stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, model_validator

from sozialraum.base import UsageError, _
from sozialraum.base.text import is_plain


class PlainModel(BaseModel):
    """The body of a request; UsageError when a text in it holds control characters or halves of a surrogate pair.

    Neither the project file can hold those, nor an answer that repeats what was wrong.
    """

    @model_validator(mode="before")
    @classmethod
    def _refuse_unreadable(cls, given: Any) -> Any:
        if not all(is_plain(text, lines=True) for text in _texts_in(given)):
            raise UsageError(_("Der Text enthält Steuerzeichen oder unlesbare Zeichen."))
        return given


def _texts_in(content: Any) -> Iterator[str]:
    waiting = [content]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
