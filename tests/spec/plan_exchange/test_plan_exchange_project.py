"""In a project: a plan of others waits for decisions, a divided block begins a new version, older plans stand still."""

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import geopandas.testing
import numpy as np
import pandas as pd
import pytest
import shapely
from project_world import new_project, some_reading, village_plan, write_delivery

import village
from sozialraum import deliveries, workflow
from sozialraum.base import InputRefused, UsageError
from sozialraum.delineation import Decision, Edit
from sozialraum.plans import Grouping, drafts
from sozialraum.project import Project

ROLE = "Fachstelle Sozialplanung"
WHEN = "2026-03-02T10:00:00+00:00"
A = f"{village.AGS}-A"


@pytest.fixture
def project(tmp_path: Path):  # type: ignore[no-untyped-def]
    """The village with a plan: the village (1) and the hamlet (2)."""
    with new_project(tmp_path / "p", editions=["2025-12-31"]) as opened:
        opened.save_plan(village_plan())
        yield opened


def halves(tmp_path: Path, border: float) -> Path:
    """Foreign areas west and east of a line so many metres from the left."""
    east, north = village.EAST, village.NORTH
    boxes = [
        shapely.box(east, north - 600, east + border, north),
        shapely.box(east + border, north - 600, east + 600, north),
    ]
    frame = gpd.GeoDataFrame({"nr": ["1", "2"], "name": ["West", "Ost"]}, geometry=boxes, crs="EPSG:25832")
    frame.to_file(tmp_path / "viertel.gpkg", layer="viertel")
    return tmp_path / "viertel.gpkg"


def middle_of_a() -> shapely.LineString:
    """From west to east through the middle of block A."""
    y = village.NORTH - 100
    return shapely.LineString([(village.EAST - 10, y), (village.EAST + 210, y)])


def quarter_of_a() -> shapely.LineString:
    """From west to east through the northern half of block A."""
    return shapely.transform(middle_of_a(), lambda points: np.add(points, (0, 50)))


# A plan of others


def test_nothing_changes_until_every_block_is_decided(project: Project, tmp_path: Path) -> None:
    import_id, overlay = workflow.read_foreign_plan(project, halves(tmp_path, 250))
    assert [one.block_id[-1] for one in overlay.across] == ["B", "E", "K", "h"]
    with pytest.raises(InputRefused, match="4 Bausteine liegen auf einer Grenze"):
        workflow.take_foreign_plan(project, import_id, ROLE)
    assert list(project.plans()["title"]) == ["Vorschlag"]


def test_decisions_survive_closing_the_project(project: Project, tmp_path: Path) -> None:
    import_id, _overlay = workflow.read_foreign_plan(project, halves(tmp_path, 250))
    workflow.decide_blocks(project, import_id, {f"{village.AGS}-B": "1"}, ROLE, "Schulweg")
    with Project.open(project.folder) as again:
        found = again.plan_import(import_id)
        assert [(one.block_id[-1], one.area, one.role, one.why) for one in found.choices] == [
            ("B", "1", ROLE, "Schulweg")
        ]
        assert [block[-1] for block in found.undecided] == ["E", "K", "h"]


def test_the_plan_is_taken_with_its_decisions_and_the_body_that_decided(project: Project, tmp_path: Path) -> None:
    import_id, _overlay = workflow.read_foreign_plan(project, halves(tmp_path, 250))
    workflow.decide_blocks(project, import_id, {f"{village.AGS}-B": "1"}, ROLE)
    assert workflow.decide_by_majority(project, import_id, ROLE) == 3
    plan = workflow.take_foreign_plan(project, import_id, ROLE, body="Gemeinderat", decided_on="2026-02-03")
    assert project.plan().plan_id == plan.plan_id
    assert plan.status == "adopted"
    assert plan.decisions == {village.AGS: Decision("Gemeinderat", "2026-02-03")}
    assert plan.valid_from == "2026-02-03"
    assert plan.assignment[f"{village.AGS}-B"] == plan.areas["area_id"][plan.areas["name"] == "West"].iloc[0]
    assert {one["block_id"][-1]: one["proposed"] for one in plan.parameters["adoption"]["decisions"]} == {
        "B": "2", "E": "2", "K": "2", "h": "2",
    }  # fmt: skip
    assert Project.check(project.folder) == []


