"""What a change of the catalogue would do, told before it is agreed: estimates that differ, works that move.

It knows nothing about who may change what. Costs that stand in proposals stay as people agreed on them; a new price
makes new estimates and is what the review compares with. Meetings with weights of their own are not touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from webgis.planning.access import Actor
from webgis.planning.catalogues import catalogue as known
from webgis.planning.catalogues.catalogue import Catalogue, catalogue
from webgis.planning.catalogues.review_rules import review_rules
from webgis.planning.catalogues.vocabulary import OPEN_STATES
from webgis.planning.effects.catalogue_changes import Values
from webgis.planning.judging import references, scoring
from webgis.planning.judging.desk import Desk, open_scene
from webgis.planning.judging.household_counts import knows
from webgis.store import catalogue_changes as table
from webgis.store import regions
from webgis.store.database import Database


@dataclass(frozen=True)
class PriceEffect:
    """A type with its price before and after: open proposals, those with an estimated cost, what those would add.

    far_before, far_after: PAKET works in review whose unit cost lies far from the price.
    """

    work_type: str
    before: int
    after: int
    open: int
    estimated: int
    difference: int
    far_before: int
    far_after: int


@dataclass(frozen=True)
class Moved:
    """A kelurahan: how many of its ranked works would change places, the farthest by how many, and who would lead."""

    kelurahan: str
    moved: int
    of: int
    farthest: int
    first: str
    new_first: str


@dataclass(frozen=True)
class Effects:
    """Prices that change, criterion -> weight before and after, kelurahan with the most moves first, stored plans.

    offered: types taken out of use or back into it, whether they then may be proposed, their open proposals.
    """

    prices: tuple[PriceEffect, ...]
    offered: tuple[tuple[str, bool, int], ...]
    weights: Mapping[str, tuple[float, float]]
    moves: tuple[Moved, ...]
    plans: int

    @property
    def moved(self) -> int:
        """Works that would change places in all."""
        return sum(one.moved for one in self.moves)


def effects(db: Database, desk: Desk, actor: Actor, after: Values) -> Effects:
    """What would change from the catalogue in force to one with these values, as the actor may know it."""
    now, then = catalogue(), known.changed(0, after.work_types, after.weights)
    weights = {
        old.id: (old.core.weight, new.core.weight)
        for old, new in zip(now.criteria, then.criteria, strict=True)
        if old.core.weight != new.core.weight
    }
    with db.transaction() as session:
        prices = tuple(
            PriceEffect(
                key, work.unit_cost, then.work_types[key].unit_cost,
                **table.price_effect(
                    session, key, OPEN_STATES, work.unit_cost, then.work_types[key].unit_cost,
                    review_rules().deviation_doubtful,
                ),
            )
            for key, work in now.work_types.items()
            if work.unit_cost != then.work_types[key].unit_cost
        )  # fmt: skip
        offered = tuple(
            (key, then.work_types[key].offered, table.open_of(session, key, OPEN_STATES))
            for key, work in now.work_types.items()
            if work.offered != then.work_types[key].offered
        )
        plans = (
            table.plans_by(session, {item.id: item.core.weight for item in now.criteria}) if weights else 0
        )
    moves = _moves(db, desk, actor, now, then) if weights else ()
    return Effects(prices, offered, weights, moves, plans)


def _moves(db: Database, desk: Desk, actor: Actor, now: Catalogue, then: Catalogue) -> tuple[Moved, ...]:
    with db.transaction() as session:
        places = regions.list_regions(session, "kelurahan")
    found = [_move(db, desk, actor, (place["code"], place["name"]), now, then) for place in places]
    return tuple(sorted((one for one in found if one.of), key=lambda one: -one.moved))


def _move(
    db: Database, desk: Desk, actor: Actor, place: tuple[str, str], now: Catalogue, then: Catalogue
) -> Moved:
    code, name = place
    with db.transaction() as session:
        scene = open_scene(session, desk, code, OPEN_STATES, exactly=knows(actor, code))
    works = [(item.work.id, item.effect) for item in scene.works]
    before, after = (
        scoring.rank(
            references.of_kelurahan([item.core for item in kept.criteria], scene.facts), works, scene.gates
        )
        for kept in (now, then)
    )
    steps = [
        abs(old - new)
        for old, new in zip(before.rank, after.rank, strict=True)
        if old is not None and new is not None
    ]
    leads = [scene.works[made.order[0]].title if steps else "" for made in (before, after)]
    return Moved(name, sum(step > 0 for step in steps), len(steps), max(steps, default=0), *leads)
