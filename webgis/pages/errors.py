"""Error pages in the look of the site: what happened, why, and a way back.

It knows nothing about which error has which status; webgis.problems decides and calls this.
A page about an error must never fail itself: where the layout cannot be rendered, plain words remain.
"""

from __future__ import annotations

import logging
import secrets

from flask import render_template
from flask_babel import gettext
from markupsafe import escape
from werkzeug.exceptions import SecurityError

from webgis.auth import current_language
from webgis.context import context
from webgis.planning.errors import PlanningError
from webgis.store.faults import fault_of
from webgis.wording import title, words

LOG = logging.getLogger("webgis")


def error_page(status: int, error: Exception | None = None) -> tuple[str, int]:
    """The page for a status, with the words of the refusal if planning made it."""
    code = secrets.token_hex(2).upper() if status >= 500 else ""
    if code:
        LOG.error("error page %s has the code %s", status, code)
    lang = current_language()
    # Asked under another host's name: no link of the layout can be made.
    if isinstance(error, SecurityError):
        site = context().settings.site
        return _bare(status, lang, words("other_host", {"site": site}, lang), site), status
    try:
        heading, text = title(status, lang), _text(status, error, lang)
        return render_template("pages/error.html", status=status, title=heading, text=text, code=code), status
    except Exception:  # the last resort: the database may be what is broken
        LOG.exception("the error page itself failed")
        return _bare(status, lang, f"{words('broken_page', {}, lang)} {code}", "/"), status


def _text(status: int, error: Exception | None, lang: str) -> str:
    if isinstance(error, PlanningError):
        return words(error.code, error.params, lang)
    if error is not None and (fault := fault_of(error)):
        return words(fault, {}, lang)
    if status == 404:
        return str(gettext("There is nothing at this address. Look for the place or the proposal by name."))
    if status == 403:
        return str(gettext("This account may not open this page."))
    if status >= 500:
        return str(
            gettext("Something broke on our side. What you saved is safe; please try again in a moment.")
        )
    return str(gettext("The request could not be answered."))


def _bare(status: int, lang: str, said: str, home: str) -> str:
    back = "Back to the map" if lang == "en" else "Kembali ke peta"
    return (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{status} · Peta Swadaya</title>'
        f'<p>{escape(said)}</p><p><a href="{escape(home)}">{back}</a></p></html>'
    )
