"""The planning workspace of a kelurahan and the fragments of its panel.

It knows nothing about drawing; the scripts draw, planning decides, these routes put the answers into words.
Every fragment is a page's part that is useful alone, so the panel can be swapped without a framework.
"""

from __future__ import annotations

from typing import Any, Final

import shapely
from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from webgis.auth import current_actor, current_language
from webgis.pages.entrance import enter
from webgis.pages.mapping import profile
from webgis.pages.mapping.many import bulk_choices, table_columns
from webgis.pages.proposals.form import blank_form, proposal_form, work_groups
from webgis.pages.proposals.sent import read_draft
from webgis.pages.proposals.site_visit import suggested_of, visit_of
from webgis.pages.proposals.talk import talk_of
from webgis.pages.public.reports import REPORTS, report_list
from webgis.pages.rankings.late_ranks import ranks_of_list
from webgis.pages.scores import standing
from webgis.pages.site import database, desk, pages, to_sign_in
from webgis.pages.wording.words import words
from webgis.planning import access, regions
from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.catalogues.vocabulary import EDITABLE_STATES, OPEN_STATES, STATES
from webgis.planning.errors import BadDocument, NotFound, PlanningError, Problem
from webgis.planning.fields import today
from webgis.planning.mapping import slum_totals, slums
from webgis.planning.mapping.assets import CONDITIONS
from webgis.planning.mapping.household_drafts import REGISTERS
from webgis.planning.mapping.slum_treatment import settings
from webgis.planning.places import cut_at_border
from webgis.planning.proposals import completeness, proposals
from webgis.planning.proposals.drafts import ProposalDraft, computed_cost
from webgis.planning.proposals.proposals import ProposalView
from webgis.planning.review import transitions
from webgis.planning.rows import Page
from webgis.planning.shapes import read_shape

MOST_LISTED: Final = 500
MOST_NARROWED: Final = 5_000
"""How many proposals of a filter the map shows beyond those that are listed."""


@pages.get("/plan/<code>")
def plan(code: str) -> ResponseReturnValue:
    """The workspace page, with the list of proposals, or (?panel=reports) that of reports, where a notice leads.

    With the header X-Shell it comes without lists, for a device to keep (decision 46).
    """
    if not current_actor().signed_in:
        return to_sign_in()
    if not access.may(current_actor(), "see_workspace", code):
        regions.region(database(), code)  # a mistyped address is no question of rights
    access.require(current_actor(), "see_workspace", code)
    listed: dict[str, Any] = {"found": None, "role_edit": access.may(current_actor(), "propose", code)}
    if "X-Shell" not in request.headers:
        of_reports = request.args.get("panel") == "reports" and access.may(current_actor(), "moderate", code)
        listed |= {"first": REPORTS, **report_list(code)} if of_reports else _proposal_list(code)
    entered = enter(database(), current_actor(), code)
    return render_template(
        "pages/workspace.html", words=words(), here="plan", switch_to="pages.plan", **entered, **listed
    )


@pages.get("/plan/<code>/panel/proposals")
def panel_proposals(code: str) -> str:
    """The list of proposals, filtered."""
    access.require(current_actor(), "see_workspace", code)
    return render_template("fragments/proposals.html", **_proposal_list(code))


@pages.get("/plan/<code>/panel/table")
def panel_table(code: str) -> str:
    """The proposals as a table: the same filter as the list, values beside words for sorting and editing."""
    access.require(current_actor(), "see_workspace", code)
    return render_template("fragments/table.html", columns=table_columns(), **_proposal_list(code))


@pages.get("/plan/<code>/panel/many")
def panel_many(code: str) -> str:
    """The dialog that changes many proposals at once."""
    access.require(current_actor(), "propose", code)
    return render_template("fragments/many.html", **bulk_choices(current_language()))


@pages.get("/plan/<code>/panel/proposals/<proposal_id>")
def panel_proposal(code: str, proposal_id: str) -> str:
    """One proposal: figures, score, warnings, form or facts, steps."""
    return proposal_pane(code, proposal_id)


