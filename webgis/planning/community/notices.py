"""What somebody was told: read, mark as read, choose how to be told.

It knows nothing about who is told of what. A notice holds no word of its subject: titles, names and reasons are read
when it is shown, with the rights its reader has then, so what a proposal on a family's plot is called stays where it
was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from webgis.planning.access import Actor, may
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.community import reports
from webgis.planning.errors import BadDocument, NotFound, Problem, SignInNeeded
from webgis.planning.proposals import proposals
from webgis.planning.sentences.messages import message
from webgis.store import notices as table
from webgis.store.database import Database

WAYS: Final = ("app", "mail", "none")
"""How an account is told: in the application, there and by a daily mail, or not at all."""


@dataclass(frozen=True)
class Notice:
    """Something that happened: kind, whose proposal or report, by whom ("" for nobody known), and in words.

    there: whether its reader can still see what it is about.
    """

    id: int
    kind: str
    at: dt.datetime
    read: bool
    author: str
    kelurahan: str
    proposal_id: str | None
    report_id: str | None
    state: str | None
    there: bool
    words: str


@dataclass(frozen=True)
class Notices:
    """Some notices of an account, newest first; how many there are and how many are unread."""

    items: tuple[Notice, ...]
    total: int
    unread: int


def list_notices(db: Database, actor: Actor, lang: str, limit: int = 50, offset: int = 0) -> Notices:
    """What the caller was told. Raises SignInNeeded."""
    account = _account(actor)
    with db.transaction() as session:
        found = shown(session, actor, table.select(session, account, limit, offset), lang)
        return Notices(found, *table.counts(session, account))


def shown(session: Session, actor: Actor, rows: Sequence[RowMapping], lang: str) -> tuple[Notice, ...]:
    """Rows as their reader may see them now."""
    subjects = {(row["proposal_id"], row["report_id"]) for row in rows}
    titles = {subject: _title(session, actor, *subject, lang) for subject in subjects}
    return tuple(_view(row, titles[row["proposal_id"], row["report_id"]], lang) for row in rows)


def where(actor: Actor, notice: Notice) -> str | None:
    """The address that a notice leads its reader to, without the host; None where nothing is left to see."""
    if not notice.there:
        return None
    if notice.report_id:
        return f"/plan/{notice.kelurahan}?panel=reports" if may(actor, "moderate", notice.kelurahan) else None
    if notice.kind == "hidden":
        return f"/usulan/{notice.proposal_id}#talk"
    if notice.kind == "waiting" and may(actor, "review", notice.kelurahan):
        return f"/review/{notice.proposal_id}"
    return f"/usulan/{notice.proposal_id}"


def unread(db: Database, actor: Actor) -> int:
    """How many notices the caller has not read; none for the public."""
    if actor.account_id is None:
        return 0
    with db.transaction() as session:
        return table.unread(session, actor.account_id)


def mark_read(db: Database, actor: Actor, up_to: int | None = None) -> int:
    """The caller has read all notices up to an id (None: all); how many are left. Raises SignInNeeded."""
    account = _account(actor)
    with db.transaction() as session:
        table.mark_read(session, account, up_to)
        return table.unread(session, account)


def way(db: Database, actor: Actor) -> str:
    """How the caller is told. Raises SignInNeeded."""
    with db.transaction() as session:
        return table.way(session, _account(actor))


def choose_way(db: Database, actor: Actor, chosen: str, lang: str) -> None:
    """Be told in another way, in this language. Raises SignInNeeded, BadDocument."""
    account = _account(actor)
    if chosen not in WAYS:
        raise BadDocument(
            [Problem("/way", "unknown_notice_way", {"given": chosen, "known": ", ".join(WAYS)})]
        )
    with db.transaction(account, "pemberitahuan") as session:
        table.set_way(session, account, chosen, lang)


def _account(actor: Actor) -> str:
    if actor.account_id is None:
        raise SignInNeeded
    return actor.account_id


def _title(
    session: Session, actor: Actor, proposal_id: str | None, report_id: str | None, lang: str
) -> str | None:
    """What a notice is about, None if it is gone or no longer the reader's to see."""
    try:
        if proposal_id is not None:
            return proposals.view(session, actor, proposal_id).title
        found = reports.readable(session, actor, report_id or "")
    except NotFound:
        return None
    kind = catalogue().asset_kinds.get(found.asset_kind or "")
    return found.asset_name or (kind.name(lang) if kind else found.kelurahan)


def _view(row: RowMapping, title: str | None, lang: str) -> Notice:
    given = {
        name: row[name]
        for name in ("id", "kind", "at", "read", "author", "kelurahan", "proposal_id", "report_id", "state")
    }
    params = {
        "who": row["author"],
        "title": f"“{title}”" if title else message("notice_gone", {}, lang),
        "state": row["state"] or "",
        "variant": "noted" if row["noted"] else "",
    }
    if row["kind"] == "hidden":
        params |= {"reason": row["reason"], "variant": "" if row["reason"] else "shown"}
    return Notice(**given, there=title is not None, words=message(f"notice_{row['kind']}", params, lang))
