"""The form of a plan keeps what it was given for single RW, also what only the API can begin.

They know nothing about what a plan does with a share.
"""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from tests.web import HOME, Person
from webgis.pages import plan_form
from webgis.planning.plan_wish import PlanWish

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