def test_proposals_keep_what_was_taken_as_decided(project: Project, tmp_path: Path) -> None:
    import_id, _overlay = workflow.read_foreign_plan(project, halves(tmp_path, 200))
    plan = workflow.take_foreign_plan(project, import_id, ROLE, body="Gemeinderat", decided_on="2026-02-03")
    assert project.settings["adopted"][village.AGS]["assignment"] == plan.assignment.to_dict()


def test_keys_of_the_project_are_not_used_for_other_blocks(project: Project, tmp_path: Path) -> None:
    import_id, _overlay = workflow.read_foreign_plan(project, halves(tmp_path, 200))
    plan = workflow.take_foreign_plan(project, import_id, ROLE)
    assert set(plan.areas["area_id"]).isdisjoint(village_plan().areas["area_id"])
    assert list(plan.areas["code"]) == ["1", "2"]


REFUSED = [
    ({"role": ""}, UsageError, "Rolle"),
    ({"role": ROLE, "body": "Gemeinderat"}, InputRefused, "Beschluss"),
    ({"role": ROLE, "decided_on": "2026-02-03"}, InputRefused, "Beschluss"),
]


@pytest.mark.parametrize(("given", "error", "sentence"), REFUSED)
def test_taking_over_needs_a_role_and_a_whole_decision(project, tmp_path, given, error, sentence) -> None:  # type: ignore[no-untyped-def]
    import_id, _overlay = workflow.read_foreign_plan(project, halves(tmp_path, 200))
    with pytest.raises(error, match=sentence):
        workflow.take_foreign_plan(project, import_id, **given)
    assert list(project.plan_imports()["state"]) == ["open"]


def test_a_plan_is_taken_once(project: Project, tmp_path: Path) -> None:
    import_id, _overlay = workflow.read_foreign_plan(project, halves(tmp_path, 200))
    workflow.take_foreign_plan(project, import_id, ROLE)
    with pytest.raises(UsageError, match="nicht mehr zur Entscheidung"):
        workflow.take_foreign_plan(project, import_id, ROLE)


# Beside what was decided


@pytest.fixture
def decided(project: Project) -> Project:
    """The village's council has decided on the proposal."""
    workflow.decide_plan(project, {village.AGS: Decision("Gemeinderat", "2026-02-03")}, ROLE)
    return project


def test_a_plan_without_a_decision_stays_beside_what_was_decided(decided: Project, tmp_path: Path) -> None:
    holds = decided.plan()
    import_id, overlay = workflow.read_foreign_plan(decided, halves(tmp_path, 200))
    assert workflow.stays_beside(decided, overlay) == [village.AGS]
    plan = workflow.take_foreign_plan(decided, import_id, ROLE)
    assert (plan.status, plan.decisions) == ("proposal", {})
    assert decided.plan().plan_id == holds.plan_id
    assert workflow.plan_in_force(decided).plan_id == holds.plan_id
    assert dict(zip(decided.plans()["title"], decided.plans()["current"], strict=True)) == {
        holds.title: True, "viertel": False,
    }  # fmt: skip
    assert Project.check(decided.folder) == []


def test_a_plan_adopted_before_days_were_recorded_is_in_force_too(project: Project, tmp_path: Path) -> None:
    project.save_plan(replace(village_plan("Beschlossen"), plan_id="p-old", status="adopted"))
    import_id, _overlay = workflow.read_foreign_plan(project, halves(tmp_path, 200))
    workflow.take_foreign_plan(project, import_id, ROLE)
    assert project.plan().plan_id == workflow.plan_in_force(project).plan_id == "p-old"


def test_beside_a_proposal_it_takes_its_place(project: Project, tmp_path: Path) -> None:
    import_id, overlay = workflow.read_foreign_plan(project, halves(tmp_path, 200))
    assert workflow.stays_beside(project, overlay) == []
    plan = workflow.take_foreign_plan(project, import_id, ROLE)
    assert project.plan().plan_id == plan.plan_id


