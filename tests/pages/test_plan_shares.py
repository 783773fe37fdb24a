"""The form of a plan keeps what it was given for single RW, also what only the API can begin.

They know nothing about what a plan does with a share.
"""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from tests.web import HOME, Person
from webgis.pages.plans import plan_form, plan_missed
from webgis.planning.plans.plan_wish import PlanWish

RW = f"{HOME}-RW05"


def test_shares_of_single_rw_stand_in_the_form_and_are_sent_again(people: dict[str, Person]) -> None:
    wish = PlanWish(HOME, {"blm": [1_000_000] * 3}, first_year=2027, carry=(), rw_share={"*": 0.1, RW: 0.25})
    shown = plan_form.filled(wish.document()).rw_share
    assert shown == {"*": "10", RW: "25"}
    said = {f"rw_share.{rw}": share for rw, share in shown.items()} | {"budget.blm.0": "1.000.000"}
    page = people["planner"].send("POST", f"/plan/{HOME}/panel/plan/draft", data=said).text
    assert f'name="rw_share.{RW}" inputmode="decimal" value="25"' in page
    assert "RW 05 mendapat paling sedikit" in page
    again, _ = plan_form.read(MultiDict(said), HOME, 2027, "id")
    assert again is not None and again.rw_share == wish.rw_share


def test_a_share_is_refused_at_its_own_rw(people: dict[str, Person]) -> None:
    said = {"budget.blm.0": "1.000.000", "rw_share.*": "10", f"rw_share.{RW}": "140"}
    page = people["planner"].send("POST", f"/plan/{HOME}/panel/plan", data=said).text
    before, _, after = page.partition(f'id="f-rw_share.{RW}"')
    assert after and "Isi persen antara 0 dan 100." in after
    assert "Isi persen antara 0 dan 100." not in before.partition('id="f-rw_share.*"')[2]


def test_money_for_rw_and_chances_stand_in_the_form_and_are_sent_again(people: dict[str, Person]) -> None:
    work = (
        people["planner"]
        .send("GET", f"/api/v1/proposals?kelurahan={HOME}&state=draft")
        .json["features"][0]["id"]
    )
    wish = PlanWish(
        HOME, {"blm": [1_000_000] * 3}, first_year=2027, carry=(), rw_money={"*": 25_000_000, RW: 5_000_000},
        delivery={work: 0.6},
    )  # fmt: skip
    form = plan_form.filled(wish.document())
    assert (form.rw_money, form.chances) == ({"*": "25.000.000", RW: "5.000.000"}, {work: "0.6"})
    said = {f"rw_money.{rw}": rupiah for rw, rupiah in form.rw_money.items()}
    said |= {"budget.blm.0": "1.000.000", f"chance.{work}": "0.6"}
    page = people["planner"].send("POST", f"/plan/{HOME}/panel/plan/draft?lang=id", data=said).text
    assert f'name="rw_money.{RW}" inputmode="numeric"' in page
    assert "Kegiatan di RW 05 bernilai paling sedikit" in page
    assert '<option value="0.6" selected>kepastian 60' in page.replace("\u202f", " ")
    again, _ = plan_form.read(MultiDict(said), HOME, 2027, "id")
    assert again is not None
    assert (again.rw_money, again.delivery) == (wish.rw_money, wish.delivery)


def test_an_amount_that_is_none_is_refused_at_its_own_rw_and_no_chance_is_made_up() -> None:
    said = {
        "budget.blm.0": "1.000.000",
        "rw_money.*": "banyak",
        "chance.x": "2",
        "chance.y": "0",
        "chance.z": "",
    }
    wish, form = plan_form.read(MultiDict(said), HOME, 2027, "id")
    assert wish is None
    assert list(form.errors) == ["rw_money.*"]
    assert form.chances == {}


def test_rw_that_get_less_are_all_named_those_alike_in_one_sentence(people: dict[str, Person]) -> None:
    rows = [("05", 0, 20), ("02", 0, 20), ("07", 8, 20)]
    plan = {
        "missed": [
            {
                "rw": f"{HOME}-RW{rw}",
                "floor": floor * 10**6,
                "spent": spent * 10**6,
                "missing": (floor - spent) * 10**6,
            }
            for rw, spent, floor in rows
        ]
    }
    with people["planner"].client.application.test_request_context("/?lang=en"):
        first, second = plan_missed.missed(plan, "en")
        assert first.startswith("RW 02, RW 05: no works, Rp") and "20" in first
        assert second.startswith("RW 07: works for Rp") and "8" in second
        assert plan_missed.missed({}, "en") == ()
