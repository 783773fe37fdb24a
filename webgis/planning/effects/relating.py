"""What people say of how proposals hang together: look at what the rules find, confirm, dismiss, add one of one's own.

It knows nothing about rules (`related`) or what a plan makes of it. What was said is never deleted: it is said again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from webgis.planning.access import Actor, require
from webgis.planning.catalogues.vocabulary import OPEN_STATES
from webgis.planning.errors import BadDocument, Conflict, NotFound, Problem
from webgis.planning.fields import check_text
from webgis.planning.judging import related
from webgis.planning.judging.desk import Desk, Scene, open_scene
from webgis.planning.judging.household_counts import knows
from webgis.planning.judging.verdicts import Link, Outcome, Role, Verdict, ends
from webgis.planning.plans.plan_problem import circle_of
from webgis.planning.proposals import proposals
from webgis.planning.proposals.proposals import ProposalView
from webgis.planning.versions import check_id
from webgis.store import relations as table
from webgis.store.database import Database

LONGEST: Final = 2_000


@dataclass(frozen=True)
class Said:
    """What somebody says of a relation; version: of what was said before, as they saw it, 0 for nothing."""

    outcome: Outcome
    reason: str
    version: int


@dataclass(frozen=True)
class RelatedWork:
    """Another proposal that one hangs together with, as the reader may see it; role: what it is to that one."""

    link: Link
    role: Role
    work: ProposalView

    @property
    def verdict(self) -> Verdict | None:
        """What was last said, None for nothing or where it was taken back."""
        return self.link.verdict if self.link.outcome != "open" else None

    @property
    def version(self) -> int:
        """Of what was last said, 0 for nothing."""
        return 0 if self.link.verdict is None else self.link.verdict.version


def relations_of(db: Database, desk: Desk, actor: Actor, proposal_id: str) -> tuple[RelatedWork, ...]:
    """What a proposal hangs together with, what was dismissed last. Raises NotFound, SignInNeeded, NotAllowed."""
    with db.transaction() as session:
        mine = proposals.view(session, actor, proposal_id)
        require(actor, "see_workspace", mine.kelurahan)
        found = _links(_scene(session, desk, actor, mine.kelurahan), proposal_id)
        whole = [
            RelatedWork(link, link.role(proposal_id), proposals.view(session, actor, link.other(proposal_id)))
            for link in found
        ]
    return tuple(sorted(whole, key=lambda one: one.link.outcome == "dismissed"))


def judge(
    db: Database, desk: Desk, actor: Actor, proposal_id: str, other_id: str, role: Role, said: Said
) -> tuple[RelatedWork, ...]:
    """Say that another proposal is this to one (confirmed), is not (dismissed), or take back what was said (open).

    The answer is `relations_of`. Raises NotFound, also for a relation that nobody found and nobody adds; SignInNeeded,
    NotAllowed; Conflict where somebody said something in between or one of the two is over; BadDocument without a
    reason where one is needed (a rule that is confirmed is its own), and for an order that would go round.
    """
    check_id(other_id, "no_proposal")
    with db.transaction(actor.account_id, "kaitan usulan") as session:
        mine = proposals.view(session, actor, proposal_id)
        require(actor, "relate", mine.kelurahan)
        other = proposals.view(session, actor, other_id)
        scene = _scene(session, desk, actor, mine.kelurahan)
        _check(scene, mine, other, role, said)
        kind, first, then = ends(mine.id, other.id, role)
        values = {
            "kind": kind, "first": first, "then": then, "outcome": said.outcome, "reason": said.reason.strip(),
            "account_id": actor.account_id, "author": actor.name,
        }  # fmt: skip
        if not table.put(session, values, said.version):
            raise _overtaken(session, mine.kelurahan, (kind, first, then))
    return relations_of(db, desk, actor, proposal_id)


def _scene(session: Session, desk: Desk, actor: Actor, kelurahan: str) -> Scene:
    """The open works of a kelurahan; to who may not see its households none is a twin by the homes in common."""
    return open_scene(session, desk, kelurahan, OPEN_STATES, exactly=knows(actor, kelurahan))


def _links(scene: Scene, proposal_id: str) -> tuple[Link, ...]:
    """The relations of a proposal that is not over; none of one that is."""
    mine = next((item for item in scene.known if item.work.id == proposal_id), None)
    if mine is None:
        return ()
    others = [item for item in scene.known if item is not mine]
    return related.of_work(scene.facts, mine, others, scene.verdicts)


def _check(scene: Scene, mine: ProposalView, other: ProposalView, role: Role, said: Said) -> None:
    if other.kelurahan != mine.kelurahan:
        raise BadDocument([Problem("/other", "relation_elsewhere")])
    if other.id == mine.id:
        raise BadDocument([Problem("/other", "group_of_one")])
    titles = {item.work.id: item.title for item in scene.known}
    for one in (mine, other):
        if one.id not in titles:
            raise Conflict("relation_over", title=one.title)
    wanted = ends(mine.id, other.id, role)
    known = next((link for link in _links(scene, mine.id) if _is(link, mine.id, other.id, role)), None)
    if known is None and said.outcome != "confirmed":
        raise NotFound("no_relation")
    problems = check_text("/reason", said.reason, LONGEST)
    found_by_rule = known is not None and known.measure is not None
    needed = said.outcome == "dismissed" or (
        said.outcome == "confirmed" and (role == "synergy" or not found_by_rule)
    )
    if needed and not said.reason.strip():
        problems.append(Problem("/reason", "note_needed"))
    if wanted[0] == "dependency" and said.outcome == "confirmed":
        order = [
            (one.first, one.then)
            for one in scene.verdicts
            if one.kind == "dependency"
            and one.outcome == "confirmed"
            and {one.first, one.then} <= set(titles)
        ]
        if circle := circle_of([*order, wanted[1:]], titles):
            problems.append(Problem("/outcome", "precedence_circle", {"circle": circle}))
    if problems:
        raise BadDocument(problems)


def _is(link: Link, mine: str, other: str, role: Role) -> bool:
    return link.other(mine) == other and link.role(mine) == role


def _overtaken(session: Session, kelurahan: str, wanted: tuple[str, str, str]) -> Conflict:
    who = next(
        (
            row["author"]
            for row in table.select(session, kelurahan)
            if (row["kind"], row["first"], row["then"]) == wanted
        ),
        "",
    )
    return Conflict("relation_judged", who=who)
