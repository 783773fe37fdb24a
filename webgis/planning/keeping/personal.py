"""Rights of the people whose data is kept (UU PDP 27/2022, art. 5-13): a copy, erasure, and an end to keeping.

It knows nothing about SQL or who asks: an operator does this on a request whose sender was identified. What stays of an
erased account and why is told in docs/privacy-impact.md.
"""

from __future__ import annotations

import secrets
import uuid
from typing import Any, Final

from webgis.planning.errors import NotFound
from webgis.settings import Retention
from webgis.store import household_views, idempotency, jobs, notices, words
from webgis.store import personal as table
from webgis.store.database import Database, household_scope

NOBODY: Final = "Akun dihapus"
WORDS_GONE: Final = "(dihapus atas permintaan)"


def export_account(db: Database, email: str) -> dict[str, Any]:
    """All that is kept of an account. Raises NotFound."""
    with db.transaction() as session:
        account = table.account_id(session, email.strip().lower())
        if account is None:
            raise NotFound("no_account", email=email)
        return table.of_account(session, account)


def erase_account(db: Database, email: str) -> None:
    """Take the person out of an account for good. Raises NotFound."""
    with db.transaction(reason="akun dihapus") as session:
        account = table.account_id(session, email.strip().lower())
        if account is None:
            raise NotFound("no_account", email=email)
        table.forget_account(session, account, NOBODY, _pseudonym())


def erase_name(db: Database, name: str, kelurahan: str) -> int:
    """Take somebody out of a kelurahan who has no account: as participant of a weighing, as sender of a report.

    The number of rows the name stood in. All of one person get one pseudonym: there stay as many participants.
    """
    with db.transaction(reason="nama dihapus") as session:
        return table.forget_name(session, " ".join(name.split()), kelurahan, _pseudonym())


def erase_words(db: Database, row_id: str, named: str = "") -> int:
    """Take earlier words out of the history of a proposal, asset, report or area, for somebody was named there; from
    how many places. What is written about a proposal (steps, comments, site notes, relations) goes with it.

    named: take every text that these words stand in out of the present, too. Without them what is written now is
    for its makers to change first. Raises NotFound.
    """
    with db.transaction(reason="kata dihapus dari riwayat") as session, household_scope(session, "*"):
        if not (gone := words.forget(session, _id(row_id, "no_words"), WORDS_GONE, " ".join(named.split()))):
            raise NotFound("no_words", id=row_id)
        return gone


def export_household(db: Database, household_id: str) -> dict[str, Any]:
    """A household and what its history still says. Raises NotFound."""
    with db.transaction() as session, household_scope(session, "*"):
        found = table.of_household(session, _id(household_id))
    if not found["now"] and not found["history"]:
        raise NotFound("no_household")
    return found


def erase_household(db: Database, household_id: str) -> None:
    """Delete a household and make its history unreadable for ever. Raises NotFound."""
    with db.transaction(reason="keluarga dihapus") as session, household_scope(session, "*"):
        if not table.erase_household(session, _id(household_id)):
            raise NotFound("no_household")


def retain(db: Database, days: Retention) -> dict[str, int]:
    """Let go of what was kept long enough; how much by kind. Doing it twice does no more than once."""
    gone = {"households": 0, "histories": 0, "views": 0, "sign_ins": 0, "notices": 0, "jobs": 0, "answers": 0}
    with db.transaction(reason="masa simpan berakhir") as session, household_scope(session, "*"):
        if days.households:
            gone["households"] = table.erase_old(session, days.households)
        if days.erased:
            gone["histories"] = table.destroy_of_deleted(session, days.erased)
        if days.views:
            gone["views"] = household_views.forget(session, days.views)
        if days.sign_ins:
            gone["sign_ins"] = table.forget_sign_ins(session, days.sign_ins)
        if days.notices:
            gone["notices"] = notices.forget(session, days.notices)
        if days.jobs:
            gone["jobs"] = jobs.forget(session, days.jobs)
        gone["answers"] = idempotency.forget(session)
    return gone


def _pseudonym() -> str:
    return f"Peserta {secrets.token_hex(3)}"


def _id(given: str, missing: str = "no_household") -> str:
    try:
        return str(uuid.UUID(given))
    except ValueError:
        raise NotFound(missing, id=given) from None
