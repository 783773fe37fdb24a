"""Works of a kelurahan scored and ranked by gis_core, with what was already judged kept at hand.

It knows nothing about rights or how a ranking is stored. A work is judged anew only when it or the facts changed.
A score depends on its own work only (method 0.2), which is what makes keeping it right.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from sqlalchemy import RowMapping

from gis_core import ranking
from gis_core.errors import escape
from gis_core.ranking import Criterion, Ranking
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.errors import BadDocument, Problem
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.gates import Gate
from webgis.planning.judging.work import Work
from webgis.planning.judging.works import Effect, effect
from webgis.planning.written import ZONE

NOBODY_RP: Final = 1e15
"""Rupiah per poor household where none is served: beyond every reference point, so worth 0 (method E1)."""


@dataclass(frozen=True, eq=False)
class Judged:
    """A work with what it does, its title, state, RW (None: unknown) and the day of its version (None: not stored)."""

    work: Work
    effect: Effect
    title: str
    state: str
    rw: str | None
    changed_on: dt.date | None = None


class Judge:
    """Effects of stored works by id, version and facts; safe for the threads of one process."""

    def __init__(self, size: int = 4_000) -> None:
        self._size = size
        self._kept: OrderedDict[tuple[object, ...], Effect] = OrderedDict()
        self._lock = threading.Lock()

    def judge(
        self, facts: Facts, rows: Sequence[RowMapping], geometries: Sequence[BaseGeometry]
    ) -> list[Judged]:
        """The works of a kelurahan, rows of the store with their geometry in degrees."""
        found = []
        for row, geometry in zip(rows, geometries, strict=True):
            work = Work(
                row["id"], catalogue().work_types[row["work_type"]], facts.projector.to_metres(geometry),
                float(row["volume"]), int(row["cost"]), row["funding"], row["readiness"],
                bool(row["is_paket"]),
            )  # fmt: skip
            made = self._effect(facts, work, int(row["version"]))
            day = row["updated_at"].astimezone(ZONE).date()
            found.append(Judged(work, made, row["title"], row["state"], row["rw"], day))
        return found

    def _effect(self, facts: Facts, work: Work, version: int) -> Effect:
        key = (work.id, version, facts.kelurahan, *facts.versions.values())
        with self._lock:
            if (kept := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return kept
        made = effect(facts, work)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made


def criteria(weights: Mapping[str, float] | None) -> tuple[Criterion, ...]:
    """The criteria of the catalogue with the weights of a meeting; those not named weigh 0. Raises BadDocument."""
    known = [item.core for item in catalogue().criteria]
    if weights is None:
        return tuple(known)
    names = [item.id for item in known]
    problems = []
    for given, value in weights.items():
        if given not in names:
            params = {"given": given, "known": ", ".join(names)}
            problems.append(Problem(f"/weights/{escape(given)}", "weights_unknown", params))
        elif not (np.isfinite(value) and value >= 0):
            problems.append(Problem(f"/weights/{given}", "weight_impossible"))
    if problems:
        raise BadDocument(problems)
    values = [float(weights.get(name, 0.0)) for name in names]
    if abs(sum(values) - 1) > 1e-6:
        raise BadDocument([Problem("/weights", "weights_invalid", {"total": sum(values)})])
    return tuple(replace(item, weight=value) for item, value in zip(known, values, strict=True))


def rank(
    chosen: Sequence[Criterion],
    works: Sequence[tuple[str, Effect]],
    gates: Mapping[str, Sequence[Gate]] | None = None,
) -> Ranking:
    """Rank works given as (id, effect), with their gates by id; one that fails a gate keeps its score and has no rank.

    Equal scores list the one that serves more poor, then the cheaper, first.
    """
    raw = table(chosen, [made for _, made in works])
    ties = np.array(
        [(-made.served, made.values["cost_per_poor"] or np.inf) for _, made in works], dtype=np.float64
    ).reshape(len(works), 2)
    found = gates or {}
    held = [{gate.name: gate.passed for gate in found.get(name, made.gates)} for name, made in works]
    wanted = asked(chosen, [made for _, made in works])
    return ranking.rank(chosen, [name for name, _ in works], raw, held, ties, wanted, kinds(works))


def kinds(works: Sequence[tuple[str, Effect]]) -> list[str]:
    """(n,) the types of works, some of which are read by reference points of their own (decision 39)."""
    return [made.kind for _, made in works]


def asked(chosen: Sequence[Criterion], effects: Sequence[Effect]) -> NDArray[np.bool_]:
    """(n, m) which criteria are asked of each work (method 3.4)."""
    rows = [[item.id not in made.waived for item in chosen] for made in effects]
    return np.array(rows, dtype=np.bool_).reshape(len(effects), len(chosen))


def effective(made: Ranking, row: int) -> dict[str, float]:
    """The weights as they act on a work: what is not asked of it weighs nothing there, others more for it."""
    return dict(zip(made.criteria, made.effective[row].tolist(), strict=True))


def beyond(made: Ranking, row: int, effect: Effect) -> list[str]:
    """Criteria whose raw value lies beyond the reference points, so that its value is that of the end of them."""
    out = [name for name, past in zip(made.criteria, made.beyond[row], strict=True) if past]
    return [name for name in out if effect.values[name] is not None]


def table(chosen: Sequence[Criterion], effects: Sequence[Effect]) -> NDArray[np.float64]:
    """Raw values (n, m), NaN where unknown or not asked."""
    rows = [[_raw(made, item) for item in chosen] for made in effects]
    return np.array(rows, dtype=np.float64).reshape(len(effects), len(chosen))


def _raw(made: Effect, criterion: Criterion) -> float:
    """A raw value for gis_core: hopeless where nobody is served."""
    value = made.values[criterion.id]
    if value is None and criterion.id == "cost_per_poor" and made.values["poor_served"] is not None:
        return NOBODY_RP
    return np.nan if value is None else value
