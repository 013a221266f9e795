"""A revised municipality becomes part of the plan that holds: hard rules, keys, what it supersedes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import geopandas as gpd
import pandas as pd

from sozialraum.base import Finding, UsageError, _, name_key
from sozialraum.base.numbers import count, day
from sozialraum.delineation import Decision, Edit, Plan, check_plan, make_plan
from sozialraum.plans.drafts import Draft, state
from sozialraum.plans.keys import fix_keys
from sozialraum.plans.moved import area_sets

DECIDED = ("adopted", "superseded")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, eq=False)
class Ballot:
    """A draft that was decided on: the draft, the plan it rests on, who decided and the role that records it."""

    draft: Draft
    base: Plan
    decision: Decision
    role: str


def adopt(
    ballots: Sequence[Ballot],
    current: Plan,
    *,
    used: Mapping[str, set[str]],
    meaning: Mapping[str, frozenset[str]],
    when: str,
    title: str = "",
    not_before: str = "",
) -> tuple[Plan, Plan]:
    """The plan in which the drafts hold, and the former plan as it is kept from now on.

    Other municipalities stay as they are in `current`. used : AGS -> all keys of the project. meaning : key -> blocks
    of all areas decided on so far. when : ISO date-time text. The plan is 'adopted' when all municipalities are
    decided, else 'in_revision'. not_before : see `begin_of`.
    """
    assignment, areas = current.assignment, current.areas
    edits: list[Edit] = []
    for ballot in ballots:
        ags = ballot.draft.ags
        revised = state(ballot.draft, ballot.base)
        keyed = fix_keys(
            revised, ags, former=current, base=ballot.base, used=used.get(ags, set()), meaning=meaning
        )  # fmt: skip
        assignment = pd.concat([assignment.drop(keyed.assignment.index, errors="ignore"), keyed.assignment])
        areas = pd.concat([areas[areas["municipality"] != ags], keyed.areas], ignore_index=True)
        edits += [*ballot.draft.applied, _adopting(ballot, when)]
    decisions = {**current.decisions, **{ballot.draft.ags: ballot.decision for ballot in ballots}}
    begins = begin_of(decisions.values(), not_before, current)
    # A plan adopted before decisions were recorded one by one stays adopted everywhere.
    complete = current.status == "adopted" or set(areas["municipality"]) <= set(decisions)
    plan = make_plan(
        assignment,
        areas,
        title=title or _("Beschlossener Plan vom {day}").format(day=day(begins)),
        created=when,
        parent=current.plan_id,
        status="adopted" if complete else "in_revision",
        parameters=current.parameters,
        edits=edits,
        decisions=decisions,
        valid_from=begins,
    )
    return plan, superseded(current, begins)


def superseded(former: Plan, day_of_change: str) -> Plan:
    """The plan that no longer holds; a mere proposal stays one, and what ended before stays as it ended."""
    if former.status in ("proposal", "superseded"):
        return former
    return replace(former, status="superseded", valid_to=day_of_change)


def begin_of(decisions: Iterable[Decision], not_before: str, former: Plan | None = None) -> str:
    """The day from which a plan holds: that of the last decision in it, never before the plan it follows on.

    Councils decide one after the other and are entered in any order; a plan holds once all of it is decided.
    not_before : ISO date or '', the latest day on which a plan that holds until now began.
    """
    since = former.valid_from if former is not None and former.status != "proposal" else ""
    return max(not_before, since, *(decision.date for decision in decisions))


def decide(plan: Plan, decisions: Mapping[str, Decision], title: str = "", *, not_before: str = "") -> Plan:
    """A proposal adopted as it is: the same plan and keys, with who decided. Areas stay as they were proposed.

    not_before : see `begin_of`.
    Raises UsageError for a plan that holds already or is superseded, and for a municipality it does not have.
    """
    if plan.status in DECIDED:
        raise UsageError(_("Der Plan „{title}“ ist schon beschlossen.").format(title=plan.title))
    towns = set(plan.areas["municipality"])
    unknown = sorted(set(decisions) - towns)
    if unknown:
        raise UsageError(_("Die Gemeinde „{ags}“ kommt in diesem Plan nicht vor.").format(ags=unknown[0]))
    made = {**plan.decisions, **decisions}
    begins = begin_of(made.values(), not_before)
    return replace(
        plan,
        title=title or _("Beschlossener Plan vom {day}").format(day=day(begins)),
        status="adopted" if towns <= set(made) else "in_revision",
        decisions=made,
        valid_from=begins,
    )


def objections(
    ballot: Ballot, current: Plan, blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame
) -> list[Finding]:
    """Everything that stands against adopting a draft; [] when nothing does.

    Looked at: body and date, that the draft is submitted, that nobody decided otherwise meanwhile, that every block
    belongs to one area of its municipality, that areas hang together, their inhabitants (unless the area is the same
    as in the plan before), numbers and names.
    """
    draft = ballot.draft
    findings = about_decision(ballot.decision)
    if draft.status != "submitted":
        findings.append(Finding(_("Die Fassung ist noch nicht eingereicht."), todo=_("Reichen Sie die Fassung ein.")))
    if draft.ags in current.decisions and not same_part(ballot.base, current, draft.ags):
        what = _("Für die Gemeinde gilt inzwischen ein anderer beschlossener Plan als der, mit dem die Fassung begann.")
        findings.append(Finding(what, todo=_("Beginnen Sie eine Fassung des geltenden Plans.")))
    if _blocks_in(ballot.base, draft.ags) != _blocks_in(current, draft.ags):
        what = _("Bausteine der Gemeinde wurden geteilt, seit die Fassung begann.")
        findings.append(Finding(what, todo=_("Beginnen Sie eine Fassung des geltenden Plans.")))
    try:
        revised = state(draft, ballot.base)
    except UsageError as error:
        return [*findings, Finding(str(error))]
    part, own, town = _municipality(revised, blocks, municipalities, draft.ags)
    return [*findings, *_broken_rules(part, own, town, ballot.base)]


def kept_decisions(former: Plan | None, plan: Plan) -> dict[str, Decision]:
    """The decisions on municipalities that a new proposal leaves as they were."""
    if former is None:
        return {}
    return {ags: made for ags, made in former.decisions.items() if same_part(former, plan, ags)}


def same_part(one: Plan, other: Plan, ags: str) -> bool:
    """True when both plans have the same areas with the same keys in a municipality."""
    parts = [
        {row: sets[row] for row in plan.areas["area_id"][plan.areas["municipality"] == ags]}
        for plan, sets in ((one, area_sets(one)), (other, area_sets(other)))
    ]
    return parts[0] == parts[1]


def _blocks_in(plan: Plan, ags: str) -> set[str]:
    areas = set(plan.areas["area_id"][plan.areas["municipality"] == ags])
    return set(plan.assignment.index[plan.assignment.isin(areas)])


def about_decision(decision: Decision) -> list[Finding]:
    """What is missing or impossible in a decision: the body, the date, a date that has not come yet."""
    findings = []
    if not decision.body.strip():
        findings.append(Finding(_("Es fehlt, welches Gremium beschlossen hat."), todo=_("Nennen Sie das Gremium.")))
    if not is_day(decision.date):
        what = _("Der Tag des Beschlusses fehlt oder ist kein Datum.")
        findings.append(Finding(what, todo=_("Nennen Sie den Tag als JJJJ-MM-TT, zum Beispiel 2026-03-31.")))
        return findings
    # wherever the desk stands, this day has not come
    if date.fromisoformat(decision.date) > date.today() + timedelta(days=1):
        what = _("Der {day} liegt in der Zukunft; ein Beschluss wird danach eingetragen.")
        findings.append(Finding(what.format(day=day(decision.date)), todo=_("Prüfen Sie den Tag.")))
    return findings


def is_day(text: str) -> bool:
    """Whether a text is a day as it is kept, YYYY-MM-DD: days are compared as text, so no other spelling will do."""
    if not DAY.fullmatch(text) or not text.isascii():
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_decided(plan: Plan, ags: str) -> bool:
    """Whether a body decided on the areas of a municipality in a plan that has not ended."""
    return ags in plan.decisions or plan.status == "adopted"


def holds_since(plan: Plan, ags: str) -> str:
    """Since when the areas of a municipality hold in a plan: the day of its decision, else of the plan; '' = not."""
    made = plan.decisions.get(ags)
    if made is not None:
        return made.date
    return plan.valid_from if plan.status in DECIDED else ""


def too_early(decisions: Mapping[str, Decision], held: Iterable[Plan], names: Mapping[str, str]) -> list[Finding]:
    """Decisions older than the areas they would replace. decisions : AGS -> decision. held : plans that hold until now.

    names : AGS -> name of the municipality. A day that is none is said by `about_decision`.
    """
    findings = []
    plans = list(held)
    for ags, decision in sorted(decisions.items(), key=lambda pair: (name_key(names.get(pair[0], pair[0])), pair[0])):
        since = max((holds_since(plan, ags) for plan in plans), default="")
        if not is_day(decision.date) or not is_day(since) or decision.date >= since:
            continue
        what = _("{town}: Der Beschluss vom {day} ist älter als die Gebiete, die er ablöst; sie gelten seit {since}.")
        todo = _("Prüfen Sie den Tag. Stimmt er, gilt der spätere Beschluss weiter; dieser wird nicht eingetragen.")
        said = what.format(town=names.get(ags, ags), day=day(decision.date), since=day(since))
        findings.append(Finding(said, todo=todo))
    return findings


def _municipality(
    plan: Plan, blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame, ags: str
) -> tuple[Plan, gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Plan, blocks and municipality cut down to one municipality: its blocks, and the blocks given to its areas."""
    areas = plan.areas[plan.areas["municipality"] == ags]
    own = blocks[(blocks["municipality"] == ags) | blocks["block_id"].map(plan.assignment).isin(set(areas["area_id"]))]
    inside = plan.assignment[
        plan.assignment.index.isin(set(own["block_id"])) | plan.assignment.isin(set(areas["area_id"]))
    ]
    others = {name: rule for name, rule in plan.parameters.get("municipalities", {}).items() if name == ags}
    part = replace(
        plan, assignment=inside, areas=areas, parameters=dict(plan.parameters) | {"municipalities": others}
    )  # fmt: skip
    return part, own, municipalities[municipalities["ags"] == ags]


