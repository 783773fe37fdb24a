"""Who is told of what: the proposer and planners of steps, comments and reports, and whoever has the next turn.

It knows nothing about how notices are shown. A notice is written in the transaction of what it tells of; nobody is told
of what they did themselves, and nobody twice of the same.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import Session

from webgis.planning.access import Actor, roles_at_work
from webgis.store import notices as table


def tell_step(
    session: Session,
    actor: Actor,
    proposal_id: str,
    kelurahan: str,
    state: str,
    noted: bool,
    rights: Collection[str],
) -> None:
    """A proposal came to a state; noted: with words; rights: those of the steps that lead on from there."""
    told = _concerned(session, actor, proposal_id, kelurahan)
    turn = table.holders(session, kelurahan, roles_at_work(rights)) - told - {actor.account_id}
    values = _values(actor, kelurahan, proposal_id, state=state, noted=noted)
    table.add(session, told, values | {"kind": "returned" if state == "returned" else "state"})
    table.add(session, turn, values | {"kind": "waiting"})


def tell_comment(
    session: Session, actor: Actor, proposal_id: str, kelurahan: str, mentioned: Collection[str]
) -> None:
    """Somebody said something about a proposal; mentioned: accounts named in it."""
    named = set(mentioned) - {actor.account_id}
    values = _values(actor, kelurahan, proposal_id)
    table.add(session, named, values | {"kind": "mention"})
    told = _concerned(session, actor, proposal_id, kelurahan) - named
    table.add(session, told, values | {"kind": "comment"})


def tell_hidden(
    session: Session, actor: Actor, proposal_id: str, kelurahan: str, author: str | None, comment_id: str
) -> None:
    """Somebody hid a comment of an author."""
    told = {author} - {actor.account_id} if author else set()
    values = _values(actor, kelurahan, proposal_id) | {"kind": "hidden", "comment": comment_id}
    table.add(session, told, values)


def tell_report(session: Session, actor: Actor, report_id: str, kelurahan: str) -> None:
    """Somebody reported a problem with an asset."""
    told = table.holders(session, kelurahan, ["planner"]) - {actor.account_id}
    table.add(session, told, _values(actor, kelurahan) | {"kind": "report", "report": report_id})


def _concerned(session: Session, actor: Actor, proposal_id: str, kelurahan: str) -> set[str]:
    """The planners of the kelurahan and whoever made the proposal, without the one who acts."""
    proposer = table.proposer(session, proposal_id)
    found = table.holders(session, kelurahan, ["planner"]) | ({proposer} if proposer else set())
    return found - {actor.account_id or ""}


def _values(
    actor: Actor,
    kelurahan: str,
    proposal_id: str | None = None,
    state: str | None = None,
    noted: bool = False,
) -> dict[str, Any]:
    return {
        "kelurahan": kelurahan, "proposal": proposal_id, "report": None, "state": state, "noted": noted,
        "comment": None, "author": actor.account_id,
    }  # fmt: skip
