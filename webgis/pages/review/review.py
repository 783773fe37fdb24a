"""The PAKET review for Dinas PU: the queue, the page of one work with its checklist, and the decision.

It knows nothing about rights or states beyond asking planning. Both pages are plain HTML with plain forms; the script
adds the map, keys and marks that survive leaving the page (interface paper, section 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from webgis.auth import current_actor, current_language, pace
from webgis.pages import entrance
from webgis.pages.navigation import Place, places
from webgis.pages.proposals.site_visit import suggested_of, visit_of
from webgis.pages.review import review_form
from webgis.pages.scores.paket_view import paket_note, paket_view
from webgis.pages.site import database, desk, pages, to_sign_in
from webgis.pages.wording import labels, review_words
from webgis.pages.wording.words import words
from webgis.planning import access, regions
from webgis.planning.catalogues.review_rules import review_rules
from webgis.planning.errors import BadDocument, Conflict, PlanningError, StaleVersion
from webgis.planning.giving.sheets import XLSX
from webgis.planning.proposals import proposals
from webgis.planning.review import review_queue, transitions
from webgis.planning.review.review_changes import since_return
from webgis.planning.review.review_checklist import ANSWERS, ITEMS, STEPS, decide
from webgis.planning.review.review_compare import compare
from webgis.planning.review.review_queue import GROUPS, SORTS, Entry, Wish
from webgis.planning.review.review_table import Sum, sums, workbook
from webgis.planning.sentences.messages import gate_message
from webgis.wording import words as refusal

REFUSED: Final[Mapping[type[PlanningError], int]] = {BadDocument: 422, Conflict: 409, StaleVersion: 412}
"""Refusals that come back on the page with what was typed -> their status."""


@pages.get("/review")
def review() -> ResponseReturnValue:
    """The queue."""
    actor = current_actor()
    if not actor.signed_in:
        return to_sign_in()
    wish = wish_of(request.args)
    entries = review_queue.look(database(), desk(), actor, wish)
    waiting, decided = review_queue.queue(database(), actor), review_queue.queue(database(), actor, "decided")
    known = {entry.proposal.work_type for entry in (*waiting, *decided)}
    return render_template(
        "pages/review_queue.html",
        entries=entries,
        views={
            one.proposal.id: paket_view(one.judged.paket, current_language()) for one in entries if one.judged
        },
        paket=paket_note(current_language()),
        wish=wish,
        chosen=request.args.get("chosen", None, int),
        counts={
            key: sum(entry.proposal.state in states for entry in (*waiting, *decided))
            for key, states in GROUPS.items()
        },
        groups=tuple(GROUPS),
        sorts=SORTS,
        work_types=sorted(known),
        districts=_districts(actor),
        proposers=sorted({one.proposer for one in (*waiting, *decided) if one.proposer}),
        may_review=bool(access.regions_where(actor, "review")),
        filtered=wish != Wish(group=wish.group, sort=wish.sort),
        recap=recap_of(entries),
        overdue_days=review_rules().overdue_days,
        exports=[
            (name, f"{url_for(endpoint)}?{urlencode(request.args.to_dict())}")
            for name, endpoint in (("Excel", "pages.review_workbook"), ("PDF", "pages.review_recap_paper"))
        ],
        **beside_map(regions.bounds(database(), review_queue.regions_of(actor)[0])),
    )


@pages.get("/review/paket.xlsx")
def review_workbook() -> ResponseReturnValue:
    """The queue as it is filtered, as a workbook."""
    actor = current_actor()
    if not actor.signed_in:
        return to_sign_in()
    pace.count("file")
    entries = review_queue.look(database(), desk(), actor, wish_of(request.args))
    answer = Response(workbook(entries, recap_of(entries), current_language()), content_type=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="paket.xlsx"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.get("/review/<proposal_id>")
def review_one(proposal_id: str) -> ResponseReturnValue:
    """One work with everything a decision needs."""
    if not current_actor().signed_in:
        return to_sign_in()
    return _page(proposal_id, review_form.blank())


@pages.post("/review/<proposal_id>")
def review_decide(proposal_id: str) -> ResponseReturnValue:
    """Take a step; what is refused comes back on the page with all that was typed."""
    actor, lang = current_actor(), current_language()
    work = proposals.get_proposal(database(), actor, proposal_id)
    access.require(actor, "review", work.kelurahan)
    given = review_form.read(request.form, lang)
    names = {item: labels.label(labels.CHECKLIST, item) for item in ITEMS}
    try:
        decide(database(), actor, proposal_id, given.decision, names)
    except tuple(REFUSED) as error:
        return _page(proposal_id, given, error), REFUSED[type(error)]
    return redirect(url_for("pages.review_one", proposal_id=proposal_id), 303)


def _page(proposal_id: str, given: review_form.Given, error: PlanningError | None = None) -> str:
    actor, lang = current_actor(), current_language()
    entry = review_queue.find(database(), desk(), actor, proposal_id)
    work = entry.proposal
    steps_so_far = proposals.reviews(database(), actor, proposal_id)
    returned, changes = since_return(database(), actor, proposal_id)
    steps = transitions.possible(actor, work) if access.may(actor, "review", work.kelurahan) else ()
    return render_template(
        "pages/review_one.html",
        entry=entry,
        paket_view=paket_view(entry.judged.paket, lang) if entry.judged else None,
        paket=paket_note(lang),
        proposal=work,
        given=given,
        errors=_errors(error, lang),
        failed=[gate_message(gate, lang) for gate in entry.judged.failed] if entry.judged else [],
        items=ITEMS,
        answers=tuple(ANSWERS),
        actions=[step for step in STEPS if step in steps],
        reasons=[(reason.text(lang), reason.steps) for reason in review_rules().reasons],
        compared=compare(database(), desk(), actor, work),
        returned=returned,
        visit=visit_of(actor, work),
        suggested=suggested_of(actor, work) | {"answers": False},
        changes=review_words.changed_rows(changes, work, lang),
        steps=steps_so_far,
        answered=review_words.answered(entry, steps_so_far),
        **_neighbours(review_queue.queue(database(), actor), proposal_id),
        **beside_map(regions.region(database(), work.kelurahan).bounds),
    )


def _neighbours(waiting: tuple[Entry, ...], proposal_id: str) -> dict[str, Any]:
    """The works before and after this one in the queue, and where it stands; after a decision the first that waits."""
    ids = [entry.proposal.id for entry in waiting]
    at = ids.index(proposal_id) if proposal_id in ids else None
    following = ids[0:1] if at is None else ids[at + 1 : at + 2]
    before = [] if not at else [ids[at - 1]]
    return {
        "next_id": following[0] if following else None,
        "previous_id": before[0] if before else None,
        "at": None if at is None else at + 1,
        "of": len(ids),
    }


def _errors(error: PlanningError | None, lang: str) -> dict[str, str]:
    """Field -> why it is refused; "" for what belongs to no field."""
    if error is None:
        return {}
    if not isinstance(error, BadDocument):
        return {"": refusal(error.code, error.params, lang)}
    return {
        one.pointer.removeprefix("/").replace("/", "."): refusal(one.code, one.params, lang)
        for one in error.problems
    }


def wish_of(asked: Mapping[str, str]) -> Wish:
    """What an address asks for; unknown words fall back to the first choice."""
    group, sort = asked.get("group", ""), asked.get("sort", "")
    return Wish(
        group=group if group in GROUPS else "open",
        kelurahan=asked.get("kelurahan", "")[:40],
        work_type=asked.get("work_type", "")[:40],
        complete=asked.get("complete") == "true",
        proposer=asked.get("proposer", "")[:200],
        reviewer=(current_actor().account_id or "") if asked.get("mine") == "true" else "",
        sort=sort if sort in SORTS else SORTS[0],
    )


@dataclass(frozen=True)
class District:
    """A kecamatan with the kelurahan whose reviews somebody may read."""

    code: str
    name: str
    places: tuple[Place, ...]


def _districts(actor: access.Actor) -> list[District]:
    here = [place for place in places(database()) if access.may(actor, "read_reviews", place.code)]
    found = [
        District(one.code, one.name, tuple(place for place in here if access.covers(one.code, place.code)))
        for one in regions.list_regions(database(), "kecamatan")
    ]
    return [district for district in found if district.places]


def recap_of(entries: tuple[Entry, ...]) -> tuple[Sum, ...]:
    """The sums by kecamatan."""
    names = {item.code: item.name for item in regions.list_regions(database(), "kecamatan")}
    return sums(entries, names)


def beside_map(bounds: tuple[float, float, float, float] | None) -> dict[str, Any]:
    """What the map beside a page needs."""
    return {
        "bounds": entrance.bounds_text(bounds), "words": words(), "here": "review", "households": False,
        "role_edit": True, "grade_counts": None,
    }  # fmt: skip
