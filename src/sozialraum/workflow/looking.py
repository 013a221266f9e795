"""Read a received file as a person has described it so far; nothing is kept but the last few looks in memory."""

from __future__ import annotations

import shutil
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, get_args

from sozialraum import deliveries
from sozialraum.base import Finding, InputRefused, UsageError, _, current_language
from sozialraum.base.numbers import day
from sozialraum.deliveries import Places, Reading, Recipe
from sozialraum.deliveries.collector import DeliveryRefused, Sketch
from sozialraum.deliveries.corrections import Corrections
from sozialraum.deliveries.files import Content, open_file
from sozialraum.deliveries.find import fitting
from sozialraum.deliveries.heads import sheets_with_head
from sozialraum.deliveries.held_files import held_file
from sozialraum.deliveries.persons import lists_persons
from sozialraum.deliveries.shelters import tells_shelters
from sozialraum.deliveries.sign_profiles import with_profiles
from sozialraum.indicators import features
from sozialraum.project import Project
from sozialraum.project.own_recipes import Kind
from sozialraum.project.plans import CURRENT
from sozialraum.project.receiving import this_day
from sozialraum.project.review_rows import ReviewRow
from sozialraum.project.store import to_json
from sozialraum.workflow.by_hand import with_old_date
from sozialraum.workflow.query_files import project_mark
from sozialraum.workflow.street_grid import agency_units
from sozialraum.workflow.versions import by_any_version

if TYPE_CHECKING:
    from sozialraum.deliveries.differences import Difference
    from sozialraum.deliveries.drafting.questions import Draft
    from sozialraum.deliveries.preview import Preview

NEW_RECIPE = "new"
# Fifty offices may answer on one day; large registers are read again sooner than the memory is filled.
LOOKS_KEPT, ROWS_KEPT = 64, 1_500_000


