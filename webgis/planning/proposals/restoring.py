"""An earlier version of a proposal made the newest again: a new version with the old content.

It knows nothing about how versions are kept. What was allowed then has to be allowed now: the old content passes the
same rules, at the same place in the proposal's life, as if somebody had typed it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from webgis.planning.access import Actor, require
from webgis.planning.errors import NotFound
from webgis.planning.proposals import proposals
from webgis.planning.proposals.drafts import ProposalDraft, check
from webgis.planning.proposals.proposals import ProposalView
from webgis.planning.reasons import RESTORED
from webgis.planning.versions import check_id
from webgis.store import versioned
from webgis.store.database import Database

_SAME: Final = ("title", "work_type", "description", "funding", "readiness", "is_paket")


def restore_version(
    db: Database, actor: Actor, proposal_id: str, wanted: int, version: int | None
) -> ProposalView:
    """Write what a proposal was at a version. version: the one this was decided on.

    Raises what `replace_proposal` does, and NotFound for a version there never was.
    """
    check_id(proposal_id, "no_proposal")
    with db.transaction(actor.account_id, f"{RESTORED}{wanted}") as session:
        stored = proposals.view(session, actor, proposal_id)
        require(actor, "propose", stored.kelurahan)
        rows = versioned.history(session, "proposal", proposal_id)
        then = next((row["new"] for row in rows if row["version"] == wanted and row["new"]), None)
        if then is None:
            raise NotFound("no_version", version=wanted)
        return proposals.replace(session, actor, proposal_id, check(_draft(then)), version)


def _draft(then: Mapping[str, Any]) -> ProposalDraft:
    """What somebody would have typed to get this state."""
    return ProposalDraft(
        geometry={name: value for name, value in then["geom"].items() if name != "crs"},
        volume=then["volume"] if then["volume_typed"] else None,
        cost=then["cost"] if then["cost_typed"] else None,
        cost_reason=then.get("cost_reason", ""),
        **{name: then[name] for name in _SAME},
    )
