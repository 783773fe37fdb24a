"""/weight-sets: keep what people judged about the criteria, look at it, or only compute weights from it.

It knows nothing about the mathematics. Sets are never changed or deleted; a correction is a new set.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from flask import Response, url_for
from pydantic import BaseModel, Field

from webgis.api.documents import Given, IdempotencyKey, Query, problem_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.retries import Answer, once
from webgis.auth import current_actor, current_language
from webgis.context import database, desk
from webgis.planning.catalogues.catalogue import weighed_name
from webgis.planning.errors import SignInNeeded
from webgis.planning.ranking import agreed, weight_sets
from webgis.planning.ranking.weighing import Weighed, weigh
from webgis.planning.ranking.weight_sets import WeightSetDraft

blueprint = api_blueprint("weight_sets", "weight-sets")
Way = Literal["swing", "direct", "roc", "ahp"]


class WeightSetPath(BaseModel):
    """Which set."""

    weight_set_id: UUID


class WeightSetFilters(Query):
    """Sets of which kelurahan."""

    kelurahan: str = Field(max_length=40)
    limit: int = Field(100, ge=1, le=1000)


class Pair(Given):
    """A judgement: a matters `times` as much as b. Groups with groups, criteria inside their group."""

    a: str = Field(max_length=40)
    b: str = Field(max_length=40)
    times: float = Field(gt=0, le=9)


class Judgements(Given):
    """What was judged: points for swing and direct, ranks for roc, pairs for ahp."""

    points: dict[str, float] | None = Field(None, max_length=100)
    ranks: dict[str, float] | None = Field(
        None, max_length=100, description="1 = most important; ties share."
    )
    pairs: list[Pair] | None = Field(None, max_length=200)


class JudgementsGiven(Given):
    """Judgements to compute weights from."""

    method: Way
    judgements: Judgements


class WeightSetGiven(JudgementsGiven):
    """A set to keep. Without participant it is what the meeting agreed, and needs date, place and attendance."""

    kelurahan: str = Field(max_length=40)
    name: str = Field(max_length=1000)
    participant: str | None = Field(None, max_length=1000)
    met_on: dt.date | None = Field(None, strict=False)
    place: str = Field("", max_length=1000)
    men: int = Field(0, description="How many men attended (L).")
    women: int = Field(0, description="How many women attended (P).")


class LookAgain(BaseModel):
    """One of the three judgements that fit the others least; fitting: what would fit."""

    a: str
    b: str
    a_name: str
    b_name: str
    times: float
    fitting: float


class WeightsDocument(BaseModel):
    """Weights that follow from judgements. Consistency is that of pairs only, the worst of all comparisons."""

    weights: dict[str, float]
    consistency_ratio: float | None
    consistent: bool
    look_again: list[LookAgain] = Field(description="Where the ratio is above 0.10.")


class WeightSetDocument(BaseModel):
    """A set as it is kept."""

    id: str
    kelurahan: str
    name: str
    method: Way
    judgements: dict[str, Any]
    weights: dict[str, float]
    criteria_version: str
    consistency_ratio: float | None
    agreed: bool
    participant: str | None
    met_on: dt.date | None
    place: str
    men: int
    women: int
    author: str
    created_at: dt.datetime


class WeightSetsDocument(BaseModel):
    """The sets of a kelurahan, newest first."""

    weight_sets: list[WeightSetDocument]


@blueprint.get("/weight-sets", responses={200: WeightSetsDocument})
def list_sets(query: WeightSetFilters) -> Response:
    """The weight sets of a kelurahan."""
    found = weight_sets.list_weight_sets(database(), current_actor(), query.kelurahan, query.limit)
    return reply(WeightSetsDocument(weight_sets=[WeightSetDocument.model_validate(item) for item in found]))


@blueprint.post("/weight-sets", responses={201: WeightSetDocument, 415: problem_response()})
def keep(header: IdempotencyKey, body: WeightSetGiven, query: Query) -> Response:
    """Keep a weight set; with one that the meeting agreed on the ranking by it is kept as well."""
    actor = current_actor()
    given = body.model_dump()
    draft = WeightSetDraft(**{**given, "judgements": _judged(body.judgements)})

    def render(made: dict[str, Any]) -> Answer:
        place = url_for("api_weight_sets.show", weight_set_id=made["id"])
        document = WeightSetDocument.model_validate(made).model_dump(mode="json")
        return Answer(201, {"Location": place}, document, "application/json")

    return once(
        actor, header.key, lambda also: agreed.keep_weight_set(database(), desk(), actor, draft, also), render
    )


@blueprint.post("/weight-sets/compute", responses={200: WeightsDocument, 415: problem_response()})
def compute(body: JudgementsGiven, query: Query) -> Response:
    """The weights that follow from judgements; nothing is kept."""
    if not current_actor().signed_in:
        raise SignInNeeded
    return reply(_weights(weigh(body.method, _judged(body.judgements))))


@blueprint.get("/weight-sets/<uuid:weight_set_id>", responses={200: WeightSetDocument})
def show(path: WeightSetPath, query: Query) -> Response:
    """One weight set."""
    found = weight_sets.get_weight_set(database(), current_actor(), str(path.weight_set_id))
    return reply(WeightSetDocument.model_validate(found))


def _judged(given: Judgements) -> dict[str, Any]:
    """Only what was said."""
    return given.model_dump(exclude_none=True)


def _weights(made: Weighed) -> WeightsDocument:
    lang = current_language()
    return WeightsDocument(
        weights=dict(made.weights),
        consistency_ratio=made.consistency_ratio,
        consistent=made.consistent,
        look_again=[
            LookAgain(
                a=one.a, b=one.b, a_name=weighed_name(one.a, lang), b_name=weighed_name(one.b, lang), times=one.times,
                fitting=one.fitting,
            )
            for one in made.again
        ],
    )  # fmt: skip
