"""How a proposal hangs together with others, in its pane: what rules find, what people say, and a relation they add.

It knows nothing about rules or what a plan makes of it. The piece is fetched after the pane and swapped alone, so that
a verdict leaves what is being typed above it as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, get_args

from flask import render_template, request
from flask_babel import gettext

from webgis.auth import current_actor, current_language
from webgis.pages.site import database, desk, pages
from webgis.pages.wording.labels import N_
from webgis.planning import access
from webgis.planning.catalogues.vocabulary import OPEN_STATES
from webgis.planning.effects import relating
from webgis.planning.effects.relating import RelatedWork, Said
from webgis.planning.errors import BadDocument, Conflict, NotFound, PlanningError
from webgis.planning.judging.verdicts import Outcome, Role
from webgis.planning.proposals import proposals
from webgis.wording import words

FOUND: Final[Mapping[Role, str]] = {
    "duplicate": N_("Perhaps the same as"),
    "conflict": N_("Perhaps on the same ground as"),
    "before": N_("Perhaps needs first"),
    "after": N_("Perhaps to be built before"),
    "synergy": N_("Perhaps does more together with"),
}
SURE: Final[Mapping[Role, str]] = {
    "duplicate": N_("The same as"),
    "conflict": N_("On the same ground as"),
    "before": N_("Useful only after"),
    "after": N_("To be built before"),
    "synergy": N_("Does more together with"),
}
NOT: Final[Mapping[Role, str]] = {
    "duplicate": N_("Not the same as"),
    "conflict": N_("Not on the same ground as"),
    "before": N_("Useful without"),
    "after": N_("Need not be built before"),
    "synergy": N_("Does no more together with"),
}
_SAID: Final = {"open": FOUND, "confirmed": SURE, "dismissed": NOT}


@dataclass(frozen=True)
class Row:
    """A relation in words; wrong: why what was just said of it is refused, typed: what was said then."""

    of: RelatedWork
    said: str
    wrong: str = ""
    typed: str = ""


@pages.get("/plan/<code>/panel/proposals/<proposal_id>/relations")
def panel_relations(code: str, proposal_id: str) -> str:
    """The relations of a proposal."""
    return _relations(code, proposal_id)


@pages.post("/plan/<code>/panel/proposals/<proposal_id>/relations")
def panel_relations_said(code: str, proposal_id: str) -> str:
    """Say something of a relation; what is refused is said beside it."""
    actor, lang, sent = current_actor(), current_language(), request.form
    access.require(actor, "relate", code)
    other, role, outcome = sent.get("other", ""), sent.get("role", ""), sent.get("outcome", "")
    if role not in get_args(Role) or outcome not in get_args(Outcome):
        raise NotFound("no_relation")
    said = Said(outcome, sent.get("reason", ""), sent.get("version", 0, int))  # type: ignore[arg-type]
    wrong = ""
    if not other:
        wrong = words("group_of_one", {}, lang)
    else:
        try:
            relating.judge(database(), desk(), actor, proposal_id, other, role, said)  # type: ignore[arg-type]
        except (BadDocument, Conflict) as error:
            wrong = _refusal(error, lang)
    return _relations(code, proposal_id, {(other, role): (wrong, said.reason)} if wrong else {})


def _refusal(error: PlanningError, lang: str) -> str:
    first = error.problems[0] if isinstance(error, BadDocument) else error
    return words(first.code, first.params, lang)


def _relations(
    code: str, proposal_id: str, refused: Mapping[tuple[str, str], tuple[str, str]] | None = None
) -> str:
    """The piece; refused: other and role -> why what was said is refused, and what was typed."""
    actor, refused = current_actor(), dict(refused or {})
    access.require(actor, "see_workspace", code)
    found = relating.relations_of(database(), desk(), actor, proposal_id)
    proposal = proposals.get_proposal(database(), actor, proposal_id)
    if proposal.kelurahan != code:
        raise NotFound("no_proposal")
    rows = [
        Row(
            one,
            str(gettext(_SAID[one.link.outcome][one.role])),
            *refused.pop((one.work.id, one.role), ("", "")),
        )
        for one in found
    ]
    may_say = access.may(actor, "relate", code)
    others = (
        proposals.list_proposals(database(), actor, kelurahan=code, state=OPEN_STATES, limit=5_000).items
        if may_say
        else ()
    )
    return render_template(
        "fragments/relations.html",
        proposal=proposal,
        rows=rows,
        may_say=may_say,
        others=sorted((item for item in others if item.id != proposal_id), key=lambda item: item.title),
        roles=[(role, str(gettext(name))) for role, name in SURE.items()],
        own=next(iter(refused.items()), None),
        code=code,
    )
