"""Keys and codes at adoption, as a planner would check them: one line per case."""

from dataclasses import replace

import pytest

from plan_edits import AGS, WHEN, areas_of, blocks, keys_of, move, plain_plan
from sozialraum.delineation import Decision, Edit, split_codes
from sozialraum.plans import deciding, drafts
from sozialraum.plans.moved import area_sets

ROLE = {"role": "Planung", "when": WHEN}


def split(area: str, letters: str, code: str, rest: str = "", into: str = f"{AGS}~1") -> Edit:
    return Edit("split", area=area, into=into, blocks=blocks(letters), code=code, rest_code=rest, **ROLE)


def merge(area: str, into: str) -> Edit:
    return Edit("merge", area=area, into=into, **ROLE)


# The plan before: area 1 = ABCD (key 01), 2 = EFGH (02), 3 = IJKL (03).
ADOPTIONS = [
    # what the experts did, areas afterwards (code: blocks), keys afterwards (code: key)
    ("nothing", [], {"1": "ABCD", "2": "EFGH", "3": "IJKL"}, {"1": "01", "2": "02", "3": "03"}),
    (
        "3 is split: the codes show where both come from, both keys are new",
        [split(f"{AGS}-03", "KL", "3b", "3a")],
        {"1": "ABCD", "2": "EFGH", "3a": "IJ", "3b": "KL"},
        {"1": "01", "2": "02", "3a": "03a", "3b": "03b"},
    ),
    (
        "a block moves: two areas have other blocks, so two keys are new; people still say 1 and 2",
        [move(f"{AGS}-01", "E")],
        {"1": "ABCDE", "2": "FGH", "3": "IJKL"},
        {"1": "04", "2": "05", "3": "03"},
    ),
    (
        "a block moves there and back: nothing has changed",
        [move(f"{AGS}-01", "E"), move(f"{AGS}-02", "E")],
        {"1": "ABCD", "2": "EFGH", "3": "IJKL"},
        {"1": "01", "2": "02", "3": "03"},
    ),
    (
        "split and merged again: key, code and name as before",
        [split(f"{AGS}-03", "KL", "3b", "3a"), merge(f"{AGS}~1", f"{AGS}-03")],
        {"1": "ABCD", "2": "EFGH", "3": "IJKL"},
        {"1": "01", "2": "02", "3": "03"},
    ),
    (
        "2 and 3 are merged: a new key",
        [merge(f"{AGS}-03", f"{AGS}-02")],
        {"1": "ABCD", "2": "EFGHIJKL"},
        {"1": "01", "2": "04"},
    ),
    (
        "another code alone is no other area: the key stays",
        [Edit("rekey", area=f"{AGS}-03", code="12", **ROLE)],
        {"1": "ABCD", "2": "EFGH", "12": "IJKL"},
        {"1": "01", "2": "02", "12": "03"},
    ),
]


def adopted(edits, base=None, used=(), meaning=None, **fields):
    base = base or deciding.decide(plain_plan(), {AGS: Decision("Rat", "2026-02-03")})
    draft = drafts.begin(base, AGS, title="Fassung 1", role="Planung", when=WHEN)
    for edit in edits:
        draft = drafts.add(draft, edit)
    ballot = deciding.Ballot(replace(draft, status="submitted"), base, Decision("Rat", "2026-03-31"), "Planung")
    known = meaning if meaning is not None else area_sets(base)
    return deciding.adopt([ballot], base, used={AGS: set(used)}, meaning=known, when=WHEN, **fields)


@pytest.mark.parametrize(("case", "edits", "areas", "keys"), ADOPTIONS, ids=[row[0] for row in ADOPTIONS])
def test_an_area_with_the_same_blocks_keeps_its_key_and_every_other_gets_a_new_one(case, edits, areas, keys):
    plan, _former = adopted(edits)
    assert areas_of(plan) == areas
    assert keys_of(plan) == keys


def test_a_key_that_any_plan_ever_had_is_not_given_again():
    """A proposal that was put aside had an area 3a; the council's 3a gets another key."""
    plan, _former = adopted([split(f"{AGS}-03", "KL", "3b", "3a")], used=[f"{AGS}-03a", f"{AGS}-07"])
    assert keys_of(plan) == {"1": "01", "2": "02", "3a": "08", "3b": "03b"}


