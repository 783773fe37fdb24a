"""Where a shape lies: its kelurahan, RW and RT, if the actor may act there and it lies inside.

It knows nothing about what the shape stands for; the action that needs a right is the caller's.
"""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from gis_core import geodesy
from gis_core.gates import SLIVER_M, SLIVER_SHARE
from webgis.planning.access import Actor, may, require
from webgis.planning.errors import BadDocument, Problem
from webgis.planning.written import Metres, Points, SquareMetres
from webgis.store import regions
from webgis.store.database import Database


@dataclass(frozen=True)
class Placed:
    """Where a shape lies: kelurahan with its name, RW holding most of it, all RT it touches."""

    kelurahan: str
    name: str
    rw: str | None
    rt: tuple[str, ...]


def place(session: Session, actor: Actor, action: str, shape: BaseGeometry) -> Placed:
    """Where a shape lies, if the actor may do this there and it lies inside. Raises BadDocument, NotAllowed."""
    wkb = shapely.to_wkb(shape)
    touched = regions.shares_by_region(session, wkb, "kelurahan")
    if not touched:
        if not actor.signed_in:
            require(actor, action, "")
        raise BadDocument([Problem("/geometry", "outside_all")])
    mine = next((row for row in touched if may(actor, action, row["code"])), touched[0])
    require(actor, action, mine["code"])
    _check_share(shape, mine["share"], mine["name"])
    below = [row for kind in ("rw", "rt") for row in regions.shares_by_region(session, wkb, kind)]
    inside = [str(row["code"]) for row in below if str(row["code"]).startswith(mine["code"] + "-")]
    rw = next((code for code in inside if code.count("-") == 1), None)
    return Placed(mine["code"], mine["name"], rw, tuple(code for code in inside if code.count("-") == 2))


def check_inside(session: Session, kelurahan: str, name: str, shape: BaseGeometry) -> None:
    """Raise BadDocument unless a shape lies in a kelurahan, of this code and name."""
    touched = regions.shares_by_region(session, shapely.to_wkb(shape), "kelurahan")
    share = next((row["share"] for row in touched if row["code"] == kelurahan), None)
    _check_share(shape, share, name)


def _check_share(shape: BaseGeometry, inside: float | None, name: str) -> None:
    if amount := _outside(shape, 1.0 - float(inside or 0.0)):
        raise BadDocument([Problem("/geometry", "outside_kelurahan", {"amount": amount, "name": name})])


def cut_at_border(db: Database, kelurahan: str, shape: BaseGeometry) -> BaseGeometry | None:
    """The part of a shape inside a kelurahan, of the same kind; None if there is none or it is inside already."""
    with db.transaction() as session:
        row = regions.find(session, kelurahan)
    if row is None or row["geojson"] is None:
        return None
    border = shapely.from_geojson(row["geojson"])
    inside = shapely.intersection(shape, border)
    dimension = int(shapely.get_dimensions(shape))
    parts = [part for part in shapely.get_parts(inside) if int(shapely.get_dimensions(part)) == dimension]
    if not parts or shapely.covers(border, shape):
        return None
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _outside(shape: BaseGeometry, share: float) -> Metres | SquareMetres | Points | None:
    """How much lies outside; None for slivers, which layers that disagree leave."""
    dimension = int(shapely.get_dimensions(shape))
    if dimension == 1 and (metres := geodesy.length_m(shape) * share) > SLIVER_M:
        return Metres(metres)
    if dimension == 2 and share > SLIVER_SHARE:
        return SquareMetres(geodesy.area_m2(shape) * share)
    if dimension == 0 and share > 1e-9:
        return Points(max(1, round(shapely.get_num_geometries(shape) * share)))
    return None
