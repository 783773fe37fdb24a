"""Slum areas with the grades that gis_core computes from their forms.

It knows nothing about maps or readers: what is not for everybody is kept back by `slum_privacy` (None). Nothing
computed is stored.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from gis_core import leaving, slum
from webgis.planning.errors import NotFound
from webgis.planning.mapping.slum_treatment import Treatment, settings, treatment
from webgis.store import slums as table
from webgis.store.database import Database

Row = RowMapping | Mapping[str, Any]
"""A form with its area: as the store has it, or not stored yet."""
Floats = np.ndarray[Any, np.dtype[np.float64]]


class Grade(NamedTuple):
    """The outcome of a form: grade none, light, medium or heavy; total 0..80 (None: not told); year."""

    grade: str | None
    total: int | None
    year: int


@dataclass(frozen=True)
class Standing:
    """The outcome of the last form of an area, whether it is out of the slum by the city's rule, and its treatment."""

    outcome: Grade
    out: bool | None
    treatment: Treatment


@dataclass(frozen=True)
class SlumArea:
    """A slum area with the outcome of one form, its verified hectares, and how many doubts hang on it."""

    id: str
    code: str
    name: str
    level: str
    kelurahan: str | None
    synthetic: bool
    outcome: Grade
    hectares: float | None
    doubts: int
    treatment: Treatment


@dataclass(frozen=True)
class Criterion:
    """One line of a form: deficit volume, base, share (None: unknown, or not told), score (None: not told)."""

    code: str
    volume: float | None
    base: float | None
    share: float | None
    score: int | None


@dataclass(frozen=True)
class Form:
    """The form of one year: 16 lines, aspect means, total, grade, and doubts that stay visible.

    quantities: the base record by name, which the lines divide by. considerations: points by item, as far as known.
    out: no longer slum by the exit rule of the city, even if all that is unknown were as bad as can be. None: not told.
    """

    id: str
    year: int
    lines: tuple[Criterion, ...]
    aspects: Mapping[str, float | None]
    mean: float | None
    total: int | None
    grade: str | None
    doubts: tuple[Mapping[str, Any], ...]
    quantities: Mapping[str, float | None]
    considerations: Mapping[str, int]
    tenure_clear: bool | None
    zoning_conform: bool | None
    treatment: Treatment
    out: bool | None
    source: str
    surveyed_on: dt.date | None
    version: int


@dataclass(frozen=True)
class Profile:
    """A slum area with its forms, oldest first, and its outline as GeoJSON."""

    id: str
    code: str
    name: str
    level: str
    kelurahan: str | None
    source: str
    surveyed_on: dt.date | None
    synthetic: bool
    version: int
    geometry: dict[str, Any] | None
    forms: tuple[Form, ...]

    def form(self, year: int) -> Form | None:
        """The form of a year, None if there is none."""
        return next((form for form in self.forms if form.year == year), None)


def slum_areas(db: Database, kelurahan: str | None = None, year: int | None = None) -> tuple[SlumArea, ...]:
    """Slum areas of a kelurahan (or of all) with the outcome of a year's form, or of the last; worst first."""
    with db.transaction() as session:
        rows = table.forms(session, kelurahan, year)
    made = _assess(rows)
    areas = [
        SlumArea(
            **{name: row[name] for name in ("id", "code", "name", "level", "kelurahan", "synthetic")},
            outcome=_outcome(made, i, row), hectares=row["area_verified_ha"], doubts=len(row["doubts"]),
            treatment=_treatment(made, i, row),
        )
        for i, row in enumerate(rows)
    ]  # fmt: skip
    return tuple(sorted(areas, key=lambda area: (-(area.outcome.total or 0), area.code)))


def formless_areas(db: Database, kelurahan: str | None = None) -> tuple[Mapping[str, Any], ...]:
    """Slum areas nobody has filled in a form for: id, code, name, level, kelurahan, synthetic; by code."""
    with db.transaction() as session:
        return tuple(dict(row) for row in table.formless(session, kelurahan))


def standings(session: Session) -> dict[str, Standing]:
    """Code -> standing of every slum area that has a form."""
    rows = table.forms(session)
    made = _assess(rows)
    out = _out(made)
    return {
        row["code"]: Standing(_outcome(made, i, row), bool(out[i]), _treatment(made, i, row))
        for i, row in enumerate(rows)
    }


