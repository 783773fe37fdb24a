"""Questions to plans: of small cities whose answers are known by hand, and kept for a plan of the sample city."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from tests.planning.conftest import KELURAHAN, actor
from tests.planning.small_city import POINTS, best, city, task, work
from tests.planning.test_plans import MONEY, PLENTY, make
from webgis.planning.access import PUBLIC
from webgis.planning.errors import BadDocument, NotAllowed, NotFound, SignInNeeded
from webgis.planning.judging import scoring
from webgis.planning.judging.desk import Desk
from webgis.planning.plans import plan_studies, plans
from webgis.planning.plans.plan_wish import PlanWish, checked
from webgis.planning.ranking import weight_sets
from webgis.planning.ranking.weight_sets import WeightSetDraft
from webgis.store.database import Database

SMALL = city(0, 1, 2, 50, 51, 100)
WORKS = [
    work(SMALL, "three", 1, 7, reach=10.0),
    work(SMALL, "two", 50, 4, reach=10.0),
    work(SMALL, "one", 100, 3, reach=10.0),
]


def quiet(_percent: int, _said: str) -> None:
    """Nobody listens."""


def never() -> bool:
    """Nobody asks it to end."""
    return False


def asked(**more: Any) -> PlanWish:
    return checked(PlanWish("99", related=False, **{"budget": {"blm": [6]}} | more), dt.date(2026, 11, 25))


def test_every_budget_of_a_sweep_buys_what_trying_every_set_finds() -> None:
    wish = asked()
    points = plan_studies.budgets(task(SMALL, WORKS, wish), wish, quiet, never)["points"]
    assert [point["factor"] for point in points] == [float(f) for f in plan_studies.BUDGETS]
    for point in points:
        homes = best(SMALL, WORKS, [point["rupiah"]], carry=False)
        assert point["objective"] == pytest.approx(POINTS * homes, abs=1e-9)
        assert point["reached"] == homes
        assert point["years"] == [1] * len(point["works"])
    assert all(a["objective"] <= b["objective"] for a, b in pairwise(points))
    assert (points[0]["works"], points[-1]["works"]) == ([], ["three", "two"])


def test_pledges_stay_whatever_the_money_and_are_not_counted() -> None:
    wish = asked()
    pledged = work(SMALL, "pledged", 1, 10, reach=10.0)
    pledged.work.funding["swadaya"] = 10  # type: ignore[index]
    points = plan_studies.budgets(task(SMALL, [pledged], wish), wish, quiet, never)["points"]
    assert (points[0]["rupiah"], points[0]["works"]) == (0, ["pledged"])


def test_a_pin_that_little_money_cannot_keep_is_marked() -> None:
    wish = asked(must=["three"], budget={"blm": [7]})
    points = plan_studies.budgets(task(SMALL, WORKS, wish), wish, quiet, never)["points"]
    assert [point["feasible"] for point in points] == [f >= 1 for f in plan_studies.BUDGETS]
    assert points[plan_studies.BUDGETS.index(Fraction(1))]["works"] == ["three"]


def test_the_core_is_in_for_all_weights_and_what_they_decide_is_discussed() -> None:
    """Money for two of three at any price: the one with most homes is always in; homes or slum reduction decide on the
    other.
    """
    three = work(SMALL, "three", 1, 4_000, reach=10.0)
    homes = work(SMALL, "homes", 50, 4_000, reach=10.0)
    mends = work(SMALL, "mends", 900, 4_000, reach=10.0)
    mends.effect.values["slum_reduction"] = 0.0024  # type: ignore[index]
    outside = work(SMALL, "outside", 901, 4_000, reach=10.0)
    wish = asked(budget={"blm": [10_600]})
    made = task(SMALL, [three, homes, mends, outside], wish)
    shares = plan_studies.core(made, scoring.criteria(None), quiet, never)["shares"]
    assert shares["three"] == 1
    assert shares["outside"] == 0
    assert shares["homes"] + shares["mends"] == pytest.approx(1)
    assert 0 < shares["mends"] < 1
    agreed = [{"id": str(k), "weights": {"slum_reduction": 0.98, "poor_served": 0.02}} for k in range(3)]
    told = plan_studies.core(made, scoring.criteria(None), quiet, never, agreed)
    assert (told["kind"], told["participants"]) == ("participants", ["0", "1", "2"])
    assert told["shares"]["mends"] == 1, "whoever was asked wants less slum first"
    divided = [*agreed[:2], {"id": "2", "weights": {"slum_reduction": 0.1, "poor_served": 0.9}}]
    parted = plan_studies.core(made, scoring.criteria(None), quiet, never, divided)["shares"]
    assert parted["homes"] == pytest.approx(1 / 3, abs=0.12)


def test_a_work_that_today_just_fits_is_in_while_prices_do_not_rise() -> None:
    """Prices fall in a quarter of the draws (a triangle from -10 % to +30 %), and all of them together."""
    one, other = (work(SMALL, name, at, 5_000, reach=10.0) for name, at in (("one", 1), ("other", 50)))
    made = task(SMALL, [one, other], asked(budget={"blm": [10_000]}))
    found = plan_studies.core(made, scoring.criteria(None), quiet, never)
    assert found["prices"] == {"low": -0.1, "high": 0.3}
    assert found["shares"]["one"] == 1
    assert found["shares"]["other"] == pytest.approx(0.25, abs=0.08)
    assert plan_studies.core(made, scoring.criteria(None), quiet, never) == found


def test_the_front_has_both_ends_and_the_place_of_the_plan() -> None:
    mends = work(SMALL, "mends", 900, 6, reach=10.0)
    mends.effect.values["slum_reduction"] = 0.004  # type: ignore[index]
    found = plan_studies.balance(task(SMALL, [*WORKS[1:], mends], asked()), ["two"], quiet, never)
    assert [(p["covered"], p["reduction"], p["works"]) for p in found["points"]] == [
        (0, 0.004, ["mends"]),
        (2, 0, ["two"]),
    ]
    assert found["plan"] == {"covered": 2, "reduction": 0}


def test_answers_are_kept_with_the_plan_and_counts_are_for_those_with_the_right(
    db: Database, desk: Desk
) -> None:
    plan = make(db, desk, budget=MONEY | {"swasta": [10_000_000] * 3})
    planner, reviewer = actor(db, "planner"), actor(db, "reviewer", "99.01")
    assert plan_studies.studies(db, planner, plan["id"]) == dict.fromkeys(plan_studies.KINDS)
    for name, points in (
        ("Ibu Sari", {"poor_served": 1}),
        ("Pak Budi", {"slum_reduction": 1}),
        ("Ibu Ani", {"land": 1}),
    ):
        draft = WeightSetDraft(KELURAHAN, name, "direct", {"points": points}, participant=name)
        weight_sets.add_weight_set(db, planner, draft)
    for kind in plan_studies.KINDS:
        plan_studies.study_plan(db, desk, planner, plan["id"], kind)
    core = plan_studies.studies(db, planner, plan["id"])["core"]
    assert core and core["kind"] == "participants" and len(core["participants"]) == 3
    kept = plan_studies.studies(db, planner, plan["id"])
    assert all(kept[kind]["same_data"] for kind in plan_studies.KINDS)  # type: ignore[index]
    budgets, balance = kept["budgets"], kept["balance"]
    assert budgets and balance
    now = budgets["points"][plan_studies.BUDGETS.index(Fraction(1))]
    assert now["objective"] == pytest.approx(plan["objective"], rel=0.002)
    assert now["rupiah"] == sum(map(sum, MONEY.values())) + 30_000_000
    told = plan_studies.studies(db, reviewer, plan["id"])["budgets"]
    assert told and all(p["reached"] is None or p["reached"] % 5 == 0 for p in told["points"])
    assert all(
        p["objective"] != q["objective"] or not p["works"]
        for p, q in zip(told["points"], budgets["points"], strict=True)
    )


def test_questions_are_for_those_who_plan(shared_db: Database, db: Database, desk: Desk) -> None:
    plan = make(db, desk, budget=PLENTY)
    with pytest.raises(BadDocument, match="unknown_study"):
        plan_studies.start_study(db, actor(db, "planner"), plan["id"], "dreams")
    with pytest.raises(SignInNeeded):
        plan_studies.start_study(db, PUBLIC, plan["id"], "core")
    with pytest.raises(NotAllowed):
        plan_studies.start_study(db, actor(db, "reviewer", "99.01"), plan["id"], "core")
    with pytest.raises(NotFound):
        plan_studies.start_study(db, actor(db, "planner"), KELURAHAN, "core")
    assert plans.list_plans(db, actor(db, "planner"), KELURAHAN)[0]["id"] == plan["id"]
