"""What a work would do and where it would stand, while it is still being drawn.

It knows nothing about the screen; the answer is the contract's `POST /proposals/preview`. Nothing is stored.
Only those who see the workspace of the kelurahan are answered, since they look at what a change would do; the count
of households reached would tell others too much.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gis_core.errors import BadInput
from webgis.planning import scoring
from webgis.planning.access import Actor
from webgis.planning.catalogue import OPEN_STATES
from webgis.planning.drafts import CheckedDraft, ProposalDraft, check
from webgis.planning.errors import BadDocument, Problem
from webgis.planning.facts import Facts
from webgis.planning.messages import message
from webgis.planning.places import place
from webgis.planning.ranking import Desk, Scene, open_scene
from webgis.planning.scoring import Judged
from webgis.planning.works import Effect, Work, effect
from webgis.planning.written import Metres
from webgis.store.database import Database

DUPLICATE_LINE_M: Final = 5.0
DUPLICATE_LINE_SHARE: Final = 0.7
DUPLICATE_AREA_SHARE: Final = 0.8
DUPLICATE_POINT_M: Final = 10.0
CONNECTED_M: Final = 5.0
"""The duplicate rule of method 2.8 and the connection of 2.7; points of one kind within 10 m are one place."""


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
        scene = open_scene(session, desk, placed.kelurahan, OPEN_STATES)
    facts = scene.facts
    geometry = facts.projector.to_metres(checked.geometry)
    work = Work("", checked.type, geometry, checked.volume, checked.cost, draft.funding, draft.readiness)
    try:
        made = effect(facts, work)
    except BadInput as error:
        raise BadDocument([Problem("/geometry", "geometry_unreadable", {"reason": error.message})]) from error
    others = [item for item in scene.works if item.work.id != proposal_id]
    overlaps = _overlaps(facts, work, others)
    return {
        "length_m": round(checked.length_m, 1), "area_m2": round(checked.area_m2, 1), "volume": checked.volume,
        "unit": checked.type.unit, "cost": checked.cost, "kelurahan": placed.kelurahan, "rw": placed.rw,
        "rt": list(placed.rt), "inside": True,
        "poor_served": made.served, "poor_total": float(facts.homes.weight.sum()), "poor_reached": made.reached,
        "deficits": [
            {"criterion": code, "zone": facts.zones.codes[zone], "share": share} for code, zone, share in made.deficits
        ],
        "slum_change": _slum_change(facts, made), "hazard": {"flood_share": made.flood_share},
        "overlaps": overlaps, "warnings": _warnings(facts, work, checked, made, overlaps, lang),
        **_standing(scene, others, made),
    }  # fmt: skip


def _standing(scene: Scene, others: Sequence[Judged], made: Effect) -> dict[str, Any]:
    """Score, parts and rank of the draft among the open proposals, with the weights of the catalogue."""
    chosen = scoring.criteria(None)
    ranked = scoring.rank(chosen, [("", made), *((item.work.id, item.effect) for item in others)])
    return {
        "score": float(ranked.score[0]), "low": float(ranked.low[0]), "high": float(ranked.high[0]),
        "completeness": float(ranked.completeness[0]), "provisional": bool(ranked.provisional[0]),
        "contributions": dict(zip(ranked.criteria, ranked.contributions[0].tolist(), strict=True)),
        "values": dict(made.values), "rank": ranked.rank[0], "of": len(others) + 1, "data_versions": scene.versions,
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
    }  # fmt: skip


def _overlaps(facts: Facts, work: Work, others: Sequence[Judged]) -> list[dict[str, Any]]:
    """Proposals and working assets of the same kind that are already where the work would be."""
    found: list[dict[str, Any]] = [
        {"kind": "proposal", "id": item.work.id, "title": item.title}
        for item in others
        if item.work.type.key == work.type.key and _same_place(work.geometry, item.work.geometry)
    ]
    same = [g for g in facts.working(work.type) if _same_place(work.geometry, g)]
    if same:
        found.append({"kind": "asset", "id": None, "title": None})
    return found


def _same_place(a: BaseGeometry, b: BaseGeometry) -> bool:
    """Whether two works are the same thing drawn twice (method 2.8)."""
    kinds = int(shapely.get_dimensions(a)), int(shapely.get_dimensions(b))
    if kinds == (1, 1):
        short, long = sorted((a, b), key=lambda line: line.length)
        near = shapely.intersection(short, shapely.buffer(long, DUPLICATE_LINE_M, quad_segs=4))
        return bool(near.length >= DUPLICATE_LINE_SHARE * short.length)
    if kinds == (2, 2):
        return bool(shapely.intersection(a, b).area >= DUPLICATE_AREA_SHARE * min(a.area, b.area))
    return kinds == (0, 0) and bool(a.distance(b) <= DUPLICATE_POINT_M)


def _warnings(
    facts: Facts,
    work: Work,
    checked: CheckedDraft,
    made: Effect,
    overlaps: Sequence[dict[str, Any]],
    lang: str,
) -> list[dict[str, str]]:
    """What a careful colleague would say, each with its code."""
    found: list[tuple[str, dict[str, Any]]] = [
        ("warn_duplicate", {"title": item["title"]}) if item["kind"] == "proposal" else
        ("warn_asset", {"title": work.type.name(lang)})
        for item in overlaps[:3]
    ]  # fmt: skip
    if made.values["poor_served"] is not None and made.served == 0:
        found.append(("warn_nobody", {}))
    if (gap := _downstream_gap(facts, work)) is not None:
        found.append(("warn_downstream", {"distance": Metres(gap)}))
    if made.flood_share and facts.flood and "4a" not in work.type.improves and made.flood_share >= 0.1:
        found.append(
            ("warn_flood", {"percent": round(100 * made.flood_share), "depth": facts.flood.threshold})
        )
    if checked.draft.readiness.get("land", "none") == "none":
        found.append(("warn_land", {}))
    return [{"code": code, "message": message(code, params, lang)} for code, params in found]


def _downstream_gap(facts: Facts, work: Work) -> float | None:
    """Metres from the lower (last) end of a new drain to the nearest drain or waterway; None if it is connected."""
    if work.type.key != "drain_new":
        return None
    end = shapely.points(shapely.get_coordinates(work.geometry)[-1])
    outlets = [*facts.assets.geometry[facts.assets.kind == "drain"], *facts.water]
    if not outlets:
        return None
    gap = float(np.min(shapely.distance(end, np.array(outlets, dtype=object))))
    return gap if gap > CONNECTED_M else None
