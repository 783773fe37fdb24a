"""/rankings: rank the proposals of a kelurahan, and look at earlier runs.

It knows nothing about how a score is made. Each run is kept with the versions of all data it used, so the same
inputs give the same answer again (contracts, HTTP).
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from flask import Response, url_for
from pydantic import BaseModel, Field, field_validator
from pydantic_core import PydanticCustomError

from webgis.api.documents import Given, Query, problem_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.ranking_documents import RankingDocument, ranking_document
from webgis.auth import current_actor
from webgis.context import database, desk
from webgis.planning.ranking import ranking
from webgis.planning.ranking.robust import LARGEST_SEED, MOST_SAMPLES, SAMPLES, Asked
from webgis.planning.ranking.stability import MOST

blueprint = api_blueprint("rankings", "rankings")


class RankingPath(BaseModel):
    """Which run."""

    ranking_id: UUID


class RankingFilters(Query):
    """Runs of which kelurahan."""

    kelurahan: str = Field(max_length=40)
    limit: int = Field(20, ge=1, le=1000)


class RobustnessGiven(Given):
    """How firmly places hold while weights and uncertain data are drawn at random (SMAA)."""

    kind: Literal["ordinal", "interval", "participants", "uniform"] = Field(
        "ordinal",
        description="Weights drawn: any that keep the order of those in use, each within `spread` of the one in use, "
        "around the stored sets of participants, or any at all.",
    )
    samples: int = Field(
        SAMPLES, ge=1, le=MOST_SAMPLES, description="Fewer are allowed where proposals are many."
    )
    seed: int = Field(
        1, ge=0, le=LARGEST_SEED, description="The same seed on the same data gives the same bytes."
    )
    spread: float = Field(
        0.5, gt=0, le=1, description="For kind interval: share of each weight, up and down."
    )


class RankingGiven(Given):
    """What to rank and how; without weights, the catalogue's; without states, the open ones."""

    kelurahan: str = Field(max_length=40)
    weights: dict[str, float] | None = Field(None, max_length=100)
    weight_set: str | None = Field(
        None,
        max_length=40,
        description="Id of a stored set instead of weights, or median: the participants together.",
    )
    robustness: RobustnessGiven | None = Field(
        None, description="{} for the defaults; left out: not analysed."
    )
    states: list[str] | None = Field(None, max_length=20)
    top: int | None = Field(
        None,
        ge=1,
        le=MOST,
        description="First places `stability` watches: 3, from 20 ranked on 10, if left out.",
    )
    method: str = Field(
        "value", max_length=40, description="The official one; others are cross-checks, see `agreement`."
    )

    @field_validator("robustness", mode="before")
    @classmethod
    def _options(cls, given: Any) -> Any:
        """Who writes true or a number is told what is expected."""
        if isinstance(given, bool | int | float | str | list):
            told = {"code": "robustness_wanted", "known": ", ".join(RobustnessGiven.model_fields)}
            raise PydanticCustomError("webgis", "an object is wanted", told)
        return given


class RunSummary(BaseModel):
    """A run in a list."""

    id: str
    kelurahan: str
    created_at: dt.datetime
    weights: dict[str, float]
    works: int
    agreed: bool


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
        weight_set=body.weight_set,
        robustness=None if body.robustness is None else Asked(**body.robustness.model_dump()),
        states=body.states,
        top=body.top,
        method=body.method,
    )
    place = url_for("api_rankings.show", ranking_id=made["id"])
    return reply(ranking_document(made), 201, {"Location": place})


@blueprint.get("/rankings/<uuid:ranking_id>", responses={200: RankingDocument})
def show(path: RankingPath, query: Query) -> Response:
    """A run as the reader may know it; what others may read of an exact run has no draws."""
    found = ranking.get_ranking(database(), current_actor(), str(path.ranking_id))
    return reply(ranking_document(found))
