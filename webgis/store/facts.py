"""The facts of a kelurahan as arrays, read in few queries for the science to work on.

It knows nothing about criteria. Geometries come out as WKB in the asked metric system, PostGIS moves them.
Poor households are read inside `household_scope` only; the caller has checked the right or shows no count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from gis_core.slum import BASE_QUANTITIES, CRITERIA
from webgis.store.database import household_scope

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Zones:
    """RT of a kelurahan: codes, outlines (z,) in metres, households (z,), volumes (z, 16) and bases by name (z,).

    Volumes and bases are of the last year on record, NaN where there is no form.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    outlines: NDArray[np.object_]
    households: Floats
    volumes: Floats
    bases: dict[str, Floats]


@dataclass(frozen=True, eq=False)
class Homes:
    """Poor households: xy (n, 2) in metres, vulnerable people (n,), zone (n,) row of their RT in Zones, -1 unknown.

    vulnerable: the elderly, those under five and the disabled of the household, and one for a woman heading it.
    """

    xy: Floats
    vulnerable: Floats
    zone: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Dwellings:
    """Houses of a kelurahan: lonlat (n, 2) of their middles in degrees, footprint (n,) in one unit of their own."""

    lonlat: Floats
    footprint: Floats


@dataclass(frozen=True, eq=False)
class Waterways:
    """Water near a kelurahan: kind, width, depth in metres and embankment (1 yes, 0 no), each NaN where unknown,
    geometry in metres; mapped: any at all on record."""

    kind: NDArray[np.str_]
    width: Floats
    depth: Floats
    embankment: Floats
    geometry: NDArray[np.object_]
    mapped: bool


@dataclass(frozen=True, eq=False)
class Streets:
    """Streets and paths near a kelurahan: class ("main" to "path") and line (n,) in metres."""

    kind: NDArray[np.str_]
    geometry: NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class SpatialPlan:
    """Zones of the spatial plan near a kelurahan, in pieces: code and label ("PS (Perlindungan setempat)") of the zone,
    precedence (of zones on the same ground those with the highest number rule), geometry in metres.
    """

    code: NDArray[np.str_]
    label: NDArray[np.str_]
    precedence: NDArray[np.int64]
    geometry: NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Assets:
    """Infrastructure near a kelurahan: id, kind, condition (n,) and geometry (n,) in metres."""

    id: NDArray[np.str_]
    kind: NDArray[np.str_]
    condition: NDArray[np.str_]
    geometry: NDArray[np.object_]


def zones(session: Session, kelurahan: str, epsg: int) -> Zones:
    """The RT of a kelurahan with their last slum form."""
    volumes = ", ".join(f"a.v{code}" for code in CRITERIA)
    bases = ", ".join(f"a.{name} as base_{name}" for name in BASE_QUANTITIES)
    rows = (
        session.execute(
            text(f"""
                select r.code, r.name, r.households, ST_AsBinary(ST_Transform(r.geom, :epsg)) as wkb, {volumes}, {bases}
                from region r
                left join slum_area s on s.code = r.code
                left join lateral (
                    select * from slum_assessment f where f.slum_area_id = s.id order by f.year desc limit 1
                ) a on true
                where r.kind = 'rt' and split_part(r.code, '-', 1) = :kelurahan and r.geom is not null order by r.code
            """),
            {"kelurahan": kelurahan, "epsg": epsg},
        )
        .mappings()
        .all()
    )
    return Zones(
        codes=tuple(row["code"] for row in rows),
        names=tuple(row["name"] for row in rows),
        outlines=_geometries(rows),
        households=_column(rows, "households", 0.0),
        volumes=np.array([[_number(row[f"v{k}"]) for k in CRITERIA] for row in rows]).reshape(
            len(rows), len(CRITERIA)
        ),
        bases={name: _column(rows, f"base_{name}") for name in BASE_QUANTITIES},
    )


def homes(session: Session, kelurahan: str, epsg: int, codes: tuple[str, ...]) -> Homes:
    """The poor households of a kelurahan; codes: the RT in the order of Zones."""
    with household_scope(session, kelurahan):
        found = session.execute(
            text("""
                select ST_AsBinary(ST_Transform(ST_Collect(geom order by id), :epsg)),
                    array_agg(elderly + under_five + disabled + female_headed::integer order by id),
                    array_agg(rt order by id)
                from household where split_part(rt, '-', 1) = :kelurahan
            """),
            {"kelurahan": kelurahan, "epsg": epsg},
        ).one()
    place = {code: i for i, code in enumerate(codes)}
    return Homes(
        xy=shapely.get_coordinates(_parts(found[0])),
        vulnerable=np.array(found[1] or [], dtype=np.float64),
        zone=np.array([place.get(rt, -1) for rt in found[2] or []], dtype=np.int64),
    )


def assets(session: Session, kelurahan: str, epsg: int, margin_m: float) -> Assets:
    """The assets of a kelurahan and of a margin around it, since a tap across the street serves, too."""
    rows = (
        session.execute(
            text("""
                select a.id::text, a.kind, coalesce(a.condition, 'good') as condition,
                       ST_AsBinary(ST_Transform(a.geom, :epsg)) as wkb
                from asset a, region k
                where k.code = :kelurahan and a.geom && ST_Expand(k.geom, :degrees) order by a.id
            """),
            {"kelurahan": kelurahan, "epsg": epsg, "degrees": margin_m / 100_000},
        )
        .mappings()
        .all()
    )
    return Assets(
        id=np.array([row["id"] for row in rows], dtype=np.str_),
        kind=np.array([row["kind"] for row in rows], dtype=np.str_),
        condition=np.array([row["condition"] for row in rows], dtype=np.str_),
        geometry=_geometries(rows),
    )


