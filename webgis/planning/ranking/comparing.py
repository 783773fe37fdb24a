"""Two proposals of a kelurahan side by side: where the lead of one comes from and which weights would turn it round.

It knows nothing about words or pages; the data are those of `gis_core.explain` (method 4.3, 4.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gis_core import explain, sensitivity
from gis_core.explain import Shown, Swap
from webgis.planning.access import Actor, require
from webgis.planning.catalogues.vocabulary import OPEN_STATES
from webgis.planning.errors import NotFound
from webgis.planning.judging import references, scoring
from webgis.planning.judging.desk import Desk, open_scene
from webgis.planning.judging.household_counts import knows
from webgis.planning.ranking.robust import Asked, always_ahead
from webgis.store.database import Database


@dataclass(frozen=True)
class Comparison:
    """titles and shown scores of the first and the second; leads: how far the first is ahead, below 0 if it trails,
    and lead: the same as it is shown, with its parts.

    swaps: weights at which they change places, nearest first. moved: the least weight that must move between criteria
    until they do; None: no weights do. dominated: the one behind is ahead nowhere. always: the one
    ahead stays so with all weights that keep the order of importance (method 4.4).
    """

    titles: tuple[str, str]
    scores: tuple[Shown, Shown]
    leads: float
    lead: Shown
    swaps: tuple[Swap, ...]
    moved: float | None
    dominated: bool
    always: bool


def compare(
    db: Database,
    desk: Desk,
    actor: Actor,
    kelurahan: str,
    first: str,
    second: str,
    weights: Mapping[str, float] | None = None,
) -> Comparison:
    """Two open proposals of a kelurahan, by id. Raises NotFound, NotAllowed, BadDocument for the weights."""
    require(actor, "rank", kelurahan)
    given = scoring.criteria(weights)
    with db.transaction() as session:
        scene = open_scene(session, desk, kelurahan, OPEN_STATES, exactly=knows(actor, kelurahan))
    pair = [work for wanted in (first, second) for work in scene.works if work.work.id == wanted]
    if len(pair) != 2 or first == second:
        raise NotFound("no_proposal")
    chosen = references.of_kelurahan(given, scene.facts)
    made = scoring.rank(chosen, [(item.work.id, item.effect) for item in pair])
    scores = [
        explain.shown(
            dict(zip(made.criteria, made.contributions[i].tolist(), strict=True)), float(made.score[i])
        )
        for i in (0, 1)
    ]
    ahead = made.values[0] - made.values[1]
    # As ranks compare them: what the last digits differ by is no lead.
    leads = round(float(made.score[0] - made.score[1]), 9)
    always = always_ahead(chosen, made.values, Asked("ordinal"))
    moved = sensitivity.smallest_turn(made.weights, ahead)
    return Comparison(
        titles=(pair[0].title, pair[1].title),
        scores=(scores[0], scores[1]),
        leads=leads,
        lead=explain.difference(scores[0], scores[1]),
        swaps=explain.swaps(made.criteria, made.weights.tolist(), ahead),
        moved=moved,
        dominated=moved is None and leads != 0,
        always=bool(always.any()),
    )
