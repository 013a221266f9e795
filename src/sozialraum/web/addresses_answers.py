"""What the page "Adressen" shows, as JSON: the register, the changes that wait, a placed list."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pandas as pd

from sozialraum.addresses import Changes
from sozialraum.addresses.changes import KINDS_OF_CHANGE
from sozialraum.base import InputRefused, _
from sozialraum.blocks.coordinates import Reading
from sozialraum.project.addresses import summary_of
from sozialraum.street_grid import area_labels
from sozialraum.web.jobs import finding_json, problem_of
from sozialraum.web.session import Session
from sozialraum.workflow.address_groups import Group, area_choices, decided_rows, group_rows, groups_of
from sozialraum.workflow.address_lists import LookedAt
from sozialraum.workflow.address_taking import GridAgain
from sozialraum.workflow.addresses_updating import decisions, summary_sentences, waiting_changes
from sozialraum.workflow.addresses_words import basis_text, doubt_text, kind_text

CHANGES = "addresses_changes"
COMPARING = threading.Lock()  # several questions of a page come at once; one compares, the others wait
SPELLINGS_SHOWN = 500


def register_json(session: Session) -> dict[str, Any]:
    """The register, its versions, what waits, the plan, and how many addresses are protected."""
    project = session.project
    addresses, plan = project.addresses(), project.plan()
    title = waiting_title(session)
    return {
        "addresses": len(addresses),
        "streets": int(addresses[["street", "postcode"]].drop_duplicates().shape[0]),
        "blocks": len(project.blocks()),
        "versions": _versions(project.address_versions()),
        "waiting": None if title is None else {"title": title},
        "plan": None if plan is None else {"plan_id": plan.plan_id, "title": plan.title, "status": plan.status},
        "areas": area_choices(plan, _towns(project)),
        "spellings": len(project.street_aliases()),
        "protected": len(project.protected_addresses()),
        "facilities": _protected_facilities(project.facilities()),
    }


def _towns(project: Any) -> dict[str, str]:
    rows = project.municipalities()
    return {str(ags): str(name) for ags, name in zip(rows["ags"], rows["name"], strict=True)}


def _protected_facilities(rows: pd.DataFrame) -> int:
    """How many facilities the lists in force mark as protected."""
    return int(rows.loc[rows["protected"].astype(bool), ["delivery_id", "facility_id"]].drop_duplicates().shape[0])


def _versions(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The newest first; the one that came with the blocks has neither title nor date."""
    found = [
        {
            "version": int(version), "title": str(title), "created": str(created),
            "sentences": summary_sentences(summary_of(str(summary))),
        }
        for version, title, created, summary in zip(
            rows["version"], rows["title"], rows["created"], rows["summary"], strict=True
        )
    ]  # fmt: skip
    return found[::-1]


def waiting_title(session: Session) -> str | None:
    """What the register that waits is called; None where none does."""

    def title() -> str | None:
        waiting = session.project.waiting_addresses()
        return None if waiting is None else str(waiting[1])

    found: str | None = session.drawn((CHANGES, "title"), title)
    return found


def changes_of(session: Session) -> Changes:
    """The changes of the waiting register, compared only once."""
    with COMPARING:
        found: Changes = session.drawn((CHANGES, "changes"), lambda: waiting_changes(session.project))
        return found


def remember(session: Session, changes: Changes) -> None:
    """Keep the changes of the register that was just read."""
    session.drawn((CHANGES, "changes"), lambda: changes)


def decided_of(session: Session) -> pd.DataFrame:
    """Its rows with what is decided."""
    return decided_rows(changes_of(session), decisions(session.project), session.project.plan())


def update_json(session: Session) -> dict[str, Any]:
    """The waiting update: kinds, groups, what is open."""
    project = session.project
    title = waiting_title(session)
    if title is None:
        return {"waiting": None, "kinds": []}
    rows = decided_of(session)
    plan = project.plan()
    labels = {} if plan is None else area_labels(plan)
    towns, groups = _towns(project), groups_of(rows)
    is_open = rows["decision"] == ""
    return {
        "waiting": {"title": title},
        "unchanged": changes_of(session).unchanged,
        "changes": len(rows),
        "open": int(is_open.sum()),
        "unclear": int((is_open & (rows["doubt"] != "")).sum()),
        "kinds": [
            {"kind": kind, "groups": [_group_json(one, labels, towns) for one in groups if one.kind == kind]}
            for kind in KINDS_OF_CHANGE
            if any(one.kind == kind for one in groups)
        ],
    }


