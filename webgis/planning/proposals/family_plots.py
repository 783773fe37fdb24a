"""What of works on a family's own plot one reader is told: the one rule for pages, API, exports, tiles and sums.

It knows nothing about how it is carried out (`store.shown`). The place is for those who may see households, words and
exact numbers for those who see the workspace; the public and partners read fives (decision 44).
"""

from __future__ import annotations

from webgis.planning.access import Actor, may
from webgis.planning.catalogues.catalogue import private_types
from webgis.planning.catalogues.vocabulary import PRIVATE_SITE
from webgis.store.shown import Kept


def kept_back(actor: Actor, kelurahan: str | None) -> Kept:
    """What is kept back in a kelurahan; None: wherever no right of the actor is sure to reach, so as for the public."""
    sees = kelurahan is not None and may(actor, "see_households", kelurahan)
    knows = kelurahan is not None and may(actor, "see_workspace", kelurahan)
    return Kept(() if sees else tuple(sorted(PRIVATE_SITE)), {} if knows else private_types())
