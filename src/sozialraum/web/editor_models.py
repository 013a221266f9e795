"""What the editor is told and what it sends: one description for Python and TypeScript (web/src/editor/answers.ts).

Positions are places of blocks in ground order; x and y are in the units of docs/decisions/editor-geometry.md.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["move", "split", "merge", "rename", "rekey", "lock", "unlock", "adopt"]
Size = Literal["within", "close", "outside"]
Severity = Literal["ok", "look", "error"]
View = Literal["workshop", "internal"]


class EditRecord(BaseModel):
    """One step of a revision, as sozialraum.delineation.Edit."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    area: str = ""
    into: str = ""
    blocks: list[str] = Field(default_factory=list)
    code: str = ""
    name: str = ""
    rest_code: str = ""
    rest_name: str = ""
    why: str = ""
    role: str = ""
    case: str = ""
    person: str = ""
    when: str = ""
    effect: dict[str, Any] = Field(default_factory=dict)
    public: bool = False
    body: str = ""
    decided_on: str = ""


class ProfileRow(BaseModel):
    """An attribute of an area before and after, and of the municipality; null = unknown or too few inhabitants."""

    key: str
    title: str
    family: str
    before: float | None
    after: float | None
    town: float | None


class AreaEffect(BaseModel):
    """What a step does to one area; before or after is null where the area does not exist.

    likeness : "Ähnlichkeit innen", 0 to 100, 100 = all blocks alike. compactness : 1 = circle. barriers : names of
    rivers, railways, motorways that run through the area afterwards.
    """

    area_id: str
    code: str
    name: str
    blocks_before: int
    blocks_after: int
    people_before: int | None
    people_after: int | None
    word_before: Size | None
    word_after: Size | None
    likeness_before: float | None
    likeness_after: float | None
    compactness_before: float | None
    compactness_after: float | None
    barriers: list[str]
    connected: bool
    rule_1000: bool
    profile: list[ProfileRow]


class Check(BaseModel):
    """One thing to say of a step. areas : codes of the areas it speaks of."""

    code: str
    severity: Severity
    sentence: str
    areas: list[str]


class DeliveryGroup(BaseModel):
    """Areas that would be delivered together, because the first has fewer than 1,000 inhabitants."""

    area_id: str
    with_id: str
    people: int
    sentence: str


class Effect(BaseModel):
    """What a step does, for the areas it touches. hard : a rule is broken that stands in the way of adopting."""

    areas: list[AreaEffect]
    checks: list[Check]
    groups: list[DeliveryGroup]
    hard: bool
    blocks_moved: int
    persons_moved: int


class AreaRow(BaseModel):
    area_id: str
    code: str
    name: str
    blocks: int
    people: int
    word: Size
    likeness: float | None
    compactness: float
    connected: bool
    rule_1000: bool


class Step(BaseModel):
    """A step of a draft. number : from 1. undone : taken back, can be repeated."""

    number: int
    kind: Kind
    sentence: str
    why: str
    role: str
    case: str
    person: str
    when: str
    public: bool
    undone: bool
    blocks: list[str]
    areas: list[str]


class DraftInfo(BaseModel):
    """A draft without its state. steps : also those taken back; position : how many are applied.

    base_superseded : the plan it rests on holds no longer. body, decided_on : of the decision on it, or ''.
    """

    draft_id: str
    ags: str
    base: str
    title: str
    status: Literal["in_revision", "submitted", "adopted", "closed"]
    position: int
    steps: int
    created: str
    role: str
    branch_of: str
    branch_at: int
    base_title: str
    base_superseded: bool
    body: str
    decided_on: str


class Allowed(BaseModel):
    """What the draft may become now; why : the sentences that stand in the way of adopting."""

    submit: bool
    adopt: bool
    why: list[str]


