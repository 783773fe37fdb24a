"""The masterplan of a kelurahan: the plan that a meeting adopted, as everybody may read it.

It knows nothing about how a plan is found (`plans`). The public reads works, years, money and reasons, never counts of
households; works that may not be told are left out, and names come from the public list, not from the plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from webgis.planning import meetings
from webgis.planning.access import PUBLIC, Actor, may, require
from webgis.planning.errors import BadDocument, Problem
from webgis.planning.meetings import Meeting
from webgis.planning.plans import plans
from webgis.planning.proposals import proposals
from webgis.planning.proposals.proposals import ProposalView
from webgis.store import masterplans as table
from webgis.store.database import Database

MOST: Final = 5_000
LONGEST_NOTE: Final = 4_000


@dataclass(frozen=True)
class Planned:
    """A work of the masterplan: calendar year, rupiah of that year by fund, and its public title, RW and state."""

    id: str
    title: str
    work_type: str
    pillar: str
    rw: str | None
    state: str
    year: int
    cost: int
    funding: Mapping[str, int]


@dataclass(frozen=True)
class Waiting:
    """A work that is not in it: the reason (a key), works and funds behind it, and money that would admit it."""

    id: str
    title: str
    rw: str | None
    cost: int
    reason: str
    because: tuple[str, ...]
    gates: tuple[str, ...]
    funds: tuple[str, ...]
    admission: Mapping[str, Any] | None


@dataclass(frozen=True)
class Masterplan:
    """What a meeting adopted. years: calendar years; contribution (kontribusi): predicted slum reduction, 0..1, for
    those who see the workspace, since it follows from the shares of single RT (decision 52).
    """

    plan_id: str
    kelurahan: str
    name: str
    met_on: dt.date
    place: str
    men: int
    women: int
    note: str
    years: tuple[int, ...]
    works: tuple[Planned, ...]
    waiting: tuple[Waiting, ...]
    contribution: float | None

    @property
    def all(self) -> list[Planned | Waiting]:
        """Every work it says something of."""
        return [*self.works, *self.waiting]

    def of(self, proposal_id: str) -> Planned | Waiting | None:
        """What it says of one proposal."""
        return next((item for item in self.all if item.id == proposal_id), None)


def adopt_plan(db: Database, actor: Actor, plan_id: str, meeting: Meeting, note: str = "") -> Masterplan:
    """Make a plan the masterplan of its kelurahan. Raises NotFound, SignInNeeded, NotAllowed, BadDocument.

    A plan that had to leave out what the meeting wanted cannot be adopted: it is changed first.
    """
    plan = plans.get_plan(db, actor, plan_id)
    require(actor, "adopt", plan["kelurahan"])
    problems = meetings.faults(meeting)
    if len(note) > LONGEST_NOTE:
        problems.append(Problem("/note", "text_too_long", {"length": len(note), "longest": LONGEST_NOTE}))
    if not plan["feasible"]:
        problems.append(Problem("", "plan_in_conflict"))
    if problems:
        raise BadDocument(problems)
    values = {
        "kelurahan": plan["kelurahan"], "plan_id": plan_id, "met_on": meeting.met_on, "place": meeting.place.strip(),
        "men": meeting.men, "women": meeting.women, "note": note.strip(), "account_id": actor.account_id,
        "author": actor.name,
    }  # fmt: skip
    with db.transaction(actor.account_id, "rencana ditetapkan") as session:
        table.insert(session, values)
    adopted = masterplan(db, plan["kelurahan"], actor)
    assert adopted is not None  # it was written just now
    return adopted


def masterplan(db: Database, kelurahan: str, actor: Actor = PUBLIC) -> Masterplan | None:
    """The masterplan of a kelurahan as somebody may read it; None if no meeting adopted one."""
    with db.transaction() as session:
        row = table.current(session, kelurahan)
    if row is None:
        return None
    told = {
        item.id: item for item in proposals.list_proposals(db, PUBLIC, kelurahan=kelurahan, limit=MOST).items
    }
    first, result = int(row["inputs"]["first_year"]), row["result"]
    # Cost minus the money that admits a work is what a year has left: with works untold, or told in fives, it would
    # tell of them.
    whole = all(
        work["id"] in told and not told[work["id"]].type.private_site
        for work in (*result["schedule"], *result["left_out"])
    )
    count = max((len(money["budget"]) for money in result["money"].values()), default=0)
    return Masterplan(
        plan_id=row["plan_id"], kelurahan=kelurahan, name=row["name"], met_on=row["met_on"], place=row["place"],
        men=row["men"], women=row["women"], note=row["note"],
        years=tuple(range(first, first + count)),
        works=tuple(
            Planned(
                work["id"], told[work["id"]].title, work["work_type"], work["pillar"], told[work["id"]].rw,
                told[work["id"]].state, first + work["year"] - 1, *_money(work, told[work["id"]]),
            )
            for work in result["schedule"]
            if work["id"] in told
        ),
        waiting=tuple(
            Waiting(
                work["id"], told[work["id"]].title, told[work["id"]].rw, _cost(work, told[work["id"]]), work["reason"],
                tuple(given for given in work["because"] if given in told), tuple(work["gates"]),
                tuple(work.get("funds", ())),  # plans made before this reason was known name none
                None if work["admission"] is None or not whole
                else {**work["admission"], "year": first + work["admission"]["year"] - 1},
            )
            for work in result["left_out"]
            if work["id"] in told
        ),
        contribution=float(result["slum"]["contribution"]) if may(actor, "see_workspace", kelurahan) else None,
    )  # fmt: skip


def _cost(work: Mapping[str, Any], told: ProposalView) -> int:
    """Rupiah of a work as the plan has it, or of a work on families' plots as the public list tells it."""
    return told.cost if told.type.private_site else int(work["cost"])


def _money(work: Mapping[str, Any], told: ProposalView) -> tuple[int, Mapping[str, int]]:
    """The cost and who pays it, of a work on families' plots the part of all that is paid by each fund in tenths."""
    if not told.type.private_site:
        return int(work["cost"]), work["funding"]
    paid = sum(work["funding"].values())
    tenths = {fund: round(10 * amount / paid) for fund, amount in work["funding"].items()}
    return told.cost, {fund: told.cost * part // 10 for fund, part in tenths.items() if part}