def test_a_decision_ends_the_plan_that_held(decided: Project, tmp_path: Path) -> None:
    holds = decided.plan()
    import_id, _overlay = workflow.read_foreign_plan(decided, halves(tmp_path, 200))
    plan = workflow.take_foreign_plan(decided, import_id, ROLE, body="Gemeinderat", decided_on="2026-05-05")
    assert workflow.plan_in_force(decided).plan_id == plan.plan_id
    former = decided.plan(holds.plan_id)
    assert (former.status, former.valid_to) == ("superseded", "2026-05-05")
    assert Project.check(decided.folder) == []


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("20260505", "kein Datum"), ("2026-W19-2", "kein Datum"), ("2020-01-01", "gelten seit 03.02.2026"),
     ("2999-01-01", "liegt in der Zukunft")],
)  # fmt: skip
def test_the_day_of_the_decision_is_checked_here_too(decided: Project, tmp_path: Path, day: str, sentence: str) -> None:
    import_id, _overlay = workflow.read_foreign_plan(decided, halves(tmp_path, 200))
    with pytest.raises(InputRefused) as refused:
        workflow.take_foreign_plan(decided, import_id, ROLE, body="Gemeinderat", decided_on=day)
    assert sentence in str(refused.value)
    assert len(decided.plans()) == 1


def test_stopped_in_the_middle_nothing_is_taken(project: Project, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """Plan, what proposals keep, and the state of the import are one step: stopped at its end, none of it happened."""
    from sozialraum.project import plan_imports

    import_id, _overlay = workflow.read_foreign_plan(project, halves(tmp_path, 200))
    before = project.plan().plan_id

    def stop(*_given: object) -> None:
        raise KeyboardInterrupt

    settle = plan_imports.settle
    monkeypatch.setattr(plan_imports, "settle", stop)
    with pytest.raises(KeyboardInterrupt):
        workflow.take_foreign_plan(project, import_id, ROLE, body="Gemeinderat", decided_on="2026-02-03")
    assert (project.plan().plan_id, len(project.plans())) == (before, 1)
    assert "adopted" not in project.settings
    assert project.plan_import(import_id).state == "open"

    def never(*_given: object) -> None:
        raise AssertionError("a second step after the plan was taken")

    monkeypatch.setattr(plan_imports, "settle", settle)
    monkeypatch.setattr(type(project.settings), "update", never)
    plan = workflow.take_foreign_plan(project, import_id, ROLE, body="Gemeinderat", decided_on="2026-02-03")
    assert project.settings["adopted"][village.AGS]["assignment"] == plan.assignment.to_dict()


def test_only_what_waits_is_put_aside(project: Project, tmp_path: Path) -> None:
    import_id, _overlay = workflow.read_foreign_plan(project, halves(tmp_path, 200))
    with pytest.raises(UsageError, match="gibt es nicht"):
        project.drop_plan_import("nope")
    project.drop_plan_import(import_id)
    with pytest.raises(UsageError, match="nicht mehr zur Entscheidung"):
        project.drop_plan_import(import_id)


# A block is divided


def with_daycares(project: Project, tmp_path: Path) -> None:
    """Two facilities in block A and counts by block."""
    rows = [
        (f"E{number}", name, "daycare", A, "under_6", 40.0, 40.0, "observed", f"Zeile {number}", "2025-12-31", False)
        for number, name in ((1, "Kita Linde"), (2, "Kita Ahorn"))
    ]
    facilities = pd.DataFrame(rows, columns=list(deliveries.FACILITY_COLUMNS))
    project.add_delivery(write_delivery(tmp_path), replace(some_reading(), facilities=facilities), WHEN)


def test_a_person_names_the_part_of_a_facility_and_the_share_of_a_count(project: Project, tmp_path: Path) -> None:
    from sozialraum.workflow.versions import observations_for

    with_daycares(project, tmp_path)
    assert workflow.facilities_in(project, A) == {"E2": "Kita Ahorn", "E1": "Kita Linde"}
    assert workflow.shared_counts(project)["population"] == "Einwohner"
    assert "households" in workflow.shared_counts(project)
    chosen = {"shares": {"population": 0.4, "households": 0.25}, "facilities": {"E1": f"{A}.1"}}
    record, said = workflow.divide_block(project, A, middle_of_a(), ROLE, **chosen)
    assert said[0].endswith(f"{A}.1 mit 200, {A}.2 mit 300 Einwohnern.")
    assert [text.replace("\u202f", " ") for text in said[1:]] == [
        "Anteil des nördlichen Teils, wie festgelegt: 40 %.",
        "Haushalte: 25 % im nördlichen Teil, wie festgelegt.",
        f"Kita Ahorn: in {A}.2; dort leben mehr Menschen.",
        f"Kita Linde: in {A}.1, wie festgelegt.",
    ]
    assert project.block_splits()[0].share_of("households").share == record.share_of("households").share == 0.25
    placed = observations_for(project, project.plan())[1]
    assert dict(zip(placed["facility_id"], placed["block_id"], strict=True)) == {"E1": f"{A}.1", "E2": f"{A}.2"}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"facilities": {"E9": f"{A}.1"}}, "steht nicht in Baustein"),
        ({"facilities": {"E1": "x"}}, "in keinem der beiden Teile"),
        ({"shares": {"banana": 0.5}}, "wird nicht gezählt"),
        ({"shares": {"population": 1.5}}, "zwischen 0 und 1"),
        ({"shares": {"population": float("nan")}}, "zwischen 0 und 1"),
    ],
)
def test_shares_and_places_that_cannot_be_are_refused(project: Project, tmp_path: Path, given, sentence) -> None:  # type: ignore[no-untyped-def]
    with_daycares(project, tmp_path)
    with pytest.raises(UsageError, match=sentence):
        workflow.divide_block(project, A, middle_of_a(), ROLE, **given)
    assert project.blocks_version() == 1