class DraftState(BaseModel):
    """A draft as it stands. assignment : per block the place of its area in `areas`. locks : positions."""

    draft: DraftInfo
    state_id: str
    assignment: list[int]
    areas: list[AreaRow]
    locks: list[int]
    steps: list[Step]
    used_ids: list[str]
    allowed: Allowed


class DraftDelta(BaseModel):
    """What changed by a step, undo or redo. changed : position and area_id of blocks with another area."""

    draft: DraftInfo
    state_id: str
    changed: list[tuple[int, str]]
    areas: list[AreaRow]
    locks: list[int]
    steps: list[Step]
    used_ids: list[str]
    effect: Effect | None
    allowed: Allowed


class Found(BaseModel):
    """A finding of a refusal."""

    sentence: str
    severity: str


class Conflict(BaseModel):
    """Both sides of a conflict: their steps since the state that was seen, those they took back, and my own step."""

    theirs: list[Step]
    taken_back: list[Step]
    mine: EditRecord | None
    state: DraftState


class Stale(BaseModel):
    """The answer 409 when somebody else changed the draft meanwhile."""

    headline: str
    findings: list[Found]
    todo: str
    conflict: Conflict


class Town(BaseModel):
    ags: str
    name: str
    size_low: float
    size_high: float
    people: int
    blocks: int


class PlanInfo(BaseModel):
    plan_id: str
    title: str
    status: str


class Attribute(BaseModel):
    key: str
    title: str
    family: str


class Wms(BaseModel):
    """A map service the planner switched on. host : the computer that is contacted; the page names it."""

    address: str
    host: str


class EditorStart(BaseModel):
    """What a page begins with. least : fewer people are told as "fewer than", not as a number."""

    municipality: Town
    drafts: list[DraftInfo]
    plan: PlanInfo | None
    roles: list[str]
    reasons: list[str]
    attributes: list[Attribute]
    names_allowed: bool
    wms: Wms | None
    least: int


class Line(BaseModel):
    """A named line: x, y, x, y, ... in units."""

    name: str
    path: list[int]


class Building(BaseModel):
    kind: str
    name: str
    rings: list[list[int]]


class Place(BaseModel):
    kind: str
    name: str
    x: int
    y: int


class Background(BaseModel):
    streets: list[Line]
    rails: list[Line]
    waters: list[Line]
    motorways: list[Line]
    buildings: list[Building]
    places: list[Place]
    districts: list[Place]


class Hit(BaseModel):
    """Something found. blocks : positions of the blocks along it."""

    title: str
    kind: str
    x: int
    y: int
    blocks: list[int]


class ColourClass(BaseModel):
    label: str
    colour: str


class Colouring(BaseModel):
    """Classes of blocks. blocks : base64 of one byte per block, the place in `classes`; 255 = too few inhabitants,
    254 = not delivered. values : numbers per block, in the internal view only."""

    title: str
    unit: str
    classes: list[ColourClass]
    blocks: str
    values: list[float | None] | None


class BestCut(BaseModel):
    """The proposed cut of an area. blocks : of the new part; edit : the split as a step."""

    blocks: list[str]
    sentence: str
    people: list[int]
    edit: EditRecord


class Suggestion(BaseModel):
    """A step the engine proposes. gain : points of "Ähnlichkeit innen" of the municipality; people : who would move."""

    edit: EditRecord
    gain: float
    people: int
    sentence: str


class Suggestions(BaseModel):
    suggestions: list[Suggestion]
    sentence: str


class Disclosure(BaseModel):
    findings: list[str]


class Adopted(BaseModel):
    """The plan in which the draft holds now, and the draft as it is kept."""

    plan: PlanInfo
    draft: DraftState


class Comment(BaseModel):
    """A remark pinned to a place, an area or a block. state : open, resolved."""

    comment_id: str
    draft_id: str
    ags: str
    area_id: str
    block_id: str
    x: int | None
    y: int | None
    text: str
    role: str
    when: str
    state: Literal["open", "resolved"]
    public: bool
    answer: str
