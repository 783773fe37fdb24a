"""The agreed plan as a gate of PAKET: each state with its words, who is kept out of the review, and who never is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.databases import TestDatabases
from tests.planning.conftest import KELURAHAN, actor
from tests.planning.test_gates import PAKET as MONEY
from tests.planning.test_gates import PAPERS, a_poor_home
from tests.planning.test_masterplans import adopted
from tests.planning.test_plans import PLENTY, make
from tests.planning.test_proposals import a_draft
from tests.planning.test_review import NAMES, decision, verified
from webgis.planning.effects.preview import preview
from webgis.planning.errors import Conflict
from webgis.planning.judging import gates, pjm
from webgis.planning.judging.desk import Desk
from webgis.planning.judging.gates import Gate
from webgis.planning.judging.pjm import Agreed
from webgis.planning.ranking.ranking import rank_kelurahan
from webgis.planning.review import review_queue, transitions
from webgis.planning.review.review_checklist import decide
from webgis.planning.sentences.messages import gate_message, message
from webgis.settings import database_url
from webgis.store.database import Database

PAKET = {"paket": 60, "apbd": 40}
ENOUGH = {"paket": [60_000_000] * 3, **PLENTY}
NOW = Agreed("p", dt.date(2026, 11, 3), dt.datetime.now().year, frozenset({"in"}))
OVER = replace(NOW, last_year=NOW.last_year - 1)


def only(found: tuple[Gate, ...]) -> Gate:
    (gate,) = found
    return gate


@pytest.mark.parametrize(
    ("name", "state", "agreed", "passed", "words"),
    [
        ("in", "draft", NOW, True, ("", "")),
        ("in", "under_review", NOW, True, ("", "")),
        ("out", "draft", NOW, None, ("rencana (PJM) yang ditetapkan 3 November 2026", "adopted on 3 Nov")),
        ("out", "verified", NOW, None, ("sebelum ditinjau", "before the review")),
        ("out", "under_review", NOW, False, ("tidak ada dalam rencana", "not in the plan")),
        ("out", "under_review", None, None, ("belum ada rencana (PJM)", "no plan (PJM) has been adopted")),
        ("out", "under_review", OVER, None, (f"berakhir {OVER.last_year}", f"ended in {OVER.last_year}")),
    ],
)  # fmt: skip
def test_each_state_has_its_words(
    name: str, state: str, agreed: Agreed | None, passed: bool | None, words: tuple[str, str]
) -> None:
    gate = only(pjm.of_work(name, PAKET, True, state, agreed))
    assert (gate.name, gate.passed) == ("in_pjm", passed)
    for lang, says in zip(("id", "en"), words, strict=True):
        told = gate_message(gate, lang)
        assert says in told and bool(told) == (passed is not True)


def test_it_is_asked_of_paket_works_that_are_not_decided() -> None:
    assert pjm.of_work("out", {"apbd": 5}, False, "draft", NOW) == ()
    for state in ("approved", "funded", "under_construction", "completed"):
        assert pjm.of_work("out", PAKET, True, state, NOW) == (), "decided is decided"
    assert only(pjm.of_work("out", {"paket": 5}, False, "draft", NOW)).passed is None
    assert only(pjm.of_work("out", {}, True, "draft", NOW)).passed is None


def test_a_city_may_only_want_to_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = gates.table()
    for rule, states in (("ask", [None, None]), ("must", [None, False]), ("", [])):
        paket = {**whole["funds"]["paket"], "pjm": rule}
        monkeypatch.setattr(gates, "table", lambda paket=paket: {**whole, "funds": {"paket": paket}})
        found = [
            gate.passed
            for due in (False, True)
            for gate in pjm.of_work("out", PAKET, True, "verified", NOW, due=due)
        ]
        assert found == states


@pytest.fixture(scope="module")
def agreed(test_databases: TestDatabases, desk: Desk) -> tuple[str, tuple[Any, Any]]:
    """Two verified PAKET works; the BKM adopted a plan that builds the first of them and not the second."""
    url = test_databases.new("sample")
    db = Database(database_url(url), pool_size=1)
    given = {"work_type": "rain_tank", "geometry": a_poor_home(db), "cost": 100_000_000, "readiness": PAPERS}
    first, second = (
        verified(db, title=title, funding=MONEY, **given) for title in ("Masuk PJM", "Di luar PJM")
    )
    plan = make(db, desk, budget=ENOUGH, must=[first.id], not_now=[second.id])
    assert first.id in {work["id"] for work in plan["schedule"]}
    adopted(db, plan)
    db.dispose()
    return url, (first, second)


@pytest.fixture
def db(agreed: tuple[str, Any], test_databases: TestDatabases) -> Iterator[Database]:
    """A database of its own in which that has happened."""
    url = test_databases.copy(agreed[0])
    found = Database(database_url(url), pool_size=1)
    yield found
    found.dispose()
    test_databases.drop(url)


@pytest.fixture
def two(agreed: tuple[str, tuple[Any, Any]]) -> tuple[Any, Any]:
    """The work that the plan builds, and the one it leaves out."""
    return agreed[1]


def gate_of(answer: Any) -> Any:
    return {gate["name"]: gate["passed"] for gate in answer["gates"]}["in_pjm"]


def test_the_review_takes_what_stands_in_the_agreed_plan(
    db: Database, desk: Desk, two: tuple[Any, Any]
) -> None:
    first, second = two
    reviewer = actor(db, "reviewer", "99.01")
    waiting = {
        one.proposal.id: one.judged for one in review_queue.look(db, desk, reviewer, review_queue.Wish())
    }
    found = {
        work.id: next(gate.passed for gate in waiting[work.id].gates if gate.name == "in_pjm")  # type: ignore[union-attr]
        for work in two
    }
    assert found == {first.id: True, second.id: False}
    assert decide(db, reviewer, first.id, decision(first, "start_review"), NAMES).state == "under_review"
    with pytest.raises(Conflict, match="not_in_pjm") as refused:
        decide(db, reviewer, second.id, decision(second, "start_review"), NAMES)
    told = message(refused.value.code, refused.value.params, "en")
    assert "adopted on 20 November 2026" in told and "adopt one that has it" in told
    assert transitions.possible(reviewer, second) == ("start_review",), (
        "it can be mended without leaving the queue"
    )


def test_a_work_outside_the_plan_keeps_its_place_in_the_list_of_the_meeting(
    db: Database, desk: Desk, two: tuple[Any, Any]
) -> None:
    first, second = two
    planner = actor(db, "planner")
    run = rank_kelurahan(db, desk, planner, KELURAHAN)
    rows = {row["id"]: row for row in run["ranking"]}
    assert "in_pjm" in rows[second.id]["gates_unchecked"] and "in_pjm" not in rows[second.id]["gates_failed"]
    assert "in_pjm" not in rows[first.id]["gates_unchecked"]
    assert run["agreed_plan"]
    next_plan = make(db, desk, budget=ENOUGH, must=[second.id])
    assert second.id in {work["id"] for work in next_plan["schedule"]}, "so it may come into the next plan"


def test_under_review_it_fails_when_the_next_plan_leaves_it_out(
    db: Database, desk: Desk, two: tuple[Any, Any]
) -> None:
    first, _ = two
    reviewer = actor(db, "reviewer", "99.01")
    decide(db, reviewer, first.id, decision(first, "start_review"), NAMES)
    before = rank_kelurahan(db, desk, actor(db, "planner"), KELURAHAN, keep=False)
    adopted(db, make(db, desk, budget=ENOUGH, not_now=[first.id]))
    after = rank_kelurahan(db, desk, actor(db, "planner"), KELURAHAN, keep=False)
    failed = [
        "in_pjm" in next(row["gates_failed"] for row in run["ranking"] if row["id"] == first.id)
        for run in (before, after)
    ]
    assert failed == [False, True], "a plan adopted since is seen at once"
    assert before["agreed_plan"] != after["agreed_plan"]


def test_a_draft_is_looked_up_by_the_proposal_it_replaces(
    db: Database, desk: Desk, two: tuple[Any, Any]
) -> None:
    draft = a_draft(db, is_paket=True, funding={"paket": 1_000_000, "apbd": 500_000})
    planner = actor(db, "planner")
    assert gate_of(preview(db, desk, planner, draft, proposal_id=two[0].id)) is True
    assert gate_of(preview(db, desk, planner, draft)) is None
