"""Problems with assets, reported by anybody and seen to by those who map the kelurahan.

It knows nothing about forms. A report needs no account, so it is bounded by address and shown to nobody else before
somebody has read it: people write about neighbours. It ends in a new condition of the asset, a proposal, or an answer.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from shapely.geometry import shape
from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from webgis.planning import versions
from webgis.planning.access import Actor, may, require
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.errors import BadDocument, NotFound, Problem
from webgis.planning.mapping import assets
from webgis.planning.mapping.assets import Asset, AssetDraft
from webgis.planning.people import telling
from webgis.planning.people.public_limits import count_write
from webgis.planning.proposals import attachments, proposals
from webgis.planning.proposals.attachments import Attachment
from webgis.planning.proposals.drafts import ProposalDraft
from webgis.planning.shapes import KINDS
from webgis.store import assets as asset_table
from webgis.store import reports as table
from webgis.store import versioned
from webgis.store.database import Database

STATES: Final = ("new", "handled", "closed")
LONGEST: Final = 2_000
LONGEST_NAME: Final = 80
FARTHEST_M: Final = 100
"""How far beside an asset a problem with it may be marked: a finger on a phone, a ditch beside its drawn line."""
Place = tuple[float, float]


@dataclass(frozen=True)
class Report:
    """A report; public: everybody may read it; answer: what became of it, in words for everybody.

    author: only for those who see to reports, "" for others.
    """

    id: str
    asset_id: str | None
    asset_kind: str | None
    asset_name: str | None
    asset_condition: str | None
    kelurahan: str
    place: tuple[float, float]
    body: str
    state: str
    public: bool
    answer: str
    proposal_id: str | None
    author: str
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime


def report_problem(
    db: Database, folder: Path, actor: Actor, asset_id: str, body: str, *, name: str = "", photo: bytes = b"",
    place: Place | None = None, address: str = "local",
) -> Report:  # fmt: skip
    """Report a problem with an asset, with a photo if there is one. Raises NotFound, BadDocument, TooOften.

    place: (longitude, latitude) of the problem; None: somewhere at the asset.
    """
    asset = assets.get_asset(db, asset_id)
    text, author = body.strip(), " ".join(name.split()) or actor.name
    problems = [] if text else [Problem("/body", "report_empty")]
    if len(text) > LONGEST:
        problems.append(Problem("/body", "text_too_long", {"longest": LONGEST, "length": len(text)}))
    if len(author) > LONGEST_NAME:
        problems.append(Problem("/name", "text_too_long", {"longest": LONGEST_NAME, "length": len(author)}))
    if problems:
        raise BadDocument(problems)
    lon, lat = place or shape(asset.geometry).representative_point().coords[0]
    values = {
        "asset_id": asset.id, "kelurahan": asset.kelurahan or "", "lon": lon, "lat": lat, "body": text,
        "account_id": actor.account_id, "author": author,
    }  # fmt: skip
    with db.transaction(actor.account_id, "laporan masalah") as session:
        if place is not None and not _at(session, asset.id, *place):
            raise BadDocument([Problem("/lon", "report_far", {"metres": FARTHEST_M})])
        count_write(session, "report", actor, address)
        read = attachments.read_photo(folder, photo) if photo else None
        made = table.insert(session, values)
        telling.tell_report(session, actor, made, asset.kelurahan or "")
        if read is not None:
            attachments.keep_photo(session, actor, "report", made, read, author)
        return _find(session, made)


def list_reports(db: Database, actor: Actor, kelurahan: str, state: str | None = None) -> tuple[Report, ...]:
    """Reports for those who see to them, open ones first. Raises SignInNeeded, NotAllowed, BadDocument."""
    require(actor, "moderate", kelurahan)
    _check_state(state)
    with db.transaction() as session:
        return tuple(_view(row) for row in table.of_kelurahan(session, kelurahan, state, 500))


def published(db: Database, asset_id: str) -> tuple[Report, ...]:
    """What everybody may read of an asset. Raises NotFound."""
    assets.get_asset(db, asset_id)
    with db.transaction() as session:
        return tuple(replace(_view(row), author="") for row in table.published(session, asset_id))


def get_report(db: Database, actor: Actor, report_id: str) -> Report:
    """One report. Raises NotFound, also where it is not public and the caller does not see to it."""
    with db.transaction() as session:
        return readable(session, actor, report_id)


def readable(session: Session, actor: Actor, report_id: str) -> Report:
    """One report inside a transaction that goes on. Raises NotFound."""
    found = _find(session, report_id)
    if may(actor, "moderate", found.kelurahan):
        return found
    if not found.public:
        raise NotFound("no_report")
    return replace(found, author="")


def see_to(
    db: Database, actor: Actor, report_id: str, version: int | None, *, state: str, public: bool, answer: str
) -> Report:
    """Say what became of a report. Raises NotFound, NotAllowed, BadDocument, VersionNeeded, StaleVersion."""
    _check_state(state)
    if len(answer) > LONGEST:
        raise BadDocument([Problem("/answer", "text_too_long", {"longest": LONGEST, "length": len(answer)})])
    values = {"state": state, "public": public, "answer": answer.strip()}
    with db.transaction(actor.account_id, "laporan ditangani") as session:
        return _write(session, actor, report_id, version, values)


def note_condition(db: Database, actor: Actor, report_id: str, version: int | None, condition: str) -> Asset:
    """Give the asset the condition that was reported, and mark the report as handled.

    Raises what `see_to` and `assets.replace_asset` raise.
    """
    found = get_report(db, actor, report_id)
    asset = assets.get_asset(db, found.asset_id or "")
    _writable(db, actor, found, version)
    same = ("kind", "geometry", "name", "material", "width_m", "capacity", "built_year", "owner")
    draft = AssetDraft(
        **{name: getattr(asset, name) for name in same}, condition=condition, source="Laporan warga"
    )
    made = assets.replace_asset(db, actor, asset.id, draft, asset.version)
    see_to(db, actor, report_id, version, state="handled", public=found.public, answer=found.answer)
    return made


def repairs(found: Report, geometry: dict[str, Any]) -> tuple[str, ...]:
    """Work types that mend an asset of this kind and shape, the cheapest first: a repair before a new one."""
    dimension = {"Point": 0, "LineString": 1, "Polygon": 2}.get(
        str(geometry["type"]).removeprefix("Multi"), 0
    )
    return tuple(
        key
        for key, kind in sorted(catalogue().work_types.items(), key=lambda item: item[1].unit_cost)
        if found.asset_kind in kind.served_by
        and KINDS[dimension] in kind.geometry
        and kind.offered
        and not kind.private_site
    )


def propose_repair(db: Database, actor: Actor, report_id: str, version: int | None, work_type: str) -> str:
    """A draft proposal at the asset with the words of the report; its id. Raises as `proposals.create_proposal`."""
    found = get_report(db, actor, report_id)
    asset = assets.get_asset(db, found.asset_id or "")
    _writable(db, actor, found, version)
    if work_type not in repairs(found, asset.geometry):
        raise BadDocument([Problem("/work_type", "unknown_repair", {"given": work_type})])
    kind = catalogue().work_types[work_type]
    title = f"{kind.names[0]} {asset.name or ''}".strip()[:200]
    draft = ProposalDraft(title=title, work_type=work_type, geometry=asset.geometry, description=found.body)

    def also(session: Session, made: proposals.ProposalView) -> None:
        values = {"state": "handled", "proposal_id": made.id}
        _write(session, actor, report_id, version, values)

    return proposals.create_proposal(db, actor, draft, also).id


def photos(db: Database, actor: Actor, report_id: str) -> tuple[Attachment, ...]:
    """The photos of a report. Raises NotFound."""
    return attachments.list_attachments(db, actor, "report", report_id)


def _at(session: Session, asset_id: str, lon: float, lat: float) -> bool:
    """Whether something marked there can be a problem with this asset."""
    if not (abs(lon) <= 180 and abs(lat) <= 90):  # false for what is no number, too
        return False
    return asset_table.within(session, asset_id, lon, lat, FARTHEST_M)


def _writable(db: Database, actor: Actor, found: Report, version: int | None) -> None:
    require(actor, "moderate", found.kelurahan)
    with db.transaction() as session:
        versions.check_version(session, actor, "asset_report", found.id, found, version)


def _write(
    session: Session, actor: Actor, report_id: str, version: int | None, values: dict[str, Any]
) -> Report:
    found = readable(session, actor, report_id)
    require(actor, "moderate", found.kelurahan)
    versions.check_version(session, actor, "asset_report", report_id, found, version)
    if not versioned.replace(session, "asset_report", report_id, found.version, values):
        raise versions.stale(session, actor, "asset_report", report_id, _find(session, report_id))
    return _find(session, report_id)


def _check_state(state: str | None) -> None:
    if state is not None and state not in STATES:
        raise BadDocument([Problem("/state", "unknown_state", {"given": state, "known": ", ".join(STATES)})])


def _find(session: Session, report_id: str) -> Report:
    versions.check_id(report_id, "no_report")
    row = table.find(session, report_id)
    if row is None:
        raise NotFound("no_report")
    return _view(row)


def _view(row: RowMapping) -> Report:
    given = dict(row)
    place = given.pop("lon"), given.pop("lat")
    return Report(place=place, **given)
