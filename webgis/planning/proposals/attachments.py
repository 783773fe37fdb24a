"""Photos and papers of a proposal, an asset or a report: hand in, list, open, delete and bring back.

It knows nothing about pictures or PDFs (`pictures`, `papers`) or where files lie (`kept_files`). Photos of what is
public are public; papers are for those who work on a proposal, and so are photos of works on a family's plot.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from webgis.planning import kept_files
from webgis.planning.access import Actor, may, require
from webgis.planning.errors import BadDocument, Conflict, NotAllowed, NotFound, Problem
from webgis.planning.meetings import text_faults
from webgis.planning.proposals import papers, pictures, proposals
from webgis.planning.versions import check_id
from webgis.store import assets, reports
from webgis.store import attachments as table
from webgis.store.database import Database

PHOTOS: Final = ("photo", "photo_0", "photo_50", "photo_100")
KINDS: Final = (*PHOTOS, "land", "ded", "minutes", "other")
JPEG: Final = "image/jpeg"
PDF: Final = "application/pdf"
LARGEST: Final = 15 * 1024 * 1024
MOST: Final = 60
UNDO_DAYS: Final = 30
Place = tuple[float, float]


@dataclass(frozen=True)
class Owner:
    """What attachments belong to: its kelurahan, what adding needs, whether anybody may see its photos."""

    kelurahan: str
    adding: str
    public: bool


@dataclass(frozen=True)
class Attachment:
    """A photo or paper; place: (longitude, latitude) if somebody wanted it kept; mine: this caller may delete it."""

    id: str
    subject: str
    subject_id: str
    kind: str
    media_type: str
    bytes: int
    width: int | None
    height: int | None
    caption: str
    place: Place | None
    author: str
    at: dt.datetime
    public: bool
    mine: bool

    @property
    def is_photo(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.media_type == JPEG


@dataclass(frozen=True)
class Handed:
    """What became of a file that was handed in; suggested: where the camera stood, which is not kept."""

    attachment: Attachment
    suggested: Place | None


@dataclass(frozen=True)
class Opened:
    """A file to send: where it lies, what it is, the hash that names it, and whether caches may share it."""

    path: Path
    media_type: str
    digest: str
    filename: str
    public: bool


def attach(
    db: Database,
    folder: Path,
    actor: Actor,
    subject: str,
    subject_id: str,
    content: bytes,
    *,
    kind: str,
    caption: str = "",
    place: Place | None = None,
) -> Handed:
    """Keep a photo or paper; the same file sent again is the same attachment. place: where to say it was taken.

    Raises NotFound, SignInNeeded, NotAllowed, BadDocument.
    """
    with db.transaction() as session:
        owner = _owner(session, actor, subject, subject_id)
        require(actor, owner.adding, owner.kelurahan)
        if table.count(session, subject, subject_id) >= MOST:
            raise BadDocument([Problem("/file", "too_many_files", {"most": MOST})])
    _check(subject, content, kind, caption, place)
    values, suggested = _read(folder, content, kind)
    lon, lat = place or (None, None)
    values |= {
        "subject": subject, "subject_id": subject_id, "kind": kind, "caption": caption.strip(), "lon": lon, "lat": lat,
        "account_id": actor.account_id, "author": actor.name,
    }  # fmt: skip
    with db.transaction(actor.account_id, "lampiran") as session:
        row = table.insert(session, values)
    return Handed(_view(row, owner, actor), suggested)


def read_photo(folder: Path, content: bytes) -> dict[str, Any]:
    """Keep the file of a photo that comes with something else; what `keep_photo` writes. Raises BadDocument."""
    _check("report", content, PHOTOS[0], "", None)
    return _read(folder, content, PHOTOS[0])[0]


def keep_photo(
    session: Session, actor: Actor, subject: str, subject_id: str, read: Mapping[str, Any], author: str
) -> None:
    """Write the row of a photo in the transaction of what it belongs to; the caller has checked the right."""
    values = {
        **read, "subject": subject, "subject_id": subject_id, "kind": PHOTOS[0], "caption": "", "lon": None,
        "lat": None, "account_id": actor.account_id, "author": author,
    }  # fmt: skip
    table.insert(session, values)


def list_attachments(db: Database, actor: Actor, subject: str, subject_id: str) -> tuple[Attachment, ...]:
    """What this caller may see of a subject's attachments, oldest first. Raises NotFound."""
    with db.transaction() as session:
        owner = _owner(session, actor, subject, subject_id)
        rows = table.select(session, subject, subject_id)
    return tuple(_view(row, owner, actor) for row in rows if _shown(row, owner, actor))


def open_file(db: Database, folder: Path, actor: Actor, attachment_id: str, *, small: bool = False) -> Opened:
    """The file of an attachment, or of its small copy. Raises NotFound, also for who may not see it."""
    with db.transaction() as session:
        row = _find(session, attachment_id)
        owner = _owner(session, actor, row["subject"], row["subject_id"])
    if row["deleted"] or not _shown(row, owner, actor) or (small and row["thumbnail"] is None):
        raise NotFound("no_attachment")
    digest = row["thumbnail"] if small else row["sha256"]
    ending = "jpg" if row["media_type"] == JPEG else "pdf"
    name = f"{row['kind'].replace('_', '-')}-{row['id'][:8]}.{ending}"
    public = owner.public and row["media_type"] == JPEG
    return Opened(kept_files.place(folder, digest), row["media_type"], digest, name, public)


