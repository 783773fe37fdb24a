"""The queue of PAKET works that wait for Dinas PU: in a whole city, longest waiting first or best score first.

It knows nothing about pages or decisions. Who may read it reads the works of the regions of that right.
A work waits from the day it was last verified; its score is PAKET's own (`paket_score`), not that of the kelurahan.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import shapely
from sqlalchemy.orm import Session

from webgis.planning.access import Actor, covers, home, regions_where, require
from webgis.planning.catalogues.review_rules import review_rules
from webgis.planning.catalogues.vocabulary import OPEN_STATES
from webgis.planning.effects import advice
from webgis.planning.errors import NotFound
from webgis.planning.judging import fund_gates, related, scoring
from webgis.planning.judging.desk import Desk, Scene, open_scene
from webgis.planning.judging.facts import Facts
from webgis.planning.judging.gates import Gate
from webgis.planning.judging.household_counts import knows
from webgis.planning.judging.programme_overlaps import NearProgramme, overlapping
from webgis.planning.judging.works import steepness
from webgis.planning.mapping.household_views import note_counts
from webgis.planning.proposals import completeness, proposals
from webgis.planning.proposals.completeness import Gap
from webgis.planning.proposals.proposals import ProposalView
from webgis.planning.review.paket_score import Paket, PaketScore, scores
from webgis.planning.review.review_facts import Ground, People, Price, Shares, people, price, shares
from webgis.store import proposals as table
from webgis.store.database import Database

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "open": ("verified", "under_review"),
    "waiting": ("verified",),
    "under_review": ("under_review",),
    "decided": ("approved", "returned", "rejected", "funded", "under_construction", "completed"),
}
"""Which part of the queue -> its states."""
SORTS: Final = ("waiting", "score", "cost")
COMING: Final = (*OPEN_STATES, "funded", "under_construction")
"""States of works that may stand in the way of another."""
UNDER_REVIEW: Final = "under_review"
MOST: Final = 5_000


@dataclass(frozen=True)
class Judged:
    """PAKET's score with its parts, its place among the open PAKET works, and what a look at the place finds.

    A work that fails a gate keeps its score and has no place. everybody: all households that benefit, poor or not.
    programmes: those of the city in its way that the reader may see.
    """

    paket: PaketScore
    gates: tuple[Gate, ...]
    served: People
    overlaps: tuple[Mapping[str, Any], ...]
    ground: Ground
    everybody: People | None
    programmes: tuple[NearProgramme, ...] = ()
    rank: int | None = None

    @property
    def score(self) -> float:
        """The score from 0 to 100, unrounded."""
        return self.paket.total

    @property
    def failed(self) -> tuple[Gate, ...]:
        """The gates it fails."""
        return tuple(gate for gate in self.gates if gate.passed is False)


@dataclass(frozen=True)
class Entry:
    """A PAKET work in the queue: since when it waits, whether it came back, its money and papers, and the judgement.

    decided: the step that decided about it, None while it waits. judged is None where a work cannot be scored.
    proposer: who submitted it last; reviewers: the accounts that took a step of the review.
    """

    proposal: ProposalView
    since: dt.datetime
    days: int
    came_back: bool
    decided: Mapping[str, Any] | None
    papers: tuple[Gap, ...]
    money: Shares
    price: Price
    judged: Judged | None = None
    proposer: str = ""
    reviewers: frozenset[str] = frozenset()

    @property
    def overdue(self) -> bool:
        """Whether it has waited too long."""
        return self.decided is None and self.days > review_rules().overdue_days


@dataclass(frozen=True)
class Wish:
    """Which part of the queue (key of GROUPS), where, of which type, with all papers only, in which order.

    proposer: name of who submitted; reviewer: account that has a hand in the review.
    """

    group: str = "open"
    kelurahan: str = ""
    work_type: str = ""
    complete: bool = False
    sort: str = "waiting"
    proposer: str = ""
    reviewer: str = ""

    def takes(self, entry: Entry) -> bool:
        """Whether an entry of the group is wanted."""
        work = entry.proposal
        return (
            (not self.kelurahan or covers(self.kelurahan, work.kelurahan))
            and self.work_type in ("", work.work_type)
            and not (self.complete and entry.papers)
            and self.proposer in ("", entry.proposer)
            and (not self.reviewer or self.reviewer in entry.reviewers)
        )


def regions_of(actor: Actor) -> tuple[str, ...]:
    """The regions whose queue somebody may read, none inside another. Raises SignInNeeded, NotAllowed."""
    held = regions_where(actor, "read_reviews")
    if not held:
        require(actor, "read_reviews", home(actor) or "-")
    return held


def queue(db: Database, actor: Actor, group: str = "open") -> tuple[Entry, ...]:
    """The PAKET works of a part of the queue, longest waiting first, not judged. Raises SignInNeeded, NotAllowed."""
    found: list[ProposalView] = []
    for region in regions_of(actor):
        page = proposals.list_proposals(
            db, actor, kelurahan=region, state=GROUPS[group], paket=True, limit=MOST
        )
        found += page.items
    with db.transaction() as session:
        steps = table.steps_of(session, [work.id for work in found])
    now = dt.datetime.now(dt.UTC)
    entries = (_entry(work, steps.get(work.id, []), now) for work in found)
    kept = (entry for entry in entries if group != "decided" or entry.decided)
    return tuple(sorted(kept, key=lambda entry: (entry.since, entry.proposal.id)))


def look(db: Database, desk: Desk, actor: Actor, wish: Wish) -> tuple[Entry, ...]:
    """What is wanted of the queue, judged and in order; places are those among all that wait."""
    everything = judge(db, desk, actor, queue(db, actor, "decided" if wish.group == "decided" else "open"))
    shown = [one for one in everything if one.proposal.state in GROUPS[wish.group] and wish.takes(one)]
    if wish.sort == "score":
        shown.sort(key=lambda one: -(one.judged.score if one.judged else -1.0))
    elif wish.sort == "cost":
        shown.sort(key=lambda one: -one.proposal.cost)
    return tuple(shown)


def side_by_side(db: Database, desk: Desk, actor: Actor, ids: Sequence[str]) -> tuple[Entry, ...]:
    """Some works that wait, judged, in the order they are asked for; places are those among all that wait.

    An id of nothing that waits, or out of the regions of the reader, is left out. Raises SignInNeeded, NotAllowed.
    """
    found = {entry.proposal.id: entry for entry in look(db, desk, actor, Wish())}
    return tuple(found[one] for one in dict.fromkeys(ids) if one in found)


def find(db: Database, desk: Desk, actor: Actor, proposal_id: str) -> Entry:
    """One PAKET work with its judgement, whether it waits or not. Raises NotFound, SignInNeeded, NotAllowed."""
    work = proposals.get_proposal(db, actor, proposal_id)
    if not work.is_paket:
        raise NotFound("no_paket")
    require(actor, "read_reviews", work.kelurahan)
    entries = queue(db, actor)
    if all(entry.proposal.id != proposal_id for entry in entries):
        with db.transaction() as session:
            steps = table.steps_of(session, [proposal_id])
        entries = (_entry(work, steps.get(proposal_id, []), dt.datetime.now(dt.UTC)),)
    return next(e for e in judge(db, desk, actor, entries) if e.proposal.id == proposal_id)


def judge(db: Database, desk: Desk, actor: Actor, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The same entries with scores and what a look at the place finds, each with its place among those that wait."""
    made: dict[str, Judged] = {}
    with db.transaction(actor.account_id, "tinjau") as session:
        for kelurahan in sorted({entry.proposal.kelurahan for entry in entries}):
            here = [entry for entry in entries if entry.proposal.kelurahan == kelurahan]
            made |= _judge(session, desk, actor, kelurahan, here)
    for kelurahan in {entry.proposal.kelurahan for entry in entries}:
        note_counts(db, actor, kelurahan)
    judged = [made[e.proposal.id] for e in entries if not e.decided and e.proposal.id in made]
    waiting = [one.score for one in judged if not one.failed]
    return tuple(_placed(entry, made.get(entry.proposal.id), waiting) for entry in entries)


