"""What became of a proposal: every version with the fields it changed and both shapes, and the way back to one.

It knows nothing about who may read what, which `planning.proposals.history` decides. The page works without scripts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webgis.auth import current_actor, current_language
from webgis.pages.drawing import sketch
from webgis.pages.drawing.sketch import Sketch
from webgis.pages.site import database, pages
from webgis.pages.wording import review_words
from webgis.pages.wording.review_words import Row
from webgis.planning.proposals import proposals
from webgis.planning.proposals.proposals import ProposalView
from webgis.planning.proposals.restoring import restore_version
from webgis.planning.reasons import in_words
from webgis.planning.review.review_changes import differences


@dataclass(frozen=True)
class Version:
    """One version in words; state: the one it moved to, shapes: before and after, current: the one that holds."""

    number: int
    at: dt.datetime
    author: str
    reason: str
    state: str | None
    rows: list[Row]
    shapes: tuple[Sketch, Sketch] | None
    current: bool


@pages.get("/usulan/<proposal_id>/riwayat")
def proposal_history(proposal_id: str) -> str:
    """Every version of a proposal, newest first, and who decided what."""
    actor = current_actor()
    work = proposals.get_proposal(database(), actor, proposal_id)
    changes = proposals.history(database(), actor, proposal_id)
    return render_template(
        "pages/history.html",
        proposal=work,
        versions=[_version(change, work) for change in reversed(changes)],
        steps=proposals.reviews(database(), actor, proposal_id),
        here="list",
    )


@pages.post("/usulan/<proposal_id>/riwayat")
def restore_from_history(proposal_id: str) -> ResponseReturnValue:
    """Bring an earlier version back."""
    wanted, seen = request.form.get("version", type=int), request.form.get("seen", type=int)
    restore_version(database(), current_actor(), proposal_id, wanted or 0, seen)
    return redirect(url_for("pages.proposal_history", proposal_id=proposal_id), 303)


def _version(change: dict[str, Any], work: ProposalView) -> Version:
    lang, changed = current_language(), change["changed"]
    made = change["action"] == "insert"
    rows = review_words.changed_rows(differences([changed]), work, lang)
    geom = {} if made else changed.get("geom") or {}
    return Version(
        number=change["version"],
        at=change["at"],
        author=change["author"],
        reason=in_words(change["reason"], lang) or "",
        state=None if made else (changed.get("state") or {}).get("new"),
        rows=[] if made else [row for row in rows if row.old != row.new or not row.old],
        shapes=sketch.before_and_after(database(), geom.get("old"), geom.get("new")),
        current=change["version"] == work.version,
    )
