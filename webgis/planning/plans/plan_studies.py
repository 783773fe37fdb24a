"""Questions to a stored plan: other budgets, which works are in whatever the weights and prices, what it trades off.

It knows nothing about how a question is shown. Each is answered when somebody asks, in the background, by the data of
that moment; the answer names their versions (method 5.6).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

import numpy as np

from gis_core import masterplan
from gis_core.draws import levels
from gis_core.masterplan import Worth
from gis_core.portfolio import Options, Problem, benefit
from gis_core.portfolio.fronts import budget_sweep, core_index, front
from gis_core.ranking import Criterion
from webgis.planning.access import Actor, require
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.catalogues.plan_rules import plan_rules
from webgis.planning.errors import BadDocument
from webgis.planning.errors import Problem as Fault
from webgis.planning.jobs import Done, JobView, Stopped, Tell, carry_out, job_view
from webgis.planning.judging import scoring
from webgis.planning.judging.desk import Desk
from webgis.planning.judging.household_counts import counts_in_scope, fives, knows, study_in_fives
from webgis.planning.judging.plan_homes import worth_of
from webgis.planning.plans import plans
from webgis.planning.plans.plan_jobs import STUDY
from webgis.planning.plans.plan_problem import Task
from webgis.planning.plans.plan_wish import PlanWish, read_wish
from webgis.planning.ranking.robust import ENOUGH_PEOPLE, Asked, drawn_weights
from webgis.store import jobs as queue
from webgis.store import plan_studies as table
from webgis.store import weight_sets
from webgis.store.database import Database, household_scope

KINDS: Final = ("budgets", "core", "balance")
TASK: Final = "webgis:study_plan"
BUDGETS: Final = tuple(Fraction(k, 6) for k in range(13))
"""Money of a sweep: from none to twice the plan's, in steps of a sixth."""
DRAWS: Final = Asked("ordinal", samples=200, seed=1)
"""Weights and price levels of a core index: weights that keep the order of those in use; where enough people have
sets, around theirs."""
BALANCES: Final = 10
"""Steps of coverage from one plan of the front to the next."""
_BY_ROUGH: Final = Options(nodes=2_000, explain=False)


def start_study(db: Database, actor: Actor, plan_id: str, kind: str) -> JobView:
    """Put a question to a plan into the queue. Raises SignInNeeded, NotAllowed, NotFound, BadDocument."""
    _check(kind)
    kelurahan = plans.get_plan(db, actor, plan_id)["kelurahan"]
    require(actor, "plan", kelurahan)
    arguments = {
        "plan": plan_id, "study": kind, "kelurahan": kelurahan, "roles": [list(role) for role in actor.roles],
    }  # fmt: skip
    with db.transaction(actor.account_id) as session:
        return job_view(queue.enqueue(session, STUDY, TASK, arguments, actor.account_id))


def run_study(db: Database, desk: Desk, job_id: str) -> None:
    """Answer a waiting question; what goes wrong is written into the job as well as raised."""

    def work(actor: Actor, asked: Mapping[str, Any], tell: Tell, stopped: Stopped, done: Done) -> None:
        study_plan(db, desk, actor, asked["plan"], asked["study"], tell, stopped, done)

    carry_out(db, job_id, work)


def study_plan(
    db: Database,
    desk: Desk,
    actor: Actor,
    plan_id: str,
    kind: str,
    tell: Tell = lambda _percent, _said: None,
    stopped: Stopped = lambda: False,
    done: Done = lambda _session, _result: None,
) -> dict[str, Any]:
    """Answer a question to a plan and keep the answer; tell: percent done and plans made of how many, "3/13"; done:
    what is written with it, in one transaction.

    stopped is asked between the steps of each plan and may raise CalledOff. Raises NotFound, NotAllowed, BadDocument.
    """
    _check(kind)
    plan = plans.get_plan(db, actor, plan_id)
    require(actor, "plan", plan["kelurahan"])
    wish = read_wish(plan)
    chosen = scoring.criteria(wish.weights)
    exactly = knows(actor, plan["kelurahan"])
    scene, task = plans.open_task(db, desk, wish, chosen, exactly=exactly)
    if kind == "budgets":
        result = budgets(task, wish, tell, stopped)
    elif kind == "core":
        result = core(task, chosen, tell, stopped, _people(db, plan["kelurahan"]))
    else:
        result = balance(task, [work["id"] for work in plan["schedule"]], tell, stopped)
    alone = {item.work.id: fives(item.effect.served) for item in scene.works}

    def benefit_of(point: Mapping[str, Any]) -> float:
        served = {work: alone[work] for work in point["works"]}
        since = (task.problem.since[year - 1] for year in point["years"])
        return plans.benefit_in_fives(scene, chosen, served, dict(zip(point["works"], since, strict=True)))

    told = study_in_fives(result, benefit_of)
    home = plan["kelurahan"]
    with db.transaction(actor.account_id, "telaah rencana") as session, household_scope(session, home):
        exact = result if exactly else None
        table.insert(session, plan_id, kind, home, scene.versions, told, exact, actor.account_id)
        done(session, {"plan": plan_id, "study": kind})
    return studies(db, actor, plan_id)[kind] or {}


def studies(db: Database, actor: Actor, plan_id: str) -> dict[str, dict[str, Any] | None]:
    """The last answer to each question, None where nobody asked; same_data: by the data that the plan was made from.

    Raises NotFound, SignInNeeded, NotAllowed.
    """
    plan = plans.get_plan(db, actor, plan_id)
    with db.transaction() as session, counts_in_scope(session, actor, plan["kelurahan"]):
        rows = {row["kind"]: row for row in table.latest(session, plan_id)}
    return {
        kind: row["result"]
        | {
            "created_at": row["created_at"], "data_versions": row["data_versions"],
            "same_data": row["data_versions"] == plan["data_versions"],
        }
        if (row := rows.get(kind)) and row["result"]
        else None
        for kind in KINDS
    }  # fmt: skip


