"""The slum form of a kelurahan or a kawasan: volumes and bases of its RT added up, then divided and scored.

It knows nothing about names on the screen. Never the mean of shares or totals (domain handbook 1.5); an RT counts
with its whole verified area at its own grade.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from gis_core import slum
from webgis.planning.mapping.slums import bases_of, volumes_of
from webgis.store import slums as table
from webgis.store.database import Database


@dataclass(frozen=True)
class AspectTotal:
    """One of the seven aspects: mean share (a lower bound where something is unknown), points, points possible."""

    key: str
    mean: float
    points: int
    most: int


@dataclass(frozen=True)
class SummedForm:
    """The summed form of `areas` RT, by their last forms of the years from first to last.

    hectares: verified area of the RT by grade; without_area: RT whose verified area nobody recorded. unknown: criteria
    that some RT lacks, so that their sum is not known and counts 0.
    """

    areas: int
    years: tuple[int, int]
    hectares: Mapping[str, float]
    without_area: int
    aspects: tuple[AspectTotal, ...]
    total: int
    grade: str
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Kawasan:
    """Slum RT that the decree treats as one: their codes, and their summed form (None where none of them has one)."""

    code: str
    name: str
    rt: tuple[str, ...]
    form: SummedForm | None


def kelurahan_form(db: Database, kelurahan: str) -> SummedForm | None:
    """The form of a kelurahan, None where no RT has one. A kawasan is left out: its RT are counted already."""
    with db.transaction() as session:
        return _summed(_rt_forms(session, kelurahan))


def kawasan_of(db: Database, kelurahan: str) -> tuple[Kawasan, ...]:
    """The kawasan of a kelurahan, by code; an RT belongs to the one it lies in."""
    with db.transaction() as session:
        found = table.kawasan(session, kelurahan)
        rows = _rt_forms(session, kelurahan) if found else []
    return tuple(
        Kawasan(
            item["code"],
            item["name"],
            tuple(item["rt"]),
            _summed([row for row in rows if row["code"] in set(item["rt"])]),
        )
        for item in found
    )


def _rt_forms(session: Session, kelurahan: str) -> list[RowMapping]:
    return [row for row in table.forms(session, kelurahan) if row["level"] == "rt"]


def _summed(rows: Sequence[RowMapping]) -> SummedForm | None:
    if not rows:
        return None
    volumes, bases = volumes_of(rows), bases_of(rows)
    single = slum.assess(slum.shares(volumes, bases))
    summed = slum.aggregate(volumes, bases, np.zeros(len(rows), dtype=np.int64))
    form = slum.assess(slum.shares(summed.volumes, summed.bases))
    area = np.array(bases["area_verified_ha"])
    points = dict(zip(slum.CRITERIA, form.scores[0].tolist(), strict=True))
    years = [int(row["year"]) for row in rows]
    return SummedForm(
        areas=len(rows),
        years=(min(years), max(years)),
        hectares={grade: float(np.nansum(area[single.grade == grade])) for grade in slum.GRADES},
        without_area=int(np.isnan(area).sum()),
        aspects=tuple(
            AspectTotal(key, float(mean), sum(points[code] for code in codes), 5 * len(codes))
            for (key, codes), mean in zip(slum.ASPECTS.items(), form.aspects[0], strict=True)
        ),
        total=int(form.total[0]),
        grade=str(form.grade[0]),
        unknown=tuple(np.array(slum.CRITERIA)[form.unknown[0]].tolist()),
    )


def hectares(db: Database, kelurahan: Sequence[str]) -> dict[str, dict[str, float]]:
    """Verified hectares of the RT of each kelurahan by grade; no entry where no RT has a form."""
    with db.transaction() as session:
        rows = [row for row in table.forms(session) if row["level"] == "rt" and row["kelurahan"] in kelurahan]
    if not rows:
        return {}
    bases = bases_of(rows)
    grades = slum.assess(slum.shares(volumes_of(rows), bases)).grade
    found: dict[str, dict[str, float]] = {}
    for row, grade, area in zip(rows, grades, bases["area_verified_ha"], strict=True):
        here = found.setdefault(row["kelurahan"], dict.fromkeys(slum.GRADES, 0.0))
        here[str(grade)] += 0.0 if np.isnan(area) else float(area)
    return found
