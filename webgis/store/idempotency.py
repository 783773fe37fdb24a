"""Answers kept for retries, so that one key never does a thing twice.

It knows nothing about HTTP. A key belongs to an account; the row is written in the transaction of the change itself,
so either both are there or neither (IETF draft Idempotency-Key; reliability, section 3).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

KEPT_DAYS: Final = 7


class AlreadyKept(Exception):
    """Another request with this key was first; its change stands, ours must be taken back."""


@dataclass(frozen=True)
class Kept:
    """The answer of the first request with a key, and the hash of what it asked."""

    request_hash: bytes
    status: int
    headers: dict[str, str]
    body: dict[str, Any]


def find(session: Session, account_id: str, key: str) -> Kept | None:
    """The answer kept under a key; None if the key is new."""
    query = text("""
        select request_hash, status, headers, body from idempotency
        where account_id = cast(:account as uuid) and key = :key
    """)
    row = session.execute(query, {"account": account_id, "key": key}).mappings().one_or_none()
    return (
        None if row is None else Kept(bytes(row["request_hash"]), row["status"], row["headers"], row["body"])
    )


def keep(session: Session, account_id: str, key: str, answer: Kept) -> None:
    """Keep an answer. Waits for a request under way with the same key, and raises AlreadyKept if that succeeds."""
    query = text("""
        insert into idempotency (account_id, key, request_hash, status, headers, body)
        values (cast(:account as uuid), :key, :hash, :status, cast(:headers as jsonb), cast(:body as jsonb))
        on conflict do nothing returning 1
    """)
    values = {
        "account": account_id, "key": key, "hash": answer.request_hash, "status": answer.status,
        "headers": json.dumps(answer.headers), "body": json.dumps(answer.body),
    }  # fmt: skip
    if session.execute(query, values).first() is None:
        raise AlreadyKept(key)


def forget(session: Session) -> int:
    """Delete the answers that no client asks for any more; how many."""
    query = text(f"""
        delete from idempotency where created_at < now() - interval '{KEPT_DAYS} days' returning 1
    """)
    return len(session.execute(query).all())
