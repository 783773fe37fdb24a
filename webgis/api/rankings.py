"""/rankings: rank the proposals of a kelurahan, and look at earlier runs.

It knows nothing about how a score is made. Each run is kept with the versions of all data it used, so the same
inputs give the same answer again (contracts, HTTP).
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from flask import Response, url_for
from pydantic import BaseModel, Field

from webgis.api.documents import Given, Query, problem_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.auth import current_actor
from webgis.context import database, desk
from webgis.planning import ranking

blueprint = api_blueprint("rankings", "rankings")


class RankingPath(BaseModel):
    """Which run."""

    ranking_id: UUID


class RankingFilters(Query):
    """Runs of which kelurahan."""

    kelurahan: str = Field(max_length=40)
    limit: int = Field(20, ge=1, le=1000)


class RankingGiven(Given):
    """What to rank and how; without weights, the catalogue's; without states, the open ones."""

    kelurahan: str = Field(max_length=40)
    weights: dict[str, float] | None = Field(None, max_length=100)
    states: list[str] | None = Field(None, max_length=20)
    method: str = Field("value", max_length=40)


class Ranked(BaseModel):
    """A proposal in a ranking; rank is null if it fails a gate."""

    id: str
    title: str
    state: str
    work_type: str
    rank: int | None
    tied: bool
    score: float
    low: float
    high: float
    completeness: float
    provisional: bool
    passes: bool
    gates_failed: list[str]
    contributions: dict[str, float]
    values: dict[str, float | None]
    served: float
    cost: int
    acceptability: list[float] | None


class RankingDocument(BaseModel):
    """A run with everything it was made from."""

    id: str
    kelurahan: str
    weights: dict[str, float]
    method: str
    states: list[str]
    criteria_version: str
    data_versions: dict[str, int]
    ranking: list[Ranked]


class RunSummary(BaseModel):
    """A run in a list."""

    id: str
    kelurahan: str
    created_at: dt.datetime
    weights: dict[str, float]
    works: int


class RunsDocument(BaseModel):
    """The last runs of a kelurahan, newest first."""

    rankings: list[RunSummary]


@blueprint.get("/rankings", responses={200: RunsDocument})
def list_runs(query: RankingFilters) -> Response:
    """The last runs of a kelurahan."""
    found = ranking.list_rankings(database(), current_actor(), query.kelurahan, query.limit)
    return reply(RunsDocument(rankings=[RunSummary.model_validate(run) for run in found]))


@blueprint.post("/rankings", responses={201: RankingDocument, 415: problem_response()})
def rank(body: RankingGiven, query: Query) -> Response:
    """Rank the proposals of a kelurahan and keep the run."""
    made = ranking.rank_kelurahan(
        database(),
        desk(),
        current_actor(),
        body.kelurahan,
        weights=body.weights,
        states=body.states,
        method=body.method,
    )
    place = url_for("api_rankings.show", ranking_id=made["id"])
    return reply(RankingDocument.model_validate(made), 201, {"Location": place})


@blueprint.get("/rankings/<uuid:ranking_id>", responses={200: RankingDocument})
def show(path: RankingPath, query: Query) -> Response:
    """A run as it was answered."""
    found = ranking.get_ranking(database(), current_actor(), str(path.ranking_id))
    return reply(RankingDocument.model_validate(found))
