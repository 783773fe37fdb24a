"""Plans in which what is built earlier counts for longer: of the sample city, and of a small one by hand."""

from __future__ import annotations

from typing import Any

import pytest

from gis_core.portfolio import benefit
from tests.planning.conftest import actor
from tests.planning.small_city import POINTS, city, task, work
from tests.planning.test_plan_studies import asked, never, quiet
from tests.planning.test_plans import LITTLE, make, wish
from webgis.planning.errors import BadDocument
from webgis.planning.judging import scoring
from webgis.planning.judging.desk import Desk
from webgis.planning.plans import plan_studies, plans
from webgis.planning.plans.plan_problem import Task
from webgis.store.database import Database


def schedule_of(made: Task, plan: dict[str, Any]) -> benefit.Schedule:
    years = {one["id"]: one["year"] - 1 for one in plan["schedule"]}
    return tuple(years.get(item.work.id) for item in made.works)


def test_no_plan_serves_families_for_more_years_than_the_one_that_aims_at_it(
    db: Database, desk: Desk
) -> None:
    money = {"blm": [90_000_000, 60_000_000, 0]}
    counted, plain = (make(db, desk, budget=money, benefit_years=delta) for delta in (0.9, None))
    asked_for = wish(budget=money, benefit_years=0.9)
    _, made = plans.open_task(db, desk, asked_for, scoring.criteria(None), exactly=True)
    for plan, worth in ((counted, counted["objective"]), (plain, None)):
        found = benefit.value(made.problem, schedule_of(made, plan))
        assert worth is None or found == pytest.approx(worth)
        assert found <= counted["objective"] * (1 + counted["gap"]) + 1e-6
    assert (counted["benefit_years"], plain["benefit_years"]) == (0.9, None)


def test_what_is_all_built_at_once_is_worth_itself_in_each_year_whoever_reads_it(
    db: Database, desk: Desk
) -> None:
    plain = make(db, desk, budget=LITTLE)
    first = {work["id"]: 1 for work in (*plain["schedule"], *plain["left_out"])}
    for reader in (actor(db, "planner"), actor(db, "city", "99.01")):
        plain, counted = (
            plans.make_plan(db, desk, reader, wish(budget=LITTLE, latest=first, benefit_years=delta))
            for delta in (None, 1.0)
        )
        assert [work["id"] for work in counted["schedule"]] == [work["id"] for work in plain["schedule"]]
        assert counted["objective"] == pytest.approx(3 * plain["objective"])


@pytest.mark.parametrize("delta", [0, -1, 1.01])
def test_a_year_that_counts_for_nothing_or_for_more_than_the_one_before_is_refused(
    db: Database, desk: Desk, delta: float
) -> None:
    with pytest.raises(BadDocument) as error:
        make(db, desk, benefit_years=delta)
    assert [(p.pointer, p.code) for p in error.value.problems] == [
        ("/benefit_years", "benefit_years_out_of_range")
    ]


SMALL = city(0, 1, 2, 50, 51)


def test_the_sweep_says_in_which_year_each_plan_builds_and_a_pin_adds_nothing() -> None:
    """Three families for two years and two for one, one of the works a must."""
    works = [work(SMALL, "two", 50, 4, reach=10.0), work(SMALL, "three", 1, 4, reach=10.0)]
    counted = asked(budget={"blm": [4, 4]}, benefit_years=1.0, must=["two"])
    made = task(SMALL, works, counted)
    points = plan_studies.budgets(made, counted, quiet, never)["points"]
    own = next(point for point in points if point["factor"] == 1)
    assert (own["works"], own["years"]) == (["two", "three"], [2, 1])
    assert own["objective"] == pytest.approx(POINTS * (2 * 3 + 2))
    assert own["bound"] == pytest.approx(own["objective"], abs=0.01)
