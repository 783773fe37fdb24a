"""Rank the proposals of a kelurahan and keep the run so that it can be repeated.

It knows nothing about how a score is made (`scoring`, gis_core) or shown. A run names the versions of all it used.
Who may rank but not see households gets a ranking of counts in fives (`household_counts`); every run is kept with both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from gis_core.ranking import Criterion
from webgis.planning.access import Actor, require
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.catalogues.vocabulary import OPEN_STATES, STATES
from webgis.planning.errors import BadDocument, NotFound, Problem
from webgis.planning.judging import fact_dates, references, scoring
from webgis.planning.judging.desk import Desk, open_scene
from webgis.planning.judging.household_counts import counts_in_scope, in_ranking, knows
from webgis.planning.judging.provenance import catalogue_hash, program_hash
from webgis.planning.mapping.household_views import note_counts
from webgis.planning.ranking import ranking_result, robust, stability
from webgis.planning.ranking.robust import Asked
from webgis.planning.ranking.weight_sets import MEDIAN, together_of, weights_of
from webgis.planning.versions import check_id
from webgis.store import rankings as runs
from webgis.store import weight_sets
from webgis.store.database import Database

METHODS: Final = ("value",)
CROSS_CHECKS: Final = ("topsis", "vikor", "promethee2")
"""Methods whose order is never the official one (method 0.4); every run names how far they agree."""


@dataclass(frozen=True)
class _Made:
    """A run that is not kept yet; exactly: by whole counts."""

    inputs: dict[str, Any]
    versions: dict[str, int]
    result: dict[str, Any]
    exactly: bool


def rank_kelurahan(
    db: Database,
    desk: Desk,
    actor: Actor,
    kelurahan: str,
    *,
    weights: Mapping[str, float] | None = None,
    weight_set: str | None = None,
    states: Sequence[str] | None = None,
    method: str = "value",
    robustness: Asked | None = None,
    top: int | None = None,
    keep: bool = True,
) -> dict[str, Any]:
    """Rank the open proposals of a kelurahan (states: those instead), as the contract's `POST /rankings` answers.

    Beside the contract's fields each row has title, state, raw values, missing, served, provisional, tied and what it
    lacks `to_first`, and with robustness asked for what `robust.analyse` tells; the run has the agreement of the
    cross-checks, the `stability` of the first `top` places and what the sum may count twice.
    weight_set: id of a stored set instead of weights, or "median" for the participants together. keep: store the
    run, then `id` is its id, else None. Raises NotFound, NotAllowed, BadDocument.
    """
    require(actor, "rank", kelurahan)
    wanted = _checked(method, states, robustness)
    stability.check(top)
    if weights is not None and weight_set is not None:
        raise BadDocument([Problem("/weight_set", "weights_twice")])
    with db.transaction(actor.account_id, "peringkat") as session:
        people: list[str] = []
        if weight_set == MEDIAN:
            together, people = together_of(session, kelurahan)
            weights = together.weights
            weight_set = None
        elif weight_set is not None:
            weights = weights_of(session, kelurahan, weight_set)
        inputs = {
            "kelurahan": kelurahan,
            "weight_set": weight_set,
            "method": method,
            "states": list(wanted),
            "median_of": people,
        }
        chosen = scoring.criteria(weights)
        made = _made(session, desk, inputs, chosen, robustness, top, exactly=knows(actor, kelurahan))
        run = _keep(session, desk, actor, made, chosen, top) if keep else None
    note_counts(db, actor, kelurahan)
    return in_ranking(actor, {"id": run, **made.inputs, "data_versions": made.versions, **made.result})


def keep_agreed(session: Session, desk: Desk, actor: Actor, kelurahan: str, weight_set: str) -> None:
    """Keep the order of the open proposals by weights a meeting has just agreed on. Raises NotFound, BadDocument."""
    weights = weights_of(session, kelurahan, weight_set)
    inputs = {
        "kelurahan": kelurahan, "weight_set": weight_set, "method": METHODS[0], "states": list(OPEN_STATES),
        "agreed": True,
    }  # fmt: skip
    chosen = scoring.criteria(weights)
    made = _made(session, desk, inputs, chosen, None, None, exactly=knows(actor, kelurahan))
    _keep(session, desk, actor, made, chosen, None)


def _keep(
    session: Session, desk: Desk, actor: Actor, made: _Made, chosen: Sequence[Criterion], top: int | None
) -> str:
    """Store a run, one by whole counts behind the wall of the households and beside it, without draws, what others may
    read of it; its id."""
    if not made.exactly:
        return runs.insert(session, made.inputs, made.versions, made.result, None, actor.account_id)
    told = _made(session, desk, made.inputs, chosen, None, top, exactly=False).result
    with counts_in_scope(session, actor, made.inputs["kelurahan"]):
        return runs.insert(session, made.inputs, made.versions, told, made.result, actor.account_id)


def get_ranking(db: Database, actor: Actor, run_id: str) -> dict[str, Any]:
    """A stored run as the reader may know it. Raises NotFound, NotAllowed."""
    check_id(run_id, "no_ranking")
    with db.transaction() as session:
        row = runs.find(session, run_id)
    if row is None:
        raise NotFound("no_ranking")
    require(actor, "rank", row["kelurahan"])
    with db.transaction() as session, counts_in_scope(session, actor, row["kelurahan"]):
        row = runs.find(session, run_id) or row
    if row["result"].get("untold"):
        raise NotFound("ranking_untold")
    kept = {"id": run_id, **row["inputs"], "data_versions": row["data_versions"], **row["result"]}
    note_counts(db, actor, row["kelurahan"])
    return in_ranking(actor, kept)


def list_rankings(db: Database, actor: Actor, kelurahan: str, limit: int = 20) -> list[dict[str, Any]]:
    """The last runs of a kelurahan: id, created_at, weights, number of works. Raises NotAllowed."""
    require(actor, "rank", kelurahan)
    with db.transaction() as session:
        return [dict(row) for row in runs.select(session, kelurahan, limit)]


def _checked(method: str, states: Sequence[str] | None, robustness: Asked | None) -> tuple[str, ...]:
    """The states to rank, once everything that needs no store has been looked at. Raises BadDocument."""
    if method in CROSS_CHECKS:
        raise BadDocument([Problem("/method", "method_is_crosscheck", {"given": method})])
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
    if robustness is not None:
        robust.check(robustness)
    return wanted


def _made(
    session: Session,
    desk: Desk,
    inputs: Mapping[str, Any],
    chosen: Sequence[Criterion],
    asked: Asked | None,
    top: int | None,
    *,
    exactly: bool,
) -> _Made:
    """A run; inputs: kelurahan, weight_set, method, states, to which all that else decides the answer is added."""
    kelurahan = inputs["kelurahan"]
    people = _people(session, kelurahan, asked)
    scene = open_scene(session, desk, kelurahan, inputs["states"], exactly=exactly)
    judged_by = references.of_kelurahan(chosen, scene.facts)
    result = ranking_result.result(
        scene.facts,
        scene.works,
        scene.gates,
        judged_by,
        asked,
        [row["weights"] for row in people],
        top,
        scene.under_way,
        exactly=exactly,
    )
    whole = {
        **inputs, "weights": {item.id: item.weight for item in chosen}, "criteria_version": catalogue().version,
        "own_points": references.own(judged_by),
        "agreed_plan": scene.around.agreed and scene.around.agreed.plan_id,
        **fact_dates.documents(scene.facts.dated, [item.work.type for item in scene.works]),
        "catalogue_hash": catalogue_hash(), "program_hash": program_hash(),
        "catalogue_change": catalogue().change,
        "robustness": None if asked is None
        else {**asdict(asked), "participants": [row["id"] for row in people]},
    }  # fmt: skip
    return _Made(whole, scene.versions, result, exactly)


def _people(session: Session, kelurahan: str, robustness: Asked | None) -> Sequence[Mapping[str, Any]]:
    """The newest set of every participant, where the draws are to be made around them."""
    if robustness is None or robustness.kind != "participants":
        return []
    return [dict(row) for row in weight_sets.latest_of_participants(session, kelurahan, catalogue().version)]
