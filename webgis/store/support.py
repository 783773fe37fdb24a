"""Who supports which proposal, and how often somebody wrote in public lately.

It knows nothing about rights or limits. Addresses are forgotten after a day.
"""

from __future__ import annotations

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session


def add(session: Session, proposal_id: str, account: str) -> None:
    """Support a proposal; nothing happens if the account does already."""
    query = text("""
        insert into support (proposal_id, account_id) values (cast(:id as uuid), cast(:account as uuid))
        on conflict do nothing
    """)
    session.execute(query, {"id": proposal_id, "account": account})


def remove(session: Session, proposal_id: str, account: str) -> None:
    """Support a proposal no longer."""
    query = text(
        "delete from support where proposal_id = cast(:id as uuid) and account_id = cast(:account as uuid)"
    )
    session.execute(query, {"id": proposal_id, "account": account})


def count(session: Session, proposal_id: str, account: str | None) -> RowMapping:
    """How many accounts support a proposal, and whether this one does."""
    query = text("""
        select count(*) as count, count(*) filter (where account_id = cast(:account as uuid)) > 0 as mine
        from support where proposal_id = cast(:id as uuid)
    """)
    return session.execute(query, {"id": proposal_id, "account": account}).mappings().one()


def writes(session: Session, action: str, account: str | None, address: str, minutes: int) -> RowMapping:
    """Public writes of the last minutes by account and by address, and seconds since the oldest of each.

    Holds a lock until the transaction ends, so that parallel writes are counted one after the other.
    """
    session.execute(text("select pg_advisory_xact_lock(990102)"))
    query = text("""
        select count(*) filter (where account_id = cast(:account as uuid)) as by_account,
               count(*) filter (where address = :address) as by_address,
               coalesce(extract(epoch from now() - min(at)), 0)::int as age
        from public_write
        where action = :action and at > now() - make_interval(mins => :minutes)
          and (account_id = cast(:account as uuid) or address = :address)
    """)
    values = {"action": action, "account": account, "address": address, "minutes": minutes}
    return session.execute(query, values).mappings().one()


def remember_write(session: Session, action: str, account: str | None, address: str) -> None:
    """Count a public write; those of yesterday are forgotten."""
    session.execute(text("delete from public_write where at < now() - interval '1 day'"))
    query = text("""
        insert into public_write (action, account_id, address) values (:action, cast(:account as uuid), :address)
    """)
    session.execute(query, {"action": action, "account": account, "address": address})
