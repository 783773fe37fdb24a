"""The PAKET review: who reads and decides, what waits since when, what is told of people, and what a decision keeps."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from tests.planning.conftest import KELURAHAN, NEXT_DOOR, actor
from tests.planning.test_proposals import a_draft
from webgis.planning.access import PUBLIC
from webgis.planning.errors import BadDocument, Conflict, NotAllowed, NotFound, SignInNeeded, StaleVersion
from webgis.planning.judging.desk import Desk
from webgis.planning.proposals import proposals
from webgis.planning.proposals.proposals import ProposalView
from webgis.planning.review import review_checklist, review_queue, transitions
from webgis.planning.review.paket_score import paket_rules
from webgis.planning.review.review_changes import differences, since_return
from webgis.planning.review.review_checklist import ITEMS, Answer, Decision, decide
from webgis.planning.review.review_compare import APPROVED, compare
from webgis.planning.review.review_facts import cost_per_household, people, price, shares
from webgis.planning.review.review_queue import GROUPS, Wish
from webgis.planning.review.review_table import HEADINGS, sums, workbook
from webgis.store.database import Database

CITY = "99.01"
NAMES = {item: item.upper() for item in ITEMS}
YES = {item: Answer("yes") for item in ITEMS}


def verified(db: Database, **changes: object) -> ProposalView:
    """A PAKET work that a facilitator has just verified."""
    given = {"title": "Drainase PAKET", "is_paket": True, "funding": {"paket": 1_000_000, "apbd": 500_000}}
    made = proposals.create_proposal(db, actor(db, "planner"), a_draft(db, **(given | changes)))
    transitions.transition(db, actor(db, "planner"), made.id, "submit")
    return transitions.transition(db, actor(db, "facilitator"), made.id, "verify", "Berkas menyusul.")


def decision(work: ProposalView, action: str, reason: str = "", **answers: Answer) -> Decision:
    return Decision(action, reason, answers, work.version)


@pytest.mark.parametrize(
    ("role", "reads", "decides"),
    [
        ("planner", False, False), ("facilitator", True, False), ("reviewer", True, True), ("city", True, False),
        ("partner", False, False), ("admin", True, True),
    ],
)  # fmt: skip
def test_who_reads_and_who_decides(db: Database, role: str, reads: bool, decides: bool) -> None:
    somebody = actor(db, role, CITY)
    work = verified(db)
    if reads:
        assert work.id in {entry.proposal.id for entry in review_queue.queue(db, somebody)}
    else:
        with pytest.raises(NotAllowed):
            review_queue.queue(db, somebody)
    if decides:
        assert decide(db, somebody, work.id, decision(work, "start_review"), NAMES).state == "under_review"
    else:
        with pytest.raises(NotAllowed):
            decide(db, somebody, work.id, decision(work, "start_review"), NAMES)


def test_a_reviewer_reads_the_region_of_the_role_and_no_other(db: Database, desk: Desk) -> None:
    work = verified(db)
    elsewhere = actor(db, "reviewer", NEXT_DOOR)
    assert {entry.proposal.kelurahan for entry in review_queue.queue(db, elsewhere)} == {NEXT_DOOR}
    with pytest.raises(NotAllowed):
        review_queue.find(db, desk, elsewhere, work.id)
    with pytest.raises(NotAllowed):
        decide(db, elsewhere, work.id, decision(work, "start_review"), NAMES)
    with pytest.raises(SignInNeeded):
        review_queue.queue(db, PUBLIC)


def test_the_queue_is_every_paket_work_of_its_states_longest_waiting_first(
    shared_db: Database, desk: Desk
) -> None:
    reviewer = actor(shared_db, "reviewer", CITY)
    with shared_db.transaction() as session:
        stored = {
            row.id: row.state
            for row in session.execute(text("select id::text, state from proposal where is_paket"))
        }
    for group, states in GROUPS.items():
        found = review_queue.look(shared_db, desk, reviewer, Wish(group))
        wanted = {key for key, state in stored.items() if state in states}
        assert {entry.proposal.id for entry in found} == wanted
        assert [entry.since for entry in found] == sorted(entry.since for entry in found)
        assert all((entry.decided is None) == (group != "decided") for entry in found)
    by_score = [
        entry.judged.score
        for entry in review_queue.look(shared_db, desk, reviewer, Wish(sort="score"))
        if entry.judged
    ]
    assert by_score == sorted(by_score, reverse=True) and len(by_score) > 3


def test_filters_take_part_of_the_queue_and_leave_the_places_alone(shared_db: Database, desk: Desk) -> None:
    reviewer = actor(shared_db, "reviewer", CITY)
    everything = {e.proposal.id: e for e in review_queue.look(shared_db, desk, reviewer, Wish())}
    complete = review_queue.look(shared_db, desk, reviewer, Wish(complete=True))
    assert 0 < len(complete) < len(everything)
    assert not any(entry.papers for entry in complete)
    here = review_queue.look(shared_db, desk, reviewer, Wish(kelurahan=NEXT_DOOR))
    assert here
    assert {entry.proposal.kelurahan for entry in here} == {NEXT_DOOR}
    assert all(entry.judged == everything[entry.proposal.id].judged for entry in here)
    one = here[0].proposal.work_type
    typed = review_queue.look(shared_db, desk, reviewer, Wish(work_type=one))
    assert {entry.proposal.work_type for entry in typed} == {one}


def test_a_work_on_disputed_land_fails_a_gate_and_has_no_place(db: Database, desk: Desk) -> None:
    work = verified(db, readiness={"land": "disputed"})
    entry = review_queue.find(db, desk, actor(db, "reviewer", CITY), work.id)
    assert entry.judged
    assert "land_dispute" in {gate.name for gate in entry.judged.failed}
    assert entry.judged.rank is None


def test_a_work_drawn_twice_is_marked_and_waits_since_it_was_verified(db: Database, desk: Desk) -> None:
    first, second = verified(db), verified(db, title="Drainase PAKET lagi")
    reviewer = actor(db, "reviewer", CITY)
    entry = review_queue.find(db, desk, reviewer, second.id)
    assert entry.judged
    assert first.id in {one["id"] for one in entry.judged.overlaps}
    assert (entry.days, entry.came_back, entry.decided) == (0, False, None)
    owner = Database(db.url.render_as_string(hide_password=False), owner=True, pool_size=1)
    with owner.transaction() as session:
        session.execute(
            text("update review set at = at - interval '40 days' where proposal_id = cast(:id as uuid)"),
            {"id": second.id},
        )
    again = review_queue.find(db, desk, reviewer, second.id)
    assert (again.days, again.overdue) == (40, True)


def test_works_that_are_no_paket_are_not_reviewed_here(db: Database, desk: Desk) -> None:
    made = proposals.create_proposal(db, actor(db, "planner"), a_draft(db))
    with pytest.raises(NotFound):
        review_queue.find(db, desk, actor(db, "reviewer", CITY), made.id)


def test_only_those_who_see_households_get_counts(shared_db: Database, desk: Desk) -> None:
    queues = {
        role: review_queue.look(shared_db, desk, actor(shared_db, role, CITY), Wish())
        for role in ("reviewer", "city", "facilitator")
    }
    exact = {e.proposal.id: e.judged.served for e in queues["facilitator"] if e.judged}
    assert all(served.exact for served in exact.values())
    for role in ("reviewer", "city"):
        for entry in queues[role]:
            assert entry.judged
            served, count = entry.judged.served, exact[entry.proposal.id].least
            assert not served.exact
            assert served.least <= count and (served.most is None or count <= served.most)


@pytest.mark.parametrize(
    ("count", "least", "most"),
    [
        (0, 0, 4),
        (4.4, 0, 4),
        (5, 5, 9),
        (9.4, 5, 9),
        (10, 10, 19),
        (49, 20, 49),
        (50, 50, None),
        (800, 50, None),
    ],
)
def test_bands_and_what_a_household_costs_by_them(count: float, least: int, most: int | None) -> None:
    band = people(count, exactly=False)
    assert (band.least, band.most) == (least, most)
    cost = cost_per_household(100_000_000, band)
    if least == 0:
        assert cost is None
    else:
        assert cost == (round(100_000_000 / most) if most else 0, round(100_000_000 / least))
    exact = people(count, exactly=True)
    assert exact.exact and exact.least == round(count)


def test_shares_name_what_the_others_must_pay() -> None:
    fair = shares(100, {"paket": 60, "apbd": 30, "swadaya": 10})
    assert (fair.grant, fair.others, fair.needed, fair.missing, fair.enough) == (60, 40, 30, 0, True)
    assert not shares(100, {"paket": 80, "apbd": 20}).enough
    assert not shares(100, {"paket": 60, "apbd": 30}).enough, "10 have no fund"
    assert not shares(100, {"apbd": 100}).enough, "no grant is asked for"
    assert shares(100, {"paket": 33, "apbd": 67}).needed == 17, "rounded up"


def test_the_price_is_told_against_the_catalogue(db: Database) -> None:
    work = verified(db, cost=None, funding={})
    assert price(work).deviation == pytest.approx(0, abs=1e-3)
    dear = replace(work, cost=round(work.cost * 1.5))
    assert price(dear).deviation == pytest.approx(0.5, abs=1e-3)
    assert price(dear).doubtful and not price(work).doubtful


def test_approving_needs_every_answer_and_a_word_where_one_is_no(db: Database) -> None:
    reviewer = actor(db, "reviewer", CITY)
    work = decide(db, reviewer, (w := verified(db)).id, decision(w, "start_review"), NAMES)
    with pytest.raises(BadDocument) as refused:
        decide(db, reviewer, work.id, decision(work, "approve"), NAMES)
    assert [one.pointer for one in refused.value.problems] == [f"/checklist/{item}" for item in ITEMS]
    silent = YES | {"land": Answer("no")}
    with pytest.raises(BadDocument) as refused:
        decide(db, reviewer, work.id, decision(work, "approve", **silent), NAMES)
    assert [(one.pointer, one.code) for one in refused.value.problems] == [
        ("/checklist/land", "checklist_unexplained")
    ]
    said = YES | {"land": Answer("no", "hibah menyusul"), "overlap": Answer("not_needed")}
    done = decide(db, reviewer, work.id, decision(work, "approve", "Layak.", **said), NAMES)
    assert done.state == "approved"
    note = proposals.reviews(db, PUBLIC, work.id)[-1].note.splitlines()
    assert note[:3] == ["Layak.", "[ ] LAND: hibah menyusul", "[x] DRAWING"]
    assert note[-1] == "[-] OVERLAP"


@pytest.mark.parametrize("action", ["return", "reject"])
def test_the_checklist_does_not_pass_for_a_reason(db: Database, action: str) -> None:
    reviewer = actor(db, "reviewer", CITY)
    work = decide(db, reviewer, (w := verified(db)).id, decision(w, "start_review"), NAMES)
    with pytest.raises(BadDocument) as refused:
        decide(db, reviewer, work.id, decision(work, action, "  ", **YES), NAMES)
    assert refused.value.problems[0].code == "note_needed"
    assert proposals.get_proposal(db, reviewer, work.id).state == "under_review"
    long = decision(work, action, "x" * (review_checklist.LONGEST_REASON + 1))
    with pytest.raises(BadDocument):
        decide(db, reviewer, work.id, long, NAMES)


def test_nobody_decides_on_what_has_changed_or_twice(db: Database) -> None:
    reviewer = actor(db, "reviewer", CITY)
    work = verified(db)
    decide(db, reviewer, work.id, decision(work, "start_review"), NAMES)
    with pytest.raises(Conflict):
        decide(db, reviewer, work.id, decision(work, "start_review"), NAMES)
    with pytest.raises(StaleVersion):
        decide(db, reviewer, work.id, decision(work, "return", "Perbaiki."), NAMES)


def test_what_changed_since_the_return_is_told_field_by_field(db: Database, desk: Desk) -> None:
    planner, reviewer = actor(db, "planner"), actor(db, "reviewer", CITY)
    work = decide(db, reviewer, (w := verified(db)).id, decision(w, "start_review"), NAMES)
    assert since_return(db, reviewer, work.id) == (None, ())
    back = decide(db, reviewer, work.id, decision(work, "return", "Surat lahan kurang."), NAMES)
    draft = a_draft(
        db, title="Drainase PAKET", is_paket=True, funding={"paket": 1_000_000, "apbd": 900_000},
        readiness={"land": "signed", "drawing": True},
    )  # fmt: skip
    mended = proposals.replace_proposal(db, planner, work.id, draft, back.version)
    returned, changes = since_return(db, reviewer, work.id)
    assert returned is not None and returned <= dt.datetime.now(dt.UTC)
    assert {(c.field, c.part, c.old, c.new) for c in changes} == {
        ("funding", "apbd", 500_000, 900_000),
        ("readiness", "land", None, "signed"),
        ("readiness", "drawing", None, True),
    }
    again = replace(draft, readiness={}, funding={"paket": 1_000_000, "apbd": 500_000})
    proposals.replace_proposal(db, planner, work.id, again, mended.version)
    assert since_return(db, reviewer, work.id)[1] == (), "changed and changed back"
    transitions.transition(db, planner, work.id, "submit")
    transitions.transition(db, actor(db, "facilitator"), work.id, "verify", "Sudah lengkap.")
    assert review_queue.find(db, desk, reviewer, work.id).came_back


def test_of_a_shape_only_that_it_changed_is_told() -> None:
    told = differences([{"geom": {"old": {"type": "Point"}, "new": {"type": "LineString"}}}])
    assert [(one.field, one.old, one.new) for one in told] == [("geom", "", "")]


def test_what_a_form_fills_in_by_itself_is_no_change_but_a_promise_is() -> None:
    def told(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, Any, Any]]:
        return [
            (one.part, one.old, one.new) for one in differences([{"readiness": {"old": old, "new": new}}])
        ]

    assert told({}, {"cofunding": "none", "land": "none", "survey": False}) == []
    assert told({"cofunding": "none"}, {"cofunding": "letter"}) == [("cofunding", "none", "letter")]


def test_approved_works_of_the_type_are_compared(shared_db: Database, desk: Desk) -> None:
    reviewer = actor(shared_db, "reviewer", CITY)
    seen = 0
    for entry in review_queue.queue(shared_db, reviewer):
        found = compare(shared_db, desk, reviewer, entry.proposal)
        seen += found.count
        assert len(found.peers) == min(found.count, 3)
        for peer in found.peers:
            assert peer.proposal.work_type == entry.proposal.work_type
            assert peer.proposal.state in APPROVED
            assert peer.unit_cost == pytest.approx(peer.proposal.cost / peer.proposal.volume)
            assert (peer.served is None) == (peer.proposal.state == "completed")
            assert peer.served is None or not peer.served.exact
    assert seen > 0


def test_the_workbook_has_every_work_sums_and_no_formula(db: Database, desk: Desk) -> None:
    evil = verified(db, title='=HYPERLINK("http://evil.example","klik")')
    reviewer = actor(db, "reviewer", CITY)
    entries = review_queue.look(db, desk, reviewer, Wish())
    together = sums(entries, {"99.01.01": "Tirta Hilir"})
    assert sum(one.works for one in together) == len(entries)
    assert sum(one.cost for one in together) == sum(entry.proposal.cost for entry in entries)
    assert [one.name for one in together][:2] == ["Tirta Hilir", "99.01.02"], "an unnamed one keeps its code"
    for lang in ("id", "en"):
        with ZipFile(BytesIO(workbook(entries, together, lang))) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
            words = book.read("xl/sharedStrings.xml").decode()
            assert "<f>" not in sheet
            assert sheet.count("<row ") == len(entries) + 1
            assert all(one.names[lang == "en"] in words for one in paket_rules().criteria)
            assert HEADINGS[lang][1] in words
            assert evil.title.split("(")[0] in words
            recap = book.read("xl/worksheets/sheet2.xml").decode()
            last = recap[recap.rindex("<row ") :]
            assert re.findall(r"<v>(\d+)</v>", last)[1:] == [
                str(len(entries)),
                str(sum(entry.proposal.cost for entry in entries)),
                str(sum(entry.money.grant for entry in entries)),
                str(sum(entry.money.others for entry in entries)),
                str(max(entry.days for entry in entries)),
            ]
    assert KELURAHAN in {entry.proposal.kelurahan for entry in entries}
