"""/slum-areas/{id}/assessments: the 16 criteria by year as volumes and bases.

It knows nothing about how a grade is made: shares, scores and grades are computed by gis_core. Sent, they are refused
with words, since a form that brings its own score has another one in mind.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, NoReturn

from flask import Response, url_for
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from webgis.api.documents import Given, IdempotencyKey, IfMatch, Query, problem_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.locked import (
    CHANGING,
    DELETING,
    MAKING,
    Day,
    VersionsDocument,
    as_feature,
    created,
    shown,
    told,
)
from webgis.api.parameters import version_given
from webgis.api.retries import Answer, once
from webgis.api.slums import AreaPath
from webgis.auth import current_actor
from webgis.context import database
from webgis.planning.errors import NotFound
from webgis.planning.mapping import slums
from webgis.planning.mapping.slum_forms import (
    FormDraft,
    create_form,
    delete_form,
    form_history,
    get_form,
    put_form,
)
from webgis.planning.mapping.slum_privacy import shown_to
from webgis.planning.mapping.slum_treatment import settings

blueprint = api_blueprint("slum_forms", "slum-areas")
JSON = "application/json"


def _computed(_given: Any) -> NoReturn:
    raise PydanticCustomError("computed", "computed, never accepted")


Computed = Annotated[
    None, BeforeValidator(_computed), Field(json_schema_extra={"readOnly": True}, description="Computed.")
]
"""A member that a form has and nobody may send."""


class FormPath(AreaPath):
    """Which form of which area."""

    year: int


class LegalityDocument(Given):
    """Land legality: clear tenure of the whole site, and whether it lies in a housing zone of the city plan."""

    tenure_clear: bool | None = None
    zoning_conform: bool | None = None


class TreatmentDocument(BaseModel):
    """Order and pattern of treatment; null is not known, or not slum. The grade has no part of legality in it."""

    model_config = ConfigDict(from_attributes=True)

    points: int | None = Field(description="Sum of the considerations, 3 to 15.")
    level: Literal["low", "medium", "high"] | None
    legal: bool | None
    order: int | None = Field(description="Priority 1 (first) to 9.")
    classification: str | None = Field(description="A1 to C6.")
    pattern: Literal["renewal", "upgrading", "resettlement"] | None
    missing: list[str] = Field(description="What nobody said yet.")


class FormGiven(Given):
    """A form as a client sends it: what is not known is null or missing."""

    volumes: dict[str, float | None] = Field(description="Deficit of each criterion, 1a to 7b.")
    bases: dict[str, float | None] = Field(
        default_factory=dict,
        description="Base quantities by name (area_verified_ha, buildings, persons, households, road_ideal_m,"
        " drain_ideal_m) or by the criterion that is divided by them.",
    )
    considerations: dict[str, int] | None = Field(
        None,
        description="Points by consideration: strategic_location, population_density, socio_economic_culture.",
    )
    legality: LegalityDocument | None = None
    doubt_reasons: dict[str, str] = Field(
        default_factory=dict,
        description="Why a criterion has a share outside 0..1 and is right all the same; such a one is refused without."
        " What is stored with the same value already needs none.",
    )
    source: str | None = Field(None, max_length=1000)
    surveyed_on: Day | None = None
    shares: Computed = None
    scores: Computed = None
    aspects: Computed = None
    mean: Computed = None
    total: Computed = None
    grade: Computed = None
    doubts: Computed = None
    treatment: Computed = None
    out: Computed = None

    def draft(self) -> FormDraft:
        """The same for planning."""
        legality = self.legality or LegalityDocument()
        return FormDraft(
            volumes=self.volumes,
            bases=self.bases,
            considerations=self.considerations or {},
            tenure_clear=legality.tenure_clear,
            zoning_conform=legality.zoning_conform,
            doubt_reasons=self.doubt_reasons,
            source=self.source,
            surveyed_on=self.surveyed_on,
        )


class YearFormGiven(FormGiven):
    """A form with its year."""

    year: int


class FormDocument(BaseModel):
    """The form of a year: volumes and bases as surveyed, the rest computed."""

    year: int
    source: str
    surveyed_on: dt.date | None
    volumes: dict[str, float | None]
    bases: dict[str, float | None] = Field(description="Base quantity of each criterion.")
    quantities: dict[str, float | None] = Field(description="The six base quantities by name.")
    shares: dict[str, float | None]
    scores: dict[str, int | None] = Field(description="null: not for the public, as total, grade and out.")
    aspects: dict[str, float | None]
    mean: float | None
    total: int | None
    grade: str | None
    considerations: dict[str, int]
    legality: LegalityDocument
    treatment: TreatmentDocument
    out: bool | None = Field(
        description="No longer slum by the exit rule, even if all that is unknown were at its worst."
    )
    exit_rule: str
    doubts: list[dict[str, Any]] = Field(
        description="What is odd: criterion, code, value; the reason it is kept for, if you see the workspace."
    )
    version: int


class AssessmentsDocument(BaseModel):
    """The forms of a slum area, oldest first."""

    id: str
    code: str
    assessments: list[FormDocument]


@blueprint.get("/slum-areas/<area_id>/assessments", responses={200: AssessmentsDocument})
def list_all(path: AreaPath, query: Query) -> Response:
    """The 16 criteria of a slum area by year; what tells of fewer than five households is null for the public."""
    db, actor = database(), current_actor()
    found = shown_to(db, actor, slums.profile(db, path.area_id))
    forms = [form_document(form) for form in found.forms]
    return reply(AssessmentsDocument(id=found.id, code=found.code, assessments=forms))


@blueprint.post(
    "/slum-areas/<area_id>/assessments",
    responses={201: FormDocument, 409: problem_response(), **MAKING},
)
def create(path: AreaPath, header: IdempotencyKey, body: YearFormGiven, query: Query) -> Response:
    """Fill in the first form of a slum area for a year."""
    db, actor, area, draft = database(), current_actor(), path.area_id, body.draft()
    return once(
        actor,
        header.key,
        lambda also: create_form(db, actor, area, body.year, draft, also),
        lambda form: _created(area, form),
    )


@blueprint.get("/slum-areas/<area_id>/assessments/<int:year>", responses={200: FormDocument})
def show(path: FormPath, query: Query) -> Response:
    """The form of a year; its ETag names the version."""
    db, actor = database(), current_actor()
    form = shown_to(db, actor, slums.profile(db, path.area_id)).form(path.year)
    if form is None:
        raise NotFound("no_assessment", year=str(path.year))
    return shown(form, content_type=JSON)


@blueprint.put(
    "/slum-areas/<area_id>/assessments/<int:year>",
    responses={200: FormDocument, 201: FormDocument, **CHANGING},
)
def put(path: FormPath, header: IfMatch, body: FormGiven, query: Query) -> Response:
    """Write the form of a year; one that is there already is changed at a version only."""
    area, year = path.area_id, path.year
    form, new = put_form(database(), current_actor(), area, year, body.draft(), _version_given(path))
    if not new:
        return shown(form, content_type=JSON)
    answer = _created(area, form)
    return reply(answer.body, answer.status, answer.headers, answer.content_type)


@blueprint.delete("/slum-areas/<area_id>/assessments/<int:year>", responses=DELETING)
def delete(path: FormPath, header: IfMatch, query: Query) -> Response:
    """Delete the form of a year; its history stays."""
    delete_form(database(), current_actor(), path.area_id, path.year, _version_given(path))
    return Response(status=204)


@blueprint.get("/slum-areas/<area_id>/assessments/<int:year>/history", responses={200: VersionsDocument})
def history(path: FormPath, query: Query) -> Response:
    """Every version of the form of a year, for those who see the workspace: it holds every number."""
    return told(form_history(database(), current_actor(), path.area_id, path.year))


@as_feature.register
def form_document(form: slums.Form) -> FormDocument:
    """A form with what is computed from it."""
    same = ("year", "source", "surveyed_on", "mean", "total", "grade", "version")
    return FormDocument(
        **{name: getattr(form, name) for name in same},
        volumes={line.code: line.volume for line in form.lines},
        bases={line.code: line.base for line in form.lines},
        quantities=dict(form.quantities),
        shares={line.code: line.share for line in form.lines},
        scores={line.code: line.score for line in form.lines},
        aspects=dict(form.aspects),
        considerations=dict(form.considerations),
        legality=LegalityDocument(tenure_clear=form.tenure_clear, zoning_conform=form.zoning_conform),
        treatment=TreatmentDocument.model_validate(form.treatment),
        out=form.out,
        exit_rule=settings().exit_rule,
        doubts=[dict(doubt) for doubt in form.doubts],
    )


def _version_given(path: FormPath) -> int | None:
    return version_given(lambda: get_form(database(), path.area_id, path.year).version)


def _created(area: str, form: slums.Form) -> Answer:
    address = url_for("api_slum_forms.show", area_id=area, year=form.year)
    return created(form, address, content_type=JSON)
