"""Relations of the sample city in people's hands: confirm, dismiss, add one, and what gates and plans make of it."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from tests.planning.conftest import KELURAHAN, NEXT_DOOR, Planned, actor
from tests.planning.test_plans import PLENTY, make
from tests.planning.test_proposals import a_draft
from webgis.planning.access import PUBLIC, Actor
from webgis.planning.catalogues.vocabulary import OPEN_STATES
from webgis.planning.effects import relating
from webgis.planning.effects.preview import preview
from webgis.planning.effects.relating import RelatedWork, Said, judge, relations_of
from webgis.planning.errors import BadDocument, Conflict, NotAllowed, NotFound, SignInNeeded
from webgis.planning.judging.desk import Desk, open_scene
from webgis.planning.judging.verdicts import Outcome, Role
from webgis.planning.proposals import proposals
from webgis.store.database import Database


@pytest.fixture
def planner(db: Database) -> Actor:
    return actor(db, "planner")


@pytest.fixture
def pair(db: Database, desk: Desk, planner: Actor) -> tuple[str, str]:
    """A work that a plan builds, and its twin: the same drawn again."""
    drawn = a_draft(db, title="Kembaran A", readiness={"land": "certificate"})
    both = [proposals.create_proposal(db, planner, replace(drawn, title=f"Kembaran {k}")).id for k in "AB"]
    return both[0], both[1]


def say(
    db: Database, desk: Desk, who: Actor, ends: tuple[str, str], role: Role, outcome: Outcome,
    reason: str = "Sudah dicek.", version: int = 0,
) -> RelatedWork:  # fmt: skip
    """What the relation then is."""
    found = judge(db, desk, who, *ends, role, Said(outcome, reason, version))
    return next(one for one in found if one.work.id == ends[1] and one.role == role)


def of(db: Database, desk: Desk, who: Actor, ends: tuple[str, str], role: Role) -> RelatedWork | None:
    found = relations_of(db, desk, who, ends[0])
    return next((one for one in found if one.work.id == ends[1] and one.role == role), None)


def test_what_the_rule_finds_is_open_until_somebody_says_so(
    db: Database, desk: Desk, planner: Actor, pair: tuple[str, str]
) -> None:
    found = of(db, desk, planner, pair, "duplicate")
    assert found is not None
    assert (found.link.outcome, found.link.measure, found.version) == ("open", pytest.approx(1.0), 0)
    said = say(db, desk, planner, pair, "duplicate", "confirmed", reason="")
    assert said.verdict is not None
    assert (said.link.outcome, said.verdict.author, said.version) == ("confirmed", planner.name, 1)
    other_way = of(db, desk, planner, (pair[1], pair[0]), "duplicate")
    assert other_way is not None and other_way.version == 1, "one verdict, from both ends"
    with db.transaction() as session:
        query = text("select new->>'outcome', reason, account_id::text from revision where table_name = :t")
        assert session.execute(query, {"t": "proposal_relation"}).all() == [
            ("confirmed", "kaitan usulan", planner.account_id)
        ]


def test_a_dismissed_twin_needs_a_reason_and_is_no_twin_any_more(
    db: Database, desk: Desk, planner: Actor, pair: tuple[str, str]
) -> None:
    with pytest.raises(BadDocument) as caught:
        say(db, desk, planner, pair, "duplicate", "dismissed", reason=" ")
    assert [(p.pointer, p.code) for p in caught.value.problems] == [("/reason", "note_needed")]
    assert gate(db, desk, pair[0]) is None
    must = {"must": list(pair), "budget": {"blm": [10**9] * 3}}
    assert not make(db, desk, **must)["feasible"]
    say(db, desk, planner, pair, "duplicate", "dismissed")
    assert gate(db, desk, pair[0]) is True
    plan = make(db, desk, **must)
    assert plan["feasible"]
    assert [one for one in plan["relations"] if {one["first"], one["then"]} == set(pair)] == []
    last = relations_of(db, desk, planner, pair[0])[-1]
    assert (last.work.id, last.link.outcome) == (pair[1], "dismissed")
    draft = proposals.draft_of(proposals.get_proposal(db, planner, pair[0]))
    shown = preview(db, desk, planner, draft, proposal_id=pair[0])
    assert pair[1] not in {one["id"] for one in shown["relations"] if one["kind"] == "duplicate"}


def gate(db: Database, desk: Desk, wanted: str) -> bool | None:
    """How the gate of duplicates stands."""
    with db.transaction() as session:
        scene = open_scene(session, desk, KELURAHAN, OPEN_STATES, exactly=True)
    return next(one.passed for one in scene.gates[wanted] if one.name == "duplicate")


def test_an_order_that_a_person_saw_holds_in_every_plan_and_is_told(planned: Planned, desk: Desk) -> None:
    db, free = planned.db, planned.plenty
    planner = actor(db, "planner")
    then, first = (one["id"] for one in free["schedule"][:2])
    say(db, desk, planner, (then, first), "before", "confirmed", "Tanpa itu belum ada airnya.")
    plan = make(db, desk, budget=PLENTY, not_now=[first], related=False)
    left = {one["id"]: one for one in plan["left_out"]}
    assert (left[then]["reason"], left[then]["because"]) == ("predecessor", [first])
    [behind] = left[then]["relations"]
    assert (behind["kind"], behind["first"], behind["then"]) == ("dependency", first, then)
    assert behind["said"]["version"] == 1
    assert plan["relations"] == [behind]
    assert plan["data_versions"]["relations"] > free["data_versions"]["relations"]


def test_orders_that_go_round_are_refused_by_name(planned: Planned, desk: Desk) -> None:
    db, planner = planned.db, actor(planned.db, "planner")
    a, b, c = (one["id"] for one in planned.plenty["schedule"][:3])
    say(db, desk, planner, (a, b), "after", "confirmed")
    say(db, desk, planner, (b, c), "after", "confirmed")
    with pytest.raises(BadDocument) as caught:
        say(db, desk, planner, (c, a), "after", "confirmed")
    assert caught.value.code == "precedence_circle"
    assert caught.value.params["circle"].count("→") == 3
    with pytest.raises(BadDocument) as caught:
        make(db, desk, precedence=[(c, a)])
    assert caught.value.code == "precedence_circle"


def test_works_that_help_each_other_are_worth_a_tenth_of_the_lesser_more(
    planned: Planned, desk: Desk
) -> None:
    db, planner = planned.db, actor(planned.db, "planner")
    a, b = (one["id"] for one in planned.plenty["schedule"][:2])
    with pytest.raises(BadDocument):
        say(db, desk, planner, (a, b), "synergy", "confirmed", reason="")
    only = {"must": [a, b], "budget": {"blm": [10**10, 0, 0]}, "related": False}
    before = make(db, desk, **only)
    say(db, desk, planner, (b, a), "synergy", "confirmed", "Air dan jalan dikerjakan sekali gali.")
    after = make(db, desk, **only)
    asked = make(db, desk, **only, synergy=[(a, b, "Sekali gali.")])
    assert after["objective"] > before["objective"]
    assert asked["objective"] == pytest.approx(after["objective"]), "once, though the meeting says so, too"
    [used] = [one for one in after["relations"] if one["kind"] == "synergy"]
    assert ({used["first"], used["then"]}, used["bonus"]) == ({a, b}, 0.1)
    with pytest.raises(BadDocument) as caught:
        make(db, desk, synergy=[(a, a, " ")])
    assert {p.pointer for p in caught.value.problems} == {"/synergy/0", "/synergy/0/2"}


def test_what_was_said_can_be_taken_back_and_nobody_is_overrun(
    db: Database, desk: Desk, planner: Actor, pair: tuple[str, str]
) -> None:
    say(db, desk, planner, pair, "duplicate", "confirmed")
    with pytest.raises(Conflict) as caught:
        say(db, desk, actor(db, "facilitator", "99.01"), pair, "duplicate", "dismissed")
    assert (caught.value.code, caught.value.params["who"]) == ("relation_judged", planner.name)
    back = say(db, desk, planner, pair, "duplicate", "open", reason="", version=1)
    assert (back.link.outcome, back.verdict, back.version) == ("open", None, 2)
    own = say(db, desk, planner, pair, "conflict", "confirmed", "Lahannya satu.")
    assert own.link.measure is None
    judge(db, desk, planner, *pair, "conflict", Said("open", "", own.version))
    assert of(db, desk, planner, pair, "conflict") is None, "what no rule finds is gone once it is taken back"


def test_what_cannot_be_said(db: Database, desk: Desk, planner: Actor, pair: tuple[str, str]) -> None:
    def refused(error: type[Exception], ends: tuple[str, str], role: Role, outcome: Outcome) -> Any:
        with pytest.raises(error) as caught:
            say(db, desk, planner, ends, role, outcome)
        return caught.value

    assert refused(NotFound, pair, "conflict", "dismissed").code == "no_relation"
    assert refused(NotFound, pair, "before", "open").code == "no_relation"
    assert refused(BadDocument, (pair[0], pair[0]), "synergy", "confirmed").code == "group_of_one"
    assert refused(NotFound, (pair[0], "x"), "synergy", "confirmed").code == "no_proposal"
    beside = proposals.list_proposals(db, kelurahan=NEXT_DOOR, limit=1).items[0].id
    assert refused(BadDocument, (pair[0], beside), "synergy", "confirmed").code == "relation_elsewhere"
    over = proposals.list_proposals(db, kelurahan=KELURAHAN, state="completed", limit=1).items[0]
    assert refused(Conflict, (pair[0], over.id), "synergy", "confirmed").code == "relation_over"
    assert relations_of(db, desk, planner, over.id) == ()


@pytest.mark.parametrize(
    ("role", "region", "reads", "says"),
    [
        ("facilitator", "99.01", True, True), ("city", "99.01", True, True), ("reviewer", "99.01", True, False),
        ("partner", "99.01", False, False), ("planner", NEXT_DOOR, False, False),
    ],
)  # fmt: skip
def test_who_reads_and_who_says(
    shared_db: Database, desk: Desk, role: str, region: str, reads: bool, says: bool
) -> None:
    wanted = proposals.list_proposals(shared_db, kelurahan=KELURAHAN, state=OPEN_STATES, limit=2).items
    who, ends = actor(shared_db, role, region), (wanted[0].id, wanted[1].id)
    for may, error, call in (
        (reads, None, lambda: relating.relations_of(shared_db, desk, who, ends[0])),
        (says, NotFound, lambda: judge(shared_db, desk, who, *ends, "synergy", Said("open", "", 0))),
    ):
        expected = error if may else NotAllowed
        with pytest.raises(expected) if expected else nullcontext():
            call()
    with pytest.raises(SignInNeeded):
        relations_of(shared_db, desk, PUBLIC, ends[0])