def proposal_pane(code: str, proposal_id: str, **said: Any) -> str:
    """The pane of one proposal; said, problem: what was typed about a suggested shape and why it was refused."""
    actor, lang = current_actor(), current_language()
    access.require(actor, "see_workspace", code)
    proposal = proposals.get_proposal(database(), actor, proposal_id)
    if proposal.kelurahan != code:
        raise NotFound("no_proposal")
    actions = [name for name in transitions.possible(actor, proposal) if name != "submit"]
    if proposal.editable:
        gaps = _gaps(
            proposals.draft_of(proposal), proposal.cost, computed_cost(proposal.type, proposal.volume)
        )
    else:
        gaps = completeness.for_verifying(proposal.readiness) if "verify" in actions else ()
    return render_template(
        "fragments/proposal.html",
        **gap_words(gaps, mine=proposal.editable),
        proposal=proposal,
        form=proposal_form(proposal, lang),
        standing=standing.of_proposal(database(), desk(), actor, proposal, lang),
        steps=proposals.reviews(database(), actor, proposal_id),
        actions=actions,
        code=code,
        role_edit=access.may(actor, "propose", code),
        talk=talk_of(actor, proposal, on_page=False),
        visit=visit_of(actor, proposal),
        suggested=suggested_of(actor, proposal, **said),
    )


@pages.get("/plan/<code>/panel/new")
def panel_new(code: str) -> str:
    """The chooser of work types, or an empty form for one."""
    access.require(current_actor(), "propose", code)
    key, lang = request.args.get("work_type", ""), current_language()
    if not key:
        return render_template("fragments/choose_type.html", groups=work_groups(lang), code=code)
    return render_template("fragments/new_proposal.html", form=blank_form(key, lang), code=code)


@pages.get("/plan/<code>/panel/new/forms")
def panel_new_forms(code: str) -> str:
    """Choosers, empty forms and the frames of saved things at once, for devices to keep while they have a network."""
    actor, lang = current_actor(), current_language()
    access.require(actor, "propose", code)
    maps = access.may(actor, "map_facts", code)
    groups = work_groups(lang)
    return render_template(
        "fragments/all_new.html",
        groups=groups,
        forms=[blank_form(work.key, lang) for _, works in groups for work in works],
        editable_states=EDITABLE_STATES,
        kinds=list(catalogue().asset_kinds.values()) if maps else (),
        conditions=CONDITIONS,
        sees_households=maps and access.may(actor, "see_households", code),
        registers=REGISTERS,
        today=today(),
        code=code,
    )


@pages.post("/plan/<code>/panel/preview")
def panel_preview(code: str) -> str:
    """Figures, score and warnings of what is being drawn; a fault is shown where the figures would be."""
    actor, lang = current_actor(), current_language()
    access.require(actor, "see_workspace", code)
    try:
        draft, proposal_id = read_draft(request.get_json())
        found = standing.of_draft(database(), desk(), actor, draft, proposal_id, lang)
    except PlanningError as error:
        regions.name_region(database(), error)
        return render_template(
            "fragments/preview_fault.html", faults=standing.faults(error, lang), cut=_cut(code, error)
        )
    gaps = _gaps(draft, found.cost, found.computed.cost if found.computed else found.cost)
    return render_template("fragments/preview.html", standing=found, **gap_words(gaps, mine=True))


@pages.get("/plan/<code>/panel/slums")
def panel_slums(code: str) -> str:
    """The form of the whole kelurahan, then the RT of the slum decree by grade, worst first; or the one in `area`."""
    access.require(current_actor(), "see_workspace", code)
    if area := request.args.get("area"):
        return panel_slum(code, area)
    areas = slums.slum_areas(database(), code)
    return render_template(
        "fragments/slums.html",
        groups=profile.by_grade(areas),
        totals=profile.totals(areas),
        formless=[one for one in slums.formless_areas(database(), code) if one["level"] == "rt"],
        whole=profile.summed_view(slum_totals.kelurahan_form(database(), code)),
        kawasan=slum_totals.kawasan_of(database(), code),
        left=slums.left_since_first(database(), code),
        exit_rule=settings().exit_rule,
        code=code,
    )


