"""Who may import what: each layer names the right it needs, and every row is judged by where it belongs.

It knows nothing about files. A row that is stored already belongs to the kelurahan where it is stored, so that
nobody takes over another kelurahan's thing by giving its id.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from webgis.planning.access import Actor, may
from webgis.planning.errors import NotAllowed, SignInNeeded
from webgis.planning.imports.layers import LAYERS, Layer
from webgis.planning.imports.report import PartReport
from webgis.planning.imports.staging import Staged
from webgis.store import imports as store


def importable(actor: Actor) -> tuple[str, ...]:
    """The layers into which somebody may import somewhere."""
    return tuple(
        name
        for name, layer in LAYERS.items()
        if any(may(actor, layer.right, held.region) for held in actor.roles)
    )


def require_import(actor: Actor, layer: str) -> None:
    """Raise SignInNeeded or NotAllowed unless somebody may import into a layer somewhere."""
    if layer in importable(actor):
        return
    if not actor.signed_in:
        raise SignInNeeded()
    raise NotAllowed("not_allowed_import", layer=layer)


def drop_forbidden(
    session: Session, staged: list[Staged], actor: Actor, layer: Layer, report: PartReport
) -> None:
    """Refuse the rows that belong, or already belong, where the account may not import."""
    for part in staged:
        stored = store.homes(session, part.table, [str(row[0]) for _, _, row in part.rows])
        kept = []
        for number, region, row in part.rows:
            places = (region, stored.get(str(row[0]), region))
            wrong = [place for place in places if not may(actor, layer.right, place)]
            if not wrong:
                kept.append((number, region, row))
            elif number is not None:
                code = "not_allowed_here" if wrong[0] == region else "belongs_elsewhere"
                report.refuse(number, code, region=wrong[0] or "?")
        part.rows = kept
