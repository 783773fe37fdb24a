"""/attachments: photos and papers of proposals and assets, handed in as multipart/form-data.

It knows nothing about pictures or rights. A file is sent with its own type and nothing that lets it act: no sniffing,
no scripts, papers as downloads (ASVS 5.0, 5.4.1).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal
from uuid import UUID

from flask import Response, send_file, url_for
from flask_openapi3.models.file import FileStorage
from pydantic import BaseModel, ConfigDict, Field

from webgis.api.documents import Query, problem_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.locked import Responses
from webgis.api.proposals import ProposalPath
from webgis.auth import current_actor
from webgis.context import context, database
from webgis.planning.proposals import attachments
from webgis.planning.proposals.attachments import LARGEST, Attachment, Opened

blueprint = api_blueprint("attachments", "attachments")
Kind = Literal["photo", "photo_0", "photo_50", "photo_100", "land", "ded", "minutes", "other"]
SANDBOX = "default-src 'none'; sandbox"


class AttachmentPath(BaseModel):
    """Which attachment."""

    attachment_id: UUID


class AssetFilesPath(BaseModel):
    """Which asset."""

    asset_id: str


class FileGiven(BaseModel):
    """A photo (JPEG, PNG, WebP, HEIC) or paper (PDF) and what it is (multipart/form-data)."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    file: FileStorage
    kind: Kind = Field("photo", description="photo_0, _50, _100: before, half-way and after the works.")
    caption: str = Field("", max_length=1000)
    lon: float | None = Field(
        None, description="Where the photo was taken, only if that is to be kept and shown."
    )
    lat: float | None = None


class AttachmentDocument(BaseModel):
    """A photo or paper. Photos are kept as JPEG without anything a camera wrote into them."""

    id: str
    kind: Kind
    media_type: str
    bytes: int
    width: int | None
    height: int | None
    caption: str
    place: tuple[float, float] | None
    author: str
    at: dt.datetime
    public: bool = Field(description="Whether everybody may see it.")
    mine: bool = Field(description="Whether the caller may delete it.")
    href: str
    thumbnail: str | None


class HandedDocument(AttachmentDocument):
    """What was kept, and what was not: where the camera said it stood, for the person to keep or forget."""

    suggested_place: tuple[float, float] | None


class AttachmentsDocument(BaseModel):
    """Attachments, oldest first."""

    attachments: list[AttachmentDocument]


MAKING: Responses = {201: HandedDocument, 413: problem_response()}


@blueprint.get("/proposals/<uuid:proposal_id>/attachments", responses={200: AttachmentsDocument})
def of_proposal(path: ProposalPath, query: Query) -> Response:
    """Photos and, for those who work on it, papers of a proposal."""
    return listed("proposal", str(path.proposal_id))


@blueprint.post("/proposals/<uuid:proposal_id>/attachments", responses=MAKING)
def add_to_proposal(path: ProposalPath, form: FileGiven, query: Query) -> Response:
    """Add a photo or paper to a proposal."""
    return _add("proposal", str(path.proposal_id), form)


@blueprint.get("/assets/<asset_id>/attachments", responses={200: AttachmentsDocument})
def of_asset(path: AssetFilesPath, query: Query) -> Response:
    """Photos of an asset."""
    return listed("asset", path.asset_id)


@blueprint.post("/assets/<asset_id>/attachments", responses=MAKING)
def add_to_asset(path: AssetFilesPath, form: FileGiven, query: Query) -> Response:
    """Add a photo to an asset."""
    return _add("asset", path.asset_id, form)


@blueprint.get("/attachments/<uuid:attachment_id>/file", responses={200: {"description": "The file"}})
def show(path: AttachmentPath, query: Query) -> Response:
    """The photo or paper itself."""
    return _sent(_open(path, small=False))


@blueprint.get(
    "/attachments/<uuid:attachment_id>/thumbnail", responses={200: {"description": "A small JPEG"}}
)
def thumbnail(path: AttachmentPath, query: Query) -> Response:
    """A photo, small."""
    return _sent(_open(path, small=True))


@blueprint.delete("/attachments/<uuid:attachment_id>", responses={204: None})
def delete(path: AttachmentPath, query: Query) -> Response:
    """Take a photo or paper away; it can be restored for 30 days."""
    attachments.delete_attachment(database(), files_folder(), current_actor(), str(path.attachment_id))
    return Response(status=204)


@blueprint.post(
    "/attachments/<uuid:attachment_id>/restore", responses={200: AttachmentDocument, 409: problem_response()}
)
def restore(path: AttachmentPath, query: Query) -> Response:
    """Bring a deleted photo or paper back."""
    return reply(
        _document(attachments.restore_attachment(database(), current_actor(), str(path.attachment_id)))
    )


def listed(subject: str, subject_id: str) -> Response:
    """The attachments of a subject as an answer."""
    found = attachments.list_attachments(database(), current_actor(), subject, subject_id)
    return reply(AttachmentsDocument(attachments=[_document(item) for item in found]))


def _add(subject: str, subject_id: str, form: FileGiven) -> Response:
    content = form.file.stream.read(LARGEST + 1)
    place = None if form.lon is None or form.lat is None else (form.lon, form.lat)
    handed = attachments.attach(
        database(), files_folder(), current_actor(), subject, subject_id, content,
        kind=form.kind, caption=form.caption, place=place,
    )  # fmt: skip
    document = HandedDocument(**_document(handed.attachment).model_dump(), suggested_place=handed.suggested)
    return reply(document, 201, {"Location": document.href})


def _open(path: AttachmentPath, *, small: bool) -> Opened:
    return attachments.open_file(
        database(), files_folder(), current_actor(), str(path.attachment_id), small=small
    )


def _sent(opened: Opened) -> Response:
    """A file that can do nothing; photos that everybody may see are kept by browsers for an hour."""
    response = send_file(
        opened.path,
        mimetype=opened.media_type,
        as_attachment=opened.media_type != attachments.JPEG,
        download_name=opened.filename,
        etag=opened.digest,
        max_age=3600 if opened.public else None,
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, max-age=3600" if opened.public else "no-store"
    return response


def files_folder() -> Path:
    """Where photos and papers lie."""
    return context().settings.data_dir / "attachments"


def _document(item: Attachment) -> AttachmentDocument:
    small = url_for("api_attachments.thumbnail", attachment_id=item.id) if item.is_photo else None
    return AttachmentDocument.model_validate(
        {
            **{name: getattr(item, name) for name in AttachmentDocument.model_fields if hasattr(item, name)},
            "href": url_for("api_attachments.show", attachment_id=item.id),
            "thumbnail": small,
        }
    )
