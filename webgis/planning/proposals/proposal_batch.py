"""Many proposals changed at once: which fields a change names, and what becomes of the others.

It knows nothing about HTTP, nor how all or none of them are done (`batch`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy.orm import Session

from webgis.planning.access import Actor
from webgis.planning.batch import Change, Work, change_together
from webgis.planning.proposals import proposals
from webgis.planning.proposals.drafts import ProposalDraft, check
from webgis.planning.proposals.proposals import ProposalView
from webgis.store.database import Database

MOST: Final = 500
"""Changes of one request; a proposal takes four times as long as an asset."""


def change_proposals(
    db: Database, actor: Actor, changes: Sequence[Change]
) -> tuple[ProposalView | None, ...]:
    """The proposals as they are stored afterwards. Raises as `change_together` does.

    values of a change: fields of `ProposalDraft` (None: computed again); of funding and readiness only the members
    named are set.
    """
    return change_together(db, actor, changes, _WORK)


def _change(session: Session, actor: Actor, change: Change) -> ProposalView | None:
    if change.action == "restore":
        return proposals.restore(session, actor, change.id)
    if change.action == "delete":
        proposals.delete(session, actor, change.id, change.version)
        return None
    stored = proposals.view(session, actor, change.id)
    checked = check(_changed(stored, change.values))
    return proposals.replace(session, actor, change.id, checked, change.version)


_WORK: Final = Work("propose", "usulan diubah bersama", _change)


def _changed(stored: ProposalView, values: Mapping[str, Any]) -> ProposalDraft:
    """What is stored as its author would send it, with some fields set anew; what was computed stays computed."""
    draft = proposals.draft_of(stored)
    merged = {
        name: {**getattr(draft, name), **values[name]} for name in ("funding", "readiness") if name in values
    }
    return replace(draft, **{**values, **merged})
