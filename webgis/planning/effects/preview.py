"""What a work would do and where it would stand, while it is still being drawn.

It knows nothing about the screen; the answer is the contract's `POST /proposals/preview`. Nothing is stored.
Only those who see the workspace of the kelurahan are answered, since they look at what a change would do. For those of
them who may not see households it is made as if there were none: a shape of one's own would tell where one lives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from shapely.geometry.base import BaseGeometry

from gis_core.errors import BadInput
from gis_core.terrain import steepness
from webgis.planning.access import Actor
from webgis.planning.catalogues.vocabulary import OPEN_STATES
from webgis.planning.effects import advice
from webgis.planning.errors import BadDocument, Problem
from webgis.planning.judging import (
    drain_fall,
    fact_dates,
    fund_gates,
    mending,
    nearer_roads,
    references,
    related,
    scoring,
)
from webgis.planning.judging.desk import Desk, Scene, open_scene
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.gates import Gate
from webgis.planning.judging.household_counts import in_preview, knows, without_households
from webgis.planning.judging.programme_overlaps import overlapping
from webgis.planning.judging.scoring import Judged
from webgis.planning.judging.verdicts import renamed
from webgis.planning.judging.work import Work
from webgis.planning.judging.works import Effect, effect
from webgis.planning.mapping.household_views import note_counts
from webgis.planning.places import place
from webgis.planning.proposals.drafts import CheckedDraft, ProposalDraft, check
from webgis.store.database import Database


def preview(
    db: Database,
    desk: Desk,
    actor: Actor,
    draft: ProposalDraft,
    *,
    proposal_id: str | None = None,
    lang: str = "id",
) -> dict[str, Any]:
    """Measure, price, judge and rank a draft. proposal_id: the stored proposal it will replace.

    Raises BadDocument for a draft that could not be saved, NotAllowed, SignInNeeded.
    """
    checked = check(draft, titled=False)
    with db.transaction() as session:
        placed = place(session, actor, "see_workspace", checked.geometry)
        scene = open_scene(
            session, desk, placed.kelurahan, OPEN_STATES, exactly=knows(actor, placed.kelurahan)
        )
        programmes = overlapping(session, actor, [(checked.type, checked.geometry)])[0]
    facts = scene.facts
    mine = _judged(facts, draft, checked, placed.rw, exactly=knows(actor, placed.kelurahan))
    made = mine.effect
    others = [item for item in scene.known if item.work.id != proposal_id]
    said = renamed(scene.verdicts, proposal_id, related.DRAWN)
    links = [link for link in related.of_work(facts, mine, others, said) if link.holds]
    everything = {item.work.id: item for item in (*others, *scene.under_way) if item.work.id != proposal_id}
    of_funds = fund_gates.of_work(mine, list(everything.values()), scene.around, proposal_id)
    gates = (*related.gates_of(mine, links, others), *of_funds)
    case = advice.Case(facts, mine, others, links, gates, programmes)
    found = {
        "length_m": round(checked.length_m, 1), "area_m2": round(checked.area_m2, 1), "volume": checked.volume,
        "unit": checked.type.unit, "cost": checked.cost,
        "volume_measured": checked.measured, "cost_computed": checked.computed,
        "kelurahan": placed.kelurahan, "rw": placed.rw, "rt": list(placed.rt), "inside": True,
        "poor_served": made.served, "poor_total": float(facts.homes.weight.sum()), "poor_reached": made.reached,
        "deficits": mending.deficits(facts, mine.work, made.deficits),
        "slum_change": _slum_change(facts, made),
        "hazard": {"flood_share": made.flood_share, "slope_percent": _slope_percent(facts, mine.work.geometry)},
        "fall": _fall(facts, mine.work),
        "access_gain": _access_gain(facts, mine.work) if knows(actor, placed.kelurahan) else None,
        "overlaps": advice.overlaps(case), "programmes": advice.programmes(case),
        "relations": advice.relations(case), "gates": advice.gates(case, lang),
        "warnings": advice.warnings(case, lang),
        **_standing(scene, others, made, gates), **fact_dates.documents(facts.dated, [checked.type]), "work_type":
        checked.type.key,
    }  # fmt: skip
    note_counts(db, actor, placed.kelurahan)
    return in_preview(actor, found)


def _judged(
    facts: Facts, draft: ProposalDraft, checked: CheckedDraft, rw: str | None, *, exactly: bool
) -> Judged:
    """The draft as a work with what it does; exactly: by the households there, else as if none were on record.

    Raises BadDocument for a geometry that cannot be scored.
    """
    work = Work(
        related.DRAWN, checked.type, facts.projector.to_metres(checked.geometry), checked.volume, checked.cost,
        draft.funding, draft.readiness, draft.is_paket,
    )  # fmt: skip
    try:
        made = effect(facts, work)
    except BadInput as error:
        raise BadDocument([Problem("/geometry", "geometry_unreadable", {"reason": error.message})]) from error
    return Judged(work, made if exactly else without_households(work, made), draft.title, "draft", rw)


def _slope_percent(facts: Facts, geometry: BaseGeometry) -> float | None:
    """How steep the place is, in percent, whether or not its type is asked for it; None without heights."""
    return None if facts.terrain is None else steepness(geometry, facts.projector.epsg, facts.terrain)


def _fall(facts: Facts, work: Work) -> dict[str, Any] | None:
    """The fall of a drain or sewer; None for what carries no water."""
    found = drain_fall.of_work(facts, work)
    return None if found is None else asdict(found) | {"enough": found.enough}


def _access_gain(facts: Facts, work: Work) -> dict[str, Any] | None:
    """What a way saves poor households on foot to the nearest motor road; None where the type is no way."""
    gained = nearer_roads.gain(facts, work)
    return None if gained is None else asdict(gained)


def _standing(scene: Scene, others: Sequence[Judged], made: Effect, gates: Sequence[Gate]) -> dict[str, Any]:
    """Score, parts and rank of the draft among the open proposals, with the weights of the catalogue."""
    chosen = references.of_kelurahan(scoring.criteria(None), scene.facts)
    open_ones = [item for item in others if item.state in OPEN_STATES]
    works = [(related.DRAWN, made), *((item.work.id, item.effect) for item in open_ones)]
    ranked = scoring.rank(chosen, works, {**scene.gates, related.DRAWN: gates})
    return {
        "score": float(ranked.score[0]), "low": float(ranked.low[0]), "high": float(ranked.high[0]),
        "completeness": float(ranked.completeness[0]), "provisional": bool(ranked.provisional[0]),
        "contributions": dict(zip(ranked.criteria, ranked.contributions[0].tolist(), strict=True)),
        "effective_weights": scoring.effective(ranked, 0),
        "values": dict(made.values), "waived": sorted(made.waived), "rank": ranked.rank[0],
        "of": sum(place is not None for place in ranked.rank), "data_versions": scene.versions,
    }  # fmt: skip


def _slum_change(facts: Facts, made: Effect) -> dict[str, Any] | None:
    """The change of the RT whose total falls most, and the kontribusi of the kelurahan; None if no RT changes."""
    change = made.change
    if not len(change.zones):
        return None
    best = int(np.argmax(change.before - change.after + made.split[change.zones] * 1e-6))
    return {
        "zone": facts.zones.codes[change.zones[best]], "name": facts.zones.names[change.zones[best]],
        "before": int(change.before[best]), "after": int(change.after[best]),
        "grade_before": change.grade_before[best], "grade_after": change.grade_after[best],
        "contribution": change.contribution,
        "aspects": [asdict(one) for one in mending.by_aspect(change, best)],
    }  # fmt: skip
