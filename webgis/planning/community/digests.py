"""The daily digest: unread notices of those who want a mail, as a file each, and by mail where one can be sent.

It knows nothing about mail servers. A notice is in one digest only, unless its mail could not be sent, and says the
address it leads to where the installation knows its own. Files are kept for a week: they show what went out where
nobody has set up a mail server, and somebody may hand them on.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from webgis.planning.access import Actor, Role
from webgis.planning.community.notices import Notice, shown, where
from webgis.planning.sentences.messages import message
from webgis.planning.written import moment
from webgis.store import notices as table
from webgis.store.database import Database

FOLDER: Final = "digests"
KEPT_DAYS: Final = 7
Send = Callable[[str, str, str], bool]


@dataclass(frozen=True)
class Digests:
    """Accounts with something to tell, notices in their digests, and mails that a server took."""

    accounts: int
    notices: int
    mailed: int


def write_digests(
    db: Database, data_dir: Path, send: Send | None, site: str = "", now: dt.datetime | None = None
) -> Digests:
    """Write and send what is due; send: (address, subject, text) -> whether it was taken. Needs the owner's rights.

    site: where this installation is found, like https://peta.kota.go.id; "" makes digests without links.
    """
    today = (now or dt.datetime.now(dt.UTC)).date()
    folder = data_dir / FOLDER / today.isoformat()
    _forget(data_dir / FOLDER, today)
    accounts = notices = mailed = 0
    with db.transaction() as session:
        people = table.to_be_mailed(session)
    for person in people:
        roles = tuple(Role(role, region) for role, region in person["roles"])
        actor, lang = Actor(person["id"], person["name"], person["email"], roles), person["lang"]
        with db.transaction() as session:
            found = shown(session, actor, table.unmailed(session, person["id"]), lang)
            count = {"count": len(found), "variant": "one" if len(found) == 1 else ""}
            subject = message("digest_subject", count, lang)
            text = _text(actor, found, lang, site)
            _write(folder / _name(person["id"], text), f"{subject}\n\n{text}")
            taken = send is not None and send(person["email"], subject, text)
            if taken or send is None:
                table.mark_mailed(session, [notice.id for notice in found])
        accounts, notices, mailed = accounts + 1, notices + len(found), mailed + taken
    return Digests(accounts, notices, mailed)


def _text(actor: Actor, notices: tuple[Notice, ...], lang: str, site: str) -> str:
    lines = []
    for notice in notices:
        lines.append(f"- {moment(notice.at, lang)}: {notice.words}")
        if site and (path := where(actor, notice)):
            lines.append(f"  {site}{path}?lang={lang}")
    foot = message("digest_foot", {}, lang) + (f"\n{site}/notices?lang={lang}" if site else "")
    return "\n".join([message("digest_head", {"who": actor.name}, lang), "", *lines, "", foot, ""])


def _name(account: str, text: str) -> str:
    """A file's name: it says nobody's, and writing the same digest again replaces it."""
    return f"{hashlib.sha256(f'{account} {text}'.encode()).hexdigest()[:16]}.txt"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        stream.write(text)


def _forget(folder: Path, today: dt.date) -> None:
    oldest = (today - dt.timedelta(days=KEPT_DAYS)).isoformat()
    for old in folder.glob("????-??-??"):
        if old.name < oldest:
            shutil.rmtree(old, ignore_errors=True)
