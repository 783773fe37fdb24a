"""Layers read row after row from a cursor of the server, so that memory stays the same for any size.

It knows nothing about rights or files; whether the restricted layer or the true place of a private work may be read
is decided by `webgis.planning.giving.exports`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Result, text
from sqlalchemy.orm import Session

from webgis.store import shown
from webgis.store.shown import NOTHING, Kept

_HOME = "starts_with(t.{column}, :kelurahan)"
_LAYERS: Mapping[str, tuple[str, str, str]] = {
    **{k: ("region", "t.kind = '" + k + "'", "code") for k in ("kelurahan", "rw", "rt")},
    "slum-areas": ("slum_area", "true", "kelurahan"),
    "assets": ("asset", "true", "kelurahan"),
    "proposals": ("proposal", "true", "kelurahan"),
    "households": ("household", "true", "rt"),
    "poverty": ("poverty", "true", "kelurahan"),
    "city-programmes": ("city_programme", "t.public", "kelurahan"),
    **{k: (v, "true", "") for k, v in (
        ("roads", "road"), ("buildings", "building"), ("waterways", "waterway"), ("places", "place"),
        ("spatial-plan", "spatial_zone"))},
}  # fmt: skip
_LAND = "ST_Intersects(t.geom, (select r.geom from region r where r.code = :kelurahan))"
_KEPT_BACK: Final = ("geom", "geom_3857", "proposer")
_AS_SHOWN: Final = {
    "title": shown.title, "description": shown.description, "volume": shown.volume, "cost": shown.cost,
    "funding": shown.funding, "cost_reason": shown.cost_reason,
}  # fmt: skip
_COUNTS: Final = {
    name: f"case when {{0}}.code <> all(cast(:untold as text[])) then {{0}}.{name} end".format
    for name in ("population", "households", "buildings", "persons")
}
_KINDS: Final = {
    "smallint": "integer", "integer": "integer", "bigint": "integer", "boolean": "boolean",
    "real": "real", "double precision": "real",
}  # fmt: skip
LAYERS = tuple(_LAYERS)
BATCH: Final = 2000


@dataclass(frozen=True)
class Part:
    """Which part of a layer, and what of it is not told.

    bbox: west, south, east, north in degrees. state, kept (what is kept back): of proposals only. untold: codes of the
    regions whose counts are not told.
    """

    layer: str
    kelurahan: str | None = None
    bbox: tuple[float, float, float, float] | None = None
    state: str | None = None
    updated_since: dt.datetime | None = None
    kept: Kept = NOTHING
    untold: Sequence[str] = ()

    @property
    def is_works(self) -> bool:
        """Whether rows are proposals, of which not everything is shown."""
        return self.layer == "proposals"

    @property
    def is_regions(self) -> bool:
        """Whether rows are regions, whose counts are not always told."""
        return _LAYERS[self.layer][0] == "region"

    @property
    def key(self) -> str:
        """The column that orders and names rows."""
        return "code" if self.is_regions or self.layer == "poverty" else "id"

    @property
    def told(self) -> Mapping[str, Callable[[str], str]]:
        """Columns that are not told as they are: what stands there instead, by the name of the table."""
        return _AS_SHOWN if self.is_works else _COUNTS if self.is_regions else {}

    @property
    def shape(self) -> str:
        """The geometry as it may be told."""
        return shown.place("t") if self.is_works else "t.geom"


@dataclass(frozen=True)
class Column:
    """A column of an export. kind: integer, real, boolean or text."""

    name: str
    kind: str


def features(session: Session, part: Part) -> Iterator[str]:
    """The features of a layer, each as the text of a GeoJSON Feature, in a stable order."""
    pairs = ", ".join(f"'{name}', {of('t')}" for name, of in part.told.items())
    words = f" || jsonb_build_object({pairs})" if pairs else ""
    chosen = f"""json_build_object('type', 'Feature', 'id', t.{part.key},
        'geometry', ST_AsGeoJSON({part.shape}, 7)::json,
        'properties', to_jsonb(t) - cast(:kept_back as text[]){words})::text"""
    yield from _read(session, part, chosen, kept_back=list(_KEPT_BACK)).scalars()


def columns(session: Session, layer: str) -> list[Column]:
    """The columns of a layer as its table has them, without geometry; they are the properties of its GeoJSON."""
    found = session.execute(
        text("""
            select attname, format_type(atttypid, null) from pg_attribute
            where attrelid = cast(:table as regclass) and attnum > 0 and not attisdropped
              and attname <> all(cast(:kept_back as text[])) order by attnum
        """),
        {"table": _LAYERS[layer][0], "kept_back": list(_KEPT_BACK)},
    )
    return [Column(name, _KINDS.get(kind, "text")) for name, kind in found]


def shapes(session: Session, part: Part) -> list[str]:
    """The kinds of geometry that occur: POINT, MULTIPOLYGON, …; NONE for rows without."""
    kinds = _read(session, part, f"distinct coalesce(GeometryType({part.shape}), 'NONE')", order="1")
    return list(kinds.scalars())


def rows(session: Session, part: Part, shape: str | None = None) -> Iterator[Sequence[Sequence[Any]]]:
    """Batches of rows: the values of `columns`, then the geometry as WKB (WGS 84) or None.

    Texts are written as in GeoJSON (times ISO 8601, documents as JSON). shape: only rows with this kind of geometry.
    """
    values = [_value(part, column) for column in columns(session, part.layer)]
    only = "true" if shape is None else f"coalesce(GeometryType({part.shape}), 'NONE') = :only_shape"
    chosen = f"{', '.join(values)}, ST_AsBinary({part.shape})"
    yield from _read(session, part, chosen, also=only, only_shape=shape).partitions(BATCH)


def _value(part: Part, column: Column) -> str:
    value = part.told[column.name]("t") if column.name in part.told else f"t.{column.name}"
    return value if column.kind != "text" else f"to_jsonb({value}) #>> '{{}}'"


def count(session: Session, part: Part) -> int:
    """How many rows a part has."""
    return int(_read(session, part, "count(*)", order="1").scalar_one())


def _read(
    session: Session, part: Part, chosen: str, *, also: str = "true", order: str = "", **values: Any
) -> Result[Any]:
    """Something of every row of a part, from a cursor of the server."""
    table, condition, _home = _LAYERS[part.layer]
    where = [condition, also, *_filters(part)]
    query = f"select {chosen} from {table} t where {' and '.join(where)} order by {order or 't.' + part.key}"
    values |= {
        "kelurahan": part.kelurahan, "state": part.state, "since": part.updated_since, "untold": list(part.untold),
        **part.kept.values(),
        **dict(zip(("west", "south", "east", "north"), part.bbox or (None,) * 4, strict=True)),
    }  # fmt: skip
    used = {name: value for name, value in values.items() if f":{name}" in query}
    return session.execute(text(query), used, execution_options={"stream_results": True, "yield_per": BATCH})


def _filters(part: Part) -> Iterator[str]:
    home = _LAYERS[part.layer][2]
    if part.kelurahan is not None:
        yield _HOME.format(column=home) if home else _LAND
    if part.bbox is not None:
        yield f"ST_Intersects({part.shape}, ST_MakeEnvelope(:west, :south, :east, :north, 4326))"
    if part.is_works:
        yield shown.told("t")
    if part.state is not None:
        yield "t.state = :state"
    if part.updated_since is not None:
        yield "t.updated_at >= :since"
