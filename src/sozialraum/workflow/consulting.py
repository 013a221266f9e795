"""The consultation of a municipality: write its package, read answers, decide on each proposal, write the reply."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sozialraum import consultation, indicators
from sozialraum.base import InputRefused, UsageError, _, plural
from sozialraum.base.numbers import count
from sozialraum.base.whole_files import write_whole
from sozialraum.consultation import Answer, Base, BlockView, Package, Suggestion, Verdict
from sozialraum.delineation import Edit, Plan
from sozialraum.plans import drafts, usual
from sozialraum.plans.drafts import Draft
from sozialraum.project import Project
from sozialraum.workflow.catalogue import counting_as
from sozialraum.workflow.main import current_plan, now
from sozialraum.workflow.revising import state_of
from sozialraum.workflow.withdrawn_results import withdrawn_notes


@dataclass(frozen=True)
class Consultation:
    """All that is known of one package.

    row : as in `project.packages`. verdicts : decisions that still fit what they were made on. made : per
    (answer_id, item) what an accepted proposal became: `draft`, `step`, `mark`, `keys`. draft : the draft that
    accepted proposals go into, None before the first. outdated : a newer package was written since.
    """

    row: pd.Series
    base: Base
    answers: tuple[Answer, ...]
    suggestions: tuple[Suggestion, ...]
    blocks: tuple[BlockView, ...]
    verdicts: tuple[Verdict, ...]
    made: dict[tuple[str, str], dict[str, Any]]
    draft: Draft | None
    outdated: bool

    @property
    def package_id(self) -> str:
        return str(self.row["package_id"])

    def verdict_of(self, answer_id: str, item: str) -> Verdict | None:
        """The decision on one proposal ('e3') or remark ('c1') of an answer; None while it is open."""
        return next((one for one in self.verdicts if (one.answer_id, one.item) == (answer_id, item)), None)

    def suggestion(self, key: str) -> Suggestion:
        """One suggestion by its key. Raises UsageError when there is none."""
        for one in self.suggestions:
            if one.key == key:
                return one
        raise UsageError(_("Diesen Vorschlag gibt es nicht mehr; eine neuere Antwort hat ihn ersetzt."))


def make_package(project: Project, ags: str, draft_id: str = "", when: str = "") -> tuple[Package, str]:
    """The package of a municipality for a draft or, without one, for the current plan, and its whole HTML file.

    Figures are taken from released results alone, for areas with the same blocks as when they were released.
    Raises UsageError: no such municipality or draft. ProjectRefused: the page was not built in.
    """
    template = consultation.page_template()
    towns = project.municipalities()
    found = towns[towns["ags"] == ags]
    if found.empty:
        raise UsageError(_("Die Gemeinde „{ags}“ gibt es in diesem Projekt nicht.").format(ags=ags))
    draft = project.draft(draft_id) if draft_id else None
    if draft is not None and draft.ags != ags:
        raise UsageError(_("Diese Fassung gilt für eine andere Gemeinde."))
    plan = current_plan(project) if draft is None else state_of(project, draft)
    blocks = project.blocks_of(plan)
    own = blocks[blocks["municipality"] == ags].reset_index(drop=True)
    with counting_as(project):
        definitions = indicators.definitions()
        package = consultation.make_package(
            found.iloc[0],
            own,
            plan,
            _occasion(project, plan, draft, when or now()),
            lines=project.lines(),
            places=project.places(),
            figures=_figures(project, plan, own, definitions),
        )
        english = consultation.in_both(lambda: usual.usual_reasons() + usual.town_hall_roles())
        english |= consultation.english_titles(definitions)
    return package, consultation.package_page(package, template, english)


def write_package(project: Project, ags: str, out: Path, draft_id: str = "", role: str = "") -> Path:
    """Write the package of a municipality and remember it; `out` is a folder or a file name.

    The file appears whole or not at all. Raises as `make_package`; OSError.
    """
    package, page = make_package(project, ags, draft_id)
    file = out / package.file_name if out.is_dir() or not out.suffix else out
    _remember(project, package, role)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole({file: page.encode()})
    return file


def issue_package(project: Project, ags: str, draft_id: str = "", role: str = "") -> tuple[str, str]:
    """Remember a new package and return its file name and content, for the page to hand out."""
    package, page = make_package(project, ags, draft_id)
    _remember(project, package, role)
    return package.file_name, page


def read_answer(project: Project, file: Path) -> str:
    """Take in one answer; a sentence says what was read. The same file twice changes nothing.

    Raises InputRefused: not readable, of another project, to an earlier package, older than what is here.
    """
    file = Path(file)
    name = consultation.name_of(file)
    answer = consultation.read_answer(file, project.package_base)
    packages = project.packages(answer.ags)
    newest = packages.iloc[-1]
    if newest["package_id"] != answer.package_id:
        old = packages.loc[packages["package_id"] == answer.package_id, "written"].iat[0]
        raise consultation.outdated(file, str(old), str(newest["written"]))
    known = {one.answer_id: one for one in project.answers(answer.package_id)}.get(answer.answer_id)
    if known == answer:
        return _("{file}: bereits gelesen, nichts geändert.").format(file=name)
    if known is not None and known.moment > answer.moment:
        raise InputRefused(
            _("„{file}“ ist älter als die Antwort, die schon gelesen ist.").format(file=name),
            (),
            _("Es wurde nichts geändert. Bitten Sie um die zuletzt gespeicherte Datei."),
        )
    project.save_answer(answer, name)
    return _("{file}: {role}, {edits}, {comments}.").format(
        file=name,
        role=answer.role,
        edits=plural("{count} Vorschlag", "{count} Vorschläge", len(answer.edits)).format(
            count=count(len(answer.edits))
        ),
        comments=plural("{count} Anmerkung", "{count} Anmerkungen", len(answer.comments)).format(
            count=count(len(answer.comments))
        ),
    )


def read_answers(project: Project, files: Sequence[Path]) -> list[str]:
    """Take in several answers; a refused file does not stop the others.

    Raises InputRefused at the end with the reasons of all refused files and what was read.
    """
    read: list[str] = []
    refused: list[InputRefused] = []
    for file in files:
        try:
            read.append(read_answer(project, file))
        except InputRefused as error:
            refused.append(error)
        except UsageError as error:
            refused.append(InputRefused(f"{consultation.name_of(file)}: {error}"))
    if len(refused) == 1 and not read:
        raise refused[0]
    if refused:
        headline = plural(
            "{count} Datei wurde nicht übernommen.", "{count} Dateien wurden nicht übernommen.", len(refused)
        ).format(count=count(len(refused)))
        findings = [consultation.as_finding(error) for error in refused]
        raise InputRefused(headline, findings, " ".join([_("Gelesen:"), *(read or [_("keine")])]))
    return read


def latest_package(project: Project, ags: str) -> str:
    """The key of the newest package of a municipality; '' when none was written."""
    packages = project.packages(ags)
    return "" if packages.empty else str(packages["package_id"].iat[-1])


def consultation_of(project: Project, package_id: str) -> Consultation:
    """What was sent, what came back and what was decided. Raises UsageError when there is no such package."""
    packages = project.packages()
    rows = packages[packages["package_id"] == package_id]
    base = project.package_base(package_id)
    if rows.empty or base is None:
        raise UsageError(_("Dieses Abstimmungspaket gibt es in diesem Projekt nicht."))
    row = rows.iloc[0]
    answers = tuple(project.answers(package_id))
    suggestions, blocks = consultation.compare_answers(base, answers)
    verdicts, made = _verdicts(project, package_id, answers, suggestions)
    draft = _draft_for(project, row, made)
    newest = packages.loc[packages["ags"] == row["ags"], "package_id"].iat[-1]
    return Consultation(
        row, base, answers, tuple(suggestions), tuple(blocks), verdicts, made, draft, newest != package_id
    )


def reply_of(project: Project, package_id: str, when: str = "") -> consultation.Reply:
    """The reply list of a package with the decisions so far."""
    found = consultation_of(project, package_id)
    towns = project.municipalities().set_index("ags")
    return consultation.make_reply(
        str(towns.loc[found.base.ags, "name"]),
        found.base,
        found.answers,
        found.suggestions,
        found.verdicts,
        written=when or now(),
        package_written=str(found.row["written"]),
        notice=str(project.settings.get("notice", "")),
    )


def write_reply(project: Project, package_id: str, file: Path) -> None:
    """Write the reply list; the ending of the file name says how: .pdf, .html, .xlsx. UsageError for another one."""
    kind = file.suffix.lower().removeprefix(".")
    if kind not in consultation.WRITERS:
        raise UsageError(_("Die Antwortliste gibt es als .pdf, .html oder .xlsx."))
    content = consultation.reply_file(reply_of(project, package_id), kind)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole({file: content})


def mark_of(edit: Edit) -> str:
    """Check number of a proposal: its decision holds as long as this stays."""
    return hashlib.sha256(json.dumps(edit.core(), sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


def text_mark(text: str) -> str:
    """Check number of a remark."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _remember(project: Project, package: Package, role: str) -> None:
    if role:
        project.save_package(package, role)
    else:
        project.save_package(package)


