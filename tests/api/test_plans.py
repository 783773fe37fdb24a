"""Asking for a plan over HTTP: the job, the plan it makes, the list, and who may."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web import HOME, signed_in
from webgis.context import KEY
from webgis.planning.plans.plan_studies import run_study
from webgis.planning.plans.plans import run_plan

MONEY = {"blm": [300_000_000, 300_000_000, 300_000_000]}
"""Enough for every work: a plan of it comes at once."""


def ask(person: Any, **more: Any) -> Any:
    return person.send(
        "POST", "/api/v1/plans", json={"kelurahan": HOME, "budget": MONEY, "name": "Rembuk", **more}
    )


def test_a_plan_is_asked_for_watched_and_read(app, planner, visitor):
    answer = ask(planner, benefit_years=0.9)
    assert answer.status_code == 202, answer.text
    assert answer.json["kind"] == "plan"
    job = answer.headers["Location"]
    run_plan(app.extensions[KEY].db, app.extensions[KEY].desk, answer.json["id"])
    ended = planner.client.get(job).json
    assert (ended["state"], ended["progress"]) == ("done", 100)
    plan = planner.client.get(f"/api/v1/plans/{ended['result']['id']}").json
    assert plan == ended["result"]
    assert (plan["schedule"][0]["year"], plan["benefit_years"]) == (1, 0.9)
    refused = ask(planner, benefit_years=1.5)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/benefit_years")
    assert 0 <= plan["gap"] < 0.01
    listed = planner.client.get(f"/api/v1/plans?kelurahan={HOME}").json["plans"]
    assert listed[0]["id"] == plan["id"]
    assert (listed[0]["name"], listed[0]["works"]) == ("Rembuk", len(plan["schedule"]))
    assert visitor.client.get(f"/api/v1/plans/{plan['id']}").status_code == 401
    assert visitor.client.get(job).status_code == 401


def test_a_plan_can_be_stopped(app, planner):
    job = ask(planner).headers["Location"]
    assert planner.send("DELETE", job).status_code == 202
    run_plan(app.extensions[KEY].db, app.extensions[KEY].desk, job.rpartition("/")[2])
    assert planner.client.get(job).json["state"] == "done"


def test_a_plan_is_called_off_and_nothing_is_kept(app, planner):
    before = planner.client.get(f"/api/v1/plans?kelurahan={HOME}").json
    job = ask(planner).headers["Location"]
    answer = planner.send("DELETE", f"{job}?discard=true")
    assert (answer.status_code, answer.json["state"], answer.json["stopping"]) == (202, "stopped", False)
    run_plan(app.extensions[KEY].db, app.extensions[KEY].desk, job.rpartition("/")[2])
    assert planner.client.get(job).json["state"] == "stopped"
    assert planner.client.get(f"/api/v1/plans?kelurahan={HOME}").json == before
    assert planner.send("DELETE", f"{job}?discard=maybe").status_code == 422


def test_a_wish_that_cannot_be_is_refused_by_pointer(planner, visitor):
    bad = ask(planner, budget={"blm": [1, 2, -3], "gold": [0, 0, 0]})
    assert bad.status_code == 422
    assert {fault["pointer"] for fault in bad.json["errors"]} == {"/budget/blm/2", "/budget/gold"}
    assert ask(planner, budget={"blm": [1.5, 0, 0]}).status_code in (400, 422)
    assert ask(planner, dream=True).status_code in (400, 422)
    assert ask(visitor).status_code == 401
    turned = ask(planner, equity="sideways").json["errors"]
    assert turned == [{"pointer": "/equity", "message": "Harus salah satu dari none, max_min."}]
    half = ask(planner, precedence=[["a"]], synergy=[["a", "b", "c", "d"]]).json["errors"]
    assert half == [
        {"pointer": "/precedence/0", "message": "Paling sedikit 2 isian."},
        {"pointer": "/synergy/0", "message": "Paling banyak 3 isian."},
    ]


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"budget": {}}, "/budget"),
        ({"budget": {"blm": []}}, "/budget"),
        ({"budget": None}, "/budget"),
        ({"budget": {"a/b": [1]}}, "/budget/a~1b"),
        ({"budget": {"blm": [10**13 + 1, 0, 0]}}, "/budget/blm/0"),
        ({"budget": {"blm": [True, 0, 0]}}, "/budget/blm/0"),
        ({"budget": {"blm": ["1000", 0, 0]}}, "/budget/blm/0"),
        ({"budget": {"blm": [0] * 11}}, "/budget"),
        ({"earliest": {"x": -1}}, "/earliest/x"),
        ({"latest": {"x": 4}}, "/latest/x"),
        ({"latest": {"x": 1}, "earliest": {"x": 2}}, "/latest/x"),
        ({"exclusive": [["x"]]}, "/exclusive/0"),
        ({"exclusive": [[]]}, "/exclusive/0"),
        ({"exclusive": [["x", "x"]]}, "/exclusive/0"),
        ({"first_year": -2027}, "/first_year"),
        ({"rw_share": {"*": -0.1}}, "/rw_share/*"),
        ({"rw_share": {"*": 10**15}}, "/rw_share/*"),
        ({"pillar_share": {"social": 1.5}}, "/pillar_share/social"),
        ({"states": []}, "/states"),
        ({"weights": {"poor_served": -1.0}}, "/weights"),
        ({"based_on": "no plan"}, "/based_on"),
    ],
)  # fmt: skip
def test_money_years_and_groups_out_of_range_are_refused_at_their_place(planner, more, pointer):
    answer = ask(planner, **more)
    assert answer.status_code == 422, answer.text
    assert answer.content_type == "application/problem+json"
    assert any(fault["pointer"].startswith(pointer) for fault in answer.json["errors"]), answer.json
    assert all(fault["message"] for fault in answer.json["errors"])


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "9" * 400])
def test_what_is_no_number_is_refused(planner, number):
    for budget, share in (("[1, 2, 3]", number), (f"[{number}, 0, 0]", "0.5")):
        body = f'{{"kelurahan": "{HOME}", "budget": {{"blm": {budget}}}, "rw_share": {{"*": {share}}}}}'
        answer = planner.send("POST", "/api/v1/plans", data=body, content_type="application/json")
        assert answer.status_code in (400, 422), answer.text
        assert answer.json["detail"]


def test_money_may_be_kept_and_questions_put_to_a_plan(app, planner, visitor):
    context = app.extensions[KEY]
    assert ask(planner, carry=["gold"]).json["errors"][0]["pointer"] == "/carry/0"
    without = ask(planner, carry=["hibah"])
    assert without.json["errors"][0]["pointer"] == "/carry/0"
    job = ask(planner, carry=["blm"]).json["id"]
    run_plan(context.db, context.desk, job)
    plan = planner.client.get(f"/api/v1/jobs/{job}").json["result"]
    assert plan["carry"] == ["blm"]
    money = plan["money"]["blm"]
    assert money["carry"] and money["left"][2] == sum(money["budget"]) - sum(money["used"])
    place = f"/api/v1/plans/{plan['id']}/studies"
    assert planner.client.get(place).json == {"budgets": None, "core": None, "balance": None}
    asked = planner.send("POST", place, json={"kind": "budgets"})
    assert asked.status_code == 202, asked.text
    run_study(context.db, context.desk, asked.json["id"])
    assert planner.client.get(asked.headers["Location"]).json["state"] == "done"
    points = planner.client.get(place).json["budgets"]["points"]
    assert [point["rupiah"] for point in points[::6]] == [0, 900_000_000, 1_800_000_000]
    assert planner.send("POST", place, json={"kind": "dreams"}).json["errors"][0]["pointer"] == "/kind"
    reviewer = signed_in(app, "reviewer")
    assert reviewer.send("POST", place, json={"kind": "core"}).status_code == 403
    assert visitor.client.get(place).status_code == 401