def _broken_rules(part: Plan, blocks: gpd.GeoDataFrame, municipality: gpd.GeoDataFrame, base: Plan) -> list[Finding]:
    """Errors of the check that is independent of the search, and inhabitants out of range of changed areas."""
    numbered = replace(part, areas=part.areas.assign(origin="revised"))  # their number is free once experts revised it
    findings = [finding for finding in check_plan(numbered, blocks, municipality) if finding.severity == "error"]
    before = set(area_sets(base).values())
    people = blocks["population"].groupby(blocks["block_id"].map(part.assignment)).sum()
    low, high = float(municipality["size_low"].iloc[0]), float(municipality["size_high"].iloc[0])
    sets = area_sets(part)
    for row in part.areas.itertuples(index=False):
        own = int(people.get(row.area_id, 0))
        if sets[str(row.area_id)] not in before and not low <= own <= high:
            what = _("Gebiet {code} ({name}): {people} Einwohnerinnen und Einwohner, erlaubt sind {low} bis {high}.")
            said = what.format(
                code=row.code, name=row.name, people=count(own), low=count(low), high=count(high)
            )  # fmt: skip
            findings.append(Finding(said, todo=_("Ändern Sie den Zuschnitt, bis die Grenzen eingehalten sind.")))
    return findings


def _adopting(ballot: Ballot, when: str) -> Edit:
    decision = ballot.decision
    return Edit(
        kind="adopt", area=ballot.draft.ags, role=ballot.role, when=when, body=decision.body, decided_on=decision.date,
        public=True,
    )  # fmt: skip
