"""Whether this process lives and whether the whole installation is ready to work.

It knows nothing about what the work is. Ready means: the database answers, it is at the newest migration, and a
worker has given a sign of life in the last minute; each check says its part, so that an operator sees which fails.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from webgis.context import database
from webgis.store import migrate
from webgis.store.health import revision as stored_revision
from webgis.store.health import worker_age_s

OLDEST_BEAT_S: Final = 60
blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Every part that is needed answers; 503 names the one that does not."""
    found = checks()
    ready = all(check["ok"] for check in found.values())
    return jsonify(status="ready" if ready else "not ready", checks=found), 200 if ready else 503


def checks() -> dict[str, dict[str, Any]]:
    """Each part that is needed: whether it answers, and what it says."""
    wanted = _head()
    try:
        with database().transaction() as session:
            found, age = stored_revision(session), worker_age_s(session)
    except SQLAlchemyError as error:
        down = {"ok": False, "reason": type(error).__name__}
        return {"database": down, "migrations": down, "worker": down}
    return {
        "database": {"ok": True},
        "migrations": {"ok": found == wanted, "revision": found, "head": wanted},
        "worker": {"ok": age is not None and age < OLDEST_BEAT_S, "age_s": age},
    }


@lru_cache(maxsize=1)
def _head() -> str:
    return migrate.head()
