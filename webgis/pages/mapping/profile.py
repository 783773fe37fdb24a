"""Slum areas as people read them: RT by grade, the form of a kelurahan, and that of one RT with its criteria and years.

It knows nothing about how points are given; planning.slums has the numbers, `labels` the names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gis_core import slum
from webgis.pages.wording import labels
from webgis.planning.mapping.slum_totals import AspectTotal, SummedForm
from webgis.planning.mapping.slums import Criterion, Form, Profile, SlumArea

GRADES_WORST_FIRST = ("heavy", "medium", "light", "none")


class Remark(NamedTuple):
    """A doubt in words, and the reason it is kept for (empty where nobody gave one)."""

    text: str
    reason: str


@dataclass(frozen=True)
class Line:
    """A criterion of the form with its name, units and the doubts that hang on it."""

    code: str
    name: str
    criterion: Criterion
    unit: str
    base_unit: str
    doubts: tuple[Remark, ...]


@dataclass(frozen=True)
class Aspect:
    """One of the seven aspects: its mean share and its lines."""

    key: str
    name: str
    mean: float | None
    points: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ProfileView:
    """An area, the form that is shown, all forms for comparison, and the aspects of the form shown."""

    area: Profile
    form: Form | None
    before: Form | None
    aspects: tuple[Aspect, ...]


@dataclass(frozen=True)
class SummedView:
    """The form of a kelurahan or a kawasan, the years of its RT, its aspects by name, names of unknown criteria."""

    form: SummedForm
    years: str
    aspects: tuple[tuple[str, AspectTotal], ...]
    unknown: tuple[str, ...]


def by_grade(areas: Sequence[SlumArea]) -> list[tuple[str, list[SlumArea]]]:
    """Areas in groups by grade, worst first; empty groups are left out."""
    groups = [
        (grade, [area for area in areas if area.outcome.grade == grade]) for grade in GRADES_WORST_FIRST
    ]
    return [(grade, found) for grade, found in groups if found]


def totals(areas: Sequence[SlumArea]) -> dict[str, int]:
    """How many areas have each grade, and how many carry doubts."""
    counts = {grade: sum(area.outcome.grade == grade for area in areas) for grade in GRADES_WORST_FIRST}
    return {**counts, "all": len(areas), "doubtful": sum(area.doubts > 0 for area in areas)}


def summed_view(form: SummedForm | None) -> SummedView | None:
    """The summed form with its names."""
    if form is None:
        return None
    first, last = form.years
    return SummedView(
        form=form,
        years=str(last) if first == last else f"{first}–{last}",
        aspects=tuple((labels.label(labels.ASPECTS, aspect.key), aspect) for aspect in form.aspects),
        unknown=tuple(labels.label(labels.CRITERIA, code) for code in form.unknown),
    )


def profile_view(area: Profile, year: int | None) -> ProfileView:
    """The form of a year, or the last one."""
    form = next((item for item in area.forms if item.year == year), area.forms[-1] if area.forms else None)
    earlier = [item for item in area.forms if form is not None and item.year < form.year]
    return ProfileView(area, form, earlier[-1] if earlier else None, _aspects(form) if form else ())


def _aspects(form: Form) -> tuple[Aspect, ...]:
    lines = {line.code: line for line in form.lines}
    return tuple(
        Aspect(
            key=key,
            name=labels.label(labels.ASPECTS, key),
            mean=form.aspects[key],
            points=sum(lines[code].score or 0 for code in codes),
            lines=tuple(_line(lines[code], form) for code in codes),
        )
        for key, codes in slum.ASPECTS.items()
    )


def _line(criterion: Criterion, form: Form) -> Line:
    code = criterion.code
    found = [item for item in form.doubts if item.get("criterion") == code]
    return Line(
        code=code,
        name=labels.label(labels.CRITERIA, code),
        criterion=criterion,
        unit=labels.CRITERION_UNITS[code],
        base_unit=labels.CRITERION_UNITS[code],
        doubts=tuple(
            Remark(labels.label(labels.DOUBTS, item.get("code")), str(item.get("reason", "")))
            for item in found
        ),
    )
