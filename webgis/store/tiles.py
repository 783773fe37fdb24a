"""Vector tiles made by PostGIS: one statement per layer, bound parameters, the same bytes every time.

It knows nothing about rights or HTTP; households and exact places are given only to a caller that has checked them.
Rows are chosen with the tile's margin and sorted inside ST_AsMVT, without which bytes differ from run to run
(measured in the trials, performance 2.1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from webgis.store import shown

EXTENT: Final = 4096
BUFFER: Final = 64
_ENVELOPE: Final = f"ST_TileEnvelope(:z, :x, :y, margin => {BUFFER / EXTENT})"
Grade = tuple[str | None, float | None, int | None]


@dataclass(frozen=True)
class Layer:
    """A layer of tiles: rows of `source` (with columns geom and sort; {box} is the choice of rows), from minzoom on.

    versions: layers of the store whose change makes its tiles stale; kept: and those of who sees more than the public.
    fields: attribute -> type for TileJSON.
    """

    source: str
    versions: tuple[str, ...]
    fields: Mapping[str, str]
    minzoom: int = 0
    restricted: bool = False
    kept: tuple[str, ...] = ()


def _regions(kind: str) -> Layer:
    source = f"select code, name, kind, geom_3857 as geom, code as sort from region where kind = '{kind}' and {{box}}"
    return Layer(source, ("regions",), {"code": "String", "name": "String", "kind": "String"})


_HOUSEHOLDS = """
    select id::text, members, decile, geom_3857 as geom, id as sort from household
    where {box} and split_part(rt, '-', 1) = any(cast(:kelurahan as text[]))
"""
_PROPOSALS = f"""
    select id::text, shown_title as title, work_type, state, pillars.pillar, kelurahan, shown_cost as cost, is_paket,
           place as geom, id as sort
    from (
        select p.*, p.geom_3857 as place, p.title as shown_title, p.cost as shown_cost from proposal p
        where {{box}} and (work_type <> all(cast(:hidden as text[])) or p.kelurahan = any(cast(:kelurahan as text[])))
        union all
        select p.*, ST_PointOnSurface(coalesce(w.geom_3857, k.geom_3857)), {shown.title("p")}, {shown.cost("p")}
        from proposal p join region k on k.code = p.kelurahan left join region w on w.code = p.rw
        where work_type = any(cast(:hidden as text[])) and p.kelurahan <> all(cast(:kelurahan as text[]))
          and {shown.told("p")} and coalesce(w.geom_3857, k.geom_3857) && {{envelope}}
    ) p
    left join unnest(cast(:work_types as text[]), cast(:pillars as text[])) as pillars (key, pillar)
      on pillars.key = p.work_type
"""
_SLUMS = """
    select s.id::text, s.code, s.name, s.level, g.grade, g.total, g.year, s.geom_3857 as geom, s.code as sort
    from slum_area s
    left join unnest(cast(:codes as text[]), cast(:grades as text[]), cast(:totals as float[]), cast(:years as int[]))
      as g (code, grade, total, year) on g.code = s.code
    where {box}
"""
_ZONES = """
    select z.code, z.name, z.plan, coalesce(looks.look, 'unknown') as look, z.geom_3857 as geom, z.id as sort
    from spatial_zone z
    left join unnest(cast(:codes as text[]), cast(:looks as text[])) as looks (code, look) on looks.code = z.code
    where {box}
