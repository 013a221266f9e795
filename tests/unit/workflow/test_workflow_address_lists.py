"""A list while a planner decides on it, the groups of a waiting register, and taking one over."""

from __future__ import annotations

import pandas as pd
import pytest

from address_town import address_town, all_doors, doors, write_register
from sozialraum.base import Interrupted, Silent, UsageError
from sozialraum.deliveries.held_files import held_file
from sozialraum.workflow import address_groups, address_lists, address_taking
from sozialraum.workflow import addresses_updating as updating
from sozialraum.workflow.address_lists import Wishes
from street_grid_town import area

LIST = "Straße;Nr.;PLZ\nSidlerweg;1;52499\nSidlerweg;2;52499\nBahnweeg;1;52499\nAltweg;4b;52499\nDorfweg;3;52499\n"


@pytest.fixture
def project(tmp_path):
    with address_town(tmp_path / "p") as found:
        yield found


def look(project, wishes=Wishes(), **more):
    return address_lists.look_at_list(project, held_file("liste.csv", LIST.encode()), wishes, Silent(), **more)


def key_of(seen, written):
    return seen.spellings.set_index("written")["key"][f"{written}, 52499"]


def test_rows_of_one_spelling_are_one_thing_to_decide(project):
    seen = look(project)
    assert seen.spellings[["written", "rows"]].values.tolist() == [
        ["Sidlerweg, 52499", 2], ["Altweg, 52499", 1], ["Bahnweeg, 52499", 1],
    ]  # fmt: skip
    assert key_of(look(project), "Bahnweeg") == key_of(seen, "Bahnweeg")


def test_confirmed_rows_are_sure_and_refused_ones_lie_nowhere(project):
    seen = look(project)
    wishes = Wishes(False, frozenset({key_of(seen, "Altweg")}), frozenset({key_of(seen, "Sidlerweg")}))
    frame = look(project, wishes).placed.frame
    assert frame["state"].tolist() == ["none", "none", "likely", "exact", "exact"]
    assert frame["block_id"].iloc[:2].tolist() == ["", ""]
    assert frame["x"].iloc[:2].isna().all()
    assert frame["why"].iloc[3].endswith("Von Ihnen bestätigt.")
    assert project.street_aliases().empty


def test_only_what_is_learnt_holds_for_the_next_list(project):
    seen = look(project)
    wishes = Wishes(False, frozenset({key_of(seen, "Sidlerweg"), key_of(seen, "Altweg")}))
    look(project, wishes, learn=True)
    assert project.street_aliases()["written"].tolist() == ["sidlerweg"]
    assert look(project).placed.frame["state"].tolist() == ["exact", "exact", "likely", "likely", "exact"]


@pytest.fixture
def changes(project, tmp_path):
    rows = [row for row in all_doors() if row[0] != "Altweg"] + doors("Anne-Frank-Weg", "A")
    return updating.begin_update(project, write_register(tmp_path / "neu.gpkg", rows))[0]


def test_decisions_and_areas_stand_beside_the_changes(project, changes):
    ids = changes.rows["change_id"].tolist()
    updating.decide_changes(project, ids[:2], "accept", changes=changes)
    updating.decide_changes(project, ids[2:3], "accept", area_id=area("B"), changes=changes)
    updating.decide_changes(project, ids[3:4], "reject", changes=changes)
    rows = address_groups.decided_rows(changes, updating.decisions(project), project.plan())
    assert rows["area_id"].tolist() == [area("A")] * 2 + [area("B")] + [area("A")] * 7
    assert rows["chosen"].tolist() == [False, False, True] + [False] * 7
    (group,) = address_groups.groups_of(rows)
    assert (group.addresses, group.open, group.accepted, group.rejected) == (10, 6, 3, 1)
    assert group.areas == (area("A"), area("B"))
    assert address_groups.accept_clear(project, changes, "new") == 0
    assert address_groups.accept_clear(project, changes, "renamed") == 6


def test_a_group_that_is_not_there_is_refused(changes):
    with pytest.raises(UsageError, match="gibt es nicht"):
        address_groups.group_rows(changes.rows, "new|nowhere")


class Stopping(Silent):
    """A person who stops once the register is taken over."""

    def __init__(self):
        self.stages = 0

    def stage(self, text):
        self.stages += 1
        if self.stages == 2:
            raise Interrupted("stopped")


def test_who_stops_after_taking_over_still_learns_what_was_done(project, changes):
    address_groups.accept_clear(project, changes)
    said, grid = address_taking.take_register(project, Stopping())
    assert "10 Adressen mit neuem Straßennamen." in said
    assert set(grid.files) == {"zu.csv", "ra.csv"}
    assert pd.Series(project.addresses()["street"]).eq("Anne-Frank-Weg").sum() == 10


def test_a_register_is_the_first_only_once(project, tmp_path):
    with pytest.raises(UsageError, match="schon ein Adressregister"):
        address_taking.first_register(project, write_register(tmp_path / "neu.gpkg", all_doors()))
