"""/assets/batch: many assets changed in one request, all or none.

It knows nothing about rules. Each change names the version it starts from, as If-Match does for a single one.
"""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from flask import Response
from pydantic import BaseModel, Field

from webgis.api.assets import AssetFeature, AssetFieldsGiven, asset_feature
from webgis.api.documents import Given, Query, problem_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.auth import current_actor
from webgis.context import database
from webgis.planning.batch import Change
from webgis.planning.mapping.asset_batch import MOST, change_assets

blueprint = api_blueprint("asset_batch", "assets")


class AssetChangeGiven(Given):
    """One change: set fields, delete, or restore what was deleted (which needs no version)."""

    id: UUID = Field(strict=False)
    version: int | None = Field(None, ge=1)
    action: Literal["set", "delete", "restore"] = "set"
    properties: AssetFieldsGiven | None = Field(None, description="Fields not named stay as they are.")

    def change(self) -> Change:
        """The same for planning."""
        values = self.properties.model_dump(exclude_unset=True) if self.properties else {}
        return Change(str(self.id), self.version, self.action, values)


class AssetBatchGiven(Given):
    """Changes to do together."""

    changes: list[AssetChangeGiven] = Field(min_length=1, max_length=MOST)


class AssetBatchDocument(BaseModel):
    """The assets as they are stored now, in the order of the changes; null for a deleted one."""

    assets: list[AssetFeature | None]


@blueprint.post("/assets/batch", responses={200: AssetBatchDocument, 415: problem_response()})
def change(body: AssetBatchGiven, query: Query) -> Response:
    """Change many assets: all of them, or none with a verdict for each that is refused."""
    changed = change_assets(database(), current_actor(), [given.change() for given in body.changes])
    return reply(
        AssetBatchDocument(assets=[None if asset is None else asset_feature(asset) for asset in changed])
    )