@dataclass(frozen=True)
class Look:
    """How a file is read now. Exactly one of reading, refusal, draft (with open questions) and candidates holds.

    unreadable : the refusal concerns the file as such. persons : because it lists single persons. known : the recipe
    is one of those kept.
    drafting : no recipe is known or wanted, so the recipe is made of the file; misanswered : an answer given to the
    draft cannot be, the refusal says why.
    sheets : names of those that hold the table alike, so that one must be chosen.
    candidates : recipes that fit alike. renamed : heads that may stand for a column that is not there.
    format : kind of file, '' where it could not be opened.
    """

    recipe: Recipe | None = None
    known: bool = False
    reading: Reading | None = None
    refusal: InputRefused | None = None
    unreadable: bool = False
    persons: bool = False
    draft: Draft | None = None
    candidates: tuple[Recipe, ...] = ()
    renamed: tuple[Difference, ...] = ()
    preview: Preview | None = None
    format: str = ""
    drafting: bool = False
    misanswered: bool = False
    sheets: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Errors of the refusal and what was noticed beside them, or what the reading noticed."""
        if self.reading is not None:
            return self.reading.findings
        if isinstance(self.refusal, DeliveryRefused):
            return (*self.refusal.findings, *self.refusal.others)
        if self.refusal is None:
            return ()
        # a refusal in one sentence is its own finding
        return self.refusal.findings or (Finding(self.refusal.headline, todo=self.refusal.todo),)

    @property
    def tells_shelters(self) -> bool:
        """Whether it is a list of facilities that says where a protected one is."""
        return tells_shelters(self.recipe is not None and self.recipe.facilities is not None, self.findings)

    @property
    def sketch(self) -> Sketch | None:
        """Shape, dates and municipalities, as far as they are known; None where no table was found."""
        if self.reading is not None:
            return Sketch(self.reading.shape, self.reading.periods, self.reading.municipalities)
        return self.refusal.sketch if isinstance(self.refusal, DeliveryRefused) else None


# Files of single cases are never written into the project; while the program runs they wait here.
_held: dict[tuple[str, str], bytes] = {}
_looks: OrderedDict[tuple[str, str], tuple[str, Look]] = OrderedDict()
_guard = threading.Lock()


def places_of(project: Project, version: int | None = None) -> Places:
    """The units deliveries may name. Raises InputRefused while there are no blocks."""
    blocks = project.blocks(version)
    if blocks.empty:
        raise InputRefused(_("Es gibt noch keine Bausteine."), (), _("Lesen Sie zuerst die Bausteine ein."))
    plan = project.plan()
    others = project.geographies()
    return Places(
        blocks=blocks,
        municipalities=project.municipalities(),
        plan_id=plan.plan_id if plan is not None else "",
        area_ids=tuple(plan.areas["area_id"]) if plan is not None else (),
        agency_keys=agency_units(project, plan) if plan is not None else {},
        area_names=dict(zip(plan.areas["area_id"], plan.areas["name"], strict=True)) if plan is not None else {},
        titles={code: feature.title for code, feature in features().items()},
        geographies={code: project.geography_names(code) for code in others["code"]},
        geography_titles=dict(zip(others["code"], others["title"], strict=True)),
    )


def read_now(project: Project, path: Path, content: Content, recipe: Recipe, corrections: Corrections) -> Reading:
    """Read an opened file by a recipe, with the present blocks or former ones it fits. Raises InputRefused."""
    signs = dict.fromkeys((*project.explained_signs(recipe.code), *corrections.signs))
    corrections = replace(corrections, signs=tuple(signs))
    own = {recipe.code, *(each.code for each in project.recipes() if each.source == recipe.source)}
    totals = project.published_totals(*sorted(own))  # a source is not compared with what it said itself
    with with_profiles(project.sign_profiles()):
        return by_any_version(
            project,
            lambda version: deliveries.read_delivery(
                path, recipe, replace(places_of(project, version), totals=totals), corrections, content=content
            ),
        )


def recipe_named(project: Project, code: str) -> Recipe:
    """A kept recipe by its code. Raises UsageError when there is none."""
    known = {recipe.code: recipe for recipe in project.recipes()}
    if code not in known:
        raise UsageError(
            _("Die Einleseregel „{recipe}“ gibt es nicht; es gibt {known}.").format(
                recipe=code, known=", ".join(sorted(known))
            )
        )
    return known[code]


def recipe_for(project: Project, file: Path, content: Content) -> Recipe:
    """The recipe a file brings with it, or the one that fits. Raises InputRefused when none or several fit."""
    known = project.recipes()
    fits = fitting(content, known)
    if len(fits) == 1:
        return fits[0]
    form = _form_recipe(project, content)
    return form if form is not None else deliveries.find_recipe(file, known)


def look(project: Project, row: ReviewRow, content: Content | None = None) -> Look:
    """Read the file of a review; the same look as before while nothing it rests on has changed.

    content : the file, where it is open already.
    """
    key = (str(project.folder.resolve()), row.review_id)
    state = _state(project, row)
    with _guard:
        if key in _looks and _looks[key][0] == state:
            _looks.move_to_end(key)
            return _looks[key][1]
    with file_of(project, row) as path:
        found = (
            _no_file(row) if path is None else look_at(project, path, row.recipe, row.corrections, row.answers, content)
        )
    with _guard:
        _looks[key] = (state, found)
        while len(_looks) > 1 and (len(_looks) > LOOKS_KEPT or sum(map(_rows, _looks.values())) > ROWS_KEPT):
            _looks.popitem(last=False)
    return found


def _rows(kept: tuple[str, Look]) -> int:
    """How many values a look holds."""
    return 0 if kept[1].reading is None else len(kept[1].reading.observations)


def look_at(
    project: Project,
    path: Path,
    code: str,
    corrections: Corrections,
    answers: Mapping[str, str],
    content: Content | None = None,
) -> Look:
    """Read a file: by the chosen recipe, the one it brings with it, that fits or is nearest, or a draft."""
    try:
        content = open_file(path) if content is None else content
    except InputRefused as refusal:
        return Look(refusal=refusal, unreadable=True)
    with with_profiles(project.sign_profiles()):
        if code == NEW_RECIPE and lists_persons(content):
            found = _persons()
        elif code == NEW_RECIPE:
            found = _drafted(project, path, content, answers, corrections)
        elif code:
            found = _chosen(project, path, content, recipe_named(project, code), corrections)
        else:
            found = _recognised(project, path, content, corrections, answers)
        shown = found if found.persons else _with_preview(content, found, corrections)
        return replace(shown, format=content.format)


def _recognised(
    project: Project, path: Path, content: Content, corrections: Corrections, answers: Mapping[str, str]
) -> Look:
    from sozialraum.deliveries.find import nearest_recipe

    known = project.recipes()
    try:
        form = _form_recipe(project, content)
    except InputRefused as refusal:
        return Look(refusal=refusal, unreadable=True)
    if form is not None:
        there = any(recipe.code == form.code for recipe in known)
        return _by(project, path, content, form, corrections, known=there)
    fits = fitting(content, known)
    if len(fits) > 1:
        return Look(candidates=tuple(fits))
    if fits:
        return _by(project, path, content, fits[0], corrections, known=True)
    near = nearest_recipe(content, known)
    if lists_persons(content) and (near is None or not near[0].records):
        return _persons()
    if near is not None:
        return _by(project, path, content, near[0], corrections, known=True)
    return _drafted(project, path, content, answers, corrections)


def _chosen(project: Project, path: Path, content: Content, recipe: Recipe, corrections: Corrections) -> Look:
    """By the recipe a person chose; a list of persons only by one for single persons, or one it fits."""
    if lists_persons(content) and not recipe.records and not fitting(content, (recipe,)):
        return _persons()
    return _by(project, path, content, recipe, corrections, known=True)


def _persons() -> Look:
    """A list of single persons that no recipe counts: nothing of it is shown, quoted or kept."""
    what = _("In jeder Zeile steht vermutlich eine Person.")
    todo = _(
        "Bitte eine ausgezählte Tabelle ohne Namen und Geburtsdaten liefern lassen oder eine Einleseregel für "
        "Einzelfälle wählen. Die Datei wird nicht aufbewahrt."
    )
    return Look(refusal=InputRefused(what, [Finding(what, todo=todo)]), unreadable=True, persons=True)


def _by(
    project: Project, path: Path, content: Content, recipe: Recipe, corrections: Corrections, *, known: bool
) -> Look:
    try:
        reading = read_now(project, path, content, recipe, corrections)
        return Look(recipe, known, reading=with_old_date(reading, recipe, corrections) if known else reading)
    except InputRefused as refusal:
        sheets = sheets_with_head(content, recipe, corrections.heads) if content.sheets else ()
        return Look(
            recipe, known, refusal=refusal, renamed=_renamed(content, recipe, corrections),
            sheets=() if len(sheets) < 2 or corrections.sheet or recipe.sheet in sheets else sheets,
        )  # fmt: skip


def _renamed(content: Content, recipe: Recipe, corrections: Corrections) -> tuple[Difference, ...]:
    """Heads that may stand for columns the recipe misses, without those a person has settled."""
    from sozialraum.deliveries.differences import renamed_columns

    settled = set(corrections.heads.values())
    return tuple(one for one in renamed_columns(content, recipe) if one.offer not in settled)


def _drafted(
    project: Project, path: Path, content: Content, answers: Mapping[str, str], corrections: Corrections
) -> Look:
    from sozialraum.deliveries.drafting import draft_recipe

    try:
        draft = draft_recipe(content, places_of(project), answers)
    except InputRefused as refusal:  # nothing in it that the project knows
        return Look(refusal=refusal, unreadable=True, drafting=True)
    except UsageError as wrong:  # what was answered once may fit no longer; the page must open all the same
        return Look(refusal=InputRefused(str(wrong)), unreadable=True, drafting=True, misanswered=True)
    if draft.recipe is None:
        return Look(draft=draft, drafting=True)
    return replace(_by(project, path, content, draft.recipe, corrections, known=False), draft=draft, drafting=True)


def _form_recipe(project: Project, content: Content) -> Recipe | None:
    """The recipe that a form carries with it, None for every other file.

    Raises InputRefused when another project wrote the form, or its mark was changed.
    """
    from sozialraum.deliveries import forms

    mark = forms.form_in(content)
    if mark is None or mark.kind != "table":
        return None
    if mark.project and mark.project != project_mark(project):
        raise InputRefused(
            _("Dieses Formblatt gehört zu einem anderen Projekt."),
            (),
            _("Legen Sie es in dem Projekt ab, aus dem es verschickt wurde."),
        )
    return forms.form_recipe(mark)


def _with_preview(content: Content, found: Look, corrections: Corrections) -> Look:
    from sozialraum.deliveries.preview import preview

    recipe = found.recipe or (found.draft.likely if found.draft else None)
    rows = {finding.row for finding in found.findings if finding.row is not None}
    with suppress(InputRefused):  # a text that cannot be cut has no rows to show
        return replace(found, preview=preview(content, recipe, corrections, keep=rows))
    return found


def _no_file(row: ReviewRow) -> Look:
    until = row.about.delete_on if row.about is not None and row.about.protection != "personal" else ""
    if until and until <= this_day():
        what = _("Diese Datei wurde zum {day} gelöscht. Legen Sie sie erneut ab, um weiterzuarbeiten.").format(
            day=day(until)
        )
    else:
        what = _("Diese Datei wird nicht aufbewahrt. Legen Sie sie erneut ab, um weiterzuarbeiten.")
    return Look(refusal=InputRefused(what, [Finding(what)]), unreadable=True)


def _state(project: Project, row: ReviewRow) -> str:
    """Everything a look rests on, as one text."""
    said = [row.recipe, dict(row.answers), row.corrections.content(), row.sha256, row.file_name, row.stored_name]
    ground = [project.record("_layers"), project.blocks_version(), project.settings.get(CURRENT)]
    own = [len(project.own_recipes(kind)) for kind in get_args(Kind)]
    grid = project.settings.get("street_grid")
    return to_json([said, ground, own, grid, is_held(project, row.review_id), current_language()])


@contextmanager
def file_of(project: Project, row: ReviewRow) -> Iterator[Path | None]:
    """The file of a review under the name it came with, for the time of the with block; None when it is not there."""
    stored, held = project.review_file(row), _held.get((str(project.folder.resolve()), row.review_id))
    if stored is None:  # a file of single persons is never written, not even for a moment
        yield None if held is None else held_file(row.file_name, held)
        return
    with TemporaryDirectory(prefix="sozialraum-") as folder:
        path = Path(folder) / row.file_name
        try:
            path.symlink_to(stored.resolve())
        except OSError:  # not every system and user may make links
            shutil.copyfile(stored, path)
        yield path


def hold(project: Project, review_id: str, data: bytes) -> None:
    """Keep the file of a personal delivery in memory."""
    _held[(str(project.folder.resolve()), review_id)] = data


def is_held(project: Project, review_id: str) -> bool:
    """Whether the file of a personal delivery is in memory."""
    return (str(project.folder.resolve()), review_id) in _held


def forget(project: Project, review_id: str) -> None:
    """Let go of what is in memory of a review."""
    key = (str(project.folder.resolve()), review_id)
    _held.pop(key, None)
    with _guard:
        _looks.pop(key, None)
