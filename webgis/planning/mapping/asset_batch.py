"""Many assets changed at once: a survey of one day, say, or the material of a whole gang.

It knows nothing about HTTP, nor how all or none of them are done (`batch`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy.orm import Session

from webgis.planning.access import Actor
from webgis.planning.batch import Change, Work, change_together
from webgis.planning.mapping import assets
from webgis.planning.mapping.assets import Asset
from webgis.store.database import Database

MOST: Final = 2_000
"""Changes of one request: as many as the lists of a kelurahan hold, some five seconds in one transaction."""


def change_assets(db: Database, actor: Actor, changes: Sequence[Change]) -> tuple[Asset | None, ...]:
    """The assets as they are stored afterwards. Raises as `change_together` does.

    values of a change: fields of `AssetDraft` without kind and geometry; None: not known.
    """
    return change_together(db, actor, changes, _WORK)


def _change(session: Session, actor: Actor, change: Change) -> Asset | None:
    if change.action == "restore":
        return assets.restore(session, actor, change.id)
    if change.action == "delete":
        assets.delete(session, actor, change.id, change.version)
        return None
    draft = replace(assets.draft_of(assets.find(session, change.id)), **change.values)
    return assets.replace(session, actor, change.id, draft, change.version, whole=True)


_WORK: Final = Work("map_facts", "prasarana diubah bersama", _change)
