"""Slum assessment of Permen PUPR 14/PRT/M/2018 (or an older form): shares, scores, grades and what works change.

It knows nothing about maps, people, money or where a table came from; rows are RT, kawasan or kelurahan.
The rule is the regulation's form as found and recomputed in the public tables of Pekalongan and East Java.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core.errors import BadInput
from gis_core.rule_sets import PERMEN_14_2018, RuleSet

Floats = NDArray[np.float64]

CRITERIA: Final[tuple[str, ...]] = PERMEN_14_2018.criteria
"""The 16 criteria in the order of the form; columns of every (n, 16) array."""

ASPECTS: Final[Mapping[str, tuple[str, ...]]] = PERMEN_14_2018.aspects
"""Aspect -> its criteria: building, road, water, drainage, wastewater, solid waste, fire."""

BASES: Final[Mapping[str, str]] = PERMEN_14_2018.bases
"""Criterion -> the base quantity its deficit volume is divided by."""

BASE_QUANTITIES: Final[tuple[str, ...]] = (
    "area_verified_ha", "buildings", "persons", "households", "road_ideal_m", "drain_ideal_m",
)  # fmt: skip
"""The base record of an RT; `persons` divides nothing but is summed and checked with the rest."""

GRADES: Final[tuple[str, ...]] = ("none", "light", "medium", "heavy")
SHARE_BANDS: Final[tuple[float, ...]] = (25.0, 51.0, 76.0)
_POINTS = np.array([0, 1, 3, 5], dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Assessment:
    """The filled-in form of n areas.

    scores (n, 16) of 0, 1, 3, 5; aspects (n, 7) mean shares; mean (n,) of the seven aspects; total (n,)
    0..80; grade (n,) one of GRADES; unknown (n, 16) where the share was missing. Forms of 2016 have 19 columns
    and 0..95. Unknown criteria count 0 everywhere, so total and mean are lower bounds wherever `unknown` holds.
    """

    scores: NDArray[np.int64]
    aspects: Floats
    mean: Floats
    total: NDArray[np.int64]
    grade: NDArray[np.str_]
    unknown: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Change:
    """What works do to n areas: the forms before and after, step (n,) and continuous (n,).

    step: points of the total that disappear (what the next form will show). continuous: kontribusi,
    0..1. Steps of single works do not add up, since two works may cross a band only together.
    """

    before: Assessment
    after: Assessment
    step: NDArray[np.int64]
    continuous: Floats


@dataclass(frozen=True, eq=False)
class Aggregate:
    """Sums over groups: groups (g,) sorted labels, volumes (g, 16), bases name -> (g,)."""

    groups: NDArray[np.generic]
    volumes: Floats
    bases: dict[str, Floats]


class Doubt(NamedTuple):
    """A value worth asking about: row number, criterion code, what is odd (a code, see `doubts`)."""

    row: int
    criterion: str
    code: str


def _table(values: ArrayLike, name: str, rules: RuleSet = PERMEN_14_2018) -> Floats:
    """(n, 16) floats (as many columns as the form has criteria) or BadInput."""
    table, width = np.asarray(values, dtype=np.float64), len(rules.criteria)
    if table.ndim != 2 or table.shape[1] != width:
        raise BadInput(f"{name} must have shape (n, {width}), not {table.shape}", f"/{name}")
    return table


def _denominators(bases: Mapping[str, ArrayLike], rows: int, rules: RuleSet) -> Floats:
    """(n, 16) denominators; a quantity that is missing, zero or negative is NaN."""
    columns = np.full((rows, len(rules.criteria)), np.nan)
    for j, name in enumerate(rules.bases.values()):
        if (given := bases.get(name)) is not None:
            column = np.asarray(given, dtype=np.float64)
            if column.shape != (rows,):
                raise BadInput(f"{name} must have shape ({rows},)", f"/bases/{name}")
            columns[:, j] = np.where(column > 0, column, np.nan)
    return columns


def shares(volumes: ArrayLike, bases: Mapping[str, ArrayLike], rules: RuleSet = PERMEN_14_2018) -> Floats:
    """Deficit shares (n, 16) = volumes / bases.

    volumes: (n, 16) deficit in the unit of each criterion (buildings, ha, m, KK). bases: quantity name
    (see BASES) -> (n,). A denominator that is missing, zero or negative gives NaN, never 0 (Permen
    14/2018 has no value there). Negative and >1 shares are kept: they are doubts, not errors.
    Raises BadInput for wrong shapes.
    """
    table = _table(volumes, "volumes", rules)
    with np.errstate(over="ignore"):
        result = table / _denominators(bases, len(table), rules)
    return np.where(np.isfinite(result), result, np.nan)


def percent(shares: ArrayLike) -> Floats:
    """Shares as percent, rounded half up to two decimals, as the form prints them.

    The 1e-9 (of a hundredth of a percent) lets a decimal tie such as 0.75995 round up although its
    nearest binary number lies a hair below.
    """
    with np.errstate(over="ignore"):
        return np.floor(np.asarray(shares, dtype=np.float64) * 1e4 + 0.5 + 1e-9) / 100.0


def assess(shares: ArrayLike, rules: RuleSet = PERMEN_14_2018) -> Assessment:
    """Scores, aspect means, total and grade of n areas.

    shares: (n, 16) deficit shares, columns as the criteria of the rules; NaN or infinite = unknown, scores 0 and is
    flagged. Bands on the rounded percent: >= 76 5, >= 51 3, >= 25 1. Aspect means use the unrounded
    shares, count a negative share as 0 and keep one above 1 (Permen PUPR 14/PRT/M/2018, lampiran;
    method 2.3). Raises BadInput for a wrong shape.
    """
    table = _table(shares, "shares", rules)
    unknown = ~np.isfinite(table)
    known = np.where(unknown, 0.0, table)
    scores = _POINTS[np.digitize(percent(known), SHARE_BANDS)]
    floored = np.maximum(known, 0.0)
    columns = ([rules.criteria.index(code) for code in codes] for codes in rules.aspects.values())
    aspects = np.stack([floored[:, places].mean(axis=1) for places in columns], axis=1)
    total = scores.sum(axis=1)
    grade = np.array(GRADES)[np.digitize(total, rules.bands)]
    return Assessment(scores, aspects, aspects.mean(axis=1), total, grade, unknown)


def contribution(before_mean: ArrayLike, after_mean: ArrayLike) -> Floats:
    """Kontribusi penanganan = (before - after) / before, elementwise; 0 where before is 0.

    Both are sectoral means (mean of the seven aspect means, >= 0). Negative if things got worse.
    """
    before = np.asarray(before_mean, dtype=np.float64)
    drop = before - np.asarray(after_mean, dtype=np.float64)
    return np.divide(drop, before, out=np.zeros(drop.shape), where=before != 0)


def after_works(volumes: ArrayLike, delivered: ArrayLike, efficiency: ArrayLike = 1.0) -> Floats:
    """Deficit volumes left when works are done: max(0, V - eta u), (n, 16).

    delivered: (n, 16) u >= 0 in the unit of each criterion. efficiency: eta in (0, 1], a number or an
    array that broadcasts (0.9 for repair). Unknown volumes stay NaN. Where nothing is delivered V is
    kept as it is, even a (doubtful) negative one. Raises BadInput for u < 0 or eta outside (0, 1].
    """
    table, works = _table(volumes, "volumes"), _table(delivered, "delivered")
    eta = np.asarray(efficiency, dtype=np.float64)
    if works.shape != table.shape:
        raise BadInput(f"delivered has {len(works)} rows, volumes {len(table)}", "/delivered")
    if not np.all(np.isfinite(works) & (works >= 0)):
        raise BadInput("delivered volumes must be finite and not negative", "/delivered")
    if not np.all((eta > 0) & (eta <= 1)):
        raise BadInput("efficiency must lie in (0, 1]", "/efficiency")
    return np.where(works > 0, np.maximum(0.0, table - eta * works), table)


def predict_change(
    volumes: ArrayLike, bases: Mapping[str, ArrayLike], delivered: ArrayLike, efficiency: ArrayLike = 1.0
) -> Change:
    """Predicted delta kumuh of n areas, as points and as kontribusi (method 2.3).

    volumes, delivered: (n, 16); bases: name -> (n,); efficiency as in `after_works`. Nothing delivered
    gives 0; delivering more never gives less. Raises BadInput as `shares` and `after_works` do.
    """
    before = assess(shares(volumes, bases))
    after = assess(shares(after_works(volumes, delivered, efficiency), bases))
    return Change(before, after, before.total - after.total, contribution(before.mean, after.mean))


def aggregate(
    volumes: ArrayLike,
    bases: Mapping[str, ArrayLike],
    groups: ArrayLike,
    rules: RuleSet = PERMEN_14_2018,
) -> Aggregate:
    """Sum RT to kawasan, kawasan to kelurahan: volumes and bases are added, never shares or totals.

    volumes: (n, 16); bases: name -> (n,); groups: (n,) labels. An unknown volume makes the sum of its
    group unknown (NaN). Raises BadInput for wrong shapes.
    """
    table, labels = _table(volumes, "volumes", rules), np.asarray(groups)
    if labels.shape != (len(table),):
        raise BadInput(f"groups must have shape ({len(table)},), not {labels.shape}", "/groups")
    names, place = np.unique(labels, return_inverse=True)
    summed = np.zeros((len(names), table.shape[1]))
    np.add.at(summed, place, table)
    columns = {}
    for name, values in bases.items():
        columns[name] = np.zeros(len(names))
        np.add.at(columns[name], place, np.asarray(values, dtype=np.float64))
    return Aggregate(names, summed, columns)


def doubts(
    volumes: ArrayLike,
    bases: Mapping[str, ArrayLike],
    whole_density: bool = True,
    rules: RuleSet = PERMEN_14_2018,
) -> list[Doubt]:
    """Values that the form refuses or asks about, by row (domain handbook 1.8).

    Codes: `share_negative`, `share_above_one`, `base_missing` (denominator missing or not positive),
    `road_overfull` (2a + 2b above the ideal road), `drain_overfull` (4b + 4c above the ideal drain) and
    `density_partial` (1b neither 0 nor the whole area; only on RT level, so pass `whole_density=False`
    for sums). Comparisons allow 1e-9 relative. Raises BadInput for wrong shapes.
    """
    table = _table(volumes, "volumes", rules)
    share = shares(table, bases, rules)
    road, drain = rules.networks
    found = [
        *_mark(np.isnan(_denominators(bases, len(table), rules)), "base_missing", rules),
        *_mark(share < 0, "share_negative", rules),
        *_mark(share > 1 + 1e-9, "share_above_one", rules),
        *_overfull(share, road, "road_overfull", rules),
        *_overfull(share, drain, "drain_overfull", rules),
    ]
    if whole_density:
        density = share[:, rules.criteria.index("1b")]
        partial = (density > 0) & (density < 1 - 1e-9)
        found += [Doubt(int(i), "1b", "density_partial") for i in np.flatnonzero(partial)]
    return sorted(found)


def _mark(where: NDArray[np.bool_], code: str, rules: RuleSet) -> list[Doubt]:
    """One doubt for every true cell of an (n, 16) mask."""
    return [Doubt(int(i), rules.criteria[j], code) for i, j in zip(*np.nonzero(where), strict=True)]


def _overfull(share: Floats, pair: Sequence[str], code: str, rules: RuleSet) -> list[Doubt]:
    """Rows where two deficits of the same network exceed it: a missing metre cannot be bad too."""
    both = share[:, [rules.criteria.index(k) for k in pair]].sum(axis=1)
    return [Doubt(int(i), pair[1], code) for i in np.flatnonzero(both > 1 + 1e-9)]
