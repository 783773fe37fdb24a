"""The form of a plan: it comes back with its faults or as it was left, and what is asked in it is kept and shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from tests import web
from tests.pages.planned import PLENTY, TAB, made
from tests.pages.test_pages import read
from tests.web import HOME, Person
from webgis.context import KEY
from webgis.planning.plans.plan_wish import PlanWish
from webgis.planning.plans.plans import run_plan


@pytest.fixture(scope="module")
def planned(test_databases: Any) -> tuple[Any, dict[str, Any]]:
    """An application whose kelurahan has one plan."""
    app = web.make_app(test_databases.new("sample"))
    return app, made(app, PlanWish(HOME, PLENTY, first_year=2027))


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
    sent = {f"budget.blm.{t}": "500.000.000" for t in range(3)} | {
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


def test_whoever_may_not_count_is_told_that_the_plan_is_made_of_fives(planned: Any) -> None:
    app, _ = planned
    said = {
        role: "kelipatan lima" in web.signed_in(app, role).client.get(f"{TAB}/new?lang=id").text
        for role in ("planner", "facilitator", "city")
    }
    assert said == {"planner": False, "facilitator": False, "city": True}
