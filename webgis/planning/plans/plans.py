"""Plans: which works the money of some years builds, found in the background and kept so that they can be repeated.

It knows nothing about how a plan is found (gis_core) or shown. A plan names the versions of all data it used.
A job carries the rights of who asked; it can be told to end with the best plan so far. Every plan is kept twice: as it
was found, behind the wall of the households, and as those may read it who may not see them (`household_counts`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from gis_core import masterplan
from gis_core.portfolio import Options, Plan, steps
from gis_core.portfolio.plan import Progress
from gis_core.portfolio.relief import Relief
from gis_core.ranking import Criterion
from webgis.planning.access import Actor, require
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.errors import BadDocument, NotAllowed, NotFound, Problem
from webgis.planning.jobs import Done, JobView, Stopped, Tell, carry_out, get_job, job_view
from webgis.planning.judging import ceilings, scoring, verdicts
from webgis.planning.judging.desk import MOST, UNDER_WAY, Desk, Scene, open_scene
from webgis.planning.judging.household_counts import counts_in_scope, fives, in_fives, knows, plan_in_fives
from webgis.planning.mapping.household_views import note_counts
from webgis.planning.plans import plan_problem
from webgis.planning.plans.plan_answer import answer
from webgis.planning.plans.plan_jobs import PLAN
from webgis.planning.plans.plan_wish import PlanWish, checked, read_wish
from webgis.planning.ranking import value_for_money
from webgis.planning.versions import check_id
from webgis.store import jobs as queue
from webgis.store import plans as table
from webgis.store import proposals, regions, relations
from webgis.store.database import Database, household_scope

TASK: Final = "webgis:make_plan"
_SHARE_DONE: Final = {
    "greedy": 10,
    "equity": 15,
    "bound": 20,
    "search": 50,
    "ties": 55,
    "explain": 60,
    "done": 99,
}


def start_plan(db: Database, actor: Actor, wish: PlanWish) -> JobView:
    """Put a plan into the queue. Raises SignInNeeded, NotAllowed, NotFound, BadDocument (also for unknown ids)."""
    require(actor, "plan", wish.kelurahan)
    wish = _checked(db, wish)
    scoring.criteria(wish.weights)
    if wish.based_on:
        origin = find_plan(db, actor, wish.based_on)
        if origin is None or origin["kelurahan"] != wish.kelurahan:
            raise BadDocument([Problem("/based_on", "no_plan")])
    with db.transaction() as session:
        chosen = proposals.filters(kelurahan=wish.kelurahan, states=wish.states)
        titles = {row["id"]: row["title"] for row in proposals.select(session, chosen, MOST, 0)}
        rws = {row["code"] for row in regions.list_regions(session, "rw", wish.kelurahan)}
        said = verdicts.read(relations.select(session, wish.kelurahan))
    plan_problem.check_named(wish, titles, rws, said)
    arguments = {"wish": wish.document(), "roles": [list(role) for role in actor.roles]}
    with db.transaction(actor.account_id) as session:
        return job_view(queue.enqueue(session, PLAN, TASK, arguments, actor.account_id))


def run_plan(db: Database, desk: Desk, job_id: str) -> None:
    """Do a waiting plan; what goes wrong is written into the job as well as raised."""

    def work(actor: Actor, asked: Mapping[str, Any], tell: Tell, stopped: Stopped, done: Done) -> None:
        make_plan(db, desk, actor, read_wish(asked["wish"]), tell, stopped, done)

    carry_out(db, job_id, work)


def make_plan(
    db: Database,
    desk: Desk,
    actor: Actor,
    wish: PlanWish,
    tell: Tell = lambda _percent, _gap: None,
    stop: Stopped | None = None,
    done: Done = lambda _session, _result: None,
) -> dict[str, Any]:
    """Find a plan and keep it: as `get_plan` tells it to the actor. tell: percent done and the gap so far; done: what
    is written with it, in one transaction.

    Raises NotFound, NotAllowed, BadDocument.
    """
    require(actor, "plan", wish.kelurahan)
    wish = _checked(db, wish)
    chosen = scoring.criteria(wish.weights)
    exactly = knows(actor, wish.kelurahan)
    scene, task = open_task(db, desk, wish, chosen, exactly=exactly)
    plan = _search(task, wish, tell, stop)
    relief = _relief(task, wish, stop) if plan.conflict else None
    inputs = wish.document() | {
        "weights": {item.id: item.weight for item in chosen},
        "criteria_version": catalogue().version,
        "catalogue_change": catalogue().change,
    }
    result = answer(scene.facts, task, plan, wish, relief)
    served = {work["id"]: fives(work["served"]) for work in result["schedule"]}
    since = {work["id"]: task.problem.since[work["year"] - 1] for work in result["schedule"]}
    told = plan_in_fives(result, benefit_in_fives(scene, chosen, served, since))
    with db.transaction(actor.account_id, "rencana") as session, household_scope(session, wish.kelurahan):
        exact = result if exactly else None
        plan_id = table.insert(session, inputs, scene.versions, told, exact, actor.account_id)
        done(session, {"id": plan_id})
    return {"id": plan_id, **inputs, "data_versions": scene.versions, **(exact or told)}


def _checked(db: Database, wish: PlanWish) -> PlanWish:
    """The wish with what it left open filled in. Raises BadDocument."""
    with db.transaction() as session:
        bounds = ceilings.of_plan(session, wish.kelurahan, wish.states)
    return checked(wish, dt.date.today(), bounds)


def benefit_in_fives(
    scene: Scene, chosen: Sequence[Criterion], served: Mapping[str, int], since: Mapping[str, float]
) -> float:
    """Points of benefit of some works that serve so many households in fives, by id; since: how much each counts, as
    `Problem.since` has it for the year in which it is built.
    """
    usual = scene.facts.poor_share
    items = [
        replace(item, effect=replace(in_fives(item.work, item.effect, usual), served=served[item.work.id]))
        for item in scene.works
        if item.work.id in served
    ]
    worth = value_for_money.by_fives(items, chosen)
    return sum(since[item.work.id] * points for item, points in zip(items, worth, strict=True))


def watched(db: Database, actor: Actor, job_id: str) -> JobView:
    """A job of the actor's own; the result of one that made a plan is the plan. Raises SignInNeeded, NotFound."""
    job = get_job(db, actor, job_id)
    if job.kind != PLAN or job.result is None:
        return job
    return replace(job, result=get_plan(db, actor, str(job.result["id"])))


