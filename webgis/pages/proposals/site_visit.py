"""Notes of a site visit under a work: the list that reviewers and planners read, and the form that ticks one off.

It knows nothing about writing notes, which needs a device with a position and goes through the API.
"""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webgis.auth import current_actor, current_language
from webgis.pages.site import database, pages
from webgis.planning import access
from webgis.planning.access import Actor
from webgis.planning.errors import BadDocument
from webgis.planning.proposals import proposals
from webgis.planning.proposals.proposals import ProposalView
from webgis.planning.review import site_notes, suggestions
from webgis.wording import words


@pages.post("/usulan/<proposal_id>/catatan-lapangan/<note_id>")
def answer_site_note(proposal_id: str, note_id: str) -> ResponseReturnValue:
    """Tick a note off; a script gets the list anew, others the work in the workspace."""
    actor, said = current_actor(), request.form.get("answer", "")
    problem = ""
    try:
        site_notes.answer_note(database(), actor, proposal_id, note_id, said)
    except BadDocument as error:
        problem = words(error.problems[0].code, error.problems[0].params, current_language())
    work = proposals.get_proposal(database(), actor, proposal_id)
    if "X-Fragment" in request.headers:
        visit = visit_of(actor, work, problem=problem, wrong=note_id if problem else "", said=said)
        return render_template("fragments/site_notes.html", visit=visit)
    return redirect(f"{url_for('pages.plan', code=work.kelurahan)}#&p={proposal_id}", 303)


def visit_of(actor: Actor, work: ProposalView, **said: Any) -> dict[str, Any]:
    """What the list of notes shows, none without the right; problem, wrong, said: what was wrong with which answer."""
    reads = access.may(actor, "read_papers", work.kelurahan)
    return {
        "proposal": work,
        "notes": site_notes.list_notes(database(), actor, work.id) if reads else (),
        "answers": access.may(actor, "propose", work.kelurahan),
        **said,
    }


def suggested_of(actor: Actor, work: ProposalView, **said: Any) -> dict[str, Any]:
    """What the list of suggested shapes shows, none without the right; problem, said: what was wrong with a reason."""
    reads = access.may(actor, "read_papers", work.kelurahan)
    return {
        "all": suggestions.list_suggestions(database(), actor, work.id) if reads else (),
        "answers": access.may(actor, "propose", work.kelurahan),
        **said,
    }
