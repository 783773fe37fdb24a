"""Many proposals changed at once: all of them or none, with a verdict for each that is refused.

It knows nothing about HTTP. A change is whole in itself (id, version, what to do), so its way back is a batch, too.
Idea: one transaction like the diff upload of OpenStreetMap's API, not its changeset, which may end half done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from sqlalchemy.orm import Session

from webgis.planning import proposals, regions
from webgis.planning.access import Actor
from webgis.planning.drafts import ProposalDraft, check
from webgis.planning.errors import BadDocument, NotAllowed, PlanningError, Problem, SignInNeeded
from webgis.planning.proposals import ProposalView
from webgis.store.database import Database

MOST: Final = 500
"""Changes of one request."""


@dataclass(frozen=True)
class Change:
    """What to do with one proposal: set some of its fields (None: computed again), delete it, or restore it deleted.

    values: fields of `ProposalDraft` without geometry; of funding and readiness only the members named are set.
    """

    id: str
    version: int | None
    action: Literal["set", "delete", "restore"] = "set"
    values: Mapping[str, Any] = field(default_factory=dict)


def change_many(db: Database, actor: Actor, changes: Sequence[Change]) -> tuple[ProposalView | None, ...]:
    """The proposals as they are stored afterwards, in the order of the changes; None for a deleted one.

    Raises SignInNeeded for the public, and BadDocument with a Problem below /changes/N for each change that is refused;
    then nothing is changed.
    """
    if not actor.signed_in:
        raise SignInNeeded(action="propose")
    done: dict[int, ProposalView | None] = {}
    problems: list[Problem] = []
    seen: set[str] = set()
    # In the order of ids, so that two batches never wait for each other in a ring.
    order = sorted(range(len(changes)), key=lambda i: changes[i].id)
    with db.transaction(actor.account_id, "usulan diubah bersama") as session:
        for i in order:
            if changes[i].id in seen:
                problems.append(Problem(f"/changes/{i}", "batch_twice"))
                continue
            seen.add(changes[i].id)
            try:
                done[i] = _change(session, actor, changes[i])
            except PlanningError as error:
                problems += _verdict(db, i, error)
        if problems:
            problems.sort(key=lambda problem: int(problem.pointer.split("/")[2]))
            refused = len({problem.pointer.split("/")[2] for problem in problems})
            raise BadDocument(problems, "batch_refused", refused=refused, total=len(changes))
    return tuple(done[i] for i in range(len(changes)))


def _change(session: Session, actor: Actor, change: Change) -> ProposalView | None:
    if change.action == "restore":
        return proposals.restore(session, actor, change.id)
    if change.action == "delete":
        proposals.delete(session, actor, change.id, change.version)
        return None
    stored = proposals.view(session, actor, change.id)
    checked = check(_changed(stored, change.values))
    return proposals.replace(session, actor, change.id, checked, change.version)


def _changed(stored: ProposalView, values: Mapping[str, Any]) -> ProposalDraft:
    """What is stored as its author would send it, with some fields set anew; what was computed stays computed."""
    draft = proposals.draft_of(stored)
    merged = {
        name: {**getattr(draft, name), **values[name]} for name in ("funding", "readiness") if name in values
    }
    return replace(draft, **{**values, **merged})


def _verdict(db: Database, i: int, error: PlanningError) -> list[Problem]:
    if isinstance(error, BadDocument):
        return [
            Problem(f"/changes/{i}{problem.pointer}", problem.code, problem.params)
            for problem in error.problems
        ]
    if isinstance(error, NotAllowed):
        regions.name_region(db, error)
    return [Problem(f"/changes/{i}", error.code, error.params)]
