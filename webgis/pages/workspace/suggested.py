"""The planner's answer to a suggested shape, given in the workspace; the pane comes back as it then is.

It knows nothing about drawing; the map shows the shape that the piece carries.
"""

from __future__ import annotations

from typing import Any

from flask import request

from webgis.auth import current_actor, current_language
from webgis.pages.site import database, pages
from webgis.pages.workspace.workspace import proposal_pane
from webgis.planning.errors import BadDocument
from webgis.planning.review import suggestions
from webgis.wording import words


@pages.post("/plan/<code>/panel/proposals/<proposal_id>/suggestion")
def decide_suggestion(code: str, proposal_id: str) -> str:
    """Take the suggested shape, or decline it with a reason."""
    db, actor, reason = database(), current_actor(), request.form.get("reason", "")
    said: dict[str, Any] = {}
    if request.form.get("accept") == "yes":
        suggestions.accept(db, actor, proposal_id, request.form.get("version", type=int))
    else:
        try:
            suggestions.decline(db, actor, proposal_id, reason)
        except BadDocument as error:
            fault = error.problems[0]
            said = {"said": reason, "problem": words(fault.code, fault.params, current_language())}
    return proposal_pane(code, proposal_id, **said)
