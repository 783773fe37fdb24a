"""Plans on the sample city: money and pins hold, nobody counts twice, a plan repeats, a job can be stopped early."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.planning.conftest import KELURAHAN, NEXT_DOOR, Planned, actor
from tests.planning.test_proposals import a_draft
from webgis.planning.access import PUBLIC
from webgis.planning.errors import BadDocument, NotAllowed, NotFound, SignInNeeded
from webgis.planning.judging.desk import Desk, open_desk
from webgis.planning.plans import plan_jobs, plans
from webgis.planning.plans.plan_wish import PlanWish
from webgis.planning.proposals import proposals
from webgis.planning.ranking.ranking import rank_kelurahan
from webgis.store import plans as table
from webgis.store.database import Database

MONEY = {"blm": [150_000_000, 100_000_000, 100_000_000], "apbd": [50_000_000] * 3}
PLENTY = {"blm": [300_000_000] * 3, "apbd": [200_000_000] * 3}
"""Money for every work: a plan comes at once, since what takes its time is to say what the works left out would need.
For tests that are about something else."""
LITTLE = {"blm": [90_000_000, 0, 0]}
"""Money for some works in the first year: much is left out and explained soon, as nothing can move between years."""


def wish(**more: Any) -> PlanWish:
    return PlanWish(**{"kelurahan": KELURAHAN, "budget": MONEY, "first_year": 2027} | more)


def make(db: Database, desk: Desk, **more: Any) -> dict[str, Any]:
    return plans.make_plan(db, desk, actor(db, "planner"), wish(**more))


def test_a_plan_spends_what_there_is_and_explains_the_rest(planned: Planned, desk: Desk) -> None:
    db, plan = planned.db, planned.usual
    assert plan["feasible"]
    assert plan["gap"] <= 0.001
    assert plan["greedy"] <= plan["objective"] + 1e-9 <= plan["bound"] + 2e-9
    for fund, money in plan["money"].items():
        spent = [0] * 3
        for work in plan["schedule"]:
            spent[work["year"] - 1] += work["funding"].get(fund, 0)
        assert spent == money["used"]
        assert all(used <= budget for used, budget in zip(spent, money["budget"], strict=True))
    for work in plan["schedule"]:
        assert sum(work["funding"].values()) == work["cost"]
    ranked = rank_kelurahan(db, desk, actor(db, "planner"), KELURAHAN, keep=False)["ranking"]
    built = {work["id"] for work in plan["schedule"]}
    out = {work["id"]: work for work in plan["left_out"]}
    assert built.isdisjoint(out)
    assert built | set(out) == {row["id"] for row in ranked}
    for work in out.values():
        assert work["reason"] in {
            "gate", "no_fund", "year_window", "no_money", "predecessor", "exclusive", "already_served", "serves_nobody",
            "price",
        }  # fmt: skip
    people = plan["households"]
    assert people["reached_before"] <= people["reached"] <= people["total"]
    assert sum(rw["total"] for rw in people["by_rw"]) <= people["total"]
    assert plan["slum"]["contribution"] > 0
    before, after = (sum(plan["slum"][key].values()) for key in ("hectares_before", "hectares"))
    assert before == pytest.approx(after, abs=1e-3)
    for area in plan["slum"]["areas"]:
        assert area["total"] <= area["total_before"]


def test_a_plan_is_kept_and_repeats_to_the_byte(planned: Planned, desk: Desk) -> None:
    db, first = planned.db, planned.usual
    again = plans.make_plan(db, open_desk(desk.facts._data_dir), actor(db, "planner"), wish())
    listed = plans.list_plans(db, actor(db, "city", "99.01"), KELURAHAN)
    made = [plan["id"] for plan in (again, planned.plenty, planned.little, first)]
    assert [row["id"] for row in listed] == made
    assert first.pop("id") != again.pop("id")
    assert json.dumps(first, sort_keys=True) == json.dumps(again, sort_keys=True)
    kept = plans.get_plan(db, actor(db, "facilitator", "99.01"), made[0])
    kept.pop("id")
    assert json.loads(json.dumps(again)) == kept


def test_pins_and_order_hold(planned: Planned, desk: Desk) -> None:
    db, free = planned.db, planned.usual
    dropped = next(work for work in free["left_out"] if work["reason"] == "price")["id"]
    first, second = (work["id"] for work in free["schedule"][:2])
    pinned = make(db, desk, must=[dropped], not_now=[first], earliest={second: 3})
    years = {work["id"]: work["year"] for work in pinned["schedule"]}
    assert dropped in years
    assert first not in years
    assert years.get(second, 3) == 3
    assert pinned["objective"] <= free["objective"] + 1e-9
    entry = next(work for work in pinned["left_out"] if work["id"] == first)
    assert (entry["reason"], entry["admission"]) == ("not_now", None)
    in_second = make(
        db, desk, budget=PLENTY, must=[dropped], earliest={dropped: 2}, latest={dropped: 2, second: 1}
    )
    years = {work["id"]: work["year"] for work in in_second["schedule"]}
    assert (years[dropped], years.get(second, 1)) == (2, 1)
    assert in_second["latest"] == {dropped: 2, second: 1}
    chained = make(db, desk, budget=PLENTY, precedence=[[first, second]], not_now=[first])
    left = {work["id"]: work for work in chained["left_out"]}
    assert left[second]["reason"] == "predecessor"
    assert left[second]["because"] == [first]


def test_what_hangs_together_by_rule_is_kept_unless_the_meeting_says_otherwise(
    planned: Planned, desk: Desk
) -> None:
    db = planned.db
    planner = actor(db, "planner")
    twin = proposals.get_proposal(db, planner, planned.plenty["schedule"][0]["id"])
    copy = replace(
        a_draft(db), work_type=twin.work_type, geometry=twin.geometry, volume=twin.volume, cost=twin.cost,
        title="Kembaran", readiness={"land": "certificate"},
    )  # fmt: skip
    made = proposals.create_proposal(db, planner, copy)
    plan = make(db, desk, budget=PLENTY, must=[made.id])
    left = {work["id"]: work for work in plan["left_out"]}
    assert plan["feasible"]
    assert (left[twin.id]["reason"], left[twin.id]["because"]) == ("exclusive", [made.id])
    both = make(db, desk, budget=PLENTY, must=[made.id, twin.id], related=False)
    assert both["feasible"]
    torn = make(db, desk, budget=PLENTY, must=[made.id, twin.id])
    assert set(torn["conflict"]["must"]) == {made.id, twin.id}


def test_more_money_never_does_less(db: Database, desk: Desk) -> None:
    values = [
        make(db, desk, budget={"blm": [rupiah, 0, 0]})["objective"]
        for rupiah in (0, 100_000_000, 300_000_000)
    ]
    assert values[0] >= 0
    assert values == sorted(values)


def test_pins_beyond_the_money_are_named(planned: Planned, desk: Desk) -> None:
    ids = [work["id"] for work in planned.plenty["schedule"]]
    plan = make(planned.db, desk, budget={"blm": [20_000_000] * 3}, must=ids)
    assert not plan["feasible"]
    assert plan["conflict"]["must"]
    assert set(plan["conflict"]["must"]) <= set(ids)


def test_what_is_wrong_with_a_wish_is_said_at_once(shared_db: Database, desk: Desk) -> None:
    planner = actor(shared_db, "planner")
    bad = wish(
        budget={"gold": [1, 2, 3], "blm": [1, 2], "apbd": [1, -2, 3]}, must=["a"], not_now=["a"], earliest={"b": 9},
        rw_share={"*": 2.0}, pillar_share={"beauty": 0.5, "social": 0.7, "economy": 0.7}, states=["dreamt"],
        name="x" * 201,
    )  # fmt: skip
    with pytest.raises(BadDocument) as caught:
        plans.start_plan(shared_db, planner, bad)
    assert {problem.code for problem in caught.value.problems} == {
        "unknown_fund", "budget_years", "budget_out_of_range", "pinned_twice", "plan_year", "share_out_of_range",
        "unknown_pillar", "pillar_shares_above_one", "unknown_state", "text_too_long",
    }  # fmt: skip
    with pytest.raises(BadDocument, match="not_in_plan"):
        plans.make_plan(shared_db, desk, planner, wish(must=["7d3f0a68-0000-4000-8000-000000000000"]))
    with pytest.raises(BadDocument, match="no_region"):
        plans.make_plan(shared_db, desk, planner, wish(rw_share={"99.99": 0.5}))


def test_an_order_that_goes_round_is_refused_by_the_titles_of_its_works(
    shared_db: Database, desk: Desk
) -> None:
    planner = actor(shared_db, "planner")
    ranked = rank_kelurahan(shared_db, desk, planner, KELURAHAN, keep=False)["ranking"]
    a, b = (row["id"] for row in ranked[:2])
    one, two = (proposals.get_proposal(shared_db, planner, given).title for given in sorted([a, b]))
    with pytest.raises(BadDocument, match="precedence_circle") as caught:
        plans.start_plan(shared_db, planner, wish(precedence=[[a, b], [b, a]]))
    assert caught.value.problems[0].params == {"circle": f"{one} → {two} → {one}"}
    with pytest.raises(BadDocument, match="precedence_circle"):
        plans.make_plan(shared_db, desk, planner, wish(precedence=[[a, a]]))


def test_plans_are_for_those_with_the_right(shared_db: Database, desk: Desk) -> None:
    with pytest.raises(SignInNeeded):
        plans.start_plan(shared_db, PUBLIC, wish())
    with pytest.raises(NotAllowed):
        plans.start_plan(shared_db, actor(shared_db, "reviewer", "99.01"), wish())
    with pytest.raises(NotAllowed):
        plans.start_plan(shared_db, actor(shared_db, "planner"), wish(kelurahan=NEXT_DOOR))
    with pytest.raises(NotFound):
        plans.get_plan(shared_db, actor(shared_db, "planner"), "nonsense")


def test_a_job_that_is_told_to_stop_ends_with_a_plan(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    job = plans.start_plan(db, planner, wish())
    assert plan_jobs.stop_job(db, planner, job.id).stopping
    plans.run_plan(db, desk, job.id)
    ended = plans.watched(db, planner, job.id)
    assert ended.state == "done"
    assert ended.result is not None
    assert ended.result["schedule"]
    assert not ended.result["finished"]
    assert ended.result["gap"] > 0
    with pytest.raises(NotFound):
        plan_jobs.stop_job(db, actor(db, "facilitator"), job.id)


def test_what_is_not_there_is_refused_at_once_with_its_place(shared_db: Database) -> None:
    nobody = "7d3f0a68-0000-4000-8000-000000000000"
    for more, pointers in (
        (
            {"must": [nobody], "precedence": [[nobody, nobody + "1"]]},
            ["/must/0", "/precedence/0/0", "/precedence/0/1"],
        ),
        ({"rw_share": {"99.99": 0.5}}, ["/rw_share/99.99"]),
        ({"based_on": nobody}, ["/based_on"]),
    ):
        with pytest.raises(BadDocument) as caught:
            plans.start_plan(shared_db, actor(shared_db, "planner"), wish(**more))
        assert [problem.pointer for problem in caught.value.problems] == pointers


def test_a_pin_withdrawn_meanwhile_fails_the_job_with_its_code(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    pinned = proposals.create_proposal(db, planner, a_draft(db))
    job = plans.start_plan(db, planner, wish(must=[pinned.id]))
    proposals.delete_proposal(db, planner, pinned.id, pinned.version)
    with pytest.raises(BadDocument):
        plans.run_plan(db, desk, job.id)
    ended = plans.watched(db, planner, job.id)
    assert (ended.state, ended.message) == ("failed", "not_in_plan")
    with db.transaction() as session:
        assert table.select(session, KELURAHAN, 5) == []
