"""How the score of one proposal came about: every criterion from raw value to points, and the gates.

It knows nothing about sentences. It computes nothing of its own: numbers are those of the ranking, taken apart.
Numbers that tell of poor households are told only to those who may see households in the kelurahan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from gis_core.fall import Fall
from gis_core.motor_access import AccessGain
from gis_core.ranking import Ranking
from webgis.planning.access import Actor, require
from webgis.planning.catalogues.catalogue import CriterionDef, catalogue
from webgis.planning.catalogues.vocabulary import OPEN_STATES
from webgis.planning.judging import drain_fall, fact_dates, mending, nearer_roads, references, scoring
from webgis.planning.judging.desk import Desk, open_scene
from webgis.planning.judging.fact_dates import Dated
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.gates import Gate
from webgis.planning.judging.household_counts import OF_HOUSEHOLDS, knows
from webgis.planning.judging.mending import Aspect
from webgis.planning.judging.scoring import Judged
from webgis.planning.judging.ways import Way
from webgis.planning.mapping.household_views import note_counts
from webgis.planning.proposals import proposals
from webgis.store.database import Database


@dataclass(frozen=True)
class Step:
    """A criterion on its way to points: raw value, value 0..1 by its reference points, weight, points.

    weight: as it acts on this work (decision 28). state: known, waived (not asked of the type; raw and value are None),
    missing, nobody (cost per household where none is served) or hidden (this reader may not know the raw value; raw and
    value are None). beyond: the raw value lies past the last reference point, whose value it takes.
    """

    criterion: CriterionDef
    raw: float | None
    value: float | None
    weight: float
    points: float
    state: str
    beyond: bool = False


@dataclass(frozen=True)
class Counts:
    """What the criteria of households were made from: households newly served and all who benefit, the share q0 of
    the kelurahan, rupiah of the work and of its upkeep, how the ways to the homes were measured, and what a way saves
    them to a motor road (None: it is no way)."""

    served: float
    beneficiaries: float
    usual_share: float | None
    cost: int
    upkeep: int
    way: Way
    access: AccessGain | None


@dataclass(frozen=True)
class Explanation:
    """A score taken apart. rank None: a gate fails, or the proposal is not open; counts None: not for this reader.

    kind: work type; the steps have its reference points. fall: None for what carries no water. aspects: of which the
    slum reduction is made; no points, since it is that of the whole kelurahan. dated: sets of data of the kelurahan;
    used: criterion -> those behind it; changed_on: day of the proposal's version.
    """

    title: str
    kelurahan: str
    kind: str
    steps: tuple[Step, ...]
    score: float
    low: float
    high: float
    completeness: float
    rank: int | None
    ranked: int
    gates: tuple[Gate, ...]
    counts: Counts | None
    fall: Fall | None
    aspects: tuple[Aspect, ...]
    dated: Mapping[str, Dated]
    used: Mapping[str, tuple[str, ...]]
    changed_on: dt.date | None


def explain(db: Database, desk: Desk, actor: Actor, proposal_id: str) -> Explanation:
    """The score of a stored proposal among the open ones there. Raises NotFound, NotAllowed, SignInNeeded."""
    found = proposals.get_proposal(db, actor, proposal_id)
    require(actor, "rank", found.kelurahan)
    states = OPEN_STATES if found.state in OPEN_STATES else (found.state,)
    full = knows(actor, found.kelurahan)
    with db.transaction() as session:
        scene = open_scene(session, desk, found.kelurahan, states, exactly=full)
    chosen = references.of_kelurahan(scoring.criteria(None), scene.facts)
    made = scoring.rank(chosen, [(item.work.id, item.effect) for item in scene.works], scene.gates)
    row = made.ids.index(proposal_id)
    item = scene.works[row]
    note_counts(db, actor, found.kelurahan)
    raw = scoring.table(chosen, [item.effect])[0]
    mine = [core.as_of(item.effect.kind) for core in chosen]
    return Explanation(
        title=found.title,
        kelurahan=found.kelurahan,
        kind=item.effect.kind,
        steps=tuple(
            _step(replace(criterion, core=core), item, float(raw[j]), made, (row, j), full)
            for j, (criterion, core) in enumerate(zip(catalogue().criteria, mine, strict=True))
        ),
        score=float(made.score[row]),
        low=float(made.low[row]),
        high=float(made.high[row]),
        completeness=float(made.completeness[row]),
        rank=made.rank[row] if found.state in OPEN_STATES else None,
        ranked=sum(place is not None for place in made.rank),
        gates=scene.gates[proposal_id],
        counts=_counts(item, scene.facts) if full else None,
        fall=drain_fall.of_work(scene.facts, item.work),
        aspects=mending.by_aspect(item.effect.change, None),
        dated=scene.facts.dated,
        used=fact_dates.used(item.work.type),
        changed_on=item.changed_on,
    )


def _step(
    criterion: CriterionDef, item: Judged, raw: float, made: Ranking, cell: tuple[int, int], full: bool
) -> Step:
    """A criterion of a work; raw: as gis_core took it, NaN where nothing is known; cell: its place in the ranking."""
    weight, points = float(made.effective[cell]), float(made.contributions[cell])
    if criterion.id in OF_HOUSEHOLDS and not full:
        return Step(criterion, None, None, weight, points, "hidden")
    if criterion.id in item.effect.waived:
        return Step(criterion, None, None, weight, points, "waived")
    if not np.isfinite(raw):
        return Step(criterion, None, criterion.core.missing_value, weight, points, "missing")
    told, value = item.effect.values[criterion.id], float(criterion.core.value(raw))
    if told is None:
        return Step(criterion, None, value, weight, points, "nobody")
    return Step(criterion, told, value, weight, points, "known", bool(made.beyond[cell]))


def _counts(item: Judged, facts: Facts) -> Counts:
    made = item.effect
    return Counts(
        made.served, made.beneficiaries, facts.poor_share, item.work.cost, round(made.upkeep), made.way,
        nearer_roads.gain(facts, item.work),
    )  # fmt: skip
