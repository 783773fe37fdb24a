"""GET /export/{layer}.{format}: a layer as a file, streamed.

It knows nothing about formats or rights, which are `planning.exports`.
The name of the file in the address is the name people give it: proposals.geojson, assets.shp.zip.
"""

from __future__ import annotations

import datetime as dt

from flask import Response
from pydantic import BaseModel, Field, field_validator

from webgis.api.documents import Query
from webgis.api.documents import blueprint as api_blueprint
from webgis.api.parameters import parse_bbox
from webgis.auth import current_actor
from webgis.context import database
from webgis.planning.exports import Filters, export

blueprint = api_blueprint("export", "export")


class ExportPath(BaseModel):
    """LAYER.FORMAT, such as proposals.geojson."""

    file: str


class ExportFilters(Query):
    """Which part of the layer."""

    kelurahan: str | None = Field(None, max_length=40)
    bbox: str | None = Field(None, max_length=200, description="west,south,east,north in degrees.")
    state: str | None = Field(None, max_length=40)
    updated_since: dt.datetime | None = None

    @field_validator("bbox")
    @classmethod
    def _box(cls, given: str | None) -> str | None:
        parse_bbox(given)
        return given


@blueprint.get(
    "/export/<file>",
    responses={200: {"description": "The file", "content": {"application/octet-stream": {}}}},
)
def download(path: ExportPath, query: ExportFilters) -> Response:
    """A layer as a file."""
    layer, _, form = path.file.partition(".")
    since = query.updated_since.isoformat() if query.updated_since else None
    filters = Filters(query.kelurahan, parse_bbox(query.bbox), query.state, since)
    made = export(database(), current_actor(), layer, form, filters)
    response = Response(made.chunks, content_type=made.mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{made.filename}"'
    return response
