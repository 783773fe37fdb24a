"""What is built earlier counts for longer: in the form of a plan, on its page, and beside plans that do not do so."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from tests import web
from tests.pages.planned import TAB, kept
from tests.pages.test_pages import LANGUAGES, read
from tests.web import HOME
from webgis.context import KEY
from webgis.pages.plans import plan_form
from webgis.pages.plans.planned import plan_view
from webgis.planning.access import Actor, Role
from webgis.planning.plans.plan_wish import PlanWish
from webgis.planning.plans.plans import make_plan

MONEY = {"blm": [90_000_000, 0, 0]}
SAID = {
    "id": ("Dalam rencana ini yang dibangun lebih dulu", "yang lebih dulu bernilai lebih lama (× 0,90)"),
    "en": ("What is built earlier counts for longer in this plan", "earlier counts for longer (× 0.90)"),
}  # fmt: skip
APART = {"id": "Tujuan rencana-rencana ini tidak sama", "en": "These plans do not aim at the same"}


@pytest.fixture(scope="module")
def two(test_databases: Any) -> tuple[Any, dict[str, Any], str]:
    """An application, a plan in which the year does not matter, and one kept beside it in which it does."""
    app = web.make_app(test_databases.new("sample"))
    context, who = app.extensions[KEY], Actor(None, "operator", "", (Role("admin", HOME),))
    plan = make_plan(context.db, context.desk, who, PlanWish(HOME, MONEY, "Biasa", first_year=2027))
    return app, plan, kept(app, plan, name="Lebih dulu", benefit_years=0.9)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_plan_says_what_it_aims_at_and_with_which_it_does_not_compare(two: Any, lang: str) -> None:
    app, plan, counted = two
    planner = web.signed_in(app, "planner")
    pages = {given: " ".join(read(planner, f"{TAB}/{given}", lang).texts) for given in (plan["id"], counted)}
    assert [SAID[lang][0] in pages[given] for given in (plan["id"], counted)] == [False, True]
    both = " ".join(read(planner, f"{TAB}/compare?plan={plan['id']}&plan={counted}", lang).texts)
    assert SAID[lang][1] in both and APART[lang] in both
    alone = " ".join(read(planner, f"{TAB}/compare?plan={counted}", lang).texts)
    assert SAID[lang][1] in alone and APART[lang] not in alone
    without = " ".join(read(planner, f"{TAB}/compare?plan={plan['id']}", lang).texts)
    assert APART[lang] not in without and "0.9" not in without


def test_the_form_offers_the_usual_part_and_keeps_the_one_of_a_plan(two: Any) -> None:
    app, plan, counted = two
    planner = web.signed_in(app, "planner")
    boxes = {
        given: read(planner, f"{TAB}/new?from={given}").all("input", name="benefit_years")[0]
        for given in (plan["id"], counted)
    }
    assert [(box["value"], "checked" in box) for box in boxes.values()] == [("1", False), ("0.9", True)]
    for sent, wanted in (("0.9", 0.9), ("1", 1.0), ("", None), ("2", None), ("x", None)):
        wish, form = plan_form.read(MultiDict({"budget.blm.0": "1", "benefit_years": sent}), HOME, 2027, "id")
        assert wish is not None and wish.benefit_years == wanted
        assert form.benefit_years == ("" if wanted is None else sent)


@pytest.mark.parametrize(
    ("lang", "why", "lost"),
    [
        ("id", "Di samping Sumur nilainya turun sampai tidak menambah apa-apa.", "Di samping kegiatan itu 20,0%"),
        ("en", "Is worth so much less beside Sumur that it adds nothing.", "Beside them 20.0% of the benefit"),
    ],
)  # fmt: skip
def test_a_work_that_is_worth_less_beside_another_names_it_and_what_is_lost(
    two: Any, lang: str, why: str, lost: str
) -> None:
    app, plan, _ = two
    well = {**plan["schedule"][0], "id": "w", "title": "Sumur"}
    out = {
        **plan["left_out"][0],
        "reason": "worth_less_beside",
        "because": ["w"],
        "relations": [],
        "gates": [],
    }
    changed = {
        **plan,
        "objective": 10.0,
        "schedule": [well],
        "left_out": [{**out, "lost": 2.0}, {**out, "lost": None}],
    }
    with app.test_request_context(f"/?lang={lang}"):
        known, unknown = plan_view(changed, lang).left
    assert known.why == unknown.why == why
    assert known.guide.replace("\u00a0", "").replace("\u202f", "").startswith(lost) and unknown.guide == ""
