"""/imports: hand in a file to be imported in the background.

It knows nothing about formats or layers; the answer is the job to watch.
"""

from __future__ import annotations

from flask import Response, url_for
from flask_openapi3.models.file import FileStorage
from pydantic import BaseModel, ConfigDict, Field

from webgis.api.documents import blueprint as api_blueprint
from webgis.api.documents import reply
from webgis.api.jobs import JobDocument, job_document
from webgis.auth import current_actor, current_language
from webgis.context import context, database
from webgis.planning.imports.import_jobs import UPLOADS, start_import

blueprint = api_blueprint("imports", "imports")


class ImportGiven(BaseModel):
    """A file and what it is (multipart/form-data)."""

    model_config = ConfigDict(extra="forbid")

    file: FileStorage
    layer: str = Field(max_length=40)
    crs: str | None = Field(None, max_length=40, description="EPSG:n, where the file names none.")
    dry_run: bool = Field(False, description="Check everything, store nothing.")


@blueprint.post("/imports", responses={202: JobDocument})
def hand_in(form: ImportGiven) -> Response:
    """Put a file into the queue; the answer is the job to watch."""
    job = start_import(
        database(),
        context().settings.data_dir / UPLOADS,
        current_actor(),
        form.file.stream,
        form.file.filename or "file",
        form.layer,
        crs=form.crs or None,
        dry_run=form.dry_run,
        lang=current_language(),
    )
    return reply(job_document(job), 202, {"Location": url_for("api_jobs.show", job_id=job.id)})
