"""What an open workspace asks every half minute: is anything new, and who else is here.

It knows nothing about what is done with the answer (static/src/page/others.ts). Mostly it is 304 without a body.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict

from flask import Response, jsonify, request

from webgis.auth import current_actor
from webgis.pages.navigation import initials
from webgis.pages.site import database, pages
from webgis.planning.people import presence


@pages.get("/plan/<code>/pulse")
def pulse(code: str) -> Response:
    """Stamps of layers, other people, and the version of the proposal that is open (?p=)."""
    found = presence.look_in(database(), current_actor(), code, request.args.get("p", ""))
    others = [{**asdict(one), "initials": initials(one.name)} for one in found.others]
    response = jsonify(stamps=dict(found.stamps), others=others, version=found.version)
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:24])
    response.headers["Cache-Control"] = "private, no-store"
    response.make_conditional(request)
    return response
