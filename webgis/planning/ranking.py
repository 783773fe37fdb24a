"""Rank the proposals of a kelurahan and keep the run so that it can be repeated.

It knows nothing about how a score is made (`scoring`, gis_core) or shown. A run names the versions of all it used.
Who may rank but not see households gets scores all the same: a score sums ten criteria, and no list is shown.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import shapely
from sqlalchemy.orm import Session

from webgis.planning import scoring
from webgis.planning.access import Actor, require
from webgis.planning.catalogue import OPEN_STATES, STATES, catalogue
from webgis.planning.errors import BadDocument, NotFound, Problem
from webgis.planning.facts import Facts, FactsCache
from webgis.planning.scoring import Judge, Judged
from webgis.store import proposals as table
from webgis.store import rankings as runs
from webgis.store import regions
from webgis.store.database import Database

METHODS: Final = ("value",)
MOST: Final = 5_000


@dataclass(frozen=True)
class Desk:
    """What rankings and previews of one process share: facts and judged works kept at hand."""

    facts: FactsCache
    judge: Judge


def open_desk(data_dir: Path) -> Desk:
    """An empty desk; data_dir: where the rasters lie."""
    return Desk(FactsCache(data_dir), Judge())


@dataclass(frozen=True, eq=False)
class Scene:
    """A kelurahan ready to be judged: facts, its works in some states, and the versions read."""

    facts: Facts
    works: tuple[Judged, ...]
    versions: dict[str, int]


def rank_kelurahan(
    db: Database,
    desk: Desk,
    actor: Actor,
    kelurahan: str,
    *,
    weights: Mapping[str, float] | None = None,
    states: Sequence[str] | None = None,
    method: str = "value",
    keep: bool = True,
) -> dict[str, Any]:
    """Rank the open proposals of a kelurahan (states: those instead), as the contract's `POST /rankings` answers.

    Beside the contract's fields each row has title, state, raw values, missing, served, provisional and tied.
    keep: store the run, then `id` is its id, else None. Raises NotFound, NotAllowed, BadDocument.
    """
    require(actor, "rank", kelurahan)
    if method not in METHODS:
        raise BadDocument(
            [Problem("/method", "unknown_method", {"given": method, "known": ", ".join(METHODS)})]
        )
    wanted = tuple(OPEN_STATES if states is None else states)
    for given in wanted:
        if given not in STATES:
            raise BadDocument(
                [Problem("/states", "unknown_state", {"given": given, "known": ", ".join(STATES)})]
            )
    chosen = scoring.criteria(weights)
    with db.transaction(actor.account_id, "peringkat") as session:
        scene = open_scene(session, desk, kelurahan, wanted)
        result = _result(scene, chosen)
        inputs = {
            "kelurahan": kelurahan, "weights": {item.id: item.weight for item in chosen}, "method": method,
            "states": list(wanted), "criteria_version": catalogue().version,
        }  # fmt: skip
        run = runs.insert(session, inputs, scene.versions, result, actor.account_id) if keep else None
    return {"id": run, **inputs, "data_versions": scene.versions, "ranking": result["ranking"]}


def get_ranking(db: Database, actor: Actor, run_id: str) -> dict[str, Any]:
    """A stored run, as it was answered. Raises NotFound, NotAllowed."""
    try:
        uuid.UUID(run_id)
    except ValueError:
        raise NotFound("no_ranking") from None
    with db.transaction() as session:
        row = runs.find(session, run_id)
    if row is None:
        raise NotFound("no_ranking")
    require(actor, "rank", row["kelurahan"])
    return {
        "id": run_id,
        **row["inputs"],
        "data_versions": row["data_versions"],
        "ranking": row["result"]["ranking"],
    }


def list_rankings(db: Database, actor: Actor, kelurahan: str, limit: int = 20) -> list[dict[str, Any]]:
    """The last runs of a kelurahan: id, created_at, weights, number of works. Raises NotAllowed."""
    require(actor, "rank", kelurahan)
    with db.transaction() as session:
        return [dict(row) for row in runs.select(session, kelurahan, limit)]


def open_scene(session: Session, desk: Desk, kelurahan: str, states: Sequence[str]) -> Scene:
    """Facts and judged works of a kelurahan, all read in this transaction. Raises NotFound."""
    versions = regions.versions(session)
    facts = desk.facts.get(session, kelurahan, versions)
    rows = table.select(session, table.filters(kelurahan=kelurahan, states=states), MOST, 0)
    judged = desk.judge.judge(facts, rows, [shapely.from_geojson(row["geojson"]) for row in rows])
    kept = {layer: versions[layer] for layer in sorted({*facts.versions, "proposals"}) if layer in versions}
    return Scene(facts, tuple(judged), kept)


def _result(scene: Scene, chosen: Sequence[Any]) -> dict[str, Any]:
    """The ranking in its order, rows as the contract names them."""
    made = scoring.rank(chosen, [(item.work.id, item.effect) for item in scene.works])
    shared = [place for place in made.rank if place is not None]
    rows = []
    for i in made.order:
        item = scene.works[i]
        place = made.rank[i]
        rows.append(
            {
                "id": item.work.id, "title": item.title, "state": item.state, "work_type": item.work.type.key,
                "rank": place, "tied": place is not None and shared.count(place) > 1,
                "score": float(made.score[i]), "low": float(made.low[i]), "high": float(made.high[i]),
                "completeness": float(made.completeness[i]), "provisional": bool(made.provisional[i]),
                "passes": bool(made.passes[i]), "gates_failed": list(made.failed[i]),
                "contributions": dict(zip(made.criteria, made.contributions[i].tolist(), strict=True)),
                "values": dict(item.effect.values), "served": item.effect.served, "cost": item.work.cost,
                "acceptability": None,
            }
        )  # fmt: skip
    return {"ranking": rows}
