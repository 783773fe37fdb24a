"""The list behind the bell, and how somebody wants to be told.

It knows nothing about who is told of what. Opening the list reads it: what was new is marked in it this once.
"""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webgis.auth import csrf_token, current_actor, current_language
from webgis.pages.site import database, pages, to_sign_in
from webgis.planning.community import notices

SHOWN = 50


@pages.get("/notices")
def notices_page() -> ResponseReturnValue:
    """What the caller was told, newest first."""
    actor = current_actor()
    if not actor.signed_in:
        return to_sign_in()
    page = max(1, min(request.args.get("page", 1, int), 10_000))
    found = notices.list_notices(database(), actor, current_language(), SHOWN, (page - 1) * SHOWN)
    if found.items and csrf_token():
        notices.mark_read(database(), actor, found.items[0].id)
    return render_template(
        "pages/notices.html",
        found=[(notice, notices.where(actor, notice)) for notice in found.items],
        page=page,
        more=page * SHOWN < found.total,
        here="notices",
    )


@pages.post("/account/notices")
def account_notices() -> ResponseReturnValue:
    """Choose how to be told."""
    if not csrf_token():
        return to_sign_in()
    notices.choose_way(database(), current_actor(), request.form.get("way", ""), current_language())
    return redirect(url_for("pages.account", done="notices"), 303)