def test_looking_changes_nothing(project: Project) -> None:
    _record, said = workflow.divide_block(project, A, middle_of_a(), ROLE, only_look=True)
    assert said[0] == f"Baustein {A} würde geteilt: {A}.1 mit 250, {A}.2 mit 250 Einwohnern."
    assert "grobe Schätzung" in said[1]
    assert project.blocks_version() == 1


def test_the_older_plan_keeps_the_older_blocks_and_the_new_one_has_the_same_areas(project: Project) -> None:
    before, blocks = project.plan(), project.blocks()
    workflow.divide_block(project, A, middle_of_a(), ROLE)
    after = project.plan()
    assert (project.blocks_version(before), project.blocks_version(after)) == (1, 2)
    geopandas.testing.assert_geodataframe_equal(project.blocks_of(before), blocks)
    geopandas.testing.assert_geodataframe_equal(project.blocks(1), blocks)
    assert len(project.blocks()) == len(blocks) + 1
    assert project.blocks()["population"].sum() == blocks["population"].sum()
    assert after.parent == before.plan_id
    pd.testing.assert_frame_equal(after.areas, before.areas)
    pd.testing.assert_frame_equal(
        project.areas(after.plan_id).drop(columns="geometry"), project.areas(before.plan_id).drop(columns="geometry")
    )
    assert Project.check(project.folder) == []


def test_computing_for_the_older_plan_uses_the_older_blocks(project: Project) -> None:
    before = project.plan()
    workflow.divide_block(project, A, middle_of_a(), ROLE)
    project.make_current(before.plan_id)
    assert set(project.blocks()["block_id"]) == set(before.assignment.index)
    with pytest.raises(UsageError, match="gehört zu früheren Bausteinen"):
        workflow.divide_block(project, f"{village.AGS}-B", middle_of_a(), ROLE)


HELD = [
    # status, valid from; status of the plan on the former blocks afterwards
    ("adopted", "2026-01-01", "superseded"),
    ("in_revision", "2026-01-01", "in_revision"),
]


