"""What everybody may read without an account: the map, the cards of proposals, the lists by RW.

It knows nothing about households: no figure here comes from them, since two answers could be subtracted.
The lists and the pages work without scripts and without a map (interface paper, section 3).
"""

from __future__ import annotations

from flask import Response, render_template, request

from webgis.auth import current_actor, current_language, pace, sign_up_open
from webgis.pages import navigation
from webgis.pages.entrance import look_at
from webgis.pages.proposals.talk import talk_of
from webgis.pages.public import listed
from webgis.pages.public.proposal_page import in_the_plan
from webgis.pages.site import database, pages
from webgis.pages.wording.words import words
from webgis.planning.access import PUBLIC
from webgis.planning.errors import BadDocument, Problem
from webgis.planning.giving import phone_map
from webgis.planning.giving.summary import public_summary
from webgis.planning.proposals import proposals


@pages.get("/")
def public_map() -> str:
    """The map of plans; the panel shows what lies in view."""
    code = request.args.get("code", "")
    look = look_at(database(), code)
    box = box_of(look["bounds"])
    return render_template(
        "pages/public_map.html",
        words=words(),
        here="map",
        switch_to="pages.public_map",
        **look,
        **_in_view(box),
    )


@pages.get("/panel/summary")
def summary() -> str:
    """Three plain figures and the proposals in view."""
    return render_template("fragments/summary.html", **_in_view(box_of(request.args.get("bbox", ""))))


@pages.get("/panel/proposal/<proposal_id>")
def card(proposal_id: str) -> str:
    """The public card of a proposal."""
    proposal = proposals.get_proposal(database(), PUBLIC, proposal_id)
    return render_template(
        "fragments/card.html",
        proposal=proposal,
        steps=proposals.reviews(database(), PUBLIC, proposal_id),
        standing=in_the_plan(proposal),
        talk=talk_of(current_actor(), proposal, on_page=False),
        sign_up=sign_up_open(),
    )


@pages.get("/panel/search")
def search() -> str:
    """Places and proposals that fit some words, for the search box of both maps."""
    wanted, code = request.args.get("q", "").strip()[:80], request.args.get("kelurahan", "")
    found = listed.search(database(), current_actor(), wanted, code, current_language())
    return render_template("fragments/search.html", found=found, wanted=wanted)


@pages.get("/usulan")
def list_by_rw() -> str:
    """All proposals by RW, as plain lists."""
    asked = {name: request.args.get(name, "").strip()[:80] for name in ("kelurahan", "work_type", "q")}
    known = navigation.places(database())
    view = listed.by_rw(database(), asked, known)
    return render_template("pages/list_by_rw.html", view=view, asked=asked, places_all=known, here="list")


@pages.get("/map/<code>.html")
def phone_page(code: str) -> Response:
    """The stand-alone map of a kelurahan, one file to send by phone."""
    pace.count("file")
    text = phone_map.render(database(), code, current_language())
    answer = Response(text, mimetype="text/html")
    answer.headers["Content-Disposition"] = f'attachment; filename="peta-{code}.html"'
    return answer


def _in_view(box: tuple[float, float, float, float] | None) -> dict[str, object]:
    return {
        "summary": public_summary(database(), box),
        "found": proposals.list_proposals(database(), PUBLIC, bbox=box, limit=50),
    }


def box_of(text: str) -> tuple[float, float, float, float] | None:
    """West, south, east, north of a bbox argument; None if there is none. Raises BadDocument."""
    if not text:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise BadDocument([Problem("/bbox", "bad_request")]) from None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BadDocument([Problem("/bbox", "bad_request")])
    return west, south, east, north
