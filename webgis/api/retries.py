"""A POST with an Idempotency-Key is done once; a retry gets the first answer.

It knows nothing about what is created. The answer is kept in the transaction of the change (`store.idempotency`).
Parallel retries wait for the first one; the same key with another body is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Response, request
from sqlalchemy.orm import Session

from webgis.api.documents import reply
from webgis.context import database
from webgis.planning.access import Actor
from webgis.planning.errors import BadDocument, Problem
from webgis.store import idempotency
from webgis.store.idempotency import AlreadyKept, Kept

Made = TypeVar("Made")


@dataclass(frozen=True)
class Answer:
    """What a POST answers."""

    status: int
    headers: dict[str, str]
    body: dict[str, Any]
    content_type: str


def once(
    actor: Actor, key: str | None, make: Callable[[Any], Made], render: Callable[[Made], Answer]
) -> Response:
    """Make a thing and answer, or answer as the first request with this key was answered.

    make: gets a function (session, made) to call inside its transaction, None without a key.
    """
    if key is None or actor.account_id is None:
        return _respond(render(make(None)))
    asked = _request_hash()
    if (first := _first(actor.account_id, key, asked)) is not None:
        return first
    answers: list[Answer] = []

    def keep(session: Session, made: Made) -> None:
        answers.append(render(made))
        kept = answers[-1]
        headers = kept.headers | {"Content-Type": kept.content_type}
        idempotency.keep(session, str(actor.account_id), key, Kept(asked, kept.status, headers, kept.body))

    try:
        make(keep)
    except AlreadyKept:
        first = _first(actor.account_id, key, asked)
        if first is None:
            raise
        return first
    return _respond(answers[-1])


def _first(account_id: str, key: str, asked: bytes) -> Response | None:
    with database().transaction() as session:
        kept = idempotency.find(session, account_id, key)
    if kept is None:
        return None
    if kept.request_hash != asked:
        raise BadDocument([Problem("/header/Idempotency-Key", "key_reused")])
    headers = dict(kept.headers)
    return _respond(Answer(kept.status, headers, kept.body, headers.pop("Content-Type")))


def _respond(answer: Answer) -> Response:
    return reply(answer.body, answer.status, answer.headers, answer.content_type)


def _request_hash() -> bytes:
    asked = f"{request.method} {request.path}\n".encode() + request.get_data()
    return hashlib.sha256(asked).digest()
