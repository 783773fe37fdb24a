"""The plan tab: who sees the form, what a plan says in both languages, a form that comes back with its faults."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests import web
from tests.pages.test_pages import LANGUAGES, read
from tests.web import HOME, Person
from webgis.context import KEY
from webgis.planning.access import Actor, Role
from webgis.planning.plan_wish import PlanWish
from webgis.planning.plans import make_plan

TAB = f"/plan/{HOME}/panel/plan"


@pytest.fixture(scope="module")
def planned(new_module_app: Any) -> tuple[Any, dict[str, Any]]:
    """An application whose kelurahan has one plan, too little money and a pin."""
    app = new_module_app
    context = app.extensions[KEY]
    actor = Actor(None, "operator", "", (Role("admin", HOME),))
    first = make_plan(
        context.db, context.desk, actor, PlanWish(HOME, {"blm": [40_000_000] * 3}, first_year=2027)
    )
    wish = PlanWish(
        HOME, {"blm": [40_000_000] * 3, "apbd": [10_000_000] * 3}, "Rembuk", 2027,
        not_now=[first["schedule"][0]["id"]], equity="max_min",
    )  # fmt: skip
    return app, make_plan(context.db, context.desk, actor, wish)


@pytest.fixture(scope="module")
def new_module_app(test_databases: Any) -> Any:
    return web.make_app(test_databases.new("sample"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_plan_tells_years_money_people_and_what_is_left_out(planned: Any, lang: str) -> None:
    app, plan = planned
    planner = web.signed_in(app, "planner")
    page = read(planner, TAB, lang)
    said = " ".join(page.texts)
    assert "Rembuk" in said
    for work in plan["schedule"][:3]:
        assert work["title"] in said
    assert ("Ditunda oleh rembuk." if lang == "id" else "Put off by the meeting.") in said
    assert plan["left_out"]
    read(planner, f"{TAB}/{plan['id']}", lang)
    read(planner, f"{TAB}/compare", lang)
    form = read(planner, f"{TAB}/new?from={plan['id']}&must={plan['left_out'][0]['id']}", lang)
    assert any(field.get("value") == "40.000.000" for field in form.all("input"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_plan_that_cannot_keep_its_rules_says_so_and_claims_no_proof(planned: Any, lang: str) -> None:
    app, plan = planned
    context = app.extensions[KEY]
    actor = Actor(None, "operator", "", (Role("admin", HOME),))
    money = {"blm": [5_000_000] * 3}
    must = [work["id"] for work in plan["schedule"][:3]]
    torn = make_plan(context.db, context.desk, actor, PlanWish(HOME, money, rw_share={"*": 1.0}, must=must))
    assert not torn["feasible"]
    said = " ".join(read(web.signed_in(app, "planner"), f"{TAB}/{torn['id']}", lang).texts)
    assert (
        "Dengan dana ini semuanya tidak bisa sekaligus" if lang == "id" else "cannot be had together"
    ) in said
    assert ("Terbukti" if lang == "id" else "Proven") not in said


def test_reviewers_read_plans_and_make_none(planned: Any) -> None:
    app, plan = planned
    reviewer = web.signed_in(app, "reviewer")
    page = read(reviewer, TAB)
    assert not [button for button in page.all("button") if "plan/new" in str(button.get("data-panel"))]
    assert reviewer.client.get(f"{TAB}/new").status_code == 403
    assert web.public(app).client.get(TAB).status_code == 401
    assert web.signed_in(app, "partner").client.get(f"{TAB}/{plan['id']}").status_code == 403


def test_the_method_page_tells_what_the_newest_plan_counts_once_and_why_others_wait(planned: Any) -> None:
    app = planned[0]
    context, actor = app.extensions[KEY], Actor(None, "operator", "", (Role("admin", HOME),))
    plan = make_plan(
        context.db, context.desk, actor, PlanWish(HOME, {"blm": [40_000_000] * 3}, first_year=2027)
    )
    people, left = plan["households"], plan["left_out"]
    said = " ".join(read(web.signed_in(app, "planner"), f"/help/method?kelurahan={HOME}", "en").texts)
    alone = sum(work["served"] for work in plan["schedule"])
    new = people["reached"] - people["reached_before"]
    assert alone >= new > 0
    assert f"its {len(plan['schedule'])} works serve {alone:,} poor households." in said
    assert f"the plan reaches {new:,} that nothing reached before" in said
    assert "Proven: " in said
    assert any(f"{work['title']}: " in said for work in left)
    # Who may not see households reads no counts of them.
    city = " ".join(read(web.signed_in(app, "city"), f"/help/method?kelurahan={HOME}", "en").texts)
    assert "Proven: " in city and "Added up one by one" not in city


@pytest.fixture
def send(planned: Any) -> Callable[..., Any]:
    planner: Person = web.signed_in(planned[0], "planner")
    return lambda **form: planner.send("POST", TAB, data=form)


def test_a_form_with_faults_comes_back_as_it_was(send: Callable[..., Any]) -> None:
    answer = send(**{"budget.blm.0": "banyak", "budget.blm.1": "1.000", "rw_share": "140", "name": "Rapat"})
    assert answer.status_code == 200
    for part in (
        'value="banyak"',
        'value="140"',
        'value="Rapat"',
        "aria-invalid",
        "Isi persen antara 0 dan 100.",
    ):
        assert part in answer.text
    answer = send(**{"budget.blm.0": "1.000", "pillar.social": "70", "pillar.economy": "60"})
    assert "Bagian pilar bersama-sama melebihi 100" in answer.text
    assert "progressbar" in send(**{"budget.blm.0": "Rp 1.000.000"}).text


def test_a_plan_is_adopted_and_read_by_everybody(planned: Any) -> None:
    app, plan = planned
    planner, visitor = web.signed_in(app, "planner"), web.public(app)
    assert "Belum ada rembuk" in " ".join(read(visitor, f"/rencana/{HOME}").texts)
    address = f"{TAB}/{plan['id']}/adopt"
    again = planner.send("POST", address, data={"met_on": "2026-11-20", "place": "", "men": "x"})
    assert again.status_code == 200
    assert "aria-invalid" in again.text
    meeting = {"met_on": "2026-11-20", "place": "Balai RW 05", "men": "31", "women": "28"}
    answer = planner.send("POST", address, data=meeting)
    assert "Ini rencana yang berlaku" in answer.text
    for lang in LANGUAGES:
        said = " ".join(read(visitor, f"/rencana/{HOME}", lang).texts)
        assert "Balai RW 05" in said
        assert ("Rencana Tirta Mekar 2027–2029" if lang == "id" else "Plan of Tirta Mekar 2027–2029") in said
    document = visitor.client.get(f"/api/v1/masterplans/{HOME}").json
    built, waits = document["works"][0], document["waiting"][0]
    assert str(built["year"]) in " ".join(read(visitor, f"/usulan/{built['id']}").texts)
    assert "Belum masuk rencana." in " ".join(read(visitor, f"/panel/proposal/{waits['id']}").texts)
    assert "poor" not in visitor.client.get(f"/api/v1/masterplans/{HOME}").text
    assert visitor.send("POST", f"/api/v1/plans/{plan['id']}/adoption", json={}).status_code == 401
    assert visitor.client.get("/api/v1/masterplans/99.01.02.1001").status_code == 404
