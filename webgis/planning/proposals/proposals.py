"""Proposals: list, look, propose, change, delete, and what happened to one.

It knows nothing about scores; who may do what is `access`, what a draft must be is `drafts`.
Every write names the version it changes, and one transaction holds the row, its revision and the layer's version.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import shapely
from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from webgis.planning import versions
from webgis.planning.access import PUBLIC, Actor, may, require
from webgis.planning.catalogues.catalogue import WorkType, catalogue
from webgis.planning.catalogues.vocabulary import EDITABLE_STATES, STATES
from webgis.planning.errors import (
    BadDocument,
    Conflict,
    NotFound,
    Problem,
    StaleVersion,
)
from webgis.planning.places import Placed, place
from webgis.planning.proposals.drafts import CheckedDraft, ProposalDraft, check, check_offered
from webgis.planning.proposals.family_plots import kept_back
from webgis.planning.rows import Also, Page
from webgis.planning.shapes import KINDS
from webgis.planning.versions import changes, check_id
from webgis.store import proposals as table
from webgis.store import versioned
from webgis.store.database import Database
from webgis.store.listing import BBox

SOURCE: Final = "Usulan warga"


@dataclass(frozen=True)
class ProposalView:
    """A proposal as one caller may see it; geometry is GeoJSON, money whole rupiah, editable: by this caller now."""

    id: str
    title: str
    description: str
    type: WorkType
    kelurahan: str
    kelurahan_name: str
    rw: str | None
    rw_name: str | None
    volume: float
    volume_typed: bool
    cost: int
    cost_typed: bool
    cost_reason: str
    funding: dict[str, int]
    readiness: dict[str, Any]
    is_paket: bool
    state: str
    synthetic: bool
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime
    geometry: dict[str, Any]
    geometry_kind: str
    editable: bool

    @property
    def work_type(self) -> str:
        """Key of the work type."""
        return self.type.key

    @property
    def unit(self) -> str:
        """Unit of the volume."""
        return self.type.unit

    @property
    def pillar(self) -> str:
        """Tridaya pillar: environment, social or economy."""
        return self.type.pillar


@dataclass(frozen=True)
class Step:
    """One step of a proposal's life, as the public may read it."""

    action: str
    from_state: str
    to_state: str
    note: str
    author: str
    at: dt.datetime


def list_proposals(
    db: Database,
    actor: Actor = PUBLIC,
    *,
    kelurahan: str | None = None,
    rw: str | None = None,
    state: str | Sequence[str] | None = None,
    work_type: str | None = None,
    paket: bool | None = None,
    bbox: BBox | None = None,
    q: str | None = None,
    limit: int = 100,
    offset: int = 0,
) -> Page[ProposalView]:
    """Proposals that fit all filters, last changed first; paket: only PAKET works, or only others.

    Raises BadDocument for an unknown state.
    """
    states = [state] if isinstance(state, str) else None if state is None else list(state)
    for given in states or ():
        if given not in STATES:
            raise BadDocument(
                [Problem("/state", "unknown_state", {"given": given, "known": ", ".join(STATES)})]
            )
    with db.transaction() as session:
        chosen = table.filters(
            kelurahan=kelurahan, rw=rw, states=states, work_type=work_type, paket=paket, words=q, bbox=bbox,
            kept=kept_back(actor, kelurahan),
        )  # fmt: skip
        rows = table.select(session, chosen, limit, offset)
        total = len(rows) if offset == 0 and len(rows) < limit else table.count(session, chosen)
    return Page(tuple(_view(row, actor) for row in rows), total)


def get_proposal(db: Database, actor: Actor, proposal_id: str) -> ProposalView:
    """One proposal. Raises NotFound."""
    with db.transaction() as session:
        return view(session, actor, proposal_id)