def _check(kind: str) -> None:
    if kind not in KINDS:
        raise BadDocument([Fault("/kind", "unknown_study", {"given": kind, "known": ", ".join(KINDS)})])


def budgets(task: Task, wish: PlanWish, tell: Tell, stopped: Stopped) -> dict[str, Any]:
    """U*(B): points of benefit, works and households reached for less and for more money of each fund and year.

    What people pledged is theirs, whatever the city has: it stays as it is and is not counted.
    """
    problem = task.problem
    pledged = [
        f for f, fund in enumerate(problem.funds) if fund in plan_rules().pledged and fund not in wish.budget
    ]
    points = []
    for point in budget_sweep(problem, BUDGETS, replace(_BY_ROUGH, stop=stopped), pledged):
        points.append({
            "factor": float(point.factor), "rupiah": point.rupiah, "feasible": point.feasible,
            "objective": masterplan.points(point.objective, problem, task.candidates, point.schedule),
            "bound": masterplan.most_points(point.bound, problem, task.candidates, point.schedule),
            "reached": _reached(task, point.built), "works": [task.works[i].work.id for i in point.built],
            "years": [year + 1 for year in point.schedule if year is not None],
        })  # fmt: skip
        tell(round(99 * len(points) / len(BUDGETS)), f"{len(points)}/{len(BUDGETS)}")
    return {"points": points}


def _people(db: Database, kelurahan: str) -> Sequence[Mapping[str, Any]]:
    """The newest set of weights of every participant; none where they are too few to tell how far people differ."""
    with db.transaction() as session:
        found = weight_sets.latest_of_participants(session, kelurahan, catalogue().version)
    return [dict(row) for row in found] if len(found) >= ENOUGH_PEOPLE else []


def core(
    task: Task,
    chosen: Sequence[Criterion],
    tell: Tell,
    stopped: Stopped,
    people: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """For each work the share of draws of weights and prices for which it is in the plan.

    All costs of a draw rise or fall alike, as far as the catalogue says that prices are uncertain: errors of single
    costs would cancel each other out (method 4.2). Money and pledges stay as they are. people: sets of participants
    (id, weights) to draw around, since their spread is how uncertain the weights are (method 0.5, 4.2); without any
    the weights drawn keep the order of those in use.
    """
    asked = replace(DRAWS, kind="participants") if people else DRAWS
    drawn = drawn_weights(chosen, asked, [person["weights"] for person in people])
    noise = next(item.noise for item in catalogue().criteria if item.id == "cost_per_poor")
    level = np.ones(len(drawn)) if noise is None else levels(noise, len(drawn), asked.seed)

    def draws() -> Iterator[Problem]:
        for k, weights in enumerate(drawn.tolist()):
            stopped()
            if k % 5 == 0:
                tell(round(99 * k / len(drawn)), f"{k}/{len(drawn)}")
            others = [replace(item, weight=weight) for item, weight in zip(chosen, weights, strict=True)]
            dearer = [replace(c, cost=round(c.cost * level[k])) for c in task.candidates]
            yield masterplan.problem(dearer, task.homes, worth_of(others), task.rules)

    shares = core_index(draws()) if task.works else np.zeros(0)
    return {
        "draws": len(drawn), "seed": asked.seed, "kind": asked.kind,
        "participants": [person["id"] for person in people],
        "prices": None if noise is None else {"low": noise.low, "high": noise.high},
        "shares": {item.work.id: share for item, share in zip(task.works, shares.tolist(), strict=True)},
    }  # fmt: skip


def balance(task: Task, built: Sequence[str], tell: Tell, stopped: Stopped) -> dict[str, Any]:
    """Plans that serve most poor households for every amount of slum reduction, and where the plan itself stands.

    covered: households newly served, each once for each service; reduction: kontribusi of the works added up.
    """
    one = Worth(household=1.0, severity=0.0, deficit=0.0, reduction=0.0)
    problem = masterplan.problem(task.candidates, task.homes, one, replace(task.rules, benefit_years=None))
    reduction = np.array([max(c.reduction, 0.0) for c in task.candidates])
    own = [k for k, item in enumerate(task.works) if item.work.id in set(built)]

    def place(works: Sequence[int], covered: float) -> dict[str, Any]:
        at_once = tuple(0 if k in works else None for k in range(len(task.works)))
        return {
            "covered": round(masterplan.points(covered, problem, task.candidates, at_once), 6),
            "reduction": float(reduction[list(works)].sum()),
        }

    found = []
    for point in front(problem, reduction, BALANCES, replace(_BY_ROUGH, stop=stopped)) if task.works else ():
        found.append(point)
        # At most so many and one for the first; often fewer.
        tell(round(99 * len(found) / (BALANCES + 1)), f"{len(found)}/{BALANCES + 1}")
    return {
        "plan": place(own, benefit.covered(problem, own)),
        "points": [
            place(point.built, point.covered) | {"works": [task.works[i].work.id for i in point.built]}
            for point in found
        ],
    }


def _reached(task: Task, built: Sequence[int]) -> int:
    """Poor households that these works and those under way reach."""
    reached = task.served_before.copy()
    served = masterplan.homes_served(task.candidates, task.homes, built, benefit.parts(task.problem, built))
    for homes in served.values():
        reached[homes] = True
    return int(reached.sum())