@pytest.mark.parametrize(("status", "since", "former"), HELD)
def test_what_was_decided_goes_on_on_the_new_blocks_as_if_from_the_start(project, status, since, former) -> None:  # type: ignore[no-untyped-def]
    decisions = {village.AGS: Decision("Gemeinderat", since)}
    held = replace(village_plan("Beschlossen"), status=status, valid_from=since, decisions=decisions)
    project.save_plan(replace(held, plan_id="p-held"))
    workflow.divide_block(project, A, middle_of_a(), ROLE)
    workflow.divide_block(project, f"{A}.1", quarter_of_a(), ROLE)
    after, rows = project.plan(), project.plans().set_index("plan_id")
    assert (after.status, after.valid_from, after.valid_to, after.decisions) == (status, since, "", decisions)
    assert tuple(rows.loc["p-held", ["status", "valid_from", "valid_to"]]) == (former, since, since)
    assert workflow.carried_from(project, workflow.carried_from(project, after)).plan_id == "p-held"
    assert workflow.carried_from(project, project.plan("p-held")) is None
    told = [line for line in workflow.plan_log(project, "p-held") if "p-held" in line]
    assert "auf neuere Bausteine übertragen" in told[0]
    assert Project.check(project.folder) == []


def test_a_decision_after_a_division_begins_on_its_own_day(decided: Project, tmp_path: Path) -> None:
    workflow.divide_block(decided, A, middle_of_a(), ROLE)
    carried = decided.plan()
    import_id, _overlay = workflow.read_foreign_plan(decided, halves(tmp_path, 200))
    workflow.decide_by_majority(decided, import_id, ROLE)
    plan = workflow.take_foreign_plan(decided, import_id, ROLE, body="Gemeinderat", decided_on="2026-05-05")
    ended = decided.plan(carried.plan_id)
    assert (ended.status, ended.valid_from, ended.valid_to) == ("superseded", "2026-02-03", "2026-05-05")
    assert plan.valid_from == "2026-05-05"
    assert Project.check(decided.folder) == []


def test_the_plan_computed_for_stays_the_same_whatever_drafts_rest_on(decided: Project) -> None:
    """Carrying the base of a draft onto newer blocks does not begin to compute for it."""
    first = decided.plan()
    other = first.with_(title="Neuer Beschluss", parent=first.plan_id, created=WHEN, valid_from="2026-03-01")
    decided.adopt_plan(other, former=replace(first, status="superseded", valid_to="2026-03-01"))
    for base in (other.plan_id, first.plan_id):
        workflow.begin_draft(decided, village.AGS, role=ROLE, base=base)
    workflow.divide_block(decided, A, middle_of_a(), ROLE)
    assert decided.plan().title == "Neuer Beschluss"
    assert workflow.plan_in_force(decided).plan_id == decided.plan().plan_id
    assert Project.check(decided.folder) == []


def test_a_draft_goes_on_with_the_parts(project: Project) -> None:
    plan = project.plan()
    draft = drafts.begin(plan, village.AGS, title="Fassung 1", role=ROLE, when=WHEN)
    project.save_draft(drafts.add(draft, Edit("move", area=f"{village.AGS}-02", blocks=(A,), role=ROLE, when=WHEN)))
    workflow.divide_block(project, A, middle_of_a(), ROLE)
    found = project.drafts()[0]
    assert found.base == project.plan().plan_id
    assert found.edits[0].blocks == (f"{A}.1", f"{A}.2")
    assert workflow.state_of(project, found).assignment[f"{A}.1"] == f"{village.AGS}-02"


def test_a_plan_that_ended_does_not_begin_again_on_newer_blocks(project: Project) -> None:
    """A draft may rest on a plan that ended; what carries it onto newer blocks holds at no time."""
    first = workflow.decide_plan(project, {village.AGS: Decision("Gemeinderat", "2026-02-03")}, ROLE)
    draft = workflow.begin_draft(project, village.AGS, role=ROLE, base=first.plan_id)
    ended = replace(first, status="superseded", valid_to="2026-03-01")
    project.adopt_plan(replace(first, plan_id="p-next", valid_from="2026-03-01"), former=ended)
    workflow.divide_block(project, A, middle_of_a(), ROLE)
    carried = project.plan(project.draft(draft.draft_id).base)
    assert carried.plan_id != first.plan_id
    assert (carried.valid_from, carried.valid_to) == ("", "")
    assert Project.check(project.folder) == []


def test_plans_of_two_versions_can_be_compared(project: Project) -> None:
    before = project.plan()
    workflow.divide_block(project, A, middle_of_a(), ROLE)
    after = project.plan()
    found = workflow.compare_plans(project, before.plan_id, after.plan_id)
    assert set(found.lineage["kind"]) == {"U"}
    assert found.moved.empty