def open_task(
    db: Database, desk: Desk, wish: PlanWish, chosen: Sequence[Criterion], *, exactly: bool
) -> tuple[Scene, plan_problem.Task]:
    """The kelurahan as it is now and the problem of a wish in it. exactly: for somebody who `knows` its households; of
    a plan by whole counts the choice alone would tell them, weight by weight (decision 49).

    Raises NotFound, BadDocument.
    """
    with db.transaction() as session:
        states = [*wish.states, *UNDER_WAY]
        scene = open_scene(session, desk, wish.kelurahan, states, exactly=exactly)
    open_works = [item for item in scene.works if item.state in wish.states]
    decided = [item for item in scene.works if item.state not in wish.states]
    return scene, plan_problem.build(
        scene.facts, open_works, decided, wish, chosen, scene.gates, scene.verdicts, exactly=exactly
    )


def get_plan(db: Database, actor: Actor, plan_id: str) -> dict[str, Any]:
    """A stored plan as the reader may know it. Raises NotFound, SignInNeeded, NotAllowed."""
    check_id(plan_id, "no_plan")
    with db.transaction() as session:
        row = table.find(session, plan_id)
    if row is None:
        raise NotFound("no_plan")
    require(actor, "rank", row["kelurahan"])
    with db.transaction() as session, counts_in_scope(session, actor, row["kelurahan"]):
        row = table.find(session, plan_id) or row
    note_counts(db, actor, row["kelurahan"])
    # An older plan has the members that a wish got later as they are where nobody says anything.
    inputs = read_wish(row["inputs"]).document() | row["inputs"]
    return {"id": plan_id, **inputs, "data_versions": row["data_versions"], **row["result"]}


def find_plan(db: Database, actor: Actor, plan_id: str) -> dict[str, Any] | None:
    """A stored plan, None if there is none of this id that the actor may read."""
    try:
        return get_plan(db, actor, plan_id)
    except (NotFound, NotAllowed):
        return None


def list_plans(
    db: Database, actor: Actor, kelurahan: str, limit: int = 20, also: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """The last plans of a kelurahan and those of some ids: id, name, author, created_at, objective, gap, works.

    Raises SignInNeeded, NotAllowed.
    """
    require(actor, "rank", kelurahan)
    with db.transaction() as session, counts_in_scope(session, actor, kelurahan):
        return [dict(row) for row in table.select(session, kelurahan, limit, also)]


def _search(task: plan_problem.Task, wish: PlanWish, tell: Tell, stop: Stopped | None) -> Plan:
    """The plan, with reports on the way; the last report carries it."""
    plan: Plan | None = None
    said = ("", -1)
    for report in steps(task.problem, Options(equity=wish.equity, stop=stop)):
        if stop:
            stop()  # raises if nothing of it is wanted
        percent = _percent(report)
        gap = "" if report.gap is None else f"{report.gap:.6f}"
        if (gap, percent) != said and (percent >= said[1] + 3 or gap != said[0]):
            tell(percent, gap)
            said = (gap, percent)
        plan = report.plan or plan
    assert plan is not None  # the last report carries it
    return plan


def _relief(task: plan_problem.Task, wish: PlanWish, stop: Stopped | None) -> Relief:
    """What would make pins and floors possible; money may come from funds that have a budget, not from pledges."""
    funds = [f for f, fund in enumerate(task.problem.funds) if fund in wish.budget]
    return masterplan.mend(task.problem, task.candidates, funds, Options(stop=stop))


def _percent(report: Progress) -> int:
    base = _SHARE_DONE[report.stage]
    return base + round(38 * report.done / report.of) if report.stage == "explain" and report.of else base
