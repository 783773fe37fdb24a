"""GET /tiles/{layer}/{z}/{x}/{y}.mvt and /tiles/{layer}.json.

It knows nothing about how a tile is made. Public tiles may be kept by anybody who asks again before using them;
personal ones are kept by nobody.
"""

from __future__ import annotations

import gzip
from typing import Any, Final

from flask import Blueprint, Response, current_app, jsonify, request, send_file, url_for
from flask.sansio.blueprints import BlueprintSetupState

from webgis.auth import current_actor, pace
from webgis.context import context, database
from webgis.planning.errors import NotFound
from webgis.store import regions, tiles
from webgis.tiles.cache import TileCache
from webgis.tiles.making import check_right, checked, offer

PMTILES: Final = "application/vnd.pmtiles"
MVT: Final = "application/vnd.mapbox-vector-tile"
PUBLIC: Final = "public, max-age=0, must-revalidate"
PRIVATE: Final = "private, no-store"
DEEPEST_OFFERED: Final = 17
CACHE: Final = "webgis.tiles"
blueprint = Blueprint("tiles", __name__, url_prefix="/tiles")


@blueprint.record
def give_cache(state: BlueprintSetupState) -> None:
    """Each application has its own cache, as it has its own store."""
    state.app.extensions[CACHE] = TileCache()


@blueprint.get("/<layer>/<int:z>/<int:x>/<int:y>.mvt")
def tile(layer: str, z: int, x: int, y: int) -> Response:
    """One vector tile; 304 if the caller has this version already."""
    pace.count("tile")
    found = offer(database(), current_actor(), checked(layer, z, x, y), current_app.extensions[CACHE])
    response = Response(content_type=MVT)
    response.headers["Cache-Control"] = PUBLIC if found.public else PRIVATE
    response.vary.update(("Accept-Encoding", "Cookie", "Authorization"))
    response.set_etag(f"{layer}-{found.version}", weak=True)
    if request.if_none_match.contains_weak(response.get_etag()[0] or "") and request.if_none_match:
        response.status_code = 304
        return response
    packed = found.make()
    if request.accept_encodings["gzip"]:
        response.headers["Content-Encoding"] = "gzip"
        response.set_data(packed)
    else:
        response.set_data(gzip.decompress(packed))
    return response


@blueprint.get("/basemap.pmtiles")
def base_map() -> Response:
    """The city's own base map, one file of the data folder that is read in pieces (HTTP ranges)."""
    pace.count("tile")
    path = context().settings.base_map
    if not path.is_file():
        raise NotFound("no_base_map")
    response = send_file(path, mimetype=PMTILES, conditional=True, max_age=0)
    response.headers["Cache-Control"] = PUBLIC
    return response


@blueprint.get("/<layer>.json")
def tilejson(layer: str) -> Response:
    """TileJSON 3 of a layer; the version in the address of its tiles makes old ones unreachable after a change."""
    if layer not in tiles.LAYERS:
        raise NotFound("no_such_tile")
    check_right(current_actor(), layer)
    shape = tiles.LAYERS[layer]
    with database().transaction() as session:
        version, bounds = tiles.version(session, layer), regions.bounds(session)
    document: dict[str, Any] = {
        "tilejson": "3.0.0",
        "name": layer,
        "scheme": "xyz",
        "tiles": [
            url_for("tiles.tilejson", layer=layer, _external=True)[:-5] + "/{z}/{x}/{y}.mvt?v=" + version
        ],
        "minzoom": shape.minzoom,
        "maxzoom": DEEPEST_OFFERED,
        "bounds": list(bounds or (-180, -85.05112877980659, 180, 85.0511287798066)),
        "vector_layers": [{"id": layer, "fields": dict(shape.fields), "minzoom": shape.minzoom}],
    }
    response = jsonify(document)
    response.headers["Cache-Control"] = PRIVATE if shape.restricted else "no-cache"
    return response
