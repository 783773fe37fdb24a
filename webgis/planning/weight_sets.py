"""Weight sets: what people judged and the weights that follow, kept with the meeting they come from.

It knows nothing about the mathematics (`weighing`). A set is never changed: a ranking that names it stays repeatable.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from webgis.planning.access import Actor, require
from webgis.planning.catalogue import catalogue
from webgis.planning.errors import BadDocument, NotFound, Problem
from webgis.planning.weighing import Weighed, weigh
from webgis.store import regions
from webgis.store import weight_sets as table
from webgis.store.database import Database

LONGEST: Final = 200
MOST_PEOPLE: Final = 100_000
Also = Callable[[Session, dict[str, Any]], None]


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
    db: Database, actor: Actor, draft: WeightSetDraft, also: Also | None = None
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
    problems = [Problem(pointer, code, params) for pointer, code, params in _faults(draft)]
    try:
        made = weigh(draft.method, draft.judgements)
    except BadDocument as error:
        raise BadDocument([*problems, *error.problems]) from error
    if problems:
        raise BadDocument(problems)
    return made


def _faults(draft: WeightSetDraft) -> list[tuple[str, str, dict[str, Any]]]:
    """Where, which and with what numbers a draft breaks a rule of the meeting's record."""
    found: list[tuple[str, str, dict[str, Any]]] = []
    texts = {"name": draft.name, "place": draft.place, "participant": draft.participant or ""}
    for name, text in texts.items():
        if len(text) > LONGEST:
            found.append((f"/{name}", "text_too_long", {"length": len(text), "longest": LONGEST}))
        if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            found.append((f"/{name}", "text_unprintable", {}))
    if not draft.name.strip():
        found.append(("/name", "set_name_missing", {}))
    if draft.participant is not None and not draft.participant.strip():
        found.append(("/participant", "participant_missing", {}))
    for name, count in (("men", draft.men), ("women", draft.women)):
        if not 0 <= count <= MOST_PEOPLE:
            found.append((f"/{name}", "attendance_invalid", {}))
    if draft.met_on is not None and not dt.date(2000, 1, 1) <= draft.met_on <= _tomorrow():
        found.append(("/met_on", "meeting_date_invalid", {}))
    if draft.participant is None:
        if draft.met_on is None:
            found.append(("/met_on", "meeting_date_missing", {}))
        if not draft.place.strip():
            found.append(("/place", "meeting_place_missing", {}))
        if draft.men + draft.women <= 0:
            found.append(("/men", "attendance_missing", {}))
    return found


def _tomorrow() -> dt.date:
    """The last date that has begun anywhere in the country, whatever the clock of the server."""
    return dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)


def _find(session: Session, set_id: str) -> RowMapping | None:
    try:
        return table.find(session, str(uuid.UUID(set_id)))
    except ValueError:
        return None


def _view(row: RowMapping) -> dict[str, Any]:
    order = [item.id for item in catalogue().criteria]
    known = {name: row["weights"][name] for name in order if name in row["weights"]}
    return {**row, "weights": {**known, **row["weights"]}, "agreed": row["participant"] is None}
