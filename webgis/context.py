"""What a running application carries along: its settings and its store.

It knows nothing about routes; rooms of the web ask it instead of importing the application.
One frozen object in `app.extensions` is Flask's own way for things that belong to an application.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from webgis.planning.judging.desk import Desk
from webgis.settings import Settings
from webgis.store.database import Database

KEY = "webgis"


@dataclass(frozen=True)
class Context:
    """Settings, store and desk (facts and judged works kept at hand) of one application."""

    settings: Settings
    db: Database
    desk: Desk


def context() -> Context:
    """The context of the application that serves this request."""
    found: Context = current_app.extensions[KEY]
    return found


def database() -> Database:
    """The store of the application that serves this request."""
    return context().db


def desk() -> Desk:
    """The desk of the application that serves this request."""
    return context().desk
