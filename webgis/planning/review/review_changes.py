"""What changed in a PAKET work since it was last sent back.

It knows nothing about words; values are those of the history. A field that was changed and changed back is no change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from webgis.planning.access import Actor
from webgis.planning.proposals import proposals
from webgis.store.database import Database

FIELDS: Final = (
    "title", "description", "work_type", "rw", "volume", "cost", "cost_reason", "funding", "readiness", "is_paket",
    "geom",
)  # fmt: skip
"""What a reviewer decides about, in the order of the form."""
_INSIDE: Final = ("funding", "readiness")
_NOTHING_SAID: Final = (None, False, 0, "none")
"""Values of a part that say as little as its absence; a form fills them in."""


@dataclass(frozen=True)
class Changed:
    """A field (with `part` for one fund or one paper of it), before and now; of a shape only that it changed."""

    field: str
    part: str
    old: Any
    new: Any


def since_return(
    db: Database, actor: Actor, proposal_id: str
) -> tuple[dt.datetime | None, tuple[Changed, ...]]:
    """When it was last sent back (None: never) and what has changed since. Raises NotFound."""
    returns = [step.at for step in proposals.reviews(db, actor, proposal_id) if step.to_state == "returned"]
    if not returns:
        return None, ()
    versions = proposals.history(db, actor, proposal_id)
    return returns[-1], differences([row["changed"] for row in versions if row["at"] > returns[-1]])


def differences(changes: Sequence[Mapping[str, Mapping[str, Any]]]) -> tuple[Changed, ...]:
    """Changes one after the other as one: the first old value beside the last new one."""
    found: list[Changed] = []
    for field in FIELDS:
        touched = [change[field] for change in changes if field in change]
        if not touched:
            continue
        old, new = touched[0]["old"], touched[-1]["new"]
        if field in _INSIDE:
            before, now = old or {}, new or {}
            parts = [part for part in {**before, **now} if _said(before, part) != _said(now, part)]
            found += [Changed(field, part, before.get(part), now.get(part)) for part in parts]
        elif old != new:
            found.append(Changed(field, "", *(("", "") if field == "geom" else (old, new))))
    return tuple(found)


def _said(parts: Mapping[str, Any], part: str) -> Any:
    value = parts.get(part)
    return None if value in _NOTHING_SAID else value
