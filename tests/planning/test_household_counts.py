"""Counts of poor households for those who may not see them: rounded in plans, left out of rankings and previews."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.planning.conftest import KELURAHAN, Planned, actor
from tests.planning.test_proposals import a_draft
from webgis.planning.access import Actor
from webgis.planning.effects.preview import preview
from webgis.planning.judging.desk import Desk
from webgis.planning.judging.household_counts import OF_HOUSEHOLDS, rounded, study_in_fives
from webgis.planning.plans import plans
from webgis.planning.ranking.ranking import get_ranking, rank_kelurahan
from webgis.store.database import Database


@given(st.integers(0, 10_000))
def test_a_rounded_count_tells_no_group_below_five(count: int) -> None:
    told = rounded(count)
    assert (told is None) == (count < 5)
    if told is not None:
        assert told % 5 == 0
        assert abs(told - count) <= 2.5


@given(st.integers(0, 200))
def test_a_work_that_some_draws_choose_is_neither_core_nor_outside(draws: int) -> None:
    told = study_in_fives({"shares": {"w": draws / 200}}, lambda _point: 0.0)["shares"]["w"]
    assert (told == 0, told == 1) == (draws == 0, draws == 200)
    assert abs(told - draws / 200) < 0.1
    assert round(told * 10) == pytest.approx(told * 10), "in tenths"


def test_officials_rank_and_plan_without_counts(planned: Planned, desk: Desk) -> None:
    db = planned.db
    planner = actor(db, "planner")
    whole = rank_kelurahan(db, desk, planner, KELURAHAN)
    for role in ("reviewer", "city"):
        tells_no_count(db, desk, actor(db, role, "99.01"), whole, planned.usual)


def tells_no_count(
    db: Database, desk: Desk, official: Actor, whole: dict[str, Any], plan: dict[str, Any]
) -> None:
    """What an official reads of a ranking and a plan that a planner made."""
    told = rank_kelurahan(db, desk, official, KELURAHAN, keep=False)
    kept = get_ranking(db, official, whole["id"])
    assert {row["id"]: row["score"] for row in kept["ranking"]} == {
        row["id"]: row["score"] for row in told["ranking"]
    }
    assert {row["id"]: row["score"] for row in told["ranking"]} != {
        row["id"]: row["score"] for row in whole["ranking"]
    }
    for run in (told, get_ranking(db, official, whole["id"])):
        for row in run["ranking"]:
            assert row["served"] is None
            assert not OF_HOUSEHOLDS & set(row["values"])
    seen = plans.get_plan(db, official, plan["id"])
    counts = [work["served"] for work in seen["schedule"]]
    counts += [
        rw[name] for rw in seen["households"]["by_rw"] for name in ("total", "reached", "reached_before")
    ]
    assert all(count is None or count % 5 == 0 for count in counts)
    assert None in counts
    assert {work["loss"] for work in seen["kept"]} | {work["regret"] for work in seen["left_out"]} == {None}
    assert {work["reduced"] for work in seen["left_out"]} == {None}


def test_a_preview_is_no_oracle_for_those_without_the_right(db: Database, desk: Desk) -> None:
    draft = a_draft(db)
    whole = preview(db, desk, actor(db, "planner"), draft)
    told = preview(db, desk, actor(db, "reviewer", "99.01"), draft)
    assert whole["poor_served"] is not None
    hidden = ("poor_served", "poor_reached", "poor_total", "score", "rank")
    assert {told[name] for name in hidden} == {None}
    assert told["contributions"] == {}
    assert not (OF_HOUSEHOLDS | {"service_deficit"}) & set(told["values"])
    same = ("volume", "cost", "slum_change")
    assert [told[name] for name in same] == [whole[name] for name in same]
