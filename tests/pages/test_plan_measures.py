"""What the plan tab tells of evenness and of more money, in both languages, and to officials without single counts."""

from __future__ import annotations

from typing import Any

import pytest

from tests import web
from tests.pages.test_pages import LANGUAGES, read
from tests.web import HOME
from webgis.context import KEY
from webgis.pages.plans.plan_conflict import trouble
from webgis.pages.plans.plan_missed import missed
from webgis.pages.plans.planned import plan_view
from webgis.planning.access import Actor, Role
from webgis.planning.judging.household_counts import plan_in_fives
from webgis.planning.plans.plan_wish import PlanWish
from webgis.planning.plans.plans import make_plan

TAB = f"/plan/{HOME}/panel/plan"
WORDS = {
    "id": ("Seberapa merata antar-RW", "Rupiah per KK miskin", "Di mana tambahan uang paling berguna", "BLM 20"),
    "en": ("How evenly between RW", "Rupiah per poor household", "Where more money would do most", "(BLM) 20"),
}  # fmt: skip


@pytest.fixture(scope="module")
def planned(test_databases: Any) -> tuple[Any, dict[str, Any]]:
    """An application whose kelurahan has one plan, with little money."""
    app = web.make_app(test_databases.new("sample"))
    context, actor = app.extensions[KEY], Actor(None, "operator", "", (Role("admin", HOME),))
    return app, make_plan(
        context.db, context.desk, actor, PlanWish(HOME, {"blm": [40_000_000] * 3}, first_year=2027)
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_evenness_and_the_price_of_money_are_told_in_words(planned: Any, lang: str) -> None:
    app, plan = planned
    said = " ".join(read(web.signed_in(app, "planner"), f"{TAB}/{plan['id']}", lang).texts)
    for words in WORDS[lang]:
        assert words in said
    assert max(plan["money"]["blm"]["per_million"]) > 0, "so little money leaves much undone"
    assert (
        "per KK miskin yang baru terjangkau" if lang == "id" else "per poor household newly reached"
    ) in said


@pytest.mark.parametrize(
    ("lang", "guide", "short", "level"),
    [
        (
            "id", "Ancar-ancar:", "dananya menghasilkan sekitar 20,0 % di tempat lain",
            "rencana yang memuatnya tidak menghasilkan lebih banyak",
        ),
        ("en", "A guide:", "its money brings about 20.0% elsewhere", "but a plan with it does no more in all"),
    ],
)  # fmt: skip
def test_a_work_left_out_is_held_against_what_its_money_does_elsewhere(
    planned: Any, lang: str, guide: str, short: str, level: str
) -> None:
    app, plan = planned
    outdone = [work for work in plan["left_out"] if work["reason"] == "price"]
    assert outdone and all(work["reduced"] is not None for work in outdone)
    page = f"{TAB}/{plan['id']}"
    assert guide in " ".join(read(web.signed_in(app, "planner"), page, lang).texts)
    assert guide not in " ".join(read(web.signed_in(app, "city"), page, lang).texts), "made of single homes"
    for told, says in (({"added": 0.1, "elsewhere": 0.2}, short), ({"added": 0.3, "elsewhere": 0.2}, level)):
        points = {name: share * plan["objective"] for name, share in told.items()}
        entry = outdone[0] | {"reduced": points | {"value": points["added"] - points["elsewhere"]}}
        with app.test_request_context(f"/?lang={lang}"):
            view = plan_view(plan | {"left_out": [entry]}, lang)
            assert says in view.left[0].guide.replace("\xa0", " ")
            assert plan_view(plan | {"left_out": [entry | {"reason": "gate"}]}, lang).left[0].guide == ""


def test_plans_are_compared_by_how_evenly_they_reach(planned: Any) -> None:
    app, _ = planned
    said = " ".join(read(web.signed_in(app, "planner"), f"{TAB}/compare", "en").texts)
    assert "How evenly between RW uneven" in said or "How evenly between RW very uneven" in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_officials_read_how_evenly_but_no_money_by_home(planned: Any, lang: str) -> None:
    app, plan = planned
    said = " ".join(read(web.signed_in(app, "city"), f"{TAB}/{plan['id']}", lang).texts)
    assert WORDS[lang][0] in said
    assert WORDS[lang][1] not in said
    assert ("di dalam RW" if lang == "id" else "within RW") not in said


@pytest.mark.parametrize(
    ("gap", "said"),
    [(0.0, "no other plan does more"), (2e-9, "no other plan does more"),
     (1e-6, "at least 99.9% of"), (0.0004, "at least 99.9% of"),
     (0.001, "at least 99.9% of"), (0.0011, "at least 99.8% of"), (0.0204, "at least 97.9% of")],
)  # fmt: skip
def test_no_more_is_called_proven_than_is(planned: Any, gap: float, said: str) -> None:
    app, plan = planned
    with app.test_request_context("/?lang=en"):
        assert said in plan_view(plan | {"gap": gap}, "en").proof
        official = plan_in_fives(plan | {"gap": gap}, 1.0)
        assert official["gap"] >= gap - 1e-7 and (official["gap"] == 0) == (gap < 1e-7)
        assert official["bound"] * (1 - gap) >= 1.0 - 1e-7


@pytest.mark.parametrize(("lang", "amount"), [("id", "Rp 1.249.999.999"), ("en", "Rp 1,249,999,999")])
def test_money_that_is_just_enough_is_told_to_the_rupiah(planned: Any, lang: str, amount: str) -> None:
    """Rp 1.2 billion, as people say it, would not admit the work."""
    app, plan = planned
    extra = {"fund": "blm", "year": 2, "extra": 1_249_999_999, "proven": True}
    entry = plan["left_out"][0] | {"admission": extra}
    conflict = {
        "must": [], "rw": [f"{HOME}-RW05"], "reachable_share": 0.5, "reachable": {}, "either": [],
        "relief": {"extra": extra, "let_go": None, "share": 0.5, "together": False},
    }  # fmt: skip
    with app.test_request_context(f"/?lang={lang}"):
        view = plan_view(plan | {"left_out": [entry]}, lang)
        assert amount in view.left[0].admission.replace("\xa0", " ")
        told = trouble(plan | {"conflict": conflict, "rw_share": {"*": 0.5}}, lang)
        assert told is not None
        for sentence in (told.said[1], told.mends[0].said):
            assert amount in sentence.replace("\xa0", " ")
        short = {"rw": f"{HOME}-RW05", "floor": 125_400_000, "spent": 124_900_000, "missing": 500_000}
        assert "124" in missed({"missed": [short]}, lang)[0]
