"""Role × state × region × action of a proposal: every combination is tried, and the table says which may be.

A step is asked with a version that the proposal does not have, so that who may take it is told "stale" and nothing
moves. Changing looks at the version first, so where it is not possible it is asked with the right one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pytest
from sqlalchemy import text

from tests.planning.conftest import NEXT_DOOR, actor
from tests.planning.test_proposals import a_draft
from webgis.planning.access import PUBLIC, ROLES, Actor
from webgis.planning.catalogues.vocabulary import STATES
from webgis.planning.errors import Conflict, NotAllowed, SignInNeeded, StaleVersion
from webgis.planning.proposals import proposals
from webgis.planning.proposals.proposals import ProposalView
from webgis.planning.review import transitions
from webgis.planning.review.transitions import WAYS
from webgis.store.database import Database

BKM, FACILITATOR, REVIEWER, CITY = "planner", "facilitator", "reviewer", "city"
ALWAYS: Final[Mapping[str, Mapping[str, str]]] = {
    "draft": {"submit": BKM, "withdraw": BKM, "change": BKM, "delete": BKM},
    "submitted": {"verify": FACILITATOR, "return": FACILITATOR, "withdraw": BKM},
    "verified": {"withdraw": BKM},
    "under_review": {"approve": REVIEWER, "return": REVIEWER, "reject": REVIEWER, "withdraw": BKM},
    "approved": {"fund": CITY, "withdraw": BKM},
    "returned": {"submit": BKM, "withdraw": BKM, "change": BKM, "delete": BKM},
    "rejected": {},
    "funded": {"start_works": FACILITATOR},
    "under_construction": {"complete": FACILITATOR},
    "completed": {},
    "withdrawn": {},
}
"""State -> action -> the role that may take it in its region, besides the administrator."""
VERIFIED: Final = {True: {"start_review": REVIEWER}, False: {"approve": CITY, "return": CITY, "reject": CITY}}
"""What more there is for verified works, PAKET ones and others."""


def possible(state: str, paket: bool) -> dict[str, str]:
    """Action -> role for a proposal."""
    return {**ALWAYS[state], **(VERIFIED[paket] if state == "verified" else {})}


def outcome(db: Database, somebody: Actor, proposal: ProposalView, action: str) -> str:
    """What comes of an action: "may", "may not", or "no step" where none leads from here."""
    proposal_id = proposal.id
    version = 0 if "change" in ALWAYS[proposal.state] else proposal.version
    try:
        if action == "change":
            proposals.replace_proposal(db, somebody, proposal_id, a_draft(db), version)
        elif action == "delete":
            proposals.delete_proposal(db, somebody, proposal_id, version)
        else:
            transitions.transition(db, somebody, proposal_id, action, "karena diuji", version=0)
    except StaleVersion:
        return "may"
    except (NotAllowed, SignInNeeded):
        return "may not"
    except Conflict:
        return "no step"
    raise AssertionError(f"{somebody.name} moved a proposal with {action}")


@pytest.mark.parametrize("paket", [True, False])
def test_every_role_may_take_the_steps_of_the_table_in_its_region_and_no_others(
    db: Database, paket: bool
) -> None:
    planner = actor(db, "planner")
    made = proposals.create_proposal(db, planner, a_draft(db))
    people = {"public": PUBLIC, **{role: actor(db, role) for role in ROLES}}
    beside = {f"{role} beside": actor(db, role, NEXT_DOOR) for role in ROLES}
    actions = (*WAYS, "change", "delete")
    assert set(STATES) == set(ALWAYS)
    wrong = []
    for state in STATES:
        with db.transaction() as session:
            query = text("update proposal set state = :state, is_paket = :paket where id = cast(:id as uuid)")
            session.execute(query, {"state": state, "paket": paket, "id": made.id})
        allowed, stored = possible(state, paket), proposals.get_proposal(db, planner, made.id)
        for name, somebody in {**people, **beside}.items():
            for action in actions:
                role = allowed.get(action)
                wanted = "may" if role and name in (role, "admin") else "may not" if role else "no step"
                got = outcome(db, somebody, stored, action)
                if action in ("change", "delete") and name not in (BKM, "admin"):
                    wanted = "may not"  # said before the state is looked at
                if got != wanted:
                    wrong.append((state, name, action, got, wanted))
            shown = transitions.possible(somebody, stored)
            offered = {a for a, role in allowed.items() if a in WAYS and name in (role, "admin")}
            if set(shown) != offered:
                wrong.append((state, name, "offered", sorted(shown), sorted(offered)))
    assert wrong == []