def delete_attachment(db: Database, folder: Path, actor: Actor, attachment_id: str) -> None:
    """Take an attachment away; it can be brought back for 30 days, then its file goes for good.

    Raises NotFound, SignInNeeded, NotAllowed.
    """
    with db.transaction(actor.account_id, "lampiran dihapus") as session:
        row = _deletable(session, actor, attachment_id)
        if row["deleted"]:
            raise NotFound("no_attachment")
        table.delete(session, attachment_id, actor.account_id)
        unused = table.purge(session, UNDO_DAYS)
    for digest in unused:
        kept_files.drop(folder, digest)


def restore_attachment(db: Database, actor: Actor, attachment_id: str) -> Attachment:
    """Bring a deleted attachment back. Raises NotFound, SignInNeeded, NotAllowed, Conflict."""
    with db.transaction(actor.account_id, "lampiran dipulihkan") as session:
        row = _deletable(session, actor, attachment_id)
        if row["deleted"] and not table.restore(session, attachment_id):
            raise Conflict("attachment_there")
        owner = _owner(session, actor, row["subject"], row["subject_id"])
    return _view(row, owner, actor)


def _owner(session: Session, actor: Actor, subject: str, subject_id: str) -> Owner:
    """What an attachment belongs to, as far as this caller may know of it. Raises NotFound."""
    if subject == "proposal":
        found = proposals.view(session, actor, subject_id)
        private = found.type.private_site
        return Owner(found.kelurahan, "attach", not private)
    if subject == "report":
        return _owner_of_report(session, actor, subject_id)
    check_id(subject_id, "no_asset")
    asset = assets.find(session, subject_id)
    if asset is None:
        raise NotFound("no_asset")
    return Owner(asset["kelurahan"] or "", "map_facts", True)


def _owner_of_report(session: Session, actor: Actor, report_id: str) -> Owner:
    """A report, whose photos nobody but its moderators sees before it is public. Raises NotFound."""
    check_id(report_id, "no_report")
    found = reports.find(session, report_id)
    if found is None or not (found["public"] or may(actor, "moderate", found["kelurahan"])):
        raise NotFound("no_report")
    return Owner(found["kelurahan"], "moderate", bool(found["public"]))


def _find(session: Session, attachment_id: str) -> RowMapping:
    check_id(attachment_id, "no_attachment")
    row = table.find(session, attachment_id)
    if row is None:
        raise NotFound("no_attachment")
    return row


def _deletable(session: Session, actor: Actor, attachment_id: str) -> RowMapping:
    row = _find(session, attachment_id)
    owner = _owner(session, actor, row["subject"], row["subject_id"])
    if not _shown(row, owner, actor):
        raise NotFound("no_attachment")
    if not _may_delete(row, owner, actor):
        require(actor, owner.adding, owner.kelurahan)
        raise NotAllowed("not_allowed_delete_attachment")
    return row


def _shown(row: RowMapping, owner: Owner, actor: Actor) -> bool:
    if owner.public and row["kind"] in PHOTOS:
        return True
    return may(actor, "read_papers", owner.kelurahan)


def _may_delete(row: RowMapping, owner: Owner, actor: Actor) -> bool:
    own = actor.signed_in and row["account_id"] == actor.account_id
    return may(actor, "moderate", owner.kelurahan) or (own and may(actor, owner.adding, owner.kelurahan))


def _check(subject: str, content: bytes, kind: str, caption: str, place: Place | None) -> None:
    allowed = KINDS if subject == "proposal" else PHOTOS[:1]
    problems = text_faults("caption", caption)
    if kind not in allowed:
        problems.append(
            Problem("/kind", "unknown_attachment_kind", {"given": kind, "known": ", ".join(allowed)})
        )
    if not content:
        problems.append(Problem("/file", "file_empty"))
    if len(content) > LARGEST:
        problems.append(Problem("/file", "file_too_large", {"most": LARGEST >> 20}))
    if place is not None and not (
        all(math.isfinite(part) for part in place) and abs(place[0]) <= 180 and abs(place[1]) <= 90
    ):
        problems.append(Problem("/place", "place_invalid"))
    if problems:
        raise BadDocument(problems)


def _read(folder: Path, content: bytes, kind: str) -> tuple[dict[str, Any], Place | None]:
    """Judge a file by its first bytes, never by its name, and keep what is safe of it."""
    if content.startswith(b"%PDF-"):
        if kind in PHOTOS:
            raise BadDocument([Problem("/file", "photo_expected")])
        papers.check(content)
        empty = {"thumbnail": None, "width": None, "height": None}
        return {
            "media_type": PDF, "sha256": kept_files.keep(folder, content), "bytes": len(content), **empty,
        }, None  # fmt: skip
    if not _is_picture(content):
        raise BadDocument([Problem("/file", "file_unknown")])
    made = pictures.clean(content)
    return {
        "media_type": JPEG, "sha256": kept_files.keep(folder, made.photo), "bytes": len(made.photo),
        "thumbnail": kept_files.keep(folder, made.thumbnail), "width": made.width, "height": made.height,
    }, made.place  # fmt: skip


def _is_picture(content: bytes) -> bool:
    """JPEG, PNG, WebP or HEIC by their signatures."""
    return (
        content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
        or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")
        or (
            content[4:8] == b"ftyp"
            and content[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"heim", b"heis")
        )
    )


def _view(row: RowMapping, owner: Owner, actor: Actor) -> Attachment:
    public = owner.public and row["kind"] in PHOTOS
    told = public or may(actor, "see_households", owner.kelurahan)
    same = (
        "id", "subject", "subject_id", "kind", "media_type", "bytes", "width", "height", "caption", "at",
    )  # fmt: skip
    return Attachment(
        **{name: row[name] for name in same},
        # Who reported something is told with the report, to those who see to it.
        author="" if row["subject"] == "report" else row["author"],
        place=(row["lon"], row["lat"]) if told and row["lon"] is not None else None,
        public=public,
        mine=_may_delete(row, owner, actor),
    )
