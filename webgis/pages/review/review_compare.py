"""Two to four works of the queue side by side: where they lie, what they cost, what was found, and their points.

It knows nothing about rights or scores. The works stand in the address, so that the page can be sent to a colleague.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webgis.auth import current_actor, current_language
from webgis.pages.scores.paket_view import paket_note, paket_view
from webgis.pages.site import database, desk, pages, to_sign_in
from webgis.planning.review import review_queue
from webgis.planning.review.review_checklist import ITEMS
from webgis.planning.review.review_queue import Entry

FEWEST, MOST = 2, 4
LONGEST_LIST: Final = 50
"""Ids that are looked at in an address."""


@pages.get("/review/compare")
def review_compare() -> ResponseReturnValue:
    """The chosen works beside each other; with too few or too many, back to the queue, which says so."""
    actor, lang = current_actor(), current_language()
    if not actor.signed_in:
        return to_sign_in()
    asked = request.args.getlist("work")[:LONGEST_LIST]
    found = review_queue.side_by_side(database(), desk(), actor, asked)
    if not FEWEST <= len(found) <= MOST:
        return redirect(url_for("pages.review", chosen=len(found)), 303)
    return render_template(
        "pages/review_compare.html",
        entries=found,
        items=ITEMS,
        views=[paket_view(one.judged.paket, lang) if one.judged else None for one in found],
        best=_best(found),
        paket=paket_note(lang),
        here="review",
    )


def _best(entries: Sequence[Entry]) -> dict[str, float | None]:
    """Row -> the value that is best in it, None where all are alike: high scores, shares of others, low costs."""
    rows: dict[str, list[float]] = {
        "score": [round(one.judged.score, 1) for one in entries if one.judged],
        "cost": [-one.proposal.cost for one in entries],
        "served": [one.judged.served.least for one in entries if one.judged],
        "others": [round(one.money.others / one.money.total, 2) for one in entries],
        "price": [-abs(round(one.price.deviation, 2)) for one in entries],
    }
    return {
        name: max(values) if values and max(values) > min(values) else None for name, values in rows.items()
    }
