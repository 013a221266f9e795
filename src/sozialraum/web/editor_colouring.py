"""Colours of blocks: an attribute, the index, how densely people live - in the workshop as classes only."""

from __future__ import annotations

import base64
from itertools import pairwise

import numpy as np

from sozialraum.base import UsageError, _
from sozialraum.base.numbers import day, decimal
from sozialraum.plans.titles import attribute_title
from sozialraum.plans.workshop import NOT_DELIVERED, block_classes
from sozialraum.publish.palette import CLASSES, NEED
from sozialraum.web.editor_desk import Board, bases_of, board_of, least_people
from sozialraum.web.editor_models import ColourClass, Colouring
from sozialraum.web.session import Session

INDEX, DENSITY = "index", "density"
PER_HECTARE = (10.0, 25.0, 50.0, 100.0)
HECTARE = 10_000.0


def colouring(session: Session, ags: str, by: str, view: str) -> Colouring:
    """Classes of the blocks of a municipality; numbers only in the internal view, which must be asked for.

    Raises UsageError for a colouring there is not.
    """
    board = board_of(session, ags)
    if by == INDEX:
        return _index(session, board, view)
    if by == DENSITY:
        people = board.ground.people
        density = np.where(people > 0, people / np.maximum(board.ground.surface / HECTARE, 1e-9), np.nan)
        return _shown(board, density, _("Einwohner je Hektar"), view, least_people(), PER_HECTARE)
    if by not in board.ground.attributes:
        raise UsageError(_("Diese Einfärbung gibt es nicht."))
    values = board.ground.raw[:, board.ground.attributes.index(by)]
    return _shown(board, values, attribute_title(by), view, bases_of(session, board)[by])


def _shown(
    board: Board,
    values: np.ndarray,
    title: str,
    view: str,
    base: int,
    limits: tuple[float, ...] | None = None,
) -> Colouring:
    """Five classes of a number per block; blocks with too few inhabitants are hatched, empty ones have none.

    base : inhabitants from which on the class of a block is shown.
    """
    people = board.ground.people
    found = block_classes(values, people, base, limits)
    number = len(found.limits)
    colours = [CLASSES[round(rank * 4 / max(number, 1))] for rank in range(number + 1)]
    names = labels(found.limits, found.places)
    named = [ColourClass(label=label, colour=colour) for label, colour in zip(names, colours, strict=True)]
    numbers = None
    if view == "internal":
        known = np.isfinite(values) & (people > 0)
        numbers = [round(float(value), 3) if good else None for value, good in zip(values, known, strict=True)]
    return Colouring(title=title, unit="", classes=named, blocks=_text(found.rank), values=numbers)


def labels(limits: np.ndarray, places: int) -> list[str]:
    """'unter 5', '5 bis unter 8', ..., '20 und mehr'."""
    texts = [decimal(float(limit), places) for limit in limits]
    if not texts:
        return [_("alle Werte")]
    between = [_("{low} bis unter {high}").format(low=low, high=high) for low, high in pairwise(texts)]
    return [_("unter {high}").format(high=texts[0]), *between, _("{low} und mehr").format(low=texts[-1])]


def _index(session: Session, board: Board, view: str) -> Colouring:
    """The released class of the area that each block has in the plan in force; not of the areas of a draft."""
    project = session.project
    plan, values = project.plan(), project.results("index_values")
    classes = np.full(len(board.ground.ids), NOT_DELIVERED, dtype=np.uint8)
    title = _("Handlungsbedarf der geltenden Gebiete")
    if plan is not None and not values.empty:
        latest = values[values["period"] == values["period"].max()]
        rank = {str(unit): int(found) for unit, found in zip(latest["unit"], latest["status_class"], strict=True)}
        known = np.array([rank.get(area, 0) for area in board.ground.areas_of(plan).tolist()])
        classes = np.where(known > 0, known - 1, NOT_DELIVERED).astype(np.uint8)
        title = _("Handlungsbedarf der geltenden Gebiete, {day}").format(day=day(str(latest["period"].iloc[0])))
    words = (_("gering"), _("mittel"), _("hoch"), _("sehr hoch"))
    named = [ColourClass(label=label, colour=colour) for label, colour in zip(words, NEED, strict=True)]
    numbers = None
    if view == "internal":
        numbers = [None if one == NOT_DELIVERED else float(one + 1) for one in classes.tolist()]
    return Colouring(title=title, unit="", classes=named, blocks=_text(classes), values=numbers)


def _text(classes: np.ndarray) -> str:
    return base64.b64encode(classes.astype(np.uint8).tobytes()).decode()