def _entry(work: ProposalView, steps: Sequence[Mapping[str, Any]], now: dt.datetime) -> Entry:
    since = next((step["at"] for step in reversed(steps) if step["to_state"] == "verified"), work.updated_at)
    decisions = [step for step in steps if step["from_state"] == "under_review"]
    waits = work.state in GROUPS["open"]
    # A work that the facilitator sent back never was here.
    decided = None if waits or not decisions else decisions[-1]
    until = now if decided is None else decided["at"]
    return Entry(
        proposal=work,
        since=since,
        days=max((until - since).days, 0),
        came_back=any(step["to_state"] == "returned" for step in decisions) and work.state != "returned",
        decided=decided,
        papers=completeness.for_verifying(work.readiness),
        money=shares(work.cost, work.funding),
        price=price(work),
        proposer=next((step["author"] for step in reversed(steps) if step["to_state"] == "submitted"), ""),
        reviewers=frozenset(
            step["account"] for step in steps if UNDER_REVIEW in _ends(step) and step["account"]
        ),
    )


def _ends(step: Mapping[str, Any]) -> tuple[str, str]:
    return step["from_state"], step["to_state"]


def _judge(
    session: Session, desk: Desk, actor: Actor, kelurahan: str, entries: Sequence[Entry]
) -> dict[str, Judged]:
    states = sorted({*COMING, *(entry.proposal.state for entry in entries)})
    exactly = knows(actor, kelurahan)
    scene = open_scene(session, desk, kelurahan, states, exactly=exactly)
    mine = {entry.proposal.id for entry in entries}
    works = [item for item in scene.works if item.work.id in mine]
    coming = [item for item in scene.works if item.state in COMING]
    cases = [_case(scene, item, coming) for item in works]
    told = {entry.proposal.id: entry for entry in entries}
    in_way = _programmes(session, actor, entries, exactly)
    scored = scores(
        [Paket(key := item.work.id, item.effect, told[key].money, told[key].price) for item in works], exactly
    )
    return {
        case.mine.work.id: Judged(
            paket=scored[case.mine.work.id],
            gates=tuple(case.gates),
            served=people(case.mine.effect.served, exactly), overlaps=_overlaps(case),
            everybody=_everybody(scene.facts, case.mine, exactly),
            ground=Ground(case.mine.effect.flood_share, steepness(scene.facts, case.mine.work)),
            programmes=in_way.get(case.mine.work.id, ()),
        )
        for case in cases
    }  # fmt: skip


