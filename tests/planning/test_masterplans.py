"""Adopting a plan: the meeting's record, who may, what the public reads, and that the last decision counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tests.planning.conftest import KELURAHAN, Planned, actor
from tests.planning.test_plans import LITTLE, make
from tests.planning.test_spatial_plan import spot
from webgis.planning.access import PUBLIC
from webgis.planning.catalogues.vocabulary import PRIVATE_SITE
from webgis.planning.errors import BadDocument, NotAllowed, SignInNeeded
from webgis.planning.judging.desk import Desk
from webgis.planning.meetings import Meeting
from webgis.planning.plans import masterplans
from webgis.planning.plans.masterplans import Masterplan
from webgis.planning.proposals import proposals
from webgis.planning.proposals.drafts import ProposalDraft
from webgis.store.database import Database

MEETING = Meeting(dt.date(2026, 11, 20), "Balai RW 05", 31, 28)


def adopted(db: Database, plan: dict[str, Any], role: str = "planner") -> Masterplan:
    return masterplans.adopt_plan(db, actor(db, role), plan["id"], MEETING, "Disepakati bulat.")


def test_everybody_reads_what_a_meeting_adopted(planned: Planned) -> None:
    db, plan = planned.db, planned.little
    assert masterplans.masterplan(db, KELURAHAN) is None
    adopted(db, plan)
    read = masterplans.masterplan(db, KELURAHAN)
    assert read is not None
    assert (read.place, read.men, read.women, read.note) == ("Balai RW 05", 31, 28, "Disepakati bulat.")
    assert read.years == (2027, 2028, 2029)
    told = {
        item.id: item for item in proposals.list_proposals(db, PUBLIC, kelurahan=KELURAHAN, limit=1000).items
    }
    assert {work.id for work in read.works} == {work["id"] for work in plan["schedule"]} & set(told)
    assert {work.id for work in read.waiting} == {work["id"] for work in plan["left_out"]} & set(told)
    for work in read.works:
        assert work.title == told[work.id].title
        assert sum(work.funding.values()) == work.cost
    assert not any(told[work.id].work_type in PRIVATE_SITE and told[work.id].volume < 5 for work in read.all)


def test_money_left_over_does_not_tell_of_a_work_that_is_not_told(planned: Planned, desk: Desk) -> None:
    db = planned.db
    planner = actor(db, "planner")
    assert any(entry.admission for entry in adopted(db, planned.little).waiting)
    house = ProposalDraft(
        "Rumah Bu Ani", "house_repair", spot(db, "R-2"), volume=3, readiness={"land": "certificate"}
    )
    made = proposals.create_proposal(db, planner, house)
    told = adopted(db, make(db, desk, budget=LITTLE, must=[made.id]))
    assert told.of(made.id) is None
    assert told.waiting
    assert not any(entry.admission for entry in told.waiting)


def test_the_last_decision_counts(planned: Planned) -> None:
    db, first, second = planned.db, planned.usual, planned.plenty
    adopted(db, first)
    assert adopted(db, second, "admin").plan_id == second["id"]
    again = masterplans.masterplan(db, KELURAHAN)
    assert again is not None
    assert again.plan_id == second["id"]


def test_a_decision_needs_its_meeting_and_the_right(planned: Planned) -> None:
    db, plan = planned.db, planned.plenty
    with pytest.raises(BadDocument) as caught:
        masterplans.adopt_plan(db, actor(db, "planner"), plan["id"], Meeting())
    assert {problem.pointer for problem in caught.value.problems} == {"/met_on", "/place", "/men"}
    late = replace(MEETING, met_on=dt.date.today() + dt.timedelta(days=30), men=-1)
    with pytest.raises(BadDocument) as caught:
        masterplans.adopt_plan(db, actor(db, "planner"), plan["id"], late)
    assert {problem.code for problem in caught.value.problems} == {
        "meeting_date_invalid",
        "attendance_invalid",
    }
    for role in ("facilitator", "reviewer"):
        with pytest.raises(NotAllowed):
            masterplans.adopt_plan(db, actor(db, role), plan["id"], MEETING)
    with pytest.raises(SignInNeeded):
        masterplans.adopt_plan(db, PUBLIC, plan["id"], MEETING)
    assert masterplans.masterplan(db, KELURAHAN) is None


def test_a_plan_that_breaks_its_pins_is_not_adopted(planned: Planned, desk: Desk) -> None:
    db, ids = planned.db, [work["id"] for work in planned.plenty["schedule"]]
    broken = make(db, desk, budget={"blm": [20_000_000] * 3}, must=ids)
    with pytest.raises(BadDocument, match="plan_in_conflict"):
        adopted(db, broken)
