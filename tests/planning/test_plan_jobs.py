"""Plans and studies that are called off: nothing is kept, their state says so, and it happens soon."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.planning.conftest import KELURAHAN, NEXT_DOOR, Planned, actor
from tests.planning.test_plans import PLENTY, wish
from webgis.planning import jobs
from webgis.planning.access import PUBLIC
from webgis.planning.errors import NotFound, SignInNeeded
from webgis.planning.judging.desk import Desk
from webgis.planning.plans import plan_jobs, plan_studies, plans
from webgis.store import jobs as table
from webgis.store.database import Database


def called_off_at(monkeypatch: pytest.MonkeyPatch, db: Database, job_id: str, percent: int) -> dict[str, Any]:
    """Call the job off as soon as it says that it is so far; when that was."""
    asked: dict[str, Any] = {}
    update = table.update

    def watched(session: Any, given: str, **values: Any) -> None:
        update(session, given, **values)
        if values.get("progress", 0) >= percent and not asked:
            asked["at"] = time.monotonic()
            table.ask_to_cancel(session, job_id)

    monkeypatch.setattr(table, "update", watched)
    return asked


def test_a_plan_called_off_while_it_waits_is_never_made(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    job = plans.start_plan(db, planner, wish())
    assert [item.id for item in plan_jobs.under_way(db, planner, KELURAHAN)] == [job.id]
    assert plan_jobs.under_way(db, planner, NEXT_DOOR) == []
    ended = plan_jobs.stop_job(db, planner, job.id, discard=True)
    assert (ended.state, ended.ended, ended.stopping) == ("stopped", True, False)
    plans.run_plan(db, desk, job.id)
    assert jobs.get_job(db, planner, job.id).state == "stopped"
    assert plans.list_plans(db, planner, KELURAHAN) == []
    assert plan_jobs.under_way(db, planner, KELURAHAN) == []


def test_a_plan_called_off_under_way_keeps_nothing(
    db: Database, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner = actor(db, "planner")
    job = plans.start_plan(db, planner, wish())
    asked = called_off_at(monkeypatch, db, job.id, 10)
    plans.run_plan(db, desk, job.id)
    assert asked
    ended = jobs.get_job(db, planner, job.id)
    assert (ended.state, ended.result) == ("stopped", None)
    assert ended.progress < 99
    assert plans.list_plans(db, planner, KELURAHAN) == []


@pytest.mark.parametrize("kind", plan_studies.KINDS)
def test_a_study_called_off_ends_after_the_plan_it_is_at(
    planned: Planned, desk: Desk, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    db, plan = planned.db, planned.little
    planner = actor(db, "planner")
    job = plan_studies.start_study(db, planner, plan["id"], kind)
    asked = called_off_at(monkeypatch, db, job.id, 1)
    plan_studies.run_study(db, desk, job.id)
    assert asked
    ended = jobs.get_job(db, planner, job.id)
    assert (ended.state, ended.result) == ("stopped", None)
    done, _, count = ended.message.partition("/")
    assert ended.progress < 50 and (not done or int(done) < int(count))
    assert plan_studies.studies(db, planner, plan["id"])[kind] is None


def test_what_has_ended_stays_and_jobs_are_stopped_by_those_who_asked(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    job = plans.start_plan(db, planner, wish(budget=PLENTY))
    plans.run_plan(db, desk, job.id)
    assert plan_jobs.stop_job(db, planner, job.id, discard=True).state == "done"
    for other, refusal in ((actor(db, "facilitator"), NotFound), (PUBLIC, SignInNeeded)):
        with pytest.raises(refusal):
            plan_jobs.stop_job(db, other, job.id, discard=True)
    assert plan_jobs.under_way(db, PUBLIC, KELURAHAN) == []