"""
LAYERS: Final[Mapping[str, Layer]] = {
    "kelurahan": _regions("kelurahan"),
    "rw": _regions("rw"),
    "rt": _regions("rt"),
    "slum-areas": Layer(
        _SLUMS,
        ("slum-areas",),
        {
            "id": "String", "code": "String", "name": "String", "level": "String", "grade": "String",
            "total": "Number", "year": "Number",
        },
    ),
    "assets": Layer(
        "select id::text, kind, condition, name, kelurahan, geom_3857 as geom, id as sort from asset where {box}",
        ("assets",),
        {"id": "String", "kind": "String", "condition": "String", "name": "String", "kelurahan": "String"},
        minzoom=14,
    ),
    "proposals": Layer(
        _PROPOSALS,
        ("proposals", "regions"),
        {
            "id": "String", "title": "String", "work_type": "String", "state": "String", "pillar": "String",
            "kelurahan": "String", "cost": "Number", "is_paket": "Boolean",
        },
    ),
    "poverty": Layer(
        "select code, band, class, geom_3857 as geom, code as sort from poverty where {box}",
        ("poverty",),
        {"code": "String", "band": "String", "class": "Number"},
    ),
    "households": Layer(
        _HOUSEHOLDS, ("households",), {"id": "String", "members": "Number", "decile": "Number"}, 14, restricted=True
    ),
    "hazards": Layer(
        "select kind, threshold, year, geom_3857 as geom, id as sort from hazard_area where {box}",
        ("hazards",),
        {"kind": "String", "threshold": "Number", "year": "Number"},
        minzoom=12,
    ),
    "roads": Layer(
        """select class, name, width_m, geom_3857 as geom, id as sort from road
           where {box} and (:z >= 14 or class not in ('gang', 'path'))""",
        ("roads",),
        {"class": "String", "name": "String", "width_m": "Number"},
    ),
    "buildings": Layer(
        "select use, name, geom_3857 as geom, id as sort from building where {box}",
        ("buildings",),
        {"use": "String", "name": "String"},
        minzoom=15,
    ),
    "waterways": Layer(
        "select kind, name, width_m, geom_3857 as geom, id as sort from waterway where {box}",
        ("waterways",),
        {"kind": "String", "name": "String", "width_m": "Number"},
    ),
    "spatial-plan": Layer(
        _ZONES,
        ("spatial-plan",),
        {"code": "String", "name": "String", "plan": "String", "look": "String"},
        minzoom=12,
    ),
    "city-programmes": Layer(
        """select id::text, title as name, kind, year, geom_3857 as geom, id as sort from city_programme
           where {box} and (public or in_programme_scope(kelurahan))""",
        ("city-programmes",),
        {"id": "String", "name": "String", "kind": "String", "year": "Number"},
        minzoom=12,
        kept=("city-programmes-kept",),
    ),
    "places": Layer(
        "select kind, name, geom_3857 as geom, id as sort from place where {box}",
        ("places",),
        {"kind": "String", "name": "String"},
    ),
}  # fmt: skip


def version(session: Session, layer: str, *, whole: bool = False) -> str:
    """Version of a layer's tiles; differs after every statement that may have changed one. whole: also where the public
    sees nothing of it.
    """
    shape = LAYERS[layer]
    query = text(
        "select string_agg(version::text, '.' order by layer) from layer_version where layer = any(:layers)"
    )
    layers = [*shape.versions, *(shape.kept if whole else ())]
    return str(session.execute(query, {"layers": layers}).scalar() or "0")


def tile(session: Session, layer: str, z: int, x: int, y: int, params: Mapping[str, Any]) -> bytes:
    """The bytes of a tile, empty below the layer's least zoom. params: what the layer's source asks for."""
    shape = LAYERS[layer]
    if z < shape.minzoom:
        return b""
    values = {"z": z, "x": x, "y": y, "layer": layer, **params}
    return bytes(session.execute(text(_statement(shape)), values).scalar_one() or b"")


def grade_params(grades: Mapping[str, Grade]) -> dict[str, list[Any]]:
    """Grades by code of the slum area, as the parameters of the layer slum-areas."""
    codes = sorted(grades)
    return {
        "codes": codes,
        "grades": [grades[code][0] for code in codes],
        "totals": [grades[code][1] for code in codes],
        "years": [grades[code][2] for code in codes],
    }


def zone_codes(session: Session) -> list[str]:
    """The codes of zones that are on record."""
    return list(session.execute(text("select distinct code from spatial_zone order by code")).scalars())


def kelurahan_at(session: Session, z: int, x: int, y: int) -> Sequence[str]:
    """Codes of the kelurahan that a tile touches, with its margin."""
    query = text(f"""
        select code from region where kind = 'kelurahan' and geom_3857 && {_ENVELOPE} order by code
    """)
    return [str(code) for (code,) in session.execute(query, {"z": z, "x": x, "y": y})]


def _statement(layer: Layer) -> str:
    source = layer.source.replace("{box}", f"geom_3857 && {_ENVELOPE}").replace("{envelope}", _ENVELOPE)
    columns = ", ".join(f"rows.{name}" for name in layer.fields)
    return f"""
        select ST_AsMVT(cells, :layer, {EXTENT}, 'shape') from (
            select {columns}, ST_AsMVTGeom(rows.geom, ST_TileEnvelope(:z, :x, :y), {EXTENT}, {BUFFER}, true) as shape
            from ({source}) rows order by rows.sort
        ) cells where shape is not null
    """
