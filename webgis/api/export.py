"""GET /export/{layer}.{format}: a layer as a file, streamed.

It knows nothing about formats or rights, which are `planning.exports`.
The name of the file in the address is the name people give it: proposals.geojson, assets.shp.zip.
"""

from __future__ import annotations

import datetime as dt

from flask import Response
from pydantic import BaseModel, Field, field_validator

from webgis.api.documents import Query, problem_response
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.parameters import parse_bbox
from webgis.auth import current_actor, pace
from webgis.context import database
from webgis.planning.giving.exports import FORMATS, LAYERS, Filters, export

blueprint = api_blueprint("export", "export")


class ExportPath(BaseModel):
    """Which layer in which format."""

    file: str = Field(
        description=f"LAYER.FORMAT, such as proposals.geojson. Layers: {', '.join(LAYERS)}. "
        f"Formats: {', '.join(FORMATS)}."
    )


class ExportFilters(Query):
    """Which part of the layer."""

    kelurahan: str | None = Field(
        None,
        max_length=40,
        description="Code of a kelurahan, or of a kecamatan or kota with all below it. "
        "Households without it are those of every kelurahan where the account may see them.",
    )
    bbox: str | None = Field(None, max_length=200, description="west,south,east,north in degrees.")
    state: str | None = Field(None, max_length=40, description="State of proposals; for no other layer.")
    updated_since: dt.datetime | None = Field(
        None, description="Date or time (ISO 8601); without a zone UTC is meant."
    )

    reason: str = Field(
        "",
        max_length=300,
        description="What poor households are taken along for; it is logged, and stands in every row of the file.",
    )

    @field_validator("kelurahan", "bbox", "state", "updated_since", mode="before")
    @classmethod
    def _empty(cls, given: object) -> object:
        """A form sends fields that were left empty as well."""
        return None if given == "" else given

    @field_validator("bbox")
    @classmethod
    def _box(cls, given: str | None) -> str | None:
        parse_bbox(given)
        return given


@blueprint.get(
    "/export/<file>",
    responses={
        200: {"description": "The file", "content": {kind: {} for kind in FORMATS.values()}},
        429: problem_response(),
    },
)
def download(path: ExportPath, query: ExportFilters) -> Response:
    """A layer as a file."""
    pace.count("file")
    layer, _, form = path.file.partition(".")
    since = query.updated_since
    if since is not None and since.tzinfo is None:
        since = since.replace(tzinfo=dt.UTC)
    filters = Filters(query.kelurahan, parse_bbox(query.bbox), query.state, since)
    made = export(database(), current_actor(), layer, form, filters, query.reason)
    response = Response(made.chunks, content_type=made.mimetype)
    if made.size is not None:
        response.content_length = made.size
    response.headers["Content-Disposition"] = f'attachment; filename="{made.filename}"'
    return response
