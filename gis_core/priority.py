"""Order of treatment of slum areas: other considerations, land legality, class A1..C6, priority 1..9, pattern.

It knows nothing about the 16 criteria: neither considerations nor legality change a grade. Points and bands are the
form's, with the class table as a public system has it; a city may add considerations, so they are a table (handbook
1.7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.errors import BadInput, escape

Level = Literal["low", "medium", "high"]
Treatment = Literal["renewal", "upgrading", "resettlement"]

LEVELS: Final[tuple[Level, ...]] = ("low", "medium", "high")
_WORST_FIRST: Final = ("heavy", "medium", "light")
_HIGH_FIRST: Final[tuple[Level, ...]] = ("high", "medium", "low")
_DENSE: Final[Mapping[str, float]] = {"metropolitan": 400, "large": 400, "medium": 200, "small": 200}
_BUSY: Final = 150.0
_PATTERN: Final[Mapping[str, Treatment]] = {"heavy": "renewal", "medium": "renewal", "light": "upgrading"}


@dataclass(frozen=True)
class Considerations:
    """Items of pertimbangan lain with the points each may have, and the lowest sums of medium and high.

    Those of Permen 14/2018 unless a city says otherwise.
    """

    points: Mapping[str, tuple[int, ...]]
    bands: tuple[int, int]


CONSIDERATIONS: Final = Considerations(
    MappingProxyType(
        {
            "strategic_location": (1, 5),
            "population_density": (1, 3, 5),
            "socio_economic_culture": (1, 5),
        }
    ),
    (6, 11),
)


class Considered(NamedTuple):
    """The sum of the considerations, 3..15, and its level."""

    points: int
    level: Level


class Legality(NamedTuple):
    """Land legality: whether the whole site has clear tenure, and whether it lies in a housing zone of the plan."""

    tenure_clear: bool
    zoning_conform: bool

    @property
    def legal(self) -> bool:
        """Legal (+) only where both hold; the mixed case is not legal."""
        return self.tenure_clear and self.zoning_conform


def density_points(persons_per_ha: float, city: str) -> int:
    """Points of `population_density`: 1 up to 150 persons/ha, 5 above 400 (metropolitan, large) or 200 (medium, small).

    Values between whole numbers (150.4) belong to the upper class. Raises BadInput for an unknown class of
    city and for a density that is negative or not finite.
    """
    if city not in _DENSE:
        raise BadInput(f"must be one of {', '.join(_DENSE)}", "/city")
    if not (np.isfinite(persons_per_ha) and persons_per_ha >= 0):
        raise BadInput(f"must be finite and not negative, not {persons_per_ha}", "/persons_per_ha")
    return 1 if persons_per_ha <= _BUSY else 3 if persons_per_ha <= _DENSE[city] else 5


def consider(points: Mapping[str, int], table: Considerations = CONSIDERATIONS) -> Considered:
    """The sum of the considerations and its level. Every item must have points the table knows, else BadInput."""
    for item in points:
        if item not in table.points:
            raise BadInput(f"not a consideration; known: {', '.join(table.points)}", f"/{escape(item)}")
    for item, allowed in table.points.items():
        if item not in points:
            raise BadInput(f"{item} is missing", f"/{escape(item)}")
        if points[item] not in allowed:
            raise BadInput(f"must be one of {', '.join(map(str, allowed))}", f"/{escape(item)}")
    total = sum(points.values())
    return Considered(total, LEVELS[int(np.digitize(total, table.bands))])


def priority(grade: str, level: Level) -> int | None:
    """Order of treatment, 1..9: by considerations, then by grade; None for an area that is not slum.

    Legality has no part in it. Raises BadInput for an unknown grade or level.
    """
    _check(grade, level)
    if grade == "none":
        return None
    return 3 * _HIGH_FIRST.index(level) + _WORST_FIRST.index(grade) + 1


def classification(grade: str, level: Level, legal: bool) -> str | None:
    """Klasifikasi A1..C6: letter by grade, number by considerations and legality; None where not slum."""
    _check(grade, level)
    if grade == "none":
        return None
    return f"{'ABC'[_WORST_FIRST.index(grade)]}{2 * _HIGH_FIRST.index(level) + (1 if legal else 2)}"


def treatment(grade: str, legal: bool) -> Treatment | None:
    """Pola penanganan: peremajaan, pemugaran or permukiman kembali; None where not slum."""
    _check(grade, "low")
    if grade == "none":
        return None
    return _PATTERN[grade] if legal else "resettlement"


def order(
    priorities: Sequence[int | None], totals: ArrayLike, poor_share: ArrayLike, hectares: ArrayLike
) -> NDArray[np.intp]:
    """Rows (n,) in the order of treatment: priority, then higher total, larger poor share, larger area, row.

    Areas without a priority come last. totals 0..80, poor_share 0..1, hectares: (n,); a missing (NaN) poor
    share or area comes after those known. Raises BadInput for wrong shapes.
    """
    rank = np.array([np.inf if p is None else p for p in priorities], dtype=np.float64)
    keys = [rank]
    for name, values in (("totals", totals), ("poor_share", poor_share), ("hectares", hectares)):
        column = np.asarray(values, dtype=np.float64)
        if column.shape != rank.shape:
            raise BadInput(f"{name} must have shape {rank.shape}, not {column.shape}", f"/{name}")
        keys.append(-column)  # NaN sorts last
    return np.lexsort(keys[::-1])


def _check(grade: str, level: str) -> None:
    if grade not in ("none", *_WORST_FIRST):
        raise BadInput(f"unknown grade {grade!r}", "/grade")
    if level not in LEVELS:
        raise BadInput(f"unknown level {level!r}", "/level")
