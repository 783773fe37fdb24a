"""A plan in the plan tab, in both languages: what it tells, how it is mended when torn, who reads it, adopting it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests import web
from tests.pages.planned import LITTLE, TAB, kept, made
from tests.pages.test_pages import LANGUAGES, read
from tests.web import HOME
from webgis.context import KEY
from webgis.planning.plans.plan_wish import PlanWish
from webgis.planning.plans.plans import run_plan


@pytest.fixture(scope="module")
def planned(test_databases: Any) -> tuple[Any, dict[str, Any]]:
    """An application whose kelurahan has one plan, too little money and a pin."""
    app = web.make_app(test_databases.new("sample"))
    first = made(app, PlanWish(HOME, LITTLE, first_year=2027))
    wish = PlanWish(
        HOME, {"blm": [40_000_000, 0, 0], "apbd": [60_000_000, 0, 0]}, "Rembuk", 2027,
        not_now=[first["schedule"][0]["id"]], equity="max_min",
    )  # fmt: skip
    return app, made(app, wish)


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
    on_map = json.loads(str(page.all("div", data_pane="plan")[0]["data-plan-years"]))
    assert on_map == {w["id"]: w["year"] for w in plan["schedule"]} | {w["id"]: 0 for w in plan["left_out"]}
    read(planner, f"{TAB}/{plan['id']}", lang)
    read(planner, f"{TAB}/compare", lang)
    form = read(planner, f"{TAB}/new?from={plan['id']}&must={plan['left_out'][0]['id']}", lang)
    assert any(field.get("value") == "40.000.000" for field in form.all("input"))


def test_a_plan_that_cannot_keep_its_rules_says_so_and_claims_no_proof(planned: Any) -> None:
    app, plan = planned
    money = plan["budget"]
    must = [work["id"] for work in plan["schedule"][:3]]
    torn = made(app, PlanWish(HOME, money, rw_share={"*": 1.0}, must=must))
    assert not torn["feasible"]
    for lang in LANGUAGES:
        says_that_it_is_torn(app, torn, lang)


def says_that_it_is_torn(app: Any, torn: dict[str, Any], lang: str) -> None:
    said = " ".join(read(web.signed_in(app, "planner"), f"{TAB}/{torn['id']}", lang).texts)
    assert ("Dengan dana ini " if lang == "id" else "with this money: ") in said
    assert (
        "disusun tanpa kegiatan yang harus" if lang == "id" else "was made without the works that must"
    ) in said
    assert ("Terbukti: tanpa" if lang == "id" else "Proven: without") in said or "99" in said
    only_rw = kept(app, torn, must=[], conflict=torn["conflict"] | {"must": [], "rw": [f"{HOME}-RW005"]})
    alone = " ".join(read(web.signed_in(app, "planner"), f"{TAB}/{only_rw}", lang).texts)
    assert ("bagian terkecil RW 05." if lang == "id" else "least share of RW 05.") in alone
    assert ("kegiatan yang harus" if lang == "id" else "works that must") not in alone, "there are no pins"


def test_each_way_to_mend_a_plan_is_one_tap_and_enough(planned: Any) -> None:
    app, plan = planned
    context, planner = app.extensions[KEY], web.signed_in(app, "planner")
    must = [work["id"] for work in plan["schedule"][:2]]
    wish = PlanWish(HOME, {"blm": [1_000_000] * 3}, rw_share={"*": 0.3}, must=must, first_year=2027)
    torn = made(app, wish)
    page = read(planner, f"{TAB}/{torn['id']}", "en")
    ways = [str(b["data-plan-send"]) for b in page.all("button") if "/mend/" in str(b.get("data-plan-send"))]
    assert ways
    for way in ways:
        job = planner.send("POST", way).text.partition("panel/plan/jobs/")[2].partition("/")[0]
        run_plan(context.db, context.desk, job)
        mended = planner.client.get(f"/api/v1/jobs/{job}").json["result"]
        assert mended["feasible"], way
        assert mended["based_on"] == torn["id"]
    assert planner.send("POST", f"{TAB}/{torn['id']}/mend/dream").status_code == 404
    assert web.signed_in(app, "reviewer").send("POST", ways[0]).status_code == 403


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
    plan = made(app, PlanWish(HOME, LITTLE, first_year=2027))
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