def _occasion(project: Project, plan: Plan, draft: Draft | None, when: str) -> consultation.Occasion:
    release = project.record("release") or {}
    return consultation.Occasion(
        project=str(project.settings.get("name", "")),
        notice=str(project.settings.get("notice", "")),
        plan_id=plan.plan_id if draft is None else draft.base,
        state_id=plan.plan_id if draft is None else drafts.state_id(draft),
        draft_id="" if draft is None else draft.draft_id,
        title=plan.title if draft is None else draft.title,
        status=plan.status,
        written=when,
        check_number=str(release.get("fingerprint", "")),
        reasons=tuple(consultation.in_both(usual.usual_reasons)),
        roles=tuple(consultation.in_both(usual.town_hall_roles)),
    )


def _figures(
    project: Project, plan: Plan, own: pd.DataFrame, definitions: Sequence[indicators.Definition]
) -> dict[str, Any] | None:
    """Released figures for the areas that are as they were at the release.

    None before the first release, and while results rest on a withdrawn delivery: a package outlives a note on a page.
    """
    release = project.record("release")
    if not release or project.results("indicator_values").empty or withdrawn_notes(project):
        return None
    released = project.plan(release["plan_id"])
    assignment = plan.assignment.reindex(own["block_id"])
    same = consultation.same_areas(assignment, None if released is None else released.assignment)
    ags = str(own["municipality"].iat[0])
    return consultation.released_figures(project.results("indicator_values"), definitions, same, ags)


