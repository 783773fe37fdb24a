"""The register of hazard rasters: which there are, and how one is put in or taken out.

It knows nothing about files. Only the owner of the store writes it; the web reads it (`facts.hazards`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session


def select(session: Session) -> list[RowMapping]:
    """All registered rasters."""
    query = text(
        "select kind, path, unit, year, threshold, source, synthetic from hazard order by kind, path"
    )
    return list(session.execute(query).mappings())


def put(session: Session, row: Mapping[str, Any]) -> None:
    """Register a raster; one of the same path is replaced, and its outlines with it."""
    session.execute(text("delete from hazard where path = :path"), {"path": row["path"]})
    session.execute(
        text("""
            insert into hazard (kind, path, unit, year, threshold, source)
            values (:kind, :path, :unit, :year, :threshold, :source)
        """),
        dict(row),
    )


def delete(session: Session, path: str) -> bool:
    """Take a raster out of the register; whether it was there."""
    gone = session.execute(text("delete from hazard where path = :path returning path"), {"path": path})
    return gone.first() is not None


def outlines(session: Session) -> list[bytes]:
    """The outlines of all kelurahan as WKB, WGS 84."""
    query = text(
        "select ST_AsBinary(geom) from region where kind = 'kelurahan' and geom is not null order by code"
    )
    return list(session.execute(query).scalars())
