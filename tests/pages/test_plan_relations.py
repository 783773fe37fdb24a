"""Relations in the plan tab: which ones a plan keeps to, which one kept a work out, pairs that do more together."""

from __future__ import annotations

from typing import Any

import pytest

from tests import web
from tests.pages.planned import TAB
from tests.pages.test_pages import LANGUAGES, read
from tests.web import HOME
from webgis.context import KEY
from webgis.planning.access import Actor, Role
from webgis.planning.effects.relating import Said, judge
from webgis.planning.plans.plan_wish import PlanWish
from webgis.planning.plans.plans import make_plan, run_plan

MONEY = {"blm": [300_000_000] * 3}


@pytest.fixture(scope="module")
def torn(test_databases: Any) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    """An application, a plan, and the same plan once people said that two of its works are one."""
    app = web.make_app(test_databases.new("sample"))
    context = app.extensions[KEY]
    actor = Actor(None, "operator", "", (Role("admin", HOME),))
    wish = PlanWish(HOME, MONEY, first_year=2027)
    before = make_plan(context.db, context.desk, actor, wish)
    a, b = (work["id"] for work in before["schedule"][:2])
    planner = web.signed_in(app, "planner").client.get("/api/v1/session").json["user"]
    who = Actor(planner["id"], planner["name"], planner["email"], (Role("planner", HOME),))
    judge(context.db, context.desk, who, a, b, "duplicate", Said("confirmed", "Satu pekerjaan.", 0))
    return app, before, make_plan(context.db, context.desk, actor, wish)


@pytest.mark.parametrize(
    ("lang", "same", "source", "kept"),
    [
        ("id", "Ganda dengan yang dibangun: ", "Dipastikan oleh orang.", " atau "),
        ("en", "Is the same as what is built: ", "People confirmed this.", " or "),
    ],
)
def test_a_plan_says_which_relation_kept_a_work_out(
    torn: Any, lang: str, same: str, source: str, kept: str
) -> None:
    app, before, plan = torn
    pair = {work["id"]: work["title"] for work in before["schedule"][:2]}
    [out] = [work for work in plan["left_out"] if work["id"] in pair and work["reason"] == "exclusive"]
    said = " ".join(read(web.signed_in(app, "planner"), f"{TAB}/{plan['id']}", lang).texts)
    stays = pair[next(iter(set(pair) - {out["id"]}))]
    assert f"{same}{stays}. {source}" in said
    assert f"{stays}{kept}{out['title']}" in said or f"{out['title']}{kept}{stays}" in said
    assert same not in " ".join(read(web.signed_in(app, "planner"), f"{TAB}/{before['id']}", lang).texts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_works_that_do_more_together_need_a_reason_and_stay_in_the_form(torn: Any, lang: str) -> None:
    app, before, _ = torn
    a, b = (work["id"] for work in before["schedule"][1:3])
    planner = web.signed_in(app, "planner")
    pair = {"tie.first": a, "tie.how": "together", "tie.second": b}
    sent = {"budget.blm.0": "90.000.000", "name": f"Bersama {lang}", **pair}
    bare = planner.send("POST", f"{TAB}?lang={lang}", data={**sent, "tie.why": " "}).text
    assert ("Tulis mengapa kedua" if lang == "id" else "Say why the two works") in bare
    made = planner.send("POST", f"{TAB}?lang={lang}", data={**sent, "tie.why": "Sekali gali."}).text
    job = made.partition("panel/plan/jobs/")[2].partition('"')[0].partition("/")[0]
    run_plan(app.extensions[KEY].db, app.extensions[KEY].desk, job)
    plan = planner.client.get(f"/api/v1/jobs/{job}").json["result"]
    assert plan["synergy"] == [[a, b, "Sekali gali."]]
    said = " ".join(read(planner, f"{TAB}/{plan['id']}", lang).texts)
    assert (
        "lebih berguna bersama: Sekali gali." if lang == "id" else "do more together: Sekali gali."
    ) in said
    form = planner.client.get(f"{TAB}/new?from={plan['id']}").text
    assert 'value="Sekali gali."' in form
    assert '<option value="together" selected>' in form
