"""A plan beside others: scenarios compared, a work forced in, more money, and questions put to it and answered."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import text

from tests import web
from tests.pages.planned import LITTLE, TAB, kept, made
from tests.pages.test_pages import LANGUAGES, read
from tests.web import HOME
from webgis.context import KEY
from webgis.planning.plans.plan_studies import run_study
from webgis.planning.plans.plan_wish import PlanWish
from webgis.store import plan_studies as studies


@pytest.fixture(scope="module")
def planned(test_databases: Any) -> tuple[Any, dict[str, Any]]:
    """An application whose kelurahan has one plan with too little money."""
    app = web.make_app(test_databases.new("sample"))
    return app, made(app, PlanWish(HOME, LITTLE, first_year=2027))


def test_the_plan_in_force_stays_among_the_scenarios_and_is_compared(planned: Any) -> None:
    """Five younger plans: it would be too old for the last four."""
    app, plan = planned
    planner = web.signed_in(app, "planner")
    meeting = {"met_on": "2026-11-20", "place": "Balai RW 05", "men": "31", "women": "28"}
    assert "Ini rencana yang berlaku" in planner.send("POST", f"{TAB}/{plan['id']}/adopt", data=meeting).text
    for k in range(5):
        kept(app, plan, name=f"Muda {k}", schedule=plan["schedule"][1:])
    shown = read(planner, TAB)
    chips = [str(button.get("data-panel")) for button in shown.all("button")]
    assert f"panel/plan/{plan['id']}" in chips
    assert "Muda 4" in " ".join(shown.texts)
    assert "Muda 0" not in " ".join(shown.texts)
    for lang in LANGUAGES:
        said = " ".join(read(planner, f"{TAB}/compare", lang).texts)
        only = plan["schedule"][0]
        assert only["title"] in said, "built by the plan in force and by no other"
        assert plan["schedule"][1]["title"] not in said, "built in the same year by all"
        assert str(2026 + only["year"]) in said
        assert ("berlaku" if lang == "id" else "in force") in said
    others = [
        chip.removeprefix("panel/plan/") for chip in chips if re.fullmatch(r"panel/plan/[0-9a-f-]{36}", chip)
    ]
    two = [plan["id"], next(given for given in others if given != plan["id"])]
    chosen = read(planner, f"{TAB}/compare?plan={two[0]}&plan={two[1]}")
    assert len([cell for cell in chosen.all("button") if str(cell.get("class")) == "link"]) == 2
    assert len([box for box in chosen.all("input") if "checked" in box]) == 2


def test_what_a_forced_work_pushes_out_is_said_before_it_is_done(planned: Any) -> None:
    app, plan = planned
    planner, reviewer = web.signed_in(app, "planner"), web.signed_in(app, "reviewer")
    entry = next(work for work in plan["left_out"] if work["reason"] in ("price", "equity_or_floor"))
    out = plan["schedule"][0]
    dear = entry | {"leaves": [out["id"]], "regret": 0.1 * plan["objective"]}
    later = [plan["schedule"][1]["id"]]
    given = kept(app, plan, left_out=[dear], not_now=later)
    address = f"{TAB}/{given}/force/{entry['id']}"
    for lang in LANGUAGES:
        said = " ".join(read(planner, address, lang).texts)
        assert entry["title"] in said
        assert out["title"] in said
        assert ("berkurang 10,0 %" if lang == "id" else "does 10.0% less") in said.replace("\xa0", " ")
    assert "progressbar" in planner.send("POST", address).text
    with app.extensions[KEY].db.transaction() as session:
        query = text("select arguments -> 'wish' from job order by created_at desc limit 1")
        wish = session.execute(query).scalar_one()
    assert wish["must"] == [entry["id"]]
    assert (wish["based_on"], wish["not_now"]) == (given, later)
    assert reviewer.client.get(address).status_code == 403
    assert planner.client.get(f"{TAB}/{given}/force/{out['id']}").status_code == 404


@pytest.mark.parametrize("lang", LANGUAGES)
def test_more_money_that_drops_a_chosen_work_is_said_with_a_way_to_keep_it(planned: Any, lang: str) -> None:
    app, plan = planned
    more = {fund: [2 * rupiah for rupiah in row] for fund, row in plan["budget"].items()}
    gone = plan["schedule"][0]
    left = [*plan["left_out"], plan["left_out"][0] | {"id": gone["id"], "title": gone["title"]}]
    richer = kept(app, plan, budget=more, based_on=plan["id"], schedule=plan["schedule"][1:], left_out=left)
    planner = web.signed_in(app, "planner")
    page = read(planner, f"{TAB}/{richer}", lang)
    assert ("justru tidak masuk: " if lang == "id" else "had chosen: ") + gone["title"] in " ".join(
        page.texts
    )
    keep = next(str(b.get("data-panel")) for b in page.all("button") if "keep=" in str(b.get("data-panel")))
    form = read(planner, f"/plan/{HOME}/{keep}", lang)
    pinned = planner.client.get(f"/plan/{HOME}/{keep}").text
    assert pinned.count('<option value="must" selected>') == len(plan["schedule"])
    assert [field.get("value") for field in form.all("input") if field.get("name") == "based_on"] == [richer]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_answers_to_questions_are_charts_tables_and_a_word_on_each_work(planned: Any, lang: str) -> None:
    app, plan = planned
    core, shaky = plan["schedule"][0]["id"], plan["schedule"][1]["id"]
    point = {"feasible": True, "bound": 1.0, "works": [core]}
    answers = {
        "budgets": {
            "points": [
                point | {"factor": k / 6, "rupiah": k * 25_000_000, "objective": min(k, 9) / 9, "reached": k}
                for k in range(13)
            ]
        },
        "core": {"draws": 200, "seed": 1, "kind": "ordinal", "shares": {core: 1.0, shaky: 0.4}},
        "balance": {
            "plan": {"covered": 7.0, "reduction": 0.01},
            "points": [
                {"covered": c, "reduction": r, "works": [core]} for c, r in ((3.0, 0.02), (7.0, 0.01))
            ],
        },
    }
    with app.extensions[KEY].db.transaction() as session:
        for kind, result in answers.items():
            studies.insert(session, plan["id"], kind, HOME, plan["data_versions"], result, None, None)
    planner = web.signed_in(app, "planner")
    page = read(planner, f"{TAB}/{plan['id']}", lang)
    said = " ".join(page.texts)
    assert len([svg for svg in page.all("svg") if svg.get("class") == "chart" and svg.get("aria-label")]) == 2
    expected = {
        "id": ["Mulai Rp 225 juta", "Inti 1, dibahas 1, di luar 0", "2 rencana", "inti", "dibahas"],
        "en": ["From Rp 225 million on", "Core 1, to discuss 1, outside 0", "2 plans", "core", "to discuss"],
    }[lang]
    plain = said.replace("\xa0", " ")
    assert [words for words in expected if words not in plain] == []
    assert "studies/core" not in planner.client.get(f"{TAB}/{plan['id']}").text, "answered from the same data"


def test_a_question_is_put_from_the_panel_and_answered_there(planned: Any) -> None:
    app, plan = planned
    context, planner = app.extensions[KEY], web.signed_in(app, "planner")
    given = kept(app, plan)
    asked = planner.send("POST", f"{TAB}/{given}/studies/balance").text
    assert "Batalkan" in asked
    job = asked.partition("panel/plan/jobs/")[2].partition("/")[0]
    run_study(context.db, context.desk, job)
    answer = planner.client.get(f"{TAB}/jobs/{job}").text
    assert "data-plan-here" in answer
    assert "studies/balance" not in answer
    assert "studies/core" in answer
    assert web.signed_in(app, "reviewer").send("POST", f"{TAB}/{given}/studies/core").status_code == 403
