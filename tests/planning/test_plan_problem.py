"""Plans of small made-up cities against every schedule tried: capacity is shared, service fades, money is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis_core.portfolio import Options, make_plan
from tests.planning.small_city import POINTS, best, city, task, work
from webgis.planning.errors import BadDocument
from webgis.planning.judging import gates
from webgis.planning.judging.scoring import Judged, criteria
from webgis.planning.plans.plan_answer import answer
from webgis.planning.plans.plan_wish import PlanWish, checked
from webgis.planning.ranking.value_for_money import benefits

TODAY = dt.date(2026, 11, 25)


def planned(facts: Any, works: list[Judged], money: list[int], carry: bool = False, **more: Any) -> Any:
    """The answer to a wish with one fund, and the households its benefit stands for."""
    wish = PlanWish("99", {"blm": money}, carry=("blm",) if carry else (), related=False, **more)
    wish = checked(wish, TODAY)
    made = task(facts, works, wish)
    found = answer(facts, made, make_plan(made.problem, Options(explain=False)), wish)
    return found | {"served": {item["id"]: item["served"] for item in found["schedule"]}}


def test_two_facilities_share_the_households_between_them() -> None:
    """Alone each serves the nearest two; together four, although both are nearest to the same two."""
    facts = city(0, 0, 10, 10)
    works = [work(facts, name, 0, 5, capacity=2.0) for name in ("a", "b")]
    assert [item.effect.served for item in works] == [2, 2]
    plan = planned(facts, works, [10])
    assert plan["served"] == {"a": 2, "b": 2}
    assert (plan["households"]["reached"], plan["households"]["in_part"]) == (4, 0)
    assert {item["capacity"] for item in plan["schedule"]} == {2}
    assert plan["objective"] == pytest.approx(4 * POINTS)
    one = planned(facts, works, [5])
    assert one["households"]["reached"] == 2


def test_a_facility_takes_whom_no_other_can_reach() -> None:
    """The first one is nearest to the household that the second could serve, too: it takes the far one."""
    facts = city(0, 80)
    near, far = work(facts, "near", 0, 5, capacity=1.0), work(facts, "far", -30, 5, capacity=1.0)
    assert near.effect.homes == far.effect.homes == frozenset({0})
    assert planned(facts, [near, far], [10])["households"]["reached"] == 2


def test_what_fades_with_distance_serves_in_part_and_the_best_server_counts() -> None:
    facts = city(0, 50, 75)
    lamp = work(facts, "lamp", 0, 5, capacity=None, reach=100.0, decay="linear")
    other = work(facts, "other", 100, 5, capacity=None, reach=100.0, decay="linear")
    assert lamp.effect.served == pytest.approx(1 + 0.5 + 0.25)
    alone = planned(facts, [lamp], [5])
    assert alone["objective"] == pytest.approx(1.75 * POINTS)
    assert (alone["households"]["reached"], alone["households"]["in_part"]) == (3, 2)
    both = planned(facts, [lamp, other], [10])
    assert both["objective"] == pytest.approx((1 + 0.5 + 0.75) * POINTS)


def test_unspent_money_pays_later_where_the_fund_allows_it() -> None:
    facts = city(0, 1, 2)
    dear = work(facts, "dear", 0, 12)
    lapsed, kept = planned(facts, [dear], [8, 8]), planned(facts, [dear], [8, 8], carry=True)
    assert lapsed["schedule"] == []
    more = {"per_million": [0, 0]}  # built in part, all of it would fit
    assert lapsed["money"]["blm"] == {"budget": [8, 8], "used": [0, 0], "left": [8, 8], "carry": False} | more
    assert [item["year"] for item in kept["schedule"]] == [2]
    assert kept["money"]["blm"] == {"budget": [8, 8], "used": [0, 12], "left": [8, 4], "carry": True} | more


def test_a_floor_asks_for_a_share_of_what_all_works_could_do() -> None:
    """Five households, room for two: the whole of what can be done is two, not five."""
    facts = city(0, 1, 2, 3, 4)
    small = work(facts, "small", 0, 5, capacity=2.0)
    assert planned(facts, [small], [5], rw_share={"*": 1.0})["feasible"]
    assert not planned(facts, [small], [4], rw_share={"*": 1.0})["feasible"]


def test_a_paket_work_whose_last_third_is_pledged_is_paid_in_full() -> None:
    facts, million = city(0), 1_000_000
    given = work(facts, "a", 0, 90 * million)
    wish = checked(PlanWish("99", {"paket": [60 * million]}, related=False), TODAY)
    for pledged, money in ((30, {"paket": 60, "swadaya": 30}), (29, None)):
        funding = {"swadaya": pledged * million}
        made = task(facts, [replace(given, work=replace(given.work, is_paket=True, funding=funding))], wish)
        found = answer(facts, made, make_plan(made.problem), wish)
        if money is None:
            assert [entry["reason"] for entry in found["left_out"]] == ["no_fund"]
        else:
            assert [entry["funding"] for entry in found["schedule"]] == [
                {fund: part * million for fund, part in money.items()}
            ]


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_every_small_city_is_planned_as_well_as_by_trying_every_schedule(data: st.DataObject) -> None:
    places = st.integers(0, 200)
    facts = city(*data.draw(st.lists(places, min_size=1, max_size=6)))
    kinds = st.sampled_from([
        {"capacity": 1.0}, {"capacity": 2.0}, {"capacity": None}, {"capacity": 2.0, "decay": "linear"},
        {"capacity": None, "decay": "linear", "reach": 60.0},
    ])  # fmt: skip
    works = [
        work(facts, name, data.draw(places), data.draw(st.integers(1, 6)), **data.draw(kinds))
        for name in "abc"
    ]
    money, carry = data.draw(st.lists(st.integers(0, 8), min_size=1, max_size=2)), data.draw(st.booleans())
    plan = planned(facts, works, money, carry)
    assert plan["objective"] == pytest.approx(POINTS * best(facts, works, money, carry), abs=1e-7)
    for item in plan["schedule"]:
        assert item["capacity"] is None or item["served"] <= item["capacity"]
    assert plan["households"]["reached"] <= sum(plan["served"].values())
    assert all(left >= 0 for left in plan["money"]["blm"]["left"])


def test_the_list_by_money_leaves_out_whom_works_under_way_serve_as_a_plan_does() -> None:
    facts = city(0, 10, 400)
    given, other = work(facts, "given", 0, 5, capacity=None), work(facts, "other", 10, 5, capacity=None)
    chosen = criteria(None)
    assert benefits(facts, [other], chosen) == pytest.approx([2 * POINTS])
    assert benefits(facts, [other], chosen, [given]) == pytest.approx([0.0])
    lamp = work(facts, "lamp", 10, 5, kind="water_tap", capacity=None)
    assert benefits(facts, [lamp], chosen, [given])[0] > 0, "another service is not given yet"


def test_an_rw_that_gets_less_money_than_was_asked_is_named() -> None:
    facts = city(0, 0, 0, 500)
    works = [work(facts, "near", 0, 10), work(facts, "far", 500, 12)]
    assert planned(facts, works, [15])["served"] == {"near": 3}
    least = planned(facts, works, [15], rw_money={"*": 12})
    assert (least["served"], least["missed"], least["feasible"]) == ({"far": 1}, [], True)
    most = planned(facts, works, [15], rw_money={"99-RW01": 40})
    assert most["missed"] == [{"rw": "99-RW01", "floor": 40, "spent": 12, "missing": 28}]
    assert planned(facts, works, [15], rw_money={"*": 40, "99-RW01": 0})["missed"] == []


def test_a_chance_of_delivery_multiplies_the_benefit_and_not_the_families() -> None:
    facts = city(0, 0)
    one = work(facts, "one", 0, 5)
    certain, half = planned(facts, [one], [5]), planned(facts, [one], [5], delivery={"one": 0.5})
    assert half["objective"] == pytest.approx(0.5 * certain["objective"])
    assert half["served"] == certain["served"] == {"one": 2}
    assert half["households"]["in_part"] == 0


@pytest.mark.parametrize(
    ("wish", "pointer"),
    [
        ({"delivery": {"one": 0.0}}, "/delivery/one"), ({"delivery": {"one": 1.1}}, "/delivery/one"),
        ({"delivery": {"nobody": 0.5}}, "/delivery/nobody"), ({"rw_money": {"*": -1}}, "/rw_money/*"),
        ({"rw_money": {"99-RW77": 5}}, "/rw_money/99-RW77"),
    ],
)  # fmt: skip
def test_chances_and_floors_in_money_out_of_range_are_refused(wish: dict[str, Any], pointer: str) -> None:
    facts = city(0)
    with pytest.raises(BadDocument) as refused:
        planned(facts, [work(facts, "one", 0, 5)], [5], **wish)
    assert [problem.pointer for problem in refused.value.problems] == [pointer]


def paket(facts: Any, pledged: int = 0) -> Judged:
    """A PAKET work of 100 with what residents pledged for it."""
    found = work(facts, "drain", 0, 100)
    return replace(found, work=replace(found.work, is_paket=True, funding={"swadaya": pledged}))


@pytest.mark.parametrize("pledged", [0, 10, 30])
@pytest.mark.parametrize("share", [0.3, 0.5])
def test_a_plan_keeps_the_share_of_the_city_where_it_asks_for_one(
    monkeypatch: pytest.MonkeyPatch, share: float, pledged: int
) -> None:
    """Whatever the budgets: the city pays its part of what PAKET and the city pay together."""
    table = gates.table()
    paket_rules = {**table["funds"]["paket"], "city": share}
    monkeypatch.setattr(gates, "table", lambda: {**table, "funds": {"paket": paket_rules}})
    facts = city(0, 0)
    wish = PlanWish("99", {"paket": [100], "apbd": [100], "blm": [100]}, related=False)
    made = task(facts, [paket(facts, pledged)], checked(wish, TODAY))
    (candidate,) = made.candidates
    funds = {made.problem.funds[f]: cap for f, cap in candidate.share_cap.items()}
    assert set(funds) == {"paket", "apbd"} | ({"swadaya"} if pledged else set())
    (built,) = answer(facts, made, make_plan(made.problem, Options(explain=False)), wish)["schedule"]
    grant, of_city = built["funding"].get("paket", 0), built["funding"].get("apbd", 0)
    assert of_city >= share * (grant + of_city) - 1e-9
    poor_city = replace(wish, budget={"paket": [100], "blm": [100], "apbd": [5]})
    none = task(facts, [paket(facts, pledged)], checked(poor_city, TODAY))
    assert answer(facts, none, make_plan(none.problem, Options(explain=False)), poor_city)["schedule"] == []


def test_without_a_share_of_the_city_any_money_beside_paket_counts() -> None:
    facts = city(0, 0)
    wish = checked(PlanWish("99", {"paket": [100], "blm": [40]}, related=False), TODAY)
    made = task(facts, [paket(facts)], wish)
    (built,) = answer(facts, made, make_plan(made.problem, Options(explain=False)), wish)["schedule"]
    assert built["funding"]["paket"] <= 2 / 3 * 100