def create_proposal(
    db: Database, actor: Actor, draft: ProposalDraft, also: Also[ProposalView] | None = None
) -> ProposalView:
    """A new draft of the actor's. also: what must be kept in the same transaction (the answer for a retry).

    Raises BadDocument, NotAllowed, SignInNeeded.
    """
    checked = check(draft)
    check_offered(checked.type)
    with db.transaction(actor.account_id, "usulan baru") as session:
        placed = place(session, actor, "propose", checked.geometry)
        values = _values(checked, placed) | {"proposer": actor.account_id, "source": SOURCE}
        created = view(session, actor, str(versioned.insert(session, "proposal", values)))
        if also is not None:
            also(session, created)
    return created


def replace_proposal(
    db: Database, actor: Actor, proposal_id: str, draft: ProposalDraft, version: int | None
) -> ProposalView:
    """Write a proposal anew. Raises what `create_proposal` does, NotFound, VersionNeeded, StaleVersion, Conflict."""
    checked = check(draft)
    with db.transaction(actor.account_id, "usulan diubah") as session:
        return replace(session, actor, proposal_id, checked, version)


def replace(
    session: Session, actor: Actor, proposal_id: str, checked: CheckedDraft, version: int | None
) -> ProposalView:
    """`replace_proposal` inside a transaction that goes on."""
    stored = _writable(session, actor, proposal_id, version)
    check_offered(checked.type, stored.work_type)
    placed = place(session, actor, "propose", checked.geometry)
    if not versioned.replace(session, "proposal", proposal_id, stored.version, _values(checked, placed)):
        raise stale(session, actor, proposal_id)
    return view(session, actor, proposal_id)


def delete_proposal(db: Database, actor: Actor, proposal_id: str, version: int | None) -> None:
    """Delete a proposal nobody has decided or spoken about; its revisions stay, so it can be restored.

    Raises as `replace_proposal` does, and Conflict for one that has been discussed: it can be withdrawn.
    """
    with db.transaction(actor.account_id, "usulan dihapus") as session:
        delete(session, actor, proposal_id, version)


def delete(session: Session, actor: Actor, proposal_id: str, version: int | None) -> None:
    """`delete_proposal` inside a transaction that goes on."""
    stored = _writable(session, actor, proposal_id, version)
    if table.discussed(session, proposal_id):
        raise Conflict("discussed")
    if not versioned.delete(session, "proposal", proposal_id, stored.version):
        raise stale(session, actor, proposal_id)


def restore_proposal(db: Database, actor: Actor, proposal_id: str) -> ProposalView:
    """Bring a deleted proposal back under its id, as its next version.

    Raises NotFound if there is no such deleted proposal, SignInNeeded, NotAllowed.
    """
    with db.transaction(actor.account_id, "usulan dipulihkan") as session:
        return restore(session, actor, proposal_id)


def restore(session: Session, actor: Actor, proposal_id: str) -> ProposalView:
    """`restore_proposal` inside a transaction that goes on."""
    check_id(proposal_id, "no_proposal")
    rows = versioned.history(session, "proposal", proposal_id)
    if not rows or rows[-1]["action"] != "delete":
        raise NotFound("no_proposal")
    require(actor, "propose", rows[-1]["old"]["kelurahan"])
    if not table.restore(session, proposal_id):
        raise NotFound("no_proposal")
    return view(session, actor, proposal_id)


def reviews(db: Database, actor: Actor, proposal_id: str) -> tuple[Step, ...]:
    """The steps of a proposal's life, oldest first. Raises NotFound."""
    with db.transaction() as session:
        quiet = wordless(actor, view(session, actor, proposal_id))
        steps = table.reviews(session, proposal_id)
    return tuple(Step(**(dict(row) | ({"note": ""} if quiet else {}))) for row in steps)


def history(db: Database, actor: Actor, proposal_id: str) -> tuple[dict[str, Any], ...]:
    """Every version of a proposal: version, action, at, author, reason, changed fields with old and new value.

    What is kept from a caller now is kept of all its past, and so is a past in which it was another work type. A
    deleted proposal keeps its history for those who may propose in its kelurahan. Raises NotFound.
    """
    check_id(proposal_id, "no_proposal")
    with db.transaction() as session:
        rows = versioned.history(session, "proposal", proposal_id)
        found = table.find(session, proposal_id)
        kelurahan = rows[-1]["old"]["kelurahan"] if rows and found is None else None
        if not rows or (kelurahan and not may(actor, "propose", kelurahan)):
            raise NotFound("no_proposal")
        if found is not None:
            found = _find(session, actor, proposal_id)
        home = rows[-1]["old"]["kelurahan"] if found is None else found["kelurahan"]
        types = {state["work_type"] for row in rows for state in (row["old"], row["new"]) if state}
        kept = kept_back(actor, home)
        quiet = {"geom"} if types & set(kept.hidden) else set()
        if types & set(kept.unnamed):
            quiet |= {"title", "description", "volume", "cost", "cost_reason", "funding", "readiness"}
    return changes(rows, quiet)


