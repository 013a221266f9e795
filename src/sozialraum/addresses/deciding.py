"""Decisions on the changes of a newer register, and the register they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd

from sozialraum.addresses.changes import Changes
from sozialraum.addresses.spelling import street_key
from sozialraum.base import Finding, InputRefused, UsageError, _, plural
from sozialraum.base.numbers import count

ACCEPT, REJECT = "accept", "reject"
ALIAS_COLUMNS = ["written", "postcode", "street", "street_postcode", "municipality"]
NAMED_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided on a change.

    decision : 'accept' = as the new register says, in the proposed block or in `block_id`; 'reject' = it stays as the
    last register says: new addresses are not taken, those gone stay, renamed ones keep their name.
    """

    change_id: str
    decision: str
    block_id: str = ""


@dataclass(frozen=True)
class Applied:
    """The next register and what was done.

    addresses : contract columns, sorted. aliases : old names of renamed streets as confirmed spellings, columns
    `ALIAS_COLUMNS`. renamed : old name -> new name.
    summary : number of addresses by what was done.
    """

    addresses: gpd.GeoDataFrame
    aliases: pd.DataFrame
    renamed: Mapping[str, str]
    summary: Mapping[str, int] = field(default_factory=dict)


def decide(changes: Changes, ids: Iterable[str], decision: str, block_id: str = "") -> tuple[Decision, ...]:
    """The same decision on several changes or groups. ids : of changes or of groups.

    Raises UsageError for an unknown decision or change, and for an address without a block that is to be accepted.
    """
    if decision not in (ACCEPT, REJECT):
        raise UsageError(_("Eine Entscheidung heißt „übernehmen“ oder „lassen“."))
    wanted = set(ids)
    rows = changes.rows
    chosen = rows[rows["change_id"].isin(wanted) | rows["group_id"].isin(wanted)]
    unknown = wanted - set(rows["change_id"]) - set(rows["group_id"])
    if unknown:
        raise UsageError(_("Die Änderung „{name}“ gibt es nicht.").format(name=min(unknown)))
    without = chosen[(chosen["kind"] != "gone") & (chosen["block_id"] == "")]
    if decision == ACCEPT and not block_id and len(without):
        raise UsageError(
            _("„{address}“ liegt in keinem Baustein. Wählen Sie ein Gebiet.").format(address=_name(without.iloc[0]))
        )
    return tuple(Decision(change, decision, block_id) for change in chosen["change_id"])


def accept_certain(changes: Changes, decided: Iterable[Decision] = ()) -> tuple[Decision, ...]:
    """Accept everything that raises no doubt and is not decided yet."""
    settled = {decision.change_id for decision in decided}
    rows = changes.rows
    certain = rows[(rows["doubt"] == "") & ~rows["change_id"].isin(settled)]
    return tuple(Decision(change, ACCEPT) for change in certain["change_id"])


def still_open(changes: Changes, decided: Iterable[Decision]) -> pd.DataFrame:
    """The rows of changes nobody decided yet."""
    settled = {decision.change_id for decision in decided}
    return changes.rows[~changes.rows["change_id"].isin(settled)]


def apply_changes(changes: Changes, decided: Iterable[Decision]) -> Applied:
    """The next register: unchanged addresses keep their block, changed ones follow the decisions.

    Raises InputRefused while a change is not decided; then nothing is made.
    """
    decisions = {decision.change_id: decision for decision in decided}
    waiting = still_open(changes, decisions.values())
    if len(waiting):
        raise InputRefused(_("Das Adressregister kann noch nicht fortgeschrieben werden."), [_open_finding(waiting)])
    rows = changes.rows
    accepted = np.array([decisions[change].decision == ACCEPT for change in rows["change_id"]], dtype=bool)
    chosen = np.array([decisions[change].block_id for change in rows["change_id"]], dtype=object)
    block = np.where(chosen != "", chosen, rows["block_id"].to_numpy(dtype=object)) if len(rows) else chosen
    taken = accepted & (rows["new_position"] >= 0).to_numpy()
    stays = ~accepted & (rows["old_position"] >= 0).to_numpy()
    kept = changes.kept
    fresh = _part(changes.new, np.concatenate([kept[:, 1], rows.loc[taken, "new_position"].to_numpy()]))
    fresh["block_id"] = np.concatenate([changes.kept_blocks, block[taken]])
    before = _part(changes.last, rows.loc[stays, "old_position"].to_numpy())
    whole = pd.concat([fresh, before], ignore_index=True)
    if "street_key" in whole.columns:
        whole["street_key"] = whole["street_key"].fillna("")
    whole = whole.sort_values(["postcode", "street", "number", "suffix"], ignore_index=True, kind="stable")
    addresses = gpd.GeoDataFrame(whole, geometry="geometry", crs=changes.new.crs)
    renamed = rows[accepted & (rows["kind"] == "renamed").to_numpy()]
    return Applied(
        addresses, _aliases(renamed, addresses), _names(renamed), _summary(rows, accepted, changes.unchanged)
    )


