"""Which works a plan takes is an answer, too: with weights and pins of their own officials could weigh two works
against each other until they knew whom each serves, household by household (decisions 17 and 49)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import text

from tests.databases import DATA_DIR
from tests.planning.conftest import KELURAHAN, actor
from webgis.planning.access import Actor
from webgis.planning.judging import works
from webgis.planning.judging.desk import Desk, Scene, open_desk, open_scene
from webgis.planning.judging.household_counts import fives
from webgis.planning.judging.scoring import Judged
from webgis.planning.plans import plan_studies, plans
from webgis.planning.plans.plan_wish import PlanWish
from webgis.settings import database_url
from webgis.store.database import Database, household_scope

COUNTED = {"poor_served": 1.0}
OF_ROW = """
    select id::text from household where split_part(rt, '-', 1) = :kelurahan order by id offset :row limit 1
"""
"""The household that the facts of a kelurahan have in some row (`store.facts.homes`)."""
COPIED = """
    insert into household (rt, members, geom, source)
    select rt, members, geom, source from household, generate_series(1, :more) where id = cast(:id as uuid)
"""


@pytest.fixture
def db(new_database: Callable[..., str]) -> Iterator[Database]:
    found = Database(database_url(new_database("sample")), owner=True, pool_size=1)
    yield found
    found.dispose()


def scene(db: Database, desk: Desk) -> Scene:
    with db.transaction() as session, household_scope(session, KELURAHAN):
        return open_scene(session, desk, KELURAHAN, PlanWish(KELURAHAN, {}).states, exactly=True)


def pair(found: Scene) -> tuple[Judged, Judged]:
    """Two works of a type, of which the first serves fewer, and would with a few more be told like the second."""
    fit = [
        item for item in found.works if all(gate.passed is not False for gate in found.gates[item.work.id])
    ]
    return next(
        (less, more)
        for less, more in permutations(fit, 2)
        if less.work.type.key == more.work.type.key
        and less.work.type.decay == "binary"
        and less.effect.served < fives(more.effect.served)
        and round(more.effect.served) % 5 < 4
        and works.capacity(less.work) > more.effect.served + 1
    )


def asked(found: Scene, one: Judged, other: Judged) -> PlanWish:
    """Money for one of two works, by nothing but the households served."""
    rest = [item.work.id for item in found.works if item.work.id not in (one.work.id, other.work.id)]
    money = max(one.work.cost, other.work.cost)
    return PlanWish(
        KELURAHAN, {"blm": [money] * 3}, first_year=2027, weights=COUNTED, not_now=rest,
        exclusive=[[one.work.id, other.work.id]], related=False,
    )  # fmt: skip


def served(db: Database, desk: Desk, one: Judged, other: Judged, wanted: int) -> None:
    """Let households come where one work serves them and the other does not, until it serves so many."""
    now = {item.work.id: item.effect for item in scene(db, desk).works}
    row = min(now[one.work.id].homes - now[other.work.id].homes)
    with db.transaction(reason="uji") as session, household_scope(session, "*"):
        there = session.execute(text(OF_ROW), {"kelurahan": KELURAHAN, "row": row}).scalar_one()
        session.execute(text(COPIED), {"id": there, "more": wanted - round(now[one.work.id].served)})
    then = {item.work.id: item.effect.served for item in scene(db, desk).works}
    assert (round(then[one.work.id]), then[other.work.id]) == (wanted, now[other.work.id].served)


def chosen(db: Database, desk: Desk, who: Actor, wish: PlanWish) -> list[dict[str, Any]]:
    plan = plans.make_plan(db, desk, who, wish)
    return [{name: work[name] for name in ("id", "served")} for work in plan["schedule"]]


def test_households_that_fives_do_not_tell_change_no_choice_of_an_official(db: Database) -> None:
    desk = open_desk(DATA_DIR)
    planner, city = actor(db, "planner"), actor(db, "city", "99.01")
    first = scene(db, desk)
    less, more = pair(first)
    wish, many = asked(first, less, more), round(more.effect.served)
    served(db, desk, less, more, fives(many))
    [whole], told = chosen(db, desk, planner, wish), chosen(db, desk, city, wish)
    assert whole["id"] == more.work.id and told[0]["served"] == fives(many)
    served(db, desk, less, more, many + 1)
    [now] = chosen(db, desk, planner, wish)
    assert now["id"] == less.work.id, (
        "by whole counts the choice turns, and so tells of the families that came"
    )
    assert chosen(db, desk, city, wish) == told


def test_what_officials_ask_a_plan_is_answered_by_fives(db: Database) -> None:
    desk = open_desk(DATA_DIR)
    city = actor(db, "city", "99.01")
    plan = plans.make_plan(db, desk, city, PlanWish(KELURAHAN, {"blm": [200_000_000] * 3}, first_year=2027))
    assert plan["schedule"] and {(work["served"] or 0) % 5 for work in plan["schedule"]} == {0}
    plan_studies.study_plan(db, desk, city, plan["id"], "balance")
    with db.transaction() as session, household_scope(session, "*"):
        assert session.execute(text("select count(*) from counted")).scalar_one() == 0, (
            "no whole count was made"
        )
    by_planner = plans.get_plan(db, actor(db, "planner"), plan["id"])
    assert by_planner["schedule"] == plan["schedule"], "who knows more reads such a plan as it was made"
