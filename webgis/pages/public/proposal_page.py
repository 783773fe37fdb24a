"""The page of a proposal, which a link, a QR code or a printed slip leads to.

It knows nothing about the map; the page reads without scripts. The proposal itself is shown as the public sees it,
whoever looks, so that what one checks before sharing a link is what others will see.
"""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request, url_for

from webgis.auth import current_actor, current_language, sign_up_open
from webgis.pages.drawing import sketch
from webgis.pages.plans import planned
from webgis.pages.proposals.talk import talk_of
from webgis.pages.public import shared
from webgis.pages.site import database, pages, rw_name, state_name
from webgis.pages.wording import formats
from webgis.planning import regions
from webgis.planning.access import PUBLIC, may
from webgis.planning.catalogues.vocabulary import EDITABLE_STATES
from webgis.planning.plans import masterplans
from webgis.planning.plans.masterplans import Waiting
from webgis.planning.proposals import proposals
from webgis.planning.proposals.proposals import ProposalView


@pages.get("/usulan/<proposal_id>")
def proposal_page(proposal_id: str) -> str:
    """The page of a proposal that a link or a QR code leads to."""
    return show_proposal(proposal_id, gone=request.args.get("gone", "")[:36])


@pages.get("/usulan/<proposal_id>/gambar.png")
def proposal_picture(proposal_id: str) -> Response:
    """The picture of a shared link."""
    found = proposals.get_proposal(database(), PUBLIC, proposal_id)
    return shared.picture(
        shared.Shown(
            found.title,
            " · ".join(
                (
                    found.kelurahan_name,
                    *((rw_name(found.rw),) if found.rw else ()),
                    formats.short_money(found.cost, current_language()),
                    state_name(found.state),
                )
            ),
            found.geometry,
        )
    )


@pages.get("/usulan/<proposal_id>/qr.svg")
def proposal_code(proposal_id: str) -> Response:
    """The address of the page as a QR code, for printed slips."""
    proposals.get_proposal(database(), PUBLIC, proposal_id)
    return shared.code(url_for("pages.proposal_page", proposal_id=proposal_id, _external=True))


def show_proposal(proposal_id: str, **said: Any) -> str:
    """The page of a proposal; said: what was wrong with what this caller has just sent (`pages.talk`)."""
    proposal = proposals.get_proposal(database(), PUBLIC, proposal_id)
    around = regions.region(database(), proposal.rw or proposal.kelurahan).geometry
    return render_template(
        "pages/proposal.html",
        proposal=proposal,
        steps=proposals.reviews(database(), PUBLIC, proposal_id),
        talk=talk_of(current_actor(), proposal, on_page=True, **said),
        sign_up=sign_up_open(),
        may_mend=proposal.state in EDITABLE_STATES and may(current_actor(), "propose", proposal.kelurahan),
        standing=in_the_plan(proposal),
        picture=sketch.sketch(database(), proposal.geometry, around),
        here="list",
    )


def in_the_plan(proposal: ProposalView) -> dict[str, object] | None:
    """What the kelurahan's masterplan says of a proposal: its year, or why it waits; None if it says nothing."""
    plan = masterplans.masterplan(database(), proposal.kelurahan)
    found = plan.of(proposal.id) if plan else None
    if plan is None or found is None:
        return None
    waits = isinstance(found, Waiting)
    why = planned.why_waiting(found, plan, current_language()) if isinstance(found, Waiting) else ""
    return {"plan": plan, "work": found, "waits": waits, "why": why}
