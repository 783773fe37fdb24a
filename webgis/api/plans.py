"""/plans: ask for a plan, read it once its job has ended, and look at earlier ones.

It knows nothing about how a plan is found. A plan is kept with the versions of all data it used.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from flask import Response, url_for
from pydantic import BaseModel, Field

from webgis.api.documents import Given, Query, problem_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.jobs import JobDocument, job_document
from webgis.api.locked import Day
from webgis.auth import current_actor
from webgis.context import database
from webgis.planning.catalogues.vocabulary import OPEN_STATES
from webgis.planning.errors import NotFound
from webgis.planning.meetings import Meeting
from webgis.planning.plans import masterplans, plans
from webgis.planning.plans.plan_wish import PlanWish

blueprint = api_blueprint("plans", "plans")
Ids = Annotated[list[str], Field(max_length=5000)]
Pair = Annotated[list[str], Field(min_length=2, max_length=2)]
Helping = Annotated[list[str], Field(min_length=3, max_length=3)]


class PlanPath(BaseModel):
    """Which plan."""

    plan_id: UUID


class PlanFilters(Query):
    """Plans of which kelurahan."""

    kelurahan: str = Field(max_length=40)
    limit: int = Field(20, ge=1, le=1000)


class PlanGiven(Given):
    """Money, pins and rules of a plan; weights and states as in a ranking."""

    kelurahan: str = Field(max_length=40)
    budget: dict[str, list[int]] = Field(max_length=20, description="Fund -> rupiah for each year.")
    name: str = Field("", max_length=1000)
    first_year: int | None = Field(
        None, ge=2000, le=2200, description="Calendar year of year 1; the next one."
    )
    must: Ids = Field([], description="Ids that must be built.")
    not_now: Ids = Field([], description="Ids that must not be built.")
    earliest: dict[str, int] = Field({}, max_length=5000, description="Id -> first year from 1.")
    latest: dict[str, int] = Field(
        {}, max_length=5000, description="Id -> last year; with `must` and `earliest` the year of a work."
    )
    rw_share: dict[str, float] = Field(
        {}, max_length=2000, description='RW code or "*" -> least share of what its proposals could do, 0..1.'
    )
    rw_money: dict[str, int] = Field(
        {},
        max_length=2000,
        description='RW code or "*" -> rupiah of today that its works should cost together, kept as far as can be.',
    )
    pillar_share: dict[str, float] = Field(
        {}, max_length=10, description="Pillar -> least share of the money."
    )
    delivery: dict[str, float] = Field(
        {},
        max_length=5000,
        description="Id -> chance in (0, 1] that a work in the plan is delivered; it multiplies the benefit.",
    )
    equity: Literal["none", "max_min"] = Field("none", description="max_min: the worst-served RW first.")
    precedence: list[Pair] = Field([], max_length=5000, description="[before, after] by id.")
    exclusive: list[Ids] = Field([], max_length=5000, description="Groups of which at most one is built.")
    synergy: list[Helping] = Field(
        [], max_length=5000, description="[work, work, why]: two that do more together."
    )
    benefit_years: float | None = Field(
        None,
        description="In (0, 1]: a plan is worth what stands in each of its years, added up, each year counting so much "
        "of the one before; null: what its works are worth, whenever they are built.",
    )
    related: bool = Field(
        True,
        description="Keep to the order and the twins that are found by rule and not dismissed, too; "
        "what people confirmed holds always.",
    )
    carry: list[str] | None = Field(
        None,
        max_length=20,
        description="Funds whose unspent money may be spent in later years; the usual ones.",
    )
    based_on: str | None = Field(None, max_length=40, description="The plan this one was changed from.")
    weights: dict[str, float] | None = Field(None, max_length=100)
    states: list[str] = Field(list(OPEN_STATES), max_length=20)


class PlanDocument(BaseModel):
    """A plan with everything it was made from; objective, bound, greedy, regret and loss are points of benefit; with
    benefit_years those of all years added up, which compare with no plan that has none or other ones.

    For those who may not see households works serve fives, objective is made of those; greedy, regret, reduced and loss
    are null.
    """

    id: str
    kelurahan: str
    name: str
    first_year: int
    budget: dict[str, list[int]]
    must: list[str]
    not_now: list[str]
    earliest: dict[str, int]
    latest: dict[str, int]
    rw_share: dict[str, float]
    rw_money: dict[str, int]
    pillar_share: dict[str, float]
    delivery: dict[str, float]
    equity: str
    precedence: list[list[str]]
    exclusive: list[list[str]]
    synergy: list[list[str]]
    related: bool
    benefit_years: float | None
    carry: list[str]
    based_on: str | None
    weights: dict[str, float]
    states: list[str]
    criteria_version: str
    catalogue_change: int = Field(
        0, description="The city's change of work types and weights in force; 0: none."
    )
    data_versions: dict[str, int]
    feasible: bool = Field(description="False if pins or floors cannot be had together; see conflict.")
    objective: float
    bound: float = Field(description="No plan is worth more.")
    relaxed_bound: float | None = Field(
        None, description="The same if works could be built in part; see per_million of money."
    )
    gap: float = Field(description="(bound - objective) / bound, proven.")
    greedy: float | None = Field(description="Without a solver; null if that misses a floor.")
    finished: bool
    schedule: list[dict[str, Any]] = Field(
        description="Works by year: id, title, year, cost, funding, households served, capacity."
    )
    left_out: list[dict[str, Any]] = Field(
        description="Reason, relations behind it, regret, leaves, admission (fund, year, extra), lost: points that go "
        "with it beside works that it is worth less with, where that keeps it out, reduced: points it "
        "would add to the plan as it is, and as a guide what its money brings elsewhere and the value that leaves, "
        "null where that is not known."
    )
    kept: list[dict[str, Any]] = Field(
        description="Points lost without each work of the plan (loss); null if it is indispensable or not known."
    )
    money: dict[str, Any] = Field(
        description="Fund -> budget, used and left by year; carry; per_million: with x million more of it in that year "
        "no plan is worth more than relaxed_bound + x * per_million, null where that is not proven."
    )
    households: dict[str, Any] = Field(
        description="Poor households reached, before and after, by RW, with the rupiah spent on them; in_part: of "
        "those newly reached, in part only; rupiah_per_reached: for each newly reached; evenness of the share reached "
        "and of the rupiah per household, before and after: gini over RW, theil over RT, which is between RW + within. "
        "For those who may not see households from rounded counts, null where that is not possible."
    )
    slum: dict[str, Any] = Field(description="Totals and grades before and after, hectares by grade.")
    relations: list[dict[str, Any]] = Field(
        [],
        description="What it keeps to beside precedence, exclusive and synergy: kind, first, then, said (id and "
        "version of the verdict; null: found by rule), bonus of a synergy (share of the lesser work's worth).",
    )
    missed: list[dict[str, Any]] = Field(
        [],
        description="RW whose works cost less than rw_money asks, however one chooses: floor, spent, missing.",
    )
    notes: list[str]
    conflict: dict[str, Any] | None = Field(
        description="Pins and RW that exclude each other; reachable_share: all least shares lowered alike; "
        "reachable: RW -> part of its least share in the best plan that reaches those; either: works of which one at "
        "most may be built; relief: what would mend it, each alone unless together: extra (fund, year, rupiah), "
        "let_go (ids), share (all least shares times this)."
    )


class PlanSummary(BaseModel):
    """A plan in a list."""

    id: str
    kelurahan: str
    name: str
    author: str | None
    created_at: dt.datetime
    objective: float
    gap: float
    works: int


class PlansDocument(BaseModel):
    """The last plans of a kelurahan, newest first."""

    plans: list[PlanSummary]


class MeetingGiven(Given):
    """The meeting that adopts a plan."""

    met_on: Day | None = None
    place: str = Field("", max_length=1000)
    men: int = 0
    women: int = 0
    note: str = Field("", max_length=10_000)


class PlannedDocument(BaseModel):
    """A work of the masterplan."""

    id: str
    title: str
    work_type: str
    pillar: str
    rw: str | None
    state: str
    year: int
    cost: int
    funding: dict[str, int]


class WaitingDocument(BaseModel):
    """A work that is not in it, and why."""

    id: str
    title: str
    rw: str | None
    cost: int
    reason: str
    because: list[str]
    gates: list[str]
    funds: list[str]
    admission: dict[str, Any] | None


class MasterplanDocument(BaseModel):
    """The plan that a meeting adopted, as everybody may read it."""

    plan_id: str
    kelurahan: str
    name: str
    met_on: dt.date
    place: str
    men: int
    women: int
    note: str
    years: list[int]
    works: list[PlannedDocument]
    waiting: list[WaitingDocument]
    contribution: float | None = Field(
        description="Predicted slum reduction, 0..1, for those who see the workspace: it follows from single homes."
    )


class KelurahanPath(BaseModel):
    """Which kelurahan."""

    kelurahan: str = Field(max_length=40)


@blueprint.get("/plans", responses={200: PlansDocument})
def list_all(query: PlanFilters) -> Response:
    """The last plans of a kelurahan."""
    found = plans.list_plans(database(), current_actor(), query.kelurahan, query.limit)
    return reply(PlansDocument(plans=[PlanSummary.model_validate(row) for row in found]))


@blueprint.post("/plans", responses={202: JobDocument, 415: problem_response()})
def make(body: PlanGiven, query: Query) -> Response:
    """Put a plan into the queue; the answer is the job to watch, its result the plan."""
    wish = PlanWish(**body.model_dump(mode="json"))
    job = plans.start_plan(database(), current_actor(), wish)
    return reply(job_document(job), 202, {"Location": url_for("api_jobs.show", job_id=job.id)})


@blueprint.get("/plans/<uuid:plan_id>", responses={200: PlanDocument})
def show(path: PlanPath, query: Query) -> Response:
    """A plan as it was answered."""
    found = plans.get_plan(database(), current_actor(), str(path.plan_id))
    return reply(PlanDocument.model_validate(found))


@blueprint.post(
    "/plans/<uuid:plan_id>/adoption", responses={201: MasterplanDocument, 415: problem_response()}
)
def adopt(path: PlanPath, body: MeetingGiven, query: Query) -> Response:
    """Make a plan the masterplan of its kelurahan, by the decision of a meeting."""
    meeting = Meeting(body.met_on, body.place, body.men, body.women)
    made = masterplans.adopt_plan(database(), current_actor(), str(path.plan_id), meeting, body.note)
    place = url_for("api_plans.show_masterplan", kelurahan=made.kelurahan)
    return reply(MasterplanDocument.model_validate(made, from_attributes=True), 201, {"Location": place})


@blueprint.get("/masterplans/<kelurahan>", responses={200: MasterplanDocument})
def show_masterplan(path: KelurahanPath, query: Query) -> Response:
    """The masterplan of a kelurahan, for everybody."""
    found = masterplans.masterplan(database(), path.kelurahan, current_actor())
    if found is None:
        raise NotFound("no_masterplan", kelurahan=path.kelurahan)
    return reply(MasterplanDocument.model_validate(found, from_attributes=True))
