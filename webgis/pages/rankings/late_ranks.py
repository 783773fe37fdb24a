"""Ranks that come after the list they stand in, where a kelurahan has many proposals.

It knows nothing about how a rank is made. The first ranking after a change judges every work, 3 ms each: a list of a
few hundred has its ranks in the page, a longer one is shown first and filled in by static/src/page/late-ranks.ts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import jsonify
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webgis.auth import current_actor, current_language
from webgis.pages.rankings import ranked
from webgis.pages.site import database, desk, pages
from webgis.planning import access
from webgis.planning.access import Actor
from webgis.planning.proposals import proposals
from webgis.planning.written import number

AT_ONCE: Final = 200
"""Proposals of a kelurahan whose first ranking nobody waits for: half a second on two slow cores."""


@pages.get("/plan/<code>/panel/ranks")
def panel_ranks(code: str) -> ResponseReturnValue:
    """By proposal, of its rank and of the poor households it serves: the number, in a cell and in words."""
    actor = current_actor()
    access.require(actor, "see_workspace", code)
    found = ranked.ranks(database(), desk(), actor, code)
    return jsonify({name: _told(row, current_language()) for name, row in found.items()})


def ranks_of_list(actor: Actor, code: str) -> dict[str, Any]:
    """What a template of proposals needs: `ranks` by id, or none and `ranks_late` where they follow."""
    whole = proposals.list_proposals(database(), actor, kelurahan=code, limit=1).total
    late = whole > AT_ONCE and access.may(actor, "rank", code)
    return {"ranks": {} if late else ranked.ranks(database(), desk(), actor, code), "ranks_late": late}


def _told(row: Mapping[str, Any], lang: str) -> dict[str, list[Any]]:
    told: dict[str, list[Any]] = {}
    if row["served"] is not None:
        count = number(row["served"], lang)
        told["served"] = [round(row["served"], 1), count, gettext("%(count)s poor households", count=count)]
    if row["rank"] is not None:
        told["rank"] = [row["rank"], str(row["rank"]), gettext("rank %(rank)s", rank=row["rank"])]
    return told
