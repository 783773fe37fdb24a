"""The plan tab of the workspace: scenarios, the form, the progress of the search, one plan, plans side by side.

It knows nothing about how a plan is found; `planned` and `plan_form` turn it into words and back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from flask import render_template, request
from flask_babel import gettext

from webgis.auth import current_actor, current_language
from webgis.pages.plans import (
    plan_conflict,
    plan_form,
    plan_missed,
    plan_questions,
    plan_scenarios,
    plan_ties,
    planned,
)
from webgis.pages.plans.plan_form import PlanForm
from webgis.pages.site import database, pages
from webgis.pages.wording import formats
from webgis.planning import access, regions
from webgis.planning.catalogues.vocabulary import OPEN_STATES
from webgis.planning.errors import BadDocument, NotFound
from webgis.planning.jobs import JobView, get_job
from webgis.planning.mapping import slums
from webgis.planning.meetings import Meeting
from webgis.planning.plans import masterplans, plan_jobs, plan_studies, plans
from webgis.planning.plans.masterplans import Masterplan
from webgis.planning.plans.plan_wish import read_wish
from webgis.planning.proposals import proposals
from webgis.planning.sentences.messages import message
from webgis.planning.written import ZONE
from webgis.wording import words

_OFFERED: Final = 20
"""How many of the last plans may be chosen to stand side by side."""


@pages.get("/plan/<code>/panel/plan")
def panel_plan(code: str) -> str:
    """The newest plan, or the empty form where there is none."""
    found = plans.list_plans(database(), current_actor(), code, 1)
    return _plan(code, found[0]["id"]) if found else _form(code, plan_form.blank(_next_year()))


@pages.get("/plan/<code>/panel/plan/new")
def panel_plan_new(code: str) -> str:
    """The form, filled from an earlier plan (?from=) with one work pinned (?must=, ?not_now=, ?auto=), a pair let go
    (?untie=) or all that another had chosen pinned (?keep=); or from what was asked of a job that made no plan
    (?again=)."""
    actor, origin = current_actor(), request.args.get("from")
    access.require(actor, "plan", code)
    if again := request.args.get("again"):
        asked = get_job(database(), actor, again).arguments.get("wish")
        if asked is None or asked["kelurahan"] != code:
            raise NotFound("no_job")
        return _form(code, plan_form.filled(read_wish(asked).document()))
    if not origin:
        return _form(code, plan_form.blank(_next_year()))
    earlier = plans.get_plan(database(), actor, origin)
    if earlier["kelurahan"] != code:
        raise NotFound("no_plan")
    pins = {request.args[pin]: pin for pin in ("must", "not_now", "auto") if request.args.get(pin)}
    if keep := request.args.get("keep"):
        # What the plan before had chosen is kept, as far as it is still open.
        is_open = {work["id"] for work in (*earlier["schedule"], *earlier["left_out"])}
        chosen = {work["id"] for work in plans.get_plan(database(), actor, keep)["schedule"]}
        pins |= dict.fromkeys(chosen & is_open - set(earlier["not_now"]), "must")
    return _form(code, plan_form.filled(earlier, pins, request.args.get("untie")))


@pages.post("/plan/<code>/panel/plan/draft")
def panel_plan_draft(code: str) -> str:
    """The form as it was left on the device, before a plan was made of it."""
    year = request.form.get("first_year", _next_year(), int)
    _, form = plan_form.read(request.form, code, year, current_language())
    return _form(code, replace(form, errors={}))


@pages.post("/plan/<code>/panel/plan")
def panel_plan_make(code: str) -> str:
    """Put a plan into the queue and show its progress, or the form again with what is wrong."""
    actor, lang = current_actor(), current_language()
    access.require(actor, "plan", code)
    wish, form = plan_form.read(request.form, code, request.form.get("first_year", _next_year(), int), lang)
    if wish is None:
        return _form(code, form)
    try:
        return _progress(code, plans.start_plan(database(), actor, wish))
    except BadDocument as error:
        return _form(code, plan_form.with_faults(form, error, lang))


@pages.get("/plan/<code>/panel/plan/jobs/<job_id>")
def panel_plan_job(code: str, job_id: str) -> str:
    """How far the search is; the plan once it is there."""
    return _watched(code, get_job(database(), current_actor(), job_id))


@pages.post("/plan/<code>/panel/plan/jobs/<job_id>/stop")
def panel_plan_stop(code: str, job_id: str) -> str:
    """Ask the search to end with the best plan so far, or call it off (?discard=true)."""
    discard = request.args.get("discard") == "true"
    return _watched(code, plan_jobs.stop_job(database(), current_actor(), job_id, discard))


@pages.get("/plan/<code>/panel/plan/compare")
def panel_plan_compare(code: str) -> str:
    """The last plans and the one in force side by side, or up to four that were chosen (?plan=, several)."""
    actor, adopted = current_actor(), masterplans.masterplan(database(), code)
    offered = _scenarios(code, adopted, count=_OFFERED)
    wanted = request.args.getlist("plan")
    listed = [row for row in offered if row["id"] in wanted][: plan_scenarios.COMPARED]
    listed = listed or _scenarios(code, adopted)
    found = [plans.get_plan(database(), actor, row["id"]) for row in listed]
    groups = plan_scenarios.comparison(found, current_language())
    return render_template(
        "fragments/plan_compare.html",
        listed=listed,
        groups=groups,
        aims_differ=plan_scenarios.aims_differ(found),
        adopted=adopted,
        code=code,
        offered=offered,
        chosen={row["id"] for row in listed},
        most=plan_scenarios.COMPARED,
        is_chosen=bool(wanted),
    )


@pages.get("/plan/<code>/panel/plan/<plan_id>/force/<work_id>")
def panel_plan_force(code: str, plan_id: str, work_id: str) -> str:
    """What a work forced in would push out, before it is done."""
    plan = _plan_of(code, plan_id)
    access.require(current_actor(), "plan", code)
    view = plan_scenarios.forced(plan, work_id, current_language())
    if view is None:
        raise NotFound("no_proposal")
    return render_template("fragments/plan_force.html", view=view, plan=plan, code=code)


@pages.post("/plan/<code>/panel/plan/<plan_id>/force/<work_id>")
def panel_plan_forced(code: str, plan_id: str, work_id: str) -> str:
    """Make the plan anew with one more work that must be built."""
    plan = _plan_of(code, plan_id)
    view = plan_scenarios.forced(plan, work_id, current_language())
    if view is None:
        raise NotFound("no_proposal")
    wish = read_wish(plan)
    changed = replace(
        wish, must=(*wish.must, work_id), not_now=tuple(given for given in wish.not_now if given != work_id),
        name=str(gettext("With %(title)s", title=view.work["title"]))[:200], based_on=plan_id,
    )  # fmt: skip
    return _progress(code, plans.start_plan(database(), current_actor(), changed))


@pages.post("/plan/<code>/panel/plan/<plan_id>/mend/<relief>")
def panel_plan_mend(code: str, plan_id: str, relief: str) -> str:
    """Make the plan anew with the least change of one kind that makes everything else possible."""
    access.require(current_actor(), "plan", code)
    wish = plan_conflict.mended(_plan_of(code, plan_id), relief)
    if wish is None:
        raise NotFound("no_plan")
    return _progress(code, plans.start_plan(database(), current_actor(), wish))


@pages.post("/plan/<code>/panel/plan/<plan_id>/studies/<kind>")
def panel_plan_study(code: str, plan_id: str, kind: str) -> str:
    """Put a question to a plan and show the progress of its answer."""
    return _progress(code, plan_studies.start_study(database(), current_actor(), plan_id, kind))


@pages.get("/plan/<code>/panel/plan/<plan_id>")
def panel_plan_one(code: str, plan_id: str) -> str:
    """One plan."""
    return _plan(code, plan_id)


@pages.post("/plan/<code>/panel/plan/<plan_id>/adopt")
def panel_plan_adopt(code: str, plan_id: str) -> str:
    """Adopt a plan by the record of a meeting, or show the form again with what is wrong."""
    lang, sent = current_language(), request.form
    given = {name: sent.get(name, "") for name in ("met_on", "place", "men", "women", "note")}
    errors: dict[str, str] = {}
    try:
        day = dt.date.fromisoformat(given["met_on"]) if given["met_on"] else None
        counts = [int(given[name] or 0) for name in ("men", "women")]
        meeting = Meeting(day, given["place"], *counts)
        masterplans.adopt_plan(database(), current_actor(), plan_id, meeting, given["note"])
    except BadDocument as error:
        errors = {p.pointer.strip("/") or "met_on": words(p.code, p.params, lang) for p in error.problems}
    except ValueError:
        errors = {"met_on": words("meeting_date_invalid", {}, lang)}
    return _plan(code, plan_id, given if errors else None, errors)


@pages.get("/rencana/<code>")
def masterplan_page(code: str) -> str:
    """The plan that a meeting adopted, as everybody may read it and print it."""
    home = regions.region(database(), code).region
    found = masterplans.masterplan(database(), code)
    lang = current_language()
    return render_template(
        "pages/masterplan.html",
        home=home,
        plan=found,
        why={entry.id: planned.why_waiting(entry, found, lang) for entry in found.waiting} if found else {},
        here="list",
    )


def _plan(
    code: str,
    plan_id: str,
    given: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    here: str = "",
) -> str:
    """One plan; here: the answer to a question that the reader waits for."""
    actor, lang = current_actor(), current_language()
    plan, adopted = _plan_of(code, plan_id), masterplans.masterplan(database(), code)
    studies = plan_studies.studies(database(), actor, plan_id)
    earlier = plans.find_plan(database(), actor, plan["based_on"]) if plan["based_on"] else None
    return render_template(
        "fragments/plan.html",
        view=planned.plan_view(plan, lang),
        trouble=plan_conflict.trouble(plan, lang),
        missed=plan_missed.missed(plan, lang),
        fixed=plan_ties.fixed(plan, years := planned.calendar(plan)),
        marks=plan_ties.marks(plan, years),
        listed=_scenarios(code, adopted, plan_id),
        names={area.code: area.name for area in slums.slum_areas(database(), code)},
        may_plan=access.may(actor, "plan", code),
        may_adopt=access.may(actor, "adopt", code),
        adopted=adopted,
        dropped=plan_scenarios.dropped(plan, earlier),
        questions=plan_questions.questions(plan, studies, lang),
        core=plan_questions.core_words(studies),
        here=here,
        under_way=plan_jobs.under_way(database(), actor, code),
        meeting=given or {},
        errors=errors or {},
        code=code,
    )


def _plan_of(code: str, plan_id: str) -> dict[str, Any]:
    """A plan of this kelurahan."""
    plan = plans.get_plan(database(), current_actor(), plan_id)
    if plan["kelurahan"] != code:
        raise NotFound("no_plan")
    return plan


def _scenarios(
    code: str, adopted: Masterplan | None, shown: str = "", count: int = plan_scenarios.COMPARED
) -> list[dict[str, Any]]:
    """The last plans, the one in force and the one shown, newest first."""
    also = [given for given in (adopted.plan_id if adopted else "", shown) if given]
    return plans.list_plans(database(), current_actor(), code, count, also)


def _form(code: str, form: PlanForm) -> str:
    actor = current_actor()
    access.require(actor, "plan", code)
    found = proposals.list_proposals(database(), actor, kelurahan=code, state=OPEN_STATES, limit=5_000)
    free = {item.id for item in found.items if form.pins.get(item.id, "auto") == "auto"} - set(form.when)
    works = sorted(found.items, key=lambda item: (item.id in free, item.title))
    return render_template(
        "fragments/plan_form.html",
        form=form,
        works=works,
        under_way=plan_jobs.under_way(database(), actor, code),
        has_plans=bool(plans.list_plans(database(), actor, code, 1)),
        code=code,
    )


def _watched(code: str, job: JobView) -> str:
    """What a job made once it is there (a study called off: the plan it was about), until then how far it is."""
    if job.kind == plan_jobs.STUDY and job.state in ("done", "stopped"):
        return _plan(code, str(job.arguments["plan"]), here=str(job.arguments["study"]))
    if job.state == "done" and job.result is not None:
        return _plan(code, str(job.result["id"]))
    return _progress(code, job)


def _progress(code: str, job: JobView) -> str:
    lang, studied = current_language(), job.kind == plan_jobs.STUDY
    said = ""
    if job.state == "failed":
        said = message(job.message, {}, lang)
    elif studied and job.message:
        done, _, count = job.message.partition("/")
        said = str(gettext("%(done)s of %(all)s plans made.", done=done, all=count))
    elif job.message:
        share = int((1 - float(job.message)) * 1000) / 1000
        told = formats.percent(share, lang, 1)
        said = str(gettext("The plan is already at least %(share)s of the best possible.", share=told))
        if share == 1:
            said = str(gettext("The best plan is found. What stands behind each work is being worked out."))
    return render_template("fragments/plan_progress.html", job=job, said=said, studied=studied, code=code)


def _next_year() -> int:
    return dt.datetime.now(ZONE).year + 1
