"""/plans/{id}/studies: put a question to a stored plan, and read the answers.

It knows nothing about how they are computed. Each names the versions of the data it used.
"""

from __future__ import annotations

import datetime as dt

from flask import Response, url_for
from pydantic import BaseModel, Field

from webgis.api.documents import Given, Query, problem_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.jobs import JobDocument, job_document
from webgis.api.plans import PlanPath
from webgis.auth import current_actor
from webgis.context import database
from webgis.planning.plans import plan_studies

blueprint = api_blueprint("plan_studies", "plans")


class StudyGiven(Given):
    """A question to a plan."""

    kind: str = Field(
        max_length=20,
        description="budgets: what less and more money would do; core: which works are in whatever the weights and "
        "prices; "
        "balance: poor households served against slum reduction.",
    )


class StudyDocument(BaseModel):
    """What any study has: when it was made, from which data, and whether the plan was made from the same."""

    created_at: dt.datetime
    data_versions: dict[str, int]
    same_data: bool


class BudgetPoint(BaseModel):
    """The plan for so many times the money."""

    factor: float
    rupiah: int
    feasible: bool
    objective: float
    bound: float
    reached: int | None
    works: list[str]
    years: list[int] = Field([], description="Of each of the works the year from 1; older answers have none.")


class BudgetsDocument(StudyDocument):
    """Budget sweep: the benefit of the best plan for less and for more money."""

    points: list[BudgetPoint]


class CoreDocument(StudyDocument):
    """Core index: work -> share of the drawn weights and prices for which it is in the plan (1 core, 0 outside)."""

    draws: int
    seed: int
    kind: str = Field(
        description="Weights drawn: participants (around the sets of three or more), else ordinal (any that keep the "
        "order of those in use)."
    )
    participants: list[str] = Field(default_factory=list, description="Ids of the sets drawn around.")
    prices: dict[str, float] | None = Field(
        None, description="How far all costs of a draw fall (low) or rise (high) together; null: not at all."
    )
    shares: dict[str, float]


class Position(BaseModel):
    """Poor households newly served, each once for each service, and kontribusi of the works added up."""

    covered: float | None
    reduction: float


class Balanced(Position):
    """A plan of the front."""

    works: list[str]


class BalanceDocument(StudyDocument):
    """Front of poor households served against slum reduction; plan: where the plan itself stands."""

    plan: Position
    points: list[Balanced]


class StudiesDocument(BaseModel):
    """The last study of each kind, null where nobody asked."""

    budgets: BudgetsDocument | None
    core: CoreDocument | None
    balance: BalanceDocument | None


@blueprint.post("/plans/<uuid:plan_id>/studies", responses={202: JobDocument, 415: problem_response()})
def study(path: PlanPath, body: StudyGiven, query: Query) -> Response:
    """Put a question to a plan into the queue; the answer is the job to watch."""
    job = plan_studies.start_study(database(), current_actor(), str(path.plan_id), body.kind)
    return reply(job_document(job), 202, {"Location": url_for("api_jobs.show", job_id=job.id)})


@blueprint.get("/plans/<uuid:plan_id>/studies", responses={200: StudiesDocument})
def show_studies(path: PlanPath, query: Query) -> Response:
    """The last answer to each question that was put to a plan."""
    found = plan_studies.studies(database(), current_actor(), str(path.plan_id))
    return reply(StudiesDocument.model_validate(found))
