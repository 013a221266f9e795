"""What the editor sends; beside editor_models.py the other half of the one description for Python and TypeScript."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from sozialraum.web.editor_models import EditRecord, View


class NewDraft(BaseModel):
    role: str
    base: str = ""
    title: str = ""
    branch_of: str = ""
    branch_at: int | None = None


class Seen(BaseModel):
    """The state of a draft that the writer saw."""

    state_id: str


class WithEdit(Seen):
    edit: EditRecord
    view: View = "workshop"


class MaybeEdit(Seen):
    edit: EditRecord | None = None


class StepChange(Seen):
    public: bool | None = None
    why: str | None = None


class ForArea(Seen):
    area: str = ""


class Submission(Seen):
    role: str


class Adoption(Seen):
    body: str
    decided_on: str
    role: str


class Closing(Seen):
    role: str


class NewComment(BaseModel):
    text: str
    role: str
    draft_id: str = ""
    area_id: str = ""
    block_id: str = ""
    x: float | None = None
    y: float | None = None


class CommentChange(BaseModel):
    state: Literal["open", "resolved"] | None = None
    answer: str | None = None
    public: bool | None = None


class EditorSettings(BaseModel):
    """Settings of the editor in the project; null leaves one as it is. wms : address of a map service, '' = none."""

    wms: str | None = None
    names_allowed: bool | None = None
