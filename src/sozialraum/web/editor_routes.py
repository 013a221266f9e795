"""Routes of the editor for a municipality: ground, background, search, colours, comments, settings."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from sozialraum.plans.titles import attribute_title, family_title
from sozialraum.plans.usual import desk_roles, usual_reasons
from sozialraum.web import editor_comments, editor_models, editor_settings
from sozialraum.web import editor_wishes as wishes
from sozialraum.web.editor_answers import draft_info
from sozialraum.web.editor_background import background
from sozialraum.web.editor_colouring import colouring
from sozialraum.web.editor_desk import Board, bases_of, board_of, least_people
from sozialraum.web.editor_geometry import OPEN_LAND, TOO_FEW, encode
from sozialraum.web.editor_search import search
from sozialraum.web.reading import Open

router = APIRouter(prefix="/api/editor", tags=["editor"])


@router.get("/{ags}")
def start(session: Open, ags: str) -> editor_models.EditorStart:
    """What a page of the editor begins with."""
    board, project = board_of(session, ags), session.project
    ground, plan = board.ground, project.plan()
    town = editor_models.Town(
        ags=ags, name=board.name, size_low=ground.low, size_high=ground.high,
        people=round(float(ground.people.sum())), blocks=len(ground.ids),
    )  # fmt: skip
    current = None
    if plan is not None:
        current = editor_models.PlanInfo(plan_id=plan.plan_id, title=plan.title, status=plan.status)
    return editor_models.EditorStart(
        municipality=town,
        drafts=[draft_info(session, draft) for draft in project.drafts(ags)],
        plan=current,
        roles=list(desk_roles()),
        reasons=list(usual_reasons()),
        attributes=[
            editor_models.Attribute(key=key, title=attribute_title(key), family=family_title(key))
            for key in ground.attributes
        ],
        names_allowed=editor_settings.names_allowed(session),
        wms=editor_settings.wms_of(session),
        least=least_people(),
    )


@router.get("/{ags}/ground", response_class=Response, responses={200: {"content": {"application/octet-stream": {}}}})
def ground(session: Open, ags: str) -> Response:
    """The blocks as bytes, see docs/decisions/editor-geometry.md."""
    board = board_of(session, ags)
    base = max([least_people(), *bases_of(session, board).values()])
    content = session.drawn(("editor-bytes", ags, str(base)), lambda: bytes_of(board, base))
    return Response(content, media_type="application/octet-stream")


def bytes_of(board: Board, base: int) -> bytes:
    """base : blocks with fewer inhabitants are flagged as too few for social data."""
    people = board.ground.people
    flags = OPEN_LAND * (people == 0) + TOO_FEW * ((people > 0) & (people < base))
    return encode(
        board.blocks, board.grid, flags=flags, edges=board.ground.edges, lengths=board.ground.lengths,
        kinds=board.ground.kinds,
    )  # fmt: skip


@router.get("/{ags}/background")
def map_background(session: Open, ags: str) -> editor_models.Background:
    return background(session, ags)


@router.get("/{ags}/search")
def find(session: Open, ags: str, text: str = "") -> list[editor_models.Hit]:
    return search(session, ags, text)


@router.get("/{ags}/colouring")
def colours(session: Open, ags: str, by: str, view: editor_models.View = "workshop") -> editor_models.Colouring:
    return colouring(session, ags, by, view)


@router.get("/{ags}/comments")
def comments(session: Open, ags: str) -> list[editor_models.Comment]:
    return editor_comments.comments(session, ags)


@router.post("/{ags}/comments")
def comment(session: Open, ags: str, given: wishes.NewComment) -> editor_models.Comment:
    return editor_comments.add(session, ags, given)


@router.post("/comments/{comment_id}")
def change_comment(session: Open, comment_id: str, change: wishes.CommentChange) -> editor_models.Comment:
    return editor_comments.change(session, comment_id, change)


@router.post("/{ags}/settings")
def settings(session: Open, ags: str, given: wishes.EditorSettings) -> editor_models.EditorStart:
    editor_settings.save(session, given)
    return start(session, ags)
