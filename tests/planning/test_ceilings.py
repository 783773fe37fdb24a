"""Ceilings of a fund and the partner office: what keeps a PAKET work out, what is only marked, what a plan may have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from tests.planning.conftest import KELURAHAN, NEXT_DOOR, actor
from tests.planning.small_city import city, work
from tests.planning.test_gates import PAKET, PAPERS, a_poor_home, told
from webgis.planning.errors import BadDocument
from webgis.planning.judging import ceilings, gates
from webgis.planning.judging.ceilings import Bound
from webgis.planning.judging.desk import Desk
from webgis.planning.judging.scoring import Judged
from webgis.planning.plans.plan_wish import PlanWish, checked
from webgis.planning.plans.plans import make_plan, start_plan
from webgis.planning.proposals import proposals
from webgis.planning.ranking.ranking import rank_kelurahan
from webgis.planning.sentences.messages import gate_message, message
from webgis.store.database import Database

PLACE = city(0, 1, 2)
Enter = Callable[..., None]


@pytest.fixture
def enter(monkeypatch: pytest.MonkeyPatch) -> Enter:
    """Enter rules of PAKET as a city does in gates.toml."""
    whole = gates.table()

    def entered(**rules: Any) -> None:
        paket = {**whole["funds"]["paket"], **rules}
        monkeypatch.setattr(gates, "table", lambda: {**whole, "funds": {"paket": paket}})

    return entered


def asking(name: str, rupiah: int, state: str = "submitted") -> Judged:
    made = work(PLACE, name, 0, 100)
    return replace(made, work=replace(made.work, funding={"paket": rupiah}), state=state)


def verdict(mine: Judged, *others: Judged, in_city: int = 0) -> tuple[bool | None, str]:
    (gate,) = ceilings.of_work(mine, others, {"paket": in_city})
    return gate.passed, gate_message(gate, "en")


def test_without_an_amount_it_is_said_that_none_was_entered() -> None:
    passed, says = verdict(asking("a", 10))
    assert (passed, "no ceiling has been entered" in says) == (None, True)
    assert ceilings.of_work(asking("a", 0), (), {}) == (), "who asks for nothing is not asked"


def test_one_work_and_all_of_a_bkm_stay_below(enter: Enter) -> None:
    enter(most_per_work=60, most_per_bkm=100)
    assert verdict(asking("a", 60)) == (True, "")
    passed, says = verdict(asking("a", 61))
    assert (passed, "at most Rp 60 for one proposal" in says) == (False, True)
    given = asking("b", 50, "approved")
    assert verdict(asking("a", 50), given, asking("c", 50, "verified"))[0] is True, "asked for is not given"
    passed, says = verdict(asking("a", 51), given)
    assert (passed, "Rp 50 is approved already" in says) == (False, True)
    assert verdict(given, asking("b", 99, "funded"), asking("c", 99, "completed"))[0] is True, (
        "decided is decided"
    )


def test_all_of_a_city_stay_within_its_pool(enter: Enter) -> None:
    enter(city_pool=1_000)
    assert verdict(asking("a", 60), in_city=940)[0] is True
    passed, says = verdict(asking("a", 61), in_city=940)
    assert (passed, "pool of the city is Rp 1,000, and Rp 940 is approved already" in says) == (False, True)
    assert verdict(asking("a", 61, "approved"), in_city=1_000)[0] is True, "decided is decided"


def test_what_other_kelurahan_were_given_counts_in_the_pool(db: Database, enter: Enter) -> None:
    given = "update proposal set state = 'approved', funding = '{\"paket\": 700}' where id = (select id from proposal "
    with db.transaction() as session:
        session.execute(text("update proposal set funding = funding - 'paket'"))
        for kelurahan in (KELURAHAN, NEXT_DOOR):
            session.execute(text(given + "where kelurahan = :k order by id limit 1)"), {"k": kelurahan})
        assert ceilings.given_in_city(session, KELURAHAN) == {}, "without a pool nobody asks"
        enter(city_pool=2_000, most_per_bkm=1_000)
        assert ceilings.given_in_city(session, KELURAHAN)["paket"] == 1_400
        everything = ceilings.of_plan(session, KELURAHAN, ("draft", "approved"))["paket"]
        without = ceilings.of_plan(session, KELURAHAN, ("draft",))["paket"]
    assert [(b.code, b.given, b.room) for b in everything] == [
        ("budget_above_ceiling", 0, 1_000), ("budget_above_pool", 700, 1_300),
    ], "what the plan chooses from is paid from its own budget"  # fmt: skip
    assert [(b.given, b.room) for b in without] == [(700, 300), (1_400, 600)]


def test_the_ranking_leaves_out_what_passes_the_ceiling(db: Database, desk: Desk, enter: Enter) -> None:
    planner = actor(db, "planner")
    before = rank_kelurahan(db, desk, planner, "99.01.01.1001", keep=False)["ranking"]
    asks = {
        row["id"]
        for row in before
        if proposals.get_proposal(db, planner, row["id"]).funding.get("paket", 0) > 1
    }
    assert asks
    enter(most_per_work=1)
    desk = Desk(desk.facts, desk.judge)  # another process, with the new settings
    after = rank_kelurahan(db, desk, planner, "99.01.01.1001", keep=False)["ranking"]
    failed = {row["id"] for row in after if "fund_ceiling" in row["gates_failed"]}
    assert failed == asks
    assert all(row["rank"] is None for row in after if row["id"] in failed)


def test_a_paket_work_names_its_office(shared_db: Database, desk: Desk, enter: Enter) -> None:
    def funds(**papers: Any) -> dict[str, Any]:
        answer = told(
            shared_db, desk, work_type="rain_tank", geometry=a_poor_home(shared_db), cost=100_000_000,
            funding=PAKET, readiness=PAPERS | papers, is_paket=True,
        )  # fmt: skip
        return next(item for item in answer["gates"] if item["name"] == "funds")

    named = funds(office="Dinas PUPR, bidang Cipta Karya, kegiatan 1.03.05")
    assert (named["passed"], named["message"]) == (True, "")
    silent = funds()
    assert (silent["passed"], "partner office" in silent["message"]) == (None, True)
    enter(office="must")
    desk = Desk(desk.facts, type(desk.judge)())
    answer = told(
        shared_db, desk, work_type="rain_tank", geometry=a_poor_home(shared_db), cost=100_000_000, funding=PAKET,
        readiness=PAPERS | {"office": "  "}, is_paket=True,
    )  # fmt: skip
    assert next(item["passed"] for item in answer["gates"] if item["name"] == "funds") is False
    with pytest.raises(BadDocument, match="office_not_text"):
        funds(office=True)
    with pytest.raises(BadDocument, match="text_too_long"):
        funds(office="x" * 201)


def test_a_plan_has_no_more_of_a_fund_than_its_bkm_may_get(enter: Enter) -> None:
    enter(most_per_bkm=100)
    wish = PlanWish("99", {"paket": [40, 40, 20]})
    today, bounds = dt.date(2026, 11, 25), {"paket": [Bound("budget_above_ceiling", 130, 30)]}
    assert checked(wish, today, bounds).budget == wish.budget
    with pytest.raises(BadDocument, match="budget_above_ceiling") as caught:
        checked(replace(wish, budget={"paket": [40, 40, 21]}), today, bounds)
    (problem,) = caught.value.problems
    assert problem.pointer == "/budget/paket"
    says = message(problem.code, problem.params, "en")
    assert "at most Rp 130" in says and "Rp 30 is given" in says and "at most Rp 100." in says


def test_money_given_before_is_no_money_for_a_plan(db: Database, desk: Desk, enter: Enter) -> None:
    planner = actor(db, "planner")
    with db.transaction() as session:
        session.execute(text("update proposal set funding = funding - 'paket'"))
        session.execute(
            text("""
                update proposal set state = 'funded', funding = '{"paket": 60000000}'
                where id = (select id from proposal where kelurahan = :k and state = 'draft' order by id limit 1)
            """),
            {"k": KELURAHAN},
        )
    enter(most_per_bkm=100_000_000)
    wish = PlanWish(KELURAHAN, {"paket": [20_000_000, 20_000_001]}, first_year=2027)
    for ask in (lambda: make_plan(db, desk, planner, wish), lambda: start_plan(db, planner, wish)):
        with pytest.raises(BadDocument, match="budget_above_ceiling") as caught:
            ask()
        assert caught.value.problems[0].params["room"] == 40_000_000
    start_plan(db, planner, replace(wish, budget={"paket": [20_000_000, 20_000_000]}))