def test_going_back_to_an_earlier_cut_gives_no_key_a_second_meaning():
    """1 and 2 exchange a block and get it back: the old blocks, but the keys of then are over."""
    first = deciding.decide(plain_plan(), {AGS: Decision("Rat", "2026-02-03")})
    second, _former = adopted([move(f"{AGS}-01", "E")], base=first)
    known = {**area_sets(first), **area_sets(second)}
    back, _former = adopted([move(f"{AGS}-05", "E")], base=second, used=known, meaning=known)
    assert areas_of(back) == {"1": "ABCD", "2": "EFGH", "3": "IJKL"}
    assert keys_of(back) == {"1": "06", "2": "07", "3": "03"}


CODES = [
    # code that is split, codes in use, codes of both parts
    ("3", ["1", "2", "3"], ("3a", "3b")),
    ("3a", ["3a", "3b"], ("3c", "3d")),
    ("3b", ["3a", "3b", "3c"], ("3d", "3e")),
    ("10", ["1", "10"], ("10a", "10b")),
]


@pytest.mark.parametrize(("code", "used", "parts"), CODES)
def test_codes_show_lineage(code, used, parts):
    assert split_codes(code, used) == parts


STATUSES = [
    # status of the plan before, decided before, municipalities decided now, new status, status of the former plan
    ("proposal", [], ["a", "b"], "adopted", "proposal"),
    ("proposal", [], ["a"], "in_revision", "proposal"),
    ("in_revision", ["b"], ["a"], "adopted", "superseded"),
    ("adopted", ["a", "b"], ["a"], "adopted", "superseded"),
]


@pytest.mark.parametrize(("before", "decided", "now", "after", "former"), STATUSES)
def test_a_plan_is_adopted_when_every_municipality_has_decided(before, decided, now, after, former):
    towns = {"a": "05999004", "b": "05999008"}
    base = two_towns(before, [towns[name] for name in decided])
    ballots = [
        deciding.Ballot(
            replace(drafts.begin(base, towns[name], title="F", role="P", when=WHEN), status="submitted"),
            base,
            Decision("Rat", "2026-03-31"),
            "P",
        )
        for name in now
    ]
    plan, old = deciding.adopt(ballots, base, used={}, meaning={}, when=WHEN)
    assert (plan.status, old.status) == (after, former)
    assert (plan.valid_from, old.valid_to) == ("2026-03-31", "" if former == "proposal" else "2026-03-31")
    assert set(plan.decisions) == {towns[name] for name in {*decided, *now}}


def two_towns(status, decided):
    plan = plain_plan(status=status)
    areas = plan.areas.assign(municipality=["05999004", "05999004", "05999008"])
    areas["area_id"] = ["05999004-01", "05999004-02", "05999008-01"]
    assignment = plan.assignment.replace("05999004-03", "05999008-01")
    return plan.with_(
        assignment=assignment, areas=areas, status=status,
        decisions={ags: Decision("Rat", "2026-02-03") for ags in decided}, valid_from="2026-02-03",
    )  # fmt: skip


def test_the_decision_stands_in_the_plan_and_in_its_history():
    plan, former = adopted([split(f"{AGS}-03", "KL", "3b", "3a")])
    assert plan.decisions[AGS] == Decision("Rat", "2026-03-31")
    assert [(edit.kind, edit.body, edit.decided_on) for edit in plan.edits] == [
        ("split", "", ""), ("adopt", "Rat", "2026-03-31"),
    ]  # fmt: skip
    assert plan.title == "Beschlossener Plan vom 31.03.2026"
    assert plan.parent == former.plan_id


def test_a_new_proposal_that_numbers_from_one_again_gives_no_key_a_second_meaning():
    """Its area 2 (EFGHI) is not what the council knows as 02 (EFGH); its area 1 is the 01 of before."""
    decided = deciding.decide(plain_plan(), {AGS: Decision("Rat", "2026-02-03")})
    proposal = plain_plan("AAAABBBBBCCC", title="Neuer Vorschlag")
    known = area_sets(decided)
    plan, _former = adopted([], base=proposal, used=known, meaning=known)
    assert areas_of(plan) == {"1": "ABCD", "2": "EFGHI", "3": "JKL"}
    assert keys_of(plan) == {"1": "01", "2": "04", "3": "05"}
