"""The plan tab: who sees the form, what a plan says in both languages, a form that comes back with its faults."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from tests import web
from tests.pages.test_pages import LANGUAGES, read
from tests.web import HOME, Person
from webgis.context import KEY
from webgis.planning.access import Actor, Role
from webgis.planning.plans.plan_studies import run_study
from webgis.planning.plans.plan_wish import PlanWish
from webgis.planning.plans.plans import make_plan, run_plan
from webgis.store import plan_studies as studies
from webgis.store import plans as table

TAB = f"/plan/{HOME}/panel/plan"


@pytest.fixture(scope="module")
def planned(new_module_app: Any) -> tuple[Any, dict[str, Any]]:
    """An application whose kelurahan has one plan, too little money and a pin."""
    app = new_module_app
    context = app.extensions[KEY]
    actor = Actor(None, "operator", "", (Role("admin", HOME),))
    first = make_plan(
        context.db, context.desk, actor, PlanWish(HOME, {"blm": [90_000_000, 0, 0]}, first_year=2027)
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
    on_map = json.loads(str(page.all("div", data_pane="plan")[0]["data-plan-years"]))
    assert on_map == {w["id"]: w["year"] for w in plan["schedule"]} | {w["id"]: 0 for w in plan["left_out"]}
    read(planner, f"{TAB}/{plan['id']}", lang)
    read(planner, f"{TAB}/compare", lang)
    form = read(planner, f"{TAB}/new?from={plan['id']}&must={plan['left_out'][0]['id']}", lang)
    assert any(field.get("value") == "40.000.000" for field in form.all("input"))


def test_a_plan_that_cannot_keep_its_rules_says_so_and_claims_no_proof(planned: Any) -> None:
    app, plan = planned
    context = app.extensions[KEY]
    actor = Actor(None, "operator", "", (Role("admin", HOME),))
    money = plan["budget"]
    must = [work["id"] for work in plan["schedule"][:3]]
    torn = make_plan(context.db, context.desk, actor, PlanWish(HOME, money, rw_share={"*": 1.0}, must=must))
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
    actor = Actor(None, "operator", "", (Role("admin", HOME),))
    must = [work["id"] for work in plan["schedule"][:2]]
    wish = PlanWish(HOME, {"blm": [1_000_000] * 3}, rw_share={"*": 0.3}, must=must, first_year=2027)
    torn = make_plan(context.db, context.desk, actor, wish)
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
    answer = send(**{"budget.blm.0": "banyak", "budget.blm.1": "1.000", "rw_share.*": "140", "name": "Rapat"})
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


def test_a_box_keeps_unspent_money_of_its_fund_and_a_pin_that_is_gone_is_said(
    planned: Any, send: Callable[..., Any]
) -> None:
    boxes = {"carry": ["blm", "hibah"], "budget.blm.0": "1.000", "budget.apbd.1": "5"}
    assert "progressbar" in send(**boxes).text
    with planned[0].extensions[KEY].db.transaction() as session:
        query = text("select arguments -> 'wish' from job order by created_at desc limit 1")
        assert session.execute(query).scalar_one()["carry"] == ["blm"], "hibah has no money in this plan"
    gone = send(**boxes, **{"pin.7d3f0a68-0000-4000-8000-000000000000": "must"}).text
    assert "tidak ada di antara usulan terbuka" in gone


def test_years_and_pairs_are_asked_for_kept_shown_and_let_go(planned: Any, send: Callable[..., Any]) -> None:
    app, plan = planned
    context = app.extensions[KEY]
    must, second, third = (work["id"] for work in plan["schedule"][:3])
    pairs = {"tie.first": [second, second], "tie.how": ["either", "before"], "tie.second": [third, must]}
    half = send(**{"budget.blm.0": "1.000", "tie.first": second, "tie.how": "either", "tie.second": ""}).text
    assert "Pilih dua kegiatan yang berbeda." in half
    round_about = {"tie.first": [must, third], "tie.how": ["before"] * 2, "tie.second": [third, must]}
    assert "Urutan kegiatan berputar" in send(**{"budget.blm.0": "1.000"}, **round_about).text
    sent = {f"budget.blm.{t}": "60.000.000" for t in range(3)} | {
        f"pin.{must}": "must", f"year.{must}": "3-3", f"year.{second}": "1-2", f"year.{third}": "", "name": "Diatur",
    }  # fmt: skip
    job = send(**sent, **pairs).text.partition("panel/plan/jobs/")[2].partition('"')[0].partition("/")[0]
    run_plan(context.db, context.desk, job)
    planner = web.signed_in(app, "planner")
    given = planner.client.get(f"/api/v1/jobs/{job}").json["result"]
    assert given["must"] == [must]
    assert (given["earliest"], given["latest"]) == ({must: 3}, {second: 2})
    assert (given["exclusive"], given["precedence"]) == ([[second, third]], [[second, must]])
    years = {work["id"]: work["year"] for work in given["schedule"]}
    assert years[must] == 3 and years.get(second, 1) <= 2
    titles = {work["id"]: work["title"] for work in plan["schedule"]}
    for lang, name, said in (
        ("id", "Ditetapkan sebelumnya", "harus dibangun, hanya 2029 – dibangun 2029"),
        ("en", "Fixed beforehand", "must be built, only in 2029 – built in 2029"),
    ):
        page = read(planner, f"{TAB}/{given['id']}", lang)
        text_of_page = " ".join(page.texts)
        assert name in text_of_page and said in text_of_page
        assert titles[second] in text_of_page and titles[third] in text_of_page
    let_go = [str(b.get("data-panel")) for b in page.all("button") if "untie=" in str(b.get("data-panel"))]
    assert len(let_go) == 2
    form = planner.client.get(f"/plan/{HOME}/{let_go[0]}").text
    assert form.count(f'<option value="{second}" selected>') == 1, "one of two pairs is left"
    assert '<option value="3-3" selected>' in form
    free = planner.client.get(f"{TAB}/new?from={given['id']}&auto={must}").text
    assert '<option value="3-3" selected>' not in free


def test_a_plan_called_off_gives_the_form_back_as_it_was_sent(planned: Any, send: Callable[..., Any]) -> None:
    app, plan = planned
    work = plan["schedule"][0]["id"]
    asked = send(**{"budget.blm.0": "7.000.000", f"pin.{work}": "must", "name": "Keliru"}).text
    job = asked.partition("panel/plan/jobs/")[2].partition("/")[0]
    planner = web.signed_in(app, "planner")
    assert f"panel/plan/jobs/{job}" in planner.client.get(TAB).text, "found again from the last plan"
    ended = planner.send("POST", f"{TAB}/jobs/{job}/stop?discard=true").text
    assert "Dibatalkan. Tidak ada yang disimpan." in ended
    assert f"panel/plan/jobs/{job}" not in planner.client.get(TAB).text
    form = planner.client.get(f"{TAB}/new?again={job}").text
    for part in ('value="7.000.000"', 'value="Keliru"', '<option value="must" selected>'):
        assert part in form
    assert web.signed_in(app, "city").client.get(f"{TAB}/new?again={job}").status_code == 404


def test_what_was_begun_comes_back_as_it_was_left(planned: Any) -> None:
    app, plan = planned
    planner, work = web.signed_in(app, "planner"), plan["schedule"][0]["id"]
    left = {"budget.blm.0": "banyak", f"pin.{work}": "must", f"year.{work}": "2-2", "name": "Belum jadi"}
    again = planner.send("POST", f"{TAB}/draft", data=left).text
    for part in ('value="banyak"', 'value="Belum jadi"', '<option value="2-2" selected>'):
        assert part in again
    assert "aria-invalid" not in again
    reviewer = web.signed_in(app, "reviewer")
    assert reviewer.send("POST", f"{TAB}/draft", data=left).status_code == 403


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


def kept(app: Any, plan: dict[str, Any], **changes: Any) -> str:
    """A copy of a plan in the store with other inputs or another answer; its id."""
    names = {*PlanWish(HOME, {}).document(), "criteria_version", "catalogue_change"}
    copy = {name: value for name, value in (plan | changes).items() if name not in ("id", "data_versions")}
    inputs = {name: copy.pop(name) for name in names}
    with app.extensions[KEY].db.transaction() as session:
        return table.insert(session, inputs, plan["data_versions"], copy, None, None)


def test_the_plan_in_force_stays_among_the_scenarios_and_is_compared(planned: Any) -> None:
    """Five younger plans: it would be too old for the last four."""
    app, plan = planned
    for k in range(5):
        kept(app, plan, name=f"Muda {k}", schedule=plan["schedule"][1:])
    planner = web.signed_in(app, "planner")
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
    given = kept(app, plan, left_out=[dear])
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
    assert (wish["based_on"], wish["not_now"]) == (given, plan["not_now"])
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


def test_whoever_may_not_count_is_told_that_the_plan_is_made_of_fives(planned: Any) -> None:
    app, _ = planned
    said = {
        role: "kelipatan lima" in web.signed_in(app, role).client.get(f"{TAB}/new?lang=id").text
        for role in ("planner", "facilitator", "city")
    }
    assert said == {"planner": False, "facilitator": False, "city": True}
