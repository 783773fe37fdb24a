"""Many things changed at once: all of them or none, with a verdict for each that is refused.

It knows nothing about HTTP, nor what is changed (`proposal_batch`, `asset_batch`). A change is whole in itself (id,
version, what to do), so its way back is a batch, too.
Idea: one transaction like the diff upload of OpenStreetMap's API, not its changeset, which may end half done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from sqlalchemy.orm import Session

from webgis.planning import regions
from webgis.planning.access import Actor
from webgis.planning.errors import BadDocument, NotAllowed, PlanningError, Problem, SignInNeeded
from webgis.store.database import Database

T = TypeVar("T")


@dataclass(frozen=True)
class Change:
    """What to do with one thing: set some of its fields, delete it, or restore it deleted.

    values: fields of its draft without geometry.
    """

    id: str
    version: int | None
    action: Literal["set", "delete", "restore"] = "set"
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Work(Generic[T]):
    """How one sort of thing is changed: the right that all of it needs, why (for the history), and one change.

    run gives the thing as it is stored afterwards, None for a deleted one, and raises what a single change would.
    """

    right: str
    why: str
    run: Callable[[Session, Actor, Change], T | None]


def change_together(
    db: Database, actor: Actor, changes: Sequence[Change], work: Work[T]
) -> tuple[T | None, ...]:
    """The things as they are stored afterwards, in the order of the changes; None for a deleted one.

    Raises SignInNeeded for the public, and BadDocument with a Problem below /changes/N for each change that is refused;
    then nothing is changed.
    """
    if not actor.signed_in:
        raise SignInNeeded(action=work.right)
    done: dict[int, T | None] = {}
    problems: list[Problem] = []
    seen: set[str] = set()
    # In the order of ids, so that two batches never wait for each other in a ring.
    order = sorted(range(len(changes)), key=lambda i: changes[i].id)
    with db.transaction(actor.account_id, work.why) as session:
        for i in order:
            if changes[i].id in seen:
                problems.append(Problem(f"/changes/{i}", "batch_twice"))
                continue
            seen.add(changes[i].id)
            try:
                done[i] = work.run(session, actor, changes[i])
            except PlanningError as error:
                problems += _verdict(db, i, error)
        if problems:
            problems.sort(key=lambda problem: int(problem.pointer.split("/")[2]))
            refused = len({problem.pointer.split("/")[2] for problem in problems})
            raise BadDocument(problems, "batch_refused", refused=refused, total=len(changes))
    return tuple(done[i] for i in range(len(changes)))


def _verdict(db: Database, i: int, error: PlanningError) -> list[Problem]:
    if isinstance(error, BadDocument):
        return [
            Problem(f"/changes/{i}{problem.pointer}", problem.code, problem.params)
            for problem in error.problems
        ]
    if isinstance(error, NotAllowed):
        regions.name_region(db, error)
    return [Problem(f"/changes/{i}", error.code, error.params)]
