"""Weight sets: what people judged and the weights that follow, kept with the meeting they come from.

It knows nothing about the mathematics (`weighing`). A set is never changed: a ranking that names it stays repeatable.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from gis_core.errors import BadInput
from gis_core.weights import group_weights
from webgis.planning import meetings
from webgis.planning.access import Actor, require
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.errors import BadDocument, NotFound, Problem
from webgis.planning.meetings import Meeting
from webgis.planning.ranking.weighing import Weighed, weigh, weigh_together
from webgis.planning.rows import Also
from webgis.store import regions
from webgis.store import weight_sets as table
from webgis.store.database import Database

MEDIAN: Final = "median"
"""Stands where the id of a set would: all participants together, see `together_of`."""


@dataclass(frozen=True)
class WeightSetDraft:
    """What somebody wants kept; participant None: agreed by the meeting, which then needs date, place and people."""

    kelurahan: str
    name: str
    method: str
    judgements: Mapping[str, Any] = field(default_factory=dict)
    participant: str | None = None
    met_on: dt.date | None = None
    place: str = ""
    men: int = 0
    women: int = 0


def add_weight_set(
    db: Database, actor: Actor, draft: WeightSetDraft, also: Also[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """Keep a set; the set as stored, with agreed (bool) beside the columns.

    also: called with the set inside its transaction. Raises NotFound, NotAllowed, BadDocument.
    """
    require(actor, "weigh", draft.kelurahan)
    made = checked(draft)
    values = {
        "kelurahan": draft.kelurahan, "name": draft.name.strip(), "method": draft.method,
        "judgements": dict(draft.judgements), "weights": dict(made.weights),
        "criteria_version": catalogue().version, "consistency_ratio": made.consistency_ratio,
        "participant": None if draft.participant is None else " ".join(draft.participant.split()),
        "met_on": draft.met_on, "place": draft.place.strip(), "men": draft.men, "women": draft.women,
        "account_id": actor.account_id, "author": actor.name,
    }  # fmt: skip
    with db.transaction(actor.account_id, "bobot") as session:
        region = regions.find(session, draft.kelurahan)
        if region is None or region["kind"] != "kelurahan":
            raise NotFound("no_kelurahan", kelurahan=draft.kelurahan)
        kept = _view(table.insert(session, values))
        if also is not None:
            also(session, kept)
    return kept


def list_weight_sets(db: Database, actor: Actor, kelurahan: str, limit: int = 100) -> list[dict[str, Any]]:
    """The sets of a kelurahan, newest first. Raises NotAllowed."""
    require(actor, "rank", kelurahan)
    with db.transaction() as session:
        return [_view(row) for row in table.select(session, kelurahan, limit)]


def participants(db: Database, actor: Actor, kelurahan: str) -> int:
    """How many people have a set for the criteria in use. Raises NotAllowed."""
    require(actor, "rank", kelurahan)
    with db.transaction() as session:
        return len(table.latest_of_participants(session, kelurahan, catalogue().version))


def together(db: Database, actor: Actor, kelurahan: str) -> Weighed:
    """The weights of all participants together, see `together_of`. Raises NotAllowed, BadDocument."""
    require(actor, "rank", kelurahan)
    with db.transaction() as session:
        return together_of(session, kelurahan)[0]


def together_of(session: Session, kelurahan: str) -> tuple[Weighed, list[str]]:
    """The weights of the newest sets of all participants together, and the ids of these sets (method 4.1).

    Where all judged by pairs: of the geometric means of their judgements. Otherwise the median of each criterion,
    scaled to sum 1. Raises BadDocument where there are none, or no weight half of them share.
    """
    rows = table.latest_of_participants(session, kelurahan, catalogue().version)
    if not rows:
        raise BadDocument([Problem("/weight_set", "no_participants")])
    ids = [row["id"] for row in rows]
    if all(row["method"] == "ahp" for row in rows):
        return weigh_together([row["judgements"] for row in rows]), ids
    names = [item.id for item in catalogue().criteria]
    try:
        middle = group_weights([[row["weights"].get(name, 0.0) for name in names] for row in rows])
    except BadInput as error:
        raise BadDocument([Problem("/weight_set", "no_median")]) from error
    return Weighed(dict(zip(names, middle.tolist(), strict=True))), ids


def get_weight_set(db: Database, actor: Actor, set_id: str) -> dict[str, Any]:
    """One set. Raises NotFound, NotAllowed."""
    with db.transaction() as session:
        row = _find(session, set_id)
    if row is None:
        raise NotFound("no_weight_set")
    require(actor, "rank", row["kelurahan"])
    return _view(row)


def weights_of(session: Session, kelurahan: str, set_id: str) -> dict[str, float]:
    """The weights of a set that a ranking of this kelurahan names. Raises BadDocument at /weight_set."""
    row = _find(session, set_id)
    if row is None or row["kelurahan"] != kelurahan:
        raise BadDocument([Problem("/weight_set", "no_weight_set")])
    if row["criteria_version"] != catalogue().version:
        params = {"old": row["criteria_version"], "now": catalogue().version}
        raise BadDocument([Problem("/weight_set", "weight_set_outdated", params)])
    return dict(row["weights"])


def checked(draft: WeightSetDraft) -> Weighed:
    """The weights of a draft that keeps every rule. Raises BadDocument naming all faults."""
    problems = _faults(draft)
    try:
        made = weigh(draft.method, draft.judgements)
    except BadDocument as error:
        raise BadDocument([*problems, *error.problems]) from error
    if problems:
        raise BadDocument(problems)
    return made


def _faults(draft: WeightSetDraft) -> list[Problem]:
    """Every rule a draft breaks; what a meeting agreed needs the meeting's record, a participant's set does not."""
    found = meetings.text_faults("name", draft.name)
    if not draft.name.strip():
        found.append(Problem("/name", "set_name_missing"))
    if draft.participant is not None:
        found += meetings.text_faults("participant", draft.participant)
        if not draft.participant.strip():
            found.append(Problem("/participant", "participant_missing"))
    meeting = Meeting(draft.met_on, draft.place, draft.men, draft.women)
    return found + meetings.faults(meeting, needed=draft.participant is None)


def _find(session: Session, set_id: str) -> RowMapping | None:
    try:
        return table.find(session, str(uuid.UUID(set_id)))
    except ValueError:
        return None


def _view(row: RowMapping) -> dict[str, Any]:
    order = [item.id for item in catalogue().criteria]
    known = {name: row["weights"][name] for name in order if name in row["weights"]}
    return {**row, "weights": {**known, **row["weights"]}, "agreed": row["participant"] is None}
