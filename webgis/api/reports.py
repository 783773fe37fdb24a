"""/reports: problems with assets, reported by anybody, and what became of them.

It knows nothing about limits or rights. A report is multipart/form-data, since it may carry a photo.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal
from uuid import UUID

from flask import Response, url_for
from flask_openapi3.models.file import FileStorage
from pydantic import BaseModel, ConfigDict, Field

from webgis.api.assets import Condition
from webgis.api.attachments import AssetFilesPath, AttachmentsDocument, files_folder, listed
from webgis.api.comments import caller_address
from webgis.api.documents import Given, IfMatch, Query, problem_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.locked import CHANGING
from webgis.api.parameters import etag, version_given
from webgis.auth import current_actor
from webgis.context import database
from webgis.planning.community import reports
from webgis.planning.community.reports import Report
from webgis.planning.proposals.attachments import LARGEST

blueprint = api_blueprint("reports", "reports")
State = Literal["new", "handled", "closed"]


class ReportPath(BaseModel):
    """Which report."""

    report_id: UUID


class ReportFilters(Query):
    """Reports of which kelurahan, in which state."""

    kelurahan: str = Field(max_length=40)
    state: State | None = None


class ReportGiven(BaseModel):
    """What is wrong (multipart/form-data). No account is needed; it is public once somebody has read it."""

    model_config = ConfigDict(extra="forbid")

    body: str = Field(max_length=20_000)
    name: str = Field("", max_length=1000, description="Shown beside the report; may be left out.")
    photo: FileStorage | None = None
    lon: float | None = Field(
        None, description="Where the problem is; with `lat`, at most 100 m from the asset."
    )
    lat: float | None = None


class SeeingTo(Given):
    """What became of a report."""

    state: State
    public: bool
    answer: str = Field("", max_length=20_000)


class ConditionGiven(Given):
    """The condition the asset is in."""

    condition: Condition


class RepairGiven(Given):
    """How the asset is to be mended: a work type that serves what it served."""

    work_type: str = Field(max_length=100)


class ReportDocument(BaseModel):
    """A report."""

    id: str
    asset_id: str | None
    asset_kind: str | None
    asset_name: str | None
    asset_condition: str | None
    kelurahan: str
    place: tuple[float, float]
    body: str
    state: State
    public: bool
    answer: str
    proposal_id: str | None
    author: str
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime


class ReceivedDocument(BaseModel):
    """What a reporter is told: that it arrived. The report itself is read by others first."""

    id: str
    state: str


class ReportsDocument(BaseModel):
    """Reports, open ones first."""

    reports: list[ReportDocument]


@blueprint.post("/assets/<asset_id>/reports", responses={201: ReceivedDocument, 429: problem_response()})
def report(path: AssetFilesPath, form: ReportGiven, query: Query) -> Response:
    """Report a problem with an asset."""
    made = reports.report_problem(
        database(), files_folder(), current_actor(), path.asset_id, form.body, name=form.name,
        photo=form.photo.stream.read(LARGEST + 1) if form.photo else b"",
        place=None if form.lon is None or form.lat is None else (form.lon, form.lat), address=caller_address(),
    )  # fmt: skip
    return reply(ReceivedDocument(id=made.id, state=made.state), 201)


@blueprint.get("/assets/<asset_id>/reports", responses={200: ReportsDocument})
def published(path: AssetFilesPath, query: Query) -> Response:
    """What everybody may read of an asset."""
    return _reports(reports.published(database(), path.asset_id))


@blueprint.get("/reports", responses={200: ReportsDocument})
def list_all(query: ReportFilters) -> Response:
    """Reports of a kelurahan, for those who see to them."""
    return _reports(reports.list_reports(database(), current_actor(), query.kelurahan, query.state))


@blueprint.get("/reports/<uuid:report_id>", responses={200: ReportDocument})
def show(path: ReportPath, query: Query) -> Response:
    """One report."""
    return _one(reports.get_report(database(), current_actor(), str(path.report_id)))


@blueprint.put("/reports/<uuid:report_id>", responses={200: ReportDocument, **CHANGING})
def see_to(path: ReportPath, header: IfMatch, body: SeeingTo, query: Query) -> Response:
    """Say what became of a report, and whether everybody may read it."""
    found = reports.see_to(
        database(), current_actor(), str(path.report_id), _version(path), state=body.state, public=body.public,
        answer=body.answer,
    )  # fmt: skip
    return _one(found)


@blueprint.post("/reports/<uuid:report_id>/condition", responses={200: ReportDocument, **CHANGING})
def condition(path: ReportPath, header: IfMatch, body: ConditionGiven, query: Query) -> Response:
    """Give the asset the condition that was reported."""
    wanted, actor = str(path.report_id), current_actor()
    reports.note_condition(database(), actor, wanted, _version(path), body.condition)
    return _one(reports.get_report(database(), actor, wanted))


@blueprint.post("/reports/<uuid:report_id>/proposal", responses={201: ReportDocument, **CHANGING})
def propose(path: ReportPath, header: IfMatch, body: RepairGiven, query: Query) -> Response:
    """Make a draft proposal of it."""
    wanted, actor = str(path.report_id), current_actor()
    made = reports.propose_repair(database(), actor, wanted, _version(path), body.work_type)
    answer = _one(reports.get_report(database(), actor, wanted), 201)
    answer.headers["Location"] = url_for("api_proposals.show", proposal_id=made)
    return answer


@blueprint.get("/reports/<uuid:report_id>/attachments", responses={200: AttachmentsDocument})
def photos(path: ReportPath, query: Query) -> Response:
    """Photos of a report."""
    return listed("report", str(path.report_id))


def _version(path: ReportPath) -> int | None:
    return version_given(lambda: reports.get_report(database(), current_actor(), str(path.report_id)).version)


def _one(found: Report, status: int = 200) -> Response:
    document = ReportDocument.model_validate(found, from_attributes=True)
    return reply(document, status, {"ETag": etag(found.version)})


def _reports(found: tuple[Report, ...]) -> Response:
    return reply(
        ReportsDocument(reports=[ReportDocument.model_validate(r, from_attributes=True) for r in found])
    )
