"""A POST with an Idempotency-Key is done once; a retry gets the first answer.

It knows nothing about what is created. The answer is kept in the transaction of the change (`store.idempotency`).
Parallel retries wait for the first one; the same key with another body is refused.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Response, request
from sqlalchemy.orm import Session

from webgis.api.documents import reply
from webgis.context import context, database
from webgis.planning.access import Actor
from webgis.planning.errors import BadDocument, PlanningError, Problem
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
    actor: Actor,
    key: str | None,
    make: Callable[[Any], Made],
    render: Callable[[Made], Answer],
    recall: Callable[[str], Made] | None = None,
) -> Response:
    """Make a thing and answer, or answer as the first request with this key was answered.

    make: gets a function (session, made) to call inside its transaction, None without a key. recall: for things that
    may lie in no table but their own: finds one by its id as it was made, so that no answer is kept, only the id.
    """
    if key is None or actor.account_id is None:
        return _respond(render(make(None)))
    asked = _request_hash()

    def again(kept: Kept) -> Answer:
        headers = dict(kept.headers)
        content_type = headers.pop("Content-Type")
        return (
            render(recall(kept.body["id"]))
            if recall
            else Answer(kept.status, headers, kept.body, content_type)
        )

    if (first := _first(actor.account_id, key, asked)) is not None:
        return _respond(again(first))
    answers: list[Answer] = []

    def keep(session: Session, made: Made) -> None:
        answers.append(render(made))
        kept = answers[-1]
        headers = kept.headers | {"Content-Type": kept.content_type}
        body = {"id": kept.body["id"]} if recall else kept.body
        idempotency.keep(session, str(actor.account_id), key, Kept(asked, kept.status, headers, body))

    try:
        make(keep)
    except (AlreadyKept, PlanningError):  # it may be refused just because the first request did it meanwhile
        first = _first(actor.account_id, key, asked)
        if first is None:
            raise
        return _respond(again(first))
    return _respond(answers[-1])


def _first(account_id: str, key: str, asked: bytes) -> Kept | None:
    with database().transaction() as session:
        kept = idempotency.find(session, account_id, key)
    if kept is not None and kept.request_hash != asked:
        raise BadDocument([Problem("/header/Idempotency-Key", "key_reused")])
    return kept


def _respond(answer: Answer) -> Response:
    return reply(answer.body, answer.status, answer.headers, answer.content_type)


def _request_hash() -> bytes:
    """What was asked, keyed by our secret, so that nobody can try out which place was sent."""
    asked = f"{request.method} {request.path}\n".encode() + request.get_data()
    return hmac.new(context().settings.secret_key.encode(), asked, "sha256").digest()