def left_since_first(db: Database, kelurahan: str) -> tuple[int, leaving.Reduction] | None:
    """Hectares that RT left the slum with since the first year that all of them have a form for, by the exit rule.

    None where there is no earlier year, or the verified area of some RT is not on record.
    """
    with db.transaction() as session:
        now = [row for row in table.forms(session, kelurahan) if row["level"] == "rt"]
        first = table.first_full_year(session, kelurahan)
        then = {} if first is None else {row["code"]: row for row in table.forms(session, kelurahan, first)}
    pairs = [(then[row["code"]], row) for row in now if row["code"] in then]
    area = bases_of([row for _, row in pairs])["area_verified_ha"]
    if first is None or not pairs or any(np.isnan(area)) or all(row["year"] == first for row in now):
        return None
    before, after = (_assess([pair[k] for pair in pairs]) for k in (0, 1))
    return first, leaving.reduction(before, after, area, settings().exit_rule)


def profile(db: Database, code: str) -> Profile:
    """One slum area by code or id with all its forms. Raises NotFound."""
    with db.transaction() as session:
        return stored_area(session, code)


def stored_area(session: Session, code: str) -> Profile:
    """The same inside a transaction that goes on."""
    area, rows = table.area(session, code), table.area_forms(session, code)
    if area is None:
        raise NotFound("no_slum_area", region=code)
    made = _assess(rows)
    return Profile(
        **{name: value for name, value in area.items() if name != "geojson"},
        geometry=None if area["geojson"] is None else json.loads(area["geojson"]),
        forms=tuple(_form(made, i, row) for i, row in enumerate(rows)),
    )


def computed_form(row: Mapping[str, Any]) -> Form:
    """The form of a row that is not stored: columns of slum_assessment by name, with id and version."""
    named = {f"form_{name}": row[name] for name in ("id", "source", "surveyed_on", "version")}
    return _form(_assess([row]), 0, {**row, **named})


def shares_of(rows: Sequence[Row]) -> Floats:
    """Deficit shares (n, 16) of forms read from the store."""
    return slum.shares(volumes_of(rows), bases_of(rows))


def volumes_of(rows: Sequence[Row]) -> Floats:
    """Deficit volumes (n, 16) of forms read from the store, NaN where unknown."""
    return np.array([[_number(row[f"v{k}"]) for k in slum.CRITERIA] for row in rows]).reshape(len(rows), 16)


def bases_of(rows: Sequence[Row]) -> dict[str, list[float]]:
    """Base quantities of the same forms: name -> (n,), NaN where unknown."""
    return {name: [_number(row[name]) for row in rows] for name in slum.BASE_QUANTITIES}


def _assess(rows: Sequence[Row]) -> slum.Assessment:
    return slum.assess(shares_of(rows))


def _out(made: slum.Assessment) -> leaving.Bools:
    return leaving.out(made, settings().exit_rule)


def _treatment(made: slum.Assessment, i: int, row: Row) -> Treatment:
    return treatment(str(made.grade[i]), row["considerations"], row["tenure_clear"], row["zoning_conform"])


def _outcome(made: slum.Assessment, i: int, row: Row) -> Grade:
    return Grade(str(made.grade[i]), int(made.total[i]), int(row["year"]))


def _form(made: slum.Assessment, i: int, row: Row) -> Form:
    shares = shares_of([row])[0]
    lines = tuple(
        Criterion(
            code, row[f"v{code}"], row[slum.BASES[code]], None if np.isnan(shares[j]) else float(shares[j]),
            int(made.scores[i, j]),
        )
        for j, code in enumerate(slum.CRITERIA)
    )  # fmt: skip
    return Form(
        id=row["form_id"], year=int(row["year"]), lines=lines,
        aspects=dict(zip(slum.ASPECTS, made.aspects[i].tolist(), strict=True)),
        mean=float(made.mean[i]), total=int(made.total[i]), grade=str(made.grade[i]), doubts=tuple(row["doubts"]),
        quantities={name: row[name] for name in slum.BASE_QUANTITIES},
        considerations=row["considerations"], tenure_clear=row["tenure_clear"], zoning_conform=row["zoning_conform"],
        treatment=_treatment(made, i, row), out=bool(_out(made)[i]), source=row["form_source"],
        surveyed_on=row["form_surveyed_on"], version=row["form_version"],
    )  # fmt: skip


def _number(value: object) -> float:
    return float("nan") if value is None else float(value)  # type: ignore[arg-type]