def _verdicts(
    project: Project, package_id: str, answers: Sequence[Answer], suggestions: Sequence[Suggestion]
) -> tuple[tuple[Verdict, ...], dict[tuple[str, str], dict[str, Any]]]:
    """Decisions on items that are still as they were, and what accepted ones became."""
    voices = [voice for one in suggestions for voice in one.voices]
    marks = {(voice.answer_id, f"e{voice.number}"): mark_of(voice.edit) for voice in voices}
    marks |= {(one.answer_id, f"c{c.number}"): text_mark(c.text) for one in answers for c in one.comments}
    verdicts, made = [], {}
    for row in project.verdicts(package_id).to_dict("records"):
        item = (str(row["answer_id"]), str(row["item"]))
        if marks.get(item) != row["mark"]:
            continue
        verdicts.append(Verdict(*item, row["decision"], row["reason"], row["role"], row["when"]))
        if row["made"]:
            made[item] = json.loads(row["made"])
    return tuple(verdicts), made


def _draft_for(project: Project, row: pd.Series, made: dict[tuple[str, str], dict[str, Any]]) -> Draft | None:
    """The draft of the package, or the one that the first accepted proposal began."""
    begun = {one["draft"] for one in made.values() if "draft" in one}
    keys = [str(row["draft_id"])] if row["draft_id"] else sorted(begun)
    known = {draft.draft_id: draft for draft in project.drafts(str(row["ags"]))}
    return next((known[key] for key in keys if key in known), None)
