"""PAKET's own score: five criteria of the grant, each a weighted sum of measures, out of 100 with a minimum.

It knows nothing about queues or pages; numbers, version and source stand in webgis/catalogue/paket.toml. The sum is
that of `gis_core.ranking` over all measures, so a score does not depend on the other works and its parts add up to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np

from gis_core import ranking
from gis_core.ranking import Criterion, display_parts, shown_score
from gis_core.value import ValueFunction
from webgis.planning.catalogues.catalogue import catalogue, read_table
from webgis.planning.judging.household_counts import OF_HOUSEHOLDS
from webgis.planning.judging.scoring import NOBODY_RP
from webgis.planning.judging.works import Effect
from webgis.planning.review.review_facts import Price, Shares

OWN: Final[Mapping[str, tuple[tuple[str, str], str]]] = {
    "price": (("Selisih harga satuan dari katalog", "Unit cost against the catalogue"), "share"),
    "others": (("Dana selain PAKET", "Paid by other funds than PAKET"), "share"),
}
"""Measures beside the criteria of the catalogue -> their names and unit."""


@dataclass(frozen=True)
class Measure:
    """A measure of a criterion: its names, unit of the raw value, and what gis_core needs (weight of the whole)."""

    core: Criterion
    names: tuple[str, str]
    unit: str

    @property
    def id(self) -> str:
        """The key of the measure."""
        return self.core.id


@dataclass(frozen=True)
class PaketCriterion:
    """A criterion of the grant with its weight (share of 1) and measures."""

    id: str
    names: tuple[str, str]
    weight: float
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class PaketRules:
    """Version and source (Indonesian, English) of the criteria, and the least score of a work that may be paid."""

    version: str
    sources: tuple[str, str]
    minimum: float
    criteria: tuple[PaketCriterion, ...]


@lru_cache(maxsize=1)
def paket_rules() -> PaketRules:
    """The rules of this installation. Raises ValueError for weights, shares or measures that cannot be."""
    table = read_table("paket")
    criteria = tuple(_criterion(key, item) for key, item in table["criteria"].items())
    if abs(sum(one.weight for one in criteria) - 1) > 1e-9:
        raise ValueError("paket.toml: the weights must sum to 1")
    sources = (str(table["source_id"]), str(table["source_en"]))
    return PaketRules(str(table["version"]), sources, float(table["minimum"]), criteria)


@dataclass(frozen=True)
class MeasurePart:
    """What a measure adds: points as shown; raw: its value, None where it is not known or not to be told."""

    id: str
    points: float
    most: float
    raw: float | None
    missing: bool


@dataclass(frozen=True)
class Part:
    """What a criterion adds, as shown: the points of its measures sum to its own, those of all parts to the score."""

    id: str
    points: float
    most: float
    measures: tuple[MeasurePart, ...]


@dataclass(frozen=True)
class PaketScore:
    """The score from low to high (0..100, unrounded), whether too much is unknown for more than that, and its parts."""

    total: float
    low: float
    high: float
    provisional: bool
    parts: tuple[Part, ...]

    @property
    def minimum(self) -> float:
        """The least that the grant asks."""
        return paket_rules().minimum

    @property
    def below_minimum(self) -> bool:
        """Whether it is less than that, as shown."""
        return shown_score(self.total) < self.minimum


@dataclass(frozen=True, eq=False)
class Paket:
    """What is scored: what a work does at its place, who pays, and its price; by id of the work."""

    id: str
    effect: Effect
    money: Shares
    price: Price


def scores(works: Sequence[Paket], exactly: bool) -> dict[str, PaketScore]:
    """The score of each work by id. exactly: whether raw values that tell counts of households stand beside points."""
    measures = [one for criterion in paket_rules().criteria for one in criterion.measures]
    raw = np.array([[_raw(work, one.id) for one in measures] for work in works], dtype=np.float64)
    made = ranking.rank(
        [one.core for one in measures], [work.id for work in works], raw.reshape(len(works), len(measures))
    )
    found = {}
    for i, work in enumerate(works):
        points = dict(zip(made.criteria, made.contributions[i].tolist(), strict=True))
        total = float(made.score[i])
        found[work.id] = PaketScore(
            total, float(made.low[i]), float(made.high[i]), bool(made.provisional[i]),
            _parts(points, total, work, exactly),
        )  # fmt: skip
    return found


def _parts(points: Mapping[str, float], total: float, work: Paket, exactly: bool) -> tuple[Part, ...]:
    rules = paket_rules().criteria
    of_criteria = [sum(points[one.id] for one in criterion.measures) for criterion in rules]
    found = []
    for criterion, shown in zip(rules, display_parts(of_criteria, total), strict=True):
        mine = display_parts([points[one.id] for one in criterion.measures], shown)
        measures = tuple(
            _measure(one, part, work, exactly) for one, part in zip(criterion.measures, mine, strict=True)
        )
        found.append(Part(criterion.id, shown, 100 * criterion.weight, measures))
    return tuple(found)


def _measure(measure: Measure, points: float, work: Paket, exactly: bool) -> MeasurePart:
    raw = _raw(work, measure.id)
    unknown = bool(np.isnan(raw))
    hidden = unknown or raw == NOBODY_RP or (measure.id in OF_HOUSEHOLDS and not exactly)
    return MeasurePart(measure.id, points, 100 * measure.core.weight, None if hidden else raw, unknown)


def _raw(work: Paket, measure: str) -> float:
    """A raw value for gis_core, NaN where unknown; hopeless where nobody is served."""
    if measure == "price":
        return abs(work.price.deviation)
    if measure == "others":
        return min(work.money.others / work.money.total, 1.0)
    value = work.effect.values[measure]
    if value is None and measure == "cost_per_poor" and work.effect.values["poor_served"] is not None:
        return NOBODY_RP
    return np.nan if value is None else value


def _criterion(key: str, item: Mapping[str, Any]) -> PaketCriterion:
    weight, parts = float(item["weight"]), item["parts"]
    if abs(sum(part["share"] for part in parts.values()) - 1) > 1e-9:
        raise ValueError(f"paket.toml: the shares of {key} must sum to 1")
    measures = tuple(_measure_of(name, weight * part["share"], part) for name, part in parts.items())
    return PaketCriterion(key, (item["name_id"], item["name_en"]), weight, measures)


def _measure_of(name: str, weight: float, part: Mapping[str, Any]) -> Measure:
    value = ValueFunction([tuple(p) for p in part["points"]], part.get("scale", "linear"))
    core = Criterion(name, weight, value, part.get("missing", "zero"))
    if name in OWN:
        return Measure(core, *OWN[name])
    known = next((one for one in catalogue().criteria if one.id == name), None)
    if known is None:
        raise ValueError(f"paket.toml: unknown measure {name}")
    return Measure(core, known.names, known.unit)
