"""The forms under a proposal: comment, hide, support, add and delete photos and papers.

It knows nothing about limits or rights. Every form works without scripts, by a redirect back to the page; a script that
asks for a fragment gets the piece itself, with what is wrong said in it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webgis.auth import current_actor, current_language, sign_up_open
from webgis.context import context
from webgis.pages.proposals.talk import talk_of
from webgis.pages.public.proposal_page import show_proposal
from webgis.pages.site import database, pages
from webgis.planning.access import Actor
from webgis.planning.community import comments, support
from webgis.planning.errors import BadDocument, NotAllowed, PlanningError, SignInNeeded, TooOften
from webgis.planning.proposals import attachments, proposals
from webgis.planning.proposals.attachments import LARGEST
from webgis.planning.proposals.proposals import ProposalView
from webgis.wording import words


@pages.get("/usulan/<proposal_id>/bawah")
def talk(proposal_id: str) -> str:
    """The piece alone."""
    return _fragment(proposals.get_proposal(database(), current_actor(), proposal_id))


@pages.post("/usulan/<proposal_id>/komentar")
def say(proposal_id: str) -> ResponseReturnValue:
    """Comment."""
    place = None
    if request.form.get("lon") and request.form.get("lat"):
        place = (request.form.get("lon", 999.0, float), request.form.get("lat", 999.0, float))
    return _done(
        proposal_id,
        "talk",
        lambda db, actor: comments.add_comment(
            db, actor, proposal_id, request.form.get("body", ""), place, request.remote_addr or "unknown"
        ),
    )


@pages.post("/usulan/<proposal_id>/komentar/<comment_id>/sembunyikan")
def hide(proposal_id: str, comment_id: str) -> ResponseReturnValue:
    """Hide a comment with a reason, or show it again (without `reason` in the form)."""
    if "reason" not in request.form:
        return _done(
            proposal_id, "talk", lambda db, actor: comments.show_comment(db, actor, proposal_id, comment_id)
        )
    reason = request.form["reason"]
    return _done(
        proposal_id,
        "talk",
        lambda db, actor: comments.hide_comment(db, actor, proposal_id, comment_id, reason),
    )


@pages.post("/usulan/<proposal_id>/komentar/<comment_id>/tarik")
def take_back(proposal_id: str, comment_id: str) -> ResponseReturnValue:
    """Take one's own comment back."""
    return _done(
        proposal_id, "talk", lambda db, actor: comments.take_back(db, actor, proposal_id, comment_id)
    )


@pages.post("/usulan/<proposal_id>/dukungan")
def back(proposal_id: str) -> ResponseReturnValue:
    """Support, or no longer."""
    wanted, address = request.form.get("wanted") == "yes", request.remote_addr or "unknown"
    return _done(
        proposal_id,
        "support",
        lambda db, actor: support.set_support(db, actor, proposal_id, wanted, address),
    )


@pages.post("/usulan/<proposal_id>/foto")
def add_file(proposal_id: str) -> ResponseReturnValue:
    """Add a photo or paper."""
    sent = next((file for file in request.files.getlist("file") if file.filename), None)
    content = sent.stream.read(LARGEST + 1) if sent else b""
    place = None
    if request.form.get("keep_place") and request.form.get("lon") and request.form.get("lat"):
        place = (request.form.get("lon", 999.0, float), request.form.get("lat", 999.0, float))
    return _done(
        proposal_id,
        "photos",
        lambda db, actor: attachments.attach(
            db, _folder(), actor, "proposal", proposal_id, content,
            kind=request.form.get("kind", ""), caption=request.form.get("caption", ""), place=place,
        ),
    )  # fmt: skip


@pages.post("/usulan/<proposal_id>/foto/<attachment_id>/hapus")
def remove_file(proposal_id: str, attachment_id: str) -> ResponseReturnValue:
    """Delete a photo or paper; the page then offers to bring it back."""
    return _done(
        proposal_id,
        "photos",
        lambda db, actor: attachments.delete_attachment(db, _folder(), actor, attachment_id),
        gone=attachment_id,
    )


@pages.post("/usulan/<proposal_id>/foto/<attachment_id>/kembalikan")
def restore_file(proposal_id: str, attachment_id: str) -> ResponseReturnValue:
    """Bring a deleted photo or paper back."""
    return _done(
        proposal_id, "photos", lambda db, actor: attachments.restore_attachment(db, actor, attachment_id)
    )


def _done(
    proposal_id: str, part: str, act: Callable[[Any, Actor], object], gone: str = ""
) -> ResponseReturnValue:
    """Do it and show what became of it, or what is wrong, where it was asked."""
    actor, alone = current_actor(), "X-Fragment" in request.headers
    said: dict[str, Any] = {"gone": gone}
    status = 422
    try:
        act(database(), actor)
    except SignInNeeded:
        if alone:
            raise
        page = url_for("pages.proposal_page", proposal_id=proposal_id)
        return redirect(url_for("pages.login", next=page), 303)
    except PlanningError as error:
        if not isinstance(error, BadDocument) and alone:
            raise
        fault = error.problems[0] if isinstance(error, BadDocument) else error
        text = words(fault.code, fault.params, current_language())
        said = {"problem": text, "part": part, "given": request.form}
        status = 403 if isinstance(error, NotAllowed) else 429 if isinstance(error, TooOften) else 422
    if alone:
        return _fragment(proposals.get_proposal(database(), actor, proposal_id), **said)
    if said.get("problem"):
        return show_proposal(proposal_id, **said), status
    page = url_for("pages.proposal_page", proposal_id=proposal_id, gone=gone or None)
    return redirect(f"{page}#{part}", 303)


def _fragment(proposal: ProposalView, **said: Any) -> str:
    on_page = request.headers.get("X-Fragment") == "page"
    return render_template(
        "fragments/talk.html",
        talk=talk_of(current_actor(), proposal, on_page=on_page, **said),
        sign_up=sign_up_open(),
    )


def _folder() -> Path:
    return context().settings.data_dir / "attachments"
