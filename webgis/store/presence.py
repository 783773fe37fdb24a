"""Who has a kelurahan open, and what changed in it, in few cheap queries.

It knows nothing about rights. A row is a sign of life, not a record: what is older than two minutes goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

LAYERS: Final = ("assets", "regions", "slum-areas")


def look_in(session: Session, kelurahan: str, account: str, proposal: str | None) -> None:
    """Note that an account has a kelurahan open, and there a proposal or none."""
    session.execute(text("delete from presence where seen_at < now() - interval '2 minutes'"))
    query = text("""
        insert into presence (kelurahan, account_id, proposal_id)
        values (:kelurahan, cast(:account as uuid), cast(:proposal as uuid))
        on conflict (kelurahan, account_id) do update set proposal_id = excluded.proposal_id, seen_at = now()
    """)
    session.execute(query, {"kelurahan": kelurahan, "account": account, "proposal": proposal})


def others(session: Session, kelurahan: str, account: str, seconds: int) -> Sequence[RowMapping]:
    """Name and proposal of the other accounts seen in the last seconds, by name."""
    query = text("""
        select a.name, p.proposal_id::text as proposal from presence p join account a on a.id = p.account_id
        where p.kelurahan = :kelurahan and p.account_id <> cast(:account as uuid)
          and p.seen_at > now() - make_interval(secs => :seconds)
        order by a.name, a.id
    """)
    values = {"kelurahan": kelurahan, "account": account, "seconds": seconds}
    return list(session.execute(query, values).mappings())


def stamps(session: Session, kelurahan: str) -> dict[str, str]:
    """A text by layer that changes whenever the layer does: proposals of this kelurahan only, others of all."""
    proposals = text("""
        select count(*) || '-' || coalesce(extract(epoch from max(updated_at)), 0) from proposal
        where kelurahan = :kelurahan
    """)
    layers = text("select layer, version::text from layer_version where layer = any(:layers)")
    found = {row[0]: str(row[1]) for row in session.execute(layers, {"layers": list(LAYERS)})}
    return {"proposals": str(session.execute(proposals, {"kelurahan": kelurahan}).scalar_one()), **found}