def _part(register: gpd.GeoDataFrame, positions: np.ndarray) -> pd.DataFrame:
    frame = pd.DataFrame(register).iloc[positions.astype(np.int64)]
    return frame.rename(columns={register.geometry.name: "geometry"}).reset_index(drop=True)


def _aliases(renamed: pd.DataFrame, addresses: gpd.GeoDataFrame) -> pd.DataFrame:
    """Old names that no address there has any more: lists go on using them for years.

    For the postcode the street had, and for lists without one where no other street has or had that name.
    """
    alive = pd.DataFrame(addresses[["street", "postcode"]]).drop_duplicates()
    keys = {street_key(name) for name in alive["street"]}
    there = set(zip(alive["street"].map(street_key), alive["postcode"], strict=True))
    votes = renamed.groupby(["municipality", "old_postcode", "old_street", "street", "postcode"]).size()
    found = votes.reset_index(name="votes").sort_values("votes", ascending=False, kind="stable")
    rows = [
        (street_key(old), code, street, postcode, town)
        for town, code, old, street, postcode, _votes in found.itertuples(index=False)
        if (street_key(old), code) not in there
    ]
    frame = pd.DataFrame(rows, columns=ALIAS_COLUMNS).drop_duplicates(["written", "postcode"], ignore_index=True)
    only = frame[~frame["written"].duplicated(keep=False) & ~frame["written"].isin(keys)].assign(postcode="")
    return pd.concat([frame, only], ignore_index=True)


def carried_aliases(known: pd.DataFrame, renamed: pd.DataFrame) -> pd.DataFrame:
    """Spellings confirmed before whose street has another name now, with that name.

    known, renamed : columns `ALIAS_COLUMNS`; renamed as in `Applied.aliases`.
    """
    new = {(row[0], row[1], row[4]): row[2:4] for row in renamed.itertuples(index=False, name=None)}
    rows = []
    for written, postcode, street, code, town in known[ALIAS_COLUMNS].itertuples(index=False, name=None):
        target = new.get((street_key(street), code, town))
        if target is not None:
            rows.append((written, postcode, *target, town))
    return pd.DataFrame(rows, columns=ALIAS_COLUMNS)


def _names(renamed: pd.DataFrame) -> dict[str, str]:
    votes = renamed.groupby(["old_street", "street"]).size().reset_index(name="votes")
    votes = votes.sort_values(["votes", "street"], ascending=[False, True]).drop_duplicates("old_street")
    return dict(sorted(zip(votes["old_street"], votes["street"], strict=True)))


def _summary(rows: pd.DataFrame, accepted: np.ndarray, unchanged: int) -> dict[str, int]:
    found = rows.loc[accepted, "kind"].value_counts()
    counted = {str(kind): int(number) for kind, number in sorted(found.items())}
    return counted | {"unchanged": unchanged, "rejected": int((~accepted).sum())}


def _name(row: pd.Series) -> str:
    return f"{row['street'] or row['old_street']} {row['number'] or row['old_number']}{row['suffix']}"


def _open_finding(waiting: pd.DataFrame) -> Finding:
    names = ", ".join(_name(row) for _at, row in waiting.head(NAMED_AT_MOST).iterrows())
    text = plural("1 Änderung ist nicht entschieden: {names}.", "{count} Änderungen sind nicht entschieden: {names}.",
                  len(waiting))  # fmt: skip
    shown = names + (", …" if len(waiting) > NAMED_AT_MOST else "")
    return Finding(
        text.format(count=count(len(waiting)), names=shown),
        todo=_("Entscheiden Sie einzeln oder für alle, bei denen nichts unklar ist."),
    )