def _values(checked: CheckedDraft, placed: Placed) -> dict[str, Any]:
    draft = checked.draft
    return {
        "title": draft.title.strip(), "description": draft.description.strip(), "work_type": checked.type.key,
        "kelurahan": placed.kelurahan, "rw": placed.rw, "volume": checked.volume, "unit": checked.type.unit,
        "volume_typed": draft.volume is not None, "cost": checked.cost, "cost_typed": draft.cost is not None,
        "cost_reason": "" if draft.cost is None else draft.cost_reason.strip(),
        "funding": {fund: amount for fund, amount in draft.funding.items() if amount},
        "readiness": dict(draft.readiness), "is_paket": draft.is_paket,
        "geom": shapely.to_wkb(checked.geometry),
    }  # fmt: skip


def _find(session: Session, actor: Actor, proposal_id: str) -> RowMapping:
    check_id(proposal_id, "no_proposal")
    found = table.find(session, proposal_id)
    if found is None:
        raise NotFound("no_proposal")
    home = found["kelurahan"]
    shown = table.find(session, proposal_id, kept_back(actor, home))
    if shown is None:
        raise NotFound("no_proposal")
    return shown


def _writable(session: Session, actor: Actor, proposal_id: str, version: int | None) -> ProposalView:
    """The stored proposal, if the actor may change this version of it now."""
    stored = view(session, actor, proposal_id)
    require(actor, "propose", stored.kelurahan)
    versions.check_version(session, actor, "proposal", proposal_id, stored, version)
    if stored.state not in EDITABLE_STATES:
        raise Conflict("not_editable", state=stored.state)
    return stored


def view(session: Session, actor: Actor, proposal_id: str) -> ProposalView:
    """One proposal inside a transaction that goes on. Raises NotFound."""
    return _view(_find(session, actor, proposal_id), actor)


def draft_of(proposal: ProposalView) -> ProposalDraft:
    """A stored proposal as the draft it was saved from."""
    return ProposalDraft(
        title=proposal.title,
        work_type=proposal.work_type,
        geometry=proposal.geometry,
        description=proposal.description,
        volume=proposal.volume if proposal.volume_typed else None,
        cost=proposal.cost if proposal.cost_typed else None,
        funding=proposal.funding,
        readiness=proposal.readiness,
        is_paket=proposal.is_paket,
        cost_reason=proposal.cost_reason,
    )


def wordless(actor: Actor, found: ProposalView) -> bool:
    """Whether what people wrote about a proposal is kept from this caller."""
    return found.work_type in kept_back(actor, found.kelurahan).unnamed


def stale(session: Session, actor: Actor, proposal_id: str) -> StaleVersion:
    """The error of who saved second."""
    return versions.stale(session, actor, "proposal", proposal_id, view(session, actor, proposal_id))


def _view(row: RowMapping, actor: Actor) -> ProposalView:
    kind = catalogue().work_types[row["work_type"]]
    same = (
        "id", "title", "description", "kelurahan", "kelurahan_name", "rw", "rw_name", "volume", "volume_typed", "cost",
        "cost_typed", "cost_reason", "funding", "readiness", "is_paket", "state", "synthetic", "version", "created_at",
        "updated_at",
    )  # fmt: skip
    return ProposalView(
        **{name: row[name] for name in same},
        type=kind,
        geometry=json.loads(row["geojson"]),
        geometry_kind=KINDS[row["dimension"]],
        editable=row["state"] in EDITABLE_STATES and may(actor, "propose", row["kelurahan"]),
    )