def waterways(session: Session, kelurahan: str, epsg: int, margin_m: float) -> Waterways:
    """Rivers, canals, drains and lakes of a kelurahan and of a margin around it."""
    rows = (
        session.execute(
            text("""
                select w.kind, w.width_m, w.depth_m, w.embankment::integer as embankment,
                       ST_AsBinary(ST_Transform(w.geom, :epsg)) as wkb
                from waterway w, region k
                where k.code = :kelurahan and w.geom && ST_Expand(k.geom, :degrees) order by w.id
            """),
            {"kelurahan": kelurahan, "epsg": epsg, "degrees": margin_m / 100_000},
        )
        .mappings()
        .all()
    )
    mapped = session.execute(text("select exists (select from waterway)")).scalar_one()
    return Waterways(
        kind=np.array([row["kind"] for row in rows], dtype=np.str_),
        width=_column(rows, "width_m"),
        depth=_column(rows, "depth_m"),
        embankment=_column(rows, "embankment"),
        geometry=_geometries(rows),
        mapped=bool(mapped),
    )


def spatial_plan(
    session: Session, kelurahan: str, epsg: int, margin_m: float, plans: Sequence[str]
) -> SpatialPlan:
    """The zones of a kelurahan and of a margin around it. plans: from the one that gives way to the one that rules.

    Of two plans of a kind the later year rules. Pieces of at most 256 points are quicker to search and to cut.
    """
    rows = (
        session.execute(
            text("""
                select z.code, z.code || coalesce(' (' || z.name || ')', '') as label,
                       dense_rank() over (order by array_position(cast(:plans as text[]), z.plan), coalesce(z.year, 0))
                         as precedence, ST_AsBinary(piece) as wkb
                from spatial_zone z, region k,
                     lateral (select ST_Expand(ST_Envelope(k.geom), :degrees) as box) view,
                     lateral (select ST_CollectionExtract(ST_Intersection(z.geom, box), 3) as geom) near,
                     lateral ST_Subdivide(ST_MakeValid(ST_Transform(near.geom, :epsg)), 256) piece
                where k.code = :kelurahan and z.geom && box and ST_Dimension(piece) = 2 order by z.id, piece
            """),
            {"kelurahan": kelurahan, "epsg": epsg, "degrees": margin_m / 100_000, "plans": list(plans)},
        )
        .mappings()
        .all()
    )
    return SpatialPlan(
        code=np.array([row["code"] for row in rows], dtype=np.str_),
        label=np.array([row["label"] for row in rows], dtype=np.str_),
        precedence=np.array([row["precedence"] for row in rows], dtype=np.int64),
        geometry=_geometries(rows),
    )


def streets(session: Session, kelurahan: str, epsg: int, margin_m: float) -> Streets:
    """Streets and paths of a kelurahan and of a margin around it; no railways."""
    found = session.execute(
        text("""
            select ST_AsBinary(ST_Transform(ST_Collect(r.geom order by r.id), :epsg)), array_agg(r.class order by r.id)
            from road r, region k
            where k.code = :kelurahan and r.class <> 'rail' and r.geom && ST_Expand(k.geom, :degrees)
        """),
        {"kelurahan": kelurahan, "epsg": epsg, "degrees": margin_m / 100_000},
    ).one()
    return Streets(np.array(found[1] or [], dtype=np.str_), _parts(found[0]))


def dwellings(session: Session, kelurahan: str) -> Dwellings:
    """The houses in the bounds of a kelurahan; the caller asks which RT each stands in."""
    found = session.execute(
        text("""
            select ST_AsBinary(ST_Collect(ST_Force3D(ST_Centroid(b.geom), ST_Area(b.geom)) order by b.id))
            from building b, region k
            where k.code = :kelurahan and b.use = 'house' and b.geom && k.geom
        """),
        {"kelurahan": kelurahan},
    ).scalar_one()
    table = shapely.get_coordinates(_parts(found), include_z=True)
    return Dwellings(table[:, :2], table[:, 2])


def _parts(wkb: bytes | memoryview | None) -> NDArray[np.object_]:
    """The geometries of one collection; thousands of rows come faster as a single value."""
    if wkb is None:
        return np.empty(0, dtype=object)
    return np.asarray(shapely.get_parts(shapely.from_wkb(bytes(wkb))), dtype=object)


def hazards(session: Session) -> list[RowMapping]:
    """The registered rasters: kind, path, threshold, year, source."""
    return list(
        session.execute(
            text("select kind, path, threshold, year, source from hazard order by kind, path")
        ).mappings()
    )


def _geometries(rows: object) -> NDArray[np.object_]:
    wkb = [bytes(row["wkb"]) for row in rows]  # type: ignore[attr-defined]
    result: NDArray[np.object_] = np.empty(len(wkb), dtype=object)
    result[:] = shapely.from_wkb(wkb) if wkb else []
    return result


def _column(rows: object, name: str, missing: float = np.nan) -> Floats:
    return np.array([_number(row[name], missing) for row in rows], dtype=np.float64)  # type: ignore[attr-defined]


def _number(value: object, missing: float = np.nan) -> float:
    return missing if value is None else float(value)  # type: ignore[arg-type]
