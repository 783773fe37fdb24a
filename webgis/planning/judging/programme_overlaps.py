"""Which city programmes lie where a work would be: the checklist of PAKET and the warnings of a proposal name them.

It knows nothing about points: a programme changes no score, so that what is not public cannot be read from one.
Distances and how far back it looks stand in catalogue/gates.toml.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from webgis.planning.access import Actor
from webgis.planning.catalogues.catalogue import WorkType
from webgis.planning.fields import today
from webgis.planning.judging import gates
from webgis.planning.mapping.programmes import seen_by
from webgis.store import programmes as table


@dataclass(frozen=True)
class NearProgramme:
    """A programme within reach of a work, metres apart (0: they meet); same: it brings what the work would bring."""

    id: str
    title: str
    kind: str
    year: int
    budget: int | None
    office: str | None
    public: bool
    source: str
    source_on: dt.date
    geometry: dict[str, Any]
    metres: float
    same: bool


def overlapping(
    session: Session, actor: Actor, works: Sequence[tuple[WorkType, BaseGeometry]]
) -> list[tuple[NearProgramme, ...]]:
    """For each work (type, shape in degrees) the programmes in its way that the actor may see, nearest first."""
    rule = gates.table()["city_programmes"]
    since = today().year - rule["years_back"]
    with seen_by(session, actor):
        rows = table.near(session, [shapely.to_wkb(shape) for _, shape in works], rule["within_m"], since)
    found: list[list[NearProgramme]] = [[] for _ in works]
    for row in rows:
        told = dict(row)
        at, geometry = told.pop("at"), json.loads(told.pop("geojson"))
        same = told["kind"] in works[at][0].served_by
        found[at].append(NearProgramme(geometry=geometry, same=same, **told))
    return [tuple(one) for one in found]