@pages.get("/plan/<code>/panel/slums/<area>")
def panel_slum(code: str, area: str) -> str:
    """The form of one RT: 16 criteria, years side by side, doubts; of a kawasan also that of its RT together."""
    actor = current_actor()
    access.require(actor, "see_workspace", code)
    found = slums.profile(database(), area)
    if found.kelurahan != code:
        raise NotFound("no_slum_area", region=area)
    view = profile.profile_view(found, request.args.get("year", type=int))
    whole = next((one for one in slum_totals.kawasan_of(database(), code) if one.code == found.code), None)
    return render_template(
        "fragments/slum_profile.html",
        profile=view,
        form=view.form,
        kawasan=whole,
        whole=profile.summed_view(whole.form) if whole else None,
        members=[one for one in slums.slum_areas(database(), code) if one.code in whole.rt] if whole else (),
        maps=access.may(actor, "map_facts", code),
        this_year=today().year,
        exit_rule=settings().exit_rule,
        code=code,
    )


def _gaps(draft: ProposalDraft, cost: int, computed: int) -> tuple[completeness.Gap, ...]:
    """What a draft lacks before it is submitted; cost and computed cost in rupiah."""
    unexplained = completeness.unexplained_cost(draft.cost, computed, draft.cost_reason)
    return completeness.for_submitting(draft.description, cost, draft.funding, unexplained)


def _cut(code: str, error: PlanningError) -> str | None:
    """What is left of the shape sent when it is cut at the border, as GeoJSON, where that mends the refusal."""
    if not isinstance(error, BadDocument) or [one.code for one in error.problems] != ["outside_kelurahan"]:
        return None
    shape = read_shape(request.get_json()["geometry"])
    left = None if isinstance(shape, Problem) else cut_at_border(database(), code, shape)
    return None if left is None else str(shapely.to_geojson(left))


def gap_words(gaps: tuple[completeness.Gap, ...], mine: bool) -> dict[str, Any]:
    """What the fragment of gaps needs; mine: the reader can mend them, so they lead to their fields."""
    title = (
        ngettext(
            "%(num)s thing missing before it is submitted",
            "%(num)s things missing before it is submitted",
            len(gaps),
        )
        if mine
        else gettext("Papers missing; verifying all the same needs a note")
    )
    return {"gaps": gaps, "gaps_title": title, "gaps_linked": mine}


def _proposal_list(code: str) -> dict[str, Any]:
    """The list of proposals as asked for, with ranks where the account may see them."""
    actor = current_actor()
    asked = {name: request.args.get(name, "") for name in ("rw", "state", "work_type", "q")}

    def listed(limit: int, offset: int = 0) -> Page[ProposalView]:
        return proposals.list_proposals(
            database(),
            actor,
            kelurahan=code,
            rw=asked["rw"] or None,
            state=asked["state"] or None,
            work_type=asked["work_type"] or None,
            q=asked["q"] or None,
            limit=limit,
            offset=offset,
        )

    found, narrowed = listed(MOST_LISTED), any(asked.values())
    # What the list has no room for still stands on the map.
    more = listed(MOST_NARROWED, MOST_LISTED).items if narrowed and len(found.items) < found.total else ()
    return {
        "code": code,
        "found": found,
        "asked": asked,
        "narrowed": narrowed,
        "more_ids": [one.id for one in more],
        "states": tuple(STATES),
        "open_states": OPEN_STATES,
        "work_types": sorted(
            catalogue().work_types, key=lambda key: catalogue().work_types[key].name(current_language())
        ),
        **ranks_of_list(actor, code),
        "rws": regions.list_regions(database(), "rw", code),
        "role_edit": access.may(actor, "propose", code),
    }