def _programmes(
    session: Session, actor: Actor, entries: Sequence[Entry], exactly: bool
) -> dict[str, tuple[NearProgramme, ...]]:
    """City programmes in the way of works by id; of a family's plot only for those who may know where it is."""
    works = [one.proposal for one in entries if exactly or not one.proposal.type.private_site]
    shapes = [(work.type, shapely.from_geojson(json.dumps(work.geometry))) for work in works]
    found = overlapping(session, actor, shapes)
    return {work.id: near for work, near in zip(works, found, strict=True)}


def _everybody(facts: Facts, item: scoring.Judged, exactly: bool) -> People | None:
    """All households that benefit, poor or not; None where the RT do not say how many live there."""
    return people(item.effect.beneficiaries, exactly) if facts.zones.households.any() else None


def _case(scene: Scene, item: scoring.Judged, coming: Sequence[scoring.Judged]) -> advice.Case:
    others = [one for one in coming if one.work.id != item.work.id]
    found = related.of_work(scene.facts, item, others, scene.verdicts)
    links = [link for link in found if link.holds]
    # A work that waits for the review has to stand in the plan by now.
    due = True if item.state in GROUPS["open"] else None
    of_funds = fund_gates.of_work(item, [*scene.known, *scene.under_way], scene.around, due=due)
    return advice.Case(scene.facts, item, others, links, (*related.gates_of(item, links, others), *of_funds))


def _overlaps(case: advice.Case) -> tuple[Mapping[str, Any], ...]:
    """Twins, what stands there already, and works that want the same ground."""
    conflicts = [one for one in advice.relations(case) if one["kind"] == "conflict"]
    return (*advice.overlaps(case), *conflicts)


def _placed(entry: Entry, judged: Judged | None, waiting: Sequence[float]) -> Entry:
    """With its place among the scores of those that wait; equal scores share a place."""
    if judged is None or entry.decided or judged.failed:
        return replace(entry, judged=judged)
    better = sum(score > judged.score + 1e-9 for score in waiting)
    return replace(entry, judged=replace(judged, rank=better + 1))