def _group_json(group: Group, labels: Mapping[str, str], towns: Mapping[str, str]) -> dict[str, Any]:
    return asdict(group) | {
        "town": towns.get(group.municipality, group.municipality),
        "areas": [labels.get(area, "") for area in group.areas],
        "bases": [basis_text(basis) for basis in group.bases],
        "doubts": [doubt_text(doubt) for doubt in group.doubts],
    }


def group_json(session: Session, group_id: str, picture: dict[str, Any] | None) -> dict[str, Any]:
    """The single changes of a group. picture : see `addresses_map.change_map`."""
    plan = session.project.plan()
    labels = {} if plan is None else area_labels(plan)
    rows = group_rows(decided_of(session), group_id)
    return {"group_id": group_id, "map": picture, "rows": [_row_json(row, labels) for row in rows.to_dict("records")]}


def _row_json(row: Mapping[Any, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "change_id": row["change_id"],
        "what": kind_text(row["kind"]),
        "address": _address(row["street"], row["number"], row["suffix"], row["postcode"]),
        "before": _before(row),
        "area": labels.get(row["area_id"], ""),
        "old_area": labels.get(row["old_area"], ""),
        "placed": bool(row["block"]) or row["kind"] == "gone",
        "chosen": bool(row["chosen"]),
        "basis": basis_text(row["basis"]),
        "doubt": doubt_text(row["doubt"]),
        "decision": row["decision"],
    }


def _before(row: Mapping[Any, Any]) -> str:
    """What it was; with the postcode only where that says something new."""
    same = row["old_postcode"] == row["postcode"]
    return _address(row["old_street"], row["old_number"], row["old_suffix"], "" if same else row["old_postcode"])


def _address(street: str, number: int, suffix: str, postcode: str) -> str:
    if not street:
        return ""
    return f"{street} {number}{suffix}" + (f", {postcode}" if postcode else "")


def grid_json(grid: GridAgain) -> dict[str, Any]:
    """The street grid after a new register; the page fetches the files from the street grid's own route."""
    return {
        "plan_id": grid.plan_id,
        "plan": grid.plan,
        "files": sorted(grid.files, reverse=True),
        "sentences": list(grid.sentences),
        "findings": [finding_json(finding) for finding in grid.findings],
    }


def offers_json(refused: InputRefused) -> dict[str, Any] | None:
    """A refusal with ways to read the coordinates rightly; None where nothing is offered."""
    codes = dict.fromkeys(finding.offer for finding in refused.findings if finding.offer)
    offers = [{"code": code, "title": Reading.of(code).title} for code in codes]
    return {"problem": problem_of(refused), "offers": offers} if offers else None


def list_json(file: str, seen: LookedAt) -> dict[str, Any]:
    """How a list was placed: counts, reasons, spellings that wait. No row of it."""
    frame = seen.placed.frame
    others = frame[frame["state"] == "none"].groupby("why").size()
    spellings = seen.spellings.head(SPELLINGS_SHOWN)
    return {
        "file": file,
        "sheet": seen.table.sheet,
        "columns": [{"part": _part(part), "head": head} for part, head in seen.table.columns.items()],
        "rows": len(frame),
        "counts": seen.placed.counts(),
        "interpolated": int(frame["interpolated"].sum()),
        "reasons": [
            {"why": str(why), "rows": int(rows)}
            for why, rows in sorted(others.items(), key=lambda one: (-one[1], one[0]))
        ],
        "spellings": spellings.to_dict("records"),
        "more": len(seen.spellings) - len(spellings),
    }


def _part(part: str) -> str:
    words = {
        "street": _("Straße"), "number": _("Hausnummer"), "suffix": _("Zusatz"), "postcode": _("Postleitzahl"),
        "town": _("Ort"),
    }  # fmt: skip
    return words[part]