def test_groupings_know_the_parts(project: Project) -> None:
    units = pd.Series({A: "Nord", f"{village.AGS}-B": "Nord"}, name="unit", dtype=object).rename_axis("block_id")
    project.save_grouping(Grouping("g1", "", "Viertel", "", "", "free", units))
    workflow.divide_block(project, A, middle_of_a(), ROLE)
    assert {f"{A}.1", f"{A}.2", A} <= set(project.groupings()[0].assignment.index)


def test_addresses_stand_in_the_part_they_lie_in(project: Project) -> None:
    from sozialraum.blocks import Places, no_buildings, no_places

    points = [shapely.Point(village.EAST + 50, village.NORTH - y) for y in (20, 40, 60, 150)]
    rows = gpd.GeoDataFrame(
        {"street": "Hauptstraße", "number": [1, 3, 5, 7], "suffix": "", "postcode": "00000", "block_id": A},
        geometry=points,
        crs="EPSG:25832",
    )
    places = Places(rows, no_buildings("EPSG:25832"), no_places("EPSG:25832"))
    project.save_layers(project.municipalities(), project.blocks(), project.lines(), places)
    record, said = workflow.divide_block(project, A, middle_of_a(), ROLE)
    assert (record.share_of("population").share, record.share_of("population").basis) == (0.75, "addresses")
    assert "nach Adressen: 75" in said[1]
    assert list(project.addresses()["block_id"]) == [f"{A}.1"] * 3 + [f"{A}.2"]


def test_counts_delivered_before_reach_the_areas_unchanged(project: Project, tmp_path: Path) -> None:
    from sozialraum.workflow.versions import observations_for

    project.add_delivery(write_delivery(tmp_path), some_reading(), WHEN)
    before = observations_for(project, project.plan())[0]
    workflow.divide_block(project, A, middle_of_a(), ROLE)
    after = observations_for(project, project.plan())[0]
    sums = [
        rows.groupby(rows["unit"].map(plan.assignment))[["low", "high"]].sum()
        for rows, plan in ((before, project.plan(village_plan().plan_id)), (after, project.plan()))
    ]
    pd.testing.assert_frame_equal(*sums)
    assert sorted(after["status"]) == sorted(before["status"])
    assert A not in set(after["unit"])


# A grouping from a table


def test_a_grouping_belongs_to_a_municipality_of_the_project(project: Project, tmp_path: Path) -> None:
    area = str(project.plan().areas["area_id"].iloc[0])
    (tmp_path / "g.csv").write_text(f"area_id;unit\n{area};N\n", encoding="utf-8")
    for make in (
        lambda: workflow.group_areas(project, {area: "N"}, title="Kreise", role=ROLE, ags="99"),
        lambda: workflow.read_grouping(project, tmp_path / "g.csv", title="Kreise", role=ROLE, ags="99"),
    ):
        with pytest.raises(UsageError, match="„99“"):
            make()
    assert project.groupings() == []


TABLES = [
    ("area_id;unit;name\n05999004-01;N;Nord\n05999004-02;S;Süd\n", {"N": 9, "S": 3}, ""),
    ("block_id;unit\n05999004-A;N\n05999004-B;N\n", {"N": 2}, ""),
    ("area_id;unit\n05999004-09;N\n", {}, "Unbekannter Schlüssel"),
    ("area_id;unit\n05999004-01;\n05999004-01;S\n", {}, "steht mehrfach"),
    ("gebiet;einheit\n1;2\n", {}, "block_id oder area_id und unit fehlen"),
]


@pytest.mark.parametrize(("text", "units", "sentence"), TABLES)
def test_a_grouping_is_read_from_a_table_or_refused_with_every_reason(project, tmp_path, text, units, sentence) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "gliederung.csv"
    file.write_text(text, encoding="utf-8")
    if sentence:
        with pytest.raises(InputRefused, match=sentence):
            workflow.read_grouping(project, file, title="Kreise", role=ROLE)
        assert project.groupings() == []
    else:
        made = workflow.read_grouping(project, file, title="Kreise", role=ROLE)
        assert made.assignment.value_counts().to_dict() == units
        assert [one.grouping_id for one in project.groupings()] == ["g1"]
