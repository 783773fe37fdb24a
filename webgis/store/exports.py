"""Layers as GeoJSON, row after row from a cursor of the server, so that memory stays the same for any size.

It knows nothing about rights; whether the restricted layer or the true place of a private work may be read is
decided by `webgis.planning.exports`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from webgis.store import shown

_HOME = "starts_with(t.{column}, :kelurahan)"
_LAYERS: Mapping[str, tuple[str, str, str]] = {
    **{k: ("region t", "t.kind = '" + k + "'", "code") for k in ("kelurahan", "rw", "rt")},
    "slum-areas": ("slum_area t", "true", "kelurahan"),
    "assets": ("asset t", "true", "kelurahan"),
    "proposals": ("proposal t", "true", "kelurahan"),
    "households": ("household t", "true", "rt"),
    "poverty": ("poverty t", "true", "kelurahan"),
    **{k: (v + " t", "true", "") for k, v in (
        ("roads", "road"), ("buildings", "building"), ("waterways", "waterway"), ("places", "place"))},
}  # fmt: skip
_LAND = "ST_Intersects(t.geom, (select r.geom from region r where r.code = :kelurahan))"
LAYERS = tuple(_LAYERS)


def features(
    session: Session,
    layer: str,
    *,
    kelurahan: str | None = None,
    bbox: Sequence[float] | None = None,
    state: str | None = None,
    updated_since: str | None = None,
    hidden: Sequence[str] = (),
    unnamed: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """The features of a layer, each as the text of a GeoJSON Feature, in a stable order."""
    table, condition, home = _LAYERS[layer]
    is_work = layer == "proposals"
    shape = shown.place("t") if is_work else "t.geom"
    names = unnamed or {}
    where = [condition]
    values: dict[str, Any] = {"kelurahan": kelurahan, "hidden": list(hidden), "unnamed": list(names),
        "unnamed_titles": list(names.values()),
    }  # fmt: skip
    if kelurahan is not None:
        where.append(_HOME.format(column=home) if home else _LAND)
    if bbox is not None:
        where.append(f"ST_Intersects({shape}, ST_MakeEnvelope(:west, :south, :east, :north, 4326))")
        values |= dict(zip(("west", "south", "east", "north"), bbox, strict=True))
    if is_work:
        where.append(shown.told("t"))
    if state is not None and is_work:
        where.append("t.state = :state")
        values["state"] = state
    if updated_since is not None and layer != "poverty":
        where.append("t.updated_at >= cast(:since as timestamptz)")
        values["since"] = updated_since
    key = "code" if layer in ("kelurahan", "rw", "rt", "poverty") else "id"
    words = (
        f" || jsonb_build_object('title', {shown.title('t')}, 'description', {shown.description('t')})"
        if is_work
        else ""
    )
    query = text(f"""
        select json_build_object('type', 'Feature', 'id', t.{key}, 'geometry', ST_AsGeoJSON({shape}, 7)::json,
            'properties', to_jsonb(t) - 'geom' - 'geom_3857' - 'proposer'{words})::text
        from {table} where {" and ".join(where)} order by t.{key}
    """)
    result = session.execute(
        query, _used(values, str(query)), execution_options={"stream_results": True, "yield_per": 500}
    )
    yield from result.scalars()


def _used(values: dict[str, Any], query: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if f":{name}" in query}
